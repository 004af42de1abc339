"""The next ninety days: what to do by when, the months, the week, and the days to look back."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from workbook.actions import propose_actions
from workbook.actions.people import find_owner
from workbook.audit.inventory import name_place
from workbook.budget.blocks import read_owner
from workbook.budget.listed import find_beside
from workbook.budget.wording import name_task, tell_beside
from workbook.exports.calendar import list_dates, list_entries, mark_id, shorten
from workbook.exports.dates import Dated, DatedReport
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Contribution, Statement, collect
from workbook.exports.documents._heading import head
from workbook.exports.documents._open import is_chosen, list_dated
from workbook.exports.documents._parts import list_goals, make_columns, say_empty, say_more
from workbook.exports.report import Bullets, Heading, Paragraph, Table, strong
from workbook.fit.phrases import write_hours
from workbook.steps.integration.listing import budget_of
from workbook.steps.integration.report import write_months
from workbook.steps.time.week import name_purpose, sort_blocks, write_when
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.actions import ProposedAction
    from workbook.checks import Todo
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Cell, Report
    from workbook.steps.time.answers import Block

NAME = "ninety_days"
HEEDS = ("open_findings",)
FORMATS = ("docx", "pdf", "html", "markdown", "xlsx", "ics")
STEP = "integration"
SEEDS = ("A9", "back-on-track")
TIME = ("A7",)
BACK = ("A6", "back-on-track")
_TODO_WIDTHS = (1.1, 3.6, 1.5, 0.7)
_DAY_WIDTHS = (1.1, 3.6)
_WEEK_WIDTHS = (2.1, 1.9, 1.4, 0.8, 1.4)
_LONG_TODO, _LONG_NAME, _LONG_NOTE = 320, 80, 400
_MOST_ROWS, _MOST_DAYS, _MOST_AFTER = 60, 40, 12
_IN_CALENDAR = ("measurement.next_reading", "review.day", "conduct.review", "goals.instead_until")
"""Days that stand in the calendar by themselves."""


def build(material: Material) -> Report:
    """The next ninety days of a plan as a report, with their days."""
    parts = collect(material)
    made = head(NAME, material, _write(material, parts))
    kept = {field.name: getattr(made, field.name) for field in fields(made)}
    return DatedReport(**kept, dates=tuple(_date(material, parts)))


def write(material: Material) -> Iterator[Statement]:
    """Everything it says, with the reasons each block meets."""
    return _write(material, collect(material))


def _write(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    words = material.wording[NAME]
    yield from say_empty(material)
    yield Statement(Paragraph.of(_write_lead(material, words)), SEEDS, STEP)
    goals = list_goals(material)
    if goals and material.plan.goals.decision != "not_now":
        yield Statement(Bullets.of(*goals), BACK, "goals")
    chosen, waiting = _part(material, parts)
    known = _index_proposals(material)
    yield from _write_todos(material, chosen, known, words)
    yield from _write_days(material, words)
    yield from _write_waiting(material, waiting, known, words)
    yield from _write_months(material, words)
    yield from _write_week(material, words)


def _last(material: Material) -> date:
    return material.today + timedelta(days=budget_of(material.plan).days)


def _write_lead(material: Material, words: Mapping[str, Any]) -> str:
    budget = budget_of(material.plan)
    first, last = material.day(material.today), material.day(_last(material))
    told = [words["lead"].format(first=first, last=last)]
    waits = material.plan.goals.decision == "not_now"
    if budget.weekly is not None and budget.all is not None and not waits:
        values = {
            "hours": write_hours(budget.weekly, material.language),
            "all": write_hours(budget.all, material.language),
            "share": write_number(budget.share, material.language),
        }
        told.append(words["hours"].format(**values))
    if beside := find_beside(material.plan, material.today):
        told.append(tell_beside(beside, material.language))
    return " ".join(told)


# -- what to do -----------------------------------------------------------------------------------


def _write_todos(
    material: Material,
    chosen: Sequence[Todo],
    known: Mapping[str, ProposedAction],
    words: Mapping[str, Any],
) -> Iterator[Statement]:
    """What stands on the list or has a day, by that day; what lies beyond the days in short."""
    within = [todo for todo in chosen if not _is_after(material, todo)]
    after = [todo for todo in chosen if _is_after(material, todo)]
    yield Statement(Heading(1, words["todo"], "todo"), SEEDS, STEP)
    rows = [_write_row(material, todo, known, words["no_day"]) for todo in within]
    yield from _lay_out(rows, words["todo_caption"], words["todo_none"], words)
    if after:
        yield Statement(Paragraph.of(strong(words["after"])), SEEDS, STEP)
        lines = (
            words["after_item"].format(day=material.day(todo.due), text=cut(todo.text, _LONG_TODO))
            for todo in after[:_MOST_AFTER]
            if todo.due
        )
        yield Statement(Bullets.of(*dict.fromkeys(lines)), SEEDS, STEP)


def _write_waiting(
    material: Material,
    waiting: Sequence[Todo],
    known: Mapping[str, ProposedAction],
    words: Mapping[str, Any],
) -> Iterator[Statement]:
    """What is open and on no list, with proposed days."""
    if waiting and material.switches.open_findings:
        yield Statement(Heading(1, words["waiting"], "waiting"), SEEDS, STEP)
        yield Statement(Paragraph.of(words["waiting_lead"]), SEEDS, STEP)
        rows = [
            _propose(_write_row(material, todo, known, words["later"]), words["proposed"])
            for todo in waiting
        ]
        yield from _lay_out(rows, words["waiting_caption"], "", words)


def _propose(row: tuple[Cell, ...], form: str) -> tuple[Cell, ...]:
    """A row with whoever might do it called a proposal, since nobody has taken it over."""
    day, what, who, hours = row
    return day, what, form.format(who=who) if who else "", hours


def _is_after(material: Material, todo: Todo) -> bool:
    return todo.due is not None and todo.due > _last(material)


def _part(material: Material, parts: Sequence[Contribution]) -> tuple[list[Todo], list[Todo]]:
    """What stands on the list or has a day that somebody chose, and what is only proposed."""
    chosen: list[Todo] = []
    waiting: list[Todo] = []
    for todo in list_dated(material, parts):
        (chosen if is_chosen(material, todo) else waiting).append(todo)
    return chosen, waiting


def _lay_out(
    rows: Sequence[tuple[Cell, ...]], caption: str, empty: str, words: Mapping[str, Any]
) -> Iterator[Statement]:
    columns = make_columns(words["columns"], _TODO_WIDTHS, {0: "date", 3: "number"})
    shown = tuple(rows[:_MOST_ROWS])
    table = Table(columns, shown, caption, empty=empty, row_titles=False)
    yield Statement(table, SEEDS, STEP)
    yield from say_more(words["more"], len(rows) - _MOST_ROWS, SEEDS, STEP)


def _write_row(
    material: Material, todo: Todo, known: Mapping[str, ProposedAction], undated: str
) -> tuple[Cell, ...]:
    """Something to do: until when, who does it, and how long that takes where it is known."""
    plan = material.plan
    actions = {action.what: action for action in plan.integration.actions}
    action = actions.get(todo.text) if todo.is_listed else known.get(todo.text)
    who = action.who if action else find_owner(plan, todo.path)
    hours = None if action is None else action.hours
    return todo.due or undated, cut(todo.text, _LONG_TODO), cut(who or "", _LONG_NAME), hours


def _index_proposals(material: Material) -> dict[str, ProposedAction]:
    """What is proposed, by its words."""
    plan, today = material.plan, material.today
    found = propose_actions(plan, material.findings, today, material.language)
    return {each.what: each for each in found}


# -- months, week, days ---------------------------------------------------------------------------


def _write_months(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    if material.plan.goals.decision == "not_now":
        return
    yield Statement(Heading(1, words["months"], "months"), ("A9",), STEP)
    statements = tuple(write_months(material))
    if statements:
        yield from _sink(statements)
    else:
        yield Statement(Paragraph.of(words["months_none"]), ("A9",), STEP)


def _sink(statements: Sequence[Statement]) -> Iterator[Statement]:
    """The months below their heading; the first heading of the part would say it twice."""
    yield from (s for s in statements if not isinstance(s.block, Heading))


def _write_week(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    plan = material.plan
    if plan.goals.decision == "not_now":
        return
    yield Statement(Heading(1, words["week"], "week"), TIME, "time")
    if not plan.time.blocks:
        yield Statement(Paragraph.of(words["week_none"]), TIME, "time")
        return
    yield Statement(Paragraph.of(words["week_lead"]), TIME, "time")
    columns = make_columns(words["week_columns"], _WEEK_WIDTHS, {3: "number"})
    rows = tuple(
        _write_block(material, block) for block in sort_blocks(plan.time.blocks)[:_MOST_ROWS]
    )
    yield Statement(Table(columns, rows, words["week_caption"]), TIME, "time")


def _write_block(material: Material, block: Block) -> tuple[Cell, ...]:
    language = material.language
    what = name_task(block.task, language)
    place = name_place(block.platform, language) if block.platform else ""
    return (
        write_when(block, language),
        ", ".join(part for part in (what, place) if part),
        name_purpose(block, language),
        block.minutes,
        cut(block.who or read_owner(material.plan), _LONG_NAME),
    )


def _write_days(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Every day within the ninety on which something is looked at."""
    rows = sorted(dict.fromkeys(_list_days(material)), key=lambda row: row[0])[:_MOST_DAYS]
    yield Statement(Heading(1, words["days"], "days"), BACK, "review")
    columns = make_columns(words["day_columns"], _DAY_WIDTHS, {0: "date"})
    table = Table(columns, tuple(rows), words["days_caption"], empty=words["days_none"],
                  row_titles=False)  # fmt: skip
    yield Statement(table, BACK, "review")


