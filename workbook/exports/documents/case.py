"""The case for the boss: what is asked for, what it must bring, what stops, and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.budget.listed import find_beside
from workbook.budget.need import reckon_need
from workbook.budget.payback import reckon_payback
from workbook.budget.wording import tell_beside
from workbook.complaint.rules import calendar_of, promise_of, write_promise
from workbook.complaint.severity import Level
from workbook.content import load_step
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._parts import say_empty
from workbook.exports.documents._payback import write_ask, write_return
from workbook.exports.documents._rejected import write_rejected
from workbook.exports.report import Blank, Bullets, Callout, Heading, Paragraph, strong
from workbook.fit.fates import CLOSING, list_decided
from workbook.fit.phrases import write_hours
from workbook.steps.goals.answers import Decision
from workbook.steps.goals.report_places import know
from workbook.steps.measurement.board import list_kpis
from workbook.steps.review.answers import Choice
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.budget.payback import Payback
    from workbook.exports.documents._material import Material
    from workbook.steps.goals.answers import Goal

NAME = "case"
HEEDS = ("open_findings",)
STEP = "goals"
WHY = ("A1",)
THIN = ("A8",)
TIME = ("A7",)
RULES = ("B2",)
END = ("B1", "A6")
_INSTEAD = {
    "instead": "goals.instead",
    "who": "goals.instead_who",
    "until": "goals.instead_until",
}
_REJECTED_WIDTHS = (1.0, 2.6)
_LONG, _SHORT, _MOST = 220, 70, 6


def write(material: Material) -> Iterator[Statement]:
    """Everything the case says, with the reasons each block meets."""
    words = material.wording[NAME]
    yield from say_empty(material)
    if material.plan.goals.decision is Decision.NOT_NOW:
        yield from _write_waiting(material, words)
        return
    payback = reckon_payback(material.plan, material.today)
    if aim := know(material, "goals.aim"):
        yield Statement(Paragraph.of(strong(words["aim"]), " ", cut(aim, _LONG)), WHY, STEP)
    yield Statement(Heading(1, words["ask"]["title"], "ask"), TIME, "start")
    yield from write_ask(material, payback, words["ask"])
    if beside := find_beside(material.plan, material.today):
        yield Statement(Paragraph.of(tell_beside(beside, material.language)), TIME, "integration")
    yield Statement(
        Heading(1, words["return"]["title"].format(days=payback.days), "return"), END, STEP
    )
    yield from write_return(material, payback, words["return"])
    yield from _write_stop(material, words["stop"])
    yield from write_rejected(material, words["rejected"])
    yield from _write_objections(material, words["objections"])
    yield from _write_end(material, payback, words["end"])
    yield Statement(Blank(labels=tuple(words["sign"])), step=STEP)


def _write_waiting(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Where social media waits the case is for what is done instead."""
    waits = words["waits"]
    yield Statement(Paragraph.of(waits["lead"]), WHY, STEP)
    lines = [
        waits[name].format(text=cut(text, _LONG))
        for name, path in _INSTEAD.items()
        if (text := know(material, path))
    ]
    yield Statement(Bullets.of(*(lines or [waits["open"]])), WHY, STEP)
    yield from _write_stop(material, words["stop"])


# -- what we stop ---------------------------------------------------------------------------------


