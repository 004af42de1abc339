"""The places chosen, held against the choice there is: hours, reach, and what one more brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook.budget.need import reckon_need
from workbook.content import BASE_LANGUAGE, default_of, load_step, load_words
from workbook.evidence.survey import place_names
from workbook.fit.choice import describe_set
from workbook.fit.numbers import SHARED_HOURS
from workbook.fit.phrases import write_hours
from workbook.fit.planned import choose_for, hours_of, list_chosen
from workbook.platforms import load_platforms
from workbook.wording import smooth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook.fit.choice import Choice
    from workbook.fit.sets import Amount, Option
    from workbook.plan import Plan

STEP = "platform_fit"
FIRST = f"{STEP}.first"
_SAME = 1e-6
_MINUTE = 1 / 60


class Gain(NamedTuple):
    """What one place more would bring: more people in 100, and what the set then takes."""

    place: str
    reach: Amount
    hours: float
    fits: bool


def name_place(place: str | None, language: str = BASE_LANGUAGE) -> str:
    """What a place is called in a sentence."""
    known = load_platforms(language).get(place or "")
    if known is not None:
        return known.name
    return str(load_words("audit/words.toml", language)["other_place"]) if place else ""


def join_places(places: Iterable[str], language: str = BASE_LANGUAGE) -> str:
    """Several places in one line, each once."""
    words = load_step(STEP, language).phrases
    named = list(dict.fromkeys(name_place(place, language) for place in places))
    if len(named) <= 1:
        return named[0] if named else words["none"]
    joined = words["and"].format(first=", ".join(named[:-1]), last=named[-1])
    return smooth(joined, language)


def reckon(plan: Plan, language: str = BASE_LANGUAGE) -> Choice | None:
    """The choice of places, where something is known of anybody the business wants; else None."""
    said = plan.audience
    if not (said.groups or said.tallies or said.figures):
        return None
    choice = choose_for(plan, language)
    return choice if choice.counted else None


def describe_chosen(plan: Plan, choice: Choice) -> Option | None:
    """The set of places chosen beside the best one; None where no place was chosen."""
    chosen = list_chosen(plan)
    return describe_set(choice, chosen) if chosen else None


def _name(place: str) -> str:
    """What surveys call a place."""
    return place_names().get(place, "")


def is_worse(choice: Choice, option: Option) -> bool:
    """Whether a set reaches fewer than the best one, beyond what chance may do.

    A set with a place that there is no figure on is neither better nor worse.
    """
    if option.uncounted:
        return False
    return not option.is_tied and choice.best.weighted.percent > option.weighted.percent + _SAME


def has_client(choice: Choice, place: str) -> bool | None:
    """Whether some client named a place; None until enough of every group were asked."""
    counting = [known for known in choice.audiences if known.left is None]
    if not counting or any(known.told is None for known in counting):
        return None
    return any(known.told.hits(_name(place)) for known in counting if known.told)


# -- hours ---------------------------------------------------------------------------------------


def list_parts(plan: Plan, language: str = BASE_LANGUAGE) -> str:
    """What each of the places chosen takes in a week, and what is needed once, in one line."""
    words = load_step(STEP, language).phrases
    chosen = list_chosen(plan)
    if not chosen:
        return ""
    shared = default_of(plan, SHARED_HOURS)
    parts = [
        words["part"].format(
            place=name_place(place, language),
            hours=write_hours(hours_of(plan, [place]) - shared, language),
        )
        for place in chosen
    ]
    rest = reckon_need(plan).hours - hours_of(plan, chosen)
    if rest > _MINUTE:
        parts.append(words["rest"].format(hours=write_hours(rest, language)))
    once = words["once"].format(hours=write_hours(shared, language))
    return words["and"].format(first=", ".join(parts), last=once)


def choose_drops(plan: Plan, available: float) -> tuple[str, ...]:
    """The further places to leave out until the rest fits, the one that adds least first.

    Empty where even the first place does not fit, or where all of them do.
    """
    chosen = list_chosen(plan)
    choice = reckon(plan)
    further = [place for place in chosen if place != plan.platform_fit.first]
    kept, dropped = list(chosen), list[str]()
    while further and hours_of(plan, kept) > available:
        least = min(further, key=lambda place: _lose(plan, choice, kept, place))
        further.remove(least)
        kept.remove(least)
        dropped.append(least)
    return tuple(dropped) if hours_of(plan, kept) <= available else ()


def _lose(
    plan: Plan, choice: Choice | None, kept: Sequence[str], place: str
) -> tuple[float, float]:
    """What is lost without a place, in people; where nothing is known of them, hours decide."""
    hours = hours_of(plan, [place])
    if choice is None or _name(place) not in choice.search.places:
        return (0.0, -hours)
    rest = [each for each in kept if each != place]
    with_it, without = describe_set(choice, kept), describe_set(choice, rest)
    return (with_it.weighted.percent - without.weighted.percent, -hours)
