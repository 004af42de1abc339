"""New followers of a LinkedIn page, by day."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="linkedin_followers",
    signature=Signature(headers=one_of("date", "organic followers", "total followers")),
)
