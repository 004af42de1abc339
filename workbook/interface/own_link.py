"""The owner's own link as a QR code, for a phone that is to go on with the plan.

The link comes from the browser in a message, as the key did when the page was opened, and goes back
as a picture in another one: it stands in no widget, and nothing of it is kept or written down.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from workbook.interface.message import Message

if TYPE_CHECKING:
    from workbook.interface.page import Page

KIND: Final = "own_code"
"""The kind of message that asks for the code."""
_MARK: Final = "#key="
"""What only the link of an owner holds."""


def listen_for_codes(page: Page) -> None:
    """Draw the owner's link as a code whenever the browser asks for it."""

    def hear(_: object, message: Any, __: object) -> None:  # noqa: ANN401 - whatever a browser sends
        try:
            heard = Message.model_validate(message)
        except ValidationError:
            return
        link = heard.raw
        if heard.kind == KIND and isinstance(link, str) and _MARK in link:
            page.guard(lambda: _tell_code(page, heard.name, link))

    page.desk.on_msg(hear)


def _tell_code(page: Page, name: str, link: str) -> None:
    from workbook.measurement.qr import draw_qr  # noqa: PLC0415 - when one is asked for

    drawn = draw_qr(link, page.language)
    if isinstance(drawn, bytes):
        page.desk.tell("code", name=name, svg=base64.b64encode(drawn).decode())
    else:
        page.desk.tell("failed", what=drawn.text, next=drawn.mend, retry=False)
