"""How the pages describe the business to machines, and whether all say the same: W4 to W6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.identity import (
    find_phones,
    holds_words,
    is_same_address,
    is_same_name,
    is_same_phone,
    split_words,
)
from workbook.audit.markup import load_types
from workbook.audit.verdicts import Look, Verdict, right, unseen, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.audit.markup import Node

_NEEDED = {"name": "node_name", "url": "url", "logo": "node_logo"}
_NEEDED_LOCAL = {"name": "node_name", "image": "image", "address": "address"}
_BETTER = {"telephone": "telephone", "openingHours": "openingHours", "geo": "geo"}
_ADDRESS = {"street": "streetAddress", "town": "addressLocality", "postcode": "postalCode"}


def describe_business(look: Look) -> Iterator[Verdict]:
    """W4: an Organization, or a kind of it, with id, name, url, logo and its profiles."""
    nodes = _list_businesses(look)
    if nodes:
        node = min(nodes, key=lambda n: len(_list_lacking(look, n)))
        lacking, types = _list_lacking(look, node), look.join(sorted(node.types))
        values = {"types": types, "missing": look.join(lacking)}
        yield Verdict(not lacking, "lacking" if lacking else "complete", values)
        return
    faults = [fault for page in look.pages for fault in page.markup.faults]
    if faults:
        line, _, column = faults[0].partition(":")
        yield wrong("broken", {"line": line, "column": column})
    else:
        yield wrong("absent")


def _list_businesses(look: Look) -> list[Node]:
    return [n for page in look.pages for n in page.markup.nodes if n.is_organization]


def _list_lacking(look: Look, node: Node) -> list[str]:
    lacking = [look.parts[word] for name, word in _NEEDED.items() if not node.texts(name)]
    if not node.id:
        lacking.append(look.parts["id"])
    named = node.texts("sameAs")
    away = [p.label for p in look.active if p.is_sure and p.best_match(named)[0] is False]
    if away:
        lacking.append(look.parts["sameAs"].format(profiles=look.join(away)))
    return lacking


def describe_place(look: Look) -> Iterator[Verdict]:
    """W5: a local business also gives a picture and its address."""
    nodes = [node for node in _list_businesses(look) if node.is_local]
    trade = look.plan.linking.trade
    if nodes:
        yield min((_judge_place(look, node) for node in nodes), key=lambda v: not v.passed)
    elif trade is None:
        yield unseen("unknown")
    elif trade in load_types("local_business"):
        yield wrong("absent")
    else:
        yield unseen("not_local")


def _judge_place(look: Look, node: Node) -> Verdict:
    values = {"types": look.join(sorted(node.types))}
    missing = [look.parts[w] for n, w in _NEEDED_LOCAL.items() if not node.values.get(n)]
    if missing:
        return wrong("lacking", {**values, "missing": look.join(missing)})
    hours = node.values.get("openingHours") or node.values.get("openingHoursSpecification")
    there = {**node.values, "openingHours": hours}
    more = [look.parts[word] for name, word in _BETTER.items() if not there.get(name)]
    key = "complete_more" if more else "complete"
    return right(key, {**values, "more": look.join(more)})


# -- name, address, phone -----------------------------------------------------------------------


def compare_identity(look: Look) -> Iterator[Verdict]:
    """W6: name, address and phone agree between the plan, the descriptions and the pages."""
    agreed: list[str] = []
    different: list[str] = []
    for what, same, one, other in _compare(look):
        if same:
            agreed.append(look.parts[what])
        else:
            text = look.parts["differ"].format(what=look.parts[what], one=one, other=other)
            different.append(text)
    if different:
        yield wrong("differ", {"different": look.join(different)})
    elif agreed:
        yield right("same", {"agreed": look.join(agreed)})
    else:
        yield unseen("unknown")


def _compare(look: Look) -> Iterator[tuple[str, bool, str, str]]:
    """Each pair that says the same thing of the business: what, whether equal, and both."""
    yield from _compare_names(look)
    yield from _compare_phones(look)
    yield from _compare_addresses(look)


def _compare_names(look: Look) -> Iterator[tuple[str, bool, str, str]]:
    names = [n.text("name") for n in _list_businesses(look) if n.text("name")]
    ours = look.plan.start.name or next(iter(names), "")
    for name in names if look.plan.start.name else names[1:]:
        alike = is_same_name(ours, name)
        yield "name", alike, ours, name


def _compare_phones(look: Look) -> Iterator[tuple[str, bool, str, str]]:
    """Each described number against the plan's; a page may show further ones."""
    described = [n.text("telephone") for n in _list_businesses(look) if n.text("telephone")]
    tapped = [phone for page in look.pages for phone in page.phones]
    ours = look.plan.linking.phone or next(iter(described), "")
    if not ours:
        return
    for number in described if look.plan.linking.phone else described[1:]:
        yield "phone", is_same_phone(ours, number), ours, number
    shown = tapped or [n for page in look.pages for n in find_phones(page.text)]
    if any(is_same_phone(ours, number) for number in shown):
        yield "phone", True, ours, ours
    elif tapped:
        yield "phone", False, ours, tapped[0]


def _compare_addresses(look: Look) -> Iterator[tuple[str, bool, str, str]]:
    said = look.plan.linking
    ours = {name: getattr(said, name) or "" for name in _ADDRESS}
    theirs = [read_address(n) for n in _list_businesses(look) if n.values.get("address")]
    if not any(ours.values()) and theirs:
        ours, theirs = theirs[0], theirs[1:]
    for address in theirs:
        same = is_same_address(ours, address)
        if same is not None:
            yield "address", same, _write(ours), _write(address)
    street = split_words(ours.get("street", ""))
    if street and any(holds_words(split_words(page.text), street) for page in look.pages):
        yield "address", True, _write(ours), _write(ours)


def read_address(node: Node) -> dict[str, str]:
    """The address of a business in parts, or as a whole where it is one line."""
    part = node.part("address")
    if not part:
        return {"whole": node.text("address")}
    return {name: _first(part.get(theirs)) for name, theirs in _ADDRESS.items()}


def _first(value: object) -> str:
    found = value[0] if isinstance(value, list) and value else value
    return str(found) if isinstance(found, str | int) else ""


def _write(address: Mapping[str, str]) -> str:
    return " ".join(part for part in address.values() if part)
