"""Looks whether a room has changed, about every second, for as long as somebody looks at the page.

The browser says from time to time that the page is on screen; a page that is hidden, closed or cut
off says nothing, and its looking ends by itself. A look asks for one number; only when that is
another one is the room read. What the visitor does on the page is told without waiting.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from workbook.errors import RoomError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY: Final = 1.0
"""Seconds between two looks."""
LEAST: Final = 0.2
"""Seconds between two looks at least, where something happens on the page itself."""
LEASE: Final = 25.0
"""Seconds for which a page is looked after that said it is on screen."""


class Watching:
    """One room that is looked at from one page.

    ``look`` asks for what tells two states of the room apart, and runs beside the page, since a
    database may take its time; ``show`` is called on the page when the answer is another one.
    """

    def __init__(self, look: Callable[[], object], show: Callable[[], None]) -> None:
        self._look, self._show = look, show
        self._seen: object = None
        self._until = 0.0
        self._task: asyncio.Task[None] | None = None
        self._soon = asyncio.Event()

    @property
    def is_on(self) -> bool:
        """Whether the room is being looked at."""
        return self._task is not None and not self._task.done()

    def note(self, seen: object) -> None:
        """The page shows this state already."""
        self._seen = seen

    def stay(self) -> None:
        """The page is on screen: look for a while; nothing happens where no loop of events runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._until = loop.time() + LEASE
        if not self.is_on:
            self._task = loop.create_task(self._go_on())

    def hurry(self) -> None:
        """Something happened on the page itself: look at once, so that it is soon told."""
        self._soon.set()

    def rest(self) -> None:
        """The page is out of sight, or the room was left."""
        self._until = 0.0

    async def _go_on(self) -> None:
        loop = asyncio.get_running_loop()
        while loop.time() < self._until:
            self._soon.clear()
            await self._look_once(loop)
            await asyncio.sleep(LEAST)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._soon.wait(), EVERY - LEAST)

    async def _look_once(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            found = await loop.run_in_executor(None, self._look)
        except StoreError:
            return  # looked at again in a second; saving tells of a database that stays away
        except RoomError:
            found = None  # the room or the seat is no more: the page says so, once
        if found != self._seen and loop.time() < self._until:
            self._seen = found
            self._show()
