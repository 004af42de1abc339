"""Word and Excel documents opened by an office program and read back."""

from __future__ import annotations

import pytest
from reading import count_pages, find_lost, read_pages, tell_words

from tests.exports.sample_plans import LAST, PLANS

pytestmark = pytest.mark.office

DRAWN_UP = ["finished", "empty", "very_long", "waiting", "blocked"]
LETTER = "letter"
BOOK = ".book"
"""What the pages of an Excel file are called by, beside those of a Word file."""


def _pages(opened, name):
    return count_pages(opened[name])


def test_every_document_of_every_plan_opens(made, opened):
    """The office program makes pages of all of them, of Word files and of Excel files."""
    files = {name for name, each in made.items() if "docx" in each.files}
    books = {f"{name}{BOOK}" for name, each in made.items() if "xlsx" in each.files}
    assert {each.plan for each in made.values()} == set(DRAWN_UP)
    assert len(books) > len(PLANS)
    assert files | books <= set(opened)
    assert all(count_pages(path) >= 1 for path in opened.values())


WRITTEN = [(plan, "") for plan in DRAWN_UP] + [(plan, BOOK) for plan in PLANS]


@pytest.mark.parametrize(("plan", "kind"), WRITTEN)
def test_every_word_of_every_document_is_there(made, opened, plan, kind):
    """What the report says, the office program shows as often, up to the last cell."""
    looked_at = 0
    for name, each in made.items():
        if each.plan == plan and f"{name}{kind}" in opened:
            words = tell_words(each.report, in_sheets=kind == BOOK)
            assert find_lost(words, read_pages(opened[f"{name}{kind}"])) == {}, name
            looked_at += 1
    assert looked_at > 1


@pytest.mark.parametrize("plan", DRAWN_UP)
def test_the_one_page_strategy_is_one_page(opened, plan):
    """One sheet of A4, and one of the shorter letter paper, whatever the plan says."""
    assert _pages(opened, f"{plan}-one_page") == 1
    assert _pages(opened, f"{plan}-one_page-{LETTER}") == 1


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_the_poster_is_one_sheet(opened, plan):
    """It hangs on a wall: one sheet of A4, and one of letter."""
    assert _pages(opened, f"{plan}-poster") == 1
    assert _pages(opened, f"{plan}-poster-{LETTER}") == 1


@pytest.mark.parametrize(
    ("name", "least", "most"), [("policy", 3, 5), ("playbook", 4, 6), ("worksheets", 15, 50)]
)
def test_documents_for_staff_have_a_length_that_is_read(opened, name, least, most):
    """Three to five pages of rules, four to six of a playbook, and worksheets one can print."""
    assert least <= _pages(opened, f"finished-{name}") <= most


@pytest.mark.parametrize("plan", sorted(PLANS))
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("case", 2, 2), ("review_report", 2, 3), ("measurement_plan", 3, 5), ("ninety_days", 2, 4)],
)
def test_documents_that_are_kept_stay_short(opened, name, least, most, plan):
    """Two pages for whoever decides, a few for the others, however long the answers are."""
    assert least <= _pages(opened, f"{plan}-{name}") <= most


@pytest.mark.parametrize("name", ["purpose", "respect", "rights"])
def test_no_word_of_a_very_long_rule_is_lost(opened, name):
    """The last words of rules of 20,000 characters are on paper."""
    text = " ".join(read_pages(opened["very_long-policy"]).split())
    assert f"{name}, {LAST}" in text


@pytest.mark.parametrize(
    ("name", "least", "most"), [("strategy", 8, 15), ("strategy-full", 16, 45)]
)
def test_the_strategy_of_a_finished_plan_is_a_document_one_reads(opened, name, least, most):
    """Short it is read at one sitting; in full it has no more than 45 pages to look things up in.

    Its parts are all there in order.
    """
    text = " ".join(read_pages(opened[f"finished-{name}"]).split())
    assert least <= _pages(opened, f"finished-{name}") <= most
    after_contents = text[text.rindex("In brief") :]
    parts = ("What misses the mark", "Goal 1:", "What is decided", "What to do, and when")
    places = [after_contents.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["strategy-full", f"strategy-full{BOOK}"])
def test_no_word_of_a_very_long_answer_is_lost(opened, kind):
    """The last words of answers of 20,000 characters are on paper, from Word and from Excel."""
    text = " ".join(read_pages(opened[f"very_long-{kind}"]).split())
    for name in ("sells", "aim", "why3", "wish1", "miss1", "account"):
        assert f"{name}, {LAST}" in text
    assert "<script>alert(1)</script>" in text
