"""Which languages there are, and what each calls itself."""

from __future__ import annotations

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import find_folders

FOLDER = "translations"
_WORDS = "language.toml"


def find_languages() -> tuple[str, ...]:
    """The languages the workbook speaks: its own, and those it is translated into."""
    return (BASE_LANGUAGE, *find_folders(FOLDER))


def name_language(language: str) -> str:
    """What a language calls itself; its code, as long as its translation does not say."""
    ours, name = (str(load_words(_WORDS, each)["name"]) for each in (BASE_LANGUAGE, language))
    return name if language == BASE_LANGUAGE or name != ours else language
