"""What every place that keeps a plan promises, proven for each of them alike."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workbook.errors import (
    LinkUnknown,
    LinkWithdrawn,
    PlanChanged,
    PlanError,
    PlanMissing,
    PlanTooLarge,
    StoreError,
)
from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage.database import DatabaseStore, purge
from workbook.storage.encryption import new_key
from workbook.storage.folder import FileStore
from workbook.storage.memory import MemoryStore
from workbook.storage.plan_file import NamedVersion, PlanFile
from workbook.storage.store import Right, Store

if TYPE_CHECKING:
    from tests.postgresql_fixtures import Postgresql

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
OLD = NamedVersion(name="Before Zoë", saved_at=NOW, plan=Plan(start=Start(name="Café Old")))
CAFE = PlanFile(
    plan=Plan(start=Start(name="Café Zoë", sells="a\u2028b\n😀")),
    versions=(OLD, OLD.model_copy(update={"name": "May", "unclear": {"start.people": "us"}})),
    unclear={"a": "?"},
)
Open = Callable[[], Store]


# -- places ------------------------------------------------------------------------------------


def open_address(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of a database nobody has used yet."""
    if kind == "postgresql":
        server: Postgresql = request.getfixturevalue("postgresql")
        return server.new_database()
    return f"sqlite:///{folder}/new folder/plans.sqlite3"


SERVER = pytest.param("postgresql", marks=pytest.mark.server)


@pytest.fixture(params=["sqlite", SERVER])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every kind of database we know."""
    return open_address(request.param, request, tmp_path)


@pytest.fixture(params=["memory", "file", "sqlite", SERVER])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the same place again and again, as pages and programs do; every kind of place."""
    if request.param == "memory":
        store = MemoryStore()
        return lambda: store
    if request.param == "file":
        return lambda: FileStore(tmp_path / "plan.json", limit_mb=2)
    key, where = new_key(), open_address(request.param, request, tmp_path)
    return lambda: DatabaseStore(where, key, today=TODAY)


# -- every store -------------------------------------------------------------------------------


def test_a_place_nobody_used_is_empty(opens: Open) -> None:
    """A new file name or a link nobody saved under has no plan, and says so."""
    store = opens()
    assert not store.exists()
    assert store.revision() is None
    with pytest.raises((PlanMissing, LinkUnknown)):
        store.load()
    store.delete()
    assert not opens().exists()


def test_what_is_saved_is_there_when_opened_again(opens: Open) -> None:
    """The plan comes back the same, with its next revision and the time it was saved."""
    saved = opens().save(CAFE, expected_revision=0, now=NOW)
    assert saved == CAFE.model_copy(update={"revision": 1, "saved_at": NOW})
    assert opens().load() == saved
    assert opens().exists()
    assert opens().revision() == 1


def test_times_with_any_zone_are_kept_in_utc(opens: Open) -> None:
    """Whoever saves from another country leaves the same moment."""
    from zoneinfo import ZoneInfo

    saved = opens().save(CAFE, expected_revision=0, now=NOW.astimezone(ZoneInfo("Asia/Kolkata")))
    assert saved.saved_at == opens().load().saved_at == NOW
    assert saved.saved_at.utcoffset() == timedelta(0)


def test_two_tabs_never_overwrite_each_other(opens: Open) -> None:
    """The second of two changes to the same revision is refused, and the first one stays."""
    first = opens().save(CAFE, expected_revision=0, now=NOW)
    mine = first.model_copy(update={"unclear": {"mine": "1"}})
    theirs = first.model_copy(update={"unclear": {"theirs": "1"}})
    opens().save(theirs, expected_revision=1, now=NOW)
    with pytest.raises(PlanChanged, match="saved somewhere else"):
        opens().save(mine, expected_revision=1, now=NOW)
    with pytest.raises(PlanChanged):
        opens().save(mine, expected_revision=0, now=NOW)
    with pytest.raises(PlanChanged):
        opens().save(mine, expected_revision=3, now=NOW)
    assert opens().load().unclear == {"theirs": "1"}
    assert opens().revision() == 2


def test_a_deleted_plan_is_not_brought_back_by_an_open_page(opens: Open) -> None:
    """Deleted in one tab, the other tab's next answer does not make it again."""
    saved = opens().save(CAFE, expected_revision=0, now=NOW)
    opens().delete()
    assert not opens().exists()
    with pytest.raises((PlanMissing, LinkUnknown)):
        opens().load()
    with pytest.raises((PlanMissing, LinkUnknown)):
        opens().save(saved, expected_revision=1, now=NOW)
    assert opens().revision() is None


