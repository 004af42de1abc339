"""Survey figures on who uses which place, as read and computed; see LICENCE.md for their terms."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from workbook.discovery import read_text, read_toml

FOLDER = "evidence/survey"
US = "US"
ALL = "total"
"""The dimension of a figure on everybody."""
DIMENSIONS = ("age", "gender", "education", "income", "community")
"""What people can be narrowed down by."""
CELL_DIMENSIONS = ("age", "gender", "education")
"""Those of them by which it is known together how many were interviewed."""


@dataclass(frozen=True, slots=True)
class Published:
    """One published share of people who use a platform; 0 asked and margin 0 where none is told."""

    country: str
    source: str
    start: str
    end: str
    published: str
    population: str
    measure: str
    """What was asked: ``ever_use``, ``account``, ``profile``, ``use``, ``weekly``, ``monthly``,
    ``daily``."""
    is_panel: bool
    """Whether people signed up for it themselves, so that chance is not all that can be off."""
    platform: str
    dimension: str
    group: str
    percent: float
    asked: int
    margin: float
    """The margin of error at 50 percent, in points; of 95 percent."""


@dataclass(frozen=True, slots=True)
class Pair:
    """How the use of two platforms goes together in one wave."""

    wave: str
    first: str
    second: str
    first_percent: float
    second_percent: float
    both_percent: float
    log_odds: float
    error: float


@cache
def load_published() -> tuple[Published, ...]:
    """Every published share, the more trusted and newer sources of a country first."""
    return _read_published("platform_use.csv")


@cache
def load_daily() -> tuple[Published, ...]:
    """The shares of people who use a platform every day."""
    return _read_published("platform_frequency.csv")


def _read_published(name: str) -> tuple[Published, ...]:
    rows = csv.DictReader(read_text(f"{FOLDER}/{name}").splitlines())
    return tuple(
        Published(
            country=row["country"],
            source=row["source"],
            start=row["survey_start"],
            end=row["survey_end"],
            published=row["published"],
            population=row["population"],
            measure=row["measure"],
            is_panel=row["sampling"] == "panel",
            platform=row["platform"],
            dimension=row["dimension"],
            group=row["group"],
            percent=float(row["percent"]),
            asked=int(row["n_unweighted"] or 0),
            margin=float(row["moe_points"] or 0),
        )
        for row in rows
    )


@cache
def load_pairs() -> tuple[Pair, ...]:
    """Every pair of platforms that a wave asked together."""
    rows = csv.DictReader(read_text(f"{FOLDER}/us_platform_pairs.csv").splitlines())
    return tuple(
        Pair(
            wave=row["wave"],
            first=row["platform_a"],
            second=row["platform_b"],
            first_percent=float(row["a_percent"]),
            second_percent=float(row["b_percent"]),
            both_percent=float(row["both_percent"]),
            log_odds=float(row["log_odds_ratio"]),
            error=float(row["se"]),
        )
        for row in rows
    )


class Cell(NamedTuple):
    """How many were interviewed of one group of age, sex and education."""

    wave: str
    levels: dict[str, str]
    """Of each of the three, its level."""
    asked: int


@cache
def load_interviewed() -> tuple[Cell, ...]:
    """How many were interviewed of each group of age, sex and education, of those who told all."""
    rows = csv.DictReader(read_text(f"{FOLDER}/us_interviews.csv").splitlines())
    return tuple(
        Cell(row["wave"], {key: row[key] for key in CELL_DIMENSIONS}, int(row["n_unweighted"]))
        for row in rows
    )


@cache
def load_model() -> dict[str, Any]:
    """The additive model as it stands in its file; treat it as frozen."""
    found: dict[str, Any] = json.loads(read_text(f"{FOLDER}/us_profile_model.json"))
    return found


_SHOWN_FIRST = {
    "age": ("18-29", "30-49", "50-64", "65+"),
    "education": ("HS or less", "Some college", "College graduate"),
    "income": ("<$30K", "$30K-$69,999", "$70K-$99,999", "$100K+"),
    "community": ("Urban", "Suburban", "Rural"),
}
"""Levels in the order people expect; the file puts first what the others are held against."""


@cache
def load_levels() -> dict[str, tuple[str, ...]]:
    """The groups that people can be narrowed down to, by dimension, as the survey names them."""
    levels = load_model()["levels"]
    return {key: _SHOWN_FIRST.get(key) or tuple(levels[key]) for key in DIMENSIONS}


@cache
def load_uncertainty() -> dict[str, Any]:
    """What is added to the margin of a survey."""
    return read_toml(f"{FOLDER}/uncertainty.toml")


@cache
def load_terms() -> dict[str, str]:
    """The citation, the disclaimer and the copyright that go with every figure on the US."""
    return read_toml(f"{FOLDER}/terms.toml")


# -- names -------------------------------------------------------------------------------------


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _known_platforms() -> dict[str, str]:
    found = {}
    for name, entry in read_toml(f"{FOLDER}/names.toml")["platforms"].items():
        for alias in (name, entry.get("place", name), *entry["also"]):
            found[_plain(alias)] = name
    return found


@cache
def _known_countries() -> dict[str, str]:
    countries = read_toml(f"{FOLDER}/names.toml")["countries"]
    return {alias: code for code, aliases in countries.items() for alias in aliases}


def find_platform(name: str) -> str | None:
    """The platform that somebody means, by its name in surveys; None where it is not known.

    Capitals and spaces do not matter; a place's id and everyday names are known as well.
    """
    return _known_platforms().get(_plain(name))


def list_platform_names() -> tuple[str, ...]:
    """Every name that a platform is known by, in lower case."""
    return tuple(_known_platforms())


def find_country(name: str) -> str | None:
    """The code of a country that figures are here for; None where it is none of them."""
    return _known_countries().get(_plain(name))


@cache
def place_ids() -> dict[str, str]:
    """The id of the workbook's place by a platform's name in surveys, where it is one."""
    names = read_toml(f"{FOLDER}/names.toml")["platforms"]
    return {name: entry["place"] for name, entry in names.items() if "place" in entry}


@cache
def place_names() -> dict[str, str]:
    """What surveys call each of the workbook's places, by its id."""
    return {place: name for name, place in place_ids().items()}
