"""A report of Matomo with a row for each network, website, campaign or page: CSV, XML or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.imports.format import Signature, Source, VisitFormat, VisitReading
from workbook.imports.matomo import TOOL, Entry, is_answer, is_list, read_entries
from workbook.imports.places import find_place
from workbook.imports.reports import Report, Role
from workbook.imports.sums import ANY_GOAL
from workbook.imports.tables import Headers, Table
from workbook.measurement.targets import read_target
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME: Final = "matomo_report"
KINDS: Final = ("socials", "websites", "campaigns", "channels", "pages")
_SEGMENTS: Final = {
    "referrertype==social": "socials",
    "referrertype==website": "websites",
    "referrertype==campaign": "campaigns",
    "pageurl": "pages",
}
_COLUMNS: Final = ("label", "date", "visits", "used", "any", "medium")
_ROLES: Final = {
    "socials": {"label": Role.SOURCE, "medium": Role.MEDIUM},
    "websites": {"label": Role.REFERRER},
    "campaigns": {"label": Role.SOURCE},
    "channels": {"label": Role.CHANNEL},
    "pages": {"label": Role.PAGE},
}
_ANY: Final = "any"
NO_GOAL: Final = "none"
NO_GOALS: Final = frozenset({NO_GOAL, "ninguno", "ninguna"})
"""What people type where no goal means that somebody got in touch."""
"""The answer that no goal of the report means somebody got in touch."""
_VISITS: Final = ("nb_visits", "visits")
_CONVERTED: Final = ("nb_visits_converted", "visits with conversions", "nb_conversions")


def _is_header(cells: Headers) -> bool:
    """Whether a table has labels with visits; the log of visits has neither."""
    return "label" in cells and bool({"nb_visits", "visits"} & cells) and "nb_actions" in cells


def _is_text(text: str) -> bool:
    return is_answer(text) and ("<label>" in text or "<row>" in text)


def _read(source: Source, reading: VisitReading) -> Iterator[Report]:
    entries = [entry for entry in read_entries(source, reading) if entry.values.get("label")]
    kind = _find_kind(entries, reading)
    if not kind:
        if entries:
            values = {"name": source.name, "choices": KINDS}
            reading.problems.append(Problem("visits-which-matomo", values))
        return
    goal = _choose_goal(entries, source.name, reading)
    rows = tuple(_make_row(entry, goal, kind) for entry in entries)
    columns = {"date": Role.DAY, "visits": Role.SESSIONS, "any": Role.KEY_EVENTS}
    columns |= _ROLES[kind] | ({"used": Role.USED} if goal else {})
    if not any(row[1] for row in rows):
        columns.pop("date")
    if not any(row[4] for row in rows):
        columns.pop("any")
    numbers = source.numbers if isinstance(source, Table) else tuple(range(1, len(rows) + 1))
    table = Table(source.name, _COLUMNS, rows, numbers[: len(rows)], _COLUMNS)
    roles = {role: _COLUMNS.index(name) for name, role in columns.items()}
    yield Report(NAME, TOOL, f"matomo-{kind}", table, roles)


def _make_row(entry: Entry, goal: str, kind: str) -> tuple[str, ...]:
    def first(names: Sequence[str]) -> str:
        return next((entry.values[name] for name in names if name in entry.values), "")

    converted = first(_CONVERTED)
    used = entry.goals.get(goal, "0") if goal != _ANY else converted or "0"
    medium = "social" if kind == "socials" else ""
    return entry.values["label"], entry.day, first(_VISITS), used, converted, medium


def _find_kind(entries: list[Entry], reading: VisitReading) -> str:
    """What the labels are: as the rows themselves say, as was answered, or by how they look."""
    for entry in entries:
        told = (entry.values.get("segment") or entry.values.get("metadata_segment", "")).casefold()
        for mark, kind in _SEGMENTS.items():
            if mark in told:
                return kind
    if reading.choices.get("matomo") in KINDS:
        return reading.choices["matomo"]
    labels = [entry.values["label"] for entry in entries]
    if labels and sum(map(_is_path, labels)) * 2 > len(labels):
        return "pages"
    if labels and sum(find_place(label.casefold()) is not None for label in labels) == len(labels):
        return "socials"
    return ""


def _is_path(label: str) -> bool:
    return label.startswith("/")


# -- goals -------------------------------------------------------------------------------------


def _choose_goal(entries: list[Entry], name: str, reading: VisitReading) -> str:
    """The number of the goal that is getting in touch, as somebody said; empty without an answer.

    Goals have numbers alone, and even a single one may count a download.
    """
    goals = sorted({goal for entry in entries for goal in entry.goals if goal}, key=_as_number)
    wanted = {read_target(text).value for text in reading.targets.used}
    if wanted & ANY_GOAL:
        return _ANY
    named = next((goal for goal in goals if f"goal {goal}" in wanted), "")
    chosen = reading.choices.get("goal", "")
    if named or chosen in goals:
        return named or chosen
    if goals and chosen.casefold() not in NO_GOALS:
        kind = "visits-one-goal" if len(goals) == 1 else "visits-which-goal"
        values = {"name": name, "goal": goals[0], "choices": (*goals, NO_GOAL)}
        reading.problems.append(Problem(kind, values))
    return ""


def _as_number(goal: str) -> tuple[int, str]:
    return (int(goal) if goal.isdecimal() else 0, goal)


FORMAT = VisitFormat(
    id=NAME,
    tool=TOOL,
    signature=Signature(header=_is_header, document=is_list, text=_is_text),
    read=_read,
)
