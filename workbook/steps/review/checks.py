"""What can be wrong with a review: its days, its numbers, its decisions."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.checks.check import Case, Found, Severity, check
from workbook.content import find_question
from workbook.measurement.quadrants import Quadrant
from workbook.steps.review.answers import Choice, Decision, Reading, Review
from workbook.steps.review.places import review_places
from workbook.steps.review.proposals import write_left
from workbook.steps.review.spans import find_span, make_span, span_of
from workbook.steps.review.verdicts import Sort, find_usual, sort_metric
from workbook.values import UNKNOWN
from workbook.wording import offer_entries, write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

NAME_LIMIT = 80
"""Letters of the name of a version; that is what the store takes."""
_OLD = "measurement.old_days"
_COUNTS = (Sort.COUNT, Sort.BUNCHED)
_WHOLE = 100


def _review(case: Case) -> Review:
    """The review; while social media waits, nothing is asked of it."""
    return Review() if case.answer("goals.decision") == "not_now" else case.plan.review


def _path(reading: Reading, field: str) -> str:
    return f"review.readings.{reading.id}.{field}"


def _of(decision: Decision, field: str) -> str:
    return f"review.decisions.{decision.id}.{field}"


def _goals(case: Case) -> dict[str, Any]:
    return {goal.id: goal for goal in case.plan.goals.goals}


def _pairs(case: Case) -> Iterator[tuple[Reading, Any]]:
    """Each number that names a goal there is, with that goal."""
    goals = _goals(case)
    for reading in _review(case).readings:
        if reading.goal in goals:
            yield reading, goals[reading.goal]


def _name(case: Case, goal: Any) -> str:  # noqa: ANN401 - of another step
    if goal.wish:
        return str(goal.wish)
    question = find_question("review.readings.any.goal", case.language)
    return offer_entries(question, case.plan, case.language).label_of(goal.id)


def _days(case: Case, first: date, last: date) -> dict[str, str]:
    return {"first": write_day(first, case.language), "last": write_day(last, case.language)}


# -- the days ------------------------------------------------------------------------------------


@check("review-overdue", Severity.NOTE)
def review_overdue(case: Case) -> Iterator[Found]:
    """A goal fell due, and nobody looked back."""
    if _review(case) != Review() or case.answer("goals.decision") == "not_now":
        return
    for goal in case.plan.goals.goals:
        if goal.due is not None and goal.due < case.today and goal.wish:
            values = {"goal": goal.wish, "due": write_day(goal.due, case.language)}
            yield Found("review.day", values, rests_on=("goals.goals",))
            return


@check("review-days-reversed", Severity.WARN)
def review_days_reversed(case: Case) -> Iterator[Found]:
    """The last day of the review, or of one of its numbers, lies before the first."""
    review = _review(case)
    pairs = [("review.last", review.first, review.last)]
    for reading in review.readings:
        pairs.append((_path(reading, "last"), reading.first, reading.last))
        pairs.append((_path(reading, "before_last"), reading.before_first, reading.before_last))
    for path, first, last in pairs:
        if first and last and last < first:
            yield Found(path, _days(case, first, last))


@check("review-days-far-off", Severity.WARN)
def review_days_far_off(case: Case) -> Iterator[Found]:
    """The days of the review ended years ago, most likely in another year than was typed."""
    days = int(case.default(_OLD))
    review = _review(case)
    ends = [("review.day", review.day), ("review.last", review.last or review.first)]
    ends += [(_path(r, "last"), r.last or r.first) for r in review.readings]
    ends += [(_path(r, "before_last"), r.before_last or r.before_first) for r in review.readings]
    for path, last in ends:
        if last is not None and case.today - last > timedelta(days=days):
            values = {
                "last": write_day(last, case.language),
                "days": write_number(days, case.language),
            }
            yield Found(path, values)


@check("review-day-ahead", Severity.WARN)
def review_day_ahead(case: Case) -> Iterator[Found]:
    """The day of the review is still to come, and numbers or decisions stand in it already."""
    review = _review(case)
    if review.day is not None and review.day > case.today and (review.readings or review.decisions):
        yield Found("review.day", {"day": write_day(review.day, case.language)})


@check("name-too-long", Severity.WARN)
def name_too_long(case: Case) -> Iterator[Found]:
    """The plan so far is to get a name that is longer than a version may have."""
    name = _review(case).next_name or ""
    if len(name) > NAME_LIMIT:
        yield Found("review.next_name", {"count": len(name), "most": NAME_LIMIT})


@check("review-days-not-over", Severity.WARN)
def review_days_not_over(case: Case) -> Iterator[Found]:
    """The review looks back on days that are still to come."""
    review = _review(case)
    ends = [("review.last", review.last)]
    ends += [(_path(reading, "last"), reading.last) for reading in review.readings]
    for path, last in ends:
        if last is not None and last >= case.today:
            yield Found(path, {"last": write_day(last, case.language)})


@check("review-days-few", Severity.NOTE)
def review_days_few(case: Case) -> Iterator[Found]:
    """The review looks back on so few days that a count of them tells little."""
    review, least = _review(case), case.default("review.least_days")
    span = make_span(review.first, review.last)
    if span is not None and span.days < least:
        yield Found(
            "review.first", {"days": span.days, "least": write_number(least, case.language)}
        )


@check("before-overlaps", Severity.WARN)
def before_overlaps(case: Case) -> Iterator[Found]:
    """What was counted before shares days with what is counted now."""
    for reading in _review(case).readings:
        span = span_of(case.plan, reading, case.today)
        before = make_span(reading.before_first, reading.before_last)
        if span and before and before.shares_days(span):
            yield Found(_path(reading, "before_last"), _days(case, before.first, before.last))


# -- the numbers ---------------------------------------------------------------------------------


@check("nothing-counted", Severity.WARN)
def nothing_counted(case: Case) -> Iterator[Found]:
    """A review is held, and no number of it was counted."""
    review = _review(case)
    is_held = review.day is not None and review.day <= case.today
    if not is_held and not review.readings:
        return
    if all(reading.count in (None, UNKNOWN) for reading in review.readings):
        yield Found("review.readings")


@check("goal-not-read", Severity.NOTE)
def goal_not_read(case: Case) -> Iterator[Found]:
    """Some goals have a number, and another has none."""
    readings = _review(case).readings
    read = {reading.goal for reading in readings}
    left = [goal for goal in case.plan.goals.goals if goal.id not in read and goal.wish]
    if readings and left:
        yield Found("review.readings", {"goal": _name(case, left[0]), "count": len(left)})


@check("goal-read-twice", Severity.WARN)
def goal_read_twice(case: Case) -> Iterator[Found]:
    """One goal has two numbers over days they share."""
    pairs = [(r, goal, span_of(case.plan, r, case.today)) for r, goal in _pairs(case)]
    for at, (reading, goal, span) in enumerate(pairs):
        others = [each for each in pairs[:at] if each[1].id == goal.id]
        if span and any(other[2] and other[2].shares_days(span) for other in others):
            yield Found(_path(reading, "goal"), {"goal": _name(case, goal)})


@check("count-not-whole", Severity.WARN)
def count_not_whole(case: Case) -> Iterator[Found]:
    """A count has a part behind the point."""
    for reading, goal in _pairs(case):
        if sort_metric(goal.metric) not in _COUNTS:
            continue
        for field in ("count", "year_earlier", "before"):
            value = getattr(reading, field)
            if isinstance(value, int | float) and value != int(value):
                yield Found(_path(reading, field), {"value": write_number(value, case.language)})


@check("count-far-off", Severity.WARN)
def count_far_off(case: Case) -> Iterator[Found]:
    """A count is so many times what there was and what is wanted that it is most likely a slip."""
    for reading, goal in _pairs(case):
        span, count = span_of(case.plan, reading, case.today), reading.count
        if span is None or not isinstance(count, int | float):
            continue
        usual = find_usual(case.plan, goal, span, count)
        if usual is not None:
            values = {
                "value": write_number(count, case.language),
                "expected": write_number(round(usual), case.language),
                "days": span.days,
            }
            yield Found(_path(reading, "count"), values)


@check("share-of-nothing", Severity.WARN)
def share_of_nothing(case: Case) -> Iterator[Found]:
    """A share stands without what it is of, or above a hundred."""
    for reading, goal in _pairs(case):
        if sort_metric(goal.metric) is not Sort.SHARE or not isinstance(reading.count, int | float):
            continue
        if reading.count > _WHOLE:
            yield Found(
                _path(reading, "count"), {"value": write_number(reading.count, case.language)}
            )
        elif not reading.of:
            yield Found(_path(reading, "of"), {"value": write_number(reading.count, case.language)})


@check("nothing-else-happened", Severity.NOTE)
def nothing_else_happened(case: Case) -> Iterator[Found]:
    """A number stands without what else happened in its days."""
    for reading, goal in _pairs(case):
        if isinstance(reading.count, int | float) and reading.happened is None:
            yield Found(_path(reading, "happened"), {"goal": _name(case, goal)})


# -- the decisions -------------------------------------------------------------------------------


@check("nothing-decided", Severity.NOTE)
def nothing_decided(case: Case) -> Iterator[Found]:
    """Numbers were counted, and nothing was decided."""
    review = _review(case)
    counted = [r for r in review.readings if isinstance(r.count, int | float)]
    if counted and not review.decisions:
        yield Found("review.decisions", {"count": len(counted)})


@check("decision-without-reason", Severity.WARN)
def decision_without_reason(case: Case) -> Iterator[Found]:
    """A decision has no reason."""
    for decision in _review(case).decisions:
        if decision.what and not decision.reason:
            yield Found(_of(decision, "reason"), {"what": decision.what})


@check("stopped-too-early", Severity.WARN)
def stopped_too_early(case: Case) -> Iterator[Found]:
    """A place is to stop before it had the days and hours after which it may be judged."""
    stopped = [d for d in _review(case).decisions if d.choice is Choice.STOP and d.platform]
    span = find_span(case.plan, case.today)
    if not stopped or span is None:
        return
    places = {p.platform: p for p in review_places(case.plan, span, case.language)}
    for decision in stopped:
        place = places.get(decision.platform or "")
        if place is not None and place.quadrant is Quadrant.EARLY:
            values = {"place": place.name, "left": write_left(place, case.language)}
            yield Found(_of(decision, "choice"), values, rests_on=("measurement.numbers",))


@check("new-day-not-ahead", Severity.WARN)
def new_day_not_ahead(case: Case) -> Iterator[Found]:
    """The new day of a goal has passed, or is further off than a year or so."""
    most = timedelta(days=int(case.default("review.furthest_days")))
    for decision in _review(case).decisions:
        if decision.due and not case.today < decision.due <= case.today + most:
            yield Found(_of(decision, "due"), {"due": write_day(decision.due, case.language)})


@check("goal-decided-twice", Severity.WARN)
def goal_decided_twice(case: Case) -> Iterator[Found]:
    """Two decisions give one goal different numbers or days."""
    decisions = [d for d in _review(case).decisions if d.goal]
    for name in ("baseline", "target", "due"):
        given = {(d.goal, value): d for d in decisions if (value := getattr(d, name)) is not None}
        counts = Counter(goal for goal, _ in given)
        for goal, count in counts.items():
            if count > 1:
                last = [d for (g, _), d in given.items() if g == goal][-1]
                yield Found(_of(last, name), {"count": count})
