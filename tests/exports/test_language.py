"""A document in another language: words, numbers, dates and pictures, English where missing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.exports.sample_plans import TODAY, make_finished
from workbook import content
from workbook.discovery import exists, read_toml
from workbook.exports.documents import build_document, gather, write_document
from workbook.exports.report import Figure, KeyValues, Table, join
from workbook.mix.wording import write_share
from workbook.plan import Plan
from workbook.steps.measurement.outcome import weigh
from workbook.steps.measurement.pictures import draw_rates, judge_places
from workbook.steps.review.telling import tell
from workbook.storage.example import read_demo
from workbook.wording import write_day, write_number

SPOKEN = "qqd"
OVERLAY = {
    "exports/documents/words.toml": {
        "draft_one": "Entwurf: 1 Entscheidung offen",
        "case": {"title": "Was dafür spricht", "ask": {"title": "Was wir brauchen"}},
        "playbook": {"tree": "Zehn Fragen, von oben"},
    },
    "exports/words.toml": {"table": "Tabelle"},
    "charts/words.toml": {"decision_tree": {"title": "Der Weg zur Antwort", "yes": "ja"}},
    "wording.toml": {
        "day": "{day}. {month} {year}",
        "months": ["Januar", *(f"Monat {n}" for n in range(2, 13))],
        "thousands": ".",
        "decimal": ",",
    },
}


@pytest.fixture
def spoken(monkeypatch):
    """A language in which only some words are translated."""
    given = {f"translations/{SPOKEN}/{path}": words for path, words in OVERLAY.items()}
    monkeypatch.setattr(content, "exists", lambda path: path in given or exists(path))
    monkeypatch.setattr(content, "read_toml", lambda path: given.get(path) or read_toml(path))
    return SPOKEN


@pytest.fixture
def material(spoken):
    """A plan whose hours cost enough for a thousand to be set apart."""
    told = make_finished().model_dump(mode="json")
    told["measurement"] |= {"hour_cost": "1234.50", "spend": "0"}
    return gather(Plan.model_validate(told), TODAY, language=spoken)


def test_words_come_from_the_translation_and_english_where_it_has_none(material):
    """The title and a heading are translated; the next heading is not yet."""
    report = build_document("case", material)
    headings = [heading.text for _, heading in report.headings()]
    assert report.title == "Was dafür spricht"
    assert "Was wir brauchen" in headings
    assert "What we stop" in headings
    assert report.language == SPOKEN


def test_numbers_and_dates_are_written_in_the_manner_of_the_language(material):
    """A point sets thousands apart, a comma is before decimals, and a day has its point."""
    report = build_document("case", material)
    (asked,) = [b for b in report.blocks if isinstance(b, Table) and "Hours" in b.caption]
    cells = [cell for row in asked.rows for cell in row]
    assert "1.234,50" in cells
    assert "15. Januar 2027" in report.subtitle
    assert not re.search(r"\d,\d{3}\b", report.text())


def test_findings_write_numbers_in_the_manner_of_the_language(spoken):
    """No sentence of a finding keeps the point of English before its decimals."""
    plans = (make_finished(), read_demo(TODAY).plan)
    told = [told for plan in plans for told in gather(plan, TODAY, language=spoken).findings]
    said = [text for each in told for text in (each.what, each.because, each.do)]
    assert any(re.search(r"\d,\d", text) for text in said)
    assert [text for text in said if re.search(r"\d\.\d", text)] == []


def test_counts_and_rates_are_written_in_the_manner_of_the_language(spoken):
    """What files brought, what a review finds, and how posts are told, in text and pictures."""
    plan = make_finished()
    outcome = weigh(plan, spoken)
    places = [f"{each.facts} {each.text}" for each in judge_places(plan, outcome, spoken)]
    reviewed = [
        " ".join((each.facts, each.forecast, *(said.text for said in each.said)))
        for each in tell(plan, TODAY, spoken)
    ]
    rows = [cell for row in draw_rates(outcome, spoken).rows for cell in row]
    for said in (places, reviewed, rows):
        assert any(re.search(r"\d,\d", str(text)) for text in said), said
        assert [text for text in said if re.search(r"\d\.\d(?!\d\d\b)", str(text))] == []
    assert write_share(1200, 4000, spoken).startswith("30 of 100 (1.200 of 4.000)")


def test_a_picture_speaks_the_language_of_its_document(material):
    """Its title, its words and its drawing; the questions in it are English as yet."""
    report = build_document("playbook", material)
    (figure,) = [block for block in report.blocks if isinstance(block, Figure)]
    assert "Zehn Fragen, von oben" in [heading.text for _, heading in report.headings()]
    english = build_document("playbook", replace(material, language="en"))
    (other,) = [block for block in english.blocks if isinstance(block, Figure)]
    assert "Der Weg zur Antwort" in figure.svg()
    assert ">ja<" in figure.svg()
    assert "Der Weg zur Antwort" not in other.svg()


def test_a_file_carries_the_words_of_its_language(material):
    """What the format adds, such as “Table 1”, is translated too."""
    page = write_document("case", "markdown", material).decode()
    assert "Tabelle 1" in page
    assert "# Was dafür spricht" in page


def test_a_number_is_marked_as_the_words_say(spoken):
    """Once for each kind of number; without a translation the English marks."""
    assert write_number(1234567.5, spoken) == "1.234.567,5"
    assert write_number(Decimal("1234.50"), spoken) == "1.234,50"
    assert write_number(1234567.5) == write_number(1234567.5, "qqc") == "1,234,567.5"
    assert write_day(date(2027, 1, 5), spoken) == "5. Januar 2027"


def test_points_on_the_sheet_use_the_same_marks(material):
    """The sheet has its days in the language too."""
    report = build_document("one_page", material)
    (points,) = [dict(b.pairs) for b in report.blocks if isinstance(b, KeyValues)]
    assert join(points["Next look"]) == "1. Monat 2 2027"
