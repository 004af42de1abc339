"""What every document must do; a document, a format or a step that is added falls under it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.exports.sample_plans import PLANS, TODAY, make_finished
from workbook.content import load_step, load_words
from workbook.discovery import exists, find_folders, read_toml
from workbook.errors import ExportError
from workbook.exports import load_formats, write
from workbook.exports.documents import (
    Switches,
    build_document,
    gather,
    list_formats,
    load_documents,
    load_report_words,
    write_document,
)
from workbook.plan import Plan, step_names

DOCUMENTS = sorted(load_documents())
FORMATS = sorted(load_formats())
BARE = {"csv", "ics"}
"""Formats that know no markup, so that what was typed stands in them as it was typed."""
STEPS = step_names()
EXAMPLES = [
    (step, number)
    for step in STEPS
    if exists(f"steps/{step}/examples.toml")
    for number in range(len(read_toml(f"steps/{step}/examples.toml")["good"]))
]


@pytest.fixture(scope="module")
def materials():
    """The three plans with what is found in them."""
    return {name: gather(make(), TODAY) for name, make in PLANS.items()}


def test_there_are_documents_formats_and_examples():
    """An empty list would let every test below pass without looking at anything."""
    assert {"strategy", "one_page", "policy", "playbook", "poster", "worksheets"} <= set(DOCUMENTS)
    assert {"docx", "pdf", "html", "markdown"} <= set(FORMATS)
    assert EXAMPLES


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_what_it_is(name):
    """Its name is that of its module; title, purpose and its place on the page are words."""
    assert name == load_documents()[name].NAME
    words = load_words("exports/documents/words.toml")[name]
    assert words["title"]
    assert words["description"].endswith(".")
    assert words["group"] in load_words("interface/finish.toml")["documents"]["group"]
    assert isinstance(words["order"], int)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_comes_in_formats_that_there_are(materials, name):
    """As a Word file that can be changed and a PDF that can be printed, and only as what suits."""
    assert {"docx", "pdf"} <= set(list_formats(name)) <= set(FORMATS)
    unsuited = sorted(set(FORMATS) - set(list_formats(name)))
    for format_name in unsuited:
        with pytest.raises(ExportError, match=f"and not as {format_name}"):
            write_document(name, format_name, materials["empty"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_written(materials, name):
    """The finished plan, in the lightest format; the test below tries all of them."""
    assert len(write_document(name, "markdown", materials["finished"])) > 200


@pytest.mark.thorough
@pytest.mark.parametrize("plan", sorted(PLANS))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_of_every_plan_is_written_alike(materials, name, plan):
    """Finished, empty and very long, in every format: a file, without a visitor's markup in it.

    Built again of the same plan it is the same, byte for byte.
    """
    first, again = (build_document(name, materials[plan]) for _ in range(2))
    for format_name in list_formats(name):
        raw = write(first, format_name)
        assert len(raw) > 200, format_name
        if format_name not in BARE:
            assert b"<script" not in raw.replace(b"\\<script", b""), format_name
        assert raw == write(again, format_name), format_name


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("plan", sorted(PLANS))
def test_every_document_says_something_with_any_switches(materials, name, plan):
    """All switches on, and all off: there is still a title and a line to read."""
    named = [name for name, field in Switches.model_fields.items() if field.annotation is bool]
    for value, length in ((True, "full"), (False, "short")):
        switches = Switches(**dict.fromkeys(named, value), length=length)
        report = build_document(name, replace(materials[plan], switches=switches))
        assert report.title
        assert report.blocks


@pytest.mark.thorough
@pytest.mark.parametrize(("step", "number"), EXAMPLES)
def test_every_example_becomes_every_document(step, number):
    """Each example of each step goes through each document in a light format."""
    examples = read_toml(f"steps/{step}/examples.toml")
    example = examples["good"][number]
    plan = Plan.model_validate({**example.get("plan", {}), step: example["answers"]})
    material = gather(plan, examples["today"])
    for name in DOCUMENTS:
        assert len(write_document(name, "markdown", material)) > 200


@pytest.fixture(scope="module")
def text(materials):
    """The words of the strategy of the finished plan."""
    return build_document("strategy", materials["finished"]).text()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_in_the_strategy(text, step):
    """No step is left out: its answers stand there, or its part does."""
    empty = make_finished().model_copy(update={step: getattr(Plan(), step)})
    assert text != build_document("strategy", gather(empty, TODAY)).text()
    title = load_report_words(step, "en").get("title", load_step(step).title)
    assert title in text


@pytest.mark.parametrize("step", [s for s in find_folders("steps") if s in STEPS])
def test_what_a_step_words_for_documents_is_asked(step):
    """Terms, points and decisions in report.toml name questions that exist."""
    words, asked = load_report_words(step, "en"), load_step(step).questions
    named = [entry["question"] for key in ("points", "decisions") for entry in _list(words, key)]
    assert set(named) <= set(asked)
    assert set(words.get("leave_out", ())) <= set(asked)
    if not exists(f"steps/{step}/report.py"):
        fields = {f"{q.id}-{f.id}" for q in asked.values() for f in q.fields}
        assert set(words.get("terms", {})) <= set(asked) | fields


def _list(words, key):
    entries = words.get(key, ())
    return entries if isinstance(entries, list) else []


def test_an_unknown_document_is_refused_in_words():
    """Asking for a document that is not there names those that are."""
    with pytest.raises(ExportError, match=r"one_page, .*strategy"):
        write_document("novel", "docx", gather(Plan(), TODAY))
