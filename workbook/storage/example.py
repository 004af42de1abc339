"""The finished example, on the day it is looked at."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import exists, read_toml, root
from workbook.plan import read_answer, replace_answer
from workbook.storage.plan_file import read_plan_file
from workbook.storage.versions import keep_beside
from workbook.translating.answers import translate_answers
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from workbook.plan import Plan
    from workbook.storage.plan_file import PlanFile

DEMO = "demo.json"
_DEMO_WORDS = "demo.toml"
_DEMO_LIMIT_MB = 2
_DEMO_LEAST_DAYS = 90
_QUARTER = 3


def read_demo(today: date, language: str = BASE_LANGUAGE) -> PlanFile:
    """The finished example in a language, its goals falling due some months from today.

    Only dates that would have come too close or passed are moved, to the end of a quarter.
    """
    found = read_plan_file(_read_words(language), name=DEMO, limit_mb=_DEMO_LIMIT_MB)
    plan, least = found.plan, today + timedelta(days=_DEMO_LEAST_DAYS)
    for goal in plan.goals.goals:
        path = f"goals.goals.{goal.id}.due"
        due = read_answer(plan, path)
        if due is not None and due < least:
            plan = replace_answer(plan, path, _end_of_quarter(least))
    for fate in plan.platform_fit.fates:
        if fate.due and fate.due < today:
            plan = replace_answer(plan, f"platform_fit.fates.{fate.id}.due", _end_of_quarter(today))
    plan = _move_larger_plan(_move_looks_back(plan, today), today)
    reading = plan.measurement.next_reading
    if reading and reading < today:
        plan = replace_answer(plan, "measurement.next_reading", _end_of_quarter(today))
    name = load_words("steps/review/bench.toml", language)["versions"]["example"]
    return keep_beside(found, plan, replace_answer(plan, "review", type(plan.review)()), name)


def _read_words(language: str) -> bytes:
    """The file of the example, with the texts of a language in their places."""
    raw, over = root().joinpath(DEMO).read_bytes(), f"translations/{language}/{_DEMO_WORDS}"
    if not exists(over):
        return raw
    return json.dumps(translate_answers(json.loads(raw), read_toml(over))).encode()


def _move_looks_back(plan: Plan, today: date) -> Plan:
    """The example with its own days not older than a season: when it asked, read and looks back."""
    recent = today - timedelta(days=_DEMO_LEAST_DAYS)
    paths = [
        "review.day",
        *(f"audience.tallies.{each.id}.asked_on" for each in plan.audience.tallies),
    ]
    for path in paths:
        day = read_answer(plan, path)
        if day is not None and day < recent:
            plan = replace_answer(plan, path, recent)
    rules = plan.conduct.review
    if rules is not None and rules != UNKNOWN and rules < today:
        plan = replace_answer(plan, "conduct.review", _end_of_quarter(today))
    return plan


def _move_larger_plan(plan: Plan, today: date) -> Plan:
    """The example with its occasions in the years to come, and nothing on its list late."""
    for occasion in plan.integration.occasions:
        last = occasion.last or occasion.first
        years = 0 if last is None else max(0, today.year - last.year)
        if last and last.replace(year=last.year + years) < today:
            years += 1
        for field in ("first", "last"):
            day = getattr(occasion, field)
            if day and years:
                path = f"integration.occasions.{occasion.id}.{field}"
                plan = replace_answer(plan, path, day.replace(year=day.year + years))
    for action in plan.integration.actions:
        if action.is_open and action.due and action.due < today:
            path = f"integration.actions.{action.id}.due"
            plan = replace_answer(plan, path, _end_of_quarter(today))
    return plan


def _end_of_quarter(day: date) -> date:
    years, quarter = divmod((day.month - 1) // _QUARTER + 1, 4)
    return date(day.year + years, quarter * _QUARTER + 1, 1) - timedelta(days=1)
