"""What a survey says of the people somebody wants, and how well its intervals hold."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.discovery import read_text, read_toml
from workbook.evidence import load_sources
from workbook.evidence.profiles import (
    Profile,
    _choose_cells,
    _estimate,
    _load_waves,
    drift_of,
    estimate_reach,
    tau_of,
)
from workbook.evidence.shares import Method, Why, bound, expit, logit
from workbook.evidence.survey import (
    find_country,
    find_platform,
    load_daily,
    load_levels,
    load_pairs,
    load_published,
    load_terms,
    load_uncertainty,
    place_ids,
)
from workbook.platforms import load_platforms

CELLS = Path(__file__).parents[1] / "samples" / "survey" / "us_profile_cells.csv"
QUALITY = read_toml("evidence/survey/quality.toml")
LEAST = 93
"""Percent; a platform whose intervals cover less gets a wider tau."""


def us(**levels):
    """A group of people in the United States."""
    return Profile("US", {key: tuple(value) for key, value in levels.items()})


class Cell(NamedTuple):
    """A group of age, sex and education: what its interviews say, and what the model says."""

    wave: str
    platform: str
    asked: int
    direct: float
    margin: float
    percent: float
    low: float
    high: float

    @property
    def half_width(self):
        """Half of the model's interval, in points."""
        return (self.high - self.low) / 2

    @property
    def is_covered(self):
        """Whether both agree within their margins taken together."""
        return abs(self.direct - self.percent) <= math.hypot(self.half_width, self.margin)

    @property
    def is_covered_alone(self):
        """Whether they agree within the margin of the interviews alone."""
        return abs(self.direct - self.percent) <= self.margin


@pytest.fixture(scope="module")
def cells():
    """All groups of age, sex and education with 50 interviews or more."""
    found = []
    for row in csv.DictReader(CELLS.read_text(encoding="utf-8").splitlines()):
        profile = us(**{key: [row[key]] for key in ("age", "gender", "education")})
        share = estimate_reach(profile).shares[row["platform"]]
        asked, direct, margin = (
            float(row[k]) for k in ("n_unweighted", "direct_percent", "direct_moe95")
        )
        figures = (direct, margin, share.percent, share.low, share.high)
        found.append(Cell(row["wave"], row["platform"], int(asked), *figures))
    return [cell for cell in found if cell.asked >= 50]


def measure(cells):
    """Of some groups: percent covered, mean half-width and root-mean-square error in points."""
    return (
        100 * float(np.mean([cell.is_covered for cell in cells])),
        float(np.mean([cell.half_width for cell in cells])),
        math.sqrt(np.mean([(cell.direct - cell.percent) ** 2 for cell in cells])),
    )


# -- how well it holds --------------------------------------------------------------------------


def test_intervals_agree_with_the_interviews(cells):
    """95 percent intervals cover 94 to 99 percent of groups, are narrow, and the error is small.

    No interval at all would cover 92 percent here, so the width counts as well.
    """
    covered, half_width, error = measure(cells)
    alone = 100 * np.mean([cell.is_covered_alone for cell in cells])
    assert 94 <= covered <= 99
    assert half_width <= 6
    assert error <= 4.5
    kept = QUALITY["agreement"]
    assert kept["groups"] == len(cells)
    assert kept["covered"] == pytest.approx(covered, abs=0.05)
    assert kept["half_width"] == pytest.approx(half_width, abs=0.05)
    assert kept["error"] == pytest.approx(error, abs=0.05)
    assert kept["covered_without_interval"] == pytest.approx(alone, abs=0.05)


