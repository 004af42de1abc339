"""Light visitors of the app: what a page's script says to the server, without a browser."""

from __future__ import annotations

import asyncio
import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    serialize_binary_message,
)
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import websocket_connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tornado.websocket import WebSocketClientConnection

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0"
PAGES = "/voila/render/"

_KERNEL = re.compile(r'"kernelId": "([0-9a-f-]+)"')
_CONTROL = "jupyter.widget.control"
_LARGEST = 64 * 1024**2

Message = dict[str, Any]


class Gone(Exception):
    """The server, the page or its line went away before it answered."""


@dataclass
class Visitor:
    """One page of the app, opened by somebody: its kernel, its line and what it was told."""

    port: int
    patience: float = 120.0
    kernel: str = ""
    told: list[Message] = field(default_factory=list)
    _line: WebSocketClientConnection | None = None
    _cookie: str = ""
    states: dict[str, Message] = field(default_factory=dict)
    _desk: str = ""
    _number: int = 0
    _session: str = field(default_factory=lambda: uuid4().hex)

    @property
    def address(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    async def fetch(self, path: str, **options: Any) -> HTTPResponse:
        """One request, as a browser sends it; raises :class:`Gone` when nobody answers."""
        headers = {"User-Agent": BROWSER, **options.pop("headers", {})}
        request = HTTPRequest(
            self.address + path, headers=headers, request_timeout=self.patience, **options
        )
        try:
            return await AsyncHTTPClient().fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as error:
            raise Gone(str(error)) from error

    async def arrive(self, name: str) -> HTTPResponse:
        """Ask for a page and note its kernel; raises :class:`Gone` when there is none."""
        answer = await self.fetch(PAGES + name)
        found = _KERNEL.search(answer.body.decode()) if answer.code == 200 else None
        if found is None:
            raise Gone(f"no page, status {answer.code}")
        self.kernel = found[1]
        self._cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer

    async def connect(self) -> None:
        """Open the line to the page's kernel and ask for its widgets, as a page's script does."""
        await self.hang_up()
        path = f"/api/kernels/{self.kernel}/channels?session_id={self._session}"
        headers = {"Origin": self.address, "User-Agent": BROWSER}
        request = HTTPRequest(
            f"ws://127.0.0.1:{self.port}{path}", headers=headers, request_timeout=self.patience
        )
        try:
            self._line = await websocket_connect(request, max_message_size=_LARGEST)
        except Exception as error:
            raise Gone(str(error)) from error
        asked = uuid4().hex
        opening = {"comm_id": asked, "target_name": _CONTROL, "data": {}}
        self.say("comm_open", opening, metadata={"version": "1.0.0"})
        self.say("comm_msg", {"comm_id": asked, "data": {"method": "request_states"}})
        await self.hear(lambda _: bool(self.states))
        known = ((model, state["state"]) for model, state in self.states.items())
        self._desk = next((model for model, state in known if "notebook" in state), "")

    def say(self, kind: str, content: Message, **more: Any) -> str:
        """Send one message to the kernel; its number."""
        number = uuid4().hex
        header = {
            "msg_id": number,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "version": "5.3",
        }
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        message |= {"channel": "shell", **more}
        has_files = "buffers" in more
        self.write(serialize_binary_message(message) if has_files else json.dumps(message))
        return number

    def write(self, text: str | bytes) -> None:
        """Send something over the line as it is; raises :class:`Gone` when there is no line."""
        if self._line is None:
            raise Gone("not connected")
        try:
            sent = self._line.write_message(text, binary=isinstance(text, bytes))
        except Exception as error:
            raise Gone(type(error).__name__) from error
        sent.add_done_callback(lambda done: done.exception())

    def tell(self, kind: str, *, file: bytes | None = None, **values: Any) -> None:
        """Say something to the page's desk, with a file or without."""
        content = {"method": "custom", "content": {"kind": kind, **values}}
        more = {} if file is None else {"buffers": [file]}
        self.say("comm_msg", {"comm_id": self._desk, "data": content}, **more)

    async def hear(self, wanted: Callable[[Message], bool]) -> Message:
        """Read until a message is wanted; raises :class:`Gone` when the line ends before."""
        until = time.monotonic() + self.patience
        while self._line is not None:
            left = until - time.monotonic()
            try:
                raw = await asyncio.wait_for(self._line.read_message(), max(left, 0.001))
            except TimeoutError as error:
                raise Gone("no answer in time") from error
            if raw is None:
                self._line.close()
                self._line = None
                break
            message = deserialize_binary_message(raw) if isinstance(raw, bytes) else json.loads(raw)
            self._note(message)
            if message["content"].get("execution_state") == "dead":
                raise Gone("the page was told that its process has gone")
            if wanted(message):
                return message
        raise Gone("the line has ended")

    def _note(self, message: Message) -> None:
        said = message["content"].get("data") or {}
        if message["msg_type"] != "comm_msg":
            return
        if said.get("method") == "update_states":
            self.states = said["states"]
        elif said.get("method") == "custom" and message["content"]["comm_id"] == self._desk:
            self.told.append(said["content"])

    async def hear_desk(self, *kinds: str) -> Message:
        """What the desk says next of a kind, unless it fails."""

        def is_it(_: Message) -> bool:
            return bool(self.told) and self.told[-1]["kind"] in kinds

        self.told.clear()
        await self.hear(is_it)
        return self.told[-1]

    async def open(self, key: str = "", *, known: bool = False, **more: Any) -> Message:
        """Open a plan, or the example without a key, and wait until its screen is there.

        Gives the desk's “screen”, or “lost” where the plan cannot be opened.
        """
        self.tell("open", key=key, known=known, example=not key, **more)
        return await self.hear_desk("screen", "lost")

    async def show(self, at: str) -> Message:
        """Turn to a screen, by its name or an answer's path."""
        self.tell("show", at=at)
        return await self.hear_desk("screen", "lost")

    async def answer(self, path: str, raw: Any, seen: Any = None) -> Message:
        """Answer a question and wait until the page says that it is saved, or what is wrong."""
        self._number += 1
        self.tell("answer", path=path, raw=raw, seen=seen, number=self._number)
        while True:
            said = await self.hear_desk("saved", "refused", "failed", "lost")
            if said["kind"] in ("failed", "lost") or said.get("number") == self._number:
                return said

    async def come(self, name: str, key: str = "", **more: Any) -> Message:
        """A whole arrival: page, line, plan."""
        await self.arrive(name)
        await self.connect()
        return await self.open(key, **more)

    async def hang_up(self) -> None:
        """Close the line without a word, as a page does that the network lost."""
        line, self._line = self._line, None
        if line is not None:
            line.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(self.patience):
                    while await line.read_message() is not None:
                        pass

    async def leave(self) -> None:
        """Say goodbye, as a page does that is closed."""
        token = self._cookie.partition("=")[2]
        headers = {"Cookie": self._cookie, "X-XSRFToken": token}
        with suppress(Gone):
            path = f"/voila/api/shutdown/{self.kernel}"
            await self.fetch(path, method="POST", body="", headers=headers)
        await self.hang_up()
