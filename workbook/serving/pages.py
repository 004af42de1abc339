"""A page of the workbook in whatever opened its notebook: the guided app or JupyterLab."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from workbook.calling import PLAN, find_store
from workbook.interface.message import Message
from workbook.interface.page import Page
from workbook.serving.visit import FileVisit, WebVisit
from workbook.settings import Settings


def page(name: str, *, plan: str | Path | None = None) -> Page:
    """One page of the workbook: “start”, “diagnosis”, “goals” … or “finish”.

    In JupyterLab the plan is a file: ``plan``, or the one WORKBOOK_PLAN names, or ``plan.json``
    beside the notebook, which is made with the first answer. In the guided app it is the
    visitor's own. Raises PlanError when the file cannot be used.
    """
    settings = Settings.read(os.environ)
    if plan is None and is_app(os.environ.get("SERVER_SOFTWARE", "")):
        return Page(name, WebVisit(settings, find_store(settings), read_clock), settings.language)
    path = Path(plan or settings.plan or PLAN)
    visit = FileVisit(path, settings, read_clock)
    opened = Page(name, visit, settings.language)
    opened.take_up(visit.open(Message(kind="open")), file=path.name)
    return opened


def is_app(server: str) -> bool:
    """Whether a notebook is run for a visitor of the guided app."""
    return server.startswith("voila")


def read_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
