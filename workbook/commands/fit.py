"""Say which places fit: whom each reaches, and the sets that fit into the hours."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    SHARED,
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
    from pathlib import Path

    from workbook.evidence.shares import Share
    from workbook.fit.audiences import Known
    from workbook.fit.choice import Choice
    from workbook.fit.sets import Amount

_WORDS = load_command_words("fit")
_SAID: dict[str, str] = _WORDS["said"]
_COLUMNS: dict[str, str] = _WORDS["columns"]
_SIGNS: dict[str, str] = _WORDS["signs"]
_GAP = "  "


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("file", type=FILE)
@click.option("--union", "unions", multiple=True, help=_WORDS["option"]["union"])
@as_json
def command(file: Path, unions: Sequence[str], *, as_json: bool) -> None:
    """Say which places fit."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.fit.choice import choose  # noqa: PLC0415 - same reason
    from workbook.fit.listing import list_choice  # noqa: PLC0415 - same reason
    from workbook.fit.request import read_wish  # noqa: PLC0415 - same reason

    language = read_settings().language
    asked = {text: _read_union(text) for text in unions}
    choice = choose(read_wish(_read(file, language), str(file), language))
    document = {"file": str(file), **list_choice(choice, asked, language)}
    answer(document, "\n\n".join(_tell(choice, asked, language)), as_json=as_json)


def _read(path: Path, language: str) -> bytes:
    """The bytes of a file, and no more of them than such a file can have."""
    from workbook.content import load_words  # noqa: PLC0415 - same reason
    from workbook.fit.request import LIMIT_MB, WORDS  # noqa: PLC0415 - same reason

    def refuse(kind: str) -> WishUnreadable:
        reason = load_words(WORDS, language)["reasons"][kind]
        return WishUnreadable(name=str(path), reason=reason)

    return read_bytes(path, LIMIT_MB * 1_000_000, refuse)


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
    """A choice as paragraphs."""
    from workbook.fit.wording import list_notes, tell_changes  # noqa: PLC0415 - same reason

    for number, known in enumerate(choice.audiences, 1):
        yield "\n".join(_tell_audience(known, number, language))
        for names in unions.values():
            yield _tell_union(known, names, language)
    yield "\n".join(_tell_sets(choice, language))
    for key, notes in (
        ("changes", tell_changes(choice, language)),
        ("notes", list_notes(choice, language)),
    ):
        if notes:
            points = [indent(_SAID["point"].format(text=note.text)) for note in notes]
            yield "\n".join([_SAID[key], *points])
    yield from _tell_sources(choice)


def _tell_audience(known: Known, number: int, language: str) -> Iterable[str]:
    from workbook.fit.wording import load_fit_words, write_points  # noqa: PLC0415 - same reason

    words = load_fit_words(language)
    yield _SAID["audience"].format(number=number, who=_name_people(known))
    if known.left:
        yield indent(str(words["left"][known.left.value]))
    shares = sorted(known.reach.shares.values(), key=lambda share: -share.percent)
    if shares or known.views:
        yield from _lay_out(_list_rows(known, shares, language))
    if known.reach.interviews:
        yield indent(_SAID["interviews"].format(count=f"{known.reach.interviews:,}"))
    yield from _tell_unnamed(known)
    yield from _tell_origins(shares, language)
    if points := write_points(known.reach, language):
        yield indent(_SAID["points"].format(points=points))
    why = sorted(known.reach.missing.items(), key=lambda entry: entry[1].value)
    for reason, entries in groupby(why, key=lambda entry: entry[1].value):
        places = SHARED["joined"].join(name for name, _ in entries)
        text = str(words["missing"][reason])
        yield indent(_SAID["places_of"].format(places=places, text=text))


def _tell_unnamed(known: Known) -> Iterable[str]:
    """The places that no client named."""
    zero = [name for name, v in known.views.items() if v.own and not v.own.percent]
    if zero:
        asked = max(views.own.asked for views in known.views.values() if views.own)
        places = SHARED["joined"].join(zero)
        yield indent(_SAID["unnamed"].format(asked=asked, places=places))


def _name_people(known: Known) -> str:
    """An audience in one line."""
    from workbook.wording import write_number  # noqa: PLC0415 - same reason

    profile = known.audience.profile
    levels = [SHARED["joined"].join(names) for names in profile.narrowed().values()]
    parts = [
        profile.country or _SAID["country_open"],
        *(levels or [_SAID["everybody"]]),
        *([_SAID["b2b"]] if known.audience.kind.value == "b2b" else []),
        _SAID["share"].format(percent=write_number(known.audience.share)),
    ]
    return str(SHARED["joined"].join(parts))


def _list_rows(known: Known, shares: Sequence[Share], language: str) -> list[tuple[str, ...]]:
    from workbook.fit.wording import load_fit_words  # noqa: PLC0415 - same reason

    measures = load_fit_words(language)["measure"]
    head = ["place", "percent", "interval", "daily", "measure"]
    rows = [tuple(_COLUMNS[key] for key in head)]
    extra = {
        name: [_write_row(each, measures) for each in (v.own, v.combined) if each]
        for name, v in known.views.items()
        if v.own and v.own.percent
    }
    for share in shares:
        below = extra.pop(share.platform, [])
        rows += [_write_row(share, measures), *(("", *row[1:]) for row in below)]
    return [*rows, *(row for below in extra.values() for row in below)]


