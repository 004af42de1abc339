"""Where a password is kept; what is typed is never kept as a draft."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind(
    "password_place",
    "input",
    {"type": "text", "private": "place"},
    sample="Bitwarden, entry “Facebook”",
)
