"""A plan's answers as a choice of places: what is read, what stays open, what is put right."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.any_plan import _plans
from workbook.evidence.clients import Question
from workbook.evidence.survey import place_ids
from workbook.fit.audiences import Kind, Left, list_places
from workbook.fit.choice import choose, describe_set
from workbook.fit.effort import load_efforts, reckon_effort
from workbook.fit.listing import list_choice
from workbook.fit.planned import choose_for, hours_of, list_chosen, wish_of
from workbook.fit.request import read_wish
from workbook.fit.suitability import Criterion
from workbook.fit.wording import list_notes, write_recommendation
from workbook.imports.clients import read_clients
from workbook.plan import Plan, replace_answer

OWNERS = {"id": "ownr", "name": "Home owners", "country": "US", "ages": ["30-49"], "share": 60}
STUDENTS = {"id": "stud", "name": "Students", "country": "usa", "ages": ["18-29"], "share": 40}


def make(groups=(OWNERS, STUDENTS), *, hours=6, audience=(), start=(), fit=(), goals=(), own=()):
    """A plan with these answers."""
    return Plan.model_validate(
        {
            "start": {**({} if hours is None else {"hours_per_week": hours}), **dict(start)},
            "audience": {"groups": groups, **dict(audience)},
            "platform_fit": dict(fit),
            "goals": dict(goals),
            "own_defaults": dict(own),
        }
    )


def count(asked=12, question="use", group=None, *, key="tal1", **counts):
    """What so many clients answered."""
    told = {"id": key, "question": question, "asked": asked, "counts": list(counts.items())}
    return {**told, "group": group} if group else told


def told(plan):
    """What was left out of a plan's answers, or put in proportion."""
    return {remark.id: dict(remark.values) for remark in wish_of(plan).remarks}


# -- the people ---------------------------------------------------------------------------------


def test_a_plan_and_a_file_that_ask_the_same_get_the_same():
    """The groups of a plan give the figures and sets that a file with these audiences gives."""
    asked = {
        "audiences": [
            {"country": "US", "age": ["30-49"], "share": 60},
            {"country": "US", "age": ["18-29"], "share": 40},
        ],
        "hours": 6,
    }
    by_file = list_choice(choose(read_wish(json.dumps(asked).encode(), "wish.json")), {})
    by_plan = list_choice(choose_for(make()), {})
    assert by_plan["sets"] == by_file["sets"]
    figures = [[each["platforms"] for each in found["audiences"]] for found in (by_plan, by_file)]
    assert figures[0] == figures[1]
    assert [each["name"] for each in by_plan["audiences"]] == ["Home owners", "Students"]


def test_notes_call_a_group_by_its_name():
    """A thin group is named as the business names it; without a name by its number."""
    thin = {**OWNERS, "ages": ["18-29"], "sexes": ["Men"], "education": ["HS or less"]}
    notes = {note.id: note.text for note in list_notes(choose_for(make((thin,))))}
    assert notes["thin"].startswith("Home owners: only ")
    notes = {n.id: n.text for n in list_notes(choose_for(make(({**thin, "name": None},))))}
    assert notes["thin"].startswith("Group 1: only ")


@pytest.mark.parametrize(
    ("shares", "counted", "remark"),
    [
        ([60, 40], [60, 40], None),
        ([None], [100], None),
        ([33.3, 33.3, 33.3], [33.3, 33.3, 33.3], None),
        ([60, 30], [66.7, 33.3], "shares_rescaled"),
        ([60], [100], "shares_rescaled"),
        ([90, 90], [50, 50], "shares_rescaled"),
        ([None, None], [50, 50], "shares_open"),
        ([50, None, None], [50, 25, 25], "shares_part"),
        ([100, None], [100, 0], "shares_nothing_left"),
        ([0, 0], [50, 50], "shares_zero"),
        ([0], [100], "shares_zero"),
        ([100, 0], [100, 0], None),
    ],
)
def test_shares_that_do_not_add_up_are_put_in_proportion_openly(shares, counted, remark):
    """Whatever shares are given, they add up for reckoning, and what was done is said."""
    groups = [
        {**({} if share is None else {"share": share}), "id": f"grp{n}", "country": "US"}
        for n, share in enumerate(shares)
    ]
    plan = make(groups)
    assert [a.share for a in wish_of(plan).audiences] == pytest.approx(counted, abs=0.05)
    assert list(told(plan)) == ([remark] if remark else [])
    assert choose_for(plan).best.reach.percent > 0


