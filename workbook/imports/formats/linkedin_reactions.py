"""What the owner of a LinkedIn profile reacted to."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature

FORMAT = ReachFormat(
    id="linkedin_reactions",
    signature=Signature(header=lambda cells: cells == {"date", "type", "link"}),
)
