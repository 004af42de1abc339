"""Files of other days, of other tools, with cells nobody can read: what the figures are of."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from workbook.imports.outcome import draw_outcome
from workbook.imports.visits import Questions, read_visits
from workbook.measurement.targets import Targets

TODAY = date(2026, 11, 22)
TARGETS = Targets(("/services",), ("/contact",), ("/thanks",))
HEAD = (
    "# ---\n# P\n# E-Free form 1\n# {span}\n# ---\n\n"
    "Date,Session source / medium,Event name,Page path and screen class,Sessions,Event count\n"
)
SOURCES = (
    '"date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content",'
    '"utm_term","pageviews","visitors","visits","visit_duration","bounces"\n'
)


def explore(span, *rows):
    return HEAD.format(span=span) + "\n".join(rows) + "\n"


def plausible(place, *days):
    rows = [f'"2026-{day}","{place}","","","","","","",9,50,50,5,1' for day in days]
    return SOURCES + "\n".join(rows) + "\n"


AUGUST = explore(
    "20260801-20260831",
    "20260801,facebook / social,session_start,/,20,20",
    "20260812,facebook / social,page_view,/services,10,10",
)
LONGER = explore(
    "20260815-20260930",
    "20260820,facebook / social,session_start,/,7,7",
    "20260821,facebook / social,page_view,/contact,3,3",
    "20260905,instagram / social,session_start,/,9,9",
)
OTHER = plausible("Facebook", *(f"08-{day:02}" for day in range(10, 32)))
NAMED = {"a.csv": AUGUST, "b.csv": LONGER, "imported_sources_20260810_20260831.csv": OTHER}


def read(text, name="a.csv"):
    return read_visits(text.encode(), name, TARGETS, TODAY, Questions())


def draw(*files, targets=TARGETS):
    return draw_outcome(files, targets)


def said(outcome, name):
    return [each.text for each in outcome.cannot_say if each.id == name]


def test_the_order_of_files_changes_no_figure_and_no_sentence():
    """Two exports that overlap and another tool's: six orders, one answer, to be kept as one."""
    files = [read(text, name) for name, text in NAMED.items()]
    drawn = [draw(*order) for order in permutations(files)]
    assert all(each.results == drawn[0].results for each in drawn)
    assert all(each.imports == drawn[0].imports for each in drawn)
    assert all(set(each.cannot_say) == set(drawn[0].cannot_say) for each in drawn)
    (aside,) = said(drawn[0], "aside-other-tool")
    assert "from 10 August 2026 to 31 August 2026, stands aside for visits" in aside


def test_shares_say_of_which_visits_they_are():
    """Pages are known of August, visits of two more days: ten of twenty, not of 120."""
    other = plausible("Facebook", "09-01", "09-02")
    outcome = draw(read(AUGUST), read(other, "imported_sources_20260901_20260902.csv"))
    assert outcome.results.everything.services.pair == (10, 20)
    (told,) = said(outcome, "stage-part")
    assert "20 of the 120 visits from social only (1 August 2026 to 31 August 2026)" in told


def test_a_place_without_pages_is_named():
    """Instagram is in a file without pages alone: nobody knows what its visits saw."""
    other = plausible("Instagram", "03-01", "03-02")
    outcome = draw(read(AUGUST), read(other, "imported_sources_20260301_20260302.csv"))
    places = {r.platform: r for r in outcome.results.platforms}
    assert (places["instagram"].services, places["instagram"].sessions.count) == (None, 100)
    assert any("not known for Instagram" in each for each in said(outcome, "stage-places"))


@pytest.mark.parametrize("cell", ["", "-", "(not set)", "-10", "NaN", "1e400", "2.5"])
def test_visits_nobody_can_read_are_not_nought(cell):
    """One place's cell is spoilt: it has no figure, the others have theirs, the row is named."""
    rows = (
        f"20260801,facebook / social,session_start,/,{cell},10",
        "20260801,x / social,session_start,/,5,10",
    )
    file = read(explore("20260801-20260831", *rows))
    assert [(p.values["column"], p.values["rows"]) for p in file.problems] == [("Sessions", (8,))]
    outcome = draw(file)
    assert {r.platform: r.sessions and r.sessions.count for r in outcome.results.platforms} == {
        "x": 5,
        "facebook": None,
    }
    assert any("Facebook in all" in each for each in said(outcome, "places-unread"))
    alone = draw(read(explore("20260801-20260831", rows[0])))
    assert (alone.results.everything.sessions, alone.can_say) == (None, ())
    assert said(alone, "visits-unread")


def test_what_cannot_be_is_said_and_gets_no_share():
    """Nine of two visits; and thirty-one key events are not so many visits."""
    rows = (
        "20260801,facebook / social,session_start,/,2,2",
        "20260801,facebook / social,page_view,/services,9,9",
    )
    outcome = draw(read(explore("20260801-20260831", *rows)))
    assert outcome.results.everything.services.share is None
    assert "9 from Facebook, where 2 visits came" in said(outcome, "stage-odd")[0]
    report = (
        "# ---\n# Traffic acquisition\n# Start date: 20260901\n# End date: 20260930\n"
        "Session source / medium,Sessions,Key events\nfacebook / social,20,3\nt.co / referral,9,0\n"
    )
    targets = Targets(used=("key events",))
    file = read_visits(report.encode(), "r.csv", targets, TODAY, Questions())
    outcome = draw(file, targets=targets)
    assert (outcome.results.everything.used.count, outcome.results.everything.used.share) == (
        3,
        None,
    )
    assert said(outcome, "stage-times")
