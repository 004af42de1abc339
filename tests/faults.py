"""Parts of the service killed at random while visitors answer questions, and what came of it.

Run as ``python -m tests.faults`` (60 seconds), or with another number of seconds after it, and
``--postgresql`` for the other database. A kernel, the warm parent, the database and the server
itself are killed in an order that ``--seed`` decides; the server is started anew by a supervisor,
as systemd would. SQLite's file is locked, its disk full, and its folder away for a while with an
empty one in its place, as where a disk is not mounted.
Prints how often each was killed, how many answers were acknowledged and the longest absence of the
service; the exit code is 1 when an acknowledged answer is not in the database, when the service did
not come back, or when a visitor was shown anything but plain words.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from postgresql_fixtures import Postgresql, run_postgresql
from serving_fixtures import Served, run_server

from tests.benchmarks.memory import find_copies, find_parent
from tests.visitors import Gone, Visitor
from workbook.serving.app import find_notebooks
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

SECONDS, VISITORS, SEED = 60.0, 3, 9
PAGES = ("00_start.ipynb", "02_goals.ipynb")
QUESTION = "start.name"

#: Seconds within which a visitor must be able to go on after the last fault; our default.
BACK = 60.0

#: Seconds between two answers, before a visitor tries again, and a database is away.
_PAUSE, _AGAIN, _AWAY = 0.1, 0.25, 0.8

#: Seconds up to which a run has each fault once, one on top of the other.
_SHORT = 1.0

#: What no visitor is to see.
_NOT_PLAIN = re.compile(r"Traceback|\wError:|sqlalchemy|sqlite3|psycopg")


@dataclass
class Person:
    """Somebody with a plan who answers one question again and again."""

    key: str = field(default_factory=new_key)
    sent: int = 0
    saved: int = 0
    seen: str | None = None
    times: list[float] = field(default_factory=list)

    def note(self, said: dict) -> None:
        """Note that an answer was acknowledged, or that another one stands there already."""
        self.seen = said["raw"]
        if not said["clash"]:
            self.saved = self.sent
            self.times.append(time.monotonic())

    @property
    def absences(self) -> list[float]:
        """Seconds between one acknowledged answer and the next."""
        return [late - early for early, late in zip(self.times, self.times[1:], strict=False)]


@dataclass
class Found:
    """What happened: faults by name, what visitors were told, and answers that were lost."""

    faults: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    went_on: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def longest(self) -> float:
        """The longest time in which one visitor had no answer acknowledged, in seconds."""
        return max((gap for person in self.people for gap in person.absences), default=0.0)

    @property
    def saved(self) -> int:
        """Acknowledged answers."""
        return sum(len(person.times) for person in self.people)


class Service:
    """The server, started anew whenever it ends, and the database it keeps plans in."""

    def __init__(self, folder: Path, store: str) -> None:
        """Begin without a server."""
        self.store = store
        self._folder = folder
        self._starts = 0
        self._stack = ExitStack()
        self.served = self._start(0)

    def _start(self, port: int) -> Served:
        self._starts += 1
        log = self._folder / f"log{self._starts}"
        settings = {"store": self.store, "kernels": 60, "new_plans_per_hour": 0}
        return self._stack.enter_context(run_server(find_notebooks(), log, port=port, **settings))

    async def kill(self) -> None:
        """Kill the server as the system does that has no memory left, and start it anew."""
        ended = self.served
        ended.process.send_signal(signal.SIGKILL)
        ended.process.wait()
        self.served = await asyncio.to_thread(self._start, ended.port)

    def stop(self) -> None:
        """Stop it in order."""
        self._stack.close()


def kill_kernel(service: Service, chance: random.Random) -> None:
    """Kill a page's process, if there is one."""
    with suppress(StopIteration, IndexError, ProcessLookupError):
        os.kill(chance.choice(find_copies(service.served.process.pid)), signal.SIGKILL)


