"""The line in front of the places, by itself: who comes in, who is passed over, who has gone."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from tornado.httputil import HTTPHeaders

from workbook.serving.metrics import Metrics
from workbook.serving.origins import Origins, find_remote
from workbook.serving.places import Places
from workbook.serving.turns import GONE_SECONDS, Turns

if TYPE_CHECKING:
    from workbook.serving.turns import Answer


class House:
    """Places, the line before them, and a clock of its own."""

    def __init__(self, most: int, each: int = 0) -> None:
        """Begin with every place free."""
        self.now = 0.0
        self.pages: list[str] = []
        self.left: set[str] = set()
        self.places = Places(
            most, lambda: len(self.pages), each=each, count_followed=lambda: len(self.left)
        )
        self.metrics = Metrics(count_open=lambda: len(self.pages), places=most)
        self.turns = Turns(self.places, self.metrics, lambda: self.now)
        self._number = 0

    def ask(self, token: str = "", address: str = "", *, moves: bool = False) -> Answer:
        """Ask for a page; one that is let in runs at once."""
        self._number += 1
        page = f"page-{self._number}"
        answer = self.turns.ask(page, address, token, moves=moves)
        if answer.is_in:
            if answer.follows:
                self.left.add(next(page for page in self.pages if page not in self.left))
            self.pages.append(page)
            self.places.hand_over(page)
        return answer

    def figure(self, name: str) -> float:
        """What the metrics say."""
        lines = self.metrics.write().decode().splitlines()
        return float(next(line.split()[-1] for line in lines if line.startswith(name)))


def test_a_free_place_is_taken_at_once() -> None:
    """Nobody waits where nobody has to."""
    house = House(1)
    assert house.ask().is_in
    assert len(house.turns) == 0


def test_who_came_first_comes_in_first() -> None:
    """A newcomer does not get the place that comes free, and each knows how many are before."""
    house = House(1)
    house.ask()
    first, second = house.ask(), house.ask()
    assert (first.before, second.before) == (0, 1)
    house.pages.clear()
    third = house.ask()
    assert not third.is_in
    assert house.turns.look(second.token).is_called is False
    assert house.turns.look(first.token).is_called is True
    assert house.ask(first.token).is_in
    house.pages.clear()
    assert house.turns.look(second.token).is_called
    assert not house.ask(third.token).is_in
    assert house.ask(second.token).is_in


def test_a_turn_that_is_not_taken_lapses_and_is_not_lost() -> None:
    """The next one comes in; whoever was late is still before those who came later."""
    house = House(1)
    house.ask()
    late, next_one, last = house.ask(), house.ask(), house.ask()
    house.pages.clear()
    assert house.turns.look(next_one.token).is_called is False
    house.now += 30
    assert house.turns.look(next_one.token).is_called
    assert house.ask(next_one.token).is_in
    assert house.turns.look(late.token).before == 0
    assert house.turns.look(last.token).before == 1
    house.pages.clear()
    house.turns.look(last.token)
    assert house.ask(late.token).is_in


def test_whoever_asks_and_never_comes_keeps_nobody_out() -> None:
    """A program that holds turns and opens no page goes behind those who do."""
    house = House(4)
    for _ in range(4):
        house.ask()
    idle = [house.ask(address="198.51.100.1").token for _ in range(8)]
    honest = [house.ask().token for _ in range(4)]
    house.pages.clear()
    for _ in range(20):
        house.now += 3
        for token in idle:
            house.turns.look(token)
        honest = [t for t in honest if not (house.turns.look(t).is_called and house.ask(t).is_in)]
    assert not honest
    assert len(house.turns) == 8


def test_whoever_asks_no_more_has_gone() -> None:
    """A closed page gives its turn up by itself, and that is counted."""
    house = House(1)
    house.ask()
    gone, stays = house.ask(), house.ask()
    house.now += GONE_SECONDS - 1
    house.turns.look(stays.token)
    house.now += 2
    assert house.turns.look(gone.token) is None
    assert house.turns.look(stays.token).before == 0
    assert house.figure('workbook_turns_total{outcome="left"}') == 1


def test_who_goes_to_another_page_takes_the_place_along() -> None:
    """It is theirs before anybody else's, within a bound."""
    house = House(10)
    for _ in range(10):
        house.ask()
    waits = house.ask()
    assert [house.ask(moves=True).is_in for _ in range(5)] == [True] * 4 + [False]
    assert house.turns.look(waits.token).before == 0


