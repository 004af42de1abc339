"""The newest version of the database's tables, as statements with a plan in them; run it to freeze.

``python tests/storage/frozen_databases.py`` writes one file for SQLite and one for PostgreSQL.
Files of older versions stay as they are: they are what a server has that nobody brought up to date.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Row, Table, create_mock_engine, select

from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage.connections import open_database
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile
from workbook.storage.store import Right
from workbook.storage.tables import METADATA, UPGRADES

FOLDER = Path(__file__).parents[1] / "samples" / "databases"
DRIVERS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
NEWEST = len(UPGRADES) + 1
DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
NAME, READER = "A plumbing company", "The accountant"
_KEYS = "-- keys: "


class Frozen(NamedTuple):
    """A database as it once was: its statements, and the keys of its owner and of a reader."""

    version: int
    dialect: str
    statements: list[str]
    owner: str
    reader: str


def list_frozen() -> list[Frozen]:
    """All that were frozen, the oldest first."""
    return [_read(path) for path in sorted(FOLDER.glob("*.sql"))]


def describe(dialect: str) -> list[str]:
    """The statements that make the tables of now."""
    made: list[str] = []

    def note(statement: object, *_: object, **__: object) -> None:
        text = str(statement.compile(dialect=engine.dialect))
        made.append(" ".join(text.split()))

    engine = create_mock_engine(DRIVERS[dialect], note)
    METADATA.create_all(engine, checkfirst=False)
    return made


def _read(path: Path) -> Frozen:
    version, dialect = path.stem.split("-")
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    owner, reader = first.removeprefix(_KEYS).split()
    return Frozen(int(version), dialect, [line.rstrip(";") for line in lines], owner, reader)


def _fill(address: str) -> tuple[str, str]:
    """A plan that was saved twice, and a link for reading; gives both keys."""
    key = new_key()
    owner = DatabaseStore(address, key, today=DAY)
    plan = Plan(start=Start(name=NAME, people=4))
    saved = owner.save(PlanFile(plan=plan), expected_revision=0, now=NOW)
    owner.save(saved, expected_revision=1, now=NOW)
    return key, owner.grant(Right.READING, READER)


def _write_value(value: object, dialect: str) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    if isinstance(value, bytes):
        return f"X'{value.hex()}'" if dialect == "sqlite" else f"'\\x{value.hex()}'"
    if isinstance(value, datetime):
        zone = "" if dialect == "sqlite" else "+00"
        return f"'{value.strftime('%Y-%m-%d %H:%M:%S.%f')}{zone}'"
    return f"'{value}'"


def _insert(table: Table, row: Row, dialect: str) -> str:
    values = ", ".join(_write_value(value, dialect) for value in row)
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})'


def freeze() -> None:
    """Write the newest version down."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/plans.sqlite3"
        keys = _fill(address)
        with open_database(address, writes=False) as connection:
            rows = [
                (table, row)
                for table in METADATA.sorted_tables
                for row in connection.execute(select(table))
            ]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for dialect in DRIVERS:
        lines = describe(dialect) + [_insert(table, row, dialect) for table, row in rows]
        text = _KEYS + " ".join(keys) + "\n" + "".join(f"{line};\n" for line in lines)
        (FOLDER / f"{NEWEST:04}-{dialect}.sql").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    freeze()
