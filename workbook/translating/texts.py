"""The texts of a word file by their keys, whatever kind of file it is."""

from __future__ import annotations

import hashlib
import json
import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import read_text, read_toml, root
from workbook.translating.answers import KEPT, list_items, walk_answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

DEMO = "demo.json"
SLOT = re.compile(r"\{[^}]*\}")
_NAME = re.compile(r"[a-z0-9_.*/-]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = (".toml", ".md")
_EXAMPLES = "examples.toml"


def is_kept(key: str, value: object) -> bool:
    """Whether what stands under a key is a name or a pattern, the same in every language."""
    kept, values = read_toml(KEPT), value if isinstance(value, list) else [value]
    is_name = all(isinstance(v, str) and _NAME.fullmatch(v) for v in values)
    return (
        key in kept["parts"]
        or (key in kept["lists"] and isinstance(value, list))
        or (key in kept["names"] and is_name)
    )


def is_free(key: object, value: object) -> bool:
    """Whether it is a list of words that may have another length in another language."""
    words = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return words and key in read_toml(KEPT)["free"]


def is_kept_in(path: str, at: str, key: str, value: object) -> bool:
    """Whether it is kept where it stands: in some tables what looks like a name is a word."""
    return f"{path}:{at}" not in read_toml(KEPT)["words"] and is_kept(key, value)


def is_never(path: str, key: str) -> bool:
    """Whether the text of a file under a key is a name, a pattern or a clause, and no word."""
    never = read_toml(KEPT)["never"].items()
    patterns = (each for files, keys in never if fnmatchcase(path, files) for each in keys)
    return any(fnmatchcase(key, pattern) for pattern in patterns)


def list_sources() -> Iterator[str]:
    """The files whose words people read, from the package's folder, in order."""
    left = tuple(read_toml(KEPT)["files"])
    yield DEMO
    for path in _list_files(root(), ""):
        named = path.rpartition("/")[2]
        if named.endswith(_ENDINGS) and named != _EXAMPLES and not path.startswith(left):
            yield path


def _list_files(folder: Traversable, path: str) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        below = f"{path}{entry.name}"
        if entry.is_dir():
            if entry.name[0] not in "_.":
                yield from _list_files(entry, f"{below}/")
        else:
            yield below


def read_texts(path: str) -> dict[str, str]:
    """The texts of a file of the package by their keys; names of the program are left out.

    An item of a list has its number as a key, such as ``sections.0.title``; a Markdown file has
    one text, without a key.
    """
    if path.endswith(".md"):
        return {"": read_text(path)}
    if path == DEMO:
        return dict(walk_answers(json.loads(read_text(path))["plan"]))
    return dict(walk_texts(read_toml(path), path))


def walk_texts(node: object, path: str, at: str = "") -> Iterator[tuple[str, str]]:
    """Texts in the nested tables of a file, with their keys; a list of any length is one text."""
    if isinstance(node, str):
        yield at, node
    for key, value in list_items(node):
        below = f"{at}.{key}".lstrip(".")
        if is_free(key, value):
            yield below, " | ".join(value)
        elif isinstance(node, list) or not is_kept_in(path, at, str(key), value):
            yield from walk_texts(value, path, below)


def has_words(text: str) -> bool:
    """Whether there is something to translate in a text."""
    return bool(_WORD.search(SLOT.sub("", text)))


@cache
def digest(text: str) -> str:
    """A short name for a text that changes with it."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
