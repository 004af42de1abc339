"""What participants tell of themselves, and the board that shows the facilitator who is where.

What is told is progress: where each step stands, at which step somebody is and since when, and
which findings there are in steps that were begun, by their ids. No answer is in it.
"""

from __future__ import annotations

import hmac
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from workbook.checks import Status, measure_progress
from workbook.content import BASE_LANGUAGE, load_steps, load_words
from workbook.discovery import read_toml
from workbook.values import Frozen
from workbook.workshop.prompts import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.checks import Finding, Progress
    from workbook.plan import OwnSeat, Plan
    from workbook.workshop.state import Charter

DEFAULTS = "workshop/defaults.toml"


class Told(Frozen):
    """What one participant tells the facilitator."""

    name: Annotated[str, Field(max_length=60)] = ""
    statuses: dict[str, Status] = {}  # noqa: RUF012 - pydantic copies it
    """Where each step stands, by its id."""
    mark: Annotated[str, Field(max_length=16)] = ""
    """Something else with every answer, that tells nothing of it: keyed with the seat's own key."""
    step: str = ""
    """The step they are at; empty on a page that belongs to none."""
    since: datetime
    """Since when there was no new answer and no other step."""
    at: datetime
    """When this was told."""
    findings: tuple[str, ...] = ()
    """The ids of what the checks find in steps that were begun, each once."""
    reviewed: bool = False
    """Whether numbers of a review are in."""
    plan_key: Annotated[str, Field(max_length=22)] = ""
    """The key of a link that reads the plan, where answers may be seen too."""
    returns: bool = False
    """Whether the facilitator may look again in ninety days."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was told from one seat, now and before the room was closed."""

    seat: str
    """The name of the seat's row; it tells nothing of whose it is."""
    told: Told | None
    earlier: Told | None = None
    number: int = 0
    """The how manieth they came to the room, which stays theirs; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One participant on the board."""

    seat: str
    label: str
    """Their name, or a number where they stay nameless."""
    statuses: Mapping[str, Status]
    step: str
    idle: timedelta
    """How long there was no new answer."""
    is_stuck: bool
    """Whether they sit at one step for long with the page on their screen."""
    is_away: bool
    """Whether nothing was heard from their page for some minutes: closed, or out of sight."""
    plan_key: str
    """The key of a link that reads their plan; empty where only progress is seen."""

    @property
    def completed(self) -> int:
        """How many steps are completed."""
        return sum(status is Status.COMPLETED for status in self.statuses.values())


@dataclass(frozen=True, slots=True)
class CommonFinding:
    """A finding, with how many in the room have it."""

    id: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Board:
    """Who is where, what is found most often, and who is stuck."""

    rows: tuple[BoardRow, ...]
    steps: Mapping[str, Mapping[Status, int]]
    """How many stand where, by step and status."""
    findings: tuple[CommonFinding, ...]
    """The most common one first; only what as many have as a spread is shown from."""
    silent: int
    """How many are in the room and have told nothing."""

    @property
    def stuck(self) -> tuple[BoardRow, ...]:
        """Who is stuck, the longest first."""
        return tuple(sorted((row for row in self.rows if row.is_stuck), key=_by_idle))


def _by_idle(row: BoardRow) -> tuple[timedelta, str]:
    return -row.idle, row.label


def tell(
    plan: Plan,
    findings: Iterable[Finding],
    seat: OwnSeat,
    *,
    step: str,
    plan_key: str = "",
    before: Told | None,
    now: datetime,
) -> Told:
    """What somebody tells now.

    Args:
        plan: Their plan.
        findings: What the checks find in it.
        seat: Their seat, which says what may be seen.
        step: The step they are at; empty on a page that belongs to none.
        plan_key: The key of the link that reads the plan, where answers may be seen too.
        before: What they told last; None the first time.
        now: The present moment.
    """
    found = tuple(findings)
    progress = {each.id: measure_progress(plan, each, found) for each in load_steps()}
    mark = _mark(plan, seat)
    same = before is not None and (before.step, before.mark) == (step, mark)
    return Told(
        name=seat.name,
        statuses={name: each.status for name, each in progress.items()},
        mark=mark,
        step=step,
        since=before.since if before is not None and same else now,
        at=now,
        findings=tuple(dict.fromkeys(each.id for each in found if _is_begun(progress, each.step))),
        reviewed=progress["review"].begun,
        plan_key=plan_key if seat.shows_answers else "",
        returns=seat.returns,
    )


