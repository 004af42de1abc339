"""Whether the hours on duty keep the promised first answer, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workbook.charts.keeping import Kept
from workbook.checks import Finding, Severity
from workbook.complaint.rules import calendar_of, promise_of, write_length
from workbook.complaint.severity import Level
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.evidence.queueing import ALWAYS, MINUTES_IN_A_DAY, Outlook, Week, look_ahead, week_of
from workbook.steps.complaints.answers import Weekday
from workbook.steps.complaints.spans import WORDS, write_between, write_share, write_span
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.complaint.clock import Calendar
    from workbook.plan import Plan

_STEP: Final = "complaints"
_HOUR: Final = 60
_OPEN_PROMISES: Final = (1, 2, 4, 8, 16, 24, 40, 60)
_PLAIN_PROMISES: Final = (1, 4, 12, 24, 48, 72, 120, 168)
"""Hours that people promise, by the clock they count on."""
_SIMULATED: Final = 60_000
_HALF: Final = 0.5
_AS_GOOD_AS_ALWAYS: Final = 0.99
_DAYS: Final = list(Weekday)
_LOOKS: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be on duty, and what becomes of complaints then."""

    id: str
    duty: Week
    outlook: Outlook
    days: int = 0


@dataclass(frozen=True, slots=True)
class Staffing:
    """The answers of somebody who asks whether a promise can be kept, and what they come to."""

    plan: Plan
    given: Mapping[str, Any]
    promise: float
    """Minutes on the clock of the promise."""
    is_open_clock: bool
    share: float
    """From which part on a promise counts as one that can be made."""
    ways: tuple[Way, ...]
    """As it is, and other ways to use hours."""

    @property
    def now(self) -> Outlook:
        """What becomes of complaints as things are."""
        return self.ways[0].outlook

    @property
    def ladder(self) -> tuple[float, ...]:
        """Promises people make, in minutes, the shortest first; theirs is among them."""
        usual = _OPEN_PROMISES if self.is_open_clock else _PLAIN_PROMISES
        return tuple(sorted({self.promise, *(hours * _HOUR for hours in usual)}))

    @property
    def better(self) -> float | None:
        """The shortest promise that is kept often enough even when many complaints come."""
        return next((p for p in self.ladder if self.now.keep(p).low >= self.share), None)


