"""The command “copies”: copies of the database, as somebody types it."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3

import pytest

from workbook.cli import main
from workbook.storage.connections import open_database


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command on a new database; gives its exit code, standard output and error."""
    address = f"sqlite:///{tmp_path / 'plans.sqlite3'}"
    monkeypatch.setenv("WORKBOOK_STORE", address)
    with open_database(address, writes=True):
        pass

    def run_command(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["copies", *arguments])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_command


def test_a_copy_is_made_listed_and_put_back(run):
    """Each answer names the file and the day."""
    assert "no copy yet" in run("list")[1]
    made = json.loads(run("make", "--json")[1])["copy"]
    assert made["file"] in run("make")[1].replace("\n", "")
    assert f"{made['day']}.sqlite3" in run("list")[1]
    code, told, _ = run("restore", made["day"])
    assert code == 0
    assert "-replaced" in told
    found = json.loads(run("list", "--json")[1])["copies"]
    assert [copy["replaced"] for copy in found] == [True, False]


def test_the_line_that_is_printed_puts_back_what_was_there(run, tmp_path):
    """Whoever restored the wrong copy types the line, twice over, and has lost nothing."""
    file = tmp_path / "plans.sqlite3"

    def note(word):
        with sqlite3.connect(file) as opened:
            opened.execute("CREATE TABLE IF NOT EXISTS notes (word)")
            opened.execute("INSERT INTO notes VALUES (?)", (word,))

    def read():
        with sqlite3.connect(file) as opened:
            return [word for (word,) in opened.execute("SELECT word FROM notes")]

    note("old")
    told = run("restore", json.loads(run("make", "--json")[1])["copy"]["day"])[1]
    assert "links" in told
    note("new")
    told = run("restore", shlex.split(_find_line(told))[-1])[1]
    assert read() == ["old"]
    assert run(*shlex.split(_find_line(told))[2:])[0] == 0
    assert read() == ["old", "new"]


def _find_line(told):
    return re.search(r"“(workbook copies restore [^”]+)”", told)[1]


def test_a_demonstration_keeps_no_copies(run, monkeypatch):
    """It is told so in a sentence, whatever is asked for."""
    monkeypatch.setenv("WORKBOOK_STORE", "demo")
    for arguments in (["list"], ["make"], ["restore", "2026-11-21"]):
        code, _, told = run(*arguments)
        assert code == 2
        assert "a demonstration keeps no copies" in told.replace("\n", " ")


def test_an_address_that_is_none_is_told(run, monkeypatch):
    """The message says what an address looks like."""
    monkeypatch.setenv("WORKBOOK_STORE", "plans")
    code, _, told = run("list")
    assert code == 2
    assert "sqlite:///" in told


def test_a_day_without_a_copy_is_told(run):
    """The exit code is 2, and the message names the way on."""
    code, _, told = run("restore", "2020-01-01")
    assert code == 2
    assert "workbook copies list" in told.replace("\n", " ")


def test_plans_on_a_database_server_are_not_ours_to_copy(run, monkeypatch):
    """The message says whose tools copy them."""
    monkeypatch.setenv("WORKBOOK_STORE", "postgresql://localhost/plans")
    assert "database server" in run("list")[1]
    assert run("make")[0] == 2
