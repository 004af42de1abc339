"""Raw exports of analytics as tables of the embedded engine, in the shape their makers gave them.

Google's events as lines of JSON or Parquet, Umami's table as CSV, Matomo's log of visits as JSON
or CSV. The first two become canonical events by the same expressions that engines run.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook.measurement.embedded import LONGEST_LINE, PARQUET, quote_text, read_lines, write_query
from workbook.measurement.engines import (
    GA4,
    GA4_COLUMNS,
    UMAMI,
    UMAMI_COLUMNS,
    read_ga4,
    read_umami,
)
from workbook.measurement.matomo import MATOMO, write_matomo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from workbook.measurement.embedded import Desk
    from workbook.measurement.requests import Question

_UMAMI: Final = {"event_id", "visit_id", "url_path", "referrer_domain"}
_MATOMO: Final = {"idvisit", "referrertype", "referrername"}
_SEPARATORS: Final = ",;\t"
_SOURCE: Final = {"source": "VARCHAR", "medium": "VARCHAR", "campaign_name": "VARCHAR"}
_GA4_SHAPE: Final = {
    "event_date": "VARCHAR",
    "event_timestamp": "BIGINT",
    "event_name": "VARCHAR",
    "event_params": [
        {"key": "VARCHAR", "value": {"string_value": "VARCHAR", "int_value": "BIGINT"}}
    ],
    "user_pseudo_id": "VARCHAR",
    "collected_traffic_source": {
        "manual_source": "VARCHAR", "manual_medium": "VARCHAR", "manual_campaign_name": "VARCHAR",
    },
    "session_traffic_source_last_click": {
        "manual_campaign": _SOURCE,
        "cross_channel_campaign": {**_SOURCE, "default_channel_group": "VARCHAR"},
    },
}  # fmt: skip


class Loaded(NamedTuple):
    """An export as the table ``events``, and what of it was not used."""

    rows: int
    left_out: dict[str, int]
    own_hosts: tuple[str, ...]
    has_actions: bool = True


def find_export(start: bytes) -> str:
    """The id of the export that begins with these bytes; empty where it is none of these."""
    if start.startswith(PARQUET):
        return GA4
    text = decode_start(start).lstrip()
    if text.startswith("{"):
        first = text.split("\n", 1)[0]
        return GA4 if '"event_params"' in first and '"event_name"' in first else ""
    if text.startswith("["):
        return MATOMO if '"idVisit"' in text and '"actionDetails"' in text else ""
    header = {cell.strip().lower() for cell in _read_header(text)[1]}
    if header >= _UMAMI:
        return UMAMI
    return MATOMO if header >= _MATOMO else ""


def decode_start(start: bytes) -> str:
    """The beginning of a text, by its mark or as UTF-8."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    return start.decode("utf-8-sig", errors="replace")


def _read_header(text: str) -> tuple[str, list[str]]:
    """The separator and the names of the columns of a table."""
    line = text.split("\n", 1)[0].rstrip("\r")
    separator = max(_SEPARATORS, key=line.count)
    try:
        return separator, next(csv.reader(io.StringIO(line), delimiter=separator), [])
    except csv.Error:
        return separator, []


def load_export(desk: Desk, kind: str, question: Question) -> Loaded:
    """Bring an export into the table ``events`` of the embedded engine.

    Raises:
        duckdb.Error: The file is not what its beginning says.
    """
    if kind == MATOMO:
        return _load_matomo(desk, question)
    load = _load_umami if kind == UMAMI else _load_ga4
    return load(desk, question)


# -- Google ----------------------------------------------------------------------------------------


def _load_ga4(desk: Desk, question: Question) -> Loaded:
    if desk.given.is_packed:
        path = quote_text(str(desk.given.path))
        desk.ask(write_query("parquet", path=path))
    else:
        shape = quote_text(json.dumps(_GA4_SHAPE))
        desk.ask(write_query("ga4_lines", lines=read_lines(desk.given.path), shape=shape))
    table = _known_columns(desk, "given", GA4_COLUMNS)
    own = desk.ask(write_query("ga4_hosts"))
    left_out = _keep(desk, _write(read_ga4(table, question.zone)), question)
    rows, unreadable, anonymous = desk.ask_one(write_query("ga4_left_out"))
    left_out |= {"unreadable": _int(unreadable), "anonymous": _int(anonymous)}
    return Loaded(_int(rows), _some(left_out), tuple(str(host) for (host,) in own))


