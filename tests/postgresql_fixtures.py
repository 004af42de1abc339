"""A PostgreSQL of our own for the tests that need a real one, from Debian's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def find_postgresql() -> Path:
    """The folder of PostgreSQL's programs; its absence is a failure where CI runs the tests."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path))
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("PostgreSQL is not installed")
    return found[-1].parent


@contextmanager
def run_postgresql() -> Iterator[Path]:
    """The folder of a server that listens to a file in it only; its user is “postgres”."""
    programs = find_postgresql()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    runs_as: list[str] = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        runs_as = ["runuser", "-u", "postgres", "--"]

    def run(*command: str) -> None:
        subprocess.run([*runs_as, *command], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    place = str(folder / "cluster")
    run(str(programs / "initdb"), "-D", place, "-U", "postgres", "-A", "trust", "-E", "UTF8")
    control = [str(programs / "pg_ctl"), "-D", place, "-w"]
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(*control, "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield folder
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)
