"""The benchmark of an audit runs, and its exports are what it says."""

from __future__ import annotations

from benchmark_mix import PLAN, TODAY, make_export, measure, write_workbook

from workbook.imports.social import gather_posts
from workbook.mix import audit_posts


def test_the_benchmark_looks_at_every_row() -> None:
    """Each row is a post of its own; two exports that overlap by half hold the rest once."""
    x, later = make_export("x", 60), make_export("x", 60, first=30)
    audit = audit_posts(gather_posts([("x.csv", x)], today=TODAY).posts, PLAN)
    assert len(audit.judged) == 60
    assert audit.spans
    both = gather_posts([("x.csv", x), ("later.csv", later)], today=TODAY)
    assert (len(both.posts), both.twice) == (90, 30)


def test_a_correction_costs_a_fraction_of_the_audit() -> None:
    """What was told once is not told again."""
    found = {name: seconds for name, seconds, _ in measure(400)}
    assert found["one correction"] < found["X, 400 rows"]


def test_the_workbook_holds_the_same_posts() -> None:
    """What is measured as XLSX is what is measured as CSV."""
    x = make_export("x", 20)
    files = [("x.csv", x), ("x.xlsx", write_workbook(x))]
    both = gather_posts(files, today=TODAY)
    assert (len(both.posts), both.twice) == (20, 20)
