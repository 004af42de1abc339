"""A case from end to end: outcome, severity, people, clock, draft and problems."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.complaint.sample_plan import CALM, make_answers, make_plan
from workbook.complaint.case import Case, handle, read_case, write_pattern
from workbook.complaint.problems import list_problems
from workbook.errors import CaseUnreadable
from workbook.plan import Plan

FRIDAY = "2026-05-08T17:50:00+02:00"
RESTORE = make_answers("nnyynyy")


def _case(**changes):
    base = {"answers": RESTORE, "severity": CALM, "seen_at": FRIDAY, "platform": "facebook"}
    return Case(**{**base, **changes})


def _problems(case, plan=None):
    plan = plan or make_plan()
    return [problem.id for problem in list_problems(plan, case, handle(plan, case))]


def test_a_full_case_has_no_problem():
    """Outcome, level, owner, clock and deadline, and nothing to say about them."""
    found = handle(make_plan(), _case())
    assert found.outcome.id == "restore"
    assert found.level == "S1"
    assert found.owner == "Office manager"
    assert found.promise.minutes == 540
    assert found.deadline.isoformat() == "2026-05-11T17:50:00+02:00"
    assert _problems(_case()) == []


@pytest.mark.parametrize(
    ("scores", "letters", "wanted", "deadline"),
    [
        ({}, "nnyynyy", ("S1", 540, "Office manager"), "2026-05-11T17:50:00+02:00"),
        (
            {"fault": 2, "repeat": 1},
            "nnyynyy",
            ("S2", 240, "Office manager, Workshop lead"),
            "2026-05-11T12:50:00+02:00",
        ),
        (
            {"fault": 2, "reach": 2, "speed": 2},
            "nnyynyy",
            ("S3", 60, "Managing director, Head of sales"),
            "2026-05-08T18:50:00+02:00",
        ),
        (
            {"safety": 2},
            "nnyynyy",
            ("S4", 60, "The owner, Shift leader"),
            "2026-05-08T18:50:00+02:00",
        ),
        (
            {"legal": 2},
            "nnyynyy",
            ("S4", 60, "The owner, Legal line"),
            "2026-05-08T18:50:00+02:00",
        ),
        ({}, "y", ("S4", 60, "The owner, Shift leader"), "2026-05-08T18:50:00+02:00"),
        ({}, "ny", ("S3", 60, "The owner, Legal line"), "2026-05-08T18:50:00+02:00"),
        ({}, "nnyynyn", ("S1", 540, "Office manager, Workshop lead"), "2026-05-11T17:50:00+02:00"),
    ],
)
def test_level_people_and_clock_follow_from_the_case(scores, letters, wanted, deadline):
    """Annoyances wait for opening hours, grave cases do not, and each level has its people."""
    case = _case(answers=make_answers(letters), severity={**CALM, **scores})
    found = handle(make_plan(), case)
    assert (found.level, found.promise.minutes, found.owner) == wanted
    assert found.deadline.isoformat() == deadline


@pytest.mark.parametrize("grave", [{"legal": 2}, {"fault": 2, "reach": 2, "speed": 2}])
def test_a_true_complaint_that_became_grave_gets_the_approved_line_only(grave):
    """Nothing is admitted or promised in public before the people for that level agree."""
    case = _case(severity={**CALM, **grave})
    found = handle(make_plan(), case)
    assert found.draft.template == "holding"
    assert write_pattern(found).startswith("First the approved line")
    silent = handle(make_plan(holding_line=None), case)
    assert silent.draft is None
    told = list_problems(make_plan(holding_line=None), case, silent)
    assert "line-missing" in [problem.id for problem in told]


def test_grave_cases_may_wait_for_the_door_to_open():
    """Where nobody can be reached at night, the minutes begin when the business opens."""
    case = _case(severity={**CALM, "safety": 2})
    found = handle(make_plan(urgent="open"), case)
    assert found.deadline.isoformat() == "2026-05-11T09:50:00+02:00"


def test_the_deadline_is_in_the_time_of_the_business():
    """A post seen in New York is due where the business is."""
    found = handle(make_plan(), _case(seen_at="2026-05-08T11:50:00-04:00"))
    assert found.deadline.isoformat() == "2026-05-11T17:50:00+02:00"
    assert handle(make_plan(), _case(seen_at="2026-05-08T15:50:00Z")).deadline == found.deadline


@pytest.mark.parametrize(
    ("changes", "plan", "problems"),
    [
        ({"answers": make_answers("nnyynn")}, {}, ["answer-missing"]),
        ({"answers": {**RESTORE, "n6": "no"}}, {}, ["answer-unclear"]),
        ({"answers": {**RESTORE, "n11": True}}, {}, ["unknown-answer"]),
        ({"severity": {**CALM, "fault": None}}, {}, ["score-missing"]),
        ({"severity": {**CALM, "fault": 3}}, {}, ["score-unclear"]),
        ({"severity": {**CALM, "mood": 1}}, {}, ["unknown-score"]),
        ({"unknown": ("platfrom",)}, {}, ["unknown-entry"]),
        ({"seen_at": ""}, {}, ["moment-missing"]),
        ({"seen_at": "yesterday"}, {}, ["moment-unclear"]),
        ({"seen_at": "0001-01-01T00:00:00+02:00"}, {}, ["moment-unclear"]),
        ({"seen_at": "9999-12-31T23:59:59-14:00"}, {}, ["moment-unclear"]),
        ({"seen_at": "2026-05-08T17:50:00"}, {}, ["moment-bare"]),
        ({"platform": ""}, {}, ["place-missing"]),
        ({"platform": "myspace"}, {}, ["place-unknown"]),
        ({"text": "Call me on 0151 2345 6789"}, {}, ["personal"]),
        ({}, {"zone": None}, ["zone-missing"]),
        ({}, {"hours": []}, ["hours-missing"]),
        ({}, {"page_owner": None}, ["nobody"]),
        ({}, {"page_owner": "unknown"}, ["nobody"]),
        ({"answers": make_answers("y")}, {"holding_line": None}, ["line-missing"]),
        ({}, {"channel": "messenger"}, ["window"]),
        ({}, {"channel": "messenger", "weekend": "duty"}, []),
        ({}, {"first_s1": 5000}, ["deadline-far"]),
    ],
)
def test_what_is_missing_is_named(changes, plan, problems):
    """One thing is missing or wrong, and just that is told."""
    assert _problems(_case(**changes), make_plan(**plan)) == problems


def test_a_missing_answer_is_named_by_its_id():
    """Whoever reads only the problems knows which question to answer."""
    plan, case = make_plan(), _case(answers=make_answers("nnyynn"))
    (problem,) = list_problems(plan, case, handle(plan, case))
    assert problem.text.startswith("n8 is not answered.")


def test_without_an_outcome_nothing_follows():
    """A way that stops half way gives no level, no owner, no deadline and no draft."""
    found = handle(make_plan(), _case(answers=make_answers("nn")))
    assert (found.outcome, found.level, found.promise, found.deadline, found.draft) == (None,) * 5
    assert found.owner == ""


def test_the_window_is_no_trap_early_in_the_week():
    """On a Monday morning the next closed time is one night, and nothing is told."""
    case = _case(seen_at="2026-05-11T09:00:00+02:00")
    assert _problems(case, make_plan(channel="messenger")) == []


def test_holidays_make_a_trap_of_any_day():
    """Before a long break, even a Wednesday has a closed time longer than a day."""
    closed = [{"id": "cl01", "first": "2026-05-14", "last": "2026-05-15"}]
    case = _case(seen_at="2026-05-13T17:00:00+02:00")
    assert _problems(case, make_plan(channel="whatsapp", closed=closed)) == ["window"]


def test_the_draft_promises_what_the_clock_says():
    """The next word to the customer is due no earlier than the first answer."""
    found = handle(make_plan(), _case())
    assert "Monday 11 May, 17:50" in found.draft.text


# -- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[1]", "no JSON object"),
        (b"null", "no JSON object"),
        (b"[" * 200_000, "no JSON"),
        (b'{"answers":' + b'{"a":' * 100_000, "no JSON"),
        (b'{"seen_at": ' + b"9" * 5000 + b"}", "no JSON"),
        (b'{"text": "' + b"x" * 2_000_001 + b'"}', "larger than 2 MB"),
        (b'{"answers": [true]}', "answers"),
        (b'{"severity": 4}', "severity"),
        (b'{"text": {"a": 1}}', "text"),
        (b'{"seen_at": 5}', "seen_at"),
        (b'{"review": "yes"}', "review"),
    ],
)
def test_what_is_no_case_is_refused_in_words(raw, reason):
    """Damaged, huge and hostile files end in one sentence that says why."""
    with pytest.raises(CaseUnreadable, match=reason):
        read_case(raw)


def test_a_case_is_read_as_it_is_given():
    """Answers, scores and words; a mark at the beginning and control signs do no harm."""
    raw = '\ufeff{"answers": {"n1": true}, "text": "a\\u0000b\\ud800 😀 السلام", "extra": 1}'
    case = read_case(raw.encode())
    assert case.answers == {"n1": True}
    assert case.text == "ab 😀 السلام"
    assert case.unknown == ("extra",)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)
_ENTRIES = st.dictionaries(
    st.sampled_from(["answers", "severity", "seen_at", "platform", "text", "name", "x"]), _JSON
)


@settings(max_examples=60)
@given(_ENTRIES, st.sampled_from([Plan(), make_plan()]))
def test_any_json_is_handled_or_refused(entries, plan):
    """Whatever stands in a file, it comes to problems or to one refusal."""
    try:
        case = read_case(json.dumps(entries).encode())
    except CaseUnreadable:
        return
    found = handle(plan, case)
    for problem in list_problems(plan, case, found):
        assert problem.text
