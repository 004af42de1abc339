"""The screens of measurement: what to set up, links, what it came to, and the two benches."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.interface.bench import list_benches
from workbook.measurement.kept import count_between
from workbook.plan import Plan
from workbook.storage.plan_file import write_plan_file

SAMPLES = Path(__file__).parents[1] / "samples" / "imports"
TAKE = "Put these numbers among mine"
HOSTILE = "<img src=x onerror=alert(1)>"
SCREENS = (
    *("contact", "counting", "reading", "worth", "board", "setup", "links", "clicks"),
    *("numbers", "imported", "outcome", "export", "link", "verify"),
)
LOG = b"""203.0.113.9 - - [05/Mar/2027:10:00:01 +0000] "GET /bathrooms?utm_source=facebook&utm_medium=social HTTP/1.1" 200 9 "-" "Mozilla/5.0 (iPhone)"
203.0.113.9 - - [05/Mar/2027:10:01:01 +0000] "GET /contact HTTP/1.1" 200 9 "https://www.example.com/bathrooms" "Mozilla/5.0 (iPhone)"
203.0.113.9 - - [05/Mar/2027:10:02:01 +0000] "GET /thank-you HTTP/1.1" 200 9 "https://www.example.com/contact" "Mozilla/5.0 (iPhone)"
"""  # noqa: E501 - lines as a server writes them


@pytest.fixture
def show(visit_page):
    """Opens the page of measurement at one of its screens."""

    def visit(name, plan=None):
        browser = visit_page("measurement", make_finished() if plan is None else plan)
        browser.page.show(f"measurement/{name}")
        return browser

    return visit


def _labels(browser):
    return [w.description for w in widgets_of(browser.page) if hasattr(w, "description")]


def _give(browser, *files, **answers):
    """Give files to the bench, and answers to its questions."""
    names, raws = [name for name, _ in files], [raw for _, raw in files]
    browser.say("try", path="measurement/export/files", raw=names, buffers=raws)
    for name, raw in answers.items():
        browser.say("try", path=f"measurement/export/{name}", raw=raw, buffers=[])
    return browser.press("Read it")


def _sample(name):
    return (name, (SAMPLES / name).read_bytes())


def _download(heard):
    return next(message for message in heard if message["kind"] == "download")


def test_the_screens_stand_in_the_order_of_the_work(show):
    """Questions, what to set up, links, where to look, the numbers, what they came to, tools."""
    ids = [screen.id.partition("/")[2] for screen in show("contact").page.screens]
    assert ids == list(SCREENS)


def test_where_nothing_was_imported_two_links_lead_to_it(show):
    """The empty list says so, and leads to reading a file and to typing numbers."""
    page = show("imported", Plan()).html()
    assert 'href="09_measurement.ipynb#at=measurement/export">Read a file<' in page
    assert 'href="09_measurement.ipynb#at=measurement.numbers">Type in your numbers<' in page


def test_all_benches_are_among_the_tools_for_any_day():
    """A file can be read, a link and pages be checked, without going through the steps."""
    tools = [bench.name for bench in list_benches() if bench.step == "measurement"]
    assert tools == ["export", "link", "verify"]


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_drawn_for_an_empty_plan(show, name):
    """Nothing is known yet: each screen says what is open, and nothing fails."""
    browser = show(name, Plan())
    assert "failed" not in [message["kind"] for message in browser.heard]
    assert "None" not in browser.html()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("board", "goals.goals"),
        ("setup", "start.analytics"),
        ("links", "linking.services_page"),
        ("clicks", "start.analytics"),
        ("outcome", "measurement.numbers"),
    ],
)
def test_what_is_open_leads_to_its_question(show, name, path):
    """A screen that has nothing to show leads to the answer it waits for."""
    assert f"#at={path}" in show(name, Plan()).html()


def test_what_somebody_typed_is_text(show):
    """A hostile wish, name of an event or reader stays text on every screen."""
    goal = {"id": "go01", "wish": HOSTILE, "reader": HOSTILE, "if_missed": HOSTILE}
    said = {"contact_ways": ["form"], "event": HOSTILE, "campaign": HOSTILE, "reader": HOSTILE}
    goals = {"goals": [goal]}
    plan = Plan.model_validate(
        {"start": {"analytics": ["matomo"]}, "goals": goals, "measurement": said}
    )
    browser = show("board", plan)
    for name in ("board", "setup", "links", "outcome", "export"):
        browser.page.show(f"measurement/{name}")
        assert "<img" not in browser.html()
    browser.page.show("measurement/setup")
    assert "&lt;img" in browser.html()


def test_limits_come_before_any_number(show):
    """What the numbers can tell and cannot tell stands above the pictures."""
    html = show("outcome").html()
    assert html.index("What they cannot tell") < html.index("How far people came")
    assert html.index("How far people came") < html.index("What each place is for you")
    assert "X: a hobby so far" in html
    assert html.count("<svg") == 4
    assert html.count("<table") == 2


def test_links_can_be_copied_and_taken_along(show):
    """Each has a button; all of them come as a table, and those for paper as QR codes."""
    browser = show("links")
    assert browser.html().count("data-wb-copy data-wb-copied") == 12
    raw = _download(browser.press("All links as CSV"))["buffers"][0].decode("utf-8-sig")
    assert "utm_campaign=2027-01_bathrooms" in raw
    book = load_workbook(io.BytesIO(_download(browser.press("All links for Excel"))["buffers"][0]))
    assert book.active.max_row == 13
    codes = _download(browser.press("QR codes for paper"))
    assert codes["name"].endswith(".zip")
    assert len(zipfile.ZipFile(io.BytesIO(codes["buffers"][0])).namelist()) == 3


def test_the_tally_sheet_can_be_taken_along(show):
    """It is a file that any spreadsheet program opens."""
    found = _download(show("setup").press("Take the sheet along"))
    assert found["name"].endswith(".csv")
    assert b"How did you find us?" in found["buffers"][0]


# -- reading a file -----------------------------------------------------------------------------


def test_a_report_says_what_it_cannot_tell_and_gives_its_numbers(show):
    """Added-up numbers go into the plan by a button, the same ones only once."""
    browser = show("export")
    _give(browser, _sample("ga4_exploration.csv"), services="/services")
    html = browser.html()
    assert "What it cannot tell" in html
    assert "ga4_exploration.csv: Google Analytics 4, an exploration." in html
    browser.press(TAKE)
    (kept,) = browser.page.there.plan.measurement.imports
    assert {place.platform for place in kept.what.places} >= {"instagram", "facebook"}
    browser.page.show("measurement/export")
    _give(browser, _sample("ga4_exploration.csv"), services="/services")
    browser.press(TAKE)
    assert browser.page.there.plan.measurement.imports == (kept,)


def test_the_log_of_a_server_is_read_with_the_pages_of_the_plan(show):
    """Services, contact and the page of thanks are those the plan names; unclear answers stay."""
    browser = show("export")
    browser.page.there.answer("start.hours_per_week", "an evening")
    _give(browser, ("access.log", LOG))
    browser.press(TAKE)
    assert browser.page.there.file.unclear == {"start.hours_per_week": "an evening"}
    (place,) = count_between(browser.page.there.plan, date(2027, 3, 5), date(2027, 3, 5))
    assert (place.platform, place.visits, place.used) == ("facebook", 1, 1)
    assert (place.services, place.contact) == (1, 1)


def test_plain_notes_stand_apart_from_what_is_wrong(show):
    """How a log was counted is no fault of the file, so no heading says that it is one."""
    browser = show("export")
    _give(browser, ("access.log", LOG))
    html = browser.html()
    assert "What is wrong with it" not in html
    assert html.index("How it was counted") < html.index("A visit ends after")
    _give(browser, ("access.log", LOG + b"torn\n"))
    wrong, counted = map(browser.html().index, ("What is wrong with it", "How it was counted"))
    assert wrong < browser.html().index("lines that are no lines of this log") < counted


def test_nothing_of_a_file_is_kept_before_the_button(show, caplog):
    """Neither the plan nor the log knows a word of it, and after the button only numbers."""
    browser = show("export")
    before = browser.page.there.plan
    raw = b"# Quokka's report\nSession source,Sessions\nfacebook,12\nquokka-secret,3\n"
    _give(browser, ("quokka.csv", raw))
    assert browser.page.there.plan == before
    if TAKE in _labels(browser):
        browser.press(TAKE)
    kept = write_plan_file(browser.page.there.file) + caplog.text.encode()
    assert b"uokka" not in kept


def test_what_a_file_leaves_open_is_asked(show):
    """A table of Umami under another name: the question comes, and its answer is taken."""
    raw = b"x,y\nfacebook.com,7\nlinkedin.com,2\n"
    browser = show("export")
    asked = browser.page.fields["measurement/export/umami"]
    assert not asked.shown
    _give(browser, ("table.csv", raw))
    assert browser.page.fields["measurement/export/umami"].shown
    assert "Choose above." in browser.html()
    assert TAKE not in _labels(browser)
    _give(browser, ("table.csv", raw), umami="referrers")
    assert TAKE in _labels(browser)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff" * 99, b"a,b\n1,2\n", b"PK\x03\x04nothing", LOG[:150], b"\xd0\xcf\x11\xe0"],
)
def test_a_file_that_is_none_is_answered_in_words(show, raw):
    """Something is said, no button offers numbers that are not there, and nothing fails."""
    browser = show("export")
    heard = _give(browser, ("file.bin", raw))
    assert "failed" not in [message["kind"] for message in heard]
    assert "file.bin" in browser.html()


def test_a_file_of_a_spreadsheet_of_the_nineties_is_read(show):
    """An old Excel file is opened as such, not as lines of a log."""
    browser = show("export")
    heard = _give(browser, _sample("linkedin_posts.xls"))
    assert "failed" not in [message["kind"] for message in heard]


OWN = b"""Date,Net,Visits,Services,Calls,Name
2027-03-05,Instagram,20,6,2,quokka
2027-03-06,Facebook,9,3,1,quokka
"""


def _choose(browser, role, column):
    browser.say("try", path=f"measurement/export/column-{role}", raw=column, buffers=[])


def test_a_table_nobody_knows_is_read_by_its_columns(show, caplog):
    """Guessed, shown, put right, used, remembered without a word of it, used again, forgotten."""
    browser = show("export")
    heard = _give(browser, ("own.csv", OWN))
    assert "Tell us what the columns are" in browser.html()
    assert "result" in [m["kind"] for m in heard]
    fields = browser.page.fields
    assert fields["measurement/export/column-sessions"].value == "2"
    assert fields["measurement/export/column-used"].value is None
    assert "What the reading would give" in browser.html()
    _choose(browser, "sessions", "5")
    assert "Nothing in the column “Name” can be read as the visits." in browser.html()
    _choose(browser, "source", "")
    browser.press("Use these columns")
    assert browser.page.there.plan.known_columns == {}
    assert "Choose the column that holds the place." in browser.html()
    for role, column in (("source", "1"), ("sessions", "2"), ("used", "4")):
        _choose(browser, role, column)
    browser.press("Use these columns")
    assert "29 visits came from social" in browser.html()
    assert browser.page.there.plan.known_columns
    kept = write_plan_file(browser.page.there.file) + caplog.text.encode()
    assert b"quokka" not in kept
    assert b"Calls" not in kept
    browser.page.show("measurement/export")
    _give(browser, ("later.csv", OWN.replace(b"20,", b"21,")))
    assert "30 visits came from social" in browser.html()
    assert "which your plan remembers" in browser.html()
    browser.press("Forget these columns")
    assert browser.page.there.plan.known_columns == {}
    assert "Tell us what the columns are" in browser.html()


def test_a_known_table_may_be_read_otherwise(show):
    """Columns that were accepted too soon can be chosen again."""
    browser = show("export")
    _give(browser, ("own.csv", OWN))
    browser.press("Use these columns")
    assert "3 = 10 %" not in browser.html()
    browser.press("Choose other columns")
    _choose(browser, "used", "4")
    browser.press("Use these columns")
    assert "2 = 10 %" in browser.html()


def test_sheets_are_asked_one_by_one_and_may_be_left_out(show):
    """A workbook of sheets: the one with numbers is read, the one with notes is left out."""
    book = Workbook()
    book.active.append(["Day", "Network", "Visits"])
    book.active.append([date(2027, 3, 5), "Instagram", 20])
    notes = book.create_sheet("Notes")
    for row in (["What", "Who"], ["call back", "quokka"]):
        notes.append(row)
    book.save(raw := io.BytesIO())
    browser = show("export")
    _give(browser, ("own.xlsx", raw.getvalue()))
    assert "Table 1 of 2." in browser.html()
    browser.press("Use these columns")
    assert "Table 2 of 2." in browser.html()
    browser.press("Leave this table out")
    assert "Tell us what the columns are" not in browser.html()
    assert "20 visits came from social, on 5 March 2027" in browser.html()


def test_hostile_columns_stay_text(show):
    """A header is what anybody wrote; two hundred of its names are offered, all as text."""
    names = [HOSTILE, "x" * 900, *(f"c{n}" for n in range(300))]
    raw = ",".join(names) + "\n" + ",".join("1" for _ in names) + "\n"
    browser = show("export")
    _give(browser, (f"{HOSTILE}.csv", raw.encode()))
    assert "The table has 302 columns; the first 200 can be chosen." in browser.html()
    assert "<img" not in browser.html()
    options = browser.page.fields["measurement/export/column-day"].spec["options"]
    assert (len(options), max(len(option["label"]) for option in options)) == (200, 60)


def test_an_answer_lets_the_reading_go_on(show):
    """What was asked of a file is answered, and the numbers stand there without another press."""
    browser = show("export")
    day = b"Date,Session source,Sessions\n03/04/2026,facebook,4\n05/04/2026,facebook,2\n"
    _give(browser, ("days.csv", day))
    assert browser.page.fields["measurement/export/order"].shown
    assert TAKE not in _labels(browser)
    browser.say("try", path="measurement/export/order", raw="month", buffers=[])
    assert "6 visits came from social, from 4 March 2026 to 4 May 2026" in browser.html()
    assert TAKE in _labels(browser)


def test_the_zone_is_asked_of_a_log_where_no_answer_names_it(show):
    """Days hang on the clock; a city that is none is told."""
    browser = show("export", Plan())
    late = LOG.replace(b"05/Mar/2027:10", b"05/Mar/2027:22")
    _give(browser, ("access.log", late))
    assert browser.page.fields["measurement/export/zone"].shown
    assert "on 5 March 2027" in browser.html()
    browser.say("try", path="measurement/export/zone", raw="Nowhere", buffers=[])
    browser.press("Read it")
    assert "That is no time zone we know." in browser.html()
    browser.say("try", path="measurement/export/zone", raw="Asia/Tokyo", buffers=[])
    assert "on 6 March 2027" in browser.html()


def test_a_large_log_in_pieces_is_read_from_disk(show):
    """The pieces are a file, which is read where it lies; the whole of it is in no message."""
    browser = show("export")
    raw, path = LOG * 500, "measurement/export/files"
    files = [{"name": "access.log", "size": len(raw)}]
    told = browser.say("try", path=path, raw={"step": "begin", "number": 1, "files": files})
    for at in range(0, len(raw), 90_000):
        sent = {"step": "piece", "number": 1, "at": at}
        told = browser.say("try", path=path, raw=sent, buffers=[raw[at : at + 90_000]])
    assert [m["state"] for m in told if m["kind"] == "sent"] == ["whole"]
    browser.press("Read it")
    assert "1 visit came from social" in browser.html()


def test_what_is_too_large_gets_its_command(show):
    """Nothing is sent; what to type names the file and what counts in the plan."""
    browser = show("export")
    files = [{"name": "access log.gz", "size": 2_000_000_000}]
    sent = {"step": "begin", "number": 1, "files": files}
    (told,) = browser.say("try", path="measurement/export/files", raw=sent)
    assert told["state"] == "refused"
    assert told["problem"].startswith("Together these files are 2000 MB; at most 100 MB")
    assert told["command"].startswith("workbook import 'access log.gz' --services /")


# -- checking a link ----------------------------------------------------------------------------


def test_each_link_is_said_its_channel_its_rule_and_its_traps(show):
    """A right link, one with a trap, and something that is no link."""
    browser = show("link")
    links = (
        "https://www.example.com/?utm_source=facebook&utm_medium=social&utm_campaign=a\n"
        "https://www.example.com/?utm_source=threads&utm_medium=organic_social&utm_campaign=a\n"
        f"nonsense {HOSTILE}"
    )
    browser.say("try", path="measurement/link/links", raw=links, buffers=[])
    browser.press("Check")
    html = browser.html()
    assert "It counts under “Organic Social”." in html
    assert "It counts under “Unassigned”." in html
    assert "Rule 20 of 20 decided." in html
    assert html.count("To mend") >= 2
    assert "<img" not in html


def test_what_is_no_link_stays_in_one_piece(show):
    """A line that is no address is one entry; several addresses in a line are several."""
    browser = show("link")
    for raw, count in (("<img src=x onerror=y>", 1), ("https://a.example https://b.example/", 2)):
        browser.say("try", path="measurement/link/links", raw=raw, buffers=[])
        browser.press("Check")
        assert browser.html().count('<section class="wb-check') == count


def test_a_link_on_a_page_of_ones_own_must_carry_no_tag(show):
    """The page it stands on decides."""
    browser = show("link")
    link = "https://www.example.com/a?utm_source=facebook&utm_medium=social&utm_campaign=a"
    browser.say("try", path="measurement/link/links", raw=link, buffers=[])
    browser.press("Check")
    assert "To mend" not in browser.html()
    page = "https://www.example.com/"
    browser.say("try", path="measurement/link/placed_on", raw=page, buffers=[])
    browser.press("Check")
    assert "Take the tags off every link" in browser.html()
