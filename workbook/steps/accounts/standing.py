"""How an account stands: alive or silent, at risk or not, and on whom it hangs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from workbook.checks.accounts import (
    count_rough_silence,
    index_holdings,
    is_open_to_leavers,
    is_shut_out,
    is_way_lost,
)
from workbook.content import default_of
from workbook.steps.accounts.answers import Holding, Login, SecondFactor
from workbook.values import UNKNOWN, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from workbook.checks.accounts import AccountEntry
    from workbook.plan import Plan

STEP: Final = "accounts"
INVENTORY: Final = f"{STEP}.inventory"


class Standing(StrEnum):
    """Whether an account is alive, by its silence."""

    ACTIVE = "active"
    QUIET = "quiet"
    DORMANT = "dormant"
    ABANDONED = "abandoned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an account is at risk: the id of the fault, and its points."""

    id: str
    points: float


@dataclass(frozen=True, slots=True)
class Risk:
    """How easily an account is lost or misused."""

    reasons: tuple[Reason, ...]
    open_points: float
    """The points that answers still missing could add at most."""

    @property
    def points(self) -> float:
        """The points of all its faults."""
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """Somebody without whom accounts are closed to everybody else."""

    name: str
    accounts: tuple[str, ...]
    """The ids of the accounts that only this person can change."""


def judge_standing(
    plan: Plan, account: AccountEntry, holding: Holding | None, today: date
) -> Standing:
    """How an account stands, by the day of its last post, else by the rough answer.

    Args:
        plan: The plan, for the numbers of days it goes by.
        account: The account.
        holding: Its entry in the register, if there is one.
        today: The day from which the silence is counted.

    Returns:
        Active, quiet, dormant or abandoned; abandoned too where nobody can get in; unknown where
        nothing was said, or where the day of the last post is still to come.
    """
    if is_shut_out(account):
        return Standing.ABANDONED
    days = count_silence(account, holding, today)
    if days is None:
        return Standing.UNKNOWN
    limits = {
        Standing.ABANDONED: default_of(plan, f"{STEP}.abandoned_days"),
        Standing.DORMANT: default_of(plan, "start.dormant_days"),
        Standing.QUIET: default_of(plan, "start.quiet_days"),
    }
    return next((name for name, most in limits.items() if days > most), Standing.ACTIVE)


def count_silence(account: AccountEntry, holding: Holding | None, today: date) -> float | None:
    """Days since the last post: exact if its day is known, else at least; None if unknown."""
    if holding and holding.last_post and holding.last_post <= today:
        return (today - holding.last_post).days
    return count_rough_silence(account)


# -- risk --------------------------------------------------------------------------------------


def weigh_risk(plan: Plan, account: AccountEntry, holding: Holding | None) -> Risk:
    """The faults of an account with their points, and what is still open.

    Args:
        plan: The plan, for the points of each fault: its own, or ours.
        account: The account.
        holding: Its entry in the register, if there is one.
    """
    told = holding or Holding(id=account.id)
    faults = dict(_list_faults(account, told))
    points = {name: default_of(plan, f"{STEP}.{name}") for name in faults}
    reasons = tuple(Reason(name, points[name]) for name, is_so in faults.items() if is_so)
    unsaid = sum(points[name] for name, is_so in faults.items() if is_so is None)
    return Risk(reasons, unsaid)


def is_at_risk(plan: Plan, risk: Risk) -> bool:
    """Whether an account is at risk: by all its faults together, or by a grave one alone."""
    high, grave = (default_of(plan, f"{STEP}.{name}") for name in ("risk_high", "risk_grave"))
    return risk.points >= high > 0 or any(r.points >= grave > 0 for r in risk.reasons)


def list_without_second(plan: Plan) -> tuple[AccountEntry, ...]:
    """The accounts the register has an entry for that says nothing of a second person."""
    known = index_holdings(plan)
    return tuple(a for a in plan.start.accounts if a.id in known and known[a.id].second is None)


def _list_faults(account: AccountEntry, told: Holding) -> Iterator[tuple[str, bool | None]]:
    """Each fault with whether it is there; None where nobody said."""
    yield "risk_one_admin", None if told.second is None else told.second == UNKNOWN
    yield "risk_personal_login", _is_any(told.login, Login.PERSON, Login.GONE)
    yield "risk_no_second_factor", _is_any(told.second_factor, SecondFactor.NONE)
    yield "risk_owner_left", is_open_to_leavers(account)
    shut = is_way_lost(account)
    place = told.password_place
    yield "risk_unknown_password", shut or (None if place is None else place == UNKNOWN)
    yield "risk_shared_password", _is_any(told.shared, YesNo.YES)
    yield "risk_impostor", _is_any(told.impostor, YesNo.YES)


def _is_any(answer: StrEnum | None, *faults: StrEnum) -> bool | None:
    return None if answer is None or answer == UNKNOWN else answer in faults


# -- people ------------------------------------------------------------------------------------


def list_key_people(plan: Plan) -> tuple[KeyPerson, ...]:
    """Everybody on whom accounts hang alone, whoever holds the most first."""
    held: dict[str, list[str]] = {}
    names: dict[str, Counter[str]] = {}
    holdings = index_holdings(plan)
    for account in plan.start.accounts:
        holding = holdings.get(account.id)
        if holding is None or holding.second != UNKNOWN or holding.owner in (None, UNKNOWN):
            continue
        name = str(holding.owner)
        held.setdefault(name.casefold(), []).append(account.id)
        names.setdefault(name.casefold(), Counter())[name] += 1
    people = (KeyPerson(names[key].most_common(1)[0][0], tuple(ids)) for key, ids in held.items())
    return tuple(sorted(people, key=lambda person: -len(person.accounts)))


def list_unlisted(
    plan: Plan, holdings: Mapping[str, Holding] | None = None
) -> tuple[AccountEntry, ...]:
    """The accounts of which the register says nothing yet."""
    known = index_holdings(plan) if holdings is None else holdings
    empty = Holding(id="none")
    blank = {"id", "account"}
    return tuple(
        account
        for account in plan.start.accounts
        if all(
            getattr(known.get(account.id, empty), name) is None
            for name in Holding.model_fields
            if name not in blank
        )
    )
