"""Reports of visits: what each table tells by platform and day, and what it does not."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date

import pytest

from workbook.imports.mapped import MAPPABLE
from workbook.imports.mapping import hash_header
from workbook.imports.statements import explain_visits
from workbook.imports.visits import Questions, read_visits
from workbook.measurement.targets import Targets

TODAY = date(2026, 11, 22)
TARGETS = Targets(("/services",), ("/contact",), ("generate_lead",))
RULE = "# ----------------------------------------\n"
REPORT = f"{RULE}# Report: Report\n# Account: Example, Inc.\n{RULE}# \n# All Users\n"
DAYS = "# Start date: 20260901\n# End date: 20260930\n"
EXPLORATION = f"{RULE}# Example\n# Free form 1\n# 20260901-20260902\n{RULE}\n"


ALL = "Session source / medium,Event name,Page path and screen class,Sessions"


def read(text, name="given.csv", targets=TARGETS, **asked):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_visits(raw, name, targets, TODAY, Questions(**asked))


def total(file, platform=None):
    """Visits and the three stages of a file, all days together; None where it cannot tell."""
    records = [r for table in file.records for r in table if platform in (None, r.platform)]
    found = []
    for stage in ("sessions", "services", "contact", "used"):
        told = [getattr(r, stage) for r in records]
        found.append(None if None in told or not told else sum(told))
    return tuple(found)


def ids(problems):
    return [problem.id for problem in problems]


# -- reports of Google Analytics ----------------------------------------------------------------


def test_channels_tell_how_many_came_and_not_what_they_did():
    """Traffic by channel gives visits from social for the whole period, of no network."""
    file = read(
        f"{REPORT}{DAYS}Session primary channel group (Default Channel Group),Sessions,Key events\n"
        "Direct,80,0\nOrganic Social,15,0\nPaid Social,3,0\nOrganic Video,2,0"
    )
    (record,) = file.records[0]
    assert total(file) == (18, None, None, None)
    assert (record.platform, record.start, record.end) == ("", date(2026, 9, 1), date(2026, 9, 30))
    assert file.facts[0].video == 2
    assert file.facts[0].key_events == 0


def test_sources_name_the_network():
    """Traffic by source and medium is sorted by our own table: YouTube is social, Google is not."""
    file = read(
        f"{REPORT}{DAYS}Session source / medium,Sessions\nl.facebook.com / referral,7\n"
        "ig / social,4\nyoutube.com / referral,3\ngoogle / organic,90\nflyer / social,2\n"
    )
    assert {r.platform: r.sessions for r in file.records[0]} == {
        "facebook": 7, "instagram": 4, "youtube": 3, "": 2
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "social"),
    [
        ("Session default channel group,Sessions", "Organic Social,6"),
        ("Session primary channel group (Default channel group),Sessions", "Organic Social,6"),
        ("Session primary channel group (Our channels),Sessions", "Organic Social,6"),
        (
            "Sitzung \u2013 primäre Channelgruppe (Standard-Channelgruppe);Sitzungen",
            "Paid Social;6",
        ),
        ("Sitzung \u2013 Quelle/Medium;Sitzungen", "instagram / social;6"),
        ("Source/support de la session;Sessions;Événements clés", "t.co / referral;6;0"),
        ("Origen/Medio de la sesión\tSesiones", "lnkd.in / referral\t6"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_headers_are_known_in_several_languages(header, social, encoding):
    """The interface's language changes the header, and a spreadsheet the delimiter."""
    file = read(f"{REPORT}{DAYS}{header}\r\n{social}\r\n".encode(encoding))
    assert file.formats == ("ga4_report",)
    assert total(file)[0] == 6


