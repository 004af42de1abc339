"""Links given to others: what their key opens, what it never opens, and what the owner keeps."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.errors import LinkUnknown, LinkWithdrawn, StoreError
from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import SealBroken, derive_link, new_key, read_key, seal, unseal
from workbook.storage.folder import FileStore
from workbook.storage.giving import Kept
from workbook.storage.memory import MemoryStore
from workbook.storage.plan_file import PlanFile, write_plan_file
from workbook.storage.store import Right, SharedStore

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
CAFE = PlanFile(plan=Plan(start=Start(name="Café Zoë")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "plans.sqlite3"


def open_link(file: Path, key: str, *, reading: bool = False) -> DatabaseStore:
    return DatabaseStore(f"sqlite:///{file}", key, today=TODAY, reading=reading)


def ask(file: Path, statement: str, *values: object) -> list[tuple]:
    with sqlite3.connect(file) as connection:
        found = connection.execute(statement, values).fetchall()
    connection.close()
    return found


# -- what a key for reading opens --------------------------------------------------------------


def list_secrets(file: Path, key: str) -> set[bytes]:
    """All that a key and a copy of the database give, whatever is tried on whatever."""
    plans = ask(file, "SELECT id, revision, sealed FROM plans")
    rows = ask(file, 'SELECT name, plan_id, "right", wrapped_key, kept_key FROM access')
    sealed = [
        (text, bound)
        for name, plan, right, wrapped, kept in rows
        for text in (wrapped, kept)
        if text
        for bound in (("key", name, plan, right), ("link", name, plan, right))
    ]
    sealed += [(text, ("plan", plan, str(revision))) for plan, revision, text in plans]
    known: set[bytes] = set()
    new = {read_key(key)}
    while new - known:
        known |= new
        wraps = {derive_link(each[:16]).wrapping_key for each in new}
        tried = [each for each in wraps | known if len(each) == 32]
        opened = {try_to_open(text, each, bound) for (text, bound), each in product(sealed, tried)}
        new = opened - known - {None}
        known |= wraps
    return known


def try_to_open(text: bytes, key: bytes, bound: tuple[str, ...]) -> bytes | None:
    try:
        return unseal(text, key, *bound)
    except SealBroken:
        return None


keys = st.binary(min_size=16, max_size=16)


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_key_for_reading_leads_to_no_other_key(tmp_path: Path, data: st.DataObject) -> None:
    """With it and a copy of the database the plan is read, and no other link is found or made."""
    file = tmp_path / f"{data.draw(st.uuids())}.sqlite3"
    owner = new_key()
    store = open_link(file, owner)
    store.save(CAFE, expected_revision=0, now=NOW)
    mine, other = store.grant(Right.READING, "Ann"), store.grant(Right.READING, "Bob")
    for _ in range(data.draw(st.integers(0, 2))):
        store.save(CAFE, expected_revision=store.revision(), now=NOW)
    if data.draw(st.booleans()):
        store.grant(Right.ROOM, "Cy")
        store.withdraw(next(link.name for link in store.links() if link.who == "Cy"))
    known = list_secrets(file, mine)
    wraps = {derive_link(read_key(key)).wrapping_key for key in (owner, other)}
    assert not known & {read_key(owner), read_key(other), *wraps}
    assert not any(read_key(key) in secret for key in (owner, other) for secret in known)
    mightier = list_secrets(file, owner)
    assert {read_key(mine), read_key(other)} <= {secret[:16] for secret in mightier}


def test_opened_for_reading_nothing_else_is_found(file: Path) -> None:
    """The owner's key in a link for reading opens nothing, so it cannot be shown by mistake."""
    owner = new_key()
    open_link(file, owner).save(CAFE, expected_revision=0, now=NOW)
    with pytest.raises(LinkWithdrawn, match="does not open a plan any more"):
        open_link(file, owner, reading=True).load()
    assert not open_link(file, owner, reading=True).exists()


def test_a_reader_is_refused_before_the_database_is_asked(tmp_path: Path) -> None:
    """What is opened for reading cannot write even where no database would object."""
    store = open_link(tmp_path / "none" / "plans.sqlite3", new_key(), reading=True)
    attempts = (
        lambda: store.save(CAFE, expected_revision=0, now=NOW),
        store.delete,
        store.links,
        lambda: store.grant(Right.READING),
        lambda: store.withdraw("x"),
    )
    for attempt in attempts:
        with pytest.raises(StoreError, match="link"):
            attempt()
    assert not (tmp_path / "none").exists()


def test_a_plan_made_under_a_withdrawn_key_is_shown_to_nobody(file: Path) -> None:
    """Who had the link cannot put a plan of theirs where others still look for the owner's."""
    owner = open_link(file, new_key())
    owner.save(CAFE, expected_revision=0, now=NOW)
    key = owner.grant(Right.READING)
    owner.withdraw(owner.links()[0].name)
    with pytest.raises(LinkUnknown):
        open_link(file, key).save(CAFE, expected_revision=1, now=NOW)
    open_link(file, key).save(PlanFile(), expected_revision=0, now=NOW)
    with pytest.raises(LinkWithdrawn):
        open_link(file, key, reading=True).load()
    assert owner.load().plan == CAFE.plan


