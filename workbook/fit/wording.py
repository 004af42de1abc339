"""A choice of places in words: its figures, what to know about it, and what would change it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.evidence import load_sources, write_source
from workbook.evidence.shares import Method
from workbook.fit.basis import find_minors
from workbook.fit.notes import list_notes, list_remarks
from workbook.fit.phrases import (
    Note,
    join_places,
    load_fit_words,
    name_country,
    name_group,
    name_place,
    show_country,
    write_amount,
    write_hours,
    write_left,
    write_places,
)
from workbook.fit.recommendation import (
    Recommendation,
    tell_changes,
    write_change,
    write_recommendation,
)
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from workbook.evidence.profiles import Reach
    from workbook.evidence.shares import Share

__all__ = [
    "Note",
    "Recommendation",
    "join_places",
    "list_notes",
    "list_remarks",
    "load_fit_words",
    "name_country",
    "name_group",
    "name_place",
    "show_country",
    "tell_changes",
    "write_amount",
    "write_base",
    "write_change",
    "write_dates",
    "write_hours",
    "write_left",
    "write_origin",
    "write_places",
    "write_points",
    "write_recommendation",
]


def write_origin(share: Share, language: str = BASE_LANGUAGE) -> str:
    """Where a share comes from, in one line."""
    words = load_fit_words(language)["figure"]
    if share.method is Method.CLIENTS:
        return str(words["clients"])
    if share.source in load_sources():
        return write_source(share.source, language)
    return share.source or str(words["own"])


def write_base(share: Share, language: str = BASE_LANGUAGE) -> str:
    """Whom a share is a share of."""
    words = load_fit_words(language)["figure"]
    if share.population:
        form = words["base_young" if find_minors(share.population) else "base"]
        return str(form).format(population=share.population)
    return str(words["clients" if share.method is Method.CLIENTS else "own"])


def write_dates(share: Share, language: str = BASE_LANGUAGE) -> str:
    """When people were asked; or when it was published, where only that is told."""
    words = load_fit_words(language)["survey"]
    if share.start:
        ends = {"start": _write_day(share.start, language), "end": _write_day(share.end, language)}
        return str(words["both"]).format(**ends)
    if share.published:
        return str(words["published"]).format(day=_write_day(share.published, language))
    return ""


def write_points(reach: Reach, language: str = BASE_LANGUAGE) -> str:
    """The shares that were published without the number asked, in one line."""
    words = load_fit_words(language)["figure"]
    told = (
        str(words["point"]).format(
            place=row.platform, percent=write_number(row.percent, language), group=row.group
        )
        for rows in reach.points.values()
        for row in rows
    )
    return str(words["joined"]).join(told)


def _write_day(text: str, language: str) -> str:
    """A date as it is written; years and months stand as they are."""
    try:
        return write_day(date.fromisoformat(text), language)
    except ValueError:
        return text
