"""What a place has turned out to be: a maker of clients, of partners, of both, or a hobby so far.

No place is judged before the days and hours that the plan asks for, ours being 60 and 10; until
then it is too early, and nobody is advised to close it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from workbook.content import default_of

if TYPE_CHECKING:
    from workbook.plan import Plan

LEAST_DAYS: Final = "measurement.verdict_days"
LEAST_HOURS: Final = "measurement.verdict_hours"


class Quadrant(StrEnum):
    """What came of the hours in a place."""

    BOTH = "both"
    CLIENTS = "clients"
    RELATIONS = "relations"
    HOBBY = "hobby"
    EARLY = "early"
    OPEN = "open"
    """Nobody counted enquiries or referrals."""


def find_quadrant(
    plan: Plan, leads: int | None, referrals: int | None, days: int, hours: float
) -> Quadrant:
    """What a place is by its enquiries and referrals, over the days and hours that are known.

    Where one of the two was not counted and the other is nought, nobody can tell.
    """
    if not leads and not referrals and None in (leads, referrals):
        return Quadrant.OPEN
    if days < default_of(plan, LEAST_DAYS) or hours < default_of(plan, LEAST_HOURS):
        return Quadrant.EARLY
    if leads and referrals:
        return Quadrant.BOTH
    if leads or referrals:
        return Quadrant.CLIENTS if leads else Quadrant.RELATIONS
    return Quadrant.HOBBY
