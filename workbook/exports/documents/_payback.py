"""What the case asks for and what has to come of it, as tables and sentences."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any, Final

from workbook.budget.payback import Payback, Reached, reach_by_goal
from workbook.content import default_of, find_question
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._parts import make_columns
from workbook.exports.report import Bullets, Callout, Paragraph, Table, strong
from workbook.fit.phrases import write_hours
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from workbook.budget.payback import Likely
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Cell

STEP: Final = "measurement"
ASKED: Final = ("A7",)
WORTH: Final = ("A5", "A6")
_ASK_WIDTHS: Final = (3.0, 1.3, 1.3)
_IF_WIDTHS: Final = (2.0, 1.0)
_MOST_GOALS: Final = 2
_LONG_GOAL: Final = 90
_UNKNOWN: Final = {
    "hours": "start.hours_per_week",
    "hour_cost": f"{STEP}.hour_cost",
    "spend": f"{STEP}.spend",
    "lead_worth": f"{STEP}.lead_worth",
}


def write_ask(
    material: Material, payback: Payback, words: Mapping[str, Any]
) -> Iterator[Statement]:
    """Hours and money over the days, each with the answer it rests on."""
    rows = tuple(_list_asked(material, payback, words))
    columns = make_columns(
        [text.format(days=payback.days) for text in words["columns"]], _ASK_WIDTHS
    )
    yield Statement(Table(columns, rows, words["caption"]), ASKED, "start")
    yield Statement(Paragraph.of(words["currency"]), ASKED, STEP)


def _list_asked(
    material: Material, payback: Payback, words: Mapping[str, Any]
) -> Iterator[tuple[Cell, ...]]:
    unknown = words["unknown"]
    hours, whole = payback.hours, payback.all_hours
    a_week = unknown if hours is None else write_hours(hours, material.language)
    over_all = unknown if whole is None else write_hours(whole, material.language)
    name = "hours" if payback.are_there else "hours_needed"
    yield words[name], a_week, over_all
    yield (
        words["hour_cost"],
        _money(material, payback.hour_cost, unknown),
        _money(material, payback.hours_money, unknown),
    )
    yield (
        words["spend"],
        _money(material, payback.spend, unknown),
        _money(material, payback.spend_money, unknown),
    )
    if payback.money is not None:
        name = "all" if payback.spend is not None else "all_open"
        yield words[name], "", write_number(int(payback.money), material.language)


def _money(material: Material, amount: Decimal | None, unknown: str) -> str:
    if amount is None:
        return unknown
    whole = int(amount) if amount == amount.to_integral_value() else amount
    return write_number(whole, material.language)


# -- what has to come of it -----------------------------------------------------------------------


def write_return(
    material: Material, payback: Payback, words: Mapping[str, Any]
) -> Iterator[Statement]:
    """Enquiries that pay for it, those that are likely, and how the two stand to each other."""
    lines = [*_tell_needed(material, payback, words), *_tell_likely(material, payback, words)]
    if payback.standing is not None:
        lines.append(words["standing"][payback.standing.value])
    lines += _tell_goals(material, payback, words)
    yield Statement(Bullets.of(*lines), WORTH, STEP)
    if payback.needed is None and payback.money != 0 and payback.all_hours:
        yield from _write_example(payback, words["example"])
    yield from _write_unknown(material, payback, words)


def _tell_needed(material: Material, payback: Payback, words: Mapping[str, Any]) -> Iterator[str]:
    if payback.needed is None:
        yield words["needed_nothing" if payback.money == 0 else "needed_open"]
        return
    yield words["needed_one" if payback.needed == 1 else "needed"].format(
        count=write_number(payback.needed, material.language),
        days=payback.days,
        money=_money(material, payback.money, ""),
        worth=_money(material, payback.lead_worth, ""),
    )
    if payback.spend is None:
        yield words["needed_least"]


def _tell_likely(material: Material, payback: Payback, words: Mapping[str, Any]) -> Iterator[str]:
    likely = payback.likely
    if payback.slip is not None:
        yield words["slip"].format(count=write_number(payback.slip, material.language))
    if likely is None:
        yield words["likely_open" if payback.slip is None else "likely_slip"]
        return
    origin = _tell_origin(material, likely, words["origins"])
    share = write_number(default_of(material.plan, "goals.forecast_share"), material.language)
    yield words["likely"].format(
        origin=origin, low=likely.low, high=likely.high, days=payback.days, share=share
    )
    yield words["likely_same"]


def _tell_origin(material: Material, likely: Likely, words: Mapping[str, Any]) -> str:
    """How many were counted in how many days, until when, and for which of several goals."""
    values = {
        "count": write_number(likely.count, material.language),
        "period": round(likely.days),
        "last": material.day(likely.last) if likely.last else "",
    }
    told = str(words[likely.origin.value]).format(**values)
    if not likely.goal:
        return told
    return " ".join((told, words["of_goal"].format(goal=cut(likely.goal, _LONG_GOAL))))


def _tell_goals(material: Material, payback: Payback, words: Mapping[str, Any]) -> Iterator[str]:
    """What the goals would bring once they are reached; only those that count enquiries."""
    yield from list(dict.fromkeys(_list_goals(material, payback, words)))[:_MOST_GOALS]


def _list_goals(material: Material, payback: Payback, words: Mapping[str, Any]) -> Iterator[str]:
    for goal in material.plan.goals.goals:
        reached = reach_by_goal(goal, payback.days)
        if reached is not None and goal.target is not None:
            verdict = payback.reach(reached)
            values = {
                "target": material.answer(f"goals.goals.{goal.id}.target"),
                "unit": words["per"][goal.metric],
                "reached": _write_reached(material, reached, verdict),
                "needed": write_number(payback.needed or 0, material.language),
                "days": payback.days,
            }
            yield words["goals"][verdict.value if verdict else "open"].format(**values)


def _write_reached(material: Material, reached: float, verdict: Reached | None) -> str:
    """A whole number of enquiries; with a decimal where the whole one would tell otherwise."""
    just = verdict is Reached.JUST_PAYS
    return write_number(round(reached, 1) if just else floor(reached + 0.5), material.language)


def _write_example(payback: Payback, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Round examples in hours of work, plainly called so, while the real numbers are missing."""
    yield Statement(Paragraph.of(strong(words["title"]), " ", words["text"]), WORTH, STEP)
    rows = tuple(
        (words["row"].format(hours=hours), payback.need_if(hours)) for hours in words["hours"]
    )
    titles = [text.format(days=payback.days) for text in words["columns"]]
    columns = make_columns(titles, _IF_WIDTHS, {1: "number"})
    yield Statement(Table(columns, rows, words["caption"]), WORTH, STEP)


def _write_unknown(
    material: Material, payback: Payback, words: Mapping[str, Any]
) -> Iterator[Statement]:
    """What nobody knows yet, with what would tell."""
    open_ones = [path for name, path in _UNKNOWN.items() if getattr(payback, name) is None]
    items = []
    for path in open_ones:
        question = find_question(path, material.language)
        items.append(words["find"].format(question=question.label, do=question.find_out))
    if payback.likely is None:
        items.append(words["find_likely"])
    if items and material.switches.open_findings:
        yield Statement(Callout("open", words["unknown_title"], (Bullets.of(*items),)), WORTH, STEP)
