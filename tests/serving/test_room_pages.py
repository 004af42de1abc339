"""A room on real pages, each with a kernel and a line of its own; what nobody may is refused."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from serving_fixtures import Served, run_server

from tests.benchmarks.benchmark_room_pages import LEAD, START, Leader, Person, measure
from workbook.serving.app import find_notebooks
from workbook.storage.encryption import new_key
from workbook.workshop.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.server

_SEAT = re.compile(r'data-wb-press="lead.plan" data-wb-value="([0-9a-f]{32})"')
SECRET = "Ann and her three cousins"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guided app with a database of its own."""
    folder = tmp_path_factory.mktemp("rooms")
    store = f"sqlite:///{folder}/plans.sqlite3"
    limits = {"opening_per_address": 30, "new_plans_per_hour": 0}
    with run_server(find_notebooks(), folder / "log", store=store, **limits) as running:
        running.store = store
        yield running


def test_everybody_answers_in_the_same_second(app: Served) -> None:
    """Six pages answer the room and their own plan at once: all are seen, shown and counted."""
    found = asyncio.run(measure(app.port, app.store, people=6, seconds=0.5))
    acts = ("join", "answer", "answer in the plan", "seen", "board", "shown")
    assert {act: len(found.times[act]) for act in acts} == dict.fromkeys(acts, 6)


def test_a_participant_gets_at_no_plan_and_no_key(app: Served) -> None:
    """Not by what only who leads may say, nor with any key or code a participant has."""

    async def try_all() -> None:
        lead, ann, bob = Leader(app.port), Person(app.port), Person(app.port)
        people = (lead, ann, bob)
        try:
            seat = await gather_round(lead, ann, bob)
            before = Desk(app.store, lead.key, today=datetime.now(UTC).date()).load()
            await say_what_leads(bob, seat)
            for key in (lead.code, new_key(), seat[:22]):
                assert not await leads_a_room(app.port, key)
            assert await is_lost(app.port, seat[:22])
            assert Desk(app.store, lead.key, today=datetime.now(UTC).date()).load() == before
            assert SECRET not in bob.html()
            assert lead.key not in repr((bob.said, bob.widgets, ann.said, ann.widgets))
            await read_what_is_shown(lead, seat)
        finally:
            await asyncio.gather(*(each.end() for each in people))

    asyncio.run(try_all())


async def gather_round(lead: Leader, ann: Person, bob: Person) -> str:
    """A room; Ann shows her answers in it, Bob how far he is. Gives the name of Ann's place."""
    await lead.arrive(LEAD)
    await lead.connect()
    await lead.open()
    for guest, name, sight in ((ann, "Ann", "answers"), (bob, "Bob", "progress")):
        await guest.come(START, new_key())
        guest.begin()
        guest.room("join", code=[lead.code], name=[name], sight=[sight])
        await guest.until(lambda guest=guest: guest.is_told(kind="room", inside=True))
    ann.tell("answer", path="start.name", raw=SECRET, seen=None, number=1)
    await lead.until(lambda: _SEAT.search(lead.html()))
    await lead.until(lambda: "Bob" in lead.html())
    (seat,) = _SEAT.findall(lead.html())
    return seat


async def say_what_leads(bob: Person, seat: str) -> None:
    """From a participant's page, everything that a facilitator's page hears."""
    for act in ("item", "ask", "plan", "out", "renew", "close", "reopen", "drop", "take", "line"):
        bob.room(f"lead.{act}", value=[seat])
    bob.room("lead.enter", key=[seat[:22]])
    bob.tell("show", at="start.name")
    await bob.until(lambda: bob.is_told(kind="screen", id="start/business"))


async def leads_a_room(port: int, key: str) -> bool:
    """Whether a facilitator's page opens a room with a key."""
    page = Person(port)
    await page.arrive(LEAD)
    await page.connect()
    page.tell("open", key="")
    await page.hear_desk("room")
    page.begin()
    page.room("here", here=[page.address], key=[key])
    page.room("lead.plan", value=["0" * 32])
    await page.until(lambda: any("lost" in each or each.get("inside") for each in page.said))
    opened = page.is_told(inside=True)
    await page.end()
    return opened


async def is_lost(port: int, key: str) -> bool:
    """Whether a key of somebody's link opens no plan."""
    page = Person(port)
    said = await page.come(START, key, known=True)
    await page.leave()
    return said["kind"] == "lost"


async def read_what_is_shown(lead: Leader, seat: str) -> None:
    """Whoever leads reads the plan that is shown; of the other one no way leads to it."""
    lead.room("lead.plan", value=[seat])
    await lead.until(lambda: SECRET in lead.html())
