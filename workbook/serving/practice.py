"""What the warm parent does once itself, so that its copies need not.

A copy shares its parent's memory page by page, until it writes to one. The first calls of a
function write to it, since Python counts them and then rewrites the function for speed; what is
worked out once is kept. After the parent has opened every page with the example, its copies find
both done, and their new objects lie close together instead of in the gaps between old ones.

Nobody waits for it: the parent takes one lesson at a time, while nobody asks for a copy.
"""

from __future__ import annotations

import re
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.exports.documents import (
    build_document,
    gather,
    list_formats,
    load_documents,
    write_document,
)
from workbook.interface.message import Message
from workbook.interface.room.leading import Rooms
from workbook.interface.room.page import RoomPage
from workbook.interface.sparing import forget_widgets
from workbook.serving.pages import PAGES, read_clock
from workbook.serving.visit import WebVisit
from workbook.settings import Settings
from workbook.storage.defaults import default_address
from workbook.storage.encryption import new_key
from workbook.storage.example import read_demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook.interface.page import Page

_FIRST = "start.name"
_ROW = re.compile(r"^\s*\d+\s+(\d+)\s+\d+\s+\d+\s+(\d+)\s*$", re.MULTILINE)
_HEAD = sys.getsizeof(b"")

_gaps: list[bytes] = []


def list_lessons() -> Iterator[Callable[[], None]]:
    """What there is to practise: pages as visitors come to them, then what documents say."""
    yield from (partial(_practise, name) for name in PAGES)
    yield build_documents


def _practise(name: str) -> None:
    """Open a page and show all of it, answer once, and leave nothing of it behind."""
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        rooms = Rooms(default_address(Path(folder)), read_clock)
        try:
            _go_through(RoomPage(name, WebVisit(Settings(), rooms.address, read_clock), rooms))
        finally:
            forget_widgets()


def _go_through(page: Page) -> None:
    _say(page, kind="open", key=new_key())
    _say(page, kind="answer", path=_FIRST, raw="Example", number=1)
    _say(page, kind="open", example=True)
    for screen in page.screens:
        _say(page, kind="show", at=screen.id)


def build_documents() -> None:
    """Put each document together once, in no format: their words, and patterns for their texts.

    A copy then takes a tenth less for a document, and the parent 0.2 s and less than 1 MB.
    """
    today = read_clock().date()
    material = gather(read_demo(today).plan, today)
    for name in load_documents():
        build_document(name, material)


def write_documents() -> None:
    """Write a document of each format, so that whatever that loads is known.

    The warm parent calls it in a child that ends at once, as some formats start threads.
    """
    today = read_clock().date()
    material = gather(read_demo(today).plan, today)
    offered = ((kind, name) for name in reversed(load_documents()) for kind in list_formats(name))
    for kind, name in dict(offered).items():
        write_document(name, kind, material)


def _say(page: Page, **message: object) -> None:
    """Say something to a page as its browser would."""
    heard = Message.model_validate(message)
    page._hear(page.desk, heard.model_dump(), [])  # noqa: SLF001 # what the browser's line calls


def fill_gaps() -> None:
    """Take the room that is free between small objects, so that copies begin on pages of their own.

    Only Python's own list of free room says how much there is of each size.
    """
    for size, free in _list_gaps():
        _gaps.extend(bytes(size - _HEAD) for _ in range(free))


def _list_gaps() -> Iterator[tuple[int, int]]:
    """Sizes of small objects in bytes, and how many more of each the heap has room for."""
    with suppress(Exception), tempfile.TemporaryFile() as told:
        _tell_gaps(told.fileno())
        told.seek(0)
        for size, free in _ROW.findall(told.read().decode()):
            if int(size) > _HEAD:
                yield int(size), int(free)


def _tell_gaps(handle: int) -> None:
    """Let Python write down how its memory is used, which it does to the error stream alone."""
    import ctypes  # noqa: PLC0415 # beside its use
    import os  # noqa: PLC0415 # beside its use

    kept = os.dup(2)
    os.dup2(handle, 2)
    try:
        sys._debugmallocstats()  # noqa: SLF001 # CPython's own
        ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 2)
        os.close(kept)