def test_both_numbers_of_a_rescaled_share_are_told():
    """The note has the sum, what was given and what is counted."""
    plan = make(({**OWNERS, "share": 60}, {**STUDENTS, "share": 30}))
    note = list_notes(choose_for(plan))[0]
    assert note.id == "shares_rescaled"
    for words in ("90 %", "Home owners 66.7 % instead of 60 %", "Students 33.3 % instead of 30 %"):
        assert words in note.text


@pytest.mark.parametrize(
    ("buyers", "customers", "kind"),
    [
        ("people", "businesses", Kind.CONSUMERS),
        ("businesses", None, Kind.BUSINESSES),
        (None, "businesses", Kind.BUSINESSES),
        (None, "both", Kind.OPEN),
    ],
)
def test_who_buys_decides_whether_a_survey_of_adults_counts(buyers, customers, kind):
    """A group says it for itself; else a business that sells to businesses alone says it."""
    group = {**OWNERS, **({"buyers": buyers} if buyers else {})}
    plan = make((group,), start={"customers": customers} if customers else {})
    assert wish_of(plan).audiences[0].kind is kind
    is_left = choose_for(plan).audiences[0].left is Left.BUSINESSES
    assert is_left is (kind is Kind.BUSINESSES)


def test_a_country_without_a_table_says_so_plainly():
    """The group gets no figure and no guess, and the sentence tells the way out."""
    choice = choose_for(make(({**OWNERS, "country": "Atlantis"},)))
    found = list_choice(choice, {})["audiences"][0]
    assert "no table on this country" in found["missing"]["Facebook"]
    assert "Ask 10 clients" in write_recommendation(choice).because


# -- clients, figures and colleagues ------------------------------------------------------------


def test_a_count_of_no_group_counts_for_every_group():
    """Each group that has no count of its own is told by the clients of all groups."""
    tallies = [count(10, linkedin=6), count(5, group="stud", key="tal2", linkedin=1, tiktok=4)]
    owners, students = wish_of(make(audience={"tallies": tallies})).audiences
    assert owners.counted(Question.USE).asked == 10
    own = students.counted(Question.USE)
    assert (own.asked, own.hits("LinkedIn"), own.hits("TikTok")) == (5, 1, 4)


def test_questions_are_counted_apart():
    """Where clients spend time is no answer to whether they ever use a place."""
    tallies = [count(10, facebook=6), count(10, "found", key="tal2", google_business=9)]
    audience = wish_of(make(audience={"tallies": tallies})).audiences[0]
    assert audience.counted(Question.USE).counts == {"Facebook": 6}
    assert audience.counted(Question.FOUND).counts == {"Google Business Profile": 9}
    assert audience.counted(Question.TIME) is None


@pytest.mark.parametrize(
    ("tally", "remark"),
    [
        (count(5, facebook=6), "count_above"),
        (count(0, facebook=1), "count_above"),
        ({"id": "tal1", "asked": 12, "counts": [["facebook", 7]]}, "tally_unfinished"),
        ({"id": "tal1", "question": "use", "counts": [["facebook", 7]]}, "tally_unfinished"),
        (count(12, group="gone", facebook=7), "group_gone"),
    ],
)
def test_a_count_that_cannot_be_true_is_left_out_and_told(tally, remark):
    """It is not taken for nobody, not cut down and not silently forgotten."""
    plan = make(audience={"tallies": [tally]})
    assert list(told(plan)) == [remark]
    assert all(not audience.clients for audience in wish_of(plan).audiences)
    assert choose_for(plan).is_provisional
    assert list_notes(choose_for(plan))[0].id == remark


def test_a_list_of_clients_from_a_spreadsheet_counts_in_a_plan():
    """Semicolons, a BOM, mixed case, spaces, a client twice and a place nobody knows."""
    rows = ["Client;Do you ever use?", "Ann;Facebook ", "Ann;facebook", "Bea;LINKEDIN, Friendster"]
    raw = ("\ufeff" + "\r\n".join(rows)).encode()
    found = read_clients(raw, "clients.csv")
    counted = found.of(Question.USE) or found.counted[0]
    assert found.problems
    ids = place_ids()
    counts = {ids[name]: hits for name, hits in counted.counts.items() if name in ids}
    tally = count(counted.asked, counted.question.value, **counts)
    audience = wish_of(make(audience={"tallies": [tally]})).audiences[0]
    read = audience.counted(counted.question)
    assert (read.asked, read.counts) == (2, {"Facebook": 1, "LinkedIn": 1})


def test_an_entry_that_was_only_begun_is_nothing_to_complain_about():
    """An empty entry, or one of nobody asked, is left alone."""
    plan = make(audience={"tallies": [{"id": "tal1"}, count(0, key="tal2")]})
    assert not told(plan)


