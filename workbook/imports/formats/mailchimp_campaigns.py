"""What Mailchimp's campaigns came to; newsletters are no social network."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="mailchimp_campaigns",
    signature=Signature(headers=one_of("total recipients", "unique opens")),
)
