"""Everything as one zip: every document, one by one, and none lost because another fails."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import islice
from zipfile import ZipFile

import pytest

from tests.exports.sample_plans import TODAY, make_finished
from workbook.content import load_words
from workbook.errors import ExportError, TemplateUnusable
from workbook.exports import write
from workbook.exports.bundle import (
    list_kinds,
    list_places,
    name_path,
    pack_bundle,
    write_bundle,
    write_readme,
)
from workbook.exports.documents import (
    build_document,
    gather,
    list_formats,
    load_documents,
    write_document,
)
from workbook.measurement.embedded import Cancelled
from workbook.plan import OwnLook, Plan
from workbook.storage.plan_file import PlanFile, read_plan_file

WORDS = load_words("exports/bundle.toml")
TITLES = load_words("exports/documents/words.toml")
LIGHT = ("markdown", "csv", "ics")


@pytest.fixture(scope="module")
def finished():
    """A finished plan in its file, with what documents are made of."""
    plan = make_finished()
    return gather(plan, TODAY), PlanFile(plan=plan, unclear={"start.people": "a few"})


@pytest.fixture
def light(monkeypatch):
    """Only the kinds of file that are made in no time; the whole is made in the thorough group."""
    monkeypatch.setattr(
        "workbook.exports.bundle.list_kinds",
        lambda name: tuple(kind for kind in LIGHT if kind in list_formats(name)),
    )


def test_every_document_has_its_place():
    """Each stands there as Word and PDF, registers as tables too; no two files have one name."""
    places = list_places()
    paths = [place.path for place in places]
    assert len(set(paths)) == len(paths) == places[0].of
    assert [place.at for place in places] == list(range(1, len(places) + 1))
    assert {place.document for place in places} - {""} == set(load_documents())
    for name in load_documents():
        assert {"docx", "pdf"} <= set(list_kinds(name))
    assert {"csv", "xlsx"} <= set(list_kinds("account_register"))
    assert "ics" in list_kinds("ninety_days")
    assert paths[0] == "1-what-you-decided/social-media-strategy.docx"
    assert paths[-2:] == ["plan.json", "read-me-first.txt"]


def test_every_group_of_documents_has_a_folder():
    """A document whose group had none would be in no zip."""
    groups = {TITLES[name]["group"] for name in load_documents()}
    assert groups <= set(WORDS["folder"])
    assert len({name_path(folder) for folder in WORDS["folder"].values()}) == len(WORDS["folder"])


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("90-day plan", "90-day-plan"),
        ("../../etc/passwd", "etc-passwd"),
        ("Richtlinie für “Soziales”", "richtlinie-für-soziales"),
        ("社交媒体 策略", "社交媒体-策略"),
        ("?*", "file"),
        ("x" * 99, "x" * 60),
    ],
)
def test_names_of_files_are_safe_and_readable(text, path):
    """In any language, with nothing in them that a system takes for something else."""
    assert name_path(text) == path


def test_files_are_made_one_by_one(finished, monkeypatch):
    """The strategy is there before anything else is even begun, and built once for all kinds."""
    built = []

    def build(name, material):
        built.append(name)
        return build_document(name, material)

    monkeypatch.setattr("workbook.exports.bundle.build_document", build)
    monkeypatch.setattr("workbook.exports.bundle.write", lambda report, kind, **_: kind.encode())
    first, second = islice(write_bundle(*finished), 2)
    assert (first.place.document, first.raw, second.raw) == ("strategy", b"docx", b"pdf")
    assert built == ["strategy"]


@pytest.mark.thorough
@pytest.mark.usefixtures("light")
def test_the_zip_holds_what_single_documents_are(finished):
    """The same bytes as each alone, the plan unchanged, and the same zip again."""
    material, plan_file = finished
    bundle = pack_bundle(material, plan_file)
    assert bundle.raw == pack_bundle(material, plan_file).raw
    with ZipFile(io.BytesIO(bundle.raw)) as archive:
        assert archive.testzip() is None
        files = {info.filename: archive.read(info) for info in archive.infolist()}
        days = {info.date_time for info in archive.infolist()}
    assert days == {(TODAY.year, TODAY.month, TODAY.day, 0, 0, 0)}
    assert len(files) == bundle.count
    assert not bundle.problems
    for place in list_places():
        if place.document:
            assert files[place.path] == write_document(place.document, place.kind, material)
    assert read_plan_file(files["plan.json"], name="plan.json", limit_mb=2) == plan_file
    assert json.loads(files["plan.json"])["unclear"] == {"start.people": "a few"}


@pytest.mark.usefixtures("light")
def test_it_says_what_is_in_it(finished):
    """In plain text: each document with what it is for, and that it is a draft while it is one."""
    material, plan_file = finished
    *_, readme = write_bundle(material, plan_file)
    text = readme.raw.decode()
    assert material.business in text
    shown = {place.document for place in list_places()} - {""}
    assert shown
    for name in shown:
        assert f"{TITLES[name]['title']}: {TITLES[name]['description']}" in text
    assert WORDS["readme"]["missing"] not in text
    dressed = replace(
        material, plan=material.plan.model_copy(update={"look": OwnLook(name="Ours")})
    )
    own = write_readme(dressed)
    assert "workbook" not in own.casefold()
    assert "plan.json: The plan itself, with every answer" in own
    empty = gather(Plan(), TODAY)
    *_, readme = write_bundle(empty, PlanFile())
    drafts = WORDS["readme"]["draft"].format(count=empty.blocking)
    assert (drafts in readme.raw.decode()) == (empty.blocking > 1)


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize(
    ("error", "told"),
    [(RuntimeError("secret words"), "could not be made. All"), (ExportError(reason="r"), "made: ")],
)
def test_a_document_that_fails_takes_none_with_it(finished, monkeypatch, error, told):
    """The others come; what is missing is told in the zip and to whoever made it."""

    def build(name, material):
        if name == "account_register":
            raise error
        return build_document(name, material)

    monkeypatch.setattr("workbook.exports.bundle.build_document", build)
    bundle = pack_bundle(*finished)
    lost = len([p for p in list_places() if p.document == "account_register"])
    assert lost > 1
    assert len(bundle.problems) == len(bundle.faults) == 1
    assert TITLES["account_register"]["title"] in bundle.problems[0]
    assert bundle.count == len(list_places()) - lost
    with ZipFile(io.BytesIO(bundle.raw)) as archive:
        readme = archive.read("read-me-first.txt").decode()
    assert all(problem in readme and told in problem for problem in bundle.problems)
    assert "secret words" not in readme + str(bundle.faults)
    assert type(error).__name__ in bundle.faults[0]


@pytest.mark.usefixtures("light")
def test_one_kind_of_file_that_fails_is_named_alone(finished, monkeypatch):
    """The same document as another kind of file is there."""

    def write_some(report, kind, **options):
        if kind == "csv":
            raise RuntimeError
        return write(report, kind, **options)

    monkeypatch.setattr("workbook.exports.bundle.write", write_some)
    bundle = pack_bundle(*finished)
    lost = [place for place in list_places() if place.kind == "csv"]
    assert bundle.count == len(list_places()) - len(lost)
    assert all(p.name in text for p, text in zip(lost, bundle.problems, strict=True))


def test_a_template_that_cannot_be_used_is_said_once(finished):
    """Nothing is made in another look instead."""
    with pytest.raises(TemplateUnusable):
        pack_bundle(*finished, template=b"no template")


def test_it_is_told_what_is_made_next_and_can_be_stopped(finished):
    """Nothing is made once somebody said stop."""
    seen = []

    def watch(place):
        seen.append(place.at)
        return False

    with pytest.raises(Cancelled):
        pack_bundle(*finished, watch=watch)
    assert seen == [1]


@pytest.mark.thorough
def test_the_whole_is_made_and_made_alike(finished):
    """Every document in every kind, the same bytes again."""
    bundle = pack_bundle(*finished)
    assert bundle.count == len(list_places())
    assert bundle.raw == pack_bundle(*finished).raw
