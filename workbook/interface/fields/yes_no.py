"""Yes, no, or “I do not know”."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("yes_no", "options", sample="yes")
