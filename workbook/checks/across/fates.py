"""Checks that hold what becomes of accounts against the accounts and the places chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place as name_platform
from workbook.checks.accounts import is_used, name_place, name_places
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import load_words
from workbook.fit.effort import BASE
from workbook.fit.fates import (
    CLOSING,
    Use,
    belongs_to,
    find_fate,
    judge_use,
    list_decided,
    list_named,
)
from workbook.steps.platform_fit.answers import Action
from workbook.steps.start.answers import Access
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.steps.platform_fit.answers import Fate
    from workbook.steps.start.answers import Account

WORDS = "checks/across/fates.toml"
FATES = "platform_fit.fates"
MOST_NAMED = 6
_POINTING = frozenset({Action.PARK, Action.MERGE})
_SHUT_OUT = frozenset({Access.LEFT, Access.NOBODY})


def _path(fate: Fate, field: str) -> str:
    return f"{FATES}.{fate.id}.{field}"


def _offer(case: Case, finding: str, *answers: tuple[str, str], **values: str) -> Offer:
    words = load_words(WORDS, case.language)["findings"][finding]
    return Offer(label=str(words["offer"]).format(**values), answers=answers)


def _name(case: Case, accounts: Sequence[Account]) -> str:
    """Accounts in one line, at most six of them by name."""
    names = name_places(case, accounts[:MOST_NAMED])
    left = len(accounts) - MOST_NAMED
    more = str(load_words(WORDS, case.language)["names"]["more"])
    return more.format(names=names, count=left) if left > 0 else names


def _decided(case: Case, *actions: Action) -> Iterator[tuple[Fate, Account]]:
    """Each entry that decides one of these, or anything at all, with its account."""
    for fate, account, action in list_decided(case.plan) if is_used(case) else ():
        if not actions or action in actions:
            yield fate, account


# -- every account has one -----------------------------------------------------------------------


@check("account-without-fate", Severity.WARN)
def account_without_fate(case: Case) -> Iterator[Found]:
    """Places are chosen, and nothing is decided of some account."""
    if not is_used(case) or not list_named(case.plan):
        return
    found = [
        account
        for account in case.plan.start.accounts
        if account.platform and not _is_decided(case, account)
    ]
    if found:
        yield Found(FATES, {"accounts": _name(case, found)})


def _is_decided(case: Case, account: Account) -> bool:
    fate = find_fate(case.plan, account.id)
    return bool(fate and fate.action)


@check("fate-of-nothing", Severity.NOTE)
def fate_of_nothing(case: Case) -> Iterator[Found]:
    """An entry is about an account that is no longer listed, or about none."""
    accounts = {account.id for account in case.plan.start.accounts}
    for fate in case.plan.platform_fit.fates:
        if fate.action and belongs_to(fate) not in accounts:
            yield Found(_path(fate, "account"))


@check("fate-twice", Severity.WARN)
def fate_twice(case: Case) -> Iterator[Found]:
    """Two entries say different things of one account."""
    for fate, account in _decided(case):
        said = find_fate(case.plan, account.id)
        if said and said.action is not fate.action:
            yield Found(_path(fate, "action"), {"account": name_place(case, account)})


# -- it fits the places chosen -------------------------------------------------------------------


@check("fate-closes-chosen", Severity.WARN)
def fate_closes_chosen(case: Case) -> Iterator[Found]:
    """A place is chosen, and its only account is to be parked or closed."""
    chosen, accounts = list_named(case.plan), case.plan.start.accounts
    for fate, account in _decided(case, *CLOSING):
        others = [a for a in accounts if a.platform == account.platform and a != account]
        alive = any(judge_use(case.plan, a.platform, a) is Use.IN_USE for a in others)
        if account.platform in chosen and not alive:
            path = _path(fate, "action")
            mend = _offer(case, "fate-closes-chosen", (path, Action.KEEP.value))
            yield Found(path, {"account": name_place(case, account)}, (mend,))


@check("fate-keeps-unchosen", Severity.WARN)
def fate_keeps_unchosen(case: Case) -> Iterator[Found]:
    """An account is kept and fed in a place that was not chosen."""
    chosen = list_named(case.plan)
    for fate, account in _decided(case, Action.KEEP):
        if chosen and account.platform not in BASE and account.platform not in chosen:
            path = _path(fate, "action")
            mend = _offer(case, "fate-keeps-unchosen", (path, Action.PARK.value))
            yield Found(path, {"account": name_place(case, account)}, (mend,))


@check("fate-needs-access", Severity.WARN)
def fate_needs_access(case: Case) -> Iterator[Found]:
    """Something is to be done in an account that nobody here can get into."""
    for fate, account in _decided(case, Action.KEEP, *CLOSING):
        if account.access and set(account.access) <= _SHUT_OUT:
            path = _path(fate, "action")
            mend = _offer(case, "fate-needs-access", (path, Action.RECOVER.value))
            yield Found(path, {"account": name_place(case, account)}, (mend,))


# -- it can be done ------------------------------------------------------------------------------


@check("park-without-pointer", Severity.WARN)
def park_without_pointer(case: Case) -> Iterator[Found]:
    """An account is parked or merged, and leads nobody anywhere."""
    for fate, account in _decided(case, *_POINTING):
        if fate.leads_to is None:
            path = _path(fate, "leads_to")
            mend = _lead_to_first(case, "park-without-pointer", path)
            yield Found(path, {"account": name_place(case, account)}, mend)


def _lead_to_first(case: Case, finding: str, path: str) -> tuple[Offer, ...]:
    named = list_named(case.plan)
    if not named:
        return ()
    place = name_platform(named[0], case.language)
    return (_offer(case, finding, (path, named[0]), place=place),)


@check("pointer-leads-nowhere", Severity.WARN)
def pointer_leads_nowhere(case: Case) -> Iterator[Found]:
    """An account that is parked leads to a place that was not chosen."""
    live = {*list_named(case.plan), *BASE}
    for fate, account in _decided(case, *_POINTING):
        if list_named(case.plan) and fate.leads_to and fate.leads_to not in live:
            path = _path(fate, "leads_to")
            place = name_platform(fate.leads_to, case.language)
            values = {"account": name_place(case, account), "place": place}
            yield Found(path, values, _lead_to_first(case, "pointer-leads-nowhere", path))


@check("fate-without-person", Severity.WARN)
def fate_without_person(case: Case) -> Iterator[Found]:
    """It is decided what becomes of accounts, and not who does it."""
    lacking = [pair for pair in _decided(case, Action.RECOVER, *CLOSING) if not pair[0].who]
    who = case.answer("start.who")
    answers = tuple((_path(fate, "who"), who) for fate, _ in lacking) if who else ()
    mend = (_offer(case, "fate-without-person", *answers, who=who),) if answers else ()
    yield from _tell_together(case, "who", lacking, mend)


@check("fate-without-day", Severity.WARN)
def fate_without_day(case: Case) -> Iterator[Found]:
    """It is decided what becomes of accounts, and not until when."""
    lacking = [pair for pair in _decided(case, Action.RECOVER, *CLOSING) if pair[0].due is None]
    yield from _tell_together(case, "due", lacking)


def _tell_together(
    case: Case,
    field: str,
    lacking: Sequence[tuple[Fate, Account]],
    mend: tuple[Offer, ...] = (),
) -> Iterator[Found]:
    """One finding for all accounts that lack the same; at its question where it is one alone."""
    if lacking:
        path = _path(lacking[0][0], field)
        names = _name(case, [account for _, account in lacking])
        where = path if len(lacking) == 1 else FATES
        yield Found(where, {"account": names}, mend, rests_on=(path,))


@check("fate-day-past", Severity.WARN)
def fate_day_past(case: Case) -> Iterator[Found]:
    """The day by which something was to become of an account has passed."""
    for fate, account in _decided(case, Action.RECOVER, *CLOSING):
        if fate.due and fate.due < case.today:
            day = write_day(fate.due, case.language)
            yield Found(_path(fate, "due"), {"account": name_place(case, account), "day": day})
