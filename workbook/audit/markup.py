"""What a page says of the business to programs: its JSON-LD and its microdata, as one list.

Read here and not by extruct, which would bring nine packages (an RDF store among them) for the
two notations that websites of businesses carry.
"""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from workbook.discovery import read_toml
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_NODES = 2_000
_LONGEST_VALUE = 2_000
_MOST_PARTS = 500
"""Pieces of text in a value; things may lie in each other, and each has all those within it."""
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_MEDIA = ("url", "contentUrl", "@id")
_VALUES = {"a": "href", "area": "href", "link": "href", "img": "src", "meta": "content",
           "source": "src", "time": "datetime", "object": "data", "iframe": "src"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that a page describes: its types of schema.org, its id, and what is said of it."""

    types: frozenset[str]
    id: str
    values: Mapping[str, Any]

    @property
    def is_organization(self) -> bool:
        """Whether it is a business of any kind."""
        return bool(self.types & (load_types("organization") | load_types("local_business")))

    @property
    def is_local(self) -> bool:
        """Whether it is a local business, or one of its more specific kinds."""
        return bool(self.types & load_types("local_business"))

    def texts(self, name: str) -> tuple[str, ...]:
        """What is said under a name, as texts; of a picture its address."""
        return tuple(_list_texts(self.values.get(name)))

    def text(self, name: str) -> str:
        """The first text under a name; empty where nothing is said."""
        return next(iter(self.texts(name)), "")

    def part(self, name: str) -> Mapping[str, Any]:
        """The thing under a name, such as an address; empty where it is none."""
        value = self.values.get(name)
        found = value[0] if isinstance(value, list) and value else value
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Markup:
    """All the things a page describes, and what of its JSON-LD could not be read."""

    nodes: tuple[Node, ...] = ()
    faults: tuple[str, ...] = field(default=())
    """Where the text breaks off, as “line 3, column 5”."""


@cache
def load_types(name: str) -> frozenset[str]:
    """The types of schema.org that are an “organization”, or a “local_business”."""
    return frozenset(read_toml("audit/types.toml")[name])


def read_json_ld(texts: Sequence[str]) -> Markup:
    """The things in scripts of JSON-LD: lists, graphs and things within things."""
    faults: list[str] = []
    found: list[Node] = []
    for text in texts:
        try:
            read = json.loads(_WRAPPED.sub("", text).strip(), strict=False)
        except json.JSONDecodeError as error:
            faults.append(f"{error.lineno}:{error.colno}")
        except (RecursionError, ValueError):
            faults.append("1:1")
        else:
            found += list(_walk(read))[:_MOST_NODES]
    return Markup(tuple(_join_by_id(found)), tuple(faults))


def read_microdata(root: Any) -> tuple[Node, ...]:  # noqa: ANN401 - an element of lxml
    """The things that ``itemscope`` and ``itemprop`` describe."""
    found: list[Node] = []
    for element in root.iter("*"):
        if len(found) >= _MOST_NODES:
            break
        if element.get("itemscope") is not None and element.get("itemtype"):
            found.append(_make_node(_read_item(element)))
    return tuple(found)


# -- JSON-LD ------------------------------------------------------------------------------------


def _walk(start: object) -> Iterator[Node]:
    """Every thing in it, the outer ones first."""
    waiting: deque[object] = deque([start])
    seen = 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        here = waiting.popleft()
        if isinstance(here, list):
            waiting.extend(here[:_MOST_NODES])
        elif isinstance(here, dict):
            if here.get("@type"):
                yield _make_node(here)
            waiting.extend(v for v in here.values() if isinstance(v, dict | list))


def _make_node(values: Mapping[str, Any]) -> Node:
    types = values.get("@type")
    named = types if isinstance(types, list) else [types]
    short = frozenset(re.split(r"[/#:]", t.rstrip("/"))[-1] for t in named if isinstance(t, str))
    node_id = values.get("@id")
    return Node(short, node_id if isinstance(node_id, str) else "", values)


def _join_by_id(nodes: Sequence[Node]) -> Iterator[Node]:
    """Things of the same id as one: graphs often say the rest elsewhere."""
    alike: dict[str, list[Node]] = {}
    for number, node in enumerate(nodes):
        alike.setdefault(node.id or f"#{number}", []).append(node)
    together = [_join(same) for same in alike.values()]
    by_id = {node.id: node for node in together if node.id}
    for node in together:
        yield Node(node.types, node.id, {k: _resolve(v, by_id) for k, v in node.values.items()})


def _join(same: Sequence[Node]) -> Node:
    """Several descriptions of one thing as one; what is said first holds."""
    values: dict[str, Any] = {}
    for node in same:
        for name, value in node.values.items():
            values.setdefault(name, value)
    return Node(frozenset().union(*(node.types for node in same)), same[0].id, values)


def _resolve(value: object, by_id: Mapping[str, Node]) -> object:
    """A bare reference replaced by what it refers to."""
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        found = by_id.get(value["@id"])
        return found.values if found else value
    return value


def _list_texts(value: object) -> Iterator[str]:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        text = clean_text(str(value))[:_LONGEST_VALUE]
        if text:
            yield text
    elif isinstance(value, list):
        for each in value[:_MOST_NODES]:
            if not isinstance(each, list):
                yield from _list_texts(each)
    elif isinstance(value, dict):
        name = next((m for m in ("@value", *_MEDIA) if isinstance(value.get(m), str)), "")
        if name:
            yield clean_text(value[name])[:_LONGEST_VALUE]


# -- microdata ----------------------------------------------------------------------------------


def _read_item(element: Any, depth: int = 0) -> dict[str, Any]:  # noqa: ANN401 - lxml's
    item: dict[str, Any] = {"@type": element.get("itemtype", "").split()}
    if element.get("itemid"):
        item["@id"] = element.get("itemid")
    for child, value in islice(_list_properties(element, depth), _MOST_NODES):
        for name in child.get("itemprop", "").split():
            item.setdefault(name, []).append(value)
    return item


def _list_properties(element: Any, depth: int) -> Iterator[tuple[Any, object]]:  # noqa: ANN401
    """The elements that say something of this item, and not of an item within it."""
    waiting = [*reversed(element)]
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        is_item = child.get("itemscope") is not None
        if child.get("itemprop"):
            nested = is_item and depth < 8  # noqa: PLR2004 - nothing real is deeper
            yield child, _read_item(child, depth + 1) if nested else _read_value(child)
        if not is_item:
            waiting.extend(reversed(child))


def _read_value(element: Any) -> str:  # noqa: ANN401 - lxml's
    attribute = _VALUES.get(element.tag, "")
    value = element.get("content") or (element.get(attribute) if attribute else None)
    if value:
        return clean_text(value)[:_LONGEST_VALUE]
    parts = (text[:_LONGEST_VALUE] for text in islice(element.itertext(), _MOST_PARTS))
    return clean_text(" ".join("".join(parts).split()))[:_LONGEST_VALUE]