# -- what the owner keeps ----------------------------------------------------------------------


@settings(max_examples=20)
@given(keys, st.text(st.characters(exclude_categories=["Cs"])), st.none() | st.dates())
def test_what_is_kept_of_a_link_comes_back(key: bytes, who: str, day: date | None) -> None:
    """Any name and day stand beside the key; of links given before there is the key alone."""
    kept = Kept(key, who, day)
    assert Kept.from_bytes(kept.to_bytes()) == kept
    assert Kept.from_bytes(key) == Kept(key)
    assert who not in repr(kept) or who in "Kept(day=None)" + repr(day)


def test_the_owner_sees_to_whom_and_when(file: Path) -> None:
    """The list tells each link with its name and day; a copy of the database tells neither."""
    owner = open_link(file, new_key())
    owner.save(CAFE, expected_revision=0, now=NOW)
    for who in ("Zoë, who pays", "Ann"):
        owner.grant(Right.READING, who)
    links = owner.links()
    assert [(link.who, link.day) for link in links] == [("Ann", TODAY), ("Zoë, who pays", TODAY)]
    assert "Ann" not in repr(links[0])
    assert all(b"pays" not in path.read_bytes() for path in file.parent.iterdir())


def test_links_given_before_names_were_kept_can_be_withdrawn(file: Path) -> None:
    """A row of an older workbook holds the key alone; it is listed, and the others live on."""
    key = new_key()
    owner = open_link(file, key)
    owner.save(CAFE, expected_revision=0, now=NOW)
    old, new = owner.grant(Right.READING), owner.grant(Right.READING, "Ann")
    link = derive_link(read_key(old))
    ((plan,),) = ask(file, "SELECT id FROM plans")
    wrapping = derive_link(read_key(key)).wrapping_key
    bare = seal(read_key(old), wrapping, "link", link.name, plan, "reading")
    ask(file, "UPDATE access SET kept_key = ? WHERE name = ?", bare, link.name)
    assert [(each.who, each.day, each.key) for each in owner.links()] == [
        ("", None, old),
        ("Ann", TODAY, new),
    ]
    owner.withdraw(link.name)
    assert open_link(file, new, reading=True).load().plan == CAFE.plan


def test_a_damaged_link_hides_no_other(file: Path) -> None:
    """It is listed without a key and can be withdrawn; withdrawing another one ends it as well."""
    owner = open_link(file, new_key())
    owner.save(CAFE, expected_revision=0, now=NOW)
    keys = [owner.grant(Right.READING, who) for who in ("Ann", "Bob", "Cy", "Di")]
    first, second, third, _ = owner.links()
    ask(file, "UPDATE access SET kept_key = ? WHERE name = ?", b"x" * 80, first.name)
    ask(file, "UPDATE access SET \"right\" = 'gone' WHERE name = ?", second.name)
    found = {link.name: (link.who, link.key) for link in owner.links()}
    assert found[first.name] == found[second.name] == ("", "")
    assert found[third.name] == ("Cy", keys[2])
    owner.withdraw(first.name)
    assert [link.who for link in owner.links()] == ["Cy", "Di"]
    owner.withdraw(third.name)
    assert open_link(file, keys[3], reading=True).load().plan == CAFE.plan


def test_a_changed_word_in_the_row_deletes_nothing(file: Path) -> None:
    """Whoever makes the database call a link for reading an owner's has not its owner's right."""
    owner = open_link(file, new_key())
    owner.save(CAFE, expected_revision=0, now=NOW)
    key = owner.grant(Right.READING)
    ask(file, "UPDATE access SET \"right\" = 'owner'")
    with pytest.raises(StoreError, match="owner"):
        open_link(file, key).delete()
    assert owner.load().plan == CAFE.plan


def test_a_copied_plan_file_holds_no_link(file: Path) -> None:
    """What the owner downloads tells neither a key nor to whom one was given."""
    owner = open_link(file, new_key())
    owner.save(CAFE, expected_revision=0, now=NOW)
    key = owner.grant(Right.READING, "Ann Example")
    raw = write_plan_file(owner.load())
    for hidden in (key.encode(), b"Ann Example", owner.links()[0].name.encode()):
        assert hidden not in raw


def test_only_a_database_gives_links(tmp_path: Path) -> None:
    """A plan in a file or in memory is shared as a file; there is nobody to withdraw from."""
    assert isinstance(open_link(tmp_path / "x", new_key()), SharedStore)
    for store in (FileStore(tmp_path / "plan.json"), MemoryStore()):
        assert not isinstance(store, SharedStore)
        assert not store.reads_only
