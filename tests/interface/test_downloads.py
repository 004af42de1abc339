"""The page of documents: what each is for, as which kind of file, and what goes in."""

from __future__ import annotations

import io

import pytest
from docx import Document
from ipywidgets import Button, Dropdown

from tests.interface.conftest import widgets_of
from workbook.content import load_words
from workbook.exports.documents import list_formats, load_documents
from workbook.plan import Plan

WORDS = load_words("exports/documents/words.toml")
PAGE = load_words("interface/finish.toml")["documents"]


@pytest.fixture
def shelf(visit_page):
    """The page of documents of an empty plan."""
    browser = visit_page("finish", Plan())
    browser.page.show("documents")
    return browser


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
    assert len(labels) <= len(load_documents()) + 2


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
