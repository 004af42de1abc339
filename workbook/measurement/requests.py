"""Requests of a web server as canonical events: who is a person, what is a page, what is left out.

Everything here is written as queries of the embedded engine, over the columns that ``lines`` gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook.discovery import read_toml
from workbook.measurement.bots import load_patterns
from workbook.measurement.channels import find_category
from workbook.measurement.embedded import quote_text, read_lines, write_query
from workbook.measurement.events import number_day
from workbook.measurement.sources import (
    ELSEWHERE,
    SOURCE_TAGS,
    SOURCES,
    Origin,
    load_names,
    number_of,
    read_host,
    read_number,
)
from workbook.measurement.targets import STAGES

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from workbook.measurement.embedded import Desk
    from workbook.measurement.lines import Shape
    from workbook.measurement.targets import Targets

WORDS: Final = "measurement/logs.toml"
REASONS: Final = (
    "unreadable", "plain", "programs", "methods", "redirects", "errors", "files", "calls", "future",
)  # fmt: skip
"""Why a line is not counted; the first that fits."""
_SAMPLE_LINES: Final = 50_000
_FEWEST_ASKED: Final = 5
"""Requests for files, of two names or more, below which a website may merely show a picture."""
_NAME_IN_HOST: Final = re.compile(r"([^.]+)(?:\.com?)?\.[a-z]{2,3}$")
"""The name that is registered: “google” of “www.google.co.uk”."""
_DAY: Final = 86_400
_ENDING: Final = "lower(split_part(right(path, 16), '.', -1))"
_PATH: Final = (
    "CASE WHEN starts_with(path, '/') THEN path"
    " ELSE regexp_replace(path, '^[a-z]+://[^/]+', '') END"
)
"""The path of what was asked for; some ask for a whole address."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a file of events."""

    targets: Targets
    zone: str | None = None
    """The business's time zone; the file's own clock where None."""
    today: date | None = None
    """Events from after tomorrow are left out, where it is given."""
    minutes: float | None = None
    """The silence that ends a visit; our default where None."""

    def first_future_moment(self) -> int | None:
        """The first second that nobody can have seen, whatever the zone."""
        return None if self.today is None else (number_day(self.today) + 2) * _DAY


def take_requests(desk: Desk, shapes: list[tuple[Shape, Path]], question: Question) -> None:
    """Make the table ``seen`` of all lines: canonical events, and reasons to leave lines out."""
    taken = " UNION ALL ".join(f"({shape.select(read_lines(path))})" for shape, path in shapes)
    desk.begin("know")
    _know_agents(desk, taken)
    desk.begin("take")
    columns = ", ".join(
        f"CASE WHEN reason = 0 THEN {value} END AS {column}"
        for column, value in _columns(desk.salt, question.zone).items()
    )
    clock = shapes[0][0].clock
    desk.ask(
        write_query(
            "seen",
            taken=taken,
            moment=clock.moment,
            shift=clock.shift,
            reasons=_reasons(question.targets),
            later_reasons=_later_reasons(question),
            columns=columns,
        )
    )


def _know_agents(desk: Desk, taken: str) -> None:
    programs = " OR ".join(
        f"regexp_matches(agent, {quote_text(pattern)})" for pattern in load_patterns()
    )
    apps = " ".join(
        f"WHEN regexp_matches(agent, {quote_text(app['pattern'])})"
        f" THEN {quote_text(app['platform'])}"
        for app in read_toml(SOURCES)["apps"]
    )
    desk.ask(write_query("agents", taken=taken, programs=programs, apps=apps))


def _columns(salt: str, zone: str | None) -> dict[str, str]:
    clicks = "|".join(load_names().clicks)
    return {
        "visitor": f"hash(address, agent_key, {quote_text(salt)})",
        "moment": "moment",
        "day": day_of("moment", "shift", zone),
        "page": f"coalesce(nullif(rtrim({_PATH}, '/'), ''), '/')",
        "action": "CASE WHEN method = 'GET' THEN '' ELSE method END",
        "tag": _parameter(*SOURCE_TAGS),
        "medium": _parameter("utm_medium"),
        "campaign": _parameter("utm_campaign"),
        "click": f"CASE WHEN query = '' THEN ''"
        f" ELSE regexp_extract(query, '(?:^|&)({clicks})=', 1) END",
        "referrer": host_of("referrer"),
        "app": "coalesce(app, '')",
    }


