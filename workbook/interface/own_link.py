"""The owner's own link as a QR code, for a phone that is to go on with the plan.

The link comes from the browser in a message, as the key did when the page was opened, and goes back
as a picture in another one: it stands in no widget, and nothing of it is kept or written down.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workbook.interface.message import Message
    from workbook.interface.page import Page

KIND: Final = "own_code"
"""The kind of message that asks for the code."""
_MARK: Final = "#key="
"""What only the link of an owner holds."""


def listen_for_codes(page: Page) -> None:
    """Draw the owner's link as a code whenever the browser asks for it."""

    def draw(heard: Message) -> None:
        link = heard.raw
        if isinstance(link, str) and _MARK in link:
            page.guard(lambda: tell_code(page, heard.name, link))

    page.desk.listen(KIND, draw)


def tell_code(page: Page, name: str, link: str) -> None:
    """Give the browser a link as a picture under a name, or say why it is too long for one."""
    from workbook.measurement.qr import draw_qr  # noqa: PLC0415 - when one is asked for

    drawn = draw_qr(link, page.language)
    if isinstance(drawn, bytes):
        page.desk.tell("code", name=name, svg=base64.b64encode(drawn).decode())
    else:
        page.desk.tell("failed", what=drawn.text, next=drawn.mend, retry=False)
