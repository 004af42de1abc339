"""The Spanish words: easy to read, in one voice, spelt."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.contracts import spanish

EASY = 65
"""From here on Spanish is “quite easy” to read."""
SURENESS = {
    "Sure": "Alto",
    "Fairly sure": "Bastante alto",
    "Not very sure": "No muy alto",
    "Not sure": "Bajo",
    "As sure": "Tan alto",
}
"""How sure we are, as it is said after “Grado de certeza:”."""
FORMAL = re.compile(
    r"\b(ustedes|usted|vosotr[oa]s|vuestr[oa]s?|os|(hab|ten|pod|quer|sab)éis|estáis|sois)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"«[^»]*»")
PAGE = re.compile(r"página «([^»{]+)»")
NOT_OURS = ("evidence/sources", "demo.json")


@cache
def _texts():
    return [*spanish.list_translated()]


@pytest.mark.parametrize("place", spanish.PLACES)
def test_words_are_easy_to_read(place):
    """All questions, hints, reasons and findings of a step together, and each kind alone."""
    figures = spanish.measure(place)
    assert {kind: figure for kind, figure in figures.items() if figure < EASY} == {}


@pytest.mark.parametrize(
    ("word", "syllables"),
    {
        "día": 2, "guía": 2, "idea": 3, "muy": 1, "país": 2, "quién": 1, "averigua": 4,
        "negocio": 3, "lee": 2, "publicación": 4, "vergüenza": 3, "y": 1, "cuaderno": 3,
    }.items(),
)  # fmt: skip
def test_syllables_are_those_one_hears(word, syllables):
    """Weak vowels join, strong and accented ones do not, and the u of que and gui is silent."""
    assert spanish.count_syllables(word) == syllables


def test_harder_words_are_harder():
    """The measure tells an official sentence from a plain one."""
    plain = spanish.reading_ease(["Di quién responde. Basta un nombre."])
    official = spanish.reading_ease(
        ["Procédase a la identificación de las personas responsables de la contestación."]
    )
    assert official < 50
    assert plain > 80


def test_it_says_tu():
    """Nobody is called usted or vosotros, save where somebody else is quoted."""
    found = {
        place: match[0]
        for place, _, text in _texts()
        if (match := FORMAL.search(QUOTED.sub("", text)))
    }
    assert found == {}


def test_quotation_marks_are_spanish():
    """« and » stand around what is quoted; “ and ” only within them."""
    found = [
        place
        for place, _, text in _texts()
        if not place.startswith(NOT_OURS)
        and (re.search("[“”]", QUOTED.sub("", text)) or text.count("«") != text.count("»"))
    ]
    assert found == []


def test_sureness_has_the_same_words_everywhere():
    """How sure we are is said in one way for each way of the English."""
    for place, english, text in _texts():
        if place.endswith(".sure"):
            for ours, theirs in SURENESS.items():
                if re.match(rf"{ours}\b", english):
                    assert text.startswith(theirs), (place, text)


def test_pages_are_called_by_their_titles():
    """What a text calls a page is the title of one."""
    titles = {text for place, _, text in _texts() if place.endswith((".title", ":title", "finish"))}
    titles |= {text.rstrip("?").lstrip("¿") for text in titles}
    named = {name: place for place, _, text in _texts() for name in PAGE.findall(text)}
    assert {name: place for name, place in named.items() if name not in titles} == {}


@pytest.mark.thorough
def test_words_are_spelt_right():
    """Every word stands in a dictionary of Spanish or in our own list of further ones."""
    assert spanish.find_misspelt(_texts()) == {}


@pytest.mark.thorough
def test_a_fault_in_spelling_is_seen():
    """A wrong word is found; a name of the English and a verb with its pronoun are not."""
    found = spanish.find_misspelt([("a", "Facebook", "Escríbelo en Facebook o envíate una qeja.")])
    assert found == {"qeja": "a"}
