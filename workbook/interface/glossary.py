"""Words of the trade that a step cannot do without, explained where they are used."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORDS = "interface/glossary.toml"
_WORD = re.compile(r"[\w-]+")


def find_terms(text: str, language: str) -> tuple[str, ...]:
    """The ids of the terms that a text uses, in the order of the glossary."""
    words = _WORD.findall(text.lower())
    said, pairs = set(words), {f"{one} {two}" for one, two in pairwise(words)}
    terms = load_words(WORDS, language)["terms"]
    return tuple(n for n, term in terms.items() if not (said | pairs).isdisjoint(term["forms"]))


@cache
def list_terms(step: str, language: str) -> tuple[str, ...]:
    """The ids of the terms that the page of a step explains."""
    said = " ".join(_texts(load_words(f"steps/{step}/step.toml", language)))
    used = find_terms(said, language)
    terms = load_words(WORDS, language)["terms"]
    return tuple(name for name, term in terms.items() if name in used or step in term.get("on", ()))


def write_terms(step: str, title: str, language: str) -> Html:
    """What the terms on the page of a step mean; nothing where it uses none."""
    terms = load_words(WORDS, language)["terms"]
    rows = [
        fill_html("<dt>{word}</dt><dd>{means}</dd>", word=term["word"], means=term["means"])
        for term in (terms[name] for name in list_terms(step, language))
    ]
    if not rows:
        return Html("")
    return Html(
        fill_html(
            '<h3>{title}</h3><dl class="wb-terms-of">{rows}</dl>',
            title=title,
            rows=join_html(rows),
        )
    )


def _texts(words: Mapping[str, Any]) -> Iterator[str]:
    for value in words.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value)
