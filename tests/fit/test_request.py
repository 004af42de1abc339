"""Files that ask for a choice of places: whatever they hold, they are read or refused in words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.errors import WishUnreadable
from workbook.evidence.survey import load_levels
from workbook.fit.choice import choose
from workbook.fit.listing import list_choice
from workbook.fit.request import read_wish

NAMES = ("audiences", "hours", "share", "age", "country", "kind", "clients", "counts", "figures",
         "suitability", "effort", "Facebook", "question", "asked", "people")  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["US", "18-29", "b2b", "use", "Germany"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
LEVELS = {
    key: st.lists(st.sampled_from(levels), max_size=2) for key, levels in load_levels().items()
}
AUDIENCE = st.fixed_dictionaries(
    {"country": st.sampled_from(["US", "de", "Norway", "", "Atlantis"]), **LEVELS},
    optional={"kind": st.sampled_from(["b2b", "b2c"])},
)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_no_file_breaks_it(content):
    """Anything that JSON can hold is a wish, or is refused with a reason."""
    raw = json.dumps({"audiences": [{}], "hours": 3, **content}).encode("utf-8")
    refused = ""
    try:
        whole = sum(a.share for a in read_wish(raw, "wish.json").audiences)
    except WishUnreadable as error:
        whole, refused = 100, error.what
    assert whole == pytest.approx(100, abs=0.5)
    assert refused.startswith("The file “wish.json” cannot be used: ") or not refused


@settings(max_examples=12, deadline=None)
@given(st.lists(AUDIENCE, min_size=1, max_size=4), st.floats(0, 30))
def test_any_people_and_hours_get_an_answer(audiences, hours):
    """Whoever is wanted, in however many hours: an answer that programs can read."""
    shared = [{**audience, "share": 100 / len(audiences)} for audience in audiences]
    raw = json.dumps({"audiences": shared, "hours": hours}).encode("utf-8")
    found = list_choice(choose(read_wish(raw, "wish.json")), {"pair": ["Facebook", "LinkedIn"]})
    assert json.loads(json.dumps(found, allow_nan=False))["sets"][-1]["platforms"] == []
    assert all(each["hours"] <= hours + 0.01 for each in found["sets"])
    for audience in found["audiences"]:
        for figure in audience["platforms"].values():
            assert figure["low"] <= figure["percent"] <= figure["high"]
            assert figure["source"]
