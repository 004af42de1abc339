"""Time: a plan that does not fit is cut or signed, and the blocks are held against it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exports.sample_plans import IN_FULL, TODAY, make_finished
from workbook.checks import Severity, run
from workbook.content import explain_problem, find_question
from workbook.exports.documents import gather, strategy
from workbook.exports.report import Figure
from workbook.plan import Plan, annotation_of
from workbook.steps.time import report
from workbook.values import Problem, read

DAY = date(2027, 1, 15)
SIGNED = {"exception": "The trainee helps until April.", "exception_by": "The owner"}


def _plan(hours=2.0, time=None, **parts):
    fit = {"first": "facebook", **parts.pop("platform_fit", {})}
    start = {"hours_per_week": hours, **parts.pop("start", {})}
    return Plan.model_validate({
        "start": start, "goals": {"decision": "use"}, "platform_fit": fit,
        "time": time or {}, **parts,
    })  # fmt: skip


def _ids(plan, severity=None):
    found = run(plan, DAY)
    return [f.id for f in found if severity in (None, f.severity)]


HOURS = {"plan-over-hours", "chosen-over-hours", "time-exception-half-signed",
         "hours-too-few", "hours-too-few-for-one"}  # fmt: skip


@pytest.mark.parametrize(
    ("route", "time", "finding"),
    [
        ("full", {}, "chosen-over-hours"),
        ("full", {"owner": "The owner"}, "plan-over-hours"),
        ("full", {"exception": "We try."}, "time-exception-half-signed"),
        ("full", {"exception_by": "The owner"}, "time-exception-half-signed"),
        ("full", SIGNED, None),
        ("short", {}, "chosen-over-hours"),
        ("short", {"owner": "The owner"}, "chosen-over-hours"),
        ("short", SIGNED, None),
    ],
)
def test_missing_hours_are_told_once(route, time, finding):
    """On one page at a time, and on none once somebody signed; the short route keeps its own."""
    plan = _plan(time=time, start={"route": route})
    assert [i for i in _ids(plan, Severity.BLOCK) if i in HOURS] == ([finding] if finding else [])


def test_a_plan_that_only_the_base_makes_too_long_is_told():
    """The places alone fit, and the week does not."""
    accounts = [{"id": "ac01", "platform": "google_business", "last_posted": "month"}]
    plan = _plan(4.5, start={"accounts": accounts})
    assert [i for i in _ids(plan) if i in HOURS] == ["plan-over-hours"]


def test_the_finding_names_hours_needed_and_a_way():
    """“You have 2 hours, and the plan needs …”, with cuts that are one press away."""
    further = [{"id": "fu01", "platform": "linkedin"}]
    plan = _plan(4.5, time={"owner": "The owner"}, platform_fit={"further": further})
    (finding,) = [f for f in run(plan, DAY) if f.id == "plan-over-hours"]
    assert finding.what == "You have 4 h 30 min a week, and the plan needs 5 h 40 min."
    assert "LinkedIn 1 h 25 min" in finding.because
    assert finding.do.startswith("One cut makes it fit: leave LinkedIn.")
    assert [offer.label for offer in finding.offers] == ["Leave LinkedIn"]


@pytest.mark.parametrize(
    ("path", "raw", "told"),
    [
        ("start.hours_per_week", "200", "at most 168 hours"),
        ("start.hours_per_week", "1e9", "in hours, such as 1.5"),
        ("start.hours_per_week", "-3", "without a minus sign"),
        ("time.blocks.bl01.minutes", "1441", "a number up to 1,440"),
        ("time.blocks.bl01.minutes", "-5", "without a minus sign"),
        ("time.blocks.bl01.at", "25:00", "a time of day"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_to_mend_it(path, raw, told):
    """A week has 168 hours, a day 1,440 minutes, and none of them is negative."""
    problem = read(annotation_of(path), raw)
    assert isinstance(problem, Problem)
    assert told in explain_problem(problem, find_question(path))


def test_four_hundred_blocks_bring_no_four_hundred_findings():
    """A file may hold what no page would add; the findings stay few."""
    blocks = [
        {"id": f"b{n:05}", "task": "answer", "purpose": "service", "day": "every_day",
         "at": f"{n % 24:02}:{n % 60:02}", "minutes": 60}
        for n in range(400)
    ]  # fmt: skip
    plan = _plan(40, time={"owner": "The owner", "blocks": blocks})
    found = [f for f in run(plan, DAY) if f.step == "time"]
    assert {"blocks-overlap", "blocks-over-hours", "day-over-24-hours"} <= {f.id for f in found}
    assert len(found) < 20
    many = [f.what for f in found if f.id == "blocks-overlap"]
    assert len(many) == 3
    assert "more times" in many[-1]


@pytest.mark.parametrize(
    ("opens", "closes", "at", "is_night"),
    [("18:00", "02:00", "23:00", False), ("18:00", "02:00", "00:30", False),
     ("09:00", "17:00", "23:00", True), (None, None, "05:30", True), (None, None, "06:00", False)],
)  # fmt: skip
def test_a_bar_may_work_at_night(opens, closes, at, is_night):
    """What lies within the hours of the business is no night, past midnight too."""
    week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    hours = [{"id": "hr01", "days": week, "opens": opens, "closes": closes}]
    block = {"id": "bl01", "task": "answer", "purpose": "service", "day": "monday", "at": at,
             "minutes": 20}  # fmt: skip
    plan = _plan(9, time={"blocks": [block]}, complaints={"hours": hours})
    assert ("block-at-night" in _ids(plan)) is is_night


def test_nothing_is_found_while_all_waits():
    """Old blocks are no fault of a plan without social media."""
    block = {"id": "bl01", "task": "make", "day": "monday", "at": "23:00", "minutes": 0}
    plan = _plan(1, time={"blocks": [block]}, goals={"decision": "not_now"})
    assert [f.id for f in run(plan, DAY) if f.step == "time"] == []


# -- documents ------------------------------------------------------------------------------------


def _text(plan):
    lines = strategy.list_lines(gather(plan, TODAY, switches=IN_FULL))
    return "\n".join(line.text for line in lines if line.step == "time")


def _figure(plan):
    body = report.contribute(gather(plan, TODAY)).body
    (figure,) = [s.block for s in body if isinstance(s.block, Figure)]
    return figure


def test_documents_hold_the_hours_of_the_page():
    """The gap, what takes it, the blocks, what each purpose is judged by, and a week off."""
    text = _text(make_finished())
    assert "You have 6 hours a week, and the plan needs 4 h 55 min. It fits." in text
    assert "Facebook" in text
    assert _figure(make_finished()).table.rows[0][0] == "Monday to Friday, 08:30 to 08:45"
    assert "judged by referrals" in text
    assert "The master plumber answers" in text


def test_an_exception_stands_in_documents_with_its_name():
    """Among the decisions, and where the hours are told; a long reason is cut."""
    time = {"exception": "The trainee helps. " * 900, "exception_by": "The owner"}
    part = report.contribute(gather(_plan(time=time), TODAY))
    assert any("although 2 h 15 min a week are missing" in d.what for d in part.decisions)
    assert max(len(d.because) for d in part.decisions) < 400
    assert "The owner stands by the missing hours" in _text(_plan(time=time))


def test_many_blocks_keep_the_part_short():
    """The table names some, and how many more there are."""
    blocks = [{"id": f"b{n:05}", "task": "make", "day": "monday", "at": "09:00", "minutes": 5}
              for n in range(200)]  # fmt: skip
    plan = _plan(9, time={"blocks": blocks})
    rows = _figure(plan).table.rows
    assert (len(rows), rows[-1][0]) == (15, "and 186 more")
    assert len(_text(plan)) < 6000
