"""What the workbook says about reasons, the decision and goals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.checks import Severity, Status, measure_progress, run
from workbook.content import load_step
from workbook.plan import Plan, annotation_of, replace_answer
from workbook.platforms import load_platforms
from workbook.steps.goals.answers import Cadence, Decision, Direction, Objective, Serves
from workbook.steps.goals.measures import is_thin_reason, load_metrics, load_stages
from workbook.values import Problem, read

TODAY = date(2027, 1, 15)

SOUND = {
    "id": "g001",
    "wish": "More people in town ask us for a bathroom",
    "objective": "leads",
    "metric": "leads_per_month",
    "direction": "increase",
    "audience": "Families with an older house",
    "page": "The page about bathrooms",
    "baseline": 6,
    "target": 16,
    "due": "2027-07-31",
    "source": "A tally beside the phone",
    "reader": "The office manager",
    "review": "monthly",
    "if_missed": "Look whether people reach the page at all.",
}
USED = {"aim": "More bathrooms, fewer repairs.", "objectives": ["leads"], "decision": "use"}


def _plan(goals, **other):
    return Plan.model_validate({"start": {"hours_per_week": 4}, "goals": goals, **other})


def _found(goals, **other):
    return {f.id: f for f in run(_plan(goals, **other), TODAY)}


def _judge(**changes):
    """What the step finds in one goal that is sound but for these changes."""
    found = _found({**USED, "goals": [{**SOUND, **changes}]})
    return {name: finding for name, finding in found.items() if finding.step == "goals"}


def _why(**answers):
    return _found({"whys": [{"id": "wy01", "platform": "tiktok", **answers}]})


# -- why, and whether at all --------------------------------------------------------------------


def test_sound_goal_passes():
    """A goal with everything that makes it one leaves nothing to say."""
    assert _judge() == {}


def test_untouched_plan_asks_for_the_decision():
    """At first the decision is what is open, and no goal is scolded for being absent."""
    found = _found({})
    assert found["decision-missing"].severity is Severity.BLOCK
    assert not [name for name in found if name.startswith("goal-")]


def test_using_social_media_needs_a_goal():
    """Whoever decides to use social media has no plan before there is a goal."""
    finding = _found(USED)["goal-missing"]
    assert finding.severity is Severity.BLOCK
    assert {"A1", "B1"} <= set(finding.seeds)


WAITING = {
    "aim": "Full lunch tables.",
    "objectives": ["sales"],
    "decision": "not_now",
    "instead": "Phone ten past clients each month.",
    "instead_who": "The owner",
    "instead_until": "2027-06-30",
}


@pytest.mark.parametrize("route", ["short", "full"])
def test_not_for_now_is_a_complete_plan(route):
    """Something instead, who does it and a day to look again: nothing is open, no hours needed."""
    start = {
        "route": route,
        "name": "Example Café",
        "sells": "Lunch",
        "customers": "people",
        "has_website": "no",
        "has_accounts": "yes",
        "accounts": [{"id": "ac01", "platform": "facebook"}],
    }
    plan = Plan.model_validate({"start": start, "goals": WAITING})
    assert [f.id for f in run(plan, TODAY) if f.severity is not Severity.NOTE] == []
    for step in ("start", "goals"):
        assert measure_progress(plan, load_step(step)).status is Status.COMPLETED
    used = replace_answer(plan, "goals.decision", Decision.USE)
    assert measure_progress(used, load_step("start")).next_path == "start.hours_per_week"
    assert measure_progress(used, load_step("goals")).next_path == "goals.whys"


def test_not_for_now_needs_somebody_who_does_the_other_thing():
    """What is done instead is not complete before somebody is named for it."""
    plan = Plan.model_validate({"goals": {**WAITING, "instead_who": None}})
    assert measure_progress(plan, load_step("goals")).next_path == "goals.instead_who"


def test_not_for_now_needs_something_instead():
    """Hours that are not given to something disappear."""
    found = _found({"decision": "not_now", "instead": "unknown"})
    assert found["instead-missing"].severity is Severity.BLOCK
    assert "back-on-track" in found["instead-missing"].seeds
    assert found["instead-date-open"].severity is Severity.WARN


def test_not_for_now_lets_old_goals_rest():
    """Goals from before are not judged while social media waits."""
    found = _found({"decision": "not_now", "goals": [{"id": "g001", "wish": "5k followers"}]})
    assert not [name for name in found if name.startswith("goal")]


def test_reason_that_serves_nothing():
    """A place that serves nothing ends in “then not this one”."""
    finding = _why(serves="nothing")["why-serves-nothing"]
    assert "Then not this one" in finding.what
    assert "TikTok" in finding.what


def test_no_place_serves_anything():
    """When every place serves nothing, doing without is offered with one click."""
    whys = [{"id": f"wy0{n}", "platform": "x", "serves": "nothing"} for n in range(3)]
    finding = _found({"whys": whys, "decision": "use"})["no-place-serves"]
    assert finding.severity is Severity.BLOCK
    assert "No social media for now may be the right plan" in finding.what
    assert finding.offers[0].answers == (("goals.decision", "not_now"),)
    one_serves = [*whys, {"id": "wy09", "platform": "facebook", "serves": "leads"}]
    assert "no-place-serves" not in _found({"whys": one_serves})


@pytest.mark.parametrize("serves", [None, "nothing", "unknown"])
def test_place_of_which_nothing_is_said_serves_nothing(serves):
    """Once social media is to be used, some place has to serve something; before, it may wait."""
    whys = [{"id": "wy01", "platform": "x", "serves": serves}]
    finding = _found({"whys": whys, "decision": "use"})["no-place-serves"]
    assert finding.severity is Severity.BLOCK
    assert ("no-place-serves" in _found({"whys": whys})) is (serves == "nothing")


def test_reason_that_serves_what_was_not_chosen():
    """A place that serves something else than what the business wants is not this one either."""
    goals = {"objectives": ["leads"], "whys": [{"id": "wy01", "serves": "reputation"}]}
    assert "why-serves-other" in _found(goals)
    assert "why-serves-other" not in _found({**goals, "objectives": ["reputation", "leads"]})
    assert "why-serves-other" not in _found({**goals, "objectives": []})


@pytest.mark.parametrize(
    "reason",
    [
        "Everybody is there",
        "everyone's there!",
        "Well, everybody is there these days.",
        "because you have to be there",
        "Our competitors are there too",
        "to be visible",
        "It's free",
        "We had to, I think, because everyone has one",
        "Why not?",
        "it is the biggest",
        "Porque todo el mundo está ahí",
        "Es gratis y está de moda",
        "La competencia está ahí",
    ],
)
def test_thin_reasons_are_told(reason):
    """“Everybody is there” names nobody the business wants."""
    assert is_thin_reason(reason)
    assert "why-thin" in _why(reason=reason, serves="leads")


@pytest.mark.parametrize(
    "reason",
    [
        "Everybody in our street is there and asks for a plumber",
        "Brides look for cakes there",
        "Bankers who send us clients are there",
        "Our customers ask us questions there",
        "Competitors are there, and their customers complain about slow replies",
        "Parents",
        "Nuestra clientela busca ahí quien le arregle la caldera",
        "I think",
        "",
    ],
)
def test_real_reasons_pass(reason):
    """A reason that names people or a purpose is left alone, however short."""
    assert not is_thin_reason(reason)


def test_account_needs_a_why():
    """Each place an account is in needs one reason, however many accounts are there."""
    accounts = [{"id": f"ac0{n}", "platform": p} for n, p in enumerate(["x", "x", "facebook"])]
    start = {"hours_per_week": 9, "accounts": accounts}
    goals = {"whys": [{"id": "wy01", "platform": "facebook"}]}
    plan = Plan.model_validate({"start": start, "goals": goals})
    found = [f for f in run(plan, TODAY) if f.id == "account-without-why"]
    assert ["X" in f.what for f in found] == [True]


def test_reason_on_the_short_route_says_what_for():
    """On the short route the thing a place serves stands for the choice that was not asked."""
    whys = [{"id": "wy01", "platform": "facebook", "serves": "leads", "reason": "Neighbours ask."}]
    assert "objectives-missing" in _found({"decision": "use"})
    assert "objectives-missing" not in _found({"decision": "use", "whys": whys})


@pytest.mark.parametrize("seed", ["A1", "B1", "back-on-track"])
def test_reasons_the_step_exists_for_are_met(seed):
    """Nobody asked why, no goal, and the way back: each is asked about, found and mended."""
    step = load_step("goals")
    questions = [f for q in step.questions.values() for f in (q, *q.fields)]
    assert [q.id for q in questions if seed in q.seeds]
    assert [name for name, words in step.findings.items() if seed in words.seeds and words.do]


# -- the five letters ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "finding", "severity"),
    [
        ("metric", "goal-without-metric", "block"),
        ("audience", "goal-without-audience", "warn"),
        ("page", "goal-without-page", "note"),
        ("baseline", "goal-without-baseline", "block"),
        ("target", "goal-without-target", "block"),
        ("source", "goal-without-source", "warn"),
        ("reader", "goal-without-reader", "warn"),
        ("objective", "goal-without-objective", "warn"),
        ("due", "goal-without-due", "block"),
        ("review", "goal-without-review", "note"),
        ("if_missed", "goal-without-way-back", "note"),
    ],
)
def test_each_gap_is_one_finding(field, finding, severity):
    """Each answer that is missing gives one finding, at that answer, and nothing else."""
    found = _judge(**{field: None})
    assert set(found) == {finding}
    assert found[finding].severity == severity
    assert found[finding].path == f"goals.goals.g001.{field}"


def test_unknown_start_makes_a_goal_provisional():
    """Not knowing the number now is no block: the first task is to measure for four weeks."""
    found = _judge(baseline="unknown")
    assert set(found) == {"goal-provisional"}
    assert "measure 4 weeks first" in found["goal-provisional"].what
    assert found["goal-provisional"].severity is Severity.WARN


def test_missing_number_gets_one_instruction():
    """The instruction for a missing start offers the two ways out."""
    do = _judge(baseline=None)["goal-without-baseline"].do
    assert do == "Enter the number you have now, or choose “I do not know yet”."


@pytest.mark.parametrize(
    ("wish", "two"),
    [
        ("More bookings and more reviews", True),
        ("10 enquiries as well as 20 orders", True),
        ("More followers and likes", True),
        ("More bookings from families and couples", False),
        ("Clients and patients who come back", False),
        ("More enquiries for kitchens and bathrooms", False),
    ],
)
def test_one_goal_counts_one_thing(wish, two):
    """Two things to count, joined by “and”, are two goals; two kinds of people are not."""
    assert ("goal-two-measures" in _judge(wish=wish)) is two


@pytest.mark.parametrize(
    ("baseline", "target", "due", "steep"),
    [
        (6, 19, "2027-07-13", True),
        (6, 18, "2027-07-13", False),
        (6, 19, "2027-07-14", False),
        (0, 19, "2027-04-01", False),
    ],
)
def test_steep_goal(baseline, target, due, steep):
    """More than three times the number in fewer than 180 days is a warning."""
    assert ("goal-steep" in _judge(baseline=baseline, target=target, due=due)) is steep


def test_too_few_to_tell_from_luck():
    """Three leads a quarter: the next will most likely bring 1 to 7, whatever is done."""
    found = _judge(metric="leads_per_quarter", baseline=3, target=4)
    what = found["goal-too-few"].what
    assert "too small a number to tell from luck" in what
    assert what.endswith(
        "3 enquiries a quarter now. "
        "If nothing changes, the next quarter will most likely bring 1 to 7."
    )
    assert "goal-too-few" not in _judge(metric="leads_per_quarter", baseline=3, target=5)
    assert "goal-too-few" not in _judge(metric="contact_use", baseline=2, target=4)


def test_one_event_reads_as_one():
    """A single enquiry is written as one."""
    what = _judge(baseline=1, target=3)["goal-too-few"].what
    assert "1 enquiry a month now" in what


def test_longer_period_is_offered():
    """A count that is too small a month is offered over a quarter, to be counted anew."""
    (offer,) = _judge(baseline=2, target=4)["goal-too-few"].offers
    answers = dict(offer.answers)
    assert answers["goals.goals.g001.metric"] == "leads_per_quarter"
    assert answers["goals.goals.g001.target"] == "12"
    assert answers["goals.goals.g001.baseline"] == ""


def test_target_within_luck_is_noted():
    """A target inside what chance may bring is noted with the range."""
    finding = _judge(baseline=7, target=9)["goal-within-luck"]
    assert finding.severity is Severity.NOTE
    assert "most likely bring 3 to 13" in finding.what
    assert "goal-within-luck" not in _judge(baseline=7, target=14)


@pytest.mark.parametrize(
    ("metric", "direction", "baseline", "target", "finding"),
    [
        ("leads_per_month", "increase", 16, 6, "goal-backwards"),
        ("leads_per_month", "gain", 16, 6, "goal-backwards"),
        ("first_reply_hours", "reduce", 4, 12, "goal-backwards"),
        ("leads_per_month", "increase", 16, 16, "goal-unchanged"),
        ("first_reply_hours", "increase", 4, 12, "goal-direction-odd"),
        ("leads_per_month", "reduce", 20, 6, "goal-direction-odd"),
        ("contact_use", "increase", 60, 120, "goal-above-all"),
    ],
)
def test_numbers_must_fit_together(metric, direction, baseline, target, finding):
    """Direction, start and target are held against each other."""
    changes = {"metric": metric, "objective": None, "direction": direction}
    found = _judge(**changes, baseline=baseline, target=target)
    assert finding in found
    others = {"goal-backwards", "goal-unchanged", "goal-direction-odd", "goal-above-all"}
    assert others & set(found) == {finding}


@pytest.mark.parametrize("direction", ["keep", "reach"])
def test_keeping_a_number_is_a_goal(direction):
    """A number that is to stay where it is, or to reach a level, is not scolded for it."""
    found = _judge(direction=direction, baseline=16, target=16)
    assert "goal-unchanged" not in found
    assert "goal-within-luck" not in found


@pytest.mark.parametrize(
    ("due", "finding", "severity"),
    [
        ("2027-01-14", "goal-due-past", "block"),
        ("2027-01-15", "goal-due-past", "block"),
        ("2027-01-16", "goal-too-soon", "warn"),
        ("2027-02-11", "goal-too-soon", "warn"),
        ("2027-02-12", None, None),
        ("2028-01-15", None, None),
        ("2028-01-16", "goal-too-far", "warn"),
    ],
)
def test_date_of_a_goal(due, finding, severity):
    """A goal runs for four weeks to a year; a day that has passed blocks."""
    found = _judge(due=due)
    dates = {name: f for name, f in found.items() if name in {*DATES}}
    assert set(dates) == ({finding} if finding else set())
    assert all(f.severity == severity for f in dates.values())


DATES = ("goal-due-past", "goal-too-soon", "goal-too-far")


@pytest.mark.parametrize("metric", load_metrics().values(), ids=lambda m: m.id)
def test_one_stage_is_never_measured_by_another(metric):
    """A goal is refused on any number below outcome, and each such number may be an early sign."""
    found = _judge(metric=metric.id, objective=None, wish="Something better", indicator=metric.id)
    stands = load_stages()[metric.stage].goal
    assert ("goal-wrong-stage" in found) is not stands
    if not stands:
        assert found["goal-wrong-stage"].severity is Severity.BLOCK
        for offer in found["goal-wrong-stage"].offers:
            assert ("goals.goals.g001.indicator", metric.id) in offer.answers


UNASKED = {
    "goal-direction-odd", "goal-backwards", "goal-unchanged",
    "goal-metric-serves-other", "goal-serves-other", "goal-without-objective",
}  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "baseline", "target"), [("first_reply_hours", 9, 4), ("leads_per_month", 6, 6)]
)
def test_nothing_is_said_that_rests_on_what_is_not_asked(metric, baseline, target):
    """On the short route neither purpose nor direction is asked, so nothing is said about them."""
    changes = {"metric": metric, "objective": "referrals", "baseline": baseline, "target": target}
    goals = {**USED, "goals": [{**SOUND, **changes}]}
    start = {"hours_per_week": 4, "route": "short"}
    full, short = _found(goals), _found(goals, start=start)
    assert len(UNASKED & set(full)) > 1
    assert not UNASKED & set(short)


@pytest.mark.parametrize(
    ("route", "more"), [("short", set()), ("full", {"objective", "direction"})]
)
def test_offer_enters_only_what_is_asked(route, more):
    """What an offer puts in place can be changed on the route that was taken."""
    goals = {"decision": "use", "goals": [{"id": "g001", "wish": "5,000 followers"}]}
    start = {"hours_per_week": 4, "route": route}
    offers = _found(goals, start=start)["goal-vanity"].offers
    assert offers
    for offer in offers:
        fields = {path.rpartition(".")[2] for path, _ in offer.answers}
        assert fields - {"baseline", "target"} == {"wish", "metric", "indicator"} | more


def test_offer_keeps_what_the_goal_serves():
    """The first thing offered serves what the goal already serves."""
    found = _found({**USED, "objectives": [], "goals": [
        {**SOUND, "wish": "More people know us", "metric": "reach", "objective": "awareness"}
    ]})  # fmt: skip
    assert dict(found["goal-wrong-stage"].offers[0].answers)["goals.goals.g001.metric"] == (
        "services_visits"
    )


def test_goal_must_serve_what_was_chosen():
    """A goal for something else, or a number that does not show it, is told."""
    assert set(_judge(objective="reputation")) == {"goal-serves-other", "goal-metric-serves-other"}
    assert set(_judge(metric="hires_per_quarter")) == {"goal-metric-serves-other"}


def test_more_than_three_goals():
    """A fourth goal is one too many, by our default; the business may choose another."""
    goals = {**USED, "goals": [{**SOUND, "id": f"g00{n}"} for n in range(4)]}
    assert "4 goals" in _found(goals)["goals-many"].what
    assert "goals-many" not in _found(goals, own_defaults={"goals.most_goals": 4})
    assert "goals-many" not in _found({**goals, "goals": goals["goals"][:3]})


def test_goal_is_called_by_its_words():
    """Findings name a goal by its words, cut when long, else by its number, else by its place."""
    assert "“More people in town ask" in _judge(page=None)["goal-without-page"].what
    long = _judge(page=None, wish="word " * 60)["goal-without-page"].what
    assert len(long) < 160
    assert "…”" in long
    assert "“Enquiries from social" in _judge(page=None, wish=None)["goal-without-page"].what
    assert "“goal 1”" in _judge(page=None, wish=None, metric=None)["goal-without-page"].what


# -- vanity -------------------------------------------------------------------------------------


def _apply(plan, offer):
    for path, raw in offer.answers:
        value = read(annotation_of(path), raw)
        assert not isinstance(value, Problem)
        plan = replace_answer(plan, path, value)
    return plan


def test_vanity_goal_is_refused_and_replaced_with_one_click():
    """“Get 5,000 followers” is refused with its reason; one click puts a real goal in its place."""
    goal = {**SOUND, "wish": "Get 5,000 followers", "metric": "followers", "target": 5000}
    plan = _plan({**USED, "goals": [goal]})
    finding = next(f for f in run(plan, TODAY) if f.id == "goal-vanity")
    assert finding.severity is Severity.BLOCK
    assert "how many could listen" in finding.what
    assert "B1" in finding.seeds
    mended = _apply(plan, finding.offers[0])
    (goal,) = mended.goals.goals
    assert goal.metric == "leads_per_month"
    assert goal.indicator == "followers"
    assert goal.target is None
    left = {f.id for f in run(mended, TODAY)}
    assert "goal-vanity" not in left
    assert "goal-without-target" in left


def test_offers_follow_what_was_chosen():
    """What is offered in place of a vanity goal serves what the business wants."""
    found = _found({**USED, "objectives": ["recruitment"], "goals": [
        {**SOUND, "wish": "go viral"}
    ]})  # fmt: skip
    offers = found["goal-vanity"].offers
    assert [dict(o.answers)["goals.goals.g001.objective"] for o in offers] == ["recruitment"]


def test_goal_of_the_diagnosis_is_refused_until_a_better_one_is_there():
    """A vanity goal named in the diagnosis blocks; its offer adds a goal, and then it is gone."""
    plan = _plan(USED, diagnosis={"goal_words": "5k followers"})
    finding = next(f for f in run(plan, TODAY) if f.id == "goal-words-vanity")
    assert finding.path == "diagnosis.goal_words"
    mended = _apply(plan, finding.offers[0])
    assert [g.metric for g in mended.goals.goals] == ["leads_per_month"]
    assert "goal-words-vanity" not in {f.id for f in run(mended, TODAY)}
    waiting = _plan({"decision": "not_now"}, diagnosis={"goal_words": "5k followers"})
    assert "goal-words-vanity" not in {f.id for f in run(waiting, TODAY)}


# -- the catalogue ------------------------------------------------------------------------------


def test_every_objective_has_outcomes():
    """For everything a business may want there are numbers at the stage of outcome or impact."""
    for objective in Objective:
        stands = [
            m for m in load_metrics().values()
            if objective in m.objectives and load_stages()[m.stage].goal
        ]  # fmt: skip
        assert len(stands) >= 2, objective


@pytest.mark.parametrize("metric", load_metrics().values(), ids=lambda m: m.id)
def test_measure_is_whole(metric):
    """A measure names its stage, what it serves and how it is worked out; a count its period."""
    assert metric.stage in load_stages()
    assert set(metric.objectives) <= set(Objective)
    assert metric.objectives
    assert metric.formula
    assert metric.source_hint
    assert metric.count is bool(metric.period) is bool(metric.unit_one)
    if metric.longer:
        longer = load_metrics()[metric.longer]
        assert (metric.period, longer.period) == ("month", "quarter")
        assert (metric.stage, metric.objectives) == (longer.stage, longer.objectives)


def test_stages_are_in_order():
    """From what is put in to what comes of it; only the last two can hold a goal."""
    assert list(load_stages()) == [
        "input", "activity", "output", "out_take", "outcome", "impact",
    ]  # fmt: skip
    assert [s.id for s in load_stages().values() if s.goal] == ["outcome", "impact"]


WORDS = st.text(max_size=40) | st.sampled_from(["5k followers", "everybody is there", "{x}"])
PLATFORMS = st.sampled_from([*load_platforms(), "other"])
NUMBERS = st.none() | st.floats(0, 1e12, allow_nan=False)
GOALS = st.fixed_dictionaries(
    {},
    optional={
        "wish": WORDS,
        "objective": st.sampled_from(list(Objective)),
        "metric": st.sampled_from(list(load_metrics())),
        "direction": st.sampled_from(list(Direction)),
        "audience": WORDS,
        "baseline": NUMBERS | st.just("unknown"),
        "target": NUMBERS,
        "due": st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900)),
        "source": WORDS,
        "reader": WORDS | st.just("unknown"),
        "review": st.sampled_from(list(Cadence)),
        "if_missed": WORDS,
    },
)
WHYS = st.fixed_dictionaries(
    {}, optional={"platform": PLATFORMS, "reason": WORDS, "serves": st.sampled_from(list(Serves))}
)


@pytest.mark.thorough
@settings(deadline=None)
@given(
    st.none() | st.sampled_from(list(Decision)),
    st.lists(st.sampled_from(list(Objective)), unique=True),
    st.lists(WHYS, max_size=4),
    st.lists(GOALS, max_size=5),
)
def test_any_reasons_and_goals_can_be_checked(decision, objectives, whys, goals):
    """Whatever is answered, the checks end, their words are whole and their offers can be taken."""
    plan = _plan(
        {
            "decision": decision,
            "objectives": objectives,
            "whys": [{"id": f"wy0{n}", **why} for n, why in enumerate(whys)],
            "goals": [{"id": f"g00{n}", **goal} for n, goal in enumerate(goals)],
        }
    )
    for finding in run(plan, TODAY):
        assert finding.what.strip()
        assert finding.do.strip()
        for offer in finding.offers:
            _apply(plan, offer)
