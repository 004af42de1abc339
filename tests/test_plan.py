"""The plan as a whole: every answer has a path, and every path leads to its answer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contracts.grouping import hold_for_each
from tests.storage.any_plan import PLANS
from workbook.content import load_steps
from workbook.errors import ContentError
from workbook.plan import (
    Plan,
    annotation_of,
    read_answer,
    record_type,
    remove_record,
    replace_answer,
    step_names,
    strip_annotation,
    walk_answers,
)
from workbook.steps.start.answers import Account, Start
from workbook.values import Frozen, Problem, Record, YesNo, read

SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
PATHS = [
    path.replace("*", "k3f9")
    for step in load_steps()
    for question in step.questions.values()
    for path in (question.path, *(field.path for field in question.fields))
]


def _answers_of(plan):
    """Every answer of a plan, found without walking it: by its JSON."""
    found = {}

    def collect(node, path):
        if isinstance(node, dict):
            for name, inner in node.items():
                if name != "id":
                    collect(inner, [*path, name])
        elif isinstance(node, list) and node and isinstance(node[0], dict):
            for entry in node:
                collect(entry, [*path, entry["id"]])
        else:
            found[".".join(path)] = node

    for step in step_names():
        collect(getattr(plan, step).model_dump(mode="json"), [step])
    return found


def _with_own_ids(node):
    """Whether the entries of each list have ids of their own, as the workbook makes them.

    The lists within entries too: an earlier review keeps its readings and decisions.
    """
    if isinstance(node, tuple) and node and isinstance(node[0], Record):
        ids = [entry.id for entry in node]
        return len(set(ids)) == len(ids) and all(map(_with_own_ids, node))
    if isinstance(node, Frozen):
        return all(_with_own_ids(value) for _, value in node)
    return True


def test_ids_used_twice_are_seen_at_any_depth():
    """A plan with an id used twice in an earlier review is not taken for one of the workbook's."""
    held = {"readings": [{"id": "aaaa"}, {"id": "aaaa"}]}
    plan = Plan.model_validate({"review": {"earlier": [{"id": "cccc", "held": held}]}})
    assert plan.review.earlier[0].held.readings
    assert not _with_own_ids(plan)
    assert _with_own_ids(Plan())


ANY_PLAN = PLANS.filter(_with_own_ids)


def test_every_question_has_a_path():
    """The paths that questions ask for are looked at below."""
    assert len(PATHS) > 50


@SLOW
@given(PLANS)
def test_any_plan_survives_json(plan):
    """Whatever was answered, the plan reads back as it was."""
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@SLOW
@given(ANY_PLAN)
def test_walking_lists_every_answer_once(plan):
    """Walking a step meets each answer at its path, and nothing else."""
    walked = [pair for step in step_names() for pair in walk_answers(getattr(plan, step), step)]
    assert len({path for path, _ in walked}) == len(walked)
    given_answers = {p: v for p, v in _answers_of(plan).items() if v not in (None, [])}
    assert {p for p, v in walked if v not in (None, ())} == set(given_answers)
    for path, value in walked:
        assert read_answer(plan, path) == value


@SLOW
@given(ANY_PLAN, st.sampled_from(PATHS), st.text("0123456789 abc@.-", max_size=12))
def test_replacing_an_answer_changes_that_one_only(plan, path, raw):
    """An answer put in place is read back, everything else stays, and back again is as before."""
    value = read(annotation_of(path), raw)
    if isinstance(value, Problem):
        return
    changed = replace_answer(plan, path, value)
    assert read_answer(changed, path) in (value, () if value is None else value)
    assert Plan.model_validate_json(changed.model_dump_json()) == changed
    before, after = _answers_of(plan), _answers_of(changed)
    differing = {p for p in before.keys() & after.keys() if before[p] != after[p]}
    assert differing <= {path}
    if path in before:
        assert replace_answer(changed, path, read_answer(plan, path)) == plan
    assert replace_answer(changed, path, value) == changed


@SLOW
@given(ANY_PLAN)
def test_removing_an_entry_takes_only_that_one(plan):
    """An entry that is removed is gone with its answers; the others keep their order."""
    for account in plan.start.accounts:
        left = remove_record(plan, f"start.accounts.{account.id}").start.accounts
        assert left == tuple(a for a in plan.start.accounts if a is not account)


def test_plan_is_immutable():
    """Replacing an answer leaves the plan that was."""
    plan = Plan()
    assert replace_answer(plan, "start.name", "Café").start.name == "Café"
    assert plan == Plan()


def test_answering_in_a_new_entry_adds_it():
    """An answer in an entry that is not there yet adds the entry, at the end of its list."""
    plan = Plan(start=Start(accounts=(Account(id="aaaa"),)))
    changed = replace_answer(plan, "start.accounts.bbbb.platform", "facebook")
    assert [a.id for a in changed.start.accounts] == ["aaaa", "bbbb"]
    assert changed.start.accounts[1].platform == "facebook"


def test_taking_back_a_list_empties_it():
    """An answer of none is the answer not given, an empty list where it is a list."""
    plan = Plan(start=Start(accounts=(Account(id="aaaa"),), has_accounts=YesNo.YES))
    assert replace_answer(plan, "start.accounts", None).start.accounts == ()
    assert replace_answer(plan, "start.has_accounts", None).start.has_accounts is None


@pytest.mark.parametrize(
    "path",
    [
        "",
        "x",
        "start.x",
        "start.name.x",
        "start.__class__",
        "start.accounts.k3f9.x",
        "start.accounts.A",
    ],
)
def test_path_that_leads_nowhere_is_refused(path):
    """A path that no answer has is refused for what may stand there and for putting it there."""
    with pytest.raises(ContentError):
        annotation_of(path)
    with pytest.raises(ContentError):
        replace_answer(Plan(), path, "x")
    assert read_answer(Plan(), path) is None


@pytest.mark.parametrize("path", ["start", "start.name", "start.accounts", "goals", ""])
def test_only_entries_can_be_removed(path):
    """Removing what is no entry of a list is refused."""
    with pytest.raises(ContentError):
        remove_record(Plan(), path)


@hold_for_each("path", {"all": [(path, (path,)) for path in PATHS]})
def test_every_question_can_be_answered(path):
    """Each question's path has an annotation, and is unanswered in an empty plan."""
    assert strip_annotation(annotation_of(path))[0]
    assert read_answer(Plan(), path) in (None, ())


def test_lists_of_entries_are_told_from_lists_of_choices():
    """A list that grows is one of entries; several choices are none."""
    assert record_type(annotation_of("start.accounts")) is Account
    assert record_type(annotation_of("start.analytics")) is None
    assert record_type(annotation_of("start.name")) is None
