"""What a small count can tell: how sure a rate is, what may come next, what changed.

An interval answers “how sure are we of the rate”; a forecast answers “what may happen next”.
The two are never mixed. Scipy is imported only when a figure is asked for.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LIKELY_BELOW = 0.05
HINT_BELOW = 0.2
"""Bounds of the two-sided p by which a comparison is worded; our default."""


class Verdict(StrEnum):
    """What two counts tell about a change."""

    CANNOT_TELL = "cannot_tell"
    HINT = "hint"
    LIKELY_CHANGE = "likely_change"


def _require_count(count: int, name: str = "count") -> None:
    if count < 0:
        raise ValueError(f"{name} must be zero or more, not {count}")


def _require_share(share: float) -> None:
    if not 0 < share < 1:
        raise ValueError(f"share must lie between 0 and 1, not {share}")


def _require_positive(exposure: float, name: str) -> None:
    if not 0 < exposure < float("inf"):
        raise ValueError(f"{name} must be more than zero, not {exposure}")


@lru_cache(maxsize=4096)
def count_interval(count: int, *, share: float = 0.95) -> tuple[float, float]:
    """The exact Poisson interval of the rate behind a count of events.

    Args:
        count: Events seen in one period.
        share: How much the interval is to cover, between 0 and 1.

    Returns:
        Low and high, in events a period; low is 0 for a count of 0. Divide both by hours for a
        rate an hour.

    Raises:
        ValueError: A count below zero, or a share that is none.

    Source: the exact Poisson interval by quantiles of chi-square, [M16].
    """
    from scipy.special import gammaincinv  # noqa: PLC0415 - heavy, and seldom needed

    _require_count(count)
    _require_share(share)
    tail = (1 - share) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


@lru_cache(maxsize=4096)
def proportion_interval(hits: int, of: int, *, share: float = 0.95) -> tuple[float, float]:
    """The Jeffreys interval of a proportion: so many hits out of so many.

    Args:
        hits: How many had it.
        of: How many there were; 0 says nothing and gives 0 to 1.
        share: How much the interval is to cover, between 0 and 1.

    Returns:
        Low and high, between 0 and 1; low is 0 when none had it, high is 1 when all had it.

    Raises:
        ValueError: More hits than there were, a number below zero, or a share that is none.

    Source: beta quantiles with half a hit and half a miss added, [M17].
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and seldom needed

    _require_count(hits, "hits")
    _require_count(of - hits, "misses")
    _require_share(share)
    tail = (1 - share) / 2
    misses = of - hits
    low = float(betaincinv(hits + 0.5, misses + 0.5, tail)) if hits else 0.0
    high = float(betaincinv(hits + 0.5, misses + 0.5, 1 - tail)) if misses else 1.0
    return low, high


