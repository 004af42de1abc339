"""Word and Excel documents opened by an office program and read back."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.exports.sample_plans import LAST, PLANS, TODAY, make_blocked, make_waiting
from workbook.exports import Paper
from workbook.exports.documents import gather, list_formats, load_documents, write_document

pytestmark = pytest.mark.office

ALL = {**PLANS, "waiting": make_waiting, "blocked": make_blocked}
MAIN = ("strategy", "one_page")
"""The documents that tell of everything; the others are made of three plans."""
ALIKE = ("worksheets",)
"""The documents that are the same whatever the plan says."""


def _choose(plan):
    """The documents that are made of a plan."""
    names = load_documents() if plan in PLANS else MAIN
    return [name for name in names if plan == "finished" or name not in ALIKE]


BOOKS = [name for name in load_documents() if "xlsx" in list_formats(name)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """All documents of all plans converted by one call: for each its pages and its text."""
    missing = [name for name in ("soffice", "pdftotext", "pdfinfo") if not shutil.which(name)]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{missing} not installed")
    folder = tmp_path_factory.mktemp("documents")
    for plan, make in ALL.items():
        material = gather(make(), TODAY)
        for name in _choose(plan):
            path = folder / f"{plan}-{name}.docx"
            path.write_bytes(write_document(name, "docx", material))
            if name in BOOKS:
                book = folder / f"{plan}-{name}-book.xlsx"
                book.write_bytes(write_document(name, "xlsx", material))
        for name in set(_choose(plan)) & {"one_page", "poster"}:
            letter = folder / f"{plan}-{name}-letter.docx"
            letter.write_bytes(write_document(name, "docx", material, paper=Paper.LETTER))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [*sorted(folder.glob("*.docx")), *sorted(folder.glob("*.xlsx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.stem: _read(path.with_suffix(".pdf")) for path in files}


def _read(pdf):
    pages = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    count = next(line.split()[1] for line in pages.splitlines() if line.startswith("Pages"))
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True)
    return int(count), " ".join(text.stdout.split())


def test_every_document_of_every_plan_opens(opened):
    """The office program makes pages of all of them."""
    made = {f"{plan}-{name}" for plan in ALL for name in _choose(plan)}
    assert made | {f"{plan}-{name}-book" for plan in PLANS for name in BOOKS} <= set(opened)
    assert all(pages >= 1 for pages, _ in opened.values())


@pytest.mark.parametrize("plan", sorted(ALL))
def test_the_one_page_strategy_is_one_page(opened, plan):
    """One sheet of A4, and one of the shorter letter paper, whatever the plan says."""
    assert opened[f"{plan}-one_page"][0] == 1
    assert opened[f"{plan}-one_page-letter"][0] == 1


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_the_poster_is_one_sheet(opened, plan):
    """It hangs on a wall: one sheet of A4, and one of letter."""
    assert opened[f"{plan}-poster"][0] == 1
    assert opened[f"{plan}-poster-letter"][0] == 1


@pytest.mark.parametrize(
    ("name", "least", "most"), [("policy", 3, 5), ("playbook", 4, 6), ("worksheets", 15, 50)]
)
def test_documents_for_staff_have_a_length_that_is_read(opened, name, least, most):
    """Three to five pages of rules, four to six of a playbook, and worksheets one can print."""
    assert least <= opened[f"finished-{name}"][0] <= most


@pytest.mark.parametrize("plan", sorted(PLANS))
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("case", 2, 2), ("review_report", 2, 3), ("measurement_plan", 3, 5), ("ninety_days", 2, 4)],
)
def test_documents_that_are_kept_stay_short(opened, name, least, most, plan):
    """Two pages for whoever decides, a few for the others, however long the answers are."""
    assert least <= opened[f"{plan}-{name}"][0] <= most


@pytest.mark.parametrize("name", ["purpose", "respect", "rights"])
def test_no_word_of_a_very_long_rule_is_lost(opened, name):
    """The last words of rules of 20,000 characters are on paper."""
    assert f"{name}, {LAST}" in opened["very_long-policy"][1]


def test_the_strategy_of_a_finished_plan_is_a_document_one_reads(opened):
    """No more than 45 pages, and its parts are all there in order.

    Most of them are there to look things up in: rules for voice, complaints and staff, settings
    for counting, our numbers, and sources. What has to be read stands on the one page.
    """
    pages, text = opened["finished-strategy"]
    assert pages <= 45
    after_contents = text[text.rindex("In brief") :]
    parts = ("What misses the mark", "Goal 1:", "What is decided", "What to do, and when")
    places = [after_contents.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["strategy", "strategy-book"])
def test_no_word_of_a_very_long_answer_is_lost(opened, kind):
    """The last words of answers of 20,000 characters are on paper, from Word and from Excel."""
    _, text = opened[f"very_long-{kind}"]
    for name in ("sells", "aim", "why3", "wish1", "miss1", "account"):
        assert f"{name}, {LAST}" in text
    assert "<script>alert(1)</script>" in text