def _known_columns(desk: Desk, name: str, wanted: Sequence[str]) -> ir.Table:
    """A table or view of the embedded engine for expressions, with the columns it has."""
    import ibis  # noqa: PLC0415 - heavy, and only for files of visits
    from ibis.backends.sql.datatypes import DuckDBType  # noqa: PLC0415 - as above

    described = desk.ask_named(f"DESCRIBE {name}")
    types = {str(row["column_name"]): str(row["column_type"]) for row in described}
    columns = {c: DuckDBType.from_string(types[c]) for c in wanted if c in types}
    return ibis.table(columns, name=name)


def _keep(desk: Desk, selected: str, question: Question) -> dict[str, int]:
    """Keep the canonical events of an export; how many were left out for their date."""
    desk.ask(write_query("kept", events=selected, salt=quote_text(desk.salt)))
    desk.ask(write_query("kept_events"))
    latest = question.first_future_moment()
    if latest is None:
        return {}
    (future,) = desk.ask_one("SELECT count(*) FROM kept WHERE moment >= ?", [latest])
    if future:
        desk.ask("DELETE FROM kept WHERE moment >= ?", [latest])
    return {"future": _int(future)}


def _write(events: ir.Table) -> str:
    """An expression as the embedded engine reads it."""
    import ibis  # noqa: PLC0415 - heavy, and only for files of visits

    return str(ibis.to_sql(events, dialect="duckdb", pretty=False))


def _some(left_out: dict[str, int]) -> dict[str, int]:
    return {reason: n for reason, n in left_out.items() if n}


def _int(value: object) -> int:
    return int(str(value or 0))


# -- Umami -----------------------------------------------------------------------------------------


def _load_umami(desk: Desk, question: Question) -> Loaded:
    path = in_utf8(desk.given.path)
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        separator, header = _read_header(file.readline(LONGEST_LINE))
    _open_table(desk, path, separator, header)
    named = {name.strip().lower(): name for name in header}
    columns = ", ".join(_umami_column(name, named) for name in UMAMI_COLUMNS)
    desk.ask(write_query("umami", columns=columns))
    own = desk.ask(write_query("umami_hosts"))
    table = _known_columns(desk, "given", UMAMI_COLUMNS)
    left_out = _keep(desk, _write(read_umami(table, question.zone)), question)
    rows, unreadable, others = desk.ask_one(write_query("umami_left_out"))
    (broken,) = desk.ask_one("SELECT count(DISTINCT line) FROM reject_errors")
    left_out |= {"unreadable": _int(unreadable) + _int(broken), "other-kinds": _int(others)}
    hosts = tuple(str(host) for (host,) in own)
    return Loaded(_int(rows) + _int(broken), _some(left_out), hosts)


def _open_table(desk: Desk, path: Path, separator: str, header: Sequence[str]) -> None:
    """The view ``cells`` of a table with a header; rows that do not fit are counted aside."""
    columns = ", ".join(f"{quote_text(name)}: 'VARCHAR'" for name in header)
    desk.ask(
        write_query(
            "table",
            path=quote_text(str(path)),
            separator=quote_text(separator),
            columns=f"{{{columns}}}",
            longest=str(10 * LONGEST_LINE),
        )
    )


def _umami_column(name: str, named: dict[str, str]) -> str:
    if name not in named:
        return f"NULL::VARCHAR AS {name}"
    cell = '"' + named[name].replace('"', '""') + '"'
    kinds = {"created_at": "TIMESTAMPTZ", "event_type": "INTEGER"}
    kind = kinds.get(name)
    value = f"try_cast({cell} AS {kind})" if kind else f"nullif({cell}, '')"
    return f"{value} AS {name}"


# -- Matomo ----------------------------------------------------------------------------------------


def _load_matomo(desk: Desk, question: Question) -> Loaded:
    path = in_utf8(desk.given.path)
    place = desk.folder / "visits.jsonl"
    written = write_matomo(path, place, question.zone)
    selected = write_query("matomo", path=quote_text(str(place)))
    left_out = {"unreadable": written.unreadable, **_keep(desk, selected, question)}
    hosts = tuple(sorted(written.own_hosts))
    return Loaded(written.visits, _some(left_out), hosts, written.has_actions)


def in_utf8(path: Path) -> Path:
    """A text as UTF-8: the same file, or a copy of one that is UTF-16."""
    with path.open("rb") as file:
        mark = file.read(2)
    if mark not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return path
    copy = path.with_name("text")
    with (
        path.open(encoding="utf-16", errors="replace", newline="") as wide,
        copy.open("w", encoding="utf-8", newline="") as plain,
    ):
        while piece := wide.read(1 << 20):
            plain.write(piece)
    return copy
