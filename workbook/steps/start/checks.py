"""What can be wrong with the week and the accounts of a business."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from workbook.budget.need import Need, is_signed, list_kept, reckon_need
from workbook.checks.accounts import is_dormant, is_idle
from workbook.checks.check import Case, Found, Severity, check
from workbook.content import find_question, load_words
from workbook.fit.fates import Use, find_fate, judge_use, list_named
from workbook.fit.phrases import write_hours
from workbook.plan import read_answer
from workbook.steps.start.answers import Access, Account, Analytics, Silence
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.plan import Plan

_PHRASES = "steps/start/phrases.toml"
_HOURS = "start.hours_per_week"
_SECOND = 1 / 3600


def _path(account: Account, field: str) -> str:
    return f"start.accounts.{account.id}.{field}"


def _name(account: Account, case: Case) -> str:
    """How an account is called in a sentence: its place, and its name there."""
    question = find_question(_path(account, "platform"), case.language)
    place = question.label_of(account.platform) if account.platform else ""
    nameless = str(load_words(_PHRASES, case.language)["nameless"])
    return " ".join(part for part in (place, account.handle) if part) or nameless


def _waits(case: Case) -> bool:
    """Whether the plan is to do without social media for now."""
    return bool(case.answer("goals.decision") == "not_now")


@check("hours-unknown", Severity.BLOCK)
def hours_unknown(case: Case) -> Iterator[Found]:
    """Nobody knows the hours there are, unless social media waits."""
    if case.answer(_HOURS) is None and not _waits(case):
        yield Found(_HOURS)


class _Held(NamedTuple):
    """What the accounts in use need, the hours there are, and the least that one place needs."""

    need: Need
    available: float
    least: float


def _hold_hours(case: Case) -> _Held | None:
    """The hours there are against what the accounts in use need; None where that is not held.

    Once places are chosen, the hours are held against those; and while social media waits, or
    somebody signed for what is missing, against nothing.
    """
    if _waits(case) or list_named(case.plan) or is_signed(case.plan):
        return None
    need = reckon_need(case.plan)
    if need.available is None:
        return None
    hours = need.available
    kept = list_kept(case.plan)
    by_place = need.sum_by_place()
    if not kept:
        usual = case.default("start.shared_hours") + case.default("start.account_hours")
        return _Held(need, hours, usual)
    least = min(by_place[place] for place in kept)
    return _Held(need, hours, need.hours - sum(by_place[place] for place in kept) + least)


@check("hours-too-few", Severity.BLOCK)
def hours_too_few(case: Case) -> Iterator[Found]:
    """The accounts in use need more hours than there are, unless social media waits.

    It is the same reckoning as that of the week. Once places are chosen, it is held there.
    """
    held = _hold_hours(case)
    if held is not None and held.need.over and held.available + _SECOND >= held.least:
        need = held.need
        values = {
            "hours": write_hours(held.available, case.language),
            "needed": write_hours(need.hours, case.language),
        }
        accounts = _count_in_use(case)
        fit = _count_fitting(case.plan, need)
        yield Found(_HOURS, {**values, "accounts": accounts, "fit": fit})


def _count_in_use(case: Case) -> int:
    return sum(bool(each.platform) and not is_idle(case, each) for each in case.plan.start.accounts)


def _count_fitting(plan: Plan, need: Need) -> int:
    """How many of the places in use the hours carry, those that take least before others."""
    by_place, kept = need.sum_by_place(), list_kept(plan)
    each = sorted(by_place[place] for place in kept)
    left = (need.available or 0.0) - need.hours + sum(each)
    return sum(used <= left for used in accumulate(each))


@check("hours-too-few-for-one", Severity.BLOCK)
def hours_too_few_for_one(case: Case) -> Iterator[Found]:
    """The hours do not carry a single place, unless social media waits or a place is chosen."""
    held = _hold_hours(case)
    if held is not None and held.available + _SECOND < held.least:
        hours = write_hours(held.available, case.language)
        yield Found(_HOURS, {"hours": hours, "needed": write_hours(held.least, case.language)})


@check("nobody-in-charge", Severity.WARN)
def nobody_in_charge(case: Case) -> Iterator[Found]:
    """Nobody in particular looks after social media."""
    if read_answer(case.plan, "start.who") == UNKNOWN:
        yield Found("start.who")


@check("access-lost", Severity.WARN)
def access_lost(case: Case) -> Iterator[Found]:
    """Nobody can get into an account, and it is not decided yet to win it back."""
    for account in case.plan.start.accounts:
        won_back = judge_use(case.plan, account.platform, account) is Use.LOST
        if Access.NOBODY in account.access and not won_back:
            yield Found(_path(account, "access"), {"account": _name(account, case)})


@check("access-after-leaving", Severity.WARN)
def access_after_leaving(case: Case) -> Iterator[Found]:
    """Somebody who has left can still get into an account."""
    for account in case.plan.start.accounts:
        if Access.LEFT in account.access:
            yield Found(_path(account, "access"), {"account": _name(account, case)})


@check("account-without-reason", Severity.WARN)
def account_without_reason(case: Case) -> Iterator[Found]:
    """Nobody knows why an account was opened that is to stay."""
    for account in case.plan.start.accounts:
        if account.opened_because == UNKNOWN and not _is_going(case, account):
            yield Found(_path(account, "opened_because"), {"account": _name(account, case)})


def _is_going(case: Case, account: Account) -> bool:
    """Whether it is decided that an account is parked, merged, closed or won back."""
    return judge_use(case.plan, account.platform, account) in (Use.CLOSING, Use.LOST)


def _is_asked_there(case: Case, account: Account) -> bool:
    """Whether what becomes of an account is decided, or asked for, where places are chosen."""
    asked = bool(list_named(case.plan)) and find_fate(case.plan, account.id) is None
    return asked or _is_going(case, account)


@check("account-dormant", Severity.WARN)
def account_dormant(case: Case) -> Iterator[Found]:
    """An account has been silent so long that something should become of it, and nothing does.

    One that is kept stays silent until it posts again.
    """
    days = write_number(case.default("start.dormant_days"), case.language)
    for account in case.plan.start.accounts:
        if is_dormant(case, account) and not _is_asked_there(case, account):
            values = {"account": _name(account, case), "days": days}
            yield Found(_path(account, "last_posted"), values)


@check("account-quiet", Severity.NOTE)
def account_quiet(case: Case) -> Iterator[Found]:
    """An account has been quiet, but not for long."""
    quiet = case.default("start.quiet_days")
    for account in case.plan.start.accounts:
        silent: Silence | None = account.last_posted
        lasting = is_dormant(case, account) or _is_asked_there(case, account)
        if silent and silent.days > quiet and not lasting:
            values = {"account": _name(account, case), "days": write_number(quiet, case.language)}
            yield Found(_path(account, "last_posted"), values)


@check("no-website", Severity.NOTE)
def no_website(case: Case) -> Iterator[Found]:
    """There is no website for social media to lead to."""
    if case.plan.start.has_website is YesNo.NO:
        yield Found("start.has_website")


@check("website-not-counted", Severity.WARN)
def website_not_counted(case: Case) -> Iterator[Found]:
    """Nothing counts the visits to the website."""
    has_website = case.plan.start.has_website is YesNo.YES
    if has_website and Analytics.NONE in case.plan.start.analytics:
        yield Found("start.analytics")


@check("platform-twice", Severity.NOTE)
def platform_twice(case: Case) -> Iterator[Found]:
    """There is more than one account in the same place, and all of them stay."""
    staying = [a for a in case.plan.start.accounts if not _is_going(case, a)]
    accounts = [a for a in staying if a.platform and a.platform != "other"]
    for platform, count in Counter(a.platform for a in accounts).items():
        if count > 1:
            last = [a for a in accounts if a.platform == platform][-1]
            place = find_question(_path(last, "platform"), case.language).label_of(platform)
            yield Found(_path(last, "platform"), {"platform": place, "count": count})
