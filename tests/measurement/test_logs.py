"""Files of events come to counts: each form of log, raw exports, whatever is wrong with them."""

from __future__ import annotations

import gzip
import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbook.content import load_words
from workbook.measurement import embedded, logs
from workbook.measurement.embedded import Cancelled
from workbook.measurement.logs import read_events, recognise
from workbook.measurement.targets import Targets

pytestmark = pytest.mark.thorough

TARGETS = Targets(
    services=("/services/*",), contact=("/contact",), used=("/contact/send", "contact_form_sent")
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
APP = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Instagram 350.0.0.0.0"
PREVIEW = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
OWN = "https://www.example.com/"


def line(
    address: str = "192.0.2.10",
    time: str = "01/Sep/2026:12:00:00 +0200",
    request: str = "GET / HTTP/2.0",
    *,
    status: int = 200,
    referrer: str = "-",
    agent: str = PHONE,
) -> str:
    return f'{address} - - [{time}] "{request}" {status} 5123 "{referrer}" "{agent}"\n'


def at(clock: str) -> str:
    return f"01/Sep/2026:{clock} +0200"


#: One person from Instagram goes on and sends the form; one in the app looks at Contact only;
#: everything else is no visit of a person.
LOG = "".join(
    [
        line(request="GET /services/?utm_source=Instagram&utm_medium=social HTTP/2.0"),
        line(request="GET /style.css HTTP/2.0", referrer=OWN),
        line(time=at("12:00:31"), request="GET /contact/ HTTP/2.0", referrer=f"{OWN}services/"),
        line(time=at("12:01:00"), request="POST /contact/send HTTP/2.0", status=302, referrer=OWN),
        line("198.51.100.7", at("12:01:00"), "GET /contact HTTP/1.1", agent=APP),
        line("198.51.100.8", request="GET /services/ HTTP/1.1", agent=PREVIEW),
        line("198.51.100.9", request="HEAD /services/ HTTP/1.1", referrer="https://t.co/a"),
        line("198.51.100.9", request="GET /gone HTTP/1.1", status=404, referrer="https://t.co/a"),
        line("198.51.100.9", request="GET /old HTTP/1.1", status=301, referrer="https://t.co/a"),
        line("198.51.100.10", request="GET /wp-cron.php HTTP/1.1", referrer="https://t.co/a"),
        line("203.0.113.5", request="GET / HTTP/1.1", referrer="https://www.google.com/"),
        line("203.0.113.6", request="GET / HTTP/1.1"),
    ]
)
EXPECTED = [("instagram", 2, 1, 2, 1, 1, 1)]
LEFT_OUT = {"programs": 1, "methods": 1, "redirects": 1, "errors": 1, "files": 1, "calls": 1}


def listed(counts) -> list[tuple]:
    names = ("platform", "sessions", "services", "contact", "went_on", "used", "by_app")
    return [tuple(getattr(row, name) for name in names) for row in counts.by_day()]


def read(content: str | bytes, targets: Targets = TARGETS, **more):
    raw = content.encode() if isinstance(content, str) else content
    return read_events(raw, "access.log", targets, **more)


# -- web servers ---------------------------------------------------------------------------------


def test_a_log_comes_to_visits_from_social_and_what_they_did():
    """People by tag and by app; programs, files, errors and questions are left out and counted."""
    counts = read(LOG)
    assert counts.format == "log_combined"
    assert listed(counts) == EXPECTED
    assert {row.day for row in counts.rows} == {date(2026, 9, 1)}
    assert (counts.first, counts.last) == (date(2026, 9, 1), date(2026, 9, 1))
    assert (counts.lines, counts.sessions, counts.unknown) == (12, 4, 1)
    assert counts.left_out == LEFT_OUT
    assert not counts.problems
    assert not counts.cannot_say


def test_what_is_said_of_a_log_stands_in_words():
    """Every remark, problem and reason has its sentence, and its figures fit in."""
    words = load_words("measurement/logs.toml")
    future = line(time="01/Sep/2031:12:00:00 +0000")
    counts = read(LOG + "torn\n" + future, Targets(contact=("/contact",)), today=date(2026, 9, 2))
    assert {note.id for note in counts.notes} == {"silence", "addresses", "by-app", "silent-apps"}
    assert [problem.id for problem in counts.problems] == ["log-unreadable", "log-future"]
    assert [gap.values["stage"] for gap in counts.cannot_say] == ["services", "used"]
    for section in ("notes", "problems", "cannot_say"):
        for problem in getattr(counts, section):
            assert "{" not in words[section][problem.id].format(**problem.values)
    for reason, count in counts.left_out.items():
        assert words["left_out"][reason].format(count=count).startswith("1 ")


def test_the_same_log_reads_the_same_packed_from_disk_and_by_any_zone(tmp_path):
    """Bytes, a file, one packed with gzip, and parts packed one after another."""
    plain, packed = tmp_path / "access[1].log", tmp_path / "access.log.1.gz"
    plain.write_text(LOG)
    half = len(LOG.splitlines()) // 2
    parts = LOG.splitlines(keepends=True)
    packed.write_bytes(
        gzip.compress("".join(parts[:half]).encode())
        + gzip.compress("".join(parts[half:]).encode())
    )
    for source in (str(plain), packed):
        counts = read_events(source, "access.log", TARGETS, zone="Europe/Paris")
        assert listed(counts) == EXPECTED
        assert counts.left_out == LEFT_OUT


@pytest.mark.parametrize(
    ("zone", "day"),
    [(None, 1), ("Europe/Paris", 1), ("America/Lima", 31)],
)
def test_a_visit_belongs_to_the_day_of_the_business(zone, day):
    """Half past midnight in Paris is yesterday in Lima; without a zone the log's clock counts."""
    counts = read(line(time="01/Sep/2026:00:30:00 +0200", referrer="https://t.co/a"), zone=zone)
    assert [row.day.day for row in counts.rows] == [day]


def test_the_host_in_front_and_a_forwarded_address_behind_are_no_matter():
    """Debian's log of all sites names the host first; nginx may add an address at the end."""
    hosts = LOG.replace("192.0.2.10", "www.example.com:443 192.0.2.10")
    hosts = "".join(
        part if part.startswith("www") else f"www.example.com:443 {part}"
        for part in hosts.splitlines(keepends=True)
    )
    behind = LOG.replace('"\n', '" "203.0.113.99"\n')
    assert listed(read(hosts)) == listed(read(behind)) == EXPECTED


def test_quotation_marks_within_a_field_end_nothing():
    """Servers escape them; the browser's name goes on behind."""
    tricky = line(referrer="https://t.co/a", agent=r"Mozilla/5.0 (\"X11\"; \\ Linux) Safari/537.36")
    assert listed(read(tricky)) == [("x", 1, 0, 0, 0, 0, 0)]
    bot = line(referrer="https://t.co/a", agent=r"\"quoted\" Googlebot/2.1")
    assert not read(bot).rows


def test_a_common_log_says_what_is_missing_and_counts_nothing():
    """Without browser and page before nobody can be told from a program."""
    common = '192.0.2.10 - - [01/Sep/2026:12:00:00 +0200] "GET /?utm_source=x HTTP/1.1" 200 5123\n'
    counts = read(common * 3)
    assert counts.format == "log_ncsa_common"
    assert not counts.rows
    assert counts.told == ()
    assert [gap.id for gap in counts.cannot_say] == ["common"]
    mixed = read(common + LOG)
    assert listed(mixed) == EXPECTED
    assert mixed.left_out == {**LEFT_OUT, "plain": 1}


IIS = """#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2026-09-01 00:00:01
#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) cs(Referer) sc-status
2026-09-01 10:00:00 GET /services/ utm_source=instagram 192.0.2.10 Mozilla/5.0+(iPhone) - 200
2026-09-01 10:00:30 GET /contact - 192.0.2.10 Mozilla/5.0+(iPhone) https://www.example.com/ 200
2026-09-01 10:00:40 GET /broken - 192.0.2.10
2026-09-01 10:01:00 GET /services/ - 192.0.2.11 Twitterbot/1.0 - 200
"""
LATER = """#Fields: time date c-ip cs-method cs-uri-stem cs-uri-query sc-status \
cs(User-Agent) cs(Referer)
10:02:00 2026-09-01 192.0.2.10 POST /contact/send - 302 Mozilla/5.0+(iPhone) -
10:03:00 2026-09-01 192.0.2.12 GET / fbclid=1 200 Mozilla/5.0+(iPhone) https://l.facebook.com/
"""


def test_iis_names_its_columns_and_may_change_them_in_the_middle():
    """Columns are read by name; the form sent under the new ones belongs to the visit before."""
    counts = read((IIS + LATER + IIS.split("\n", 4)[3] + "\n").replace("\n", "\r\n"))
    assert counts.format == "log_iis_w3c"
    assert listed(counts) == [("facebook", 1, 0, 0, 0, 0, 0), ("instagram", 1, 1, 1, 1, 1, 0)]
    assert counts.left_out == {"unreadable": 1, "programs": 1}


def test_iis_without_the_page_before_says_so_and_reads_the_tags():
    """Older settings leave the referrer out; tagged links still tell."""
    without = IIS.replace(" cs(Referer)", "").replace(" - 200", " 200")
    counts = read(without.replace(" https://www.example.com/", ""))
    assert listed(counts) == [("instagram", 1, 1, 1, 1, 0, 0)]
    assert [gap.id for gap in counts.cannot_say] == ["no-referrer"]
    blind = read(IIS.replace("cs(User-Agent)", "x"))
    assert not blind.rows
    assert [gap.id for gap in blind.cannot_say] == ["no-agent"]


CLOUDFRONT = """#Version: 1.0
#Fields: date time x-edge-location c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) \
cs(User-Agent) cs-uri-query x-host-header
2026-09-01\t10:00:00\tCDG50-C1\t192.0.2.10\tGET\td1.cloudfront.net\t/services/\t200\t\
https://l.instagram.com/\tMozilla/5.0%20(iPhone)\t-\twww.example.com
2026-09-01\t10:00:09\tCDG50-C1\t192.0.2.10\tGET\td1.cloudfront.net\t/contact\t200\t\
https://www.example.com/services/\tMozilla/5.0%2520(iPhone)\tutm_source=x\twww.example.com
2026-09-01\t10:00:09\tCDG50-C1\t192.0.2.11\tGET\td1.cloudfront.net\t/contact\t200\t-\t\
LinkedInBot/1.0\t-\twww.example.com
"""


def test_cloudfront_is_read_by_its_columns_however_often_it_quoted_them():
    """Tabs part columns, browsers are quoted once or twice, the site is the one that was asked."""
    counts = read(CLOUDFRONT)
    assert counts.format == "log_cloudfront_standard"
    assert listed(counts) == [("instagram", 1, 1, 1, 1, 0, 0)]
    assert counts.left_out == {"programs": 1}


def caddy(seconds: float, uri: str, referrer: str = "", agent: str = PHONE, **more: object) -> str:
    headers = {"User-Agent": [agent]} | ({"Referer": [referrer]} if referrer else {})
    request = {
        "remote_ip": "192.0.2.10", "method": "GET", "host": "example.com", "uri": uri,
        "headers": headers,
    }  # fmt: skip
    found = {"level": "info", "ts": 1788256800 + seconds, "msg": "handled request"}
    return json.dumps({**found, "request": request, "status": 200, **more}) + "\n"


def test_caddy_writes_an_object_a_line_among_other_messages():
    """Lines that are no requests are none; a torn one is counted."""
    log = (
        caddy(0.25, "/services/", "https://l.instagram.com/")
        + '{"level":"info","ts":1788256801.5,"msg":"server running"}\n'
        + caddy(5, "/contact?utm_source=x", "https://example.com/services/")
        + caddy(6, "/torn")[:90] + "\n"
    )  # fmt: skip
    counts = read(log)
    assert counts.format == "log_caddy_access"
    assert listed(counts) == [("instagram", 1, 1, 1, 1, 0, 0)]
    assert counts.left_out == {"unreadable": 1}


# -- which website is one's own --------------------------------------------------------------------

SHOP = "https://shop.example/"


def visits(count: int, page: str, referrer: str, net: str) -> str:
    request = f"GET {page} HTTP/1.1"
    return "".join(line(f"{net}.{n}", request=request, referrer=referrer) for n in range(count))


@pytest.mark.parametrize(
    ("referrer", "platform"),
    [
        ("https://l.facebook.com/", "facebook"),
        ("https://old.reddit.com/r/a", "reddit"),
        ("https://www.google.co.uk/", ""),
        ("https://www.bing.com/", ""),
    ],
)
@pytest.mark.parametrize(("openings", "styles"), [(100, 0), (100, 60)])
def test_no_network_and_no_search_engine_is_one_s_own_website(referrer, platform, openings, styles):
    """A picture that is opened from a network, however often, makes no website of one's own."""
    counts = read(
        visits(30, "/services/", referrer, "192.0.2")
        + visits(openings, "/menu.jpg", referrer, "198.51.100")
        + visits(openings, "/price.pdf.png", referrer, "198.51.100")
        + visits(styles, "/style.css", SHOP, "203.0.113")
        + visits(styles, "/logo.png", SHOP, "203.0.113")
    )
    assert {row.platform: row.sessions for row in counts.by_day()} == (
        {platform: 30} if platform else {}
    )
    assert counts.unknown == 0
    taken = [note.values for note in counts.notes if note.id == "own-host-asked"]
    assert taken == ([{"hosts": "shop.example"}] if styles else [])


def test_one_picture_on_another_website_makes_none_of_one_s_own():
    """A picture that a forum shows is asked for from there, and from few pages of it."""
    few = "".join(line(request=f"GET /{n}.png HTTP/1.1", referrer=SHOP) for n in range(3))
    for log in (visits(50, "/menu.jpg", SHOP, "192.0.2"), few):
        counts = read(log + visits(1, "/", SHOP, "203.0.113"))
        assert counts.unknown == 0
        assert not any(note.id.startswith("own-host") for note in counts.notes)


def test_whoever_gives_whole_addresses_names_the_own_website():
    """Where the pages are given with their host, nothing is guessed."""
    log = visits(30, "/style.css", SHOP, "192.0.2") + visits(30, "/logo.png", SHOP, "192.0.2")
    counts = read(log + visits(1, "/", SHOP, "203.0.113"), Targets(contact=(f"{OWN}contact",)))
    assert counts.unknown == 0
    assert not any(note.id.startswith("own-host") for note in counts.notes)


def test_hosts_that_a_log_names_as_asked_for_are_told_but_for_networks():
    """Anybody may ask a server for any host; a known network is never taken for one's own."""
    log = caddy(0, "/services/", "https://example.com/")
    log += caddy(9, "/services/", "https://l.facebook.com/").replace("example.com", "facebook.com")
    counts = read(log)
    assert [note.values for note in counts.notes if note.id == "own-host-named"] == [
        {"hosts": "example.com"}
    ]
    assert {row.platform: row.sessions for row in counts.by_day()} == {"facebook": 1}


# -- raw exports ---------------------------------------------------------------------------------


def google_event(name: str, page: str, session: int = 7, user: str | None = "1.1") -> dict:
    return {
        "event_date": "20260901", "event_timestamp": "1788264000123456", "event_name": name,
        "event_params": [
            {"key": "ga_session_id", "value": {"int_value": str(session)}},
            {"key": "page_location", "value": {"string_value": f"https://www.example.com{page}"}},
        ],
        "user_pseudo_id": user,
        "collected_traffic_source": {"manual_source": "instagram", "manual_medium": "social"},
    }  # fmt: skip


def test_lines_of_google_that_are_no_text_are_counted():
    """Bytes that are no text, and lines without end, are left out like torn ones."""
    good = json.dumps(google_event("page_view", "/services/")).encode() + b"\n"
    counts = read(good + b"\x00\xff\xfe\n\n" + good + b"x" * 250_000 + b"\n{\n")
    assert counts.left_out == {"unreadable": 3}
    assert counts.sessions == 1


def test_google_s_events_are_read_as_lines_and_as_parquet(tmp_path):
    """The same events, the same counts; those without consent and torn ones are told."""
    events = [
        google_event("page_view", "/services/"),
        google_event("contact_form_sent", "/contact"),
        google_event("page_view", "/services/", user=None),
    ]
    lines = "".join(json.dumps(found) + "\n" for found in events) + '{"event_name": "pag\n'
    counts = read(lines)
    assert counts.format == "ga4_bigquery_events"
    assert listed(counts) == [("instagram", 1, 1, 1, 1, 1, 0)]
    assert counts.left_out == {"unreadable": 1, "anonymous": 1}
    import duckdb

    (tmp_path / "events.json").write_text(lines.rsplit("\n", 2)[0])
    with duckdb.connect() as engine:
        engine.execute(
            "COPY (SELECT * REPLACE (event_timestamp::BIGINT AS event_timestamp) FROM"
            f" read_json('{tmp_path}/events.json')) TO '{tmp_path}/events' (FORMAT parquet)"
        )
    stored = read_events(tmp_path / "events", "events.parquet", TARGETS)
    assert stored.rows == counts.rows
    assert stored.left_out == {"anonymous": 1}


GOOGLE = "'a' AS event_name, 1 AS event_timestamp, 'u' AS user_pseudo_id, '20260901' AS event_date"
PARAMS = "[{'key': 'a', 'value': {'string_value': 'b', 'int_value': 1}}] AS event_params"
UMAMI = (
    "event_id,session_id,visit_id,created_at,url_path,utm_source,utm_medium,utm_campaign,"
    "referrer_domain,event_type,event_name,hostname\n"
    "1,s,v,2026-09-01 12:00:00.123+00,/services,instagram,social,,l.instagram.com,1,,example.com\n"
    "2,s,v,2026-09-01 12:00:31.123+00,/contact,,,,,2,contact_form_sent,example.com\n"
    "3,s,w,2026-09-01 12:00:31.123+00,/,,,,www.example.com,1,,example.com\n"
    "4,s,w,2026-09-01 12:00:31.123+00,/,,,,,5,,example.com\n"
    "5,s,w,yesterday,/,,,,,1,,example.com\n"
    "6,s\n"
)


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")]
)
def test_umami_s_table_is_read_however_it_was_written(separator, encoding):
    """Columns by name, any separator and mark; rows that break are counted."""
    counts = read(UMAMI.replace(",", separator).encode(encoding))
    assert counts.format == "umami_website_event"
    assert listed(counts) == [("instagram", 1, 1, 1, 1, 1, 0)]
    assert (counts.lines, counts.sessions) == (6, 2)
    assert counts.left_out == {"unreadable": 2, "other-kinds": 1}


