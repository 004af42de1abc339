"""How a room bears fifty people: how long each act takes, and how soon the facilitator sees it.

Run as ``python -m tests.benchmarks.benchmark_rooms [PEOPLE [SECONDS [DATABASE]]]``; without a
database a SQLite file is made. Everybody looks once a second whether anything is new, tells once
and answers once in the same seconds, while the facilitator's page looks four times a second. It
prints the median and the longest time of each act, in milliseconds.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from workbook.checks import run
from workbook.discovery import read_text
from workbook.plan import OwnSeat
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import read_plan_file
from workbook.workshop.agenda import load_agendas
from workbook.workshop.board import default_idle, make_board, tell
from workbook.workshop.desk import Desk, open_room
from workbook.workshop.prompts import Prompt, PromptKind
from workbook.workshop.seat import Seat, join
from workbook.workshop.state import Charter

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
PROMPT = Prompt(kind=PromptKind.QUESTION, ref="diagnosis.offers")
_LOOKS = 4


class Watch:
    """Times of acts by their names; many threads write into it."""

    def __init__(self) -> None:
        """Nothing measured yet."""
        self.found: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def note(self, name: str, seconds: float) -> None:
        """One act took so long."""
        with self._lock:
            self.found.setdefault(name, []).append(1000 * seconds)

    def time(self, name: str, act: Callable[[], object]) -> object:
        """Do it, and note how long it took."""
        began = time.perf_counter()
        made = act()
        self.note(name, time.perf_counter() - began)
        return made


def set_up(address: str, people: int, watch: Watch) -> tuple[Desk, list[Seat]]:
    """A room with so many people in it."""
    charter = Charter(
        name="Benchmark",
        agenda=load_agendas()["one_hour"],
        starts_at=NOW,
        idle_minutes=default_idle(),
    )
    desk = Desk(address, open_room(address, charter, now=NOW), today=NOW.date())
    letters = desk.read_code(now=NOW).letters
    keys = [watch.time("join", lambda: join(address, letters, now=NOW)) for _ in range(people)]
    return desk, [Seat(address, key) for key in keys]


def measure(address: str, people: int, seconds: float) -> dict[str, list[float]]:
    """The milliseconds of each act; “seen” is from an answer to the facilitator's next look."""
    watch = Watch()
    desk, seats = set_up(address, people, watch)
    plan = read_plan_file(read_text("demo.json").encode(), name="demo", limit_mb=9).plan
    found = run(plan, NOW.date())
    own = OwnSeat(key=new_key(), name="Ann")
    told = tell(plan, found, own, step="goals", plan_key="", before=None, now=NOW)
    question = desk.ask(PROMPT, now=NOW).room.state.questions[-1].name
    begun, given = time.perf_counter(), {}

    def take_part(seat: Seat) -> None:
        chance = random.Random(seat.name)
        acts = sorted(chance.uniform(0, seconds) for _ in range(2))
        for number, at in enumerate(acts):
            while (left := begun + at - time.perf_counter()) > 0:
                time.sleep(min(left, 1))
                watch.time("look of a participant", seat.revision)
            if number:
                watch.time("answer", lambda: seat.answer(question, chance.randint(0, 20)))
                given[seat.name] = time.perf_counter()
            else:
                watch.time("tell", lambda: seat.tell(told))

    threads = [threading.Thread(target=take_part, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    _watch_over(desk, question, people, given, watch)
    for thread in threads:
        thread.join()
    watch.time("board", lambda: make_board(desk.load().room.charter, desk.hear(), now=NOW))
    shown = watch.time("reveal", lambda: desk.reveal(question, now=NOW))
    assert shown.room.state.question.spreads[0].answers == people
    return watch.found


def _watch_over(
    desk: Desk, question: str, people: int, given: dict[str, float], watch: Watch
) -> None:
    """The facilitator's page until it has seen everybody answer."""
    seen: set[str] = set()
    before = None
    while len(seen) < people:
        pulse = watch.time("look of the facilitator", desk.pulse)
        if pulse != before:
            answered = watch.time("who has answered", lambda: desk.answered(question))
            watch.time("board", lambda: make_board(desk.load().room.charter, desk.hear(), now=NOW))
            at = time.perf_counter()
            for name in answered - seen:
                watch.note("seen", max(at - given.get(name, at), 0))
            seen |= answered
        before = pulse
        time.sleep(1 / _LOOKS)


def main() -> None:
    """Measure and print."""
    people, seconds, address = [*sys.argv[1:], *("50", "10", "")[len(sys.argv) - 1 :]][:3]
    with tempfile.TemporaryDirectory() as folder:
        where = address or f"sqlite:///{folder}/rooms.sqlite3"
        found = measure(where, int(people), float(seconds))
    print(f"{'act':<26}{'times':>7}{'median':>9}{'longest':>9}")  # noqa: T201 - its output
    for name, times in found.items():
        print(f"{name:<26}{len(times):>7}{median(times):>9.1f}{max(times):>9.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
