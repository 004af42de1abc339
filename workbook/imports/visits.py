"""Reports of visits and of hours from any tool, read into added-up records and what they can say.

A file is known by its content. What none of our formats knows is read by a mapping of its columns,
if somebody said what they are; the mapping is found again by the hash of the header. Nothing of a
row is kept but counts by platform and day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from workbook.imports.amounts import read_count
from workbook.imports.columns import is_google, name_role
from workbook.imports.containers import Text, open_file
from workbook.imports.format import HoursFormat, VisitFormat, VisitReading
from workbook.imports.mapped import (
    MAPPABLE,
    MAPPED,
    map_part,
    read_mapped_hours,
    to_report,
)
from workbook.imports.mapping import hash_header
from workbook.imports.pipeline import Known, find_cut_tables, know
from workbook.imports.places import read_origin
from workbook.imports.reports import COUNTS, Role
from workbook.imports.sums import Facts, add_up
from workbook.imports.tables import Table, clean_header, find_plain
from workbook.measurement.targets import clean_path
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from workbook.imports.containers import Opened, Part
    from workbook.imports.reports import Report
    from workbook.measurement.embedded import Watch
    from workbook.measurement.targets import Targets
    from workbook.records import HoursSpent, SocialVisits

_MOST_NAMED: Final = 30
_LONGEST_NAME: Final = 60
_BLANK: Final = re.compile(r"\n[ \t,;]*\r?\n")


@dataclass(frozen=True, slots=True)
class Questions:
    """What was answered about files before they are read."""

    day_first: bool | None = None
    """Whether 03/04/2026 is in April, for files that do not tell."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Answers by the id of the question: “umami”, “matomo”, “goal”."""
    mappings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """What the columns are, by the rank of each, under the hash of the header."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What columns are in any table nobody knows, where no mapping of its own is there."""


