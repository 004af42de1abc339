"""The desk: the one widget per page that carries the script and talks with the browser."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets
from pydantic import ValidationError

from workbook.content import load_words
from workbook.discovery import read_parts
from workbook.interface.message import Message
from workbook.interface.pictures import SIGHT

if TYPE_CHECKING:
    from collections.abc import Callable


def read_script() -> str:
    """The script of a page."""
    return read_parts("interface/script", ".js")


def name_script(script: str) -> str:
    """The name of a script as a file, new with every change of it."""
    return f"page-{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"


def write_loader(script: str) -> str:
    """What fetches a script by its name from the folder that the frame of a page names."""
    return (
        f'const at = document.body.dataset.baseUrl + "{name_script(script)}";\n'
        "const { default: page } = await import(new URL(at, location.href).href);\n"
        "export default page;\n"
    )


def read_style() -> str:
    """The style sheet of pages."""
    return read_parts("interface/style", ".css")


class Desk(anywidget.AnyWidget):
    """Carries the script, the words of the furniture, and messages both ways."""

    loader: ClassVar[str] = ""
    """What fetches the script, where a server has it as a file; without it the desk carries all."""
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    notebook = traitlets.Unicode().tag(sync=True)
    scope = traitlets.Unicode().tag(sync=True)
    privacy = traitlets.Unicode().tag(sync=True)
    limit_mb = traitlets.Int(2).tag(sync=True)
    seen = traitlets.Unicode().tag(sync=True)

    def __init__(self, *, language: str, styled: bool, **traits: Any) -> None:
        traits |= {"_esm": self.loader or read_script(), "_css": read_style() if styled else ""}
        words = dict(load_words("interface/words.toml", language)["desk"])
        # a farewell names its page by this, and reaches the widget of that name
        super().__init__(words=words, model_id=traits.get("page"), **traits)
        self.observe(lambda change: SIGHT.turn(change["new"]), "seen")
        self.listen("drawing", self._draw_again)

    def _draw_again(self, message: Message) -> None:
        """Draw a chart as it is seen now: its place is there, or the screen was turned."""
        if drawn := SIGHT.write_again(message.name):
            self.tell("drawing", name=message.name, width=SIGHT.width, svg=drawn)

    def __repr__(self) -> str:
        """The page it belongs to."""
        return f"Desk({self.page!r})"

    def listen(self, kind: str, act: Callable[[Message], None]) -> None:
        """Do something whenever the browser says a message of a kind; any other is not heard."""

        def hear(_: object, message: object, __: object) -> None:
            try:
                heard = Message.model_validate(message)
            except ValidationError:
                return
            if heard.kind == kind:
                act(heard)

        self.on_msg(hear)

    def tell(self, kind: str, *, buffers: list[bytes] | None = None, **values: object) -> None:
        """Send a message to the browser."""
        self.send({"kind": kind, **values}, buffers=buffers)
