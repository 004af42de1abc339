"""Text on one line."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("text", "input", {"type": "text"}, sample="Example Plumbing")
