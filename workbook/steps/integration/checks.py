"""What can be wrong with occasions, what goals help, and the action list."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.actions.people import find_owner
from workbook.checks.check import Case, Check, Found, Offer, Severity, check
from workbook.complaint.rules import calendar_of, promise_of, write_length
from workbook.complaint.severity import Level
from workbook.content import find_question, load_step
from workbook.fit.phrases import write_hours
from workbook.steps.integration.answers import Action, Channel, Done, Integration, Occasion
from workbook.steps.integration.listing import STEP, budget_of, last_of_list, list_open
from workbook.steps.integration.occasions import (
    Pair,
    find_overlap,
    last_day,
    list_other_dates,
    list_other_numbers,
    list_other_words,
    read_numbers,
)
from workbook.steps.integration.support import find_social, list_helped, name_goals
from workbook.values import UNKNOWN
from workbook.wording import offer_entries, title_records, write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

_DAYS_IN_A_YEAR = 365


def _larger(case: Case) -> Integration:
    """What the plan says of the rest; while social media waits, nothing is asked of it."""
    waits = case.answer("goals.decision") == "not_now"
    return Integration() if waits else case.plan.integration


def _is_begun(case: Case) -> bool:
    return _larger(case) != Integration()


def _say(case: Case, name: str, **values: object) -> str:
    return load_step(STEP, case.language).phrases[name].format(**values)


def _day(case: Case, day: date | None) -> str:
    return write_day(day, case.language) if day else ""


def _offer(case: Case, finding: str, *answers: tuple[str, str], **values: object) -> Offer:
    label = load_step(STEP, case.language).findings[finding].offer.format(**values)
    return Offer(label=label, answers=answers)


def _path(item: Occasion | Action, field: str) -> str:
    listed = "occasions" if isinstance(item, Occasion) else "actions"
    return f"{STEP}.{listed}.{item.id}.{field}"


def _name(case: Case, item: Occasion | Action) -> str:
    """What an entry is called: by its name, else by its number."""
    larger = case.plan.integration
    listed, own = ("occasions", item.name) if isinstance(item, Occasion) else ("actions", item.what)
    if own:
        return own
    question = find_question(f"{STEP}.{listed}", case.language)
    items: Sequence[Any] = getattr(larger, listed)
    titles = title_records(question, items, case.language)
    return dict(zip((i.id for i in items), titles, strict=True)).get(item.id, "")


def _more(case: Case, count: int) -> str:
    """How many more it is so with; empty for none."""
    return _say(case, "more_one" if count == 1 else "more_many", count=count) if count else ""


def _next_such_day(day: date, today: date) -> date:
    """The same day and month within the next year; the last of February in ordinary years."""
    for year in (today.year, today.year + 1):
        try:
            moved = day.replace(year=year)
        except ValueError:
            moved = day.replace(year=year, day=28)
        if moved >= today:
            return moved
    return today + timedelta(days=_DAYS_IN_A_YEAR)


# -- occasions ----------------------------------------------------------------------------------


@check("nothing-goes-on", Severity.WARN)
def nothing_goes_on(case: Case) -> Iterator[Found]:
    """The larger plan was begun, and nothing is listed that goes on."""
    if _is_begun(case) and not _larger(case).occasions:
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
                "occasion": _name(case, found[0]),
                "count": len(found[0].channels),
                "more": _more(case, len(found) - 1),
            }
            yield Found(_path(found[0], field), values, _mend(case, name, found[0]))

    return find


def _mend(case: Case, name: str, occasion: Occasion) -> tuple[Offer, ...]:
    """What puts an occasion right with one click, where the plan knows it."""
    if name == "nobody-answers-the-phone":
        who = case.answer("complaints.service_lead") or find_owner(case.plan, "complaints")
        return (_offer(case, name, (_path(occasion, "phone"), who), who=who),) if who else ()
    if name == "occasion-without-promise" and case.plan.complaints.first_s2 is not None:
        promise = promise_of(case.plan, Level.S2, calendar_of(case.plan))
        length = write_length(promise.amount, promise.unit, case.language)
        words = _say(case, "promise_words", promise=length)
        answer = (_path(occasion, "promise"), words)
        return (_offer(case, name, answer, promise=length),)
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
                (_path(occasion, "first"), occasion.last.isoformat()),
                (_path(occasion, "last"), occasion.first.isoformat()),
            )
            values = {
                "occasion": _name(case, occasion),
                "first": _day(case, occasion.first),
                "last": _day(case, occasion.last),
            }
            mend = _offer(case, "occasion-wrong-order", *swapped)
            yield Found(_path(occasion, "last"), values, (mend,))


@check("occasion-far-off", Severity.WARN)
def occasion_far_off(case: Case) -> Iterator[Found]:
    """A day of an occasion is so far from today that the year may be a slip."""
    limit = case.default(f"{STEP}.far_days")
    for occasion in _larger(case).occasions:
        for field in ("first", "last"):
            day: date | None = getattr(occasion, field)
            if day is None or abs((day - case.today).days) <= limit:
                continue
            near = _next_such_day(day, case.today)
            values = {
                "occasion": _name(case, occasion),
                "day": _day(case, day),
                "limit": write_number(limit),
            }
            answer = (_path(occasion, field), near.isoformat())
            fits = limit >= (near - case.today).days
            mend = (_offer(case, "occasion-far-off", answer, day=_day(case, near)),) if fits else ()
            yield Found(_path(occasion, field), values, mend)
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
        more = _more(case, len(past) - 1)
        values = {"occasion": _name(case, occasion), "last": _day(case, end), "more": more}
        yield Found(_path(occasion, "last" if occasion.last else "first"), values)


# -- same offer, same date, same words ------------------------------------------------------------


def _tell_pair(case: Case, pair: Pair) -> dict[str, object]:
    more = _say(case, "more_offers", count=pair.more) if pair.more else ""
    return {
        "offer": pair.one.offer,
        "occasion": _name(case, pair.one),
        "other": _name(case, pair.other),
        "more": more,
    }


@check("same-offer-other-words", Severity.WARN)
def same_offer_other_words(case: Case) -> Iterator[Found]:
    """Two entries name the same offer and word it in two ways."""
    for pair in list_other_words(_larger(case).occasions):
        path, words = _path(pair.one, "words"), pair.other.words or ""
        told = {
            "words": pair.one.words,
            "other_words": words,
            "places": _name_channels(case, (*pair.other.channels, *pair.one.channels)),
        }
        values = _tell_pair(case, pair)
        mend = _offer(case, "same-offer-other-words", (path, words), other=values["other"])
        yield Found(path, values | told, (mend,))


@check("same-offer-other-dates", Severity.WARN)
def same_offer_other_dates(case: Case) -> Iterator[Found]:
    """Two entries name the same offer for other days."""
    for pair in list_other_dates(_larger(case).occasions):
        dates = {"dates": _dates(case, pair.one), "other_dates": _dates(case, pair.other)}
        yield Found(_path(pair.one, "first"), _tell_pair(case, pair) | dates)


@check("offer-other-number", Severity.WARN)
def offer_other_number(case: Case) -> Iterator[Found]:
    """Two offers are called the same save for a number."""
    for pair in list_other_numbers(_larger(case).occasions):
        told = {
            "words": pair.one.offer,
            "other_words": pair.other.offer,
            "numbers": _join_numbers(case, pair.one),
            "other_numbers": _join_numbers(case, pair.other),
        }
        yield Found(_path(pair.one, "offer"), _tell_pair(case, pair) | told)


@check("occasions-overlap", Severity.NOTE)
def occasions_overlap(case: Case) -> Iterator[Found]:
    """Two different offers meet people at one time in one place."""
    found = find_overlap(_larger(case).occasions, case.today)
    if found is not None:
        values = {
            "occasion": _name(case, found.one),
            "other": _name(case, found.other),
            "places": _name_channels(case, found.channels),
            "day": _day(case, found.day),
            "more": _more(case, found.more),
        }
        yield Found(_path(found.one, "channels"), values)


def _dates(case: Case, occasion: Occasion) -> str:
    end = last_day(occasion)
    form = "on_day" if end == occasion.first else "between_days"
    return _say(case, form, first=_day(case, occasion.first), last=_day(case, end))


def _join_numbers(case: Case, occasion: Occasion) -> str:
    return ", ".join(read_numbers(occasion.offer)) or _say(case, "no_number")


def _name_channels(case: Case, channels: Iterable[Channel]) -> str:
    question = find_question(f"{STEP}.occasions.any.channels", case.language)
    return ", ".join(question.label_of(channel) for channel in dict.fromkeys(channels))


# -- goals ----------------------------------------------------------------------------------------


@check("goal-helps-nothing-else", Severity.BLOCK)
def goal_helps_nothing_else(case: Case) -> Iterator[Found]:
    """The larger plan was begun, and a goal names no activity beyond social media."""
    if not _is_begun(case):
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
        if o.name and o.first and not find_social(o.name) and set(o.channels) - {Channel.SOCIAL}
        if (last_day(o) or o.first) >= case.today
    ]
    if not ahead:
        return ()
    entry, name = f"{STEP}.supports.{goal}", min(ahead)[1]
    answers = ((f"{entry}.goal", goal), (f"{entry}.activity", name))
    return (_offer(case, "goal-helps-nothing-else", *answers, occasion=name),)


@check("support-is-social", Severity.WARN)
def support_is_social(case: Case) -> Iterator[Found]:
    """What a goal is to help beyond social media is social media again."""
    for support in _larger(case).supports:
        found = find_social(support.activity)
        if found:
            path = f"{STEP}.supports.{support.id}.activity"
            values = {"activity": support.activity, "found": ", ".join(f"“{w}”" for w in found)}
            yield Found(path, values)


# -- the list -------------------------------------------------------------------------------------


def _tell_action(case: Case, found: Sequence[Action]) -> dict[str, object]:
    first = found[0]
    return {
        "action": _name(case, first),
        "more": _more(case, len(found) - 1),
        "due": _day(case, first.due),
        "days": budget_of(case.plan).days,
    }


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
        path, who = _path(found[0], "who"), find_owner(case.plan, found[0].about or STEP)
        mend = (_offer(case, "action-without-owner", (path, who), who=who),) if who else ()
        yield Found(path, _tell_action(case, found), mend)


@check("action-without-date", Severity.WARN)
def action_without_date(case: Case) -> Iterator[Found]:
    """An action is named, and has no day."""
    found = [action for action in _open(case) if action.what and not action.due]
    if found:
        yield Found(_path(found[0], "due"), _tell_action(case, found))


@check("action-late", Severity.WARN)
def action_late(case: Case) -> Iterator[Found]:
    """The day of an action is past, and it is not done."""
    found = [
        action
        for action in _open(case)
        if action.due and action.due < case.today and not _is_slip(case, action)
    ]
    if found:
        mend = _offer(case, "action-late", (_path(found[0], "done"), Done.YES.value))
        yield Found(_path(found[0], "due"), _tell_action(case, found), (mend,))


@check("action-beyond-days", Severity.NOTE)
def action_beyond_days(case: Case) -> Iterator[Found]:
    """An action is due after the days that the list reaches."""
    end = last_of_list(case.plan, case.today)
    found = [a for a in _open(case) if a.due and a.due > end and not _is_slip(case, a)]
    if found:
        values = _tell_action(case, found) | {"end": _day(case, end)}
        yield Found(_path(found[0], "due"), values)


@check("action-date-slip", Severity.WARN)
def action_date_slip(case: Case) -> Iterator[Found]:
    """The day of an action is so far from today that the year may be a slip."""
    limit = case.default(f"{STEP}.far_days")
    found = [action for action in _open(case) if _is_slip(case, action)]
    if found and found[0].due:
        near = _next_such_day(found[0].due, case.today)
        answer = (_path(found[0], "due"), near.isoformat())
        fits = (near - case.today).days <= limit
        mend = (_offer(case, "action-date-slip", answer, day=_day(case, near)),) if fits else ()
        values = _tell_action(case, found) | {"limit": write_number(limit)}
        yield Found(_path(found[0], "due"), values, mend)


@check("actions-over-hours", Severity.WARN)
def actions_over_hours(case: Case) -> Iterator[Found]:
    """What is to be done within the days of the list takes more hours than there are."""
    budget, end = budget_of(case.plan), last_of_list(case.plan, case.today)
    needed = sum(a.hours or 0 for a in _open(case) if a.due is None or a.due <= end)
    if budget.all is None or budget.weekly is None or needed <= budget.all:
        return
    own = f"{STEP}.setup_share" in case.plan.own_defaults
    values = {
        "needed": write_hours(needed, case.language),
        "hours": write_hours(budget.all, case.language),
        "days": budget.days,
        "weekly": write_hours(budget.weekly, case.language),
        "share": write_number(budget.share),
        "whose": _say(case, "own" if own else "ours"),
    }
    yield Found(f"{STEP}.actions", values, rests_on=("start.hours_per_week",))


@check("goal-without-action", Severity.WARN)
def goal_without_action(case: Case) -> Iterator[Found]:
    """There is a list, and nothing on it serves a goal."""
    actions = _larger(case).actions
    named = {action.goal for action in actions} | {
        action.about.split(".")[2] for action in actions if _is_about_goal(action)
    }
    for goal, name in name_goals(case.plan, case.language).items():
        if actions and goal not in named:
            yield Found(f"{STEP}.actions", {"goal": name, "count": len(actions)})


def _is_about_goal(action: Action) -> bool:
    parts = (action.about or "").split(".")
    return parts[:2] == ["goals", "goals"] and len(parts) > 2  # noqa: PLR2004 - step.list.entry


@check("actions-done", Severity.NOTE)
def actions_done(case: Case) -> Iterator[Found]:
    """Actions are done: what did they change, and what comes now."""
    actions = _larger(case).actions
    done = sum(action.done is Done.YES for action in actions)
    if done:
        left = [action for action in _open(case) if action.what]
        following = _name(case, left[0]) if left else _say(case, "nothing_left")
        values = {"done": done, "count": len(actions), "following": following}
        yield Found(f"{STEP}.actions", values)
