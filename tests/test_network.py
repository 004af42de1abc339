"""The command line works without a network, and never looks for one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.discovery import root

ROOT = Path(str(root())).parent

GUARD = '''
"""Refuses every way out of this computer."""
import socket

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _look(family, address):
    if family != getattr(socket, "AF_UNIX", None) and address[0] not in ("127.0.0.1", "::1"):
        raise SystemExit(f"CALLED OUT: {address}")


def connect(self, address):
    _look(self.family, address)
    return _connect(self, address)


def connect_ex(self, address):
    _look(self.family, address)
    return _connect_ex(self, address)


def look_up(name, *more, **others):
    raise SystemExit(f"LOOKED UP: {name}")


socket.socket.connect, socket.socket.connect_ex = connect, connect_ex
socket.getaddrinfo = socket.gethostbyname = socket.gethostbyname_ex = look_up
'''


@pytest.fixture
def run(tmp_path):
    """Run Python in a folder with the network refused."""
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("WORKBOOK_")}
    path = os.pathsep.join([str(guard), str(ROOT)])

    def run_python(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )

    return run_python


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import urllib.request; urllib.request.urlopen('http://example.com', timeout=1)",
        "import socket; socket.socket().connect_ex(('192.0.2.1', 80))",
    ],
)
def test_the_guard_refuses_every_way_out(run, code):
    """The test below can fail: a call to another computer ends the program."""
    done = run("-c", code)
    assert done.returncode == 1
    assert "CALLED OUT" in done.stderr or "LOOKED UP" in done.stderr


@pytest.mark.server
def test_making_checking_and_exporting_needs_no_network(run, tmp_path):
    """A plan is made, checked and written as every kind of document with the network refused."""
    for arguments in (
        ("new", "--demo", "plan.json"),
        ("check", "plan.json"),
        ("export", "plan.json", "out.docx"),
        ("export", "plan.json", "out.pdf"),
        ("export", "plan.json", "out.html"),
        ("export", "plan.json", "out.md", "--document", "one_page"),
    ):
        done = run("-m", "workbook", *arguments)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    made = {path.name for path in tmp_path.iterdir()}
    assert {"out.docx", "out.pdf", "out.html", "out.md"} <= made