@pytest.mark.parametrize("column", ["created_at", "event_type", "session_id"])
def test_umami_s_table_without_a_column_is_told(column):
    """A table that lost a column says that none of its lines can be read, or counts the rest."""
    counts = read(UMAMI.replace(column, "x"))
    assert counts.format == "umami_website_event"
    assert not counts.rows
    assert "log-unreadable" in [problem.id for problem in counts.problems]


def matomo_visit(number: int, **more: object) -> dict:
    pages = ("https://www.example.com/services/", "https://www.example.com/contact/")
    actions: list[dict] = [
        {"type": "action", "url": url, "timestamp": 1788264000 + n} for n, url in enumerate(pages)
    ]
    actions.append({"type": "event", "url": pages[1], "eventAction": "Contact_form_sent"})
    return {
        "idVisit": str(number), "visitorId": "5041e282fc23fef1", "actionDetails": actions,
        "firstActionTimestamp": 1788264000, "referrerType": "social",
        "referrerTypeName": "Social Networks", "referrerName": "Instagram",
        "referrerUrl": "https://l.instagram.com/", **more,
    }  # fmt: skip


MATOMO = [
    matomo_visit(1),
    matomo_visit(2, referrerType="campaign", referrerName="2026-09_facebook", referrerUrl=""),
    matomo_visit(3, referrerType="search", referrerName="Google", referrerUrl="https://google.com"),
    matomo_visit(4, referrerType="social", referrerName="Instagram", referrerUrl=None),
]