def test_own_figures_go_to_their_group_first():
    """A figure about one group goes before one about all of them; one without a number is told."""
    figures = [
        {"id": "fig1", "platform": "facebook", "percent": 20, "asked": 400, "group": "stud"},
        {"id": "fig2", "platform": "facebook", "percent": 50, "asked": 900, "source": "Chamber"},
        {"id": "fig3", "platform": "x", "percent": 10},
        {"id": "fig4", "platform": "x", "percent": 10, "asked": 50, "group": "gone"},
        {"id": "fig5", "platform": "other", "percent": 10, "asked": 50},
    ]
    plan = make(audience={"figures": figures})
    owners, students = wish_of(plan).audiences
    assert (owners.own["Facebook"].percent, students.own["Facebook"].percent) == (50, 20)
    assert "X" not in owners.own
    assert set(told(plan)) == {"figure_unfinished", "group_gone"}


@pytest.mark.parametrize("objectives", [["leads"], ["leads", "referrals"]])
def test_colleagues_count_for_referrals_alone(objectives):
    """Peers raise how well a place serves the goal only when referrals are one."""
    peers = {"peers_asked": 10, "peers": [["linkedin", 8], ["x", 1], ["reddit", 12]]}
    places = [{"id": "plc1", "platform": "facebook", "serves": "no"}]
    plan = make(audience=peers, goals={"objectives": objectives}, fit={"places": places})
    goal = {name: each[Criterion.GOAL] for name, each in wish_of(plan).criteria.items()}
    assert goal["LinkedIn"] == (0.8 if "referrals" in objectives else None)
    assert (goal["X"], goal["Reddit"], goal["Facebook"]) == (None, None, 0)
    assert set(told(plan)) == {"peers_above"}


# -- the team, the hours and the places ---------------------------------------------------------


@pytest.mark.parametrize(
    ("hands", "people", "most"),
    [(1, 9, 1), (0, None, 1), (3, 1, None), ("unknown", 1, 1), (None, 1, 1), (None, 2, None)],
)
def test_one_person_is_told_from_the_team(hands, people, most):
    """Who really does it goes before how many work there."""
    fit = {} if hands is None else {"hands": hands}
    plan = make(fit=fit, start={} if people is None else {"people": people})
    assert wish_of(plan).most == most


def test_an_exception_wants_a_reason_and_a_name():
    """One of the two alone frees nobody of the rule."""
    alone = {"hands": 1, "exception": "Two of them share a video."}
    assert wish_of(make(fit=alone)).most == 1
    assert wish_of(make(fit={"hands": 1, "exception_by": "The owner"})).most == 1
    assert wish_of(make(fit={**alone, "exception_by": "The owner"})).most is None


def test_what_is_known_of_a_place_comes_from_the_answers_and_its_facts():
    """Content, goal, way, service and account, each from 0 to 1; the rest is to be found out."""
    plan = make(
        fit={
            "makes": ["text", "image", "none"],
            "places": [
                {"id": "plc1", "platform": "facebook", "serves": "yes", "answers": "no"},
                {"id": "plc2", "platform": "x", "serves": "unknown"},
            ],
        },
        goals={
            "whys": [
                {"id": "why1", "platform": "tiktok", "serves": "nothing"},
                {"id": "why2", "platform": "reddit", "serves": "leads"},
                {"id": "why3", "platform": "x", "serves": "leads"},
            ]
        },
        start={
            "has_accounts": "yes",
            "accounts": [
                {"id": "acc1", "platform": "facebook", "last_posted": "month"},
                {"id": "acc2", "platform": "x", "last_posted": "quarter"},
                {"id": "acc3", "platform": "tiktok", "last_posted": "unknown"},
                {"id": "acc4", "platform": "reddit", "last_posted": "month", "access": ["left"]},
            ],
        },
    )
    found = wish_of(plan).criteria
    facebook = found["Facebook"]
    assert facebook[Criterion.CONTENT] == 0.5
    assert (facebook[Criterion.GOAL], facebook[Criterion.SERVICE]) == (1, 0)
    assert 0 < facebook[Criterion.PATH] <= 1
    goals = {name: found[name][Criterion.GOAL] for name in ("X", "TikTok", "Reddit", "Pinterest")}
    assert goals == {"X": None, "TikTok": 0, "Reddit": 1, "Pinterest": None}
    names = ("Facebook", "X", "TikTok", "Reddit", "Pinterest")
    assert [found[name][Criterion.ASSET] for name in names] == [1, 0.5, None, 0, 0]
    assert found["Pinterest"][Criterion.SERVICE] is None
    assert wish_of(make(fit={"makes": ["none"]})).criteria["X"][Criterion.CONTENT] == 0


