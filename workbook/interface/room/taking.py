"""What a facilitator takes along: the notes of the room, and blank worksheets beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.downloads import give_download
from workbook.interface.files import name_file
from workbook.interface.making import one_at_a_time
from workbook.plan import Plan

if TYPE_CHECKING:
    from workbook.interface.page import Page
    from workbook.interface.room.leading import Leading

_WORKSHEETS = "worksheets"
_NAME = "room-notes"
_NOTES = {"notes": "docx", "sheet": "xlsx"}


def take_along(page: Page, leading: Leading, what: str) -> None:
    """Send a file to the browser: “notes” in Word, the same as “sheet”, or “worksheets” as PDF."""
    if what == _WORKSHEETS:
        _give_worksheets(page)
    elif what in _NOTES:
        _give_notes(page, leading, _NOTES[what])


def _give_worksheets(page: Page) -> None:
    from workbook.exports import load_formats  # noqa: PLC0415 - used when asked for
    from workbook.exports.documents import gather, write_document  # noqa: PLC0415 - same reason

    module = load_formats()["pdf"]
    material = gather(Plan(), page.there.now.date(), language=page.language)
    raw = one_at_a_time(lambda: write_document(_WORKSHEETS, "pdf", material))(None)
    give_download(page, name_file(Plan(), _WORKSHEETS, module.SUFFIX), module.MEDIA_TYPE, raw)


def _give_notes(page: Page, leading: Leading, kind: str) -> None:
    from workbook.exports import load_formats  # noqa: PLC0415 - used when asked for
    from workbook.workshop.report import WRITERS, make_notes  # noqa: PLC0415 - same reason

    module = load_formats()[kind]
    notes = make_notes(
        leading.room,
        today=leading.now.date(),
        board=leading.last_board,
        back=leading.back,
        language=page.language,
    )
    raw = one_at_a_time(lambda: WRITERS[module.SUFFIX](notes))(None)
    give_download(page, f"{_NAME}{module.SUFFIX}", module.MEDIA_TYPE, raw)