def test_intervals_hold_for_each_place_and_wave(cells):
    """The table by place and wave says what is measured, and no place covers less than 93 percent.

    It is agreement with the interviews that the model was fitted on; the figures from interviews
    it had not seen stand beside it in the same file.
    """
    kept = QUALITY["agreement"]["places"]
    assert {(c.wave, c.platform) for c in cells} == {(w, p) for w in kept for p in kept[w]}
    for wave, platforms in kept.items():
        for platform, told in platforms.items():
            found = measure([c for c in cells if (c.wave, c.platform) == (wave, platform)])
            assert told == pytest.approx(found, abs=0.05), platform
            assert found[0] >= LEAST
    assert QUALITY["half_sample"]["covered"] == {"2025": 96.7, "2024": 95.9}


def test_an_interval_without_the_other_doubts_would_be_too_narrow(cells):
    """Chance alone is not all: a place that fell short of 93 percent got a wider interval."""
    widened = load_uncertainty()["tau"]["platforms"]
    usual = load_uncertainty()["tau"]["default"]
    assert set(widened) == {"LinkedIn", "Pinterest", "Bluesky"}
    assert all(entry["value"] > usual and entry["reason"] for entry in widened.values())
    for name, short in (("Pinterest", 0.15), ("Bluesky", usual)):
        those = [cell for cell in cells if cell.platform == name]
        shrunk = (usual if name == "Bluesky" else math.hypot(short, drift_of("2024"))) / math.hypot(
            tau_of(name), drift_of(those[0].wave)
        )
        covered = [
            abs(c.direct - c.percent) <= math.hypot(c.half_width * shrunk, c.margin) for c in those
        ]
        assert 100 * np.mean(covered) < LEAST


def test_drift_is_what_the_totals_of_two_waves_show():
    """The totals of places asked in both waves moved by about 2 points, 0.09 on the logit."""
    totals = {
        (pair.wave, name): percent / 100
        for pair in load_pairs()
        for name, percent in ((pair.first, pair.first_percent), (pair.second, pair.second_percent))
    }
    both = [name for wave, name in totals if wave == "2025" and ("2024", name) in totals]
    moved = [logit(totals["2025", name]) - logit(totals["2024", name]) for name in both]
    points = [100 * (totals["2025", name] - totals["2024", name]) for name in both]
    assert len(both) == 8
    kept = load_uncertainty()["drift"]
    assert kept["per_year"] == pytest.approx(math.sqrt(np.mean(np.square(moved))), abs=0.005)
    assert kept["points"] == pytest.approx(math.sqrt(np.mean(np.square(points))), abs=0.2)
    assert drift_of("2025") == 0
    assert drift_of("2024") == kept["per_year"]


# -- what is said of a group --------------------------------------------------------------------


def test_the_model_gives_a_group_its_shares():
    """Women of 30 to 49 with a college degree in suburbs: as worked out when the model was made."""
    levels = {"age": ["30-49"], "gender": ["Women"], "education": ["College graduate"]}
    reach = estimate_reach(us(**levels, community=["Suburban"]))
    told = {
        "Facebook": (86, 82, 90),
        "Instagram": (78, 72, 82),
        "TikTok": (45, 38, 52),
        "WhatsApp": (49, 42, 56),
        "Reddit": (45, 38, 53),
        "Snapchat": (36, 29, 43),
        "X": (24, 19, 29),
    }
    for name, figures in told.items():
        share = reach.shares[name]
        assert (share.percent, share.low, share.high) == pytest.approx(figures, abs=0.6)
        assert share.method is Method.MODEL
    assert reach.shares["LinkedIn"].percent == pytest.approx(63.4, abs=0.1)
    assert (reach.interviews, reach.is_at_most) == (387, True)


@pytest.mark.parametrize(
    ("levels", "platform", "percent", "half_width"),
    [
        ({}, "YouTube", 84.1, 1.9),
        ({"gender": ["Women", "Men"]}, "Facebook", 70.8, 1.9),
        ({"age": ["18-29"]}, "TikTok", None, 6.0),
        ({"income": ["$100K+"]}, "LinkedIn", None, 6.0),
    ],
)
def test_a_group_the_survey_published_gets_its_own_figure(levels, platform, percent, half_width):
    """Everybody, or one level of one trait, has a printed figure with a printed margin."""
    share = estimate_reach(us(**levels)).shares[platform]
    assert share.method is Method.PUBLISHED
    assert percent is None or share.percent == percent
    assert (share.high - share.low) / 2 <= half_width
    assert (share.start, share.population) != ("", "")


