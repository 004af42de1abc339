"""Fetches a few pages of a website, as a guest would: slowly refused, quickly done.

The one place in the workbook that calls out. Names are looked up once; the addresses found are
checked, and one of them is connected to, so that a name that changes its mind in between changes
nothing. Host and certificate stay those of the name.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpcore
from protego import Protego

from workbook.audit.files import Unreadable
from workbook.audit.guard import (
    USUAL_PORTS,
    Refused,
    Target,
    follow,
    is_public,
    look_up,
    read_target,
)
from workbook.audit.pages import Page, read_page

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator, Sequence

AGENT = "social-media-strategy-workbook"
"""How we call ourselves, so that a website can turn us away by name in its robots.txt."""
_HEADERS = {
    "User-Agent": f"{AGENT} (looks at the links between a website and its profiles)",
    "Accept": "text/html, application/xhtml+xml;q=0.9",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_HTML = ("text/html", "application/xhtml+xml")
_MOVED = {301, 302, 303, 307, 308}
_GZIP_WINDOW = 31
_WORST = 500
_ROBOTS_LIMIT = 500_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one visit goes: pages, redirects, seconds in all and for one page, bytes of one."""

    pages: int = 5
    hops: int = 5
    seconds: float = 30.0
    page_seconds: float = 10.0
    size: int = 3_000_000


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class _Stream(httpcore.NetworkStream):
    """A connection that ends when its time is over, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._inner = inner
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - ours
        return self._inner.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - ours
        self._inner.write(buffer, self._left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - ours
    ) -> httpcore.NetworkStream:
        return _Stream(
            self._inner.start_tls(ssl_context, server_hostname, self._left()), self._left
        )

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's form
        return self._inner.get_extra_info(info)


class _Network(httpcore.NetworkBackend):
    """Connects to an address that was checked, and to no other."""

    def __init__(self, guest: Guest, left: Callable[[], float]) -> None:
        self._guest = guest
        self._left = left
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - ours
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = Refused("not-found", host=host)
        for address in self._guest.resolve(host, port, self._left()):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._left(), local_address, socket_options
                )
            except httpcore.ConnectError as error:
                failed = error
            else:
                return _Stream(stream, self._left)
        raise failed


class Guest:
    """Looks at a few pages of one website after another; made anew for every visit.

    Args:
        clock: Seconds that only grow, such as ``time.monotonic``.
        resolve: What looks a name up; takes host, port and seconds.
        accept: Which addresses of the network may be connected to, by address and port.
        ports: The ports that may be asked for.
        limits: How far the visit goes.
        trust: Which certificates are believed; else those of the system and of certifi.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        resolve: Callable[[str, int, float], Sequence[str]] = look_up,
        accept: Callable[[str, int], bool] = lambda address, _: is_public(address),
        ports: frozenset[int] = frozenset(USUAL_PORTS.values()),
        limits: Limits = Limits(),
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._resolve = resolve
        self._accept = accept
        self._ports = ports
        self._limits = limits
        self._trust = trust
        self._ends = clock() + limits.seconds
        self._rules: dict[tuple[str, str, int], Protego | None] = {}
        self._looked_at = 0

    def fetch(self, address: str) -> Page | Unreadable:
        """The page at an address, or why it was not fetched."""
        if self._looked_at >= self._limits.pages:
            return Unreadable(address, "live-too-many", {"limit": self._limits.pages})
        self._looked_at += 1
        try:
            return self._fetch(read_target(address, self._ports), address)
        except Refused as refused:
            return Unreadable(address, f"live-{refused.id}", refused.values)

    def resolve(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """The addresses of a host, all of which may be connected to; raises Refused.

        One that may not refuses them all: a name that leads inside and outside is not to be
        trusted with either.
        """
        found = tuple(self._resolve(host, port, seconds))
        if not found:
            raise Refused("not-found", host=host)
        if not all(self._accept(address, port) for address in found):
            raise Refused("private")
        return found

    def _fetch(self, target: Target, name: str) -> Page | Unreadable:
        if not self._is_welcome(target):
            raise Refused("robots", host=target.host)
        answer, target = self._ask_on(target, self._limits.size, check=True)
        if answer.status != 200:  # noqa: PLR2004 - the one status of a page
            raise Refused("status", status=answer.status)
        kind, _, rest = answer.headers.get("content-type", "").lower().partition(";")
        if kind.strip() not in _HTML:
            raise Refused("kind", kind=kind.strip()[:60] or "?")
        charset = rest.rpartition("charset=")[2].strip(" \"'") if "charset=" in rest else ""
        return read_page(name, answer.body, address=target.address, charset=charset)

    # -- robots.txt ----------------------------------------------------------------------------

    def _is_welcome(self, target: Target) -> bool:
        """Whether the website lets us look at a page; raises Refused when it cannot say."""
        place = (target.scheme, target.host, target.port)
        if place not in self._rules:
            self._rules[place] = self._read_rules(target)
        rules = self._rules[place]
        return rules is None or rules.can_fetch(target.address, AGENT)

    def _read_rules(self, target: Target) -> Protego | None:
        """The rules of a website; None where it has none."""
        answer, _ = self._ask_on(follow(target, "/robots.txt", self._ports), _ROBOTS_LIMIT)
        if answer.status >= _WORST:
            raise Refused("robots-away", host=target.host)
        if answer.status != 200:  # noqa: PLR2004 - no rules then
            return None
        return Protego.parse(answer.body.decode("utf-8", "replace"))

    # -- asking --------------------------------------------------------------------------------

    def _ask_on(self, target: Target, limit: int, *, check: bool = False) -> tuple[_Answer, Target]:
        """The answer at the end of all redirects, each of them checked; raises Refused."""
        for _ in range(self._limits.hops + 1):
            answer = self._ask(target, limit)
            location = answer.headers.get("location", "")
            if answer.status not in _MOVED or not location:
                return answer, target
            target = follow(target, location, self._ports)
            if check and not self._is_welcome(target):
                raise Refused("robots", host=target.host)
        raise Refused("hops", limit=self._limits.hops)

    def _ask(self, target: Target, limit: int) -> _Answer:
        until = min(self._ends, self._clock() + self._limits.page_seconds)

        def left() -> float:
            seconds = until - self._clock()
            if seconds <= 0:
                raise Refused("slow", seconds=self._limits.page_seconds)
            return seconds

        with (
            _tell_failures(target, self._limits.page_seconds),
            httpcore.ConnectionPool(
                ssl_context=self._trust, network_backend=_Network(self, left)
            ) as pool,
            pool.stream("GET", target.address, headers=[*_HEADERS.items()]) as response,
        ):
            headers = {
                k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers
            }
            if response.status in _MOVED:
                return _Answer(response.status, headers, b"")
            body = _read_body(response.iter_stream(), headers, limit)
            return _Answer(response.status, headers, body)


def _read_body(chunks: Iterable[bytes], headers: dict[str, str], limit: int) -> bytes:
    """All of an answer, unpacked, never more than the limit; raises Refused."""
    packing = headers.get("content-encoding", "identity").lower().strip()
    if packing not in ("gzip", "x-gzip", "identity", ""):
        raise Refused("packing", packing=packing[:40])
    unpacker = zlib.decompressobj(_GZIP_WINDOW) if "gzip" in packing else None
    body = bytearray()
    for chunk in chunks:
        body += unpacker.decompress(chunk, limit + 1 - len(body)) if unpacker else chunk
        if len(body) > limit or (unpacker and unpacker.unconsumed_tail):
            raise Refused("too-large", limit=max(1, limit // 1_000_000))
    return bytes(body)


@contextmanager
def _tell_failures(target: Target, seconds: float) -> Iterator[None]:
    """What goes wrong on the way, as a reason that can be told."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise Refused("slow", seconds=seconds) from error
    except (httpcore.NetworkError, OSError) as error:
        certificate = "certificate" in str(error).lower()
        raise Refused("certificate" if certificate else "away", host=target.host) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error) as error:
        raise Refused("garbled", host=target.host) from error