@pytest.mark.parametrize(
    ("cell", "count"),
    [("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("1\u202f234", 1234), ("106.0", 106),
     ("1.2K", 1200), ("'12", None), ("=1+1", None), ("-4", None), ("", None), ("12.5", None),
     ("1e9", None), ("9" * 70, None), ("١٢", None)],
)  # fmt: skip
def test_counts_are_read_as_every_language_groups_them(cell, count):
    """A cell that is no whole number is told by column and row, and never counted as one."""
    file = read(f'{REPORT}{DAYS}Session source,Sessions\nfacebook,5\nx.com,"{cell}"\n')
    found = {r.platform: r.sessions for r in file.records[0]}
    assert found["x"] == count
    assert found["facebook"] == 5
    assert ids(file.problems) == ([] if count else ["visits-count-unreadable"])
    if not count:
        assert file.problems[0].values == {"column": "Sessions", "rows": (11,)}
        assert "row 11" in explain_visits(file.problems[0])


def test_an_exploration_with_events_tells_everything():
    """Each visit starts once and is counted once at each stage, whatever pages it saw."""
    file = read(
        f"{EXPLORATION}Date,{ALL}\n"
        ",,,,60,Grand total\n"
        "20260901,ig / social,session_start,/,8\n20260901,ig / social,session_start,/services/,2\n"
        "20260901,ig / social,page_view,/,9\n20260901,ig / social,page_view,/services/,4\n"
        "20260901,ig / social,page_view,/contact/?from=menu,3\n"
        "20260901,ig / social,scroll,/services/,4\n20260901,ig / social,generate_lead,/contact/,1\n"
        "20260902,google / organic,session_start,/,40\n20260902,google / organic,page_view,/,40\n"
    )
    assert total(file) == (10, 4, 3, 1)
    assert file.problems == ()
    days = {r.start for r in file.records[0]}
    assert days == {date(2026, 9, 1), date(2026, 9, 2)}  # a day nobody came on is known too


def test_visits_are_never_added_over_pages():
    """Without events, pages tell who saw them, and how many visits there were stays open."""
    file = read(
        f"{EXPLORATION}Session source / medium,Page path and screen class,Sessions,Key events\n"
        "ig / social,/,9,0\nig / social,/services/,4,0\nig / social,/services/prices,3,1\n"
        "ig / social,/contact,2,1\n",
        targets=Targets(("/services/*",), ("/contact",), ()),
    )
    assert total(file) == (None, 4, 2, None)
    assert file.facts[0].at_least == {"services"}
    assert file.facts[0].social_key_events == 2


def test_a_page_that_is_named_twice_counts_once():
    """“/services” and “/services/*” mean the same page; so may two names of an event."""
    text = f"{EXPLORATION}{ALL}\nig / social,session_start,/,9\n"
    text += "ig / social,page_view,/services/,4\nig / social,generate_lead,/services,2\n"
    targets = Targets(("/services", "/services/*"), (), ("generate_lead", "Generate_Lead"))
    assert total(read(text, targets=targets)) == (9, 4, None, 2)
    pages = f"{REPORT}{DAYS}Page path and screen class,Active users\n/services,7\n"
    assert read(pages, targets=targets).facts[0].everybody == {"services": 7}


def test_rows_that_are_missing_are_noticed_by_the_total():
    """An exploration exports only the rows shown; the file's own total gives it away."""
    file = read(
        f"{EXPLORATION}Session source / medium,Sessions,Event count\n,50,90,Grand total\n"
        "ig / social,9,20\n"
    )
    assert ids(file.problems) == ["visits-rows-missing"]
    assert total(file)[0] == 9


def test_what_nobody_did_may_not_be_set_up():
    """A page or an event that no visitor from anywhere reached is told, not counted as none."""
    file = read(
        f"{EXPLORATION}{ALL}\nig / social,session_start,/,9\nig / social,page_view,/,9\n"
        "google / organic,page_view,/contact,1\n"
    )
    assert total(file) == (9, None, 0, None)
    assert file.facts[0].unseen == ("/services", "generate_lead")


def test_any_key_event_counts_where_it_is_said():
    """“key events” as a target means whatever the tool counts, by the rate of visits."""
    text = (
        f"{REPORT}{DAYS}Session source / medium,Sessions,Key events,Session key event rate\n"
        "ig / social,70,9,0.05714285714285714\n"
    )
    assert total(read(text))[3] is None
    assert total(read(text, targets=Targets(used=("key events",))))[3] == 4


def test_tables_below_each_other_are_told_apart():
    """An overview has several tables in one file; a row is never read by another's header."""
    first = (
        "First user primary channel group (Default channel group),New users\nOrganic Social,99\n"
    )
    second = "Session source / medium,Engaged sessions,Sessions\nig / social,1,6\n"
    file = read(f"{REPORT}{DAYS}{first}\n{second}")
    assert [facts.kind for facts in file.facts] == ["ga4-first-touch", "ga4-sources"]
    assert total(file)[0] == 6
    close = read(f"{REPORT}{DAYS}{second}Session source,Views,Sessions\nx.com,8,3\n")
    assert ids(close.problems) == ["table-other"]
    assert total(close)[0] == 6


def test_pages_without_a_source_are_those_of_everybody():
    """A table of pages says who was there in all, and nothing about social."""
    file = read(
        f"{REPORT}{DAYS}Page path and screen class,Views,Active users\n/contact-us/,536,248\n",
        targets=Targets(contact=("/contact-us",)),
    )
    assert file.records == ()
    assert file.facts[0].everybody == {"contact": 248}


# -- other tools --------------------------------------------------------------------------------


def test_the_tag_of_a_link_goes_before_the_referrer():
    """Plausible's row names both; whoever made the link knew best."""
    head = '"date","source","referrer","utm_source","visitors","visits","visit_duration"\n'
    file = read(
        head + '"2026-09-01","Facebook","m.facebook.com","mastodon",2,2,9\n'
        '"2026-09-01","Facebook","m.facebook.com","",3,4,9\n"2026-09-02","Google","","",3,4,9\n'
    )
    assert {r.platform: r.sessions for r in file.records[0] if r.platform} == {
        "mastodon": 2, "facebook": 4
    }  # fmt: skip


def test_only_the_name_tells_tables_of_umami_apart():
    """Without a telling name the reader asks, and takes the answer."""
    file = read("x,y\nl.instagram.com,42\nlinkedin.com,7\n", "data.csv")
    assert ids(file.problems) == ["visits-which-umami"]
    assert "referrers" in file.problems[0].values["choices"]
    told = read("x,y\nl.instagram.com,42\n", "data.csv", choices={"umami": "referrers"})
    assert total(told) == (42, None, None, None)
    assert total(read("x,y\nl.instagram.com,42\n", "my referrers.csv"))[0] == 42


GOALS = (
    "<result><row><label>Facebook</label><nb_visits>9</nb_visits><goals>{}</goals>"
    "<segment>referrerType==social;referrerName==Facebook</segment></row></result>"
)
ONE = (
    "<row idgoal='{}'><nb_conversions>5</nb_conversions>"
    "<nb_visits_converted>2</nb_visits_converted></row>"
)


def test_no_goal_is_taken_as_getting_in_touch_unasked():
    """Matomo counts goals by number; whether one means contact, only the owner knows."""
    one, both = GOALS.format(ONE.format(3)), GOALS.format(ONE.format(3) + ONE.format(7))
    alone = read(one, targets=Targets(used=("/thank-you",)))
    assert (total(alone), ids(alone.problems)) == ((9, None, None, None), ["visits-one-goal"])
    several = read(both)
    assert (total(several)[3], ids(several.problems)) == (None, ["visits-which-goal"])
    for answer in ({"choices": {"goal": "7"}}, {"targets": Targets(used=("goal 7",))}):
        assert total(read(both, **answer))[3] == 2
    assert total(read(one, choices={"goal": "3"})) == (9, None, None, 2)
    none = read(one, choices={"goal": "none"})
    assert (total(none)[3], none.problems) == (None, ())


def test_labels_that_say_nothing_are_asked_about():
    """A Matomo report names its rows “label”, whatever they are."""
    text = "label,nb_visits,nb_actions\nspring sale,4,5\nfacebook,3,3\n"
    assert ids(read(text).problems) == ["visits-which-matomo"]
    assert total(read(text, choices={"matomo": "campaigns"}))[0] == 3


def test_xml_that_declares_its_own_words_is_refused():
    """A bomb of entities is no report."""
    bomb = '<result><!DOCTYPE x [<!ENTITY a "b">]><row><label>&a;</label></row></result>'
    assert ids(read(bomb).problems) == ["file-damaged"]


# -- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["20260901", "2026-09-01", "1 September 2026", "Sep 1, 2026", "1. September 2026",
     "1 de septiembre de 2026", "1 sept. 2026", "2026年9月1日", "2026-09-01 00:00:00"],
)  # fmt: skip
def test_days_are_read_as_every_language_writes_them(cell):
    """Days without a mark of their order, and months by their names."""
    file = read(f'Date,Session source,Sessions\n"{cell}",facebook,4\n')
    assert (file.problems, file.records[0][0].start) == ((), date(2026, 9, 1))


