"""Who looked at a LinkedIn page, by day."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature, one_of

FORMAT = ReachFormat(
    id="linkedin_visitors",
    signature=Signature(headers=one_of("date", "overview page views (total)")),
)