def _list_days(material: Material) -> Iterator[tuple[date, str]]:
    for entry in list_entries(material.plan, material.today, material.language):
        if entry.lasts is None:
            for day in _recur(entry, _last(material)):
                yield day, cut(entry.title, _LONG_TODO)


def _recur(entry: Dated, last: date) -> Iterator[date]:
    """The days of an entry up to a last one."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only where something comes back
    from icalendar import vRecur  # noqa: PLC0415 - heavy, and only here

    if not entry.rule:
        if entry.start <= last:
            yield entry.start
        return
    begins = datetime.combine(entry.start, datetime.min.time())
    said: bytes = vRecur(entry.rule).to_ical()  # type: ignore[no-untyped-call] # it has no types
    rule = rrulestr(said.decode(), dtstart=begins)
    for moment in rule:
        if moment.date() > last:
            return
        yield moment.date()


# -- the calendar ---------------------------------------------------------------------------------


def _date(material: Material, parts: Sequence[Contribution]) -> Iterator[Dated]:
    """What goes into a calendar: blocks, days to look back, and what is to be done by a day.

    Only days that somebody chose are in it; of a plan without any it says so today.
    """
    plan, words = material.plan, material.wording[NAME]
    dates = [*list_dates(plan, material.today, material.language)]
    taken: Counter[str] = Counter()
    for todo in _part(material, parts)[0]:
        if todo.due and todo.due >= material.today and not _is_in_calendar(todo):
            title = words["due"].format(text=shorten(todo.text))
            note = "\n".join(part for part in (todo.text, todo.why) if part)
            name = todo.path.replace(".", "-")
            taken[name] += 1
            own = mark_id(plan, f"todo-{name}{taken[name] if taken[name] > 1 else ''}")
            dates.append(Dated(own, title, cut(note, _LONG_NOTE), todo.due))
    if not dates:
        note = words["no_dates_note"]
        dates.append(Dated(mark_id(plan, "none"), words["no_dates"], note, material.today))
    yield from dates


def _is_in_calendar(todo: Todo) -> bool:
    """Whether the day of something stands in the calendar anyway."""
    step, _, rest = todo.path.partition(".")
    is_goal = step == "goals" and rest.startswith("goals.") and rest.endswith(".due")
    return todo.path in _IN_CALENDAR or (is_goal and not todo.is_listed)
