"""Text on one line in which no secret may stand; it is never kept as a draft."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind(
    "guarded_text", "input", {"type": "text", "private": "text"}, sample="The office manager"
)
