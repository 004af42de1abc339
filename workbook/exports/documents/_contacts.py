"""Whom to call in a bad hour, with room for the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exports.documents._answers import cut
from workbook.exports.report import Column, Table
from workbook.plan import read_answer
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook.exports.documents._material import Material

ROOM_MM = 7.4
WIDTHS = (1.4, 1.4, 1.0)
LONG_PERSON = 400


def write_contacts(
    material: Material,
    called: Mapping[str, str],
    columns: Sequence[str],
    *,
    caption: str = "",
    room_mm: float = ROOM_MM,
    most: int = LONG_PERSON,
) -> Table:
    """A table of people by what they are called for; a name or number nobody gave stays empty.

    Args:
        material: What the document is made of.
        called: What each is called for, by the path of the answer that names them.
        columns: What the three columns are called.
        caption: What the table is about.
        room_mm: The least height of its rows, to write in by hand.
        most: The letters of the longest name that is shown whole.
    """
    named = {path: _cut_lines(name_person(material, path), most) for path in called}
    rows = tuple((what, named[path], "") for path, what in called.items())
    titled = zip(columns, WIDTHS, strict=True)
    heads = tuple(Column(title, width=width) for title, width in titled)
    return Table(heads, rows, caption, room_mm=room_mm)


def name_person(material: Material, path: str) -> str:
    """Who is named at a path; empty where nobody is."""
    value = read_answer(material.plan, path)
    return "" if value in (None, UNKNOWN) else str(value).strip()


def _cut_lines(text: str, most: int) -> str:
    """Several people on a line each; cut where there are more words than anybody calls out."""
    return text if len(text) <= most else cut(text, most)
