"""What can be wrong with the reasons, the decision and the goals.

The tests of a goal follow the five letters of SMART, one check for each failure [F9][F14].
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.checks.check import Case, Check, Found, Offer, Severity, check
from workbook.checks.vanity import holds_two_measures, recognise
from workbook.steps.goals.answers import Cadence, Decision, Direction, Serves
from workbook.steps.goals.measures import is_thin_reason, load_stages
from workbook.steps.goals.reading import (
    describe,
    find_in,
    forecast,
    is_compared,
    list_chosen,
    list_goals,
    list_whys,
    metric_of,
    offer_label,
    offer_longer,
    offer_objectives,
    offer_replacements,
    path_of,
)
from workbook.values import UNKNOWN
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVES_NOTHING = (None, Serves.NOTHING, Serves.UNKNOWN)


def _waits(case: Case) -> bool:
    return case.plan.goals.decision is Decision.NOT_NOW


# -- why, and whether at all --------------------------------------------------------------------


@check("aim-missing", Severity.WARN)
def aim_missing(case: Case) -> Iterator[Found]:
    """It is not written down what should be different in a year."""
    if case.answer("goals.aim") is None:
        yield Found("goals.aim")


@check("objectives-missing", Severity.BLOCK)
def objectives_missing(case: Case) -> Iterator[Found]:
    """Social media is used, and neither the plan, a place nor a goal says what for."""
    goals = case.plan.goals
    said = (
        bool(goals.objectives)
        or any(goal.objective for goal in goals.goals)
        or any(why.serves not in _SERVES_NOTHING for why in goals.whys)
    )
    if goals.decision is Decision.USE and not said:
        yield Found("goals.objectives")


@check("why-unknown", Severity.WARN)
def why_unknown(case: Case) -> Iterator[Found]:
    """Nobody knows why the business should be in a place."""
    for why, place in list_whys(case):
        if why.reason == UNKNOWN and why.serves is not Serves.NOTHING:
            yield Found(f"goals.whys.{why.id}.reason", {"place": place})


@check("why-thin", Severity.WARN)
def why_thin(case: Case) -> Iterator[Found]:
    """The reason for a place is no more than that everybody is there."""
    for why, place in list_whys(case):
        thin = why.reason and is_thin_reason(why.reason, case.language)
        if thin and why.serves is not Serves.NOTHING:
            yield Found(f"goals.whys.{why.id}.reason", {"place": place})


@check("why-serves-nothing", Severity.WARN)
def why_serves_nothing(case: Case) -> Iterator[Found]:
    """A place serves nothing the business wants: then not this one."""
    for why, place in list_whys(case):
        if why.serves is Serves.NOTHING:
            yield Found(f"goals.whys.{why.id}.serves", {"place": place})


@check("why-serves-other", Severity.WARN)
def why_serves_other(case: Case) -> Iterator[Found]:
    """A place serves something that was not chosen: then not this one."""
    chosen = case.plan.goals.objectives
    for why, place in list_whys(case):
        if chosen and why.serves not in (*_SERVES_NOTHING, *chosen):
            values = {"place": place, "chosen": list_chosen(case)}
            yield Found(f"goals.whys.{why.id}.serves", values)


@check("no-place-serves", Severity.BLOCK)
def no_place_serves(case: Case) -> Iterator[Found]:
    """No place serves anything: no social media for now may be the right plan.

    Once social media is to be used, a place of which nobody said what it serves serves nothing.
    """
    goals = case.plan.goals
    nothing = _SERVES_NOTHING if goals.decision is Decision.USE else (Serves.NOTHING,)
    if goals.whys and not _waits(case) and all(why.serves in nothing for why in goals.whys):
        label = offer_label(case, "no-place-serves")
        offer = Offer(label=label, answers=(("goals.decision", Decision.NOT_NOW.value),))
        yield Found("goals.whys", offers=(offer,))


@check("decision-missing", Severity.BLOCK)
def decision_missing(case: Case) -> Iterator[Found]:
    """It is open whether the business uses social media."""
    if case.answer("goals.decision") is None:
        yield Found("goals.decision")


@check("instead-missing", Severity.BLOCK)
def instead_missing(case: Case) -> Iterator[Found]:
    """Not for now was chosen, and nothing to do instead."""
    if _waits(case) and case.answer("goals.instead") is None:
        yield Found("goals.instead")


@check("instead-date-open", Severity.WARN)
def instead_date_open(case: Case) -> Iterator[Found]:
    """Not for now was chosen, with no day ahead to look at it again."""
    until = case.plan.goals.instead_until
    if _waits(case) and (until is None or until <= case.today):
        yield Found("goals.instead_until")


# -- goals as a whole ---------------------------------------------------------------------------


@check("goal-missing", Severity.BLOCK)
def goal_missing(case: Case) -> Iterator[Found]:
    """Social media is used without a goal."""
    goals = case.plan.goals
    if goals.decision is Decision.USE and not goals.goals:
        yield Found("goals.goals")


@check("goals-many", Severity.WARN)
def goals_many(case: Case) -> Iterator[Found]:
    """There are more goals at one time than anybody reads."""
    count, most = len(list_goals(case)), case.default("goals.most_goals")
    if count > most:
        yield Found("goals.goals", {"count": count, "most": write_number(most, case.language)})


@check("goal-vanity", Severity.BLOCK)
def goal_vanity(case: Case) -> Iterator[Found]:
    """A goal counts how seen or how busy the business is."""
    for goal in list_goals(case):
        vanity = recognise(goal.wish or "", case.language)
        if vanity:
            offers = offer_replacements(case, goal, vanity)
            values = {"reason": vanity.reason, "instead": vanity.instead}
            yield Found(path_of(goal, "wish"), values, offers)


# -- specific -----------------------------------------------------------------------------------


def _require(name: str, severity: Severity, field: str, *, unknown: bool = False) -> Check:
    """A check for goals where an answer is not given, or also where it is “I do not know”."""

    def find(case: Case) -> Iterator[Found]:
        for goal in list_goals(case):
            value = getattr(goal, field)
            if value in (None, "") or (unknown and value == UNKNOWN):
                yield find_in(case, goal, field)

    return check(name, severity)(find)


@check("goal-two-measures", Severity.WARN)
def goal_two_measures(case: Case) -> Iterator[Found]:
    """The words of a goal join two things to count."""
    for goal in list_goals(case):
        if goal.wish and holds_two_measures(goal.wish, case.language):
            yield find_in(case, goal, "wish")


goal_without_metric = _require("goal-without-metric", Severity.BLOCK, "metric")
"""A goal has no number that shows it."""

goal_without_audience = _require("goal-without-audience", Severity.WARN, "audience")
"""A goal does not say which people are wanted."""

goal_without_page = _require("goal-without-page", Severity.NOTE, "page")
"""A goal does not say where people should end up."""

# -- measurable ---------------------------------------------------------------------------------

goal_without_baseline = _require("goal-without-baseline", Severity.BLOCK, "baseline")
"""A goal has no number to start from."""


@check("goal-provisional", Severity.WARN)
def goal_provisional(case: Case) -> Iterator[Found]:
    """The number to start from is not known: measure first."""
    weeks = write_number(case.default("goals.baseline_weeks"), case.language)
    for goal in list_goals(case):
        if goal.baseline == UNKNOWN:
            yield Found(path_of(goal, "baseline"), {**describe(case, goal), "weeks": weeks})


goal_without_target = _require("goal-without-target", Severity.BLOCK, "target")
"""A goal has no number to reach."""

goal_without_source = _require("goal-without-source", Severity.WARN, "source", unknown=True)
"""It is open where the number is read."""

goal_without_reader = _require("goal-without-reader", Severity.WARN, "reader", unknown=True)
"""Nobody is named who reads the number."""

# -- within reach -------------------------------------------------------------------------------


@check("goal-steep", Severity.WARN)
def goal_steep(case: Case) -> Iterator[Found]:
    """A target is many times the number now, in little time."""
    most, days = case.default("goals.steep_ratio"), case.default("goals.steep_days")
    for goal in list_goals(case):
        if not (is_compared(goal) and goal.due and float(goal.baseline or 0)):
            continue
        ratio, left = float(goal.target or 0) / float(goal.baseline or 1), goal.due - case.today
        if ratio > most and 0 < left.days < days:
            later = write_day(case.today + timedelta(days=int(days)), case.language)
            times = write_number(round(ratio, 1), case.language)
            values = {"ratio": times, "days": left.days, "later": later}
            yield Found(path_of(goal, "target"), {**describe(case, goal), **values})


@check("goal-too-few", Severity.WARN)
def goal_too_few(case: Case) -> Iterator[Found]:
    """A target is so small a count that it cannot be told from luck."""
    least = case.default("goals.least_count")
    for goal in list_goals(case):
        metric = metric_of(goal, case.language)
        counts = metric is not None and metric.count and goal.direction is not Direction.REDUCE
        if counts and goal.target is not None and goal.target < least:
            _, words = forecast(case, goal)
            needed = write_number(least, case.language)
            values = {**describe(case, goal), "least": needed, "forecast": words}
            yield Found(path_of(goal, "target"), values, offer_longer(case, goal))


@check("goal-within-luck", Severity.NOTE)
def goal_within_luck(case: Case) -> Iterator[Found]:
    """A target lies within what chance alone may bring in one period."""
    for goal in list_goals(case):
        span, words = forecast(case, goal)
        if not (span and is_compared(goal)) or goal.direction is Direction.KEEP:
            continue
        target, now = float(goal.target or 0), float(goal.baseline or 0)
        if target != now and max(target, now) >= case.default("goals.least_count"):
            inside = span[0] <= target <= span[1]
            share = write_number(case.default("goals.forecast_share"), case.language)
            values = {**describe(case, goal), "forecast": words, "share": share}
            yield from (Found(path_of(goal, "target"), values),) if inside else ()


_UPWARDS = (Direction.INCREASE, Direction.GAIN)
_CHANGING = (*_UPWARDS, Direction.REDUCE)


@check("goal-backwards", Severity.BLOCK)
def goal_backwards(case: Case) -> Iterator[Found]:
    """The target lies on the wrong side of the number now."""
    for goal in list_goals(case):
        if is_compared(goal):
            change = float(goal.target or 0) - float(goal.baseline or 0)
            wrong = change < 0 if goal.direction in _UPWARDS else change > 0
            if wrong and goal.direction in _CHANGING:
                yield find_in(case, goal, "target", rests_on="direction")


@check("goal-unchanged", Severity.WARN)
def goal_unchanged(case: Case) -> Iterator[Found]:
    """The number is to change, and the target is the number now."""
    for goal in list_goals(case):
        same = is_compared(goal) and goal.target == goal.baseline
        if same and goal.direction in _CHANGING:
            yield find_in(case, goal, "target", rests_on="direction")


@check("goal-above-all", Severity.BLOCK)
def goal_above_all(case: Case) -> Iterator[Found]:
    """A share is to become more than all there is."""
    for goal in list_goals(case):
        metric = metric_of(goal, case.language)
        if metric and metric.unit == "%" and (goal.target or 0) > 100:  # noqa: PLR2004 - all
            yield find_in(case, goal, "target")


@check("goal-direction-odd", Severity.WARN)
def goal_direction_odd(case: Case) -> Iterator[Found]:
    """The number is to go where it gets worse."""
    for goal in list_goals(case):
        metric = metric_of(goal, case.language)
        worse = Direction.INCREASE if metric and metric.good == "down" else Direction.REDUCE
        if metric and goal.direction is worse:
            yield find_in(case, goal, "direction", rests_on="direction")


# -- relevant -----------------------------------------------------------------------------------

goal_without_objective = _require("goal-without-objective", Severity.WARN, "objective")
"""A goal does not say what it serves."""


@check("goal-serves-other", Severity.WARN)
def goal_serves_other(case: Case) -> Iterator[Found]:
    """A goal serves something that was not chosen."""
    chosen = case.plan.goals.objectives
    for goal in list_goals(case):
        if chosen and goal.objective and goal.objective not in chosen:
            values = {**describe(case, goal), "chosen": list_chosen(case)}
            path = path_of(goal, "objective")
            yield Found(path, values, rests_on=(path,))


@check("goal-metric-serves-other", Severity.WARN)
def goal_metric_serves_other(case: Case) -> Iterator[Found]:
    """The number of a goal does not show what the goal serves."""
    for goal in list_goals(case):
        metric = metric_of(goal, case.language)
        stands = metric is not None and load_stages(case.language)[metric.stage].goal
        if metric and stands and goal.objective and goal.objective not in metric.objectives:
            yield find_in(case, goal, "metric", rests_on="objective")


@check("goal-wrong-stage", Severity.BLOCK)
def goal_wrong_stage(case: Case) -> Iterator[Found]:
    """A goal is measured by an early sign; the words are not vanity already."""
    for goal in list_goals(case):
        metric = metric_of(goal, case.language)
        stage = load_stages(case.language)[metric.stage] if metric else None
        if stage and not stage.goal and not recognise(goal.wish or "", case.language):
            values = {**describe(case, goal), "stage": stage.label}
            yield Found(path_of(goal, "metric"), values, offer_objectives(case, goal))


# -- in time ------------------------------------------------------------------------------------

goal_without_due = _require("goal-without-due", Severity.BLOCK, "due")
"""A goal has no date."""


@check("goal-due-past", Severity.BLOCK)
def goal_due_past(case: Case) -> Iterator[Found]:
    """The date of a goal has passed."""
    for goal in list_goals(case):
        if goal.due and goal.due <= case.today:
            yield find_in(case, goal, "due")


@check("goal-too-soon", Severity.WARN)
def goal_too_soon(case: Case) -> Iterator[Found]:
    """A goal has too few days to change anything."""
    least = int(case.default("goals.least_days"))
    later = write_day(case.today + timedelta(days=least), case.language)
    for goal in list_goals(case):
        days = (goal.due - case.today).days if goal.due else least
        if 0 < days < least:
            values = {**describe(case, goal), "days": days, "least": least, "later": later}
            yield Found(path_of(goal, "due"), values)


@check("goal-too-far", Severity.WARN)
def goal_too_far(case: Case) -> Iterator[Found]:
    """A goal runs for more than a year."""
    most = int(case.default("goals.most_days"))
    later = write_day(case.today + timedelta(days=most), case.language)
    for goal in list_goals(case):
        if goal.due and (goal.due - case.today).days > most:
            values = {**describe(case, goal), "most": most, "later": later}
            yield Found(path_of(goal, "due"), values)


@check("goal-without-review", Severity.NOTE)
def goal_without_review(case: Case) -> Iterator[Found]:
    """It is open how often somebody looks at a goal."""
    for goal in list_goals(case):
        if goal.review is None:
            path = path_of(goal, "review")
            label = offer_label(case, "goal-without-review")
            offer = Offer(label=label, answers=((path, Cadence.MONTHLY.value),))
            yield Found(path, describe(case, goal), (offer,))


goal_without_way_back = _require("goal-without-way-back", Severity.NOTE, "if_missed", unknown=True)
"""It is open what happens when a goal is missed."""
