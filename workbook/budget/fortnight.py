"""The first two weeks in numbers: what sells, what talks, and the hours they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import default_of
from workbook.steps.mix.answers import Move

if TYPE_CHECKING:
    from workbook.plan import Plan
    from workbook.steps.mix.answers import Mix, Planned

OWN = frozenset({Move.POST, Move.OFFER})
"""What is posted of one's own; everything else is for somebody."""
WEEKS = 2
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Fortnight:
    """What the plan of two weeks comes to; hours are those of one week."""

    posts: int
    offers: int
    talk: int
    making: float
    blocks: float

    @property
    def all(self) -> int:
        """Everything that is written, posts and replies."""
        return self.posts + self.talk

    @property
    def offered(self) -> float:
        """Percent of the posts that sell; 0 where there are none."""
        return 100 * self.offers / self.posts if self.posts else 0.0

    @property
    def talked(self) -> float:
        """Percent of all that is written which is for somebody; 0 where nothing is."""
        return 100 * self.talk / self.all if self.all else 0.0

    @property
    def hours(self) -> float:
        """All of it together, in hours a week."""
        return self.making + self.blocks


def list_entries(mix: Mix, *moves: Move) -> tuple[Planned, ...]:
    """The entries of the two weeks that are one of some moves."""
    return tuple(entry for entry in mix.weeks if entry.move in moves)


def list_routine(plan: Plan) -> tuple[tuple[str, float], ...]:
    """The daily blocks for answers that have a time: when each begins, and its minutes."""
    mix, usual = plan.mix, default_of(plan, "mix.block_minutes")
    both = ((mix.first_at, mix.first_minutes), (mix.second_at, mix.second_minutes))
    return tuple((at, usual if minutes is None else minutes) for at, minutes in both if at)


def count_block_minutes(plan: Plan) -> float:
    """The minutes of a day's blocks together; 0 where there are none."""
    return sum(minutes for _, minutes in list_routine(plan))


def reckon_routine(plan: Plan) -> float:
    """The hours a week of the daily blocks; 0 where there are none."""
    return count_block_minutes(plan) * default_of(plan, "mix.routine_days") / _MINUTES


def reckon(plan: Plan) -> Fortnight:
    """The two weeks in numbers; answers are written within the daily blocks while they fit."""
    own = list_entries(plan.mix, *OWN)
    talk = [entry for entry in plan.mix.weeks if entry.move is not None and entry.move not in OWN]
    return Fortnight(
        posts=len(own),
        offers=sum(entry.move is Move.OFFER for entry in own),
        talk=len(talk),
        making=_sum_hours(own),
        blocks=max(reckon_routine(plan), _sum_hours(talk)),
    )


def _sum_hours(entries: list[Planned] | tuple[Planned, ...]) -> float:
    """Hours a week that entries of two weeks take."""
    return sum(entry.minutes or 0 for entry in entries) / _MINUTES / WEEKS
