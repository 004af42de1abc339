"""What is known of part of the visits alone is said to be so, and what cannot be has no share."""

from __future__ import annotations

from datetime import date, timedelta

from workbook.measurement.keeping import keep_imports
from workbook.plan import Plan
from workbook.records import SocialVisits
from workbook.steps.measurement.limits import list_cannot
from workbook.steps.measurement.outcome import weigh

FIRST = date(2026, 8, 1)


def visits(source, at, platform="facebook", **counts):
    day = FIRST + timedelta(days=at)
    return SocialVisits(platform, source, day, day, **counts)


def look(*imports):
    plan = keep_imports(Plan(), imports, read_on=date(2026, 12, 1))
    outcome = weigh(plan)
    return {p.platform: p for p in outcome.places}, " ".join(list_cannot(plan, outcome))


def test_a_share_of_some_of_the_visits_says_of_which():
    """August has pages and September has none: the share is of August's visits, and named so."""
    august = [visits("ga4_exploration", at, sessions=10, services=5) for at in (0, 30)]
    september = [visits("plausible_export", at, sessions=100) for at in (31, 60)]
    places, said = look(august, september)
    share = places["facebook"].shares["services"]
    assert (places["facebook"].counts["visits"], share.count, share.of) == (220, 10, 20)
    assert "of 20 of them only (1 August 2026 to 31 August 2026): 10 did" in said
    assert "of them only" not in look(august)[1]


def test_a_place_whose_pages_no_file_tells_has_none():
    """Instagram came in a month without pages: nobody counted, which is not nobody came."""
    early = [visits("plausible_export", at, "instagram", sessions=9) for at in (0, 1)]
    late = [visits("ga4_exploration", at, sessions=9, services=3) for at in (31, 60)]
    places, _ = look(early, late)
    assert places["instagram"].counts["services"] is None
    assert places["facebook"].counts["services"] == 6


def test_more_than_there_were_is_said_and_has_no_share():
    """Nine of two visits cannot be; and successes are no visits, of which one may have many."""
    places, said = look([visits("ga4_exploration", 0, sessions=2, services=9)])
    assert places["facebook"].shares["services"] is None
    assert "By the files 9 did, and only 2 came" in said
    key = SocialVisits("facebook", "ga4_report", FIRST, FIRST, 9, used=3, used_is_times=True)
    places, said = look([key])
    assert (places["facebook"].counts["used"], places["facebook"].shares["used"]) == (3, None)
    assert "one visit may do it several times" in said
