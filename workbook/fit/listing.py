"""A choice of places as one document for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE
from workbook.evidence.intervals import proportion_interval
from workbook.evidence.shares import Method
from workbook.evidence.survey import DIMENSIONS, find_platform, load_terms, place_ids
from workbook.fit.audiences import list_places
from workbook.fit.changes import Change, find_changes
from workbook.fit.daily import explain_daily
from workbook.fit.wording import (
    list_notes,
    load_fit_words,
    write_base,
    write_change,
    write_left,
    write_origin,
    write_places,
    write_recommendation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook.evidence.clients import Counted
    from workbook.evidence.shares import Share
    from workbook.evidence.survey import Published
    from workbook.evidence.unions import JointUse, Together
    from workbook.fit.audiences import Known
    from workbook.fit.choice import Choice
    from workbook.fit.sets import Amount, Option

_DIGITS = 1


def list_choice(
    choice: Choice, unions: Mapping[str, Sequence[str]], language: str = BASE_LANGUAGE
) -> dict[str, Any]:
    """A choice with its figures, sets, notes and sources.

    Args:
        choice: The choice.
        unions: Sets of platforms that were asked about, by what they were called.
        language: The language of the sentences in it.

    Returns:
        What the command ``fit --json`` answers; percents have one decimal.
    """
    return {
        "provisional": choice.is_provisional,
        "primary": choice.primary,
        "counted": _round(choice.counted),
        "audiences": [_list_audience(k, choice, unions, language) for k in choice.audiences],
        "sets": [_list_option(choice, option) for option in choice.options],
        "recommendation": write_recommendation(choice, language)._asdict(),
        "apart": list(choice.apart),
        "unnamed": list(choice.unnamed),
        "unnamed_here": list(choice.unnamed_here),
        "base": [{"place": e.place, "hours": round(e.hours, 2)} for e in choice.base],
        "places": {name: _list_place(choice, name) for name in choice.efforts},
        "notes": [note._asdict() for note in list_notes(choice, language)],
        "changes": [_list_change(c, choice, language) for c in find_changes(choice)],
        "terms": dict(load_terms()),
    }


def _round(value: float) -> float:
    return round(value, _DIGITS)


def _list_audience(
    known: Known, choice: Choice, unions: Mapping[str, Sequence[str]], language: str
) -> dict[str, Any]:
    profile, words = known.audience.profile, load_fit_words(language)
    found: dict[str, Any] = {
        "name": known.audience.name or None,
        "country": profile.country,
        **{key: list(profile.levels.get(key, ())) for key in DIMENSIONS},
        "share": known.audience.share,
        "kind": known.audience.kind.value or None,
        "base": next((write_base(s, language) for s in known.reach.shares.values()), None),
        "interviews": None if known.reach.is_at_most else known.reach.interviews or None,
        "interviews_at_most": known.reach.interviews or None,
        "daily_notes": explain_daily(known.reach, language),
        "counts_by": None if known.left else ("clients" if known.told else "survey"),
        "left_out": write_left(known.left, choice.wish.numbers, language) if known.left else None,
        "platforms": {n: list_share(s, language) for n, s in known.reach.shares.items()},
        "missing": {n: str(words["missing"][w.value]) for n, w in known.reach.missing.items()},
        "also_published": {n: [_list_point(p) for p in ps] for n, ps in known.reach.points.items()},
    }
    if known.views:
        found["clients"] = {
            name: {
                key: list_share(share, language) if share else None
                for key, share in (("own", views.own), ("combined", views.combined))
            }
            for name, views in known.views.items()
        }
    if unions:
        found["unions"] = {key: list_union(known, names, language) for key, names in unions.items()}
    return found


def list_share(share: Share, language: str = BASE_LANGUAGE) -> dict[str, Any]:
    """A share with its interval, its source, its dates and its base."""
    found: dict[str, Any] = {
        "percent": _round(share.percent),
        "low": _round(share.low),
        "high": _round(share.high),
        "source": write_origin(share, language),
        "source_id": share.source if share.method is not Method.OWN else None,
        "survey": {"start": share.start or None, "end": share.end or None},
        "base": write_base(share, language),
        "measure": share.measure,
        "method": share.method.value,
        "about": share.group or None,
        "asked": share.asked or None,
        "panel": share.is_panel,
    }
    return {**found, "daily": list_share(share.daily, language) if share.daily else None}


def _list_point(point: Published) -> dict[str, Any]:
    return {"group": point.group, "percent": point.percent, "measure": point.measure,
            "source_id": point.source}  # fmt: skip


def list_union(known: Known, names: Sequence[str], language: str = BASE_LANGUAGE) -> dict[str, Any]:
    """How many of an audience use at least one of some platforms, each counted once."""
    together = unite(known, names)
    if together is None:
        missing = [name for name in names if name not in _union_shares(known)]
        text = str(load_fit_words(language)["missing"]["together"])
        why = text.format(places=write_places(missing, language))
        nothing = dict.fromkeys(("percent", "low", "high"))
        return {"platforms": list(names), **nothing, "limits": False, "why": why}
    return {
        "platforms": list(names),
        "percent": None if together.percent is None else _round(together.percent),
        "low": _round(together.low),
        "high": _round(together.high),
        "limits": together.is_bounds,
        "least": _round(together.least),
        "most": _round(together.most),
    }


def unite(known: Known, names: Sequence[str]) -> Together | None:
    """The union of some platforms in an audience; None where one of them has no figure."""
    from workbook.evidence.unions import join_shares  # noqa: PLC0415 - heavy, if asked for

    if known.told is not None and known.use is not None and set(names) <= set(list_places()):
        return _unite_named(known.told, known.use, names)
    if known.use is not None and set(names) <= set(known.use.platforms):
        return known.use.unite(names)
    shares = _union_shares(known)
    if not set(names) <= set(shares):
        return None
    people = [known.audience.profile]
    return join_shares([{name: shares[name] for name in names}], people)[0].unite(names)


def _unite_named(told: Counted, use: JointUse, names: Sequence[str]) -> Together:
    """The union by what clients said; places that none of them named add nobody."""
    named = [name for name in names if name in use.platforms]
    if named:
        return replace(use.unite(named), platforms=tuple(names))
    from workbook.evidence.unions import Together  # noqa: PLC0415 - heavy, if asked for

    high = 100 * proportion_interval(0, told.asked)[1]
    return Together(tuple(names), 0.0, 0.0, high, 0.0, high)


def _union_shares(known: Known) -> Mapping[str, Share]:
    return known.reach.shares


def _list_option(choice: Choice, option: Option) -> dict[str, Any]:
    ids, search = place_ids(), choice.search
    gains = search.list_gains(search.number_of(option.places))
    return {
        "platforms": list(option.places),
        "places": [ids[name] for name in option.places],
        "reach": _round(option.reach.percent),
        "low": _round(option.reach.low),
        "high": _round(option.reach.high),
        "hours": round(option.hours, 2),
        "weighted": _list_amount(option.weighted),
        "tied": option.is_tied,
        "limits": option.is_limits,
        "adds": {g.place: {**_list_amount(g.amount), "limits": g.is_limits} for g in gains},
    }


def _list_amount(amount: Amount) -> dict[str, float]:
    return {key: _round(value) for key, value in amount._asdict().items()}


def _list_place(choice: Choice, name: str) -> dict[str, Any]:
    effort, suits = choice.efforts[name], choice.suitability[name]
    return {
        "place": effort.place,
        "hours": round(effort.hours, 2),
        "own_hours": effort.is_own,
        "suitability": round(suits.value, 3),
        "to_find_out": [criterion.value for criterion in suits.unknown],
    }


def _list_change(change: Change, choice: Choice, language: str) -> dict[str, Any]:
    return {
        "id": change.lever.value,
        "text": write_change(change, choice, language),
        "place": change.place or None,
        "platforms": list(change.places),
        "hours": round(change.hours, 2) or None,
        "reach": _round(change.reach) or None,
        "low": _round(change.low) if change.reach else None,
        "high": _round(change.high) if change.reach else None,
        "path": change.path or None,
    }


def read_union(text: str) -> tuple[list[str], list[str]]:
    """The platforms that a list names, and what in it is none."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    found = {piece: find_platform(piece) for piece in pieces}
    names = list(dict.fromkeys(name for name in found.values() if name))
    return names, [piece for piece, name in found.items() if not name]
