"""Counting what it brings: settings by tool, the numbers, and what they come to."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.sample_plans import IN_FULL, TODAY, make_finished
from workbook.checks import run
from workbook.content import load_words
from workbook.evidence import load_sources
from workbook.exports.documents import build_document, gather
from workbook.measurement.keeping import keep_imports
from workbook.measurement.links import lint_link
from workbook.measurement.quadrants import Quadrant
from workbook.plan import Plan
from workbook.records import HoursSpent, SocialVisits
from workbook.steps.measurement.answers import Measurement, PlaceNumbers
from workbook.steps.measurement.board import WayNumber, list_kpis, list_way
from workbook.steps.measurement.editor_shown import write_list
from workbook.steps.measurement.limits import list_can, list_cannot
from workbook.steps.measurement.outcome import weigh
from workbook.steps.measurement.pictures import draw_rates, draw_way, judge_places, list_weeks
from workbook.steps.measurement.register import list_paper, register_of, zip_codes
from workbook.steps.measurement.setup import (
    WORDS,
    begin_alike,
    judge_event,
    list_caveats,
    list_guides,
    mend_event,
)
from workbook.steps.measurement.tally import write_tally

QUARTER = {"first": "2026-10-01", "last": "2026-12-31"}


def _plan(*numbers, **more):
    """A plan with some numbers, each of Facebook in the last quarter unless it says otherwise."""
    entries = [
        {"id": f"nm{at:02}", "platform": "facebook", **QUARTER, **each}
        for at, each in enumerate(numbers)
    ]
    said = {"numbers": entries, **more.pop("measurement", {})}
    return Plan.model_validate({**more, "measurement": said})


def _weigh_one(*numbers, **more):
    return weigh(_plan(*numbers, **more)).places[0]


def _found(plan, today=TODAY):
    return {finding.id for finding in run(plan, today)}


# -- what the numbers come to -------------------------------------------------------------------


def test_each_stage_is_a_share_of_the_visits_with_its_limits():
    """96 of 240 is 40 %, and lies between 34 and 46 %."""
    place = _weigh_one({"visits": 240, "services": 96, "used": 9})
    share = place.shares["services"]
    assert (share.count, share.of, share.rate.value) == (96, 240, 0.4)
    assert 0.33 < share.rate.low < 0.35
    assert 0.46 < share.rate.high < 0.47
    assert place.shares["contact"] is None


def test_results_are_held_against_hours_with_the_limits_of_a_small_count():
    """7 enquiries in 26 hours: the exact Poisson limits of 7, divided by the hours."""
    rate = _weigh_one({"leads": 7, "hours": 26}).per_hour["leads"].rate
    assert rate.value == pytest.approx(7 / 26)
    assert rate.low == pytest.approx(2.814 / 26, rel=1e-3)
    assert rate.high == pytest.approx(14.42 / 26, rel=1e-3)


def test_only_sets_that_have_both_numbers_make_a_share():
    """A month in which nobody counted the stage is not held against it."""
    counted = {"visits": 100, "used": 10, "leads": 4, "hours": 10}
    uncounted = {"first": "2027-01-01", "last": "2027-01-10", "visits": 900, "leads": 2}
    place = _weigh_one(counted, uncounted)
    assert place.counts["visits"] == 1000
    assert place.shares["used"].of == 100
    assert place.per_hour["leads"].count == 4
    assert place.counts["leads"] == 6


def test_shared_days_count_once():
    """Of two sets that share days the first counts, and the other stands aside."""
    place = _weigh_one(
        {"visits": 40},
        {"visits": 99, "first": "2026-12-31", "last": "2027-01-05"},
        {"visits": 2, "first": "2027-01-01", "last": "2027-01-05"},
    )
    assert place.counts["visits"] == 42
    assert [entry.visits for entry in place.aside] == [99]
    assert place.days == 92 + 5


def test_a_century_of_days_is_added_up_at_once():
    """However long the days, they are compared by their ends: a hundred sets cost nothing."""
    century = {"visits": 1, "first": "2000-01-01", "last": "2100-12-31"}
    place = _weigh_one(*[century] * 100)
    assert (place.days, len(place.aside)) == (36_890, 99)


def test_no_time_at_all_brings_nothing_an_hour():
    """Less than a minute is no time, so there is no rate, and the hours are asked for."""
    plan = _plan({"leads": 3, "hours": 0.001})
    assert weigh(plan).places[0].per_hour["leads"] is None
    assert "hours-absent" in _found(plan)


def test_what_cannot_be_makes_no_share():
    """More that got in touch than visits is no share of anything."""
    assert _weigh_one({"visits": 4, "used": 40}).shares["used"] is None
    assert _weigh_one({"visits": 0, "used": 0}).shares["used"] is None


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        ({"leads": 3, "referrals": 2, "hours": 20}, Quadrant.BOTH),
        ({"leads": 3, "referrals": 0, "hours": 20}, Quadrant.CLIENTS),
        ({"leads": 3, "hours": 20}, Quadrant.CLIENTS),
        ({"leads": 0, "referrals": 2, "hours": 20}, Quadrant.RELATIONS),
        ({"leads": 0, "referrals": 0, "hours": 10}, Quadrant.HOBBY),
        ({"leads": 0, "referrals": 0, "hours": 9.5}, Quadrant.EARLY),
        ({"leads": 0, "referrals": 0}, Quadrant.EARLY),
        ({"leads": 0, "referrals": 0, "hours": 99, "last": "2026-11-28"}, Quadrant.EARLY),
        ({"leads": 0, "referrals": 0, "hours": 99, "last": "2026-11-29"}, Quadrant.HOBBY),
        ({"leads": 0, "referrals": 0, "hours": 99, "last": None}, Quadrant.EARLY),
        ({"leads": 7, "hours": 0.1}, Quadrant.EARLY),
        ({"leads": 3, "referrals": 2, "hours": 9.5}, Quadrant.EARLY),
        ({"referrals": 2, "hours": 99, "last": "2026-11-28"}, Quadrant.EARLY),
        ({"leads": 7, "hours": 99, "first": "2026-12-31", "last": "2026-10-01"}, Quadrant.EARLY),
        ({"leads": 7, "hours": 99, "platform": None}, "nameless"),
        ({"leads": 0, "hours": 99}, Quadrant.OPEN),
        ({"visits": 5}, Quadrant.OPEN),
    ],
)
def test_each_place_is_named_by_what_it_brought(numbers, kind):
    """Clients, partners, both or a hobby after 60 days and 10 hours; before that too early."""
    assert _weigh_one(numbers).kind is kind


def test_a_business_may_wait_longer_before_a_place_is_judged():
    """The number of hours is ours, and theirs goes before it."""
    numbers = {"leads": 0, "referrals": 0, "hours": 20}
    more = {"own_defaults": {"measurement.verdict_hours": 30}}
    assert _weigh_one(numbers).kind is Quadrant.HOBBY
    assert _weigh_one(numbers, **more).kind is Quadrant.EARLY
    (judged,) = judge_places(_plan(numbers, **more), weigh(_plan(numbers, **more)))
    assert "To judge it takes 10 more hours." in judged.text


def test_minutes_make_no_rate_and_no_verdict():
    """7 enquiries in 6 minutes are not 700 in ten hours, and what is missing is said."""
    plan = _plan({"leads": 7, "hours": 0.1, "first": None, "last": None})
    outcome = weigh(plan)
    (judged,) = judge_places(plan, outcome)
    assert outcome.places[0].per_hour["leads"] is None
    assert judged.title.endswith("too early to say")
    assert "To judge it takes the days these numbers are of and 9.9 more hours." in judged.text
    assert any(
        said.startswith("What ten hours bring at Facebook.") for said in list_cannot(plan, outcome)
    )
    hours = {"own_defaults": {"measurement.rate_hours": 0.1}}
    assert _weigh_one({"leads": 7, "hours": 0.1}, **hours).per_hour["leads"] is not None


def test_a_verdict_stands_beside_its_limits():
    """What a place is called rests on a rate, which is told with what it lies between."""
    plan = _plan({"leads": 7, "hours": 26})
    (judged,) = judge_places(plan, weigh(plan))
    assert "2.7 enquiries in ten hours, with 95 % certainty 1.1 to 5.5" in judged.facts


def test_numbers_without_a_place_are_not_judged():
    """Of numbers that name no place it is said that they name none, and nothing else."""
    plan = _plan({"leads": 7, "hours": 99, "platform": None})
    (judged,) = judge_places(plan, weigh(plan))
    assert "Keep it" not in judged.text
    assert "name no place" in judged.text


NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        "platform": st.sampled_from(["facebook", "x", "other", None]),
        "first": st.none() | st.dates(date(2026, 1, 1), date(2027, 3, 1)),
        "last": st.none() | st.dates(date(2026, 1, 1), date(2027, 3, 1)),
        **{
            name: st.none() | st.integers(0, 10**12)
            for name in ("visits", "services", "contact", "used", "leads", "referrals")
        },
        "hours": st.none() | st.floats(0, 1e12),
    },
)


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(st.lists(NUMBERS, max_size=4))
def test_any_numbers_can_be_shown(entries):
    """Whatever is typed, there are words, tables and limits for it, and no place is left for less.

    Each limit holds its value; a place is called a hobby only after its days and hours.
    """
    listed = [{"id": f"nm{at:02}", **entry} for at, entry in enumerate(entries)]
    numbers = tuple(PlaceNumbers.model_validate(entry) for entry in listed)
    plan = Plan(measurement=Measurement(numbers=numbers))
    outcome = weigh(plan)
    assert list_can(outcome)
    assert list_cannot(plan, outcome)
    assert len(judge_places(plan, outcome)) == len(outcome.places)
    assert draw_way(outcome).desc
    assert draw_rates(outcome).figure
    for place in outcome.places:
        rates = [s.rate for s in (*place.shares.values(), *place.per_hour.values()) if s]
        assert all(rate.low <= rate.value <= rate.high for rate in rates)
        if place.kind is Quadrant.HOBBY:
            assert place.days >= 60
            assert place.hours >= 10
    assert run(plan, TODAY) is not None


# -- what they can and cannot tell --------------------------------------------------------------


def test_what_nobody_counted_is_named_first():
    """A missing stage, missing hours and missing dates are said, each with its place."""
    plan = _plan({"visits": 9, "last": None}, measurement={"contact_ways": ["phone"]})
    said = " ".join(list_cannot(plan, weigh(plan)))
    assert "How many visits from Facebook got in touch. Nobody counted it." in said
    assert "The hours are missing." in said
    assert "Which days the numbers of Facebook are of." in said
    assert "then rang or walked in" in said
    assert list_can(weigh(plan)) == ("How many visits came from Facebook.",)


def test_counts_too_small_to_tell_places_apart_are_said_to_be_so():
    """One enquiry more in the same hours is chance; thirty times as many are not."""
    one, two = {"leads": 3, "hours": 20}, {"leads": 2, "hours": 20, "platform": "x"}
    plan = _plan(one, two)
    sentence = "Whether Facebook really brings more enquiries an hour than X."
    assert sentence in " ".join(list_cannot(plan, weigh(plan)))
    many = _plan({"leads": 60, "hours": 20}, two)
    assert sentence not in " ".join(list_cannot(many, weigh(many)))


def test_what_a_tool_shows_instead_of_visits_is_said():
    """Plausible shows people, Google Analytics does not."""
    for tool, is_said in (("plausible", True), ("ga4", False)):
        plan = _plan({"visits": 9}, start={"analytics": [tool]})
        assert ("one person may come more than once" in " ".join(
            list_cannot(plan, weigh(plan))
        )) is is_said  # fmt: skip


# -- settings by tool ---------------------------------------------------------------------------

ADDRESSES = {
    "services_page": "https://www.example.com/what-we-do/",
    "contact_page": "https://www.example.com/contact",
}
WAYS = ["form_thanks", "form"]


def _make(tools, *, ways=WAYS, linking=ADDRESSES, **said):
    thanks = {"thanks_page": "https://www.example.com/thank-you"}
    measurement = {"contact_ways": ways, **thanks, **said}
    parts = {"start": {"analytics": tools}, "linking": linking, "measurement": measurement}
    return Plan.model_validate(parts)


def _lines(plan):
    guides = list_guides(plan)
    return "\n".join(line for g in guides for step in g.steps for line in step.lines)


@pytest.mark.parametrize("tool", ["ga4", "matomo", "plausible", "umami", "other"])
def test_steps_are_filled_with_the_business_own_addresses(tool):
    """Both pages, the page of thanks and the event stand in the steps, and no gap is left."""
    said = _lines(_make([tool], event="enquiry"))
    assert "/what-we-do" in said
    assert "/contact" in said
    assert "/thank-you" in said or tool == "other"
    assert "enquiry" in said
    assert "{" not in said


@pytest.mark.parametrize("tool", ["ga4", "matomo", "plausible", "umami", "other"])
def test_steps_without_addresses_name_the_page(tool):
    """Where an address is open, the page is named in words."""
    said = _lines(_make([tool], linking={}, thanks_page=None))
    assert "the page with what you offer" in said
    assert "None" not in said


def test_only_the_tools_there_are_and_the_ways_there_are():
    """Nobody reads of a tool or a form they do not have; without a tool there is the tally."""
    guides = list_guides(_make(["plausible", "matomo"], ways=["phone"]))
    assert [guide.tool for guide in guides] == ["plausible", "matomo"]
    assert "thank-you" not in _lines(_make(["ga4"], ways=["phone"]))
    assert "generate_lead" not in _lines(_make(["ga4"], ways=["phone"]))
    assert [guide.tool for guide in list_guides(_make(["unknown"]))] == ["none"]
    assert [guide.tool for guide in list_guides(Plan())] == ["none"]


def test_the_home_page_is_not_looked_for_by_what_an_address_contains():
    """Every address contains a slash, so the home page is matched as a whole."""
    home = {**ADDRESSES, "services_page": "https://www.example.com/"}
    assert "is exactly “https://www.example.com/”" in _lines(_make(["ga4"], linking=home))
    assert begin_alike(_make(["ga4"], linking=home)) is False


@pytest.mark.parametrize(
    ("services", "alike"),
    [("https://a.example/contact-and-prices", True), ("https://a.example/prices", False)],
)
def test_addresses_of_which_one_is_in_the_other_are_pointed_out(services, alike):
    """A rule for /contact also counts /contact-and-prices."""
    linking = {**ADDRESSES, "services_page": services}
    assert begin_alike(_make(["ga4"], linking=linking)) is alike


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("generate_lead", ""),
        ("Form sent", "form_sent"),
        ("1st contact", "event_1st_contact"),
        ("contact-sent!", "contact_sent"),
        ("a" * 41, "a" * 40),
        ("Größe", "grosse"),
    ],
)
def test_names_of_events_keep_to_the_limits_of_the_tool(event, wanted):
    """Small letters, digits and underscores, a letter first, forty signs at most."""
    words = load_words(WORDS)
    assert bool(judge_event(event, "ga4", words)) is bool(wanted)
    if wanted:
        assert mend_event(event, "ga4", words) == wanted
        assert judge_event(wanted, "ga4", words) == ""


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_name_is_mended_to_one_the_tool_takes(event):
    """Whatever was typed, what we put in its place fits."""
    words = load_words(WORDS)
    for tool in ("ga4", "umami"):
        if judge_event(event, tool, words):
            assert judge_event(mend_event(event, tool, words), tool, words) == ""


def test_caveats_hold_for_the_business_and_no_others_are_said():
    """The banner only where there is one, the phone only where it rings."""
    calm = list_caveats(_make(["ga4"], ways=["form"], banner="none", tally="no"))
    assert [caveat.id for caveat in calm] == ["untagged", "platform-clicks"]
    loud = list_caveats(_make(["ga4", "umami"], ways=["phone"], banner="banner", tally="yes"))
    assert {"banner", "banner-ga4", "several", "last-click", "offline", "both"} <= {
        caveat.id for caveat in loud
    }
    assert list_caveats(Plan()) == ()


def test_what_is_said_of_tools_names_its_sources():
    """Each source is one that can be found again."""
    plan = _make(["ga4", "matomo", "plausible", "umami"], banner="banner", tally="yes")
    named = [k for each in (*list_guides(plan), *list_caveats(plan)) for k in each.sources]
    assert set(named) <= set(load_sources())
    assert {"M9", "M10", "M11", "T3", "T4", "T10", "M13", "M14"} <= set(named)


def test_the_tally_sheet_is_a_table_to_fill_in():
    """The heads, and rows to write on."""
    rows = list(csv.reader(io.StringIO(write_tally().decode("utf-8-sig"))))
    assert "How did you find us?" in rows[0]
    assert len(rows) == 41
    assert {len(row) for row in rows} == {7}


# -- the numbers to look at ---------------------------------------------------------------------


def test_each_goal_has_its_number_with_all_that_is_needed():
    """What, formula, unit, source, reader, day, from and to, and what then."""
    (kpi,) = list_kpis(make_finished())
    assert kpi.number == "Enquiries from social media, each month"
    assert kpi.stage == "What changed for you"
    assert kpi.unit == "enquiries a month"
    assert kpi.aim == "from 6 to 16 enquiries a month, by 31 July 2027"
    assert kpi.source == "A tally beside the phone"
    assert kpi.reader == "the office manager"
    assert kpi.when == (
        "Every month, on the first working day of the month; next on 1 February 2027"
    )
    assert kpi.decision.startswith("If it is below 16 enquiries a month on 31 July 2027: Look")


def test_a_number_that_should_fall_is_missed_when_it_is_above():
    """Hours until the first reply are too many, not too few."""
    goal = {
        "id": "go01",
        "metric": "first_reply_hours",
        "target": 4,
        "due": "2027-07-31",
        "if_missed": "Ask for help.",
    }
    (kpi,) = list_kpis(Plan.model_validate({"goals": {"goals": [goal]}}))
    assert "If it is above 4 hours" in kpi.decision
    assert "is still to be counted" in kpi.aim


def test_an_empty_goal_says_what_is_missing():
    """No gap, no code: what is not said is said not to be."""
    (kpi,) = list_kpis(Plan.model_validate({"goals": {"goals": [{"id": "go01"}]}}))
    assert kpi.goal == "Goal 1"
    assert kpi.reader == "nobody yet"
    assert kpi.aim == kpi.number == "not said yet"


def test_the_way_runs_from_a_visit_to_a_customer():
    """Seven numbers, with the business's own pages, and referrals as a line beside it."""
    way = list_way(make_finished())
    assert len(way) == 7
    assert "/bathrooms" in way[1].formula
    assert "saw /thank-you" in way[3].formula
    assert way[-1].source == "the tally sheet"
    assert list_way(Plan())[0].source == "a counter that is still to be chosen"


