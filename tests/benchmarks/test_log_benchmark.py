"""The benchmark of logs writes what it says, and every program reads all of it."""

from __future__ import annotations

import pytest
from benchmark_google import write_google
from benchmark_log import write_log

from workbook.measurement.logs import read_events
from workbook.measurement.targets import Targets

TARGETS = Targets(("/services/*",), ("/contact",), ("/contact/send", "generate_lead"))


@pytest.mark.thorough
def test_the_log_of_the_benchmark_is_a_log_of_people_and_programs(tmp_path):
    """Both halves are there, and everything that is counted is found."""
    write_log(tmp_path / "access.log", 3000)
    counts = read_events(tmp_path / "access.log", "access.log", TARGETS)
    assert counts.lines == 3000
    assert 500 < counts.left_out["programs"] < 2000
    assert {"facebook", "instagram", "x"} <= set(counts.platforms)
    whole = counts.total()
    assert whole is not None
    assert min(whole.services, whole.contact, whole.used) > 0


@pytest.mark.thorough
def test_the_export_of_the_benchmark_is_google_s(tmp_path):
    """Ten events make a visit; networks come by tags, by Google's own source and unnamed."""
    write_google(tmp_path / "events", 20_000)
    counts = read_events(tmp_path / "events", "events", TARGETS)
    assert (counts.format, counts.lines) == ("ga4_bigquery_events", 20_000)
    assert counts.sessions == 2000
    assert set(counts.platforms) == {
        "facebook", "instagram", "linkedin", "pinterest", "x", "youtube",
    }  # fmt: skip
    whole = counts.total()
    assert whole is not None
    assert whole.sessions > whole.services > whole.contact > whole.used > 0
