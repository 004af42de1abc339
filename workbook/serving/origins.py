"""Who asks, told apart and not known: by names that mean nothing once the server has ended."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.httputil import HTTPServerRequest

#: The variable in which a page's kernel is told where its visitor comes from.
ORIGIN = "WORKBOOK_ORIGIN"
_LETTERS = 32
#: Some gateways write the port behind the address: 198.51.100.1:4455, [2001:db8::5]:443.
_WITH_PORT = re.compile(r"\[([^]]*)\](?::\d+)?|([\d.]+):\d+")


class Origins:
    """Gives each address a name of its own: a keyed hash, whose key is kept in memory alone."""

    def __init__(self) -> None:
        """Begin with a new key."""
        self._key = secrets.token_bytes(32)

    def name(self, address: str) -> str:
        """The name of an address, 32 letters; nothing for nobody in particular."""
        if not address:
            return ""
        return hmac.new(self._key, address.encode(), hashlib.sha256).hexdigest()[:_LETTERS]


def find_remote(request: HTTPServerRequest, *, trusted: bool) -> str:
    """The address a request came from, as the connection tells it or a trusted proxy.

    Of what a proxy forwarded the last address is its own word; whoever asks may have written
    those before it, and any other header. A port behind the address is left out.

    Args:
        request: The request.
        trusted: Whether a proxy stands in front whose X-Forwarded-For is believed.
    """
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if found := _WITH_PORT.fullmatch(last):
        last = found[1] or found[2]
    try:
        return str(ip_address(last)) if trusted else request.remote_ip or ""
    except ValueError:
        return request.remote_ip or ""
