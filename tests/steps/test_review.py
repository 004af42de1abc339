"""Looking back: each count against its own days, what an hour brought, and the next ninety days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import TODAY, make_finished
from workbook.calling import read_demo
from workbook.checks.run import run
from workbook.content import load_step
from workbook.discovery import read_toml
from workbook.evidence.intervals import Verdict
from workbook.exports.documents import build_document, gather
from workbook.plan import Plan
from workbook.steps.review.checks import NAME_LIMIT
from workbook.steps.review.happenings import list_occasions
from workbook.steps.review.next_days import begin_next, suggest_name
from workbook.steps.review.places import add_up, review_places
from workbook.steps.review.proposals import propose
from workbook.steps.review.spans import Span, find_span, make_span, read_as_count
from workbook.steps.review.tables import write_places, write_rounds
from workbook.steps.review.telling import tell, tell_chance
from workbook.steps.review.verdicts import (
    KINDS,
    METRICS,
    Missing,
    Other,
    Sort,
    Standing,
    judge,
    sort_metric,
)
from workbook.storage.versions import LONGEST_NAME

DAY = date(2027, 4, 5)
FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)


def _plan(reading=None, goal=None, **review):
    goal = {
        "id": "goal1", "wish": "More enquiries", "metric": "leads_per_month",
        "baseline": 2, "target": 4, "due": "2027-06-30", **(goal or {}),
    }  # fmt: skip
    reading = {"id": "rd01", "goal": "goal1", **(reading or {})}
    given_days = {"first": FIRST, "last": LAST, **review}
    return Plan.model_validate(
        {
            "goals": {"decision": "use", "goals": [goal]},
            "review": {"readings": [reading], **given_days},
        }
    )


def _judge(reading, goal=None, **review):
    (found,) = judge(_plan(reading, goal, **review), DAY)
    return found


# -- days ---------------------------------------------------------------------------------------


def test_ninety_days_before_the_review_are_looked_back_on():
    """Without days of its own a review is of the ninety days before it, or of another number."""
    assert find_span(Plan(), DAY) == Span(date(2027, 1, 5), date(2027, 4, 4))
    assert find_span(Plan(), DAY).days == 90
    own = Plan(own_defaults={"review.period_days": 28.0})
    assert find_span(own, DAY).days == 28
    assert find_span(_plan(first=LAST, last=FIRST), DAY) is None
    assert find_span(_plan(first=None, last=None, day="2027-12-01"), DAY).last < DAY
    assert make_span(FIRST, None) is None


def test_a_year_earlier_are_the_same_days():
    """The same days of the year before; the 29th of February becomes the 28th."""
    leap = Span(date(2028, 2, 1), date(2028, 2, 29))
    assert leap.a_year_earlier() == Span(date(2027, 2, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("rate", "count", "periods"),
    [(3, 3, 1), (0, 0, 1), (2.5, 5, 2), (0.33, 1, 3), (3.67, 11, 3), (4.1, 41, 10), (0.05, 1, 12)],
)
def test_baseline_tells_no_more_than_it_can(rate, count, periods):
    """A number a month is the count of the fewest months that it can come from."""
    assert read_as_count(rate) == (count, periods)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 500), st.integers(1, 12))
def test_baseline_is_never_longer_than_it_was(count, months):
    """What was counted in some months and typed with two decimals is never taken for more."""
    found, periods = read_as_count(round(count / months, 2))
    assert periods <= months
    assert found / periods == pytest.approx(count / months, abs=0.011)


# -- counts -------------------------------------------------------------------------------------


def test_count_is_held_against_its_own_days():
    """Twelve in 90 days against two in a month cannot be told from luck; thirty can."""
    few = _judge({"count": 12}).against(Other.BASELINE)
    assert (few.verdict, few.rises, few.count) == (Verdict.CANNOT_TELL, 1, 2)
    assert few.days == pytest.approx(30.44, abs=0.01)
    longer = {"before": 6, "before_first": "2026-10-01", "before_last": "2026-12-31"}
    assert _judge({"count": 12, **longer}).against(Other.BASELINE).verdict is Verdict.HINT
    many = _judge({"count": 30, **longer}).against(Other.BASELINE)
    assert (many.verdict, many.days) == (Verdict.LIKELY_CHANGE, 92)


def test_unequal_days_are_taken_into_account():
    """The same count in a third of the days is three times the rate."""
    month = _judge({"count": 12, "first": "2027-03-01"})
    quarter = _judge({"count": 12})
    assert month.span.days == 31
    assert month.per_period == pytest.approx(quarter.per_period * 90 / 31)
    assert month.against(Other.BASELINE).verdict is Verdict.LIKELY_CHANGE


def test_nought_is_a_number():
    """No enquiry at all is judged; the interval begins at nought and the forecast says 0 to 2."""
    found = _judge({"count": 0}, {"baseline": 0})
    assert (found.per_period, found.low, found.forecast) == (0, 0, (0, 2))
    assert found.against(Other.BASELINE).verdict is Verdict.CANNOT_TELL
    assert found.against(Other.BASELINE).rises == 0
    likely = _judge({"count": 0}, {"target": 4}).against(Other.TARGET)
    assert (likely.verdict, likely.rises) == (Verdict.LIKELY_CHANGE, -1)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0, 2), (1, 0, 4), (3, 1, 7), (7, 3, 13), (12, 7, 19)]
)
def test_forecast_in_words_is_that_of_eight_in_ten(count, low, high):
    """The range that is told is that of 8 in 10 cases, for as many days as were counted."""
    (told,) = tell(_plan({"count": count}), DAY)
    assert f"the next 90 days will most likely bring {low} to {high}." in told.forecast
    assert "In 80 of 100 cases" in told.forecast


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.69), (1, 0.03, 5.57), (7, 2.81, 14.42), (12, 6.20, 20.96), (40, 28.58, 54.47)],
)
def test_interval_is_the_exact_one(count, low, high):
    """The limits are those of the count itself, brought to the month of the goal."""
    found = _judge({"count": count})
    month = 365.2425 / 12 / 90
    assert (found.low / month, found.high / month) == pytest.approx((low, high), abs=0.005)


def test_season_is_known_or_is_called_unknown():
    """The same days a year earlier are held against; without them the season is not known."""
    earlier = _judge({"count": 12, "year_earlier": 12}).against(Other.YEAR)
    assert (earlier.verdict, earlier.rises) == (Verdict.CANNOT_TELL, 0)
    (told,) = tell(_plan({"count": 12, "year_earlier": "unknown"}), DAY)
    assert "Season not known" in " ".join(said.text for said in told.said)


@pytest.mark.parametrize(
    ("reading", "goal", "missing"),
    [
        ({"count": "unknown"}, {}, Missing.COUNT),
        ({}, {}, Missing.COUNT),
        ({"count": 7.5}, {}, Missing.NOT_WHOLE),
        ({"count": 7, "first": "2027-04-01", "last": "2027-03-01"}, {}, Missing.DAYS),
        ({"count": 7}, {"baseline": "unknown"}, Missing.BASELINE),
        (
            {"count": 7, "before": 5, "before_first": "2026-11-01", "before_last": "2027-01-31"},
            {},
            Missing.OVERLAP,
        ),
        ({"count": 29}, {"metric": "contact_use"}, Missing.OF),
    ],
)
def test_what_cannot_be_judged_says_why(reading, goal, missing):
    """A number that is missing, broken or without its days gets no verdict and says why."""
    found = _judge(reading, goal)
    assert missing in found.missing
    assert found.against(Other.BASELINE) is None
    assert tell(_plan(reading, goal), DAY)[0].facts


def test_what_comes_in_bunches_is_never_likely():
    """Visits and clicks get a hint at the most, and it is said why."""
    (told,) = tell(_plan({"count": 90}, {"metric": "link_clicks"}), DAY)
    assert {said.verdict for said in told.said} == {"hint", "none"}
    assert "bunches" in told.said[-2].text + told.said[-1].text + told.said[2].text


# -- other numbers ------------------------------------------------------------------------------


def test_every_measure_has_its_kind():
    """Each measure is a count or stands in exactly one list, so that no test is misapplied."""
    metrics, kinds = read_toml(METRICS)["metrics"], read_toml(KINDS)
    listed = [name for sort in Sort for name in kinds.get(sort.value, ())]
    assert len(listed) == len(set(listed))
    assert set(listed) <= set(metrics)
    for name, metric in metrics.items():
        assert sort_metric(name) is not Sort.UNKNOWN
        assert (sort_metric(name) in (Sort.COUNT, Sort.BUNCHED)) is metric["count"], name
    assert set(kinds["counted"]) <= set(metrics)
    assert sort_metric(None) is Sort.UNKNOWN


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("revenue_per_month", "sums of money"),
        ("first_reply_hours", "a single slow case"),
        ("referrals_per_hour", "what an hour brought"),
        ("review_rating", "average of stars"),
        ("followers", "a thousand at once"),
    ],
)
def test_no_count_test_is_applied_to_other_numbers(metric, said):
    """Money, hours, rates, stars and crowds get no verdict, and it is said that none fits."""
    (told,) = tell(_plan({"count": 4200}, {"metric": metric}), DAY)
    assert said in " ".join(each.text for each in told.said)
    assert {each.verdict for each in told.said} == {"none"}
    assert told.forecast == ""


def test_share_gets_its_interval_and_no_verdict():
    """A share of 31 lies between wide limits; where the one before lies is told, nothing more."""
    (told,) = tell(_plan({"count": 29, "of": 31}, {"metric": "contact_use", "baseline": 25}), DAY)
    assert "29 % of 31" in told.facts
    assert "lies within these limits" in told.said[0].text
    assert {each.verdict for each in told.said} == {"none"}
    assert told.judged.low == pytest.approx(15.3, abs=0.5)


# -- words --------------------------------------------------------------------------------------


def test_words_never_say_why():
    """No word of a verdict names a cause, and what else happened always follows."""
    said = str(read_toml("steps/review/outcome.toml")["compared"]).lower()
    said += str(read_toml("steps/review/outcome.toml")["verdicts"]).lower()
    assert not [w for w in ("because", "thanks to", "due to", "worked") if w in said]
    for happened in ("A fair", "unknown", None):
        (told,) = tell(_plan({"count": 12, "happened": happened}), DAY)
        assert told.happened


def test_chance_is_told_with_many_rows():
    """Three comparisons bring a “likely” by luck in one of seven reviews, sixty bring three."""
    few = tell(_plan({"count": 12, "year_earlier": 5}), DAY)
    assert "about 1 of 7 such reviews" in tell_chance(few)
    assert "about 3 times" in tell_chance(few * 20)
    assert tell_chance(tell(_plan({"count": "unknown"}), DAY)) == ""


def test_occasions_of_the_larger_plan_are_named():
    """What the larger plan held in these days stands beside the number, by name and date."""
    occasions = [
        {"id": "oc01", "name": "Winter offer", "first": "2027-02-01", "last": "2027-02-28"},
        {"id": "oc02", "name": "Summer fair", "first": "2027-07-01"},
        {"id": "oc03", "first": "2027-02-01"},
    ]
    plan = _plan({"count": 12}).model_dump() | {"integration": {"occasions": occasions}}
    plan = Plan.model_validate(plan)
    found = list_occasions(plan, Span(FIRST, LAST))
    assert found == ["Winter offer (1 February 2027 to 28 February 2027)"]
    assert "Winter offer" in tell(plan, DAY)[0].happened


# -- places -------------------------------------------------------------------------------------


def _numbers(**more):
    base = {"id": "aaaa", "platform": "facebook", "first": FIRST, "last": LAST}
    return {**base, "leads": 0, "referrals": 0, "hours": 12, **more}


def _with(*numbers):
    plan = _plan({"count": 12}).model_dump()
    return Plan.model_validate(plan | {"measurement": {"numbers": numbers}})


@pytest.mark.parametrize(
    ("more", "quadrant"),
    [
        ({}, "hobby"),
        ({"leads": 3}, "clients"),
        ({"referrals": 3}, "relations"),
        ({"leads": 3, "referrals": 3}, "both"),
        ({"hours": 9.5}, "early"),
        ({"last": date(2027, 2, 28)}, "early"),
        ({"referrals": None}, "open"),
    ],
)
def test_place_is_what_its_hours_brought(more, quadrant):
    """Client maker, relationship maker, both or a hobby; too early before 60 days and 10 hours."""
    plan = _with(_numbers(**more))
    (place,) = review_places(plan, Span(FIRST, LAST))
    assert place.quadrant == quadrant
    advised = [p for p in propose(plan, DAY) if p.fields.get("platform")]
    assert [p.choice == "stop" for p in advised] == [quadrant == "hobby"]


@pytest.mark.parametrize("leads", [None, 0, 3])
@pytest.mark.parametrize("referrals", [None, 0, 2])
@pytest.mark.parametrize("hours", [9, 12])
def test_review_and_numbers_name_a_place_alike(leads, referrals, hours):
    """The page of the numbers and the review never call one place by two names."""
    from workbook.steps.measurement.outcome import weigh

    plan = _with(_numbers(leads=leads, referrals=referrals, hours=hours))
    ((place,), (other,)) = review_places(plan, Span(FIRST, LAST)), weigh(plan).places
    assert place.quadrant.value == other.kind.value


def test_limits_for_judging_a_place_can_be_changed():
    """Sixty days and ten hours are our default; a business may choose its own."""
    plan = _with(_numbers(hours=9.5)).model_copy(
        update={"own_defaults": {"measurement.verdict_hours": 8.0}}
    )
    assert review_places(plan, Span(FIRST, LAST))[0].quadrant == "hobby"
    assert "60 days and 8 hours" in write_places(plan, Span(FIRST, LAST)).note


def test_hours_of_other_days_make_no_rate():
    """Enquiries of one month over hours of a quarter are no rate."""
    parts = (
        _numbers(leads=None, referrals=None),
        _numbers(id="bbbb", hours=None, last=date(2027, 1, 31)),
    )
    (place,) = review_places(_with(*parts), Span(FIRST, LAST))
    assert place.leads is None
    ((_, _, leads, _, _),) = write_places(_with(*parts), Span(FIRST, LAST)).rows
    assert leads == "0; hours of other days"


def test_numbers_of_places_are_added_only_where_all_are_known():
    """The sum is told where each place knows every day, and no visits without a place join in."""
    whole = _with(_numbers(leads=9), _numbers(id="bbbb", platform="instagram", leads=3))
    assert add_up(whole, "leads", FIRST, LAST)[0] == 12
    assert add_up(whole, "leads", FIRST - timedelta(days=1), LAST)[0] is None
    mixed = _with(_numbers(leads=9), _numbers(id="bbbb", platform=None, leads=3))
    assert add_up(mixed, "leads", FIRST, LAST)[0] is None
    assert add_up(Plan(), "leads", FIRST, LAST) == (None, [])


# -- the next ninety days -----------------------------------------------------------------------


def _decided(**goal):
    decision = {
        "id": "dc01", "choice": "change", "what": "Show prices", "reason": "People ask",
        "goal": "goal1", "baseline": 4, "target": 6, "due": "2027-07-04",
    }  # fmt: skip
    stop = {"id": "dc02", "choice": "stop", "what": "Photos of dishes", "reason": "Nobody asks"}
    keep = {"id": "dc03", "choice": "keep", "what": "Answer at once", "reason": "It helps"}
    decisions = [decision, stop, keep]
    return _plan({"count": 12, "happened": "A fair"}, goal, decisions=decisions)


def test_decisions_are_taken_over_and_the_review_is_kept():
    """Goals take their new numbers, what changes becomes an action, the review becomes history."""
    plan = begin_next(_decided(), DAY)
    (goal,) = plan.goals.goals
    assert (goal.baseline, goal.target, goal.due) == (4, 6, date(2027, 7, 4))
    (past,) = plan.review.earlier
    assert past.held.readings[0].model_dump(include={"count", "first", "last"}) == {
        "count": 12, "first": FIRST, "last": LAST,
    }  # fmt: skip
    assert len(past.held.decisions) == 3
    assert plan.review.readings == plan.review.decisions == ()
    names = {action.what: action for action in plan.integration.actions}
    assert {"Show prices", "Photos of dishes"} <= set(names)
    assert "Answer at once" not in names
    assert names["Show prices"].goal == "goal1"
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_actions_that_are_done_leave_the_list():
    """What is still open stays, and what is done or dropped goes."""
    actions = [
        {"id": f"act{n}", "what": f"Do {done}", "done": done}
        for n, done in enumerate(("no", "yes", "dropped"))
    ]
    plan = Plan.model_validate(_decided().model_dump() | {"integration": {"actions": actions}})
    left = {action.what for action in begin_next(plan, DAY).integration.actions}
    assert "Do no" in left
    assert not {"Do yes", "Do dropped"} & left


def test_second_review_is_held_against_the_first():
    """The next review takes the exact count and days of the last one, not the rounded baseline."""
    following = begin_next(_decided(), DAY)
    reading = {"id": "rd02", "goal": "goal1", "count": 30}
    review = following.review.model_copy(
        update={"first": date(2027, 4, 1), "last": date(2027, 6, 30)}
    )
    later = following.model_copy(
        update={
            "review": type(review).model_validate(review.model_dump() | {"readings": [reading]})
        }
    )
    before = judge(later, date(2027, 7, 1))[0].against(Other.BASELINE)
    assert (before.count, before.days, before.verdict) == (12, 90, Verdict.LIKELY_CHANGE)


def test_reviews_of_one_day_keep_names_of_their_own():
    """Two reviews that end on one day are both kept."""
    twice = begin_next(begin_next(_decided(), DAY), DAY)
    assert len({past.id for past in twice.review.earlier}) == 2


def test_plan_is_given_a_name():
    """The name that is suggested counts the reviews and tells their last day."""
    assert suggest_name(_decided(), DAY) == "First 90 days, to 31 March 2027"
    assert suggest_name(begin_next(_decided(), DAY), DAY).startswith("Second 90 days")


def test_fallen_goal_is_given_a_new_day():
    """A goal that fell due is proposed anew: with what was counted, and ninety days ahead."""
    plan = _plan({"count": 13}, {"due": "2027-03-31"})
    renewed = next(p for p in propose(plan, DAY) if "due" in p.fields)
    assert renewed.fields["due"] == "2027-07-04"
    assert renewed.fields["baseline"] == "4"


@pytest.mark.parametrize(
    ("count", "choice"), [(60, "keep"), (0, "change"), (17, "keep"), ("unknown", "change")]
)
def test_goals_are_kept_or_changed_by_what_they_came_to(count, choice):
    """Better is kept, worse and uncounted are to change, and what cannot be told goes on."""
    longer = {"before": 20, "before_first": "2026-10-01", "before_last": "2026-12-31"}
    found = propose(_plan({"count": count, **longer}), DAY)[0]
    assert found.choice == choice
    for text in (found.what, found.because, found.sure, found.change):
        assert text
        assert "{" not in text


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 60),
    baseline=st.sampled_from([None, 0, 2, 9, "unknown"]),
    target=st.sampled_from([None, 1, 6, 15]),
    year=st.sampled_from([None, 0, 12, 50]),
    metric=st.sampled_from(["leads_per_month", "link_clicks", "reach"]),
)
def test_outcome_and_suggestion_never_disagree(count, baseline, target, year, metric):
    """What is suggested repeats the verdicts told, and keeps or changes by them alone."""
    goal = {"metric": metric, "baseline": baseline, "target": target, "due": None}
    plan = _plan({"count": count, "year_earlier": year}, goal)
    (told,), (proposal, *_) = tell(plan, DAY), propose(plan, DAY)
    verdicts = {said.verdict for said in told.said} - {"none"}
    judged = told.judged
    for said in told.said:
        is_decisive = said.verdict in {each.verdict.value for each in judged.decisive}
        assert (said.text in proposal.because) is (said.verdict != "none" and is_decisive)
    is_bad = Standing.WORSE, Standing.SHORT
    assert proposal.choice == ("change" if judged.standing in is_bad else "keep")
    assert ("likely_change" in verdicts) is (
        judged.standing in {*is_bad, Standing.BETTER, Standing.BETTER_SHORT, Standing.REACHED}
    )
    assert ("Reached" in proposal.because) <= (judged.standing is not Standing.SHORT)
    assert ("not reached" in proposal.because) <= (judged.standing is not Standing.REACHED)


def test_days_that_are_left_count_from_today():
    """A look back on days long past does not stretch the time until the goal falls due."""
    (told,) = tell(_plan({"count": 12}, first="2026-01-01", last="2026-03-31"), DAY)
    assert told.said[-1].text == "There are 86 days left until 30 June 2027."


def test_more_than_wanted_is_a_success():
    """Forty where eighteen were wanted is reached, and likely more; three is likely not."""
    (told,) = tell(_plan({"count": 40}, {"target": 6, "baseline": "unknown"}), DAY)
    assert told.said[0].text.startswith("Reached, and likely more than you want")
    assert "off" not in told.said[0].text
    few = _plan({"count": 3}, {"target": 6, "baseline": "unknown"})
    assert tell(few, DAY)[0].said[0].text.startswith("Likely not reached: fewer than")
    assert propose(few, DAY)[0].choice == "change"


def test_one_thing_comes_first():
    """Of several causes one is to be mended first, and “today” is said of a second round alone."""
    signs = read_demo(DAY).plan.diagnosis.model_dump(mode="json") | {"earlier": []}
    once = propose(Plan.model_validate({"diagnosis": signs}), DAY)
    assert [p.what.split(":")[0] for p in once[:2]] == ["Mend this first", "Then mend"]
    assert sum("first" in p.what for p in once) == 1
    assert not any("today" in p.because.split(". ")[0] for p in once)
    earlier = [{"id": "abcd", "day": "2027-01-01", "evidence": {"goal_dated": "no"}}]
    again = propose(Plan.model_validate({"diagnosis": {**signs, "earlier": earlier}}), DAY)
    assert "diagnosis of today" in again[0].because


# -- the diagnosis again ------------------------------------------------------------------------


def test_first_round_stands_beside_today():
    """Signs found then and now are told by cause, where they were asked about both times."""
    first = {"goal_dated": "no", "miss_noticed": "no", "hours_fixed": "no"}
    earlier = [{"id": "abcd", "day": "2027-01-01", "evidence": first}]
    now = {"goal_dated": "yes", "miss_noticed": "no", "earlier": earlier}
    table = write_rounds(Plan.model_validate({"diagnosis": now}))
    assert table.columns[1] == "First, 1 January 2027"
    assert ("No clear reason or goal", "1 of 1", "0 of 1") in table.rows
    assert write_rounds(Plan()) is None


# -- documents and bad input --------------------------------------------------------------------


def test_strategy_tells_the_review():
    """The strategy has a part on the review with verdicts, forecast and decisions."""
    text = build_document("strategy", gather(make_finished(), TODAY)).text()
    part = text[text.rindex("Review: where we stand") :]
    assert "What else happened: A fair in November" in part
    assert "In 80 of 100 cases" in part
    assert "Show prices on the page about bathrooms" in part


@pytest.mark.parametrize("number", [1e12, 123456789])
def test_absurd_numbers_are_judged_in_a_moment(number):
    """A count of a trillion breaks nothing, and is pointed out as a slip."""
    plan = _plan({"count": number, "before": number, "year_earlier": number})
    assert tell(plan, DAY)
    assert "count-far-off" in {finding.id for finding in run(plan, DAY)}


@pytest.mark.parametrize("goal", [{}, {"baseline": "unknown", "target": None}])
def test_slip_is_not_judged(goal):
    """A count that is most likely a slip gets neither verdict nor forecast, but by an own limit."""
    plan = _plan({"count": 100_000}, goal)
    (told,) = tell(plan, DAY)
    assert "looks like a slip" in told.facts
    assert (told.forecast, told.judged.standing) == ("", Standing.UNJUDGED)
    assert {said.verdict for said in told.said} <= {"none"}
    known = "review.far_off_times" if not goal else "review.most_a_day"
    own = plan.model_copy(update={"own_defaults": {known: 10_000}})
    assert tell(own, DAY)[0].forecast


def test_name_is_as_long_as_a_version_may_have():
    """The page tells and checks the length that the store takes."""
    assert NAME_LIMIT == LONGEST_NAME
    hint = load_step("review").questions["next_name"].hint
    assert f"{NAME_LIMIT} letters" in hint


def test_good_reviews_find_nothing_of_their_own():
    """The good examples are free of findings about the review, but for notes."""
    examples = read_toml("steps/review/examples.toml")
    for example in examples["good"]:
        plan = Plan.model_validate({"review": example["answers"], **example.get("plan", {})})
        found = [f for f in run(plan, examples["today"]) if f.step == "review"]
        assert [f.id for f in found if f.severity != "note"] == []
