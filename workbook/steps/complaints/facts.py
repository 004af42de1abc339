"""What people expect when they write to a business, with source, date and sample."""

from __future__ import annotations

from functools import cache

from workbook.complaint.entries import load_entries
from workbook.content import BASE_LANGUAGE
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
    facts = load_entries(WORDS, "facts", ("source",), language)
    return tuple(Fact(id=key, **entry) for key, entry in facts.items())
