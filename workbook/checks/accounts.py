"""The accounts a plan means to keep, as checks of several steps look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import find_question
from workbook.fit.fates import Use, is_silent, judge_use
from workbook.steps.goals.answers import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.checks.check import Case
    from workbook.steps.start.answers import Account


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
