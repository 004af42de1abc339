"""A report as plain values for the sheet that lays it out; nothing in them is markup."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import singledispatchmethod
from itertools import count
from typing import TYPE_CHECKING, Any

from workbook.charts.style import CHART_FONTS, name_variables
from workbook.exports.formats._brand import LOGO_MM, name_logo, write_running
from workbook.exports.formats._cells import is_lead, is_right_to_left, spell_cell, words_for
from workbook.exports.formats._limits import has_short_terms, is_long, is_small, measure_row
from workbook.exports.formats._pdf.fonts import FAMILIES
from workbook.exports.formats._widths import count_letters, lay_columns, share_evenly, unfold
from workbook.exports.report import (
    Blank,
    Bullets,
    Callout,
    Figure,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    join,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.charts.style import Palette
    from workbook.exports.report import Block, Cell, Paper, Report, Runs

_MARGIN_MM = 22.0
_TABLE_POINTS, _INSET_MM = 9.5, 2.9
"""The size of type in tables, and what is free on both sides of a cell together."""
_DRAWN_IN = f"font-family: '{CHART_FONTS[0]}'"
_SET_IN = f"font-family: '{FAMILIES[0]}', '{CHART_FONTS[0]}'"
_VARIABLE = re.compile(r"var\((--[\w-]+)[^()]*\)")


def lay_out(report: Report, paper: Paper) -> dict[str, Any]:
    """Everything the sheet writes, as strings, numbers, lists and dictionaries."""
    words, (language, _, region) = words_for(report.language), report.language.partition("-")
    width, height = paper.size
    given, look = report.properties, report.look
    return {
        "title": report.title,
        "running": write_running(report),
        "subtitle": report.subtitle,
        "note": report.header_note,
        "footer": report.footer_note,
        "author": given.author,
        "keywords": list(given.keywords),
        "description": given.subject or report.subtitle,
        "language": language,
        "region": region or None,
        "rtl": is_right_to_left(report.title),
        "width": width,
        "height": height,
        "scale": report.scale,
        "colours": {name.replace("_", "-"): value for name, value in asdict(look.light).items()},
        "brand": _show_brand(report),
        "words": {name: words[name] for name in ("page", "contents")},
        "contents": report.contents and bool(report.headings()),
        "blocks": _Values(report, width - 2 * _MARGIN_MM).list_blocks(),
    }


def _write(stretches: Runs) -> dict[str, Any]:
    shown = [
        {"text": r.text, "strong": r.strong, "emphasis": r.emphasis, "link": r.link}
        for r in stretches
    ]
    return {"runs": shown, "rtl": is_right_to_left(join(stretches))}


class _Values:
    """Turns the blocks of one report into values; numbers of tables count up on the way."""

    def __init__(self, report: Report, width_mm: float) -> None:
        self.report, self.width_mm = report, width_mm
        self.words = words_for(report.language)
        self.numbers = {"table": count(1), "figure": count(1)}
        self.anchors = iter(report.headings())
        self.level = 0

    def list_blocks(self) -> list[dict[str, Any]]:
        blocks = self.report.blocks
        if not blocks:
            return [self._paragraph(runs(self.words["empty-report"]))]
        before, after = (None, *blocks), (*blocks[1:], None)
        return [self._place(*three) for three in zip(before, blocks, after, strict=False)]

    def _place(self, before: Block | None, block: Block, after: Block | None) -> dict[str, Any]:
        value: dict[str, Any] = self.block(block)
        if isinstance(block, Paragraph):
            value["lead"] = is_lead(block, before, after)
        return value

    def _paragraph(self, stretches: Runs) -> dict[str, Any]:
        return {"kind": "paragraph", "body": _write(stretches), "lead": False}

    @singledispatchmethod
    def block(self, block: Block) -> dict[str, Any]:
        raise TypeError(block)

    @block.register(Heading)
    def _(self, block: Heading) -> dict[str, Any]:
        """A heading no more than one level below the one before: PDF/UA allows no gap."""
        anchor, _ = next(self.anchors)
        self.level = min(block.level, self.level + 1)
        return {
            "kind": "heading",
            "level": self.level,
            "text": block.text,
            "anchor": anchor,
            "rtl": is_right_to_left(block.text),
        }

    @block.register(Paragraph)
    def _(self, block: Paragraph) -> dict[str, Any]:
        return self._paragraph(block.runs)

    @block.register(Bullets)
    def _(self, block: Bullets) -> dict[str, Any]:
        return {"kind": "bullets", "items": _list(block.items)}

    @block.register(Numbered)
    def _(self, block: Numbered) -> dict[str, Any]:
        return {"kind": "numbered", "items": _list(block.items)}

    @block.register(Table)
    def _(self, block: Table) -> dict[str, Any]:
        caption = self._caption("table", block.caption) if block.caption else ""
        return {"kind": "table", "caption": caption, **self._table(block)}

    def _caption(self, kind: str, caption: str) -> str:
        number = next(self.numbers[kind])
        return self.words["caption"].format(label=self.words[kind], number=number, caption=caption)

    def _table(self, table: Table) -> dict[str, Any]:
        cells = [self._spell(row, table) for row in table.rows]
        points, language = _TABLE_POINTS * self.report.scale, self.report.language
        widths = lay_columns(table, language, self.width_mm, points, _INSET_MM)
        shares = widths or share_evenly(table.columns, self.width_mm)
        placed = zip(table.columns, shares, strict=True)
        return {
            "columns": [
                {
                    "title": column.title,
                    "width": width,
                    "align": column.alignment,
                    "longest": count_letters(width - _INSET_MM, points),
                }
                for column, width in placed
            ],
            "unfolded": [] if widths else [self._unfold(row) for row in unfold(table, language)],
            "rows": [
                {"cells": [_write(cell) for cell in row], "long": is_long(measure_row(row))}
                for row in cells
            ],
            "empty": table.empty or self.words["empty-table"],
            "titles": table.row_titles,
            "room": table.room_mm,
            "small": is_small(cells),
        }

    def _spell(self, row: tuple[Cell, ...], table: Table) -> list[Runs]:
        return [
            spell_cell(cell, column, table, self.report.language)
            for cell, column in zip(row, table.columns, strict=True)
        ]

    @block.register(Figure)
    def _(self, block: Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "caption": "" if block.bare else self._caption("figure", block.caption),
            "alt": block.alt,
            "svg": _colour(block.svg(), self.report.look.charts),
            "width": block.width_mm,
            "bare": block.bare,
            "table": self._table(block.table),
        }

    @block.register(KeyValues)
    def _(self, block: KeyValues) -> dict[str, Any]:
        nothing = runs(self.words["empty-cell"])
        pairs = [
            {
                "term": term,
                "body": _write(value if join(value) else nothing),
                "long": is_long(len(join(value))),
            }
            for term, value in block.pairs
        ]
        short = has_short_terms(block)
        return {"kind": "pairs", "pairs": pairs, "short": short, "long": True}

    def _unfold(self, row: KeyValues) -> dict[str, Any]:
        """A row of a table as a list; it stays on one page like any row."""
        value: dict[str, Any] = self.block(row)
        return {**value, "long": is_long(measure_row([cell for _, cell in row.pairs]))}

    @block.register(Quote)
    def _(self, block: Quote) -> dict[str, Any]:
        source = self.words["quote-source"].format(source=block.source) if block.source else ""
        return {"kind": "quote", "body": _write(block.runs), "source": source}

    @block.register(Callout)
    def _(self, block: Callout) -> dict[str, Any]:
        parts = [self.block(part) for part in block.blocks]
        return {
            "kind": "callout",
            "tone": block.kind,
            "label": self.words[block.kind],
            "title": block.title,
            "parts": parts,
            "long": is_long(len(str(parts))),
        }

    @block.register(Blank)
    def _(self, block: Blank) -> dict[str, Any]:
        return {"kind": "blank", "lines": block.lines, "labels": list(block.labels)}

    @block.register(PageBreak)
    def _(self, block: PageBreak) -> dict[str, Any]:  # noqa: ARG002 - only its kind counts
        return {"kind": "page"}


def _show_brand(report: Report) -> dict[str, Any]:
    """The name and the picture for the head of the first page; the picture as its bytes."""
    look = report.look
    width, height = look.measure_logo(*LOGO_MM)
    return {
        "name": look.name,
        "logo": list(look.logo or b""),
        "alt": name_logo(report),
        "width": width,
        "height": height,
        "rule": look.rule,
    }


def _colour(svg: str, palette: Palette) -> str:
    """The picture in the colours of paper and in the typeface of the text around it.

    Pictures are measured in a wider typeface, so that nothing in them grows.
    """
    colours = name_variables(palette)
    coloured = _VARIABLE.sub(lambda found: colours.get(found[1], palette.ink), svg)
    return coloured.replace(_DRAWN_IN, _SET_IN)


def _list(items: Iterable[Runs]) -> list[dict[str, Any]]:
    return [_write(item) for item in items if join(item)]
