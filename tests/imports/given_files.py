"""Files that people give, and everything that reads them, to test what may be wrong with them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook.content import load_words
from workbook.imports.cases import read_cases
from workbook.imports.clients import explain_clients, read_clients
from workbook.imports.inventory import explain_inventory, read_inventory
from workbook.imports.links import read_links
from workbook.imports.outcome import draw_outcome
from workbook.imports.posts import read_posts
from workbook.imports.problems import explain
from workbook.imports.reading import Asked, read_file, read_unknown
from workbook.imports.statements import explain_visits
from workbook.imports.visits import VisitFile
from workbook.measurement.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.values import Problem

TODAY = date(2026, 11, 22)
TARGETS = Targets(("/services", "/services/*"), ("/contact",), ("generate_lead", "order_sent"))
FOLDER = Path(__file__).parents[1] / "samples" / "imports"
SAMPLES = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}


class Read(NamedTuple):
    """What a reader made of a file."""

    rows: int
    """How many rows or records it used."""
    problems: tuple[str, ...]
    """The ids of what was wrong."""
    said: tuple[str, ...]
    """All that is said of it, in words."""
    kept: str
    """What may be kept of it."""


# -- files of events -------------------------------------------------------------------------------

_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
_STEPS = (("/services/", "https://l.instagram.com/"), ("/contact", "https://www.example.com/"))
#: a visitor from Instagram who goes from Services to Contact, six times on six days
_VISITS = [
    (day, minute, f"192.0.2.{day}", page, before)
    for day in range(1, 7)
    for minute, (page, before) in enumerate(_STEPS)
]


def _combined() -> str:
    return "".join(
        f'{who} - - [0{day}/Sep/2026:12:0{minute}:00 +0000] "GET {page} HTTP/2.0" 200 512'
        f' "{before}" "{_PHONE}"\n'
        for day, minute, who, page, before in _VISITS
    )


def _fields(fields: str, separator: str, *more: str) -> str:
    agent = _PHONE.replace(" ", "+" if separator == " " else "%20")
    rows = [
        separator.join(
            [
                f"2026-09-0{day}",
                f"12:0{minute}:00",
                *more,
                who,
                "GET",
                page,
                "-",
                "200",
                before,
                agent,
            ]
        )
        for day, minute, who, page, before in _VISITS
    ]
    return "\n".join(["#Version: 1.0", f"#Fields: {fields}", *rows, ""])


def _caddy() -> str:
    return "".join(
        json.dumps(
            {
                "level": "info", "ts": 1788264000.5 + day * 86400 + minute * 60,
                "msg": "handled request", "status": 200,
                "request": {
                    "remote_ip": who, "method": "GET", "host": "www.example.com", "uri": page,
                    "headers": {"User-Agent": [_PHONE], "Referer": [before]},
                },
            }
        ) + "\n"
        for day, minute, who, page, before in _VISITS
    )  # fmt: skip


def _google() -> str:
    return "".join(
        json.dumps(
            {
                "event_date": f"2026090{day}", "event_name": "page_view", "user_pseudo_id": who,
                "event_timestamp": str((1788177600 + day * 86400 + minute * 60) * 1_000_000),
                "event_params": [
                    {"key": "ga_session_id", "value": {"int_value": str(day)}},
                    {"key": "page_location",
                     "value": {"string_value": f"https://www.example.com{page}"}},
                    {"key": "page_referrer", "value": {"string_value": before}},
                ],
            }
        ) + "\n"
        for day, minute, who, page, before in _VISITS
    )  # fmt: skip


def _umami() -> str:
    header = (
        "event_id,session_id,visit_id,created_at,url_path,utm_source,referrer_domain,event_type"
    )
    rows = [
        f"{n},s{day},v{day},2026-09-0{day} 12:0{minute}:00+00,{page},,{before.split('/')[2]},1"
        for n, (day, minute, _, page, before) in enumerate(_VISITS)
    ]
    return "\n".join([f"{header},hostname", *(f"{row},www.example.com" for row in rows), ""])


def _matomo() -> list[dict[str, object]]:
    return [
        {
            "idVisit": str(day), "visitorId": "5041e282fc23fef1", "referrerType": "social",
            "referrerTypeName": "Social Networks", "referrerName": "Instagram",
            "firstActionTimestamp": 1788264000 + day * 86400,
            "referrerUrl": "https://l.instagram.com/",
            "actionDetails": [
                {"type": "action", "url": f"https://www.example.com{page}",
                 "timestamp": 1788264000 + day * 86400 + n}
                for n, (page, _) in enumerate(_STEPS)
            ],
        }
        for day in range(1, 7)
    ]  # fmt: skip


def _matomo_table() -> str:
    header = "idVisit,referrerType,referrerName,referrerUrl,firstActionTimestamp"
    rows = [
        f"{d},social,Instagram,https://l.instagram.com/,{1788264000 + d * 86400}" for d in range(6)
    ]
    steps = [f"{row},https://www.example.com/services/,action" for row in rows]
    return "\n".join([f"{header},url (actionDetails 0),type (actionDetails 0)", *steps, ""])


_IIS = "date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(Referer) cs(User-Agent)"
_CLOUDFRONT = _IIS.replace("date time", "date time x-edge-location")
EVENTS: dict[str, bytes] = {
    "log_combined.log": _combined().encode(),
    "log_iis_w3c.log": _fields(_IIS, " ").encode(),
    "log_cloudfront_standard.log": _fields(_CLOUDFRONT, "\t", "CDG50-C1").encode(),
    "log_caddy_access.jsonl": _caddy().encode(),
    "ga4_bigquery_events.ndjson": _google().encode(),
    "umami_website_event.csv": _umami().encode(),
    "matomo_live.json": json.dumps(_matomo()).encode(),
    "matomo_live.csv": _matomo_table().encode("utf-16"),
}
"""Web-server logs and raw exports: six visits from Instagram each."""
FILES = {**SAMPLES, **EVENTS}


# -- whatever reads them ---------------------------------------------------------------------------


def read_as_visits(raw: bytes, name: str) -> Read:
    """As a file of visits, of hours or of events."""
    found = read_file(raw, name, Asked(TARGETS, TODAY))
    outcome = draw_outcome([found], TARGETS)
    said = [each.text for each in (*outcome.can_say, *outcome.cannot_say)]
    if isinstance(found, VisitFile):
        said += [explain_visits(each) for each in (*found.problems, *found.notes)]
        rows = sum(each.rows for each in found.facts) + len(found.hours)
        kept = repr((found.records, found.hours))
        read_unknown(raw, name)
    else:
        words = load_words("measurement/logs.toml")
        for section in ("problems", "notes", "cannot_say"):
            said += [words[section][p.id].format(**p.values) for p in getattr(found, section)]
        rows, kept = found.sessions, repr((found.rows, found.to_visits()))
    return Read(rows, tuple(p.id for p in found.problems), tuple(said), kept)


def read_as_posts(raw: bytes, name: str) -> Read:
    """As posts of the business's own; nothing of them is kept."""
    found = read_posts(raw, name)
    return _tell(len(found.written), found.problems, explain, "")