def test_each_number_on_the_way_is_as_complete_as_that_of_a_goal():
    """It has a unit, a reader, a day and a decision; an empty plan says what is not said yet."""
    finished = make_finished()
    for number in list_way(finished):
        assert all(getattr(number, name) for name in WayNumber.__dataclass_fields__)
        assert number.reader == finished.measurement.reader
    empty = list_way(Plan())
    assert {(each.reader, each.when) for each in empty} == {("nobody yet", "not said yet")}
    assert len({each.decision for each in empty}) == len(empty)
    dated = {"reading_day": "monday", "next_reading": "2026-12-07"}
    plan = Plan.model_validate({"measurement": dated})
    assert list_way(plan)[0].when == "on a Monday; next on 7 December 2026"


# -- links --------------------------------------------------------------------------------------


def test_links_that_last_keep_their_name():
    """The topic of the weeks is in links of posts, not in the profile or on a card."""
    plan = make_finished()
    register = register_of(plan)
    names = {row.link.placement: row.link.tags.campaign for row in register.rows}
    assert names["post"] == names["flyer"] == "2027-01_bathrooms"
    assert names["bio"] == names["card"] == "profile"
    assert all(lint_link(row.link.url) == () for row in register.rows if row.place == "X")


def test_links_need_a_page_and_a_place():
    """Without them there is nothing to tag."""
    assert register_of(Plan()) is None
    assert register_of(_make(["ga4"])) is None


