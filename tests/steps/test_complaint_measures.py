"""What the benches for figures and staffing say: in words, with their reasons, for any answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from workbook.complaint.measures import measure
from workbook.complaint.rules import calendar_of
from workbook.evidence.intervals import proportion_interval
from workbook.plan import Plan
from workbook.records import Case
from workbook.steps.complaints.figures import (
    due_by,
    find_advice,
    list_measures,
    list_places,
    write_missing,
    write_pause,
    write_summary,
)
from workbook.steps.complaints.spans import write_between, write_share, write_span
from workbook.steps.complaints.staffing import (
    estimate,
    find_problems,
    list_promises,
    list_ways,
    write_verdict,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
OPEN = Plan.model_validate(
    {
        "complaints": {
            "hours": [{"id": "aaaa", "days": WEEKDAYS, "opens": "09:00", "closes": "17:00"}],
            "zone": "Europe/London",
        }
    }
)
GIVEN = {
    "per_week": 6, "weeks": None, "minutes": 10, "hours": 4, "days": WEEKDAYS[:4],
    "first": "12:00", "second": None, "third": None, "people": None, "promise": 1,
    "clock": "always", "arrivals": None,
}  # fmt: skip
SEEN = datetime(2026, 5, 4, 8, tzinfo=UTC)  # a Monday, nine in London


def _verdict(plan=OPEN, **other):
    return write_verdict(estimate(plan, GIVEN | other))


# -- staffing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({}, "rarely"),
        ({"promise": None}, "often"),
        ({"promise": 12, "clock": "open", "weeks": 1}, "likely"),
        ({"promise": 24, "clock": "open"}, "kept"),
        ({"per_week": 40}, "overfull"),
    ],
)
def test_each_verdict_has_its_words(answers, verdict):
    """From never to always: what, because of which answers, what to do, how sure, what else."""
    found = _verdict(**answers)
    assert found.id == f"staffing-{verdict}"
    for text in (found.what, found.because, found.do, found.sure, found.change):
        assert text
        assert "{" not in text
    assert found.sources == ("Z1",)


def test_four_hours_a_week_promise_no_hour():
    """Somebody with four hours a week is told what to promise instead."""
    found = _verdict()
    assert found.what.startswith("Do not promise 1 hour: it is kept in ")
    assert found.do.startswith("Promise 5 days instead")
    assert "6 a week at 10 minutes each make 1 hour of work" in found.because
    assert "on Monday, Tuesday, Wednesday and Thursday from 12:00" in found.because


def test_the_promise_of_the_plan_is_taken():
    """Without a promise of their own, it is the one for a valid complaint, on its own clock."""
    assert "4 open hours" in _verdict(promise=None).what
    assert "4 hours" in _verdict(Plan(), promise=None).what


def test_hours_of_nobody_count_day_and_night():
    """Where the plan names no opening hours, no clock can stand still outside them."""
    found = estimate(Plan(), GIVEN | {"clock": "open", "arrivals": "open"})
    assert not found.is_open_clock
    assert [way.id for way in found.ways] == ["now", "double", "spread"]
    assert "at any hour" in write_verdict(found).because


def test_looks_share_the_hours():
    """Three looks a day on four days share the same four hours."""
    found = estimate(OPEN, GIVEN | {"second": "15:00", "third": "09:00"})
    now, double, spread, open_ = (way.duty for way in found.ways)
    assert (now.minutes, double.minutes, spread.minutes) == pytest.approx((240, 480, 240))
    assert len(now.spells) == 12
    assert now.spells[0] == (540, 560)
    assert (spread.days, open_.minutes) == (5, 5 * 480)


def test_more_looks_help_more_than_more_hours():
    """The table of ways shows what the same hours bring when they are spread out."""
    found = estimate(OPEN, GIVEN | {"promise": 4, "clock": "open"})
    now, double, spread, open_ = (way.outlook.keep(240).chance for way in found.ways)
    assert now < double < spread < open_
    assert [row[1] for row in list_ways(found)] == ["4", "8", "4", "40"]


def test_promises_end_where_they_are_always_kept():
    """The list holds the promise asked about, and stops when nothing more is to be gained."""
    rows = list_promises(estimate(OPEN, GIVEN | {"promise": 3}))
    assert [row.promise for row in rows if row.is_asked] == ["3 hours"]
    assert [row.chance for row in rows] == sorted(row.chance for row in rows)
    assert rows[-1].low >= 0.99
    assert list_promises(estimate(OPEN, GIVEN | {"per_week": 40})) == ()


def test_an_own_default_moves_the_verdict():
    """What counts as kept often enough is the business's to choose."""
    own = OPEN.model_copy(update={"own_defaults": {"complaints.kept_share": 50}})
    assert _verdict(promise=None).id == "staffing-often"
    assert _verdict(own, promise=None).id == "staffing-kept"


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"hours": 0}, {"people": 0.5}, {"weeks": 0}, {"promise": 0}, {"days": ()}],
)
def test_nothing_where_something_is_needed_is_told(wrong):
    """No minutes, no hours or no days is mended before anything is worked out."""
    assert find_problems(GIVEN | wrong) == tuple(wrong)
    assert find_problems(GIVEN) == ()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "odd",
    [
        {"hours": 168, "days": WEEKDAYS}, {"hours": 0.05}, {"per_week": 0}, {"per_week": 1e6},
        {"minutes": 5000}, {"promise": 0.01}, {"promise": 1e6}, {"people": 500},
        {"weeks": 5000}, {"first": "23:59"}, {"arrivals": "any"},
    ],
)  # fmt: skip
def test_odd_answers_get_a_verdict(odd):
    """However odd the numbers, there is an answer and no error."""
    found = estimate(OPEN, GIVEN | odd)
    assert write_verdict(found).what
    assert list_ways(found)


