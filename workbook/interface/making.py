"""Documents made beside the page, one at a time, so that the page stays awake meanwhile."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.exports.documents import Material, Switches
    from workbook.interface.page import Page

T = TypeVar("T")
ONE_AT_A_TIME: Final = Lock()
"""Held while one document is made: the settings of charts belong to the whole process."""


def gather_for(page: Page, switches: Switches | None = None) -> Material:
    """What the documents of the plan on a page are made of, as the plan is now."""
    from workbook.exports.documents import Switches, gather  # noqa: PLC0415 - when one is made

    session = page.there
    return gather(
        session.plan,
        session.now.date(),
        unclear=session.file.unclear,
        language=page.language,
        switches=switches or Switches(),
    )


def one_at_a_time(make: Callable[[], T]) -> Callable[[object], T]:
    """The same as work for ``LongWork``, waiting until no other document is being made."""

    def do(_: object) -> T:
        with ONE_AT_A_TIME:
            return make()

    return do
