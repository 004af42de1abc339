"""A share of a hundred."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("percent", "input", {"type": "text", "inputmode": "decimal"}, sample="20")
