"""The hours a plan needs are the same wherever they are told, and what is parked is in no use."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exports.test_open import list_pairs
from workbook.budget.need import reckon_need
from workbook.budget.wording import tell_gap
from workbook.checks import run
from workbook.fit.phrases import write_hours
from workbook.plan import Plan
from workbook.steps.diagnosis.causes import weigh

ACCOUNTS = [
    {"id": "ac01", "platform": "instagram", "last_posted": "month"},
    {"id": "ac02", "platform": "facebook", "last_posted": "month"},
]
WHYS = [
    {"id": "wy01", "platform": "instagram", "reason": "Guests ask there", "serves": "leads"},
    {"id": "wy02", "platform": "facebook", "reason": "Guests ask there", "serves": "leads"},
]


def _plan(hours=3, **fit):
    fates = [{"id": "ft02", "account": "ac02", "action": "park"}]
    return Plan.model_validate({
        "start": {"hours_per_week": hours, "has_accounts": "yes", "accounts": ACCOUNTS},
        "goals": {"decision": "use", "whys": WHYS}, "platform_fit": {"fates": fates, **fit},
    })  # fmt: skip


@pytest.mark.parametrize("fit", [{}, {"first": "instagram"}])
def test_the_same_hours_are_told_everywhere(fit):
    """On the page of time, beside the question of hours, in the diagnosis and on one page."""
    plan = _plan(**fit)
    needed = write_hours(reckon_need(plan).hours)
    findings = {f.id: f.what for f in run(plan, date(2027, 1, 15))}
    held = [findings[name] for name in ("hours-too-few", "hours-too-few-for-one",
            "plan-over-hours", "chosen-over-hours") if name in findings]  # fmt: skip
    assert [needed in what for what in held] == [True]
    assert needed in tell_gap(reckon_need(plan))
    assert needed in list_pairs(plan)["Time"]
    cause = next(each for each in weigh(plan) if each.id == "spread-thin")
    assert needed in next(sign.words for sign in cause.signs if sign.id == "too_many")


def test_a_parked_account_is_no_place_in_use():
    """It is told as parked, and not among the places as well."""
    said = list_pairs(_plan(hours=2))
    assert "one place in use" in said["Time"]
    assert "Facebook" not in said["Places"]
    assert "Facebook" in said["Other accounts"]
