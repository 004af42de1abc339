"""A place between two ends: a slider, and beside it the same as a number."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("scale", "scale", sample="70")
