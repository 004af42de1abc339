"""Visits of several files together: counted once, per platform, with limits, and by the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.content import load_words
from workbook.evidence.intervals import count_interval, proportion_interval
from workbook.measurement.results import WORDS, find_tool, from_typed, join_visits, join_weeks
from workbook.measurement.targets import STAGES
from workbook.records import SEVERAL, HoursSpent, SocialVisits

FIRST = date(2026, 9, 1)


def day(number):
    return FIRST + timedelta(days=number - 1)


def daily(source, numbers, platform="instagram", **counts):
    return [SocialVisits(platform, source, day(n), day(n), **counts) for n in numbers]


def whole(source, start, end, platform="instagram", **counts):
    return [SocialVisits(platform, source, day(start), day(end), **counts)]


def sessions(results, platform=None):
    found = [r for r in results.platforms if r.platform == platform] or [results.everything]
    return found[0].sessions.count if found[0].sessions else None


def reasons(results):
    return {aside.reason for aside in results.aside}


# -- nothing is counted twice -------------------------------------------------------------------


def test_a_later_import_replaces_the_days_it_covers():
    """September was exported, and then mid-September to October: the overlap counts once."""
    earlier = daily("ga4_exploration", range(1, 31), sessions=1)
    later = daily("ga4_exploration", range(15, 46), sessions=2)
    results = join_visits([earlier, later])
    assert sessions(results) == 14 * 1 + 31 * 2
    assert reasons(results) == {"replaced"}
    assert sessions(join_visits([later, earlier])) == 30 * 1 + 15 * 2


def test_days_on_which_nobody_came_are_replaced_too():
    """A later export that knows of a quiet day says so, where the earlier one had visits."""
    earlier = daily("plausible_export", [5], sessions=9)
    later = daily("plausible_export", [1, 9], sessions=1)
    assert sessions(join_visits([earlier, later])) == 2


def test_a_total_that_contains_days_stands_aside():
    """A report of the quarter and an exploration by day are one thing told twice."""
    total = whole("ga4_report", 1, 90, sessions=300)
    days = daily("ga4_exploration", range(1, 31), sessions=2)
    for order in ([total, days], [days, total]):
        results = join_visits(order)
        assert sessions(results) == 60
        assert reasons(results) == {"contained"}


def test_totals_of_different_months_add_up():
    """Two periods that do not touch are both counted."""
    months = [whole("ga4_report", 1, 30, sessions=3), whole("ga4_report", 31, 60, sessions=4)]
    results = join_visits(months)
    assert sessions(results) == 7
    assert results.aside == ()


def test_what_names_networks_goes_before_what_does_not():
    """The report by channel stands aside for the one by source of the same days."""
    channel = whole("ga4_report", 1, 30, platform="", sessions=15)
    source = whole("ga4_report", 1, 30, sessions=9) + whole("ga4_report", 1, 30, "x", sessions=5)
    results = join_visits([source, channel])
    assert {r.platform: r.sessions.count for r in results.platforms} == {"instagram": 9, "x": 5}
    assert reasons(results) == {"unnamed"}


def test_a_month_without_networks_takes_none_from_another():
    """January was exported by channel and February by source: February has its networks."""
    channel = whole("ga4_report", 1, 31, platform="", sessions=15, services=3)
    source = whole("ga4_report", 32, 59, "x", sessions=9, services=2)
    for order in ([channel, source], [source, channel]):
        places = {r.platform: r for r in join_visits(order).platforms}
        assert (places["x"].sessions.count, places["x"].services.pair) == (9, (2, 9))
        assert min(places["x"].sessions.days) == day(32).toordinal()
        assert places[""].sessions.count == 15
    only = {r.platform: r for r in join_visits([channel, source[:0]]).platforms}
    assert set(only) == {""}


def test_two_tools_are_never_added():
    """Each counts the same visits its own way; the one that tells more is taken, and said."""
    less = daily("plausible_export", range(1, 11), sessions=7)
    more = daily("log_combined", range(1, 11), sessions=5, services=2)
    results = join_visits([less, more])
    assert sessions(results) == 50
    assert (reasons(results), results.tools["sessions"]) == ({"other-tool"}, ("log",))
    apart = join_visits([less, daily("log_combined", range(11, 21), sessions=5, services=2)])
    assert sessions(apart) == 120


@pytest.mark.parametrize("turn", [1, -1])
def test_which_of_two_tools_counts_does_not_hang_on_their_order(turn):
    """Both tell as much: the one with more days counts, and of the other just those aside."""
    web = daily("ga4_exploration", [1, 30], sessions=5, services=2)
    log = daily("log_combined", [1, 31], sessions=3, services=1)
    log_only = daily("log_combined", range(2, 31), sessions=3, services=1)
    results = join_visits([web, [*log, *log_only]][::turn])
    assert (sessions(results), results.tools["sessions"]) == (31 * 3, ("log",))
    shorter = daily("log_combined", range(1, 29), sessions=3, services=1)
    results = join_visits([web, shorter][::turn])
    assert sessions(results) == 10
    (aside,) = results.aside
    assert (aside.source, aside.start, aside.end) == ("log_combined", day(1), day(28))
    assert aside.stages == ("sessions", "services")


def test_what_stands_aside_is_named_to_the_day():
    """One tool tells more, on some days: the other counts on all others, and says which."""
    less = daily("plausible_export", range(1, 11), sessions=7)
    more = daily("log_combined", range(4, 7), sessions=5, services=2)
    results = join_visits([less, more])
    assert sessions(results) == 7 * 7 + 3 * 5
    (aside,) = results.aside
    assert (aside.start, aside.end, aside.span) == (day(4), day(6), (day(1), day(10)))


def test_without_days_nothing_is_added_to_what_may_hold_it():
    """Umami names no days, so its totals stand aside as soon as anything else is known."""
    undated = [SocialVisits("instagram", "umami_export", sessions=40)]
    assert sessions(join_visits([undated])) == 40
    results = join_visits([undated, daily("umami_events", range(1, 4), sessions=2)])
    assert (sessions(results), reasons(results)) == (6, {"undated"})


def test_files_of_one_tool_complete_each_other():
    """Visits by source from one report, Services from another: one rate, over the same days."""
    visits = whole("ga4_report", 1, 30, sessions=20)
    pages = daily("ga4_exploration", [1, 30], services=2)
    (result,) = join_visits([visits, pages]).platforms
    assert (result.sessions.count, result.services.count) == (20, 4)
    assert result.services.share.value == pytest.approx(0.2)
    (other,) = join_visits([whole("ga4_report", 1, 31, sessions=20), pages]).platforms
    assert other.services.share is None


def test_a_share_is_of_the_visits_whose_pages_are_known():
    """Pages are known of one month, of one tool, of one place: the share is of these alone."""
    visits = daily("plausible_export", range(1, 11), "facebook", sessions=50)
    pages = daily("ga4_exploration", range(11, 21), "facebook", sessions=2, services=1)
    results = join_visits([visits, pages])
    (result,) = results.platforms
    assert (result.sessions.count, result.services.pair) == (520, (10, 20))
    assert result.services.days == {day(n).toordinal() for n in range(11, 21)}
    assert result.services.pair_days == result.services.days


def test_what_no_file_tells_of_a_place_is_not_nought():
    """Instagram came in a month whose file has no pages; the other month's file never names it."""
    early = daily("plausible_export", [1, 2], "instagram", sessions=250)
    late = daily("ga4_exploration", [31, 60], "facebook", sessions=10, services=5)
    results = join_visits([early, late])
    places = {r.platform: r for r in results.platforms}
    assert places["instagram"].sessions.count == 500
    assert places["instagram"].services is None
    assert places["facebook"].services.pair == (10, 20)
    assert results.everything.services.pair == (10, 20)


