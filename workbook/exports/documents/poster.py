"""The response poster: the tree and the three people to call, on one sheet for the wall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook.charts.decision_tree import draw
from workbook.complaint.tree import load_tree
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contacts import write_contacts
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._heading import head
from workbook.exports.report import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.charts.rendering import Picture
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Report

NAME = "poster"
HEEDS: tuple[str, ...] = ()
STEP = "complaints"
SEEDS = ("B2",)
SCALE = 1.25
ROOM_MM = 9.0
LONG_NAME = 60
LONG_BUSINESS = 40


def build(material: Material) -> Report:
    """The poster of a business as a report."""
    made = head(NAME, material, write(material))
    business, day = cut(material.business, LONG_BUSINESS), material.day(material.today)
    under = material.wording["subtitle"].format(business=business, day=day)
    return replace(made, title=material.wording[NAME]["heading"], subtitle=under, scale=SCALE)


def write(material: Material) -> Iterator[Statement]:
    """The tree and the contacts, with the reasons each meets."""
    words = material.wording[NAME]
    picture = draw(load_tree(material.language), language=material.language, large=True)
    alt = _tell(picture, words["way"])
    figure = replace(Figure.of(picture, caption=words["caption"]), alt=alt, bare=True)
    contacts = write_contacts(
        material,
        words["contacts_for"],
        words["contacts_columns"],
        room_mm=ROOM_MM,
        most=LONG_NAME,
    )
    yield Statement(figure, SEEDS, STEP)
    yield Statement(contacts, SEEDS, STEP)


def _tell(picture: Picture, way: str) -> str:
    """The whole tree in words, for whoever cannot see it."""
    ways = [way.format(question=row[0], yes=row[1], no=row[2]) for row in picture.rows]
    return " ".join([picture.desc, *ways])
