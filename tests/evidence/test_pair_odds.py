"""How strongly the use of two platforms goes together, among everybody and in one group."""

from __future__ import annotations

import numpy as np
import pytest

from workbook.evidence.pair_odds import find_odds, load_odds, load_within
from workbook.evidence.pairwise import use_both
from workbook.evidence.profiles import Profile, estimate_reach
from workbook.evidence.survey import load_pairs, load_uncertainty
from workbook.evidence.unions import join_shares

YOUNG = Profile("US", {"age": ("18-29",)})
WAVES = ("2024", "2025")


def pair(*names):
    """A pair of platforms, whichever comes first."""
    return frozenset(names)


@pytest.mark.parametrize(
    ("names", "everybody", "alike"),
    [(("Reddit", "Snapchat"), 1.12, 0.58), (("Reddit", "Instagram"), 1.35, 0.71)],
)
def test_people_alike_use_two_places_together_less_than_everybody(names, everybody, alike):
    """Both are places of the young, so among people of one age less of it is left."""
    within = load_within("2025")
    assert load_odds()[pair(*names)].log == pytest.approx(everybody, abs=0.005)
    assert within.logs[within.pairs.index(pair(*names))] == pytest.approx(alike, abs=0.005)
    assert find_odds(YOUNG)[pair(*names)].log < alike + 0.1


@pytest.mark.parametrize("wave", WAVES)
def test_the_cells_together_make_the_pair_again(wave):
    """Added up over all cells, each pair has the log odds ratio of the table."""
    within = load_within(wave)
    everybody = within.find_logs(list(range(len(within.cells.weights))))
    told = [load_odds()[names].log for names in within.pairs]
    assert everybody == pytest.approx(told, abs=1e-9)


def test_every_pair_that_was_asked_is_known_of_every_group():
    """Each pair has its odds in a group, those of the older wave among them."""
    within = [names for wave in WAVES for names in load_within(wave).pairs]
    asked = {pair(each.first, each.second) for each in load_pairs()}
    known = {n for wave in WAVES for n in load_within(wave).cells.platforms}
    assert set(within) == {names for names in asked if names <= known}
    assert set(find_odds(YOUNG)) == set(load_odds()) == asked
    assert find_odds(Profile("US")) == load_odds()


def test_a_group_is_made_of_its_cells():
    """What two cells use together is the mean of what each of them uses together."""
    levels = {"gender": ("Women",), "education": ("College graduate",), "income": ("$100K+",)}
    people = [
        Profile("US", {**levels, "age": ("30-49",), "community": (place,)})
        for place in ("Urban", "Rural")
    ]
    within, names = load_within("2025"), pair("Reddit", "Snapchat")
    log = within.logs[within.pairs.index(names)]
    for profile in people:
        assert find_odds(profile)[names].log == pytest.approx(log, abs=1e-9)
    both = Profile("US", {**levels, "age": ("30-49",), "community": ("Urban", "Rural")})
    assert find_odds(both)[names].log != pytest.approx(log, abs=1e-6)
    assert find_odds(both)[names].log == pytest.approx(log, abs=0.1)


def test_a_narrow_group_is_reached_by_more_with_two_places():
    """Where fewer use both, more use at least one: by up to three points among the young."""
    shares = estimate_reach(YOUNG).shares
    names = ("Snapchat", "Reddit")
    own = {name: shares[name] for name in names}
    here, everybody = join_shares([own, own], [YOUNG, Profile("US")])
    more = here.unite(names).percent - everybody.unite(names).percent
    assert 1 < more < 4
    first, second = (np.array(shares[name].percent / 100) for name in names)
    both = use_both(first, second, np.array(find_odds(YOUNG)[pair(*names)].log))
    assert here.unite(names).percent == pytest.approx(100 * float(first + second - both), abs=0.01)


def test_outside_the_united_states_the_odds_are_less_sure():
    """Nobody asked how Germans use two places together, so a set there is less sure."""
    extra = load_uncertainty()["odds"]
    names = pair("Facebook", "Instagram")
    there, here = find_odds(Profile("Germany"))[names], load_odds()[names]
    assert there.log == here.log
    assert there.error == pytest.approx((here.error**2 + extra["elsewhere"] ** 2) ** 0.5)
    own = estimate_reach(Profile("US")).shares
    shares = {name: own[name] for name in ("Facebook", "Instagram")}
    sure, unsure = (
        use.unite(tuple(shares))
        for use in join_shares([shares, shares], [Profile("US"), Profile("Germany")])
    )
    assert sure.percent == pytest.approx(unsure.percent)
    assert unsure.high - unsure.low > 1.2 * (sure.high - sure.low)


def test_how_unsure_the_odds_are_elsewhere_is_what_was_measured():
    """The extra is how far people alike differ from everybody, and one wave from the next."""
    kept = load_uncertainty()["odds"]["elsewhere"]
    found = [
        load_odds()[names].log - log
        for wave in WAVES
        for names, log in zip(load_within(wave).pairs, load_within(wave).logs, strict=True)
    ]
    waves: dict[frozenset[str], dict[str, float]] = {}
    for each in load_pairs():
        waves.setdefault(pair(each.first, each.second), {})[each.wave] = each.log_odds
    moved = [told["2025"] - told["2024"] for told in waves.values() if len(told) > 1]
    apart, later = (float(np.sqrt(np.mean(np.square(each)))) for each in (found, moved))
    assert (apart, later) == pytest.approx((0.355, 0.177), abs=0.005)
    assert kept == pytest.approx(np.hypot(apart, later), abs=0.005)
