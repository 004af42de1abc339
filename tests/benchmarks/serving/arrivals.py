"""Many visitors without browsers: each speaks its framework's own protocol, from one process."""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import time
from typing import TYPE_CHECKING
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect
from visitors import Visitor

from tests.benchmarks.memory import wait_until_practised

from .frameworks import NOTEBOOK, make_plan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tornado.httpclient import HTTPResponse
    from tornado.websocket import WebSocketClientConnection

    from .frameworks import Running

PATIENCE = 120.0
"""Seconds after which a visitor who is not there yet counts as late."""
GATHERING = 300.0
"""Seconds for all who are to be connected, of whom a few come at once."""
_LATE = "late"
_QUICK, _TRIES = 3.0, 3
_AT_ONCE = 8
_BYTES = "v1.kernel.websocket.jupyter.org"
_LARGEST = 64 * 1024**2
_TOKEN = re.compile(r'"token": ?"([^"]+)"')
#: Streamlit's first message, “run the script”, and the field of its own messages that tells that
#: the script is through: BackMsg.rerun_script (11) and ForwardMsg.script_finished (6).
_RERUN, _FINISHED = b"Z\x00", 6


class NewLine:
    """A line that carries bytes, for a visitor who speaks text; files are left out.

    On a line that carries text, stock Voila misreads messages with a file, and hangs.
    """

    def __init__(self, line: WebSocketClientConnection) -> None:
        self._line = line
        self.close = line.close

    def write_message(self, text: str, *, binary: bool) -> Awaitable[None]:
        """Send a message."""
        message = json.loads(text)
        channel = message.pop("channel")
        packed = serialize_msg_to_ws_v1(message, channel, lambda part: json.dumps(part).encode())
        return self._line.write_message(packed, binary=True)

    async def read_message(self) -> str | None:
        """The next message as text, or nothing where the line has ended."""
        said = await self._line.read_message()
        if said is None:
            return None
        channel, parts = deserialize_msg_from_ws_v1(said)
        header, parent, metadata, content = (json.loads(part) for part in parts[:4])
        named = {"parent_header": parent, "metadata": metadata, "content": content}
        kind = {"channel": channel, "header": header, "msg_type": header["msg_type"]}
        return json.dumps(kind | named)


class StockVisitor(Visitor):
    """A visitor of stock Voila, whose pages set no cookie."""

    async def arrive(self, name: str) -> HTTPResponse:
        """Ask for a page and note its kernel."""
        answer = await self.fetch("/voila/render/" + name)
        found = re.search(r'"kernelId": "([0-9a-f-]+)"', answer.body.decode())
        if found is None:
            raise ConnectionError(answer.code)
        self.kernel = found[1]
        return answer

    async def connect(self) -> None:
        """Open the line and, once the kernel has answered on it, ask for the widgets."""
        path = f"/api/kernels/{self.kernel}/channels?session_id={self._session}"
        asked = HTTPRequest(
            f"ws://127.0.0.1:{self.port}{path}",
            headers={"Origin": self.address},
            request_timeout=self.patience,
        )
        line = await websocket_connect(asked, subprotocols=[_BYTES], max_message_size=_LARGEST)
        self._line = NewLine(line)
        self.say("kernel_info_request", {})
        await self.hear(lambda said: said["msg_type"] == "kernel_info_reply")
        control = uuid4().hex
        opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        self.say("comm_open", opening, metadata={"version": "1.0.0"})
        self.say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        await self.hear(lambda _: bool(self.states))


class Arrival:
    """One who comes: when the page was there, when its fields and its chart were."""

    def __init__(self, running: Running, key: str = "") -> None:
        self.running = running
        self.key = key
        self.rendered = 0.0
        self.there = 0.0
        self.line: WebSocketClientConnection | None = None
        self.visitor: Visitor | None = None
        self._began = time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds since this visitor asked."""
        return time.monotonic() - self._began

    async def fetch(self, address: str) -> str:
        """A page's text; notes when it was there."""
        asked = HTTPRequest(address, request_timeout=PATIENCE)
        answer = await AsyncHTTPClient().fetch(asked)
        self.rendered = self.spent
        return answer.body.decode()

    async def connect(self, path: str, protocols: list[str] | None = None) -> None:
        """Open the line of a framework."""
        address = f"ws://127.0.0.1:{self.running.port}{path}"
        headers = {"Origin": f"http://127.0.0.1:{self.running.port}"}
        asked = HTTPRequest(address, headers=headers, request_timeout=PATIENCE)
        self.line = await websocket_connect(
            asked, subprotocols=protocols, max_message_size=_LARGEST
        )

    async def hear(self, is_last: Callable[[str | bytes], bool]) -> None:
        """Read until the last message of a page."""
        while self.line is not None:
            said = await asyncio.wait_for(self.line.read_message(), PATIENCE)
            if said is None:
                raise ConnectionError(self.running.address)
            if is_last(said):
                self.there = self.spent
                return

    def leave(self) -> None:
        """Hang up."""
        for line in (self.line, self.visitor._line if self.visitor else None):
            if line is not None:
                line.close()


