"""What can be wrong with opening hours, promises, people and the rules for a reply."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook.checks.check import Case, Check, Found, Offer, Severity, check
from workbook.complaint.clock import longest_closed_ahead
from workbook.complaint.reply import Setting, check_reply
from workbook.complaint.rules import calendar_of, promise_of, write_length, write_moment
from workbook.complaint.severity import Level
from workbook.content import load_step
from workbook.steps.complaints.answers import (
    Channel,
    Complaints,
    ReviewSite,
    Stop,
    Urgent,
    Weekend,
)
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP = "complaints"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_YEAR = 366
"""Days that are looked ahead for breaks."""
_HURTING = ("blame", "feel", "canned", "promise", "gift")
"""Faults of a reply that an approved line should not have."""


def _is_begun(case: Case) -> bool:
    """Whether the step is looked at: it was begun, and social media does not wait."""
    waits = case.answer("goals.decision") == "not_now"
    return not waits and case.plan.complaints != Complaints()


def _is_open(value: object) -> bool:
    return value in (None, "", UNKNOWN)


def _offer(case: Case, finding: str, path: str, value: str) -> tuple[Offer, ...]:
    label = load_step(STEP, case.language).findings[finding].offer
    return (Offer(label=label, answers=((f"{STEP}.{path}", value),)),)


def _require(name: str, severity: Severity, field: str) -> Check:
    """A check for an answer that is not given, or is “I do not know”, once the step is begun."""

    def find(case: Case) -> Iterator[Found]:
        if _is_begun(case) and _is_open(getattr(case.plan.complaints, field)):
            yield Found(f"{STEP}.{field}")

    return check(name, severity)(find)


# -- when somebody is there ---------------------------------------------------------------------


@check("hours-missing", Severity.WARN)
def hours_missing(case: Case) -> Iterator[Found]:
    """It is open when somebody is there to answer, so that no promise has a clock."""
    if _is_begun(case) and not case.plan.complaints.hours:
        yield Found(f"{STEP}.hours")


@check("hours-incomplete", Severity.WARN)
def hours_incomplete(case: Case) -> Iterator[Found]:
    """An entry of opening hours lacks its days, its beginning or its end."""
    for each in case.plan.complaints.hours:
        fields = {"days": each.days, "opens": each.opens, "closes": each.closes}
        missing = next((name for name, value in fields.items() if not value), "")
        if missing:
            yield Found(f"{STEP}.hours.{each.id}.{missing}")


@check("zone-missing", Severity.WARN)
def zone_missing(case: Case) -> Iterator[Found]:
    """There are opening hours, and no time zone in which they are meant."""
    if case.plan.complaints.hours and not case.plan.complaints.zone:
        yield Found(f"{STEP}.zone")


@check("closed-backwards", Severity.WARN)
def closed_backwards(case: Case) -> Iterator[Found]:
    """A break ends before it begins."""
    for each in case.plan.complaints.closed:
        if each.first and each.last and each.last < each.first:
            yield Found(f"{STEP}.closed.{each.id}.last")


@check("hours-not-published", Severity.NOTE)
def hours_not_published(case: Case) -> Iterator[Found]:
    """Nobody who writes can see when an answer may come."""
    if case.plan.complaints.hours_published is YesNo.NO:
        yield Found(f"{STEP}.hours_published")


# -- promises -----------------------------------------------------------------------------------


def _look_ahead(case: Case) -> tuple[timedelta, dict[str, object]]:
    """The longest closed time of the coming year, and the words that name it."""
    calendar = calendar_of(case.plan)
    start = datetime.combine(case.today, time(), calendar.zone)
    spell = longest_closed_ahead(calendar, start, _YEAR)
    if spell is None:
        return timedelta(), {}
    first, last = (write_moment(moment, case.language) for moment in spell)
    length = spell[1] - spell[0]
    hours = write_length(round(length / _HOUR), "hour", case.language)
    return length, {"closed": hours, "first": first, "last": last}


@check("promise-while-closed", Severity.WARN)
def promise_while_closed(case: Case) -> Iterator[Found]:
    """Minutes are promised day and night, and are over before the business opens again.

    Not where somebody looks in, is named, and it was chosen that the clock runs at night.
    """
    ours = case.plan.complaints
    if not _is_begun(case) or ours.urgent is Urgent.OPEN:
        return
    named = ours.weekend is Weekend.DUTY and not _is_open(ours.weekend_who)
    if named and ours.urgent is Urgent.ALWAYS:
        return
    length, values = _look_ahead(case)
    promise = promise_of(case.plan, Level.S3, calendar_of(case.plan))
    if promise.minutes * _MINUTE < length:
        minutes = write_length(promise.amount, promise.unit, case.language)
        offers = _offer(case, "promise-while-closed", "urgent", Urgent.OPEN.value)
        yield Found(f"{STEP}.urgent", {**values, "minutes": minutes}, offers)


@check("promise-backwards", Severity.WARN)
def promise_backwards(case: Case) -> Iterator[Found]:
    """A graver case is answered later than a milder one."""
    calendar = calendar_of(case.plan)
    given = [level for level in Level if getattr(case.plan.complaints, _field(level)) is not None]
    for milder, graver in pairwise(Level):
        soon, late = (promise_of(case.plan, level, calendar) for level in (milder, graver))
        if soon.minutes < late.minutes and {milder, graver} & set(given):
            path = f"{STEP}.{_field(graver if graver in given else milder)}"
            lengths = [write_length(p.amount, p.unit, case.language) for p in (soon, late)]
            values = {"milder": milder.value, "graver": graver.value}
            yield Found(path, {**values, "soon": lengths[0], "late": lengths[1]})


def _field(level: Level) -> str:
    return f"first_{level.lower()}"


@check("window-trap", Severity.WARN)
def window_trap(case: Case) -> Iterator[Found]:
    """The private place closes before the business opens again [P14][P24]."""
    ours = case.plan.complaints
    if ours.channel is None or not ours.channel.has_window:
        return
    if ours.weekend in (Weekend.DUTY, Weekend.EMAIL):
        return
    hours = case.default("complaints.window_hours")
    length, values = _look_ahead(case)
    if length > hours * _HOUR:
        offers = _offer(case, "window-trap", "channel", Channel.EMAIL.value)
        yield Found(
            f"{STEP}.channel", {**values, "hours": write_number(hours, case.language)}, offers
        )


@check("nothing-at-weekend", Severity.NOTE)
def nothing_at_weekend(case: Case) -> Iterator[Found]:
    """Messages wait in silence for more than a day."""
    length, values = _look_ahead(case)
    if case.plan.complaints.weekend is Weekend.NOTHING and length > _DAY:
        yield Found(
            f"{STEP}.weekend", values, _offer(case, "nothing-at-weekend", "weekend", "auto")
        )


# -- people -------------------------------------------------------------------------------------


@check("nobody-answers", Severity.BLOCK)
def nobody_answers(case: Case) -> Iterator[Found]:
    """Nobody is named who answers a complaint, unless social media waits."""
    waits = case.answer("goals.decision") == "not_now"
    if not waits and _is_open(case.plan.complaints.page_owner):
        yield Found(f"{STEP}.page_owner")


nobody_mends = _require("nobody-mends", Severity.WARN, "service_lead")
"""Nobody is named who puts a complaint right."""

nobody_approves = _require("nobody-approves", Severity.WARN, "approver")
"""Nobody is named who approves what is said when a case spreads."""

nobody_decides = _require("nobody-decides", Severity.WARN, "business_owner")
"""Nobody is named who decides in a grave case."""

no_safety_contact = _require("no-safety-contact", Severity.WARN, "safety_contact")
"""Nobody is named who is called when somebody may be in danger."""


@check("no-backup", Severity.WARN)
def no_backup(case: Case) -> Iterator[Found]:
    """Nobody, or the same person, approves while the one who approves is away."""
    ours = case.plan.complaints
    same = (ours.backup or "").casefold() == (ours.approver or "").casefold()
    if not _is_open(ours.approver) and (_is_open(ours.backup) or same):
        yield Found(f"{STEP}.backup", {"approver": ours.approver})


# -- the reply ----------------------------------------------------------------------------------

no_channel = _require("no-channel", Severity.WARN, "channel")
"""There is no private place in which a complaint is settled."""

no_holding_line = _require("no-holding-line", Severity.WARN, "holding_line")
"""No line is approved for the hour in which nothing is known yet."""

nothing_agreed = _require("nothing-agreed", Severity.WARN, "put_right")
"""It is open what the team may promise by itself."""

no_house_rules = _require("no-house-rules", Severity.NOTE, "house_rules")
"""It is nowhere said what is removed from the business's own pages."""


