"""Complaints: the tree, how severe a case is, the clock, the drafted reply, and the drill."""

from __future__ import annotations

from workbook.complaint.case import Case, Handled, handle, read_case
from workbook.complaint.problems import check_answer, list_problems
from workbook.complaint.tree import Walk, load_tree, walk

__all__ = [
    "Case",
    "Handled",
    "Walk",
    "check_answer",
    "handle",
    "list_problems",
    "load_tree",
    "read_case",
    "walk",
]
