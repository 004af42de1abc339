"""Starts kernels by fork from the warm parent, and the ordinary way when that is not possible."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from time import monotonic
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from .warm import ForkedProcess, ForkFailed

NAME = "workbook-fork"
_LAUNCHER = ["-m", "ipykernel_launcher"]

#: Seconds until a kernel must have opened its sockets, and between two looks.
_PATIENCE, _LOOK = 10.0, 0.002


class ForkProvisioner(LocalProvisioner):
    """Gives a kernel a process: a copy of the warm parent where there is one."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start the kernel's process and wait until it can be reached."""
        if not await self._fork(cmd, kwargs):
            await super().launch_kernel(cmd, **kwargs)
        limit(self.process.pid, getattr(self.parent.parent, "memory_mb", 0))
        await self._wait_until_reachable()
        return dict(self.connection_info)

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel; to end it, to what it started as well."""
        if not isinstance(self.process, ForkedProcess):
            await super().send_signal(signum)
        elif self.process.poll() is None:
            if signum == signal.SIGKILL:
                with suppress(OSError):
                    os.killpg(self.process.pid, signum)
            self.process.send_signal(signum)

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> bool:
        """Whether the warm parent gave a process."""
        parent = getattr(getattr(self.parent, "parent", None), "warm_parent", None)
        if parent is None or cmd[:3] != [sys.executable, *_LAUNCHER]:
            return False
        cwd = str(kwargs.get("cwd") or Path.cwd())
        try:
            self.process = await parent.fork(cmd[3:], cwd, kwargs["env"])
        except ForkFailed as error:
            self.log.warning("A kernel is started the ordinary way: %s", error)
            return False
        self.pid = self.pgid = self.process.pid
        self.cwd = Path(cwd)
        return True

    async def _wait_until_reachable(self) -> None:
        """Wait for the kernel's sockets: a line tried before would wait a tenth of a second."""
        info = self.connection_info
        if info.get("transport") != "ipc":
            return
        places = [f"{info['ip']}-{info[name]}" for name in ("shell_port", "iopub_port")]
        until = monotonic() + _PATIENCE
        while monotonic() < until and not all(map(os.path.exists, places)):
            if await self.poll() is not None:
                return
            await asyncio.sleep(_LOOK)


def limit(process: int, memory_mb: int) -> None:
    """Set bounds for a process: what it reaches for beyond them fails in it, and nowhere else.

    Memory, 0 for any, counts what the process has for itself, without the files mapped into it.
    It writes no dump of its memory, which would hold answers. Only Linux can do it.
    """
    with suppress(ImportError, AttributeError, ProcessLookupError, PermissionError):
        import resource  # noqa: PLC0415 # not on every system

        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
        if memory_mb:
            hard = resource.prlimit(process, resource.RLIMIT_DATA)[1]
            most = memory_mb * 1024**2
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(process, resource.RLIMIT_DATA, (most, most))


def register() -> None:
    """Make the provisioner known in this process, also where the package is not installed."""
    known = KernelProvisionerFactory.instance().provisioners
    value = f"{ForkProvisioner.__module__}:{ForkProvisioner.__name__}"
    known.setdefault(NAME, EntryPoint(NAME, value, KernelProvisionerFactory.GROUP_NAME))
