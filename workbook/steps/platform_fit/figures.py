"""The figures about places as they are shown: sets, what one place more brings, and hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.charts.sets import SetRow
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.evidence.survey import place_names
from workbook.fit.choice import describe_set
from workbook.fit.numbers import SHARED_HOURS
from workbook.fit.phrases import write_hours
from workbook.fit.planned import choose_for, list_chosen
from workbook.fit.suitability import Criterion
from workbook.fit.wording import join_places, name_place
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.fit.choice import Choice
    from workbook.fit.effort import Effort
    from workbook.fit.sets import Amount, Option
    from workbook.plan import Plan

WORDS = "steps/platform_fit/result.toml"
MOST_GAINS = 6
MOST_NAMED = 6
_SAME = 1e-6


def load_result_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words about which places fit."""
    return load_words(WORDS, language)


class Found(NamedTuple):
    """A choice of places for a plan, with what the plan chose itself."""

    plan: Plan
    choice: Choice
    chosen: Option | None
    """The set the plan chose; None where it chose none."""
    language: str = BASE_LANGUAGE

    @property
    def base(self) -> Option:
        """The set that one place more is held against: the chosen one, else the best."""
        return self.chosen or self.choice.best

    @property
    def words(self) -> Mapping[str, Any]:
        """The words about which places fit."""
        return load_result_words(self.language)


def look_up(plan: Plan, language: str = BASE_LANGUAGE) -> Found:
    """The choice of places for a plan, however little of it is answered."""
    choice, chosen = choose_for(plan, language), list_chosen(plan)
    return Found(plan, choice, describe_set(choice, chosen) if chosen else None, language)


# -- sets ----------------------------------------------------------------------------------------


def list_sets(found: Found) -> tuple[SetRow, ...]:
    """The best sets, the chosen one and the empty one, by what they reach, as rows of a picture."""
    options = list(found.choice.options)
    chosen = found.chosen
    if chosen and set(chosen.places) not in [set(each.places) for each in options]:
        options.append(chosen)
    ordered = sorted(options, key=lambda each: -round(each.weighted.percent, 9))
    return tuple(_make_row(found, option) for option in ordered)


def _make_row(found: Found, option: Option) -> SetRow:
    choice, chosen = found.choice, found.chosen
    weighted = option.weighted
    return SetRow(
        name=name_set(found, option),
        hours=write_hours(option.hours, found.language),
        reach=option.reach.percent,
        weighted=weighted.percent,
        low=min(weighted.low, weighted.percent),
        high=max(weighted.high, weighted.percent),
        told=write_amount(found, weighted),
        ceiling=write_reach(found, option),
        is_tied=option.is_tied and bool(option.places),
        is_best=bool(option.places) and set(option.places) == set(choice.best.places),
        is_chosen=chosen is not None and set(option.places) == set(chosen.places),
        fits=option.hours <= choice.wish.hours + _SAME,
        keeps_rule=keeps_rule(choice, option),
        is_ruled=choice.wish.most is not None,
    )


def keeps_rule(choice: Choice, option: Option) -> bool:
    """Whether a set has no more places than one person may keep; always where several do it."""
    return choice.wish.most is None or len(option.places) <= choice.wish.most


def is_surveyed(choice: Choice) -> bool:
    """Whether the reach of places rests on a survey for some group that counts."""
    return any(known.told is None for known in choice.audiences if known.left is None)


def name_asked(choice: Choice) -> str:
    """What the reach rests on: a survey, clients asked what they use or where, or both."""
    counting = [known for known in choice.audiences if known.left is None]
    asked = {known.told.question if known.told else None for known in counting}
    if len(asked) > 1:
        return "mixed"
    question = next(iter(asked), None)
    return question.value if question else "survey"


def name_set(found: Found, option: Option) -> str:
    """What a set is called."""
    none = str(found.words["figure"]["none"])
    return join_places(option.places, found.language) if option.places else none


def write_amount(found: Found, amount: Amount, *, bounds: bool = False) -> str:
    """A share with its interval; only the limits where the middle is not known."""
    words = found.words["figure"]
    percent, low, high = (write_number(round(each), found.language) for each in amount)
    if percent == low == high == "0":
        return str(words["nothing"])
    form = "bounds" if bounds else "interval"
    return str(words[form]).format(percent=percent, low=low, high=high)


def write_reach(found: Found, option: Option) -> str:
    """How many in 100 use some place of a set."""
    return write_amount(found, option.reach, bounds=option.is_limits)


# -- one place more ------------------------------------------------------------------------------


