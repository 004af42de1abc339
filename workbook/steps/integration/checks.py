"""What can be wrong with occasions, what goals help, and the action list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.actions.people import find_owner
from workbook.checks.check import Case, Check, Found, Offer, Severity, check
from workbook.complaint.rules import calendar_of, promise_of, write_length
from workbook.complaint.severity import Level
from workbook.fit.phrases import write_hours
from workbook.steps.integration.answers import Action, Channel, Done, Integration, Occasion
from workbook.steps.integration.listing import NEARLY, STEP, budget_of, last_of_list, list_open
from workbook.steps.integration.occasions import (
    find_overlap,
    last_day,
    list_other_dates,
    list_other_numbers,
    list_other_words,
)
from workbook.steps.integration.support import find_social, list_helped, name_goals
from workbook.steps.integration.telling import (
    find_goal,
    find_next_such_day,
    join_numbers,
    make_offer,
    name_channels,
    name_entry,
    path_of,
    say,
    tell_action,
    tell_dates,
    tell_day,
    tell_more,
    tell_pair,
)
from workbook.values import UNKNOWN
from workbook.wording import quote, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date


def _larger(case: Case) -> Integration:
    """What the plan says of the rest; while social media waits, nothing is asked of it."""
    waits = case.answer("goals.decision") == "not_now"
    return Integration() if waits else case.plan.integration


# -- occasions ----------------------------------------------------------------------------------


@check("nothing-goes-on", Severity.WARN)
def nothing_goes_on(case: Case) -> Iterator[Found]:
    """The larger plan was begun, and nothing is listed that goes on."""
    if _larger(case).supports and not _larger(case).occasions:
        yield Found(f"{STEP}.occasions")


def _check_occasions(
    name: str, severity: Severity, field: str, holds: Callable[[Occasion], bool]
) -> Check:
    """A check of each occasion by itself: the first it holds for, and how many more."""

    @check(name, severity)
    def find(case: Case) -> Iterator[Found]:
        found = [o for o in _larger(case).occasions if holds(o)]
        if found:
            values = {
                "occasion": name_entry(case, found[0]),
                "count": len(found[0].channels),
                "more": tell_more(case, len(found) - 1),
            }
            yield Found(path_of(found[0], field), values, _mend(case, name, found[0]))

    return find


def _mend(case: Case, name: str, occasion: Occasion) -> tuple[Offer, ...]:
    """What puts an occasion right with one click, where the plan knows it."""
    if name == "nobody-answers-the-phone":
        who = case.answer("complaints.service_lead") or find_owner(case.plan, "complaints")
        return (make_offer(case, name, (path_of(occasion, "phone"), who), who=who),) if who else ()
    if name == "occasion-without-promise" and case.plan.complaints.first_s2 is not None:
        promise = promise_of(case.plan, Level.S2, calendar_of(case.plan))
        length = write_length(promise.amount, promise.unit, case.language)
        words = say(case, "promise_words", promise=length)
        answer = (path_of(occasion, "promise"), words)
        return (make_offer(case, name, answer, promise=length),)
    return ()


def _on_social(occasion: Occasion) -> bool:
    return Channel.SOCIAL in occasion.channels


def _has_part(occasion: Occasion) -> bool:
    return bool(occasion.before or occasion.during or occasion.after)


occasion_without_date = _check_occasions(
    "occasion-without-date", Severity.WARN, "first", lambda o: bool(o.name and not o.first)
)
occasion_on_social_alone = _check_occasions(
    "occasion-on-social-alone",
    Severity.WARN,
    "channels",
    lambda o: o.channels == (Channel.SOCIAL,),
)
occasion_without_social_part = _check_occasions(
    "occasion-without-social-part",
    Severity.NOTE,
    "before",
    lambda o: _on_social(o) and not _has_part(o),
)
occasion_without_hand_over = _check_occasions(
    "occasion-without-hand-over",
    Severity.NOTE,
    "hand_over",
    lambda o: len(o.channels) > 1 and not o.hand_over,
)
nobody_answers_the_phone = _check_occasions(
    "nobody-answers-the-phone",
    Severity.WARN,
    "phone",
    lambda o: _on_social(o) and o.phone in (None, UNKNOWN),
)
occasion_without_promise = _check_occasions(
    "occasion-without-promise",
    Severity.NOTE,
    "promise",
    lambda o: _on_social(o) and o.promise in (None, UNKNOWN),
)


@check("occasion-wrong-order", Severity.WARN)
def occasion_wrong_order(case: Case) -> Iterator[Found]:
    """An occasion ends before it begins."""
    for occasion in _larger(case).occasions:
        if occasion.first and occasion.last and occasion.last < occasion.first:
            swapped = (
                (path_of(occasion, "first"), occasion.last.isoformat()),
                (path_of(occasion, "last"), occasion.first.isoformat()),
            )
            values = {
                "occasion": name_entry(case, occasion),
                "first": tell_day(case, occasion.first),
                "last": tell_day(case, occasion.last),
            }
            mend = make_offer(case, "occasion-wrong-order", *swapped)
            yield Found(path_of(occasion, "last"), values, (mend,))


@check("occasion-far-off", Severity.WARN)
def occasion_far_off(case: Case) -> Iterator[Found]:
    """A day of an occasion is so far from today that the year may be a slip."""
    limit = case.default(f"{STEP}.far_days")
    for occasion in _larger(case).occasions:
        for field in ("first", "last"):
            day: date | None = getattr(occasion, field)
            if day is None or abs((day - case.today).days) <= limit:
                continue
            near = find_next_such_day(day, case.today)
            values = {
                "occasion": name_entry(case, occasion),
                "day": tell_day(case, day),
                "limit": write_number(limit, case.language),
            }
            answer = (path_of(occasion, field), near.isoformat())
            fits = limit >= (near - case.today).days
            mend = make_offer(case, "occasion-far-off", answer, day=tell_day(case, near))
            yield Found(path_of(occasion, field), values, (mend,) if fits else ())
            break


@check("occasion-past", Severity.NOTE)
def occasion_past(case: Case) -> Iterator[Found]:
    """An occasion is over, and not so long ago that its year is a slip."""
    limit = case.default(f"{STEP}.far_days")
    past = [
        (end, occasion)
        for occasion in _larger(case).occasions
        if (end := last_day(occasion)) and 0 < (case.today - end).days <= limit
    ]
    if past:
        end, occasion = past[0]
        more = tell_more(case, len(past) - 1)
        values = {"occasion": name_entry(case, occasion), "last": tell_day(case, end), "more": more}
        yield Found(path_of(occasion, "last" if occasion.last else "first"), values)


# -- same offer, same date, same words ------------------------------------------------------------


@check("same-offer-other-words", Severity.WARN)
def same_offer_other_words(case: Case) -> Iterator[Found]:
    """Two entries name the same offer and word it in two ways."""
    for pair in list_other_words(_larger(case).occasions):
        path, words = path_of(pair.one, "words"), pair.other.words or ""
        told = {
            "words": pair.one.words,
            "other_words": words,
            "places": name_channels(case, (*pair.other.channels, *pair.one.channels)),
        }
        values = tell_pair(case, pair)
        mend = make_offer(case, "same-offer-other-words", (path, words), other=values["other"])
        yield Found(path, values | told, (mend,))


@check("same-offer-other-dates", Severity.WARN)
def same_offer_other_dates(case: Case) -> Iterator[Found]:
    """Two entries name the same offer for other days."""
    for pair in list_other_dates(_larger(case).occasions):
        dates = {"dates": tell_dates(case, pair.one), "other_dates": tell_dates(case, pair.other)}
        yield Found(path_of(pair.one, "first"), tell_pair(case, pair) | dates)


@check("offer-other-number", Severity.WARN)
def offer_other_number(case: Case) -> Iterator[Found]:
    """Two offers are called the same save for a number."""
    for pair in list_other_numbers(_larger(case).occasions):
        told = {
            "words": pair.one.offer,
            "other_words": pair.other.offer,
            "numbers": join_numbers(case, pair.one),
            "other_numbers": join_numbers(case, pair.other),
        }
        yield Found(path_of(pair.one, "offer"), tell_pair(case, pair) | told)


@check("occasions-overlap", Severity.NOTE)
def occasions_overlap(case: Case) -> Iterator[Found]:
    """Two different offers meet people at one time in one place."""
    found = find_overlap(_larger(case).occasions, case.today)
    if found is not None:
        values = {
            "occasion": name_entry(case, found.one),
            "other": name_entry(case, found.other),
            "places": name_channels(case, found.channels),
            "day": tell_day(case, found.day),
            "more": tell_more(case, found.more),
        }
        yield Found(path_of(found.one, "channels"), values)


# -- goals ----------------------------------------------------------------------------------------


@check("goal-helps-nothing-else", Severity.BLOCK)
def goal_helps_nothing_else(case: Case) -> Iterator[Found]:
    """The larger plan was begun, and a goal names no activity beyond social media.

    A list alone begins nothing: it may come from what is open elsewhere.
    """
    if not (_larger(case).occasions or _larger(case).supports):
        return
    helped = list_helped(case.plan)
    for goal, name in name_goals(case.plan, case.language).items():
        if goal not in helped:
            yield Found(f"{STEP}.supports", {"goal": name}, _offer_activity(case, goal))


def _offer_activity(case: Case, goal: str) -> tuple[Offer, ...]:
    """The next occasion that runs elsewhere too, as what a goal helps."""
    ahead = [
        (o.first, o.name)
        for o in _larger(case).occasions
        if o.name
        and o.first
        and not find_social(o.name, case.language)
        and set(o.channels) - {Channel.SOCIAL}
        if (last_day(o) or o.first) >= case.today
    ]
    if not ahead:
        return ()
    entry, name = f"{STEP}.supports.{goal}", min(ahead)[1]
    answers = ((f"{entry}.goal", goal), (f"{entry}.activity", name))
    return (make_offer(case, "goal-helps-nothing-else", *answers, occasion=name),)


@check("support-is-social", Severity.WARN)
def support_is_social(case: Case) -> Iterator[Found]:
    """What a goal is to help beyond social media is social media again."""
    for support in _larger(case).supports:
        found = find_social(support.activity, case.language)
        if found:
            path = f"{STEP}.supports.{support.id}.activity"
            named = ", ".join(quote(word, case.language) for word in found)
            values = {"activity": support.activity, "found": named}
            yield Found(path, values)


# -- the list -------------------------------------------------------------------------------------


def _open(case: Case) -> tuple[Action, ...]:
    return list_open(case.plan) if _larger(case).actions else ()


def _is_slip(case: Case, action: Action) -> bool:
    far = case.default(f"{STEP}.far_days")
    return action.due is not None and abs((action.due - case.today).days) > far


@check("action-without-owner", Severity.WARN)
def action_without_owner(case: Case) -> Iterator[Found]:
    """An action is named, and nobody does it."""
    found = [action for action in _open(case) if action.what and not action.who]
    if found:
        path, who = path_of(found[0], "who"), find_owner(case.plan, found[0].about or STEP)
        mend = (make_offer(case, "action-without-owner", (path, who), who=who),) if who else ()
        yield Found(path, tell_action(case, found), mend)


@check("action-without-date", Severity.WARN)
def action_without_date(case: Case) -> Iterator[Found]:
    """An action is named, and has no day."""
    found = [action for action in _open(case) if action.what and not action.due]
    if found:
        yield Found(path_of(found[0], "due"), tell_action(case, found))


@check("action-late", Severity.WARN)
def action_late(case: Case) -> Iterator[Found]:
    """The day of an action is past, and it is not done."""
    found = [
        action
        for action in _open(case)
        if action.due and action.due < case.today and not _is_slip(case, action)
    ]
    if found:
        mend = make_offer(case, "action-late", (path_of(found[0], "done"), Done.YES.value))
        yield Found(path_of(found[0], "due"), tell_action(case, found), (mend,))


@check("action-beyond-days", Severity.NOTE)
def action_beyond_days(case: Case) -> Iterator[Found]:
    """An action is due after the days that the list reaches."""
    end = last_of_list(case.plan, case.today)
    found = [a for a in _open(case) if a.due and a.due > end and not _is_slip(case, a)]
    if found:
        values = tell_action(case, found) | {"end": tell_day(case, end)}
        yield Found(path_of(found[0], "due"), values)


@check("action-date-slip", Severity.WARN)
def action_date_slip(case: Case) -> Iterator[Found]:
    """The day of an action is so far from today that the year may be a slip."""
    limit = case.default(f"{STEP}.far_days")
    found = [action for action in _open(case) if _is_slip(case, action)]
    if found and found[0].due:
        near = find_next_such_day(found[0].due, case.today)
        answer = (path_of(found[0], "due"), near.isoformat())
        fits = (near - case.today).days <= limit
        mend = make_offer(case, "action-date-slip", answer, day=tell_day(case, near))
        values = tell_action(case, found) | {"limit": write_number(limit, case.language)}
        yield Found(path_of(found[0], "due"), values, (mend,) if fits else ())


@check("actions-over-hours", Severity.WARN)
def actions_over_hours(case: Case) -> Iterator[Found]:
    """What is to be done within the days of the list takes more hours than there are."""
    budget, end = budget_of(case.plan), last_of_list(case.plan, case.today)
    needed = sum(a.hours or 0 for a in _open(case) if a.due is None or a.due <= end)
    if budget.shared is None or budget.weekly is None or needed <= budget.shared + NEARLY:
        return
    own = f"{STEP}.setup_share" in case.plan.own_defaults
    values = {
        "needed": write_hours(needed, case.language),
        "hours": write_hours(budget.shared, case.language),
        "days": budget.days,
        "weekly": write_hours(budget.weekly, case.language),
        "share": write_number(budget.share, case.language),
        "whose": say(case, "own" if own else "ours"),
    }
    yield Found(f"{STEP}.actions", values, rests_on=("start.hours_per_week",))


@check("goal-without-action", Severity.WARN)
def goal_without_action(case: Case) -> Iterator[Found]:
    """There is a list, and nothing on it serves a goal."""
    actions = _larger(case).actions
    named = {action.goal or find_goal(action.about) for action in actions}
    for goal, name in name_goals(case.plan, case.language).items():
        if actions and goal not in named:
            yield Found(f"{STEP}.actions", {"goal": name, "count": len(actions)})


@check("actions-done", Severity.NOTE)
def actions_done(case: Case) -> Iterator[Found]:
    """Actions are done: what did they change, and what comes now."""
    actions = _larger(case).actions
    done = sum(action.done is Done.YES for action in actions)
    if done:
        left = [action for action in _open(case) if action.what]
        following = name_entry(case, left[0]) if left else say(case, "nothing_left")
        values = {"done": done, "count": len(actions), "following": following}
        yield Found(f"{STEP}.actions", values)
