"""What the workbook knows from elsewhere: its sources, and what counts can and cannot tell."""

from __future__ import annotations

from functools import cache
from typing import Any

from workbook.discovery import exists, lay_over, read_toml
from workbook.values import Frozen


class Source(Frozen):
    """Where a fact or a figure comes from; ``date`` is empty where the source shows none."""

    id: str
    title: str
    publisher: str
    date: str = ""
    url: str
    second_hand: bool = False
    """Whether it quotes the original instead of being it."""


@cache
def load_sources(language: str = "") -> dict[str, Source]:
    """Every source by its id, in the order of the file; titles of works are in no language.

    Raises KeyError when a caller asks for one that is not there.
    """
    entries = _read("evidence/sources.toml", language)
    return {key: Source(id=key, **entry) for key, entry in entries.items()}


def _read(path: str, language: str) -> dict[str, Any]:
    over = f"translations/{language}/{path}"
    words: dict[str, Any] = read_toml(path)
    return lay_over(words, read_toml(over)) if language and exists(over) else words


def write_source(key: str, language: str = "") -> str:
    """A source as one line: publisher, title, date, address."""
    source = load_sources(language)[key]
    return ", ".join(
        part for part in (source.publisher, source.title, source.date, source.url) if part
    )
