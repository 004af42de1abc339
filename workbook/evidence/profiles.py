"""What share of the people somebody wants uses a platform, with the interval it lies in.

For the United States an additive logit model gives the share of any group; it averages over what
is left open. A group that the survey itself published gets the survey's own figure. In other
countries there are published totals. Numpy is imported only when a figure is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.evidence.interviews import Interviewed, count_interviewed
from workbook.evidence.shares import Method, Share, Why, bound, error_of, make_share
from workbook.evidence.survey import (
    ALL,
    DIMENSIONS,
    US,
    Published,
    find_country,
    load_daily,
    load_levels,
    load_model,
    load_published,
    load_uncertainty,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Profile:
    """The people somebody wants, in the survey's words; what is not named is left open."""

    country: str = ""
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def narrowed(self) -> dict[str, tuple[str, ...]]:
        """The dimensions that leave somebody out, with the levels that are meant."""
        known = load_levels()
        given = {key: tuple(dict.fromkeys(self.levels.get(key, ()))) for key in DIMENSIONS}
        return {key: g for key, g in given.items() if g and set(g) != set(known[key])}


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of a group: its shares by platform, and why others have none."""

    profile: Profile
    shares: Mapping[str, Share]
    missing: Mapping[str, Why]
    points: Mapping[str, tuple[Published, ...]] = field(default_factory=dict)
    """Shares of single groups that were published without the number asked: no interval, so they
    are shown beside the others and never reckoned with."""
    interviews: int = 0
    """How many of those interviewed were of this group; 0 where that is not known."""
    is_at_most: bool = False
    """Whether that many is the most it can be: so many are of a wider group, and how many of them
    are of this one is not known."""
    likely: float = 0.0
    """How many they are likely to be, in proportion; only to warn by, and never told."""

    @property
    def is_thin(self) -> bool:
        """Whether so few of the group were interviewed that other groups say most of it."""
        few: int = load_uncertainty()["few"]["interviews"]
        return 0 < self.likely < few


# -- the model ---------------------------------------------------------------------------------


class _Wave(NamedTuple):
    """One wave of the model, as arrays."""

    name: str
    asked: int
    platforms: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    weights: Floats
    design: Floats
    """Cells by terms."""
    coefficients: Floats
    """Platforms by terms."""
    covariance: Floats
    """Platforms by terms by terms."""


@cache
def _load_waves() -> tuple[_Wave, ...]:
    """The waves, the newest first; an older one gives only what the newer did not ask."""
    waves, taken = [], set[str]()
    for name in sorted(load_model()["waves"], reverse=True):
        wave = _load_wave(name, taken)
        taken |= set(wave.platforms)
        waves.append(wave)
    return tuple(waves)


def _load_wave(name: str, taken: set[str]) -> _Wave:
    import numpy as np  # noqa: PLC0415 - heavy, and needed only with a figure

    raw = load_model()["waves"][name]
    terms = {term: number for number, term in enumerate(raw["terms"])}
    platforms = tuple(p for p in raw["platforms"] if p not in taken)
    cells = tuple(tuple(row[: len(DIMENSIONS)]) for row in raw["joint_share"])
    design = np.zeros((len(cells), len(terms)))
    design[:, 0] = 1
    for number, cell in enumerate(cells):
        for key, level in zip(DIMENSIONS, cell, strict=True):
            if (term := terms.get(f"{key}={level}")) is not None:
                design[number, term] = 1
    lower = np.zeros((len(platforms), len(terms), len(terms)))
    for number, platform in enumerate(platforms):
        for row, values in enumerate(raw["platforms"][platform]["cov_lower"]):
            lower[number, row, : len(values)] = values
    mirrored = lower + lower.transpose(0, 2, 1)
    mirrored[:, range(len(terms)), range(len(terms))] /= 2
    return _Wave(
        name=name,
        asked=raw["n"],
        platforms=platforms,
        cells=cells,
        weights=np.array([row[-1] for row in raw["joint_share"]]),
        design=design,
        coefficients=np.array([raw["platforms"][p]["coef"] for p in platforms]),
        covariance=mirrored,
    )


class CellUse(NamedTuple):
    """The cells of a wave: how many people each holds, and how many of them use each platform."""

    platforms: tuple[str, ...]
    weights: Floats
    """Of each cell; all together make about 1."""
    use: Floats
    """Cells by platforms, between 0 and 1."""


@cache
def load_cell_use(name: str) -> CellUse:
    """What the model says of each cell of a wave, on all platforms that the wave asked about."""
    import numpy as np  # noqa: PLC0415 - same reason

    wave = _load_whole_wave(name)
    use = 1 / (1 + np.exp(-wave.design @ wave.coefficients.T))
    return CellUse(wave.platforms, wave.weights, use)


@cache
def _load_whole_wave(name: str) -> _Wave:
    return _load_wave(name, set())


def list_cells(name: str, profile: Profile) -> list[int]:
    """The cells of a wave that a group in the United States is made of."""
    return _choose_cells(_load_whole_wave(name), profile.narrowed())


def _estimate(wave: _Wave, chosen: list[int]) -> tuple[Floats, Floats]:
    """Shares and their sampling errors on the logit scale, by platform, averaged over cells."""
    import numpy as np  # noqa: PLC0415 - same reason

    design, weights = wave.design[chosen], wave.weights[chosen]
    weights = weights / weights.sum()
    use = 1 / (1 + np.exp(-design @ wave.coefficients.T))
    shares = weights @ use
    slope = (weights[:, None] * use * (1 - use)).T @ design
    variance = np.einsum("pi,pij,pj->p", slope, wave.covariance, slope)
    return shares, np.sqrt(variance) / (shares * (1 - shares))


def _widen(platform: str, wave: str) -> float:
    """What is added to a figure of the model: how far it may be off, and how old it is."""
    return math.hypot(tau_of(platform), drift_of(wave))


def tau_of(platform: str) -> float:
    """How far the model may be off for a platform, on the logit scale."""
    tau = load_uncertainty()["tau"]
    return float(tau["platforms"].get(platform, {"value": tau["default"]})["value"])


def drift_of(wave: str) -> float:
    """How far figures may have moved between a wave and the newest one, on the logit scale."""
    years = int(max(load_model()["waves"])) - int(wave)
    return float(load_uncertainty()["drift"]["per_year"]) * math.sqrt(years)


def _choose_cells(wave: _Wave, narrowed: Mapping[str, Iterable[str]]) -> list[int]:
    asked = [(number, set(narrowed[key])) for number, key in enumerate(DIMENSIONS)
             if key in narrowed]  # fmt: skip
    return [
        number
        for number, cell in enumerate(wave.cells)
        if all(cell[at] in levels for at, levels in asked)
    ]


# -- shares ------------------------------------------------------------------------------------


def estimate_reach(profile: Profile) -> Reach:
    """What share of a group uses each platform that a survey has figures on.

    Args:
        profile: The group; its levels are those of ``load_levels``.

    Returns:
        Shares in percent with 95 percent intervals, and why the other platforms have none.

    Raises:
        KeyError: A level that the survey does not have.

    Source: additive logit model on the survey [U1]; the interval holds chance, how far the model
    may be off, and for a wave older than the newest how far shares move in a year. Elsewhere
    published totals [U3][U4][U6].
    """
    country = find_country(profile.country) or ""
    if country == US:
        return _reach_in_us(profile)
    if not country:
        why = Why.COUNTRY_UNKNOWN if profile.country.strip() else Why.COUNTRY_OPEN
        return Reach(profile, {}, dict.fromkeys(_asked_anywhere(), why))
    return _reach_elsewhere(profile, country)


def _asked_anywhere() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.platform for row in load_published()))


def _reach_in_us(profile: Profile) -> Reach:
    narrowed = profile.narrowed()
    for key, levels in narrowed.items():
        if unknown := set(levels) - set(load_levels()[key]):
            raise KeyError(*sorted(unknown))
    shares: dict[str, Share] = {}
    missing: dict[str, Why] = {}
    interviewed = None
    for wave in _load_waves():
        chosen = _choose_cells(wave, narrowed)
        if not chosen:
            missing |= dict.fromkeys(wave.platforms, Why.NOBODY)
            continue
        interviewed = interviewed or _count_interviewed(wave, narrowed)
        shares |= _shares_of_wave(wave, chosen, narrowed)
    known = {*shares, *missing}
    missing |= {name: Why.NOT_ASKED for name in _asked_anywhere() if name not in known}
    asked, likely = interviewed or (Interviewed(0, ()), 0.0)
    at_most = asked.is_at_most(narrowed)
    return Reach(
        profile, shares, missing, interviews=asked.number, is_at_most=at_most, likely=likely
    )


def _count_interviewed(
    wave: _Wave, narrowed: Mapping[str, tuple[str, ...]]
) -> tuple[Interviewed, float]:
    """How many of a group were interviewed at most, and how many that is likely to be."""
    asked = count_interviewed(wave.name, narrowed)
    wider = _choose_cells(wave, {key: narrowed[key] for key in asked.within})
    part = wave.weights[_choose_cells(wave, narrowed)].sum() / wave.weights[wider].sum()
    return asked, asked.number * float(part)


def _shares_of_wave(
    wave: _Wave, chosen: list[int], narrowed: Mapping[str, tuple[str, ...]]
) -> dict[str, Share]:
    estimated, errors = _estimate(wave, chosen)
    found = {}
    for number, platform in enumerate(wave.platforms):
        published = _find_published(platform, narrowed)
        if published is not None:
            error = math.hypot(error_of(published), drift_of(wave.name))
            share = make_share(published, error, Method.PUBLISHED)
        else:
            error = math.hypot(float(errors[number]), _widen(platform, wave.name))
            share = _share_of_model(platform, float(estimated[number]), error)
        found[platform] = _with_daily(share, narrowed)
    return found


def _share_of_model(platform: str, share: float, error: float) -> Share:
    total = next(r for r in load_published() if r.platform == platform and r.country == US)
    low, high = bound(share, error)
    return Share(
        platform=platform,
        percent=100 * share,
        low=100 * low,
        high=100 * high,
        error=error,
        method=Method.MODEL,
        source=total.source,
        start=total.start,
        end=total.end,
        published=total.published,
        population=total.population,
        measure=total.measure,
        asked=total.asked,
    )


def _find_published(platform: str, narrowed: Mapping[str, tuple[str, ...]]) -> Published | None:
    """The survey's own figure for a group, where it is a group that the survey published."""
    if len(narrowed) > 1 or any(len(levels) > 1 for levels in narrowed.values()):
        return None
    dimension, levels = next(iter(narrowed.items()), (ALL, ()))
    for row in load_published():
        if (row.country, row.platform, row.dimension) == (US, platform, dimension) and (
            not levels or row.group == levels[0]
        ):
            return row
    return None


