"""A language made up for tests: every letter of ours is exchanged, so that leftovers show.

So are the marks in numbers, thousands and decimals alike.
"""

from __future__ import annotations

import re

import pytest

from workbook import content
from workbook.discovery import read_text, read_toml
from workbook.translating.texts import is_kept as _is_kept

MADE_UP = "qqa"
FAR = 0xFEE0
SLOT = re.compile(r"(\{[^}]*\})")
THOUSANDS, DECIMAL = "\u066c", "\u066b"
MARKS = {",": THOUSANDS, ".": DECIMAL}
WORDING = "wording.toml"
LOOKED_FOR = {"steps/goals/thin_reasons.toml"}


def exchange(text):
    """The text with every letter moved far away; what stands in braces stays."""
    parts = SLOT.split(text)
    moved = [
        "".join(map(_move, _write_numbers(p))) if at % 2 == 0 else p for at, p in enumerate(parts)
    ]
    return "".join(moved)


def _write_numbers(text):
    return re.sub(r"(?<=\d)[.,](?=\d)", lambda mark: MARKS[mark.group()], text)


def _move(sign):
    return chr(ord(sign) + FAR) if sign.isascii() and sign.isalpha() else sign


def _overlay(node):
    if isinstance(node, dict):
        return {k: v if _is_kept(k, v) else _overlay(v) for k, v in node.items()}
    if isinstance(node, list):
        return [_overlay(item) for item in node]
    return exchange(node) if isinstance(node, str) else node


@pytest.fixture
def made_up(monkeypatch):
    """The made-up language, with an overlay for every file of words."""
    start = f"translations/{MADE_UP}/"
    there = content.exists

    def toml(path):
        if not path.startswith(start):
            return read_toml(path)
        below = path.removeprefix(start)
        over = {} if below in LOOKED_FOR else _overlay(read_toml(below))
        return over | ({"thousands": THOUSANDS, "decimal": DECIMAL} if below == WORDING else {})

    def text(path):
        return (
            exchange(read_text(path.removeprefix(start)))
            if path.startswith(start)
            else read_text(path)
        )

    monkeypatch.setattr(content, "exists", lambda path: path.startswith(start) or there(path))
    monkeypatch.setattr(content, "read_toml", toml)
    monkeypatch.setattr(content, "read_text", text)
    return MADE_UP
