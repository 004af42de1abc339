"""The app's side of the warm parent: starts it, asks it for kernels, replaces it when it dies."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .forkserver import READY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_log = logging.getLogger("workbook.serving")

#: Seconds a request may take, and seconds it waits until everything is imported.
_PATIENCE = 20.0


class ForkFailed(Exception):  # says what happened; caught beside where it is raised
    """The warm parent gave no kernel; start one the ordinary way."""


class StillWarming(ForkFailed):  # as above
    """The warm parent is not ready yet; it is left to go on."""


class ForkedProcess:
    """A process that is not our child: known by its handle, so never mistaken for another."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        """Take over a process id and its handle."""
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle

    def poll(self) -> int | None:
        """None while it runs, else 0: how it ended is told to its parent alone."""
        if self.returncode is None:
            poller = select.poll()
            poller.register(self._handle, select.POLLIN)
            if poller.poll(0):
                self._finish()
        return self.returncode

    def wait(self) -> int:
        """Wait until it has ended."""
        if self.returncode is None:
            poller = select.poll()
            poller.register(self._handle, select.POLLIN)
            poller.poll()
            self._finish()
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _finish(self) -> None:
        self.returncode = 0
        os.close(self._handle)


class WarmParent:
    """The process that forks kernels; a new one takes over when it dies."""

    def __init__(self, environment: Mapping[str, str], *, patience: float = _PATIENCE) -> None:
        """Begin without a process; ``environment`` is what it may know of the machine.

        ``patience`` is how many seconds a request may take.
        """
        self.patience = patience
        self.note_script: Callable[[bytes], None] = lambda _: None
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._is_ready = False
        self._lifeline = os.pipe()
        self._turn = asyncio.Lock()

    @staticmethod
    def is_possible() -> bool:
        """Whether this system can fork and has handles for processes."""
        return hasattr(os, "fork") and hasattr(os, "pidfd_open") and sys.platform == "linux"

    @property
    def pid(self) -> int | None:
        """The process id, while there is a process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process; it warms up by itself."""
        ours, its = socket.socketpair()
        handles = (its.fileno(), self._lifeline[0])
        command = [sys.executable, "-P", "-m", "workbook.serving.forkserver", *map(str, handles)]
        with its:
            self._process = subprocess.Popen(  # noqa: S603 # our own module, no foreign part
                command,
                env=self._environment,
                cwd="/",
                pass_fds=handles,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._line = ours
        self._is_ready = False

    async def describe(self) -> dict[str, Any]:
        """What the process says of itself; raises :class:`ForkFailed` when it does not answer."""
        return (await self._ask({}))[0]

    async def fork(
        self, argv: list[str], cwd: str, environment: Mapping[str, str]
    ) -> ForkedProcess:
        """A kernel's process; raises :class:`ForkFailed` when none came."""
        request = {"argv": argv, "cwd": cwd, "env": dict(environment)}
        answer, handles = await self._ask(request)
        if "error" in answer or not handles:
            raise ForkFailed(answer.get("error", "no handle came"))
        return ForkedProcess(answer["pid"], handles[0])

    def stop(self) -> None:
        """End the process and whatever it started."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        for end in self._lifeline:
            with suppress(OSError):
                os.close(end)

    async def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        async with self._turn:
            try:
                return await asyncio.to_thread(self._exchange, request)
            except StillWarming:
                raise
            except (OSError, ValueError) as error:
                self._replace("has gone")
                raise ForkFailed(str(error) or "no answer in time") from error

    def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], list[int]]:
        if self._line is None:
            raise OSError("not started")
        self._line.settimeout(self.patience)
        if not self._is_ready:
            self._wait_until_ready(self._line)
        self._line.sendall(json.dumps(request).encode() + b"\n")
        text, handles, _, _ = socket.recv_fds(self._line, 65536, 1)
        if not text.endswith(b"\n"):
            raise OSError("it has ended")
        return json.loads(text), handles

    def _wait_until_ready(self, line: socket.socket) -> None:
        """Wait until it has imported everything; on a busy machine that may take its time."""
        try:
            said, handles, _, _ = socket.recv_fds(line, len(READY), 1)
        except TimeoutError as error:
            raise StillWarming("it still warms up") from error
        self._is_ready = said == READY
        for handle in handles:
            with os.fdopen(handle, "rb") as file:
                file.seek(0)
                self.note_script(file.read())
        if not self._is_ready:
            raise OSError("it has ended")

    async def renew(self) -> None:
        """Start a new process, because what this one has imported has changed."""
        async with self._turn:
            await asyncio.to_thread(self._replace, "has older code than there is")

    def _replace(self, why: str) -> None:
        """Start a new process instead of this one; open pages keep theirs."""
        _log.warning("The warm parent %s; a new one is started", why)
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self.start()
