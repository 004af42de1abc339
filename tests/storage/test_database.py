"""Plans in a database: what a thief, a full disk and a second program can do to them."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
import traceback
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
import pytest
from sqlalchemy import event

from workbook.errors import (
    LinkIncomplete,
    LinkUnknown,
    PlanDamaged,
    StoreError,
    StoreFull,
    StoreUnreachable,
    WorkbookError,
)
from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage import connections, copies, tables
from workbook.storage.database import DatabaseStore, purge
from workbook.storage.defaults import default_address
from workbook.storage.encryption import new_key, read_key, write_key
from workbook.storage.plan_file import PlanFile
from workbook.storage.store import Right

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
SECRET = "turnover fell by a third"
SECRETS = PlanFile(plan=Plan(start=Start(name="Zoe & Daughters", sells=SECRET * 50)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plans.sqlite3"


def open_link(file: Path, key: str) -> DatabaseStore:
    return DatabaseStore(f"sqlite:///{file}", key, today=TODAY)


def ask(file: Path, statement: str, *values: object) -> list[tuple]:
    """What somebody with the database file sees or does, without our code."""
    connection = sqlite3.connect(file)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def everything_on_disk(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(file.parent.iterdir()))


# -- theft -------------------------------------------------------------------------------------


def test_a_stolen_database_shows_no_answer_and_no_key(file: Path) -> None:
    """Whoever copies every file of the database finds neither a word of a plan nor a key."""
    key = new_key()
    store = open_link(file, key)
    with connections.open_database(f"sqlite:///{file}", writes=False):
        saved = store.save(SECRETS, expected_revision=0, now=NOW)
        given = store.grant(Right.READING)
        store.save(saved, expected_revision=1, now=NOW)
        stolen = everything_on_disk(file)
    for hidden in (SECRET, "Zoe", "social-media", '"plan"', "start", key, given):
        assert hidden.encode() not in stolen
    for letters in (key, given):
        assert read_key(letters) not in stolen
        assert read_key(letters).hex().encode() not in stolen


def test_a_sealed_plan_moved_to_another_row_does_not_open(file: Path) -> None:
    """Somebody who writes into the database cannot show one business's plan to another."""
    mine, theirs = open_link(file, new_key()), open_link(file, new_key())
    mine.save(SECRETS, expected_revision=0, now=NOW)
    theirs.save(PlanFile(), expected_revision=0, now=NOW)
    (other,) = ask(file, "SELECT plan_id FROM access WHERE name = ?", theirs._link.name)[0]
    (sealed,) = ask(file, "SELECT sealed FROM plans WHERE id <> ?", other)[0]
    ask(file, "UPDATE plans SET sealed = ? WHERE id = ?", sealed, other)
    with pytest.raises(PlanDamaged, match="does not belong to this link"):
        theirs.load()
    ask(file, "UPDATE access SET plan_id = (SELECT id FROM plans WHERE id <> ?)", other)
    with pytest.raises(PlanDamaged):
        theirs.load()
    assert mine.load().plan == SECRETS.plan


def test_an_earlier_revision_put_back_does_not_open_as_the_newest(file: Path) -> None:
    """An old sealed plan under a new revision is refused: revision and content belong together."""
    store = open_link(file, new_key())
    saved = store.save(SECRETS, expected_revision=0, now=NOW)
    ((old,),) = ask(file, "SELECT sealed FROM plans")
    store.save(saved, expected_revision=1, now=NOW)
    ask(file, "UPDATE plans SET sealed = ?", old)
    with pytest.raises(PlanDamaged):
        store.load()
    ask(file, "UPDATE plans SET revision = 1")
    assert store.load() == saved


def test_a_right_cannot_be_raised_in_the_database(file: Path) -> None:
    """A reading link whose row is changed to an owner's opens nothing at all."""
    owner = open_link(file, new_key())
    saved = owner.save(SECRETS, expected_revision=0, now=NOW)
    reader = open_link(file, owner.grant(Right.READING))
    ask(file, 'UPDATE access SET "right" = ? WHERE name = ?', "owner", reader._link.name)
    with pytest.raises(PlanDamaged):
        reader.load()
    with pytest.raises(PlanDamaged):
        reader.save(saved, expected_revision=1, now=NOW)
    assert owner.load() == saved


