"""What people expect when they write to a business, with source, date and sample."""

from __future__ import annotations

from functools import cache

from workbook.content import BASE_LANGUAGE, load_words
from workbook.values import Frozen

WORDS = "steps/complaints/facts.toml"


class Fact(Frozen):
    """A figure from a survey: what was found, who was asked and when, and where it stands."""

    id: str
    text: str
    sample: str
    source: str


@cache
def load_facts(language: str = BASE_LANGUAGE) -> tuple[Fact, ...]:
    """The figures, in the order of the file."""
    return tuple(
        Fact(id=key, **entry) for key, entry in load_words(WORDS, language)["facts"].items()
    )
