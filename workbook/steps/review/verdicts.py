"""Each number of a review against what there was, what is wanted, and the same days a year ago.

A verdict judges the count, never its cause. Counts of single events are held against each other
by the exact test of two Poisson rates with their own days; shares get an interval and no verdict,
since nobody knows of how many the share before was; other numbers get neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, default_of, find_question, load_words
from workbook.discovery import read_toml
from workbook.evidence.intervals import (
    Verdict,
    compare_counts,
    compare_with_expected,
    count_interval,
    forecast_count,
    proportion_interval,
)
from workbook.steps.review.spans import (
    LENGTHS,
    PERIOD_DAYS,
    Span,
    make_span,
    read_as_count,
    span_of,
)
from workbook.values import UNKNOWN
from workbook.wording import offer_entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from workbook.content import Question
    from workbook.plan import Plan
    from workbook.steps.review.answers import Reading

METRICS: Final = "steps/goals/metrics.toml"
KINDS: Final = "steps/review/kinds.toml"
FORECAST_SHARE: Final = "goals.forecast_share"
_LONGEST_NAME = 70
_SAME_BASELINE = 0.5
"""A baseline is typed as a whole number where a review counted 4.1 a month."""


class Sort(StrEnum):
    """What kind of number a goal is held to, and with it which test fits."""

    COUNT = "count"
    BUNCHED = "bunched"
    SHARE = "share"
    RATE = "rate"
    MONEY = "money"
    TIME = "time"
    RATING = "rating"
    CROWD = "crowd"
    UNKNOWN = "unknown"
    """The goal is gone, or has no measure."""


class Other(StrEnum):
    """What a count is held against."""

    BASELINE = "baseline"
    TARGET = "target"
    YEAR = "year"


class Standing(StrEnum):
    """Where a number stands, all that it is held against taken together."""

    UNCOUNTED = "uncounted"
    UNJUDGED = "unjudged"
    """No test fits, or what a test needs is missing."""
    WORSE = "worse"
    SHORT = "short"
    """Likely not what is wanted."""
    BETTER_SHORT = "better_short"
    """Likely better than it was, and likely not yet what is wanted."""
    BETTER = "better"
    REACHED = "reached"
    """What is wanted, and likely more."""
    HINT = "hint"
    UNCLEAR = "unclear"


class Missing(StrEnum):
    """Why a number is not judged."""

    COUNT = "count"
    DAYS = "days"
    NOT_WHOLE = "not_whole"
    FAR_OFF = "far_off"
    """It is so large that it is most likely a slip."""
    BASELINE = "baseline"
    OVERLAP = "overlap"
    YEAR = "year"
    OF = "of"


@dataclass(frozen=True, slots=True)
class Compared:
    """A count held against another, or against the one that is wanted."""

    other: Other
    per_period: float
    """What the other comes to in the month or quarter of the goal."""
    count: int | None
    """The other count; None for what is wanted, which nobody counted."""
    days: float
    verdict: Verdict
    rises: int
    """1 where there is more now, -1 where there is less, 0 where it is the same."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one number of a review tells."""

    reading: Reading
    goal: Any
    """The goal of the plan; None where it is gone."""
    name: str
    metric: Mapping[str, Any]
    sort: Sort
    span: Span | None
    value: float | None
    """The number as it was given; None where nobody counted."""
    per_period: float | None = None
    """A count in the month or quarter of its goal."""
    low: float | None = None
    high: float | None = None
    """Limits that hold 95 % of the time: of ``per_period``, or of a share in per cent."""
    forecast: tuple[int, int] | None = None
    """What the next days most likely bring, if nothing changes."""
    share: float = 0.0
    """In how many of 100 cases they do; by the default, or the business's own number."""
    ahead: int = 0
    """How many days those are."""
    compared: tuple[Compared, ...] = ()
    missing: tuple[Missing, ...] = ()

    def against(self, other: Other) -> Compared | None:
        """The comparison with the baseline, the target or a year earlier."""
        return next((each for each in self.compared if each.other is other), None)

    @property
    def wanted(self) -> int:
        """1 where more is better, -1 where less is."""
        return -1 if self.metric.get("good") == "down" else 1

    @property
    def decisive(self) -> tuple[Compared, ...]:
        """What a decision may rest on: the likely comparisons, else the hints, else all."""
        for verdict in (Verdict.LIKELY_CHANGE, Verdict.HINT):
            if found := tuple(each for each in self.compared if each.verdict is verdict):
                return found
        return self.compared

    @property
    def standing(self) -> Standing:
        """Where it stands: the one verdict on which everything that is suggested rests."""
        if Missing.COUNT in self.missing:
            return Standing.UNCOUNTED
        if not self.compared:
            return Standing.UNJUDGED
        if self.decisive[0].verdict is Verdict.CANNOT_TELL:
            return Standing.UNCLEAR
        if self.decisive[0].verdict is Verdict.HINT:
            return Standing.HINT
        return self._stand_likely()

    def _stand_likely(self) -> Standing:
        likely = {each.other: each.rises * self.wanted for each in self.decisive}
        change = likely.get(Other.BASELINE) or likely.get(Other.YEAR) or 0
        aim = likely.get(Other.TARGET, 0)
        if change < 0:
            return Standing.WORSE
        if aim < 0:
            return Standing.BETTER_SHORT if change > 0 else Standing.SHORT
        return Standing.REACHED if aim > 0 else Standing.BETTER


