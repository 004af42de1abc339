"""The places in which complaints are written, and what each of them allows [P8][P14][R1][R4]."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from workbook.complaint.entries import load_entries
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.discovery import read_toml
from workbook.platforms import load_platforms
from workbook.values import Frozen
from workbook.wording import write_number

if TYPE_CHECKING:
    from workbook.plan import Plan

WORDS = "complaint/places.toml"
_LINK = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
COUNTED_LINK = "x" * 23
"""What a link counts on X, however long it is [P8]."""


class Place(Frozen):
    """A place by its id: its name, the length of a text there, and the rules to know."""

    id: str
    name: str
    limit: int = 0
    """The most characters; 0 where there is no limit that matters."""
    review: bool = False
    """Whether reviews are written there."""
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@cache
def load_places(language: str = BASE_LANGUAGE) -> dict[str, Place]:
    """Every place by its id, the platforms first."""
    more: dict[str, str] = dict(load_words(WORDS, language)["names"])
    names = {p.id: p.name for p in load_platforms(language).values()} | more
    facts = load_entries(WORDS, "places", ("sources",), language)
    return {key: Place(id=key, name=name, **facts.get(key, {})) for key, name in names.items()}


def find_place(name: str, language: str = BASE_LANGUAGE) -> Place | None:
    """The place that somebody means; None where it is not known."""
    key = re.sub(r"[\s-]+", "_", name.strip().lower())
    key = read_toml(WORDS)["aliases"].get(key, key)
    return load_places(language).get(key)


def list_rules(
    plan: Plan, place: Place, *, is_review: bool, language: str = BASE_LANGUAGE
) -> tuple[str, ...]:
    """What to keep to there, the rules for reviews with them where it is one."""
    words = load_words(WORDS, language)["reviews"]
    more = (*words["rules"], words["united_states"]) if is_review else ()
    values = {
        name: write_number(default_of(plan, f"complaints.{name}"), language)
        for name in ("window_hours", "comment_days", "review_days")
    }
    return tuple(rule.format(**values) for rule in (*place.rules, *more))


def list_sources(place: Place, *, is_review: bool) -> tuple[str, ...]:
    """The sources that the rules of a place rest on."""
    more = tuple(load_words(WORDS)["reviews"]["sources"]) if is_review else ()
    return (*place.sources, *more)


def shorten_links(text: str) -> str:
    """A text with every link as long as X counts it."""
    return _LINK.sub(COUNTED_LINK, text)
