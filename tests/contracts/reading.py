"""How easy the words of each step are to read, and which are in no dictionary.

``python -m tests.contracts.reading`` prints the figures.
"""

from __future__ import annotations

import gc
import re
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.contracts.test_words import SAID, _texts
from workbook.content import load_step
from workbook.discovery import read_text, read_toml
from workbook.plan import step_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACROSS = "checks/across"
PLACES = [*step_names(), ACROSS]
ACCEPTED = Path(__file__).with_name("accepted_words.txt")
NOT_OURS = (
    "evidence/", "imports/", "platforms/", "measurement/channels", "measurement/sources",
    "audit/types", "audit/abbreviations", "passwords", "units", "serving/bundle", "fit/words",
    "steps/conduct/overbroad", "complaint/drill", "exports/vale", "tone/english", "mix/lexicon",
    "storage/reasons", "commands/", "translations/", "translating/",
    "steps/goals/thin_reasons.toml",
)  # fmt: skip
"""Names, headings of other programs, patterns and codes: no words of ours."""
TO_SPELL = [path for path in SAID if not path.startswith(NOT_OURS)]


def list_texts(words: Any) -> Iterator[tuple[str, str]]:
    """Every text of a file of words with its key."""
    return _texts(words)


def measure(place: str) -> dict[str, float]:
    """Reading ease of what a step asks, finds and explains, and of the first two together."""
    said: dict[str, list[str]] = {"asked": [], "found": [], "guidance": []}
    if place == ACROSS:
        files = [path for path in SAID if path.startswith(f"{ACROSS}/")]
        said["found"] = [text for path in files for _, text in _texts(read_toml(path))]
    else:
        fields = [q for top in load_step(place).questions.values() for q in (top, *top.fields)]
        said["asked"] = [t for q in fields for t in (q.label, q.hint, q.why) if t]
        found = read_toml(f"steps/{place}/step.toml").get("findings", {})
        said["found"] = [text for _, text in _texts(found)]
        said["guidance"] = [x for x in read_text(f"steps/{place}/guidance.md").splitlines() if x]
    figures = {kind: reading_ease(texts) for kind, texts in said.items() if texts}
    return {"all": reading_ease([*said["asked"], *said["found"]]), **figures}


def reading_ease(texts: list[str]) -> float:
    """Flesch reading ease: 60 and more is plain English (Flesch 1948).

    Syllables are counted by their vowels; over our texts that gives one to three points less than
    a dictionary of pronunciations.
    """
    sentences = sum(max(1, len(re.findall(r"[.?](?=[\s”)]|$)", text))) for text in texts)
    words = [w for text in texts for w in re.findall(r"[a-z]+(?:[^\w\s][a-z]+)?", text.lower())]
    syllables = sum(map(_count_syllables, words))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def _count_syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1
    silent = silent or (word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1)
    return max(1, groups - silent)


@cache
def _dictionary() -> Any:
    from spylls import hunspell

    folder = Path(hunspell.__file__).parent / "data" / "en" / "en_US"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file to be closed
        found = hunspell.Dictionary.from_files(str(folder))
        gc.collect()
    return found


def find_misspelt(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each word that stands in no dictionary, with where it was seen first.

    Ours is American, so that British spellings stand in our own list beside names and words of
    the trade.
    """
    accepted = set(ACCEPTED.read_text(encoding="utf-8").split())
    seen: dict[str, str] = {}
    for path, text in texts:
        bare = re.sub(r"https?://\S+|[\w.+-]+@[\w.]+|[#@/._]\w+|\w+[._]\w+\S*|\{[^}]*\}", " ", text)
        for word in re.findall(r"[^\W\d_]+(?:'[a-z]+)?", bare.replace("\u2019", "'")):
            seen.setdefault(word.removesuffix("'s"), path)
    known = _dictionary().lookup
    return {
        word: path
        for word, path in seen.items()
        if not {word, word.lower()} & accepted and not any(map(known, (word, word.lower())))
    }


def main() -> None:
    """Print the reading ease of each step."""
    for place in PLACES:
        figures = measure(place).items()
        print(f"{place:14}", *(f"{kind} {figure:5.1f}" for kind, figure in figures))  # noqa: T201 # it is what the command is for


if __name__ == "__main__":
    main()