def _with_daily(share: Share, narrowed: Mapping[str, tuple[str, ...]]) -> Share:
    """A share with daily use beside it, of the group's one level where there is a figure on it."""
    rows = {(r.dimension, r.group): r for r in load_daily() if r.platform == share.platform}
    single = [(key, levels[0]) for key, levels in narrowed.items() if len(levels) == 1]
    row = next((rows[each] for each in single if each in rows), None)
    if row is None:
        row = next((each for each in rows.values() if each.dimension == ALL), None)
    if row is None:
        return share
    is_group = set(narrowed) == ({row.dimension} - {ALL})
    margin = row.margin if row.asked else _borrow_margin(row)
    daily = replace(row, margin=margin)
    whom = "" if is_group else row.group
    return replace(share, daily=make_share(daily, error_of(daily), Method.TOTAL, whom))


def _borrow_margin(row: Published) -> float:
    """The margin of the same group in the newest wave, which asked about as many people.

    The figures on daily use of single groups were published without the number asked.
    """
    wanted = (US, row.dimension, row.group)
    newest = max(load_model()["waves"])
    return next(
        r.margin
        for r in load_published()
        if (r.country, r.dimension, r.group) == wanted and r.start.startswith(newest)
    )


def _reach_elsewhere(profile: Profile, country: str) -> Reach:
    """Published totals of a country; a figure without the number asked has no interval."""
    shares: dict[str, Share] = {}
    points: dict[str, tuple[Published, ...]] = {}
    for row in load_published():
        if row.country != country or (row.dimension == ALL and row.platform in shares):
            continue
        if row.dimension != ALL or not error_of(row):
            points[row.platform] = (*points.get(row.platform, ()), row)
        else:
            shares[row.platform] = make_share(row, error_of(row), Method.TOTAL, row.group)
    missing = {
        name: Why.NO_NUMBER_ASKED if name in points else Why.NOT_ASKED
        for name in _asked_anywhere()
        if name not in shares
    }
    return Reach(profile, shares, missing, points)
