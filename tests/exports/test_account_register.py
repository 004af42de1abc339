"""The register of accounts: a row for each, one table, and never a secret."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest

from tests.exports.sample_plans import TODAY, make_finished, make_very_long
from workbook.exports.documents import build_document, gather, list_formats, write_document
from workbook.exports.report import Table
from workbook.plan import Plan

NAME = "account_register"
HELD = "left out: it looks like a password"


def _build(plan):
    return build_document(NAME, gather(plan, TODAY))


def _rows(plan):
    (table,) = [block for block in _build(plan).blocks if isinstance(block, Table)]
    return table.rows


def _plan(account=(), holding=(), fate=()):
    return Plan.model_validate(
        {
            "start": {"accounts": [{"id": "acc1", "platform": "facebook", **dict(account)}]},
            "accounts": {"inventory": [{"id": "acc1", **dict(holding)}]},
            "platform_fit": {"fates": [{"id": "acc1", **dict(fate)}]},
        }
    )


def test_there_is_a_row_for_each_account():
    """Two hundred accounts are two hundred rows, in the order they were entered."""
    rows = _rows(make_very_long())
    assert len(rows) == 200
    assert rows[0][0] == "X account0"


def test_a_row_says_who_holds_it_and_what_becomes_of_it():
    """Owner, second person, place of the password, the decision, who sees to it, and by when."""
    plan = _plan(
        {"handle": "@us", "last_posted": "month"},
        {"owner": "Ann", "second": "unknown", "password_place": "The safe in the office"},
        {"action": "park", "who": "Ben", "due": "2027-02-01"},
    )
    assert _rows(plan) == (
        ("Facebook @us", "Active", "Ann", "nobody yet", "The safe in the office", "Park it", "Ben",
         date(2027, 2, 1)),
    )  # fmt: skip


def test_as_csv_it_is_one_table_and_nothing_else():
    """Every line has as many cells as the first, so any program reads it; days are ISO dates."""
    raw = write_document(NAME, "csv", gather(make_finished(), TODAY))
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert {len(line) for line in lines} == {8}
    assert len(lines) == 1 + len(make_finished().start.accounts)
    assert lines[0][0] == "Account"


@pytest.mark.parametrize(
    ("part", "field", "typed"),
    [
        ("account", "handle", "password:hunter2"),
        ("account", "handle", "Summer!2027#x"),
        ("fate", "who", "Ben, PIN 4711"),
        ("fate", "who", "Ben (login: ben, password = Tr0ub4dor&3)"),
    ],
)
def test_what_looks_like_a_password_cannot_get_in(part, field, typed):
    """It is refused where it is typed; past that guard it is left out of every format."""
    said = {field: typed}
    with pytest.raises(ValueError, match="secret"):
        _plan(**{part: said})
    plan = _plan(**{part: {"action": "park"} if part == "fate" else {}})
    step, name = ("platform_fit", "fates") if part == "fate" else ("start", "accounts")
    (entry,) = getattr(getattr(plan, step), name)
    past = getattr(plan, step).model_copy(update={name: (entry.model_copy(update=said),)})
    plan = plan.model_copy(update={step: past})
    assert HELD in _build(plan).text()
    for name in ("csv", "html", "markdown"):
        told = write_document(NAME, name, gather(plan, TODAY)).decode()
        assert not any(word in told for word in ("hunter2", "Summer!2027", "4711", "Tr0ub4dor"))


@pytest.mark.parametrize("field", ["owner", "second", "password_place"])
def test_a_register_never_takes_a_password(field):
    """What holds the keys is guarded when it is typed; past that guard it is left out here."""
    holding = {field: "password: hunter2"}
    with pytest.raises(ValueError, match="secret"):
        _plan(holding=holding)
    plan = _plan()
    past = plan.accounts.inventory[0].model_copy(update=holding)
    accounts = plan.accounts.model_copy(update={"inventory": (past,)})
    told = _build(plan.model_copy(update={"accounts": accounts})).text()
    assert "hunter2" not in told
    assert HELD in told


@pytest.mark.parametrize("handle", ["@Plumbing2024", "Plumbing2024", "exampleplumbing"])
def test_ordinary_names_stand_there(handle):
    """A year in the name of an account is no password."""
    assert handle in _build(_plan({"handle": handle})).text()


def test_each_decision_comes_with_what_to_do():
    """The steps of parking, with the account, who sees to it, and by when."""
    plan = _plan({"handle": "@us"}, fate={"action": "park", "who": "Ben", "due": "2027-02-01"})
    text = _build(plan).text()
    assert "Facebook @us (Ben, by 1 February 2027)" in text
    assert "Write a last post that says where people find you now" in text
    assert "Delete it" not in text


def test_it_says_who_holds_the_keys():
    """Everybody with their accounts, the one with most first; and what has no second person."""
    lines = _build(make_finished()).text().splitlines()
    keys = lines[lines.index("Who holds the keys") :]
    assert keys[1].startswith("The owner: ")
    assert any(line.startswith("Without a second person with full rights: ") for line in keys)


def test_without_accounts_it_says_so():
    """An empty plan has the head of the table in no format, and a sentence in each."""
    assert "No account is written down yet." in _build(Plan()).text()
    assert set(list_formats(NAME)) >= {"docx", "pdf", "xlsx", "csv"}


@pytest.mark.parametrize("handle", ["=cmd()", "+1+1", "-2"])
def test_a_handle_that_looks_like_a_formula_is_a_text(handle):
    """Whoever opens the register in a spreadsheet program reads it, and nothing is worked out."""
    material = gather(_plan({"handle": handle}, {"owner": handle}), TODAY)
    table = write_document(NAME, "csv", material).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert f"'{handle}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    book = openpyxl.load_workbook(io.BytesIO(write_document(NAME, "xlsx", material)))
    rows = [row for sheet in book for row in sheet.iter_rows()]
    found = {cell.value: cell.data_type for row in rows for cell in row}
    assert found[handle] == "s"
    assert "f" not in found.values()
