"""What the last clients said, beside and together with what a survey says.

Those asked are clients who were won, not those who were missed. A survey of all adults is the
prior only for the survey's own question, “do you ever use X?”; where clients spend time and how
they found the business are counts of their own. Scipy is imported only when a figure is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.evidence.intervals import proportion_interval
from workbook.evidence.shares import Method, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

SURVEY_MEASURE = "ever_use"
"""What the survey asked where it can be the prior."""
_TAILS = (0.025, 0.975)


class Question(StrEnum):
    """What clients were asked."""

    USE = "use"
    """Do you ever use X?"""
    TIME = "time"
    """Where do you spend time?"""
    FOUND = "found"
    """How did you find us?"""


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers of clients to one question, without the clients.

    Raises ValueError for a platform that more clients named than were asked.
    """

    question: Question
    asked: int
    counts: Mapping[str, int]
    """How many named each platform."""
    combinations: Mapping[frozenset[str], int] = field(default_factory=dict)
    """How many named just these platforms; empty where only the counts are known."""

    def __post_init__(self) -> None:
        """See to it that the counts can be true."""
        wrong = [name for name, hits in self.counts.items() if not 0 <= hits <= self.asked]
        if wrong or self.asked < 0:
            raise ValueError(f"more clients than were asked, or fewer than none: {wrong}")
        if self.combinations and sum(self.combinations.values()) != self.asked:
            raise ValueError("the combinations are not those of all who were asked")

    def hits(self, platform: str) -> int:
        """How many named a platform."""
        return self.counts.get(platform, 0)


@dataclass(frozen=True, slots=True)
class Views:
    """What is known of one platform three ways; None where there is nothing to say it by."""

    survey: Share | None
    own: Share | None
    combined: Share | None


def count_share(counted: Counted, platform: str) -> Share | None:
    """The share of clients who named a platform, as counted.

    Returns:
        Percent as counted, with the Jeffreys interval; its error is that of the Jeffreys
        posterior. None when nobody was asked.
    """
    if not counted.asked:
        return None
    hits = counted.hits(platform)
    low, high = proportion_interval(hits, counted.asked)
    return Share(
        platform=platform,
        percent=100 * hits / counted.asked,
        low=100 * low,
        high=100 * high,
        error=_error_of(hits + 0.5, counted.asked - hits + 0.5),
        method=Method.CLIENTS,
        measure=counted.question.value,
        asked=counted.asked,
    )


def update_share(survey: Share, counted: Counted, *, worth: float) -> Share | None:
    """A survey's share brought up to date by what clients said to the survey's own question.

    Args:
        survey: The share by the survey, which asked “do you ever use X?”.
        counted: What clients said.
        worth: How many clients the survey counts as; no more than it knows itself.

    Returns:
        Percent with its 95 percent interval; None where the survey asked something else than the
        clients were asked, or no client was asked.

    Raises:
        ValueError: A worth of zero or less.

    Source: beta-binomial posterior; the worth is our default.
    """
    if not 0 < worth < math.inf:
        raise ValueError(f"worth must be more than zero, not {worth}")
    same = counted.question is Question.USE and survey.measure == SURVEY_MEASURE
    if not same or not counted.asked:
        return None
    share = survey.percent / 100
    known = 1 / (share * (1 - share) * survey.error**2) - 1 if 0 < share < 1 else math.inf
    kept = min(worth, max(known, 1.0))
    hits = counted.hits(survey.platform)
    return _of_beta(
        survey, kept * share + hits, kept * (1 - share) + counted.asked - hits, Method.COMBINED
    )


def view_platform(platform: str, survey: Share | None, counted: Counted, *, worth: float) -> Views:
    """A platform by the survey, by the clients, and by both together.

    Where the survey is worth no client there is nothing to put together.
    """
    combined = update_share(survey, counted, worth=worth) if survey and worth else None
    return Views(survey, count_share(counted, platform), combined)


def _of_beta(share: Share, hits: float, misses: float, method: Method) -> Share:
    """A share that follows a beta distribution; all else is kept from another one."""
    from scipy.special import betaincinv  # noqa: PLC0415 - heavy, and seldom needed

    low, high = (100 * float(betaincinv(hits, misses, tail)) for tail in _TAILS)
    percent = 100 * hits / (hits + misses)
    error = _error_of(hits, misses)
    return replace(
        share, percent=percent, low=low, high=high, error=error, method=method, daily=None
    )


def _error_of(hits: float, misses: float) -> float:
    """The standard error of a beta distribution on the logit scale."""
    both = hits + misses
    return math.sqrt(both**2 / (hits * misses * (both + 1)))
