"""The finished example: real figures, honest about what is made up, and true in its diagnosis."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from workbook.checks import Severity, Status, measure_progress, run
from workbook.comparison import compare_plans
from workbook.content import load_steps
from workbook.discovery import root
from workbook.plan import read_answer, step_names, walk_answers
from workbook.steps.diagnosis.causes import rank
from workbook.steps.review.answers import Choice
from workbook.storage.example import DEMO, read_demo
from workbook.storage.plan_file import read_plan_file, write_plan_file
from workbook.storage.versions import make_version
from workbook.translating import find_languages

ROOT = Path(str(root())).parent
RAW = Path(str(root())).joinpath(DEMO).read_bytes()
FILE = read_plan_file(RAW, name=DEMO, limit_mb=2)
DAY = FILE.saved_at.date()

_NAMES = """
02fe459a8dd8137f 131ce8db34feb27e 1c78e9f545e672e4 37a068536b430cf7 4aee3c64ca5d1261
514c7f7f3b173d16 6d71fd00557c6507 7f0d4a52fc5503f1 bb33f80f2e9ede5b c38894a1226ee580
d106a78ab9742a1a dfc29e0f0f38426b eed910a62d9019aa f4df3bd6219fddb7
"""
"""Digests of the words in the company's reports that name it or its places, and a planted one."""


def _list_texts(value: object) -> list[str]:
    """Every text in a JSON document."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _list_texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _list_texts(inner)]
    return [value] if isinstance(value, str) else []


def _find_names(words: set[str]) -> list[str]:
    """The words among these that are not to be used."""
    digests = {sha256(word.encode()).hexdigest()[:16]: word for word in words}
    return [digests[name] for name in _NAMES.split() if name in digests]


SAID = " ".join(_list_texts(json.loads(RAW)))


def test_the_file_is_what_the_workbook_itself_would_write():
    """Opened and saved again, it is the same byte for byte."""
    assert write_plan_file(FILE) == RAW


@pytest.mark.parametrize(
    "figure",
    [
        "from 1 January to 30 October 2025, 15 of the website",
        "7,262 sessions came from organic social, and no key event was configured",
        "536 views by 248 active users from 1 January to 30 October 2025",
    ],
)
def test_the_real_figures_are_in_it(figure):
    """What the company's own reports count stands in the answers, with its period."""
    assert figure in SAID


def test_it_says_what_is_made_up():
    """Nobody takes the hours, accounts and goal of the example for those of a real company."""
    assert FILE.plan.start.name == "A plumbing company (example)"
    assert "everything else is made up for illustration" in FILE.plan.start.sells
    for answer in (FILE.plan.start.who, FILE.plan.start.area, FILE.plan.goals.aim):
        assert "for illustration" in answer.lower()


def test_its_addresses_belong_to_nobody():
    """The website is a reserved example address, and nobody's account is named."""
    assert FILE.plan.start.website == "https://www.example.com"
    assert {account.handle for account in FILE.plan.start.accounts} == {"@exampleplumbing"}


def test_not_tracked_is_the_first_cause():
    """No key event was ever configured, so what comes of it cannot be known: that is the truth."""
    top = [cause.id for cause in rank(FILE.plan)]
    assert top[0] == "not-tracked"
    assert len(top) == 3


def test_it_is_finished():
    """No decision is open, and every step is completed."""
    findings = run(FILE.plan, DAY, unclear=FILE.unclear)
    assert [f.id for f in findings if f.severity is Severity.BLOCK] == []
    for step in load_steps():
        assert measure_progress(FILE.plan, step).status is Status.COMPLETED, step.id


def test_its_review_counts_nothing_that_nobody_counted():
    """It looks back on the days of the real figures, and no enquiry was counted in them."""
    review, (numbers,) = FILE.plan.review, FILE.plan.measurement.numbers
    assert (review.first, review.last) == (numbers.first, numbers.last)
    assert {reading.count for reading in review.readings} == {"unknown"}
    assert {decision.choice for decision in review.decisions} == set(Choice)
    assert {f.id for f in run(FILE.plan, DAY) if f.step == "review"} == {"nothing-counted"}


def test_it_has_a_version_to_compare_with():
    """The plan before the review is kept by name; what differs is the review alone."""
    file = read_demo(DAY + timedelta(days=400))
    (version,) = file.versions
    found = compare_plans(version.plan, file.plan)
    assert {each.step for each in found} == {"review"}
    make_version(file, file.plan.review.next_name, file.saved_at)


@pytest.mark.parametrize("language", find_languages()[1:])
def test_it_is_the_same_in_each_language(language):
    """Its texts are translated, its figures and choices are the same, and so is what is found."""
    ours, theirs = read_demo(DAY), read_demo(DAY, language)
    assert theirs.plan.start.name != ours.plan.start.name
    assert [f.id for f in run(theirs.plan, DAY)] == [f.id for f in run(ours.plan, DAY)]
    left = ("date", "float", "bool", "Decimal", "int")
    for path, value in _list_answers(ours.plan):
        if type(value).__name__ in left:
            assert read_answer(theirs.plan, path) == value, path
    for figure in ("15", "536", "248"):
        assert figure in theirs.plan.goals.whys[0].reason + theirs.plan.goals.goals[0].page


def _list_answers(plan):
    """Every answer of a plan with its path."""
    steps = ((name, getattr(plan, name)) for name in step_names())
    return [pair for name, step in steps for pair in walk_answers(step, name)]


def test_its_goal_is_provisional():
    """Leads from social media are unknown, so the goal begins with four weeks of counting."""
    assert "goal-provisional" in {f.id for f in run(FILE.plan, DAY)}


@pytest.mark.parametrize("days", [0, 30, 45, 46, 134, 135, 400, 4000])
def test_it_stays_finished_as_time_goes_by(days):
    """Whoever opens the example later finds a goal that lies ahead, not one long past."""
    today = DAY + timedelta(days=days)
    plan = read_demo(today).plan
    assert [f.id for f in run(plan, today) if f.severity is Severity.BLOCK] == []
    assert 90 <= (plan.goals.goals[0].due - today).days <= 365


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2027, 1, 1), date(2027, 6, 30)),
        (date(2027, 9, 1), date(2027, 12, 31)),
        (date(2027, 10, 3), date(2028, 3, 31)),
    ],
)
def test_a_date_that_would_be_too_near_moves_to_the_end_of_a_quarter(today, due):
    """At least ninety days ahead, on a day a business would choose."""
    assert read_demo(today).plan.goals.goals[0].due == due


def test_the_company_is_never_named():
    """Neither its name nor its places stand anywhere in the repository."""
    folders = ["workbook", "notebooks", "tests", "binder", ".ci"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    words: set[str] = set()
    for path in files:
        if "__pycache__" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace").lower()
            words.update(re.findall(r"[a-z0-9]{3,}", text))
    assert len(words) > 1000
    assert _find_names(words) == []


def test_the_guard_finds_a_name():
    """The test above can fail: a word whose digest is listed is found."""
    assert _find_names({"nothing", "planted" + "name"}) == ["planted" + "name"]