def kill_parent(service: Service) -> None:
    """Kill the warm parent."""
    with suppress(StopIteration, ProcessLookupError):
        os.kill(find_parent(service.served.process.pid).pid, signal.SIGKILL)


async def lock(file: Path) -> None:
    """Keep SQLite from writing for a while."""
    with sqlite3.connect(file, timeout=30) as line:
        line.execute("BEGIN EXCLUSIVE")
        await asyncio.sleep(_AWAY)
        line.rollback()
    line.close()


@contextmanager
def take_away(file: Path, found: Found) -> Iterator[None]:
    """Put an empty folder in the place of the database's; nothing may begin anew in it.

    What a journal holds that was begun in it at that moment was never acknowledged.
    """
    away = file.parent.rename(file.parent.with_name("away"))
    file.parent.mkdir()
    yield
    if file.exists():
        found.lost.append("a database was made anew where the folder was empty")
    shutil.rmtree(file.parent)
    away.rename(file.parent)


async def leave_away(file: Path, found: Found) -> None:
    """Keep the database's folder away for a while."""
    with take_away(file, found):
        await asyncio.sleep(_AWAY)


async def fill(service: Service) -> None:
    """Let no page write to a file for a while, as when the disk is full."""
    bound = dict.fromkeys(list_writers(service), (0, resource.RLIM_INFINITY))
    try:
        set_bounds(bound)
        await asyncio.sleep(_AWAY)
    finally:
        free = dict.fromkeys((*bound, *list_writers(service)), (resource.RLIM_INFINITY,) * 2)
        set_bounds(free)


def list_writers(service: Service) -> list[int]:
    """The warm parent, whose bounds its copies inherit, and the copies there are."""
    with suppress(StopIteration):
        server = service.served.process.pid
        return [find_parent(server).pid, *find_copies(server)]
    return []


def set_bounds(bounds: dict[int, tuple[int, int]]) -> None:
    """Say how large files may be that processes write to, in bytes."""
    for process, bound in bounds.items():
        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_FSIZE, bound)


async def restart(postgresql: Postgresql) -> None:
    """Stop PostgreSQL as if it had been killed, and start it after a while."""
    await asyncio.to_thread(postgresql.stop)
    await asyncio.sleep(_AWAY)
    await asyncio.to_thread(postgresql.start)


async def live(service: Service, person: Person, found: Found, until: Callable[[], bool]) -> None:
    """Come, answer, and come again whenever the page or the service has gone."""
    while not until():
        visitor = Visitor(service.served.port, patience=10.0)
        try:
            await _answer_all(visitor, person, found, until)
        except Gone as error:
            found.told[f"no answer: {error}"[:60]] += 1
            await asyncio.sleep(_AGAIN)
        finally:
            await visitor.hang_up()


async def _answer_all(
    visitor: Visitor, person: Person, found: Found, until: Callable[[], bool]
) -> None:
    page = await visitor.fetch("/voila/render/" + PAGES[person.sent % len(PAGES)])
    _look(page.body.decode(), found)
    said = await visitor.come(PAGES[person.sent % len(PAGES)], person.key)
    while said["kind"] not in ("failed", "lost") and not until():
        person.sent += 1
        said = await visitor.answer(QUESTION, f"Example {person.sent}", person.seen)
        if said["kind"] == "saved":
            person.note(said)
            found.went_on.set()
        await asyncio.sleep(_PAUSE)
    if said["kind"] in ("failed", "lost"):
        _look(f"{said['what']} {said['next']}", found)
        found.told[said["what"]] += 1
        await asyncio.sleep(_AGAIN)


def _look(text: str, found: Found) -> None:
    """Note what is no plain message."""
    found.lost += [f"a visitor was shown “{word}”" for word in _NOT_PLAIN.findall(text)]


def check(service: Service, found: Found) -> None:
    """Look into the database: nothing older than the last acknowledged answer."""
    for person in found.people:
        store = DatabaseStore(service.store, person.key, today=datetime.now(UTC).date())
        kept = int((store.load().plan.start.name or "Example 0").split()[-1])
        if not person.saved <= kept <= person.sent:
            found.lost.append(f"answer {person.saved} was acknowledged, {kept} is kept")


