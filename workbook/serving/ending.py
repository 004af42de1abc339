"""The end of the app, in order: open pages are told, what they sent is saved, kernels end."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from .line import PageLine

if TYPE_CHECKING:
    from .kernels import PageKernels

_log = logging.getLogger("workbook.serving")

#: What a page hears over its line; no kernel says it.
_RESTARTING = "workbook_restarting"

#: Seconds for pages to send what is being typed, and for their lines to carry the last answers.
_SENDING, _CARRYING = 0.6, 0.2


class Ending:
    """Ends the app once; until then ``is_on`` is false."""

    def __init__(self, kernels: PageKernels, bound: float) -> None:
        """Begin for the kernels of open pages; ``bound`` is how many seconds it may all take."""
        self.is_on = False
        self._kernels = kernels
        self._bound = bound

    async def run(self) -> None:
        """Tell every page, wait for what it sends, and end its kernel; whatever happens, in time.

        From its beginning no page is opened any more.
        """
        self.is_on = True
        try:
            await asyncio.wait_for(self._run(), self._bound)
        except TimeoutError:
            _log.warning("Some pages did not end within %g seconds", self._bound)

    async def _run(self) -> None:
        if tell_pages():
            await asyncio.sleep(_SENDING)
        await self._kernels.wait_for_all()
        await asyncio.sleep(_CARRYING)
        await self._kernels.end_all()


def tell_pages() -> int:
    """Let open pages know that the app is restarted, and say how many they are."""
    lines = list(PageLine._open_sockets)  # noqa: SLF001 # no public list
    told = 0
    for line in lines:
        try:
            line.tell(_RESTARTING)
        except Exception as error:  # noqa: BLE001 # a line that is just being cut hears nothing
            _log.debug("A page was not told: %s", type(error).__name__)
        else:
            told += 1
    return told