def read_as_cases(raw: bytes, name: str) -> Read:
    """As complaints, reviews and tickets."""
    found = read_cases(raw, name, "Europe/London")
    return _tell(len(found.records), found.problems, explain, repr(found.records))


def read_as_links(raw: bytes, name: str) -> Read:
    """As a list of tagged links, of which nothing is kept."""
    found = read_links(raw, name)
    return _tell(len(found.links), found.problems, explain, "")


def read_as_clients(raw: bytes, name: str) -> Read:
    """As answers of clients."""
    found = read_clients(raw, name)
    return _tell(0, found.problems, explain_clients, "")


def read_as_inventory(raw: bytes, name: str) -> Read:
    """As a list of accounts, which is kept as it is."""
    found = read_inventory(raw, name, TODAY)
    return _tell(len(found.accounts), found.problems, explain_inventory, "")


def _tell(
    rows: int, problems: tuple[Problem, ...], explain: Callable[[Problem], str], kept: str
) -> Read:
    return Read(rows, tuple(p.id for p in problems), tuple(map(explain, problems)), kept)


READERS: dict[str, Callable[[bytes, str], Read]] = {
    "visits": read_as_visits, "posts": read_as_posts, "cases": read_as_cases,
    "links": read_as_links, "clients": read_as_clients, "inventory": read_as_inventory,
}  # fmt: skip
