"""How complaints were handled: how soon, how many, how well, and why they came.

Every figure says how many cases it rests on and how many were left out of it, and why. Times
count while the business is open; unanswered cases have no time and are told beside it. Source of
the measures: the domain's practice, [I25] for keeping promises apart, [T8] and [T9] for the clock
that rests while one waits for the customer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from workbook.evidence.intervals import median_interval, proportion_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workbook.complaint.clock import Calendar
    from workbook.records import Case

FEWEST_FOR_P90: Final = 10
"""Below so many cases the ninth of ten is the slowest one, and no figure of its own."""
TOP_CAUSES: Final = 5
_GRAVE_FROM: Final = 2
_LIKED_FROM: Final = 4
_MINUTE: Final = timedelta(minutes=1)

LeftOut = tuple[tuple[str, int], ...]
"""How many cases a figure does not rest on, by reason; the reasons are worded elsewhere."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in minutes."""

    id: str
    n: int
    left_out: LeftOut
    median: float | None = None
    low: float | None = None
    """The 95 % interval of the median; None with fewer than six cases, which allow none."""
    high: float | None = None
    p90: float | None = None
    """Nine of ten were at least as quick; None below ``FEWEST_FOR_P90`` cases."""
    paused: int = 0
    """Of how many the time of waiting for the customer is taken off."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of so many, with the 95 % interval of the share behind it."""

    id: str
    hits: int
    n: int
    left_out: LeftOut
    low: float = 0.0
    high: float = 1.0

    @property
    def share(self) -> float | None:
        """From 0 to 1, or None where nothing was counted."""
        return self.hits / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Place:
    """The cases that came in at one place."""

    platform: str
    channel: str
    received: int
    answered: Share
    first_response: Times


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes named most often."""

    top: tuple[tuple[str, int], ...]
    n: int
    left_out: LeftOut


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that can be said of some cases."""

    received: int
    needing_answer: int
    first_day: datetime | None
    last_day: datetime | None
    first_response: Times
    first_kept: Share
    resolution: Times
    resolution_kept: Share
    answered: Share
    satisfied: Share
    liked: Share
    followed_up: Share
    causes: Causes
    places: tuple[Place, ...]

    @property
    def weeks(self) -> float:
        """The weeks between the first case and the last, one at the least."""
        if self.first_day is None or self.last_day is None:
            return 1.0
        return max((self.last_day - self.first_day) / timedelta(weeks=1), 1.0)


class OpenTime:
    """Counts open minutes between many pairs of moments, the calendar walked through once."""

    def __init__(self, calendar: Calendar, first: datetime, last: datetime) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        self._known = calendar.is_known
        if self._known:
            days = (last - first).days + 1
            for opens, closes in calendar.open_between(first.astimezone(UTC), days):
                self._starts.append(opens)
                self._ends.append(closes)
        lengths = ((e - s) / _MINUTE for s, e in zip(self._starts, self._ends, strict=True))
        self._before = [0.0, *accumulate(lengths)]

    def minutes(self, start: datetime, end: datetime) -> float:
        """Open minutes between two moments; all of them where no opening hours are known."""
        if not self._known:
            return (end - start) / _MINUTE
        return self._until(end) - self._until(start)

    def _until(self, moment: datetime) -> float:
        at = bisect_right(self._starts, moment)
        if not at:
            return 0.0
        running = (min(moment, self._ends[at - 1]) - self._starts[at - 1]) / _MINUTE
        return self._before[at - 1] + running


def measure(
    cases: Sequence[Case], calendar: Calendar, due: Callable[[Case], datetime | None]
) -> Figures:
    """Everything that can be said of some cases.

    Args:
        cases: Records of complaints, each once.
        calendar: When the business is open.
        due: By when a case had to have its first answer; None where nothing was promised.

    Returns:
        Figures with n, intervals and what was left out. What is still in time on the day of the
        newest entry counts neither as kept nor as missed.
    """
    needing = [case for case in cases if case.needs_answer]
    moments = [m for c in cases for m in (c.seen_at, c.replied_at, c.resolved_at) if m]
    until = max(moments, default=datetime(2000, 1, 1, tzinfo=UTC))
    clock = OpenTime(calendar, min(moments, default=until), until)
    return Figures(
        received=len(cases),
        needing_answer=len(needing),
        first_day=min((c.seen_at for c in cases), default=None),
        last_day=max((c.seen_at for c in cases), default=None),
        first_response=_time_first(needing, clock),
        first_kept=_judge_first(needing, due, until),
        resolution=_time_resolution(needing, clock),
        resolution_kept=_judge_resolution(needing, until),
        answered=_count_answered(needing),
        satisfied=_count("satisfied", ((c.is_satisfied, "no-rating") for c in cases)),
        liked=_count("liked", ((_is_liked(c), "no-stars") for c in cases)),
        followed_up=_count("followed_up", map(_tell_follow_up, cases)),
        causes=_rank_causes(cases),
        places=_split(cases, clock),
    )


# -- how soon ----------------------------------------------------------------------------------


