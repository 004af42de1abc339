"""The log of complaints: its form, what it guards against, and that it is read back."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from workbook.complaint.log import FIELDS, WORDS, guard_cell, is_yes, needs_answer, write_log
from workbook.complaint.tree import load_tree
from workbook.content import load_words
from workbook.imports.cases import read_cases

BERLIN = "Europe/Berlin"


def _rows(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_the_form_has_every_field_of_a_complaint():
    """From receipt to closing, in order, each with a hint of what to write."""
    (hints,) = _rows(write_log())
    assert tuple(hints) == FIELDS
    assert len(FIELDS) == 23
    assert hints["id"].startswith("# ")
    assert all(hint.strip() for hint in hints.values())


def test_the_form_asks_for_nothing_most_private():
    """No field is for health, faith, politics, origin or the like, and one hint says so."""
    words = re.compile("health|faith|religio|politic|union|origin|ethnic|sexual|disab|birth")
    hints = {name: words_["hint"] for name, words_ in load_words(WORDS)["fields"].items()}
    assert not [name for name in FIELDS if words.search(name)]
    assert [name for name, hint in hints.items() if words.search(hint)] == ["remedy_sought"]
    assert "nothing about" in hints["remedy_sought"]


def test_an_empty_form_holds_no_case():
    """The row of hints is none."""
    found = read_cases(write_log(), "log.csv", BERLIN)
    assert found.records == ()
    assert [problem.id for problem in found.problems] == ["cases-none"]


def test_what_is_written_is_read_back():
    """A row of the log is the same case when the file comes back, from a spreadsheet too."""
    row = {
        "id": "7", "platform": "Facebook", "first_seen_at": "2026-05-08 17:50", "type": "complaint",
        "severity": "S2", "ack_at": "2026-05-08 18:20", "first_public_reply_at": "2026-05-08 18:05",
        "promised_by": "2026-05-11 12:00", "resolved_at": "2026-05-11 10:00",
        "outcome": "restore", "root_cause": "Late  delivery", "follow_up_posted": "Yes",
        "csat": "4",
    }  # fmt: skip
    raw = write_log([row])
    for given in (raw, raw.decode("utf-8-sig").replace(",", ";").encode("cp1252")):
        (case,) = read_cases(given, "log.csv", BERLIN).records
        zone = ZoneInfo(BERLIN)
        assert case.seen_at == datetime(2026, 5, 8, 17, 50, tzinfo=zone)
        assert case.replied_at == datetime(2026, 5, 8, 18, 5, tzinfo=zone)
        assert case.promised_at == datetime(2026, 5, 11, 12, tzinfo=zone)
        assert case.resolved_at == datetime(2026, 5, 11, 10, tzinfo=zone)
        assert (case.platform, case.severity, case.cause) == ("facebook", 2, "late delivery")
        assert case.is_followed_up
        assert case.is_satisfied
        assert case.needs_answer


def test_an_unknown_field_is_refused():
    """A row cannot bring a column that the log does not have."""
    with pytest.raises(ValueError, match="religion"):
        write_log([{"religion": "none"}])


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1234", "-5", "@you", "\t=1", " =1", "|calc"])
def test_cells_cannot_calculate(text):
    """Whatever somebody typed, a spreadsheet shows it and runs nothing."""
    (_, row) = _rows(write_log([{"handle": text}]))
    assert row["handle"] == guard_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Jo", "2026-05-08", "", "a=b", "'tis"])
def test_plain_cells_stay(text):
    """What is no formula is written as it is."""
    assert guard_cell(text) == text


@pytest.mark.parametrize(
    ("cell", "told"), [("Yes", True), (" x ", True), ("no", False), ("", None), ("maybe", None)]
)
def test_yes_and_no_are_read(cell, told):
    """People write yes and no in several ways; anything else is neither."""
    assert is_yes(cell) is told


def test_outcomes_that_need_no_answer_are_those_of_the_tree():
    """What the tree leaves unanswered does not count against anybody; all else does."""
    silent = {name for name in load_tree().outcomes if not needs_answer("complaint", name)}
    assert silent == {"ignore_or_report", "let_stand", "monitor"}
    assert not needs_answer("Spam", "")
    assert needs_answer("", "")


def test_logs_of_two_years_do_not_hide_each_other():
    """Numbers that begin at 1 again every year are told apart by the day."""
    both = [{"id": "1", "first_seen_at": f"{year}-05-08 10:00"} for year in (2025, 2026)]
    found = read_cases(write_log([*both, both[0]]), "log.csv", BERLIN)
    assert len(found.records) == 2
    assert found.left_out == (("twice", 1),)


@pytest.mark.parametrize("outcome", ["let_stand", "Let it stand"])
def test_what_needs_no_answer_has_its_name_or_its_code(outcome):
    """Whoever copies a row from paper writes the name that stands on the tree."""
    assert not needs_answer("complaint", outcome)
