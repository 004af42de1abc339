"""Matomo's log of visits as canonical events: what each visit saw and did, and where it came from.

A link with tags is a campaign to Matomo, not social, so the campaign's name is looked at too.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from workbook.measurement.events import number_day
from workbook.measurement.sources import find_word, read_host, read_origin
from workbook.measurement.targets import clean_event, clean_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo
    from pathlib import Path

MATOMO: Final = "matomo_live"
_ACTION: Final = re.compile(r"^(\w+) \(actionDetails (\d+)\)$", re.IGNORECASE)
_MOST_ACTIONS: Final = 5000
_PIECE: Final = 1 << 20
_LONGEST_VISIT: Final = 16_000_000
"""Letters of one visit; more is no visit but a damaged file."""
_DIGITS: Final = 11
"""Of a moment in seconds."""
_NAMES: Final = ("eventAction", "eventName", "eventCategory", "goalName")


@dataclass(slots=True)
class Written:
    """What was written of a log of visits."""

    visits: int = 0
    unreadable: int = 0
    has_actions: bool = False
    own_hosts: set[str] = field(default_factory=set)


def write_matomo(path: Path, place: Path, zone: str | None) -> Written:
    """Write the canonical events of a log of visits, a JSON object a line.

    Args:
        path: The log, JSON or CSV, as UTF-8.
        place: The file to write.
        zone: The business's time zone; days are UTC without.
    """
    written = Written()
    clock = ZoneInfo(zone) if zone else UTC
    with (
        path.open(encoding="utf-8-sig", errors="replace", newline="") as file,
        place.open("w", encoding="utf-8") as out,
    ):
        for visit in _read_visits(file):
            events = _read_visit(visit, clock, written) if visit else []
            written.visits += 1
            written.unreadable += not events
            out.writelines(json.dumps(event) + "\n" for event in events)
    return written


# -- reading ---------------------------------------------------------------------------------------


def _read_visits(file: IO[str]) -> Iterator[Mapping[str, object]]:
    start = file.read(1)
    while start.isspace():
        start = file.read(1)
    if start == "[":
        yield from _read_json(file)
        return
    header = start + file.readline(_LONGEST_VISIT)
    separator = max(",;\t|", key=header.count)
    names = next(csv.reader([header], delimiter=separator), [])
    csv.field_size_limit(_LONGEST_VISIT)
    lines = iter(lambda: file.readline(_LONGEST_VISIT), "")
    rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=separator)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield {}
            continue
        if row:
            yield _gather_actions(dict(zip(names, row, strict=False)))


def _read_json(file: IO[str]) -> Iterator[Mapping[str, object]]:
    """The visits of a list, one after another, so that a list that breaks off is read so far."""
    decoder, text = json.JSONDecoder(), ""
    while True:
        text = text.lstrip(" \t\r\n,")
        try:
            visit, end = decoder.raw_decode(text)
        except (ValueError, RecursionError):
            piece = file.read(_PIECE)
            if text.startswith("]"):
                if text[1:].strip() or piece.strip():
                    yield {}  # something stands behind the list
                return
            if not piece and not text:
                return
            if not piece or len(text) > _LONGEST_VISIT:
                yield {}
                return
            text += piece
            continue
        yield visit if isinstance(visit, dict) else {}
        text = text[end:]


def _gather_actions(row: dict[str, str]) -> Mapping[str, object]:
    """A row of CSV as a visit: its actions stand in columns such as “url (actionDetails 0)”."""
    actions: dict[int, dict[str, str]] = {}
    for name, cell in row.items():
        found = _ACTION.match(name)
        if found and cell:
            actions.setdefault(int(found[2]), {})[found[1]] = cell
    return {**row, "actionDetails": [actions[number] for number in sorted(actions)]}


# -- one visit -------------------------------------------------------------------------------------


def _read_visit(
    visit: Mapping[str, object], clock: tzinfo, written: Written
) -> list[dict[str, object]]:
    key = _text(visit, "idVisit")
    first = _number(visit, "firstActionTimestamp") or _number(visit, "serverTimestamp")
    if not key or first is None:
        return []
    origin = _read_origin(visit)
    details = visit.get("actionDetails")
    actions = details[:_MOST_ACTIONS] if isinstance(details, list) else []
    written.has_actions = written.has_actions or bool(actions)
    steps = [(first, "", "")]
    for action in actions:
        if isinstance(action, dict):
            steps += _read_action(action, first, written)
    day = number_day(datetime.fromtimestamp(first, clock).date())
    base = {"visitor": key, "visit": key, "day": day, **origin}
    return [
        {**base, "moment": moment, "page": page, "action": name} for moment, page, name in steps
    ]


def _read_action(
    action: Mapping[str, object], first: int, written: Written
) -> Iterator[tuple[int, str, str]]:
    address = _text(action, "url")
    moment = _number(action, "timestamp") or first
    kind = _text(action, "type")
    if kind in {"", "action"} and address:
        written.own_hosts.add(read_host(address))
        yield moment, clean_path(address), ""
        return
    for name in _NAMES:
        if text := _text(action, name):
            yield moment, clean_path(address) if kind == "event" else "", clean_event(text)


def _read_origin(visit: Mapping[str, object]) -> dict[str, str]:
    kind, name = _text(visit, "referrerType").lower(), _text(visit, "referrerName").lower()
    address = _text(visit, "referrerUrl")
    tag = _text(visit, "campaignSource").lower()
    if not tag and (kind == "campaign" or (kind == "social" and not address)):
        tag = find_word(name) or name
    origin = read_origin("", address, "")._replace(
        tag=tag,
        medium=_text(visit, "campaignMedium").lower()
        or ("social" if kind == "social" and tag else ""),
        campaign=_text(visit, "campaignName").lower(),
    )
    return {**origin._asdict(), "channel": _text(visit, "referrerTypeName") or kind}


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def _number(fields: Mapping[str, object], name: str) -> int | None:
    text = _text(fields, name)
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
    return found or None
