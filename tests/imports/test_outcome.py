"""What files come to together: a nought nobody counted is no number, and every reason is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from workbook.imports.outcome import draw_outcome
from workbook.imports.statements import explain_visits, name_format
from workbook.imports.visits import read_visits
from workbook.measurement.funnel import read_rows
from workbook.measurement.targets import Targets

DAY = date(2026, 9, 1)
BOTH = Targets(services=("/services",), contact=("/contact",))


def log(targets, services=0, contact=0, kind="log_combined"):
    """A log of one day: 2 visits from Facebook, and 5 from nowhere that saw the pages so often."""
    stages = {"contact": 0, "went_on": 0, "used": 0}
    facebook = {"day": 20697, "source": 17, "channel": "", "sessions": 2, "services": 0, **stages}
    others = {**facebook, "source": None, "sessions": 5, "services": services, "contact": contact}
    return replace(read_rows([facebook, others], kind, targets), first=DAY, last=DAY)


def said(outcome):
    return {each.id: each.text for each in outcome.cannot_say}


def test_a_page_nobody_asked_for_is_not_told_and_warned_of():
    """A log without a request for a page has no nought of it: the address may be another."""
    outcome = draw_outcome([log(BOTH, contact=3)], BOTH)
    (facebook,) = outcome.results.platforms
    assert (facebook.services, facebook.contact.count) == (None, 0)
    assert "Nobody was seen at “/services”, from any source." in said(outcome)["target-unseen"]


def test_a_page_seen_in_one_of_two_logs_is_there():
    """What another file saw exists, so its nought is a nought."""
    quiet = replace(log(BOTH), first=date(2026, 8, 1), last=date(2026, 8, 31))
    outcome = draw_outcome([quiet, log(BOTH, services=1, contact=1)], BOTH)
    assert outcome.results.everything.services.count == 0
    assert "target-unseen" not in said(outcome)


def test_a_log_without_a_target_gives_the_true_reason_alone():
    """A log holds the source and the page of a visit together; it was only not told what counts."""
    outcome = draw_outcome([log(Targets())], Targets())
    assert set(said(outcome)) == {"targets-missing"}


def test_nothing_is_asked_of_no_visits():
    """Where nobody came from social, it is not said that what they did is unknown."""
    raw = b"Session default channel group,Sessions\nDirect,7\n"
    file = read_visits(raw, "Traffic.csv", BOTH, date(2026, 11, 22))
    outcome = draw_outcome([file], BOTH)
    assert outcome.results.everything.sessions.count == 0
    assert "what-they-did" not in said(outcome)


def test_a_column_that_stands_there_twice_is_told():
    """Only one of two columns of one name can be read, so it is said which."""
    raw = b"Session source,Sessions,Sessions\nfacebook,12,99\n"
    file = read_visits(raw, "two.csv", BOTH, date(2026, 11, 22))
    assert [note.id for note in file.notes] == ["visits-column-twice"]
    assert "“Sessions” more than once" in explain_visits(file.notes[0])


HEAD = (
    "# Start date: 20260901\n# End date: 20260930\n"
    "First user primary channel group (Default Channel Group),Total users,New users,Key events\n"
)


@pytest.mark.parametrize("successes", [0, 4])
def test_a_report_of_first_visits_names_its_own_limit(successes):
    """It names channels, of the first visit; so it is not said that it names no source.

    From no key event at all it does not follow that none was set up.
    """
    raw = f"{HEAD}Organic Social,9,17,{successes}\nDirect,5,5,0\n".encode()
    file = read_visits(raw, "User_acquisition.csv", BOTH, date(2026, 11, 22))
    found = said(draw_outcome([file], BOTH))
    assert "first-touch" in found
    assert "no-sources" not in found
    assert ("no-key-event" in found) == (not successes)
    if not successes:
        assert "or nobody did what it counts" in found["no-key-event"]


VISITS = (
    b"# Start date: 20260901\n# End date: 20260930\n\n"
    b"Date,Session source / medium,Sessions\n20260901,facebook / social,9\n"
    b"20260910,facebook / social,8\n20260920,facebook / social,4\n"
)
TOTAL = (
    b"# Start date: 20260901\n# End date: 20260930\n\n"
    b"Session source / medium,Sessions\nfacebook / social,21\n"
)
UNDATED = b"Session source / medium,Sessions\nfacebook / social,21\n"
ENTRIES = [(2, "02:00:00", "facebook"), (28, "01:00:00", "facebook")]
FEW = [(12, "02:00:00", "facebook"), (15, "01:00:00", "facebook")]


def spend(entries, visits=VISITS):
    head = "Start date,Duration,Tags,Billable\n"
    lines = [f"2026-{9 + (d > 30):02}-{d % 30 or 30:02},{h},{tags},No\n" for d, h, tags in entries]
    given = [(visits, "visits.csv"), ((head + "".join(lines)).encode(), "hours.csv")]
    files = [read_visits(raw, name, BOTH, date(2026, 11, 22)) for raw, name in given]
    return draw_outcome(files, BOTH)


@pytest.mark.parametrize(
    ("entries", "visits", "rate", "words"),
    [
        (ENTRIES, VISITS, 7.0, {"hours-edges": "2 September 2026 to 28 September 2026"}),
        (ENTRIES, TOTAL, 7.0, {"hours-edges": "time without work"}),
        (FEW, VISITS, 4.0, {"hours-edges": "if somebody worked then, add it",
                            "hours-part": "5 September 2026 to 22 September 2026"}),
        (FEW, TOTAL, None, {"hours-total": "add an entry of 0:00"}),
        ([*ENTRIES, (1, "0:00", ""), (30, "0:00", "")], TOTAL, 7.0, {}),
        (ENTRIES, UNDATED, None, {"hours-undated": "names no days"}),
        ([(40, "02:00:00", "facebook")], VISITS, None, {"hours-elsewhere": "10 October 2026"}),
        ([(1, "00:10:00", "facebook"), (30, "00:10:00", "facebook")], VISITS, None,
         {"hours-few": "Facebook: less than 1 hour"}),
        ([(1, "0:00", "facebook"), (30, "0:00", "facebook")], VISITS, None,
         {"hours-few": "Facebook: less than 1 hour"}),
        ([(1, "2:00", "instagram"), (30, "2:00", "instagram")], VISITS, None,
         {"hours-other": "no place has both"}),
    ],
)  # fmt: skip
def test_what_hours_lack_for_a_rate_is_told_with_a_way_out(entries, visits, rate, words):
    """A rate is of the days that are known of both; without one, the reason says what to do."""
    outcome = spend(entries, visits)
    (facebook,) = outcome.results.platforms
    found = facebook.sessions.per_hour
    assert (found.value if found else None) == rate
    told = {name: text for name, text in said(outcome).items() if name.startswith("hours-")}
    told.pop("hours-unnamed", None)
    assert set(told) == set(words)
    assert all(text in told[name] for name, text in words.items())


EXPLORED = (
    b"Date,Session source / medium,Event name,Page path and screen class,Sessions,Event count\n"
    b"20260901,facebook / social,session_start,/,10,10\n"
    b"20260901,facebook / social,page_view,/services,4,5\n"
)


@pytest.mark.parametrize("cut", [False, True])
def test_the_best_export_is_not_asked_for_again(cut):
    """Whoever gave the exploration is told what to look at in it."""
    raw = EXPLORED.replace(b"session_start", b"scroll") if cut else EXPLORED
    found = said(draw_outcome([read_visits(raw, "g.csv", BOTH, date(2026, 11, 22))], BOTH))
    assert ("export-there" in found, "export-ga4" in found) == (not cut, cut)
    assert cut or "how many reached the Contact page" in found["export-there"]


HIDDEN = (
    b"# Free form 1\n# 20260901-20260930\n{}\n\n"
    b"Date,Session source / medium,Event name,Page path and screen class,Sessions,Event count\n"
    b"20260901,facebook / social,session_start,(not set),10,10\n"
    b"20260901,(other),session_start,/,10,10\n"
    b"20260901,(data not available) / (data not available),session_start,/,4,4\n"
    b"20260901,(not set),session_start,/,4,4\n"
)


@pytest.mark.parametrize("line", [b"# Sampled: 40% of data", b"# All users"])
def test_what_google_kept_back_is_told(line):
    """Rows thrown together, rows without a source and samples are named; they are no nought."""
    raw = HIDDEN.replace(b"{}", line)
    file = read_visits(raw, "e.csv", BOTH, date(2026, 11, 22))
    told = {note.id: explain_visits(note) for note in file.notes}
    rows = {"hidden-other": 7, "hidden-unavailable": 8, "hidden-not-set": 9}
    assert {n.id: n.values["rows"] for n in file.notes if n.id in rows} == {
        name: (number,) for name, number in rows.items()
    }
    assert ("hidden-sampled" in told) == (b"Sampled" in line)
    assert "Sampled: 40% of data" in told.get("hidden-sampled", "Sampled: 40% of data")
    assert not draw_outcome([file], BOTH).results.everything.sessions.count - 10


def test_a_file_of_posts_is_called_by_its_network():
    """Whoever gives posts instead of visits reads which file that was."""
    raw = b"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-09-01,x,y,,,M\n"
    file = read_visits(raw, "Shares.csv", BOTH, date(2026, 11, 22))
    assert "holds posts of a person on LinkedIn" in said(draw_outcome([file], BOTH))["other-file"]
    assert name_format("linkedin_shares") == "posts of a person on LinkedIn"


@pytest.mark.parametrize(("hours", "text"), [("1:00", "1 hour:"), ("2:30", "2.5 hours:")])
def test_one_hour_is_no_hours(hours, text):
    """Hours of entries that name no place are written as people say them."""
    found = said(spend([(1, hours, ""), (2, "2:00", "facebook")]))
    assert found["hours-unnamed"].startswith(text)
