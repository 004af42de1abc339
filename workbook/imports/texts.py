"""Texts as platforms write them, made plain."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "br", "div", "li", "blockquote"})


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own
        if tag in _BLOCKS and self.parts:
            self.parts.append("\n")


def strip_markup(text: str) -> str:
    """HTML as plain text, a line for each paragraph."""
    reader = _Plain()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


def mend_letters(text: str) -> str:
    """Text of an archive of Meta, which write UTF-8 as if it were Latin-1; other text as it is."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
