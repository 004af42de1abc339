"""Places for open pages: as many as the machine holds."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: What one open page takes, with room to spare: the memory its kernel does not share.
PAGE_MB = 60
_SHARE = 0.7
_FEWEST, _MOST = 4, 500
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


class Places:
    """How many pages may be open at once, and how many are, those being opened included."""

    def __init__(self, most: int, count_running: Callable[[], int]) -> None:
        """Begin with a number of places and a way to count the kernels that run."""
        self.most = most
        self._count_running = count_running
        self._opening: set[str] = set()

    def count_open(self) -> int:
        """Pages that are open or being opened."""
        return self._count_running() + len(self._opening)

    def take(self, page: str) -> bool:
        """Hold a place for a page whose kernel does not count yet; False when all are taken."""
        if self.count_open() >= self.most:
            return False
        self._opening.add(page)
        return True

    def hand_over(self, page: str) -> None:
        """The page's kernel counts by itself now, or never came."""
        self._opening.discard(page)


def count_places(wanted: int) -> int:
    """How many pages may be open at once: as set, else what 70 % of the memory holds.

    The figure for one page and the share are our defaults.
    """
    return wanted or max(_FEWEST, min(_MOST, int(_read_memory_mb() * _SHARE / PAGE_MB)))


def _read_memory_mb() -> float:
    """Memory this server may use, in MB: the machine's, or less where a limit is set."""
    total = 2.0 * 1024**3  # where the system does not say: a small machine
    with suppress(AttributeError, ValueError, OSError):
        total = float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for path in _LIMITS:
        with suppress(OSError, ValueError):
            total = min(total, float(Path(path).read_text(encoding="ascii")))
    return total / 1024**2