def test_paper_has_qr_codes():
    """A picture for each spot on paper, the same bytes each time."""
    register = register_of(make_finished())
    raw = zip_codes(register)
    assert raw == zip_codes(register)
    with zipfile.ZipFile(io.BytesIO(raw)) as codes:
        assert codes.namelist() == [f"{row.link.placement}.svg" for row in list_paper(register)]
        assert len(codes.namelist()) == 3
        for name in codes.namelist():
            assert ET.fromstring(codes.read(name)).tag.endswith("svg")


# -- checks -------------------------------------------------------------------------------------


def test_possible_numbers_are_left_alone():
    """Fewer and fewer along the way, hours that fit, days that have been: nothing is found."""
    numbers = {"visits": 240, "services": 96, "contact": 31, "used": 9, "leads": 7, "hours": 26}
    found = {f.id for f in run(_plan(numbers), TODAY) if f.path.startswith("measurement.numbers")}
    assert found == set()


def test_what_is_impossible_is_a_warning_and_what_is_odd_a_note():
    """More in touch than visits cannot be; more on Contact than on Services can."""
    findings = {f.id: f.severity for f in run(_plan({"visits": 5, "used": 9}), TODAY)}
    assert findings["more-than-visits"] == "warn"
    odd = {"visits": 50, "services": 5, "contact": 9, "used": 12}
    findings = {f.id: f.severity for f in run(_plan(odd), TODAY)}
    assert findings["contact-before-services"] == findings["used-without-contact"] == "note"