def _write_row(share: Share, measures: Mapping[str, str]) -> tuple[str, ...]:
    daily = f"{share.daily.percent:.0f} ({_range(share.daily)})" if share.daily else ""
    asked = measures.get(share.measure, "")
    if share.method.value in {"clients", "combined"}:
        asked = f"{asked} ({share.method.value})"
    return (share.platform, f"{share.percent:.0f}", _range(share), daily, asked)


def _range(share: Share | Amount) -> str:
    return f"{share.low:.0f}–{share.high:.0f}"  # noqa: RUF001 - a range is written so


def _tell_origins(shares: Sequence[Share], language: str) -> Iterable[str]:
    """When and whom each source asked, and about which places; its title stands at the end."""
    from workbook.fit.wording import write_base, write_dates, write_origin  # noqa: PLC0415 - same

    found: dict[str, list[str]] = {}
    for share in [*shares, *(share.daily for share in shares if share.daily)]:
        key = f"[{share.source}]" if share.source in _sources([share]) else write_origin(share)
        parts = (_SAID["daily"] if share.measure == "daily" else "", write_dates(share, language))
        base = write_base(share, language)
        told = SHARED["joined"].join(filter(None, dict.fromkeys((*parts, base))))
        found.setdefault(f"{told} {key}" if key != base else told, []).append(share.platform)
    for told, places in found.items():
        yield indent(
            _SAID["places_of"].format(places=SHARED["joined"].join(places), text=f"{told}.")
        )


def _sources(shares: Iterable[Share]) -> dict[str, str]:
    """The sources of some shares in one line each."""
    from workbook.evidence import load_sources, write_source  # noqa: PLC0415 - same reason

    every = [each for share in shares for each in (share, share.daily) if each]
    return {s.source: write_source(s.source) for s in every if s.source in load_sources()}


def _tell_union(known: Known, names: Sequence[str], language: str) -> str:
    from workbook.fit.listing import list_union, unite  # noqa: PLC0415 - same reason

    head = _SAID["together"].format(places=SHARED["joined"].join(names))
    together = unite(known, names)
    if together is None:
        return "\n".join([head, indent(str(list_union(known, names, language)["why"]))])
    low, high = f"{together.low:.0f}", f"{together.high:.0f}"
    if together.percent is None:
        return "\n".join([head, indent(_SAID["limits"].format(low=low, high=high))])
    return "\n".join([head, indent(f"{together.percent:.0f} % ({low}–{high})")])  # noqa: RUF001


def _tell_sets(choice: Choice, language: str) -> Iterable[str]:
    from workbook.evidence.survey import place_ids  # noqa: PLC0415 - same reason
    from workbook.fit.wording import write_hours, write_places  # noqa: PLC0415 - same reason
    from workbook.wording import write_number  # noqa: PLC0415 - same reason

    key = "sets_provisional" if choice.is_provisional else "sets"
    yield _SAID[key].format(hours=write_hours(choice.wish.hours, language))
    differ = len(set(choice.search.suitability.values())) > 1
    rows = [tuple(_COLUMNS[key] for key in ("tie", "set", "hours", "reach", "interval"))]
    rows[0] += (_COLUMNS["weighted"],) if differ else ()
    for number, option in enumerate(choice.options):
        sign = _SIGNS["tied" if option.is_tied and number else "none"]
        places = write_places(option.places, language)
        reach = f"{option.reach.percent:.0f} %"
        told = _range(option.reach) if option.places else _SIGNS["none"]
        suits = (f"{option.weighted.percent:.0f} %",) if differ else ()
        rows.append((sign, places, write_number(option.hours), reach, told, *suits))
    yield from _lay_out(rows)
    if any(option.is_tied for option in choice.options[1:]):
        yield indent(_SAID["tied"])
    if differ:
        yield indent(_SAID["weighted"])
    if choice.primary:
        yield indent(_SAID["primary"].format(place=choice.primary))
    names = {place: name for name, place in place_ids().items()}
    base = [
        _SAID["base_place"].format(place=names[e.place], hours=write_hours(e.hours, language))
        for e in choice.base
    ]
    yield indent(_SAID["base"].format(places=SHARED["joined"].join(base)))


def _tell_sources(choice: Choice) -> Iterable[str]:
    """The sources, and the citation and the text that go with figures on the US."""
    from workbook.evidence.survey import US, find_country, load_terms  # noqa: PLC0415 - same

    told = _sources(s for known in choice.audiences for s in known.reach.shares.values())
    if told:
        lines = [indent(f"[{key}] {text}") for key, text in sorted(told.items())]
        yield "\n".join([_SAID["sources"], *lines])
    countries = {find_country(known.audience.profile.country) for known in choice.audiences}
    if US in countries:
        terms: dict[str, Any] = load_terms()
        keys = ("citation", "daily_citation", "disclaimer", "copyright")
        yield "\n".join(indent(terms[key]) for key in keys)


def _lay_out(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with columns below each other; figures stand at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        (_GAP + _GAP.join(cell.ljust(w) for cell, w in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
