"""What files told, kept in the plan: each day once, however often and in which order it is read."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from workbook.measurement.keeping import drop_import, keep_imports, read_imports
from workbook.measurement.kept import count_between
from workbook.measurement.results import COUNTED, join_visits
from workbook.plan import Plan
from workbook.records import SEVERAL, HoursSpent, SocialVisits
from workbook.steps.measurement.answers import KeptCounts, KeptRow, read_rows, write_rows

FIRST = date(2026, 9, 1)
READ = date(2026, 12, 1)
PLATFORMS = ("facebook", "instagram")


def day(number):
    return FIRST + timedelta(days=number)


def visits(source, number, platform="facebook", days=1, **counts):
    return SocialVisits(platform, source, day(number), day(number + days - 1), **counts)


def keep(*imports, plan=None, hours=(), read_on=READ):
    return keep_imports(plan or Plan(), imports, hours, read_on=read_on)


def typed(plan, *entries):
    said = [{"id": f"nm{at:02}", "platform": "facebook", **each} for at, each in enumerate(entries)]
    numbers = Plan.model_validate({"measurement": {"numbers": said}}).measurement.numbers
    changed = plan.measurement.model_copy(update={"numbers": numbers})
    return plan.model_copy(update={"measurement": changed})


def between(plan, first, last, platform="facebook"):
    found = count_between(plan, day(first), day(last))
    return next((place for place in found if place.platform == platform), None)


# -- what goes in comes out ----------------------------------------------------------------------

COUNTS = st.none() | st.integers(0, 300)
RECORDS = st.builds(
    lambda platform, at, days, counts: visits("matomo_report", at, platform, days, **counts),
    st.sampled_from(("", *PLATFORMS)),
    st.integers(0, 40),
    st.sampled_from((1, 1, 7)),
    st.fixed_dictionaries(dict.fromkeys(COUNTED, COUNTS)),
)


@settings(max_examples=60)
@given(st.lists(RECORDS, max_size=12, unique_by=lambda r: (r.platform, r.start, r.end)))
def test_nothing_of_what_a_file_told_is_lost(records):
    """Records go into the plan, through its file, and come out the same; each is there once."""
    plan = Plan.model_validate_json(keep(records).model_dump_json())
    kept, _ = read_imports(plan.measurement.imports)
    back = Counter(record for each in kept for record in each)
    assert back <= Counter(records)
    assert back >= Counter(r for r in records if any(getattr(r, n) is not None for n in COUNTED))


def test_what_could_not_be_read_is_kept_as_such():
    """A cell nobody can read is no visit on a day that others are known of, and no nought."""
    plan = keep([visits("ga4_report", 0), visits("ga4_report", 0, "instagram", sessions=4)])
    plan = keep([visits("ga4_report", 1, sessions=3)], plan=plan)
    plan = Plan.model_validate_json(plan.model_dump_json(exclude_defaults=True))
    found = between(plan, 0, 1)
    assert (found.visits, found.missing["visits"]) == (3, ((day(0), day(0)),))
    assert between(plan, 0, 0) is None
    assert between(plan, 0, 1, "instagram").visits == 4


def test_numbers_without_days_are_kept_as_such():
    """A report of a whole period that names no days is a total, and no day of it is known."""
    plan = keep([SocialVisits("facebook", "ga4_report", sessions=15)])
    kept, _ = read_imports(plan.measurement.imports)
    assert kept == [[SocialVisits("facebook", "ga4_report", sessions=15)]]
    assert between(plan, 0, 400) is None


def test_the_plan_holds_the_kind_of_a_file_and_nothing_that_names_anybody():
    """What is kept are ids of formats and places, days and counts."""
    plan = keep([visits("log_combined", 3, sessions=4)])
    text = plan.measurement.imports[0].what.model_dump_json(exclude_defaults=True)
    assert text == (
        '{"source":"log_combined","read_on":"2026-12-01","first":"2026-09-04",'
        '"told":["sessions"],"places":[{"platform":"facebook","rows":"4"}]}'
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"places": [{"platform": "facebook", "rows": "4,4"}]},
        {"places": [{"platform": "facebook", "rows": "-4"}]},
        {"places": [{"platform": "facebook", "rows": "4.4.4"}]},
        {"places": [{"platform": "facebook", "rows": "99999x99999:4"}]},
        {"places": [{"platform": "facebook", "rows": "39999:1;39999:1"}]},
        {"places": [{"platform": "facebook", "rows": "=1+1"}]},
        {"places": [{"platform": "<b>", "rows": ""}]},
        {"source": "anna_smith.csv"},
    ],
)
def test_what_no_import_looks_like_is_refused(changed):
    """A plan file that was tampered with is damaged, and does not become numbers."""
    whole = {"source": "ga4_report", "first": "2026-09-01", "told": ["sessions"]}
    with pytest.raises(ValidationError):
        KeptCounts.model_validate({**whole, **changed})


# -- each day once --------------------------------------------------------------------------------

TRUTH = {
    (platform, at): {"sessions": (at * 7 + len(platform)) % 5, "used": at % 2}
    for platform in PLATFORMS
    for at in range(60)
}
WINDOWS = st.tuples(st.integers(0, 59), st.integers(0, 59)).map(sorted)


def export(window, source="ga4_exploration"):
    """What a tool gives out for some days: a row for each place and day, also the quiet ones."""
    first, last = window
    return [
        visits(source, at, platform, **TRUTH[platform, at])
        for platform in PLATFORMS
        for at in range(first, last + 1)
    ]


@settings(max_examples=60)
@given(st.lists(WINDOWS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_order_and_repetition_never_change_what_is_counted(windows, random):
    """However often exports of one tool overlap or repeat, each day has the count it has."""
    again = [*windows, *random.sample(windows, k=random.randint(0, len(windows)))]
    random.shuffle(again)
    plan = Plan()
    for window in again:
        plan = keep(export(window), plan=plan)
    covered = {at for first, last in windows for at in range(first, last + 1)}
    for platform in PLATFORMS:
        found = between(plan, 0, 59, platform)
        assert found.visits == sum(TRUTH[platform, at]["sessions"] for at in covered)
        assert found.used == sum(TRUTH[platform, at]["used"] for at in covered)
        missing = found.missing["visits"]
        days = sum((last - first).days + 1 for first, last in missing)
        assert days == 60 - len(covered)
    places = [place for each in plan.measurement.imports for place in each.what.places]
    rows = [row for place in places for row in read_rows(place.rows)]
    assert len(rows) == len(covered) * len(PLATFORMS)


@settings(max_examples=60)
@given(st.lists(st.tuples(WINDOWS, st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_keeping_counts_as_if_all_files_lay_side_by_side(exports):
    """Cutting what a later import replaces changes no figure, days and totals alike."""
    imports = []
    for at, (window, is_total, is_narrow) in enumerate(exports):
        first, last = window
        told = {"sessions": at + 1} if is_narrow else {"sessions": at + 1, "used": 1}
        spans = (
            [(first, last - first + 1)] if is_total else [(d, 1) for d in range(first, last + 1)]
        )
        imports.append([visits("matomo_report", d, days=n, **told) for d, n in spans])
    plan = Plan()
    for each in imports:
        plan = keep(each, plan=plan)
    kept = join_visits(read_imports(plan.measurement.imports)[0])
    whole = join_visits(imports)
    assert kept.days == whole.days
    assert kept.platforms == whole.platforms


def test_the_same_file_twice_changes_nothing():
    """Not even the order, the id or the day on which it was read."""
    plan = keep(export((0, 30)))
    assert keep(export((0, 30)), plan=plan) == plan


def test_a_later_import_replaces_the_days_it_covers_and_no_others():
    """Quiet days at its edges stay known as quiet."""
    plan = keep([visits("matomo_report", at, sessions=at % 3) for at in range(10)])
    plan = keep([visits("matomo_report", at, sessions=9) for at in range(4, 7)], plan=plan)
    found = between(plan, 0, 9)
    assert found.visits == sum(at % 3 for at in (0, 1, 2, 3, 7, 8, 9)) + 3 * 9
    assert found.missing["visits"] == ()
    later = plan.measurement.imports[-1].id
    found = between(drop_import(plan, later), 0, 9)
    assert found.missing["visits"] == ((day(4), day(6)),)


def test_a_later_import_that_tells_less_takes_nothing_else_away():
    """Visits are read again without the pages: how many saw them stays."""
    plan = keep([visits("matomo_report", at, sessions=5, contact=1) for at in range(10)])
    plan = keep([visits("matomo_report", at, sessions=6) for at in range(5, 15)], plan=plan)
    found = between(plan, 0, 14)
    assert (found.visits, found.contact) == (5 * 5 + 10 * 6, 10)
    assert found.missing["contact"] == ((day(10), day(14)),)


def test_two_counters_are_never_added():
    """Matomo and Plausible count the same visits, each in its own way."""
    plan = keep(export((0, 30)), export((0, 30), "matomo_report"))
    only = keep(export((0, 30)))
    assert between(plan, 0, 30).visits == between(only, 0, 30).visits


def test_hours_of_two_trackers_are_never_added():
    """The tracker read later has the days it covers; what is left of the other stays."""
    old = [HoursSpent("facebook", "toggl_detailed", day(at), 1.0) for at in range(0, 10, 3)]
    new = [HoursSpent("facebook", "calendar_blocks", day(at), 0.5) for at in (4, 6)]
    both = [HoursSpent(SEVERAL, "calendar_blocks", day(6), 2.0)]
    plan = keep([visits("ga4_report", 0, sessions=3)], hours=[old, [*new, *both]])
    found = between(plan, 0, 9)
    assert found.hours == 3 * 1.0 + 2 * 0.5
    assert found.missing["hours"] == ()
    assert found.by["hours"] == ("tracker",)


# -- beside what was typed ------------------------------------------------------------------------


def test_where_a_file_tells_of_the_same_days_the_file_counts():
    """Typed numbers fill in what no file tells: other days, and enquiries."""
    plan = typed(
        keep(export((0, 9))),
        {"first": day(5), "last": day(14), "visits": 500, "leads": 2, "hours": 3},
        {"first": day(20), "last": day(24), "visits": 7},
    )
    found = between(plan, 0, 24)
    filed = sum(TRUTH["facebook", at]["sessions"] for at in range(10))
    assert (found.visits, found.leads, found.hours) == (filed + 7, 2, 3)
    assert found.by["visits"] == ("ga4", "typed")
    assert found.missing["visits"] == ((day(10), day(19)),)
    assert found.missing["leads"] == ((day(0), day(4)), (day(15), day(24)))
    assert found.services is None
    assert found.missing["services"] == ((day(0), day(24)),)


def test_what_reaches_over_the_edge_is_not_divided():
    """A quarter that was typed says nothing of one of its months."""
    plan = typed(Plan(), {"first": day(0), "last": day(40), "visits": 80})
    assert between(plan, 10, 30) is None
    assert between(plan, 0, 45).visits == 80


def test_of_typed_sets_that_share_days_the_first_counts():
    """It is the same month, typed twice."""
    month = {"first": day(0), "last": day(29), "visits": 80}
    assert between(typed(Plan(), month, {**month, "visits": 90}), 0, 40).visits == 80


def test_a_place_that_no_file_names_keeps_what_was_typed():
    """The file tells of two places; a third one was counted by hand."""
    entry = {"platform": "linkedin", "first": day(0), "last": day(9), "visits": 12}
    plan = typed(keep(export((0, 9))), entry)
    assert between(plan, 0, 9, "linkedin").visits == 12


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            KeptRow,
            st.integers(0, 500),
            st.sampled_from((0, 1, 1, 7)),
            st.lists(
                st.none() | st.integers(0, 10**12) | st.integers(0, 10**8).map(lambda n: n / 10**4),
                min_size=1,
                max_size=4,
            ).map(tuple),
        ),
        max_size=8,
    )
)
def test_rows_are_read_as_they_were_written(rows):
    """A stretch of days with its figures, hours to the ten-thousandth, in a few letters."""
    ordered = sorted(rows, key=lambda row: row[:2])
    assert list(read_rows(write_rows(ordered))) == ordered


def test_a_year_of_every_place_stays_small():
    """400 days, eight places, three counters: less than 100 kB in the plan."""
    counts = {"sessions": 12, "services": 8, "contact": 3, "used": 0}
    for source in ("ga4_exploration", "matomo_report", "log_combined"):
        places = [
            "facebook",
            "instagram",
            "x",
            "linkedin",
            "tiktok",
            "youtube",
            "threads",
            "reddit",
        ]
        records = [visits(source, at, p, **counts) for at in range(400) for p in places]
        kept = keep(records).measurement.imports[0]
        assert len(kept.model_dump_json()) < 100_000 / 3
