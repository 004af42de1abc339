"""The XML parts of a spreadsheet, held against what a reader can bear before it reads them.

A reader builds an object for each element of a part: a few kilobytes, unpacked, can ask for more
memory than there is.
"""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

MOST_ELEMENTS: Final = 200_000
"""Elements of a part that is read as a whole; Excel itself knows 65,490 formats of cells."""
_MOST_OF: Final = {"worksheet": 12_000_000, "sst": 12_000_000, "workbook": 10_000}
"""Elements of a sheet and of its texts, which are read one after another, and of the list of
sheets, each of which is opened."""
_DEEPEST: Final = 60
_UNKNOWN_ENCODING: Final = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]


class Unbearable(Exception):
    """A part that no reader should open: damaged, or made to do harm."""


class TooManyElements(Exception):
    """A part that is larger than any spreadsheet that is exported."""


def check_part(name: str, content: bytes) -> None:
    """Look at a part of a spreadsheet; what is no XML is let pass.

    Raises:
        Unbearable: Elements in elements without end, declarations of its own (which no
            spreadsheet brings and some bombs do), or XML that cannot be read.
        TooManyElements: More elements than are read.
    """
    if not content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return
    parser = expat.ParserCreate()
    count = _Counter()
    parser.StartElementHandler = count.open
    parser.EndElementHandler = count.close
    parser.StartDoctypeDeclHandler = count.refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by its place
    except expat.ExpatError as error:
        if name.endswith((".xml", ".rels")) or error.code == _UNKNOWN_ENCODING:
            raise Unbearable from error


class _Counter:
    """Counts elements and how deep they lie, and stops where it is too much."""

    def __init__(self) -> None:
        self._count = 0
        self._depth = 0
        self._most = MOST_ELEMENTS

    def open(self, name: str, _: object) -> None:
        if not self._count:
            self._most = _MOST_OF.get(name.rpartition(":")[2], MOST_ELEMENTS)
        self._count += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unbearable
        if self._count > self._most:
            raise TooManyElements

    def close(self, _: str) -> None:
        self._depth -= 1

    def refuse(self, *_: object) -> None:
        raise Unbearable