def _write_stop(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Accounts that go, and what the review stops; posting too, where social media waits."""
    waits = material.plan.goals.decision is Decision.NOT_NOW
    lines = [str(words["posting"])] if waits else []
    for each in list_decided(material.plan):
        if each.action in CLOSING:
            name = _name_account(material, each.account.id)
            form = words["dated" if each.fate.due else "undated"]
            due = material.day(each.fate.due) if each.fate.due else ""
            lines.append(form.format(account=name, action=words["actions"][each.action], due=due))
    lines += [
        words["review"].format(what=cut(decision.what, _LONG))
        for decision in material.plan.review.decisions
        if decision.choice is Choice.STOP and decision.what
    ]
    yield Statement(Heading(1, words["title"], "stop"), THIN, "platform_fit")
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], words["more"].format(count=len(lines) - _MOST)]
    yield Statement(Bullets.of(*(lines or [words["none"]])), THIN, "platform_fit")


def _name_account(material: Material, account: str) -> str:
    path = f"start.accounts.{account}"
    parts = (material.answer(f"{path}.platform"), material.answer(f"{path}.handle"))
    return cut(" ".join(part for part in parts if part), _SHORT) or str(
        material.wording[NAME]["stop"]["nameless"]
    )


# -- objections -----------------------------------------------------------------------------------


def _write_objections(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Three things a sceptic says, each answered by the plan or not answered yet."""
    yield Statement(Heading(1, words["title"], "objections"), WHY, STEP)
    answers = {
        "nothing": (_answer_nothing(material, words), (*WHY, "A6"), "goals"),
        "time": (_answer_time(material, words), TIME, "time"),
        "trouble": (_answer_trouble(material, words), RULES, "complaints"),
    }
    for name, (answer, seeds, step) in answers.items():
        told = answer or words["open"].format(page=load_step(step, material.language).title)
        said = words["said"][name]
        yield Statement(Paragraph.of(strong(said), "\n", told), seeds, step)


def _answer_nothing(material: Material, words: Mapping[str, Any]) -> str:
    kpis = list_kpis(material.plan, material.language)
    if not kpis:
        return ""
    kpi, said = kpis[0], words["nothing"]
    lines = [said["goal"].format(number=cut(kpi.number, _LONG), aim=cut(kpi.aim, _LONG))]
    lines.append(
        said["read"].format(
            source=cut(kpi.source, _LONG).rstrip("."), reader=kpi.reader.rstrip(".")
        )
    )
    return " ".join(lines)


def _answer_time(material: Material, words: Mapping[str, Any]) -> str:
    plan, said = material.plan, words["time"]
    need = reckon_need(plan)
    if not need.demands:
        return ""
    beside = find_beside(plan, material.today)
    fits = "fits" if beside is None else "week"
    form = "hours_open" if need.available is None else "over" if need.over else fits
    needed = write_hours(need.hours, material.language)
    there = write_hours(need.available or 0, material.language)
    lines = [said[form].format(hours=there, needed=needed)]
    for name in ("owner", "substitute"):
        who = getattr(plan.time, name)
        if who and who != UNKNOWN:
            lines.append(said[name].format(who=cut(who, _SHORT)))
    if plan.time.blocks:
        count = len(plan.time.blocks)
        lines.append(said["blocks_one" if count == 1 else "blocks"].format(count=count))
    return " ".join(lines)


def _answer_trouble(material: Material, words: Mapping[str, Any]) -> str:
    plan, said = material.plan, words["trouble"]
    people = {
        "page_owner": plan.complaints.page_owner,
        "approver": plan.complaints.approver,
        "pauser": plan.conduct.pauser,
    }
    lines = [
        said[name].format(who=cut(str(who), _SHORT))
        for name, who in people.items()
        if who not in (None, UNKNOWN)
    ]
    if not lines:
        return ""
    calendar = calendar_of(plan)
    small, fair = (
        write_promise(promise_of(plan, level, calendar), calendar, material.language)
        for level in (Level.S1, Level.S2)
    )
    return " ".join([said["promise"].format(small=small, fair=fair), *lines])


# -- when it ends ---------------------------------------------------------------------------------


def _write_end(
    material: Material, payback: Payback, words: Mapping[str, Any]
) -> Iterator[Statement]:
    """The number and the day at which it is ended, from the goals and from what pays."""
    goals = material.plan.goals.goals
    dated = [(goal.due, goal) for goal in goals if goal.due and goal.target is not None]
    yield Statement(Heading(1, words["title"], "end"), END, STEP)
    if not dated:
        text = words["open_goals" if goals else "open"]
        yield Statement(Callout("open", words["open_title"], (Paragraph.of(text),)), END, STEP)
        return
    due, goal = min(dated, key=lambda pair: pair[0])
    lines = [*_tell_end(material, goal, words)]
    if payback.needed is not None:
        needed = write_number(payback.needed, material.language)
        form = words["pays_one" if payback.needed == 1 else "pays"]
        lines.append(form.format(needed=needed, days=payback.days))
    lines.append(words["then"])
    blocks = tuple(Paragraph.of(line) for line in lines)
    title = words["line"].format(due=material.day(due))
    yield Statement(Callout("decision", title, blocks), END, STEP)


def _tell_end(material: Material, goal: Goal, words: Mapping[str, Any]) -> Iterator[str]:
    path = f"goals.goals.{goal.id}"
    kpis = list_kpis(material.plan, material.language)
    place = [each.id for each in material.plan.goals.goals].index(goal.id)
    kpi = kpis[place]
    target = material.answer(f"{path}.target")
    yield words["number"].format(target=target, unit=kpi.unit, number=cut(kpi.number, _LONG))
    missed = know(material, f"{path}.if_missed")
    form = words["missed" if missed else "missed_open"]
    yield form.format(text=cut(missed, 2 * _LONG))
