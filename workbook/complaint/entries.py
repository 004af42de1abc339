"""Reads tables whose entries hold words and names at once.

Words may be translated; what names another entry, a place or a source stays as it is, so that a
translation can never lead somebody another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.discovery import read_toml

if TYPE_CHECKING:
    from collections.abc import Collection


def load_entries(
    path: str, table: str, fixed: Collection[str], language: str
) -> dict[str, dict[str, Any]]:
    """The entries of a table in a language, the fixed parts of each as they stand in English."""
    entries = load_words(path, language)[table]
    return {
        key: {**entries[key], **{name: entry[name] for name in fixed if name in entry}}
        for key, entry in read_toml(path)[table].items()
    }
