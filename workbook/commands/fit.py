"""Say which places fit: whom each reaches, and the sets that fit into the hours."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    SHARED,
    STANDARD_INPUT,
    Command,
    answer,
    as_json,
    indent,
    load_command_words,
    read_bytes,
)
from workbook.errors import WishUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.evidence.shares import Share
    from workbook.fit.audiences import Known
    from workbook.fit.choice import Choice
    from workbook.fit.sets import Amount

_WORDS = load_command_words("fit")
_SAID: dict[str, str] = _WORDS["said"]
_COLUMNS: dict[str, str] = _WORDS["columns"]
_SIGNS: dict[str, str] = _WORDS["signs"]
_GAP = "  "
_LEFT = frozenset({"place", "measure", "set", "tie"})
"""The columns that hold words and begin at the left; figures end at the right."""
_LIMIT_MB = 50
"""Plans are larger than files that only ask for places."""


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("file", type=FILE)
@click.option("--union", "unions", multiple=True, help=_WORDS["option"]["union"])
@as_json
def command(file: Path, unions: Sequence[str], *, as_json: bool) -> None:
    """Say which places fit."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.fit.listing import list_choice  # noqa: PLC0415 - same reason

    language = read_settings().language
    asked = {text: _read_union(text) for text in unions}
    choice = _choose(file, language)
    document = {"file": str(file), **list_choice(choice, asked, language)}
    answer(document, "\n\n".join(_tell(choice, asked, language)), as_json=as_json)


def _choose(path: Path, language: str) -> Choice:
    """The choice for a plan, or for a file that only asks for places."""
    from workbook.fit.choice import choose  # noqa: PLC0415 - same reason
    from workbook.fit.planned import choose_for  # noqa: PLC0415 - same reason
    from workbook.fit.request import read_wish  # noqa: PLC0415 - same reason
    from workbook.storage.plan_file import read_plan_file  # noqa: PLC0415 - same reason

    raw = _read(path, language)
    if not _is_plan(raw):
        return choose(read_wish(raw, str(path), language))
    copy = _find_copy(path)
    found = read_plan_file(raw, name=str(path), limit_mb=_LIMIT_MB, copy=copy)
    return choose_for(found.plan, language)


def _is_plan(raw: bytes) -> bool:
    """Whether a file is a plan, or was one before it was damaged."""
    from workbook.storage.plan_file import FORMAT  # noqa: PLC0415 - same reason

    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return FORMAT.encode() in raw.replace(b"\0", b"")
    return isinstance(found, dict) and found.get("format") == FORMAT


def _find_copy(path: Path) -> str:
    """The name of the last good copy beside a plan; empty where there is none."""
    from workbook.storage.plan_file import name_copy  # noqa: PLC0415 - same reason

    copy = path.with_name(name_copy(path.name)) if str(path) != STANDARD_INPUT else Path()
    return copy.name if copy.is_file() else ""


def _read(path: Path, language: str) -> bytes:
    """The bytes of a file, and no more of them than such a file can have."""
    from workbook.content import load_words  # noqa: PLC0415 - same reason
    from workbook.fit.request import WORDS  # noqa: PLC0415 - same reason

    def refuse(kind: str) -> WishUnreadable:
        reason = load_words(WORDS, language)["reasons"][kind]
        return WishUnreadable(name=str(path), reason=reason)

    return read_bytes(path, _LIMIT_MB * 1_000_000, refuse)


def _read_union(text: str) -> list[str]:
    """The platforms named in ``--union``; all of them must be known."""
    from workbook.evidence.survey import place_ids  # noqa: PLC0415 - same reason
    from workbook.fit.listing import read_union  # noqa: PLC0415 - same reason

    names, unknown = read_union(text)
    if unknown:
        known = SHARED["joined"].join(place_ids())
        raise click.UsageError(_WORDS["usage"]["union"].format(given=unknown[0], known=known))
    if not names:
        raise click.UsageError(_WORDS["usage"]["union_empty"])
    return names


# -- for people --------------------------------------------------------------------------------


def _tell(choice: Choice, unions: Mapping[str, Sequence[str]], language: str) -> Iterable[str]:
    """A choice as paragraphs: the answer first, then what it rests on."""
    from workbook.fit.wording import list_notes, tell_changes  # noqa: PLC0415 - same reason

    yield "\n".join(_tell_answer(choice, language))
    yield "\n".join(_tell_sets(choice, language))
    for number, known in enumerate(choice.audiences, 1):
        yield "\n".join(_tell_audience(known, choice, number, language))
        for names in unions.values():
            yield _tell_union(known, names, language)
    for key, notes in (
        ("changes", tell_changes(choice, language)),
        ("notes", list_notes(choice, language)),
    ):
        if notes:
            points = [indent(_SAID["point"].format(text=note.text)) for note in notes]
            yield "\n".join([_SAID[key], *points])
    yield from _tell_sources(choice, language)


