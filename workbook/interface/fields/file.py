"""Files to look at; only a bench asks for them, and they are kept nowhere."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("file", "file", sample=["posts.csv"], kept=False)
