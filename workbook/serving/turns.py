"""The line in front of the places: who came first comes in first, as places come free."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .metrics import Metrics
    from .places import Places

#: Seconds without a question after which somebody who waits has gone; a page in the background
#: of a browser asks once a minute.
GONE_SECONDS = 150.0

#: Seconds between two questions of a page, for the first hundred who wait; more ask less often.
_EVERY, _CROWD = 3, 33
_MOST, _MOST_EACH = 2000, 100
_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody is told who asks for a place.

    ``is_in``: the place is held; ``follows``: it is the place of the page they give up.
    ``is_called``: a place waits for them. ``token`` names their turn, and is empty where the line
    is too long for one more. ``before`` is how many are before them, ``every`` how many seconds
    until they ask again.
    """

    is_in: bool = False
    follows: bool = False
    is_called: bool = False
    token: str = ""
    before: int = 0
    every: int = _EVERY


@dataclass(slots=True)
class _Turn:
    address: str
    came: float
    seen: float
    called: float | None = None
    is_told: bool = False


class Turns:
    """Who waits for a place, in the order of arrival.

    A turn is known by a token that its browser keeps; it names nobody, and is gone with the turn.
    Whoever is called and does not come in time is passed over. A page that was not told so, as in
    the background of a browser, keeps its place in the line as long as it asks; one that was told
    goes behind the others. Of one address only so many may wait, and be called, at once.
    """

    def __init__(
        self,
        places: Places,
        metrics: Metrics | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with nobody waiting."""
        self._places = places
        self._metrics = metrics
        self._clock = clock
        self._waiting: dict[str, _Turn] = {}

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def count_wanted(self) -> int:
        """How many places are missing for those who wait."""
        self._forget()
        return len(self._waiting) - max(0, self._places.count_free())

    def ask(self, page: str, address: str, token: str = "", *, moves: bool = False) -> Answer:
        """Hold a place for a page, or give its visitor a turn.

        Args:
            page: The id of the kernel to come.
            address: Who asks, as :func:`workbook.serving.places.name_address` gives it.
            token: The turn of somebody who waited already.
            moves: Whether they give up the place of another page for this one, where they need it.
        """
        self._forget()
        if moves and (taken := self._move(page, address, token)) is not None:
            return taken
        token = self._see(token) or self._join(address)
        self._call()
        turn = self._waiting.get(token)
        if turn is not None and turn.called is not None and self._places.take(page, address):
            self._come_in(token)
            return Answer(is_in=True)
        return self._describe(token)

    def look(self, token: str) -> Answer | None:
        """How it stands with a turn; None where there is none of this name."""
        self._forget()
        if not self._see(token):
            return None
        self._call()
        return self._describe(token)

    # -- inside --------------------------------------------------------------------------------

    def _move(self, page: str, address: str, token: str) -> Answer | None:
        """A free place where nobody waits, else the place of the page that is given up."""
        is_beside = not self._waiting and self._places.take(page, address)
        if not (is_beside or self._places.take(page, address, moves=True)):
            return None
        self._come_in(token)
        return Answer(is_in=True, follows=not is_beside)

    @property
    def _every(self) -> int:
        return max(_EVERY, len(self._waiting) // _CROWD)

    @property
    def _patience(self) -> float:
        """Seconds that a place waits for whoever was called."""
        return 5.0 + 3 * self._every

    def _is_late(self, turn: _Turn) -> bool:
        return turn.called is not None and self._clock() - turn.called > self._patience

    def _see(self, token: str) -> str:
        """The token, when it names a turn; who was late is there again, at its place or the end."""
        turn = self._waiting.get(token)
        if turn is None:
            return ""
        if self._is_late(turn):
            if turn.is_told:
                self._waiting[token] = self._waiting.pop(token)
            turn.called, turn.is_told = None, False
        turn.seen = self._clock()
        return token

    def _join(self, address: str) -> str:
        """A new turn at the end; nothing where too many wait already."""
        same = sum(1 for turn in self._waiting.values() if turn.address == address)
        if len(self._waiting) >= _MOST or (address and same >= _MOST_EACH):
            self._count("refused")
            return ""
        token = secrets.token_urlsafe(_LETTERS)
        now = self._clock()
        self._waiting[token] = _Turn(address, now, now)
        return token

    def _call(self) -> None:
        """Give the free places to those who came first and are there."""
        held = [
            turn
            for turn in self._waiting.values()
            if turn.called is not None and not self._is_late(turn)
        ]
        free = self._places.count_free() - len(held)
        coming = Counter(turn.address for turn in held)
        for turn in self._waiting.values():
            if free <= 0:
                return
            if turn.called is None and self._places.may_come(turn.address, coming[turn.address]):
                turn.called = self._clock()
                coming[turn.address] += 1
                free -= 1

    def _forget(self) -> None:
        """Let those go whose page asks no more."""
        since = self._clock() - GONE_SECONDS
        for token in [name for name, turn in self._waiting.items() if turn.seen < since]:
            del self._waiting[token]
            self._count("left")

    def _come_in(self, token: str) -> None:
        turn = self._waiting.pop(token, None)
        if turn is not None and self._metrics is not None and turn.seen > turn.came:
            self._metrics.note_waited(self._clock() - turn.came)
            self._count("taken")

    def _describe(self, token: str) -> Answer:
        turn = self._waiting.get(token)
        if turn is None:
            return Answer(before=len(self._waiting), every=self._every)
        names = list(self._waiting)
        ahead = (self._waiting[name] for name in names[: names.index(token)])
        before = sum(1 for other in ahead if not self._is_late(other))
        is_called = turn.called is not None
        if is_called and not turn.is_told:
            turn.called, turn.is_told = self._clock(), True
        return Answer(is_called=is_called, token=token, before=before, every=self._every)

    def _count(self, outcome: str) -> None:
        if self._metrics is not None:
            self._metrics.count_turn(outcome)
