"""A PostgreSQL of our own for the tests that need a real one, from Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = {"fsync": "off", "listen_addresses": "''"}
"""Nothing here has to survive a power cut, and nobody but the tests connects."""


def find_postgresql() -> Path:
    """The folder of PostgreSQL's programs; its absence is a failure where CI runs the tests."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path))
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("PostgreSQL is not installed")
    return found[-1].parent


class Postgresql:
    """A server that listens to a file in its own folder; its first user is “postgres”."""

    def __init__(self, folder: Path, **settings: str) -> None:
        """Make the server's files; it does not run yet."""
        self.folder = folder
        self._programs = find_postgresql()
        self._settings = {"unix_socket_directories": str(folder), **QUICK, **settings}
        self._runs_as: list[str] = []
        if os.getuid() == 0:  # it refuses to be run by root
            shutil.chown(folder, "postgres", "postgres")
            self._runs_as = ["runuser", "-u", "postgres", "--"]
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8")

    @property
    def port(self) -> int:
        """The number its file, or its network address, is found by."""
        return int(self._settings.get("port", 5432))

    @property
    def address(self) -> str:
        """The address of the database that is always there."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it, or start it again; it takes connections when this returns."""
        options = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "-w", "-o", options, "-l", log, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it as if it had been killed (“immediate”), or in order (“fast”)."""
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def run(self, statement: str, database: str = "postgres") -> list[tuple]:
        """What its first user is told after a statement."""
        import psycopg

        where = f"host={self.folder} port={self.port} user=postgres dbname={database}"
        with psycopg.connect(where, autocommit=True) as connection:
            told = connection.execute(statement)
            return told.fetchall() if told.description else []

    def new_database(self) -> str:
        """The address of a database nobody has used yet."""
        name = f"plans_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        return self.address.replace("/postgres?", f"/{name}?")

    def keep(self, *files: Path) -> None:
        """Put files into the server's folder, for it alone to read."""
        for file in files:
            kept = Path(shutil.copy(file, self.folder))
            kept.chmod(0o600)
            if self._runs_as:
                shutil.chown(kept, "postgres", "postgres")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._runs_as, str(self._programs / program), "-D", str(self.folder / "d")]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": self.folder}
        subprocess.run([*command, *arguments], check=True, **quiet)


@contextmanager
def run_postgresql(**settings: str) -> Iterator[Postgresql]:
    """A running server, with settings of its own; it goes when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    server = Postgresql(folder, **settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """The one PostgreSQL that all tests share, each in a database of its own."""
    with run_postgresql() as server:
        yield server
