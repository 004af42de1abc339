"""What the workbook knows from elsewhere: its sources, and what counts can and cannot tell."""

from __future__ import annotations

from functools import cache

from workbook.discovery import read_toml
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
def load_sources() -> dict[str, Source]:
    """Every source by its id, in the order of the file.

    Raises KeyError when a caller asks for one that is not there.
    """
    entries = read_toml("evidence/sources.toml")
    return {key: Source(id=key, **entry) for key, entry in entries.items()}


def write_source(key: str) -> str:
    """A source as one line: publisher, title, date, address."""
    source = load_sources()[key]
    return ", ".join(
        part for part in (source.publisher, source.title, source.date, source.url) if part
    )
