"""A web address."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind(
    "address", "input", {"type": "text", "inputmode": "url"}, sample="https://www.example.com"
)