def test_a_new_plan_can_follow_a_deleted_one(opens: Open) -> None:
    """After deleting, the same place holds a new plan from its first revision on."""
    opens().save(CAFE, expected_revision=0, now=NOW)
    opens().delete()
    opens().save(PlanFile(), expected_revision=0, now=NOW)
    assert opens().load().plan == Plan()
    assert opens().revision() == 1


def test_a_plan_that_is_too_large_is_refused_and_the_one_before_stays(opens: Open) -> None:
    """Three million letters are no plan; what was saved before is untouched."""
    if isinstance(opens(), MemoryStore):
        return  # it keeps nothing that could fill a place
    saved = opens().save(CAFE, expected_revision=0, now=NOW)
    big = saved.model_copy(update={"unclear": {"a": "x" * 3_000_000}})
    with pytest.raises(PlanTooLarge, match="a plan is at most 2 MB"):
        opens().save(big, expected_revision=1, now=NOW)
    assert opens().load() == saved


def test_writers_at_the_same_time_lose_nothing(opens: Open) -> None:
    """Eight writers, each making its change again on the newer plan when refused: all are there."""
    opens().save(PlanFile(), expected_revision=0, now=NOW)
    failures: list[BaseException] = []
    turn = threading.Lock() if isinstance(opens(), MemoryStore) else None

    def write(writer: int) -> None:
        try:
            for number in range(4):
                _add_line(opens(), f"{writer}.{number}", turn)
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    kept = opens().load()
    assert set(kept.unclear) == {f"{w}.{n}" for w in range(8) for n in range(4)}
    assert kept.revision == 33


def _add_line(store: Store, line: str, turn: threading.Lock | None) -> None:
    while True:
        current = store.load()
        changed = current.model_copy(update={"unclear": {**current.unclear, line: "x"}})
        try:
            if turn is None:
                store.save(changed, expected_revision=current.revision, now=NOW)
                return
            with turn:
                store.save(changed, expected_revision=current.revision, now=NOW)
                return
        except PlanChanged:
            continue


def test_a_store_shows_nothing_of_the_plan(opens: Open) -> None:
    """Neither the store nor what it refuses shows an answer or a key."""
    store = opens()
    store.save(CAFE, expected_revision=0, now=NOW)
    with pytest.raises(PlanChanged) as refused:
        store.save(CAFE, expected_revision=0, now=NOW)
    shown = repr(store) + repr(refused.value) + str(refused.value) + repr(refused.value.values)
    assert "Zoë" not in shown


# -- every database ----------------------------------------------------------------------------


def store_for(
    address: str, key: str, today: date = TODAY, *, reading: bool = False
) -> DatabaseStore:
    return DatabaseStore(address, key, today=today, reading=reading)


START = """
import sys
sys.path.insert(0, sys.argv[1])
from test_stores import CAFE, NOW, new_key, store_for
store = store_for(sys.argv[2], new_key())
print("ready", flush=True)
sys.stdin.readline()
print(store.save(CAFE, expected_revision=0, now=NOW).revision, store.load().revision)
"""


@pytest.mark.server
def test_programs_that_start_at_once_make_one_set_of_tables(address: str) -> None:
    """Three servers that meet an empty database at the same moment all save their first plan."""
    command = [sys.executable, "-c", START, str(Path(__file__).parent), address]
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        out, err = process.communicate(timeout=60)
        assert out == "1 1\n", err


def test_a_link_that_was_never_given_opens_nothing(address: str) -> None:
    """Another key finds no plan, and the message says what may have become of it."""
    store_for(address, new_key()).save(CAFE, expected_revision=0, now=NOW)
    with pytest.raises(LinkUnknown, match="not visited for 13 months"):
        store_for(address, new_key()).load()


def test_a_reading_link_reads_and_cannot_change(address: str) -> None:
    """Whoever has the reading link sees every later answer, and can change or delete nothing."""
    owner = store_for(address, new_key())
    saved = owner.save(CAFE, expected_revision=0, now=NOW)
    reader = store_for(address, owner.grant(Right.READING))
    assert reader.load() == saved
    later = owner.save(saved, expected_revision=1, now=NOW)
    assert reader.load() == later
    for attempt in (
        lambda: reader.save(later, expected_revision=2, now=NOW),
        reader.delete,
        lambda: reader.grant(Right.ROOM),
        reader.links,
        lambda: reader.withdraw("x"),
    ):
        with pytest.raises(StoreError, match="link"):
            attempt()
    assert owner.load() == later


