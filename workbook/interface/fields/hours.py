"""Hours in a week."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("hours", "input", {"type": "text", "inputmode": "decimal"}, sample="4.5")
