"""The XML parts of a spreadsheet, gone through once, and never built up as a whole.

A reader that builds an object for each element can be asked for more memory than there is, by a few
kilobytes when packed. Here a part is counted, and then told element by element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_ELEMENTS: Final = 200_000
"""Elements of a part that is read as a whole; Excel itself knows 65,490 formats of cells."""
MOST_IN_SHEETS: Final = 24_000_000
"""The same of a sheet and of its texts, which are read one after another."""


class Unbearable(Exception):
    """A part that is damaged, or brings declarations of its own, as no spreadsheet does."""


class TooManyElements(Exception):
    """A part that is larger than any spreadsheet that is exported."""


class Names(dict[str, str]):
    """The names of elements without what stands before them: some write ``<x:row>``."""

    def __missing__(self, name: str) -> str:
        """Find the name itself, once."""
        self[name] = found = name.rpartition(":")[2]
        return found


class Listener:
    """What is told of a part, one element after another; texts only while it asks for them."""

    def __init__(self) -> None:
        """Ask for no texts yet."""
        self.names = Names()
        self.texts: list[str] = []
        self._parser: expat.XMLParserType | None = None

    def attend(self, parser: expat.XMLParserType) -> None:
        """Be told from now on."""
        self._parser = parser
        parser.StartElementHandler = self.open
        parser.EndElementHandler = self.close

    def ask(self, *, for_texts: bool) -> None:
        """Begin or end to be told texts, which come into ``texts``."""
        if self._parser is not None:
            self._parser.CharacterDataHandler = self.texts.append if for_texts else None

    def take_text(self) -> str:
        """All that was told since the last time, as one text."""
        text = "".join(self.texts)
        self.texts.clear()
        return text

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def close(self, name: str) -> None:
        """An element ends."""


class Opened(Listener):
    """Tells a function of each element that begins."""

    def __init__(self, tell: Callable[[str, Mapping[str, str]], None]) -> None:
        """Tell a function the name and the attributes of elements."""
        super().__init__()
        self._tell = tell

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        """Tell of it."""
        self._tell(self.names[name], attributes)


def go_through(content: bytes, listener: Listener, most: int = MOST_ELEMENTS) -> None:
    """Tell a listener what stands in a part.

    Raises:
        Unbearable: Declarations of its own, or XML that cannot be read.
        TooManyElements: More elements than ``most``.
    """
    if content.count(b"<") > most:
        raise TooManyElements
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    listener.attend(parser)
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by its place
    except expat.ExpatError as error:
        raise Unbearable from error


def _refuse(*_: object) -> None:
    raise Unbearable
