"""What becomes of each account: what was decided, else what the choice of places says of it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.content import default_of
from workbook.fit.effort import BASE
from workbook.steps.goals.answers import Serves
from workbook.steps.platform_fit.answers import Action
from workbook.steps.start.answers import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan
    from workbook.steps.platform_fit.answers import Fate
    from workbook.steps.start.answers import Account

CLOSING = frozenset({Action.PARK, Action.MERGE, Action.ARCHIVE, Action.DELETE})
"""What takes an account out of use."""


class Use(StrEnum):
    """How a plan means to use an account, and why."""

    IN_USE = "in_use"
    CLOSING = "closing"
    """It is to be parked, merged or closed."""
    LOST = "lost"
    """It has to be won back first."""
    NOT_CHOSEN = "not_chosen"
    """Places were chosen, and its place is none of them."""
    LEFT_OUT = "left_out"
    """Its place serves nothing so far."""
    DORMANT = "dormant"
    UNKNOWN = "unknown"
    """Nobody knows when it last posted; while nobody was asked, it counts as in use."""


def list_named(plan: Plan) -> tuple[str, ...]:
    """The places chosen, the first one first, each once; empty while none is chosen."""
    said = plan.platform_fit
    named = (said.first, *(place.platform for place in said.further))
    return tuple(dict.fromkeys(place for place in named if place))


class Decided(NamedTuple):
    """An account of which something is decided, and what."""

    fate: Fate
    account: Account
    action: Action


def list_decided(plan: Plan) -> Iterator[Decided]:
    """Each entry that decides something, with the account that it is about."""
    accounts = {account.id: account for account in plan.start.accounts}
    for fate in plan.platform_fit.fates:
        account = accounts.get(belongs_to(fate))
        if account and fate.action:
            yield Decided(fate, account, fate.action)


def find_fate(plan: Plan, account: str) -> Fate | None:
    """What becomes of the account with an id; the decided one where there are several entries."""
    return _index_fates(_Same(plan.platform_fit.fates)).get(account)


class _Same:
    """Entries that count as equal when they are the very same, so that looking is quick."""

    __slots__ = ("entries",)

    def __init__(self, entries: tuple[Fate, ...]) -> None:
        self.entries = entries

    def __hash__(self) -> int:
        return id(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.entries is other.entries


@lru_cache(maxsize=4)
def _index_fates(same: _Same) -> dict[str, Fate]:
    """What becomes of each account; every check asks for it, and there may be hundreds."""
    found: dict[str, Fate] = {}
    for fate in same.entries:
        known = found.get(belongs_to(fate))
        if known is None or (fate.action and not known.action):
            found[belongs_to(fate)] = fate
    return found


def belongs_to(fate: Fate) -> str:
    """The id of the account that an entry is about: as it says, else that of the entry."""
    return fate.account or fate.id


def judge_use(plan: Plan, platform: str | None, account: Account | None = None) -> Use:
    """How an account is meant to be used: what was decided first, its silence last.

    Args:
        plan: The plan.
        platform: The place it is in.
        account: The account; None where only the place of a profile is known.

    Returns:
        What its own fate says; else whether its place was chosen, once places are chosen; else
        whether its place serves nothing, it is dormant, or nobody knows whether it is.
    """
    fate = find_fate(plan, account.id) if account else None
    action = fate.action if fate else None
    if action in CLOSING:
        return Use.CLOSING
    if action is Action.RECOVER:
        return Use.LOST
    if action is Action.KEEP:
        return Use.IN_USE
    named = list_named(plan)
    if named and platform not in BASE:
        return Use.IN_USE if platform in named else Use.NOT_CHOSEN
    return _judge_undecided(plan, platform, account)


def _judge_undecided(plan: Plan, platform: str | None, account: Account | None) -> Use:
    if serves_nothing(plan, platform):
        return Use.LEFT_OUT
    if account and account.last_posted is Silence.UNKNOWN:
        return Use.UNKNOWN
    return Use.DORMANT if account and is_silent(plan, account) else Use.IN_USE


def serves_nothing(plan: Plan, platform: str | None) -> bool:
    """Whether a place was looked at, and every reason for it serves nothing."""
    whys = [why for why in plan.goals.whys if why.platform and why.platform == platform]
    return bool(whys) and all(why.serves is Serves.NOTHING for why in whys)


def is_silent(plan: Plan, account: Account) -> bool:
    """Whether an account has been silent so long that something should become of it."""
    silence = account.last_posted
    return silence is not None and silence.days > default_of(plan, "start.dormant_days")
