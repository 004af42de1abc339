"""A plan has a bound: what does not fit is told, nothing saved is lost, and the page goes on."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.visitors import Visitor

if TYPE_CHECKING:
    from serving_fixtures import Served

pytestmark = pytest.mark.server

KEY = "A" * 21 + "Q"
NAME, SELLS, CLIENTS = "start.name", "start.sells", "start.clients"
LARGE, HUGE = "word " * 398_000, "word " * 600_000


async def find_plan(visitor: Visitor) -> dict[str, Any]:
    """The answers to the first questions, as the page gives them to take along."""
    visitor.tell("plan_file")
    message = await visitor.hear(lambda _: visitor.told[-1]["kind"] == "download")
    return json.loads(bytes(message["buffers"][0]))["plan"]["start"]


def test_what_is_too_large_for_a_plan_is_told_and_harms_nothing(served: Served) -> None:
    """An answer of 3 MB, one more than fits, a plan file of 3 MB: all else is saved between."""

    async def go_through() -> None:
        visitor = Visitor(served.port)
        await visitor.come("05_plan.ipynb", KEY)
        assert (await visitor.answer(NAME, "Bakery"))["kind"] == "saved"
        told = await visitor.answer(SELLS, HUGE)
        assert (told["kind"], told["message"].partition(" ")[0]) == ("refused", "Shorten")
        assert (await visitor.answer(SELLS, LARGE))["kind"] == "saved"
        told = await visitor.answer(CLIENTS, "x" * 20_000)
        assert told["what"].endswith("and a plan is at most 2 MB.")
        assert told["next"].startswith("Make the answer shorter")
        assert not told["retry"]
        assert (await visitor.answer(NAME, "Bar"))["kind"] == "saved"
        visitor.tell("upload", key=KEY, known=True, name="big.json", file=HUGE.encode())
        told = await visitor.hear_desk("failed", "opened")
        assert told["what"] == "“big.json” is 3 MB; a plan is at most 2 MB."
        assert (await visitor.answer(SELLS, "Cake", seen=LARGE))["kind"] == "saved"
        assert await find_plan(visitor) == {"name": "Bar", "sells": "Cake"}
        await visitor.leave()

    asyncio.run(go_through())