# -- figures -----------------------------------------------------------------------------------


def _case(number, hours=None, seen=SEEN, **more):
    replied = None if hours is None else seen + timedelta(hours=hours)
    told = {"is_answered": hours is not None, "replied_at": replied, "platform": "facebook"} | more
    return Case(key=str(number), seen_at=seen, **told)


def _figures(*cases, plan=OPEN, level=None):
    calendar = calendar_of(plan)
    return measure(cases, calendar, due_by(plan, calendar, level)), calendar


@pytest.mark.parametrize(
    ("case", "due"),
    [
        (_case(1), timedelta(hours=4)),
        (_case(1, severity=1), timedelta(hours=8)),
        (_case(1, severity=3), timedelta(hours=1)),
        (_case(1, stars=1), timedelta(days=7)),
        (_case(1, stars=1, severity=2), timedelta(hours=4)),
    ],
)
def test_a_case_is_held_against_the_promise_of_its_level(case, due):
    """By its level; a review by the days for reviews; anything else as a valid complaint."""
    assert due_by(OPEN, calendar_of(OPEN), None)(case) == SEEN + due


def test_the_level_of_cases_without_one_can_be_chosen():
    """A help desk full of small questions is held against the promise for those."""
    assert due_by(OPEN, calendar_of(OPEN), "S1")(_case(1)) == SEEN + timedelta(hours=8)


def test_figures_are_listed_with_what_they_rest_on():
    """Each row names its figure, its interval, its cases and what it leaves out."""
    figures, calendar = _figures(*(_case(n, n) for n in range(1, 7)), _case(7))
    rows = {row[0]: row[1:] for row in list_measures(figures, calendar)}
    first = rows["Time to the first reply of a person, the middle one"]
    assert first == (
        "3.5 open hours", "1 open hour to 6 open hours", "6 cases. Left out: 1 not answered",
    )  # fmt: skip
    kept = rows["First reply within the promise"]
    assert (kept[0], kept[2]) == ("57 of 100", "4 of 7 cases")
    assert kept[1] == write_between(*proportion_interval(4, 7))
    assert rows["Answered at all"][2] == "6 of 7 cases"
    assert "Reviews with 4 or 5 stars" not in rows
    assert "Reviews with 4 or 5 stars (7 without stars)" in write_missing(figures)


