"""Fields: one module per kind, found by folder scan, and the widget they share."""

from __future__ import annotations

from workbook.interface.fields._field import Field, field_kinds, make_spec, to_raw

__all__ = ["Field", "field_kinds", "make_spec", "to_raw"]
