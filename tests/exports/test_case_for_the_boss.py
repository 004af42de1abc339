"""The case for the boss: every number from an answer, and what is not known said to be so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.exports.sample_plans import TODAY, make_finished, make_very_long, make_waiting
from workbook.evidence.survey import place_ids
from workbook.exports.documents import build_document, gather
from workbook.exports.report import Callout, Heading, Table
from workbook.fit.fates import list_named
from workbook.plan import Plan, replace_answer
from workbook.steps.platform_fit.figures import list_gains, look_up

NAME = "case"


def _build(plan):
    return build_document(NAME, gather(plan, TODAY))


def _text(plan):
    return _build(plan).text()


def _change(**answers):
    plan = make_finished()
    for path, value in answers.items():
        plan = replace_answer(plan, path.replace("__", "."), value)
    return plan


@pytest.fixture(scope="module")
def told():
    return _text(make_finished())


def test_its_parts_stand_in_order():
    """Asked for, brought back, stopped, rejected, answered, ended."""
    heads = [block.text for block in _build(make_finished()).blocks if isinstance(block, Heading)]
    assert heads == [
        "What we ask for",
        "What it must bring, and what is likely",
        "What we stop",
        "What was rejected, and why",
        "What a sceptic will say",
        "When we end it",
    ]


def test_what_is_needed_stands_beside_what_is_likely(told):
    """Six hours a week are 77 in ninety days, at 30 so 2,310; at 90 an enquiry 26 of them."""
    assert "77 hours" in told
    assert "26 enquiries in 90 days pay for it: 2,310 for all of it" in told
    assert "The review counted 33 in the 92 days up to 31 December 2026." in told
    assert "the next 90 days will most likely bring 23 to 43 (80 in 100 cases)" in told
    assert "It may or may not pay for itself" in told
    assert "about 47 in 90 days. That pays for it." in told
    assert "An example, not our numbers." not in told


@pytest.mark.parametrize(
    ("worth", "words"),
    [("200", "Even the low end of that range pays for it."), ("40", "it does not pay for itself")],
)
def test_the_verdict_follows_from_the_numbers(worth, words):
    """A dear enquiry makes it safe, a cheap one too few."""
    assert words in _text(_change(measurement__lead_worth=Decimal(worth)))


def test_without_a_price_it_names_the_missing_answer():
    """No sum is invented: the question stands there, and an example in hours is called one."""
    text = _text(_change(measurement__hour_cost=None, measurement__lead_worth="unknown"))
    assert "How many enquiries pay for it cannot be said yet." in text
    assert "What does an hour of this work cost the business? Ask whoever does the books" in text
    assert "What is one enquiry worth to you, on average? Take the last ten enquiries" in text
    assert "An example, not our numbers." in text
    assert "5 hours of this work\t16" in text
    assert "pay for it:" not in text


def test_without_hours_it_asks_for_those_that_the_plan_needs():
    """No hours at all are no gift: the plan takes some, and the case says which."""
    text = _text(_change(start__hours_per_week=0))
    assert "Hours a week that the plan needs, for everybody together\t4 h 55 min\t63 hours" in text
    assert "0 enquiries" not in text


def test_what_costs_no_money_needs_no_enquiry():
    """Hours that cost nothing and no spending: nothing has to be paid back, and no end by it."""
    text = _text(_change(measurement__hour_cost=Decimal(0), measurement__spend=Decimal(0)))
    assert "It costs no money so far, so no enquiry has to pay for it." in text
    assert "0 enquiries" not in text
    assert "An example, not our numbers." not in text


def test_a_slip_of_the_keyboard_is_told_and_not_built_on():
    """A count that the review does not judge makes no case; the next one known does."""
    text = _text(_change(review__readings__rd01__count=30_000))
    assert "A count of 30,000 enquiries looks like a slip of the keyboard." in text
    assert "30,000 in the" not in text


def test_other_spending_that_nobody_added_up_makes_it_the_least():
    """The sum says that something is missing from it."""
    text = _text(_change(measurement__spend=None))
    assert "All together, without what nobody has added up" in text
    assert "That is the least" in text


def test_without_a_count_the_likely_number_stays_open():
    """Nothing was ever counted: it says so, and how to find out."""
    plan = Plan.model_validate({"start": {"hours_per_week": 4}})
    assert "How many are likely is not known" in _text(plan)
    assert "Tally four weeks of “How did you find us?”" in _text(plan)


def test_places_are_rejected_by_the_answers_of_the_plan(told):
    """A place that serves nothing, with the hours it would take."""
    assert "Instagram\tIt serves nothing that we want. It would take 2 h 45 min a week" in told
    assert "and the plan leaves 1 h 5 min." in told
    assert "Facebook\t" not in told


def test_places_that_the_reckoning_looked_at_are_rejected_with_a_reason():
    """Whoever the people wanted use stands there, with how many more it would reach."""
    plan = make_finished()
    text = _text(plan)
    found = look_up(plan)
    ids, named = place_ids(), list_named(plan)
    missed = [g.place for g in list_gains(found) if g.reach.high > 0 and ids[g.place] not in named]
    assert missed
    for place in missed[:3]:
        assert f"{place}\t" in text
    assert "in 100 of the people we want, beside those we reach already." in text


def test_what_stops_stands_with_its_day():
    """A parked account, and what the review stops."""
    fates = [{"id": "acc2", "action": "park", "due": "2027-02-01"}]
    stop = {"id": "dc09", "choice": "stop", "what": "Posting on Sundays"}
    plan = make_finished()
    fit = {**plan.platform_fit.model_dump(mode="json"), "fates": fates}
    review = {**plan.review.model_dump(mode="json"), "decisions": [stop]}
    text = _text(Plan.model_validate({**plan.model_dump(mode="json"), "platform_fit": fit,
                                      "review": review}))  # fmt: skip
    assert "is parked, by 1 February 2027." in text
    assert "Posting on Sundays" in text


def test_objections_are_answered_from_the_plan(told):
    """The number that is counted, the hours that fit, and who answers when it turns."""
    assert "We count “Enquiries from social media, each month”: from 6 to 16" in told
    assert "There are 6 hours a week, and the plan needs 4 h 55 min. It fits." in told
    promised = "annoyance is answered within 1 business day, a valid complaint within 4 open hours."
    assert promised in told
    sheet = build_document("one_page", gather(make_finished(), TODAY)).text()
    assert "an annoyance within 1 business day\nA valid complaint within 4 open hours" in sheet


def test_an_objection_without_an_answer_says_where_it_comes_from():
    """An empty plan has no answer, and names the page of each."""
    text = _text(Plan())
    for page in ("Why, and goals", "Time", "Complaints"):
        assert f"The plan has no answer to this yet. It comes from the page “{page}”." in text


def test_it_ends_at_a_number_and_on_a_day():
    """The first goal to fall due, with what the plan does then and the number that pays."""
    (end,) = [b for b in _build(make_finished()).blocks if isinstance(b, Callout)]
    assert end.kind == "decision"
    assert end.title == "On 31 July 2027 it is decided"
    text = _text(make_finished())
    assert "The number: 16 enquiries a month" in text
    assert "the plan says: Look whether people reach the page at all" in text
    assert "Fewer than 26 enquiries in 90 days do not pay for it." in text


@pytest.mark.parametrize("goals", [(), ({"id": "goal1", "wish": "More people"},)])
def test_without_a_number_or_a_day_the_end_is_open(goals):
    """No goal, or one without a target: no end is made up."""
    plan = Plan.model_validate({"start": {"name": "Example"}, "goals": {"goals": list(goals)}})
    assert "There is no number and no day yet at which we end it" in _text(plan)


@pytest.mark.thorough
def test_a_very_long_plan_still_fits_two_pages_of_words():
    """Long answers are cut, like goals are told once, and tables stay short."""
    report = _build(make_very_long())
    assert len(report.text()) < 6_000
    assert all(len(b.rows) <= 6 for b in report.blocks if isinstance(b, Table))


def test_doing_without_is_a_case_of_its_own():
    """What is done instead, and when it is looked at again; no hours are asked for."""
    text = _text(make_waiting())
    assert "This is the case for doing without social media for now." in text
    assert "Phone ten past clients each month" in text
    assert "30 June 2027" in text
    assert "What we ask for" not in text
