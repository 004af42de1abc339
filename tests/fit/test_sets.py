"""The exact choice among all sets of places that fit into the hours."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.evidence.counted_use import CountedUse, count_clients
from workbook.evidence.profiles import Profile, estimate_reach
from workbook.evidence.shares import Method, Share
from workbook.evidence.unions import SurveyUse, join_shares
from workbook.fit.sets import Group, Search

ASKED = ("Facebook", "Instagram", "TikTok", "LinkedIn", "Reddit")
"""Places that one wave asked about together."""
HOURS = st.sampled_from([0.5, 1.0, 1.5, 2.0, 2.25, 4.0])
PART = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.75, 1.0])


def share(platform, percent, error=0.1):
    """A share with an error on the logit scale."""
    return Share(platform, percent, 0, 100, error, Method.OWN)


def survey(**percents):
    """How people use places together, by their shares."""
    return join_shares([{name: share(name, each) for name, each in percents.items()}])[0]


@st.composite
def uses(draw, places):
    """People as a survey, or as clients, tells how they use some places."""
    if draw(st.booleans()):
        percents = draw(st.lists(st.floats(2, 98), min_size=len(places), max_size=len(places)))
        return survey(**dict(zip(places, percents, strict=True)))
    sets = st.sets(st.sampled_from(places)).map(frozenset)
    said = draw(st.dictionaries(sets, st.integers(1, 6), max_size=5))
    return count_clients(tuple(places), said.items())


@st.composite
def searches(draw):
    """A small choice: some places, one to three groups of people, hours, and perhaps a limit."""
    places = tuple(draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=4, unique=True)))
    weights = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    groups = tuple(Group(draw(uses(places)), w / sum(weights)) for w in weights)
    return Search(
        places=places,
        groups=groups,
        suitability={name: draw(PART) for name in places},
        hours={name: draw(HOURS) for name in places},
        available=draw(st.sampled_from([0.0, 1.0, 2.5, 4.0, 8.0])),
        shared=draw(st.sampled_from([0.0, 0.5])),
        most=draw(st.sampled_from([None, 1, 2])),
    )


def states_of(use):
    """Every way to use the places, with how many use them so."""
    chances = use.block.states if isinstance(use, SurveyUse) else use.states
    ways = itertools.product((False, True), repeat=len(use.platforms))
    for way, chance in zip(ways, chances, strict=True):
        yield {n for n, used in zip(use.platforms, way, strict=True) if used}, float(chance)


def reach_person_by_person(search, chosen):
    """The expected best suitability, counted over every way a person may use the places."""
    return sum(
        group.weight
        * chance
        * max((search.suitability[name] for name in used & set(chosen)), default=0.0)
        for group in search.groups
        for used, chance in states_of(group.use)
    )


def all_that_fit(search):
    """Every set of places within the hours and the limit, found by trying all."""
    for size in range(len(search.places) + 1):
        for chosen in itertools.combinations(search.places, size):
            cost = sum(search.hours[name] for name in chosen) + (search.shared if chosen else 0)
            if not chosen or (cost <= search.available and size <= (search.most or size)):
                yield chosen


@pytest.mark.thorough
@settings(max_examples=50, deadline=None)
@given(searches())
def test_the_best_set_is_the_best_of_all(search):
    """Trying every set person by person finds nothing better, and no set is forgotten."""
    tried = {frozenset(c): reach_person_by_person(search, c) for c in all_that_fit(search)}
    assert {frozenset(search.name(int(n))) for n in search.feasible} == set(tried)
    for number, value in zip(search.feasible, search.value(search.feasible), strict=True):
        assert value == pytest.approx(tried[frozenset(search.name(int(number)))], abs=1e-9)
    best = frozenset(search.name(int(search.rank(search.feasible)[0])))
    assert tried[best] == pytest.approx(max(tried.values()), abs=1e-9)


@settings(max_examples=12, deadline=None)
@given(searches())
def test_every_shown_set_has_an_interval(search):
    """Reach and weighted reach lie in their intervals, and no set reaches less than its parts."""
    shown = search.describe([int(n) for n in search.rank(search.feasible)])
    by_places = {frozenset(option.places): option for option in shown}
    for option in shown:
        for amount in (option.reach, option.weighted):
            assert 0 <= amount.low <= amount.percent + 1e-9
            assert amount.percent <= amount.high + 1e-9
            assert amount.high <= 100 + 1e-9
        assert option.weighted.percent <= option.reach.percent + 1e-9
        assert option.reach.low < option.reach.high or not option.places
        for name in option.places:
            part = by_places[frozenset(option.places) - {name}]
            assert part.reach.percent <= option.reach.percent + 1e-9
    assert shown[0].is_tied
    assert frozenset() in by_places


def test_the_empty_set_is_always_compared():
    """Without hours, or with places that cost too much, no place is the answer."""
    search = Search(("Facebook",), (Group(survey(Facebook=90), 1.0),), {"Facebook": 1.0},
                    {"Facebook": 3.0}, available=2.0)  # fmt: skip
    (option,) = search.describe([int(n) for n in search.feasible])
    assert option.places == ()
    assert (option.hours, option.reach.percent, option.reach.high) == (0, 0, 0)


def test_each_person_counts_once_with_the_best_place():
    """The worse place adds nothing for those who use both, and counts for those who only use it."""
    use = count_clients(("Facebook", "Reddit"), [(("Facebook", "Reddit"), 10), (("Reddit",), 10)])
    suits = {"Facebook": 1.0, "Reddit": 0.5}
    search = Search(use.platforms, (Group(use, 1.0),), suits, dict.fromkeys(suits, 1.0), 9.0)
    values = search.value(search.feasible)
    found = {search.name(int(n)): 20 * v for n, v in zip(search.feasible, values, strict=True)}
    assert found == pytest.approx(
        {(): 0, ("Facebook",): 10, ("Reddit",): 10, ("Facebook", "Reddit"): 15}
    )


def test_what_a_place_adds_has_an_interval_of_its_own():
    """Instagram reaches eight more in 100 adults than Facebook alone, surely not none."""
    shares = estimate_reach(Profile("US")).shares
    use = join_shares([{name: shares[name] for name in ("Facebook", "Instagram")}])[0]
    ones = dict.fromkeys(use.platforms, 1.0)
    search = Search(use.platforms, (Group(use, 1.0),), ones, ones, 9.0)
    both = search.number_of(use.platforms)
    first, second = search.list_gains(both)
    assert (second.place, second.beside) == ("Instagram", ("Facebook",))
    assert second.amount.percent == pytest.approx(50.0 - 42.1, abs=0.1)
    assert 5 < second.amount.low < second.amount.percent < second.amount.high < 11
    assert first.amount.percent == pytest.approx(70.8 - 42.1, abs=0.1)
    assert not search.list_gains(0)
    (alone,) = search.list_gains(search.number_of(("Facebook",)))
    assert alone.amount == search.describe([search.number_of(("Facebook",))])[0].reach


def test_what_a_place_adds_is_limits_where_nobody_asked_about_both():
    """Threads beside LinkedIn adds nobody, or all who use it."""
    use = survey(LinkedIn=30, Threads=20)
    ones = dict.fromkeys(use.platforms, 1.0)
    search = Search(use.platforms, (Group(use, 1.0),), ones, ones, 9.0)
    gains = {gain.place: gain for gain in search.list_gains(search.number_of(use.platforms))}
    assert gains["Threads"].is_limits
    assert gains["Threads"].amount.low <= 0.1
    assert gains["Threads"].amount.high >= 20


def test_what_cannot_be_told_apart_is_tied():
    """Two places that as many use are tied; one that hardly anybody uses is not."""
    use = survey(Facebook=50, Instagram=50.2, Reddit=5)
    ones = dict.fromkeys(use.platforms, 1.0)
    search = Search(use.platforms, (Group(use, 1.0),), ones, ones, 9.0, most=1)
    options = {o.places: o for o in search.describe([int(n) for n in search.rank(search.feasible)])}
    assert options["Instagram",].is_tied
    assert options["Facebook",].is_tied
    assert not options["Reddit",].is_tied
    assert not options[()].is_tied


def test_a_larger_set_is_no_tie_when_it_surely_adds():
    """What a place adds is known better than how many use it: errors they share cancel."""
    use = survey(Facebook=50, TikTok=15)
    ones = dict.fromkeys(use.platforms, 1.0)
    search = Search(use.platforms, (Group(use, 1.0),), ones, ones, 9.0)
    options = {o.places: o for o in search.describe([int(n) for n in search.rank(search.feasible)])}
    both, one = options["Facebook", "TikTok"], options["Facebook",]
    assert one.reach.high > both.reach.low
    assert not one.is_tied


def test_limits_are_shown_for_places_never_asked_about_together():
    """The reach of LinkedIn with Threads holds the lowest and the highest that is possible."""
    use = survey(LinkedIn=30, Threads=20)
    ones = dict.fromkeys(use.platforms, 1.0)
    search = Search(use.platforms, (Group(use, 1.0),), ones, ones, 9.0)
    best = search.describe([int(search.rank(search.feasible)[0])])[0]
    assert best.places == ("LinkedIn", "Threads")
    assert best.is_limits
    assert best.reach.percent == pytest.approx(100 * (1 - 0.7 * 0.8), abs=0.01)
    assert best.reach.low < 30
    assert best.reach.high > 50


def test_a_place_without_a_figure_for_a_group_counts_nothing_there():
    """The figures of one group are no figures for another group."""
    first, second = survey(Facebook=50), survey(Reddit=50)
    ones = {"Facebook": 1.0, "Reddit": 1.0}
    search = Search(
        ("Facebook", "Reddit"), (Group(first, 0.6), Group(second, 0.4)), ones, ones, 1.0
    )
    best = search.describe([int(search.rank(search.feasible)[0])])[0]
    assert best.places == ("Facebook",)
    assert best.reach.percent == pytest.approx(30)


def test_equal_reach_goes_to_the_cheaper_set():
    """Of two sets that reach as many, the one that takes fewer hours stands first."""
    use = count_clients(("Facebook", "Reddit"), [(("Facebook", "Reddit"), 10)])
    ones = {"Facebook": 1.0, "Reddit": 1.0}
    hours = {"Facebook": 2.0, "Reddit": 1.0}
    search = Search(use.platforms, (Group(use, 1.0),), ones, hours, 9.0)
    ranked = [search.name(int(n)) for n in search.rank(search.feasible)]
    assert ranked[0] == ("Reddit",)
    assert isinstance(search.groups[0].use, CountedUse)


def test_more_than_eighteen_places_are_refused():
    """What cannot be searched whole is not searched in part."""
    with pytest.raises(ValueError, match="18"):
        Search(tuple(map(str, range(19))), (), {}, {}, 1.0)


def test_a_weighted_reach_keeps_below_what_suits_best():
    """Ten of ten clients use a place that suits by 0.6: 60, and nobody can make it more."""
    use = count_clients(("Facebook",), [(("Facebook",), 10)])
    search = Search(use.platforms, (Group(use, 1.0),), {"Facebook": 0.6}, {"Facebook": 1.0}, 9.0)
    option = search.describe([search.number_of(("Facebook",))])[0]
    assert (option.reach.percent, option.reach.low, option.reach.high) == pytest.approx(
        (100, 78.3, 100), abs=0.1
    )
    weighted = option.weighted
    assert (weighted.percent, weighted.low, weighted.high) == pytest.approx(
        (60, 0.6 * 78.3, 60), abs=0.1
    )