def test_matomo_s_visits_are_its_own_and_its_campaigns_are_looked_at():
    """A tagged link is a campaign to Matomo; its name tells the network."""
    counts = read(json.dumps(MATOMO, indent=1))
    assert counts.format == "matomo_live"
    assert listed(counts) == [("facebook", 1, 1, 1, 1, 1, 0), ("instagram", 2, 2, 2, 2, 2, 0)]
    assert counts.sessions == 4
    assert {row.channel for row in counts.rows} == {"Social Networks"}


def test_a_broken_list_of_visits_is_read_as_far_as_it_goes():
    """Three whole visits stand before the break."""
    counts = read(json.dumps(MATOMO)[:-400])
    assert counts.sessions == 3
    assert counts.left_out == {"unreadable": 1}
    assert [problem.id for problem in counts.problems] == ["log-unreadable"]


def test_matomo_as_a_table_holds_its_steps_in_columns_or_says_that_it_has_none():
    """UTF-16 as Matomo writes it; without steps only the visits can be told."""
    header = "idVisit,referrerType,referrerName,referrerUrl,firstActionTimestamp"
    row = "4,social,Instagram,https://l.instagram.com/,1788264000"
    steps = ",url (actionDetails 0),type (actionDetails 0)"
    whole = f"{header}{steps}\n{row},https://www.example.com/services/,action\n"
    assert listed(read(whole.encode("utf-16"))) == [("instagram", 1, 1, 0, 0, 0, 0)]
    bare = read(f"{header}\n{row}\n".encode("utf-16"))
    assert bare.told == ()
    assert [gap.id for gap in bare.cannot_say] == ["no-actions"]
    assert [visit.services for visit in bare.to_visits()] == [None]