@pytest.mark.parametrize(("answer", "asset"), [(None, None), ("yes", None), ("no", 0)])
def test_accounts_nobody_told_of_are_to_be_found_out(answer, asset):
    """Without a list it is not known where the accounts are, unless there are none."""
    plan = make(start={"has_accounts": answer} if answer else {})
    assert wish_of(plan).criteria["Facebook"][Criterion.ASSET] == asset


def test_hours_of_a_place_are_the_business_s_own():
    """Posts, minutes and replies it gave take the place of ours, one by one."""
    places = [
        {"id": "plc1", "platform": "facebook", "posts": 6},
        {"id": "plc2", "platform": "facebook", "replies": 0},
        {"id": "plc3", "platform": "own", "minutes": 60},
    ]
    plan = make(fit={"places": places})
    choice = choose_for(plan)
    ours = load_efforts()["facebook"]
    assert choice.efforts["Facebook"].hours == pytest.approx(2 * ours.making + ours.care)
    assert choice.efforts["LinkedIn"] == load_efforts()["linkedin"]
    base = {effort.place: effort for effort in choice.base}
    assert base["own"] == reckon_effort("own", minutes=60)
    assert hours_of(plan, ["facebook"]) == pytest.approx(choice.efforts["Facebook"].hours + 2)


def test_every_number_can_be_the_business_s_own():
    """Minutes, weights, the worth of the survey and the clients to ask are read from the plan."""
    own = {
        "platform_fit.minutes_image": 60, "platform_fit.weight_goal": 1, "start.shared_hours": 0,
        "audience.clients_least": 5, "platform_fit.shown_sets": 2, "platform_fit.gone": 7,
        "audience.survey_worth": 0,
    }  # fmt: skip
    tallies = [count(6, linkedin=6, facebook=1)]
    plan = make(audience={"tallies": tallies}, own=own)
    choice = choose_for(plan)
    assert choice.efforts["Facebook"].hours == pytest.approx((3 * 60 + 10 * 3 + 15) / 60)
    assert not choice.is_provisional
    assert choice.search.shared == 0
    assert choice.primary == "LinkedIn"
    assert choice.audiences[0].views["LinkedIn"].combined is None
    assert len(choice.options) <= 4
    places = {"id": "plc1", "platform": "linkedin", "serves": "yes"}
    heavy = choose_for(make(fit={"places": [places]}, own=own))
    usual = choose_for(make(fit={"places": [places]}))
    assert heavy.suitability["LinkedIn"].value > usual.suitability["LinkedIn"].value


# -- open answers -------------------------------------------------------------------------------


def test_open_hours_are_not_zero_hours():
    """Nobody said how many hours there are: no set, and the question is named."""
    for hours in (None, "unknown"):
        choice = choose_for(make(hours=hours))
        notes = [note.id for note in list_notes(choice)]
        assert notes[0] == "hours_open"
        assert "no_hours" not in notes
        assert choice.best.places == ()
        assert "not answered" in write_recommendation(choice).because
    assert list_notes(choose_for(make(hours=0)))[0].id == "no_hours"


def test_an_empty_plan_gets_an_answer():
    """Nobody is named: no place, no figure, no error."""
    choice = choose_for(Plan())
    assert [option.places for option in choice.options] == [()]
    assert "Nobody is named" in write_recommendation(choice).because
    assert list_choice(choice, {"pair": ["Facebook", "X"]})["audiences"] == []


READ = ["start", "audience", "platform_fit", "goals"]


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(READ), min_size=2).flatmap(lambda n: _plans({*n, "own_defaults"})))
def test_no_plan_breaks_it(plan):
    """Whatever a plan holds, there is an answer with its words, and the choice is that of all."""
    choice = choose_for(plan)
    found = json.loads(json.dumps(list_choice(choice, {"pair": ["Facebook", "X"]})))
    assert all(found["recommendation"].values())
    assert () in {option.places for option in choice.options}
    parts = (choice.search.places, choice.apart, choice.unnamed, choice.unnamed_here)
    assert sorted(sum(parts, ())) == sorted(list_places())
    assert all(each["hours"] <= choice.wish.hours + 0.01 for each in found["sets"])
    assert choose(wish_of(plan)).options == choice.options
    assert sum(audience.share for audience in choice.wish.audiences) == pytest.approx(
        100 if plan.audience.groups else 0, abs=0.5
    )