async def break_all(
    faults: dict[str, Callable[[], Awaitable[object]]],
    found: Found,
    chance: random.Random,
    seconds: float,
) -> None:
    """Let one fault after another happen; each of them once before any comes again.

    Two of three wait until somebody has gone on after the one before, so that they meet people at
    work; the others come on top of it.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name in chance.sample(sorted(faults), len(faults)):
            if seconds > _SHORT and chance.random() < 2 / 3:
                await wait_for_one(found)
            await asyncio.sleep(chance.uniform(0.2, 1.0))
            if time.monotonic() > until and found.faults[name]:
                return
            await faults[name]()
            found.faults[name] += 1


async def wait_for_one(found: Found) -> None:
    """Wait until somebody's answer is acknowledged, for as long as anybody may be kept waiting."""
    found.went_on.clear()
    with suppress(TimeoutError):
        await asyncio.wait_for(found.went_on.wait(), BACK)


def list_faults(
    service: Service, chance: random.Random, found: Found, postgresql: Postgresql | None
) -> dict[str, Callable[[], Awaitable[object]]]:
    """What can happen to the service, by name."""
    faults: dict[str, Callable[[], Awaitable[object]]] = {
        "a process of a page": lambda: asyncio.to_thread(kill_kernel, service, chance),
        "the warm parent": lambda: asyncio.to_thread(kill_parent, service),
        "the server": service.kill,
    }
    if postgresql is not None:
        return faults | {"PostgreSQL": lambda: restart(postgresql)}
    file = Path(service.store.removeprefix("sqlite:///"))
    return faults | {
        "the database, locked": lambda: lock(file),
        "the disk, full": lambda: fill(service),
        "the folder, away": lambda: leave_away(file, found),
    }


async def watch(
    service: Service, seconds: float, seed: int, postgresql: Postgresql | None = None
) -> Found:
    """Visitors answer while everything breaks, and once more when it is over."""
    chance = random.Random(seed)
    found = Found(people=[Person() for _ in range(VISITORS)])
    over: list[float] = []
    arrived = asyncio.Event()

    def is_done(person: Person) -> bool:
        """Whether the visitor went on after the last fault, or waited for too long."""
        if all(one.times for one in found.people):
            arrived.set()
        went_on = bool(person.times) and person.times[-1] > over[0] if over else False
        return went_on or bool(over and time.monotonic() > over[0] + BACK)

    async with asyncio.TaskGroup() as group:
        for person in found.people:
            group.create_task(live(service, person, found, lambda p=person: is_done(p)))
        await arrived.wait()
        await break_all(list_faults(service, chance, found, postgresql), found, chance, seconds)
        over.append(time.monotonic())
    for person in found.people:
        if person.times[-1] < over[0]:
            found.lost.append(f"no answer was taken within {BACK:g} s of the last fault")
    return found


def run(seconds: float, seed: int, folder: Path, postgresql: Postgresql | None = None) -> Found:
    """Break a service of its own for so long; what was found."""
    store = (
        postgresql.new_database()
        if postgresql
        else f"sqlite:///{folder / 'store' / 'plans.sqlite3'}"
    )
    service = Service(folder, store)
    try:
        found = asyncio.run(watch(service, seconds, seed, postgresql))
        check(service, found)
    finally:
        service.stop()
    return found


def main(arguments: list[str]) -> int:
    """Break, print, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=SECONDS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wb")))
        other = stack.enter_context(run_postgresql()) if asked.postgresql else None
        found = run(asked.seconds, asked.seed, folder, other)
    for name, number in (*found.faults.items(), *found.told.most_common()):
        sys.stdout.write(f"{number:5} of {name}\n")
    sys.stdout.write(f"{found.saved} answers acknowledged, longest absence {found.longest:.1f} s\n")
    for line in found.lost:
        sys.stdout.write(line + "\n")
    return 1 if found.lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
