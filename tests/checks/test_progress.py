"""How far a step is, and what is left to do: only questions that are asked and needed count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import PLANS as SAMPLES
from tests.storage.any_plan import PLANS
from workbook.checks import Severity, Status, list_todos, measure_progress, run
from workbook.checks.progress import is_asked
from workbook.content import find_question, load_step, load_steps
from workbook.plan import Plan, annotation_of, read_answer, replace_answer, step_names
from workbook.steps.start.answers import Account, Route, Silence, Start
from workbook.values import YesNo, read

TODAY = date(2027, 3, 31)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DEFAULTS = [f"{step.id}.{name}" for step in load_steps() for name in step.defaults]


def _progress(plan, step="start"):
    return measure_progress(plan, load_step(step))


# -- progress -----------------------------------------------------------------------------------


LATER = {"review"}
"""Steps in which nothing is needed while a plan is made: they come when it has been followed."""


@pytest.mark.parametrize("step", sorted(LATER))
def test_what_comes_later_is_not_needed_yet(step):
    """Looking back waits until there is something to look back on, and holds nothing up."""
    progress = _progress(Plan(), step)
    assert (progress.status, progress.needed) == (Status.NOT_NEEDED, 0)


@pytest.mark.parametrize("step", [name for name in step_names() if name not in LATER])
def test_nothing_answered_is_not_started(step):
    """An empty plan has begun nothing, and its first question comes next."""
    progress = _progress(Plan(), step)
    assert progress.status is Status.NOT_STARTED
    assert progress.answered == 0
    assert progress.needed > 0
    assert find_question(progress.next_path).needed


def test_one_answer_is_in_progress():
    """With one answer a step has begun, and the next open question follows."""
    progress = _progress(Plan(start=Start(route=Route.FULL)))
    assert (progress.status, progress.answered) == (Status.IN_PROGRESS, 1)
    assert progress.next_path == "start.name"


def test_optional_answers_do_not_count():
    """An answer that is not needed begins the step, and counts for nothing else."""
    before, after = _progress(Plan()), _progress(Plan(start=Start(area="Norwich")))
    assert (after.answered, after.needed) == (0, before.needed)
    assert after.begun


def test_questions_that_are_not_called_for_do_not_count():
    """A question is needed only once another answer calls for it."""
    without = _progress(Plan(start=Start(has_website=YesNo.NO)))
    with_one = _progress(Plan(start=Start(has_website=YesNo.YES)))
    assert with_one.needed > without.needed


def test_entries_count_question_by_question():
    """An entry of a list needs its own answers; an empty list is one open question."""
    empty = _progress(Plan(start=Start(has_accounts=YesNo.YES)))
    one = Account(id="aaaa", platform="facebook", last_posted=Silence.MONTH)
    listed = _progress(
        Plan(start=Start(has_accounts=YesNo.YES, accounts=(one, Account(id="bbbb"))))
    )
    assert listed.needed > empty.needed
    assert listed.answered > empty.answered
    open_ones = _progress(
        Plan(
            start=Start(
                has_accounts=YesNo.YES, accounts=(one.model_copy(update={"platform": None}),)
            )
        )
    )
    assert (
        open_ones.answered
        < _progress(Plan(start=Start(has_accounts=YesNo.YES, accounts=(one,)))).answered
    )


def test_short_route_asks_less():
    """On the short route only the questions of a first plan count, and no answer is lost."""
    full, short = (_progress(Plan(start=Start(route=r))) for r in (Route.FULL, Route.SHORT))
    assert 0 < short.needed < full.needed
    for step in load_steps():
        for question in step.questions.values():
            if is_asked(question, Plan(start=Start(route=Route.SHORT))):
                assert question.short


def test_finished_plan_is_completed():
    """In the finished example every step is completed."""
    plan = SAMPLES["finished"]()
    for step in ("start", "goals"):
        progress = _progress(plan, step)
        assert (progress.status, progress.next_path) == (Status.COMPLETED, "")


@SLOW
@given(PLANS)
def test_progress_of_any_plan_adds_up(plan):
    """Whatever was answered, no more is answered than needed, and what is next is open."""
    for step in load_steps():
        progress = measure_progress(plan, step)
        assert 0 <= progress.answered <= progress.needed
        assert (progress.next_path == "") is (progress.answered == progress.needed)
        if progress.next_path:
            assert annotation_of(progress.next_path.replace("*", "aaaa"))
            assert read_answer(plan, progress.next_path) in (None, (), "")


# -- things to do -------------------------------------------------------------------------------


def _todos(plan):
    return list_todos(plan, run(plan, TODAY), TODAY)


def test_nothing_begun_is_nothing_to_do():
    """An empty plan has no list of things to do beside its open decisions."""
    blocked = [f for f in run(Plan(), TODAY) if f.severity is Severity.BLOCK]
    assert {todo.path for todo in _todos(Plan())} <= {f.path for f in blocked}


def test_not_knowing_becomes_a_thing_to_find_out():
    """“I do not know” becomes the thing to do that finds out."""
    plan = replace_answer(Plan(), "start.who", "unknown")
    question = find_question("start.who")
    assert question.find_out in {todo.text for todo in _todos(plan)}


def test_what_is_no_longer_asked_is_not_to_be_found_out():
    """An answer to a question that nobody asks any more leaves nothing to do."""
    plan = replace_answer(Plan(start=Start(has_website=YesNo.YES)), "start.analytics", ("unknown",))
    question = find_question("start.analytics")
    assert question.find_out in {todo.text for todo in _todos(plan)}
    plan = replace_answer(plan, "start.has_website", YesNo.NO)
    assert not is_asked(question, plan)
    assert question.find_out not in {todo.text for todo in _todos(plan)}


def test_things_to_do_are_spread_over_the_weeks():
    """Dates go up week by week, so many a week, beginning a week from today."""
    plan = replace_answer(Plan(), "own_defaults.start.todos_a_week", 2)
    unknown = (
        "start.who",
        "start.hours_per_week",
        "goals.aim",
        "diagnosis.replies",
        "goals.decision",
    )
    for path in unknown:
        plan = replace_answer(plan, path, read(annotation_of(path), "unknown"))
    days = [todo.due for todo in _todos(plan)]
    assert days == sorted(days)
    assert days[0] == TODAY + timedelta(days=7)
    assert len(days) > 4
    assert max(days.count(day) for day in days) == 2


def test_the_same_thing_is_listed_once():
    """What several answers call for is one thing to do."""
    texts = [todo.text for todo in _todos(SAMPLES["very_long"]())]
    assert len(set(texts)) == len(texts)


def test_one_answer_is_named_once():
    """Not knowing the hours blocks and is to be found out, and is still one thing to do."""
    paths = [todo.path for todo in _todos(Plan(start=Start(hours_per_week="unknown")))]
    assert paths.count("start.hours_per_week") == 1
    for make in SAMPLES.values():
        paths = [todo.path for todo in _todos(make())]
        assert len(set(paths)) == len(paths)


def test_what_was_not_reached_yet_is_named_by_its_question():
    """Before somebody came to the question of hours, nothing is wrong with them; later it is."""
    hours = find_question("start.hours_per_week")
    before = {todo.path: todo.text for todo in _todos(Plan(start=Start(name="Example")))}
    assert before["start.hours_per_week"] == f"Answer: {hours.label}"
    assert before["goals.decision"] == f"Answer: {find_question('goals.decision').label}"
    for reached in ({"people": 3}, {"has_website": YesNo.NO}, {"hours_per_week": "unknown"}):
        after = {todo.path: todo.text for todo in _todos(Plan(start=Start(**reached)))}
        assert after["start.hours_per_week"].startswith("Write down for one week")


# -- checks over anything -----------------------------------------------------------------------


@SLOW
@given(PLANS, st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_checks_take_any_plan_on_any_day(plan, today):
    """Whatever was answered, whenever: findings are worded, ordered, and lead to a question."""
    findings = run(plan, today)
    weights = [list(Severity).index(f.severity) for f in findings]
    assert weights == sorted(weights)
    for finding in findings:
        assert find_question(finding.path)
    assert run(plan, today) == findings
    list_todos(plan, findings, today)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["finished", "very_long", "empty"]),
    st.dictionaries(
        st.sampled_from(DEFAULTS), st.floats(0, 1e12) | st.sampled_from([0.0, 1.0]), max_size=4
    ),
)
def test_checks_take_any_number_of_the_business(sample, chosen):
    """Whatever number a business puts in place of ours, the checks and the list still work."""
    plan = PLAN_SAMPLES[sample].model_copy(update={"own_defaults": chosen})
    list_todos(plan, run(plan, TODAY), TODAY)


PLAN_SAMPLES = {name: make() for name, make in SAMPLES.items()}


@pytest.mark.parametrize(
    "parts", [{"start": {"route": "short"}}, {"goals": {"decision": "not_now"}}]
)
def test_what_is_not_asked_is_not_needed(parts):
    """A step without a question on the chosen way is neither open nor called completed."""
    progress = measure_progress(Plan.model_validate(parts), load_step("voice"))
    assert progress.status is Status.NOT_NEEDED
    assert measure_progress(Plan(), load_step("voice")).status is Status.NOT_STARTED


def test_what_blocks_the_plan_is_to_be_settled_and_not_completed():
    """Whatever is answered, a step is not finished while a finding of its own blocks."""
    plan = replace_answer(PLAN_SAMPLES["finished"], "start.hours_per_week", 0.5)
    findings = run(plan, TODAY)
    blocked = {f.step for f in findings if f.severity is Severity.BLOCK}
    assert "time" in blocked
    for step in load_steps():
        progress = measure_progress(plan, step, findings)
        settled = progress.status is not Status.TO_SETTLE
        paths = [f for f in findings if f.path.startswith(f"{step.id}.")]
        assert settled is not any(f.severity is Severity.BLOCK for f in paths), step.id