class Further(NamedTuple):
    """What one place more would bring: new people in 100, and what the set then takes."""

    place: str
    reach: Amount
    is_limits: bool
    hours: float
    fits: bool


def list_gains(found: Found) -> tuple[Further, ...]:
    """What each place more would bring beside the chosen set, the most new people first.

    The interval is that of the difference, since both sets rest on the same people.
    """
    base = found.base
    rest = [name for name in found.choice.search.places if name not in base.places]
    gains = [_gain(found.choice, base, name) for name in rest]
    return tuple(sorted(gains, key=lambda gain: -gain.reach.percent))[:MOST_GAINS]


def _gain(choice: Choice, base: Option, name: str) -> Further:
    search = choice.search
    gains = search.list_gains(search.number_of((*base.places, name)))
    gain = next(each for each in gains if each.place == name)
    hours = base.hours + choice.efforts[name].hours
    hours += 0.0 if base.places else choice.wish.numbers[SHARED_HOURS]
    return Further(name, gain.amount, gain.is_limits, hours, hours <= choice.wish.hours + _SAME)


def list_gain_rows(found: Found) -> tuple[tuple[str, str, str], ...]:
    """The same in words, a row for each place."""
    words = found.words
    return tuple(
        (
            gain.place,
            write_amount(found, gain.reach, bounds=gain.is_limits),
            write_hours(gain.hours, found.language)
            if gain.fits
            else str(words["gains"]["over"]).format(hours=write_hours(gain.hours, found.language)),
        )
        for gain in list_gains(found)
    )


# -- hours ---------------------------------------------------------------------------------------


def list_effort_rows(found: Found, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What some places take in a week, taken apart, and whose figure it is."""
    return tuple(_write_effort(found, name, found.choice.efforts[name]) for name in names)


def _write_effort(found: Found, name: str, effort: Effort) -> tuple[str, ...]:
    return (name, write_hours(effort.hours, found.language), write_parts(found, effort))


def write_parts(found: Found, effort: Effort) -> str:
    """What the hours of a place are made of, and whose figure that is."""
    words = found.words["hours"]
    parts = {name: getattr(effort, name) for name in ("making", "replying", "care")}
    told = [
        str(words[name]).format(hours=write_hours(hours, found.language))
        for name, hours in parts.items()
        if hours
    ]
    whose = str(words["own" if effort.is_own else "ours"])
    return str(words["parts"]).format(parts=", ".join(told), whose=whose)


def list_shown(found: Found) -> tuple[str, ...]:
    """The places of the sets shown, the chosen ones first."""
    sets = (found.chosen, *found.choice.options)
    named = dict.fromkeys(name for option in sets if option for name in option.places)
    return tuple(named)


def write_base(found: Found) -> str:
    """The base and its hours, which count as no place."""
    words = found.words["hours"]
    names = place_names()
    lines = [
        str(words["base_line"]).format(
            place=name_place(names.get(effort.place, effort.place), found.language),
            hours=write_hours(effort.hours, found.language),
        )
        for effort in found.choice.base
    ]
    return str(words["base"]).format(hours=", ".join(lines))


def count_shared(found: Found) -> str:
    """Hours a week that any presence takes once."""
    return write_hours(found.choice.wish.numbers[SHARED_HOURS], found.language)


# -- to find out ---------------------------------------------------------------------------------


def list_to_find_out(found: Found) -> Iterator[tuple[str, str]]:
    """What is to be found out, with the question that asks for it.

    Of the places, only those of the sets shown are named; the others matter less.
    """
    words, choice = found.words["find_out"], found.choice
    if choice.is_provisional:
        least = write_number(default_of(found.plan, "audience.clients_least"), found.language)
        yield "audience.tallies", str(words["clients"]).format(least=least)
    asked = {
        Criterion.CONTENT: "platform_fit.makes",
        Criterion.GOAL: "platform_fit.places",
        Criterion.SERVICE: "platform_fit.places",
        Criterion.ASSET: "start.accounts",
        Criterion.PATH: "",
    }
    shown = [name for name in list_shown(found) if name in choice.suitability]
    for criterion, path in asked.items():
        open_ones = [n for n in shown if criterion in choice.suitability[n].unknown]
        if open_ones:
            yield path, str(words[criterion.value]).format(places=_shorten(found, open_ones))


def _shorten(found: Found, names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    form = str(found.words["find_out"]["more"])
    return form.format(places=", ".join(names[:MOST_NAMED]), count=len(names) - MOST_NAMED)
