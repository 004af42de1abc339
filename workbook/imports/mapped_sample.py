"""A sample of what a table would give by the columns that are chosen: added-up numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.imports.mapped import Mapped, read_mapped_hours, to_report
from workbook.imports.mapping import WORDS, Preview
from workbook.imports.statements import explain_visits
from workbook.imports.sums import add_up
from workbook.measurement.targets import STAGES
from workbook.platforms import load_platforms
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.imports.format import VisitReading
    from workbook.imports.mapping import Columns
    from workbook.imports.sums import Summed
    from workbook.imports.tables import Table
    from workbook.records import HoursSpent

_COUNTS: Final = ("sessions", *STAGES)
_LATER: Final = "visits-days-ambiguous"
"""Asked by itself once the columns are accepted."""


def preview_visits(
    table: Table, columns: Columns, reading: VisitReading, language: str = BASE_LANGUAGE
) -> Preview:
    """What some rows of a table would give, by place.

    Args:
        table: The table, or its first rows.
        columns: Where the column of each role stands.
        reading: What counts for each stage, and today; takes the problems of rows.
        language: The language of the words.
    """
    words = load_words(WORDS, language)["preview"]
    mapped = Mapped(table, columns)
    report = to_report(mapped)
    summed = add_up(report, reading) if report else None
    hours = list(read_mapped_hours(mapped, reading))
    rows = tuple(_write_rows(summed, hours, words, language))
    problems = [explain_visits(p, language) for p in reading.problems if p.id != _LATER]
    if not rows and not reading.problems:
        problems.append(str(words["none"]))
    return Preview(
        facts=tuple(_write_facts(summed, hours, words, language)),
        head=tuple(words["columns"]),
        rows=rows,
        problems=tuple(dict.fromkeys(problems)),
    )


def _write_facts(
    summed: Summed | None,
    hours: Sequence[HoursSpent],
    words: Mapping[str, str],
    language: str,
) -> Iterator[str]:
    if summed and summed.facts.rows:
        facts = summed.facts
        count = write_number(facts.rows, language)
        if facts.start and facts.end:
            days = (write_day(facts.start, language), write_day(facts.end, language))
            yield words["rows"].format(count=count, start=days[0], end=days[1])
        else:
            yield words["rows_undated"].format(count=count)
    if hours:
        spent = write_number(round(sum(each.hours for each in hours), 2), language)
        first, last = min(each.day for each in hours), max(each.day for each in hours)
        start, end = write_day(first, language), write_day(last, language)
        yield words["hours"].format(hours=spent, start=start, end=end)


def _write(number: float | None, words: Mapping[str, str], language: str) -> str:
    return words["untold"] if number is None else write_number(round(number, 2), language)


def _write_rows(
    summed: Summed | None, hours: Sequence[HoursSpent], words: Mapping[str, str], language: str
) -> Iterator[tuple[str, ...]]:
    """A row for each place: what is counted there, and the hours."""
    counted: dict[str, dict[str, int]] = {}
    for record in summed.records if summed else ():
        place = counted.setdefault(record.platform, {})
        for name in _COUNTS:
            if (count := getattr(record, name)) is not None:
                place[name] = place.get(name, 0) + count
    spent: dict[str, float] = {}
    for each in hours:
        spent[each.platform] = spent.get(each.platform, 0.0) + each.hours
    for platform in sorted({*counted, *spent}, key=lambda name: (not name, name)):
        numbers = counted.get(platform, {})
        if not platform and not any(numbers.values()) and platform not in spent:
            continue  # noughts that only say that the table can tell
        known = load_platforms(language).get(platform)
        cells = [_write(numbers.get(name), words, language) for name in _COUNTS]
        time = _write(spent.get(platform), words, language)
        yield (known.name if known else words["other"], *cells, time)
