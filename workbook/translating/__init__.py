"""Other languages than English: which there are, what they lack, and the notebooks in them."""

from __future__ import annotations

from workbook.translating.languages import find_languages, name_language, read_translations

__all__ = ["find_languages", "name_language", "read_translations"]
