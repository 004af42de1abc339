"""The benchmark of logs writes what it says, and every program reads all of it."""

from __future__ import annotations

import pytest
from benchmark_log import write_google, write_log

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


def test_the_export_of_the_benchmark_is_google_s(tmp_path):
    """Eight events make a visit; half the visits are from networks."""
    write_google(tmp_path / "events", 4000)
    counts = read_events(tmp_path / "events", "events", TARGETS)
    assert (counts.format, counts.lines) == ("ga4_bigquery_events", 4000)
    assert counts.sessions == 500
    assert {row.platform: row.sessions for row in counts.by_day()} == {
        "facebook": 125,
        "instagram": 125,
    }