# -- what is kept and what was chosen -----------------------------------------------------------


def test_a_choice_is_reckoned_once():
    """Another answer elsewhere leaves it; each answer that it reads makes it anew."""
    plan = make(start={"accounts": [{"id": "acc1", "platform": "x", "last_posted": "month"}]})
    first = choose_for(plan)
    for path, value in (
        ("start.name", "Example Plumbing"),
        ("platform_fit.first", "facebook"),
        ("start.accounts.acc1.handle", "example"),
        ("own_defaults.goals.most_goals", 2.0),
    ):
        assert choose_for(replace_answer(plan, path, value)) is first
    for path, value in (
        ("start.hours_per_week", 7.0),
        ("start.accounts.acc1.platform", "facebook"),
        ("own_defaults.platform_fit.unknown", 0.5),
    ):
        assert choose_for(replace_answer(plan, path, value)) is not first


def test_the_places_chosen_are_those_named():
    """The first and the further ones, each once; the base is there anyway."""
    further = [{"id": "fur1", "platform": "own"}, {"id": "fur2", "platform": "x"},
               {"id": "fur3", "platform": "facebook"}, {"id": "fur4"}]  # fmt: skip
    plan = make(fit={"first": "facebook", "further": further})
    assert list_chosen(plan) == ("facebook", "x")
    assert list_chosen(Plan()) == ()


def test_any_set_can_be_compared_with_the_best():
    """A set that does not fit, or of which nothing is known, has its hours and its reach."""
    plan = make()
    choice = choose_for(plan)
    ids = ["youtube", "facebook", "mastodon", "own", "other"]
    found = describe_set(choice, ids)
    assert found.places == ("Facebook", "YouTube", "Mastodon")
    assert found.uncounted == ("Mastodon",)
    assert found.hours == pytest.approx(hours_of(plan, ids))
    assert found.hours > choice.wish.hours
    assert found.reach.percent > choice.best.reach.percent
    assert describe_set(choice, []).reach.percent == 0
    assert hours_of(plan, ["own"]) == describe_set(choice, ["own"]).hours == 0
    ids = [choice.efforts[name].place for name in choice.best.places]
    best = describe_set(choice, ids)
    assert (best.reach, best.hours) == (choice.best.reach, choice.best.hours)


# -- what may not be called firm, added up or said ----------------------------------------------


def test_it_is_provisional_while_a_group_with_a_share_has_not_ten_clients():
    """Nine tenths of the business unasked: no main place, whatever the last tenth said."""
    groups = (
        {**OWNERS, "buyers": "businesses", "share": 90},
        {**STUDENTS, "buyers": "people", "share": 10},
    )
    tallies = [count(10, group="stud", tiktok=9)]
    choice = choose_for(make(groups, hours=9, audience={"tallies": tallies}))
    assert choice.is_provisional
    assert choice.primary is None
    told = write_recommendation(choice)
    assert "provisional" in told.what
    assert "10 clients" in told.change
    nothing = ({**groups[0], "share": 0}, {**groups[1], "share": 100})
    firm = choose_for(make(nothing, hours=9, audience={"tallies": tallies}))
    assert (firm.is_provisional, firm.primary) == (False, "TikTok")


def test_a_group_s_own_count_goes_before_the_count_of_all():
    """The same clients are not counted twice, and it is said which count holds."""
    tallies = [count(6, linkedin=6), count(6, group="stud", key="tal2", tiktok=4)]
    plan = make(audience={"tallies": tallies})
    owners, students = wish_of(plan).audiences
    assert owners.counted(Question.USE).counts == {"LinkedIn": 6}
    own = students.counted(Question.USE)
    assert (own.asked, own.counts) == (6, {"TikTok": 4})
    notes = {note.id: note.text for note in list_notes(choose_for(plan))}
    assert "Students" in notes["own_count_first"]
    assert "6 clients" in notes["own_count_first"]


def test_a_place_named_under_another_question_is_not_called_named_by_nobody():
    """Twenty-nine of thirty ever use Facebook; where they spend time decides, and is said to."""
    tallies = [
        count(30, "use", facebook=29, reddit=3),
        count(10, "time", key="tal2", reddit=3),
    ]
    notes = {
        n.id: n.text for n in list_notes(choose_for(make((OWNERS,), audience={"tallies": tallies})))
    }
    assert "Facebook" not in notes["unnamed"]
    assert "Instagram" in notes["unnamed"]
    assert "Facebook" in notes["unnamed_here"]
    assert "spend time" in notes["unnamed_here"]
