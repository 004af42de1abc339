"""Which places to be on: the rules, the hours, the people, and what would change the answer."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice, product

import pytest

from workbook.evidence import load_sources
from workbook.evidence.clients import Counted, Question
from workbook.evidence.profiles import Profile
from workbook.evidence.shares import Method
from workbook.evidence.survey import load_levels
from workbook.fit.audiences import Audience, Kind, Left, OwnFigure, list_places
from workbook.fit.changes import Lever, find_changes
from workbook.fit.choice import Wish, choose, describe_set
from workbook.fit.effort import (
    BASE,
    load_efforts,
    reckon_effort,
    set_hours,
)
from workbook.fit.listing import unite
from workbook.fit.numbers import OURS, SHARED_HOURS, default
from workbook.fit.suitability import WEIGHTS, Criterion, weigh_criteria
from workbook.fit.wording import write_change, write_left
from workbook.platforms import load_platforms

ADULTS = Audience(Profile("US"), 100)
WOMEN = Audience(Profile("US", {"gender": ("Women",), "age": ("30-49",)}), 60)
ITALY = Audience(Profile("Italy"), 100)


def clients(asked=12, question=Question.USE, **counts):
    """What so many clients said."""
    return (Counted(question, asked, counts),)


# -- hours --------------------------------------------------------------------------------------


def test_every_place_has_its_hours_with_a_reason():
    """No place of the workbook is without an effort, and each says why; sources are known."""
    efforts = load_efforts()
    assert set(efforts) == set(load_platforms())
    for effort in efforts.values():
        assert 0 < effort.hours < 10
        assert effort.reason.endswith(".")
        assert not effort.source or effort.source in load_sources()
    assert efforts["facebook"].hours == pytest.approx((3 * 30 + 10 * 3 + 15) / 60)
    assert efforts["linkedin"].hours == pytest.approx((2 * 20 + 10 * 3 + 15) / 60)


def test_hours_can_be_one_s_own():
    """Another cadence, other minutes or simply other hours take the place of our default."""
    quick = reckon_effort("facebook", posts=2, minutes=15, replies=5)
    assert quick.hours == pytest.approx((2 * 15 + 5 * 3 + 15) / 60)
    assert quick.is_own
    assert reckon_effort("instagram", posts=6).making == 2 * load_efforts()["instagram"].making
    assert reckon_effort("facebook") == load_efforts()["facebook"]
    assert set_hours("facebook", 1.5).hours == 1.5
    slow = OURS.put("platform_fit.minutes_image", 60).put("platform_fit.minutes_care", 0)
    assert load_efforts(numbers=slow)["facebook"].hours == pytest.approx((3 * 60 + 10 * 3) / 60)
    with pytest.raises(KeyError):
        reckon_effort("sculpture", posts=1)


def test_sets_fit_into_the_hours():
    """Reading, planning and figures are paid once, then each place; the empty set costs nothing."""
    choice = choose(Wish((ADULTS,), 6))
    for option in choice.options:
        taken = sum(choice.efforts[name].hours for name in option.places)
        assert option.hours == pytest.approx(
            taken + (default(SHARED_HOURS) if option.places else 0)
        )
        assert option.hours <= 6
    assert choice.options[-1].places == ()
    assert choice.best.places == ("Facebook", "LinkedIn")


@pytest.mark.parametrize("hours", [0, 1.5, 3.1])
def test_too_few_hours_leave_no_place(hours):
    """Without hours for the smallest place the answer is none, not a division by zero."""
    choice = choose(Wish((ADULTS,), hours))
    assert [option.places for option in choice.options] == [()]
    assert find_changes(choice)[0].lever is Lever.MORE_HOURS


# -- suitability --------------------------------------------------------------------------------


def test_suitability_is_the_mean_of_the_other_criteria():
    """Weights are rescaled to one; what is not known counts 0.3 and is to be found out."""
    criteria = {Criterion.CONTENT: 1.0, Criterion.PATH: 0.6, Criterion.ASSET: None}
    suits = weigh_criteria(criteria)
    told = (0.15 * 1.0 + 0.15 * 0.6 + (0.15 + 0.10 + 0.10) * 0.3) / 0.65
    assert suits.value == pytest.approx(told)
    assert set(suits.unknown) == {Criterion.GOAL, Criterion.SERVICE, Criterion.ASSET}
    assert weigh_criteria(dict.fromkeys(Criterion, 1.0)).value == pytest.approx(1)
    assert weigh_criteria({}).value == pytest.approx(default("platform_fit.unknown"))


@pytest.mark.parametrize("value", [1.2, -0.1, math.nan])
def test_criteria_that_cannot_be_are_refused(value):
    """A criterion lies between 0 and 1."""
    with pytest.raises(ValueError, match="criterion"):
        weigh_criteria({Criterion.PATH: value})


def test_weights_are_the_business_s_own():
    """Its own weights count, in any size; where it takes all away, all count alike."""
    criteria = {Criterion.PATH: 1.0, Criterion.GOAL: 0.0}
    heavy = OURS.put(WEIGHTS[Criterion.PATH], 10_000)
    assert weigh_criteria(criteria, heavy).value > 0.99
    nothing = OURS
    for path in WEIGHTS.values():
        nothing = nothing.put(path, 0)
    assert weigh_criteria(criteria, nothing).value == pytest.approx((1 + 3 * 0.3) / 5)
    assert weigh_criteria({}, OURS.put("platform_fit.unknown", 40)).value == 1


def test_a_place_that_suits_goes_before_one_that_more_people_use():
    """Reach is a ceiling, not a reason: a place that suits twice as well wins."""
    criteria = {
        "LinkedIn": dict.fromkeys(Criterion, 1.0),
        "Facebook": dict.fromkeys(Criterion, 0.2),
    }
    choice = choose(Wish((ADULTS,), 4.5, people=1, criteria=criteria))
    assert choice.best.places == ("LinkedIn",)
    assert choice.best.weighted.percent == pytest.approx(32.2, abs=0.1)


# -- rules --------------------------------------------------------------------------------------


def test_one_person_keeps_one_place():
    """One person gets one place, unless somebody signs an exception with a reason."""
    alone = choose(Wish((ADULTS,), 9, people=1))
    assert {len(option.places) for option in alone.options} == {0, 1}
    signed = choose(Wish((ADULTS,), 9, people=1, exception="Two of the places share one video."))
    assert len(signed.best.places) > 1
    assert choose(Wish((ADULTS,), 9, people=1, exception="  ")).best == alone.best
    assert choose(Wish((ADULTS,), 9)).best == signed.best


def test_the_base_is_no_choice():
    """Website, newsletter and business profile are there anyway, with the hours they take."""
    choice = choose(Wish((ADULTS,), 40))
    assert {effort.place for effort in choice.base} == BASE
    assert not {"Google Business Profile", "Own blog or newsletter"} & set(choice.search.places)


def test_places_without_a_figure_stand_apart():
    """They are neither dropped nor guessed."""
    choice = choose(Wish((ADULTS,), 40))
    assert choice.apart == ("Mastodon", "Nextdoor", "Discord", "Telegram")
    assert {*choice.search.places, *choice.apart} == set(list_places())


def test_from_the_survey_alone_the_answer_is_provisional():
    """Until ten clients are asked no place is primary."""
    choice = choose(Wish((ADULTS,), 6))
    assert choice.is_provisional
    assert choice.primary is None
    few = Audience(Profile("US"), 100, clients=clients(9, LinkedIn=9))
    assert choose(Wish((few,), 6)).is_provisional
    enough = Audience(Profile("US"), 100, clients=clients(10, LinkedIn=9))
    assert choose(Wish((enough,), 6)).primary == "LinkedIn"


def test_clients_take_the_place_of_the_survey():
    """Where ten clients have answered, use is what they said, of places no survey knows as well."""
    asked = Audience(Profile("US"), 100, clients=clients(12, Nextdoor=10, Facebook=1))
    choice = choose(Wish((asked,), 4, people=1))
    assert choice.best.places == ("Nextdoor",)
    assert choice.best.reach.percent == pytest.approx(100 * 10 / 12)
    assert (choice.search.places, choice.apart) == (("Facebook", "Nextdoor"), ())
    views = choice.audiences[0].views["Facebook"]
    assert views.survey.percent == 70.8
    assert views.own.percent == pytest.approx(100 / 12)
    assert views.own.percent < views.combined.percent < views.survey.percent


def test_a_place_that_no_client_named_is_in_no_set():
    """It would take hours and reach nobody; it is named, and stays comparable."""
    asked = Audience(Profile("US"), 100, clients=clients(12, Facebook=7))
    choice = choose(Wish((asked,), 40))
    assert [option.places for option in choice.options] == [("Facebook",), ()]
    assert "Mastodon" in choice.unnamed
    found = describe_set(choice, ["facebook", "mastodon"])
    assert found.reach == choice.best.reach
    assert found.hours > choice.best.hours
    assert found.uncounted == ()
    nobody = Audience(Profile("US"), 100, clients=clients(12))
    silent = choose(Wish((nobody,), 40))
    assert [option.places for option in silent.options] == [()]
    assert (silent.is_provisional, silent.primary) == (False, None)
    union = unite(choice.audiences[0], ["Facebook", "X"])
    assert union.percent == pytest.approx(100 * 7 / 12)
    assert unite(silent.audiences[0], ["Facebook", "X"]).low == 0
    assert unite(silent.audiences[0], ["Own blog or newsletter"]) is None


def test_where_clients_spend_time_goes_before_what_they_ever_used():
    """Both were asked: the choice rests on where they spend time."""
    said = (*clients(12, Facebook=12), *clients(12, Question.TIME, Reddit=12))
    choice = choose(Wish((Audience(Profile("US"), 100, clients=said),), 4.5, people=1))
    assert choice.best.places == ("Reddit",)


def test_how_clients_found_the_business_says_nothing_of_what_they_use():
    """It is shown, and the choice stays provisional."""
    said = clients(12, Question.FOUND, Facebook=12)
    choice = choose(Wish((Audience(Profile("US"), 100, clients=said),), 6))
    assert choice.is_provisional


def test_combinations_of_clients_are_counted_person_by_person():
    """Clients who use both places count once."""
    together = {frozenset(["Facebook", "Reddit"]): 6, frozenset(["Nextdoor"]): 6}
    counted = Counted(Question.USE, 12, {"Facebook": 6, "Reddit": 6, "Nextdoor": 6}, together)
    choice = choose(Wish((Audience(Profile("US"), 100, clients=(counted,)),), 5))
    assert choice.best.places in {("Facebook", "Nextdoor"), ("Reddit", "Nextdoor")}


def test_businesses_are_not_chosen_for_by_a_survey_of_adults():
    """For B2B the survey is context; only what clients said counts."""
    firms = Audience(Profile("US"), 100, Kind.BUSINESSES)
    choice = choose(Wish((firms,), 6))
    assert [option.places for option in choice.options] == [()]
    assert choice.audiences[0].left is Left.BUSINESSES
    assert choice.audiences[0].reach.shares["LinkedIn"].percent == 32.2
    assert (choice.counted, choice.is_provisional) == (0, True)
    own = {"LinkedIn": OwnFigure(70, 900, "A trade body")}
    few = Audience(Profile("US"), 100, Kind.BUSINESSES, own, clients(9, LinkedIn=9))
    assert choose(Wish((few,), 6)).counted == 0
    told = Audience(Profile("US"), 100, Kind.BUSINESSES, clients=clients(12, LinkedIn=11))
    assert choose(Wish((told,), 6)).primary == "LinkedIn"


def test_audiences_that_count_are_named_with_their_share():
    """A mixed business: the reach is that of the 60 percent something is known of."""
    firms = Audience(Profile("US"), 40, Kind.BUSINESSES)
    mixed = choose(Wish((WOMEN, firms), 6))
    alone = choose(Wish((Audience(WOMEN.profile, 100),), 6))
    assert mixed.counted == 60
    assert mixed.best.reach.percent == pytest.approx(alone.best.reach.percent)


def test_without_any_figure_there_is_nothing_to_choose_by():
    """A country without a table has no sets but the empty one, and says why."""
    choice = choose(Wish((ITALY,), 10))
    assert choice.audiences[0].left is Left.COUNTRY_UNKNOWN
    assert [option.places for option in choice.options] == [()]
    assert choice.apart == list_places()


def test_own_figures_fill_what_no_table_has():
    """A figure the user knows, with the number asked, gets an interval and counts."""
    own = {"Instagram": OwnFigure(55, 400, "Chamber of commerce, 2026")}
    choice = choose(Wish((Audience(Profile("Italy"), 100, own=own),), 6))
    share = choice.audiences[0].reach.shares["Instagram"]
    assert (share.method, share.source) == (Method.OWN, "Chamber of commerce, 2026")
    assert 49 < share.low < 55 < share.high < 61
    assert choice.best.places == ("Instagram",)
    assert "Instagram" not in choice.audiences[0].reach.missing


# -- what would change it -----------------------------------------------------------------------


def test_what_would_change_the_answer_does():
    """Each change is true: with it, the best set is the one that is told."""
    wish = Wish((ADULTS,), 6, people=1)
    changes = {(c.lever, c.place): c for c in find_changes(choose(wish))}
    more = changes[Lever.MORE_HOURS, ""]
    assert choose(Wish((ADULTS,), 6 + more.hours, people=1)).best.places == more.places
    fewer = changes[Lever.FEWER_HOURS, ""]
    assert choose(Wish((ADULTS,), fewer.hours - 0.01, people=1)).best.places == fewer.places
    freed = changes[Lever.EXCEPTION, ""]
    assert choose(Wish((ADULTS,), 6, people=1, exception="Yes")).best.places == freed.places
    good = changes[Lever.FOUND_GOOD, "LinkedIn"]
    criteria = {"LinkedIn": dict.fromkeys(Criterion, 1.0)}
    assert choose(Wish((ADULTS,), 6, people=1, criteria=criteria)).best.places == good.places
    assert (Lever.CLIENTS, "") in changes


def test_what_a_group_stands_for_turns_the_choice_where_it_is_told():
    """Just below the share that is told the best set stays, at it another one is the best."""
    young = Profile("US", {"age": ("18-29",)})
    old = Profile("US", {"age": ("65+",)})

    def wish(share):
        groups = Audience(old, 100 - share, name="Old"), Audience(young, share, name="Young")
        return Wish(groups, 5, people=1)

    choice = choose(wish(30))
    (change,) = [c for c in find_changes(choice) if c.lever is Lever.SHARE]
    assert (change.group, change.number) == ("Young", 2)
    assert 30 < change.percent < 100
    assert choose(wish(change.percent - 0.1)).best.places == choice.best.places
    assert choose(wish(change.percent + 0.1)).best.places == change.places != choice.best.places


def test_another_weight_is_told_only_when_it_turns_the_choice():
    """With the criterion counted double, or for nothing, the set that is told is the best."""
    criteria = {
        name: {**dict.fromkeys(Criterion, 0.5), Criterion.GOAL: float(name == "LinkedIn")}
        for name in list_places()
    }
    wish = Wish((ADULTS,), 4.5, people=1, criteria=criteria)
    changes = {c.criterion: c for c in find_changes(choose(wish)) if c.criterion}
    assert changes[Criterion.GOAL].lever in {Lever.DOUBLE, Lever.NOTHING}
    for criterion, change in changes.items():
        factor = 2 if change.lever is Lever.DOUBLE else 0
        numbers = OURS.put(WEIGHTS[criterion], factor * default(WEIGHTS[criterion]))
        then = choose(replace(wish, numbers=numbers)).best.places
        assert then == change.places != choose(wish).best.places
    settled = {name: dict.fromkeys(Criterion, 0.5) for name in list_places()}
    same = find_changes(choose(replace(wish, criteria=settled)))
    assert not [change for change in same if change.criterion]


def test_few_clients_and_the_worth_of_the_survey_turn_the_choice_where_they_do():
    """Six clients who all say Reddit; and twelve whose answers a survey would outvote."""
    few = Audience(Profile("US"), 100, clients=clients(6, Reddit=6))
    (change,) = [
        c for c in find_changes(choose(Wish((few,), 4.5, people=1))) if c.lever is Lever.FEW_CLIENTS
    ]
    assert (change.places, change.number) == (("Reddit",), 6)
    asked = Audience(Profile("US"), 100, clients=clients(12, Reddit=5, Facebook=4))
    wish = Wish((asked,), 4.5, people=1)
    assert choose(wish).best.places == ("Reddit",)
    (change,) = [c for c in find_changes(choose(wish)) if c.lever is Lever.SURVEY]
    assert change.places == ("Facebook",)
    light = replace(wish, numbers=OURS.put("audience.survey_worth", 0.5))
    assert not [c for c in find_changes(choose(light)) if c.lever is Lever.SURVEY]


def test_what_is_known_cannot_be_found_out():
    """A place of which all is known changes nothing by being looked into."""
    criteria = {name: dict.fromkeys(Criterion, 0.5) for name in list_places()}
    levers = {
        change.lever for change in find_changes(choose(Wish((ADULTS,), 6, criteria=criteria)))
    }
    assert not levers & {Lever.FOUND_GOOD, Lever.FOUND_BAD}


# -- many groups --------------------------------------------------------------------------------


def many_groups(number):
    """So many different groups with equal shares."""
    levels = load_levels()
    mixes = islice(
        product(levels["age"], levels["gender"], levels["education"], levels["income"]), number
    )
    keys = ("age", "gender", "education", "income")
    return [
        Audience(
            Profile("US", dict(zip(keys, ((part,) for part in mix), strict=True))), 100 / number
        )
        for mix in mixes
    ]


def test_groups_of_the_same_people_share_their_work():
    """Two hundred equal groups are reckoned as one, and get the answer of one."""
    alike = [Audience(WOMEN.profile, 0.5, name=f"Group {n}") for n in range(200)]
    choice = choose(Wish(tuple(alike), 6))
    assert len(choice.search.groups) == 1
    assert len(choice.audiences) == 200
    assert [each.audience.name for each in choice.audiences] == [each.name for each in alike]
    alone = choose(Wish((Audience(WOMEN.profile, 100),), 6))
    assert choice.best.reach == pytest.approx(alone.best.reach)


def test_of_too_many_different_groups_the_first_are_counted_and_the_rest_named(monkeypatch):
    """Nothing hangs and nothing is dropped silently: the rest says why it does not count."""
    monkeypatch.setattr("workbook.fit.audiences.MOST_GROUPS", 2)
    choice = choose(Wish(tuple(many_groups(3)), 6))
    assert [each.left for each in choice.audiences] == [None, None, Left.MANY]
    assert choice.counted == pytest.approx(200 / 3)
    assert "different groups" in write_left(Left.MANY, OURS)


def test_a_share_of_equal_groups_is_told_of_them_together():
    """Groups of the same people are shifted together, and the sentence names each of them."""
    young, old = Profile("US", {"age": ("18-29",)}), Profile("US", {"age": ("65+",)})
    shares = (Audience(old, 70, name="Old"), Audience(young, 15, name="A"),
              Audience(young, 15, name="B"))  # fmt: skip
    choice = choose(Wish(shares, 5, people=1))
    (change,) = [c for c in find_changes(choice) if c.lever is Lever.SHARE]
    assert change.numbers == (2, 3)
    assert write_change(change, choice).startswith("If A and B stood for ")
