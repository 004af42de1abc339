"""How large files may be: what is said of it is true, and the command line takes more."""

from __future__ import annotations

from datetime import date

import pytest

from workbook.imports.containers import LARGEST_BY_COMMAND, LARGEST_FILE
from workbook.imports.reading import Asked, read_file
from workbook.imports.statements import explain_visits
from workbook.imports.visits import read_visits
from workbook.measurement.targets import Targets

HEADER = "Date,Session source,Session medium,Page path and screen class,Sessions\n"
ROW = "20260901,l.instagram.com,referral,/services,1\n"
TODAY = date(2026, 11, 22)


def ids(file):
    return [problem.id for problem in file.problems]


def asked(**more):
    return Asked(Targets(services=("/services",)), TODAY, **more)


def test_a_table_too_large_for_the_app_is_read_by_the_command():
    """The app says how much it takes, and how much the command line does; that takes it."""
    raw = (HEADER + ROW * 50).encode()
    refused = read_file(raw, "a.csv", asked(largest_whole=1000))
    assert ids(refused) == ["table-for-command"]
    assert "workbook import" in explain_visits(refused.problems[0])
    assert f"{LARGEST_BY_COMMAND // 1_000_000} MB" in explain_visits(refused.problems[0])
    file = read_file(raw, "a.csv", asked(largest_whole=LARGEST_BY_COMMAND))
    assert sum(facts.rows for facts in file.facts) == 50
    assert LARGEST_BY_COMMAND > LARGEST_FILE


@pytest.mark.thorough
def test_a_table_is_read_to_its_last_row_up_to_the_size_that_is_stated(monkeypatch):
    """The rows that a table may have are more than a file of that size holds of real ones."""
    file = read_visits((HEADER + ROW * 30_000).encode(), "a.csv", Targets(), TODAY)
    assert not file.problems
    monkeypatch.setattr("workbook.imports.tables.MOST_CELLS", 500)
    file = read_visits((HEADER + ROW * 300).encode(), "a.csv", Targets(), TODAY)
    assert [p.values["limit"] for p in file.problems if p.id == "table-cut"] == [100]


@pytest.mark.thorough
def test_25_megabytes_of_a_real_report_are_all_read():
    """The size that the app states for tables is true for rows as reports have them."""
    count = LARGEST_FILE // len(ROW) - 10
    file = read_visits((HEADER + ROW * count).encode(), "a.csv", Targets(), TODAY)
    assert (ids(file), sum(facts.rows for facts in file.facts)) == ([], count)


def test_a_report_that_breaks_off_is_about_the_days_it_has():
    """What its first lines say of its period is not believed, and that is told."""
    days = "".join(ROW.replace("20260901", f"202609{day:02}") for day in range(1, 9))
    preamble = "# ---\n# Free form 1\n# 20260901-20260930\n# ---\n\n"
    whole = read_visits((preamble + HEADER + days).encode(), "a.csv", Targets(), TODAY)
    assert [(f.start.day, f.end.day) for f in whole.facts] == [(1, 30)]
    torn = read_visits((preamble + HEADER + days)[:-9].encode(), "a.csv", Targets(), TODAY)
    assert [(f.start.day, f.end.day) for f in torn.facts] == [(1, 7)]
    assert ids(torn) == ["visits-days-cut", "table-torn"]