def test_a_withdrawn_key_opens_no_later_plan_even_for_a_thief(file: Path) -> None:
    """Who kept the old row of a withdrawn link and puts it back reads nothing that came later."""
    owner = open_link(file, new_key())
    owner.save(SECRETS, expected_revision=0, now=NOW)
    reader = open_link(file, owner.grant(Right.READING))
    row = ask(file, "SELECT * FROM access WHERE name = ?", reader._link.name)[0]
    owner.withdraw(reader._link.name)
    ask(file, "INSERT INTO access VALUES (?, ?, ?, ?, ?, ?)", *row)
    with pytest.raises(PlanDamaged):
        reader.load()


def test_a_damaged_row_is_left_as_it_is(file: Path) -> None:
    """One changed bit is noticed; the row stays for whoever can mend it, and can be deleted."""
    store = open_link(file, new_key())
    saved = store.save(SECRETS, expected_revision=0, now=NOW)
    ((sealed,),) = ask(file, "SELECT sealed FROM plans")
    broken = sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:]
    ask(file, "UPDATE plans SET sealed = ?", broken)
    with pytest.raises(PlanDamaged, match="plan file you downloaded") as refused:
        store.load()
    assert "last good copy" not in str(refused.value)
    assert ask(file, "SELECT sealed FROM plans") == [(broken,)]
    ask(file, "UPDATE access SET wrapped_key = x'00'")
    with pytest.raises(PlanDamaged):
        store.save(saved, expected_revision=1, now=NOW)
    store.delete()
    assert not store.exists()


@pytest.mark.parametrize("letters", [21, 10, 0])
def test_a_truncated_link_is_told_from_an_unknown_one(file: Path, letters: int) -> None:
    """A link that was cut off says to copy it whole; a mistyped one says what else may be."""
    key = new_key()
    open_link(file, key).save(SECRETS, expected_revision=0, now=NOW)
    with pytest.raises(LinkIncomplete):
        open_link(file, key[:letters])
    other = bytes([read_key(key)[0] ^ 1]) + read_key(key)[1:]
    with pytest.raises(LinkUnknown, match="13 months"):
        open_link(file, write_key(other)).load()


