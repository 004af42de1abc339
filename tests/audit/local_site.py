"""A real website on this computer, with everything a hostile or a slow one does."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).parent / "site"
NAME = "www.shop-on-the-web.com"
ROBOTS = b"User-agent: *\nDisallow: /private\nDisallow: /*?secret=\n"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.headers.get("Host"), self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path.partition("?")[0])
        if answer is not None:
            answer(self)
            return
        path = SITE / (self.path.partition("?")[0].strip("/") or "index.html")
        if path.is_file() and path.parent == SITE:
            self.send(path.read_bytes())
        else:
            self.send(b"<p>nothing", status=404)

    def send(self, body, *, status=200, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """The website, what it was asked, and what it answers instead of its files."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked = []
        self.answers = {"/robots.txt": lambda h: h.send(ROBOTS, kind="text/plain")}
        self.port = self.server_address[1]
        self.ending = threading.Event()

    def handle_error(self, *_):
        """Visitors who leave early are no fault."""

    def address(self, path=""):
        return f"http://{NAME}:{self.port}/{path}"

    def paths(self):
        """What was asked for, without the rules."""
        return [path for _, path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def run_site():
    """A website that serves while the block runs."""
    site = Site()
    thread = threading.Thread(
        target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield site
    finally:
        site.ending.set()
        site.shutdown()
        site.server_close()


def redirect(location, status=302):
    """An answer that leads elsewhere."""
    return lambda handler: handler.send(b"", status=status, Location=location)


def drip(body):
    """An answer that comes a byte at a time and never ends."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        while not handler.server.ending.wait(0.02):
            handler.wfile.write(body[:1])
            handler.wfile.flush()

    return answer


def drip_headers(handler):
    """Headers that come a letter at a time and never end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.ending.wait(0.02):
        handler.wfile.write(b"a")
        handler.wfile.flush()


def bomb(handler):
    """A few kilobytes that unpack to gigabytes."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"\0" * 1_000_000
    body = b"".join(packer.compress(block) for _ in range(100)) + packer.flush()
    handler.send(body, Content_Encoding="gzip")


def packed(handler):
    """A page that is sent packed."""
    handler.send(gzip.compress(b"<title>packed</title><p>x</p>"), Content_Encoding="gzip")


def endless(handler):
    """An answer in pieces that never ends, as fast as it goes."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = b"<p>" + b"a" * 65_533
    while not handler.server.ending.is_set():
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


CLOCK = time.monotonic
