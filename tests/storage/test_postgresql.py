"""Plans on a real PostgreSQL: many writers, a server that goes and comes, and who is let in."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import traceback
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from saving_process import FILLER, add_lines, open_store

from tests.postgresql_fixtures import run_postgresql
from workbook.errors import LinkWithdrawn, PlanChanged, SettingError, StoreUnreachable
from workbook.plan import read_answer
from workbook.serving.hosting import hold_store
from workbook.session import Session
from workbook.settings import Settings
from workbook.storage import connections
from workbook.storage.connections import open_database
from workbook.storage.copies import copy_database
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile
from workbook.storage.store import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgresql_fixtures import Postgresql

pytestmark = pytest.mark.server

SCRIPT = Path(__file__).with_name("saving_process.py")
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
SECRET = "hunter2!@:/%"


@pytest.fixture
def address(postgresql: Postgresql) -> str:
    return postgresql.new_database()


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A program that saves, ended with the block."""
    pipe = subprocess.PIPE
    command = [sys.executable, str(SCRIPT), *arguments]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def count_connections(server: Postgresql, address: str) -> int:
    """How many are connected to a database."""
    name = urlsplit(address).path.strip("/")
    return server.run(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'")[0][0]


# -- many at once ------------------------------------------------------------------------------


def test_programs_on_one_plan_and_on_many_lose_nothing(address: str) -> None:
    """Three change one plan, and then each its own while others are still at it: all is there."""
    shared, own = new_key(), {name: new_key() for name in "abc"}
    for key in (shared, *own.values()):
        open_store("database", address, key).save(PlanFile(), expected_revision=0, now=NOW)
    with ExitStack() as running:
        writers = [
            running.enter_context(started("--lines", name, "database", address, shared, key))
            for name, key in own.items()
        ]
        for writer in writers:
            _, said = writer.communicate(timeout=60)
            assert writer.returncode == 0, said
    kept = open_store("database", address, shared).load()
    assert set(kept.unclear) == {f"{name}.{n}" for name in "abc" for n in range(20)}
    assert kept.revision == 61
    for name, key in own.items():
        alone = open_store("database", address, key).load()
        assert set(alone.unclear) == {f"{name}.{n}" for n in range(20)}


def test_who_comes_second_is_told_and_loses_nothing(address: str) -> None:
    """Two pages change one answer: the second is told of the clash; other answers are joined."""
    key = new_key()
    first, second = (
        Session(DatabaseStore(address, key, today=TODAY), clock=lambda: NOW) for _ in range(2)
    )
    assert first.answer("start.name", "Bakery").error is None
    second.refresh()
    assert second.answer("start.people", "4").error is None
    assert first.answer("start.name", "Bakery & Café").error is None
    outcome = second.answer("start.name", "Butcher")
    assert outcome.clash
    kept = DatabaseStore(address, key, today=TODAY).load().plan.start
    assert (kept.name, kept.people) == ("Bakery & Café", 4)


def test_a_plan_begun_twice_at_once_is_one_plan(address: str) -> None:
    """Of two first saves with one key, one is told that the plan has changed."""
    stores = [DatabaseStore(address, key, today=TODAY) for key in [new_key()] * 2]
    stores[0].exists()
    gate, told = threading.Barrier(2), []

    def begin(store: DatabaseStore) -> None:
        gate.wait()
        try:
            store.save(PlanFile(), expected_revision=0, now=NOW)
        except (PlanChanged, StoreUnreachable) as refused:
            told.append(refused)

    for _ in range(3):
        threads = [threading.Thread(target=begin, args=(store,)) for store in stores]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == 1
        assert isinstance(told.pop(), PlanChanged)
        assert stores[0].load().revision == 1
        stores[0].delete()


def test_links_are_withdrawn_while_others_save(address: str) -> None:
    """A plan gets new keys again and again, and no save is lost or sealed under an old one."""
    key = new_key()
    owner = DatabaseStore(address, key, today=TODAY)
    owner.save(PlanFile(), expected_revision=0, now=NOW)
    reader = DatabaseStore(address, owner.grant(Right.READING, "The accountant"), today=TODAY)
    writer = threading.Thread(target=add_lines, args=(open_store("database", address, key), "a"))
    writer.start()
    for _ in range(5):
        name = DatabaseStore(address, owner.grant(Right.READING), today=TODAY)._link.name
        owner.withdraw(name)
    writer.join()
    assert len(reader.load().unclear) == 20
    owner.withdraw(reader._link.name)
    with pytest.raises(LinkWithdrawn):
        reader.load()
    assert len(owner.load().unclear) == 20


# -- a server that goes and comes back ---------------------------------------------------------


def test_what_was_acknowledged_outlives_a_killed_server(
    postgresql: Postgresql, address: str
) -> None:
    """Killed while it saves, the server has afterwards all that it had said was saved."""
    where = ["database", address, new_key()]
    for wait in (0.0, 0.07):
        with started(*where) as writer:
            said = [int(writer.stdout.readline())]
            stop = threading.Timer(wait, postgresql.stop)
            stop.start()
            said += [int(line) for line in writer.stdout if line.endswith("\n")]
            stop.join()
            assert "StoreUnreachable" in writer.stderr.read()
        postgresql.start()
        kept = open_store(*where).load()
        assert kept.revision in (said[-1], said[-1] + 1)
        assert kept.unclear == {"number": str(kept.revision), "text": FILLER}


def test_a_page_that_is_open_goes_on_after_a_restart(postgresql: Postgresql, address: str) -> None:
    """Meanwhile a plain message; what was typed is saved as soon as the server is back."""
    key = new_key()
    session = Session(DatabaseStore(address, key, today=TODAY), clock=lambda: NOW)
    assert session.answer("start.name", "Bakery").error is None
    postgresql.stop("fast")
    try:
        refused = session.answer("start.people", "4").error
        assert isinstance(refused, StoreUnreachable)
        assert str(refused).startswith("The place where answers are kept does not reply.")
        assert not session.is_saved
    finally:
        postgresql.start()
    assert session.retry().error is None
    assert session.is_saved
    kept = DatabaseStore(address, key, today=TODAY).load().plan
    assert read_answer(kept, "start.name") == "Bakery"
    assert read_answer(kept, "start.people") == 4


def test_a_save_whose_answer_got_lost_is_no_clash(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server kept it and broke off before it said so: trying again changes nothing."""
    store = DatabaseStore(address, new_key(), today=TODAY)
    session = Session(store, clock=lambda: NOW)
    save = store.save

    def break_off(*given: object, **named: object) -> PlanFile:
        save(*given, **named)
        raise StoreUnreachable

    with monkeypatch.context() as patch:
        patch.setattr(store, "save", break_off)
        assert isinstance(session.answer("start.name", "Bakery").error, StoreUnreachable)
    outcome = session.retry()
    assert outcome.error is None
    assert not outcome.clashes
    assert session.is_saved
    assert store.load().plan.start.name == "Bakery"


def test_nothing_stays_open_between_two_saves(postgresql: Postgresql, address: str) -> None:
    """A connection is there for a save and closed again, so pages at rest take none."""
    stores = [DatabaseStore(address, new_key(), today=TODAY) for _ in range(3)]
    with open_database(address, writes=False):
        assert count_connections(postgresql, address) == 1
    for store in stores:
        store.save(PlanFile(), expected_revision=0, now=NOW)
    # the server takes a moment to notice that somebody left
    for _ in range(50):
        if not count_connections(postgresql, address):
            break
        threading.Event().wait(0.02)
    assert count_connections(postgresql, address) == 0


def test_it_is_not_copied_by_us(address: str) -> None:
    """PostgreSQL has its own tools: the daily copy leaves it alone."""
    assert copy_database(address, TODAY, keep=7) is None


# -- who is let in -----------------------------------------------------------------------------

RULES = "local all postgres trust\nlocal all all scram-sha-256\n"


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgresql]:
    """A server of its own that asks for passwords and speaks TLS to whoever wants it."""
    folder = tmp_path_factory.mktemp("tls")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    files = ["-keyout", str(folder / "key"), "-out", str(folder / "certificate")]
    subprocess.run([*made, *files], check=True, capture_output=True)
    with run_postgresql(listen_addresses="127.0.0.1", port=str(find_port())) as server:
        server.keep(folder / "key", folder / "certificate")
        rules = f"{RULES}hostssl all all 127.0.0.1/32 scram-sha-256\n"
        (server.folder / "d" / "pg_hba.conf").write_text(rules, encoding="utf-8")
        server.run(f"CREATE ROLE workbook LOGIN PASSWORD '{SECRET}'")
        server.run("CREATE DATABASE workbook OWNER workbook")
        server.run("CREATE DATABASE theirs")
        server.run("CREATE DATABASE closed")
        server.run("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
        for name, value in {"ssl_key_file": "key", "ssl_cert_file": "certificate"}.items():
            server.run(f"ALTER SYSTEM SET {name} = '{server.folder / value}'")
        server.run("ALTER SYSTEM SET ssl = on")
        server.run("SELECT pg_reload_conf()")
        yield server


def find_port() -> int:
    """A port that nobody uses just now."""
    import socket

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@pytest.mark.parametrize(
    ("user", "password", "database", "reason"),
    [
        ("workbook", "wrong", "workbook", "lets nobody in with this name and password"),
        ("nobody", SECRET, "workbook", "lets nobody in with this name and password"),
        ("workbook", "", "workbook", "lets nobody in with this name and password"),
        ("workbook", SECRET, "missing", "no database of this name"),
        ("workbook", SECRET, "closed", "may not enter the database"),
        ("workbook", SECRET, "theirs", "may not make or change tables"),
    ],
)
def test_who_is_not_let_in_is_told_why(
    strict: Postgresql, user: str, password: str, database: str, reason: str
) -> None:
    """Whoever sets it up reads what to mend; a visitor the plain message; nobody the password."""
    at = f"{user}:{quote(password, safe='')}@/{database}?host={strict.folder}&port={strict.port}"
    store = f"postgresql://{at}"
    with pytest.raises(SettingError, match=reason) as told, hold_store(Settings(store=store)):
        pass
    with pytest.raises(StoreUnreachable, match="does not reply") as refused:
        DatabaseStore(store, new_key(), today=TODAY).load()
    assert reason not in str(refused.value)
    shown = "".join(
        [*traceback.format_exception(told.value), *traceback.format_exception(refused.value)]
    )
    for hidden in {password, quote(password, safe="")} - {""}:
        assert hidden not in shown


def test_an_encrypted_connection_is_made_as_the_address_says(strict: Postgresql) -> None:
    """With sslmode=verify-full only a server whose certificate is known is spoken to."""
    user = f"workbook:{quote(SECRET, safe='')}"
    at = f"postgresql://{user}@127.0.0.1:{strict.port}/workbook?sslmode=verify-full"
    known = f"{at}&sslrootcert={strict.folder / 'certificate'}"
    store = DatabaseStore(known, new_key(), today=TODAY)
    assert store.save(PlanFile(), expected_revision=0, now=NOW) == store.load()
    with open_database(known, writes=False) as connection:
        asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(asked).scalar_one()
    with pytest.raises(StoreUnreachable) as refused:
        DatabaseStore(f"{at}&sslrootcert=/none", new_key(), today=TODAY).load()
    assert "encrypted connection" in refused.value.values["reason"]


def test_a_server_without_encryption_is_refused_when_it_is_asked_for() -> None:
    """The reason names what the address wants, whatever the server's own sentence is."""
    from workbook.storage.refusals import read_refusal

    class Refused(Exception):
        pgconn, sqlstate = None, None

    told = read_refusal(Refused("server does not support SSL, but SSL was required"))
    assert "sslmode" in told
    assert read_refusal(Refused("something else about SECRET")) == ""


def test_options_of_the_address_stand_beside_ours(address: str) -> None:
    """A schema that the address names is used, and the limits on waiting stay."""
    with open_database(address, writes=True) as connection:
        connection.exec_driver_sql("CREATE SCHEMA apart")
    connections._make_engine.cache_clear()
    chosen = f"{address}&options={quote('-c search_path=apart')}&application_name=workbook"
    with open_database(chosen, writes=False) as connection:
        asked = "SELECT current_setting('search_path'), current_setting('lock_timeout')"
        assert tuple(connection.exec_driver_sql(asked).one()) == ("apart", "5s")
        made = "SELECT count(*) FROM pg_tables WHERE schemaname = 'apart'"
        assert connection.exec_driver_sql(made).scalar_one() >= 3


def test_the_samples_hold_no_answer_in_the_clear(address: str) -> None:
    """What lies in the tables shows no word of a plan, as in SQLite's file."""
    store = DatabaseStore(address, new_key(), today=TODAY)
    plan = PlanFile(unclear={"start.people": "four of us"})
    store.save(plan, expected_revision=0, now=NOW)
    with open_database(address, writes=False) as connection:
        rows = connection.exec_driver_sql("SELECT row_to_json(p)::text FROM plans p").scalars()
        text = "".join(rows)
    assert "four of us" not in text
    assert b"four of us".hex() not in json.dumps(text)
