"""Copies of the embedded database: made while it runs, kept for a week, put back."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from workbook.errors import CopyUnusable, LinkUnknown, StoreUnreachable
from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage.copies import copy_database, list_copies, restore_copy
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'plans.sqlite3'}"


def keep(address, name):
    """The key of a new plan with a name."""
    key = new_key()
    file = PlanFile(plan=Plan(start=Start(name=name)))
    DatabaseStore(address, key, today=TODAY).save(file, expected_revision=0, now=NOW)
    return key


def read_name(address, key):
    return DatabaseStore(address, key, today=TODAY).load().plan.start.name


def test_one_copy_a_day_for_seven_days(address):
    """A second one of a day changes nothing; the eighth takes the first away."""
    keep(address, "Acme")
    for days in range(9):
        copy_database(address, TODAY + timedelta(days=days), keep=7)
        copy_database(address, TODAY + timedelta(days=days), keep=7)
    days = [copy.day for copy in list_copies(address)]
    assert days == [TODAY + timedelta(days=each) for each in range(8, 1, -1)]


def test_a_copy_is_for_its_owner_alone_and_tells_no_answer(address):
    """Nobody else on the machine opens it, and what is in it is sealed."""
    keep(address, "Acme bakes bread")
    copy = copy_database(address, TODAY, keep=7)
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700
    assert b"Acme" not in copy.path.read_bytes()
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]


def test_what_was_lost_is_back_and_what_came_since_is_kept(address):
    """A plan deleted by mistake opens again; the state before lies beside it and can come back."""
    old = keep(address, "Old")
    copy = copy_database(address, TODAY, keep=7)
    DatabaseStore(address, old, today=TODAY).delete()
    new = keep(address, "New")
    before = restore_copy(address, copy.path, TODAY)
    assert read_name(address, old) == "Old"
    with pytest.raises(LinkUnknown):
        read_name(address, new)
    assert list_copies(address) == (before, copy)
    restore_copy(address, before.path, TODAY + timedelta(days=1))
    assert read_name(address, new) == "New"


def test_no_restore_takes_away_what_another_one_kept(address):
    """Copies put back one after the other on one day leave each state behind, to be put back."""
    key = keep(address, "Old")
    old = copy_database(address, TODAY, keep=7)
    newer = keep(address, "New")
    first = restore_copy(address, old.path, TODAY)
    second = restore_copy(address, first.path, TODAY)
    assert read_name(address, newer) == "New"
    third = restore_copy(address, second.path, TODAY)
    with pytest.raises(LinkUnknown):
        read_name(address, newer)
    assert read_name(address, key) == "Old"
    assert list_copies(address) == (third, second, first, old)


def test_whoever_wants_no_copies_has_none(address):
    """With 0 none is made, and those of before go at once, whatever kind they are."""
    keep(address, "Acme")
    assert copy_database(address, TODAY, keep=0) is None
    copy = copy_database(address, TODAY, keep=7)
    restore_copy(address, copy.path, TODAY)
    copy_database(address, TODAY, keep=0)
    assert not list(copy.path.parent.iterdir())


def test_what_a_killed_copy_left_is_swept_up(address):
    """Half a copy goes with the next one; files of another database are left alone."""
    keep(address, "Acme")
    folder = copy_database(address, TODAY, keep=7).path.parent
    for name in ("plans-2026-11-20.half", "plans-2026-11-20-replaced-2.half-wal"):
        (folder / name).touch()
    other = folder / "plans-b-2026-11-20.half"
    other.touch()
    copy_database(address, TODAY, keep=7)
    assert set(folder.glob("*.half*")) == {other}


@pytest.mark.parametrize("name", ["plans[1].sqlite3", "plans*", "plans.old.sqlite3"])
def test_the_name_of_a_database_is_no_pattern(tmp_path, name):
    """Its copies are found and taken away, whatever signs are in it."""
    address = f"sqlite:///{tmp_path / name}"
    keep(address, "Acme")
    copy_database(address, TODAY, keep=7)
    last = copy_database(address, TODAY + timedelta(days=7), keep=7)
    assert list_copies(address) == (last,)
    assert list(last.path.parent.iterdir()) == [last.path]


def test_a_database_that_is_gone_comes_back(address, tmp_path):
    """Its file may have been lost with its folder."""
    key = keep(address, "Acme")
    copy = copy_database(address, TODAY, keep=7)
    for path in tmp_path.glob("plans.sqlite3*"):
        path.unlink()
    restore_copy(address, copy.path, TODAY)
    assert read_name(address, key) == "Acme"


def test_saves_go_on_while_a_copy_is_made(address):
    """Each is in the database afterwards, and the copy is whole."""
    keys = [keep(address, "First")]
    done = threading.Event()

    def go_on():
        while not done.is_set():
            keys.append(keep(address, f"Number {len(keys)}"))

    saving = threading.Thread(target=go_on)
    saving.start()
    try:
        copies = [copy_database(address, TODAY + timedelta(days=d), keep=9) for d in range(4)]
    finally:
        done.set()
        saving.join()
    assert all(read_name(address, key) for key in keys)
    for copy in copies:
        restore_copy(address, copy.path, TODAY)
        assert read_name(address, keys[0]) == "First"


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_copy_takes_no_place(address, tmp_path, content):
    """The database stays as it is, and the message says why."""
    key = keep(address, "Acme")
    given = tmp_path / "given.sqlite3"
    if content is not None:
        given.write_bytes(content)
    with pytest.raises(CopyUnusable, match=r"given\.sqlite3"):
        restore_copy(address, given, TODAY)
    assert read_name(address, key) == "Acme"
    sqlite3.connect(tmp_path / "other.sqlite3").executescript("CREATE TABLE a (b); ")
    with pytest.raises(CopyUnusable):
        restore_copy(address, tmp_path / "other.sqlite3", TODAY)


def test_a_copy_that_fails_leaves_the_others(address):
    """The database may be unreadable for a while; nothing is taken away meanwhile."""
    keep(address, "Acme")
    first = copy_database(address, TODAY, keep=7)
    file = first.path.parent.parent / "plans.sqlite3"
    file.rename(file.with_suffix(".away"))
    with pytest.raises(StoreUnreachable):
        copy_database(address, TODAY + timedelta(days=8), keep=7)
    assert list_copies(address) == (first,)
    assert [path.name for path in first.path.parent.iterdir()] == [first.path.name]


def test_plans_on_a_database_server_are_left_to_its_tools():
    """Nothing is copied and nothing is put back; the message says so."""
    address = "postgresql://localhost/plans"
    assert copy_database(address, TODAY, keep=7) is None
    assert not list_copies(address)
    with pytest.raises(CopyUnusable, match="server"):
        restore_copy(address, Path("x"), TODAY)
