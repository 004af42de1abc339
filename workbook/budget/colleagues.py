"""What the hours in a place are for: clients, referrals and partners, or service; and why.

Hours among colleagues can be worth having, but they bring referrals and not clients. So a place
where more of the colleagues are than of the clients is booked for referrals, as is one of which the
business said that it serves them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from workbook.steps.audience.answers import Asked
from workbook.steps.goals.answers import Serves
from workbook.steps.time.answers import Purpose

if TYPE_CHECKING:
    from workbook.plan import Plan

_SERVICE = frozenset({Serves.SERVICE, Serves.RETENTION})


class Ground(StrEnum):
    """Why the hours in a place are for what they are for."""

    COUNTED = "counted"
    """Colleagues and clients were counted, and more of the colleagues are there."""
    SAID = "said"
    """The business said what the place serves."""
    USUAL = "usual"
    """Nothing says otherwise."""


class Meant(NamedTuple):
    """What the hours in a place are for, why, and the counts behind it."""

    purpose: Purpose
    ground: Ground
    peers: int = 0
    peers_asked: int = 0
    clients: int = 0
    clients_asked: int = 0


def find_purpose(plan: Plan, place: str) -> Meant:
    """What the hours in a place are for, by what was said of it and by who was counted there."""
    served = [why.serves for why in plan.goals.whys if why.platform == place and why.serves]
    peers, peers_asked = _count_peers(plan, place)
    clients, clients_asked = _count_clients(plan, place)
    more = clients_asked and peers_asked and peers * clients_asked > clients * peers_asked
    if more:
        counts = (peers, peers_asked, clients, clients_asked)
        return Meant(Purpose.PARTNERS, Ground.COUNTED, *counts)
    if Serves.REFERRALS in served:
        return Meant(Purpose.PARTNERS, Ground.SAID)
    if served and all(each in _SERVICE for each in served):
        return Meant(Purpose.SERVICE, Ground.SAID)
    said = any(each not in (Serves.NOTHING, Serves.UNKNOWN) for each in served)
    return Meant(Purpose.CLIENTS, Ground.SAID if said else Ground.USUAL)


def _count_peers(plan: Plan, place: str) -> tuple[int, int]:
    """How many colleagues were seen in a place, of how many; none where the counts cannot be."""
    seen, asked = dict(plan.audience.peers).get(place, 0), plan.audience.peers_asked or 0
    return (seen, asked) if seen <= asked else (0, 0)


def _count_clients(plan: Plan, place: str) -> tuple[int, int]:
    """How many clients named a place, of how many, over all groups.

    Of the questions it is the one that was put to most: what people use, or where they spend time.
    """
    found: dict[Asked, tuple[int, int]] = {}
    for tally in plan.audience.tallies:
        hits, asked = dict(tally.counts).get(place, 0), tally.asked or 0
        if tally.question and tally.question is not Asked.FOUND and hits <= asked:
            before = found.get(tally.question, (0, 0))
            found[tally.question] = (before[0] + hits, before[1] + asked)
    return max(found.values(), key=lambda counts: counts[1], default=(0, 0))
