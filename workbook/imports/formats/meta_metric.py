"""One figure of Meta Business Suite, day by day: its name is the title above the header."""

from __future__ import annotations

from workbook.imports.format import ReachFormat, Signature

FORMAT = ReachFormat(
    id="meta_metric",
    signature=Signature(header=lambda cells: cells == {"date", "primary"}),
)
