"""What the warm parent does once itself, so that its copies need not.

A copy shares its parent's memory page by page, until it writes to one. The first calls of a
function write to it, since Python counts them and then rewrites the function for speed; what is
worked out once is kept. After the parent has opened every page with the example, its copies find
both done.

Nobody waits for it: the parent takes one lesson at a time, while nobody asks for a copy.
"""

from __future__ import annotations

import tempfile
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
from workbook.storage.connections import forget_databases
from workbook.storage.defaults import default_address
from workbook.storage.encryption import new_key
from workbook.storage.example import read_demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook.interface.page import Page

_FIRST = "start.name"


def list_lessons() -> Iterator[Callable[[], None]]:
    """What there is to practise: pages as visitors come to them, then what documents say."""
    yield from (partial(_practise, name) for name in PAGES)
    yield build_documents


def _practise(name: str) -> None:
    """Open a page and show all of it, answer once, and leave no page, plan or database behind.

    What is kept for good is what anybody's page works out of the example, such as its charts.
    """
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        rooms = Rooms(default_address(Path(folder)), read_clock)
        try:
            _go_through(RoomPage(name, WebVisit(Settings(), rooms.address, read_clock), rooms))
        finally:
            forget_widgets()
            forget_databases()


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
