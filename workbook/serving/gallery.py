"""The gallery of fields as a page of the app, on the example's plan and with nothing kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.discovery import root
from workbook.interface.gallery import Gallery
from workbook.serving.app import serve
from workbook.serving.pages import read_clock
from workbook.session import Session
from workbook.storage.example import read_demo
from workbook.storage.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.interface.message import Message
    from workbook.settings import Settings


class GalleryVisit:
    """A visit whose plan is the example, which ends with the page."""

    scope = "gallery"
    styled = False
    privacy = "privacy.html"
    limit_mb = 2
    import_limit_mb = 1
    demo = False

    def open(self, _: Message) -> Session:
        """The example, whatever is asked for."""
        return Session(MemoryStore(read_demo(read_clock().date())), clock=read_clock)

    def upload(self, message: Message, _: bytes, session: Session | None) -> Session:
        """The example: a plan file is not opened here."""
        return session or self.open(message)


def show_gallery() -> Gallery:
    """The page, for its notebook."""
    return Gallery(GalleryVisit())


def find_gallery() -> Path:
    """The folder with the notebook of the gallery."""
    return Path(str(root())) / "serving" / "gallery_page"


def serve_gallery(
    settings: Settings,
    *,
    port: int,
    ip: str,
    open_browser: bool,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the gallery until it is stopped.

    Raises ServeError when the port cannot be opened.
    """
    serve(
        settings,
        port=port,
        ip=ip,
        open_browser=open_browser,
        notebooks=find_gallery(),
        environment=os.environ,
        announce=announce,
    )