@pytest.mark.parametrize(("day_first", "month"), [(True, 9), (False, 1)])
def test_days_that_can_be_read_in_two_ways_are_asked_about(day_first, month):
    """01/09 is in January or in September; nothing is counted until somebody says which."""
    text = "Date,Session source,Sessions\n01/09/2026,facebook,4\n"
    (problem,) = read(text).problems
    assert (problem.id, problem.values["choices"]) == (
        "visits-days-ambiguous", ("day-first", "month-first")
    )  # fmt: skip
    assert read(text).records == ()
    assert read(text, day_first=day_first).records[0][0].start.month == month


def test_days_in_the_future_are_left_out_and_told():
    """A visit cannot have happened tomorrow week; the rows before it count."""
    file = read("Date,Session source,Sessions\n20260901,facebook,4\n20270101,facebook,9\n")
    assert (total(file)[0], ids(file.problems)) == (4, ["visits-days-future"])


def test_days_before_there_were_websites_to_count_are_no_days():
    """A damaged year would make a file cover centuries."""
    file = read("Date,Session source,Sessions\n20260901,facebook,4\n00010101,facebook,9\n")
    assert (total(file)[0], ids(file.problems)) == (4, ["visits-days-unreadable"])


# -- files nobody knows -------------------------------------------------------------------------