def test_numbers_up_to_today_are_not_ahead():
    """The last day may be today, and numbers of two years ago are called old the day after."""
    assert "dates-ahead" not in _found(_plan({"visits": 5, "last": TODAY.isoformat()}))
    old = _plan({"visits": 5, "first": "2024-01-01", "last": "2024-12-31"})
    assert "numbers-old" not in _found(old, date(2026, 12, 31))
    assert "numbers-old" in _found(old, date(2027, 1, 1))


def test_a_plan_without_social_media_has_nothing_to_count():
    """Who waits is told nothing about readers, counters and banners."""
    plan = make_finished()
    waiting = plan.goals.model_copy(update={"decision": "not_now"})
    asked = Measurement(banner="banner", next_reading=date(2020, 1, 1), reader="unknown")
    plan = plan.model_copy(update={"goals": waiting, "measurement": asked})
    assert not {"nobody-reads", "no-counter", "reading-passed", "banner-hides"} & _found(plan)


def test_each_goal_may_have_its_own_reader():
    """Nobody is missing where each goal names somebody."""
    goals = {"goals": [{"id": "go01", "reader": "the owner"}]}
    plan = Plan.model_validate({"goals": goals, "measurement": {"tally": "yes"}})
    assert "nobody-reads" not in _found(plan)


