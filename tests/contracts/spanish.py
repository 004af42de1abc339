"""How easy the Spanish words of each step are to read, and which are in no dictionary.

``python -m tests.contracts.spanish`` prints the figures.
"""

from __future__ import annotations

import gc
import os
import re
import unicodedata
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.contracts.reading import ACROSS, PLACES, list_texts
from tests.contracts.test_words import CODE, SAID
from workbook.content import load_step, load_words
from workbook.discovery import exists, read_text, read_toml
from workbook.translating.gaps import list_english
from workbook.translating.languages import FOLDER
from workbook.translating.texts import walk_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGE = "es"
PATTERNS = ("smooth",)  # what is looked for in texts, and no text itself
ACCEPTED = Path(__file__).with_name("accepted_words_es.txt")
DICTIONARIES = [Path("/usr/share", folder, "es_ES.aff") for folder in ("hunspell", "myspell")]
"""Where systems keep it; Debian's package is ``hunspell-es``."""
VOWELS = "aeiouáéíóúü"
AFTER_VERBS = re.compile(r"(?:[mts]e|l[aeo]s?|nos)$")
"""Pronouns written onto a verb: “escríbelo”. The dictionary knows only some of them."""


def measure(place: str) -> dict[str, float]:
    """Reading ease of what a step asks, finds and explains, and of the first two together."""
    said: dict[str, list[str]] = {"asked": [], "found": [], "guidance": []}
    if place == ACROSS:
        files = [path for path in SAID if path.startswith(f"{ACROSS}/")]
        said["found"] = [t for path in files for _, t in list_texts(load_words(path, LANGUAGE))]
    else:
        step = load_step(place, LANGUAGE)
        fields = [q for top in step.questions.values() for q in (top, *top.fields)]
        said["asked"] = [t for q in fields for t in (q.label, q.hint, q.why) if t]
        found = load_words(f"steps/{place}/step.toml", LANGUAGE).get("findings", {})
        said["found"] = [text for _, text in list_texts(found)]
        said["guidance"] = [line for line in step.guidance.splitlines() if line]
    figures = {kind: reading_ease(texts) for kind, texts in said.items() if texts}
    return {"all": reading_ease([*said["asked"], *said["found"]]), **figures}


def reading_ease(texts: list[str]) -> float:
    """Perspicuity of Spanish: 55 is normal, 65 quite easy, 80 very easy.

    The measure is that of Flesch, fitted to Spanish (Szigriszt Pazos 1993, Sistemas predictivos de
    legibilidad del mensaje escrito: fórmula de perspicuidad); the scale is INFLESZ
    (Barrio-Cantalejo et al. 2008, An. Sist. Sanit. Navar. 31(2), 135-152).
    """
    sentences = sum(max(1, len(re.findall(r"[.?](?=[\s»)]|$)", text))) for text in texts)
    words = [w for text in texts for w in re.findall(r"[a-záéíóúüñ]+", text.lower())]
    syllables = sum(map(count_syllables, words))
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences


def count_syllables(word: str) -> int:
    """Syllables of a Spanish word: strong and accented vowels, and weak ones standing alone."""
    heard = re.sub(r"([gq])u(?=[eiéí])", r"\1", word)
    heard = re.sub(r"y$", "i", heard)
    groups = re.findall(rf"[{VOWELS}]+", heard)
    return max(1, sum(max(1, len(re.findall("[aeoáéíóú]", group))) for group in groups))


def list_translated() -> Iterator[tuple[str, str, str]]:
    """Every Spanish text with its place, and the English it says."""
    for path, english in list_english():
        place = f"{FOLDER}/{LANGUAGE}/{path}".replace(".json", ".toml")
        if exists(place):
            for key, text in _read(place, path):
                if key not in PATTERNS:
                    yield f"{path}:{key}", english.get(key, ""), text


def _read(place: str, path: str) -> Iterable[tuple[str, str]]:
    return [("", read_text(place))] if place.endswith(".md") else walk_texts(read_toml(place), path)


@cache
def _dictionary() -> Any:
    from spylls import hunspell

    there = [path for path in DICTIONARIES if path.exists()]
    if not there:
        message = "no Spanish dictionary is installed (hunspell-es)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file to be closed
        found = hunspell.Dictionary.from_files(str(there[0].with_suffix("")))
        gc.collect()
    return found


def find_misspelt(texts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Each word that stands in no dictionary, with where it was seen first.

    What the English of the same text says with the same letters is a name, or the word of another
    program; further ones stand in our own list.
    """
    accepted = set(ACCEPTED.read_text(encoding="utf-8").split())
    seen: dict[str, str] = {}
    for place, english, text in texts:
        same = {word.lower() for word in _split(english)}
        for word in _split(text):
            if word.lower() not in same:
                seen.setdefault(word, place)
    return {
        word: place
        for word, place in seen.items()
        if not {word, word.lower()} & accepted and not _is_known(word)
    }


def _split(text: str) -> list[str]:
    text = CODE.sub(" ", text)
    text = re.sub(r"https?://\S+|[\w.+-]+@[\w.]+|[#@/._]\w+|\w+[._]\w+\S*|\{[^}]*\}", " ", text)
    return re.findall(r"[^\W\d_]+", text)


def _is_known(word: str) -> bool:
    known = _dictionary().lookup
    if any(map(known, (word, word.lower()))):
        return True
    verb = AFTER_VERBS.sub("", word.lower())
    return verb != word.lower() and any(map(known, (verb, _without_accents(verb))))


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", parts.replace("\u0301", ""))


def main() -> None:
    """Print the reading ease of each step."""
    for place in PLACES:
        figures = measure(place).items()
        print(f"{place:14}", *(f"{kind} {figure:5.1f}" for kind, figure in figures))  # noqa: T201 # it is what the command is for


if __name__ == "__main__":
    main()
