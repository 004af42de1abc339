"""What the posts of a LinkedIn page came to, by day."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="linkedin_updates",
    signature=Signature(headers=one_of("date", "impressions (organic)", "clicks (organic)")),
)
