"""What we propose for each account, and why: from the places chosen and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.fit.effort import BASE
from workbook.fit.fates import (
    belongs_to,
    find_fate,
    is_silent,
    list_named,
    serves_nothing,
)
from workbook.steps.platform_fit.answers import Action
from workbook.steps.start.answers import Access, Silence

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from workbook.plan import Plan
    from workbook.steps.start.answers import Account

WORDS = "steps/platform_fit/fates.toml"
FATES = "platform_fit.fates"
DAYS = "platform_fit.fate_days"
_SHUT_OUT = frozenset({Access.LEFT, Access.NOBODY})
_POINTING = frozenset({Action.PARK, Action.MERGE})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What we propose for an account, and because of what."""

    account: Account
    action: Action
    reason: str
    """The key of its words in ``fates.toml``."""
    leads_to: str = ""
    """The place it should point to, where it is one that points."""

    def because(self, language: str = BASE_LANGUAGE) -> str:
        """Why, as a sentence."""
        return str(load_words(WORDS, language)["because"][self.reason])

    def name_action(self, language: str = BASE_LANGUAGE) -> str:
        """What is proposed, within a sentence."""
        return str(load_words(WORDS, language)["proposed"][self.action.value])


def propose(plan: Plan) -> tuple[Proposal, ...]:
    """What we propose for each account of a plan, in the order of the accounts."""
    return tuple(_propose(plan, account) for account in plan.start.accounts)


def list_open(plan: Plan) -> tuple[Proposal, ...]:
    """The proposals for accounts of which nothing is decided yet."""
    return tuple(p for p in propose(plan) if not _is_decided(plan, p.account.id))


def _is_decided(plan: Plan, account: str) -> bool:
    fate = find_fate(plan, account)
    return bool(fate and fate.action)


def _propose(plan: Plan, account: Account) -> Proposal:
    action, reason = _judge(plan, account)
    named = list_named(plan)
    leads_to = named[0] if action in _POINTING and named else ""
    if action is Action.MERGE and account.platform in {*named, *BASE}:
        leads_to = str(account.platform)
    return Proposal(account, action, reason, leads_to)


def _judge(plan: Plan, account: Account) -> tuple[Action, str]:
    if account.access and set(account.access) <= _SHUT_OUT:
        return Action.RECOVER, "no_access"
    if account.platform in BASE:
        return Action.KEEP, "base"
    never = account.last_posted is Silence.NEVER
    chosen = account.platform in list_named(plan) and plan.goals.decision != "not_now"
    if _find_livelier(plan, account):
        return (Action.DELETE, "never") if never else (Action.MERGE, "twice")
    if chosen:
        return Action.KEEP, _tell_chosen(plan, account)
    return (Action.DELETE, "never") if never else _judge_outside(plan, account)


def _tell_chosen(plan: Plan, account: Account) -> str:
    if account.last_posted is Silence.UNKNOWN:
        return "chosen_unknown"
    return "chosen_silent" if is_silent(plan, account) else "chosen"


def _judge_outside(plan: Plan, account: Account) -> tuple[Action, str]:
    """What to do with an account that posted, in a place that was not chosen so far."""
    reasons = {
        "waits": plan.goals.decision == "not_now",
        "not_chosen": bool(list_named(plan)),
        "left_out": serves_nothing(plan, account.platform),
        "silent": is_silent(plan, account),
    }
    reason = next((name for name, holds in reasons.items() if holds), "")
    if reason:
        return Action.PARK, reason
    return Action.KEEP, "unknown" if account.last_posted is Silence.UNKNOWN else "alive"


def _find_livelier(plan: Plan, account: Account) -> bool:
    """Whether the same place has an account that posted later, or as late and stands before it."""
    there = [a for a in plan.start.accounts if a.platform == account.platform]
    if not account.platform or account.platform == "other" or len(there) == 1:
        return False
    best = min(there, key=_silence)
    return best != account


def _silence(account: Account) -> tuple[bool, float]:
    """How long an account has been silent, one that nobody can get into last.

    One of which nobody knows comes after those known to be alive, and before those that are not.
    """
    shut = bool(account.access) and set(account.access) <= _SHUT_OUT
    if account.last_posted is Silence.UNKNOWN:
        return shut, Silence.QUARTER.days + 1
    return shut, account.last_posted.days if account.last_posted else 0


def enter(plan: Plan, today: date) -> list[dict[str, Any]]:
    """What becomes of accounts with our proposals for those that are open; the days are ours.

    Args:
        plan: The plan.
        today: The day from which the days are counted.

    Returns:
        The whole list as one answer; what was decided already stays as it is. An entry is called
        by its account's own id.
    """
    due = today + timedelta(days=int(default_of(plan, DAYS)))
    found = {belongs_to(fate): fate.model_dump(mode="json") for fate in plan.platform_fit.fates}
    for proposal in list_open(plan):
        account = proposal.account.id
        said = found.setdefault(account, {"id": account})
        said |= {"account": account, "action": proposal.action.value}
        if proposal.leads_to and not said.get("leads_to"):
            said["leads_to"] = proposal.leads_to
        if proposal.action is not Action.KEEP and not said.get("due"):
            said["due"] = due.isoformat()
    return list(found.values())
