"""Checks that hold accounts against the reasons for places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Severity, check
from workbook.content import find_question
from workbook.fit.fates import Use, judge_use, list_named
from workbook.steps.goals.answers import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator


@check("account-without-why", Severity.WARN)
def account_without_why(case: Case) -> Iterator[Found]:
    """An account is in a place for which no reason is given, unless social media waits.

    Once places are chosen, the reason is asked for there, and what becomes of the other accounts
    is decided one by one.
    """
    if case.plan.goals.decision is Decision.NOT_NOW or list_named(case.plan):
        return
    reasoned = {why.platform for why in case.plan.goals.whys}
    seen = set(reasoned)
    for account in case.plan.start.accounts:
        open_ = judge_use(case.plan, account.platform, account) not in (Use.CLOSING, Use.LOST)
        if open_ and account.platform and account.platform not in seen:
            seen.add(account.platform)
            question = find_question("goals.whys.any.platform", case.language)
            yield Found("goals.whys", {"place": question.label_of(account.platform)})
