"""A file that asks which places to be on: whom a business wants, in how many hours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from workbook.content import BASE_LANGUAGE, load_words
from workbook.errors import WishUnreadable
from workbook.evidence.clients import Counted, Question
from workbook.evidence.profiles import Profile
from workbook.evidence.survey import DIMENSIONS, find_platform, load_levels, place_ids
from workbook.fit.audiences import (
    MOST_GROUPS,
    SURVEY_WORTH,
    Audience,
    Kind,
    OwnFigure,
    list_places,
    tell_apart,
)
from workbook.fit.choice import Wish
from workbook.fit.criteria import add_paths
from workbook.fit.effort import Effort, set_hours
from workbook.fit.numbers import OURS, ROUNDING
from workbook.fit.suitability import Criteria, Criterion
from workbook.values import HOURS_IN_A_WEEK, TEXT_LIMIT, clean_text
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

WORDS = "fit/request.toml"
LIMIT_MB = 2
_WHOLE = 100
_MOST_WORTH, _MOST_ASKED = 10_000, 1_000_000
_MOST_TOLD = 6
_LONGEST_SHOWN = 80
_TYPED = ("given", "key")
"""What of a message was typed by somebody."""
_Part = TypeVar("_Part")
_KEYS = (
    "audiences", "hours", "people", "exception", "suitability", "effort", "survey_worth",
)  # fmt: skip
_AUDIENCE_KEYS = ("country", *DIMENSIONS, "share", "kind", "figures", "clients")
_PLAN_KEYS = ("format", "plan", "revision")


def read_wish(raw: bytes, name: str, language: str = BASE_LANGUAGE) -> Wish:
    """What a file asks for.

    Args:
        raw: The bytes of a JSON document with “audiences” and “hours”.
        name: What the file is called, to speak of it.
        language: The language of what is wrong with it.

    Returns:
        The wish, for ``choose``.

    Raises:
        WishUnreadable: Everything that is wrong with it, in words.
    """
    reading = _Reading(name, language)
    found = reading.parse(raw)
    wish = _read_file(found, reading)
    reading.stop()
    return wish


class _Reading:
    """One reading of a file: what is wrong with it is collected, so that all is told at once."""

    def __init__(self, name: str, language: str) -> None:
        self.name = name
        self.words = load_words(WORDS, language)
        self.faults: list[str] = []

    def tell(self, reason: str, **values: object) -> None:
        """Note something that is wrong."""
        shown = {k: _shorten(v) if k in _TYPED else v for k, v in values.items()}
        self.faults.append(str(self.words["reasons"][reason]).format(**shown))

    def where(self, part: str, **values: object) -> str:
        """A part of the file in words."""
        return str(self.words["where"][part]).format(**values)

    def list_names(self, names: Iterable[str]) -> str:
        """What there is, in one line."""
        return str(self.words["known"]).join(names)

    def stop(self) -> None:
        """Refuse the file if anything is wrong with it."""
        told = list(dict.fromkeys(self.faults))
        if not told:
            return
        more = len(told) - _MOST_TOLD
        if more > 0:
            told = [*told[:_MOST_TOLD], str(self.words["more"]).format(count=more)]
        raise WishUnreadable(name=self.name, reason=str(self.words["joined"]).join(told))

    def refuse(self, reason: str, **values: object) -> WishUnreadable:
        """The error of a file that is not read any further."""
        shown = {k: _shorten(v) if k in _TYPED else v for k, v in values.items()}
        text = str(self.words["reasons"][reason]).format(**shown)
        return WishUnreadable(name=self.name, reason=text)

    def parse(self, raw: bytes) -> Mapping[str, Any]:
        """The JSON object in a file."""
        if len(raw) > LIMIT_MB * 1_000_000:
            raise self.refuse("large", limit=LIMIT_MB)
        try:
            found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_refuse_twice)
        except UnicodeDecodeError:
            raise self.refuse("encoding") from None
        except _NamedTwice as twice:
            raise self.refuse("twice_key", key=twice.args[0]) from None
        except (ValueError, RecursionError):
            raise self.refuse("json") from None
        if not isinstance(found, dict):
            raise self.refuse("object")
        if "audiences" not in found and any(key in found for key in _PLAN_KEYS):
            raise self.refuse("plan")
        return found

    def hold_keys(self, found: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
        """Name the entries that nobody knows, so that a misspelt one is not silently left out."""
        for key in found:
            if key not in keys:
                self.tell("unknown", key=key, where=where, known=self.list_names(keys))

    def find_place(
        self,
        given: object,
        where: str,
        taken: Container[str] = (),
        among: Iterable[str] | None = None,
    ) -> str | None:
        """A place by any of its names; one there is a choice of, unless others are named.

        A place that was taken under another name is none: which of the two holds is not guessed.
        """
        known = list_places() if among is None else tuple(among)
        place = find_platform(given) if isinstance(given, str) else None
        if place not in known:
            self.tell("place", where=where, given=given, known=self.list_names(known))
            return None
        if place in taken:
            self.tell("twice", where=where, given=given, place=place)
            return None
        return place


class _NamedTwice(Exception):
    """An object in a file has one key twice; carries the key."""


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NamedTwice(key)
        found[key] = value
    return found


def _shorten(value: object) -> object:
    """What was given, on one line and no longer than one can read."""
    if not isinstance(value, str):
        return value
    return _line(value)[:_LONGEST_SHOWN]


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(clean_text(text).split())


def _is_number(value: object, least: float, most: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return least <= value <= most


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and _is_number(value, least, most)


# -- the file ----------------------------------------------------------------------------------


def _read_file(found: Mapping[str, Any], reading: _Reading) -> Wish:
    reading.hold_keys(found, _KEYS, reading.where("file"))
    people, exception = found.get("people"), found.get("exception")
    if people is not None and not _is_whole(people, 1, _MOST_ASKED):
        reading.tell("people")
    if exception is not None and not isinstance(exception, str):
        reading.tell("text", where=reading.where("file"), key="exception")
    worth = found.get("survey_worth")
    if worth is not None and not (_is_number(worth, 0, _MOST_WORTH) and worth):
        reading.tell("worth", limit=write_number(_MOST_WORTH))
    return Wish(
        audiences=_read_audiences(found, reading),
        hours=_read_hours(found, reading),
        people=people,
        exception=exception if isinstance(exception, str) else "",
        criteria=add_paths(dict(_read_places(found, "suitability", _read_criteria, reading))),
        efforts=dict(_read_places(found, "effort", _read_effort, reading)),
        numbers=OURS if reading.faults or worth is None else OURS.put(SURVEY_WORTH, worth),
    )


def _read_hours(found: Mapping[str, Any], reading: _Reading) -> float:
    hours = found.get("hours")
    if _is_number(hours, 0, HOURS_IN_A_WEEK):
        return float(hours)  # type: ignore[arg-type]  # it is a number, as was just seen
    reading.tell("hours_missing" if hours is None else "hours")
    return 0.0


def _read_places(
    found: Mapping[str, Any],
    key: str,
    read: Callable[[str, object, _Reading], _Part | None],
    reading: _Reading,
) -> Iterable[tuple[str, _Part]]:
    """What is told of single places."""
    entries = found.get(key) or {}
    if not isinstance(entries, dict):
        reading.tell("audience", where=f"“{key}”")
        return
    taken: set[str] = set()
    for given, value in entries.items():
        place = reading.find_place(given, f"“{key}”", taken)
        part = read(place, value, reading) if place else None
        if place and part is not None:
            taken.add(place)
            yield place, part


def _read_criteria(place: str, value: object, reading: _Reading) -> Criteria | None:
    names = [criterion.value for criterion in Criterion]
    if not isinstance(value, dict) or any(
        key not in names or not (part is None or _is_number(part, 0, 1))
        for key, part in value.items()
    ):
        where = reading.where("suitability", place=place)
        reading.tell("criteria", where=where, known=reading.list_names(names))
        return None
    return {Criterion(key): part for key, part in value.items()}


def _read_effort(place: str, value: object, reading: _Reading) -> Effort | None:
    if not _is_number(value, 0, HOURS_IN_A_WEEK):
        reading.tell("effort", where=reading.where("effort", place=place))
        return None
    return set_hours(place_ids()[place], float(value))  # type: ignore[arg-type]  # as just seen


# -- audiences ---------------------------------------------------------------------------------


def _read_audiences(found: Mapping[str, Any], reading: _Reading) -> tuple[Audience, ...]:
    entries = found.get("audiences")
    if not isinstance(entries, list) or not entries:
        reading.tell("audiences")
        return ()
    read = [
        _read_audience(entry, number, reading, alone=len(entries) == 1)
        for number, entry in enumerate(entries, 1)
    ]
    audiences = tuple(audience for audience in read if audience)
    if (count := len(set(map(tell_apart, audiences)))) > MOST_GROUPS:
        reading.tell("many", count=write_number(count), limit=MOST_GROUPS)
    whole = sum(audience.share for audience in audiences)
    if not reading.faults and abs(whole - _WHOLE) > ROUNDING:
        reading.tell("shares", sum=write_number(whole))
    return audiences


def _read_audience(
    entry: object, number: int, reading: _Reading, *, alone: bool
) -> Audience | None:
    where = reading.where("audience", number=number)
    if not isinstance(entry, dict):
        reading.tell("audience", where=where)
        return None
    reading.hold_keys(entry, _AUDIENCE_KEYS, where)
    country, kind = entry.get("country") or "", entry.get("kind") or ""
    if not isinstance(country, str):
        reading.tell("text", where=where, key="country")
        country = ""
    if not isinstance(kind, str) or kind.casefold() not in set(Kind):
        reading.tell("kind", where=where)
        kind = ""
    levels = {key: _read_levels(entry.get(key), key, where, reading) for key in DIMENSIONS}
    return Audience(
        profile=Profile(_line(country)[:_LONGEST_SHOWN], levels),
        share=_read_share(entry, where, reading, alone=alone),
        kind=Kind(kind.casefold()),
        own=_read_figures(entry.get("figures"), number, reading),
        clients=_read_clients(entry.get("clients"), number, reading),
    )


def _read_share(entry: Mapping[str, Any], where: str, reading: _Reading, *, alone: bool) -> float:
    share = entry.get("share")
    if share is None:
        if not alone:
            reading.tell("share_missing", where=where)
        return float(_WHOLE)
    if not _is_number(share, 0, _WHOLE):
        reading.tell("share", where=where)
        return 0.0
    return float(share)


def _read_levels(given: object, key: str, where: str, reading: _Reading) -> tuple[str, ...]:
    """Levels as the survey names them; capitals, spaces and long dashes do not matter."""
    names = [given] if isinstance(given, str) else given or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        reading.tell("list", where=where, key=key)
        return ()
    known = {_plain(level): level for level in load_levels()[key]}
    for name in names:
        if _plain(name) not in known:
            reason = "minor" if key == "age" and _is_minor(name) else "level"
            levels = reading.list_names(known.values())
            reading.tell(reason, where=where, given=name, key=key, known=levels)
    return tuple(known[_plain(name)] for name in names if _plain(name) in known)


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("\u2013", "-").split())


def _is_minor(name: str) -> bool:
    """Whether ages end below 18, so that nobody is left who was asked."""
    last = _plain(name).rpartition("-")[2].removeprefix("<").removeprefix("under")
    adult = 18
    return last.isascii() and last.isdigit() and int(last) <= adult


def _read_figures(entries: object, number: int, reading: _Reading) -> dict[str, OwnFigure]:
    found: dict[str, OwnFigure] = {}
    where = reading.where("audience", number=number)
    if entries is not None and not isinstance(entries, dict):
        reading.tell("audience", where=where)
        return found
    for given, value in (entries or {}).items():
        place = reading.find_place(given, where, found)
        figure = _read_figure(value) if place else None
        if place and figure is None:
            reading.tell("figure", where=reading.where("figures", number=number, place=place))
        elif place and figure:
            found[place] = figure
    return found


def _read_figure(value: object) -> OwnFigure | None:
    if not isinstance(value, dict) or set(value) != {"percent", "asked", "source"}:
        return None
    percent, asked, source = value["percent"], value["asked"], value["source"]
    is_right = _is_number(percent, 0, _WHOLE) and _is_whole(asked, 1, _MOST_ASKED)
    if not is_right or not isinstance(source, str) or not clean_text(source):
        return None
    return OwnFigure(float(percent), asked, _line(source)[:TEXT_LIMIT])


def _read_clients(entries: object, number: int, reading: _Reading) -> tuple[Counted, ...]:
    where = reading.where("clients", number=number)
    if entries is None:
        return ()
    if not isinstance(entries, list):
        reading.tell("clients", where=where)
        return ()
    read = [_read_counted(entry, where, reading) for entry in entries]
    return tuple(counted for counted in read if counted)


def _read_counted(entry: object, where: str, reading: _Reading) -> Counted | None:
    keys = {"question", "asked", "counts"}
    is_right = (
        isinstance(entry, dict)
        and set(entry) == keys
        and entry["question"] in list(Question)
        and _is_whole(entry["asked"], 0, _MOST_ASKED)
        and isinstance(entry["counts"], dict)
    )
    if not is_right or not isinstance(entry, dict):
        reading.tell("clients", where=where)
        return None
    counts: dict[str, int] = {}
    for given, count in entry["counts"].items():
        place = reading.find_place(given, where, counts, place_ids())
        if place:
            counts[place] = count if _is_whole(count, 0, _MOST_ASKED) else _MOST_ASKED
    wrong = [place for place, count in counts.items() if count > entry["asked"]]
    for place in wrong:
        reading.tell("count", where=where, place=place, asked=entry["asked"])
    return None if wrong else Counted(Question(entry["question"]), entry["asked"], counts)
