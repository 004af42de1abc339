"""What a process holds in memory, shared parts in their share; and the warm parent's copies."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import psutil

_MB = 1024

#: Seconds of sleep after which it sleeps for good: more than the two before it practises.
_ASLEEP = 3.0


@dataclass(frozen=True)
class Memory:
    """Memory of one process, in MB.

    ``share`` is the proportional set size: what it has for itself, and of what it shares with
    others its part. ``own`` is what it alone has written to.
    """

    share: float
    own: float
    resident: float


def read_memory(process: int) -> Memory:
    """What a process holds, as Linux tells it."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    rows = (line.split() for line in text.splitlines()[1:])
    said = {name.rstrip(":"): int(value) / _MB for name, value, *_ in rows}
    return Memory(share=said["Pss"], own=said["Private_Dirty"], resident=said["Rss"])


def find_parent(server: int) -> psutil.Process:
    """The warm parent of a running server."""
    children = psutil.Process(server).children()
    return next(c for c in children if "workbook.serving.forkserver" in " ".join(c.cmdline()))


def find_copies(server: int) -> list[int]:
    """The processes of a server's open pages that the warm parent gave."""
    return [child.pid for child in find_parent(server).children()]


def find_others(server: int, known: frozenset[int]) -> list[int]:
    """The copies that have come since some were known."""
    return [copy for copy in find_copies(server) if copy not in known]


def wait_until_practised(server: int, seconds: float = 180.0) -> None:
    """Wait until the warm parent of a server has nothing left to practise, and sleeps.

    It begins two seconds after the last request. Raises TimeoutError when that takes too long.
    """
    parent = find_parent(server)
    until = time.monotonic() + seconds
    worked, since = parent.cpu_times(), time.monotonic()
    while time.monotonic() - since < _ASLEEP:
        if time.monotonic() > until:
            raise TimeoutError("the warm parent still practises")
        time.sleep(0.1)
        if parent.cpu_times() != worked or parent.status() != psutil.STATUS_SLEEPING:
            worked, since = parent.cpu_times(), time.monotonic()
