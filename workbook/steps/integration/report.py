"""What the larger plan says in documents: months and channels, what goals help, and the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.actions import explain_actions, is_settled
from workbook.actions.candidates import is_proposed
from workbook.budget.listed import find_beside
from workbook.budget.wording import tell_beside
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    cut,
    lay_out_rows,
    load_report_words,
)
from workbook.exports.report import Column, Heading, Paragraph, Table, runs
from workbook.fit.phrases import write_hours
from workbook.steps.integration.answers import Done, Integration
from workbook.steps.integration.listing import STEP, budget_of, list_open
from workbook.steps.integration.matrix import build_matrix, name_channel, name_month
from workbook.steps.integration.occasions import last_day
from workbook.steps.integration.support import name_goals
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.actions import ProposedAction
    from workbook.steps.integration.answers import Action, Occasion
    from workbook.steps.integration.matrix import Matrix

SEEDS = ("A9",)
BACK = ("A9", "back-on-track")
_OCCASION_WIDTHS = (1.2, 1.0, 1.6, 1.5, 1.6)
_ACTION_WIDTHS = (2.6, 2.2, 1.2, 0.7, 1.1)
_LONGEST = 160
_FOUND = ("decide", "cause", "mend", "look")
"""Kinds of actions that say what to do about something a check found."""
_LONG_NAME = 60


def contribute(material: Material) -> Contribution:
    """The months, what goals help, and the action list; while all waits, the list alone."""
    words = load_report_words(STEP, material.language)
    waits = material.plan.goals.decision == "not_now"
    begun = material.plan.integration != Integration()
    actions = tuple(_write_actions(material, words["actions"], int(words["most_actions"])))
    whole = () if waits or not begun else tuple(_write_whole(material, words))
    return Contribution(
        step=STEP,
        title=str(words["title"]),
        order=int(words["order"]),
        body=(*whole, *actions),
        points=() if waits else tuple(_write_points(material, words["point"])),
        decisions=() if waits else tuple(_decide(material, words["decided"])),
        sources=("F8",) if whole else (),
        main_sources=("F8",) if whole else (),
    )


def _write_whole(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    yield from write_months(material)
    yield from _write_supports(material, words["supports"])


def write_months(material: Material) -> Iterator[Statement]:
    """Month by month what runs in which channel, and each occasion with its hand-over."""
    words = load_report_words(STEP, material.language)
    matrix = build_matrix(material.plan, material.today)
    if matrix.months:
        yield from _write_matrix(material, words, matrix)
    occasions = (*matrix.occasions, *matrix.left_out)
    if occasions:
        yield from _write_occasions(material, words, occasions)


def _short(text: str | None) -> str:
    return cut(text, _LONGEST) if text and text != UNKNOWN else ""


def _name(words: Mapping[str, Any], occasion: Occasion, number: int) -> str:
    name = cut(occasion.name or occasion.offer or "", _LONG_NAME)
    form = words["named" if name else "nameless"]
    return str(form).format(number=number, name=name)


# -- month by month -------------------------------------------------------------------------------


def _write_matrix(
    material: Material, words: Mapping[str, Any], matrix: Matrix
) -> Iterator[Statement]:
    """The months by channels, with the number of each occasion."""
    said = words["matrix"]
    numbers = {o.id: str(number) for number, o in enumerate(matrix.occasions, 1)}
    rows = tuple(
        (
            name_month(month.first, material.language),
            *(
                ", ".join(numbers[o.id] for o in month.list_in(channel))
                for channel in matrix.channels
            ),
        )
        for month in matrix.months
    )
    names = (name_channel(channel, material.language) for channel in matrix.channels)
    columns = (Column(said["month"], width=1.3), *(Column(name) for name in names))
    yield Statement(Heading(2, said["title"]), SEEDS, STEP)
    yield Statement(Paragraph.of(said["lead"]), SEEDS, STEP)
    yield Statement(Table(columns, rows, said["caption"]), SEEDS, STEP)


def _write_occasions(
    material: Material, words: Mapping[str, Any], occasions: tuple[Occasion, ...]
) -> Iterator[Statement]:
    """Each occasion with its days, its words, and who hands over to whom."""
    said, most = words["occasions"], int(words["most_occasions"])
    rows = [
        [
            _name(words, occasion, number),
            _tell_days(material, said, occasion),
            _short(occasion.words or occasion.offer),
            _join(said, occasion, "before", "during", "after"),
            "\n".join(
                part
                for part in (_short(occasion.hand_over), _join(said, occasion, "phone", "promise"))
                if part
            ),
        ]
        for number, occasion in enumerate(occasions[:most], 1)
    ]
    blocks = lay_out_rows(material, said["columns"], rows, said["caption"], widths=_OCCASION_WIDTHS)
    for block in blocks:
        yield Statement(block, SEEDS, STEP)
    if len(occasions) > most:
        more = words["more"].format(count=len(occasions) - most)
        yield Statement(Paragraph.of(more), step=STEP)


def _tell_days(material: Material, said: Mapping[str, str], occasion: Occasion) -> str:
    end = last_day(occasion)
    if occasion.first is None or end is None:
        return said["no_day"]
    first = material.day(occasion.first)
    form = said["until"]
    return first if end == occasion.first else form.format(first=first, last=material.day(end))


def _join(said: Mapping[str, str], occasion: Occasion, *names: str) -> str:
    """Some answers of an occasion, a line each with what it is."""
    lines = ((name, _short(getattr(occasion, name))) for name in names)
    return "\n".join(said[name].format(text=text) for name, text in lines if text)


# -- what goals help -----------------------------------------------------------------------------


def _list_helped(material: Material) -> list[tuple[str, str]]:
    """Each goal with the activities it helps, empty where none is named."""
    said = material.plan.integration.supports
    return [
        (name, ", ".join(s.activity for s in said if s.goal == goal and s.activity))
        for goal, name in name_goals(material.plan, material.language).items()
    ]


def _write_supports(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    rows = [[goal, _short(activity) or words["open"]] for goal, activity in _list_helped(material)]
    if rows:
        yield Statement(Heading(2, words["title"]), SEEDS, STEP)
        for block in lay_out_rows(material, words["columns"], rows, words["caption"]):
            yield Statement(block, SEEDS, STEP)


# -- the action list -----------------------------------------------------------------------------


def _write_actions(material: Material, words: Mapping[str, Any], most: int) -> Iterator[Statement]:
    """What is still to be done, by day, with what it takes in all."""
    actions = material.plan.integration.actions
    if not actions:
        return
    todo = [action for action in list_open(material.plan) if action.what]
    yield Statement(Heading(2, words["title"]), BACK, STEP)
    yield Statement(Paragraph.of(" ".join(_sum_up(material, words))), BACK, STEP)
    if not todo:
        return
    reasons = explain_actions(material.plan, material.findings, material.today, material.language)
    rows = tuple(
        (
            _tell_action(words, action, reasons),
            _tell_reason(words, action, reasons),
            action.who or "",
            "" if action.hours is None else action.hours,
            action.due or words["no_day"],
        )
        for action in todo[:most]
    )
    what, because, who, hours, due = zip(words["columns"], _ACTION_WIDTHS, strict=True)
    columns = (
        Column(what[0], width=what[1]),
        Column(because[0], width=because[1]),
        Column(who[0], width=who[1]),
        Column(hours[0], kind="number", width=hours[1]),
        Column(due[0], kind="date", width=due[1]),
    )
    yield Statement(Table(columns, rows, words["caption"]), BACK, STEP)
    if len(todo) > most:
        more = load_report_words(STEP, material.language)["more"]
        yield Statement(Paragraph.of(more.format(count=len(todo) - most)), step=STEP)


def _tell_action(
    words: Mapping[str, Any], action: Action, reasons: Mapping[str, ProposedAction]
) -> str:
    """What is to be done; below it that it seems done, where what it came from is gone."""
    what = cut(action.what or "", 2 * _LONGEST)
    if is_settled(action, reasons):
        return str(words["settled"]).format(what=what)
    return what


def _tell_reason(
    words: Mapping[str, Any], action: Action, reasons: Mapping[str, ProposedAction]
) -> str:
    """What is wrong, where a check found it; else because of which answer it is on the list."""
    reason = reasons.get(action.id)
    if reason is None:
        return "" if is_proposed(action.id) else str(words["own"])
    return _short(reason.why if reason.kind in _FOUND else reason.because)


def _sum_up(material: Material, words: Mapping[str, Any]) -> Iterator[str]:
    actions, todo = material.plan.integration.actions, list_open(material.plan)
    hours = write_hours(sum(a.hours or 0 for a in todo), material.language)
    form = "lead_done" if not todo else "lead_one" if len(todo) == 1 else "lead"
    yield words[form].format(open=len(todo), hours=hours)
    budget = budget_of(material.plan)
    if todo and budget.all is not None:
        available = write_hours(budget.all, material.language)
        beside = find_beside(material.plan, material.today)
        told = words["over"].format(days=budget.days, available=available)
        yield tell_beside(beside, material.language) if beside else told
    done = sum(action.done is Done.YES for action in actions)
    if done:
        yield words["done"].format(done=done, count=len(actions))


# -- in brief -------------------------------------------------------------------------------------


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    """What the goals help; who does what stands among the next steps."""
    lines = [
        words["value"].format(activity=_short(activity), goal=goal)
        for goal, activity in _list_helped(material)
        if activity
    ]
    if lines:
        text = runs("\n".join(lines))
        yield Point(words["term"], text, int(words["order"]), SEEDS, STEP, only="brief")


def _decide(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    for goal, activity in _list_helped(material):
        if activity:
            what = words["what"].format(goal=goal.rstrip("."), activity=_short(activity))
            yield Decided(what, words["because"], SEEDS, STEP)
