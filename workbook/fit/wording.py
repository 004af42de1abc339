"""A choice of places in words: its figures, what to know about it, and what would change it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence import load_sources, write_source
from workbook.evidence.shares import Method
from workbook.evidence.survey import load_uncertainty
from workbook.fit.changes import Change, find_changes
from workbook.fit.suitability import UNKNOWN
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.evidence.profiles import Reach
    from workbook.evidence.shares import Share
    from workbook.fit.choice import Choice, Remark

WORDS = "fit/words.toml"


class Note(NamedTuple):
    """Something to know about a choice: what kind of thing, and the sentence."""

    id: str
    text: str


def load_fit_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words of a choice of places."""
    return load_words(WORDS, language)


def name_group(name: str | None, number: int, language: str = BASE_LANGUAGE) -> str:
    """What a group is called: its name, or its number where it has none."""
    told = " ".join((name or "").split())
    return told or str(load_fit_words(language)["units"]["group"]).format(number=number)


def write_places(places: Iterable[str], language: str = BASE_LANGUAGE) -> str:
    """Some places in one line; “no place” where there are none."""
    words = load_fit_words(language)["units"]
    return str(words["joined"]).join(places) or str(words["none"])


def write_hours(hours: float, language: str = BASE_LANGUAGE) -> str:
    """Hours as people say them."""
    words = load_fit_words(language)["units"]
    told = write_number(round(hours, 2))
    return str(words["hour"] if told == "1" else words["hours"]).format(count=told)


def write_origin(share: Share, language: str = BASE_LANGUAGE) -> str:
    """Where a share comes from, in one line."""
    words = load_fit_words(language)["figure"]
    if share.method is Method.CLIENTS:
        return str(words["clients"])
    if share.source in load_sources():
        return write_source(share.source)
    return share.source or str(words["own"])


def write_base(share: Share, language: str = BASE_LANGUAGE) -> str:
    """Whom a share is a share of."""
    words = load_fit_words(language)["figure"]
    if share.population:
        return str(words["base"]).format(population=share.population)
    return str(words["clients" if share.method is Method.CLIENTS else "own"])


def write_dates(share: Share, language: str = BASE_LANGUAGE) -> str:
    """When people were asked; or when it was published, where only that is told."""
    words = load_fit_words(language)["survey"]
    if share.start:
        ends = {"start": _write_day(share.start, language), "end": _write_day(share.end, language)}
        return str(words["both"]).format(**ends)
    if share.published:
        return str(words["published"]).format(day=_write_day(share.published, language))
    return ""


def write_points(reach: Reach, language: str = BASE_LANGUAGE) -> str:
    """The shares that were published without the number asked, in one line."""
    words = load_fit_words(language)["figure"]
    told = (
        str(words["point"]).format(
            place=row.platform, percent=write_number(row.percent), group=row.group
        )
        for rows in reach.points.values()
        for row in rows
    )
    return str(words["joined"]).join(told)


def _write_day(text: str, language: str) -> str:
    """A date as it is written; years and months stand as they are."""
    try:
        return write_day(date.fromisoformat(text), language)
    except ValueError:
        return text


# -- what to know ------------------------------------------------------------------------------


