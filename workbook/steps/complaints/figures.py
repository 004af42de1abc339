"""Figures about complaints in words: what was measured, how sure it is, and what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from workbook.checks import Finding, Severity
from workbook.complaint.measures import Share, Times
from workbook.complaint.rules import promise_of
from workbook.complaint.severity import Level
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.platforms import load_platforms
from workbook.steps.complaints.spans import WORDS, write_between, write_share, write_span
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from workbook.complaint.clock import Calendar
    from workbook.complaint.measures import Figures, LeftOut, Place
    from workbook.plan import Plan
    from workbook.records import Case

_STEP: Final = "complaints"
Rows = tuple[tuple[object, ...], ...]
_OFTEN: Final = 3
"""From so many cases on a cause is one that comes back."""


def due_by(plan: Plan, calendar: Calendar, level: str | None) -> Callable[[Case], datetime | None]:
    """By when a case had to have its first answer, as the plan promises.

    A case with a level is held against the promise for it, a review against the days for
    reviews, and any other against the promise for the level given, S2 where none is.
    """
    promises = {each: promise_of(plan, each, calendar) for each in Level}
    usual = Level(level) if level else Level.S2
    review = timedelta(days=default_of(plan, f"{_STEP}.review_days"))

    def due(case: Case) -> datetime | None:
        if case.severity is None and case.stars is not None:
            return case.seen_at + review
        rank = case.severity
        chosen = usual if rank is None else list(Level)[rank - 1]
        return promises[chosen].due(calendar, case.seen_at)

    return due


# -- what was read -----------------------------------------------------------------------------


def write_summary(
    figures: Figures, calendar: Calendar, source: str, language: str = BASE_LANGUAGE
) -> str:
    """How many cases were read, of which days, and how many needed an answer."""
    words = load_words(WORDS, language)
    if figures.first_day is None or figures.last_day is None:
        return str(words["read"]["none"])
    first, last = (
        write_day(moment.astimezone(calendar.zone).date(), language)
        for moment in (figures.first_day, figures.last_day)
    )
    rate = write_number(round(figures.received / figures.weeks, 1), language)
    return str(words["read"]["one_day" if first == last else "known"]).format(
        count=_count(figures.received, language), source=source, first=first, last=last,
        rate=rate, needing=_count(figures.needing_answer, language),
    )  # fmt: skip


def _count(number: int, language: str) -> str:
    words = load_words(WORDS, language)["measures"]
    return str(words["one_case" if number == 1 else "cases"]).format(
        count=write_number(number, language)
    )


def write_reasons(left: LeftOut, words: Mapping[str, str]) -> str:
    """Why cases are not in a figure, and how many each time."""
    return "; ".join(words[reason].format(count=count) for reason, count in left)


# -- the figures -------------------------------------------------------------------------------


def list_measures(figures: Figures, calendar: Calendar, language: str = BASE_LANGUAGE) -> Rows:
    """Each measure there are cases for: its figure, its interval, and what it rests on."""
    rows: list[tuple[object, ...]] = []
    for found in _all_of(figures):
        if isinstance(found, Times) and found.n:
            rows += _list_times(found, language, is_open=calendar.is_known)
        elif isinstance(found, Share) and found.n:
            rows.append(_list_share(found, language))
    return tuple(rows)


def write_missing(figures: Figures, language: str = BASE_LANGUAGE) -> str:
    """The measures no case says anything about, with what is missing; empty where all are there."""
    everything = load_words(WORDS, language)
    words = everything["measures"]
    missing = [
        words["missing_one"].format(
            measure=words[found.id], reasons=write_reasons(found.left_out, everything["reasons"])
        )
        for found in _all_of(figures)
        if not found.n
    ]
    return str(words["missing"]).format(measures="; ".join(missing)) if missing else ""


def write_pause(figures: Figures, language: str = BASE_LANGUAGE) -> str:
    """Whether the time in which a case waited for the customer is taken off, and of how many."""
    words, times = load_words(WORDS, language)["measures"], figures.resolution
    if not times.n:
        return ""
    cases = _count(times.n, language)
    return str(words["paused" if times.paused else "unpaused"]).format(
        count=times.paused, cases=cases
    )


def _all_of(figures: Figures) -> tuple[Times | Share, ...]:
    return (
        figures.first_response, figures.first_kept, figures.resolution, figures.resolution_kept,
        figures.answered, figures.satisfied, figures.liked, figures.followed_up,
    )  # fmt: skip


def _list_times(times: Times, language: str, *, is_open: bool) -> list[tuple[object, ...]]:
    everything = load_words(WORDS, language)
    words = everything["measures"]

    def write(minutes: float | None) -> str:
        if minutes is None:
            return str(everything["none"])
        return write_span(minutes, is_open=is_open, language=language)

    between = words["few"]
    if times.low is not None:
        between = words["range"].format(low=write(times.low), high=write(times.high))
    n = _count(times.n, language)
    rests = _write_rests(n, write_reasons(times.left_out, everything["reasons"]), words)
    rows: list[tuple[object, ...]] = [(words[times.id], write(times.median), between, rests)]
    if times.p90 is not None:
        rows.append((words[f"{times.id}_p90"], write(times.p90), everything["none"], n))
    return rows


def _list_share(share: Share, language: str) -> tuple[object, ...]:
    everything = load_words(WORDS, language)
    words = everything["measures"]
    hits = words["hits"].format(hits=share.hits, cases=_count(share.n, language))
    rests = _write_rests(hits, write_reasons(share.left_out, everything["reasons"]), words)
    counted = everything["share"]["share"].format(count=round(100 * (share.share or 0)))
    return words[share.id], counted, write_between(share.low, share.high, language), rests


def _write_rests(count: str, left: str, words: Mapping[str, str]) -> str:
    return words["rests"].format(count=count, left=left) if left else count


def list_places(figures: Figures, calendar: Calendar, language: str = BASE_LANGUAGE) -> Rows:
    """What came in on each platform and channel, and how it was answered there."""
    words = load_words(WORDS, language)

    def write(place: Place) -> tuple[object, ...]:
        rate, median = place.answered, place.first_response.median
        answered = words["measures"]["hits"].format(hits=rate.hits, cases=_count(rate.n, language))
        time = None
        if median is not None:
            time = write_span(median, is_open=calendar.is_known, language=language)
        return (
            _name_place(place, words, language), write_number(place.received, language),
            answered if rate.n else words["none"], time or words["none"],
        )  # fmt: skip

    return tuple(write(place) for place in figures.places)


def _name_place(place: Place, words: Mapping[str, Mapping[str, str]], language: str) -> str:
    if place.platform:
        known = load_platforms(language).get(place.platform)
        return known.name if known else place.platform
    return words["channels"].get(place.channel, place.channel) or words["places"]["unknown"]


# -- what follows ------------------------------------------------------------------------------


def find_advice(figures: Figures, plan: Plan, language: str = BASE_LANGUAGE) -> tuple[Finding, ...]:
    """What to do about a promise that is not kept, about silence, and about what comes back."""
    found = (_advise_silence(figures), _advise_promise(figures, plan, language),
             _advise_cause(figures))  # fmt: skip
    words = load_words(WORDS, language)
    return tuple(
        _write_advice(name, severity, values, words, language)
        for name, severity, values in filter(None, found)
    )


_Advice = tuple[str, Severity, dict[str, object]]


def _advise_silence(figures: Figures) -> _Advice | None:
    answered = figures.answered
    silent = answered.n - answered.hits
    return ("silence", Severity.WARN, {"count": silent}) if silent else None


def _advise_promise(figures: Figures, plan: Plan, language: str) -> _Advice | None:
    kept = figures.first_kept
    share = min(default_of(plan, f"{_STEP}.kept_share"), 100) / 100
    if kept.share is None or kept.share >= share:
        return None
    values = {
        "share": write_share(kept.share, language), "hits": kept.hits, "count": kept.n,
        "low": round(kept.low * 100), "high": round(kept.high * 100),
        "sure": "sure" if kept.high < share else "little",
    }  # fmt: skip
    return "promise", Severity.WARN, values


def _advise_cause(figures: Figures) -> _Advice | None:
    if not figures.causes.top or figures.causes.top[0][1] < _OFTEN:
        return None
    cause, count = figures.causes.top[0]
    return "cause", Severity.NOTE, {
        "cause": cause, "count": count, "of": figures.causes.n,
        "sure": "little" if figures.causes.left_out else "fairly",
    }  # fmt: skip


def _write_advice(
    name: str,
    severity: Severity,
    values: dict[str, object],
    everything: Mapping[str, Any],
    language: str,
) -> Finding:
    sure = everything["sure"].get(values.get("sure", ""), "")
    told = values | {"sure": sure, "cases": _count(int(str(values["count"])), language)}
    filled = {key: text.format(**told) for key, text in everything["advice"][name].items()}
    return Finding(
        id=f"figures-{name}", step=_STEP, severity=severity, path=f"{_STEP}.hours", **filled
    )
