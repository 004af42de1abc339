"""Which languages there are, and what each calls itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import exists, find_files, find_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "translations"
_WORDS = "language.toml"


def find_languages() -> tuple[str, ...]:
    """The languages the workbook speaks: its own, and those it is translated into."""
    return (BASE_LANGUAGE, *find_folders(FOLDER))


def read_translations() -> None:
    """Read every word of every translation, so that nobody has to wait for that later."""
    for language in find_languages():
        for path in _find_tables(f"{FOLDER}/{language}") if language != BASE_LANGUAGE else ():
            english = path.removeprefix(f"{FOLDER}/{language}/")
            if exists(english):
                load_words(english, language)


def _find_tables(folder: str) -> Iterator[str]:
    yield from find_files(folder, ".toml")
    for name in find_folders(folder):
        yield from _find_tables(f"{folder}/{name}")


def name_language(language: str) -> str:
    """What a language calls itself; its code, as long as its translation does not say."""
    ours, name = (str(load_words(_WORDS, each)["name"]) for each in (BASE_LANGUAGE, language))
    return name if language == BASE_LANGUAGE or name != ours else language
