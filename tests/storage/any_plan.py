"""Plans as hypothesis makes them up: every answer of every step, as somebody might type it."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, get_args

from hypothesis import strategies as st

from workbook.discovery import read_toml
from workbook.plan import (
    ColumnKey,
    OwnLook,
    OwnSeat,
    Plan,
    hints_of,
    record_type,
    strip_annotation,
)
from workbook.platforms import OTHER, load_platforms
from workbook.storage.plan_file import NamedVersion, PlanFile
from workbook.values import Frozen, Kind, Problem, read

_WORDS = st.text(max_size=60) | st.sampled_from(
    [
        "#SpringSale",
        "<script>alert(1)</script>",
        "“quoted”",
        "\ud800",
        "a\0b",
        "\u2028",
        "😀",
        "=1+1",
    ]
)
_AMOUNTS = st.floats(0, 150) | st.sampled_from(["0.0000001", "1e-7", "2½", "£3.50", "12 %", 0.1])
_TYPED: dict[str, st.SearchStrategy[Any]] = {
    "text": _WORDS,
    "long_text": _WORDS,
    "address": st.sampled_from(["example.com", "https://example.org/a?b=c#d", "münchen.example"]),
    "number": _AMOUNTS | st.integers(0, 10**12),
    "percent": st.floats(0, 100) | _AMOUNTS,
    "hours": _AMOUNTS,
    "scale": st.integers(0, 100),
    "money": st.decimals(0, 10**9, places=2) | _AMOUNTS,
    "date": st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    "time": st.times().map(lambda time: f"{time:%H:%M}"),
}
_CHOICES = st.sampled_from(
    [*load_platforms(), OTHER, *read_toml("steps/goals/metrics.toml")["metrics"]]
)
_IDS = st.from_regex(r"\A[a-z0-9]{4,12}\Z")
_COLUMNS = st.from_regex(r"\A(visits|accounts)\.[0-9a-f]{24}\.[a-z]{3,9}\Z")
_COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z") | st.just("")
_LOOKS = st.builds(
    OwnLook,
    name=st.text(st.characters(codec="utf-8"), max_size=60),
    logo=st.from_regex(r"\AiVBORw0KGgo[0-9A-Za-z+/]{1,20}\Z") | st.just(""),
    accent=_COLOURS,
    second=_COLOURS,
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds

_SEATS = st.builds(
    OwnSeat,
    key=st.from_regex(r"\A[A-Za-z0-9_-]{21}[AQgw]\Z"),
    room=st.text(st.characters(codec="utf-8"), max_size=60),
    name=st.text(st.characters(codec="utf-8"), max_size=60),
    shows_answers=st.booleans(),
    returns=st.booleans(),
    keeps_plan=st.booleans(),
    taken_at=st.none() | MOMENTS,
    link=st.from_regex(r"\A[0-9a-f]{32}\Z") | st.just(""),
)


def _answers(annotation: Any) -> st.SearchStrategy[Any]:
    """Answers an annotation allows, and None for those it refuses."""
    members, marks = strip_annotation(annotation)
    options = [st.none()]
    for member in members:
        if isinstance(member, type) and issubclass(member, Enum):
            options.append(st.sampled_from(list(member)))
        options.append(st.sampled_from([a for a in get_args(member) if isinstance(a, str)] or [""]))
    kinds = [mark.name for mark in marks if isinstance(mark, Kind)]
    options.extend(
        _IDS if kind.startswith("entry:") else _TYPED.get(kind, _CHOICES) for kind in kinds
    )

    def keep(raw: object) -> object:
        found = read(annotation, raw)
        return None if isinstance(found, Problem) else found

    return st.one_of(options).map(keep)


def _field(annotation: Any) -> st.SearchStrategy[Any]:
    if record := record_type(annotation):
        return st.lists(_shapes(record), max_size=2).map(tuple)
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return _shapes(annotation)
    members, marks = strip_annotation(annotation)
    if any(isinstance(mark, Kind) and mark.name.startswith("counts:") for mark in marks):
        places = st.sampled_from([*load_platforms(), OTHER])
        counts = st.dictionaries(places, st.integers(0, 50), max_size=3)
        return counts.map(lambda found: read(annotation, [*found.items()]) or ())
    if getattr(members[0], "__origin__", None) is tuple:
        inner = get_args(members[0])[0]
        found = st.lists(_answers(inner), max_size=3)
        return found.map(lambda items: tuple(dict.fromkeys(i for i in items if i is not None)))
    if getattr(members[0], "__origin__", None) is dict:
        columns = get_args(members[0])[0] is ColumnKey
        keys, numbers = (_COLUMNS, st.integers(0, 999)) if columns else (_IDS, st.floats(0, 1e6))
        return st.dictionaries(keys, numbers, max_size=3)
    return _answers(annotation)


@functools.cache
def _shapes(shape: type[Frozen]) -> st.SearchStrategy[Frozen]:
    hints = hints_of(shape)
    fields = {name: _field(hint) for name, hint in hints.items() if name != "id"}
    for name, answers in fields.items():
        if shape.model_fields[name].is_required():
            fields[name] = answers.filter(lambda answer: answer is not None)
    if "id" in hints:
        fields["id"] = _IDS
    return st.fixed_dictionaries(fields).map(lambda found: _build(shape, found))


def _build(shape: type[Frozen], found: dict[str, Any]) -> Frozen:
    """The shape with the answers it takes; None stands for one not given."""
    return shape(**{name: value for name, value in found.items() if value is not None})


def _plans(names: set[str]) -> st.SearchStrategy[Plan]:
    """Plans in which some parts are answered; all of them at once would only take longer."""
    parts = {name: _field(hint) for name, hint in hints_of(Plan).items() if name in names}
    if "look" in names:
        parts["look"] = st.none() | _LOOKS
    if "seat" in names:
        parts["seat"] = st.none() | _SEATS
    return st.fixed_dictionaries(parts).map(lambda found: Plan(**found))


PLANS: st.SearchStrategy[Plan] = st.sets(
    st.sampled_from(list(Plan.model_fields)), min_size=1, max_size=3
).flatmap(_plans)

PLAN_FILES: st.SearchStrategy[PlanFile] = st.builds(
    PlanFile,
    revision=st.integers(0, 2**53),
    saved_at=st.none() | MOMENTS,
    plan=PLANS,
    versions=st.lists(
        st.builds(NamedVersion, name=_WORDS, saved_at=st.none() | MOMENTS, plan=PLANS), max_size=2
    ).map(tuple),
    unclear=st.dictionaries(_WORDS, _WORDS, max_size=4),
)
"""Whole plan files, with named versions and text that could not be read."""
