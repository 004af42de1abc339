"""A time of day."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("time", "input", {"type": "time"}, sample="17:30")
