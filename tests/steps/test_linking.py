"""What the workbook says about the links between profiles and website."""

from __future__ import annotations

from datetime import date

import pytest

from tests.audit.samples import TODAY, change_profile, make_plan
from tests.exports.sample_plans import IN_FULL
from workbook.audit.inventory import Standing, list_profiles
from workbook.audit.markup import load_types
from workbook.checks import run
from workbook.content import load_step
from workbook.exports.documents import build_document, gather
from workbook.plan import Plan, replace_answer
from workbook.steps.linking.answers import Trade
from workbook.steps.linking.overview import MOST_DRAWN, survey
from workbook.steps.start.answers import Silence


def _found(plan, today=TODAY):
    return {f.id: f for f in run(plan, today) if f.path.startswith("linking.")}


def test_a_finished_step_has_nothing_to_mend():
    """Where each profile and the website lead to each other, nothing is found."""
    assert _found(make_plan(goals={"decision": "use"})) == {}


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        ({"links_back": "no"}, "no-way-back"),
        ({"link": "https://www.example.org/"}, "link-elsewhere"),
        ({"link": "https://linktr.ee/x"}, "link-to-list"),
        ({"link": "https://www.example.com/services.html"}, "link-untagged"),
        ({"bio_says": ["who"]}, "bio-incomplete"),
        ({"bio": "x" * 102}, "bio-too-long"),
        ({"shows": ["hours"]}, "contact-not-shown"),
        ({"shows": ["route"]}, "hours-not-shown"),
        ({"same": ["name"]}, "looks-differ"),
        ({"pinned_on": "2026-09-01"}, "pinned-old"),
        ({"pinned_serves": "no"}, "pinned-off-goal"),
        ({"address": "https://www.facebook.com/acme/posts/1"}, "address-of-something-else"),
    ],
)
def test_each_answer_about_a_profile_counts(answers, finding):
    """One answer that is not right yields one finding, which names the profile."""
    found = _found(change_profile(make_plan(), "face", **answers))
    assert list(found) == [finding]
    assert "Facebook" in found[finding].what


@pytest.mark.parametrize("changes", [{"last_posted": "longer"}, {"platform": "own"}])
def test_what_is_not_in_use_is_not_judged(changes):
    """A silent profile is not told to link back, and one's own blog is no profile."""
    plan = change_profile(make_plan(), "face", links_back="no", **changes_of(changes))
    accounts = [a.model_dump(mode="json") for a in plan.start.accounts]
    accounts[0].update(changes)
    said = plan.model_dump(mode="json")
    said["start"]["accounts"] = accounts
    assert "no-way-back" not in _found(Plan.model_validate(said))


def changes_of(changes):
    """The part of the changes that an entry of a profile has too."""
    return {k: v for k, v in changes.items() if k == "platform"}


def test_social_media_that_waits_has_no_links_to_mend():
    """A plan without social media for now is not told to change its profiles."""
    plan = change_profile(make_plan(goals={"decision": "not_now"}), "face", links_back="no")
    assert "no-way-back" not in _found(plan)


def test_an_entry_belongs_to_its_account():
    """By the account's own id, or by being the only one on its platform; else it stands alone."""
    accounts = [
        {"id": "one1", "platform": "x", "handle": "a"},
        {"id": "two2", "platform": "x", "handle": "b"},
        {"id": "thre", "platform": "tiktok", "handle": "c"},
    ]
    profiles = [
        {"id": "two2", "platform": "x", "linked": "yes"},
        {"id": "free", "platform": "tiktok", "linked": "no"},
        {"id": "lone", "platform": "reddit"},
        {"id": "more", "platform": "x"},
    ]
    plan = Plan.model_validate({"start": {"accounts": accounts}, "linking": {"profiles": profiles}})
    found = {p.id: p for p in list_profiles(plan)}
    assert list(found) == ["one1", "two2", "thre", "lone", "more"]
    assert [p.has_entry for p in found.values()] == [False, True, True, True, True]
    assert found["thre"].said.id == "free"
    assert found["two2"].said.linked == "yes"


def test_profiles_in_use_come_first():
    """The overview shows those in use first, and says what is the matter with the others."""
    links = survey(make_plan()).links
    assert [link.there for link in links] == ["there", "there", "there", "open"]
    assert links[-1].name == "Instagram exampleplumbing"
    assert links[-1].note == "silent: better not linked"
    found = survey(change_profile(make_plan(), "face", links_back="no"))
    assert (found.both, found.count) == (2, 3)


def test_the_strategy_shows_who_leads_to_whom():
    """Picture, table, what to change and the tagged addresses stand in the document."""
    plan = change_profile(make_plan(goals={"decision": "use"}), "face", links_back="no")
    report = build_document("strategy", gather(plan, TODAY, switches=IN_FULL))
    text = report.text()
    assert "Who leads to whom" in text
    assert "2 of 3 profiles in use are linked both ways" in text
    assert "utm_source=facebook&utm_medium=social" in text
    assert "Facebook exampleplumbing does not lead to your website." in text
    waiting = make_plan(goals={"decision": "not_now"})
    assert (
        "Who leads to whom"
        not in build_document("strategy", gather(waiting, TODAY, switches=IN_FULL)).text()
    )


def test_many_profiles_fit_on_a_sheet():
    """The picture stops after some profiles; the table names them all."""
    accounts = [{"id": f"ac{n:02}", "platform": "x", "handle": f"name{n}"} for n in range(40)]
    profiles = [{"id": f"ac{n:02}", "platform": "x", "linked": "yes"} for n in range(40)]
    plan = make_plan(start={"accounts": accounts}, linking={"profiles": profiles})
    picture = survey(plan).draw()
    assert len(picture.rows) == MOST_DRAWN
    text = build_document("strategy", gather(plan, TODAY, switches=IN_FULL)).text()
    assert "X name39" in text


def test_our_days_can_be_changed():
    """A business that wants fresher posts puts in its own number."""
    plan = make_plan(own_defaults={"linking.pinned_days": 5})
    assert "pinned-old" in _found(plan)
    assert "contact-tried-long-ago" in _found(make_plan(), date(2027, 6, 1))


def test_every_kind_of_business_is_one_that_machines_know():
    """Each trade to choose is a type of schema.org, and has words."""
    known = load_types("local_business") | load_types("organization")
    assert {trade.value for trade in Trade} <= known
    labels = [option.label for option in load_step("linking").questions["trade"].options]
    assert len(set(labels)) == len(Trade)


def test_standing_follows_the_plan():
    """Dormant, left out, idle or in use."""
    accounts = [
        {"id": "one1", "platform": "x", "last_posted": "never"},
        {"id": "two2", "platform": "tiktok"},
    ]
    plan = Plan.model_validate({"start": {"accounts": accounts}})
    assert [p.standing for p in list_profiles(plan)] == [Standing.DORMANT, Standing.ACTIVE]
    whys = {"whys": [{"id": "wy01", "platform": "tiktok", "serves": "nothing"}]}
    plan = Plan.model_validate({"start": {"accounts": accounts}, "goals": whys})
    assert list_profiles(plan)[1].standing is Standing.LEFT_OUT
    plan = replace_answer(plan, "start.accounts.one1.last_posted", Silence.UNKNOWN)
    assert list_profiles(plan)[0].standing is Standing.UNKNOWN
