"""A list that grows."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("records", "records", sample=[{"id": "abcd1234"}])
