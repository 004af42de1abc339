"""How a room bears fifty people on real pages: each its own kernel and its own line.

Run as ``python -m tests.benchmarks.benchmark_room_pages [PEOPLE [SECONDS]]``. A server is started
with a database of its own; somebody opens a room on the facilitator's page, and everybody opens
the start page and joins. Then all answer the room's question, and turn to a question of their own
plan, in the same seconds. It prints how long each act took, in milliseconds: “seen” is from an
answer that was sent to the name on the facilitator's page, “board” from an answer in a plan to the
row on the board, “shown” from “Show the answers” to the counts on a participant's page. How much
processor time it took says what a machine that does nothing else can bear.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import psutil

from tests.visitors import Gone, Message, Visitor
from workbook.serving.app import find_notebooks
from workbook.storage.encryption import new_key
from workbook.workshop.desk import Desk

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import run_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.workshop.state import Question

START, LEAD = "00_start.ipynb", "facilitator.ipynb"
STAY = 8.0
_CODE = re.compile(r'wb-join-code">.*?</span>([0-9A-Z ]+)</p>')
_ROW = re.compile(r'<tr><th scope="row" dir="auto">(Guest \d+) .*?</th><td>([^<]*)</td>')
_WHO = re.compile(r'<li dir="auto">(Guest \d+)</li>')
_MANY = 20
_AT_ONCE = 10
"""Pages that are opened at once; how soon fifty at once come is another benchmark's."""


@dataclass
class Person(Visitor):
    """One page in a room: what its widgets say now, and what it was told."""

    widgets: dict[str, Message] = field(default_factory=dict)
    said: list[Message] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    def begin(self) -> None:
        """Read on from now, and say from time to time that the page is on screen."""
        self.widgets = {model: each["state"] for model, each in self.states.items()}
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._stay())]

    async def _read(self) -> None:
        with suppress(Gone):
            await self.hear(lambda _: False)

    async def _stay(self) -> None:
        while True:
            self.room("stay")
            await asyncio.sleep(STAY)

    async def end(self) -> None:
        """Close the page."""
        for task in self._tasks[1:]:
            task.cancel()
        await self.leave()

    async def hang_up(self) -> None:
        """Close the line; what reads from it ends by that."""
        if not (self._tasks and self._line):
            await super().hang_up()
            return
        self._line.close()
        await asyncio.wait(self._tasks[:1])

    def _note(self, message: Message) -> None:
        super()._note(message)
        content = message["content"]
        data, model = content.get("data") or {}, content.get("comm_id", "")
        if message["msg_type"] == "comm_close":
            self.widgets.pop(model, None)
        elif message["msg_type"] == "comm_open" or data.get("method") == "update":
            self.widgets.setdefault(model, {}).update(data.get("state", {}))
        elif data.get("method") == "custom":
            self.said.append(data["content"])
        self._news.set()

    def room(self, path: str, **raw: Any) -> None:
        """Say something about the room, as its forms and buttons do."""
        self.tell("room", path=path, raw=raw)

    async def press(self, label: str) -> None:
        """Press a button, once it is there."""
        await self.until(lambda: self.find(label))
        pressed = {"method": "custom", "content": {"event": "click"}}
        self.say("comm_msg", {"comm_id": self.find(label), "data": pressed})

    def find(self, label: str) -> str:
        """The button with a label; empty where there is none."""
        shown = (m for m, state in self.widgets.items() if state.get("description") == label)
        return next(shown, "")

    def html(self) -> str:
        """All HTML that is on the page."""
        values = (state.get("value") for state in self.widgets.values())
        return "\n".join(value for value in values if isinstance(value, str))

    def is_told(self, **values: Any) -> bool:
        """Whether the page was told all of this in one message."""
        return any(all(each.get(k) == v for k, v in values.items()) for each in self.said)

    async def until(self, check: Callable[[], Any]) -> None:
        """Wait until something is so; raises TimeoutError when it is not in time."""
        async with asyncio.timeout(self.patience):
            while not check():
                self._news.clear()
                await self._news.wait()


class Leader(Person):
    """The facilitator's page; it notes when each name was first seen at a place."""

    def __init__(self, port: int) -> None:
        """Nobody seen yet."""
        super().__init__(port)
        self.answered: dict[str, float] = {}
        self.moved: dict[str, float] = {}
        self.key = ""

    def _note(self, message: Message) -> None:
        super()._note(message)
        state = (message["content"].get("data") or {}).get("state", {})
        html, now = str(state.get("value", "")), time.perf_counter()
        for name in _WHO.findall(html):
            self.answered.setdefault(name, now)
        for name, step in _ROW.findall(html):
            if unescape(step) != "all tasks":
                self.moved.setdefault(name, now)

    async def open(self, *_: Any, **__: Any) -> Message:
        """Open a room for an hour; gives the message with its key."""
        self.tell("open", key="")
        await self.hear_desk("room")
        self.begin()
        self.room("here", here=[self.address + "/voila/render/" + START])
        await self.until(lambda: "lead.open" in self.html())
        self.room("lead.open", name=["Benchmark"], agenda=["one_hour"], names=["shown"])
        await self.until(lambda: any(each.get("key") for each in self.said))
        told = next(each for each in self.said if each.get("key"))
        self.key = told["key"]
        await self.until(lambda: _CODE.search(self.html()))
        return told

    @property
    def code(self) -> str:
        """The code that stands on the screen."""
        found = _CODE.search(self.html())
        return found[1].replace(" ", "") if found else ""