def test_an_unknown_table_is_read_by_a_mapping_of_its_columns():
    """The columns are named to the owner; what they are is remembered under the header's hash."""
    text = "Netz;Besuche;Leistungen;Anfragen\nFacebook;12;4;1\nLinkedIn;3;2;0\n"
    (problem,) = read(text).problems
    assert problem.id == "visits-unknown-columns"
    assert problem.values["columns"] == ("Netz", "Besuche", "Leistungen", "Anfragen")
    assert problem.values["choices"] == MAPPABLE
    mapping = {
        "Netz": "source",
        "Besuche": "sessions",
        "Leistungen": "services",
        "Anfragen": "used",
    }
    assert hash_header(("anfragen", "NETZ ", "Leistungen", "besuche")) == problem.values["key"]
    ranks = {"source": 3, "sessions": 1, "services": 2, "used": 0}
    known = read(text, mappings={problem.values["key"]: ranks})
    assert known.formats == ("mapped",)
    assert total(known) == (15, 6, None, 1)
    assert total(read(text, columns=mapping)) == (15, 6, None, 1)


def test_an_unknown_document_is_read_like_a_table():
    """The objects of its longest list are rows; “a.b” names what lies in one of them."""
    text = (
        '{"made": [{"by": "us"}], "report": {"rows": ['
        '{"from": {"net": "Facebook"}, "visits": 12, "asked": 0, "tags": [1]},'
        '{"from": {"net": "LinkedIn"}, "visits": 3, "asked": 1}]}}'
    )
    (problem,) = read(text).problems
    assert problem.values["columns"] == ("from.net", "visits", "asked")
    mapping = {"from.net": "source", "visits": "sessions", "asked": "used"}
    assert total(read(text, columns=mapping)) == (15, None, None, 1)