def test_the_model_agrees_with_what_the_survey_published():
    """Put together from its parts by the model, each published group comes out within 3 points."""
    rows = [r for r in load_published() if r.country == "US" and r.start.startswith("2025")]
    wave = _load_waves()[0]
    for row in rows:
        narrowed = {} if row.dimension == "total" else {row.dimension: (row.group,)}
        shares, _ = _estimate(wave, _choose_cells(wave, narrowed))
        modelled = 100 * shares[wave.platforms.index(row.platform)]
        assert modelled == pytest.approx(row.percent, abs=3), row
    assert len(rows) == 11 * 17


GROUPS = st.fixed_dictionaries(
    {key: st.sets(st.sampled_from(levels)).map(tuple) for key, levels in load_levels().items()}
)


@settings(max_examples=40, deadline=None)
@given(GROUPS)
def test_a_figure_never_stands_bare(levels):
    """Any group has, for each place, a percent in an interval, a source with dates, and a base."""
    reach = estimate_reach(us(**levels))
    for share in reach.shares.values():
        assert 0 <= share.low <= share.percent <= share.high <= 100
        assert share.low < share.high
        assert share.source in load_sources()
        assert share.start < share.end
        assert share.population == "US adults 18+"
    assert not set(reach.shares) & set(reach.missing)
    assert {*reach.shares, *reach.missing} == {row.platform for row in load_published()}


def test_what_is_left_open_is_averaged_over():
    """All of a trait's levels named is the same as none; the whole lies between its parts."""
    named = estimate_reach(us(age=["65+"], gender=["Men"], education=load_levels()["education"]))
    left_open = estimate_reach(us(age=["65+"], gender=["Men"]))
    assert named.shares == left_open.shares
    parts = [estimate_reach(us(age=["65+"], gender=["Men"], education=[level]))
             for level in load_levels()["education"]]  # fmt: skip
    for name, share in left_open.shares.items():
        percents = [part.shares[name].percent for part in parts]
        assert min(percents) <= share.percent <= max(percents)


def test_older_waves_are_less_sure():
    """LinkedIn and Pinterest were last asked in 2024; their intervals hold a year of drift."""
    shares = estimate_reach(us(age=["30-49"], gender=["Women"])).shares
    for name in ("LinkedIn", "Pinterest"):
        assert shares[name].start.startswith("2024")
        assert shares[name].error > math.hypot(tau_of(name), drift_of("2024"))
    assert shares["Facebook"].start.startswith("2025")


ALL_DAILY = {"Facebook": 52, "YouTube": 48, "TikTok": 24, "X": 10}


@pytest.mark.parametrize(
    ("levels", "whom", "percents"),
    [
        ({}, "", ALL_DAILY),
        ({"age": ["30-49"]}, "", {"Facebook": 58, "YouTube": 54, "TikTok": 28, "X": 10}),
        ({"gender": ["Men"]}, "", {"Facebook": 44, "YouTube": 58, "TikTok": 19, "X": 15}),
        (
            {"age": ["65+"], "education": ["HS or less"]},
            "65+",
            {"Facebook": 45, "YouTube": 27, "TikTok": 5, "X": 4},
        ),
        ({"age": ["50-64", "65+"]}, "All adults", ALL_DAILY),
        ({"community": ["Rural"]}, "All adults", ALL_DAILY),
    ],
)
def test_daily_use_stands_beside(levels, whom, percents):
    """Daily use is that of the group's one level where it was published, else of all adults.

    It comes with its own interval, dates and base, and says of whom it is if not of this group.
    """
    shares = estimate_reach(us(**levels)).shares
    daily = {name: share.daily for name, share in shares.items() if share.daily}
    assert {name: share.percent for name, share in daily.items()} == percents
    for share in daily.values():
        assert share.low < share.percent < share.high
        assert share.group == whom
        assert share.start == "2025-02-24"


