"""A number of zero or more."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("number", "input", {"type": "text", "inputmode": "decimal"}, sample="12")
