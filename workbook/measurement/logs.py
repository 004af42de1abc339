"""Files of events read into counts: web-server logs, and the raw exports of analytics.

A file is taken apart in the embedded engine and brought into the canonical event; from there on
the funnel is the one that every engine runs. Whatever identifies a visitor ends with the call.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbook.measurement.embedded import Bursting, open_desk, read_start, survey
from workbook.measurement.events import EventCounts, read_day
from workbook.measurement.funnel import count_funnel, events_table, pages_seen, read_rows
from workbook.measurement.lines import find_shape
from workbook.measurement.requests import REASONS, Question, find_own_hosts, take_requests
from workbook.measurement.sessions import default_silence
from workbook.measurement.targets import STAGES
from workbook.values import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workbook.measurement.embedded import Desk, Unpacked, Watch
    from workbook.measurement.lines import Shape
    from workbook.measurement.targets import Targets

_SAMPLE_LINES: Final = 1000


def recognise(start: bytes) -> str:
    """The id of the log or export that begins with these bytes; empty where it is none."""
    shape = find_shape(_sample(start))
    return shape.format if shape else ""


def read_events(
    source: Path | str | bytes,
    name: str,
    targets: Targets,
    *,
    zone: str | None = None,
    today: date | None = None,
    minutes: float | None = None,
    watch: Watch | None = None,
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

    Returns:
        Counts by day and platform, and what could not be read or told. Never raises for what a
        file holds; ``format`` is empty where it is none that is known.

    Raises:
        Cancelled: ``watch`` said no.
    """
    given = source if isinstance(source, bytes) else Path(source)
    question = Question(targets, zone, today, minutes)
    shape = find_shape(_sample(read_start(given)))
    if shape is None:
        return EventCounts("", told=(), problems=(Problem("log-unknown", {"name": name}),))
    if not shape.has_agent:
        missing = "no-agent" if shape.has_referrer else "common"
        return EventCounts(shape.format, told=(), cannot_say=(Problem(missing),))
    try:
        with open_desk(given, watch) as (desk, unpacked):
            counts = _read_log(desk, unpacked, shape, question)
            return _remark(counts, name, unpacked, shape, question)
    except Bursting:
        problem = Problem("log-bursts", {"name": name})
        return EventCounts(shape.format, told=(), problems=(problem,))


def _sample(start: bytes) -> list[str]:
    return start.decode("utf-8", errors="replace").splitlines()[:_SAMPLE_LINES]


def _read_log(desk: Desk, unpacked: Unpacked, shape: Shape, question: Question) -> EventCounts:
    looked = survey(unpacked.path)
    take_requests(desk, [(shape, unpacked.path)], question)
    own = find_own_hosts(desk, shape, unpacked.path, question.targets)
    desk.ask("CREATE VIEW events AS SELECT * EXCLUDE (reason) FROM seen WHERE reason = 0")
    counts = _count(desk, shape.format, own, question)
    left_out = {
        REASONS[_int(reason) - 1]: _int(n)
        for reason, n in desk.ask(
            "SELECT reason, count(*) FROM seen WHERE reason > 0 GROUP BY 1 ORDER BY 1"
        )
    }
    return replace(counts, lines=looked.lines, left_out=left_out)


def _count(desk: Desk, format_id: str, own: Sequence[str], question: Question) -> EventCounts:
    """Run the funnel over the table or view ``events`` of the embedded engine."""
    import ibis  # noqa: PLC0415 - heavy, and only for files of visits

    funnel = count_funnel(events_table(), question.targets, own_hosts=own, minutes=question.minutes)
    rows = desk.ask_named(str(ibis.to_sql(funnel, dialect="duckdb", pretty=False)))
    first, last = desk.ask_one("SELECT min(day), max(day) FROM events")
    return replace(
        read_rows(rows, format_id, question.targets),
        first=None if first is None else read_day(_int(first)),
        last=None if last is None else read_day(_int(last)),
    )


def _int(value: object) -> int:
    return int(str(value))


# -- what is said of it ------------------------------------------------------------------------


def _remark(
    counts: EventCounts, name: str, unpacked: Unpacked, shape: Shape, question: Question
) -> EventCounts:
    return replace(
        counts,
        problems=(*counts.problems, *_problems(counts, name, is_cut=unpacked.is_cut)),
        notes=(*counts.notes, *_notes(counts, question)),
        cannot_say=(*counts.cannot_say, *_gaps(counts, shape)),
    )


def _problems(counts: EventCounts, name: str, *, is_cut: bool) -> list[Problem]:
    left = counts.left_out
    found: dict[str, dict[str, object]] = {
        "log-cut": {"name": name} if is_cut else {},
        "log-unreadable": _some(left, "unreadable", name, lines=counts.lines),
        "log-future": _some(left, "future", name),
        "log-none": {} if counts.sessions else {"name": name, "lines": counts.lines},
    }
    return [Problem(problem, values) for problem, values in found.items() if values]


def _some(left: Mapping[str, int], reason: str, name: str, **values: object) -> dict[str, object]:
    count = left.get(reason, 0)
    return {"name": name, "count": count, **values} if count else {}


def _notes(counts: EventCounts, question: Question) -> list[Problem]:
    whole = counts.total()
    minutes = default_silence() if question.minutes is None else question.minutes
    used = set(question.targets.of("used"))
    by_app = whole.by_app if whole else 0
    others = [row for row in counts.rows if row.network]
    names = ", ".join(sorted({row.network for row in others}))
    found: dict[str, dict[str, object] | None] = {
        "silence": {"minutes": f"{minutes:g}"},
        "addresses": {},
        "by-app": {"count": by_app, "sessions": whole.sessions} if whole and by_app else None,
        "other-networks": {"count": sum(r.sessions for r in others), "names": names}
        if others
        else None,
        "silent-apps": {"count": counts.unknown, "sessions": counts.sessions}
        if counts.unknown
        else None,
        "used-same-page": {} if used & pages_seen(question.targets) else None,
    }
    return [Problem(note, values) for note, values in found.items() if values is not None]


def _gaps(counts: EventCounts, shape: Shape) -> list[Problem]:
    gaps = [Problem("no-target", {"stage": stage}) for stage in STAGES if stage not in counts.told]
    return gaps if shape.has_referrer else [Problem("no-referrer"), *gaps]