# -- what may be wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("kind", ["log", "packed", "caddy", "ga4"])
def test_what_a_program_saved_in_another_encoding_is_read_the_same(kind, encoding):
    """Windows saves texts as UTF-16 or with a mark before them; nothing of a log is lost by it."""
    texts = {
        "log": LOG,
        "packed": LOG,
        "caddy": caddy(0.25, "/services/", "https://l.instagram.com/"),
        "ga4": json.dumps(google_event("page_view", "/services/")) + "\n",
    }
    raw = texts[kind].encode(encoding)
    counts = read(gzip.compress(raw) if kind == "packed" else raw)
    assert counts == read(texts[kind])
    assert counts.sessions


def test_what_stands_behind_a_list_of_visits_is_told():
    """The visits are counted, and what follows them is one that cannot be read."""
    whole = json.dumps([matomo_visit(1)])
    assert not read(whole + "\n\n").left_out
    counts = read(whole + '\n192.0.2.1 - - "GET / HTTP/1.1"\n')
    assert [row.sessions for row in counts.by_day()] == [1]
    assert (counts.left_out, [p.id for p in counts.problems]) == (
        {"unreadable": 1},
        ["log-unreadable"],
    )


def test_broken_lines_are_counted_and_good_ones_used():
    """Binary bytes, endless lines, lines of another form, garbage of scanners."""
    bad = [
        b"\xff\xfe\x00 no text\n",
        b"x" * 250_000 + b"\n",
        b"#Fields\n",
        line(time="40/Foo/2026:12:00:00 +0200").encode(),
        b'{"ts": 1, "request": {}}\n',
        b"a,b,c\n",
        b"\n\n",
    ]
    scanner = line("203.0.113.9", request=r"\x16\x03\x01", status=400)
    counts = read(LOG.encode() + b"".join(bad) + scanner.encode() + LOG.encode())
    assert listed(counts) == EXPECTED
    assert counts.left_out["unreadable"] == 6
    assert counts.left_out["methods"] == 3
    assert [problem.id for problem in counts.problems] == ["log-unreadable"]


