"""Files of events read into counts: web-server logs, and the raw exports of analytics.

A file is taken apart in the embedded engine and brought into the canonical event; from there on
the funnel is the one that every engine runs. Whatever identifies a visitor ends with the call.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbook.measurement.embedded import (
    Bursting,
    Cancelled,
    count_passed_over,
    open_desk,
    read_start,
    survey,
    write_query,
)
from workbook.measurement.engines import GA4, UMAMI
from workbook.measurement.events import DayCount, EventCounts, read_day
from workbook.measurement.exports import (
    Foreign,
    decode_start,
    find_export,
    in_utf8,
    load_export,
    write_embedded,
)
from workbook.measurement.funnel import (
    count_funnel,
    count_parts,
    events_table,
    pages_seen,
    parts_table,
    read_rows,
)
from workbook.measurement.lines import find_shape, split_sections
from workbook.measurement.matomo import MATOMO
from workbook.measurement.requests import (
    REASONS,
    Question,
    find_own_hosts,
    named_hosts,
    take_requests,
)
from workbook.measurement.sessions import default_silence
from workbook.measurement.targets import STAGES
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from workbook.measurement.embedded import Desk, Watch
    from workbook.measurement.lines import Shape
    from workbook.measurement.requests import OwnHosts
    from workbook.measurement.targets import Targets

EXPORTS: Final = (GA4, UMAMI, MATOMO)
_SAMPLE_LINES: Final = 1000
_MOST_NAMED: Final = 3
_DAYS: Final = "SELECT min(day), max(day) FROM events"
_DAYS_OF_PARTS: Final = "SELECT min(first_day), max(last_day) FROM parts"


def recognise(start: bytes) -> str:
    """The id of the log or export that begins with these bytes; empty where it is none."""
    shape = find_shape(_sample(start))
    return find_export(start) or (shape.format if shape else "")


def read_events(
    source: Path | str | bytes,
    name: str,
    targets: Targets,
    *,
    zone: str | None = None,
    today: date | None = None,
    minutes: float | None = None,
    watch: Watch | None = None,
    largest: int | None = None,
) -> EventCounts:
    """What a file of events comes to, from social media to getting in touch.

    Args:
        source: The path of a file, or its bytes; packed with gzip or not.
        name: What it is called; only used to speak of it.
        targets: What counts as Services, Contact and getting in touch.
        zone: The business's time zone, for days and weeks; the file's own clock where None.
        today: Lines from after tomorrow are left out, where it is given.
        minutes: The silence after which a visit ends; our default where None.
        watch: Told how much is done, 0 to 1, now and then; False ends the reading.
        largest: Bytes that a packed file may unpack to; as much as the disk holds where None.

    Returns:
        Counts by day and platform, and what could not be read or told. Never raises for what a
        file holds; ``format`` is empty where it is none that is known.

    Raises:
        Cancelled: ``watch`` said no.
    """
    given = source if isinstance(source, bytes) else Path(source)
    counts = _take_apart(given, Question(targets, zone, today, minutes), watch, largest)
    named = (Problem(p.id, {"name": name, **p.values}) for p in counts.problems)
    return replace(counts, problems=tuple(named))


def _take_apart(
    given: Path | bytes, question: Question, watch: Watch | None, largest: int | None
) -> EventCounts:
    """What a file comes to, by what kind of file it is."""

    def read(take: Callable[[Desk], EventCounts]) -> EventCounts:
        return _open(lambda: open_desk(given, watch, largest), kind, question, take)

    start = read_start(given)
    kind, shape = recognise(start), find_shape(_sample(start))
    if kind in EXPORTS:
        return read(lambda desk: _read_export(desk, question, kind))
    if shape is None:
        return EventCounts("", told=(), problems=(Problem("log-unknown"),))
    if not shape.has_agent:
        missing = "no-agent" if shape.has_referrer else "common"
        return EventCounts(kind, told=(), cannot_say=(Problem(missing),))
    return read(lambda desk: _read_log(desk, question, shape))


def _open(
    begin: Callable[[], AbstractContextManager[Desk]],
    kind: str,
    question: Question,
    read: Callable[[Desk], EventCounts],
) -> EventCounts:
    """Open a file, read it, and say what is to be said of it."""
    import duckdb  # noqa: PLC0415 - heavy, and only for files of visits

    try:
        with begin() as desk:
            if not desk.given.is_packed:
                desk.given = desk.given._replace(path=in_utf8(desk.given.path))
            return _remark(read(desk), question, is_cut=desk.given.is_cut)
    except Bursting:
        problem = Problem("log-bursts")
    except Foreign:
        return EventCounts("", told=(), problems=(Problem("log-unknown"),))
    except duckdb.InterruptException as error:
        raise Cancelled from error
    except duckdb.Error:
        problem = Problem("log-damaged")
    return EventCounts(kind, told=(), problems=(problem,))


def _sample(start: bytes) -> list[str]:
    return decode_start(start).splitlines()[:_SAMPLE_LINES]


def _read_log(desk: Desk, question: Question, shape: Shape) -> EventCounts:
    looked = survey(desk)
    parts = split_sections(desk.given.path, shape)
    take_requests(desk, parts, question)
    own = find_own_hosts(desk, *parts[0], question.targets)
    desk.ask(write_query("events"))
    silence = default_silence() if question.minutes is None else question.minutes
    funnel = _write_funnel(question.targets, own.hosts, silence)
    counts = _count(desk, shape.format, funnel, _DAYS, question)
    left_out = _left_out(desk)
    if not looked.is_plain:
        left_out = _add_passed_over(desk, left_out, looked.lines, [path for _, path in parts])
    return replace(
        counts,
        lines=looked.lines,
        left_out=left_out,
        problems=(Problem("log-torn"),) if looked.is_torn and not desk.given.is_cut else (),
        notes=(_silence(question), Problem("addresses"), *_name_own(own)),
        cannot_say=() if shape.has_referrer else (Problem("no-referrer"),),
    )


def _left_out(desk: Desk) -> dict[str, int]:
    statement = "SELECT reason, count(*) FROM seen WHERE reason > 0 GROUP BY 1 ORDER BY 1"
    return {REASONS[_int(reason) - 1]: _int(n) for reason, n in desk.ask(statement)}


def _add_passed_over(
    desk: Desk, left_out: dict[str, int], lines: int, paths: Sequence[Path]
) -> dict[str, int]:
    """With the lines that the engine passed over: bytes that are no text, endless lines."""
    passed = count_passed_over(desk, lines, paths)
    return (
        {"unreadable": left_out.pop("unreadable", 0) + passed, **left_out} if passed else left_out
    )


def _read_export(desk: Desk, question: Question, kind: str) -> EventCounts:
    desk.begin("take")
    loaded = load_export(desk, kind, question)
    hosts = (*loaded.own_hosts, *named_hosts(question.targets))
    counts = _count(desk, kind, _write_gathered(hosts), _DAYS_OF_PARTS, question)
    if not loaded.has_actions:
        counts = replace(counts, told=(), cannot_say=(Problem("no-actions"),))
    notes = [Problem("vendor-visits")]
    if kind == GA4 and any(row.channel for row in counts.rows):
        notes.append(Problem("google-last-known"))
    return replace(counts, lines=loaded.rows, left_out=loaded.left_out, notes=tuple(notes))


def _count(desk: Desk, format_id: str, funnel: str, days: str, question: Question) -> EventCounts:
    """Run the funnel, or what is left of it, in the embedded engine; and find the days."""
    desk.begin("count")
    rows = desk.ask_named(funnel)
    first, last = desk.ask_one(days)
    return replace(
        read_rows(rows, format_id, question.targets),
        first=None if first is None else read_day(_int(first)),
        last=None if last is None else read_day(_int(last)),
    )


@lru_cache(maxsize=32)
def _write_funnel(targets: Targets, own_hosts: tuple[str, ...], minutes: float) -> str:
    """The funnel over the view ``events``, as the embedded engine reads it."""
    funnel = count_funnel(events_table(), targets, own_hosts=own_hosts, minutes=minutes)
    return write_embedded(funnel)


@lru_cache(maxsize=32)
def _write_gathered(own_hosts: tuple[str, ...]) -> str:
    """The second half of the funnel over the table ``parts``."""
    return write_embedded(count_parts(parts_table(), own_hosts))


def _int(value: object) -> int:
    return int(str(value))


# -- what is said of it ------------------------------------------------------------------------


def _remark(counts: EventCounts, question: Question, *, is_cut: bool) -> EventCounts:
    missing = [stage for stage in STAGES if not question.targets.of(stage)]
    gaps = [Problem("no-target", {"stage": stage}) for stage in missing]
    return replace(
        counts,
        problems=(*counts.problems, *_problems(counts, is_cut=is_cut)),
        notes=(*counts.notes, *_notes(counts, question)),
        cannot_say=(*counts.cannot_say, *gaps),
    )


def _silence(question: Question) -> Problem:
    default = default_silence()
    if question.minutes is None or question.minutes == default:
        return Problem("silence", {"minutes": default})
    return Problem("silence-chosen", {"minutes": question.minutes})


def _name_own(own: OwnHosts) -> list[Problem]:
    hosts = ", ".join(own.found[:_MOST_NAMED])
    return [Problem(f"own-host-{own.how}", {"hosts": hosts})] if own.how else []


def _problems(counts: EventCounts, *, is_cut: bool) -> list[Problem]:
    unreadable, future = (counts.left_out.get(reason, 0) for reason in ("unreadable", "future"))
    found: list[tuple[object, Problem]] = [
        (is_cut, Problem("log-cut")),
        (unreadable, Problem("log-unreadable", {"count": unreadable, "lines": counts.lines})),
        (future, Problem("log-future", {"count": future})),
        (not counts.sessions, Problem("log-none", {"lines": counts.lines})),
    ]
    return [problem for is_so, problem in found if is_so]


def _notes(counts: EventCounts, question: Question) -> list[Problem]:
    whole = counts.total() or DayCount(date.min, "")
    others = [row for row in counts.rows if row.network]
    names = ", ".join(sorted({row.network for row in others}))
    elsewhere = sum(row.sessions for row in others)
    found: list[tuple[object, Problem]] = [
        (whole.by_app, Problem("by-app", {"count": whole.by_app, "sessions": whole.sessions})),
        (others, Problem("other-networks", {"count": elsewhere, "names": names})),
        (
            counts.unknown,
            Problem("silent-apps", {"count": counts.unknown, "sessions": counts.sessions}),
        ),
        (
            pages_seen(question.targets).intersection(question.targets.of("used")),
            Problem("used-same-page"),
        ),
    ]
    return [note for is_so, note in found if is_so]
