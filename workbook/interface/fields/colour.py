"""A colour, chosen as the browser offers it or written in letters; only a panel asks for it."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("colour", "colour", sample="#1b5e20", kept=False)