def test_a_packed_log_that_breaks_off_is_read_as_far_as_it_goes():
    """The good lines count, and the break is told."""
    packed = gzip.compress(LOG.encode() * 200)
    counts = read(packed[: len(packed) - 40])
    assert counts.rows
    assert "log-cut" in {problem.id for problem in counts.problems}


def test_a_packed_file_that_bursts_is_refused(monkeypatch):
    """Something that unpacks to hundreds of times its size is no log."""
    monkeypatch.setattr(embedded, "_PACKED_FROM", 500_000)
    bomb = gzip.compress(LOG.encode() + b"\n" * 40_000_000)
    counts = read(bomb)
    assert not counts.rows
    assert [problem.id for problem in counts.problems] == ["log-bursts"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\x00" * 100,
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"hello",
        b"a,b\n1,2\n",
        b"{}",
        b"[]",
    ],
)
def test_what_is_none_of_these_is_said_to_be_none(content):
    """No format, no counts, and the name of the file in what is said."""
    counts = read(content)
    assert recognise(content) == counts.format == ""
    assert [(p.id, p.values["name"]) for p in counts.problems] == [("log-unknown", "access.log")]


@pytest.mark.parametrize("kind", [b"PAR1 and then nothing", b"\x1f\x8b\x08 broken"])
def test_a_damaged_file_is_said_to_be_damaged_or_unknown(kind):
    """Nothing is raised for what a file holds."""
    assert {p.id for p in read(kind).problems} <= {"log-damaged", "log-unknown"}
    assert read(kind).problems


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ("1 AS a", "log-unknown"),
        (f"{GOOGLE}, 1 AS event_params", "log-unknown"),
        (f"{GOOGLE}, ['a'] AS event_params", "log-unknown"),
        (f"{GOOGLE}, [{{'key': 'a', 'value': {{'string_value': 'b'}}}}] AS event_params",
         "log-unknown"),
        (f"{GOOGLE}, {PARAMS}, 'x' AS session_traffic_source_last_click", "log-none"),
        (f"{GOOGLE.replace('1 AS event_t', repr('no') + ' AS event_t')}, {PARAMS}", "log-damaged"),
    ],
)  # fmt: skip
def test_parquet_that_is_not_google_s_is_said_to_be_unknown(tmp_path, columns, problem):
    """Other tables, and other things under the same names, are told and never fail."""
    import duckdb

    path = tmp_path / "events.parquet"
    with duckdb.connect() as engine:
        engine.execute(f"COPY (SELECT {columns}) TO '{path}' (FORMAT parquet)")
    counts = read_events(path, "events.parquet", TARGETS)
    assert problem in [found.id for found in counts.problems]
    assert not counts.rows


