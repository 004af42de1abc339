"""What somebody can send who means no good: nothing runs, nobody else is touched, pages go on."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.visitors import Gone, Visitor

if TYPE_CHECKING:
    from pathlib import Path

    from serving_fixtures import Served

pytestmark = pytest.mark.server

START = "00_start.ipynb"

#: Every request of the Jupyter protocol that our pages do not make, with what it would need.
#: https://jupyter-client.readthedocs.io/en/stable/messaging.html
REQUESTS = {
    "execute_request": {"code": "{code}", "silent": False, "store_history": True},
    "complete_request": {"code": "{code}", "cursor_pos": 4},
    "inspect_request": {"code": "open", "cursor_pos": 4, "detail_level": 1},
    "history_request": {"hist_access_type": "tail", "n": 10, "raw": True, "output": True},
    "is_complete_request": {"code": "{code}"},
    "interrupt_request": {},
    "debug_request": {"type": "request", "command": "initialize", "seq": 1, "arguments": {}},
    "create_subshell_request": {},
    "usage_request": {},
    "input_reply": {"value": "{code}", "status": "ok"},
    "apply_request": {"code": "{code}"},
    "abort_request": {},
    "no_such_request": {},
}


def fill(content: dict, code: str) -> dict:
    """A message with code in it wherever it may stand."""
    return {name: code if value == "{code}" else value for name, value in content.items()}


def test_no_request_but_a_pages_own_is_heard(served: Served, tmp_path: Path) -> None:
    """Nothing runs, completes, inspects or debugs, on whichever channel it is sent."""
    code = f"open({str(tmp_path / 'here')!r}, 'w').close()"

    async def send_all() -> list[str]:
        visitor = Visitor(served.port)
        await visitor.arrive(START)
        await visitor.connect()
        for channel in ("shell", "control", "stdin"):
            for kind, content in REQUESTS.items():
                visitor.say(kind, fill(content, code), channel=channel)
        asked = visitor.say("kernel_info_request", {})
        heard: list[str] = []

        def is_answer(message: dict) -> bool:
            heard.append(message["msg_type"])
            is_its = message["parent_header"].get("msg_id") == asked
            return is_its and message["msg_type"] == "kernel_info_reply"

        await visitor.hear(is_answer)
        await visitor.leave()
        return heard

    replies = {kind for kind in asyncio.run(send_all()) if kind.endswith("_reply")}
    assert replies == {"kernel_info_reply"}
    assert not (tmp_path / "here").exists()


def test_no_channel_opens_but_the_widgets(served: Served) -> None:
    """A channel by another name is closed at once, and the page goes on."""

    async def open_all() -> int:
        visitor = Visitor(served.port)
        await visitor.arrive(START)
        await visitor.connect()
        for target in ("os.system", "jupyter.debugger", "matplotlib", "builtins.exec"):
            opened = {"comm_id": target, "target_name": target, "target_module": "os", "data": {}}
            visitor.say("comm_open", opened)
            closed = await visitor.hear(lambda m: m["msg_type"] in ("comm_close", "comm_msg"))
            assert (closed["msg_type"], closed["content"]["comm_id"]) == ("comm_close", target)
        visitor.states.clear()
        await visitor.connect()
        await visitor.leave()
        return len(visitor.states)

    assert asyncio.run(open_all()) >= 4


FORGED = '{"header": {"msg_type": "a\\nFORGED"}, "content": "SECRET OF MINE"}'


@pytest.mark.parametrize("text", ["{", "[]", "null", "{}", FORGED, "\x00", "9" * 4000])
def test_what_is_no_message_ends_at_most_its_own_line(served: Served, text: str) -> None:
    """The server and everybody else's page go on, and nothing of it is written down."""
    before = served.log().count("Traceback")

    async def send() -> int:
        other, stranger = Visitor(served.port), Visitor(served.port)
        for visitor in (other, stranger):
            await visitor.arrive(START)
            await visitor.connect()
        stranger.write(text)
        await stranger.hang_up()
        other.states.clear()
        await other.connect()
        await other.leave()
        return len(other.states)

    assert asyncio.run(send()) >= 4
    assert served.log().count("Traceback") == before
    assert "FORGED" not in served.log()
    assert "SECRET OF MINE" not in served.log()


