"""Ninety days later: who came back to their plan, and what has moved since the room was closed.

Only those are looked at who agreed to it, and only from the moment the room is opened again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.checks import Status
from workbook.content import BASE_LANGUAGE
from workbook.discovery import read_toml
from workbook.workshop.board import (
    DEFAULTS,
    CommonFinding,
    label_seat,
    order_seats,
    title_findings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workbook.workshop.board import Heard, Told
    from workbook.workshop.state import Charter


@dataclass(frozen=True, slots=True)
class Moved:
    """What has moved at one participant who came back."""

    label: str
    completed: tuple[str, ...]
    """The steps that are completed now and were not then."""
    mended: tuple[str, ...]
    """The ids of findings there were then and are not now."""
    new: tuple[str, ...]
    """The ids of findings there are now and were not then."""
    reviewed: bool
    """Whether they put numbers of a review in."""


@dataclass(frozen=True, slots=True)
class Return:
    """Of those who agreed, who came back, and what moved."""

    agreed: int
    came: tuple[Moved, ...]
    mended: tuple[CommonFinding, ...]
    """Findings that are gone, with at how many, the most common first."""

    @property
    def reviewed(self) -> int:
        """How many put numbers of a review in."""
        return sum(moved.reviewed for moved in self.came)


def return_day(charter: Charter) -> date:
    """The day on which the room is to be opened again, by our default of ninety days."""
    days = float(read_toml(DEFAULTS)["return_days"]["value"])
    return (charter.starts_at + timedelta(days=days)).date()


def look_again(
    charter: Charter, heard: Sequence[Heard], *, language: str = BASE_LANGUAGE
) -> Return:
    """Who came back since the room was opened again, and what moved at each and at all."""
    agreed = [each for each in heard if each.earlier is not None]
    trios = [(each, each.earlier, each.told) for each in agreed if each.earlier and each.told]
    trios.sort(key=lambda trio: order_seats(charter, trio[0], trio[2]))
    came = tuple(_compare(charter, *trio, language) for trio in trios)
    titles = title_findings(language)
    counts = Counter(name for moved in came for name in moved.mended if name in titles)
    order = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    mended = tuple(CommonFinding(name, titles[name], count) for name, count in order)
    return Return(len(agreed), came, mended)


def _compare(charter: Charter, heard: Heard, before: Told, now: Told, language: str) -> Moved:
    done = [step for step, status in now.statuses.items() if status is Status.COMPLETED]
    return Moved(
        label=label_seat(charter, heard, now, language),
        completed=tuple(s for s in done if before.statuses.get(s) is not Status.COMPLETED),
        mended=tuple(name for name in before.findings if name not in now.findings),
        new=tuple(name for name in now.findings if name not in before.findings),
        reviewed=now.reviewed and not before.reviewed,
    )
