"""One verdict on week and list: the same hours wherever a document or page tells of them."""

from __future__ import annotations

import pytest

from tests.exports.sample_plans import TODAY, make_finished, make_waiting
from workbook.budget.listed import find_beside
from workbook.budget.need import reckon_need
from workbook.budget.wording import tell_beside, tell_gap
from workbook.exports.documents import build_document, gather
from workbook.plan import Plan

ACTION = {"id": "ac77", "what": "Sort the old pictures", "hours": 90, "due": "2027-02-01"}


def _list(plan, *actions):
    kept = plan.integration.model_dump(mode="json") | {"actions": list(actions)}
    return Plan.model_validate({**plan.model_dump(mode="json"), "integration": kept})


@pytest.fixture(scope="module")
def crowded():
    return _list(make_finished(), ACTION)


def test_a_list_that_the_week_leaves_room_for_fits():
    """A short list, none at all, one that is due after these days, or one that waits."""
    plan = make_finished()
    later = ACTION | {"due": "2028-02-01"}
    assert find_beside(_list(plan), TODAY) is None
    assert find_beside(_list(plan, ACTION | {"hours": 1}), TODAY) is None
    assert find_beside(_list(plan, later), TODAY) is None
    assert find_beside(_list(make_waiting(), ACTION), TODAY) is None
    assert find_beside(Plan(), TODAY) is None


def test_what_is_missing_is_what_the_week_does_not_leave(crowded):
    """The hours of the list, less those that posts, answers and planning leave over."""
    found = find_beside(crowded, TODAY)
    need = reckon_need(crowded)
    assert found.listed == 90
    assert found.left <= (need.available - need.hours) * found.days / 7 + 1e-9
    assert found.over == pytest.approx(90 - found.left)


@pytest.mark.parametrize("document", ["case", "strategy", "ninety_days"])
def test_every_document_gives_one_verdict(crowded, document):
    """None says that it fits, and each names the same missing hours."""
    text = build_document(document, gather(crowded, TODAY)).text()
    assert "It fits." not in text
    assert tell_beside(find_beside(crowded, TODAY)) in text


def test_the_sheet_and_the_page_say_it_too(crowded):
    """The one page in short, the page on time in its first sentence."""
    text = build_document("one_page", gather(crowded, TODAY)).text()
    assert "That is enough" not in text
    assert "The list of things to do lacks" in text
    assert "It fits" not in tell_gap(reckon_need(crowded), beside=find_beside(crowded, TODAY))
