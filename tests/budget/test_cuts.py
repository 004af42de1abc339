"""What could be cut: what it saves is what the plan then needs less, and what it costs is told."""

from __future__ import annotations

import pytest

from workbook.budget.cuts import Cut, Kind, find_way, list_cuts, put
from workbook.budget.need import Part, reckon_need
from workbook.budget.wording import tell_cut, tell_way
from workbook.plan import Plan

TALLY = {"id": "tl01", "question": "use", "asked": 12,
         "counts": [["instagram", 8], ["facebook", 6]]}  # fmt: skip


def _plan(hours=4, *, asked=False, **more):
    accounts = [{"id": "ac01", "platform": "tiktok", "last_posted": "month"}]
    fit = {
        "first": "instagram",
        "further": [{"id": "fu01", "platform": "linkedin"}, {"id": "fu02", "platform": "facebook"}],
        "fates": [{"id": "ac01", "account": "ac01", "action": "keep"}],
    }
    audience = {"groups": [{"id": "gr01"}], "tallies": [TALLY]} if asked else {}
    parts = {"start": {"hours_per_week": hours, "accounts": accounts},
             "goals": {"decision": "use"}, "platform_fit": fit, "audience": audience}  # fmt: skip
    return Plan.model_validate({**parts, **more})


@pytest.mark.parametrize("asked", [False, True])
def test_a_cut_saves_what_the_plan_then_needs_less(asked):
    """Nothing is guessed: its answers are put, and the plan is reckoned again."""
    plan = _plan(asked=asked, mix={"first_at": "09:00", "first_minutes": 60})
    needed, cuts = reckon_need(plan).hours, list_cuts(plan)
    assert {cut.kind for cut in cuts} == set(Kind) - {Kind.LISTENING}, "blocks are kept in full"
    for cut in cuts:
        after = reckon_need(put(plan, cut.answers)).hours
        assert cut.saves == pytest.approx(needed - after)
        assert cut.saves > 0
        told = tell_cut(cut)
        assert all(told)
        assert "{" not in "".join(told)


def test_the_first_place_is_never_cut():
    """Nor is one that every business has anyway."""
    accounts = [{"id": "ac02", "platform": "google_business", "last_posted": "month"}]
    plan = _plan(start={"hours_per_week": 4, "accounts": accounts})
    left = {cut.place for cut in list_cuts(plan) if cut.kind is Kind.PLACE}
    assert left == {"linkedin", "facebook"}


def test_an_account_that_is_kept_is_parked_with_its_place():
    """Else it would go on taking hours that nobody sees."""
    cut = next(c for c in list_cuts(_plan()) if c.place == "tiktok" and c.kind is Kind.PLACE)
    changed = put(_plan(), cut.answers)
    assert changed.platform_fit.fates[0].action == "park"
    assert tell_cut(cut).what == "Leave TikTok, and park the account there"


def test_what_a_place_costs_is_told_in_people():
    """A place that no client named costs nobody; of one nobody was asked about it is not known."""
    lost = {c.place: c for c in list_cuts(_plan(asked=True)) if c.kind is Kind.PLACE}
    assert lost["tiktok"].lost == 0
    assert lost["facebook"].lost > 1
    assert "in 100 of the people you want" in tell_cut(lost["facebook"]).cost
    unknown = {c.place: c for c in list_cuts(_plan()) if c.kind is Kind.PLACE}
    assert unknown["facebook"].lost is None
    assert tell_cut(unknown["facebook"]).cost == "Not known: nobody was asked about this place."


def test_the_least_costly_hour_stands_first():
    """People lost for each hour saved; where nobody is lost, the larger saving; unknown last."""
    cuts = list_cuts(_plan(asked=True))
    costs = [(cut.lost is None, (cut.lost or 0) / cut.saves) for cut in cuts]
    assert costs == sorted(costs)
    assert (cuts[0].place, cuts[0].kind) == ("tiktok", Kind.PLACE)


@pytest.mark.parametrize("hours", [4, 6, 8, 10, 12, 13])
def test_the_way_makes_it_fit(hours):
    """Cuts taken one after another, each reckoned in the plan as it then is."""
    plan = _plan(hours, asked=True)
    way = find_way(plan)
    assert way.fits
    for cut in way.cuts:
        plan = put(plan, cut.answers)
    assert reckon_need(plan).hours == pytest.approx(way.hours)
    assert way.hours <= hours


def test_one_cut_that_suffices_goes_before_several():
    """Nobody is sent round by four small ones."""
    plan = _plan(12.5, asked=True)
    assert len(find_way(plan).cuts) == 1
    assert tell_way(find_way(plan), reckon_need(plan))[0].startswith("One cut makes it fit: ")


def test_where_no_cut_suffices_that_is_told():
    """With what is left after all of them."""
    plan = _plan(0.5, asked=True)
    way = find_way(plan)
    assert not way.fits
    sentence, steps = tell_way(way, reckon_need(plan))
    assert "Even with all of these" in sentence
    assert len(steps) == len(way.cuts)


def test_posts_beyond_any_week_are_cut_to_our_default():
    """One less of a thousand million would help nobody."""
    places = [{"id": "pl01", "platform": "facebook", "posts": 1e9}]
    fit = {"first": "facebook", "places": places}
    plan = _plan(5, platform_fit=fit, start={"hours_per_week": 5})
    way = find_way(plan)
    assert way.fits
    assert [(cut.kind, cut.after) for cut in way.cuts] == [(Kind.POSTS, 3.0)]


def test_nothing_is_to_be_cut_from_nothing():
    """An empty plan has no cuts, and fits."""
    assert list_cuts(Plan()) == ()
    assert find_way(Plan()) == ((), 0, True)


def test_what_is_our_default_can_be_cut_down_to_its_least():
    """Three hours and one post a week fit: planning, reading and numbers give way, not below."""
    places = [{"id": "pl01", "platform": "instagram", "posts": 1, "minutes": 30}]
    fit = {"first": "instagram", "places": places}
    plan = _plan(start={"hours_per_week": 3}, platform_fit=fit)
    assert reckon_need(plan).over
    way = find_way(plan)
    assert way.fits
    for kind, part, least in (
        (Kind.PLANNING, Part.PLANNING, 15),
        (Kind.LISTENING, Part.LISTENING, 15),
        (Kind.REPORTING, Part.REPORTING, 5),
    ):
        cut = next(each for each in list_cuts(plan) if each.kind is kind)
        changed = put(plan, cut.answers)
        after = reckon_need(changed)
        assert after.sum_part(part) * 60 == pytest.approx(least, abs=0.61)
        others = {Part.PLANNING, Part.LISTENING, Part.REPORTING} - {part}
        for other in others:
            told = reckon_need(plan).sum_part(other)
            assert after.sum_part(other) == pytest.approx(told, abs=0.0101)
        assert kind not in {each.kind for each in list_cuts(changed)}
        assert "our default" in tell_cut(cut).because


def test_less_than_one_post_a_week_is_told_by_the_month():
    """Nobody posts a quarter of a post."""
    cut = Cut(Kind.POSTS, "instagram", (), 0.5, 1.25, 0.25)
    assert tell_cut(cut).what == "Post less on Instagram: one a month and not 5 a month"
    cut = Cut(Kind.POSTS, "instagram", (), 0.5, 3, 2)
    assert tell_cut(cut).what == "Post less on Instagram: 2 a week and not 3 a week"