def judge(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> tuple[Judged, ...]:
    """Every number of the review, in the order they were given; entries without a goal are out."""
    names = offer_entries(find_question("review.readings.any.goal", language), plan, language)
    goals = {goal.id: goal for goal in plan.goals.goals}
    begun = [
        _begin(reading, goals[reading.goal], names, span_of(plan, reading, today), language)
        for reading in plan.review.readings
        if reading.goal in goals
    ]
    return tuple(_judge(plan, each) for each in begun)


def count_comparisons(judged: tuple[Judged, ...]) -> int:
    """How many times one of the three words is said in all."""
    return sum(len(each.compared) for each in judged)


def find_metric(goal: Any, language: str = BASE_LANGUAGE) -> Mapping[str, Any]:  # noqa: ANN401 - of another step
    """The measure of a goal as the list of measures words it; empty where none is chosen."""
    found: Mapping[str, Any] = load_words(METRICS, language)["metrics"].get(goal.metric, {})
    return found


def sort_metric(metric_id: str | None) -> Sort:
    """Which kind of number a measure is."""
    kinds = read_toml(KINDS)
    for sort in Sort:
        if metric_id in kinds.get(sort.value, ()):
            return sort
    metric = read_toml(METRICS)["metrics"].get(metric_id)
    return Sort.COUNT if metric and metric["count"] else Sort.UNKNOWN


def find_usual(plan: Plan, goal: Any, span: Span | None, value: float) -> float | None:  # noqa: ANN401 - of another step
    """The largest count that these days would usually bring, where a count is far beyond it.

    It goes by what there was and what is wanted; where neither is known, by a bound of its own.
    None where the count is not far off, or cannot be held against its days.
    """
    period = find_metric(goal).get("period")
    known = [n for n in (goal.baseline, goal.target) if isinstance(n, int | float)]
    if sort_metric(goal.metric) not in (Sort.COUNT, Sort.BUNCHED) or span is None or not period:
        return None
    if not known:
        most = default_of(plan, "review.most_a_day") * span.days
        return most if value > most else None
    expected = max(1.0, max(known) * span.days / LENGTHS[period])
    return expected if value > default_of(plan, "review.far_off_times") * expected else None


def _begin(
    reading: Reading,
    goal: Any,  # noqa: ANN401 - of another step
    names: Question,
    span: Span | None,
    language: str,
) -> Judged:
    name = goal.wish or names.label_of(goal.id)
    return Judged(
        reading=reading,
        goal=goal,
        name=name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…",
        metric=find_metric(goal, language),
        sort=sort_metric(goal.metric),
        span=span,
        value=None if reading.count in (None, UNKNOWN) else float(reading.count or 0),
    )


def _judge(plan: Plan, begun: Judged) -> Judged:
    missing = [Missing.COUNT] if begun.value is None else []
    missing += [Missing.DAYS] if begun.span is None else []
    if missing:
        return replace(begun, missing=tuple(missing))
    if begun.sort in (Sort.COUNT, Sort.BUNCHED):
        return _judge_count(plan, begun)
    return _judge_share(begun) if begun.sort is Sort.SHARE else begun


# -- shares --------------------------------------------------------------------------------------


def _judge_share(judged: Judged) -> Judged:
    of, value = judged.reading.of, judged.value or 0.0
    if not of or value > 100:  # noqa: PLR2004 - per cent
        return replace(judged, missing=(Missing.OF,))
    low, high = proportion_interval(round(value * of / 100), of)
    return replace(judged, low=100 * low, high=100 * high)


# -- counts --------------------------------------------------------------------------------------


def _judge_count(plan: Plan, judged: Judged) -> Judged:
    value, span = judged.value or 0.0, judged.span
    if span is None or value != int(value):
        return replace(judged, missing=(Missing.NOT_WHOLE,))
    if find_usual(plan, judged.goal, span, value) is not None:
        return replace(judged, missing=(Missing.FAR_OFF,))
    count, length = int(value), LENGTHS[judged.metric["period"]]
    low, high = (each * length / span.days for each in count_interval(count))
    ahead = max(1, round(default_of(plan, PERIOD_DAYS)))
    share = min(max(default_of(plan, FORECAST_SHARE), 1.0), 99.0)
    found = replace(
        judged,
        per_period=count * length / span.days,
        low=low,
        high=high,
        forecast=forecast_count(count, exposure_ratio=ahead / span.days, share=share / 100),
        share=share,
        ahead=ahead,
    )
    compared = tuple(_compare(plan, found, count, length))
    return replace(found, compared=compared, missing=tuple(_list_missing(found, compared)))


def _compare(plan: Plan, judged: Judged, count: int, length: float) -> Iterator[Compared]:
    before = _find_before(plan, judged, length)
    if before is not None and judged.span is not None:
        yield _hold(judged, Other.BASELINE, count, before, length)
    earlier = judged.reading.year_earlier
    if judged.span is not None and isinstance(earlier, int | float) and earlier == int(earlier):
        days = judged.span.a_year_earlier().days
        yield _hold(judged, Other.YEAR, count, (int(earlier), float(days)), length)
    target = judged.goal.target
    if judged.span is not None and target:
        expected = target * judged.span.days / length
        verdict = _cap(judged, compare_with_expected(count, expected))
        rises = (count > expected) - (count < expected)
        yield Compared(Other.TARGET, target, None, judged.span.days, verdict, rises)


def _hold(
    judged: Judged, other: Other, count: int, earlier: tuple[int, float], length: float
) -> Compared:
    """A count held against another, each with its own days."""
    before, days = earlier
    now = float(judged.span.days) if judged.span else 1.0
    verdict = compare_counts(before, count, exposure_before=days, exposure_after=now)
    rate, was = count / now, before / days
    rises = (rate > was) - (rate < was)
    return Compared(other, was * length, before, days, _cap(judged, verdict), rises)


def _cap(judged: Judged, verdict: Verdict) -> Verdict:
    """What comes in bunches is never called more than a hint."""
    is_capped = judged.sort is Sort.BUNCHED and verdict is Verdict.LIKELY_CHANGE
    return Verdict.HINT if is_capped else verdict


def _find_before(plan: Plan, judged: Judged, length: float) -> tuple[int, float] | None:
    """The count before and its days: given for the review, of the last one, or the baseline."""
    reading, baseline = judged.reading, judged.goal.baseline
    span = make_span(reading.before_first, reading.before_last)
    if reading.before is not None and span is not None and reading.before == int(reading.before):
        is_apart = judged.span is None or not span.shares_days(judged.span)
        return (int(reading.before), float(span.days)) if is_apart else None
    if not isinstance(baseline, int | float):
        return None
    held = _find_held(plan, judged, float(baseline), length)
    if held is not None:
        return held
    count, periods = read_as_count(float(baseline))
    return count, periods * length


def _find_held(
    plan: Plan, judged: Judged, baseline: float, length: float
) -> tuple[int, float] | None:
    """What the last review counted for a goal, where its baseline was taken from there."""
    for past in reversed(plan.review.earlier):
        for reading in past.held.readings:
            span = make_span(reading.first, reading.last)
            count = reading.count
            if reading.goal != judged.goal.id or span is None or not isinstance(count, int | float):
                continue
            is_apart = judged.span is not None and not span.shares_days(judged.span)
            is_same = abs(count * length / span.days - baseline) <= _SAME_BASELINE
            if count == int(count) and is_apart and is_same:
                return int(count), float(span.days)
    return None


def _list_missing(judged: Judged, compared: tuple[Compared, ...]) -> Iterator[Missing]:
    held = {each.other for each in compared}
    if Other.BASELINE not in held:
        reading = judged.reading
        span = make_span(reading.before_first, reading.before_last)
        overlaps = span and judged.span and span.shares_days(judged.span)
        is_given = reading.before is not None
        yield Missing.OVERLAP if overlaps and is_given else Missing.BASELINE
    if Other.YEAR not in held:
        yield Missing.YEAR
