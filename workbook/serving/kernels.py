"""The kernels of open pages: how many there may be, what they get, and when they end."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import zmq
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.web import HTTPError
from traitlets import default

from .environment import OPTIONS, reduce_environment
from .farewell import ask_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from .freshness import Freshness
    from .metrics import Metrics
    from .warm import WarmParent

#: Ends of lines that the server may have open: two for each page, and two more while it is printed.
#: Stock it is about a thousand, which 168 pages took.
_LINES = 16_384

NAME = "python3"

#: Seconds in which the page after one that has gone may still take its place.
_GONE_SECONDS = 60.0


class PageKernelSpecs(KernelSpecManager):
    """Knows one kind of kernel: this Python, with nothing kept of what runs in it."""

    _argv: ClassVar[list[str]] = [
        sys.executable,
        "-m",
        "ipykernel_launcher",
        "-f",
        "{connection_file}",
        *OPTIONS,
    ]

    def find_kernel_specs(self) -> dict[str, str]:
        """The one kind there is; it has no folder of its own."""
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002 # one kind for all
        """The kernel every page gets, whatever its notebook asks for."""
        return KernelSpec(
            argv=list(self._argv),
            display_name="Python 3",
            language="python",
            interrupt_mode="signal",
            metadata={"kernel_provisioner": {"provisioner_name": self.parent.provisioner_name}},
        )

    def get_all_specs(self) -> dict[str, Any]:
        """The one kind, in the form Voila asks for."""
        return {NAME: {"resource_dir": "", "spec": self.get_kernel_spec(NAME).to_dict()}}


class PageKernel(ServerKernelManager):
    """The kernel of one page; one that died is not started again empty, its page is told."""

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Keep no diary of kernels; checking its entries would take longer than a start."""

    def _default_event_logger(self) -> None:
        return None

    def _connect_control_socket(self) -> None:
        """Open no line for orders: a page's kernel is ended by signal."""


