"""Words are paired with shapes, conditions hold or not, and our numbers can be changed."""

from __future__ import annotations

import pytest

from workbook.content import (
    Question,
    ShowIf,
    default_of,
    find_question,
    load_step,
    load_steps,
    load_words,
)
from workbook.content import _pair as pair
from workbook.errors import ContentError
from workbook.plan import Plan, step_names
from workbook.steps.start.answers import Start
from workbook.values import MOST_OWN, Frozen, Text, YesNo


class Shape(Frozen):
    """Two answers of a step that is only here."""

    one: Text | None = None
    two: YesNo | None = None


ONE = {"label": "One?", "why": "Why.", "subject": "one"}
TWO = {**ONE, "options": {"yes": "Yes", "no": "No", "unknown": "I do not know"}}


def _pair(words):
    return dict(pair(Shape, words, "here", "here.toml", "en"))


# -- pairing ------------------------------------------------------------------------------------


def test_kind_follows_from_the_shape():
    """The words say nothing of the kind of a question: its shape does."""
    found = _pair({"one": ONE, "two": TWO})
    assert [q.kind for q in found.values()] == ["text", "yes_no"]
    assert [q.path for q in found.values()] == ["here.one", "here.two"]
    assert [o.label for o in found["two"].options] == ["Yes", "No", "I do not know"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"one": ONE}, r"answers without words \['two'\]"),
        ({"one": ONE}, r"\[questions.two\]\nlabel = "),
        ({"one": ONE, "two": TWO, "three": ONE}, r"words without an answer \['three'\]"),
        ({"one": ONE, "two": {**TWO, "options": {"yes": "Yes"}}}, "options"),
        ({"one": {**ONE, "unknown": "I do not know"}, "two": TWO}, "unknown"),
    ],
)
def test_what_does_not_fit_is_named(words, told):
    """Missing words come with the stub to fill in, extra ones with their name."""
    with pytest.raises(ContentError, match=told):
        _pair(words)


@pytest.mark.parametrize("step", step_names())
def test_every_step_is_paired(step):
    """Each step's words fit its shape, and each question is found by its path."""
    for question in load_step(step).questions.values():
        assert find_question(question.path) == question
        for field in question.fields:
            assert find_question(field.path.replace("*", "aaaa")) == field


@pytest.mark.parametrize(
    "path",
    ["", "x", "start", "start.x", "diagnosis.earlier", "own_defaults", "own_defaults.start.x"],
)
def test_path_without_a_question_is_refused(path):
    """A path that no question asks for is refused."""
    with pytest.raises(ContentError):
        find_question(path)


def test_screens_are_found_by_path():
    """The screen that asks for an answer is found, for an answer in a list too."""
    step = load_step("start")
    assert step.section_of("start.name").id == "business"
    assert step.section_of("start.accounts.aaaa.platform").id == "accounts"
    assert step.section_of("goals.aim") is None
    assert step.section_of("start") is None


# -- conditions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "given", "holds"),
    [
        ({"is": "yes"}, "yes", True), ({"is": "yes"}, "no", False), ({"is": "yes"}, None, False),
        ({"is_not": "yes"}, "no", True), ({"is_not": "yes"}, "yes", False),
        ({"is_not": "yes"}, None, True),
        ({"any_of": ("yes", "no")}, "no", True), ({"any_of": ("yes", "no")}, "unknown", False),
        ({"answered": True}, "no", True), ({"answered": True}, None, False),
        ({"answered": False}, None, True), ({"answered": False}, "no", False),
    ],
)  # fmt: skip
def test_conditions_hold_or_not(condition, given, holds):
    """A question waits for an answer to be something, not to be it, one of some, or given."""
    plan = Plan(start=Start(has_website=given))
    assert ShowIf(question="start.has_website", **condition).holds(plan) is holds


def test_conditions_look_into_several_answers():
    """Where several can be chosen, one of them is enough."""
    plan = Plan(start=Start(analytics=("ga4", "other")))
    assert ShowIf(question="start.analytics", **{"is": "ga4"}).holds(plan)
    assert not ShowIf(question="start.analytics", is_not="other").holds(plan)
    assert ShowIf(question="start.analytics", any_of=("matomo", "other")).holds(plan)


def test_question_without_condition_is_always_shown():
    """Most questions wait for nothing."""
    question = Question(id="a", path="a.a", kind="text", label="A?", why="A.", subject="a")
    assert question.is_shown(Plan())


# -- numbers we chose ---------------------------------------------------------------------------


def test_business_may_choose_its_own_number():
    """Ours holds until the business chooses another, within what makes sense."""
    ours = load_step("start").defaults["todos_a_week"].value
    assert default_of(Plan(), "start.todos_a_week") == ours
    for chosen, used in [(7.0, 7.0), (0.0, 0.0), (-5.0, 0.0), (1e300, MOST_OWN)]:
        plan = Plan(own_defaults={"start.todos_a_week": chosen})
        assert default_of(plan, "start.todos_a_week") == used


def test_own_number_is_asked_with_our_reason():
    """The question for a number of ours says what ours is, and why."""
    default = load_step("start").defaults["todos_a_week"]
    question = find_question("own_defaults.start.todos_a_week")
    assert (question.label, question.why, question.kind) == (
        default.label,
        default.reason,
        "number",
    )
    assert f"{default.value:g}" in question.hint


def test_words_are_read_once():
    """Loading a step or a file of words again gives the same one."""
    assert load_step("start") is load_step("start")
    assert load_words("errors.toml") is load_words("errors.toml")
    assert [step.id for step in load_steps()] == list(step_names())