def find_problems(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of answers that cannot be used: nothing where something is needed."""
    least = {"minutes": 0, "hours": 0, "people": 1, "weeks": 1, "promise": 0}
    wrong = [
        name
        for name, limit in least.items()
        if given[name] is not None and (given[name] < limit or not given[name])
    ]
    return (*wrong, *(() if given["days"] else ("days",)))


def estimate(plan: Plan, given: Mapping[str, Any]) -> Staffing:
    """The chance of keeping a promise from what somebody answered; see ``bench_measures.toml``.

    Raises ValueError where ``find_problems`` finds any.
    """
    calendar = calendar_of(plan)
    promise, is_open = _promise(plan, given, calendar)
    open_week = _week_of(calendar)
    usual: dict[str, Any] = {
        "per_week": float(given["per_week"]),
        "weeks_counted": float(given["weeks"] or default_of(plan, f"{_STEP}.counted_weeks")),
        "minutes_per_reply": float(given["minutes"]),
        "people": max(int(given["people"] or 1), 1),
        "clock": open_week if is_open else ALWAYS,
        "arrivals": _arrivals(plan, given["arrivals"], open_week),
    }
    return Staffing(
        plan=plan,
        given=given,
        promise=promise,
        is_open_clock=is_open,
        share=min(default_of(plan, f"{_STEP}.kept_share"), 100) / 100,
        ways=tuple(
            Way(name, duty, look_ahead(duty=duty, **usual), days)
            for name, duty, days in _list_ways(plan, given, calendar, open_week)
        ),
    )


def _promise(plan: Plan, given: Mapping[str, Any], calendar: Calendar) -> tuple[float, bool]:
    """Minutes, and whether they count only while open: as answered, or as the plan promises."""
    if given["promise"] is not None:
        return given["promise"] * _HOUR, given["clock"] == "open" and calendar.is_known
    ours = promise_of(plan, Level.S2, calendar)
    return float(ours.minutes), not ours.always


def _arrivals(plan: Plan, answer: str | None, open_week: Week) -> Week:
    if answer == "any" or (answer == "open" and not open_week.spells):
        return ALWAYS
    return open_week if answer == "open" else _daytime(plan)


def _daytime(plan: Plan) -> Week:
    start, end = _day_of_writers(plan)
    return week_of((day, start * _HOUR, end * _HOUR) for day in range(7))


def _day_of_writers(plan: Plan) -> tuple[float, float]:
    """The hours from which and until which people write, within a day."""
    start = default_of(plan, f"{_STEP}.writes_from")
    end = default_of(plan, f"{_STEP}.writes_until")
    return (start, min(end, 24.0)) if start < min(end, 24.0) else (0.0, 24.0)


def _week_of(calendar: Calendar) -> Week:
    """The week in which a business is open."""
    return week_of(
        (day, each.opens.hour * _HOUR + each.opens.minute,
         each.closes.hour * _HOUR + each.closes.minute)
        for each in calendar.spells
        for day in each.days
    )  # fmt: skip


def _list_ways(
    plan: Plan, given: Mapping[str, Any], calendar: Calendar, open_week: Week
) -> Iterator[tuple[str, Week, int]]:
    """As it is, twice the hours, the same hours spread out, and all through opening hours."""
    hours = float(given["hours"])
    days = [_DAYS.index(Weekday(day)) for day in given["days"]]
    looks = [_read(given[name]) for name in _LOOKS if given[name]]
    yield "now", _spend(hours, days, looks), 0
    yield "double", _spend(min(hours * 2, 168), days, looks), 0
    spread = _spread(plan, hours, calendar)
    yield "spread", spread, spread.days
    if open_week.spells:
        yield "open", open_week, 0


def _read(clock: str) -> float:
    hour, minute = clock.split(":")
    return int(hour) * _HOUR + int(minute)


def _spend(hours: float, days: Sequence[int], looks: Sequence[float]) -> Week:
    """The hours of a week, shared alike among the looks of its days."""
    length = hours * _HOUR / (len(days) * len(looks))
    return week_of(
        (day, start, start + min(length, MINUTES_IN_A_DAY)) for day in days for start in looks
    )


def _spread(plan: Plan, hours: float, calendar: Calendar) -> Week:
    """The same hours in two looks on every day the business is open, or on every day."""
    spells = _week_of(calendar).spells
    first: dict[int, float] = {}
    last: dict[int, float] = {}
    for start, end in spells:
        day = int(start // MINUTES_IN_A_DAY)
        first[day] = min(start, first.get(day, start))
        last[day] = max(end, last.get(day, end))
    if not spells:
        opens, closes = _day_of_writers(plan)
        first = {day: day * MINUTES_IN_A_DAY + opens * _HOUR for day in range(7)}
        last = {day: day * MINUTES_IN_A_DAY + closes * _HOUR for day in range(7)}
    length = hours * _HOUR / (2 * len(first))
    blocks = []
    for day, start in first.items():
        room = max(last[day] - start - length, 0)
        for part in (0.25, 0.75):
            begin = start - day * MINUTES_IN_A_DAY + room * part
            blocks.append((day, begin, begin + length))
    return week_of(blocks)


# -- in words ----------------------------------------------------------------------------------


def write_verdict(staffing: Staffing, language: str = BASE_LANGUAGE) -> Finding:
    """What can be promised, because of which answers, how sure, and what would change it."""
    words = load_words(WORDS, language)
    kept = staffing.now.keep(staffing.promise)
    name = _judge(staffing)
    better = staffing.better
    clock = "open" if staffing.is_open_clock else "always"
    missing = staffing.now.work_minutes - staffing.now.duty_minutes
    values = {
        "promise": _write(staffing, staffing.promise, language),
        "share": write_share(kept.chance, language),
        "low": write_share(kept.low, language),
        "better": "" if better is None else _write(staffing, better, language),
        "clock": words["clocks"][clock],
        "more": write_span(max(missing, 1), is_open=False, language=language),
    }
    helpless = better is None and name not in ("kept", "overfull")
    do = words["verdict"]["no_better" if helpless else name]["do"]
    return Finding(
        id=f"staffing-{name}",
        step=_STEP,
        severity=Severity.NOTE if name in ("kept", "likely") else Severity.WARN,
        path=f"{_STEP}.hours",
        what=words["verdict"][name]["what"].format(**values),
        because=_write_because(staffing, language),
        do=do.format(**values),
        sure=_write_sure(staffing, language),
        change=words["verdict"]["change"],
        sources=("Z1",),
    )


def _judge(staffing: Staffing) -> str:
    """Which of the verdicts holds."""
    kept = staffing.now.keep(staffing.promise)
    if staffing.now.load >= 1:
        return "overfull"
    if kept.low >= staffing.share:
        return "kept"
    if kept.chance >= staffing.share:
        return "likely"
    return "often" if kept.chance >= _HALF else "rarely"


def _write(staffing: Staffing, minutes: float, language: str) -> str:
    return write_span(minutes, is_open=staffing.is_open_clock, language=language)


def _write_because(staffing: Staffing, language: str) -> str:
    words, given = load_words(WORDS, language)["verdict"], staffing.given
    days = load_words(f"steps/{_STEP}/bench_measures.toml", language)["staffing"]["questions"]
    named = [days["days"]["options"][day] for day in given["days"]]
    people = max(int(given["people"] or 1), 1)
    start, end = _day_of_writers(staffing.plan)
    arrivals = given["arrivals"] or "daytime"
    if arrivals == "open" and not calendar_of(staffing.plan).is_known:
        arrivals = "any"
    return str(words["because"]).format(
        per_week=write_number(given["per_week"], language),
        minutes=write_length(given["minutes"], "minute", language),
        work=write_span(staffing.now.work_minutes, is_open=False, language=language),
        hours=write_length(given["hours"], "hour", language),
        days=_join(named, language),
        looks=_join([given[name] for name in _LOOKS if given[name]], language),
        people=words["people_one" if people == 1 else "people_many"].format(count=people),
        arrivals=words["arrivals"][arrivals].format(
            start=write_number(start, language), end=write_number(end, language)
        ),
    )


def _join(parts: Sequence[str], language: str) -> str:
    if len(parts) == 1:
        return parts[0]
    form = str(load_words(WORDS, language)["several"])
    return form.format(some=", ".join(parts[:-1]), last=parts[-1])


def _write_sure(staffing: Staffing, language: str) -> str:
    words = load_words(WORDS, language)
    weeks = staffing.given["weeks"] or default_of(staffing.plan, f"{_STEP}.counted_weeks")
    kept = staffing.now.keep(staffing.promise)
    narrow = kept.high - kept.low < 0.1  # noqa: PLR2004 - ten of a hundred
    return str(words["verdict"]["sure"]).format(
        sure=words["sure"]["fairly" if narrow else "little"],
        weeks=words["verdict"]["weeks_one" if weeks == 1 else "weeks_many"].format(
            count=write_number(weeks, language)
        ),
        low=write_number(round(staffing.now.rate_low, 1), language),
        high=write_number(round(staffing.now.rate_high, 1), language),
        simulated=write_number(_SIMULATED, language),
    )


Rows = tuple[tuple[object, ...], ...]


def list_promises(staffing: Staffing, language: str = BASE_LANGUAGE) -> tuple[Kept, ...]:
    """Promises people make, how often each would be kept, and how sure that is.

    They end with the first that is as good as always kept; none where the work does not fit.
    """
    rows: list[Kept] = []
    for minutes in staffing.ladder if staffing.now.load < 1 else ():
        kept = staffing.now.keep(minutes)
        rows.append(
            Kept(
                promise=_write(staffing, minutes, language),
                chance=kept.chance,
                low=kept.low,
                high=kept.high,
                kept=write_share(kept.chance, language),
                between=write_between(kept.low, kept.high, language),
                is_asked=minutes == staffing.promise,
            )
        )
        if minutes >= staffing.promise and kept.low >= _AS_GOOD_AS_ALWAYS:
            break
    return tuple(rows)


def list_ways(staffing: Staffing, language: str = BASE_LANGUAGE) -> Rows:
    """Ways to use hours, and what each would bring."""
    words = load_words(WORDS, language)["staffing"]
    rows = []
    for way in staffing.ways:
        days = words["day_one" if way.days == 1 else "day_many"].format(count=way.days)
        usual = way.outlook.usual(staffing.share)
        rows.append(
            (
                words[way.id].format(days=days),
                write_number(round(way.duty.minutes / _HOUR, 1), language),
                write_share(way.outlook.keep(staffing.promise).chance, language),
                words["never"] if usual is None else _write(staffing, usual, language),
            )
        )
    return tuple(rows)
