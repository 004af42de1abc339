"""A share of people who use a platform, with the interval it lies in and where it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.evidence.survey import load_uncertainty

if TYPE_CHECKING:
    from workbook.evidence.survey import Published

NORMAL = 1.959964
"""How many standard errors either way hold 95 percent."""
_SMALLEST = 0.0005
"""A share of 0 or 100 percent is taken for that little away from it, so that it has a logit."""
_MARGIN_AT_HALF = 98
"""The margin of 95 percent of a sample of one, at 50 percent, in points."""


class Method(StrEnum):
    """Where a share comes from."""

    MODEL = "model"
    """The model, for a group that the survey did not publish."""
    PUBLISHED = "published"
    """The survey's own figure for this very group."""
    TOTAL = "total"
    """A figure on everybody in a country, for want of one on this group."""
    OWN = "own"
    """A figure that the user gave."""
    CLIENTS = "clients"
    """Counted among the clients who were asked."""
    COMBINED = "combined"
    """The survey, brought up to date by the clients who were asked."""


class Why(StrEnum):
    """Why there is no figure."""

    COUNTRY_OPEN = "country_open"
    COUNTRY_UNKNOWN = "country_unknown"
    NOT_ASKED = "not_asked"
    NO_NUMBER_ASKED = "no_number_asked"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people who use a platform: never without its interval and its source.

    ``percent``, ``low`` and ``high`` are percents; ``error`` is the standard error on the logit
    scale.
    """

    platform: str
    percent: float
    low: float
    high: float
    error: float
    method: Method
    source: str = ""
    start: str = ""
    end: str = ""
    published: str = ""
    population: str = ""
    measure: str = "ever_use"
    group: str = ""
    """Whom the figure is about, where that is not the group that was asked for."""
    asked: int = 0
    is_panel: bool = False
    daily: Share | None = None


# -- intervals ---------------------------------------------------------------------------------


def logit(share: float) -> float:
    """The logit of a share between 0 and 1, kept away from both ends."""
    kept = min(max(share, _SMALLEST), 1 - _SMALLEST)
    return math.log(kept / (1 - kept))


def expit(value: float) -> float:
    """The share whose logit this is."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else 1 - 1 / (1 + math.exp(value))


def bound(share: float, error: float) -> tuple[float, float]:
    """The 95 percent interval of a share between 0 and 1, by its standard error on the logit."""
    middle = logit(share)
    return expit(middle - NORMAL * error), expit(middle + NORMAL * error)


def error_of(published: Published) -> float:
    """The standard error of a published share on the logit scale; 0 where none can be given.

    Source: effective number asked = (98 / margin)², or the number asked over our design effect.
    """
    effect: float = load_uncertainty()["design"]["effect"]
    if published.margin:
        effective = (_MARGIN_AT_HALF / published.margin) ** 2
    else:
        effective = published.asked / effect
    kept = min(max(published.percent / 100, _SMALLEST), 1 - _SMALLEST)
    return 1 / math.sqrt(effective * kept * (1 - kept)) if effective else 0.0


def make_share(published: Published, error: float, method: Method, group: str = "") -> Share:
    """A share made of a published figure."""
    low, high = bound(published.percent / 100, error)
    return Share(
        platform=published.platform,
        percent=published.percent,
        low=min(100 * low, published.percent),
        high=max(100 * high, published.percent),
        error=error,
        method=method,
        source=published.source,
        start=published.start,
        end=published.end,
        published=published.published,
        population=published.population,
        measure=published.measure,
        group=group,
        asked=published.asked,
        is_panel=published.is_panel,
    )
