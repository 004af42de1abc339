"""Answers of Matomo in XML, JSON or CSV as rows of plain values, whatever their form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from workbook.imports.containers import Document, Text
from workbook.imports.tables import Table
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.format import Source, VisitReading

TOOL: Final = "matomo"
_ROOT: Final = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*)?<results?[\s>/]")
_GOAL: Final = re.compile(r"\d{1,4}")
_SAMPLE: Final = 50
"""Rows by which a document is told."""
_COUNTS: Final = frozenset({"nb_visits", "nb_conversions"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a report: a label with its figures, and visits by the number of a goal."""

    day: str
    values: dict[str, str]
    goals: dict[str, str] = field(default_factory=dict)


def is_answer(text: str) -> bool:
    """Whether a text is an answer of Matomo in XML."""
    return bool(_ROOT.match(text[:400]))


def is_list(value: object) -> bool:
    """Whether a JSON document is a report with a row for each label."""
    found = islice(_walk(value), _SAMPLE)
    return any("label" in entry.values and _COUNTS & set(entry.values) for entry in found)


def is_summary(value: object) -> bool:
    """Whether a JSON document is a report with figures of all visits."""
    found = list(islice(_walk(value), _SAMPLE))
    return bool(found) and all(
        "label" not in entry.values and _COUNTS & set(entry.values) for entry in found
    )


def read_entries(source: Source, reading: VisitReading) -> list[Entry]:
    """The rows of an answer; what cannot be read becomes a problem."""
    if isinstance(source, Table):
        return [_read_cells(source, row) for row in source.rows]
    if isinstance(source, Document):
        return list(_walk(source.value))
    return list(_read_xml(source, reading))


def _read_cells(table: Table, row: tuple[str, ...]) -> Entry:
    values = dict(zip(table.headers, row, strict=True))
    return Entry(values.get("date", ""), values)


def _walk(value: object, day: str = "") -> Iterator[Entry]:
    """The rows of a JSON answer: a list, or one for each day."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield _make_entry(item, day)
    elif isinstance(value, dict):
        nested = {key: item for key, item in value.items() if isinstance(item, list | dict)}
        if nested and len(nested) == len(value) and all(re.match(r"\d{4}-\d\d", k) for k in nested):
            for key, item in nested.items():
                yield from _walk(item, str(key))
        elif value:
            yield _make_entry(value, day)


def _make_entry(item: dict[str, object], day: str) -> Entry:
    values = {key: str(v) for key, v in item.items() if isinstance(v, str | int | float)}
    goals: dict[str, str] = {}
    listed = item.get("goals")
    pairs = listed.items() if isinstance(listed, dict) else []
    for key, goal in pairs:
        number = _GOAL.search(str(key))
        if number and isinstance(goal, dict):
            goals[number[0]] = str(goal.get("nb_visits_converted", goal.get("nb_conversions", "")))
    return Entry(day, values, goals)


def _read_xml(source: Text, reading: VisitReading) -> Iterator[Entry]:
    from lxml import etree  # noqa: PLC0415 - heavy, and only for answers in XML

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    raw = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.text).strip()
    if "<!DOCTYPE" in raw:
        reading.problems.append(Problem("file-damaged", {"name": source.name}))
        return
    root = etree.fromstring(raw.encode(), parser)
    if root is None:
        reading.problems.append(Problem("file-damaged", {"name": source.name}))
        return
    if len(parser.error_log):
        reading.problems.append(Problem("visits-cut", {"name": source.name}))
    parts = [root] if root.tag == "result" else root.findall("result")
    for part in parts:
        rows = part.findall("row") or [part]
        for row in rows:
            yield _read_element(row, part.get("date", ""))


def _read_element(row: object, day: str) -> Entry:
    values: dict[str, str] = {}
    goals: dict[str, str] = {}
    for child in row:  # type: ignore[attr-defined] # lxml has no types
        if child.tag == "goals":
            for goal in child.findall("row"):
                visits = goal.findtext("nb_visits_converted") or goal.findtext("nb_conversions")
                goals[goal.get("idgoal", "")] = visits or ""
        elif not len(child) and isinstance(child.tag, str):
            values[child.tag] = child.text or ""
    return Entry(day, values, goals)
