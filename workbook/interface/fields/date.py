"""A day."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("date", "input", {"type": "date"}, sample="2027-03-31")
