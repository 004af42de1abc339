"""What a browser says about a room, apart from what it says about the plan on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.interface.message import Message
    from workbook.interface.page import Page

KIND = "room"
"""The kind of message that is about a room."""
LONGEST = 500
"""Characters of one line that is typed for a room."""
_DIGITS = 15
MOST = 60
"""Values of one name, in what a form says."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a form or a press said: the values by their names."""

    values: Mapping[str, tuple[str, ...]]

    def line(self, name: str, limit: int = LONGEST) -> str:
        """One value, on one line; empty where there is none."""
        given = self.values.get(name, ())
        return " ".join(clean_text(given[0]).split())[:limit] if given else ""

    def number(self, name: str) -> int | None:
        """One value as a whole number, None where it is none."""
        text = self.line(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None

    def chosen(self, name: str) -> tuple[str, ...]:
        """Every value that was chosen under a name."""
        return self.values.get(name, ())


def read_said(raw: object) -> Said:
    """What came from the browser, without anything that is no text."""
    if not isinstance(raw, dict):
        return Said({})
    found = {str(name): _list_texts(value) for name, value in raw.items()}
    return Said({name: texts for name, texts in found.items() if texts})


def _list_texts(value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else [value]
    return tuple(text for text in texts[:MOST] if isinstance(text, str))


def listen(page: Page, acts: Mapping[str, Callable[[Said], None]]) -> None:
    """Do what the browser says about a room; what goes wrong is told as on any page."""

    def hear(heard: Message) -> None:
        act = acts.get(heard.path)
        if act is not None:
            page.guard(lambda: act(read_said(heard.raw)))

    page.desk.listen(KIND, hear)
