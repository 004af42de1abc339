"""The page of documents: what each is for, as which kind of file, and what goes in."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from docx import Document
from ipywidgets import Button, Dropdown

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.checks import Severity
from workbook.content import load_words
from workbook.exports.bundle import pack_bundle
from workbook.exports.documents import gather, list_formats, load_documents
from workbook.interface.downloads import PIECE, give_download
from workbook.interface.files import name_document
from workbook.plan import Plan

WORDS = load_words("exports/documents/words.toml")
PAGE = load_words("interface/finish.toml")["documents"]
ALL = PAGE["everything"]
LOOK = load_words("interface/preview.toml")


@pytest.fixture
def shelf(visit_page):
    """The page of documents of an empty plan."""
    browser = visit_page("finish", Plan())
    browser.page.show("documents")
    return browser


@pytest.fixture
def finished(visit_page):
    """The page of documents of a finished plan."""
    return visit_page("finish", make_finished(), at="documents")


def _labels(browser):
    return [w.description for w in widgets_of(browser.page) if isinstance(w, Button)]


def _choose(browser, label, value):
    """Choose from a list by what it is called."""
    lists = [w for w in widgets_of(browser.page) if isinstance(w, Dropdown)]
    next(each for each in lists if each.description == label).value = value


def test_every_document_says_what_it_is_for_and_has_one_button(shelf):
    """Title, purpose and a button in Word for each; no wall of buttons."""
    html, labels = shelf.html(), _labels(shelf)
    for name in load_documents():
        assert WORDS[name]["description"] in html
        assert labels.count(f"{WORDS[name]['title']} in Word") == 1
    assert len(labels) <= len(load_documents()) + 5


def test_before_a_step_is_finished_what_is_missing_is_said_once(shelf):
    """Documents can be taken, but there is nothing to look at yet."""
    assert shelf.html().count(LOOK["missing"]["empty"]["text"]) == 1
    assert not [label for label in _labels(shelf) if label.startswith("Preview")]


def test_from_the_first_finished_step_each_can_be_looked_at(finished):
    """One button for each document; what another answer changes is shown without asking again."""
    shown = [label for label in _labels(finished) if label.startswith("Preview")]
    assert len(shown) == len(load_documents())
    finished.press(LOOK["show"].format(title=WORDS["one_page"]["title"]))
    assert finished.html().count("<iframe") == 1
    finished.page.there.answer("start.name", "Example Two")
    assert "Example Two" in finished.html().partition("<iframe")[2]
    _choose(finished, "Kind of file", "pdf")
    assert finished.html().count("<iframe") == 1
    finished.press(LOOK["hide"].format(title=WORDS["one_page"]["title"]))
    assert "<iframe" not in finished.html()


def test_what_was_found_folds_away_below_the_documents(finished):
    """Each kind behind a line that counts it; open decisions alone would lie open."""
    html, findings = finished.html(), finished.page.there.findings
    found = sum(finding.severity is Severity.WARN for finding in findings)
    assert f"<details><summary>Worth another look: {found}</summary>" in html
    assert "<details open><summary>Open decisions" not in html
    assert html.count('<section class="wb-finding') == len(findings)


def test_a_switch_changes_what_is_looked_at(finished):
    """The preview shows what the download would be."""
    finished.press(LOOK["show"].format(title=WORDS["strategy"]["title"]))
    before = finished.html().partition("<iframe")[2]
    label = PAGE["switch"]["reasons"]
    next(w for w in widgets_of(finished.page) if getattr(w, "description", "") == label).value = 0
    assert 0 < len(finished.html().partition("<iframe")[2]) < len(before)


@pytest.mark.thorough
def test_everything_comes_as_one_zip(finished, monkeypatch):
    """One press; the same zip as from the command line, named by the business."""
    monkeypatch.setattr("workbook.exports.bundle.list_kinds", lambda _: ("markdown",))
    (told,) = [m for m in finished.press(ALL["button"]) if m["kind"] == "download"]
    there = finished.page.there
    material = gather(there.plan, there.now.date(), unclear=there.file.unclear)
    assert told["buffers"] == [pack_bundle(material, there.file).raw]
    assert (told["name"], told["type"]) == (
        "example-plumbing-everything.zip",
        "application/zip",
    )
    assert ALL["missing"] not in finished.html()


def test_what_is_not_in_the_zip_is_said_on_the_page(finished, monkeypatch, caplog):
    """The others come; the page names the one that does not, the log the place in the code."""
    monkeypatch.setattr("workbook.exports.bundle.list_kinds", lambda _: ("markdown",))
    monkeypatch.setattr("workbook.exports.bundle.build_document", lambda *_: 1 / 0)
    (told,) = [m for m in finished.press(ALL["button"]) if m["kind"] == "download"]
    assert ZipFile(io.BytesIO(told["buffers"][0])).namelist() == ["plan.json", "read-me-first.txt"]
    assert ALL["missing"] in finished.html()
    assert "Social media policy could not be made." in finished.html()
    assert caplog.text.count("ZeroDivisionError") == 1


def test_a_large_file_goes_in_pieces(finished):
    """The line stays free for others between two of them; together they are the file."""
    raw, before = bytes(range(256)) * 10_000, len(finished.heard)
    give_download(finished.page, "large.zip", "application/zip", raw)
    told = finished.heard[before:]
    assert [m["kind"] for m in told] == ["piece", "piece", "download"]
    assert b"".join(m["buffers"][0] for m in told) == raw
    assert max(len(m["buffers"][0]) for m in told) <= PIECE


def test_the_main_documents_come_first(shelf):
    """The strategy is at the top; groups stand in their order, each once."""
    html = shelf.html()
    places = [html.index(f"<h3>{title}</h3>") for title in PAGE["group"].values()]
    assert places == sorted(places)
    assert all(html.count(f"<h3>{title}</h3>") == 1 for title in PAGE["group"].values())
    first = next(label for label in _labels(shelf) if " in Word" in label)
    assert first == "Social media strategy in Word"


@pytest.mark.parametrize("kind", [kind for kind in PAGE["kind"] if kind != "docx"])
def test_a_kind_of_file_shows_the_documents_that_come_in_it(shelf, kind):
    """Rules for staff are no spreadsheet; how many documents are elsewhere is said."""
    _choose(shelf, "Kind of file", kind)
    labels, suited = _labels(shelf), [n for n in load_documents() if kind in list_formats(n)]
    shown = [n for n in load_documents() if PAGE["format"][kind].format(**WORDS[n]) in labels]
    assert shown == suited
    assert suited
    others = len(load_documents()) - len(suited)
    assert (PAGE["elsewhere"].format(count=others) in shelf.html()) is bool(others)


def test_a_button_hands_over_the_document_on_the_chosen_paper(shelf):
    """The policy in Word, on letter paper, named by what it is."""
    _choose(shelf, "Paper", "letter")
    (told,) = [m for m in shelf.press("Social media policy in Word") if m["kind"] == "download"]
    document = Document(io.BytesIO(told["buffers"][0]))
    assert told["name"].endswith("policy.docx")
    assert document.paragraphs[0].text == "Social media policy"
    assert document.sections[0].page_width.mm == pytest.approx(215.9, abs=0.1)


def test_a_switch_changes_what_goes_in(shelf):
    """Without reasons the strategy is shorter."""
    sizes = []
    _choose(shelf, "Kind of file", "markdown")
    for _ in range(2):
        (told,) = shelf.press("Social media strategy as plain text")
        sizes.append(len(told["buffers"][0]))
        label = PAGE["switch"]["reasons"]
        box = next(w for w in widgets_of(shelf.page) if getattr(w, "description", "") == label)
        box.value = not box.value
    assert sizes[1] < sizes[0]


def test_a_document_is_called_by_its_title_in_another_language():
    """A file has the name of its document as the page says it; in English the one it always had."""
    plan = Plan.model_validate({"start": {"name": "Café La Giralda"}})
    named = [name_document(plan, "strategy", ".docx", language) for language in ("en", "es")]
    business = "cafe-la-giralda"
    assert named == [f"{business}-strategy.docx", f"{business}-estrategia-de-redes-sociales.docx"]