# -- documents ----------------------------------------------------------------------------------


def test_the_strategy_says_what_numbers_cannot_tell_before_the_numbers():
    """Limits first; then the way in counts, the rates with limits, and what each place is."""
    text = build_document("strategy", gather(make_finished(), TODAY, switches=IN_FULL)).text()
    assert "240 → 96 → 31 → 9" in text
    assert "2.7 (1.1 to 5.5)" in text
    assert text.index("What these numbers cannot tell") < text.index("240 → 96 → 31 → 9")
    assert "utm_content=post" in text


def test_the_next_reading_is_a_thing_to_do():
    """It stands among the dated things, on its day."""
    text = build_document("strategy", gather(make_finished(), TODAY, switches=IN_FULL)).text()
    assert "Read the numbers of all places, and type them in" in text


@pytest.mark.parametrize("change", [{}, {"numbers": ()}])
def test_the_strategy_has_no_results_before_there_are_any(change):
    """Without numbers the part ends with the links."""
    plan = make_finished()
    if change:
        plan = plan.model_copy(update={"measurement": plan.measurement.model_copy(update=change)})
    text = build_document("strategy", gather(plan, TODAY, switches=IN_FULL)).text()
    assert ("What was counted so far" in text) is not bool(change)
    assert "The numbers to look at" in text