def test_daily_use_of_one_group_is_less_sure_than_that_of_all():
    """Without the number asked, the interval is as wide as that of this group in the survey."""
    everybody = estimate_reach(us()).shares["TikTok"].daily
    young = estimate_reach(us(age=["18-29"])).shares["TikTok"].daily
    assert (everybody.asked, young.asked) == (5123, 0)
    assert (young.high - young.low) / 2 == pytest.approx(5.6, abs=0.2)
    assert everybody.high - everybody.low < 4
    assert len(load_daily()) == 4 * (1 + 4 + 2)


def test_nobody_of_such_a_group_was_interviewed():
    """A group that no interview belongs to gets no figure but a reason, and nothing is divided."""
    levels = {"age": ["18-29"], "gender": ["Women"], "education": ["College graduate"]}
    reach = estimate_reach(us(**levels, income=["$70K-$99,999"], community=["Rural"]))
    assert reach.shares == {}
    assert {why for name, why in reach.missing.items() if name != "LINE"} == {Why.NOBODY}
    thin = estimate_reach(us(**levels, income=["$70K-$99,999"]))
    assert thin.is_thin
    assert not estimate_reach(us(age=["18-29"])).is_thin


CELL_KEYS = ("age", "gender", "education")


def test_the_number_interviewed_is_the_one_that_was_counted():
    """Age, sex and education together hold as many as the count says, in whatever groups."""
    counted = {}
    for row in csv.DictReader(CELLS.read_text(encoding="utf-8").splitlines()):
        if row["wave"] == "2025":
            counted[tuple(row[key] for key in CELL_KEYS)] = int(row["n_unweighted"])
    assert len(counted) == 24
    for levels, number in counted.items():
        reach = estimate_reach(us(**{k: [v] for k, v in zip(CELL_KEYS, levels, strict=True)}))
        assert (reach.interviews, reach.is_at_most) == (number, False)
    young = estimate_reach(us(age=["18-29", "30-49"], gender=["Men"]))
    assert young.interviews == sum(
        n for (age, sex, _), n in counted.items() if age in {"18-29", "30-49"} and sex == "Men"
    )


@pytest.mark.parametrize(
    ("levels", "interviews", "at_most"),
    [
        ({}, 5022, False),
        ({"age": ["18-29"]}, 480, False),
        ({"age": ["18-29", "30-49"]}, 1879, False),
        ({"income": ["<$30K"]}, 939, False),
        ({"age": ["18-29"], "income": ["<$30K"]}, 480, True),
        ({"age": ["18-29"], "gender": ["Men"], "community": ["Rural"]}, 180, True),
        ({"income": ["$70K-$99,999"], "community": ["Rural"]}, 692, True),
    ],
)
def test_a_number_interviewed_is_told_only_where_it_is_known(levels, interviews, at_most):
    """Single traits have the number asked; a group nobody counted has that of a wider one."""
    reach = estimate_reach(us(**levels))
    assert (reach.interviews, reach.is_at_most) == (interviews, at_most)


def test_few_of_the_young_were_interviewed():
    """Men under 30 without a college year were 49, however many adults are like them."""
    levels = {"age": ["18-29"], "gender": ["Men"], "education": ["HS or less"]}
    assert estimate_reach(us(**levels)).is_thin
    narrower = estimate_reach(us(**levels, community=["Urban"]))
    assert narrower.is_thin
    assert (narrower.interviews, narrower.is_at_most) == (49, True)
    assert not estimate_reach(us(age=["18-29"], gender=["Men"])).is_thin


def test_levels_nobody_knows_are_refused():
    """A level that the survey does not have is a fault of the caller, told by its name."""
    with pytest.raises(KeyError, match="40-45"):
        estimate_reach(us(age=["40-45"]))


