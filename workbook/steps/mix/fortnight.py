"""The two weeks in numbers: what sells, what talks, and the hours they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.fit.phrases import write_hours
from workbook.steps.mix.answers import Move
from workbook.wording import write_number

if TYPE_CHECKING:
    from workbook.plan import Plan
    from workbook.steps.mix.answers import Mix, Planned

STEP = "mix"
WORDS = "steps/mix/editor.toml"
OWN = frozenset({Move.POST, Move.OFFER})
"""What is posted of one's own; everything else is for somebody."""
WEEKS = 2
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent that the business set as a limit, or ours in its place."""

    percent: float
    is_own: bool


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


def find_limit(plan: Plan, name: str) -> Share:
    """The share the business chose, ``promotion_most`` or ``talk_least``; else our default."""
    own: float | None = getattr(plan.mix, name)
    return Share(default_of(plan, f"{STEP}.{name}") if own is None else own, own is not None)


def list_entries(mix: Mix, *moves: Move) -> tuple[Planned, ...]:
    """The entries of the two weeks that are one of some moves."""
    return tuple(entry for entry in mix.weeks if entry.move in moves)


def count_block_minutes(plan: Plan) -> float:
    """The minutes of a day's blocks together; 0 where there are none."""
    mix, usual = plan.mix, default_of(plan, "mix.block_minutes")
    first = (mix.first_minutes if mix.first_minutes is not None else usual) if mix.first_at else 0
    second = (
        (mix.second_minutes if mix.second_minutes is not None else usual) if mix.second_at else 0
    )
    return first + second


def reckon_routine(plan: Plan) -> float:
    """The hours a week of the daily blocks; 0 where there are none."""
    return count_block_minutes(plan) * default_of(plan, "mix.routine_days") / _MINUTES


def tell_blocks(plan: Plan, language: str = BASE_LANGUAGE) -> str:
    """The hours a week of blocks and answers, and from which minutes and days they come."""
    words, hours = load_words(WORDS, language)["fortnight"]["blocks"], reckon(plan).blocks
    usual, minutes = reckon_routine(plan), count_block_minutes(plan)
    name = "none" if not minutes else "outgrown" if hours > usual else "kept"
    return str(words[name]).format(
        hours=write_hours(hours, language),
        minutes=write_number(minutes),
        days=write_number(default_of(plan, "mix.routine_days")),
        usual=write_hours(usual, language),
    )


def reckon(plan: Plan) -> Fortnight:
    """The two weeks in numbers; answers are written within the daily blocks while they fit."""
    own = list_entries(plan.mix, *OWN)
    talk = [entry for entry in plan.mix.weeks if entry.move is not None and entry.move not in OWN]
    answering = _sum_hours(talk)
    return Fortnight(
        posts=len(own),
        offers=sum(entry.move is Move.OFFER for entry in own),
        talk=len(talk),
        making=_sum_hours(own),
        blocks=max(reckon_routine(plan), answering),
    )


def _sum_hours(entries: list[Planned] | tuple[Planned, ...]) -> float:
    """Hours a week that entries of two weeks take."""
    return sum(entry.minutes or 0 for entry in entries) / _MINUTES / WEEKS