def test_a_message_too_large_ends_its_line_alone(served: Served) -> None:
    """Nobody fills the server's memory with one message; the limit is twice a plan and ten MB."""

    async def send() -> int:
        stranger = Visitor(served.port)
        await stranger.arrive(START)
        await stranger.connect()
        stranger.write("x" * (2 * 2 + 10 + 1) * 1024**2)
        with pytest.raises(Gone, match="ended"):
            await stranger.hear(lambda _: False)
        await stranger.hang_up()
        answer = await stranger.fetch("/healthz")
        return answer.code

    assert asyncio.run(send()) == 200


def send_raw(served: Served, *lines: str, body: str = "") -> bytes:
    """The answer to a request written by hand."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as line:
        line.sendall("\r\n".join([*lines, "Connection: close", "", body]).encode("latin-1"))
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer


@pytest.mark.parametrize(
    "header",
    [
        "Host: elsewhere.example",
        "X-Forwarded-Host: elsewhere.example",
        "X-Forwarded-Proto: javascript",
        "Forwarded: host=elsewhere.example",
        "X-Original-URL: //elsewhere.example/",
    ],
)
@pytest.mark.parametrize("path", ["/", "//elsewhere.example/", "/%0d%0aSet-Cookie:a=b", "/\\x"])
def test_no_header_or_path_leads_elsewhere(served: Served, header: str, path: str) -> None:
    """An address in an answer never comes from who asked, and no header is slipped in."""
    host = [] if header.startswith("Host") else ["Host: localhost"]
    head = send_raw(served, f"GET {path} HTTP/1.1", *host, header).partition(b"\r\n\r\n")[0]
    assert b"elsewhere.example" not in head.replace(b"'self'", b"")
    assert b"a=b" not in head


def test_a_request_is_no_larger_than_it_need_be(served: Served) -> None:
    """Headers of a megabyte are not read to their end."""
    long = f"X-Long: {'x' * 1_000_000}"
    try:
        answer = send_raw(served, "GET /healthz HTTP/1.1", "Host: localhost", long)
    except ConnectionError:
        answer = b""
    assert b"200 OK" not in answer
    assert served.health()["status"] == "ok"


def test_a_body_larger_than_any_page_sends_is_not_read(served: Served) -> None:
    """Whoever says that a hundred megabytes come is not listened to; a farewell is far smaller."""
    path = "/voila/api/shutdown/0-0"
    head = f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Length: {300 * 1024}"
    assert b" 400 " in send_raw(served, *head, "")
    small = f"POST {path} HTTP/1.1", "Host: localhost", "Content-Length: 65536"
    assert b" 403 " in send_raw(served, *small, body="x" * 65536)


def test_slow_strangers_keep_nobody_waiting(served: Served) -> None:
    """Two hundred who never finish their question: the next visitor is answered all the same."""
    slow = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
    try:
        for line in slow:
            line.sendall(b"GET /voila/render/00_start.ipynb HTTP/1.1\r\nHost: local")
        assert served.health()["status"] == "ok"
    finally:
        for line in slow:
            line.close()


def test_a_page_that_never_listens_fills_no_memory(served: Served) -> None:
    """Who asks and asks and reads no answer: what waits for it stays small."""

    async def ask_deaf() -> float:
        before = psutil.Process(served.process.pid).memory_info().rss
        stranger = Visitor(served.port)
        await stranger.arrive(START)
        await stranger.connect()
        for _ in range(300):
            opened = {"comm_id": "c", "data": {"method": "request_states"}}
            stranger.say("comm_msg", opened)
            await asyncio.sleep(0)
        await asyncio.sleep(1)
        grown = psutil.Process(served.process.pid).memory_info().rss - before
        await stranger.hang_up()
        return grown / 1024**2

    assert asyncio.run(ask_deaf()) < 64


def test_nobody_is_told_of_other_kernels(served: Served) -> None:
    """There is no list; and a line to a kernel that one only guesses is not opened."""

    async def guess() -> None:
        visitor = Visitor(served.port)
        await visitor.arrive(START)
        mine = visitor.kernel
        for path in ("/api/kernels", "/api/sessions", "/healthz", "/metrics", "/"):
            answer = await visitor.fetch(path, follow_redirects=False)
            assert mine not in answer.body.decode()
        assert mine not in json.dumps(served.log())
        visitor.kernel = mine[:-1] + ("0" if mine[-1] != "0" else "1")
        with pytest.raises(Gone, match="404"):
            await visitor.connect()

    asyncio.run(guess())
