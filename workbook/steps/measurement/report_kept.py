"""What files told and the plan keeps, in words: for the page and for documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.imports.statements import name_format
from workbook.measurement.kept import name_place, read_files
from workbook.records import SEVERAL
from workbook.steps.measurement.answers import Column, read_rows
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.measurement.periods import Aside
    from workbook.plan import Plan
    from workbook.steps.measurement.answers import KeptCounts, KeptImport

WORDS: Final = "steps/measurement/kept.toml"


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One import in words: what it was read as, its days and places, and what of it counts."""

    id: str
    name: str
    days: str
    places: str
    told: str
    read: str
    aside: str
    """Why not all of it counts; empty where it does."""


def list_kept(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[KeptLine, ...]:
    """The imports of a plan, the last one that was read first."""
    words, aside = load_words(WORDS, language), read_files(plan).drawn.aside
    lines = [_describe(each, aside, words, language) for each in plan.measurement.imports]
    return tuple(reversed(lines))


def _describe(
    each: KeptImport, aside: tuple[Aside, ...], words: Mapping[str, Any], language: str
) -> KeptLine:
    what = each.what
    reasons = dict.fromkeys(
        note.reason for note in aside if note.source == what.source and note.span == _span(what)
    )
    return KeptLine(
        id=each.id,
        name=_begin(name_format(what.source or "", language)),
        days=_write_days(what, words, language),
        places=words["joined"].join(_list_places(what, words, language)),
        told=words["joined"].join(_list_told(what, words, language)),
        read=write_day(what.read_on, language) if what.read_on else "",
        aside=" ".join(words["aside"][reason] for reason in reasons),
    )


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _span(what: KeptCounts) -> tuple[object, object]:
    """The first and the last day of an import; None where it names none."""
    ends = [begins + days for begins, days in _list_days(what)]
    if what.first is None or not ends:
        return None, None
    starts = [begins for begins, _ in _list_days(what)]
    first = what.first + timedelta(days=min(starts))
    return first, what.first + timedelta(days=max(ends) - 1)


def _list_days(what: KeptCounts) -> list[tuple[int, int]]:
    """How many days after the first each row begins, and of how many days it is."""
    return [(r.begins, r.days) for place in what.places for r in read_rows(place.rows)]


def _write_days(what: KeptCounts, words: Mapping[str, Any], language: str) -> str:
    days = _list_days(what)
    if what.first is None or not days:
        return str(words["undated"])
    first, last = min(begins for begins, _ in days), max(begins + count for begins, count in days)
    values = {
        "first": write_day(what.first + timedelta(days=first), language),
        "last": write_day(what.first + timedelta(days=last - 1), language),
        "count": write_number(last - first, language),
    }
    return str(words["days" if last - first > 1 else "day"].format(**values))


def _list_places(what: KeptCounts, words: Mapping[str, Any], language: str) -> Iterator[str]:
    """The places that anything was told of; those that nobody came from are left out."""
    unnamed = words["nowhere" if Column.HOURS in what.told else "social"]
    seen = [
        place.platform
        for place in what.places
        if any(any(row.figures) for row in read_rows(place.rows))
    ]
    for platform in sorted(seen, key=lambda name: (not name, name)):
        if platform in ("", SEVERAL):
            yield str(words["several"] if platform else unnamed)
        else:
            yield name_place(platform, language)


def _list_told(what: KeptCounts, words: Mapping[str, Any], language: str) -> Iterator[str]:
    for column in what.told:
        if column is Column.HOURS:
            rows = [row for place in what.places for row in read_rows(place.rows)]
            spent = sum(row.figures[0] or 0 for row in rows)
            yield str(words["hours"].format(hours=write_number(round(spent, 1), language)))
        else:
            yield str(words["told"][column])
