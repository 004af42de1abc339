"""Checks that hold the accounts in use against the rules for voice, complaints and links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from workbook.checks.accounts import (
    is_used,
    list_in_use,
    name_place,
    name_places,
)
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.complaint.clock import Calendar
from workbook.complaint.rules import Promise, calendar_of, promise_of, write_length
from workbook.complaint.severity import Level
from workbook.content import load_words
from workbook.fit.fates import Use, judge_use
from workbook.steps.complaints.answers import Channel, Complaints, Weekend
from workbook.steps.start.answers import Access
from workbook.steps.voice.answers import Voice
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.steps.linking.answers import ProfileLink
    from workbook.steps.start.answers import Account

WORDS = "checks/across/strategy_rules.toml"
_MINUTES_IN_AN_HOUR = 60
_MINUTES_IN_A_QUARTER = 15
_DAYS_IN_A_WEEK = 7
_LIVES_ON = {Channel.MESSENGER: "facebook", Channel.INSTAGRAM: "instagram"}
"""The account that a private route needs."""


def _say(case: Case, *names: str) -> str:
    words = load_words(WORDS, case.language)
    for name in names:
        words = words[name]
    return str(words)


def _offer(case: Case, finding: str, *answers: tuple[str, str], **values: str) -> Offer:
    label = _say(case, "findings", finding, "offer").format(**values)
    return Offer(label=label, answers=answers)


# -- every place in use has voice, owner and complaint route --------------------------------------


@check("places-without-voice", Severity.WARN)
def places_without_voice(case: Case) -> Iterator[Found]:
    """Accounts are in use, and nothing is said of how the business sounds there."""
    accounts = list_in_use(case)
    if is_used(case) and accounts and case.plan.voice == Voice():
        yield Found("voice.traits", {"places": name_places(case, accounts)})


@check("places-without-owner", Severity.WARN)
def places_without_owner(case: Case) -> Iterator[Found]:
    """Accounts are in use, and nobody is named for them, neither for posts nor for answers."""
    accounts = list_in_use(case)
    named = case.answer("start.who") or case.answer("complaints.page_owner")
    if is_used(case) and accounts and not named:
        yield Found("start.who", {"places": name_places(case, accounts)})


@check("place-nobody-can-answer", Severity.WARN)
def place_nobody_can_answer(case: Case) -> Iterator[Found]:
    """An account is in use, and nobody who works there today can get in to answer."""
    helping = {Access.OWNER, Access.STAFF, Access.AGENCY, Access.UNKNOWN}
    for account in list_in_use(case):
        if is_used(case) and account.access and not helping & set(account.access):
            path = f"start.accounts.{account.id}.access"
            yield Found(path, {"place": name_place(case, account)})


@check("places-without-complaint-route", Severity.WARN)
def places_without_complaint_route(case: Case) -> Iterator[Found]:
    """Accounts are in use, and it is not decided how complaints on them are answered."""
    accounts = list_in_use(case)
    if is_used(case) and accounts and case.plan.complaints == Complaints():
        yield Found("complaints.channel", {"places": name_places(case, accounts)})


@check("complaint-route-elsewhere", Severity.WARN)
def complaint_route_elsewhere(case: Case) -> Iterator[Found]:
    """Complaints are to be settled in a place where no account is in use."""
    channel, accounts = case.plan.complaints.channel, list_in_use(case)
    needed = _LIVES_ON.get(channel) if channel else None
    if is_used(case) and needed and accounts and needed not in {a.platform for a in accounts}:
        path = "complaints.channel"
        mend = _offer(case, "complaint-route-elsewhere", (path, Channel.EMAIL.value))
        yield Found(path, {"places": name_places(case, accounts)}, (mend,))


# -- promised answer times fit the hours ----------------------------------------------------------


@check("promise-over-hours", Severity.WARN)
def promise_over_hours(case: Case) -> Iterator[Found]:
    """A first answer is promised sooner than somebody can look in, in all the hours there are.

    Whoever looks in so many times while the business is open leaves a gap of at least the open
    time divided by that number. Nothing else is counted, neither writing nor waiting, so that
    less is possible in truth. Promises for grave cases are held to it where the business gave
    them itself.
    """
    hours, calendar = case.answer("start.hours_per_week"), calendar_of(case.plan)
    look = case.default("conduct.look_minutes")
    if not is_used(case) or hours is None or not calendar.is_known or not look:
        return
    open_minutes, looks = _count_open(calendar), hours * _MINUTES_IN_AN_HOUR / look
    for level in Level:
        field = f"first_{level.lower()}"
        grave = level in (Level.S3, Level.S4)
        if grave and getattr(case.plan.complaints, field) is None:
            continue
        promise = promise_of(case.plan, level, calendar)
        if looks * promise.minutes < open_minutes:
            values = {
                "level": level.value,
                "promise": write_length(promise.amount, promise.unit, case.language),
                "hours": write_number(hours, case.language),
                "minutes": write_number(look, case.language),
                "looks": write_number(int(looks), case.language),
                "needed": write_number(ceil(open_minutes / promise.minutes), case.language),
            }
            mend = _offer_later(case, promise, open_minutes, looks)
            yield Found(f"complaints.{field}", values, mend)


def _count_open(calendar: Calendar) -> float:
    """The minutes of an ordinary week in which the business is open."""
    plain = Calendar(UTC, calendar.spells)
    start = datetime(2027, 1, 4, tzinfo=UTC)  # a Monday; every week is alike in UTC
    end = start + timedelta(days=_DAYS_IN_A_WEEK)
    spells = plain.open_between(start, _DAYS_IN_A_WEEK)
    within = (min(last, end) - max(first, start) for first, last in spells if first < end)
    return sum(part.total_seconds() for part in within) / 60


def _offer_later(
    case: Case, promise: Promise, open_minutes: float, looks: float
) -> tuple[Offer, ...]:
    """The soonest promise so many looks can keep, in halves of its unit or in quarter hours."""
    if looks < 1 or not promise.amount:
        return ()
    one = promise.minutes / promise.amount
    amount = open_minutes / looks / one
    step = _MINUTES_IN_A_QUARTER if promise.unit == "minute" else 0.5
    later = ceil(amount / step) * step
    words = write_length(later, promise.unit, case.language)
    answer = (f"complaints.first_{promise.level.lower()}", f"{later:g}")
    return (_offer(case, "promise-over-hours", answer, promise=words),)


# -- private messages on Meta have a plan for the weekend -----------------------------------------


@check("messages-without-weekend-plan", Severity.WARN)
def messages_without_weekend_plan(case: Case) -> Iterator[Found]:
    """Complaints are settled where free answers end after a day, with no plan for closed days.

    Where the opening hours are known, the step of complaints tells the trap by its dates.
    """
    ours = case.plan.complaints
    if not is_used(case) or ours.channel is None or not ours.channel.has_window:
        return
    hours = write_number(case.default("complaints.window_hours"), case.language)
    if ours.weekend is Weekend.DUTY and ours.weekend_who in (None, UNKNOWN):
        reason = _say(case, "reasons", "nobody")
        who = case.answer("start.who")
        path = "complaints.weekend_who"
        label = _say(case, "reasons", "name").format(who=who)
        mend = (Offer(label=label, answers=((path, who),)),) if who else ()
        yield Found(path, {"reason": reason, "hours": hours}, mend)
    elif ours.weekend in (None, Weekend.NOTHING, Weekend.UNKNOWN) and not _has_hours(case):
        reason = _say(case, "reasons", "no_plan")
        path = "complaints.weekend"
        mend = (_offer(case, "messages-without-weekend-plan", (path, Weekend.EMAIL.value)),)
        yield Found(path, {"reason": reason, "hours": hours}, mend)


def _has_hours(case: Case) -> bool:
    return calendar_of(case.plan).is_known


# -- links lead to what is alive, and to all of it ------------------------------------------------


def _pair(case: Case) -> Iterator[tuple[Account, ProfileLink | None]]:
    """Each account with what is said of its links: by its id, or as the only one in its place."""
    accounts, profiles = case.plan.start.accounts, case.plan.linking.profiles
    for account in accounts:
        mine = [p for p in profiles if p.id == account.id]
        alone = sum(a.platform == account.platform for a in accounts) == 1
        mine += [p for p in profiles if alone and p.platform == account.platform]
        yield account, mine[0] if mine else None


def _has_website(case: Case) -> bool:
    return is_used(case) and case.plan.start.has_website is not YesNo.NO


@check("linked-profile-idle", Severity.WARN)
def linked_profile_idle(case: Case) -> Iterator[Found]:
    """The website leads to an account that is not in use, as far as that is known."""
    for account, profile in _pair(case):
        linked = _has_website(case) and profile and profile.linked is YesNo.YES
        use = judge_use(case.plan, account.platform, account)
        if linked and profile and use not in (Use.IN_USE, Use.UNKNOWN):
            path = f"linking.profiles.{profile.id}.linked"
            mend = _offer(case, "linked-profile-idle", (path, YesNo.NO.value))
            reason = _say(case, "reasons", "idle", use.value)
            yield Found(path, {"place": name_place(case, account), "reason": reason}, (mend,))


@check("active-profile-unlinked", Severity.WARN)
def active_profile_unlinked(case: Case) -> Iterator[Found]:
    """An account is in use, and the website does not lead to it."""
    used = {account.id for account in list_in_use(case)}
    for account, profile in _pair(case):
        mine = _has_website(case) and account.id in used and profile
        if mine and profile and profile.linked is YesNo.NO:
            path = f"linking.profiles.{profile.id}.linked"
            mend = _offer(case, "active-profile-unlinked", (path, YesNo.YES.value))
            yield Found(path, {"place": name_place(case, account)}, (mend,))


@check("active-profile-unlisted", Severity.NOTE)
def active_profile_unlisted(case: Case) -> Iterator[Found]:
    """Links were looked at, and an account in use was not among them."""
    if not _has_website(case) or not case.plan.linking.profiles:
        return
    used = {account.id for account in list_in_use(case)}
    missing = [a for a, profile in _pair(case) if profile is None and a.id in used]
    if missing:
        answers = [(f"linking.profiles.{a.id}.platform", str(a.platform)) for a in missing]
        mend = _offer(case, "active-profile-unlisted", *answers)
        yield Found("linking.profiles", {"places": name_places(case, missing)}, (mend,))
