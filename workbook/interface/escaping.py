"""The one way by which text becomes HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from markdown_it import MarkdownIt

from workbook.values import clean_text


def escape_text(text: object) -> str:
    """Text as HTML: markup in it shows as text, control characters are left out.

    A space at an end stays, since text of ours may go on there.
    """
    given = str(text)
    cleaned = clean_text(given)
    before, after = given[:1] == " " and cleaned, given[-1:] == " " and cleaned
    return escape(f"{' ' if before else ''}{cleaned}{' ' if after else ''}", quote=True)


def fill_html(template: str, **values: Any) -> str:
    """An HTML template with every value escaped, save those that are HTML already.

    ``fill_html("<p>{name}</p>", name="<b>")`` gives ``<p>&lt;b&gt;</p>``.
    """
    return template.format(
        **{k: v if isinstance(v, Html) else escape_text(v) for k, v in values.items()}
    )


class Html(str):
    """Text that is HTML already, made by this module or from it."""

    __slots__ = ()


def join_html(parts: list[str], between: str = "") -> Html:
    """Pieces of HTML as one."""
    return Html(between.join(parts))


def write_paragraphs(text: str, name: str = "") -> Html:
    """Plain text with blank lines between its paragraphs, as HTML."""
    mark = f' class="{escape_text(name)}"' if name else ""
    parts = [f"<p{mark}>{escape_text(p)}</p>" for p in text.split("\n\n") if p.strip()]
    return join_html(parts)


def write_markdown(text: str) -> Html:
    """Markdown of ours as HTML; markup inside it is shown as text."""
    return Html(MarkdownIt("commonmark", {"html": False}).render(text))
