"""The benchmark of the choice of places runs, and looks at as much as it says."""

from __future__ import annotations

import pytest
from benchmark_fit import PEOPLE, measure, wish

from workbook.fit.choice import choose


def test_the_benchmark_chooses_among_all_places() -> None:
    """Five audiences; the survey knows twelve places, clients all there is a choice of."""
    assert len(PEOPLE) == 5
    assert len(choose(wish(60.0)).search.places) == 12
    known = choose(wish(60.0, clients=30))
    assert len(known.search.places) + len(known.base) == 18
    assert len(known.search.feasible) == 2**16


@pytest.mark.thorough
def test_a_part_takes_less_than_the_whole() -> None:
    """Shares cost a fraction of the choice they are made for."""
    found = {name: middle for name, (middle, _) in measure(rounds=3).items()}
    whole = found["all: survey, an hour for each of a few places"]
    assert found["shares of five audiences"] < whole
