"""Whether a promised answer time can be kept by the people there are, in the hours they have.

Complaints come by chance, also while nobody is on duty; they wait for somebody, then for those
before them. A week of duty is simulated many times over, which gives the chance that an answer is
sent in time; queueing formulas [Z1] hold where somebody is always on duty, and the simulation is
tested against them. Numpy is loaded with this module, which is imported only when it is used.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from workbook.evidence.intervals import count_interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

MINUTES_IN_A_DAY: Final = 1440
MINUTES_IN_A_WEEK: Final = 7 * MINUTES_IN_A_DAY
_ARRIVALS: Final = 60_000
"""Complaints in one simulation: the chance is then known to about half a percentage point."""
_SETTLING: Final = 0.1
"""The part of a simulation that is not counted, since it begins with nothing waiting."""
_BATCHES: Final = 20
_T_OF_BATCHES: Final = 2.093
"""97.5 % quantile of Student's t with one degree of freedom fewer than batches."""
_SEED: Final = 20_090_101
_FEWEST: Final = 0.05
"""Complaints a week that are simulated at the least; below it nobody ever waits for another."""


@dataclass(frozen=True, slots=True)
class Week:
    """Spells of a week in minutes from Monday, 00:00; in order, none touching another."""

    spells: tuple[tuple[float, float], ...]

    @property
    def minutes(self) -> float:
        """The length of all spells together."""
        return sum(end - start for start, end in self.spells)

    @property
    def days(self) -> int:
        """On how many days of the week a spell begins."""
        return len({int(start // MINUTES_IN_A_DAY) for start, _ in self.spells})


ALWAYS: Final = Week(((0.0, float(MINUTES_IN_A_WEEK)),))


@dataclass(frozen=True, slots=True)
class Keeping:
    """The chance of keeping a promise, and the 95 % interval it lies in."""

    chance: float
    low: float
    high: float


def week_of(blocks: Iterable[tuple[int, float, float]]) -> Week:
    """A week from blocks: the day (Monday 0), and minutes of that day from start to end.

    A block that ends at or before its start goes on past midnight, from Sunday into Monday too;
    blocks that touch or overlap are one.
    """
    spells: list[tuple[float, float]] = []
    for day, start, end in blocks:
        first = day * MINUTES_IN_A_DAY + start
        last = day * MINUTES_IN_A_DAY + end + (MINUTES_IN_A_DAY if end <= start else 0)
        spells.append((first, min(last, MINUTES_IN_A_WEEK)))
        if last > MINUTES_IN_A_WEEK:
            spells.append((0.0, last - MINUTES_IN_A_WEEK))
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spells):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((float(start), float(end)))
    return Week(tuple(joined))


# -- formulas ----------------------------------------------------------------------------------


def erlang_c(load: float, people: int) -> float:
    """The chance that somebody who writes has to wait, with people who are always there.

    Args:
        load: Minutes of work that come in during a minute, below ``people``.
        people: How many answer at once.

    Raises:
        ValueError: A load that is negative, or as much as the people or more.

    Source: the formula of Erlang for M/M/c queues, [Z1].
    """
    if not 0 <= load < people:
        raise ValueError(f"load must lie between 0 and {people}, not {load}")
    blocked = 1.0
    for number in range(1, people + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - load / people * (1 - blocked))


def chance_answered(rate: float, minutes_per_reply: float, people: int, within: float) -> float:
    """The chance that an answer is sent in time where somebody is always on duty.

    Args:
        rate: Complaints a minute.
        minutes_per_reply: Mean time one reply takes; times vary as an exponential.
        people: How many answer at once.
        within: Minutes from the complaint to the sent reply.

    Returns:
        The chance that waiting and writing together take no longer.

    Raises:
        ValueError: More work than the people can do.

    Source: time in an M/M/c system, from the same formula, [Z1].
    """
    speed = 1 / minutes_per_reply
    load = rate * minutes_per_reply
    waits = erlang_c(load, people)
    spare = people - 1 - load
    grown = speed * within if abs(spare) < 1e-9 else -math.expm1(-speed * within * spare) / spare  # noqa: PLR2004 - nothing, in floats
    return 1 - math.exp(-speed * within) * (1 + waits * grown)


# -- simulation --------------------------------------------------------------------------------


def look_ahead(
    *,
    per_week: float,
    weeks_counted: float,
    minutes_per_reply: float,
    duty: Week,
    people: int = 1,
    clock: Week = ALWAYS,
    arrivals: Week = ALWAYS,
) -> Outlook:
    """Simulate what becomes of complaints, as many as usual and as few and many as may come.

    Args:
        per_week: Complaints that need an answer, in a usual week.
        weeks_counted: How many weeks that number was counted over; fewer make it less sure.
        minutes_per_reply: Mean time one answer takes, looking things up included.
        duty: When somebody answers.
        people: How many answer at once while on duty.
        clock: When the clock of a promise runs; always, or while the business is open.
        arrivals: When complaints come in; evenly within it.

    Raises:
        ValueError: Nobody is ever on duty, the clock never runs, or a time of zero.
    """
    _require_more_than_nothing(
        duty=duty.minutes, clock=clock.minutes, arrivals=arrivals.minutes,
        people=people, minutes_per_reply=minutes_per_reply, weeks_counted=weeks_counted,
    )  # fmt: skip
    lowest, highest = count_interval(round(per_week * weeks_counted))
    low, high = lowest / weeks_counted, highest / weeks_counted
    case = _Case(minutes_per_reply, people, *map(_Spells, (duty, clock, arrivals)))
    return Outlook(
        work_minutes=per_week * minutes_per_reply,
        duty_minutes=duty.minutes * people,
        rate_low=low,
        rate_high=high,
        middle=case.run(per_week),
        calm=case.run(low),
        busy=case.run(high),
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of complaints with the people and hours there are; times are in minutes."""

    work_minutes: float
    """Work that comes in during a week."""
    duty_minutes: float
    """Time on duty in a week, of all people together."""
    rate_low: float
    rate_high: float
    """Complaints a week that the count allows (95 %)."""
    middle: _Run
    calm: _Run
    busy: _Run

    @property
    def load(self) -> float:
        """The part of the hours on duty that replies take; from 1 on the pile only grows."""
        return self.work_minutes / self.duty_minutes

    def keep(self, promise: float) -> Keeping:
        """The chance that a first answer is sent within so many minutes on the clock.

        Its 95 % interval comes from the exact Poisson interval of the weekly number, widened by
        the error of the simulation. Raises ValueError for a promise of nothing.
        """
        _require_more_than_nothing(promise=promise)
        chance = self.middle.chance(promise)
        low = min(chance, self.busy.chance(promise)) - self.busy.error(promise)
        high = max(chance, self.calm.chance(promise)) + self.calm.error(promise)
        return Keeping(chance, max(low, 0.0), min(high, 1.0))

    def usual(self, share: float) -> float | None:
        """The time within which such a share is answered; None where the work does not fit."""
        return self.middle.quantile(share)

    def usual_when_busy(self, share: float) -> float | None:
        """The same where as many complaints come as the count allows (95 %)."""
        return self.busy.quantile(share)


def _require_more_than_nothing(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < math.inf:
            raise ValueError(f"{name} must be more than zero, not {value}")


class _Spells:
    """A week that comes again and again, as a clock that runs only within its spells."""

    def __init__(self, week: Week) -> None:
        self._starts = np.array([start for start, _ in week.spells])
        lengths = np.array([end - start for start, end in week.spells])
        self._ends = np.cumsum(lengths)
        self._before = self._ends - lengths
        self.minutes = float(self._ends[-1])

    def read(self, moments: Numbers) -> Numbers:
        """What the clock shows at moments counted from the first Monday."""
        weeks, rest = np.divmod(moments, MINUTES_IN_A_WEEK)
        at = np.searchsorted(self._starts, rest, side="right") - 1
        within = np.where(at >= 0, rest - self._starts[at], 0.0)
        shown = np.where(at >= 0, np.minimum(self._before[at] + within, self._ends[at]), 0.0)
        return np.asarray(weeks * self.minutes + shown)

    def when(self, shown: Numbers) -> Numbers:
        """The first moments at which the clock shows so much."""
        weeks, rest = np.divmod(shown, self.minutes)
        at = np.minimum(np.searchsorted(self._ends, rest, side="left"), len(self._ends) - 1)
        return np.asarray(weeks * MINUTES_IN_A_WEEK + self._starts[at] + rest - self._before[at])


@dataclass(frozen=True, slots=True)
class _Run:
    """The answer times of one simulation, in the order of arrival; None where work piles up."""

    times: Numbers | None

    def chance(self, within: float) -> float:
        return 0.0 if self.times is None else float(np.mean(self.times <= within))

    def error(self, within: float) -> float:
        """Half the 95 % interval of the chance, from the means of batches."""
        if self.times is None:
            return 0.0
        batches = np.array_split(self.times <= within, _BATCHES)
        means = np.array([float(np.mean(batch)) for batch in batches])
        return _T_OF_BATCHES * float(np.std(means, ddof=1)) / math.sqrt(_BATCHES)

    def quantile(self, share: float) -> float | None:
        return None if self.times is None else float(np.quantile(self.times, share))


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything about a business but how many complaints it gets."""

    minutes_per_reply: float
    people: int
    duty: _Spells
    clock: _Spells
    arrivals: _Spells

    def run(self, per_week: float) -> _Run:
        """Simulate so many complaints a week; the chances drawn are the same every time."""
        rate = max(per_week, _FEWEST)
        if rate * self.minutes_per_reply >= self.duty.minutes * self.people:
            return _Run(None)
        drawn: Any = np.random.default_rng(_SEED)
        gaps = drawn.standard_exponential(_ARRIVALS) * (self.arrivals.minutes / rate)
        spent = drawn.standard_exponential(_ARRIVALS) * self.minutes_per_reply
        came = self.arrivals.when(np.cumsum(gaps))
        sent = self.duty.when(_serve(self.duty.read(came), spent, self.people))
        taken = self.clock.read(sent) - self.clock.read(came)
        return _Run(taken[int(_ARRIVALS * _SETTLING) :])


def _serve(came: Numbers, spent: Numbers, people: int) -> Numbers:
    """When each is done, first come first served, on a clock that runs while on duty."""
    if people == 1:
        total = np.cumsum(spent)
        return np.asarray(total + np.maximum.accumulate(came - total + spent))
    free = [0.0] * people
    done = np.empty_like(came)
    for at, (arrived, work) in enumerate(zip(came.tolist(), spent.tolist(), strict=True)):
        done[at] = ready = max(arrived, free[0]) + work
        heapq.heapreplace(free, ready)
    return done
