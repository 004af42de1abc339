"""JSON documents: whole ones, one in each line, and what stands before the place where one breaks.

An export that was cut off is a list of posts, tickets or days whose last item is not whole; those
before it are.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
"""A text, also one that never ends, so that nothing in it is looked at twice; or a bracket."""
_CLOSED_BY: Final = {"[": "]", "{": "}"}
_DEEPEST: Final = 100
_BOTH: Final = 2
_MOST_NAMES: Final = 200
_LISTS_WITHIN: Final = 3
"""How deep in a document the list of its rows may lie."""


class Found(NamedTuple):
    """What a text holds, and how much of it could not be read."""

    value: object
    is_cut: bool = False
    """Whether it breaks off, so that only what comes before is here."""
    lines: int = 0
    """How many documents there are, where each stands in a line of its own."""
    lost: int = 0
    """How many of these are no JSON."""


def find_json(text: str) -> int | None:
    """Where a JSON document may begin; an archive of X begins with the name of a variable."""
    bare = text.lstrip()
    if bare.startswith(("{", "[")):
        return len(text) - len(bare)
    if bare.startswith("window.YTD."):
        found = min((i for i in (text.find("["), text.find("{")) if i >= 0), default=-1)
        return found if found >= 0 else None
    return None


def read_json(text: str) -> Found:
    """The document in a text, or the whole items of one that breaks off.

    Raises:
        ValueError: It is none, and no item of a list in it is whole.
        RecursionError: Its values lie in each other without end.
    """
    try:
        return Found(json.loads(text.rstrip().rstrip(";")))
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) >= _BOTH and all(line.lstrip().startswith("{") for line in lines[:_BOTH]):
            return _read_lines(lines)
        return Found(_save_items(text, error.pos), is_cut=True)


def _read_lines(lines: list[str]) -> Found:
    values: list[object] = []
    for line in lines:
        try:
            values.append(json.loads(line))
        except ValueError:
            continue
    if not values:
        raise ValueError
    return Found(values, lines=len(lines), lost=len(lines) - len(values))


def _save_items(text: str, end: int) -> object:
    """The document up to the last whole item of its outermost list, before a place."""
    open_still: list[str] = []
    last: tuple[int, str] | None = None
    for found in _SIGN.finditer(text, 0, end):
        sign = found[0]
        if sign in _CLOSED_BY:
            open_still.append(_CLOSED_BY[sign])
        elif sign in {"]", "}"}:
            if not open_still or open_still.pop() != sign or len(open_still) > _DEEPEST:
                break
            if sign == "}" and open_still[-1:] == ["]"] and "]" not in open_still[:-1]:
                last = found.end(), "".join(reversed(open_still))
    if last is None:
        raise ValueError
    at, closed = last
    value: object = json.loads(text[:at] + closed)
    return value


# -- as a table ------------------------------------------------------------------------------------


def list_rows(value: object) -> tuple[tuple[str, ...], ...]:
    """The longest list of objects in a document as rows below their names, “a.b” for one in a.

    Empty where there is none. Lists within an object are left out.
    """
    objects = max(_find_lists(value, _LISTS_WITHIN), key=len, default=[])
    flat = [dict(_flatten(each)) for each in objects]
    names = list(dict.fromkeys(name for each in flat for name in each))[:_MOST_NAMES]
    return (tuple(names), *(tuple(each.get(n, "") for n in names) for each in flat if each))


def _find_lists(value: object, depth: int) -> Iterator[list[dict[str, object]]]:
    if isinstance(value, list):
        if objects := [each for each in value if isinstance(each, dict)]:
            yield objects
    elif isinstance(value, dict) and depth:
        for each in value.values():
            yield from _find_lists(each, depth - 1)


def _flatten(given: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if isinstance(value, dict):
            inner = ((f"{name}.{key}", each) for key, each in value.items())
            yield from ((key, _write(each)) for key, each in inner if not _is_nest(each))
        elif not isinstance(value, list):
            yield str(name), _write(value)


def _is_nest(value: object) -> bool:
    return isinstance(value, dict | list)


def _write(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
