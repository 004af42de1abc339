"""One answer of a few."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("choice", "options", sample="one")
