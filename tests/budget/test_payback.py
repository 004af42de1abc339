"""What hours cost and how many enquiries pay for them: every figure from an answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.budget.payback import Origin, Reached, Standing, reach_by_goal, reckon_payback
from workbook.evidence.intervals import forecast_count
from workbook.plan import Plan
from workbook.steps.review.verdicts import judge

TODAY = date(2027, 1, 15)
QUARTER = {"first": "2026-10-01", "last": "2026-12-31"}


def _plan(hours=4, leads=(), goals=(), readings=(), **money):
    numbers = [
        {"id": f"nm0{n}", "platform": platform, "leads": count, **QUARTER}
        for n, (platform, count) in enumerate(leads)
    ]
    return Plan.model_validate(
        {
            "start": {"hours_per_week": hours},
            "goals": {"goals": list(goals)},
            "measurement": {"numbers": numbers, **money},
            "review": {"readings": list(readings), **QUARTER} if readings else {},
        }
    )


def _goal(baseline, metric="leads_per_month", **more):
    return {"id": "go01", "metric": metric, "baseline": baseline, **more}


def test_nothing_is_reckoned_from_nothing():
    """Of an empty plan there is no sum, no needed number and no likely one."""
    payback = reckon_payback(Plan(), TODAY)
    assert payback.days == 90
    found = (payback.all_hours, payback.money, payback.needed, payback.likely, payback.standing)
    assert found == (None,) * 5
    assert payback.need_if(5) is None


def test_hours_and_spending_make_the_sum():
    """Four hours a week, 51 in ninety days, at 35, and a hundred a month besides."""
    payback = reckon_payback(_plan(hour_cost=35, spend=100, lead_worth=90), TODAY)
    assert payback.hours_money == 51 * 35
    assert payback.spend_money == 296
    assert payback.money == 51 * 35 + 296
    assert payback.needed == 24


@pytest.mark.parametrize("missing", ["hour_cost", "lead_worth"])
@pytest.mark.parametrize("answer", [None, "unknown"])
def test_without_a_price_there_is_no_number(missing, answer):
    """Not said and not known leave the number open; the hours alone can still be told."""
    money = {"hour_cost": 35, "lead_worth": 90, missing: answer}
    payback = reckon_payback(_plan(**money), TODAY)
    assert payback.needed is None
    assert payback.standing is None
    assert payback.need_if(5) == 11


def test_an_enquiry_worth_nothing_never_pays():
    """There is no number of them that would do."""
    assert reckon_payback(_plan(hour_cost=35, lead_worth=0), TODAY).needed is None


@settings(max_examples=25, deadline=None)
@given(
    hours=st.integers(1, 60),
    cost=st.integers(1, 200),
    worth=st.decimals("0.5", 5000, places=2),
)
def test_the_needed_number_is_the_fewest_that_pay(hours, cost, worth):
    """So many enquiries bring back the sum, and one fewer does not."""
    payback = reckon_payback(_plan(hours, hour_cost=cost, lead_worth=worth), TODAY)
    assert payback.needed * payback.lead_worth >= payback.money
    assert (payback.needed - 1) * payback.lead_worth < payback.money


def test_what_is_likely_comes_from_the_latest_count():
    """A review's count comes before numbers of places, and those before the goal's start."""
    goals = [_goal(6)]
    from_goal = reckon_payback(_plan(goals=goals), TODAY).likely
    assert (from_goal.origin, from_goal.count) == (Origin.GOAL, 6)
    leads = [("facebook", 7), ("linkedin", 1)]
    counted = reckon_payback(_plan(goals=goals, leads=leads), TODAY).likely
    assert (counted.origin, counted.count, counted.days) == (Origin.COUNTED, 8, 92)
    readings = [{"id": "rd01", "goal": "go01", "count": 33}]
    review = reckon_payback(_plan(goals=goals, leads=leads, readings=readings), TODAY).likely
    assert (review.origin, review.count, review.days) == (Origin.REVIEW, 33, 92)


def test_the_range_is_the_forecast_for_the_days_ahead():
    """Ninety days after ninety-two, in eight of ten cases unless the business says otherwise."""
    likely = reckon_payback(_plan(leads=[("facebook", 8)]), TODAY).likely
    assert (likely.low, likely.high) == forecast_count(8, exposure_ratio=90 / 92, share=0.8)


def test_a_place_that_was_not_counted_all_the_time_is_not_added():
    """One place for a quarter, the other for a month of it: only what both have is added up."""
    plan = _plan(leads=[("facebook", 7)])
    month = {"id": "nm09", "platform": "linkedin", "leads": 2, "first": "2026-12-01",
             "last": "2026-12-31"}  # fmt: skip
    numbers = [*plan.measurement.model_dump(mode="json")["numbers"], month]
    mixed = Plan.model_validate({"measurement": {"numbers": numbers}})
    likely = reckon_payback(mixed, TODAY).likely
    assert (likely.count, likely.days) == (2, 31)


@pytest.mark.parametrize(
    ("worth", "standing"),
    [(600, Standing.SAFE), (200, Standing.OPEN), (50, Standing.SHORT)],
)
def test_the_needed_number_is_held_against_the_likely_range(worth, standing):
    """Below the range it is safe, within it open, above it too many."""
    plan = _plan(leads=[("facebook", 8)], hour_cost=35, lead_worth=worth)
    assert reckon_payback(plan, TODAY).standing is standing


def test_only_goals_that_count_enquiries_reach_a_number_of_them():
    """Eight a month are 23.66 in ninety days; a share of visits is no number of enquiries."""
    goals = _plan(goals=[_goal(2, target=8), _goal(1, "contact_use", id="go02", target=9)]).goals
    assert [reach_by_goal(goal, 90) for goal in goals.goals] == [
        pytest.approx(23.66, abs=0.01),
        None,
    ]


@settings(max_examples=25, deadline=None)
@given(target=st.integers(1, 40), worth=st.integers(1, 400), cost=st.integers(1, 80))
def test_rounding_never_turns_the_verdict_of_a_goal(target, worth, cost):
    """It pays just where the mean times the worth brings the sum, whatever is shown of it."""
    plan = _plan(hour_cost=cost, lead_worth=worth, goals=[_goal(2, target=target)])
    payback, reached = reckon_payback(plan, TODAY), reach_by_goal(plan.goals.goals[0], 90)
    verdict = payback.reach(reached)
    assert (verdict in (Reached.PAYS, Reached.JUST_PAYS)) == (reached * worth >= payback.money)
    seems = round(reached) >= payback.needed
    assert (verdict in (Reached.PAYS, Reached.JUST_MISSES)) == seems


def test_the_hours_that_are_shown_make_the_sum():
    """3.3 hours a week are shown as 42 in ninety days, and 42 at 35 are 1,470."""
    payback = reckon_payback(_plan(3.3, hour_cost=35), TODAY)
    assert (payback.all_hours, payback.money) == (42, 1470)


def test_without_hours_the_plan_needs_some_or_nothing_is_asked():
    """Of a plan with no place and no hours nothing is asked, so that nothing has to pay."""
    payback = reckon_payback(_plan(0, hour_cost=35, lead_worth=90), TODAY)
    assert (payback.all_hours, payback.money, payback.needed) == (0, 0, None)
    assert payback.reach(24.0) is None


def test_the_count_that_ends_last_is_taken():
    """A review of last year gives way to the numbers of this month."""
    readings = [{"id": "rd01", "goal": "go01", "count": 10, "first": "2026-01-01",
                 "last": "2026-10-31"}]  # fmt: skip
    plan = _plan(goals=[_goal(6)], leads=[("facebook", 50)], readings=readings)
    likely = reckon_payback(plan, TODAY).likely
    assert (likely.origin, likely.count) == (Origin.COUNTED, 50)
    assert likely.last == date(2026, 12, 31)


def test_of_several_goals_the_one_that_was_counted_is_named():
    """The count of one goal is not that of the business, so its name goes with it."""
    goals = [_goal(6, wish="More calls."), _goal(3, id="go02", wish="More letters")]
    readings = [{"id": "rd01", "goal": "go02", "count": 12}]
    assert reckon_payback(_plan(goals=goals, readings=readings), TODAY).likely.goal == (
        "More letters"
    )
    assert reckon_payback(_plan(goals=goals[:1]), TODAY).likely.goal == ""


def test_a_slip_of_the_keyboard_is_no_count():
    """What the review calls a slip, the case leaves out: the start of the goal is taken."""
    readings = [{"id": "rd01", "goal": "go01", "count": 3000}]
    payback = reckon_payback(_plan(goals=[_goal(6)], readings=readings), TODAY)
    assert (payback.likely.origin, payback.slip) == (Origin.GOAL, 3000)


def test_money_survives_the_plan_file():
    """Amounts are kept to the cent, and read back as they were typed."""
    plan = _plan(hour_cost="£35.50", spend="0", lead_worth="unknown")
    again = Plan.model_validate_json(plan.model_dump_json())
    assert again == plan
    assert again.measurement.hour_cost == Decimal("35.50")


@pytest.mark.parametrize("share", [60.0, 95.0])
def test_case_and_review_forecast_in_as_many_cases(share):
    """A business's own share of cases counts in both, so that both name one range."""
    readings = [{"id": "rd01", "goal": "go01", "count": 20}]
    plan = _plan(goals=[_goal(6)], readings=readings)
    own = plan.model_copy(update={"own_defaults": {"goals.forecast_share": share}})
    likely, (judged,) = reckon_payback(own, TODAY).likely, judge(own, TODAY)
    assert judged.forecast == (likely.low, likely.high)
    assert judged.share == share
