"""The larger plan: months and channels, same offer, same date, same words, and the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import TODAY, make_finished
from workbook.checks import run
from workbook.plan import Plan, annotation_of, replace_answer
from workbook.steps.integration.answers import Channel, Occasion
from workbook.steps.integration.listing import budget_of
from workbook.steps.integration.matrix import MOST_MONTHS, build_matrix
from workbook.steps.integration.occasions import find_overlap, mentions, tells_words
from workbook.steps.integration.support import find_social
from workbook.values import read

OFFER = {"offer": "Boiler check", "words": "Boiler check for £79, until 30 April"}
HERS = {"goals": {"goals": [{"id": "goal1", "wish": "More people ask for a boiler check"}]}}


def _occasion(number, **more):
    first = {"id": f"oc{number:02}", "name": f"Occasion {number}", "first": "2027-03-01"}
    return {**first, "channels": ["print"], **more}


def _plan(*occasions, **parts):
    integration = {"occasions": occasions, **parts.pop("integration", {})}
    return Plan.model_validate({**parts, "integration": integration})


def _find(plan, name, today=TODAY):
    return [finding for finding in run(plan, today) if finding.id == name]


# -- month by month -------------------------------------------------------------------------------


def test_the_matrix_holds_the_months_there_are():
    """A month for each in which something runs, a column for each channel that is used."""
    plan = _plan(
        _occasion(1, first="2027-03-20", last="2027-05-02", channels=["print", "social"]),
        _occasion(2, first="2027-05-01", channels=["phone"]),
        _occasion(3, first=None),
        _occasion(4, first="2026-12-01"),
    )
    matrix = build_matrix(plan, TODAY)
    assert [month.first for month in matrix.months] == [date(2027, m, 1) for m in (3, 4, 5)]
    assert matrix.channels == (Channel.SOCIAL, Channel.PRINT, Channel.PHONE)
    assert [o.id for o in matrix.months[2].occasions] == ["oc01", "oc02"]
    assert [o.id for o in matrix.left_out] == ["oc03", "oc04"]


def test_the_matrix_crosses_the_year_and_ends_after_twelve_months():
    """From this month on, twelve at most, however long something runs."""
    plan = _plan(_occasion(1, first="2020-01-01", last="2040-01-01"))
    months = build_matrix(plan, date(2027, 11, 30)).months
    assert len(months) == MOST_MONTHS
    assert (months[0].first, months[-1].first) == (date(2027, 11, 1), date(2028, 10, 1))


@settings(max_examples=30)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(-400, 400), st.integers(-40, 40))
def test_an_occasion_is_in_the_month_it_begins_in(today, ahead, length):
    """Whatever the days, even in the wrong order: in its month, or in none of the twelve."""
    first = today + timedelta(days=ahead)
    occasion = Occasion(id="oc01", name="It", first=first, last=first + timedelta(days=length))
    plan = Plan.model_validate({"integration": {"occasions": [occasion.model_dump()]}})
    matrix = build_matrix(plan, today)
    shown = [month.first for month in matrix.months]
    assert shown == sorted(set(shown))
    assert bool(matrix.left_out) is not bool(shown)
    if shown and first >= today:
        assert shown[0] == first.replace(day=1)


# -- same offer, same date, same words ------------------------------------------------------------


def test_two_wordings_of_one_offer_are_shown_side_by_side():
    """Both texts stand in the finding, and one click makes them alike."""
    other = {"offer": "the boiler check", "words": "Your boiler, checked"}
    plan = _plan(
        _occasion(1, **OFFER),
        _occasion(2, **{**other, "offer": "Boiler  CHECK"}),
        _occasion(3, **{**other, "offer": "boiler check", "words": "boiler check"}),
    )
    (finding,) = _find(plan, "same-offer-other-words")
    assert OFFER["words"] in finding.what
    assert "Your boiler, checked" in finding.what
    assert "and 1 more" in finding.because
    assert finding.offers[0].answers == (("integration.occasions.oc02.words", OFFER["words"]),)


@pytest.mark.parametrize(
    "words", ["Boiler check for £79; until 30 April.", "BOILER CHECK for £79, until 30 April"]
)
def test_signs_and_capitals_make_no_other_wording(words):
    """A poster may shout, and a line may end without a comma."""
    plan = _plan(_occasion(1, **OFFER), _occasion(2, **{**OFFER, "words": words}))
    assert not _find(plan, "same-offer-other-words")


def test_the_same_offer_has_the_same_days():
    """Other days are told with both; the same ones are not."""
    plan = _plan(_occasion(1, **OFFER, last="2027-04-30"), _occasion(2, **OFFER, last="2027-03-31"))
    (finding,) = _find(plan, "same-offer-other-dates")
    assert "1 March 2027 to 30 April 2027" in finding.what
    assert "1 March 2027 to 31 March 2027" in finding.what
    alike = _plan(
        _occasion(1, **OFFER, last="2027-04-30"), _occasion(2, **OFFER, last="2027-04-30")
    )
    assert not _find(alike, "same-offer-other-dates")


def test_two_prices_for_one_offer_are_found():
    """Offers that are called the same save for a number; others are two offers."""
    plan = _plan(_occasion(1, offer="Check £79"), _occasion(2, offer="Check £89"))
    (finding,) = _find(plan, "offer-other-number")
    assert "79" in finding.because
    assert "89" in finding.because
    two = _plan(_occasion(1, offer="Check £79"), _occasion(2, offer="Free tap £89"))
    assert not _find(two, "offer-other-number")


def test_two_offers_in_one_place_at_one_time_overlap():
    """The same channel and day; not one after the other, not elsewhere, not the same offer."""
    first = _occasion(1, offer="Check", last="2027-03-31")
    for more, overlaps in (
        ({"first": "2027-03-31"}, True),
        ({"first": "2027-04-01"}, False),
        ({"first": "2027-03-31", "channels": ["phone"]}, False),
        ({"first": "2027-03-31", "offer": "check"}, False),
    ):
        plan = _plan(first, _occasion(2, **{"offer": "Free tap", **more}))
        assert bool(_find(plan, "occasions-overlap")) is overlaps, more
    said = _plan(first, _occasion(2, offer="Free tap")).integration.occasions
    assert find_overlap(said, date(2027, 4, 1)) is None


def test_sixty_occasions_are_compared_in_few_findings():
    """The list stays short, however long the year is."""
    many = [
        _occasion(n, offer=f"Offer {n % 7}", words=f"Words {n}", last="2027-12-01")
        for n in range(60)
    ]
    plan = _plan(*many)
    mine = [f for f in run(plan, TODAY) if f.path.startswith("integration.")]
    assert 0 < len(mine) <= 12


# -- days that look like slips --------------------------------------------------------------------


def test_days_in_the_wrong_order_can_be_swapped():
    """One click puts them right."""
    plan = _plan(_occasion(1, first="2027-03-09", last="2027-03-02"))
    (finding,) = _find(plan, "occasion-wrong-order")
    for path, raw in finding.offers[0].answers:
        plan = replace_answer(plan, path, read(annotation_of(path), raw))
    occasion = plan.integration.occasions[0]
    assert (occasion.first, occasion.last) == (date(2027, 3, 2), date(2027, 3, 9))
    assert not _find(plan, "occasion-wrong-order")


@pytest.mark.parametrize(
    ("day", "near"),
    [("2029-03-06", "2027-03-06"), ("2024-02-29", "2027-02-28"), ("2020-01-02", "2028-01-02")],
)
def test_a_year_that_is_a_slip_can_be_put_right(day, near):
    """More than two years off: the same day within the next year is offered."""
    plan = _plan(_occasion(1, first=day))
    (finding,) = _find(plan, "occasion-far-off")
    assert finding.offers[0].answers == (("integration.occasions.oc01.first", near),)
    assert not _find(plan, "occasion-past")


def test_an_occasion_that_is_over_says_what_to_do_with_it():
    """It is over on the day after its last one."""
    plan = _plan(_occasion(1, first="2027-01-02", last="2027-01-14"))
    assert _find(plan, "occasion-past")
    assert not _find(plan, "occasion-past", date(2027, 1, 14))


# -- goals ----------------------------------------------------------------------------------------


def test_each_goal_names_what_it_helps():
    """It blocks the plan until it does, names the source of the rule, and offers an occasion."""
    plan = _plan(_occasion(1, name="Spring fair", channels=["counter"]), **HERS)
    (finding,) = _find(plan, "goal-helps-nothing-else")
    assert finding.severity == "block"
    assert finding.sources == ("F8",)
    for path, raw in finding.offers[0].answers:
        plan = replace_answer(plan, path, read(annotation_of(path), raw))
    assert plan.integration.supports[0].activity == "Spring fair"
    assert not _find(plan, "goal-helps-nothing-else")


def test_goals_are_asked_only_once_the_larger_plan_is_begun():
    """A list that was taken over opens no decision by itself."""
    action = {"id": "ac01", "what": "Ring the printer"}
    plan = Plan.model_validate({**HERS, "integration": {"actions": [action]}})
    assert not _find(plan, "goal-helps-nothing-else")


@pytest.mark.parametrize(
    ("activity", "found"),
    [
        ("More posts on Facebook", ("posts", "Facebook")),
        ("Our Instagram stories", ("Instagram", "stories")),
        ("Publicar más historias en Instagram", ("Publicar", "historias", "Instagram")),
        ("El cartel de la tienda", ()),
        ("The stall at the spring fair", ()),
        ("A post card to old customers", ()),
        ("Adverts on Facebook", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_social_media_does_not_help_itself(activity, found):
    """An activity of nothing but places and posts is told from one that goes on elsewhere."""
    assert find_social(activity) == found


# -- with other parts of the plan -----------------------------------------------------------------


def _with_post(text, move="offer", **more):
    entry = {"id": "wk01", "week": "first", "day": "monday", "move": move, "text": text}
    return _plan(_occasion(1, **OFFER), mix={"weeks": [entry]}, **more)


def test_a_post_tells_the_offer_in_its_words():
    """Selling posts keep the words, others the numbers; both texts are shown."""
    (finding,) = _find(_with_post("Boiler check, now for £89."), "post-words-differ")
    assert "Boiler check, now for £89." in finding.what
    assert OFFER["words"] in finding.what
    assert _find(_with_post("A boiler check is good for you."), "post-words-differ")
    same = f"Cold? {OFFER['words']}. Ring us."
    assert not _find(_with_post(same), "post-words-differ")
    talk = _with_post("What we look at in a boiler check", "post")
    assert not _find(talk, "post-words-differ")
    assert _find(_with_post("A boiler check is £99 elsewhere", "post"), "post-words-differ")


def test_a_post_sells_what_stands_in_the_plan():
    """A selling post that names no offer is told; one that names an occasion is not."""
    assert _find(_with_post("Free tap with each bathroom"), "post-offers-other")
    assert not _find(_with_post("Come to occasion 1"), "post-offers-other")
    assert not _find(_with_post("Free tap", "post"), "post-offers-other")


def test_links_are_named_after_what_goes_on():
    """A word in common is enough; what begins later than in a month is not looked at."""
    now = {"first": "2027-01-20", "channels": ["social", "print"], "name": "Winter check"}
    for campaign, differs in (("2027-01_bathrooms", True), ("2027-01_winter", False)):
        plan = _plan(_occasion(1, **now), measurement={"campaign": campaign})
        assert bool(_find(plan, "campaign-name-differs")) is differs
    later = _plan(_occasion(1, **{**now, "first": "2027-04-01"}), measurement={"campaign": "x"})
    assert not _find(later, "campaign-name-differs")


def test_the_pinned_post_is_no_older_than_what_runs():
    """One pinned since it began is fine."""
    now = _occasion(1, **OFFER, first="2027-01-11", channels=["social", "print"])
    for pinned, old in (("2026-10-01", True), ("2027-01-12", False)):
        profile = {"id": "pr01", "platform": "facebook", "pinned_on": pinned}
        plan = _plan({**now, "last": "2027-02-01"}, linking={"profiles": [profile]})
        assert bool(_find(plan, "pinned-before-occasion")) is old, pinned


def test_nothing_is_asked_while_social_media_waits():
    """A plan without social media for now is told nothing of offers, goals or lists."""
    plan = replace_answer(make_finished(), "goals.decision", "not_now")
    far = replace_answer(plan, "integration.occasions.oc01.first", date(2040, 1, 1))
    assert not [f for f in run(far, TODAY) if f.path.startswith("integration.")]


def test_an_offer_is_named_by_its_words_in_any_order():
    """Numbers and signs do not count for its name, but do for its words."""
    assert mentions("Time to check your boiler?", "Boiler check £79")
    assert not mentions("Time to check your tap?", "Boiler check")
    assert not mentions("Anything", "")
    assert tells_words("Now: Boiler check for £79!", "boiler check for £79")
    assert not tells_words("Boiler check for £78", "boiler check for £79")


# -- the list -------------------------------------------------------------------------------------


def test_hours_for_the_list_are_a_share_of_those_there_are():
    """A third of the week by default, over ninety days; unknown where the hours are."""
    plan = Plan.model_validate({"start": {"hours_per_week": 7}})
    assert budget_of(plan).all == pytest.approx(7 * 0.33 / 7 * 90)
    assert budget_of(Plan()).all is None
    own = Plan(own_defaults={"integration.setup_share": 900.0, "integration.days": 0.0})
    assert (budget_of(own).share, budget_of(own).days) == (100, 1)


def test_a_goal_is_served_by_an_action_that_names_it_or_came_from_it():
    """Either will do; a list without either is told so, goal by goal."""
    supports = [{"id": "su01", "goal": "goal1", "activity": "The fair"}]
    for action, served in (
        ({"goal": "goal1"}, True),
        ({"about": "goals.goals.goal1.review"}, True),
        ({"about": "start.who"}, False),
        ({}, False),
    ):
        listed = {"supports": supports, "actions": [{"id": "ac01", "what": "Do it", **action}]}
        plan = Plan.model_validate({**HERS, "integration": listed})
        assert bool(_find(plan, "goal-without-action")) is not served, action


def test_what_is_done_is_neither_late_nor_counted_in_hours():
    """Done and left actions ask for nothing more."""
    for done in ("yes", "dropped"):
        action = {"id": "ac01", "what": "Do it", "hours": 60, "due": "2026-12-01", "done": done}
        plan = Plan.model_validate(
            {"start": {"hours_per_week": 1}, "integration": {"actions": [action]}}
        )
        found = {f.id for f in run(plan, TODAY) if f.path.startswith("integration.actions")}
        assert found <= {"actions-done"}


def test_the_list_fits_beside_the_week():
    """Both fit by themselves; whether both do together is said once the week is planned."""
    finished = make_finished()
    for hours, fits in ((0.5, True), (20.0, False)):
        path = "integration.actions.ac01.hours"
        plan = replace_answer(finished, path, hours)
        assert bool(_find(plan, "list-beside-the-week")) is not fits, hours
    waits = replace_answer(plan, "goals.decision", "not_now")
    assert not _find(waits, "list-beside-the-week")
