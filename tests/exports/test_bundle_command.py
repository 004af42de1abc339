"""Everything as one zip from the command line and from Python."""

from __future__ import annotations

import gc
import json
import sys
from zipfile import ZipFile

import pytest

from workbook.calling import export, open_plan
from workbook.cli import main
from workbook.commands.export import SELDOM
from workbook.errors import ExportError
from workbook.exports.bundle import list_places
from workbook.exports.documents import build_document
from workbook.storage.plan_file import read_plan_file


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command on an empty plan; gives its exit code, standard output and error.

    Documents are made as plain text, which takes no time.
    """
    limits = gc.get_threshold()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("workbook.exports.bundle.list_kinds", lambda _: ("markdown",))

    def run_command(*arguments):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    run_command("new", "plan.json")
    yield run_command
    gc.set_threshold(*limits)


@pytest.fixture
def broken(monkeypatch):
    """A document that cannot be made."""

    def build(name, material):
        if name == "policy":
            raise RuntimeError
        return build_document(name, material)

    monkeypatch.setattr("workbook.exports.bundle.build_document", build)


def test_one_command_writes_all_of_it(run, tmp_path):
    """The end of the name is enough; what comes out of the zip opens again as the plan."""
    code, said, told = run("export", "plan.json", "all.zip")
    assert (code, told) == (0, "")
    assert f"all.zip is written, with {len(list_places())} files" in said
    assert "headed a draft" in said
    with ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == [place.path for place in list_places()]
        raw = archive.read("plan.json")
    before = read_plan_file((tmp_path / "plan.json").read_bytes(), name="plan.json", limit_mb=2)
    assert read_plan_file(raw, name="plan.json", limit_mb=2) == before


def test_programs_get_one_json_document(run):
    """What is in the zip, and what is missing: nothing."""
    code, said, _ = run("export", "plan.json", "all.zip", "--json")
    found = json.loads(said)
    assert (code, found["format"], found["problems"]) == (0, "zip", [])
    assert found["files"] == len(list_places())


def test_somebody_who_watches_sees_how_far_it_is(run, monkeypatch):
    """Each file is named before it is made, on one line that is gone at the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, told = run("export", "plan.json", "all.zip")
    lines = [line.strip() for line in told.split("\r")]
    places = list_places()
    assert lines[1] == f"1 of {len(places)}: {places[0].name}"
    assert [line for line in lines if line] == [f"{p.at} of {p.of}: {p.name}" for p in places]
    assert told.split("\r")[-1] == ""


def test_one_document_of_all_is_no_question(run, tmp_path):
    """A zip holds them all; whoever names one is told how to get it alone."""
    code, _, told = run("export", "plan.json", "all.zip", "--document", "policy")
    assert code == 2
    assert "“policy” is only one of them" in told
    assert "--document" in told
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.usefixtures("broken")
def test_what_is_missing_is_said(run, tmp_path):
    """The zip is written, its documents are named that are not in it, and the exit code tells."""
    code, said, _ = run("export", "plan.json", "all.zip")
    assert code == 1
    assert "Social media policy could not be made." in said
    plan = open_plan("plan.json")
    (tmp_path / "all.zip").unlink()
    with pytest.raises(ExportError, match="is written, but not whole"):
        export(plan, "all.zip")
    with ZipFile(tmp_path / "all.zip") as archive:
        assert len(archive.namelist()) == len(list_places()) - 1


def test_python_writes_all_of_it_too(run, tmp_path):
    """The end of the name chooses, as for one document."""
    path = export(open_plan("plan.json"), tmp_path / "everything.ZIP")
    with ZipFile(path) as archive:
        assert len(archive.namelist()) == len(list_places())
    with pytest.raises(ExportError, match="only one of them"):
        export(open_plan("plan.json"), path, document="policy")
    assert run("check", "plan.json")[0] == 1


def test_python_looks_seldom_for_what_is_not_needed(run, monkeypatch):
    """While documents are made nearly all is kept; it still looks, so that memory is bounded."""
    found = []
    monkeypatch.setattr(
        "workbook.commands.export.ProgressLine.write",
        lambda *_: found.append((gc.isenabled(), gc.get_threshold())),
    )
    run("export", "plan.json", "all.zip")
    assert set(found) == {(True, SELDOM)}
