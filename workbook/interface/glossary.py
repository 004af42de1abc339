"""Words of the trade that a step cannot do without, explained where they are used."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORDS = "interface/glossary.toml"
_WORD = re.compile(r"[\w-]+")


def find_terms(text: str, language: str) -> tuple[str, ...]:
    """The ids of the terms that a text uses, in the order of the glossary."""
    words = _WORD.findall(text.lower())
    said, pairs = set(words), {f"{one} {two}" for one, two in pairwise(words)}
    terms = load_words(WORDS, language)["terms"]
    return tuple(n for n, term in terms.items() if not (said | pairs).isdisjoint(term["forms"]))


def choose_terms(text: str, step: str, language: str) -> tuple[str, ...]:
    """The ids of the terms that a text on the page of a step uses as words of the trade.

    A word of every day, such as “counter”, is one only on the pages named in the glossary.
    """
    terms = load_words(WORDS, language)["terms"]
    return tuple(name for name in find_terms(text, language) if _is_meant(terms[name], step))


@cache
def list_terms(step: str, language: str) -> tuple[str, ...]:
    """The ids of the terms that the page of a step explains."""
    said = " ".join(_texts(load_words(f"steps/{step}/step.toml", language)))
    used = choose_terms(said, step, language)
    terms = load_words(WORDS, language)["terms"]
    return tuple(name for name, term in terms.items() if name in used or step in term.get("on", ()))


def write_terms(names: Iterable[str], language: str) -> Html:
    """What terms mean, one below the other; nothing where there are none."""
    terms = load_words(WORDS, language)["terms"]
    rows = [
        fill_html("<dt>{word}</dt><dd>{means}</dd>", word=term["word"], means=term["means"])
        for term in (terms[name] for name in names)
    ]
    if not rows:
        return Html("")
    return Html(fill_html('<dl class="wb-terms-of">{rows}</dl>', rows=join_html(rows)))


def _is_meant(term: Mapping[str, Any], step: str) -> bool:
    return step in term.get("on", ()) or not term.get("everyday", False)


def _texts(words: Mapping[str, Any]) -> Iterator[str]:
    for value in words.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value)