@pytest.mark.parametrize("text", ["Dear all,\nsee you on Monday.", '{"hello": 1}', "\u202e,,"])
def test_what_is_no_report_is_told(text):
    """The message names the tools whose files are known."""
    (problem,) = read(text).problems
    assert problem.id in {"visits-unknown-file", "visits-unknown-columns"}
    assert "Matomo" in explain_visits(problem)


# -- containers ---------------------------------------------------------------------------------


def test_a_zip_a_gzip_and_a_spreadsheet_hold_the_same():
    """Whatever a report is packed in, it is read as it is by itself."""
    from openpyxl import Workbook

    text = "Session source / medium,Sessions\nig / social,6\n"
    book, told, packed = Workbook(), io.BytesIO(), io.BytesIO()
    for row in (("# Report",), (), ("Session source / medium", "Sessions"), ("ig / social", 6)):
        book.active.append(row)
    book.save(told)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__MACOSX/._report.csv", "x")
        archive.writestr("report.csv", text)
    for raw in (text.encode(), gzip.compress(text.encode()), told.getvalue(), packed.getvalue()):
        assert total(read(raw))[0] == 6


# -- hours --------------------------------------------------------------------------------------


def test_hours_belong_to_the_place_that_is_named_first():
    """The tag decides, then the project, then the words; several places are kept apart."""
    head = "Description,Project,Start date,Duration,Tags,Billable\n"
    file = read(
        head + "Answering on LinkedIn,Own,2026-09-01,00:30:00,instagram,No\n"
        "Answering on LinkedIn,Own,2026-09-01,1:15:00,,No\n"
        'Posts,Own,2026-09-02,00:45:00,"facebook, instagram",No\n'
        "Rye,Baking,2026-09-02,02:00:00,,No\nStories,Own,2026-09-02,soon,instagram,No\n"
    )
    assert {(h.platform, h.hours) for h in file.hours} == {
        ("instagram", 0.5), ("linkedin", 1.25), ("several", 0.75), ("", 2.0)
    }  # fmt: skip
    assert ids(file.problems) == ["hours-unreadable"]


CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{}END:VCALENDAR\n"
EVENT = "BEGIN:VEVENT\nUID:{}\nSUMMARY:instagram\nDTSTART;TZID=Europe/Paris:{}\n{}\nEND:VEVENT\n"
HALF = "DURATION:PT30M"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("", [1]),
        ("\nRRULE:FREQ=WEEKLY;COUNT=3", [1, 8, 15]),
        ("\nRRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20260905T070000Z", [1, 3, 5]),
        ("\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3", [1, 3, 8]),
        ("\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260908T070000Z", [1, 15]),
        ("\nRRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261001", [1]),
        ("\nRRULE:FREQ=YEARLY", [1]),
    ],
)
def test_appointments_that_repeat_are_counted_each_time(rule, days):
    """Blocks of time in a calendar are hours, each on its own day, until today."""
    raw = CALENDAR.format(EVENT.format(1, "20260901T090000", HALF + rule))
    file = read(raw, "calendar.ics")
    assert file.problems == ()
    assert [(h.day.day, h.hours) for h in file.hours] == [(day, 0.5) for day in days]


def test_an_appointment_that_was_moved_is_counted_where_it_is():
    """One of a series was put on another day; the day it left has none."""
    series = EVENT.format(1, "20260901T090000", f"{HALF}\nRRULE:FREQ=WEEKLY;COUNT=2")
    moved = EVENT.format(1, "20260910T090000", f"{HALF}\nRECURRENCE-ID:20260908T070000Z")
    file = read(CALENDAR.format(series + moved), "calendar.ics")
    assert [h.day.day for h in file.hours] == [1, 10]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYHOUR=1,2,3"]
)
def test_rules_that_could_take_for_ever_are_told(rule):
    """A calendar made to do harm costs no time; its rule is named as one not followed."""
    raw = CALENDAR.format(EVENT.format(1, "19700101T090000", f"{HALF}\nRRULE:{rule}"))
    file = read(raw, "calendar.ics")
    assert (file.hours, ids(file.problems)) == ((), ["calendar-rules"])