def test_nobody_on_days_without_visits_is_not_nobody_of_the_visits():
    """Contact is known of ten days on which nobody came; of the visits it is not known."""
    month = daily("ga4_exploration", [1, 30], "facebook", sessions=5, services=1)
    part = [
        *daily("matomo_report", [11, 20], "facebook", sessions=0, services=0, contact=0),
        *daily("matomo_report", [15], "facebook", sessions=0, services=0, contact=0),
    ]
    results = join_visits([month, part])
    assert results.everything.contact is None
    assert results.platforms[0].contact is None
    log = daily("log_combined", [1, 30], "facebook", sessions=9, services=2, contact=0)
    assert join_visits([log]).everything.contact.pair == (0, 18)


def test_a_cell_nobody_can_read_is_not_nought():
    """A place whose visits cannot be read is named and has no figure; others keep theirs."""
    records = [
        *daily("ga4_exploration", [1, 2], "facebook", services=0),
        *daily("ga4_exploration", [1, 2], "x", sessions=3, services=1),
    ]
    places = {r.platform: r for r in join_visits([records]).platforms}
    assert places["facebook"].sessions is None
    assert places["x"].sessions.count == 6
    assert places["facebook"].services.share is None
    results = join_visits([records])
    assert results.unread == ("facebook",)
    assert (results.everything.services.count, results.everything.services.pair) == (2, None)
    (only,) = join_visits([daily("ga4_exploration", [1], "facebook", services=0)]).platforms
    assert only.sessions is None


# -- figures ------------------------------------------------------------------------------------