def _is_begun(progress: Mapping[str, Progress], step: str) -> bool:
    return step in progress and progress[step].begun


def _mark(plan: Plan, seat: OwnSeat) -> str:
    answers = plan.model_copy(update={"seat": None}).model_dump_json()
    return hmac.new(seat.key.encode(), answers.encode(), "sha256").hexdigest()[:16]


def is_news(told: Told, before: Told | None) -> bool:
    """Whether there is anything to tell; now and then, that the page is still on screen."""
    if before is None or is_due(before, told.at):
        return True
    return told.model_copy(update={"at": before.at}) != before


def is_due(before: Told, now: datetime) -> bool:
    """Whether it is time to tell again that the page is still on screen."""
    return now - before.at >= _read_minutes("beat_minutes")


def make_board(
    charter: Charter, heard: Sequence[Heard], *, now: datetime, language: str = BASE_LANGUAGE
) -> Board:
    """The board of what was told so far, in the order of names; the nameless stand at the end."""
    told = [(each, each.told) for each in heard if each.told is not None]
    named = sorted(told, key=lambda each: order_seats(charter, *each))
    rows = [_draw_row(charter, *each, now=now, language=language) for each in named]
    return Board(
        rows=tuple(rows),
        steps=_count_steps(rows),
        findings=_count_findings([one for _, one in told], language),
        silent=len(heard) - len(told),
    )


def _draw_row(
    charter: Charter, heard: Heard, told: Told, *, now: datetime, language: str
) -> BoardRow:
    idle = max(now - told.since, timedelta())
    is_away = now - told.at >= _read_minutes("away_minutes")
    is_idle = bool(told.step) and idle >= timedelta(minutes=charter.idle_minutes)
    return BoardRow(
        seat=heard.seat,
        label=label_seat(charter, heard, told, language),
        statuses=told.statuses,
        step=told.step,
        idle=idle,
        is_stuck=is_idle and not is_away,
        is_away=is_away,
        plan_key=told.plan_key,
    )


def label_seat(charter: Charter, heard: Heard, told: Told, language: str = BASE_LANGUAGE) -> str:
    """What somebody is called: their name, or the number that is theirs while the room lasts."""
    nameless = load_words(WORDS, language)["board"]["nameless"]
    return (told.name if charter.shows_names else "") or nameless.format(number=heard.number)


def order_seats(charter: Charter, heard: Heard, told: Told) -> tuple[bool, str, int, str]:
    """By the alphabet of names, then the nameless by their numbers."""
    shown = told.name if charter.shows_names else ""
    return not shown, shown.casefold(), heard.number, heard.seat


def _count_steps(rows: Iterable[BoardRow]) -> dict[str, dict[Status, int]]:
    counted: dict[str, Counter[Status]] = {step.id: Counter() for step in load_steps()}
    for row in rows:
        for step, status in row.statuses.items():
            if step in counted:
                counted[step][status] += 1
    return {step: dict(counts) for step, counts in counted.items()}


def _count_findings(told: Iterable[Told], language: str) -> tuple[CommonFinding, ...]:
    """What is found, in the words of a finding that hold for any plan, the most common first.

    What fewer have than a spread is shown from is left out: it would be told of single people.
    """
    titles, least = title_findings(language), int(read_toml(DEFAULTS)["spread_least"]["value"])
    counts = Counter(name for one in told for name in one.findings if name in titles)
    return tuple(
        CommonFinding(name, titles[name], count)
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        if count >= least
    )


def title_findings(language: str = BASE_LANGUAGE) -> dict[str, str]:
    """What each finding of a step says, with a dash where a plan's own words would stand."""
    return {
        name: _blank(text.what)
        for step in load_steps(language)
        for name, text in step.findings.items()
    }


def _blank(text: str) -> str:
    return text.format_map(_Blanks())


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def default_idle() -> float:
    """Minutes after which somebody counts as stuck, by our default."""
    return float(read_toml(DEFAULTS)["idle_minutes"]["value"])


def _read_minutes(name: str) -> timedelta:
    return timedelta(minutes=float(read_toml(DEFAULTS)[name]["value"]))