def test_what_google_dated_in_the_future_is_told_once():
    """An event of another year is one of the future, and of nobody besides."""
    later = google_event("page_view", "/") | {"event_timestamp": "1988264000123456"}
    lines = [google_event("page_view", "/"), later, google_event("page_view", "/", user=None)]
    counts = read("".join(json.dumps(e) + "\n" for e in lines), today=date(2026, 9, 2))
    assert counts.left_out == {"future": 1, "anonymous": 1}
    assert counts.sessions == 1


def test_dates_in_the_future_are_left_out():
    """Tomorrow may be today elsewhere; the day after that nobody has seen."""
    days = "".join(
        line(f"192.0.2.{n}", f"0{n}/Sep/2026:12:00:00 +0000", referrer="https://t.co/a")
        for n in range(1, 5)
    )
    counts = read(days, today=date(2026, 9, 2))
    assert [row.day.day for row in counts.rows] == [1, 2, 3]
    assert counts.left_out == {"future": 1}


WHOLE = {
    "log": LOG.encode(), "iis": (IIS + LATER).encode(), "cloudfront": CLOUDFRONT.encode(),
    "caddy": caddy(0, "/services/", "https://t.co/a").encode() * 3,
    "google": "".join(json.dumps(google_event("page_view", "/")) + "\n" for _ in "ab").encode(),
    "umami": UMAMI.encode(), "matomo": json.dumps(MATOMO).encode(),
    "wide": UMAMI.encode("utf-16"),
}  # fmt: skip


