"""Complaints, reviews and tickets from a log or the export of a help desk, without the people.

What somebody wrote, and who it was, is left out while a file is read. What remains of a row is a
``Case``: when it came, and what became of it when.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbook.imports.format import CaseFormat, Reading, RefusedFormat
from workbook.imports.pipeline import find_cut, open_known
from workbook.imports.problems import name_rows
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.imports.pipeline import Known
    from workbook.records import Case


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one file or of several, and what was left out of them."""

    records: tuple[Case, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""
    """The id of the format; empty where no format knows the file."""
    left_out: tuple[tuple[str, int], ...] = ()
    """How many rows are not among the records, by reason."""
    notes: tuple[str, ...] = ()
    """What has to be known about figures from this source; worded in ``words.toml``."""
    zone: str = ""
    """The zone that was taken for times that name none; empty where all name theirs."""


def read_cases(raw: bytes, name: str, zone: str, *, day_first: bool | None = None) -> Cases:
    """The cases in a log of complaints or an export of a help desk or a review site.

    Args:
        raw: The bytes of the file.
        name: What the file is called, to speak of it.
        zone: The zone of times that name none, as in the IANA database: ``Europe/London``.
        day_first: Whether 03/04/2026 is in April, for files that do not tell.

    Returns:
        Each case once, in the order of time; with problems, worded by
        ``workbook.imports.problems.explain``. Never raises for what a file holds.
    """
    try:
        reading = Reading(zone=ZoneInfo(zone), day_first=day_first)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Cases(problems=(Problem("zone-unknown", {"zone": zone}),))
    opened, known, _ = open_known(raw, name, CaseFormat)
    reading.problems.extend((*opened.problems, *find_cut(known, name)))
    records = [case for each in known for case in _read(each, reading, name)]
    kept = _keep_one_of_each(records, reading.left_out)
    sources = [k.format.id for k in known if isinstance(k.format, CaseFormat)]
    if not sources and not reading.problems:
        reading.problems.append(Problem("cases-unknown-file", {"name": name}))
    elif not kept and not reading.problems:
        reading.problems.append(Problem("cases-none", {"name": name}))
    return Cases(
        records=kept,
        problems=(*reading.problems, *_name_unreadable(reading)),
        source=sources[0] if sources else "",
        left_out=tuple(sorted(reading.left_out.items())),
        notes=tuple(reading.notes),
        zone=zone if reading.zone_used else "",
    )


def join_cases(several: Iterable[Cases]) -> Cases:
    """The cases of several files as one, each case once."""
    given = list(several)
    left_out: Counter[str] = Counter()
    for each in given:
        left_out.update(dict(each.left_out))
    kept = _keep_one_of_each([case for each in given for case in each.records], left_out)
    return Cases(
        records=kept,
        problems=tuple(problem for each in given for problem in each.problems),
        source=next((each.source for each in given if each.source), ""),
        left_out=tuple(sorted(left_out.items())),
        notes=tuple(dict.fromkeys(note for each in given for note in each.notes)),
        zone=next((each.zone for each in given if each.zone), ""),
    )


def _read(known: Known, reading: Reading, name: str) -> Iterable[Case]:
    if isinstance(known.format, RefusedFormat):
        reading.problems.append(Problem(f"refused-{known.format.id}", {"name": name}))
    if isinstance(known.format, CaseFormat):
        return known.format.read(known.source, reading)
    return ()


def _keep_one_of_each(records: list[Case], left_out: Counter[str]) -> tuple[Case, ...]:
    """Each case once, the row that knows most of it; the other rows are counted."""
    best: dict[str, Case] = {}
    for case in records:
        seen = best.get(case.key)
        if seen is not None:
            left_out["twice"] += 1
        if seen is None or _knows(case) > _knows(seen):
            best[case.key] = case
    return tuple(sorted(best.values(), key=lambda case: (case.seen_at, case.key)))


def _knows(case: Case) -> tuple[int, float]:
    latest = max(m.timestamp() for m in (case.seen_at, case.replied_at, case.resolved_at) if m)
    told = (case.replied_at, case.resolved_at, case.is_satisfied, case.is_answered, case.stars)
    return sum(value is not None for value in told), latest


def _name_unreadable(reading: Reading) -> list[Problem]:
    return [
        Problem("dates-unreadable", {"column": column, "rows": name_rows(rows)})
        for column, rows in reading.unreadable.items()
    ]
