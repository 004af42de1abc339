"""What is recommended, because of which answers, how sure that is, and what would change it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.content import BASE_LANGUAGE
from workbook.fit.basis import tell_basis, tell_outliers, write_use, write_whom
from workbook.fit.changes import Change, Lever, find_changes
from workbook.fit.notes import explain_none
from workbook.fit.phrases import (
    Note,
    join_groups,
    join_places,
    load_fit_words,
    name_group,
    name_place,
    write_amount,
    write_hours,
    write_least,
    write_left,
    write_places,
)
from workbook.fit.suitability import UNKNOWN, Criterion
from workbook.wording import smooth, write_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook.fit.choice import Choice

_MOST_GAINS = 3
_MORE = 0.5
"""Points that a set reaches more, so that it is named beside the best one."""
_MOST_CHANGES = 3
"""So many things that would change a recommendation are named with it."""
_ASKING = frozenset({Lever.CLIENTS.value, Lever.CLIENTS_FIRST.value})


class Recommendation(NamedTuple):
    """What is recommended, because of which answers, how sure that is, what would change it."""

    what: str
    because: str
    sure: str
    change: str


def write_recommendation(choice: Choice, language: str = BASE_LANGUAGE) -> Recommendation:
    """The answer in four sentences or short paragraphs, for screens and documents."""
    words: Mapping[str, Any] = load_fit_words(language)["recommendation"]
    changes = find_changes(choice)
    change = _write_foremost(_tell(choice, changes, language), words)
    if choice.best.places:
        return Recommendation(
            _write_what(choice, words, language),
            _write_because(choice, words, language),
            _write_sure(choice, changes, words, language),
            change,
        )
    key, values = _explain_nothing(choice, language)
    text = {name: str(told).format(**values) for name, told in words[key].items()}
    return Recommendation(**{"change": change, **text})


def _write_foremost(notes: Sequence[Note], words: Mapping[str, Any]) -> str:
    """What would change it most likely; asking clients is always named while it would."""
    asking = [note.text for note in notes if note.id in _ASKING]
    first = {note.id: note.text for note in reversed(notes) if note.id not in _ASKING}
    others = [first[key] for key in dict.fromkeys(note.id for note in notes) if key in first]
    told = [*others[: _MOST_CHANGES - len(asking)], *asking]
    return " ".join(told) or str(words["no_change"])


def _explain_nothing(choice: Choice, language: str) -> tuple[str, dict[str, object]]:
    """Why no place is recommended."""
    if not choice.wish.audiences:
        return "nobody", {}
    if choice.wish.is_hours_open:
        return "hours_open", {}
    if not choice.wish.hours:
        return "no_hours", {}
    if not choice.counted:
        numbers = choice.wish.numbers
        whys = [write_left(k.left, numbers, language) for k in choice.audiences if k.left]
        return "nobody_counts", {"why": " ".join(dict.fromkeys(whys))}
    return explain_none(choice, language)


def _write_what(choice: Choice, words: Mapping[str, Any], language: str) -> str:
    key = "provisional" if choice.is_provisional else "what"
    values = {
        "places": join_places(choice.best.places, language),
        "hours": write_hours(choice.best.hours, language),
        "available": write_hours(choice.wish.hours, language),
    }
    told = [str(words[key]).format(**values)]
    if choice.primary:
        told.append(str(words["primary"]).format(place=name_place(choice.primary, language)))
    return " ".join(told)


def _write_because(choice: Choice, words: Mapping[str, Any], language: str) -> str:
    """The answers it rests on: the hours, the people, what clients said, and the rule."""
    reach, limits = choice.best.reach, choice.best.is_limits
    percent, low, high = (write_number(round(each), language) for each in reach)
    several = len(choice.best.places) > 1
    whom, use = write_whom(choice, language), write_use(choice, language, several=several)
    used = str(words["limits" if limits and several else "reach"]).format(
        whom=whom, use=use, percent=percent, low=low, high=high
    )
    told = [used, *_write_gains(choice, words, language), str(words["most"])]
    told += _write_rival(choice, words, language)
    told += _write_said(choice, words, language)
    if choice.wish.most is not None:
        told.append(str(words["alone"]))
    return " ".join(told)


def _write_gains(choice: Choice, words: Mapping[str, Any], language: str) -> list[str]:
    """What each place adds to the others of the best set, while these are few."""
    places = choice.best.places
    if not 1 < len(places) <= _MOST_GAINS:
        return []
    told = []
    for gain in choice.search.list_gains(choice.search.number_of(places)):
        percent, low, high = (write_number(round(each), language) for each in gain.amount)
        text = str(words["adds_limits" if gain.is_limits else "adds"])
        beside = join_places(gain.beside, language)
        told.append(
            text.format(
                place=name_place(gain.place, language),
                beside=beside,
                percent=percent,
                low=low,
                high=high,
            )
        )
    return told


def _write_rival(choice: Choice, words: Mapping[str, Any], language: str) -> list[str]:
    """The shown set that more people use, and why it lost; nothing where none does."""
    widest = max(choice.options, key=lambda option: option.reach.percent)
    if widest.reach.percent < choice.best.reach.percent + _MORE:
        return []
    others = [name for name in widest.places if name not in choice.best.places]
    instead = [name for name in choice.best.places if name not in widest.places]
    values = {
        "places": join_places(widest.places, language),
        "amount": write_amount(widest.reach, language),
    }
    if instead and others:
        worse = min(others, key=lambda name: choice.suitability[name].value)
        better = max(instead, key=lambda name: choice.suitability[name].value)
        if reasons := _compare(choice, worse, better, language):
            values |= {"worse": worse, "better": better, "criteria": reasons}
            return [str(words["rival"]).format(**values)]
    return [str(words["rival_open"]).format(**values)]


def _compare(choice: Choice, worse: str, better: str, language: str) -> str:
    """In what one place suits a business less than another; empty where in nothing."""
    criteria, words = choice.wish.criteria, load_fit_words(language)["weights"]
    unknown = choice.wish.numbers[UNKNOWN]

    def known(name: str, criterion: Criterion) -> float:
        value = criteria.get(name, {}).get(criterion)
        return unknown if value is None else value

    less = [words[c.value] for c in Criterion if known(worse, c) < known(better, c)]
    suits = choice.suitability
    return join_places(less, language) if suits[worse].value < suits[better].value else ""


def _write_said(choice: Choice, words: Mapping[str, Any], language: str) -> list[str]:
    """What clients said of the main place, group by group where they differ."""
    told = [(n, known) for n, known in enumerate(choice.audiences, 1) if known.told]
    if choice.primary is None:
        return []
    counts = [
        (name_group(known.audience.name, n, language), known.told.hits(choice.primary),
         known.told.asked)
        for n, known in told if known.told
    ]  # fmt: skip
    alike = len({(hits, asked) for _, hits, asked in counts}) == 1
    key = "said" if alike else "said_of"
    sentences = (
        str(words[key]).format(
            hits=hits, asked=asked, place=name_place(choice.primary, language), group=group
        )
        for group, hits, asked in counts
    )
    return list(dict.fromkeys(sentences))


def _write_sure(
    choice: Choice, changes: Sequence[Change], words: Mapping[str, Any], language: str
) -> str:
    """How sure it is, which other sets cannot be told from it, and what is not known yet."""
    told = [*tell_basis(choice, language)]
    doubts = [*tell_outliers(choice, language)]
    ties = [each.places for each in choice.options[1:] if each.is_tied]
    if ties:
        sets = str(words["or"]).join(join_places(each, language) for each in ties)
        told.append(str(words["tied"]).format(sets=smooth(sets, language)))
    elif not doubts:
        told.append(str(words["alone_best"]))
    told += doubts
    if any(change.lever in (Lever.FOUND_GOOD, Lever.FOUND_BAD) for change in changes):
        told.append(str(words["not_known"]))
    return " ".join(told)


# -- what would change it -----------------------------------------------------------------------


def tell_changes(choice: Choice, language: str = BASE_LANGUAGE) -> tuple[Note, ...]:
    """What would change the answer, in sentences; what is alike is told in one."""
    return _tell(choice, find_changes(choice), language)


def _tell(choice: Choice, changes: Sequence[Change], language: str) -> tuple[Note, ...]:
    words, found = load_fit_words(language), list[Note]()
    for change in changes:
        alike = [each.place for each in changes if each.lever is change.lever]
        several = words["changes"].get(f"{change.lever.value}_several")
        if several and len(alike) > 1:
            told = str(several).format(place=write_places(alike, language))
        else:
            told = write_change(change, choice, language)
        found.append(Note(change.lever.value, told, change.path))
    return tuple(dict.fromkeys(found))


def write_change(change: Change, choice: Choice, language: str = BASE_LANGUAGE) -> str:
    """One thing that would change the answer, as a sentence."""
    words = load_fit_words(language)
    key = change.lever.value
    if change.lever is Lever.MORE_HOURS and not choice.wish.hours:
        key = "first_hours"
    elif change.lever is Lever.FEWER_HOURS and not change.places:
        key = "fewer_hours_none"
    text = str(words["changes"][key])
    return text.format(
        hours=write_hours(change.hours, language),
        places=join_places(change.places, language),
        place=name_place(change.place, language),
        reach=write_amount(change.amount, language),
        criterion=words["weights"][change.criterion.value] if change.criterion else "",
        group=_name_groups(change, choice, language),
        count=change.number,
        percent=write_number(min(math.ceil(change.percent), 100), language),
        least=write_least(choice.wish.numbers, language),
    )


def _name_groups(change: Change, choice: Choice, language: str) -> str:
    """The groups that a change is about, as they are called."""
    names = [(n, choice.audiences[n - 1].audience.name) for n in change.numbers]
    return join_groups([name_group(name, n, language) for n, name in names], language)
