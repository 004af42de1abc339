"""Every kind of field: its sample is read, shown and sent the same, and a script draws it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.contracts.grouping import by_step, hold_for_each
from tests.storage.any_plan import PLANS
from workbook.content import load_steps
from workbook.discovery import find_files, find_modules, read_text
from workbook.interface.fields import Field, field_kinds, make_spec, to_raw
from workbook.passwords import GuardedLongText, GuardedText, PasswordPlace
from workbook.plan import annotation_of, step_names, walk_answers
from workbook.platforms.counts import PlaceCounts
from workbook.steps.start.answers import Account, Analytics, Customers
from workbook.values import (
    Count,
    Day,
    Hours,
    Id,
    LongText,
    Money,
    Number,
    Percent,
    Problem,
    Scale,
    Text,
    TimeOfDay,
    Unknown,
    Url,
    YesNo,
    read,
)

KINDS = field_kinds()
SHAPES = {
    "text": Text, "long_text": LongText, "address": Url, "number": Number, "percent": Percent,
    "hours": Hours, "scale": Scale, "money": Money, "date": Day, "time": TimeOfDay,
    "yes_no": YesNo, "choice": Customers, "several": tuple[Analytics, ...],
    "records": tuple[Account, ...], "counts": PlaceCounts, "entry": Id,
    "password_place": PasswordPlace, "guarded_text": GuardedText,
    "guarded_long_text": GuardedLongText,
}  # fmt: skip
SAMPLES = {"choice": "people", "several": ["ga4", "other"]}
"""Samples for kinds whose answers are those that a question offers."""
QUESTIONS = [q for step in load_steps() for q in step.questions.values()]
FIELDS = [*QUESTIONS, *(field for question in QUESTIONS for field in question.fields)]
SCRIPT = "\n".join(read_text(path) for path in find_files("interface/script", ".js"))
DRAWN = set(re.findall(r"^kinds\.(\w+) =", SCRIPT, re.MULTILINE)) | {"records"}


def test_kinds_are_found_by_scan():
    """Each module in the folder is a kind, named as its file, and all are tried below."""
    assert KINDS
    assert set(KINDS) == {name.rpartition(".")[2] for name in find_modules("interface/fields")}
    kept = {name for name, kind in KINDS.items() if kind.kept}
    assert kept == set(SHAPES), "say in SHAPES what a new kind is read as"


@pytest.mark.parametrize("kind", SHAPES)
def test_sample_reads_and_shows_the_same(kind):
    """The sample of a kind is an answer, and what the page shows of it reads as that answer."""
    sample = SAMPLES.get(kind, KINDS[kind].sample)
    value = read(SHAPES[kind], sample)
    assert value is not None
    assert not isinstance(value, Problem)
    raw = to_raw(value)
    assert read(SHAPES[kind], raw) == value
    assert to_raw(read(SHAPES[kind], raw)) == raw
    assert json.loads(json.dumps(raw)) == raw


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_its_script(kind):
    """The script of a kind is there, and is sent once with the desk."""
    assert KINDS[kind].script in DRAWN


def test_plan_keeps_no_files():
    """A kind that only a bench asks for is asked for by no question of a step."""
    passing = {name for name, kind in KINDS.items() if not kind.kept}
    assert passing
    assert not [question.path for question in FIELDS if question.kind in passing]


def test_every_script_is_used():
    """No script draws what no kind asks for, but the list for many options."""
    assert DRAWN - {kind.script for kind in KINDS.values()} == {"select"}


@hold_for_each("question", by_step(FIELDS))
def test_every_question_can_be_drawn(question):
    """What a page needs to draw a question is complete, and can be sent."""
    spec = make_spec(question, lambda _: True)
    assert spec["script"] in DRAWN
    assert spec["label"] == question.label
    assert json.loads(json.dumps(spec)) == spec
    assert len(spec.get("options", ())) == len(question.options)
    assert [f["id"] for f in spec.get("fields", ())] == [f.id for f in question.fields]
    assert bool(question.options) == (question.kind in {"choice", "several", "yes_no", "counts"})


@hold_for_each("question", by_step(q for q in FIELDS if q.kind != "records"))
def test_every_option_can_be_chosen(question):
    """Each option of a question, and “I do not know”, is an answer that it takes."""
    annotation = annotation_of(question.path.replace("*", "k3f9"))
    offered = [option.value for option in question.options]
    for raw in [*offered, *(["unknown"] if question.unknown else [])]:
        typed = {"several": [raw], "counts": f"{raw} 3"}.get(question.kind, raw)
        value = read(annotation, typed)
        assert not isinstance(value, Problem), raw
        assert to_raw(value) == typed


def test_fields_not_asked_are_left_out():
    """A field of an entry that is not asked is not sent."""
    question = next(q for q in QUESTIONS if q.fields)
    assert make_spec(question, lambda _: False)["fields"] == []


def test_field_is_a_widget_with_a_value():
    """A field has a value that can be observed, and carries one line of script."""
    seen = []
    field = Field(page="p", path="start.name", spec={"kind": "text"}, value="Café")
    field.observe(lambda change: seen.append(change["new"]), "value")
    field.value = "Bar"
    assert seen == ["Bar"]
    assert len(field._esm) < 300
    assert repr(field) == "Field('text', 'start.name')"


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLANS)
def test_any_answer_shows_and_reads_back(plan):
    """Whatever was answered, what the page shows of it reads back as that answer.

    A number is shown with ten decimals at most.
    """
    for step in step_names():
        for path, value in walk_answers(getattr(plan, step), step):
            if value is not None and value != () and not path.startswith("diagnosis.earlier"):
                again = read(annotation_of(path), to_raw(value))
                is_float = isinstance(value, float)
                assert again == (pytest.approx(value, abs=1e-10) if is_float else value)


def test_not_knowing_is_shown_as_such():
    """“I do not know” is sent as it is kept."""
    assert to_raw(read(Count | Unknown, "unknown")) == "unknown"


def test_scripts_are_one_after_another():
    """The parts of the script are put together in the order of their names, the end last."""
    names = [Path(path).name for path in find_files("interface/script", ".js")]
    assert names == sorted(names)
    assert names[-1].startswith("z_")
    assert SCRIPT.count("export default") == 1
