"""The JSON Schema of the plan file says what plans may hold, in the words of the questions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from any_plan import PLAN_FILES
from frozen_plans import SAMPLES
from hypothesis import HealthCheck, given, settings

from workbook.content import load_steps
from workbook.discovery import read_text
from workbook.storage.migrations import newest_version
from workbook.storage.plan_file import FORMAT, PlanFile, write_plan_file
from workbook.storage.schema import read_schema, write_schema

SCHEMA: dict[str, Any] = json.loads(read_schema())


@pytest.fixture(scope="module")
def is_valid():
    """Tells whether a document is a plan file by the published schema."""
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA).is_valid


def test_the_published_schema_is_made_of_shapes_and_words_of_today():
    """After a change: run ``python -m workbook.storage.schema``."""
    assert read_schema() == write_schema()


def test_it_says_what_it_is():
    """Its dialect, a name of its own that needs no address, and a title."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"].startswith("urn:uuid:")
    assert "Plan file" in SCHEMA["title"]
    assert SCHEMA["properties"]["version"]["const"] == newest_version()


def _find(shape: dict[str, Any], name: str) -> dict[str, Any]:
    """The shape that a field of a shape refers to."""
    field = shape["properties"][name]
    return SCHEMA["$defs"][field.get("items", field)["$ref"].rpartition("/")[2]]


@pytest.mark.parametrize("step", load_steps(), ids=lambda step: step.id)
def test_every_question_stands_in_it_in_its_words(step):
    """Title and description of each answer, also within lists, and the words of each choice."""
    shape = _find(SCHEMA["$defs"]["Plan"], step.id)
    assert shape["title"] == step.title
    for question in step.questions.values():
        inner = _find(shape, question.id) if question.fields else {}
        pairs = [(shape, question), *((inner, field) for field in question.fields)]
        for owner, asked in pairs:
            node = owner["properties"][asked.id]
            assert node["title"] == asked.label
            assert asked.why in node["description"]
            said = json.dumps(node, ensure_ascii=False)
            labels = (json.dumps(o.label, ensure_ascii=False) for o in asked.options)
            assert all(label in said for label in labels)


def test_nothing_in_it_is_without_words():
    """What the workbook keeps by itself is described too, up to parts of what it keeps."""
    bare = [
        f"{name}.{field}"
        for name, shape in [("file", SCHEMA), ("Plan", SCHEMA["$defs"]["Plan"])]
        for field, node in shape["properties"].items()
        if not (node.get("description") or "$ref" in node)
    ]
    assert bare == []


def test_the_example_and_the_frozen_sample_are_plans(is_valid):
    """The finished example, and what was frozen when the plan took its newest shape."""
    assert is_valid(json.loads(read_text("demo.json")))
    assert is_valid(json.loads((SAMPLES / f"plan_v{newest_version()}.json").read_bytes()))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(PLAN_FILES)
def test_any_plan_file_is_valid(is_valid, plan_file: PlanFile):
    """Whatever was answered, kept and not understood, a program can rely on the schema."""
    assert is_valid(json.loads(write_plan_file(plan_file)))


START = {"name": "Example Plumbing", "people": 4, "hours_per_week": 6.5, "analytics": ["ga4"]}
ACCOUNT = {"id": "acc1", "platform": "facebook"}
SPOILT = {
    "no format": ("format", None),
    "another program": ("format", "notebook"),
    "a newer version": ("version", newest_version() + 1),
    "a negative revision": ("revision", -1),
    "a moment in words": ("saved_at", 7),
    "a field nobody knows": ("colour", "red"),
    "unclear text that is a number": ("unclear", {"start.people": 4}),
    "a version without a name": ("versions", [{"plan": {}}]),
    "a step nobody knows": ("plan", {"begin": START}),
    "an answer nobody asks for": ("plan", {"start": {**START, "colour": "red"}}),
    "people in words": ("plan", {"start": {**START, "people": "four"}}),
    "hours below nothing": ("plan", {"start": {**START, "hours_per_week": -1}}),
    "more hours than a week has": ("plan", {"start": {**START, "hours_per_week": 169}}),
    "a choice that is not offered": ("plan", {"start": {**START, "analytics": ["abacus"]}}),
    "a line that is too long": ("plan", {"start": {**START, "name": "x" * 301}}),
    "an address that leads nowhere": ("plan", {"start": {**START, "website": "javascript:1"}}),
    "a place nobody knows": (
        "plan", {"start": {"accounts": [{**ACCOUNT, "platform": "agora"}]}}),
    "an entry without a name": ("plan", {"start": {"accounts": [{"platform": "x"}]}}),
    "a colour with a line below it": ("plan", {"look": {"accent": "#123456\n"}}),
    "an entry whose name breaks the line": (
        "plan", {"start": {"accounts": [{**ACCOUNT, "id": "acc1\n"}]}}),
    "a number of ours in words": ("plan", {"own_defaults": {"time.daily": "some"}}),
}  # fmt: skip
"""What makes a plan file that is none: the part that is replaced, and by what."""


@pytest.mark.parametrize(("part", "spoilt"), SPOILT.values(), ids=SPOILT)
def test_what_is_no_plan_is_refused(is_valid, part, spoilt):
    """The same file without the fault is valid, so it is the fault that is found."""
    sound = {"format": FORMAT, "version": newest_version(), "plan": {"start": START}}
    assert is_valid(sound)
    assert not is_valid({k: v for k, v in {**sound, part: spoilt}.items() if v is not None})