def test_counts_and_shares_have_their_limits():
    """Counts have the exact Poisson interval, shares that of Jeffreys, both of 95 %."""
    (result,) = join_visits(
        [whole("log_combined", 1, 7, sessions=15, services=6, used=0)]
    ).platforms
    assert (result.sessions.low, result.sessions.high) == count_interval(15)
    assert (result.services.share.low, result.services.share.high) == proportion_interval(6, 15)
    assert (result.used.count, result.used.share.low) == (0, 0.0)
    assert result.contact is None


def test_what_cannot_be_is_given_no_share():
    """More at a stage than there were visits is a matter of the file, not a percentage."""
    odd = whole("mapped", 1, 7, sessions=3, services=6)
    (result,) = join_visits([odd]).platforms
    assert (result.services.count, result.services.share) == (6, None)
    assert (result.services.excess, result.services.pair) == ((6, 3), None)
    both = join_visits([[*odd, *whole("mapped", 1, 7, "x", sessions=90, services=6)]])
    assert both.everything.services.share is None
    times = SocialVisits("x", "ga4_report", day(1), day(7), 9, used=3, used_is_times=True)
    (result,) = join_visits([[times]]).platforms
    assert (result.used.count, result.used.share, result.used.is_times) == (3, None, True)


def test_platforms_stand_in_the_order_of_what_they_brought():
    """Who got in touch counts more than who came; the unnamed stand at the end."""
    records = [
        *whole("mapped", 1, 7, "facebook", sessions=90, used=1),
        *whole("mapped", 1, 7, "linkedin", sessions=9, used=3),
        *whole("mapped", 1, 7, "", sessions=50, used=9),
    ]
    results = join_visits([records])
    assert [r.platform for r in results.platforms] == ["linkedin", "facebook", ""]
    assert results.everything.used.count == 13


def test_weeks_are_told_one_by_one():
    """What is known by days is known by weeks, quiet ones too; a total over weeks is in none."""
    days = daily("log_combined", [1, 2], sessions=4, services=1) + daily(
        "log_combined", [21], sessions=2, services=2
    )
    weeks = join_weeks([days])
    assert [monday.isoformat() for monday, _ in weeks] == [
        "2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21"
    ]  # fmt: skip
    assert [sessions(results) for _, results in weeks] == [8, 0, 0, 2]
    assert weeks[0][1].everything.services.share.value == pytest.approx(0.25)
    assert join_weeks([whole("ga4_report", 1, 30, sessions=9)]) == ()
    week = whole("matomo_report", 7, 13, sessions=9)
    assert [sessions(results) for _, results in join_weeks([week])] == [9]


# -- hours --------------------------------------------------------------------------------------


def spend(platform, number, hours, source="toggl_detailed"):
    return HoursSpent(platform, source, day(number), hours)


def test_rates_by_the_hour_want_hours_for_the_same_days():
    """Three who got in touch in six hours: half a one an hour, within wide limits."""
    visits = daily("log_combined", [1, 10], sessions=5, used=0) + daily(
        "log_combined", [4], sessions=9, used=3
    )
    hours = [spend("instagram", 1, 2.0), spend("instagram", 10, 4.0), spend(SEVERAL, 5, 1.0)]
    results = join_visits([visits], [hours])
    (result,) = results.platforms
    assert (result.hours, result.used.per_hour.value) == (6.0, 0.5)
    assert result.used.per_hour.high == pytest.approx(count_interval(3)[1] / 6)
    assert results.hours_apart == {SEVERAL: 1.0}
    elsewhere = join_visits([visits], [[spend("instagram", 20, 2.0)]])
    assert (elsewhere.platforms[0].used.per_hour, elsewhere.hours_unknown) == (None, True)


def test_rates_are_of_the_days_that_visits_and_hours_share():
    """A tracker that begins later and ends earlier gives a rate, of its days and a week around."""
    visits = daily("log_combined", range(1, 31), sessions=4, used=1)
    hours = [[spend("instagram", 12, 2.0), spend("instagram", 18, 5.0)]]
    results = join_visits([visits], hours)
    (result,) = results.platforms
    assert (result.sessions.count, result.hours) == (120, 7.0)
    assert (result.sessions.per_hour.value, result.used.per_hour.value) == (12.0, 3.0)
    assert results.hours_days == {day(n).toordinal() for n in range(5, 26)}
    wide, near = (whole("ga4_report", 1, last, sessions=40) for last in (30, 19))
    assert join_visits([wide], hours).platforms[0].sessions.per_hour is None
    assert join_visits([whole("ga4_report", 6, 19, sessions=42)], hours).platforms[0].hours == 7.0
    assert join_visits([near], hours).hours_unknown


