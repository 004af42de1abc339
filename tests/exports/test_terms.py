"""The terms of the survey figures: in README, beside the figures, and in documents."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.exports.sample_plans import TODAY, make_finished
from workbook.discovery import find_files, read_text, root
from workbook.evidence.survey import load_terms
from workbook.exports.documents import (
    Switches,
    build_document,
    gather,
    load_documents,
    write_document,
    write_terms,
)
from workbook.exports.report import read_lines
from workbook.fit.terms import KEYS, list_terms, uses_survey
from workbook.plan import Plan

FOLDER = "evidence/survey"
TERMS = load_terms()
ROOT = Path(str(root())).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _want(*countries):
    """The finished plan with a group of people in each country."""
    groups = [
        {"id": f"group{number}", "name": "Families nearby", "country": country}
        for number, country in enumerate(countries)
    ]
    told = make_finished().model_dump(mode="json")
    return Plan.model_validate({**told, "audience": {"groups": groups}})


def _gather(plan, **switches):
    return gather(plan, TODAY, switches=Switches(**switches))


@pytest.mark.parametrize("country", ["US", "United States", " usa "])
def test_strategy_for_people_in_the_us_carries_the_terms(country):
    """Citation, disclaimer and copyright stand in the strategy, word for word and once."""
    text = build_document("strategy", _gather(_want("Germany", country))).text()
    for key in KEYS:
        assert text.count(TERMS[key]) == 1


@pytest.mark.parametrize("switches", [{"length": "short"}, {"sources": False}, {"reasons": False}])
def test_terms_cannot_be_left_out(switches):
    """Whatever is left out on request, the terms stay."""
    text = build_document("strategy", _gather(_want("US"), **switches)).text()
    assert text.count(TERMS["disclaimer"]) == 1


@pytest.mark.parametrize("name", load_documents())
@pytest.mark.parametrize("length", ["short", "full"])
def test_no_document_names_the_survey_without_its_terms(name, length):
    """A document that names the survey carries its disclaimer."""
    text = build_document(name, _gather(_want("US"), length=length)).text()
    assert ("Pew Research Center" in text) is (TERMS["disclaimer"] in text)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_terms_reach_the_file(form):
    """What stands in the document stands in the file as well."""
    written = write_document("strategy", form, _gather(_want("US"))).decode()
    assert "bears no responsibility for the analyses" in written
    assert "No endorsement by Pew Research Center is implied" in written


@pytest.mark.parametrize("plan", [Plan(), _want(), _want("Germany", "Canada", "nowhere")])
def test_without_people_in_the_us_there_is_nothing_to_say(plan):
    """The terms of figures that are not used are not shown."""
    assert not uses_survey(plan)
    assert list_terms(plan) == ()
    assert list(write_terms(_gather(plan))) == []


def test_statements_belong_to_the_people():
    """The terms are one note with all four texts, said by the step about people."""
    (statement,) = write_terms(_gather(_want("US")))
    assert statement.step == "audience"
    lines = [line for block in statement.block.blocks for line in read_lines(block)]
    assert lines == [TERMS[key] for key in KEYS]


def test_the_folder_tells_its_terms():
    """Each file of the folder is listed, and every text asked for stands there word for word."""
    note = read_text(f"{FOLDER}/LICENCE.md")
    for suffix in (".csv", ".json", ".toml"):
        for path in find_files(FOLDER, suffix):
            assert f"| `{path.rpartition('/')[2]}` |" in note
    assert TERMS["disclaimer"] in note
    assert TERMS["copyright"] in note
    assert "does not cover this folder" in note
    assert "https://www.pewresearch.org/about/terms-and-conditions/" in note


def test_readme_tells_the_terms():
    """README says that the figures are outside the licence of the code, and what Pew asks for."""
    licence = README.rpartition("## Licence")[2]
    assert "are outside that licence" in licence
    assert "(workbook/evidence/survey/LICENCE.md)" in licence
    assert TERMS["disclaimer"] in licence
    for asked in ("excerpts", "citation", "copyright", "endorsement"):
        assert asked in licence


def test_the_package_carries_the_terms_beside_its_licence():
    """Whoever installs the package gets the terms of the figures with the licence of the code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"workbook/{FOLDER}/LICENCE.md" in project["license-files"]