@dataclass(frozen=True, slots=True)
class VisitFile:
    """What one file came to."""

    name: str
    formats: tuple[str, ...] = ()
    """The ids of the formats that know its parts, each once; none where no format does."""
    records: tuple[tuple[SocialVisits, ...], ...] = ()
    """The records of each table, which are never added to each other unseen."""
    hours: tuple[HoursSpent, ...] = ()
    facts: tuple[Facts, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def read_visits(
    raw: bytes,
    name: str,
    targets: Targets,
    today: date,
    questions: Questions | None = None,
    *,
    watch: Watch | None = None,
    largest: int | None = None,
) -> VisitFile:
    """The visits or the hours in a report of any tool.

    Args:
        raw: The bytes of the file.
        name: What it is called; some tools give a table its meaning by its name alone.
        targets: What counts as Services, as Contact and as getting in touch.
        today: Rows of later days are left out, and told.
        questions: What was answered where a file can be read in two ways.
        watch: Told how much is done, 0 to 1, now and then; False ends the reading.
        largest: The bytes that the file may have; those of the app where None.

    Returns:
        Counts by platform and day, with what the file can tell and problems worded by
        ``workbook.imports.limits``. Never raises for what a file holds.

    Raises:
        Cancelled: ``watch`` said no.
    """
    asked = questions or Questions()
    reading = VisitReading(targets, today, asked.day_first, asked.choices, watch=watch)
    try:
        return _read_file(open_file(raw, name, largest), name, reading, asked)
    finally:
        _forget()


def _forget() -> None:
    """Let go of every cell that was remembered to read it only once."""
    for remembered in (read_origin, read_count, name_role, clean_path):
        remembered.cache_clear()


def _read_file(opened: Opened, name: str, reading: VisitReading, asked: Questions) -> VisitFile:
    reading.problems.extend(opened.problems)
    found = [(part, know(part, VisitFormat)) for each in opened.parts for part in _split(each)]
    known = [each for _, each in found if each is not None]
    reports = [report for each in known for report in _read(each, reading)]
    mapped = [
        told
        for part, each in found
        if each is None and (told := map_part(part, asked.mappings, asked.columns))
    ]
    reports += [report for each in mapped if (report := to_report(each))]
    reports = [_end_where_it_breaks(report, name, reading) for report in reports]
    reading.notes.extend(_find_twice(reports, name))
    summed = [add_up(report, reading) for report in reports]
    hours = [spent for each in known for spent in _read_hours(each, reading)]
    hours += [spent for each in mapped for spent in read_mapped_hours(each, reading)]
    if not known and not mapped and not reading.problems:
        reading.problems.append(_name_unknown([part for part, _ in found], name))
    tables = [each.source for each in known if isinstance(each.source, Table)]
    cut = find_cut_tables([*tables, *(each.table for each in mapped)], name)
    reading.problems.extend(cut)
    if not reading.problems:
        reading.problems.extend(_find_empty(reports, [s.facts.rows for s in summed]))
        reading.problems.extend(_find_idle(known, hours))
        reading.problems.extend(_find_silent(known, reports))
    return VisitFile(
        name=name,
        formats=tuple(dict.fromkeys((*(k.format.id for k in known), *(MAPPED for _ in mapped)))),
        records=tuple(each.records for each in summed if each.records),
        hours=tuple(hours),
        facts=tuple(each.facts for each in summed),
        problems=tuple(reading.problems),
        notes=tuple(reading.notes),
    )


def _read(known: Known, reading: VisitReading) -> Iterator[Report]:
    if isinstance(known.format, VisitFormat):
        yield from known.format.read(known.source, reading)


def _read_hours(known: Known, reading: VisitReading) -> Iterator[HoursSpent]:
    if isinstance(known.format, HoursFormat):
        yield from known.format.read(known.source, reading)


def _end_where_it_breaks(report: Report, name: str, reading: VisitReading) -> Report:
    """A report that breaks off is about the days of its rows, whatever its first lines say."""
    is_broken = report.table.is_torn or report.table.is_cut
    if not is_broken or Role.DAY not in report.roles or report.end is None:
        return report
    reading.problems.append(Problem("visits-days-cut", {"name": name}))
    return replace(report, start=None, end=None)


def _find_empty(reports: list[Report], rows: list[int]) -> list[Problem]:
    """Tables that have a header and no row that can be read."""
    pairs = zip(reports, rows, strict=True)
    return [
        Problem("visits-no-rows", {"name": report.table.name})
        for report, count in pairs
        if not count and COUNTS & set(report.roles)
    ]


def _find_silent(known: list[Known], reports: list[Report]) -> list[Problem]:
    """Reports that a format knows and finds nothing in."""
    visits = [each for each in known if isinstance(each.format, VisitFormat)]
    return [] if reports else [Problem("visits-no-rows", {"name": k.source.name}) for k in visits]


def _find_idle(known: list[Known], hours: list[HoursSpent]) -> list[Problem]:
    """Files of time trackers and calendars that hold no entry."""
    trackers = [each for each in known if isinstance(each.format, HoursFormat)]
    return [] if hours else [Problem("hours-none", {"name": k.source.name}) for k in trackers]


def _find_twice(reports: list[Report], name: str) -> Iterator[Problem]:
    """Columns of which there are several of one name, so that only the first was read."""
    for report in reports:
        headers = report.table.headers
        for at in sorted(set(report.roles.values())):
            if headers.count(headers[at]) > 1:
                column = report.table.heading[at].strip()[:_LONGEST_NAME]
                yield Problem("visits-column-twice", {"name": name, "column": column})


def _split(part: Part) -> list[Part]:
    """The tables of an overview of Google Analytics, which stand below each other in one file."""
    if not isinstance(part, Text) or not part.text.lstrip("\ufeff").startswith("#"):
        return [part]
    head, *blocks = _BLANK.split(part.text)
    preamble = "\n".join(line for line in head.splitlines() if line.startswith("#"))
    tables: list[Part] = []
    text = head
    for block in blocks:
        first = [clean_header(cell) for cell in re.split(r"[,;\t]", block.split("\n", 1)[0])]
        if is_google(first) and _has_rows(text):
            tables.append(Text(part.name, text))
            text = preamble
        text = f"{text}\n\n{block}"
    return [*tables, Text(part.name, text)] if tables else [part]


def _has_rows(text: str) -> bool:
    return any(line.strip() and not line.startswith("#") for line in text.splitlines())


# -- files nobody knows ------------------------------------------------------------------------


def find_tables(raw: bytes, name: str) -> tuple[Table, ...]:
    """The tables in a file that no format knows, whose columns somebody can name."""
    parts = [each for part in open_file(raw, name).parts for each in _split(part)]
    unknown = [part for part in parts if know(part, VisitFormat) is None]
    return tuple(table for part in unknown if (table := find_plain(part)) and table.rows)


def _name_unknown(parts: list[Part], name: str) -> Problem:
    """What to say of a file nobody knows: its columns, so that somebody can say what they are."""
    table = next((found for part in parts if (found := find_plain(part)) is not None), None)
    if table is None or not table.rows:
        return Problem("visits-unknown-file", {"name": name})
    columns = tuple(cell.strip()[:_LONGEST_NAME] for cell in table.heading if cell.strip())
    values = {
        "name": name,
        "columns": columns[:_MOST_NAMED],
        "key": hash_header(table.headers),
        "choices": MAPPABLE,
    }
    return Problem("visits-unknown-columns", values)
