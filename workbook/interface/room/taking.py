"""What a facilitator takes along: the notes of the room, and blank worksheets beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.interface.downloads import give_download
from workbook.interface.files import name_file
from workbook.interface.furniture import fill_box
from workbook.interface.making import one_at_a_time
from workbook.interface.work import LongWork
from workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import VBox

    from workbook.interface.page import Page
    from workbook.interface.room.leading import Leading

_WORKSHEETS = "worksheets"
_NAME = "room-notes"
_NOTES = {"notes": "docx", "sheet": "xlsx"}
_FINISH = "interface/finish.toml"


def take_along(page: Page, leading: Leading, what: str, slot: VBox) -> None:
    """Make a file beside the page, with a bar and a way to stop, and send it to the browser.

    Args:
        page: The page of whoever leads.
        leading: The room.
        what: “notes” in Word, the same as “sheet”, or “worksheets” as PDF.
        slot: The box that shows how far it is.
    """
    if what == _WORKSHEETS:
        _give(page, name_file(Plan(), _WORKSHEETS, ".pdf"), "pdf", slot, _make_worksheets(page))
    elif what in _NOTES:
        kind = _NOTES[what]
        _give(page, f"{_NAME}.{kind}", kind, slot, _make_notes(page, leading, f".{kind}"))


def _give(page: Page, name: str, kind: str, slot: VBox, make: Callable[[], bytes]) -> None:
    from workbook.exports import load_formats  # noqa: PLC0415 - used when asked for

    media_type = load_formats()[kind].MEDIA_TYPE

    def give(raw: bytes) -> None:
        fill_box(slot)
        give_download(page, name, media_type, raw)

    work = LongWork(page, load_words(_FINISH, page.language)["documents"]["making"])
    fill_box(slot, work.draw())
    work.start(one_at_a_time(make), give, lambda: fill_box(slot))


def _make_worksheets(page: Page) -> Callable[[], bytes]:
    from workbook.exports.documents import gather, write_document  # noqa: PLC0415 - when asked for

    material = gather(Plan(), page.there.now.date(), language=page.language)
    return lambda: write_document(_WORKSHEETS, "pdf", material)


def _make_notes(page: Page, leading: Leading, suffix: str) -> Callable[[], bytes]:
    from workbook.workshop.report import WRITERS, make_notes  # noqa: PLC0415 - used when asked for

    notes = make_notes(
        leading.room,
        today=leading.now.date(),
        board=leading.last_board,
        back=leading.back,
        language=page.language,
    )
    return lambda: WRITERS[suffix](notes)
