"""One of the entries of another list, such as one of the goals."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("entry", "options", sample="k3f9")
