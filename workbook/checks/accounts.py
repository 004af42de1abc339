"""The accounts a plan means to keep, as checks of several steps look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workbook.content import default_of, find_question
from workbook.fit.fates import Use, is_silent, judge_use
from workbook.steps.goals.answers import Decision
from workbook.steps.start.answers import Access, Silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from workbook.checks.check import Case
    from workbook.plan import Plan
    from workbook.steps.accounts.answers import Holding
    from workbook.steps.start.answers import Account

_BY_LENGTH = (Silence.MONTH, Silence.QUARTER, Silence.YEAR, Silence.LONGER, Silence.NEVER)


_SHUT_OUT = frozenset({Access.LEFT, Access.NOBODY})


class AccountEntry(Protocol):
    """An account as the first step lists it, for steps that may not import that one."""

    @property
    def id(self) -> str:
        """What other steps call it by."""
        ...

    @property
    def platform(self) -> str | None:
        """The place it is in."""
        ...

    @property
    def handle(self) -> str | None:
        """Its name there."""
        ...

    @property
    def last_posted(self) -> Silence | None:
        """The rough answer to how long it has been silent."""
        ...

    @property
    def access(self) -> tuple[Access, ...]:
        """Who can get in."""
        ...


def is_shut_out(account: AccountEntry) -> bool:
    """Whether nobody who works there can get into an account."""
    return bool(account.access) and set(account.access) <= _SHUT_OUT


def is_way_lost(account: AccountEntry) -> bool:
    """Whether it was said that nobody can get into an account."""
    return Access.NOBODY in account.access


def is_open_to_leavers(account: AccountEntry) -> bool | None:
    """Whether somebody who left can still get in; None where nobody said who can."""
    return Access.LEFT in account.access if account.access else None


def count_rough_silence(account: AccountEntry) -> float | None:
    """Days without a post at the least, by the rough answer; None where it is not known."""
    said = account.last_posted
    return None if said is None or said is Silence.UNKNOWN else said.days


def index_holdings(plan: Plan) -> Mapping[str, Holding]:
    """The entry of the register for each account, by the account's id, the first of several."""
    found: dict[str, Holding] = {}
    for holding in plan.accounts.inventory:
        found.setdefault(holding.account or holding.id, holding)
    return found


def settle_silence(plan: Plan, today: date) -> Plan:
    """A plan in which the exact day of a last post stands for the rough answer.

    Args:
        plan: The plan; where no day is given, or one that is still to come, the rough answer stays.
        today: The day from which the silence is counted.

    Returns:
        The plan as checks and documents look at it; it is not to be saved.
    """
    days = {
        account: (today - holding.last_post).days
        for account, holding in index_holdings(plan).items()
        if holding.last_post and holding.last_post <= today
    }
    if not days:
        return plan
    most = default_of(plan, "start.dormant_days")
    settled = tuple(
        account.model_copy(update={"last_posted": _name_silence(days[account.id], most)})
        if account.id in days
        else account
        for account in plan.start.accounts
    )
    return plan.model_copy(update={"start": plan.start.model_copy(update={"accounts": settled})})


def _name_silence(days: int, most: float) -> Silence:
    """The rough answer for days of silence, and on the same side of the limit as the days are."""
    true = max((s for s in _BY_LENGTH[:-1] if days >= s.days), key=_BY_LENGTH.index)
    if (days > most) is (true.days > most):
        return true
    if days > most:
        return min((s for s in _BY_LENGTH if s.days > most), key=_BY_LENGTH.index)
    return max((s for s in _BY_LENGTH if s.days <= most), key=_BY_LENGTH.index)


def is_used(case: Case) -> bool:
    """Whether it is decided that the business uses social media."""
    return case.plan.goals.decision is Decision.USE


def is_dormant(case: Case, account: Account) -> bool:
    """Whether an account has been silent so long that something should become of it."""
    return is_silent(case.plan, account)


def is_idle(case: Case, account: Account) -> bool:
    """Whether an account is not in use: as was decided, and by its silence where nothing was."""
    return judge_use(case.plan, account.platform, account) is not Use.IN_USE


def list_in_use(case: Case) -> tuple[Account, ...]:
    """The accounts that the plan means to use."""
    return tuple(a for a in case.plan.start.accounts if a.platform and not is_idle(case, a))


def name_place(case: Case, account: Account) -> str:
    """The place of an account, with its name there where the place alone could be another."""
    question = find_question("start.accounts.any.platform", case.language)
    place = question.label_of(account.platform) if account.platform else ""
    there = [a for a in case.plan.start.accounts if a.platform == account.platform]
    return f"{place} {account.handle}" if len(there) > 1 and account.handle else place


def name_places(case: Case, accounts: Iterable[Account]) -> str:
    """Several places, each named once."""
    return ", ".join(dict.fromkeys(name_place(case, account) for account in accounts))