def list_notes(choice: Choice, language: str = BASE_LANGUAGE) -> tuple[Note, ...]:
    """What has to be known to read a choice rightly, the most important first."""
    words = load_fit_words(language)["notes"]
    found = [
        *_note_answer(choice, language),
        *_note_rules(choice, language),
        *_note_audiences(choice, language),
        *_note_figures(choice),
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
        if key == "names" and isinstance(value, tuple):
            found[key] = write_places(value, language)
        elif isinstance(value, tuple):
            each = [
                str(words["remarks"]["part"]).format(name=name, before=before, after=after)
                for name, before, after in value
            ]
            found[key] = write_places(each, language)
        elif isinstance(value, int):
            found[key] = write_number(value)
    return found


_Notes = list[tuple[str, dict[str, object]]]


def _note_answer(choice: Choice, language: str) -> _Notes:
    """Whether there is an answer, and how far it carries."""
    found: _Notes = []
    if not choice.wish.audiences:
        found.append(("nobody", {}))
    elif not choice.wish.hours:
        found += [] if _is_open(choice, "hours_open") else [("no_hours", {})]
    elif not choice.counted:
        found.append(("nobody_counts", {}))
    elif not choice.best.places:
        found.append(("none_fits", _find_least(choice, language)))
    if choice.is_provisional:
        found.append(("provisional", {}))
    if choice.best.places:
        found.append(("ceiling", {}))
    return found


def _is_open(choice: Choice, key: str) -> bool:
    return any(remark.id == key for remark in choice.wish.remarks)


def _find_least(choice: Choice, language: str) -> dict[str, object]:
    search = choice.search
    least = min(search.places, key=lambda name: search.hours[name])
    needed = search.hours[least] + search.shared
    hours = write_number(choice.wish.hours)
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
        found += _note_unknown(choice, language)
    if partly := _known_in_part(choice):
        found.append(("partly", {"places": write_places(partly, language)}))
    if choice.apart and choice.counted:
        found.append(("apart", {"places": write_places(choice.apart, language)}))
    return found


def _known_in_part(choice: Choice) -> list[str]:
    """The places that there are figures on for some audiences that count, and not for all."""
    uses = [known.use for known in choice.audiences if known.use is not None]
    return [name for name in choice.search.places if any(name not in use.platforms for use in uses)]


def _note_unknown(choice: Choice, language: str) -> _Notes:
    """The places of which something besides the people is to be found out."""
    value = write_number(choice.wish.numbers[UNKNOWN])
    if not choice.wish.criteria:
        return [("find_out", {"value": value})]
    open_ones = [name for name in choice.search.places if choice.suitability[name].unknown]
    places = write_places(open_ones, language)
    return [("find_some", {"value": value, "places": places})] if open_ones else []


def _note_audiences(choice: Choice, language: str) -> _Notes:
    """What is special about single audiences."""
    where = load_words("fit/request.toml", language)["where"]["audience"]
    found: _Notes = []
    if 0 < choice.counted < sum(each.audience.share for each in choice.audiences):
        found.append(("counted", {"percent": write_number(choice.counted)}))
    for number, known in enumerate(choice.audiences, 1):
        name = known.audience.name or str(where).format(number=number)
        name = name[:1].upper() + name[1:]
        if known.reach.is_thin:
            found.append(("thin", {"where": name, "count": known.reach.interviews}))
        if _narrowed_total(known.reach):
            found.append(("total", {"where": name}))
    return found


def _narrowed_total(reach: Reach) -> bool:
    """Whether a group was asked for and only figures on everybody are there."""
    return bool(reach.profile.narrowed()) and any(
        share.method is Method.TOTAL for share in reach.shares.values()
    )


def _note_figures(choice: Choice) -> _Notes:
    """How the intervals are to be read."""
    found: _Notes = []
    shares = [share for known in choice.audiences for share in known.reach.shares.values()]
    if any(share.method in {Method.MODEL, Method.PUBLISHED} for share in shares):
        found.append(("since", {"points": load_uncertainty()["drift"]["points"]}))
    if any(option.is_limits for option in choice.options):
        found.append(("limits", {}))
    return found


def tell_changes(choice: Choice, language: str = BASE_LANGUAGE) -> tuple[Note, ...]:
    """What would change the answer, in sentences; what is alike is told in one."""
    found: list[Note] = []
    words, changes = load_fit_words(language), find_changes(choice)
    for change in changes:
        alike = [each.place for each in changes if each.lever is change.lever]
        if len(alike) > 1:
            text = str(words["changes"][f"{change.lever.value}_several"])
            told = text.format(place=write_places(alike, language))
        else:
            told = write_change(change, language)
        found.append(Note(change.lever.value, told))
    return tuple(dict.fromkeys(found))


def write_change(change: Change, language: str = BASE_LANGUAGE) -> str:
    """One thing that would change the answer, as a sentence."""
    text = str(load_fit_words(language)["changes"][change.lever.value])
    return text.format(
        hours=write_hours(change.hours, language),
        places=write_places(change.places, language),
        place=change.place,
        reach=write_number(round(change.reach)),
    )