def _tell_answer(choice: Choice, language: str) -> Iterable[str]:
    """What, because of which answers, how sure, and what would change it."""
    from workbook.fit.wording import write_recommendation  # noqa: PLC0415 - same reason

    told = write_recommendation(choice, language)
    yield indent(told.what).removeprefix(_GAP)
    for key in ("because", "sure"):
        yield indent(_SAID[key].format(text=getattr(told, key)))


def _tell_audience(known: Known, choice: Choice, number: int, language: str) -> Iterable[str]:
    from workbook.fit.daily import explain_daily, name_daily  # noqa: PLC0415 - same reason
    from workbook.fit.wording import load_fit_words, write_left  # noqa: PLC0415 - same reason

    words = load_fit_words(language)
    yield _name_audience(known, number, language)
    if known.left:
        yield indent(write_left(known.left, choice.wish.numbers, language))
    shares = sorted(known.reach.shares.values(), key=lambda share: -share.percent)
    if shares or known.views:
        yield from _lay_out(*_list_rows(known, shares, language))
    if known.reach.interviews:
        key = "interviews_at_most" if known.reach.is_at_most else "interviews"
        yield indent(_SAID[key].format(count=f"{known.reach.interviews:,}"))
    for whom in sorted({name_daily(s.daily, language) for s in shares if s.daily} - {""}):
        yield indent(_SAID["daily_of"].format(whom=whom))
    yield from map(indent, explain_daily(known.reach, language))
    yield from _tell_unnamed(known)
    yield from _tell_missing(known, words["missing"], language)


def _tell_missing(known: Known, why: Mapping[str, str], language: str) -> Iterable[str]:
    """The places without a figure, by the reason why; and what was published all the same."""
    from workbook.fit.audiences import list_places  # noqa: PLC0415 - same reason
    from workbook.fit.wording import write_points  # noqa: PLC0415 - same reason

    if points := write_points(known.reach, language):
        yield indent(_SAID["points"].format(points=points))
    missing = {n: w.value for n, w in known.reach.missing.items() if n in list_places()}
    ordered = sorted(missing.items(), key=lambda entry: entry[1])
    for reason, entries in groupby(ordered, key=lambda entry: entry[1]):
        places = SHARED["joined"].join(name for name, _ in entries)
        yield indent(_SAID["places_of"].format(places=places, text=why[reason]))


def _tell_unnamed(known: Known) -> Iterable[str]:
    """The places that no client named."""
    zero = [name for name, v in known.views.items() if v.own and not v.own.percent]
    if zero:
        asked = max(views.own.asked for views in known.views.values() if views.own)
        places = SHARED["joined"].join(zero)
        yield indent(_SAID["unnamed"].format(asked=asked, places=places))


def _name_audience(known: Known, number: int, language: str) -> str:
    """An audience in one line: what it is called, who they are, and its share."""
    from workbook.fit.wording import name_group  # noqa: PLC0415 - same reason
    from workbook.wording import write_number  # noqa: PLC0415 - same reason

    profile = known.audience.profile
    levels = [SHARED["joined"].join(names) for names in profile.narrowed().values()]
    parts = [
        profile.country or _SAID["country_open"],
        *(levels or [_SAID["everybody"]]),
        *([_SAID["b2b"]] if known.audience.kind.value == "b2b" else []),
        _SAID["share"].format(percent=write_number(round(known.audience.share, 1))),
    ]
    name = name_group(known.audience.name, number, language)
    who: str = SHARED["joined"].join(parts)
    return indent(_SAID["named"].format(name=name, who=who)).removeprefix(_GAP)


_Rows = tuple[list[str], list[tuple[str, ...]]]


def _list_rows(known: Known, shares: Sequence[Share], language: str) -> _Rows:
    from workbook.fit.wording import load_fit_words  # noqa: PLC0415 - same reason

    measures = load_fit_words(language)["measure"]
    keys = ["place", "percent", "interval", "daily", "measure"]
    extra = {
        name: [_write_row(each, measures) for each in (v.own, v.combined) if each]
        for name, v in known.views.items()
        if v.own and v.own.percent
    }
    rows: list[tuple[str, ...]] = []
    for share in shares:
        below = extra.pop(share.platform, [])
        rows += [_write_row(share, measures), *(("", *row[1:]) for row in below)]
    return keys, [*rows, *(row for below in extra.values() for row in below)]


def _write_row(share: Share, measures: Mapping[str, str]) -> tuple[str, ...]:
    daily = f"{share.daily.percent:.0f} ({_range(share.daily)})" if share.daily else ""
    asked = measures.get(share.measure, "")
    if share.method.value in {"clients", "combined"}:
        asked = _SAID[share.method.value].format(measure=asked)
    return (share.platform, _percent(share), _range(share), daily, asked)


def _percent(share: Share | Amount) -> str:
    return f"{share.percent:.{_places(share)}f}"


def _range(share: Share | Amount) -> str:
    places = _places(share)
    return f"{share.low:.{places}f}–{share.high:.{places}f}"  # noqa: RUF001 - written so