class PageKernels(AsyncMappingKernelManager):
    """The kernels of all open pages.

    A kernel ends when its page has gone and everything the page sent is handled, when no page
    ever reached it, when its page lost the line and did not come back, which is waited for less
    long when other visitors wait for a place, when another page took its
    place and it did not go by itself, when nothing happened in it for long, or when it died.
    """

    grace_seconds = 2.0
    unreached_seconds = 60.0
    handled_seconds = 5.0
    followed_seconds = 15.0
    dropped_seconds = 1200.0
    spared_seconds = 120.0
    memory_mb = 0
    metrics: Metrics | None = None
    warm_parent: WarmParent | None = None
    freshness: Freshness | None = None

    def __init__(self, **kwargs: Any) -> None:
        """Begin with no kernel."""
        super().__init__(**kwargs)
        self.leaving: set[str] = set()
        self.note_renewed: Callable[[], None] = lambda: None
        self.count_wanted: Callable[[], int] = lambda: 0
        self.spares: set[str] = set()
        self._parents: dict[str, int | None] = {}
        self._expected: dict[str, asyncio.Event] = {}
        self._reached: set[str] = set()
        self._dropped: dict[str, float] = {}
        self._started: dict[str, float] = {}
        self._gone: dict[str, float] = {}
        self._followed: dict[str, float] = {}
        self._renewing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def expect(self, kernel_id: str) -> None:
        """A page is on its way whose line may be opened before its kernel runs."""
        self._expected[kernel_id] = asyncio.Event()

    def settle(self, kernel_id: str) -> None:
        """The kernel of a page that was on its way runs now, or will not."""
        if expected := self._expected.pop(kernel_id, None):
            expected.set()

    async def wait_until_started(self, kernel_id: str) -> None:
        """Wait for the kernel of a page that is on its way; for any other there is no wait."""
        if expected := self._expected.get(kernel_id):
            await expected.wait()

    @default("context")
    def _make_context(self) -> zmq.Context[Any]:
        context: zmq.Context[Any] = self._context_default()
        context.set(zmq.MAX_SOCKETS, _LINES)
        return context

    async def start_kernel(self, *, kernel_id: str | None = None, **kwargs: Any) -> str:
        """Start a kernel that knows nothing of who asked for it."""
        await self._renew_parent()
        kernel_id = kernel_id or self.new_kernel_id(**kwargs)
        folder = self._folder_of(kernel_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kwargs["env"] = reduce_environment(kwargs.get("env") or os.environ) | {
            name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")
        }
        made = str(await self._async_start_kernel(kernel_id=kernel_id, **kwargs))
        self._parents[made] = self.warm_parent.pid if self.warm_parent else None
        if made not in self.spares:
            self._started[made] = time.monotonic()
        return made

    async def begin(self, kernel_id: str, **kwargs: Any) -> None:
        """Give a page its kernel: the one that was ready for it, if it lives, or a new one."""
        await self._renew_parent()
        if self.is_new(kernel_id) and await self.get_kernel(kernel_id).is_alive():
            self._started[kernel_id] = time.monotonic()
            return
        await self.end_spare(kernel_id)
        await self.start_kernel(kernel_id=kernel_id, **kwargs)

    def is_new(self, kernel_id: str) -> bool:
        """Whether a kernel runs that is a copy of the warm parent there is now."""
        parent = self.warm_parent.pid if self.warm_parent else None
        return kernel_id in self and self._parents.get(kernel_id) == parent

    async def end_spare(self, kernel_id: str) -> None:
        """End a kernel that no page took, or that no page should have."""
        self.spares.discard(kernel_id)
        await self._end(kernel_id, "spare")

    def count_pages(self) -> int:
        """Kernels of pages; those that wait for one are none."""
        return len(self) - sum(1 for kernel_id in self.spares if kernel_id in self)

    async def _renew_parent(self) -> None:
        """Replace the warm parent before the next page, where code has changed."""
        if self.warm_parent is None or self.freshness is None:
            return
        async with self._renewing:
            fresh = self.freshness
            if fresh.is_due and await asyncio.to_thread(fresh.has_changed):
                await self.warm_parent.renew()
                self.note_renewed()

    def _folder_of(self, kernel_id: str) -> Path:
        """Where a kernel puts what it needs for a while; it goes with the kernel."""
        return Path(self.connection_dir) / "pages" / kernel_id

    def notify_connect(self, kernel_id: str) -> None:
        """A page reached its kernel."""
        super().notify_connect(kernel_id)
        self._reached.add(kernel_id)
        self._dropped.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        """A page lost the line: a locked phone, another app, a dead network."""
        super().notify_disconnect(kernel_id)
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            self._dropped[kernel_id] = time.monotonic()

    def remove_kernel(self, kernel_id: str) -> object:
        """Forget a kernel and everything noted about it."""
        self._reached.discard(kernel_id)
        self._dropped.pop(kernel_id, None)
        self._started.pop(kernel_id, None)
        self._parents.pop(kernel_id, None)
        self.spares.discard(kernel_id)
        self._gone[kernel_id] = time.monotonic()
        shutil.rmtree(self._folder_of(kernel_id), ignore_errors=True)
        return super().remove_kernel(kernel_id)

    def is_waited_for(self, kernel_id: str) -> bool:
        """Whether the kernel runs and no page has reached it yet."""
        return kernel_id in self and kernel_id not in self._reached

    async def is_there(self, kernel_id: str) -> bool:
        """Whether a page may go on with this kernel, which may be on its way."""
        if kernel_id in self._expected:
            return True
        if kernel_id not in self or kernel_id in self.leaving:
            return False
        return bool(await self.get_kernel(kernel_id).is_alive())

    def leave(self, kernel_id: str) -> None:
        """The page has gone: end its kernel once all it sent is handled.

        Raises :class:`tornado.web.HTTPError` 404 when there is no such kernel.
        """
        self._check_kernel_id(kernel_id)
        if kernel_id not in self.leaving:
            self.leaving.add(kernel_id)
            task = asyncio.get_running_loop().create_task(self._leave(kernel_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _leave(self, kernel_id: str) -> None:
        try:
            await asyncio.sleep(self.grace_seconds)
            await self._wait_until_handled(kernel_id)
            await self._end(kernel_id, "left")
        finally:
            self.leaving.discard(kernel_id)

    async def _wait_until_handled(self, kernel_id: str) -> None:
        bound = min(self.handled_seconds, max(1.0, 7.5 - self.grace_seconds))
        await ask_after(self, kernel_id, bound)

    async def _end(self, kernel_id: str, why: str) -> None:
        """End a kernel at once: all it was given is handled, and nothing of it is kept."""
        if kernel_id in self:
            self._count_ended(why)
            with suppress(HTTPError, KeyError):
                await self.shutdown_kernel(kernel_id, now=True)

    async def sweep(self) -> None:
        """End the kernels that no page reached or came back to, and take away those that died."""
        now = time.monotonic()
        self._forget_gone()
        self._leave_followed(now)
        giving_way = self._find_giving_way(now)
        for kernel_id, started in list(self._started.items()):
            if kernel_id not in self or kernel_id in self.leaving:
                continue
            if not await self.get_kernel(kernel_id).is_alive():
                self._tell_dead(kernel_id)
                await self._end(kernel_id, "died")
            elif kernel_id not in self._reached and now - started > self.unreached_seconds:
                await self._end(kernel_id, "unreached")
            elif (
                kernel_id in giving_way
                or now - self._dropped.get(kernel_id, now) > self.dropped_seconds
            ):
                await self._wait_until_handled(kernel_id)
                await self._end(kernel_id, "dropped")

    def _find_giving_way(self, now: float) -> list[str]:
        """Kernels whose page has been away longest, as many as visitors wait for."""
        away = sorted((since, kernel_id) for kernel_id, since in self._dropped.items())
        last = now - self.spared_seconds
        wanted = max(0, self.count_wanted() - len(self.leaving))
        return [kernel_id for since, kernel_id in away if since < last][:wanted]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel in which nothing happened for long, though its page is there."""
        if kernel_id in self.spares:
            return
        await super().cull_kernel_if_idle(kernel_id)
        if kernel_id not in self:
            self._count_ended("idle")

    def _count_ended(self, why: str) -> None:
        if self.metrics is not None:
            self.metrics.count_ended(why)

    def _tell_dead(self, kernel_id: str) -> None:
        """Let the open page of a kernel know at once that it has gone."""
        for connection in list(ZMQChannelsWebsocketConnection._open_sockets):  # noqa: SLF001 # no public list
            if connection.kernel_id == kernel_id:
                with suppress(Exception):
                    connection.on_restart_failed()

    def may_follow(self, kernel_id: str) -> bool:
        """Whether a page may take the place of the one with this kernel: it is going, or went."""
        is_known = kernel_id in self or kernel_id in self._gone
        return is_known and kernel_id not in self._followed

    def note_followed(self, kernel_id: str) -> None:
        """Another page has taken the place of the one with this kernel; no second one may.

        Whoever goes says so within seconds; a page that stays all the same is ended for them.
        """
        self._followed[kernel_id] = time.monotonic()

    def count_followed(self) -> int:
        """Kernels that still run and whose place another page has taken."""
        return sum(1 for kernel_id in self._followed if kernel_id in self)

    def _leave_followed(self, now: float) -> None:
        for kernel_id, since in list(self._followed.items()):
            if kernel_id in self and now - since > self.followed_seconds:
                self.leave(kernel_id)

    def _forget_gone(self) -> None:
        since = time.monotonic() - _GONE_SECONDS
        for known in (self._gone, self._followed):
            for kernel_id in [k for k, at in known.items() if at < since and k not in self]:
                del known[kernel_id]

    async def wait_for_all(self) -> None:
        """Wait until every kernel has handled all that its page sent."""
        await asyncio.gather(*(self._wait_until_handled(known) for known in self.list_kernel_ids()))

    async def end_all(self) -> None:
        """End every kernel at once."""
        await asyncio.gather(*(self._end(known, "stopped") for known in self.list_kernel_ids()))