# -- from files ---------------------------------------------------------------------------------


def _filed(plan, days, hours=(), **counts):
    """A plan with a file of Facebook for some days of October, and hours of a tracker."""
    first = date(2026, 10, 1)
    visits = [
        SocialVisits("facebook", "ga4_exploration", day, day, **counts)
        for day in (first + timedelta(days=n) for n in days)
    ]
    spent = [HoursSpent("facebook", "toggl_detailed", first + timedelta(n), 1.0) for n in hours]
    return keep_imports(plan, [visits], [spent] if spent else [], read_on=TODAY)


def test_files_and_typed_numbers_make_one_picture():
    """Visits come from the file, enquiries from what was typed; nothing is counted twice."""
    plan = _filed(_plan({"visits": 500, "leads": 3, "hours": 20}), range(31), sessions=4, used=1)
    place = weigh(plan).places[0]
    assert (place.counts["visits"], place.counts["used"], place.counts["leads"]) == (124, 31, 3)
    assert place.shares["used"].of == 124
    assert place.filed == ("visits", "used")
    assert place.overruled == {"nm00": ("visits",)}
    assert "typed-aside" in _found(plan)
    assert "The file counts there" in " ".join(list_cannot(plan, weigh(plan)))


def test_hours_of_a_tracker_are_those_of_the_days_they_are_held_against():
    """It counts for the days that both are known of; where it lacks some, typed hours stay."""
    whole = {"leads": 3, "hours": 20, "first": "2026-10-01", "last": "2026-10-10"}
    tracked = weigh(_filed(_plan(whole), range(10), range(10), sessions=4, used=1)).places[0]
    assert tracked.per_hour["leads"].hours == 10
    assert (tracked.used_per_hour.count, tracked.used_per_hour.hours) == (10, 10)
    partly = weigh(_filed(_plan(whole), range(10), range(5), sessions=4, used=1)).places[0]
    assert partly.per_hour["leads"].hours == 20
    assert (partly.used_per_hour.count, partly.used_per_hour.hours) == (5, 5)
    facts = judge_places(_plan(), weigh(_filed(_plan(), range(10), range(10), sessions=4, used=1)))
    assert "somebody got in touch on the website" in facts[0].facts