def moments_interval(mean: float, spread: float) -> tuple[float, float]:
    """The 95 percent interval of a beta distribution with this mean and standard error.

    Args:
        mean: Between 0 and 1; at either end there is no interval.
        spread: The standard error; of one that no such distribution has, the widest is taken.

    Returns:
        Low and high, between 0 and 1.

    Source: beta quantiles by the method of moments; those of a count with half a hit and half a
    miss added are the Jeffreys interval [M17].
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and seldom needed

    if not 0 < mean < 1 or spread <= 0:
        return mean, mean
    size = max(mean * (1 - mean) / spread**2 - 1, 1.0)
    ends = (betaincinv(mean * size, (1 - mean) * size, tail) for tail in (0.025, 0.975))
    low, high = map(float, ends)
    return low, high


def median_interval(values: Sequence[float], *, share: float = 0.95) -> tuple[float, float] | None:
    """The interval of a median, whatever the values are spread like.

    Args:
        values: What was seen, sorted.
        share: How much the interval is to cover at the least, between 0 and 1.

    Returns:
        Low and high, two of the values; None where there are too few for such an interval, which
        for 95 % means fewer than six.

    Raises:
        ValueError: A share that is none.

    Source: ranks by a binomial with one half, [Z2].
    """
    from scipy.special import bdtr  # noqa: PLC0415 - heavy, and seldom needed

    _require_share(share)
    size = len(values)
    rank, tail = 0, (1 - share) / 2
    while 2 * (rank + 1) <= size and bdtr(rank, size, 0.5) <= tail:
        rank += 1
    return (values[rank - 1], values[size - rank]) if rank else None


@lru_cache(maxsize=4096)
def forecast_count(
    count: int, *, exposure_ratio: float = 1.0, share: float = 0.8
) -> tuple[int, int]:
    """The range in which the next count will lie in so many cases, if nothing changes.

    Args:
        count: Events seen in the period that is over.
        exposure_ratio: Length, or hours, of the next period divided by those of the last.
        share: In how many cases the range is to hold, between 0 and 1.

    Returns:
        The lowest and the highest count, both included.

    Raises:
        ValueError: A count below zero, a ratio of zero or less, or a share that is none.

    Source: gamma-Poisson prediction with the prior Gamma(1/2, 0), the Jeffreys prior of a rate;
    the choice of prior and of 80 % is our default.
    """
    _require_count(count)
    _require_positive(exposure_ratio, "exposure_ratio")
    _require_share(share)
    tail = (1 - share) / 2
    shape, stop = count + 0.5, 1 / (1 + exposure_ratio)
    return _count_at(tail, shape, stop), _count_at(1 - tail, shape, stop)


def _count_at(quantile: float, shape: float, stop: float) -> int:
    """The smallest count that a negative binomial stays at or below so often."""
    from scipy.special import betainc  # noqa: PLC0415 - heavy, and seldom needed

    high = 1
    while betainc(shape, high + 1, stop) < quantile:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        if betainc(shape, middle + 1, stop) < quantile:
            low = middle
        else:
            high = middle
    return high


def compare_counts(
    before: int, after: int, *, exposure_before: float = 1.0, exposure_after: float = 1.0
) -> Verdict:
    """Whether two counts tell of a change, in one of three verdicts.

    Args:
        before: Events in the earlier period.
        after: Events in the later one.
        exposure_before: Length, or hours, of the earlier period.
        exposure_after: Length, or hours, of the later one.

    Returns:
        ``cannot_tell`` for a two-sided p above 0.2, ``hint`` from there down to 0.05,
        ``likely_change`` below.

    Raises:
        ValueError: A count below zero, or an exposure of zero or less.

    Source: with no change, the later count given both is binomial with the share of its
    exposure (the exact conditional test of two Poisson rates); the bounds are our default.
    """
    chance = change_p(before, after, exposure_before=exposure_before, exposure_after=exposure_after)
    return _word(chance)


def _word(chance: float) -> Verdict:
    """A two-sided p as one of the three verdicts."""
    if chance < LIKELY_BELOW:
        return Verdict.LIKELY_CHANGE
    return Verdict.HINT if chance <= HINT_BELOW else Verdict.CANNOT_TELL


def change_p(
    before: int, after: int, *, exposure_before: float = 1.0, exposure_after: float = 1.0
) -> float:
    """The two-sided p of two counts, if nothing had changed; 1 when nothing was counted.

    Arguments and errors are those of ``compare_counts``.
    """
    from scipy.stats import binomtest  # noqa: PLC0415 - heavy, and seldom needed

    _require_count(before, "before")
    _require_count(after, "after")
    _require_positive(exposure_before, "exposure_before")
    _require_positive(exposure_after, "exposure_after")
    both = before + after
    if not both:
        return 1.0
    expected = exposure_after / (exposure_before + exposure_after)
    return float(binomtest(after, both, expected).pvalue)


def compare_with_expected(count: int, expected: float) -> Verdict:
    """Whether a count tells of another rate than one that was settled beforehand.

    Args:
        count: Events seen.
        expected: Events that the settled rate would bring in the same time.

    Returns:
        The verdicts of ``compare_counts``; “likely a change” just where the expected number lies
        outside the 95 % interval of the count.

    Raises:
        ValueError: A count below zero, or an expected number of zero or less.

    Source: both tails of the Poisson distribution, the smaller one doubled, as in the exact
    interval of a count [M16]; the bounds are our default.
    """
    from scipy.special import gammainc, gammaincc  # noqa: PLC0415 - heavy, and seldom needed

    _require_count(count)
    _require_positive(expected, "expected")
    at_most = float(gammaincc(count + 1, expected))
    at_least = float(gammainc(count, expected)) if count else 1.0
    return _word(min(1.0, 2 * min(at_most, at_least)))