@check("no-stop-rule", Severity.WARN)
def no_stop_rule(case: Case) -> Iterator[Found]:
    """Nobody knows when to stop answering."""
    ours = case.plan.complaints
    open_ends = ours.stop in (None, Stop.NONE, Stop.UNKNOWN)
    if _is_begun(case) and open_ends:
        yield Found(f"{STEP}.stop", offers=_offer(case, "no-stop-rule", "stop", Stop.USUAL.value))
    elif ours.stop is Stop.OWN and not ours.stop_words:
        yield Found(f"{STEP}.stop_words")


def _holding_line_setting(case: Case) -> Setting:
    return Setting(needs=frozenset(), english_share=case.default("voice.english_share"))


@check("holding-line-hurts", Severity.WARN)
def holding_line_hurts(case: Case) -> Iterator[Found]:
    """The approved line holds blame or other words that make a grave case worse."""
    line = case.answer(f"{STEP}.holding_line")
    faults = check_reply(line, _holding_line_setting(case), case.language) if line else ()
    hurting = [fault for fault in faults if fault.id in _HURTING]
    if hurting:
        yield Found(f"{STEP}.holding_line", {"quote": hurting[0].quote})


@check("yelp-asked", Severity.WARN)
def yelp_asked(case: Case) -> Iterator[Found]:
    """A goal counts reviews, and one of the places forbids asking for them [R3]."""
    asks = any(goal.metric == "reviews_per_quarter" for goal in case.plan.goals.goals)
    if asks and ReviewSite.YELP in case.plan.complaints.review_sites:
        yield Found(f"{STEP}.review_sites")