def test_the_last_weeks_are_told_one_by_one():
    """Each with its visits and shares, the last one first; a total over months is in none."""
    plan = _filed(Plan(), range(4, 18), sessions=7, used=1)
    rows = list_weeks(plan)
    assert [row[0] for row in rows] == ["12 October 2026, Facebook", "5 October 2026, Facebook"]
    assert rows[0][1] == "49 (36 to 65)"
    assert rows[0][4] == "7 of 49 · 14 % (7 to 26 %)"
    assert list_weeks(_plan({"visits": 40})) == ()


def test_documents_name_the_files_and_the_rule():
    """Whoever reads the strategy sees which files the numbers are from, and what counts."""
    plan = _filed(make_finished(), range(10), sessions=4, used=1)
    text = build_document("strategy", gather(plan, TODAY, switches=IN_FULL)).text()
    assert "Google Analytics 4, an exploration: 1 October 2026 to 10 October 2026" in text
    assert "Two counters are never added up." in text
    assert text.index("What these numbers can tell") < text.index("What these numbers cannot tell")


def test_what_is_to_be_typed_as_it_is_stands_out():
    """Backticks become code, what stands in them is escaped, and a single one stays."""
    assert write_list(["let it match `a|<b>`", "a ` alone"]) == (
        "<ul><li>let it match <code>a|&lt;b&gt;</code></li><li>a ` alone</li></ul>"
    )