@dataclass
class Found:
    """Milliseconds of each act, and when everybody did what the facilitator sees later."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    given: dict[str, float] = field(default_factory=dict)
    turned: dict[str, float] = field(default_factory=dict)
    processor: float = 0.0
    """Seconds that all processes of the app took from “Ask” until the answers were shown."""

    def note(self, name: str, since: float) -> None:
        """An act that began then is over."""
        self.times[name].append(1000 * (time.perf_counter() - since))


async def take_seat(guest: Person, name: str, code: str, found: Found) -> None:
    """Open the start page with a new plan, and join."""
    begun = time.perf_counter()
    await guest.come(START, new_key())
    guest.begin()
    found.note("page", begun)
    begun = time.perf_counter()
    guest.room("join", code=[code], name=[name], sight=["progress"])
    await guest.until(lambda: guest.is_told(kind="room", inside=True))
    found.note("join", begun)


async def take_part(guest: Person, name: str, seconds: float, found: Found) -> None:
    """Answer the room and a question of the plan, each at a moment within the seconds."""
    chance, begun = random.Random(name), time.perf_counter()
    await guest.until(lambda: guest.find("Answer"))
    found.note("asked", begun)
    first, second = sorted(chance.uniform(0, seconds) for _ in range(2))
    await asyncio.sleep(first)
    begun = time.perf_counter()
    await guest.press("Answer")
    await guest.until(lambda: guest.find("Send my answer"))
    guest.tell("try", path="room.ask/answer", raw=chance.choice(["reach", "visits", "nothing"]))
    await guest.press("Send my answer")
    found.given[name] = time.perf_counter()
    await guest.until(lambda: guest.find("Change it"))
    found.note("answer", begun)
    await asyncio.sleep(second - first)
    begun = time.perf_counter()
    guest.tell("show", at="start.name")
    guest.tell("answer", path="start.name", raw=name, seen=None, number=1)
    found.turned[name] = time.perf_counter()
    await guest.until(lambda: guest.is_told(kind="saved", number=1))
    found.note("answer in the plan", begun)


async def measure(port: int, store: str, people: int, seconds: float, pid: int = 0) -> Found:
    """An hour's first question, with so many people; whether all were counted is looked at."""
    found, lead = Found(), Leader(port)
    guests = {f"Guest {n}": Person(port) for n in range(people)}
    try:
        await lead.arrive(LEAD)
        await lead.connect()
        await lead.open()
        come = asyncio.Semaphore(_AT_ONCE)

        async def sit_down(name: str, guest: Person) -> None:
            async with come:
                await take_seat(guest, name, lead.code, found)

        await asyncio.gather(*(sit_down(*each) for each in guests.items()))
        found.processor = -count_processor(pid)
        await _ask_and_show(lead, guests, seconds, found)
        found.processor += count_processor(pid)
        question = Desk(store, lead.key, today=datetime.now(UTC).date()).load().room.state.question
        expect_everybody(question, people)
    finally:
        await asyncio.gather(lead.end(), *(guest.end() for guest in guests.values()))
    return found


async def _ask_and_show(
    lead: Leader, guests: dict[str, Person], seconds: float, found: Found
) -> None:
    """Asked, answered in the same seconds, seen on the facilitator's page, and shown to all."""
    await lead.press("Begin")
    await lead.press("Ask")
    await asyncio.gather(*(take_part(g, name, seconds, found) for name, g in guests.items()))
    await lead.until(lambda: len(lead.answered) == len(lead.moved) == len(guests))
    for act, since, at in (
        ("seen", found.given, lead.answered),
        ("board", found.turned, lead.moved),
    ):
        found.times[act] += [1000 * max(at[name] - since[name], 0) for name in guests]
    begun = time.perf_counter()
    await lead.press("Show the answers")

    async def see(guest: Person) -> None:
        await guest.until(lambda: "wb-count" in guest.html())
        found.note("shown", begun)

    await asyncio.gather(*(see(guest) for guest in guests.values()))


def expect_everybody(question: Question | None, people: int) -> None:
    """Every answer was counted once."""
    assert question is not None
    (spread,) = question.spreads
    assert spread.answers == sum(count for _, count in spread.counts) == people


def count_processor(pid: int) -> float:
    """Seconds of processor time that a server and its pages took so far."""
    if not pid:
        return 0.0
    server = psutil.Process(pid)
    return sum(sum(each.cpu_times()[:2]) for each in [server, *server.children(recursive=True)])


def run(people: int, seconds: float) -> Found:
    """A server of its own, and so many people on it."""
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/plans.sqlite3"
        limits = {"kernels": people + 5, "opening_per_address": people + 5}
        settings = {"store": store, "new_plans_per_hour": 0, **limits}
        with run_server(find_notebooks(), Path(folder) / "log", **settings) as served:
            return asyncio.run(measure(served.port, store, people, seconds, served.process.pid))


def main() -> None:
    """Measure and print."""
    people, seconds = [*sys.argv[1:], *("50", "10")[len(sys.argv) - 1 :]][:2]
    found = run(int(people), float(seconds))
    print(f"{'act':<20}{'times':>7}{'median':>9}{'95 %':>9}{'longest':>9}")  # noqa: T201
    for name, times in found.times.items():
        late = quantiles(times, n=_MANY)[-1] if len(times) > 1 else times[0]
        print(f"{name:<20}{len(times):>7}{median(times):>9.0f}{late:>9.0f}{max(times):>9.0f}")  # noqa: T201
    cores = psutil.cpu_count()
    print(f"{found.processor:.1f} s of processor time, on {cores} cores")  # noqa: T201


if __name__ == "__main__":
    main()
