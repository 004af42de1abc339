"""A page of the workbook in whatever opened its notebook: the guided app or JupyterLab."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from workbook.calling import PLAN
from workbook.checks import run
from workbook.exports.documents import gather, list_formats, load_documents, write_document
from workbook.interface.desk import Desk, read_script, write_loader
from workbook.interface.message import Message
from workbook.interface.page import Page
from workbook.interface.room.facilitator import NAME as FACILITATOR
from workbook.interface.room.facilitator import FacilitatorPage
from workbook.interface.room.leading import Rooms
from workbook.interface.room.page import RoomPage
from workbook.interface.screens import screens_of
from workbook.interface.sparing import share_looks
from workbook.plan import Plan, step_names
from workbook.serving.hosting import find_store
from workbook.serving.origins import ORIGIN
from workbook.serving.visit import FileVisit, WebVisit
from workbook.settings import Settings
from workbook.storage.defaults import default_address
from workbook.storage.encryption import new_key
from workbook.storage.example import read_demo

PAGES = (*step_names(), "finish")


def page(name: str, *, plan: str | Path | None = None) -> Page:
    """One page of the workbook: “start”, “diagnosis”, “goals” … or “finish”.

    In JupyterLab the plan is a file: ``plan``, or the one WORKBOOK_PLAN names, or ``plan.json``
    beside the notebook, which is made with the first answer. In the guided app it is the
    visitor's own. Raises PlanError when the file cannot be used.
    """
    settings = Settings.read(os.environ)
    rooms = Rooms(find_store(settings), read_clock)
    if name == FACILITATOR:
        led = WebVisit(settings, rooms.address, read_clock)
        led.styled = not is_app(os.environ.get("SERVER_SOFTWARE", ""))
        return FacilitatorPage(led, rooms, settings.language)
    if plan is None and is_app(os.environ.get("SERVER_SOFTWARE", "")):
        origin = os.environ.get(ORIGIN, "")
        public = WebVisit(settings, rooms.address, read_clock, origin=origin)
        return RoomPage(name, public, rooms, settings.language)
    path = Path(plan or settings.plan or PLAN)
    visit = FileVisit(path, settings, read_clock)
    opened = RoomPage(name, visit, rooms, settings.language)
    opened.take_up(visit.open(Message(kind="open")), file=path.name)
    return opened


def is_app(server: str) -> bool:
    """Whether a notebook is run for a visitor of the guided app."""
    return server.startswith("voila")


def rehearse() -> None:
    """Do what pages do, with the example, so that whatever they load on the way is known.

    The warm parent calls it in a child that ends at once.
    """
    example = Message(kind="open", example=True)
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        visit = WebVisit(Settings(), default_address(Path(folder)), read_clock)
        visit.open(Message(kind="open", key=new_key())).answer("start.name", "Example")
        for name in PAGES:
            shown = Page(name, visit)
            shown.take_up(visit.open(example))
            for screen in shown.screens:
                shown.show(screen.id)
    today = read_clock().date()
    material = gather(read_demo(today).plan, today)
    for kind, name in _choose_documents().items():
        write_document(name, kind, material)


def _choose_documents() -> dict[str, str]:
    """A document for each format that there is."""
    offered = ((kind, name) for name in reversed(load_documents()) for kind in list_formats(name))
    return dict(offered)


def warm() -> None:
    """What all pages have in common, done once by the warm parent: words read, looks shared."""
    share_looks()
    Desk.loader = write_loader(read_script())
    run(Plan(), read_clock().date())
    for name in PAGES:
        screens_of(name, Settings().language)


def read_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
