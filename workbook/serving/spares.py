"""Processes that are ready before anybody asks for a page: whoever comes next takes one."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .kernels import PageKernels

_log = logging.getLogger("workbook.serving")

#: Seconds after the last page until spare ones are made: nobody waits for that, and the warm
#: parent has practised by then.
QUIET = 6.0

#: Seconds until it is tried again after one could not be made, doubled each time, up to the last.
_AGAIN, _LAST = 10.0, 600.0


class Spares:
    """Kernels that run and know nothing of any page or visitor.

    One is handed out once, and only while it lives and its code is the newest: what is older, or
    died, is ended, and the page gets a new kernel.
    """

    def __init__(
        self,
        kernels: PageKernels,
        most: int,
        environment: Mapping[str, str],
    ) -> None:
        """Begin with none.

        Args:
            kernels: The kernels of all pages.
            most: How many are kept; 0 for none.
            environment: What they are told of the machine.
        """
        self._kernels = kernels
        self._most = most
        self._environment = environment
        self._ready: list[str] = []
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._pause = _AGAIN

    def find(self) -> str:
        """The kernel that the next page would get, or nothing."""
        return next((known for known in self._ready if self._kernels.is_new(known)), "")

    def claim(self, kernel_id: str) -> None:
        """A page takes a kernel, if it is one of these."""
        if kernel_id in self._ready:
            self._ready.remove(kernel_id)
            self._kernels.spares.discard(kernel_id)

    def wait_for_quiet(self, seconds: float = QUIET) -> None:
        """Make what is missing once nobody has asked for a page for a while."""
        self.stop()
        if self._most and self._kernels.warm_parent is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(seconds, self._begin)

    def stop(self) -> None:
        """Make no more of them."""
        if self._timer is not None:
            self._timer.cancel()

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._fill())

    async def _fill(self) -> None:
        """End those that are old or dead, and make new ones, one after the other."""
        try:
            await self._drop_old()
            await self._wait_for_parent()
            while len(self._ready) < self._most:
                await self._make()
        except Exception as error:  # noqa: BLE001 # pages are started without them
            _log.warning("No process could be made ready: %s", type(error).__name__)
            self.wait_for_quiet(self._pause)
            self._pause = min(2 * self._pause, _LAST)
        else:
            self._pause = _AGAIN

    async def _wait_for_parent(self) -> None:
        """Let the warm parent answer first: one started the ordinary way would share nothing."""
        if self._kernels.warm_parent is not None:
            await self._kernels.warm_parent.describe()

    async def _make(self) -> None:
        kernel_id = str(uuid4())
        self._kernels.spares.add(kernel_id)
        try:
            await self._kernels.start_kernel(kernel_id=kernel_id, path="", env=self._environment)
        except BaseException:
            self._kernels.spares.discard(kernel_id)
            raise
        self._ready.append(kernel_id)

    async def _drop_old(self) -> None:
        for kernel_id in list(self._ready):
            if self._kernels.is_new(kernel_id) and await self._is_alive(kernel_id):
                continue
            if kernel_id in self._ready:  # no page has taken it in the meantime
                self._ready.remove(kernel_id)
                await self._kernels.end_spare(kernel_id)

    async def _is_alive(self, kernel_id: str) -> bool:
        return bool(await self._kernels.get_kernel(kernel_id).is_alive())
