"""What a translation lacks, what it was made from an older English of, and what is wrong in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from workbook.discovery import exists, find_files, find_folders, read_text, read_toml
from workbook.translating.answers import list_items
from workbook.translating.languages import FOLDER
from workbook.translating.notebooks import PLACE, find_notebooks, list_comments, list_texts
from workbook.translating.origins import read_origins
from workbook.translating.texts import (
    DEMO,
    SLOT,
    digest,
    has_words,
    is_free,
    is_kept_in,
    is_never,
    list_sources,
    read_texts,
    walk_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MISSING, CHANGED, UNNOTED, WRONG = "missing", "changed", "unnoted", "wrong"
COMMENTS = f"{PLACE}/comments.toml"
_LANGUAGE = "language.toml"


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that a translation has not, or not as it must be.

    ``kind`` is “missing”, “changed” (the English is another one by now), “unnoted” (nobody noted
    which English it was made from) or “wrong”; then ``fault`` names what is wrong with it.
    """

    kind: str
    file: str
    key: str
    text: str
    fault: str = ""


def find_gaps(language: str) -> tuple[Gap, ...]:
    """All that has to be done for a translation to be whole, file by file.

    A text that its ``language.toml`` lists under ``left`` may stay English.
    """
    origins, left = read_origins(language), _read_left(language)
    gaps: list[Gap] = []
    for path, texts in list_english():
        over = _read_overlay(path, language)
        gaps += _find_lacking(path, texts, over, origins.get(path, {}))
        gaps += _find_faults(path, texts, over, language)
    return tuple(gap for gap in gaps if not _is_left(gap, left))


def note_origins(language: str, names: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Which English each text was made from, when those of some files are made from today's.

    ``names`` are the beginnings of the files' paths; what is left of other files stays as it was.
    """
    before = read_origins(language)
    noted: dict[str, dict[str, str]] = {}
    for path, texts in list_english():
        over = _read_overlay(path, language)
        if path.startswith(names):
            entries = {key: digest(texts[key]) for key in over if key in texts}
        else:
            entries = {k: v for k, v in before.get(path, {}).items() if k in over}
        noted |= {path: entries} if entries else {}
    return noted


def list_english() -> Iterator[tuple[str, dict[str, str]]]:
    """Every file with words and its English texts by their keys, the notebooks among them."""
    for path in list_sources():
        yield path, read_texts(path)
    comments: dict[str, str] = {}
    for place in sorted(find_notebooks().glob("*.ipynb")):
        notebook = json.loads(place.read_text(encoding="utf-8"))
        comments |= {comment: comment for comment in list_comments(notebook)}
        yield f"{PLACE}/{place.stem}.toml", dict(list_texts(notebook))
    yield COMMENTS, comments


def _read_left(language: str) -> tuple[str, ...]:
    place = f"{FOLDER}/{language}/{_LANGUAGE}"
    return tuple(read_toml(place).get("left", ())) if exists(place) else ()


def _is_left(gap: Gap, left: tuple[str, ...]) -> bool:
    named = f"{gap.file}:{gap.key}"
    return gap.kind == MISSING and any(fnmatchcase(named, pattern) for pattern in left)


def _place(path: str, language: str) -> str:
    named = path.removesuffix(".json") + ".toml" if path == DEMO else path
    return f"{FOLDER}/{language}/{named}"


def _read_overlay(path: str, language: str) -> dict[str, str]:
    """The texts of a translation by the keys of the English ones."""
    place = _place(path, language)
    if not exists(place):
        return {}
    if path.endswith(".md"):
        return {"": read_text(place)}
    if path in (DEMO, COMMENTS):
        return dict(read_toml(place))
    return dict(walk_texts(read_toml(place), path))


def _find_lacking(
    path: str, texts: Mapping[str, str], over: Mapping[str, str], noted: Mapping[str, str]
) -> Iterator[Gap]:
    for key, text in texts.items():
        if not has_words(text) or (key not in over and is_never(path, key)):
            continue
        if key not in over:
            yield Gap(MISSING, path, key, text)
        elif key not in noted:
            yield Gap(UNNOTED, path, key, text)
        elif noted[key] != digest(text):
            yield Gap(CHANGED, path, key, text)


def _find_faults(
    path: str, texts: Mapping[str, str], over: Mapping[str, str], language: str
) -> Iterator[Gap]:
    for key, text in over.items():
        if key not in texts:
            yield Gap(WRONG, path, key, text, "unknown")
        elif set(SLOT.findall(text)) != set(SLOT.findall(texts[key])):
            yield Gap(WRONG, path, key, text, "braces")
    place = _place(path, language)
    if path.endswith(".toml") and not path.startswith(PLACE) and exists(place):
        for key, fault in _compare(read_toml(path), read_toml(place), path, ""):
            yield Gap(WRONG, path, key, "", fault)


def _compare(ours: Any, theirs: Any, path: str, at: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - TOML
    """Where the shape of a translation is another one than that of the English."""
    if type(ours) is not type(theirs):
        yield at, "type"
    elif isinstance(ours, list) and len(ours) != len(theirs):
        yield at, "length"
    elif not isinstance(ours, dict | list | str) and ours != theirs:
        yield at, "value"
    else:
        yield from _compare_parts(ours, theirs, path, at)


def _compare_parts(ours: Any, theirs: Any, path: str, at: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - same
    below = dict(list_items(ours))
    for key, value in list_items(theirs):
        place = f"{at}.{key}".lstrip(".")
        if key not in below:
            yield place, "unknown"
        elif isinstance(ours, dict) and is_kept_in(path, at, key, below[key]):
            if below[key] != value:
                yield place, "name"
        elif not is_free(key, value):
            yield from _compare(below[key], value, path, place)
    if isinstance(ours, dict) and at.rpartition(".")[2].isdigit():
        yield from ((f"{at}.{key}", "lacks") for key in below if key not in theirs)


def find_stray(language: str) -> tuple[str, ...]:
    """Files of a translation that lie where no English one is."""
    known = {_place(path, language) for path, _ in list_english()}
    own = {f"{FOLDER}/{language}/{_LANGUAGE}"}
    return tuple(path for path in _walk_files(f"{FOLDER}/{language}") if path not in known | own)


def _walk_files(folder: str) -> Iterator[str]:
    yield from (p for s in (".toml", ".md") for p in find_files(folder, s))
    for name in find_folders(folder):
        yield from _walk_files(f"{folder}/{name}")
