"""What is said of files of visits, by id and in words, with their problems and formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.imports.format import CaseFormat, PostFormat
from workbook.imports.pipeline import load_formats
from workbook.imports.problems import explain, name_rows
from workbook.measurement.periods import find_stretches
from workbook.measurement.targets import TargetKind, Targets, read_target
from workbook.platforms import load_platforms
from workbook.values import Problem
from workbook.wording import quote, smooth, write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WORDS: Final = "imports/visits.toml"
_MOST_SPANS: Final = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that files tell or do not tell."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    tool: str = ""
    """The tool whose export would tell it, with steps."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in words."""

    id: str
    text: str
    steps: tuple[str, ...] = ()


def say(statement: Statement, language: str = BASE_LANGUAGE) -> Said:
    """A statement in words, with the steps of an export where it names one."""
    words = load_words(WORDS, language)
    if statement.tool:
        told = words["exports"][statement.tool]
        named = _write_events(statement.values["targets"], told)
        steps = tuple(str(step).format(**named) for step in told["steps"])
        return Said(f"export-{statement.tool}", str(told["lead"]), steps)
    group = words["can_say"] if statement.id in words["can_say"] else words["cannot_say"]
    values = {
        name: _write(name, value, words, language, is_one=statement.values.get("count") == 1)
        for name, value in statement.values.items()
    }
    return Said(statement.id, str(group[statement.id]).format(**values))


def _write(
    name: str, value: object, words: Mapping[str, Any], language: str, *, is_one: bool
) -> object:
    """A value as it stands in a sentence; the unit of 1 is another word."""
    writers: Mapping[str, Callable[[], object]] = {
        "visits": lambda: write_visits(int(str(value)), language),
        "period": lambda: _write_period(value, words, language),
        "stages": lambda: _join([words["stages"][each] for each in _list(value)], words),
        "targets": lambda: _join([quote(each, language) for each in _list(value)], words),
        "stage": lambda: words["names"][value],
        "counts": lambda: _join([words["counted"][each] for each in _list(value)], words),
        "place": lambda: _name_place(str(value), language) or words["counted"]["social"],
        "days": lambda: _write_days(value, words, language),
        "of": lambda: write_number(int(str(value)), language),
        "unit": lambda: words["units"][f"{value}_one" if is_one else value],
        "report": lambda: words["formats"].get(value, value),
        "format": lambda: name_format(str(value), language),
        "count": lambda: write_number(int(str(value)), language),
        "hours": lambda: write_hours(float(str(value)), language),
        "least": lambda: write_hours(float(str(value)), language),
        "also": lambda: "".join(t for n, t in words["also"].items() if n in _list(value)),
        "places": lambda: smooth(
            _join([_name_place(each, language) for each in _list(value)], words), language
        ),
        "span": lambda: _write_span(value, words, language),
        "hours_span": lambda: _write_span(value, words, language),
        "visits_span": lambda: _write_span(value, words, language),
    }
    return writers[name]() if name in writers else value


def _write_events(targets: object, words: Mapping[str, Any]) -> dict[str, str]:
    """The events to ask for, and what to say getting in touch is."""
    if not isinstance(targets, Targets) or "events" not in words:
        return {}
    used = targets.used or (words["used"],)
    named = [t.value for text in used if (t := read_target(text)).kind is TargetKind.EVENT]
    return {"events": "|".join([*words["events"], *named]), "used": used[0]}


def _list(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, tuple) else [str(value)]


def write_visits(count: int, language: str = BASE_LANGUAGE) -> str:
    """A number of visits in words: “1 visit”, “15 visits”."""
    words = load_words(WORDS, language)["counts"]
    return str(words["visits_one" if count == 1 else "visits"]).format(
        count=write_number(count, language)
    )


def write_hours(hours: float, language: str = BASE_LANGUAGE) -> str:
    """A number of hours in words: “1 hour”, “2.5 hours”."""
    words = load_words(WORDS, language)["counts"]
    return str(words["hours_one" if hours == 1 else "hours"]).format(
        count=write_number(hours, language)
    )


def _name_place(platform: str, language: str) -> str:
    found = load_platforms(language).get(platform)
    return found.name if found else platform


def _write_span(value: object, words: Mapping[str, Any], language: str) -> str:
    """Days without what comes before them."""
    if not isinstance(value, tuple):
        return ""
    start, end = (write_day(day, language) for day in value)
    return str(words["span"]["day" if start == end else "days"]).format(start=start, end=end)


def _write_days(value: object, words: Mapping[str, Any], language: str) -> str:
    """Days as stretches without a gap; how many they are, where there are too many of these."""
    stretches = find_stretches(value) if isinstance(value, frozenset) else []
    spans = [(date.fromordinal(first), date.fromordinal(last)) for first, last in stretches]
    if not isinstance(value, frozenset) or not spans:
        return str(words["span"]["undated"])
    if len(spans) <= _MOST_SPANS:
        return _join([_write_span(span, words, language) for span in spans], words)
    start, end = (write_day(day, language) for day in (spans[0][0], spans[-1][1]))
    return str(words["span"]["many"]).format(
        count=write_number(len(value), language), start=start, end=end
    )


def _write_period(value: object, words: Mapping[str, Any], language: str) -> str:
    if isinstance(value, frozenset) and value:
        spans = find_stretches(value)
        if len(spans) > 1:
            told = _write_days(value, words, language)
            return str(words["period"]["several"]).format(days=told)
        value = tuple(map(date.fromordinal, spans[0]))
    if not isinstance(value, tuple):
        return ""
    start, end = value
    told = words["period"]["day" if start == end else "days"]
    return str(told).format(start=write_day(start, language), end=write_day(end, language))


def _join(texts: Sequence[str], words: Mapping[str, Any], last: str = "last") -> str:
    if len(texts) < 2:  # noqa: PLR2004 - one needs nothing between
        return "".join(texts)
    joined = words["joined"]
    return str(joined["comma"]).join(texts[:-1]) + str(joined[last]) + texts[-1]


def name_format(format_id: str, language: str = BASE_LANGUAGE) -> str:
    """What kind of file a format is, in words."""
    words, found = load_words(WORDS, language)["formats"], load_formats().get(format_id)
    if isinstance(found, PostFormat | CaseFormat) and format_id not in words:
        return str(words["posts" if isinstance(found, PostFormat) else "cases"])
    return str(words.get(format_id, format_id or words["unknown"]))


def explain_visits(problem: Problem, language: str = BASE_LANGUAGE) -> str:
    """A problem of a file of visits in words: what it is, and what to do about it."""
    words = load_words(WORDS, language)
    values: dict[str, object] = dict(problem.values)
    if isinstance(rows := values.get("rows"), tuple):
        values["rows"] = name_rows(rows, language)
    for name in ("columns", "choices"):
        if isinstance(told := values.get(name), tuple):
            last = "last" if name == "columns" else "or"
            values[name] = _join([quote(each, language) for each in told], words, last)
    return explain(Problem(problem.id, values), language)