def _time_first(needing: Sequence[Case], clock: OpenTime) -> Times:
    """From the message to the first reply of a person, in open time."""
    minutes: list[float] = []
    left: Counter[str] = Counter()
    for case in needing:
        reason = _why_no_time(case, case.replied_at)
        if case.replied_at is None or reason:
            left["unanswered" if case.is_answered is False else reason or "no-time"] += 1
        else:
            minutes.append(clock.minutes(case.seen_at, case.replied_at))
    return _spread("first_response", minutes, left)


def _time_resolution(needing: Sequence[Case], clock: OpenTime) -> Times:
    """From the message to its settling, in open time, without the wait for the customer."""
    minutes: list[float] = []
    left: Counter[str] = Counter()
    paused = 0
    for case in needing:
        reason = _why_no_time(case, case.resolved_at)
        if case.resolved_at is None or reason:
            left[reason or "unsettled"] += 1
            continue
        spent = clock.minutes(case.seen_at, case.resolved_at)
        paused += case.waiting_minutes is not None
        minutes.append(max(spent - (case.waiting_minutes or 0.0), 0.0))
    return _spread("resolution", minutes, left, paused)


def _why_no_time(case: Case, end: datetime | None) -> str:
    if not case.has_time:
        return "no-time"
    return "backwards" if end is not None and end < case.seen_at else ""


def _spread(name: str, minutes: list[float], left: Counter[str], paused: int = 0) -> Times:
    values = sorted(minutes)
    low, high = median_interval(values) or (None, None)
    return Times(
        id=name,
        n=len(values),
        left_out=tuple(sorted(left.items())),
        median=_quantile(values, 0.5) if values else None,
        low=low,
        high=high,
        p90=_quantile(values, 0.9) if len(values) >= FEWEST_FOR_P90 else None,
        paused=paused,
    )


def _quantile(values: Sequence[float], at: float) -> float:
    """A quantile of sorted values, between neighbours in proportion (type 7, as in numpy)."""
    place = (len(values) - 1) * at
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


# -- whether promises were kept ----------------------------------------------------------------


def _judge_first(
    needing: Sequence[Case], due: Callable[[Case], datetime | None], until: datetime
) -> Share:
    """Answered in time, out of those that needed an answer."""
    return _count("first_kept", (_tell_first(case, due(case), until) for case in needing))


def _tell_first(case: Case, due: datetime | None, until: datetime) -> tuple[bool | None, str]:
    if due is None or not case.has_time:
        return None, "no-promise" if due is None else "no-time"
    if case.replied_at is not None:
        return case.replied_at <= due, ""
    if case.is_answered is not False:
        return None, "no-time" if case.is_answered else "unknown"
    return (False, "") if due <= until else (None, "in-time")


def _judge_resolution(needing: Sequence[Case], until: datetime) -> Share:
    """Settled by the day that was promised to the customer, out of those with a promise."""

    def tell(case: Case) -> tuple[bool | None, str]:
        if case.promised_at is None:
            return None, "no-promise"
        if case.resolved_at is not None:
            return case.resolved_at <= case.promised_at, ""
        return (False, "") if case.promised_at <= until else (None, "in-time")

    return _count("resolution_kept", map(tell, needing))


def _count_answered(needing: Iterable[Case]) -> Share:
    return _count("answered", ((case.is_answered, "unknown") for case in needing))


def _tell_follow_up(case: Case) -> tuple[bool | None, str]:
    if case.severity is None:
        return None, "no-severity"
    if case.severity < _GRAVE_FROM:
        return None, "mild"
    return case.is_followed_up, "unsettled"


def _is_liked(case: Case) -> bool | None:
    return None if case.stars is None else case.stars >= _LIKED_FROM


def _count(name: str, told: Iterable[tuple[bool | None, str]]) -> Share:
    """A share from answers yes, no, or None with a reason."""
    hits = n = 0
    left: Counter[str] = Counter()
    for answer, reason in told:
        if answer is None:
            left[reason] += 1
        else:
            n += 1
            hits += answer
    low, high = proportion_interval(hits, n)
    return Share(name, hits, n, tuple(sorted(left.items())), low, high)


# -- why, and where ----------------------------------------------------------------------------


def _rank_causes(cases: Iterable[Case]) -> Causes:
    named = Counter(case.cause for case in cases)
    without = named.pop("", 0)
    ranked = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    left: LeftOut = (("no-cause", without),) if without else ()
    return Causes(tuple(ranked[:TOP_CAUSES]), sum(named.values()), left)


def _split(cases: Iterable[Case], clock: OpenTime) -> tuple[Place, ...]:
    """The cases by where they came in, the busiest place first."""
    found: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        found.setdefault((case.platform, case.channel), []).append(case)
    places = []
    for (platform, channel), own in found.items():
        needing = [case for case in own if case.needs_answer]
        first = _time_first(needing, clock)
        places.append(Place(platform, channel, len(own), _count_answered(needing), first))
    return tuple(sorted(places, key=lambda p: (-p.received, p.platform, p.channel)))
