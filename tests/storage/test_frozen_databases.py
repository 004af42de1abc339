"""A database that an older workbook made goes on with this one, with every plan and link in it."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from frozen_databases import DRIVERS, NAME, NEWEST, NOW, READER, Frozen, describe, list_frozen
from sqlalchemy import inspect

from workbook.errors import LinkWithdrawn
from workbook.storage.connections import open_database
from workbook.storage.database import DatabaseStore, purge
from workbook.storage.tables import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

FROZEN = [
    pytest.param(
        each,
        id=f"{each.dialect} {each.version}",
        marks=[pytest.mark.server] if each.dialect == "postgresql" else [],
    )
    for each in list_frozen()
]


@pytest.fixture
def make(request: pytest.FixtureRequest, tmp_path: Path):
    """Makes a database of a dialect with some statements, and gives its address."""

    def make_database(dialect: str, statements: list[str]) -> str:
        if dialect == "postgresql":
            import psycopg

            address = request.getfixturevalue("postgresql").new_database()
            with psycopg.connect(address, autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement)
            return address
        file = tmp_path / f"{len(statements)}.sqlite3"
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.executescript(";".join(statements))
        return f"sqlite:///{file}"

    return make_database


def look_at_shape(connection: Connection) -> dict[str, object]:
    """The tables as the database itself describes them."""
    seen = inspect(connection)
    return {
        name: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)),
            sorted(str(index["column_names"]) for index in seen.get_indexes(name)),
            [(k["constrained_columns"], k["options"]) for k in seen.get_foreign_keys(name)],
            seen.get_pk_constraint(name)["constrained_columns"],
        )
        for name in seen.get_table_names()
    }


@pytest.mark.parametrize("frozen", FROZEN)
def test_plans_and_links_of_older_tables_go_on(make, frozen: Frozen) -> None:
    """The plan opens and is saved, its reader reads until that link is withdrawn."""
    address = make(frozen.dialect, frozen.statements)
    owner = DatabaseStore(address, frozen.owner, today=date(2026, 11, 22))
    reader = DatabaseStore(address, frozen.reader, today=date(2026, 11, 22))
    kept = owner.load()
    assert (kept.revision, kept.plan.start.name, kept.plan.start.people) == (2, NAME, 4)
    saved = owner.save(kept, expected_revision=2, now=NOW)
    assert reader.load() == saved
    (given,) = owner.links()
    assert (given.key, given.who) == (frozen.reader, READER)
    owner.withdraw(given.name)
    with pytest.raises(LinkWithdrawn):
        reader.load()
    assert purge(address, date(2028, 1, 1)) == 1
    with open_database(address, writes=False) as connection:
        assert connection.execute(SCHEMA.select()).scalar_one() == NEWEST


@pytest.mark.parametrize("frozen", FROZEN)
def test_tables_brought_up_to_date_are_like_new_ones(make, frozen: Frozen) -> None:
    """Whatever version they began as: the same columns, keys and indexes."""
    shapes = []
    for statements in (frozen.statements, []):
        with open_database(make(frozen.dialect, statements), writes=True) as connection:
            shapes.append(look_at_shape(connection))
    assert len(shapes[0]) >= 3
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("dialect", DRIVERS)
def test_the_newest_tables_are_frozen_as_they_are(dialect: str) -> None:
    """A change of the tables needs a version of its own: an upgrade, and a frozen sample."""
    found = {each.version: each for each in list_frozen() if each.dialect == dialect}
    assert sorted(found) == list(range(1, NEWEST + 1))
    made = describe(dialect)
    frozen = [line for line in found[NEWEST].statements if line.startswith("CREATE")]
    assert sorted(frozen) == sorted(made)