def test_nothing_of_a_plan_or_key_is_logged(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With every log switched on, neither a key nor an answer nor a sealed byte is written."""
    connections._make_engine.cache_clear()
    key = new_key()
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "sqlalchemy.engine"):
        store = open_link(file, key)
        store.save(SECRETS, expected_revision=0, now=NOW)
        ask(file, "DROP TABLE plans")
        with pytest.raises(StoreUnreachable) as refused:
            store.save(SECRETS, expected_revision=1, now=NOW)
    connections._make_engine.cache_clear()
    assert "INSERT INTO plans" in caplog.text
    for hidden in (key, SECRET, "Zoe", store._link.name):
        assert hidden not in caplog.text
    shown = "".join(traceback.format_exception(refused.value))
    assert "OperationalError" not in shown
    assert key not in shown


# -- really gone -------------------------------------------------------------------------------


def sealed_parts(file: Path) -> list[bytes]:
    """Pieces of every sealed plan and wrapped key, small enough to lie on one page."""
    plans = [sealed[-200:-20] for (sealed,) in ask(file, "SELECT sealed FROM plans")]
    keys = [wrapped for (wrapped,) in ask(file, "SELECT wrapped_key FROM access")]
    return plans + keys


def test_deleted_means_gone_from_the_files(file: Path) -> None:
    """After deleting, no sealed byte of the plan is left in the database or its journal."""
    store, other = open_link(file, new_key()), open_link(file, new_key())
    store.save(SECRETS, expected_revision=0, now=NOW)
    gone = sealed_parts(file)
    other.save(SECRETS, expected_revision=0, now=NOW)
    assert all(part in everything_on_disk(file) for part in gone)
    keeper = sqlite3.connect(file)
    keeper.execute("SELECT count(*) FROM plans").fetchall()
    store.delete()
    assert not any(part in everything_on_disk(file) for part in gone)
    keeper.close()
    assert other.load().plan == SECRETS.plan


def test_purged_means_gone_and_the_file_gets_smaller(file: Path) -> None:
    """Plans nobody visited leave no byte behind, and their room goes back to the disk."""
    big = SECRETS.model_copy(update={"unclear": {"a": os.urandom(60_000).hex()}})
    old = DatabaseStore(f"sqlite:///{file}", new_key(), today=date(2025, 10, 21))
    old.save(big, expected_revision=0, now=datetime(2025, 10, 21, tzinfo=UTC))
    gone, before = sealed_parts(file), file.stat().st_size
    kept = open_link(file, new_key())
    kept.save(SECRETS, expected_revision=0, now=NOW)
    assert purge(f"sqlite:///{file}", TODAY) == 1
    assert not any(part in everything_on_disk(file) for part in gone)
    assert file.stat().st_size < before
    assert kept.load().plan == SECRETS.plan


# -- the world's failures ----------------------------------------------------------------------


def test_a_database_that_may_not_grow_refuses_and_keeps(file: Path) -> None:
    """A full database takes no more answers; those that were saved stay."""
    store = open_link(file, new_key())
    saved = store.save(SECRETS, expected_revision=0, now=NOW)
    engine = connections._make_engine(f"sqlite:///{file}")
    pages = ask(file, "PRAGMA page_count")[0][0]

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    event.listen(engine, "connect", limit)
    big = saved.model_copy(update={"unclear": {"a": os.urandom(50_000).hex()}})
    with pytest.raises(StoreFull, match="no room left"):
        store.save(big, expected_revision=1, now=NOW)
    assert store.load() == saved
    assert store.save(saved, expected_revision=1, now=NOW).revision == 2


FULL_DISK = textwrap.dedent("""
    import os, resource, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from test_database import NOW, SECRETS, StoreFull, new_key, open_link

    store = open_link(Path(sys.argv[2]), new_key())
    saved = store.save(SECRETS, expected_revision=0, now=NOW)
    big = saved.model_copy(update={"unclear": {"a": os.urandom(500_000).hex()}})
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        store.save(big, expected_revision=1, now=NOW)
    except StoreFull as full:
        print(full.what)
    assert store.load() == saved
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(store.save(big, expected_revision=1, now=NOW) == store.load())
""")


@pytest.mark.thorough
def test_a_full_disk_loses_nothing(file: Path) -> None:
    """The answer that found no room is refused; when there is room again, it is saved."""
    arguments = [str(Path(__file__).parent), str(file)]
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["There is no room left to save answers.", "True"]


CLOSED_FOLDER = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from test_database import NOW, SECRETS, StoreUnreachable, connections, new_key, open_link

    folder, nobody = Path(sys.argv[2]), 65534
    if os.getuid() == 0:  # whom nothing is closed to
        os.chown(folder, nobody, nobody)
        os.setgid(nobody)
        os.setuid(nobody)
    store = open_link(folder / "plans.sqlite3", new_key())
    with connections.hold_database(store._address):
        saved = store.save(SECRETS, expected_revision=0, now=NOW)
        for closed in (0o500, 0o000):
            for path in (*folder.iterdir(), folder):
                path.chmod(closed & 0o400 if path != folder else closed)
            try:
                store.save(saved, expected_revision=1, now=NOW)
            except StoreUnreachable as told:
                print(told.what)
            folder.chmod(0o700)
            for path in folder.iterdir():
                path.chmod(0o600)
        print(store.save(saved, expected_revision=1, now=NOW) == store.load())
""")


