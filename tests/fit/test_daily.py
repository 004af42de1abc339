"""Of whom a figure on daily use is said to be."""

from __future__ import annotations

import pytest

from workbook.discovery import read_toml
from workbook.evidence.profiles import Profile, estimate_reach
from workbook.evidence.survey import load_daily
from workbook.fit.daily import explain_daily, name_daily, write_daily


def reach(**levels):
    """What is known of a group in the United States."""
    return estimate_reach(Profile("US", levels))


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ({}, "52 %"),
        ({"age": ("18-29",)}, "49 %"),
        ({"age": ("18-29",), "community": ("Rural",)}, "49 % of people aged 18 to 29"),
        ({"age": ("50-64", "65+")}, "52 % of all adults"),
    ],
)
def test_a_figure_on_others_says_of_whom_it_is(levels, told):
    """Only a figure on the very group stands without a word on whom it is about."""
    daily = reach(**levels).shares["Facebook"].daily
    assert write_daily(f"{daily.percent:.0f} %", daily) == told


def test_daily_use_above_ever_use_is_explained():
    """Over 50, TikTok is used by 22 in 100, and every day by 24 in 100 of all adults."""
    over_50 = reach(age=("50-64", "65+"))
    tiktok = over_50.shares["TikTok"]
    assert tiktok.percent < tiktok.daily.percent
    (text,) = explain_daily(over_50)
    assert "TikTok" in text
    assert "all adults" in text
    assert explain_daily(reach()) == []


def test_a_borrowed_interval_is_said_to_be_borrowed():
    """One group was published without the number asked."""
    (text,) = explain_daily(reach(age=("30-49",)))
    assert "not published" in text


def test_every_group_with_a_figure_has_a_name():
    """No figure is told of a code."""
    groups = read_toml("fit/words.toml")["daily"]["groups"]
    assert {row.group for row in load_daily()} == set(groups)
    assert name_daily(reach(age=("30-49",)).shares["X"].daily) == ""
