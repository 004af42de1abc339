"""What the numbers come to as pictures and in words: the way, the rates, what each place is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.charts import funnel, rates
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.measurement.kept import read_files
from workbook.measurement.quadrants import Quadrant
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.outcome import RESULTS, WORDS, Share, name_place
from workbook.values import Frozen
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.charts.rendering import Picture
    from workbook.measurement.results import Counted
    from workbook.plan import Plan
    from workbook.steps.measurement.outcome import Outcome, PerHour, PlaceOutcome

MOST_DRAWN: Final = 8
_HUNDRED: Final = 100
_HOURS: Final = 10
"""Rates are told for so many hours, since few things happen in one."""


class Judged(Frozen):
    """What a place is so far: in a few words, the facts, and what to do."""

    platform: str
    kind: str
    title: str
    facts: str
    text: str


def draw_way(outcome: Outcome, language: str = BASE_LANGUAGE) -> Picture:
    """How far people came, for the places that anything of it is known of."""
    words = load_words(WORDS, language)["way"]
    ways = [
        funnel.PlaceWay(
            place.name,
            visits=_tell_visits(place, words, language),
            **{stage: _tell_stage(place, stage, words, language) for stage in STAGES},
        )
        for place in outcome.places[:MOST_DRAWN]
        if any(place.counts[name] is not None for name in ("visits", *STAGES))
    ]
    return funnel.draw(ways, language=language, name="measurement-way")


def _tell_visits(place: PlaceOutcome, words: Mapping[str, str], language: str) -> funnel.Step:
    visits = place.counts["visits"]
    if not visits:
        return funnel.Step(_write_count(visits, words, language))
    return funnel.Step(_write_count(visits, words, language), 1.0, 1.0, 1.0)


def _tell_stage(
    place: PlaceOutcome, stage: str, words: Mapping[str, str], language: str
) -> funnel.Step:
    share = place.shares[stage]
    if share is None:
        return funnel.Step(_write_count(place.counts[stage], words, language))
    rate = share.rate
    return funnel.Step(
        write_share(share, words["share"], language), rate.value, rate.low, rate.high
    )


def _write_count(count: int | None, words: Mapping[str, str], language: str) -> str:
    if count is None:
        return words["missing"]
    return words["count"].format(count=write_number(count, language))


def write_share(share: Share, form: str, language: str = BASE_LANGUAGE) -> str:
    """A share in words, with its limits in percent."""
    return form.format(
        count=write_number(share.count, language),
        of=write_number(share.of, language),
        percent=write_number(round(share.rate.value * _HUNDRED), language),
        low=write_number(round(share.rate.low * _HUNDRED), language),
        high=write_number(round(share.rate.high * _HUNDRED), language),
    )


def list_weeks(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[tuple[str, ...], ...]:
    """A row for each of the last weeks and each place in it, the last week first.

    Visits with the limits of a small count, and for each stage how many of them came so far, as a
    share with its limits. Only what files tell by days is in it.
    """
    words = load_words(WORDS, language)
    return tuple(
        (
            words["weeks"]["from"].format(day=write_day(monday, language), place=name),
            *(_write_counted(each.of(stage), words, language) for stage in ("sessions", *STAGES)),
        )
        for monday, results in reversed(read_files(plan).weeks)
        for each in results.platforms
        if (name := name_place(each.platform, language))
    )


def _write_counted(counted: Counted | None, words: Mapping[str, Any], language: str) -> str:
    """A count with its limits; a share where the visits of the same days are known."""
    if counted is None:
        return str(words["way"]["missing"])
    if counted.pair and counted.share:
        share = Share(*counted.pair, counted.share)
        return write_share(share, words["way"]["share"], language)
    low, high = (write_number(round(n), language) for n in (counted.low, counted.high))
    return str(words["weeks"]["count"]).format(
        count=write_number(counted.count, language), low=low, high=high
    )


# -- per hour ----------------------------------------------------------------------------------


def draw_rates(outcome: Outcome, language: str = BASE_LANGUAGE) -> Picture:
    """What hours brought, for the places that anything is known of."""
    words = load_words(WORDS, language)["rates"]
    shown = outcome.places[:MOST_DRAWN]
    drawn = [
        rates.PlaceRates(
            place.name,
            hours=words["hours"] if place.hours is None else write_number(place.hours, language),
            **{name: _tell_rate(place.per_hour[name], words, language) for name in RESULTS},
        )
        for place in shown
    ]
    return rates.draw(drawn, language=language, name="measurement-rates")


def _tell_rate(
    found: PerHour | None, words: Mapping[str, str], language: str
) -> rates.Rated | None:
    if found is None:
        return None
    value, low, high = (getattr(found.rate, name) * _HOURS for name in ("value", "low", "high"))
    return rates.Rated(value, low, high, write_rate(found, words["said"], language))


def write_rate(found: PerHour, form: str, language: str = BASE_LANGUAGE) -> str:
    """What came of ten hours in words, with its limits."""
    ten = [round(getattr(found.rate, name) * _HOURS, 1) for name in ("value", "low", "high")]
    rate, low, high = (write_number(each, language) for each in ten)
    return form.format(rate=rate, low=low, high=high)


# -- what each place is ------------------------------------------------------------------------


def judge_places(plan: Plan, outcome: Outcome, language: str = BASE_LANGUAGE) -> tuple[Judged, ...]:
    """What each place is for the business so far, because of which counts."""
    words = load_words(WORDS, language)
    return tuple(
        Judged(
            platform=place.platform,
            kind=place.kind,
            title=words["verdicts"]["said"].format(
                place=place.name, name=words["kinds"][place.kind]["name"]
            ),
            facts=_list_facts(place, words["verdicts"], language),
            text=_write_text(plan, place, words, language),
        )
        for place in outcome.places
    )


def _list_facts(place: PlaceOutcome, words: Mapping[str, str], language: str) -> str:
    numbers: dict[str, float | None] = {
        **{name: place.counts[name] for name in RESULTS},
        "hours": place.hours,
        "days": place.days or None,
    }
    told = [
        _count(f"with_{name}", number, words, language)
        for name, number in numbers.items()
        if number is not None
    ]
    rates_of = {**place.per_hour, "used": place.used_per_hour}
    rated = [
        write_rate(rate, words[f"rate_{name}"], language) for name, rate in rates_of.items() if rate
    ]
    parts = [", ".join(each) for each in (told, rated) if each]
    return words["facts"].format(what="; ".join(parts)) if parts else ""


def _count(name: str, number: float, words: Mapping[str, str], language: str) -> str:
    written = write_number(number, language)
    form = words[f"{name}_one" if number == 1 else name]
    return form.format(count=written, days=written, hours=written)


def _write_text(plan: Plan, place: PlaceOutcome, words: Mapping[str, Any], language: str) -> str:
    said, text = words["verdicts"], words["kinds"][place.kind]["text"]
    if place.kind is not Quadrant.EARLY:
        return str(text)
    more = said["left"].format(what=said["and"].join(_list_left(plan, place, said, language)))
    return f"{text} {more}"


def _list_left(
    plan: Plan, place: PlaceOutcome, words: Mapping[str, str], language: str
) -> Iterator[str]:
    """What is missing before a place may be judged: days, hours."""
    there = {"days": place.days or None, "hours": place.hours}
    for name, number in there.items():
        missing = default_of(plan, f"measurement.verdict_{name}") - (number or 0)
        if number is None:
            yield words[f"unknown_{name}"]
        elif missing > 0:
            yield _count(f"early_{name}", missing, words, language)
