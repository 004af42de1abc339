"""Lines of web-server logs taken apart: each form gives the same columns of a request.

A form is a query of the embedded engine, from a relation of lines to the columns of ``REQUEST``.
No line that does not fit is an error: its ``status`` is null.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from workbook.measurement.embedded import quote_text, write_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

REQUEST: Final = (
    "address", "clock", "method", "target", "status", "referrer", "agent", "host",
)  # fmt: skip
"""Who asked and when, as written; what was asked for and how it was answered; the page before and
the browser, null where the form has no room for them; the host that was asked, where the form
names it. The status of a line that does not fit is null."""
_COMBINED: Final = re.compile(
    r"^(?P<host>\S+:\d+ )?\S+ \S+ .*?\[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "
    r'".*" \d{3} (?:\d+|-)(?P<more> ".*" ".*")?'
)
FIELDS: Final = "#Fields:"
FIELD_LOGS: Final = ("log_iis_w3c", "log_cloudfront_standard")
_LOOKED_AT: Final = 1000
_PIECE: Final = 1 << 22
_CADDY: Final = {
    "ts": "DOUBLE",
    "msg": "VARCHAR",
    "status": "SMALLINT",
    "request": {
        "remote_ip": "VARCHAR", "client_ip": "VARCHAR", "method": "VARCHAR", "host": "VARCHAR",
        "uri": "VARCHAR", "headers": "MAP(VARCHAR, VARCHAR[])",
    },
}  # fmt: skip
_CLOUDFRONT: Final = "x-edge-location"
_SHIFT: Final = (
    "(try_cast(substr(clock, 22, 3) AS INTEGER) * 3600"
    " + try_cast(substr(clock, 22, 1) || substr(clock, 25, 2) AS INTEGER) * 60)"
)


class Clock(NamedTuple):
    """How a form writes moments, as SQL over ``clock``; null where that is none.

    The moment is in seconds since 1970 UTC, the shift in seconds that the clock is ahead of UTC.
    """

    moment: str
    shift: str = "0"


class Shape(NamedTuple):
    """A form of log: its id, the query that takes its lines apart, and its clock."""

    format: str
    select: Callable[[str], str]
    clock: Clock
    has_referrer: bool = True
    has_agent: bool = True


_WRITTEN_OUT: Final = Clock(
    f"(epoch(try_strptime(left(clock, 20), '%d/%b/%Y:%H:%M:%S'))::BIGINT - {_SHIFT})", _SHIFT
)
_ISO: Final = Clock("epoch(try_strptime(clock, '%Y-%m-%d %H:%M:%S'))::BIGINT")
_SECONDS: Final = Clock("try_cast(floor(clock) AS BIGINT)")


def find_shape(sample: Sequence[str]) -> Shape | None:
    """The form that most lines of a sample have; None where they have none."""
    looked_at = [line for line in sample[:_LOOKED_AT] if line.strip()]
    fields = next((line for line in looked_at if line.startswith(FIELDS)), None)
    if fields is not None:
        return shape_fields(fields)
    if sum(map(_is_caddy, looked_at)) * 2 > len(looked_at):
        return Shape("log_caddy_access", _take_caddy, _SECONDS)
    found = [match for line in looked_at if (match := _COMBINED.match(line))]
    if len(found) * 2 <= len(looked_at):
        return None
    has_host = sum(bool(match["host"]) for match in found) * 2 > len(found)
    has_more = any(match["more"] for match in found)
    return Shape(
        "log_combined" if has_more else "log_ncsa_common",
        lambda lines: _take_combined(lines, has_host=has_host),
        _WRITTEN_OUT,
        has_referrer=has_more,
        has_agent=has_more,
    )


def _is_caddy(line: str) -> bool:
    return line.startswith("{") and '"request"' in line and '"ts"' in line


def _take_combined(lines: str, *, has_host: bool) -> str:
    address, host = "left(p[1], strpos(p[1], ' ') - 1)", "''"
    if has_host:
        address, host = "split_part(p[1], ' ', 2)", "split_part(p[1], ':', 1)"
    return write_query("combined", lines=lines, address=address, host=host)


def _take_caddy(lines: str) -> str:
    return write_query("caddy", lines=lines, shape=quote_text(json.dumps(_CADDY)))


def shape_fields(line: str) -> Shape:
    """The form that a line of directives describes: IIS, or CloudFront."""
    names = line.removeprefix(FIELDS).split()
    return Shape(
        "log_cloudfront_standard" if _CLOUDFRONT in names else "log_iis_w3c",
        lambda lines: _take_fields(lines, names),
        _ISO,
        has_referrer="cs(Referer)" in names,
        has_agent="cs(User-Agent)" in names,
    )


def _take_fields(lines: str, names: Sequence[str]) -> str:
    def column(*wanted: str) -> str:
        found = next((name for name in wanted if name in names), None)
        return "NULL::VARCHAR" if found is None else f"f[{names.index(found) + 1}]"

    is_cloudfront = _CLOUDFRONT in names
    browser = column("cs(User-Agent)")
    plain = f"replace({browser}, '+', ' ')"
    unquoted = f"coalesce(try(url_decode(try(url_decode({browser})))), {browser})"
    return write_query(
        "fields",
        lines=lines,
        separator=quote_text("\t" if is_cloudfront else " "),
        columns=str(len(names)),
        date=column("date"),
        time=column("time"),
        address=column("c-ip"),
        method=column("cs-method"),
        path=column("cs-uri-stem"),
        query=column("cs-uri-query"),
        status=column("sc-status"),
        referrer=f"coalesce({column('cs(Referer)')}, '-')",
        agent=unquoted if is_cloudfront else plain,
        host=column("x-host-header", "cs-host", "cs(Host)"),
    )


# -- a log whose columns change ------------------------------------------------------------------


def split_sections(path: Path, shape: Shape) -> list[tuple[Shape, Path]]:
    """The parts of a log, each with the form of its own lines.

    IIS writes its directives anew after every start, and may name other columns from then on.
    Parts with the same columns become one file each, beside the log.
    """
    if shape.format not in FIELD_LOGS:
        return [(shape, path)]
    with path.open("rb") as log:
        found = _find_directives(log)
        if len({line for _, line in found}) <= 1:
            return [(shape, path)]
        places = {
            line: path.with_name(f"part{n}")
            for n, line in enumerate(dict.fromkeys(line for _, line in found))
        }
        for (start, line), (end, _) in zip(found, [*found[1:], (None, b"")], strict=True):
            log.seek(start)
            with places[line].open("ab") as part:
                _copy(log, part, end)
    return [(shape_fields(line.decode("utf-8", "replace")), p) for line, p in places.items()]


def _find_directives(log: IO[bytes]) -> list[tuple[int, bytes]]:
    """Where each list of columns begins, and the list."""
    wanted, offset, tail = FIELDS.encode(), 0, b"\n"
    found: list[tuple[int, bytes]] = []
    while piece := log.read(_PIECE):
        text = tail + piece
        found += [
            (offset - len(tail) + match.start(), match[0].strip())
            for match in re.finditer(rb"(?<=\n)" + wanted + rb"[^\n]*(?=\n)", text)
        ]
        offset += len(piece)
        tail = text[text.rfind(b"\n") :][-_PIECE:]
    return found


def _copy(log: IO[bytes], part: IO[bytes], end: int | None) -> None:
    left = None if end is None else end - log.tell()
    while piece := log.read(_PIECE if left is None else min(_PIECE, left)):
        part.write(piece)
        left = None if left is None else left - len(piece)
