"""The diagnosis: signs are counted from facts, and the causes with most signs come first."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook import content
from workbook.budget.need import reckon_need
from workbook.calling import read_demo
from workbook.charts.causes import CauseCount
from workbook.checks.check import Severity
from workbook.checks.run import run
from workbook.checks.todo import list_todos
from workbook.content import load_step
from workbook.discovery import read_text, read_toml
from workbook.plan import Plan, annotation_of, hints_of, step_names
from workbook.steps.diagnosis import causes as diagnosis
from workbook.steps.diagnosis.answers import Diagnosis, Evidence
from workbook.steps.diagnosis.causes import (
    has_checklist,
    load_causes,
    order_tasks,
    rank,
    weigh,
    write_count,
)
from workbook.steps.diagnosis.editor import ResultScreen
from workbook.steps.diagnosis.rounds import begin_round, compare, write_change
from workbook.steps.diagnosis.signs import State
from workbook.values import Problem, read

TODAY = date(2027, 1, 15)
STEP = load_step("diagnosis")
EXAMPLES = tomllib.loads(read_text("steps/diagnosis/examples.toml"))


def make_plan(start=None, own=None, **answers):
    """A plan of a business with accounts and these answers to the evidence questions."""
    start = {"has_accounts": "yes"} | (start or {})
    return Plan.model_validate({"start": start, "diagnosis": answers, "own_defaults": own or {}})


ANY = {"diagnosis.answered_share": 1}
"""The number of a business for which a single answer is enough to go by."""


def find_cause(plan, name, **choices):
    """One cause as the plan shows it."""
    return next(cause for cause in weigh(plan, **choices) if cause.id == name)


def count(plan, name):
    """The signs of a cause: found in full or in part, to find out, asked."""
    cause = find_cause(plan, name)
    return cause.found + cause.partly, cause.open, cause.asked


def name_top(plan):
    """The ids of the causes to begin with."""
    return [cause.id for cause in rank(plan)]


def findings_of(plan):
    """What the checks of this step say about a plan, by id."""
    ids = {f"cause-{name}" for name in load_causes()} | {"nothing-stands-out", "no-accounts-yet"}
    return {finding.id: finding for finding in run(plan, TODAY) if finding.id in ids}


# -- the questions -----------------------------------------------------------------------------


def test_every_question_belongs_to_one_cause():
    """All twenty questions are evidence for a cause, and none for two."""
    named = [name for text in load_causes().values() for name in text.questions]
    assert sorted(named) == sorted(Evidence.model_fields)
    assert len(named) == 20


def test_every_sign_reads_a_question_that_is_asked():
    """A sign rests on a question of its cause, or on an answer of another step."""
    for text in load_causes().values():
        for name, sign in text.signs.items():
            path = sign.path or f"diagnosis.{name}"
            assert annotation_of(path)
            if path.startswith("diagnosis."):
                assert path.removeprefix("diagnosis.") in text.questions
            else:
                assert sign.kept, "an answer in another step is not kept, so its words must be"


def test_short_route_asks_six():
    """The route of 40 minutes asks for one fact each about six causes.

    A seventh, too many places for the hours, shows in the accounts and hours given at the start.
    """
    short = {name for name, question in STEP.questions.items() if question.short}
    assert short == {"goal_dated", "rules", "offers", "unanswered", "clients_there", "traced"}
    asked = [name for name, text in load_causes().items() if short & set(text.questions)]
    assert len(asked) == 6
    elsewhere = [sign.path for sign in load_causes()["spread-thin"].signs.values() if sign.path]
    assert set(elsewhere) == {"start.hours_per_week", "start.accounts"}


def test_screens_are_short():
    """Seven screens of one to four questions ask each question once."""
    assert len(STEP.sections) == 7
    assert all(1 <= len(section.questions) <= 4 for section in STEP.sections)
    assert sorted(q for s in STEP.sections for q in s.questions) == sorted(STEP.questions)


@pytest.mark.parametrize(
    ("name", "most"), [("offers", 20), ("about_us", 10), ("clients_there", 10)]
)
def test_counts_stay_within_what_was_looked_at(name, most):
    """Of the last 20 posts no more than 20 can be counted; the message says how many may be."""
    annotation = hints_of(Diagnosis)[name]
    assert read(annotation, str(most)) == most
    problem = read(annotation, str(most + 1))
    assert isinstance(problem, Problem)
    assert problem.id == "number-too-large"
    assert problem.values["most"] == str(most)
    assert read(annotation, "unknown") == "unknown"


# -- counting signs ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "cause", "expected"),
    [
        (
            {"reason_written": "all", "goal_dated": "yes", "miss_noticed": "yes"},
            "no-goal",
            (0, 0, 3),
        ),
        ({"reason_written": "some", "goal_dated": "no"}, "no-goal", (2, 0, 2)),
        ({"goal_words": "get 5,000 followers"}, "followers", (1, 0, 1)),
        ({"goal_words": "12 bookings a month"}, "followers", (0, 0, 1)),
        ({"yardstick": "reach"}, "followers", (1, 0, 1)),
        ({"yardstick": "nothing"}, "followers", (0, 0, 1)),
        ({"rules": ["voice"]}, "no-rules", (3, 0, 4)),
        ({"offers": 4}, "advertising", (0, 0, 1)),
        ({"offers": 5}, "advertising", (1, 0, 1)),
        ({"replies": 3}, "advertising", (1, 0, 1)),
        ({"replies": 4}, "advertising", (0, 0, 1)),
        ({"unanswered": 0, "thanked": "month", "about_us": 6}, "silent", (0, 0, 3)),
        ({"unanswered": 1, "thanked": "longer", "about_us": 7}, "silent", (3, 0, 3)),
        ({"clients_there": 5, "followers": "mixed"}, "wrong-place", (0, 0, 2)),
        ({"clients_there": 4, "followers": "colleagues"}, "wrong-place", (2, 0, 2)),
        ({"hours_by_place": "no", "enquiry_source": "yes"}, "time-unseen", (1, 0, 2)),
        ({"traced": ["services"]}, "not-tracked", (2, 0, 3)),
        ({"traced": ["none"]}, "not-tracked", (3, 0, 3)),
        ({"hours_fixed": "no"}, "spread-thin", (1, 0, 1)),
        ({"partners": ["none"], "same_offer": "no"}, "alone", (2, 0, 2)),
        ({"partners": ["print"], "same_offer": "yes"}, "alone", (0, 0, 2)),
    ],
)
def test_signs_are_counted(answers, cause, expected):
    """Each fact adds to the signs of its cause: found, to find out, asked."""
    assert count(make_plan(**answers), cause) == expected


def test_unanswered_questions_are_not_asked_about():
    """What nobody has answered yet counts neither for nor against a cause."""
    assert all(cause.asked == 0 for cause in weigh(Plan()))
    assert len(weigh(Plan())) == 10


@pytest.mark.parametrize(
    ("answers", "cause", "expected"),
    [
        ({"goal_dated": "unknown"}, "no-goal", (1, 0, 1)),
        ({"reason_written": "unknown"}, "no-goal", (1, 0, 1)),
        ({"traced": ["unknown"]}, "not-tracked", (3, 0, 3)),
        ({"hours_fixed": "unknown"}, "spread-thin", (1, 0, 1)),
        ({"hours_by_place": "unknown"}, "time-unseen", (1, 0, 1)),
        ({"goal_words": "unknown", "yardstick": "unknown"}, "followers", (0, 2, 2)),
        ({"rules": ["unknown"]}, "no-rules", (0, 4, 4)),
        ({"offers": "unknown", "replies": "unknown"}, "advertising", (0, 2, 2)),
        ({"unanswered": "unknown", "thanked": "unknown"}, "silent", (0, 2, 2)),
        ({"clients_there": "unknown", "followers": "unknown"}, "wrong-place", (0, 2, 2)),
        ({"partners": ["unknown"], "same_offer": "unknown"}, "alone", (0, 2, 2)),
    ],
)
def test_not_knowing(answers, cause, expected):
    """Not knowing is a sign for goal, numbers and hours; elsewhere it is to be found out."""
    plan = make_plan(**answers)
    assert count(plan, cause) == expected
    if expected[0] == 0:
        assert name_top(make_plan(**answers, own=ANY)) == [], (
            "what is only unknown never makes a cause stand out"
        )
        paths = {todo.path for todo in list_todos(plan, (), TODAY)}
        assert {f"diagnosis.{name}" for name in answers} <= paths


def test_not_knowing_who_can_get_in_counts():
    """An account of which nobody knows who can get in is a sign; its last post is to find out."""
    account = {"id": "ac01", "platform": "x", "access": ["unknown"], "last_posted": "unknown"}
    cause = find_cause(make_plan({"accounts": [account]}), "spread-thin")
    assert {sign.id: sign.state for sign in cause.signs} == {
        "locked": State.FOUND,
        "dormant": State.OPEN,
    }


@pytest.mark.parametrize(
    ("access", "state"),
    [
        (["owner", "left"], State.ABSENT),
        (["left"], State.FOUND),
        (["nobody"], State.FOUND),
        (["agency"], State.ABSENT),
    ],
)
def test_accounts_nobody_can_get_into(access, state):
    """An account is lost when only people who left, or nobody, can get in."""
    account = {"id": "ac01", "platform": "x", "access": access}
    cause = find_cause(make_plan({"accounts": [account]}), "spread-thin")
    assert [sign.state for sign in cause.signs if sign.id == "locked"] == [state]


def test_more_accounts_than_hours():
    """Accounts in use are held against the hours; silent ones need none."""
    places = ("x", "facebook", "instagram")
    used = [{"id": f"ac0{n}", "platform": p, "last_posted": "month"} for n, p in enumerate(places)]
    silent = [{"id": f"ac1{n}", "platform": "x", "last_posted": "longer"} for n in range(9)]
    needed = reckon_need(make_plan({"accounts": used})).hours

    def state(accounts, hours):
        plan = make_plan({"accounts": accounts, "hours_per_week": hours})
        signs = find_cause(plan, "spread-thin").signs
        return next((sign.state for sign in signs if sign.id == "too_many"), None)

    assert state([*used, *silent], needed) is State.ABSENT
    assert state(used, needed - 0.5) is State.FOUND
    assert state(silent, 1) is None
    assert state(used, "unknown") is None


def test_colleagues_for_referrals():
    """Being among colleagues is fine when the work they send is counted."""
    among = {"clients_there": 1, "followers": "colleagues"}
    assert "wrong-place" in name_top(make_plan(**among, referrals_counted="no", own=ANY))
    assert "wrong-place" in name_top(make_plan(**among, own=ANY))
    on_purpose = make_plan(**among, referrals_counted="yes", own=ANY)
    assert name_top(on_purpose) == []
    assert count(on_purpose, "wrong-place") == (0, 0, 2)


def test_answers_to_hidden_questions_do_not_count():
    """Where there is no goal after all, nobody is judged on whether a miss is noticed."""
    assert count(make_plan(goal_dated="yes", miss_noticed="no"), "no-goal") == (1, 0, 2)
    assert count(make_plan(goal_dated="no", miss_noticed="no"), "no-goal") == (1, 0, 1)


def test_own_threshold_is_used():
    """A business that chose another share of offers is held to its own."""
    assert count(make_plan(offers=9), "advertising") == (1, 0, 1)
    own = {"diagnosis.offers_share": 50.0}
    assert count(make_plan(offers=9, own=own), "advertising") == (0, 0, 1)


# -- what comes first --------------------------------------------------------------------------


def test_plumber():
    """A business that can look up nothing and has no goal begins with just that."""
    answers = {"goal_dated": "no", "reason_written": "none", "traced": ["none"], "offers": 3}
    plan = make_plan(**answers, replies=20, own=ANY)
    assert {"not-tracked", "no-goal"} == set(name_top(plan))
    finding = findings_of(plan)["cause-not-tracked"]
    assert finding.severity is Severity.WARN
    assert "3 of 3" in finding.what
    assert "You cannot look up how many went on to your contact page." in finding.because
    assert finding.do == find_cause(plan, "not-tracked").mend


def test_order_by_weight():
    """Full signs weigh more than partial ones, and those more than a sign among many."""
    answers = {"traced": ["none"], "offers": 5, "same_offer": "no", "partners": ["print"]}
    plan = make_plan(**answers, own=ANY)
    assert name_top(plan) == ["not-tracked", "alone", "advertising"]
    assert [c.weight for c in rank(plan)] == [100, 50, 50]


def test_one_sign_of_one_does_not_come_before_three_of_four():
    """One answer is little to go by, however bad it is."""
    plan = make_plan(hours_fixed="no", rules=["voice"], traced=["services"], own=ANY)
    weights = {cause.id: cause.weight for cause in weigh(plan)}
    assert weights["spread-thin"] > weights["no-rules"] > weights["not-tracked"]
    assert name_top(plan) == ["no-rules", "not-tracked", "spread-thin"]
    alone = make_plan(hours_fixed="no", rules=["voice", "linking", "conduct"], own=ANY)
    assert name_top(alone) == ["spread-thin"]


@pytest.mark.parametrize(("route", "least"), [("short", 3), ("full", 9)])
def test_nothing_comes_first_before_enough_is_answered(route, least):
    """Half of what the route asks has to be answered before any cause is named."""
    answers = {
        "goal_dated": "no", "rules": ["none"], "offers": 20, "unanswered": 9, "clients_there": 0,
        "traced": ["none"], "hours_fixed": "no", "hours_by_place": "no", "replies": 0,
    }  # fmt: skip
    given = list(answers)[:least]
    enough = make_plan({"route": route}, **{name: answers[name] for name in given})
    too_little = make_plan({"route": route}, **{name: answers[name] for name in given[:-1]})
    assert len(name_top(enough)) == 3
    assert name_top(too_little) == []
    assert findings_of(too_little) == {}
    assert order_tasks(too_little) == step_names()


def test_signs_in_part_are_said():
    """What is there only in part is counted by itself, and weighs half as before."""
    cause = find_cause(make_plan(offers=6, replies=0), "advertising")
    assert (cause.found, cause.partly, cause.weight) == (1, 1, 75)
    assert write_count(cause) == "1 of 2, and 1 in part"
    finding = findings_of(make_plan(offers=6, replies=0, own=ANY))["cause-advertising"]
    assert "1 of 2, and 1 in part" in finding.what
    assert write_count(find_cause(make_plan(replies=0), "advertising")) == "1 of 1"


def test_three_at_most():
    """However much goes wrong, one begins with three."""
    first = EXAMPLES["good"][0]
    plan = Plan.model_validate({**first["plan"], "diagnosis": first["answers"]})
    assert len(name_top(plan)) == 3
    assert "not-tracked" in name_top(plan)
    assert len([f for f in findings_of(plan).values() if f.severity is Severity.WARN]) == 3


def test_one_sign_of_three_does_not_stand_out():
    """A single sign among three is no cause yet."""
    plan = make_plan(traced=["services", "contact"], own=ANY)
    assert count(plan, "not-tracked") == (1, 0, 3)
    assert name_top(plan) == []


def test_nothing_stands_out():
    """When nothing does, the page says so, but only once half of what is asked is answered."""
    fine = {"goal_dated": "yes", "traced": ["services", "contact", "used"]}
    short = {"route": "short"}
    assert findings_of(make_plan(short, **fine)) == {}
    findings = findings_of(make_plan(short, **fine, unanswered=0))
    assert list(findings) == ["nothing-stands-out"]
    assert "3 of 6" in findings["nothing-stands-out"].because
    assert findings_of(make_plan(short, **fine, unanswered=9)).keys() == {"cause-silent"}


def test_business_without_accounts():
    """A business without accounts gets the causes as a checklist, and nothing to mend."""
    plan = make_plan({"has_accounts": "no"}, goal_dated="no", hours_fixed="no", rules=["none"])
    assert has_checklist(plan)
    assert name_top(plan) == []
    assert findings_of(plan).keys() == {"no-accounts-yet"}
    asked = {name for name, question in STEP.questions.items() if question.is_shown(plan)}
    assert asked == {"goal_dated", "rules", "enquiry_source", "hours_fixed"}
    assert all(sign.good for text in load_causes().values() for sign in text.signs.values())


def _read_screen(plan):
    """The words of the result as a business sees it."""
    screen = ResultScreen(STEP, "en")
    page = SimpleNamespace(
        there=SimpleNamespace(plan=plan),
        words={"back": "Back", "continue": "Continue"},
        go_back=None,
        go_on=None,
    )
    page.go_back = page.go_on = lambda *_: None
    widgets = screen.draw(page)
    return " ".join(str(getattr(w, "value", getattr(w, "description", ""))) for w in widgets)


def test_checklist_turns_every_sign_round():
    """Without accounts every sign is a box, ticked where it is in place, and nothing is drawn."""
    told = _read_screen(make_plan({"has_accounts": "no"}, goal_dated="yes", rules=["voice"]))
    goods = [sign.good for text in load_causes().values() for sign in text.signs.values()]
    assert told.count("☐") + told.count("☑") == len(goods)
    assert all(good in told for good in goods)
    assert "☑ A goal with a number and a date" in told
    assert "☑ How you sound, on paper" in told
    assert "☐ What staff may and may not post, on paper" in told
    assert "<svg" not in told
    assert "Answer again" not in told
    assert "Start here" not in told


def test_pages_to_come_are_not_promised():
    """A cause leads to pages that are there; one without any names none."""
    told = _read_screen(make_plan(rules=["none"], goal_dated="no", offers=20, replies=0, own=ANY))
    assert "02_goals.ipynb" in told
    assert "04_voice.ipynb" in told
    assert "07_being_social.ipynb" in told
    assert "08_time.ipynb" not in told
    assert told.count("More on this in") == 3
    assert "<svg" in told


def test_diagnosis_can_come_before_the_start():
    """Who has not said yet whether there are accounts is asked everything."""
    hidden = {n for n, question in STEP.questions.items() if not question.is_shown(Plan())}
    assert hidden == {"miss_noticed", "referrals_counted"}


def test_tasks_follow_the_top_causes(monkeypatch):
    """Start and diagnosis first, then what the top causes open, the review last."""
    names = ("start", "diagnosis", "goals", "voice", "mix", "measurement", "integration", "review")
    plan = make_plan(traced=["none"], partners=["none"], same_offer="no", own=ANY)
    assert name_top(plan) == ["not-tracked", "alone"]
    assert diagnosis.order_steps(names, rank(plan)) == (
        "start", "diagnosis", "measurement", "integration", "goals", "voice", "mix", "review",
    )  # fmt: skip
    assert diagnosis.order_steps(names, ()) == names


def test_steps_to_come_are_named_by_title_only():
    """A step that is there is named with its page, one to come with its title only."""
    for cause in weigh(Plan()):
        assert cause.opens
        assert all(o.title and bool(o.page) is (o.step in step_names()) for o in cause.opens)


def test_every_cause_has_a_mend_of_half_an_hour():
    """Each cause ends in one thing to do this week, with what there is at the end of it."""
    mends = {cause.mend for cause in weigh(Plan())}
    assert len(mends) == 10
    assert all(
        mend.startswith("In half an hour this week: ") and "You then have" in mend for mend in mends
    )


def test_nothing_blocks():
    """No finding of the diagnosis blocks a plan."""
    for example in EXAMPLES["finding"]:
        found = findings_of(Plan.model_validate(example["plan"]))[example["id"]]
        assert found.severity is not Severity.BLOCK
        assert found.step == "diagnosis"


def test_markup_stays_as_it_was_typed():
    """What somebody typed is quoted as it is, braces and angle brackets too."""
    typed = "get 5,000 followers {x} <b>now</b> {0.__class__}"
    because = findings_of(make_plan(goal_words=typed, yardstick="reach", own=ANY))[
        "cause-followers"
    ].because
    assert typed in because


def test_long_words_are_cut_short():
    """A page of text is quoted in a line."""
    plan = make_plan(goal_words="more followers " * 500)
    assert len(find_cause(plan, "followers").signs[0].words) < 250


def test_findings_quote_signs_in_their_language(monkeypatch):
    """In a translated workbook the signs within a finding are translated too."""
    path = "translations/qqe/steps/diagnosis/causes.toml"
    words = {"causes": {"alone": {"signs": {"partners": {"found": "~Nichts.~"}}}}}
    monkeypatch.setattr(content, "exists", lambda file: file == path)
    monkeypatch.setattr(
        content, "read_toml", lambda file: words if file == path else read_toml(file)
    )
    findings = run(make_plan(partners=["none"], own=ANY), TODAY, language="qqe")
    assert {f.id: f.because for f in findings}["cause-alone"] == "~Nichts.~"


# -- rounds ------------------------------------------------------------------------------------


def test_second_round_keeps_the_first():
    """Answering again keeps the earlier answers and begins with empty questions."""
    plan = make_plan(traced=["none"], goal_dated="no")
    again = begin_round(plan, TODAY)
    assert [kept.day for kept in again.diagnosis.earlier] == [TODAY]
    assert again.diagnosis.earlier[0].evidence.goal_dated == "no"
    assert again.diagnosis == Diagnosis(earlier=again.diagnosis.earlier)
    assert begin_round(again, TODAY) == again, "an empty round is not kept"
    assert Plan.model_validate_json(again.model_dump_json()) == again


def test_rounds_of_one_day_have_their_own_names():
    """Several rounds on one day stay apart."""
    plan = make_plan(goal_dated="no")
    for _ in range(12):
        plan = begin_round(plan, TODAY)
        plan = plan.model_copy(
            update={"diagnosis": Diagnosis(goal_dated="no", earlier=plan.diagnosis.earlier)}
        )
    names = [kept.id for kept in plan.diagnosis.earlier]
    assert len(set(names)) == 12
    assert Plan.model_validate(plan.model_dump(mode="json")) == plan


def test_comparison_sign_by_sign():
    """Two rounds are compared over what was asked both times, and say what is gone and new."""
    locked = {"id": "ac01", "platform": "x", "access": ["nobody"]}
    start = {"accounts": [locked]}
    before = begin_round(make_plan(start, traced=["none"], hours_fixed="yes"), TODAY)
    answers = {"traced": ["services"], "hours_fixed": "no", "offers": 20}
    mended = {"accounts": [locked | {"access": ["owner"]}]}
    now = make_plan(mended, **answers, earlier=before.diagnosis.earlier)
    then = weigh(now, kept=now.diagnosis.earlier[0])
    changes = {change.cause.id: change for change in compare(then, weigh(now))}

    tracked = changes["not-tracked"]
    assert [sign.id for sign in tracked.gone] == ["services"]
    assert [sign.id for sign in tracked.still] == ["contact", "used"]
    assert write_change(tracked) == "3 then, 2 now, of 3 signs asked about both times"
    thin = changes["spread-thin"]
    assert [sign.id for sign in thin.gone] == ["locked"]
    assert [sign.id for sign in thin.new] == ["hours_fixed"]
    assert write_change(changes["advertising"]) == "No sign was asked about both times"


def test_other_answers_are_not_read_into_an_earlier_round():
    """Signs from the accounts of today say nothing about a round that did not keep them."""
    account = {"id": "ac01", "platform": "x", "last_posted": "longer"}
    plan = make_plan({"accounts": [account]}, hours_fixed="no")
    assert count(plan, "spread-thin") == (2, 0, 2)
    past = find_cause(plan, "spread-thin", evidence=Evidence(hours_fixed="yes"))
    assert (past.found, past.open, past.asked) == (0, 0, 1)


# -- whatever is answered ----------------------------------------------------------------------


def _typed(name):
    question = STEP.questions[name]
    if question.kind == "several":
        return st.lists(st.sampled_from([o.value for o in question.options]), unique=True).map(
            tuple
        )
    if question.kind in {"choice", "yes_no"}:
        return st.none() | st.sampled_from([o.value for o in question.options])
    if question.kind == "number":
        return st.none() | st.just("unknown") | st.integers(0, 10)
    return st.none() | st.just("unknown") | st.text(max_size=40) | st.just("more followers")


EVIDENCE = st.fixed_dictionaries({name: _typed(name) for name in Evidence.model_fields})
ACCOUNTS = st.lists(
    st.fixed_dictionaries(
        {
            "last_posted": st.sampled_from([None, "month", "year", "never", "unknown"]),
            "access": st.lists(st.sampled_from(["owner", "left", "nobody", "unknown"]), max_size=2),
        }
    ),
    max_size=4,
).map(lambda found: [{"id": f"acc{n}", **account} for n, account in enumerate(found)])
STARTS = st.fixed_dictionaries(
    {
        "has_accounts": st.sampled_from([None, "yes", "no", "unknown"]),
        "route": st.sampled_from([None, "short", "full"]),
        "hours_per_week": st.sampled_from([None, "unknown", 0, 3.5, 40]),
        "accounts": ACCOUNTS,
    }
)


@pytest.mark.thorough
@given(EVIDENCE, STARTS, st.sampled_from([{}, ANY]))
@settings(max_examples=150, deadline=None)
def test_any_evidence(answers, start, own):
    """Whatever is answered, counts fit together, three come first, and no step is lost."""
    parts = {"start": start, "diagnosis": answers, "own_defaults": own}
    plan = Plan.model_validate(parts)
    for cause in weigh(plan):
        assert CauseCount(cause.title, cause.found, cause.open, cause.asked, cause.partly)
        assert 0 <= cause.weight <= 100
        assert all(sign.words and "{" not in sign.words.replace(str(answers["goal_words"]), "")
                   for sign in cause.signs)  # fmt: skip
    top = rank(plan)
    assert len(top) <= 3
    assert all(cause.found or cause.partly for cause in top)
    for before, after in pairwise(top):
        several = after.found + after.partly > 1
        assert not (before.asked < 2 and several)
        assert before.weight >= after.weight or after.asked < 2
    assert sorted(order_tasks(plan)) == sorted(step_names())
    assert {f"cause-{cause.id}" for cause in top} == {
        name for name in findings_of(plan) if name.startswith("cause-")
    }


@given(EVIDENCE, STARTS)
@settings(max_examples=60, deadline=None)
def test_any_round_compares_with_itself(answers, start):
    """A round that is kept and compared with the same answers shows no change."""
    plan = Plan.model_validate({"start": start, "diagnosis": answers})
    earlier = begin_round(plan, TODAY).diagnosis.earlier
    if not earlier:
        assert Evidence.model_validate(plan.diagnosis.model_dump(exclude={"earlier"})) == Evidence()
        return
    for change in compare(weigh(plan, kept=earlier[0]), weigh(plan)):
        assert not change.gone
        assert not change.new
        assert [s.is_found for s in change.before] == [s.is_found for s in change.now]


def test_what_the_plan_mended_since_is_no_sign_any_more():
    """“There is no goal with a number and a date” is not said of a plan that has one by now."""
    told = {f.id: f.because for f in run(read_demo(TODAY).plan, TODAY)}
    assert "There is no goal with a number and a date." not in told.get("cause-no-goal", "")
