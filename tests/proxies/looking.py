"""What a proxy has to let through, and what it has to keep out, asked through it."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import socket
import ssl
import time
from typing import TYPE_CHECKING

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from tests.proxies.running import find_own_address
from tests.serving_fixtures import BROWSER, write_notebook

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

    from tests.proxies.running import Proxy

PAGE = "voila/render/00_start.ipynb"
SLOW_SECONDS = 1.0


def write_slow_page(folder: Path) -> Path:
    """A page whose words are there long before its questions are."""
    pages = folder / "pages"
    pages.mkdir(parents=True)
    slow = f"import time\ntime.sleep({SLOW_SECONDS})\nprint('THE QUESTIONS')"
    write_notebook(pages, "00_start.ipynb", "# Start\n\nWords come first.", slow, title="Start")
    return pages


def trust_anything() -> ssl.SSLContext:
    """The test's certificate is nobody's."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Asker:
    """Asks an app through a proxy, as a browser does."""

    def __init__(self, proxy: Proxy, prefix: str = "/") -> None:
        """Ask below a folder of the address."""
        self.proxy, self.prefix = proxy, prefix

    def ask(self, path: str, at: str = "", **headers: str) -> tuple[int, Message, bytes]:
        """Status, headers and body; in names of headers, ``_`` stands for a hyphen.

        ``at`` is another address of this machine, from which it is then asked as well.
        """
        line = http.client.HTTPSConnection(
            "localhost", self.proxy.port, timeout=60, context=trust_anything()
        )
        if at:
            plain = socket.create_connection((at, self.proxy.port), timeout=60)
            line.sock = trust_anything().wrap_socket(plain, server_hostname="localhost")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request("GET", f"{self.prefix}{path}", headers={"User-Agent": BROWSER, **named})
        answer = line.getresponse()
        result = (answer.status, answer.headers, answer.read())
        line.close()
        return result

    def ask_plainly(self, path: str) -> tuple[int, str]:
        """Status and the address it leads to, asked without TLS."""
        line = http.client.HTTPConnection("localhost", self.proxy.plain_port, timeout=60)
        line.request("GET", f"{self.prefix}{path}")
        answer = line.getresponse()
        result = (answer.status, answer.headers["Location"] or "")
        line.close()
        return result

    def time_pieces(self) -> tuple[float, float, bytes]:
        """Seconds until a page's words are there, until all of it is, and the page."""
        line = http.client.HTTPSConnection(
            "localhost", self.proxy.port, timeout=60, context=trust_anything()
        )
        began, got, first = time.monotonic(), b"", 0.0
        line.request("GET", f"{self.prefix}{PAGE}", headers={"User-Agent": BROWSER})
        answer = line.getresponse()
        while piece := answer.read1(65536):
            got += piece
            if not first and b"Words come first" in got:
                first = time.monotonic() - began
        line.close()
        return first, time.monotonic() - began, got

    def talk(self, page: bytes, origin: str) -> str:
        """The kind of what a page's kernel answers over its line, or the status of a refusal."""
        try:
            return asyncio.run(self._talk(find_kernel(page), origin))
        except HTTPClientError as refused:
            return str(refused.code)

    async def _talk(self, kernel: str, origin: str) -> str:
        address = f"wss://localhost:{self.proxy.port}{self.prefix}api/kernels/{kernel}/channels"
        request = HTTPRequest(
            f"{address}?session_id=s", headers={"Origin": origin}, validate_cert=False
        )
        line = await websocket_connect(request)
        header = {"msg_id": "m", "session": "s", "username": "", "version": "5.3"}
        header["msg_type"] = "kernel_info_request"
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": {}}
        await line.write_message(json.dumps({**message, "channel": "shell"}))
        kind = ""
        while not kind.endswith("_reply"):
            told = await asyncio.wait_for(line.read_message(), 20)
            assert told is not None
            kind = json.loads(told)["msg_type"]
        line.close()
        while await line.read_message() is not None:
            pass
        return kind


def find_kernel(page: bytes) -> str:
    """The kernel a page was given."""
    found = re.search(rb'"kernelId": "([0-9a-f-]+)"', page)
    assert found is not None
    return found[1].decode()


def look(asker: Asker) -> dict[str, object]:
    """All that is asked of a proxy, by what it should be so that it works."""
    proxy = asker.proxy
    first, whole, page = asker.time_pieces()
    own = find_own_address()
    forged = [asker.ask(PAGE, at=own, X_Forwarded_For=f"198.51.100.{n}")[0] for n in range(3)]
    status, headers, _ = asker.ask("")
    leads = headers["Location"] or ""
    script = re.search(rb'src="([^"]+front\.js[^"]*)"', page)
    assert script is not None
    kept = asker.ask(script[1].decode().removeprefix(asker.prefix), Accept_Encoding="gzip")[1]
    found: dict[str, object] = {
        "the start leads to the first page, under the same address": status == 302
        and leads.removeprefix(proxy.address) == f"{asker.prefix}{PAGE}",
        f"words are there at once ({first:.2f} of {whole:.2f} s)": 0 < first < whole - 0.7,
        "the page came whole": b"THE QUESTIONS" in page,
        "scripts stay compressed and are kept": kept["Content-Encoding"] == "gzip"
        and "immutable" in kept["Cache-Control"],
        "the WebSocket carries": asker.talk(page, proxy.address) == "kernel_info_reply",
        "another site's WebSocket is refused": asker.talk(page, "https://evil.example") == "403",
        f"who asks is known, whatever they say {forged}": forged == [200, 200, 503],
        "figures are closed": asker.ask("metrics")[0] == 404,
        "health is open": asker.ask("healthz")[0] == 200,
        "our rules for browsers arrive": "default-src" in str(asker.ask("privacy.html")[1]),
    }
    if proxy.kind == "nginx":
        known = (301, f"https://localhost{asker.prefix}{PAGE}")
        found["whoever asks plainly is led to TLS"] = asker.ask_plainly(PAGE) == known
    return found
