"""Which addresses may be fetched: only those of the public web, by name, on the usual ports.

A page that somebody names must never become a way into the network the workbook runs in. What is
refused here is refused again at every redirect, and for the very address that is connected to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
_LONGEST_HOST = 253
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\u200b-\u200f\ufeff]")
_LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
_NUMERIC = re.compile(r"^(?:\d+|0x[0-9a-f]*)$")
_NOT_PUBLIC = (
    "localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan",
    "home.arpa", "in-addr.arpa", "ip6.arpa", "onion", "i2p", "test", "invalid", "example", "alt",
    "workgroup", "domain", "host", "router", "gateway",
)  # fmt: skip
_CLOSED_4 = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32",
    "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4",
)  # fmt: skip
"""Private, loopback, link-local, carrier, metadata, test, relay, multicast and reserved."""
_OPEN_6 = "2000::/3"
_CLOSED_6 = ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
"""Within the public range: Teredo and protocols, samples, 6to4, AS112, samples again."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place on the web that may be asked: its whole address, host in ASCII, and port."""

    address: str
    scheme: str
    host: str
    port: int


class Refused(Exception):
    """An address that is not fetched; ``id`` names its words under ``[refused]``."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.id = reason
        self.values = values


def read_target(address: str, ports: frozenset[int] = frozenset(USUAL_PORTS.values())) -> Target:
    """The place an address names, if it may be asked at all; raises Refused.

    Only http and https, only names with a dot that are public, no user names, no numbers for
    hosts in whatever way they are written, and only the usual ports.
    """
    if not address or len(address) > _LONGEST or _UNPRINTABLE.search(address):
        raise Refused("unclear")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Refused("unclear") from error
    if parts.scheme not in USUAL_PORTS:
        raise Refused("scheme")
    if "@" in parts.netloc:
        raise Refused("user")
    host = _read_host(parts.hostname or "")
    port = USUAL_PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise Refused("port", port=port)
    place = host if port == USUAL_PORTS[parts.scheme] else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Target(f"{parts.scheme}://{place}{path}{query}", parts.scheme, host, port)


def follow(
    target: Target, location: str, ports: frozenset[int] = frozenset(USUAL_PORTS.values())
) -> Target:
    """Where a redirect leads, held against the same rules; raises Refused."""
    try:
        return read_target(urljoin(target.address, location.strip()), ports)
    except ValueError as error:
        raise Refused("unclear") from error


def _read_host(name: str) -> str:
    """A host as it is asked for, in small ASCII letters; raises Refused."""
    if not name or name.endswith(".") or "%" in name:
        raise Refused("host")
    if ":" in name:
        raise Refused("number")
    try:
        host = name.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise Refused("host") from error
    labels = host.split(".")
    if _NUMERIC.match(labels[-1]):
        raise Refused("number")
    if len(labels) < 2 or any(host == n or host.endswith(f".{n}") for n in _NOT_PUBLIC):  # noqa: PLR2004 - name and ending
        raise Refused("private")
    if len(host) > _LONGEST_HOST or not all(_LABEL.match(label) for label in labels):
        raise Refused("host")
    return host


def is_public(address: str) -> bool:
    """Whether an address of the network is one of the public web, and not one behind it.

    Addresses of IPv6 that carry one of IPv4 (mapped, 6to4, NAT64, Teredo) are not: what they
    lead to is decided by whoever runs the network.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not any(found in net for net in _NETWORKS_4)
    if found.scope_id or found not in _PUBLIC_6:
        return False
    return found.is_global and not any(found in net for net in _NETWORKS_6)


_NETWORKS_4 = tuple(ipaddress.IPv4Network(net) for net in _CLOSED_4)
_NETWORKS_6 = tuple(ipaddress.IPv6Network(net) for net in _CLOSED_6)
_PUBLIC_6 = ipaddress.IPv6Network(_OPEN_6)


def look_up(host: str, port: int, seconds: float) -> Sequence[str]:
    """The addresses a name stands for at this moment; raises Refused when it stands for none.

    The system's own look-up knows no limit of time, so it is waited for in a thread of its own.
    """
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if not found:
        raise Refused("not-found", host=host)
    return tuple(found)
