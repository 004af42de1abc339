"""Files in pieces: they arrive whole or not at all, and nothing of them stays behind."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.interface.sending import GivenFile, Inbox, read_sent, write_command

MOST = 1000


def begin(*files, number=1):
    announced = [{"name": name, "size": size} for name, size in files]
    return read_sent({"step": "begin", "number": number, "files": announced})


def piece(at, number=1):
    return read_sent({"step": "piece", "number": number, "at": at})


def hear(inbox, sent, raw=b"", *, in_memory=False):
    return inbox.hear(sent, raw, most=MOST, in_memory=in_memory)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary files lie."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@given(st.lists(st.binary(max_size=40), max_size=4), st.integers(1, 30), st.booleans())
def test_any_files_in_any_pieces_are_the_files_again(files, size, in_memory):
    """Pieces run over the borders of files, and files may be empty."""
    inbox, whole = Inbox(), b"".join(files)
    reply = hear(
        inbox, begin(*((f"f{n}", len(f)) for n, f in enumerate(files))), in_memory=in_memory
    )
    for at in range(0, len(whole), size):
        assert (reply.state, reply.got) == ("more", at)
        reply = hear(inbox, piece(at), whole[at : at + size], in_memory=in_memory)
    assert reply.state == "whole"
    found = [f.stored.read() if f.stored else f.raw for f in reply.files]
    assert found == files
    assert all((f.stored is None) == in_memory for f in reply.files)
    for file in reply.files:
        file.close()


@pytest.mark.parametrize(
    ("sent", "raw"),
    [
        (piece(0, number=2), b"abc"),  # of another sending
        (piece(3), b"abc"),  # one piece is missing
        (piece(0), b"x" * 11),  # more than was announced
    ],
)
def test_what_does_not_fit_ends_the_sending(sent, raw):
    """Nothing is put together from pieces that do not follow each other."""
    inbox = Inbox()
    hear(inbox, begin(("a", 10)))
    assert hear(inbox, sent, raw).state == "lost"
    assert hear(inbox, piece(0), b"abc").state == "lost"


def test_what_is_too_large_is_refused_before_it_is_sent():
    """Its size is told first, so two gigabytes are never on their way."""
    inbox = Inbox()
    assert hear(inbox, begin(("a", 600), ("b", 401))).state == "refused"
    assert hear(inbox, piece(0), b"abc").state == "lost"


def test_nothing_is_left_of_what_is_stopped_or_replaced(folder):
    """A file on its way has no name on the disk, and a new one takes the place of the last."""
    inbox = Inbox()
    hear(inbox, begin(("a", 10)))
    hear(inbox, piece(0), b"abc")
    assert list(folder.iterdir()) == []
    hear(inbox, begin(("b", 2), number=2))
    assert hear(inbox, piece(3), b"abc").state == "lost"
    hear(inbox, begin(("b", 2), number=3))
    assert hear(inbox, read_sent({"step": "stop", "number": 3})).state == "stopped"
    assert hear(inbox, piece(0, number=3), b"ab").state == "lost"


def test_a_file_on_disk_is_read_by_its_handle(folder):
    """Readers that need a path find it there, as long as the page holds it."""
    inbox = Inbox()
    hear(inbox, begin(("a", 3)))
    (file,) = hear(inbox, piece(0), b"abc").files
    assert isinstance(file.source, Path)
    assert file.source.read_bytes() == b"abc"
    assert (file.size, list(folder.iterdir())) == (3, [])
    file.close()
    assert GivenFile("b", b"xy").source == b"xy"


def test_a_full_disk_is_told(monkeypatch):
    """The page goes on, and nothing of the file is kept."""

    def refuse(*_):
        raise OSError(28, "full")

    inbox = Inbox()
    hear(inbox, begin(("a", 3)))
    monkeypatch.setattr("workbook.interface.sending.Stored.write", refuse)
    assert hear(inbox, piece(0), b"abc").state == "full"


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"step": "cow", "number": 1},
        {"step": "begin"},
        {"step": "begin", "number": 1, "files": [{"name": 1, "size": -1}]},
    ],
)
def test_what_no_browser_of_ours_says_is_not_heard(raw):
    """Any message may come from a browser."""
    assert read_sent(raw) is None


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_the_command_names_the_file_as_it_is(name):
    """Whatever a file is called, the shell hands it on whole and reads no option in it."""
    line = write_command(("workbook", "import"), [name], ("--used", "POST /a"), windows=False)
    *start, given_name, option, value = shlex.split(line)
    assert start == ["workbook", "import"]
    assert given_name == (f"./{name}" if name.startswith("-") else name)
    assert (option, value) == ("--used", "POST /a")


def test_the_command_for_windows_has_its_own_quotes():
    """Single quotes mean nothing there."""
    line = write_command(("workbook", "import"), ["my log.gz"], (), windows=True)
    assert line == 'workbook import "my log.gz"'
