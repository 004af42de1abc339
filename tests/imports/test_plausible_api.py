"""Answers of Plausible's Stats API: what their query says of their rows."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.imports.visits import read_visits
from workbook.measurement.results import join_visits
from workbook.measurement.targets import Targets

TARGETS, TODAY = Targets(("/services",), ("/contact",), ("generate_lead",)), date(2026, 11, 22)
PERIOD = ["2026-09-01T00:00:00+00:00", "2026-09-30T23:59:59+00:00"]


def answer(dimensions, rows, metrics=("visits",), **query):
    told = {"dimensions": list(dimensions), "metrics": list(metrics), "date_range": PERIOD, **query}
    results = [{"dimensions": list(dims), "metrics": list(found)} for dims, found in rows]
    return json.dumps({"results": results, "meta": {}, "query": told}).encode()


def read(raw):
    return read_visits(raw, "answer.json", TARGETS, TODAY)


def places(*raws):
    files = [read(raw) for raw in raws]
    found = join_visits([records for file in files for records in file.records]).platforms
    return {place.platform: place for place in found}


def test_sources_and_goals_make_the_way_of_each_place():
    """One answer by source, one with the goals besides: visits, and how far they came."""
    sources = answer(["time:day", "visit:source"], [(("2026-09-03", "Instagram"), (20,))])
    goals = answer(
        ["time:day", "visit:source", "event:goal"],
        [
            (("2026-09-03", "Instagram", "Visit /services"), (9,)),
            (("2026-09-03", "Instagram", "Visit /contact"), (4,)),
            (("2026-09-03", "Instagram", "generate_lead"), (1,)),
        ],
    )
    found = places(sources, goals)["instagram"]
    stages = [found.of(name) for name in ("sessions", "services", "contact", "used")]
    assert [each.count for each in stages] == [20, 9, 4, 1]
    assert found.contact.share is not None


def test_a_filter_on_one_page_tells_of_it():
    """The page stands in the filter and in no row; a row without it is no visit of all."""
    raw = answer(
        ["visit:source"], [(("Facebook",), (7,))], filters=[["is", "event:page", ["/contact"]]]
    )
    found = places(raw)["facebook"]
    assert found.contact.count == 7
    assert found.sessions is None


@pytest.mark.parametrize(
    "filters",
    [
        [["is", "visit:country", ["GB"]]],
        [["contains", "event:page", ["/contact"]]],
        [["is", "event:page", ["/contact", "/services"]]],
        [["has_done", ["is", "event:goal", ["Signup"]]]],
        [["and", [["is", "visit:source", ["X"]]]]],
    ],
)
def test_a_filter_that_leaves_visits_out_unseen_is_told(filters):
    """Nobody can say what such rows are a part of, so nothing is counted."""
    found = read(answer(["visit:source"], [(("Facebook",), (7,))], filters=filters))
    assert [problem.id for problem in found.problems] == ["visits-filtered"]
    assert found.records == ()


@pytest.mark.parametrize(
    ("dimension", "cell", "first", "last"),
    [
        ("time:day", "2026-09-14", (9, 14), (9, 14)),
        ("time:week", "2026-09-14", (9, 14), (9, 20)),
        ("time:week", "2026-08-31", (9, 1), (9, 6)),
        ("time:month", "2026-09-01", (9, 1), (9, 30)),
    ],
)
def test_a_stretch_of_time_has_its_days(dimension, cell, first, last):
    """A week or a month is of the days that lie in the period."""
    found = read(answer([dimension, "visit:source"], [((cell, "Facebook"), (7,))]))
    record = next(r for records in found.records for r in records if r.platform == "facebook")
    assert (record.start, record.end) == (date(2026, *first), date(2026, *last))


def test_visitors_are_no_visits():
    """Plausible counts people by itself; without the metric “visits” there are none."""
    found = read(answer(["visit:source"], [(("Facebook",), (7,))], metrics=["visitors"]))
    assert found.records == ()
    assert found.formats == ("plausible_api",)


def test_an_answer_of_many_pages_is_cut():
    """As many rows as were asked for at most: there are more."""
    pages = {"pagination": {"limit": 1, "offset": 0}}
    found = read(answer(["visit:source"], [(("Facebook",), (7,))], **pages))
    assert [problem.id for problem in found.problems] == ["visits-cut"]


_JSON = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["is", "time:week", "visits"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries(dict.fromkeys(("dimensions", "filters", "date_range"), _JSON)), _JSON)
@settings(max_examples=40, deadline=None)
def test_no_answer_breaks_the_reading(query, row):
    """Whatever stands in the query or in a row, there is a result."""
    results = [{"dimensions": row, "metrics": [1]}, {"dimensions": ["9999-12-31"], "metrics": [1]}]
    whole = {"results": results, "query": {"metrics": ["visits"], **query}}
    assert read(json.dumps(whole).encode()).name == "answer.json"
