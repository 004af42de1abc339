"""The line of a page: what comes over it is looked at before anything believes it."""

from __future__ import annotations

import asyncio
import resource
import struct
from typing import TYPE_CHECKING

import pytest
import zmq
from jupyter_server.services.kernels.connection.base import (
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.visitors import Visitor
from workbook.serving import places
from workbook.serving.kernels import PageKernels
from workbook.serving.line import is_whole

if TYPE_CHECKING:
    from serving_fixtures import Served

V1 = "v1.kernel.websocket.jupyter.org"
PARTS = [b"{}", b"{}", b"{}", b'{"a": 1}']

#: What a stranger may send in bytes, by what is wrong with it.
BROKEN = {
    "nothing": b"",
    "a text": b"{}",
    "more parts than there is memory": b"\xff" * 8,
    "a part before the first": struct.pack("<7Q", 6, *[0] * 6),
    "parts that go back": struct.pack("<7Q", 6, 56, 60, 56, 60, 56, 60) + b"text",
    "a part behind the end": struct.pack("<7Q", 6, 56, 57, 58, 59, 60, 99) + b"text",
}


def test_there_are_lines_for_as_many_pages_as_may_be_open() -> None:
    """Stock, there are a thousand ends of lines, and files as few as a shell gives."""
    kernels = PageKernels()
    assert kernels.context.get(zmq.MAX_SOCKETS) > 4 * places._MOST
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(few, 1000), most))
    places.raise_file_limit()
    now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
    assert now in (most, 65_536)


@pytest.mark.parametrize("files", [[], [b"one"], [b"", b"two" * 1000]])
def test_a_message_of_a_page_is_whole(files: list[bytes]) -> None:
    """With files and without, in both forms."""
    told = {"header": {}, "parent_header": {}, "metadata": {}, "content": {}, "buffers": files}
    assert is_whole(serialize_binary_message(told), binary=False)
    assert is_whole(serialize_msg_to_ws_v1([*PARTS, *files], "shell"), binary=True)


@pytest.mark.parametrize("wrong", BROKEN)
def test_what_is_not_as_long_as_it_says_is_not_whole(wrong: str) -> None:
    """Nothing is counted that is not there, and nothing is read twice."""
    assert not is_whole(BROKEN[wrong], binary=True)
    assert not is_whole(BROKEN[wrong], binary=False)


@pytest.mark.server
def test_a_few_bytes_do_not_stop_the_server(served: Served) -> None:
    """Whatever is sent in bytes, in whichever form, ends its own line and no other."""

    async def send_all() -> list[int | None]:
        visitor = Visitor(served.port)
        await visitor.arrive("00_start.ipynb")
        path = f"ws://127.0.0.1:{served.port}/api/kernels/{visitor.kernel}/channels?session_id=s"
        codes = []
        for spoken in ([V1], []):
            for message in BROKEN.values():
                request = HTTPRequest(path, headers={"Origin": visitor.address})
                line = await websocket_connect(request, subprotocols=spoken)
                await line.write_message(message, binary=True)
                while await asyncio.wait_for(line.read_message(), 30) is not None:
                    pass
                line.close()
                codes.append(line.close_code)
        await visitor.connect()
        await visitor.leave()
        return codes

    assert asyncio.run(send_all()) == [1002] * 2 * len(BROKEN)
    assert served.health()["status"] == "ok"
