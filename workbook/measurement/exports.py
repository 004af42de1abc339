"""Raw exports of analytics as tables of the embedded engine, in the shape their makers gave them.

Google's events as lines of JSON or Parquet, Umami's table as CSV, Matomo's log of visits as JSON
or CSV. The first two become canonical events by the same expressions that engines run.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook.measurement.embedded import (
    LONGEST_LINE,
    PARQUET,
    count_passed_over,
    quote_text,
    read_lines,
    survey,
    write_query,
)
from workbook.measurement.engines import (
    GA4,
    GA4_COLUMNS,
    UMAMI,
    UMAMI_COLUMNS,
    holds_google,
    read_ga4,
    read_umami,
)
from workbook.measurement.funnel import events_table, take_parts
from workbook.measurement.matomo import MATOMO, write_matomo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from workbook.measurement.embedded import Desk
    from workbook.measurement.requests import Question
    from workbook.measurement.targets import Targets

_UMAMI: Final = {"event_id", "visit_id", "url_path", "referrer_domain"}
_MATOMO: Final = {"idvisit", "referrertype", "referrername"}
SEPARATORS: Final = ",;\t|"
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


class Foreign(Exception):
    """A file of Parquet that holds something else than events of Google."""


class Loaded(NamedTuple):
    """An export whose visits are gathered in ``parts``, and what of it was not used."""

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
    separator = max(SEPARATORS, key=line.count)
    try:
        return separator, next(csv.reader(io.StringIO(line), delimiter=separator), [])
    except csv.Error:
        return separator, []


def load_export(desk: Desk, kind: str, question: Question) -> Loaded:
    """Gather the visits of an export into the table ``parts`` of the embedded engine.

    Raises:
        Foreign: The file is of this kind, and none of Google's.
        duckdb.Error: The file is not what its beginning says.
    """
    if kind == MATOMO:
        return _load_matomo(desk, question)
    load = _load_umami if kind == UMAMI else _load_ga4
    return load(desk, question)


# -- Google ----------------------------------------------------------------------------------------


def _load_ga4(desk: Desk, question: Question) -> Loaded:
    passed = 0
    if desk.given.is_packed:
        path = quote_text(str(desk.given.path))
        desk.ask(write_query("parquet", path=path))
    else:
        passed = _load_google_lines(desk)
    table = _known_columns(desk, "given", GA4_COLUMNS)
    if not holds_google(table):
        raise Foreign
    own = desk.ask(write_query("ga4_hosts"))
    _gather(desk, write_embedded(read_ga4(table, question.zone)), question)
    rows, left_out = _count_left_out(desk, GA4, question)
    if passed:
        left_out = {"unreadable": left_out.pop("unreadable", 0) + passed, **left_out}
    return Loaded(rows + passed, left_out, tuple(str(host) for (host,) in own))


def _load_google_lines(desk: Desk) -> int:
    """Load events that stand in lines; how many lines are no text, or endless."""
    looked = survey(desk)
    shape = quote_text(json.dumps(_GA4_SHAPE))
    desk.begin("take")
    desk.ask(write_query("ga4_lines", lines=read_lines(desk.given.path), shape=shape))
    return 0 if looked.is_plain else count_passed_over(desk, looked.lines, [desk.given.path])


def _known_columns(desk: Desk, name: str, wanted: Sequence[str]) -> ir.Table:
    """A table or view of the embedded engine for expressions, with the columns it has."""
    import ibis  # noqa: PLC0415 - heavy, and only for files of visits
    from ibis.backends.sql.datatypes import DuckDBType  # noqa: PLC0415 - as above

    described = desk.ask_named(f"DESCRIBE {name}")
    types = {str(row["column_name"]): str(row["column_type"]) for row in described}
    columns = {c: DuckDBType.from_string(types[c]) for c in wanted if c in types}
    return ibis.table(columns, name=name)


def _gather(desk: Desk, selected: str, question: Question) -> None:
    """Gather the visits of an export, given as canonical events, into the table ``parts``."""
    salt, kept = quote_text(desk.salt), _is_kept(question)
    desk.ask(write_query("digests", events=selected, salt=salt, kept=kept))
    desk.ask(write_query("parts", parts=_write_parts(question.targets)))


@lru_cache(maxsize=32)
def _write_parts(targets: Targets) -> str:
    """The first half of the funnel as the embedded engine reads it."""
    return write_embedded(take_parts(events_table(), targets, by_vendor=True))


def _is_kept(question: Question) -> str:
    """Whether a moment is none of the future, as SQL."""
    latest = question.first_future_moment()
    return "true" if latest is None else f"moment < {latest}"


def _count_left_out(desk: Desk, kind: str, question: Question) -> tuple[int, dict[str, int]]:
    """How many lines there are, and how many of them were left out, by reason."""
    (found,) = desk.ask_named(write_query(f"{kind}_left_out", kept=_is_kept(question)))
    counts = {name: int(str(value or 0)) for name, value in found.items()}
    return counts.pop("lines"), {reason: n for reason, n in counts.items() if n}


def write_embedded(events: ir.Table) -> str:
    """An expression as the embedded engine reads it."""
    import ibis  # noqa: PLC0415 - heavy, and only for files of visits

    return str(ibis.to_sql(events, dialect="duckdb", pretty=False))


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
    _gather(desk, write_embedded(read_umami(table, question.zone)), question)
    rows, left_out = _count_left_out(desk, UMAMI, question)
    (broken,) = desk.ask_one("SELECT count(DISTINCT line) FROM reject_errors")
    if lost := left_out.pop("unreadable", 0) + int(str(broken)):
        left_out = {"unreadable": lost, **left_out}
    return Loaded(rows + int(str(broken)), left_out, tuple(str(host) for (host,) in own))


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
    kind = {"created_at": "TIMESTAMPTZ", "event_type": "INTEGER"}.get(name)
    if name not in named:
        return f"NULL::{kind or 'VARCHAR'} AS {name}"
    cell = '"' + named[name].replace('"', '""') + '"'
    value = f"try_cast({cell} AS {kind})" if kind else f"nullif({cell}, '')"
    return f"{value} AS {name}"


# -- Matomo ----------------------------------------------------------------------------------------


def _load_matomo(desk: Desk, question: Question) -> Loaded:
    path = in_utf8(desk.given.path)
    place = desk.folder / "visits.jsonl"
    written = write_matomo(path, place, question.zone)
    desk.ask(write_query("matomo", path=quote_text(str(place))))
    _gather(desk, "SELECT * FROM given", question)
    _, left_out = _count_left_out(desk, MATOMO, question)
    if written.unreadable:
        left_out = {"unreadable": written.unreadable, **left_out}
    hosts = tuple(sorted(written.own_hosts))
    return Loaded(written.visits, left_out, hosts, written.has_actions)


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
