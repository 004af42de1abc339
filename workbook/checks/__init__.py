"""What can be wrong with a plan: checks read it and yield findings.

A check is a function marked with ``@check`` in a step's ``checks.py`` or in ``checks/across/``;
its words stand in the ``[findings]`` of the ``step.toml``, or the TOML file, beside it.
"""

from __future__ import annotations

from workbook.checks.check import Case, Check, Finding, Found, Offer, Severity, check
from workbook.checks.progress import Progress, Status, measure_progress
from workbook.checks.run import load_checks, run
from workbook.checks.todo import Todo, list_todos

__all__ = [
    "Case",
    "Check",
    "Finding",
    "Found",
    "Offer",
    "Progress",
    "Severity",
    "Status",
    "Todo",
    "check",
    "list_todos",
    "load_checks",
    "measure_progress",
    "run",
]
