"""Checks that hold the register of accounts against the places chosen, the fates and the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place as name_platform
from workbook.checks.accounts import index_holdings, is_idle, is_used, name_place, name_places
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import load_words
from workbook.fit.effort import BASE
from workbook.fit.fates import CLOSING, list_decided, list_named
from workbook.steps.platform_fit.answers import Action
from workbook.steps.start.answers import Access
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "checks/across/accounts_places.toml"
_MOST_NAMED = 3


@check("hours-for-idle-account", Severity.WARN)
def hours_for_idle_account(case: Case) -> Iterator[Found]:
    """Hours are booked for a place in which every account is silent, closing or lost.

    Once places are chosen, blocks are held against those.
    """
    if not is_used(case) or list_named(case.plan):
        return
    told = set()
    for block in case.plan.time.blocks:
        there = [a for a in case.plan.start.accounts if a.platform == block.platform]
        if block.platform in told or not there or not all(is_idle(case, a) for a in there):
            continue
        told.add(block.platform)
        values = {
            "place": name_platform(block.platform or "", case.language),
            "accounts": name_places(case, there[:_MOST_NAMED]),
        }
        yield Found(f"time.blocks.{block.id}.platform", values, rests_on=("start.accounts",))


@check("chosen-place-hangs-on-one", Severity.WARN)
def chosen_place_hangs_on_one(case: Case) -> Iterator[Found]:
    """The place that was chosen first has one account, and one person alone can change it."""
    first, holdings = case.plan.platform_fit.first, index_holdings(case.plan)
    there = [a for a in case.plan.start.accounts if a.platform == first and first not in BASE]
    if not is_used(case) or first is None or len(there) != 1:
        return
    held = holdings.get(there[0].id)
    if held and held.second == UNKNOWN and held.owner not in (None, UNKNOWN):
        values = {"account": name_place(case, there[0]), "name": str(held.owner)}
        yield Found(f"accounts.inventory.{held.id}.second", values)


@check("fate-without-way-in", Severity.WARN)
def fate_without_way_in(case: Case) -> Iterator[Found]:
    """Something is to be done in an account, and nobody knows where its password is."""
    holdings = index_holdings(case.plan)
    for fate, account, action in list_decided(case.plan) if is_used(case) else ():
        held = holdings.get(account.id)
        unknown = held is not None and held.password_place == UNKNOWN
        told = Access.NOBODY in account.access
        if unknown and not told and action in {Action.KEEP, *CLOSING}:
            path = f"platform_fit.fates.{fate.id}.action"
            words = load_words(WORDS, case.language)["findings"]["fate-without-way-in"]
            offer = Offer(label=str(words["offer"]), answers=((path, Action.RECOVER.value),))
            yield Found(path, {"account": name_place(case, account)}, (offer,))


@check("closing-serves-goal", Severity.NOTE)
def closing_serves_goal(case: Case) -> Iterator[Found]:
    """An account is to be parked or closed, and the register says that it serves a goal."""
    holdings = index_holdings(case.plan)
    for _, account, action in list_decided(case.plan) if is_used(case) else ():
        held = holdings.get(account.id)
        if held is not None and held.goal and action in CLOSING:
            path = f"accounts.inventory.{held.id}.goal"
            words = load_words(WORDS, case.language)["findings"]["closing-serves-goal"]
            offer = Offer(label=str(words["offer"]), answers=((path, ""),))
            yield Found(path, {"account": name_place(case, account)}, (offer,))