@pytest.mark.parametrize(("hours", "told"), [(0.0, False), (0.9, False), (1.0, True)])
def test_a_rate_wants_the_least_hours(hours, told):
    """What fell into a few minutes is no rate; hours of nought are known all the same."""
    visits = daily("log_combined", [1], sessions=4)
    results = join_visits([visits], [[spend("instagram", 1, hours)]], least=1)
    (result,) = results.platforms
    assert (result.hours, results.hours_unknown) == (hours, False)
    assert (result.sessions.per_hour is not None) is told


def test_two_trackers_never_add_up():
    """A tracker and a calendar tell the same hours; the one read later counts."""
    visits = daily("log_combined", [1, 2], sessions=5)
    one = [spend("instagram", 1, 3.0), spend("instagram", 2, 3.0)]
    other = [spend("instagram", 1, 2.0, "calendar"), spend("instagram", 2, 1.0, "calendar")]
    assert join_visits([visits], [one, other]).platforms[0].hours == 3.0


# -- typed numbers ------------------------------------------------------------------------------


def test_four_numbers_typed_are_enough():
    """What somebody read from a screen gives the same figures as a file."""
    results = join_visits([[from_typed(15, 6, 2, 1, days=(day(1), day(30)))]])
    counts = [results.everything.of(stage).count for stage in ("sessions", *STAGES)]
    assert counts == [15, 6, 2, 1]
    assert results.everything.used.share.value == pytest.approx(1 / 15)


@pytest.mark.parametrize("numbers", [(-1,), (5, 6), (5, 4, 3, 6)])
def test_more_than_there_were_cannot_be_typed(numbers):
    """A stage with more visits than there were is a slip of the finger."""
    with pytest.raises(ValueError, match="visits"):
        from_typed(*numbers)


def test_every_tool_named_has_its_clicks():
    """For each of the four numbers it is said where it stands in each tool."""
    clicks = load_words(WORDS)["clicks"]
    assert set(clicks) == {"ga4", "matomo", "plausible", "umami"}
    for tool in clicks.values():
        assert all(tool[stage] for stage in ("name", "sessions", *STAGES))


@pytest.mark.parametrize(
    ("source", "tool"),
    [("ga4_report", "ga4"), ("ga4_bigquery", "ga4"), ("log_iis_w3c", "log"),
     ("umami_export", "umami"), ("mapped", "mapped")],
)  # fmt: skip
def test_formats_of_one_tool_are_known(source, tool):
    """Formats that hold the same visits belong together."""
    assert find_tool(source) == tool


# -- whatever is read ---------------------------------------------------------------------------

COUNT = st.none() | st.integers(0, 50)
RECORDS = st.lists(
    st.builds(
        lambda source, platform, start, length, sessions, services: SocialVisits(
            platform, source, day(start), day(start + length), sessions, services
        ),
        st.sampled_from(["ga4_report", "ga4_exploration", "plausible_export"]),
        st.sampled_from(["", "facebook", "x"]),
        st.integers(1, 12),
        st.integers(0, 5),
        COUNT,
        COUNT,
    ),
    max_size=5,
)


SOURCES = ("ga4_report", "ga4_exploration", "plausible_export", "log_combined", "matomo_report")


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_sources_never_changes_a_figure(imports, random):
    """Each from a source of its own, some of one tool, with gaps: any order tells the same."""
    each = [[replace(r, source=SOURCES[at]) for r in records] for at, records in enumerate(imports)]
    results = join_visits(each)
    random.shuffle(each)
    assert join_visits(each) == results
    for result in (*results.platforms, results.everything):
        for stage in STAGES:
            counted = result.of(stage)
            if counted and counted.pair:
                assert counted.pair[0] <= min(counted.pair[1], counted.count)
                assert counted.pair[1] <= result.sessions.count
                assert counted.pair_days <= counted.days & result.sessions.days


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=4))
def test_no_day_is_ever_counted_twice(imports):
    """Whatever is imported in whatever order, no more is counted than one import had of a day."""
    results = join_visits(imports)
    per_day = {}
    for records in imports:
        for source in {record.source for record in records}:
            told = {}
            for r in records:
                if r.source == source and r.sessions is not None:
                    for n in range(r.start.toordinal(), r.end.toordinal() + 1):
                        told[n] = told.get(n, 0) + r.sessions
            for n, count in told.items():
                per_day[n] = max(per_day.get(n, 0), count)
    counted = results.everything.sessions.count if results.everything.sessions else 0
    assert counted <= sum(per_day.values())
    named = sum(r.sessions.count for r in results.platforms if r.sessions)
    assert named <= counted
    again = join_visits([*imports, *(imports[-1:] or [])])
    assert again.everything == results.everything