def test_who_moves_takes_no_place_that_somebody_was_called_to() -> None:
    """The page given up makes room for the next one, and not for a page more."""
    house = House(4)
    for _ in range(4):
        house.ask()
    waits = house.ask()
    house.pages.pop()
    assert house.turns.look(waits.token).is_called
    assert house.ask(moves=True).follows
    assert house.ask(waits.token).is_in
    for page in house.left:
        house.pages.remove(page)
    house.left.clear()
    assert len(house.pages) == 4


def test_where_nobody_waits_both_pages_stay() -> None:
    """A second page beside the first needs nobody's place as long as there are some."""
    house = House(2)
    house.ask()
    assert not house.ask(moves=True).follows
    assert house.ask(moves=True).follows


def test_one_address_cannot_fill_the_line() -> None:
    """Fifty people who share one all wait; a program with hundreds of turns does not."""
    house = House(1)
    house.ask()
    given = [house.ask(address="198.51.100.1").token for _ in range(120)]
    assert all(given[:50])
    assert sum(map(bool, given)) == 100
    assert house.ask(address="198.51.100.2").token


def test_one_address_is_not_called_to_every_place() -> None:
    """Of those called at once, some come from elsewhere, though they came later."""
    house = House(4, each=2)
    for _ in range(4):
        house.ask()
    crowd = [house.ask(address="198.51.100.1") for _ in range(4)]
    other = house.ask(address="198.51.100.2")
    house.pages.clear()
    called = [house.turns.look(answer.token).is_called for answer in [*crowd, other]]
    assert called == [True, True, False, False, True]


def test_many_who_wait_ask_less_often() -> None:
    """The line does not grow into a load, and everybody is given the time it takes to come."""
    house = House(1)
    house.ask()
    answers = [house.ask() for _ in range(300)]
    assert answers[0].every == 3
    assert house.turns.look(answers[0].token).every == 9


@pytest.mark.parametrize("seed", range(5))
def test_everybody_comes_in_and_never_too_many(seed: int) -> None:
    """People come, ask and leave as they like: the places are never overrun, nobody starves."""
    chance, house = random.Random(seed), House(3)
    waiting: dict[str, int] = {}
    order: list[int] = []
    for number in range(60):
        answer = house.ask()
        if answer.is_in:
            order.append(number)
        else:
            waiting[answer.token] = number
    while waiting:
        house.now += 1
        if house.pages and chance.random() < 0.5:
            house.pages.pop()
        look, ask = house.turns.look, house.ask
        came = [token for token in waiting if look(token).is_called and ask(token).is_in]
        order += [waiting.pop(token) for token in came]
        assert len(house.pages) <= 3
    assert order == sorted(order)
    assert house.figure("workbook_waiting_seconds_count") == 57


def test_an_address_has_a_name_that_goes_with_the_server() -> None:
    """The same within one run, another in the next, and nothing for nobody in particular."""
    one, two = Origins(), Origins()
    assert one.name("198.51.100.1") == one.name("198.51.100.1")
    assert len({one.name("198.51.100.1"), one.name("198.51.100.2"), two.name("198.51.100.1")}) == 3
    assert one.name("") == ""


@pytest.mark.parametrize(
    ("headers", "trusted", "found"),
    [
        ({}, True, "127.0.0.1"),
        ({"X-Forwarded-For": "198.51.100.1"}, True, "198.51.100.1"),
        ({"X-Forwarded-For": "198.51.100.1"}, False, "127.0.0.1"),
        ({"X-Forwarded-For": "203.0.113.9, 198.51.100.1"}, True, "198.51.100.1"),
        ({"X-Forwarded-For": "198.51.100.1", "X-Real-Ip": "203.0.113.9"}, True, "198.51.100.1"),
        ({"X-Forwarded-For": "somebody"}, True, "127.0.0.1"),
        ({"X-Forwarded-For": "198.51.100.1:4455"}, True, "198.51.100.1"),
        ({"X-Forwarded-For": "[2001:db8::5]:443"}, True, "2001:db8::5"),
        ({"X-Forwarded-For": "2001:db8::5"}, True, "2001:db8::5"),
        ({"X-Forwarded-For": "[]:443"}, True, "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_who_asks(
    headers: dict[str, str], found: str, *, trusted: bool
) -> None:
    """Its own word is the last address; what a visitor wrote before it is not believed."""
    request = SimpleNamespace(headers=HTTPHeaders(headers), remote_ip="127.0.0.1")
    assert find_remote(request, trusted=trusted) == found
