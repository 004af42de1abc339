"""The register: status by silence, risk with its reasons, key people, and no secret going out."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import TODAY, make_finished
from workbook.audit.inventory import list_active
from workbook.checks import run
from workbook.checks.accounts import settle_silence
from workbook.exports.documents import Material, Switches
from workbook.exports.documents._contribution import read_statements
from workbook.exports.register import WRITERS
from workbook.fit.fates import is_silent
from workbook.plan import Plan
from workbook.steps.accounts.answers import Holding
from workbook.steps.accounts.listing import explain_risk, list_rows, write_sheet
from workbook.steps.accounts.report import contribute
from workbook.steps.accounts.standing import (
    Standing,
    is_at_risk,
    judge_standing,
    list_key_people,
    list_unlisted,
    weigh_risk,
)
from workbook.steps.start.answers import Account


def _plan(*holdings, accounts=None, **more):
    given = accounts or [{"id": h["id"], "platform": "x", "handle": h["id"]} for h in holdings]
    return Plan.model_validate(
        {"start": {"accounts": given}, "accounts": {"inventory": list(holdings)}, **more}
    )


def _stands(days, *, own=None, **account):
    holding = (
        Holding(id="ac01", last_post=TODAY - timedelta(days=days)) if days is not None else None
    )
    plan = Plan(own_defaults=own or {})
    return judge_standing(plan, Account.model_validate({"id": "ac01", **account}), holding, TODAY)


@pytest.mark.parametrize(
    ("days", "standing"),
    [(0, "active"), (30, "active"), (31, "quiet"), (90, "quiet"), (91, "dormant"),
     (365, "dormant"), (366, "abandoned"), (4000, "abandoned")],
)  # fmt: skip
def test_an_account_stands_by_the_days_of_its_silence(days, standing):
    """Active to 30 days, quiet to 90, dormant to 365, abandoned beyond."""
    assert _stands(days) is Standing(standing)


def test_the_day_of_the_last_post_wins_over_the_rough_answer():
    """The rough answer counts where no day is given, or one that is still to come."""
    assert _stands(10, last_posted="longer") is Standing.ACTIVE
    assert _stands(None, last_posted="longer") is Standing.ABANDONED
    assert _stands(None, last_posted="quarter") is Standing.QUIET
    assert _stands(-700, last_posted="quarter") is Standing.QUIET
    assert _stands(-700) is Standing.UNKNOWN
    assert _stands(10, access=["nobody"]) is Standing.ABANDONED
    assert _stands(40, own={"start.quiet_days": 45}) is Standing.ACTIVE


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2000), st.integers(0, 500))
def test_every_check_sees_the_silence_of_the_exact_day(days, most):
    """Whatever number of days a business goes by, the settled plan lies on the same side of it."""
    plan = _plan(
        {"id": "ac01", "last_post": (TODAY - timedelta(days=days)).isoformat()},
        own_defaults={"start.dormant_days": most},
    )
    settled = settle_silence(plan, TODAY)
    assert is_silent(settled, settled.start.accounts[0]) is (days > most)


def test_dormant_accounts_feed_linking_places_and_checks():
    """One day in the register takes a profile out of use everywhere; a later one brings it back."""
    accounts = [{"id": "ac01", "platform": "facebook", "handle": "acme", "last_posted": "month"}]
    silent = _plan({"id": "ac01", "last_post": "2026-01-01"}, accounts=accounts)
    alive = _plan({"id": "ac01", "last_post": "2027-01-10"}, accounts=accounts)
    assert not list_active(settle_silence(silent, TODAY))
    assert list_active(settle_silence(alive, TODAY))
    assert "account-dormant" in {f.id for f in run(silent, TODAY)}
    assert "account-dormant" not in {f.id for f in run(alive, TODAY)}


def test_each_fault_has_its_points_and_what_would_lower_it():
    """All faults together are fifteen points; a number of the business takes the place of ours."""
    account = Account.model_validate({"id": "ac01", "access": ["left", "nobody"]})
    holding = Holding.model_validate(
        {"id": "ac01", "second": "unknown", "login": "gone", "second_factor": "none",
         "password_place": "unknown", "shared": "yes", "impostor": "yes"}
    )  # fmt: skip
    risk = weigh_risk(Plan(), account, holding)
    assert (risk.points, len(risk.reasons), risk.open_points) == (15, 7, 0)
    own = Plan(own_defaults={"accounts.risk_impostor": 9})
    assert weigh_risk(own, account, holding).points == 22
    plan = _plan(holding.model_dump(mode="json"), accounts=[account.model_dump(mode="json")])
    told = explain_risk(list_rows(plan, TODAY)[0])
    assert len(told) == 7
    assert all(what and lower for what, lower in told)


def test_what_nobody_said_is_no_fault_and_may_become_one():
    """An account of which nothing is known has no points, and could have all of them."""
    risk = weigh_risk(Plan(), Account(id="ac01"), None)
    assert (risk.points, risk.open_points) == (0, 15)
    unsure = Holding.model_validate({"id": "ac01", "login": "unknown", "shared": "unknown"})
    assert weigh_risk(Plan(), Account(id="ac01"), unsure).points == 0


def test_key_people_are_named_with_what_hangs_on_them():
    """However a name is written it is one person; whoever has a second one is none."""
    plan = _plan(
        {"id": "ac01", "owner": "Ann", "second": "unknown"},
        {"id": "ac02", "owner": "ann ", "second": "unknown"},
        {"id": "ac03", "owner": "Bob", "second": "unknown"},
        {"id": "ac04", "owner": "Bob", "second": "Ann"},
        {"id": "ac05", "owner": "unknown", "second": "unknown"},
    )
    people = list_key_people(plan)
    assert [(p.name, p.accounts) for p in people] == [("Ann", ("ac01", "ac02")), ("Bob", ("ac03",))]
    found = {f.id: f for f in run(plan, TODAY)}
    assert "2 of 5" in found["accounts-hang-on-one"].what


def test_accounts_without_an_entry_are_listed():
    """An entry that says nothing counts as none."""
    accounts = [{"id": f"ac0{n}", "platform": "x"} for n in range(3)]
    plan = _plan({"id": "ac00", "owner": "Ann"}, {"id": "ac01"}, accounts=accounts)
    assert [account.id for account in list_unlisted(plan)] == ["ac01", "ac02"]


def _write(plan):
    """All that the register brings to documents, as one text."""
    said = contribute(Material(plan, (), (), TODAY, "en", Switches()))
    lines = [line.text for line in read_statements(said.body)]
    return "\n".join([*lines, *(str(p.value) for p in said.points), *map(str, said.decisions)])


# -- what goes out -----------------------------------------------------------------------------


def test_the_register_is_a_table_without_formulas():
    """Every account is a row, and what would act in a spreadsheet program is text."""
    hostile = {"id": "ac01", "owner": "=1+1", "notes": "+44 1603 000000"}
    sheet = write_sheet(_plan(hostile, accounts=[{"id": "ac01", "handle": "@acme"}]), TODAY)
    rows = list(csv.reader(io.StringIO(WRITERS[".csv"](sheet).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell.startswith(("=", "@", "+"))]
    assert WRITERS[".xlsx"](sheet).startswith(b"PK")


def test_the_register_as_csv_is_for_programs():
    """Numbers and days bare, and a name without the sign that a spreadsheet would take to act."""
    listed = {"id": "ac01", "last_post": "2021-05-13"}
    sheet = write_sheet(_plan(listed, accounts=[{"id": "ac01", "handle": "@acme"}]), TODAY)
    rows = csv.DictReader(io.StringIO(WRITERS[".csv"](sheet).decode("utf-8-sig")))
    cells = list(next(rows).values())
    assert {"acme", "2021-05-13", str((TODAY - date(2021, 5, 13)).days)} <= set(cells)
    assert not [cell for cell in cells if cell.startswith("'") or "," in cell]


def test_documents_tell_no_way_in():
    """Log-in addresses, places of passwords, ways back in and notes stay in the register."""
    plan = make_finished()
    text = _write(plan)
    assert "The office manager" in text
    for holding in plan.accounts.inventory:
        for name in ("login_address", "password_place", "recovery", "notes", "emergency"):
            said = getattr(holding, name)
            assert said in (None, "unknown") or said not in text


@pytest.mark.parametrize("count", [1, 500])
def test_a_long_register_stays_short_in_documents(count):
    """Forty accounts stand in the table; how many more there are is said."""
    holdings = [{"id": f"ac{n:04}", "owner": "Ann", "second": "unknown"} for n in range(count)]
    text = _write(_plan(*holdings))
    assert text.count("Not decided yet") == min(count, 40)
    assert ("and 460 more" in text) is (count == 500)


def test_days_in_the_wrong_order_are_told():
    """A post two years ahead, and an account younger than its posts."""
    day = date(2029, 1, 10)
    found = run(_plan({"id": "ac01", "last_post": day.isoformat()}), TODAY)
    assert "10 January 2029" in next(f.what for f in found if f.id == "account-day-to-come")
    found = run(_plan({"id": "ac01", "last_post": "2024-01-01", "created": "2026-01-01"}), TODAY)
    assert "opened-after-posting" in {f.id for f in found}


@pytest.mark.parametrize("access", ["left", "nobody"])
def test_one_grave_fault_alone_puts_an_account_at_risk(access):
    """Somebody who left can get in, or nobody can: nothing else has to be wrong."""
    account = Account(id="ac01", platform="tiktok", access=(access,))
    risk = weigh_risk(Plan(), account, None)
    assert risk.points == 3
    assert is_at_risk(Plan(), risk)
    own = Plan(own_defaults={"accounts.risk_grave": 0})
    assert not is_at_risk(own, risk)


def test_several_accounts_without_a_word_on_a_second_person_are_told():
    """A list that was taken over says nothing of it; one account alone is still being answered."""

    def find(count):
        plan = _plan(*({"id": f"ac{number:02}", "owner": "Ann"} for number in range(count)))
        return [each for each in run(plan, TODAY) if each.id == "second-not-told"]

    assert not find(1)
    assert len(find(30)) == 1