@pytest.mark.thorough
def test_a_folder_that_may_not_be_written_to_loses_nothing() -> None:
    """Answers are refused with a plain sentence while it is closed, and taken when it is open."""
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        arguments = [str(Path(__file__).parent), folder]
        done = subprocess.run(
            [sys.executable, "-c", CLOSED_FOLDER, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told = "The place where answers are kept does not reply."
    assert done.stdout.splitlines() == [told, told, "True"]


def test_a_database_that_is_held_by_another_program(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program does not let go, saving fails with a message; reading goes on."""
    monkeypatch.setattr(connections, "WAIT_SECONDS", 0.1)
    connections._make_engine.cache_clear()
    store = open_link(file, new_key())
    saved = store.save(SECRETS, expected_revision=0, now=NOW)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnreachable, match="does not reply"):
        store.save(saved, expected_revision=1, now=NOW)
    later = DatabaseStore(f"sqlite:///{file}", "A" * 22, today=date(2027, 1, 1))
    later._link = store._link
    assert later.load() == saved
    holder.execute("ROLLBACK")
    holder.close()
    assert store.save(saved, expected_revision=1, now=NOW).revision == 2
    connections._make_engine.cache_clear()


def test_a_file_that_is_no_database(file: Path) -> None:
    """Something else under the database's name is not written over."""
    file.write_bytes(b"my holiday pictures" * 1000)
    store = open_link(file, new_key())
    for attempt in (store.load, lambda: store.save(SECRETS, expected_revision=0, now=NOW)):
        with pytest.raises(StoreUnreachable):
            attempt()
    assert file.read_bytes() == b"my holiday pictures" * 1000


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "not one this workbook can use"),
        ("plans.sqlite3", "not one this workbook can use"),
        ("mysql://user:hunter2@host/plans", "not one this workbook can use"),
        ("postgresql://user:hunter2@host:port/plans", "not one this workbook can use"),
        ("sqlite://", "forgets every answer"),
        ("sqlite:///:memory:", "forgets every answer"),
    ],
)
def test_addresses_that_cannot_work_say_why(address: str, reason: str) -> None:
    """Whoever set up the server reads what to write instead, and no password appears."""
    store = DatabaseStore(address, new_key(), today=TODAY)
    with pytest.raises(StoreError, match=reason) as refused:
        store.load()
    assert "hunter2" not in f"{refused.value!r}{refused.value}{refused.value.__context__}"


def test_a_server_that_is_not_there_says_so_without_its_password() -> None:
    """A PostgreSQL that does not answer gives the message of every unreachable place."""
    address = "postgresql://user:hunter2@127.0.0.1:9/plans"
    with pytest.raises(StoreUnreachable) as refused:
        DatabaseStore(address, new_key(), today=TODAY).load()
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, the place does not answer."""
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnreachable):
        open_link(tmp_path / "x" / "plans.sqlite3", new_key()).load()


def test_only_the_owner_of_the_server_reads_the_files(tmp_path: Path) -> None:
    """Folder and files are closed to everybody else on the machine."""
    file = tmp_path / "new" / "plans.sqlite3"
    store = open_link(file, new_key())
    store.save(SECRETS, expected_revision=0, now=NOW)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with connections.open_database(f"sqlite:///{file}", writes=True):
        rights = {p.name: stat.S_IMODE(p.stat().st_mode) & 0o077 for p in file.parent.iterdir()}
    assert set(rights) >= {"plans.sqlite3", "plans.sqlite3-wal"}
    assert not any(rights[name] for name in rights if not name.endswith(".lock"))


def test_nothing_stays_open_between_two_saves(file: Path) -> None:
    """The connection is closed after each save, so that a killed page holds nothing."""
    store = open_link(file, new_key())
    store.save(SECRETS, expected_revision=0, now=NOW)
    held = {opened.path for opened in psutil.Process().open_files()}
    assert not [path for path in held if path.startswith(str(file))]


def test_a_database_file_that_was_taken_away_is_made_again(file: Path) -> None:
    """After the file was removed, the next business can still save."""
    open_link(file, new_key()).save(SECRETS, expected_revision=0, now=NOW)
    for path in file.parent.iterdir():
        path.unlink()
    store = open_link(file, new_key())
    assert store.save(SECRETS, expected_revision=0, now=NOW) == store.load()


# -- versions of the tables --------------------------------------------------------------------


def test_tables_of_a_newer_workbook_are_left_alone(file: Path) -> None:
    """An older workbook does not write into a database it does not understand."""
    open_link(file, new_key()).save(SECRETS, expected_revision=0, now=NOW)
    ask(file, "UPDATE schema SET version = 9")
    connections._ready.clear()
    with pytest.raises(StoreError, match="newer workbook"):
        open_link(file, new_key()).save(SECRETS, expected_revision=0, now=NOW)
    assert ask(file, "SELECT count(*) FROM plans") == [(1,)]


def test_older_tables_are_brought_up_to_date_once(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the tables is made once, and the plans in them stay."""
    store = open_link(file, new_key())
    saved = store.save(SECRETS, expected_revision=0, now=NOW)
    calls: list[str] = []

    def add_note(connection: tables.Connection) -> None:
        calls.append("made")
        connection.exec_driver_sql("ALTER TABLE plans ADD COLUMN note TEXT")

    monkeypatch.setattr(tables, "UPGRADES", (*tables.UPGRADES, add_note))
    for _ in range(2):
        connections._ready.clear()
        assert store.load() == saved
    assert calls == ["made"]
    assert ask(file, "SELECT version FROM schema") == [(len(tables.UPGRADES) + 1,)]
    connections._ready.clear()