# -- other countries ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "platform", "percent"),
    [("Canada", "LinkedIn", 49), ("de", "Instagram", 40), (" JAPAN ", "LINE", 91.1)],
)
def test_elsewhere_published_totals_are_told_as_what_they_are(country, platform, percent):
    """Outside the US a figure is about everybody there, not about the group that was asked for."""
    reach = estimate_reach(Profile(country, {"age": ("30-49",), "gender": ("Women",)}))
    share = reach.shares[platform]
    assert share.percent == percent
    assert share.low < percent < share.high
    assert share.method is Method.TOTAL
    assert share.group.startswith("All")
    assert "Reddit" in {**reach.shares, **reach.missing}


def test_a_figure_without_the_number_asked_has_no_interval_and_is_only_shown():
    """The figures of Norway tell no number asked: shown as published, never reckoned with."""
    reach = estimate_reach(Profile("Norway"))
    assert reach.shares == {}
    assert reach.missing["Facebook"] is Why.NO_NUMBER_ASKED
    assert [row.percent for row in reach.points["Facebook"]] == [82]
    ages = estimate_reach(Profile("Germany")).points["Instagram"]
    assert {row.group for row in ages} == {"14-29", "30-49"}


@pytest.mark.parametrize(
    ("country", "why"), [("Atlantis", Why.COUNTRY_UNKNOWN), (" ", Why.COUNTRY_OPEN)]
)
def test_without_a_table_there_is_no_figure(country, why):
    """A country that no table is about, or none at all, says so for every place."""
    reach = estimate_reach(Profile(country))
    assert reach.shares == {}
    assert set(reach.missing.values()) == {why}


# -- the tables ---------------------------------------------------------------------------------


def test_the_tables_hold_computed_shares_and_no_interviews():
    """Of Pew only own tabulations are shown, never its printed table; every source is known."""
    rows = [*load_published(), *load_daily()]
    assert len(rows) > 250
    assert {row.source for row in rows} <= set(load_sources())
    assert all(0 <= row.percent <= 100 for row in rows)
    keys = [(r.country, r.source, r.start, r.platform, r.dimension, r.group) for r in rows]
    assert len(keys) == len(set(keys))
    assert not any("smu" in row.source for row in rows)


def test_the_terms_stand_beside_the_tables():
    """The text Pew asks for stands word for word in the folder, and where documents find it."""
    note = read_text("evidence/survey/LICENCE.md")
    assert load_terms()["disclaimer"] in note
    assert load_terms()["disclaimer"].startswith("Pew Research Center bears no responsibility for")
    assert "does not cover this folder" in note
    assert "5,022" in load_terms()["citation"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("facebook", "Facebook"),
        ("  FACEBOOK  page ", "Facebook"),
        ("Twitter", "X"),
        ("linked in", "LinkedIn"),
        ("google_business", "Google Business Profile"),
        ("Friendster", None),
        ("", None),
    ],
)
def test_platforms_are_known_however_they_are_written(typed, name):
    """Capitals, spaces and everyday names do not matter; what is not known is said to be so."""
    assert find_platform(typed) == name


def test_every_place_of_the_workbook_has_a_name_in_surveys():
    """No place is forgotten, and none is named twice."""
    assert sorted(place_ids().values()) == sorted(load_platforms())


def test_countries_are_known_however_they_are_written():
    """A country is found by its code and its names."""
    assert [find_country(c) for c in ("us", " USA ", "Deutschland", "Mars")] == [
        "US",
        "US",
        "DE",
        None,
    ]


@given(st.floats(0.001, 0.999), st.floats(0.01, 3))
def test_an_interval_holds_its_share(share, error):
    """An interval on the logit never leaves 0 to 100 percent, and holds its share."""
    low, high = bound(share, error)
    assert 0 < low < share < high < 1
    assert expit(logit(share)) == pytest.approx(share)
