"""How many plans may be begun from one place within an hour, and what is kept of that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from workbook.errors import LinkUnknown, PlansTooMany
from workbook.plan import Plan
from workbook.session import Session
from workbook.steps.start.answers import Start
from workbook.storage import connections, tables
from workbook.storage.connections import open_database
from workbook.storage.creations import Quota, forget_creations
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
FILE = PlanFile(plan=Plan(start=Start(name="Café")))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every kind of database we know."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql").new_database()
    return f"sqlite:///{tmp_path}/plans.sqlite3"


def begin(address: str, origin: str, minutes: int = 0, most: int = 2) -> DatabaseStore:
    """Begin a plan from a place, so many minutes after two o'clock."""
    quota = Quota(origin, most)
    store = DatabaseStore(address, new_key(), today=NOW.date(), quota=quota)
    store.save(FILE, expected_revision=0, now=NOW + timedelta(minutes=minutes))
    return store


def count(address: str) -> int:
    """What is kept of plans that were begun."""
    with open_database(address, writes=False) as connection:
        return len(connection.execute(tables.CREATIONS.select()).all())


def test_so_many_plans_may_be_begun_within_an_hour(address: str) -> None:
    """The next one has to wait until the first is an hour old; another place need not."""
    begin(address, "a")
    second = begin(address, "a", minutes=20)
    with pytest.raises(PlansTooMany, match="about 30 minutes"):
        begin(address, "a", minutes=31)
    begin(address, "b", minutes=31)
    saved = second.save(second.load(), expected_revision=1, now=NOW + timedelta(minutes=32))
    assert saved.revision == 2
    begin(address, "a", minutes=60)
    with pytest.raises(PlansTooMany, match="about 20 minutes"):
        begin(address, "a", minutes=61)


def test_what_is_refused_leaves_nothing_behind(address: str) -> None:
    """No half of a plan, no count, and what was deleted counts all the same."""
    begin(address, "a", most=1).delete()
    key = new_key()
    store = DatabaseStore(address, key, today=NOW.date(), quota=Quota("a", 1))
    with pytest.raises(PlansTooMany):
        store.save(FILE, expected_revision=0, now=NOW)
    with pytest.raises(LinkUnknown):
        store.load()
    assert count(address) == 1


def test_counts_are_forgotten_after_an_hour(address: str) -> None:
    """The next plan takes what is older away, whoever begins it; each day the rest goes too."""
    begin(address, "a")
    begin(address, "b", minutes=61)
    assert count(address) == 1
    forget_creations(address, NOW + timedelta(minutes=122))
    assert count(address) == 0


def test_an_answer_is_kept_until_the_plan_may_be_begun(tmp_path: Path) -> None:
    """Nothing typed is lost: it can be taken along as a file, and is saved as soon as it may."""
    address = f"sqlite:///{tmp_path}/plans.sqlite3"
    begin(address, "a", most=1)
    at = [NOW]
    store = DatabaseStore(address, new_key(), today=NOW.date(), quota=Quota("a", 1))
    session = Session(store, clock=lambda: at[0])
    outcome = session.answer("start.name", "Bakery")
    assert isinstance(outcome.error, PlansTooMany)
    assert session.plan.start.name == "Bakery"
    at[0] += timedelta(hours=1)
    assert session.retry().error is None
    assert store.load().plan.start.name == "Bakery"


def test_tables_of_before_learn_to_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of the first version gets the table, and its plans stay."""
    monkeypatch.setattr(tables, "UPGRADES", tables.UPGRADES[:1])
    address = f"sqlite:///{tmp_path}/plans.sqlite3"
    store = begin(address, "a")
    with open_database(address, writes=True) as connection:
        connection.exec_driver_sql("DROP TABLE creations")
        connection.execute(tables.SCHEMA.update().values(version=1))
    connections._ready.clear()
    begin(address, "a", minutes=1)
    assert store.load().plan == FILE.plan
    assert count(address) == 1