@settings(max_examples=100)
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    cut=st.floats(0, 1),
    junk=st.binary(max_size=40),
    packed=st.booleans(),
)
@example(kind="log", cut=0.5, junk=b'" "\x00\xff', packed=True)
def test_no_damage_is_more_than_a_problem(kind, cut, junk, packed):
    """Cut anywhere, with anything behind, packed or not: counts come, no more than of the whole."""
    whole = WHOLE[kind]
    at = int(len(whole) * cut)
    raw = whole[:at] + junk
    counts = read(gzip.compress(raw) if packed else raw)
    assert sum(row.sessions for row in counts.rows) <= counts.sessions <= 12
    assert counts.rows or counts.problems or counts.cannot_say or counts.sessions


# -- what must not be --------------------------------------------------------------------------


def test_nothing_of_a_file_stays_behind(tmp_path, monkeypatch):
    """The folder that was worked in is gone, also when the reading fails or is stopped."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert read(LOG).rows
    read(b"PAR1 and then nothing")
    with pytest.raises(Cancelled):
        read(LOG, watch=lambda share: share < 0)
    assert list(tmp_path.iterdir()) == []


def test_long_work_tells_how_far_it_is_and_can_be_stopped(monkeypatch):
    """What is done only grows, up to the whole; a no ends it, also within a statement."""
    told: list[float] = []
    assert read(LOG, watch=lambda share: told.append(share) or True).rows
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= 1
    monkeypatch.setattr(embedded, "_LOOK_EVERY", 0.001)
    endless = "SELECT count(*) FROM range(1_000_000_000_000) AS endless(n) WHERE hash(n) % 7 = 1"
    monkeypatch.setattr(logs, "take_requests", lambda desk, *_: desk.ask(endless))
    told.clear()
    with pytest.raises(Cancelled):
        read(LOG, watch=lambda share: told.append(share) or len(told) < 20)
    assert len(told) == 20


def test_the_engine_reads_no_other_file_and_fetches_nothing(monkeypatch):
    """Its settings are locked, extensions are never fetched, and no name of a file is a pattern."""
    seen: list[str] = []
    real = logs.take_requests

    def look(desk, *more):
        names = ("autoinstall_known_extensions", "autoload_known_extensions", "lock_configuration")
        seen.extend(str(desk.ask_one(f"SELECT current_setting('{name}')")[0]) for name in names)
        assert Path(desk.folder).stat().st_mode & 0o077 == 0
        return real(desk, *more)

    monkeypatch.setattr(logs, "take_requests", look)
    assert read(LOG).rows
    assert seen == ["False", "False", "True"]


def test_counts_tell_nobody():
    """Neither an address nor a browser nor a page anybody saw is in what comes out."""
    said = repr(read(LOG))
    assert not any(
        word in said for word in ("192.0.2", "198.51.100", "iPhone", "/services", "gone")
    )
