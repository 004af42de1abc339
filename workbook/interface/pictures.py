"""A chart on a page, with the same numbers as a table."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbook.interface.escaping import Html, fill_html, join_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.charts.rendering import Picture


KEPT = 32
"""How many charts a page can draw for the other width without anything being asked anew."""

WIDTHS = ("wide", "narrow")


class Sight:
    """Which drawing of a chart is seen on the screen that this process draws for.

    There is one for wide and one for narrow screens, and drawing takes longest of all that
    follows an answer. So once the browser has said how wide it is, the other is drawn when it is
    asked for; until then, and where nobody says it, both are.
    """

    def __init__(self) -> None:
        """Begin without knowing."""
        self.width = ""
        self._kept: dict[str, Picture] = {}
        self._leaves = False

    def turn(self, width: str) -> None:
        """The screen is “wide” or “narrow”; anything else is not known."""
        self.width = width if width in WIDTHS else ""

    def write(self, picture: Picture) -> Html:
        """A chart as it is seen, or both ways."""
        if not self.width:
            both = '<div class="wb-wide">{wide}</div><div class="wb-narrow">{narrow}</div>'
            return Html(fill_html(both, **{width: _draw(picture, width) for width in WIDTHS}))
        self._keep(picture)
        return Html(
            fill_html(
                '<div data-wb-drawing="{name}" data-wb-drawn="{width}">{svg}</div>',
                name=picture.name,
                width=self.width,
                svg=Html("") if self._leaves else _draw(picture, self.width),
            )
        )

    @contextmanager
    def leave_places(self) -> Iterator[None]:
        """Leave empty places for the charts that are written meanwhile.

        The browser asks for their drawings once the screen is there, so it can be answered before
        its charts are drawn. Where the width of the screen is not known, they are drawn at once.
        """
        before, self._leaves = self._leaves, True
        try:
            yield
        finally:
            self._leaves = before

    def write_again(self, name: str) -> Html:
        """A chart that is on the page, as it is seen now; nothing where there is none."""
        picture = self._kept.get(name)
        return _draw(picture, self.width) if picture and self.width else Html("")

    def _keep(self, picture: Picture) -> None:
        self._kept.pop(picture.name, None)
        self._kept[picture.name] = picture
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]


SIGHT = Sight()


def _draw(picture: Picture, width: str) -> Html:
    return Html(picture.svg() if width == "wide" else picture.narrow_svg())


def write_picture(picture: Picture, table_label: str) -> Html:
    """A chart for wide and for narrow screens, its table folded away below."""
    return Html(
        fill_html(
            '<figure class="wb-chart">{drawings}'
            "<details><summary>{label}</summary>{table}</details></figure>",
            drawings=SIGHT.write(picture),
            label=table_label,
            table=write_table(picture.title, picture.columns, picture.rows),
        )
    )


def write_table(
    caption: str, columns: tuple[str, ...], rows: tuple[tuple[object, ...], ...]
) -> Html:
    """A table whose first column names its rows."""
    head = join_html([fill_html('<th scope="col">{x}</th>', x=column) for column in columns])
    body = join_html([_write_row(row) for row in rows])
    return Html(
        fill_html(
            '<div class="wb-table" role="region" aria-label="{caption}" tabindex="0"><table>'
            "<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
            "<tbody>{body}</tbody></table></div>",
            caption=caption,
            head=head,
            body=body,
        )
    )


def _write_row(row: tuple[object, ...]) -> str:
    name, *cells = row
    rest = join_html([fill_html("<td>{x}</td>", x=cell) for cell in cells])
    return fill_html('<tr><th scope="row">{name}</th>{rest}</tr>', name=name, rest=rest)
