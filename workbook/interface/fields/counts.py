"""A number for each place, those that nobody named left empty."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("counts", "counts", {"inputmode": "numeric"}, sample="facebook 7; instagram 3")
