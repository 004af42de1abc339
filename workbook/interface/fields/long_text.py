"""Text on several lines."""

from __future__ import annotations

from workbook.interface.fields._field import FieldKind

KIND = FieldKind("long_text", "input", sample="We mend leaks.\nDay and night.")
