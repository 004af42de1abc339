"""Text on several lines in which no secret may stand; it is never kept as a draft."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind(
    "guarded_long_text",
    "input",
    {"private": "text"},
    sample="The agency: may post.\nThe owner: all.",
)