def test_the_default_place_is_a_file_in_the_folder(tmp_path: Path) -> None:
    """Without any setting, plans lie in a SQLite file in the data folder."""
    folder = tmp_path / "Müller & Söhne #1 100%"
    address = default_address(folder)
    store = DatabaseStore(address, new_key(), today=TODAY)
    assert store.save(SECRETS, expected_revision=0, now=NOW) == store.load()
    assert (folder / "plans.sqlite3").exists()
    with pytest.raises(WorkbookError, match="question mark"):
        default_address(tmp_path / "why?")


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names a PostgreSQL without its driver reads the name of the package."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    connections._make_engine.cache_clear()
    store = DatabaseStore("postgres://host/plans", new_key(), today=TODAY)
    with pytest.raises(StoreError, match=r"install .*\[postgresql\]"):
        store.load()


LIGHT = """
import sys
import workbook.storage.folder, workbook.storage.defaults, workbook.storage.store
print([name for name in ("sqlalchemy", "cryptography", "pandas") if name in sys.modules])
"""


def test_a_plan_file_needs_no_database() -> None:
    """The command line opens a plan without loading what only the server needs."""
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_held_file_is_not_tidied_up_after_every_save(file: Path) -> None:
    """While a server holds it, the journal stays open from save to save; afterwards it is gone."""
    journal = file.with_name(f"{file.name}-wal")
    address, store = f"sqlite:///{file}", open_link(file, new_key())
    with connections.hold_database(address):
        saved = store.save(SECRETS, expected_revision=0, now=NOW)
        store.save(saved, expected_revision=1, now=NOW)
        assert journal.stat().st_size > 0
        store.delete()
        assert SECRET.encode() not in everything_on_disk(file)
    assert not journal.exists()


def test_a_held_file_that_is_away_is_not_made_anew(tmp_path: Path) -> None:
    """While its folder is away, empty or another, nothing is taken; once back, all goes on."""
    file, away = tmp_path / "here" / "plans.sqlite3", tmp_path / "away"
    address, store = f"sqlite:///{file}", open_link(file, new_key())
    with connections.hold_database(address) as number:
        connections.expect_file(address, number)  # as each page of the server does
        saved = store.save(SECRETS, expected_revision=0, now=NOW)
        file.parent.rename(away)
        for step in (file.parent.mkdir, lambda: shutil.copy(away / file.name, file), list):
            with pytest.raises(StoreUnreachable, match="does not reply") as told:
                store.save(saved, expected_revision=1, now=NOW)
            assert "put it back" in told.value.values["reason"]
            with pytest.raises(StoreUnreachable):
                copies.copy_database(address, NOW.date(), keep=7)
            step()
        assert [path.name for path in file.parent.iterdir()] == [file.name]
        shutil.rmtree(file.parent)
        away.rename(file.parent)
        assert store.save(saved, expected_revision=1, now=NOW) == store.load()
    shutil.rmtree(file.parent)
    assert open_link(file, new_key()).save(SECRETS, expected_revision=0, now=NOW).revision == 1


def test_what_went_into_a_file_that_was_moved_is_not_called_saved(tmp_path: Path) -> None:
    """The folder goes while an answer is written: it is tried again, and lost by nobody."""
    file = tmp_path / "here" / "plans.sqlite3"
    address = f"sqlite:///{file}"
    with connections.hold_database(address):
        with pytest.raises(StoreUnreachable), connections.open_database(address, writes=True):
            file.parent.rename(tmp_path / "away")
        (tmp_path / "away").rename(file.parent)


@pytest.mark.parametrize("address", ["sqlite://", "mysql://x", "sqlite:////proc/none/plans"])
def test_a_database_that_takes_nothing_cannot_be_held(address: str) -> None:
    """Whoever wants to serve learns it before anybody answers."""
    with pytest.raises(StoreError), connections.hold_database(address):
        pass