async def come_to_ours(arrival: Arrival) -> None:
    """The page, its line, a plan of the visitor's own, and the screen with its chart."""
    arrival.visitor = Visitor(arrival.running.port, patience=PATIENCE)
    await arrival.visitor.arrive(NOTEBOOK)
    arrival.rendered = arrival.spent
    await arrival.visitor.connect()
    said = await arrival.visitor.open(arrival.key, known=True)
    if said["kind"] != "screen":
        raise ConnectionError(said["kind"])
    arrival.there = arrival.spent


async def come_to_stock(arrival: Arrival) -> None:
    """The page, its line and the state of its widgets, the chart among them."""
    arrival.visitor = StockVisitor(arrival.running.port, patience=PATIENCE)
    await arrival.visitor.arrive(NOTEBOOK)
    arrival.rendered = arrival.spent
    await arrival.visitor.connect()
    arrival.there = arrival.spent


async def come_to_streamlit(arrival: Arrival) -> None:
    """The empty page, its line, and the script gone through."""
    await arrival.fetch(arrival.running.address)
    await arrival.connect("/_stcore/stream", ["streamlit"])
    await arrival.line.write_message(_RERUN, binary=True)
    await arrival.hear(lambda said: _FINISHED in _list_fields(said))
    arrival.rendered = arrival.there  # before that, the page is empty


async def come_to_panel(arrival: Arrival) -> None:
    """The page with its session, its line, and the whole document."""
    text = await arrival.fetch(arrival.running.address)
    await arrival.connect("/panel_page/ws", ["bokeh", _TOKEN.search(text)[1]])
    await arrival.hear(lambda said: '"msgtype":"ACK"' in _squeeze(said))
    asked = {"msgid": uuid4().hex, "msgtype": "PULL-DOC-REQ"}
    for part in (asked, {}, {}):
        await arrival.line.write_message(json.dumps(part))
    await arrival.hear(lambda said: '"msgtype":"PULL-DOC-REPLY"' in _squeeze(said))
    await arrival.hear(lambda said: len(said) > len('{"num_buffers":99}') + 20)


async def come_to_solara(arrival: Arrival) -> None:
    """The page, its line, and the app run in a kernel of this visitor's."""
    await arrival.fetch(arrival.running.address)
    kernel, session, comm = uuid4().hex, uuid4().hex, uuid4().hex
    await arrival.connect(f"/jupyter/api/kernels/{kernel}/channels?session_id={session}")
    opening = {"comm_id": comm, "target_name": "solara.control", "data": {}}
    arrival.line.write_message(_write_message("comm_open", session, opening))
    run = {"method": "run", "args": {"path": "", "appName": None}}
    arrival.line.write_message(_write_message("comm_msg", session, {"comm_id": comm, "data": run}))
    await arrival.hear(lambda said: b'"finished"' in _as_bytes(said))
    arrival.rendered = arrival.there  # before that, the page is empty


COMING: dict[str, Callable[[Arrival], Awaitable[None]]] = {
    "ours": come_to_ours,
    "stock": come_to_stock,
    "streamlit": come_to_streamlit,
    "panel": come_to_panel,
    "solara": come_to_solara,
}


async def arrive(name: str, running: Running, count: int, seconds: float) -> dict[str, float]:
    """So many visitors within so many seconds; what they waited, and what each takes in memory."""
    come, keys = COMING[name], _make_keys(running, count)
    AsyncHTTPClient.configure(None, max_clients=count + 10)
    await _come_alone(come, running)
    before, work = running.weigh(), running.count_work()
    arrivals: list[Arrival] = []

    async def one(number: int) -> str:
        await asyncio.sleep(number * seconds / count)
        arrivals.append(Arrival(running, keys[number]))
        return await _try(come, arrivals[-1])

    failed = list(filter(None, await asyncio.gather(*(one(n) for n in range(count)))))
    came = [arrival for arrival in arrivals if arrival.there]
    each = {"MB": running.weigh() - before, "processor": running.count_work() - work}
    for arrival in arrivals:
        arrival.leave()
    return _sum_up(came, failed) | {f"{k} each": v / max(1, len(came)) for k, v in each.items()}


def _make_keys(running: Running, count: int) -> list[str]:
    """A plan for each visitor where plans are kept, before anybody comes."""
    return [make_plan(running.store) if running.store else "" for _ in range(count)]


async def _try(come: Callable[[Arrival], Awaitable[None]], arrival: Arrival) -> str:
    """Come, and say what went wrong, or nothing."""
    try:
        async with asyncio.timeout(PATIENCE):
            await come(arrival)
    except TimeoutError:
        return _LATE
    except Exception as error:  # noqa: BLE001 - whatever refuses one is counted
        return type(error).__name__
    return ""


