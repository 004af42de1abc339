"""A chart on a page, with the same numbers as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.interface.escaping import Html, fill_html, join_html

if TYPE_CHECKING:
    from workbook.charts.rendering import Picture


def write_picture(picture: Picture, table_label: str) -> Html:
    """A chart for wide and for narrow screens, its table folded away below."""
    return Html(
        fill_html(
            '<figure class="wb-chart"><div class="wb-wide">{wide}</div>'
            '<div class="wb-narrow">{narrow}</div>'
            "<details><summary>{label}</summary>{table}</details></figure>",
            wide=Html(picture.svg()),
            narrow=Html(picture.narrow_svg()),
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
