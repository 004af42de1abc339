"""The one-page strategy: why, goals, places, hours, the next steps, on one sheet."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement, collect
from workbook.exports.documents._heading import order_points, write_subtitle
from workbook.exports.documents._open import is_chosen, list_dated, write_missing
from workbook.exports.report import (
    Bullets,
    Heading,
    KeyValues,
    Paragraph,
    join,
    runs,
    strong,
)
from workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.checks import Todo
    from workbook.exports.documents._contribution import Point
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Runs

NAME = "one_page"
HEEDS = ("empty", "open_findings")
MOST_POINTS = 14
LEAST_TODOS = 4
LONG_TODO = 340
SHORT_TODO = 60
SPACE = 500.0
"""Points of height for what is said between title and foot, on the shorter sheet and in Word."""
POINTS_SPACE = 350.0
LINE, TERM_LINE, ITEM = 14.6, 3.2, 1.5
HEADING = 34.0
VALUE_LETTERS, ITEM_LETTERS, SUBTITLE_LETTERS = 62, 86, 66
"""About how many letters a line holds beside a term, in a list, below the title."""
WIDE, CAPITAL = 2.0, 1.3
"""How many letters the signs of East Asia and capitals take the room of."""
NEAR = 3
"""So many words after a number belong to it, so that no text ends among them."""
SIZES = ((420, 200, 8), (260, 160, 8), (170, 120, 8), (170, 120, 4), (110, 58, 3), (58, 58, 2))
"""The longest single line, the longest of several, and how many; smaller until all fit."""


def write(material: Material) -> Iterator[Statement]:
    """Everything the sheet says, with the reasons each block meets."""
    words = material.wording
    if material.plan == Plan():
        yield Statement(Paragraph.of(words["nothing_yet"]))
        yield from write_missing(material)
        return
    parts = collect(material)
    points = [point for point in order_points(parts) if point.only != "brief"][:MOST_POINTS]
    pairs, height = _fit_points(points, words["more"])
    if points:
        seeds = tuple(dict.fromkeys(seed for point in points for seed in point.seeds))
        yield Statement(KeyValues.of(*pairs), seeds)
    subtitle = write_subtitle(material)
    space = SPACE - HEADING - height - (_measure(subtitle, SUBTITLE_LETTERS) - LINE)
    yield from _write_todos(material, list_dated(material, parts), space)
    says_open = material.blocking and material.switches.open_findings
    full = words[NAME]["full_open" if says_open else "full"]
    yield Statement(Paragraph.of(full))


def _fit_points(points: Sequence[Point], more: str) -> tuple[list[tuple[str, str]], float]:
    """The points as terms with their lines, and their height; the last are shortened first."""
    texts = [_fit(join(point.value), more, *SIZES[0]) for point in points]
    heights = list(map(_measure_point, texts))
    for size in range(1, len(SIZES)):
        for place in reversed(range(len(points))):
            if sum(heights) <= POINTS_SPACE:
                break
            texts[place] = _fit(join(points[place].value), more, *SIZES[size])
            heights[place] = _measure_point(texts[place])
    pairs = [(point.term, text) for point, text in zip(points, texts, strict=True)]
    return pairs, sum(heights)


def _measure_point(text: str) -> float:
    """About how high a point stands."""
    return _measure(text, VALUE_LETTERS) + TERM_LINE


def _measure(text: str, letters: int) -> float:
    """About how high a text stands, in points."""
    return LINE * sum(_count_lines(line, letters) for line in text.split("\n"))


def _count_lines(text: str, letters: int) -> int:
    """In how many lines a text is set, broken between words or within one that is too long."""
    lines, room = 1, float(letters)
    for word in text.split(" "):
        width = sum(_weigh(letter) for letter in word)
        if width > room and room < letters:
            lines, room = lines + 1, float(letters)
        while width > letters:
            lines, width = lines + 1, width - letters
        room -= width + 1
    return lines


def _weigh(letter: str) -> float:
    """How many usual letters a letter takes the room of."""
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    return CAPITAL if letter.isupper() else 1.0


def cut_whole(text: str, most: int) -> str:
    """The beginning of a text, which never ends inside a number with what it counts."""
    shown = cut(text, most)
    if shown == cut(text, len(text) + 1):
        return shown
    words = shown.removesuffix("…").split()
    while near := [word for word in words[-NEAR:] if any(map(str.isdigit, word))]:
        words = words[: len(words) - 1 - words[::-1].index(near[-1])]
    kept = " ".join(words).rstrip(",;:(")
    return f"{kept} …" if kept else shown


def _fit(text: str, more: str, long_point: int, long_line: int, most: int) -> str:
    """At most so many lines, each cut to fit a sheet, and how many more there are."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return cut_whole(lines[0], long_point)
    shown = [cut_whole(line, long_line) for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = f"{shown[-1]} ({more.format(count=len(lines) - most)})"
    return "\n".join(shown)


def _write_todos(material: Material, todos: Sequence[Todo], space: float) -> Iterator[Statement]:
    """The next steps by date in whole sentences, as many as the sheet holds.

    A day that nobody chose is called a proposal.
    """
    if not todos:
        return
    yield Statement(Heading(1, material.wording[NAME]["todos"]))
    rows: list[Runs] = []
    for place, todo in enumerate(todos):
        day = _write_day(material, todo)
        text = cut_whole(_name_doer(material, todo), LONG_TODO)
        height = _measure(f"{day}: {text}", ITEM_LETTERS) + ITEM
        last = place == len(todos) - 1
        if height + (0 if last else LINE + ITEM) > space:
            if place >= LEAST_TODOS:
                break
            text = cut_whole(text, SHORT_TODO)
            height = _measure(f"{day}: {text}", ITEM_LETTERS) + ITEM
        rows.append(runs(strong(day), f": {text}"))
        space -= height
    if len(todos) > len(rows):
        more = material.wording["more"].format(count=len(todos) - len(rows))
        rows.append(runs(material.wording[NAME]["more"].format(more=more)))
    yield Statement(Bullets.of(*rows))


def _write_day(material: Material, todo: Todo) -> str:
    """The day of something, called a proposal where nobody chose it."""
    if todo.due is None:
        return str(material.wording["todos"]["later"])
    day = material.day(todo.due)
    return day if is_chosen(material, todo) else material.wording[NAME]["proposed"].format(day=day)


def _name_doer(material: Material, todo: Todo) -> str:
    """What is to be done, with who does it where it stands on the action list."""
    if not (todo.is_listed and todo.why):
        return todo.text
    return str(material.wording[NAME]["doer"]).format(text=todo.text.rstrip("."), who=todo.why)
