"""An amount of money."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("money", "input", {"type": "text", "inputmode": "decimal"}, sample="1200.50")
