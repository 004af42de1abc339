"""A page of the workbook in whatever opened its notebook: the guided app or JupyterLab."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.calling import PLAN
from workbook.checks import run
from workbook.interface.desk import Desk, read_script, write_loader
from workbook.interface.message import Message
from workbook.interface.room.facilitator import NAME as FACILITATOR
from workbook.interface.room.facilitator import FacilitatorPage
from workbook.interface.room.leading import Rooms
from workbook.interface.room.page import RoomPage
from workbook.interface.screens import screens_of
from workbook.interface.sparing import share_looks
from workbook.plan import Plan, step_names
from workbook.serving.hosting import expect_store, find_store
from workbook.serving.origins import ORIGIN
from workbook.serving.visit import FileVisit, WebVisit, limit_new
from workbook.settings import Settings
from workbook.translating import find_languages, read_translations

if TYPE_CHECKING:
    from workbook.interface.page import Page

_TOLD = "HTTP_WORKBOOK_LANGUAGE"
"""What Voila beside JupyterLab says of the visitor's language."""
PAGES = (*step_names(), "finish")


def page(name: str, *, plan: str | Path | None = None, language: str = "") -> Page:
    """One page of the workbook: “start”, “diagnosis”, “goals” … or “finish”.

    In JupyterLab the plan is a file: ``plan``, or the one WORKBOOK_PLAN names, or ``plan.json``
    beside the notebook, which is made with the first answer. In the guided app it is the
    visitor's own. Without a ``language``, such as “es”, it is the one WORKBOOK_LANGUAGE names; in
    the guided app that is the visitor's. Raises PlanError when the file cannot be used.
    """
    settings = Settings.read(os.environ)
    language = language or os.environ.get(_TOLD, settings.language)
    origin = os.environ.get(ORIGIN, "")
    in_app = is_app(os.environ.get("SERVER_SOFTWARE", ""))
    is_own = not (in_app or settings.store)
    rooms = Rooms(find_store(settings), read_clock, limit_new(settings, origin), is_own)
    expect_store(rooms.address)
    if name == FACILITATOR:
        led = WebVisit(settings, rooms.address, read_clock)
        led.styled = not in_app
        led.language = language
        return FacilitatorPage(led, rooms, language)
    if plan is None and in_app:
        public = WebVisit(settings, rooms.address, read_clock, origin=origin)
        public.language = language
        return RoomPage(name, public, rooms, language)
    path = Path(plan or settings.plan or PLAN)
    visit = FileVisit(path, settings, read_clock)
    visit.language = language
    opened = RoomPage(name, visit, rooms, language)
    opened.take_up(visit.open(Message(kind="open")), file=path.name)
    return opened


def is_app(server: str) -> bool:
    """Whether a notebook is run for a visitor of the guided app."""
    return server.startswith("voila")


def warm() -> None:
    """What all pages have in common, done once by the warm parent: words read, looks shared."""
    share_looks()
    Desk.loader = write_loader(read_script())
    for language in find_languages():
        run(Plan(), read_clock().date(), language=language)
        for name in PAGES:
            screens_of(name, language)
    read_translations()


def read_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