def _parameter(*names: str) -> str:
    """The first of some parameters of an address, decoded, as SQL; empty where there is none."""
    found = f"regexp_extract(query, '(?:^|&)(?:{'|'.join(names)})=([^&#]*)', 1)"
    decoded = f"coalesce(try(url_decode(replace({found}, '+', ' '))), {found})"
    has_one = " OR ".join(f"contains(query, '{name}=')" for name in names)
    return f"CASE WHEN {has_one} THEN trim(lower({decoded})) ELSE '' END"


def host_of(column: str) -> str:
    """The host of an address in a column, as SQL; empty where there is none."""
    return (
        f"CASE WHEN coalesce({column}, '-') IN ('-', '') THEN '' ELSE rtrim(regexp_extract("
        f"lower({column}), '^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/:?#]+)', 1), '.') END"
    )


def day_of(moment: str, shift: str, zone: str | None) -> str:
    """The number of the day in a zone, or by the file's clock, as SQL."""
    if zone is None:
        return f"({moment} + {shift}) // {_DAY}"
    return f"(timezone({quote_text(zone)}, to_timestamp({moment}))::DATE - DATE '1970-01-01')"


def _reasons(targets: Targets) -> str:
    words = read_toml(WORDS)
    endings = ", ".join(map(quote_text, words["files"]["words"]))
    calls = " OR ".join(
        f"starts_with(lower(path), {quote_text(call)})" for call in words["calls"]["words"]
    )
    wanted = [target.value for stage in STAGES for target in targets.of(stage)]
    pages = ", ".join(map(quote_text, wanted)) or "''"
    is_target = f"rtrim(lower(path), '/') IN ({pages})"
    return _branches(
        {
            "unreadable": "status IS NULL",
            "plain": "agent IS NULL",
            "programs": "is_program",
            "methods": "method IS NULL OR method NOT IN ('GET', 'POST', 'PUT', 'PATCH')"
            " OR target IS NULL OR target = ''",
            "redirects": "status BETWEEN 300 AND 399 AND status <> 304 AND method = 'GET'",
            "errors": "status NOT BETWEEN 200 AND 399",
            "files": f"{_ENDING} IN ({endings}) AND NOT {is_target}",
            "calls": f"({calls}) AND NOT {is_target}",
        }
    )


def _later_reasons(question: Question) -> str:
    latest = question.first_future_moment()
    future = "false" if latest is None else f"moment >= {latest}"
    return _branches({"unreadable": "moment IS NULL", "future": future})


def _branches(tests: dict[str, str]) -> str:
    return " ".join(f"WHEN {test} THEN {REASONS.index(r) + 1}" for r, test in tests.items())


# -- the business's own hosts ----------------------------------------------------------------------


class OwnHosts(NamedTuple):
    """The business's own hosts, and how they were found."""

    hosts: tuple[str, ...]
    how: str = ""
    """“named” by the log, or “asked” for files from; empty where the targets alone name them."""
    found: tuple[str, ...] = ()
    """Those that the log told."""


def find_own_hosts(desk: Desk, shape: Shape, path: Path, targets: Targets) -> OwnHosts:
    """The business's own hosts: named in the targets or by the log, else whose pages ask for files.

    The log's first lines are looked at only, since hosts seldom change. A network or a search
    engine is none, whatever a log says.
    """
    lines = write_query("first_lines", lines=read_lines(path), most=str(_SAMPLE_LINES))
    sample = shape.select(f"({lines})")
    given = named_hosts(targets)
    how, found = "named", _ask_hosts(desk, write_query("named_hosts", sample=sample))
    if not found and not given:
        files = "|".join(read_toml(WORDS)["files"]["words"])
        query = write_query(
            "asking_hosts",
            sample=sample,
            files=files,
            referrer=host_of("referrer"),
            fewest=str(_FEWEST_ASKED),
        )
        how, found = "asked", _ask_hosts(desk, query)[:1]
    hosts = tuple(sorted({*given, *found}))
    return OwnHosts(hosts, how if found else "", tuple(found))


def _ask_hosts(desk: Desk, query: str) -> list[str]:
    return [str(host) for (host,) in desk.ask(query) if not _is_elsewhere(str(host))]


def _is_elsewhere(host: str) -> bool:
    """Whether a host is a network of our table, or a search engine."""
    number = number_of(Origin(referrer=host))
    if number is not None and read_number(number)[0] != ELSEWHERE:
        return True
    name = _NAME_IN_HOST.search(host)
    return "search" in {find_category(host), find_category(name[1] if name else "")}


def named_hosts(targets: Targets) -> tuple[str, ...]:
    """The hosts of targets that are written as whole addresses."""
    texts = (text for stage in STAGES for text in getattr(targets, stage))
    return tuple(sorted({read_host(text) for text in texts if "://" in text} - {""}))
