"""The way contracts are held for many things at once: nothing that breaks one goes unnamed."""

from __future__ import annotations

import pytest

from tests.contracts.grouping import hold_for_each

THINGS = {"few": [("one", (1,)), ("two", (2,)), ("three", (3,))]}


@pytest.fixture
def limit():
    """What a thing is held against."""
    return 1


def test_everything_that_breaks_it_is_named(limit):
    """The test goes on after the first thing that breaks the promise, and names them all."""

    def is_small(thing, limit):
        assert thing <= limit, "too large"

    grouped = hold_for_each("thing", THINGS)(is_small)
    with pytest.raises(AssertionError, match=r"(?s)two: too large.*three: too large"):
        grouped(group="few", limit=limit)


def test_nothing_is_not_enough():
    """A promise that is held for nothing, or for an empty group, is a mistake of the test."""
    for groups in ({}, {"empty": []}):
        with pytest.raises(AssertionError):
            hold_for_each("thing", groups)


@hold_for_each("thing", {"small": [("zero", (0,)), ("one", (1,))]})
def test_fixtures_reach_it(thing, limit):
    """A grouped test takes fixtures as any other."""
    assert thing <= limit