def test_a_summary_names_days_and_number():
    """One day or many, one case or many, the sentence is whole."""
    figures, calendar = _figures(_case(1, 1))
    assert write_summary(figures, calendar, "Zendesk") == (
        "1 case read from Zendesk, of 4 May 2026. 1 case needed an answer."
    )
    later = _case(2, needs_answer=False, seen=SEEN + timedelta(days=28))
    figures, calendar = _figures(_case(1, 1), later)
    assert write_summary(figures, calendar, "your log") == (
        "2 cases read from your log, 4 May 2026 to 1 June 2026: about 0.5 a week. "
        "1 case needed an answer."
    )
    assert write_summary(_figures()[0], calendar, "Zendesk") == "No case was left to count."


def test_advice_follows_from_the_figures():
    """Silence, a broken promise and a cause that comes back are each told with their reason."""
    cases = [_case(n, 20, cause="late delivery") for n in range(4)]
    figures, _ = _figures(*cases, _case(9))
    found = {finding.id: finding for finding in find_advice(figures, OPEN)}
    assert list(found) == ["figures-silence", "figures-promise", "figures-cause"]
    assert found["figures-silence"].what == "No answer at all: 1 case."
    assert "0 of 5 that had to be answered" in found["figures-promise"].because
    assert found["figures-cause"].what == "“late delivery” came up 4 times."
    assert find_advice(_figures(*(_case(n, 1) for n in range(5)))[0], OPEN) == ()


def test_places_have_names():
    """Platforms by their names, channels in words, and what is not named as such."""
    figures, calendar = _figures(
        _case(1, 1), _case(2, 2), _case(3, platform="", channel="email"),
        _case(4, platform="", channel="fax"), _case(5, platform=""),
    )  # fmt: skip
    assert [row[:2] for row in list_places(figures, calendar)] == [
        ("Facebook", "2"), ("Not named", "1"), ("Email", "1"), ("fax", "1"),
    ]  # fmt: skip


def test_the_pause_is_told_either_way():
    """Whether waiting for the customer is taken off stands beside the figures."""
    done = {"resolved_at": SEEN + timedelta(hours=5)}
    assert "do not say" in write_pause(_figures(_case(1, 1, **done))[0])
    assert "in 1 of 1 case" in write_pause(_figures(_case(1, 1, **done, waiting_minutes=5.0))[0])
    assert write_pause(_figures(_case(1, 1))[0]) == ""


# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "is_open", "words"),
    [
        (0.4, False, "less than a minute"), (1, False, "1 minute"), (45, True, "45 minutes"),
        (60, True, "1 open hour"), (90, False, "1.5 hours"), (2820, False, "47 hours"),
        (2880, False, "2 days"), (6000, True, "100 open hours"),
    ],
)  # fmt: skip
def test_lengths_of_time_read_as_people_say_them(minutes, is_open, words):
    """Minutes below an hour, hours below two days, then days; open hours stay hours."""
    assert write_span(minutes, is_open=is_open) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.03, 0.07, "3 to 7 of 100"), (0, 0.04, "at most 4 of 100"),
        (0.9, 1, "at least 90 of 100"), (0.501, 0.504, "50 of 100"),
        (0.999, 1, "more than 99 of 100"), (0, 0.001, "fewer than 1 of 100"),
    ],
)  # fmt: skip
def test_shares_never_claim_none_or_all(low, high, words):
    """No simulation and no sample can tell that something never or always happens."""
    assert write_between(low, high) == words
    assert write_share(0.0) == "fewer than 1 of 100"