def _sum_up(came: list[Arrival], failed: list[str]) -> dict[str, float]:
    late = failed.count(_LATE)
    found: dict[str, float] = {
        "refused": len(failed) - late,
        f"not there in {PATIENCE:.0f} s": late,
    }
    for kind in ("rendered", "there"):
        waited = sorted(getattr(arrival, kind) for arrival in came) or [float("nan")]
        found[f"{kind}, median"] = statistics.median(waited)
        found[f"{kind}, 95 %"] = waited[min(len(waited) - 1, int(0.95 * len(waited)))]
    return found


async def _come_alone(come: Callable[[Arrival], Awaitable[None]], running: Running) -> None:
    """One visitor before all others, for whom the server loads what it needs.

    Ours warms up beside its first pages, so there they are asked for until one is quick, and then
    it is let practise, as it does when nobody comes.
    """
    for _ in range(_TRIES):
        first = Arrival(running, *_make_keys(running, 1))
        async with asyncio.timeout(PATIENCE):
            await come(first)
        first.leave()
        if first.rendered < _QUICK:
            break
    if running.store:
        await asyncio.to_thread(wait_until_practised, running.pid)


async def answer_among_idle(
    running: Running, idle: int, busy: int, seconds: float
) -> dict[str, float]:
    """So many connected, of whom some answer every second: what an answer waits, in seconds.

    Where not all come in time, it is measured with those who did.
    """
    AsyncHTTPClient.configure(None, max_clients=64)
    await _come_alone(come_to_ours, running)
    gate = asyncio.Semaphore(_AT_ONCE)
    arrivals = [Arrival(running, key) for key in _make_keys(running, idle)]

    async def one(arrival: Arrival) -> str:
        async with gate:
            arrival._began = time.monotonic()
            return await _try(come_to_ours, arrival)

    before = running.weigh()
    coming = [asyncio.create_task(one(arrival)) for arrival in arrivals]
    done, late = await asyncio.wait(coming, timeout=GATHERING)
    for one_late in late:
        one_late.cancel()
    failed = [task.result() for task in done if task.result()]
    came = [arrival for arrival in arrivals if arrival.there]
    waits: list[float] = []
    await asyncio.gather(*(_answer(a, seconds, n / busy, waits) for n, a in _take(came, busy)))
    weight = running.weigh()
    for arrival in arrivals:
        arrival.leave()
    waits = sorted(waits) or [float("nan")]
    return {
        "connected": len(came),
        "refused": len(failed) - failed.count(_LATE),
        f"not there in {GATHERING:.0f} s": len(late) + failed.count(_LATE),
        "answers": len(waits),
        "answer, median": statistics.median(waits),
        "answer, 95 %": waits[int(0.95 * len(waits))],
        "MB in all": weight,
        "MB each": (weight - before) / max(1, len(came)),
    }


def _take(arrivals: list[Arrival], count: int) -> Iterator[tuple[int, Arrival]]:
    """Some of those who came, spread evenly from the first to the last."""
    step = max(1, len(arrivals) // count)
    return enumerate(arrivals[::step][:count])


async def _answer(arrival: Arrival, seconds: float, later: float, waits: list[float]) -> None:
    await asyncio.sleep(later)
    until, number, last = time.monotonic() + seconds, 0, None
    while time.monotonic() < until:
        number += 1
        began = time.monotonic()
        said = await arrival.visitor.answer("start.name", f"Business {number}", last)
        waits.append(time.monotonic() - began)
        last = said.get("raw")
        await asyncio.sleep(max(0.0, 1 - (time.monotonic() - began)))


def _write_message(kind: str, session: str, content: dict[str, object]) -> str:
    header = {"msg_id": uuid4().hex, "msg_type": kind, "session": session, "username": ""}
    header["version"] = "5.3"
    parts = {"parent_header": {}, "metadata": {}, "content": content, "buffers": []}
    return json.dumps({"channel": "shell", "header": header, **parts})


def _as_bytes(said: str | bytes) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _squeeze(said: str | bytes) -> str:
    return _as_bytes(said)[:2000].decode(errors="replace").replace(" ", "")


def _list_fields(raw: bytes) -> set[int]:
    """The numbers of the fields of a Protocol Buffers message, without what is in them."""
    found, at = set(), 0
    while at < len(raw):
        tag, at = _read_number(raw, at)
        found.add(tag >> 3)
        kind = tag & 7
        if kind == 2:
            length, at = _read_number(raw, at)
            at += length
        elif kind == 0:
            _, at = _read_number(raw, at)
        else:
            at += {1: 8, 5: 4}[kind]
    return found


def _read_number(raw: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = raw[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at
