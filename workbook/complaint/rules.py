"""What a plan says about complaints, as the tree, the clock and the draft need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from workbook.complaint.clock import (
    Calendar,
    Spell,
    add_minutes,
    add_plain_minutes,
    minutes_in_a_business_day,
    read_clock,
)
from workbook.complaint.severity import Level, load_tiers
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.steps.complaints.answers import Urgent, Weekday
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from workbook.complaint.tree import Outcome
    from workbook.plan import Plan

STEP = "complaints"
WORDS = "complaint/clock.toml"
_MINUTES_IN_AN_HOUR = 60
_DAYS = list(Weekday)
_ROLES: dict[Level, tuple[str, ...]] = {
    Level.S1: ("page_owner",),
    Level.S2: ("page_owner", "service_lead"),
    Level.S3: ("approver", "backup"),
    Level.S4: ("business_owner",),
}
_MORE_ROLES: dict[str, tuple[str, ...]] = {
    "emergency": ("safety_contact",),
    "legal": ("lawyer",),
}
"""Who is called besides, by what the tree came to."""
_DECISIVE_ROLES = {"safety": "safety_contact", "legal": "lawyer"}
"""Who is called besides, by the score that alone made the case grave."""


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon the first answer comes: so many minutes on a clock, and when the next one does.

    ``unit`` says in what the plan counts: business days, open hours or minutes. ``always`` is
    whether the clock also runs while the business is closed.
    """

    level: Level
    amount: float
    unit: str
    minutes: int
    update_minutes: int
    always: bool

    def due(self, calendar: Calendar, seen_at: datetime) -> datetime | None:
        """The moment by which the first answer is promised; None when that is out of reach."""
        return self._add(calendar, seen_at, self.minutes)

    def update_due(self, calendar: Calendar, seen_at: datetime) -> datetime | None:
        """The moment by which the person hears again; never before the first answer is due."""
        return self._add(calendar, seen_at, max(self.minutes, self.update_minutes))

    def _add(self, calendar: Calendar, start: datetime, minutes: int) -> datetime | None:
        if not self.always:
            return add_minutes(calendar, start, minutes)
        try:
            return add_plain_minutes(calendar, start, minutes)
        except OverflowError:
            return None


def calendar_of(plan: Plan, fallback: tzinfo = UTC) -> Calendar:
    """When the business is open, in its own time zone or in the one given."""
    ours = plan.complaints
    spells = tuple(
        Spell(
            frozenset(map(_DAYS.index, each.days)), read_clock(each.opens), read_clock(each.closes)
        )
        for each in ours.hours
        if each.days and each.opens and each.closes
    )
    closed = tuple(
        (each.first, max(each.first, each.last or each.first)) for each in ours.closed if each.first
    )
    return Calendar(ZoneInfo(ours.zone) if ours.zone else fallback, spells, closed)


def sums_of(plan: Plan) -> tuple[float, ...]:
    """The highest sums of scores that are S1, S2 and S3."""
    return tuple(default_of(plan, f"{STEP}.{name}") for name in ("s1_most", "s2_most", "s3_most"))


def promise_of(plan: Plan, level: Level, calendar: Calendar) -> Promise:
    """The promise for a level: the business's own, or ours where it gives none."""
    name = f"first_{level.lower()}"
    own = getattr(plan.complaints, name)
    amount = own if own is not None else default_of(plan, f"{STEP}.{name}")
    day = minutes_in_a_business_day(calendar)
    grave = level in (Level.S3, Level.S4)
    unit = {Level.S1: "business_day", Level.S2: "open_hour"}.get(level, "minute")
    length = {"business_day": day, "open_hour": _MINUTES_IN_AN_HOUR, "minute": 1}[unit]
    hours = default_of(plan, f"{STEP}.update_hours") * _MINUTES_IN_AN_HOUR
    days = default_of(plan, f"{STEP}.update_days") * day
    return Promise(
        level=level,
        amount=amount,
        unit=unit,
        minutes=max(1, round(amount * length)),
        update_minutes=round(hours if grave else days),
        always=not calendar.is_known or (grave and plan.complaints.urgent is not Urgent.OPEN),
    )


def people_of(
    plan: Plan, level: Level, outcome: Outcome | None = None, decisive: Iterable[str] = ()
) -> dict[str, str]:
    """The people who deal with a case, by their role; empty where the plan names nobody.

    Args:
        plan: Names the people.
        level: How severe the case is.
        outcome: What the tree came to.
        decisive: The scores that alone made it as severe as it can be.
    """
    rank = max(level.rank, outcome.people) if outcome else level.rank
    extra = _MORE_ROLES.get(outcome.id, ()) if outcome else ()
    called = (_DECISIVE_ROLES[name] for name in decisive)
    roles = dict.fromkeys((*_ROLES[list(Level)[rank - 1]], *extra, *called))
    named = {role: getattr(plan.complaints, role) for role in roles}
    return {role: "" if name in (None, UNKNOWN) else name for role, name in named.items()}


# -- in words ----------------------------------------------------------------------------------


def write_moment(moment: datetime, language: str = BASE_LANGUAGE) -> str:
    """A moment with its weekday: Monday 11 May, 17:30."""
    words, months = load_words(WORDS, language), load_words("wording.toml", language)["months"]
    return str(words["moment"]).format(
        weekday=words["weekdays"][moment.weekday()],
        day=moment.day,
        month=months[moment.month - 1],
        time=f"{moment:%H:%M}",
    )


def write_promise(promise: Promise, calendar: Calendar, language: str = BASE_LANGUAGE) -> str:
    """A promise in words: 4 open hours; 60 minutes, day and night."""
    words = load_words(WORDS, language)["clock"]
    if not calendar.is_known:
        unit = {"business_day": "day", "open_hour": "hour"}.get(promise.unit, promise.unit)
        return str(words["unknown"]).format(length=write_length(promise.amount, unit, language))
    form = "always" if promise.always else "open" if promise.unit == "minute" else "plain"
    length = write_length(promise.amount, promise.unit, language)
    return str(words[form]).format(length=length)


def write_also(plan: Plan, level: Level, language: str = BASE_LANGUAGE) -> str:
    """What a level calls for besides an answer."""
    minutes = write_number(default_of(plan, f"{STEP}.think_minutes"), language)
    return load_tiers(language)[level].also.format(minutes=minutes)


def write_length(amount: float, unit: str, language: str = BASE_LANGUAGE) -> str:
    """A length of time in a unit: 1 hour, 2.5 days."""
    words = load_words(WORDS, language)["length"]
    form = unit if amount == 1 else f"{unit}s"
    return str(words[form]).format(count=write_number(amount, language))
