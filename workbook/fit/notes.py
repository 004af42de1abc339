"""What has to be known to read a choice of places rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.evidence.shares import Method
from workbook.evidence.survey import US, find_country, load_uncertainty, place_names
from workbook.fit.basis import list_used, uses_everybody, write_measures
from workbook.fit.phrases import (
    Note,
    join_places,
    load_fit_words,
    name_country,
    name_group,
    name_place,
    write_hours,
    write_least,
    write_places,
)
from workbook.fit.suitability import UNKNOWN, Criterion
from workbook.wording import write_number

if TYPE_CHECKING:
    from workbook.fit.audiences import Known
    from workbook.fit.choice import Choice, Remark


def list_notes(choice: Choice, language: str = BASE_LANGUAGE) -> tuple[Note, ...]:
    """What has to be known to read a choice rightly, the most important first."""
    words = load_fit_words(language)["notes"]
    found = [
        *_note_answer(choice, language),
        *_note_rules(choice, language),
        *_note_audiences(choice, language),
        *_note_figures(choice, language),
    ]
    told = [Note(key, str(words[key]).format(**values)) for key, values in found]
    return (*list_remarks(choice, language), *told)


def list_remarks(choice: Choice, language: str = BASE_LANGUAGE) -> tuple[Note, ...]:
    """What was left out of the answers or put in proportion, so that they can be reckoned with."""
    words = load_fit_words(language)["remarks"]
    return tuple(
        Note(remark.id, str(words[remark.id]).format(**_write_values(remark, language)))
        for remark in choice.wish.remarks
    )


def _write_values(remark: Remark, language: str) -> dict[str, object]:
    """What a remark is about, as it is written."""
    words, found = load_fit_words(language), dict(remark.values)
    for key, value in found.items():
        if key == "place":
            found[key] = name_place(str(value), language)
        elif key == "names" and isinstance(value, tuple):
            found[key] = write_places(value, language)
        elif isinstance(value, tuple):
            each = [
                str(words["remarks"]["part"]).format(
                    name=name,
                    before=write_number(before, language),
                    after=write_number(after, language),
                )
                for name, before, after in value
            ]
            found[key] = write_places(each, language)
        elif isinstance(value, int | float):
            found[key] = write_number(value, language)
    return found


_Notes = list[tuple[str, dict[str, object]]]


def _note_answer(choice: Choice, language: str) -> _Notes:
    """Whether there is an answer, and how far it carries."""
    found: _Notes = []
    if not choice.wish.audiences:
        found.append(("nobody", {}))
    elif not choice.wish.hours:
        found += [] if choice.wish.is_hours_open else [("no_hours", {})]
    elif not choice.counted:
        found.append(("nobody_counts", {}))
    elif not choice.best.places:
        found.append(explain_none(choice, language))
    if choice.is_provisional:
        found.append(("provisional", {"least": write_least(choice.wish.numbers, language)}))
    if choice.best.places:
        found.append(("ceiling", {}))
    return found


def explain_none(choice: Choice, language: str) -> tuple[str, dict[str, object]]:
    """Why there are people and hours, and still no place."""
    search = choice.search
    if len(search.allowed) == 1:
        return "none_allowed", {}
    if len(search.feasible) == 1:
        return "none_fits", _find_least(choice, language)
    return "none_suits", {}


def _find_least(choice: Choice, language: str) -> dict[str, object]:
    search = choice.search
    least = min(search.places, key=lambda name: search.hours[name])
    needed = search.hours[least] + search.shared
    hours = write_hours(choice.wish.hours, language)
    return {"hours": hours, "place": least, "needed": write_hours(needed, language)}


def _note_rules(choice: Choice, language: str) -> _Notes:
    """The rules that the sets keep to."""
    found: _Notes = []
    if choice.wish.most is not None:
        found.append(("one_place", {}))
    elif choice.wish.people is None and any(len(option.places) > 1 for option in choice.options):
        found.append(("people_open", {}))
    if choice.best.places:
        found.append(("shared", {"hours": write_hours(choice.search.shared, language)}))
    if choice.wish.hours:
        found.append(_note_base(choice, language))
    if choice.best.places:
        found += _note_unknown(choice, language)
    return found + _note_places(choice, language)


def _note_places(choice: Choice, language: str) -> _Notes:
    """The places that are compared in part, or not at all."""
    found: _Notes = []
    if partly := _known_in_part(choice):
        found.append(("partly", {"places": write_places(partly, language)}))
    if choice.apart and choice.counted:
        found.append(("apart", {"places": write_places(choice.apart, language)}))
    if choice.unnamed:
        found.append(("unnamed", {"places": write_places(choice.unnamed, language)}))
    if choice.unnamed_here:
        words = load_fit_words(language)["decides"]
        asked = dict.fromkeys(words[k.told.question.value] for k in choice.audiences if k.told)
        question = join_places(list(asked), language)
        places = write_places(choice.unnamed_here, language)
        found.append(("unnamed_here", {"question": question, "places": places}))
    return found


def _note_base(choice: Choice, language: str) -> tuple[str, dict[str, object]]:
    """What comes on top of the hours of a set, and where it is counted."""
    names = [place_names()[effort.place] for effort in choice.base]
    hours = write_hours(sum(effort.hours for effort in choice.base), language)
    return "base", {"places": join_places(names, language), "hours": hours}


def _known_in_part(choice: Choice) -> list[str]:
    """The places that there are figures on for some audiences that count, and not for all."""
    uses = [known.use for known in choice.audiences if known.use and known.told is None]
    return [name for name in choice.search.places if any(name not in use.platforms for use in uses)]


def _note_unknown(choice: Choice, language: str) -> _Notes:
    """What is to be found out of which places, besides the people who are there."""
    words, places = load_fit_words(language), choice.search.places
    told = []
    for criterion in Criterion:
        open_ones = [name for name in places if criterion in choice.suitability[name].unknown]
        if open_ones:
            of_all = len(open_ones) == len(places)
            whom = words["units"]["every"] if of_all else write_places(open_ones, language)
            text = str(words["criteria"][criterion.value])
            told.append(str(words["units"]["of"]).format(what=text, whom=whom))
    value = write_number(choice.wish.numbers[UNKNOWN], language)
    criteria = str(words["units"]["next"]).join(told)
    return [("find_out", {"value": value, "criteria": criteria})] if told else []


def _note_audiences(choice: Choice, language: str) -> _Notes:
    """What is special about single audiences."""
    found: _Notes = []
    if 0 < choice.counted < sum(each.audience.share for each in choice.audiences):
        found.append(("counted", {"percent": write_number(round(choice.counted, 1), language)}))
    for number, known in enumerate(choice.audiences, 1):
        name = name_group(known.audience.name, number, language)
        if known.reach.is_thin:
            key = "thin_at_most" if known.reach.is_at_most else "thin"
            found.append((key, {"where": name, "count": known.reach.interviews}))
        if uses_everybody(known):
            country = name_country(known.audience.profile.country, language)
            found.append(("total", {"where": name, "country": country}))
    return found


def _note_figures(choice: Choice, language: str) -> _Notes:
    """How the intervals are to be read."""
    found: _Notes = []
    surveyed = [known for _, known in list_used(choice) if known.told is None]
    shares = [share for known in surveyed for share in known.reach.shares.values()]
    if measures := write_measures(choice, language):
        found.append(("measures", {"measures": measures}))
    if any(share.method in {Method.MODEL, Method.PUBLISHED} for share in shares):
        found.append(
            ("since", {"points": write_number(load_uncertainty()["drift"]["points"], language)})
        )
    if any(option.is_limits for option in choice.options):
        found.append(("limits", {}))
    if any(map(_takes_odds_elsewhere, choice.audiences)) and any(
        len(option.places) > 1 for option in choice.options
    ):
        found.append(("elsewhere", {}))
    return found


def _takes_odds_elsewhere(known: Known) -> bool:
    """Whether how an audience uses places together is taken from another country."""
    is_counted = known.told is not None and bool(known.told.combinations)
    at_home = find_country(known.audience.profile.country) == US
    return known.use is not None and not is_counted and not at_home