def _places(share: Share | Amount) -> int:
    """Figures below one in a hundred have a decimal, so that they are not taken for nobody."""
    return 1 if 0 < share.percent < 1 else 0


def _tell_union(known: Known, names: Sequence[str], language: str) -> str:
    from workbook.fit.listing import list_union, unite  # noqa: PLC0415 - same reason

    head = _SAID["together"].format(places=SHARED["joined"].join(names))
    together = unite(known, names)
    if together is None:
        return "\n".join([head, indent(str(list_union(known, names, language)["why"]))])
    low, high = f"{together.low:.0f}", f"{together.high:.0f}"
    if together.percent is None:
        return "\n".join([head, indent(_SAID["limits"].format(low=low, high=high))])
    told = _SAID["union"].format(percent=f"{together.percent:.0f}", low=low, high=high)
    return "\n".join([head, indent(told)])


def _tell_sets(choice: Choice, language: str) -> Iterable[str]:
    from workbook.fit.wording import write_hours, write_places  # noqa: PLC0415 - same reason

    key = "sets_provisional" if choice.is_provisional else "sets"
    yield _SAID[key].format(hours=write_hours(choice.wish.hours, language))
    differ = len(set(choice.search.suitability.values())) > 1
    keys = ["tie", "set", "hours", "reach", "interval", *(["weighted"] if differ else [])]
    rows = []
    for number, option in enumerate(choice.options):
        sign = _SIGNS["tied" if option.is_tied and number else "none"]
        places = write_places(option.places, language)
        told = _range(option.reach) if option.places else _SIGNS["unknown"]
        suits = (f"{option.weighted.percent:.0f}",) if differ else ()
        rows.append(
            (
                sign,
                places,
                write_hours(option.hours, language),
                _percent(option.reach),
                told,
                *suits,
            )
        )
    yield from _lay_out(keys, rows)
    if any(option.is_tied for option in choice.options[1:]):
        yield indent(_SAID["tied"])
    if differ:
        yield indent(_SAID["weighted"])
    yield indent(_tell_base(choice, language))


def _tell_base(choice: Choice, language: str) -> str:
    """The places that are there anyway, with what they take."""
    from workbook.evidence.survey import place_names  # noqa: PLC0415 - same reason
    from workbook.fit.wording import write_hours  # noqa: PLC0415 - same reason

    names = place_names()
    base = [
        _SAID["base_place"].format(place=names[e.place], hours=write_hours(e.hours, language))
        for e in choice.base
    ]
    return _SAID["base"].format(places=SHARED["joined"].join(base))


# -- where it is from --------------------------------------------------------------------------


def _tell_sources(choice: Choice, language: str) -> Iterable[str]:
    """Who was asked when, the sources, and the text that goes with figures on the US."""
    from workbook.evidence.survey import US, find_country, load_terms  # noqa: PLC0415 - same

    shares = [s for known in choice.audiences for s in known.reach.shares.values()]
    told = _sources(shares)
    if shares:
        lines = [*_tell_origins(shares, language)]
        lines += [indent(f"[{key}] {text}") for key, text in sorted(told.items())]
        yield "\n".join([_SAID["sources"], *lines])
    countries = {find_country(known.audience.profile.country) for known in choice.audiences}
    if US in countries:
        terms: dict[str, Any] = load_terms()
        keys = ("citation", "daily_citation", "disclaimer", "copyright")
        yield "\n".join(indent(terms[key]) for key in keys)


def _tell_origins(shares: Sequence[Share], language: str) -> Iterable[str]:
    """When and whom each source asked, and about which places; its title stands below."""
    from workbook.fit.wording import write_base, write_dates, write_origin  # noqa: PLC0415 - same

    found: dict[str, dict[str, None]] = {}
    for share in [*shares, *(share.daily for share in shares if share.daily)]:
        key = f"[{share.source}]" if share.source in _sources([share]) else write_origin(share)
        parts = (_SAID["daily"] if share.measure == "daily" else "", write_dates(share, language))
        base = write_base(share, language)
        told = SHARED["joined"].join(filter(None, dict.fromkeys((*parts, base))))
        origin = f"{told} {key}" if key != base else told
        found.setdefault(origin, {})[share.platform] = None
    for told, places in found.items():
        text = _SAID["places_of"].format(places=SHARED["joined"].join(places), text=f"{told}.")
        yield indent(text)


def _sources(shares: Iterable[Share]) -> dict[str, str]:
    """The sources of some shares in one line each."""
    from workbook.evidence import load_sources, write_source  # noqa: PLC0415 - same reason

    every = [each for share in shares for each in (share, share.daily) if each]
    return {s.source: write_source(s.source) for s in every if s.source in load_sources()}


# -- columns -----------------------------------------------------------------------------------


def _lay_out(keys: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows as lines with columns below each other, below their heads."""
    table = [[_COLUMNS[key] for key in keys], *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell.ljust(width) if key in _LEFT else cell.rjust(width)
            for key, cell, width in zip(keys, row, widths, strict=True)
        )
        yield (_GAP + _GAP.join(cells)).rstrip()
