"""How many people use at least one of several platforms, each of them counted once."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, multinomial

from workbook.evidence.clients import Counted, Question, count_share
from workbook.evidence.counted_use import count_clients, join_counts
from workbook.evidence.intervals import proportion_interval
from workbook.evidence.pair_odds import load_odds
from workbook.evidence.pairwise import sum_subsets, sum_supersets, use_both
from workbook.evidence.profiles import Profile, estimate_reach
from workbook.evidence.shares import Method, Share
from workbook.evidence.survey import load_pairs
from workbook.evidence.unions import (
    group_platforms,
    join_shares,
)

NEWEST = ("YouTube", "Facebook", "Instagram", "TikTok", "WhatsApp", "Reddit", "Snapchat", "X",
          "Threads", "Bluesky")  # fmt: skip
PLACES = (*NEWEST, "LinkedIn", "Pinterest")
CLEAR = settings(max_examples=15, deadline=None)


def share(platform, percent, error=0.1):
    """A share with an error on the logit scale."""
    return Share(platform, percent, 0, 100, error, Method.OWN)


def join(error=0.1, **percents):
    """The joint use of platforms with these shares."""
    return join_shares([{name: share(name, each, error) for name, each in percents.items()}])[0]


# -- pairs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", load_pairs(), ids=lambda p: f"{p.wave}-{p.first}-{p.second}")
def test_the_table_of_pairs_comes_out_again(pair):
    """With the margins of the table, the share who use both is that of the table, as rounded."""
    first, second = pair.first_percent / 100, pair.second_percent / 100
    both = 100 * float(use_both(np.array(first), np.array(second), np.array(pair.log_odds)))
    assert both == pytest.approx(pair.both_percent, abs=0.1)


def test_unions_of_pairs_come_out_of_the_joint_use_of_all():
    """Ten platforms fitted together still give each pair the union that the table has."""
    pairs = [pair for pair in load_pairs() if pair.wave == "2025"]
    margins = {pair.first: pair.first_percent for pair in pairs}
    margins |= {pair.second: pair.second_percent for pair in pairs}
    use = join(**{name: margins[name] for name in NEWEST})
    seen = 0
    for pair in pairs:
        if {pair.first, pair.second} <= set(NEWEST):
            told = pair.first_percent + pair.second_percent - pair.both_percent
            assert use.unite((pair.first, pair.second)).percent == pytest.approx(told, abs=0.11)
            seen += 1
    assert seen == 45


def test_adding_a_platform_to_another():
    """Of all adults, Instagram adds 8 in 100 to those who use Facebook."""
    shares = estimate_reach(Profile("US")).shares
    use = join_shares([{name: shares[name] for name in ("Facebook", "Instagram")}])[0]
    union = use.unite(("Facebook", "Instagram"))
    assert union.percent == pytest.approx(70.8 + 50.0 - 42.1, abs=0.1)
    assert union.low < union.percent < union.high
    assert use.unite(("Facebook",)).low == pytest.approx(shares["Facebook"].low, abs=0.01)


# -- any set ------------------------------------------------------------------------------------


def fit_naively(names, percents):
    """The joint use by plain proportional fitting over all states, one pair after the other."""
    states = list(itertools.product((0, 1), repeat=len(names)))
    chance = dict.fromkeys(states, 1 / len(states))
    for _ in range(400):
        for i, j in itertools.combinations(range(len(names)), 2):
            first, second = percents[i] / 100, percents[j] / 100
            odds = np.array(load_odds()[frozenset((names[i], names[j]))].log)
            both = float(use_both(np.array(first), np.array(second), odds))
            table = {(1, 1): both, (1, 0): first - both, (0, 1): second - both}
            table[0, 0] = 1 - first - second + both
            found = dict.fromkeys(table, 0.0)
            for state, value in chance.items():
                found[state[i], state[j]] += value
            chance = {s: v * table[s[i], s[j]] / found[s[i], s[j]] for s, v in chance.items()}
    return chance


@pytest.mark.parametrize("percents", [(84, 71, 50, 37), (3, 60, 97, 20), (50, 50, 50, 50)])
def test_fitting_finds_the_one_joint_use_without_higher_interaction(percents):
    """Every state has the chance that plain fitting over many rounds gives it."""
    names = NEWEST[:4]
    use = join(**dict(zip(names, percents, strict=True)))
    naive = fit_naively(names, percents)
    for number, state in enumerate(itertools.product((0, 1), repeat=4)):
        assert use.block.states[number] == pytest.approx(naive[state], abs=1e-6)


MARGINS = st.lists(st.floats(1, 99), min_size=12, max_size=12)


@CLEAR
@given(MARGINS)
def test_a_larger_set_never_reaches_fewer(percents):
    """Whatever the shares, unions hold their parts and stay within what is possible."""
    use = join(**dict(zip(PLACES, percents, strict=True)))
    size = len(PLACES)
    tiny = 1e-6
    assert use.likely[0] == pytest.approx(1)
    for bit in range(size):
        without = np.arange(2**size) & ~(1 << bit)
        for none in (use.likely, use.highest):
            assert (none <= none[without] + tiny).all()
    assert (use.lowest <= use.likely + tiny).all()
    assert (use.likely <= use.highest + tiny).all()
    for at, percent in enumerate(percents):
        kept = min(max(percent, 0.05), 99.95)
        assert 100 * (1 - use.likely[1 << (size - 1 - at)]) == pytest.approx(kept, abs=1e-3)


def test_eighteen_platforms_are_joined_and_no_more():
    """Up to 18 platforms are joined, known to a survey or not; more are refused."""
    more = {f"Place {number}": 10.0 for number in range(6)}
    use = join(**dict.fromkeys(PLACES, 30.0), **more)
    assert len(use.platforms) == 18
    assert use.unite(use.platforms).is_bounds
    with pytest.raises(ValueError, match="18"):
        join(**dict.fromkeys(PLACES, 30.0), **more, Another=5.0)
    with pytest.raises(KeyError, match="Nowhere"):
        use.unite(("Facebook", "Nowhere"))


def test_sums_over_subsets_and_supersets():
    """Each sum holds just the states within, or around, its own."""
    states = np.arange(8.0)
    within, around = sum_subsets(states), sum_supersets(states)
    for one in range(8):
        assert within[one] == sum(s for s in range(8) if s & ~one == 0)
        assert around[one] == sum(s for s in range(8) if one & ~s == 0)


# -- what was never asked together --------------------------------------------------------------


def test_pairs_no_wave_asked_together_show_what_is_possible():
    """LinkedIn was asked about in 2024 alone and Threads in 2025 alone: there are only limits."""
    use = join(LinkedIn=32.2, Threads=8.4)
    union = use.unite(("LinkedIn", "Threads"))
    assert union.percent is None
    assert union.is_bounds
    assert (union.low, union.high) == pytest.approx((32.2, 40.6))
    assert union.least < union.low
    assert union.high < union.most
    crowded = join(LinkedIn=80.0, Threads=70.0).unite(("LinkedIn", "Threads"))
    assert (crowded.low, crowded.high) == pytest.approx((80, 100))


def test_limits_are_narrower_where_a_third_platform_was_asked_with_both():
    """Most who use LinkedIn or Threads use YouTube as well, so little is left to be unsure of."""
    use = join(YouTube=84.1, LinkedIn=32.2, Threads=8.4)
    union = use.unite(("YouTube", "LinkedIn", "Threads"))
    alone = use.unite(("LinkedIn", "Threads"))
    assert union.is_bounds
    assert union.high - union.low < (alone.high - alone.low) / 5
    assert use.unite(("YouTube", "LinkedIn")).percent <= union.low + 1e-9


@pytest.mark.parametrize("third", [("Facebook",), ("Facebook", "Instagram")])
def test_limits_are_reached_by_some_joint_use(third):
    """Both limits are the union of a joint use that has the known unions of its parts."""
    names = (*third, "LinkedIn", "Threads")
    use = join(**dict(zip(names, (60.0, 40.0, 30.0, 20.0), strict=False)))
    union = use.unite(names)
    core = use.unite(third).percent
    adds = [use.unite((*third, name)).percent - core for name in ("LinkedIn", "Threads")]
    assert union.low == pytest.approx(core + max(adds), abs=0.01)
    assert union.high == pytest.approx(core + min(sum(adds), 100 - core), abs=0.01)


def test_a_place_no_survey_knows_is_joined_by_limits_alone():
    """Of a place that only clients named, nothing is known of who else uses what."""
    union = join(Facebook=70.0, Nextdoor=20.0).unite(("Facebook", "Nextdoor"))
    assert (union.percent, union.low, union.high) == pytest.approx((None, 70, 90), abs=0.01)


def test_groups_tell_who_was_asked_together():
    """Eight places were asked about in both waves, some in one of them, others in none."""
    groups = group_platforms((*PLACES, "Nextdoor"))
    assert set(groups.core) == set(NEWEST[:8])
    assert groups.newer == ("Threads", "Bluesky")
    assert groups.older == ("LinkedIn", "Pinterest")
    assert groups.apart == ("Nextdoor",)


# -- intervals ----------------------------------------------------------------------------------


def correlate(names, percents):
    """How the use of each two places correlates, by their shares and the table of pairs."""
    found = np.eye(len(names))
    for i, j in itertools.combinations(range(len(names)), 2):
        first, second = percents[i] / 100, percents[j] / 100
        odds = np.array(load_odds()[frozenset((names[i], names[j]))].log)
        both = float(use_both(np.array(first), np.array(second), odds))
        spread = math.sqrt(first * (1 - first) * second * (1 - second))
        found[i, j] = found[j, i] = (both - first * second) / spread
    return found


@pytest.mark.parametrize(
    "names", [("Facebook", "X"), ("Facebook", "Instagram", "LinkedIn"), NEWEST[:5]]
)
def test_the_interval_is_that_of_many_draws(names):
    """Drawing shares and odds ratios many times gives the same standard error."""
    percents = (60.0, 30.0, 45.0, 20.0, 35.0)
    given_ = {name: share(name, each, 0.15) for name, each in zip(names, percents, strict=False)}
    use = join_shares([given_])[0]
    spread = float(use.spreads([{use.number_of(names): 1.0}])[0])
    logits = np.array([math.log(s.percent / (100 - s.percent)) for s in given_.values()])
    draw = np.random.default_rng(11)
    correlated = draw.multivariate_normal(logits, correlate(names, percents) * 0.15**2, size=300)
    drawn = 100 / (1 + np.exp(-correlated))
    found = join_shares(
        [{n: share(n, float(p)) for n, p in zip(names, row, strict=True)} for row in drawn]
    )
    without_odds = np.std([each.likely[-1] for each in found])
    odds = [load_odds()[frozenset(pair)].error for pair in itertools.combinations(names, 2)]
    assert without_odds * 0.9 < spread < math.hypot(without_odds, 0.12 * max(odds)) * 1.1


def test_unsure_odds_widen_the_interval():
    """With shares known for sure, the union is as unsure as the odds ratios are."""
    use = join(error=0.0, Facebook=50.0, X=30.0)
    odds = load_odds()[frozenset(("Facebook", "X"))]
    first, second = np.array(0.5), np.array(0.3)
    ends = [
        float(use_both(first, second, np.array(odds.log + sign * odds.error))) for sign in (1, -1)
    ]
    spread = float(use.spreads([{use.number_of(("Facebook", "X")): 1.0}])[0])
    assert spread == pytest.approx((ends[0] - ends[1]) / 2, rel=0.01)


def test_what_two_sets_share_does_not_make_their_difference_unsure():
    """A set and itself differ by nothing, for sure."""
    use = join(Facebook=50.0, X=30.0)
    number = use.number_of(("Facebook",))
    nothing, one = use.spreads([{number: 0.0}, {number: 1.0}])
    assert nothing == 0
    assert one == pytest.approx(0.1 * 0.25, rel=1e-3)
    assert list(use.spreads([{}])) == [0]


# -- counted clients ----------------------------------------------------------------------------


def test_clients_are_counted_person_by_person():
    """Twelve clients: each counts once in a union, with the interval of a count."""
    named = [(("Facebook",), 4), (("Facebook", "Nextdoor"), 3), (("Nextdoor",), 1), ((), 4)]
    use = count_clients(("Facebook", "Nextdoor"), named)
    union = use.unite(("Facebook", "Nextdoor"))
    assert union.percent == pytest.approx(100 * 8 / 12)
    low, high = proportion_interval(8, 12)
    assert (union.low, union.high) == pytest.approx((100 * low, 100 * high), abs=1e-6)
    assert not union.is_bounds


@pytest.mark.parametrize(
    ("named", "percent"), [([], 50), ([((), 10)], 0), ([(("X", "Y"), 10)], 100)]
)
def test_nobody_or_everybody_is_no_certainty(named, percent):
    """Without clients, or with ten who all say the same, the interval stays wide."""
    union = count_clients(("X", "Y"), named).unite(("X", "Y"))
    assert union.percent == percent
    assert union.low <= union.percent <= union.high
    assert union.high - union.low > 20


def counts_of(asked, **hits):
    """What clients said, of whom each place was counted by itself."""
    counted = Counted(Question.USE, asked, hits)
    return {name: count_share(counted, name) for name in hits}


@pytest.mark.parametrize("hits", range(1, 11))
def test_a_set_of_one_place_is_its_count(hits):
    """Of one count there is one figure: ten of ten are 100 (78 to 100), alone and as a set."""
    shares = counts_of(10, Facebook=hits, Threads=4, LinkedIn=3)
    told = join_counts([shares])[0].unite(("Facebook",))
    heads = [(("Facebook",), hits), ((), 10 - hits)]
    by_head = count_clients(("Facebook",), heads).unite(("Facebook",))
    own = shares["Facebook"]
    assert own.percent == 10 * hits
    for union in (told, by_head):
        assert (union.percent, union.low, union.high) == pytest.approx(
            (own.percent, own.low, own.high), abs=0.01
        )
    if hits == 10:
        assert (told.low, told.high) == pytest.approx((78, 100), abs=0.5)
        both = join_counts([shares])[0].unite(("Facebook", "Threads"))
        assert both.percent == 100


def test_a_place_that_adds_nobody_among_ten_may_still_add_some():
    """That no client was reached besides is a count of none of ten, and not sure."""
    use = count_clients(("Facebook", "X"), [(("Facebook", "X"), 4), (("Facebook",), 6)])
    adds = {use.number_of(("Facebook",)): 1.0, use.number_of(("Facebook", "X")): -1.0}
    spread = float(use.spreads([adds])[0])
    assert 100 * use.interval(0.0, spread)[1] == pytest.approx(
        100 * beta(0.5, 10.5).ppf(0.975), abs=1e-6
    )


JEFFREYS_LEAST = 0.9
"""Ten can be counted in few ways, so that the Jeffreys interval holds a little less often for some
shares and more often for others."""


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 0.98])
def test_intervals_of_ten_clients_hold_as_often_as_they_say(share):
    """Over all ways ten clients can answer, the interval of a set holds the share behind it.

    Facebook is used by such a share, X by a third as the survey has them together; the sets are
    the one and both, with what was counted by place alone and with what each client said.
    """
    names, asked = ("Facebook", "X"), 10
    odds = np.array(load_odds()[frozenset(names)].log)
    both = float(use_both(np.array(share), np.array(0.3), odds))
    chances = (1 - share - 0.3 + both, 0.3 - both, share - both, both)
    ways = [w for w in itertools.product(range(asked + 1), repeat=4) if sum(w) == asked]
    weights = multinomial(asked, chances).pmf(ways)
    sums = [(w, (w[2] + w[3], w[1] + w[3])) for w in ways]
    pairs = sorted({pair for _, pair in sums if min(pair) > 0})
    fitted = join_counts([counts_of(asked, Facebook=a, X=b) for a, b in pairs])
    told = {pair: [use.unite(n) for n in (names[:1], names)]
            for pair, use in zip(pairs, fitted, strict=True)}  # fmt: skip
    truths = 100 * share, 100 * (share + 0.3 - both)
    held, seen = np.zeros(3), 0.0
    for weight, (way, pair) in zip(weights, sums, strict=True):
        if pair not in told:
            continue
        counted = [((), way[0]), (("X",), way[1]), (("Facebook",), way[2]), (names, way[3])]
        unions = [*told[pair], count_clients(names, counted).unite(names)]
        seen += weight
        for at, (union, truth) in enumerate(zip(unions, (*truths, truths[1]), strict=True)):
            held[at] += weight * (union.low <= truth <= union.high)
    assert (held / seen > (0.93, 0.93, JEFFREYS_LEAST)).all(), held / seen


def test_a_sum_over_counted_clients_is_as_unsure_as_their_mean():
    """The standard error of a weighted reach is that of a mean over so many clients and two."""
    use = count_clients(("X", "Y"), [(("X",), 5), (("Y",), 5)])
    terms = {use.number_of(("X",)): -1.0}
    assert float(use.spreads([terms])[0]) == pytest.approx(math.sqrt(0.25 / 12))
    with pytest.raises(ValueError, match="18"):
        count_clients(tuple(map(str, range(19))), [])