def test_a_withdrawn_link_is_dead_and_the_others_live(address: str) -> None:
    """One of two links is withdrawn: it opens nothing, the other still reads what comes later."""
    owner = store_for(address, new_key())
    saved = owner.save(CAFE, expected_revision=0, now=NOW)
    given, stays = owner.grant(Right.READING), owner.grant(Right.ROOM)
    links = {link.key: link for link in owner.links()}
    assert {key: link.right for key, link in links.items()} == {
        given: Right.READING,
        stays: Right.ROOM,
    }
    assert given not in repr(links[given])
    owner.withdraw(links[given].name)
    with pytest.raises(LinkUnknown):
        store_for(address, given).load()
    with pytest.raises(LinkWithdrawn, match="withdrawn it"):
        store_for(address, given, reading=True).load()
    assert owner.revision() == 1
    later = owner.save(saved, expected_revision=1, now=NOW)
    assert store_for(address, stays).load() == owner.load() == later
    assert [link.key for link in owner.links()] == [stays]


def test_a_link_is_withdrawn_while_somebody_reads(address: str) -> None:
    """Two readers have it open; the owner saves and withdraws in two tabs, and nothing is lost."""
    key = new_key()
    owner, second = store_for(address, key), store_for(address, key)
    saved = owner.save(CAFE, expected_revision=0, now=NOW)
    for who in ("Ann", "Bob"):
        owner.grant(Right.READING, who)
    ann, bob = owner.links()
    readers = [store_for(address, link.key, reading=True) for link in (ann, bob)]
    assert [reader.load() for reader in readers] == [saved, saved]
    assert all(reader.reads_only for reader in readers)
    second.withdraw(ann.name)
    later = owner.save(saved, expected_revision=1, now=NOW)
    assert [reader.revision() for reader in readers] == [None, 2]
    assert readers[1].load() == second.load() == later
    second.withdraw(ann.name)
    assert [link.who for link in owner.links()] == ["Bob"]


def test_only_links_of_this_plan_can_be_withdrawn(address: str) -> None:
    """An owner withdraws neither the owner's own link nor one of another business."""
    owner, other = store_for(address, new_key()), store_for(address, new_key())
    for store in (owner, other):
        store.save(CAFE, expected_revision=0, now=NOW)
    theirs = other.grant(Right.READING)
    owner.withdraw(other.links()[0].name)
    assert store_for(address, theirs).load() == other.load()
    with pytest.raises(StoreError, match="own link cannot be withdrawn"):
        owner.withdraw(owner._link.name)
    assert owner.load().plan == CAFE.plan


def test_deleting_a_plan_kills_every_link_to_it(address: str) -> None:
    """After deleting, neither the owner's link nor a reading link opens anything."""
    owner = store_for(address, new_key())
    owner.save(CAFE, expected_revision=0, now=NOW)
    reader = store_for(address, owner.grant(Right.READING))
    owner.delete()
    for store in (owner, reader):
        with pytest.raises(LinkUnknown):
            store.load()
    for attempt in (owner.links, lambda: owner.grant(Right.ROOM), lambda: owner.withdraw("x")):
        with pytest.raises(LinkUnknown):
            attempt()


def test_plans_nobody_visits_are_deleted_after_so_many_months(address: str) -> None:
    """Thirteen months after the last visit a plan is gone; a visit of a day later keeps it."""
    old, kept, visited, read = (store_for(address, new_key(), date(2025, 1, 1)) for _ in range(4))
    for store in (old, kept, visited, read):
        store.save(CAFE, expected_revision=0, now=datetime(2025, 1, 1, tzinfo=UTC))
    keys = kept.grant(Right.READING), read.grant(Right.READING)
    store_for(address, keys[0], date(2025, 10, 22)).load()
    visited.save(CAFE, expected_revision=1, now=datetime(2025, 10, 22, tzinfo=UTC))
    store_for(address, keys[1], date(2025, 10, 21)).load()
    store_for(address, keys[1], date(2025, 1, 5)).load()
    assert purge(address, TODAY) == 2
    assert [store.exists() for store in (old, kept, visited, read)] == [False, True, True, False]
    assert not store_for(address, keys[1]).exists()
    assert purge(address, TODAY) == 0
    assert purge(address, date(2026, 2, 28), months=4) == 2


def test_looking_does_not_count_as_a_visit(address: str) -> None:
    """Only opening and saving a plan keep it alive, not asking whether it is there."""
    key = new_key()
    store_for(address, key, date(2025, 1, 1)).save(
        CAFE, expected_revision=0, now=NOW.replace(year=2025, month=1)
    )
    assert store_for(address, key).revision() == 1
    assert store_for(address, key).exists()
    assert purge(address, TODAY) == 1


def test_every_failure_of_a_store_is_one_of_ours(address: str) -> None:
    """What a database says of itself never reaches a visitor."""
    with pytest.raises(PlanError):
        store_for(address, new_key()).load()
    assert repr(store_for(address, new_key())) == "DatabaseStore()"
