"""Places for open pages: as many as the machine holds."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: What one open page takes, with room to spare: the memory its kernel does not share.
PAGE_MB = 60
#: Open pages that one core answers without making anybody wait; most of them are being read.
_EACH_CORE = 150
_STARTING_EACH_CORE = 4
_SHARE = 0.7
_FEWEST, _MOST = 4, 500
_LEAST_EACH, _IPV4 = 8, 4
_LEAST_MOVING, _MOVING = 4, 10  # at least so many pages more, or one for each so many places
_FIFTY = 50  # people who share an address, as in a workshop
_PROXIED = re.compile(
    r"via|forwarded|(x-(forwarded|real|original|client|cluster|envoy|amz)|true-client|cf-|fly-"
    r"|fastly-|cdn-|akamai-).*",
    re.IGNORECASE,
)
"""Headers that proxies and the services in front of servers add to what they pass on."""
_FILES = 65_536  # far above what the most pages take
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


class Places:
    """How many pages may be open at once, and how many are, those being opened included.

    So that one program cannot take them all, an address may have only so many pages on the way,
    from the request until the page has reached its kernel; and one that has half of all places,
    fifty, and as many as it may be opening, gets none of the last quarter. Nobody's open page
    ends for that. Addresses are kept in memory, and no longer than the page; people who share
    one, as in a workshop, are held up only when they all come at once.
    """

    def __init__(
        self,
        most: int,
        count_running: Callable[[], int],
        *,
        each: int = 0,
        is_open: Callable[[str], bool] = lambda _page: False,
        is_waited_for: Callable[[str], bool] = lambda _page: False,
        count_followed: Callable[[], int] = lambda: 0,
    ) -> None:
        """Begin with a number of places and a way to count the kernels that run.

        ``each`` is how many pages one address may have on the way, 0 for our default,
        ``is_open`` tells whether a page's kernel runs, ``is_waited_for`` whether one runs whose
        page has not come yet, and ``count_followed`` how many run whose place another page has
        taken.
        """
        self.most = most
        self._more = max(_LEAST_MOVING, most // _MOVING)
        self._count_followed = count_followed
        self.each = each or max(_LEAST_EACH, most // 2)
        self._most_each, self._last = max(_FIFTY, most // 2, self.each), most // 4
        self._count_running = count_running
        self._is_open = is_open
        self._is_waited_for = is_waited_for
        self._opening: set[str] = set()
        self._pages: dict[str, str] = {}

    def count_open(self) -> int:
        """Pages that are open or being opened."""
        return self._count_running() + len(self._opening)

    def count_free(self) -> int:
        """Pages that may be opened now; one that another page follows takes no place any more."""
        return self.most + min(self._count_followed(), self._more) - self.count_open()

    def take(self, page: str, address: str = "", *, moves: bool = False) -> bool:
        """Hold a place for a page whose kernel does not count yet; False when there is none.

        ``address`` is who asks, as :func:`name_address` gives it, or nothing when nobody knows.
        ``moves`` is for somebody who gives up another page for this one: for the seconds until
        that has ended, there are some places more.
        """
        room = self.most + self._more - self.count_open() if moves else self.count_free()
        if room <= 0 or not self.may_come(address, moves=moves):
            return False
        self._opening.add(page)
        if address:
            self._pages[page] = address
        return True

    def hand_over(self, page: str) -> None:
        """The page's kernel counts by itself now, or never came."""
        self._opening.discard(page)

    def may_come(self, address: str, coming: int = 0, *, moves: bool = False) -> bool:
        """Whether one more page may be on the way to an address, besides those ``coming``."""
        if not address:
            return True
        for page in [known for known in self._pages if not self._is_there(known)]:
            del self._pages[page]
        own = [page for page, where in self._pages.items() if where == address]
        on_the_way = sum(page in self._opening or self._is_waited_for(page) for page in own)
        if on_the_way + coming >= self.each:
            return False
        return moves or self.count_free() > self._last or len(own) + coming < self._most_each

    def _is_there(self, page: str) -> bool:
        return page in self._opening or self._is_open(page) or self._is_waited_for(page)


def name_address(remote: str) -> str:
    """Who asks, or nothing where that is a program on this very machine, such as a proxy.

    Of an IPv6 address the first 64 bits, which one household has in common.
    """
    try:
        address = ip_address(remote)
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return ""
    return str(address if address.version == _IPV4 else ip_network((remote, 64), strict=False))


def is_asked_here(remote: str, host: str, headers: Iterable[str]) -> bool:
    """Whether a program on this very machine asks, for itself and nobody else.

    A proxy on the same machine asks for others. It shows in a header that proxies add, or in the
    name of the host it was asked for; one that adds none and changes the name does not show.

    Args:
        remote: The address that the question came from.
        host: The name it was asked under, without the port.
        headers: The names of its headers.
    """
    return (
        not name_address(remote)
        and _is_own_name(host.strip("[]"))
        and not any(_PROXIED.fullmatch(name) for name in headers)
    )


def _is_own_name(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def count_places(wanted: int) -> int:
    """How many pages may be open at once: as set, else what memory and cores hold.

    That is 70 % of the memory, and 150 pages for each core. The figure for one page, the share
    and the number for a core are our defaults.
    """
    fit = int(_read_memory_mb() * _SHARE / PAGE_MB)
    return wanted or max(_FEWEST, min(_MOST, fit, _EACH_CORE * count_cores()))


def raise_file_limit() -> None:
    """Let this process open as many files as it may: each open page takes five to seven."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 # not on every system

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        most = _FILES if most == resource.RLIM_INFINITY else min(most, _FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def count_starting(wanted: int) -> int:
    """How many pages may be started at once, as set or by the cores; others wait their turn."""
    return wanted or _STARTING_EACH_CORE * count_cores()


def count_cores() -> int:
    """Cores this server may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _read_memory_mb() -> float:
    """Memory this server may use, in MB: the machine's, or less where a limit is set."""
    total = 2.0 * 1024**3  # where the system does not say: a small machine
    with suppress(AttributeError, ValueError, OSError):
        total = float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for path in _LIMITS:
        with suppress(OSError, ValueError):
            total = min(total, float(Path(path).read_text(encoding="ascii")))
    return total / 1024**2
