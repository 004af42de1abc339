"""A report as one HTML file that asks for nothing from elsewhere; a phone and a printer show it."""

from __future__ import annotations

from base64 import b64encode
from functools import singledispatchmethod
from html import escape
from itertools import count
from string import Template
from typing import TYPE_CHECKING

from workbook.charts.style import TEXT_FONTS, name_variables
from workbook.discovery import read_text
from workbook.exports.formats._brand import LOGO_MM, name_logo, write_running
from workbook.exports.formats._cells import is_right_to_left, spell_cell, words_for
from workbook.exports.formats._widths import measure_columns, share_width
from workbook.exports.report import (
    Blank,
    Bullets,
    Callout,
    Figure,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Table,
    join,
)

if TYPE_CHECKING:
    from workbook.exports.report import Block, Cell, Column, Report, Run, Runs

NAME = "html"
SUFFIX = ".html"
MEDIA_TYPE = "text/html; charset=utf-8"
ORDER = 30

_FOLDER = "exports/formats"
_ROOMY_COLUMNS = 3
_PRINT_SIZE = 9.5
_SHEET_EM, _INSET_EM = 58.0, 0.9
"""How wide a printed sheet is between its margins, and what is free in a cell, in sizes of type.

The typefaces of web pages are narrower by a tenth than the one that words are measured in."""
_PIXELS_PER_MM = 4.4
"""How large a picture is on a screen, by its size on paper; our default, a little larger."""


def write(report: Report, *, paper: Paper = Paper.A4) -> bytes:
    """The report as UTF-8 HTML, style and pictures within."""
    return _Writer(report, paper).write().encode("utf-8")


class _Writer:
    """Writes one report; the numbers of its tables and figures count up on the way."""

    def __init__(self, report: Report, paper: Paper) -> None:
        self.report = report
        self.paper = paper
        self.words = words_for(report.language)
        self.tables = count(1)
        self.figures = count(1)
        self.groups = count(1)
        self.anchors = iter(report.headings())

    def write(self) -> str:
        report = self.report
        body = "\n".join(self.block(block) for block in report.blocks)
        page = Template(read_text(f"{_FOLDER}/report.html"))
        return page.substitute(
            language=escape(report.language),
            direction="rtl" if is_right_to_left(report.title) else "ltr",
            title=escape(report.title),
            author=escape(report.properties.author),
            description=escape(report.properties.subject or report.subtitle),
            style=self._write_style(),
            skip=escape(self.words["skip"]),
            branded=' class="branded"' if report.look.name or report.look.logo else "",
            brand=self._write_brand(),
            note=_optional("p", "draft", report.header_note),
            subtitle=_optional("p", "subtitle", report.subtitle),
            contents=self._list_contents() if report.contents else "",
            body=body or f"<p>{escape(self.words['empty-report'])}</p>",
            footer=_optional("footer", "", report.footer_note),
        )

    def _write_brand(self) -> str:
        """Picture and name of whose document it is; the picture stands in the file itself."""
        look, parts = self.report.look, []
        if look.logo:
            data = b64encode(look.logo).decode()
            alt = escape("" if look.name else name_logo(self.report))
            parts.append(f'<img src="data:image/png;base64,{data}" alt="{alt}">')
        if look.name:
            parts.append(f'<span dir="auto">{escape(look.name)}</span>')
        return f'<p class="brand">{"".join(parts)}</p>' if parts else ""

    def _write_style(self) -> str:
        width, height = self.paper.size
        look, page = self.report.look, self.words["page"].partition("{page}")
        before, (between, _, after) = page[0], page[2].partition("{pages}")
        numbers = f"{_css(before)} counter(page) {_css(between)} counter(pages) {_css(after)}"
        return Template(read_text(f"{_FOLDER}/report.css")).substitute(
            light=_declare(name_variables(look.light)),
            dark=_declare(name_variables(look.dark)),
            charts=f"--wb-accent:{look.charts.accent};",
            charts_dark=f"--wb-accent:{look.charts_dark.accent};",
            under=self._draw_rule(),
            inset="0" if look.rule is None else ".5rem",
            logo_width=f"{look.measure_logo(*LOGO_MM)[0] * _PIXELS_PER_MM:.0f}px",
            logo_mm=f"{look.measure_logo(*LOGO_MM)[0]:.1f}mm",
            running=_css(write_running(self.report) if look.name else ""),
            fonts=", ".join(f'"{f}"' if " " in f else f for f in TEXT_FONTS),
            size=f"{width:g}mm {height:g}mm",
            scale=f"{100 * self.report.scale:g}%",
            points=f"{_PRINT_SIZE * self.report.scale:g}pt",
            note=_css(self.report.header_note),
            footer=_css(self.report.footer_note),
            numbers=numbers,
            open=look.light.open,
            muted=look.light.muted,
        )

    def _draw_rule(self) -> str:
        look = self.report.look
        if look.rule is None:
            return "1px solid var(--wb-line)"
        return f"3px solid var(--wb-{'second' if look.second else 'accent'})"

    def _list_contents(self) -> str:
        name = escape(self.words["contents"])
        items = "".join(
            f'<li class="level-{heading.level}"><a href="#{anchor}">{escape(heading.text)}</a></li>'
            for anchor, heading in self.report.headings()
        )
        return (
            f'<nav aria-labelledby="contents"><h2 id="contents">{name}</h2><ul>{items}</ul></nav>'
            if items
            else ""
        )

    @singledispatchmethod
    def block(self, block: Block) -> str:
        raise TypeError(block)

    @block.register(Heading)
    def _(self, block: Heading) -> str:
        anchor, _ = next(self.anchors)
        tag = f"h{block.level + 1}"
        return f'<{tag} id="{anchor}" dir="auto">{escape(block.text)}</{tag}>'

    @block.register(Paragraph)
    def _(self, block: Paragraph) -> str:
        return f'<p dir="auto">{write_runs(block.runs)}</p>'

    @block.register(Bullets)
    def _(self, block: Bullets) -> str:
        return f"<ul>{_list(block.items)}</ul>"

    @block.register(Numbered)
    def _(self, block: Numbered) -> str:
        return f"<ol>{_list(block.items)}</ol>"

    @block.register(Table)
    def _(self, block: Table) -> str:
        caption = block.caption and self._caption("table", next(self.tables), block.caption)
        return self._table(block, caption, "caption")

    def _caption(self, kind: str, number: int, caption: str) -> str:
        form = self.words["caption"]
        return escape(form.format(label=self.words[kind], number=number, caption=caption))

    def _table(self, table: Table, caption: str, style: str) -> str:
        if not table.rows:
            empty = escape(table.empty or self.words["empty-table"])
            return (f'<p class="caption">{caption}</p>' if caption else "") + f"<p>{empty}</p>"
        name = f"table-{next(self.groups)}"
        is_wide = len(table.columns) > _ROOMY_COLUMNS
        needs = measure_columns(table, self.report.language)
        heads = "".join(
            f'<th scope="col" class="{column.alignment}"'
            + (f' style="min-width:calc({need:.1f}em + 1.5rem)">' if is_wide else ">")
            + f"{escape(column.title)}</th>"
            for column, need in zip(table.columns, needs, strict=True)
        )
        rows = "".join(f"<tr>{self._row(row, table)}</tr>" for row in table.rows)
        shares = share_width(table.columns, [need + _INSET_EM for need in needs], _SHEET_EM)
        widths = "".join(f'<col style="width:{share / _SHEET_EM:.1%}">' for share in shares)
        titled = f'<caption id="{name}" class="{style}">{caption}</caption>' if caption else ""
        form = ' class="form"' if table.room_mm else ""
        inner = (
            f"<table{form}>{titled}<colgroup>{widths}</colgroup>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )
        if not is_wide:
            return inner
        label = f'aria-labelledby="{name}"' if caption else f'aria-label="{self.words["table"]}"'
        return f'<div class="scroll" role="group" tabindex="0" {label}>{inner}</div>'

    def _row(self, row: tuple[Cell, ...], table: Table) -> str:
        return "".join(
            self._cell(cell, column, table, is_title=table.row_titles and place == 0)
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        )

    def _cell(self, cell: Cell, column: Column, table: Table, *, is_title: bool) -> str:
        text = write_runs(spell_cell(cell, column, table, self.report.language))
        if table.room_mm and not text:
            return f'<td style="height:{table.room_mm:g}mm"></td>'
        if is_title:
            return f'<th scope="row" dir="auto" class="{column.alignment}">{text}</th>'
        return f'<td dir="auto" class="{column.alignment}">{text}</td>'

    @block.register(Figure)
    def _(self, block: Figure) -> str:
        number = next(self.figures)
        caption = self._caption("figure", number, block.caption)
        wide = f'<div class="wide">{block.svg()}</div>' if block.narrow_svg else block.svg()
        narrow = f'<div class="narrow">{block.narrow_svg()}</div>' if block.narrow_svg else ""
        numbers = escape(self.words["numbers"].format(number=number))
        table = self._table(block.table, numbers, "hidden")
        alone = ' class="bare"' if block.bare else ""
        return (
            f'<figure{alone}>{wide}{narrow}<figcaption class="caption">{caption}</figcaption>'
            f"</figure><details><summary>{escape(self.words['show-numbers'])}</summary>{table}"
            "</details>"
        )

    @block.register(KeyValues)
    def _(self, block: KeyValues) -> str:
        pairs = "".join(
            f'<div><dt dir="auto">{escape(term)}</dt><dd dir="auto">{self._value(value)}</dd></div>'
            for term, value in block.pairs
        )
        return f"<dl>{pairs}</dl>" if pairs else ""

    def _value(self, value: Runs) -> str:
        return write_runs(value) if join(value) else escape(self.words["empty-cell"])

    @block.register(Quote)
    def _(self, block: Quote) -> str:
        source = ""
        if block.source:
            line = self.words["quote-source"].format(source=block.source)
            source = f'<footer dir="auto">{escape(line)}</footer>'
        return f'<blockquote><p dir="auto">{write_runs(block.runs)}</p>{source}</blockquote>'

    @block.register(Callout)
    def _(self, block: Callout) -> str:
        inner = "".join(self.block(part) for part in block.blocks)
        label = escape(self.words[block.kind])
        return (
            f'<div class="callout {block.kind}"><p class="callout-title" dir="auto">'
            f'<span class="kind">{label}</span> {escape(block.title)}</p>{inner}</div>'
        )

    @block.register(Blank)
    def _(self, block: Blank) -> str:
        """Rules to write on by hand; nobody has to hear of those that carry no name."""
        if block.labels:
            names = "".join(f'<span dir="auto">{escape(label)}</span>' for label in block.labels)
            return f'<p class="room named">{names}</p>'
        return f'<div class="room" aria-hidden="true">{"<div></div>" * block.lines}</div>'

    @block.register(PageBreak)
    def _(self, block: PageBreak) -> str:  # noqa: ARG002 - only its kind counts
        return '<div class="page-break"></div>'


def write_runs(stretches: Runs) -> str:
    """Stretches of text as HTML; a line break is a ``<br>``."""
    return "".join(_write_run(run) for run in stretches)


def _write_run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    text = f"<em>{text}</em>" if run.emphasis else text
    text = f"<strong>{text}</strong>" if run.strong else text
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text


def _list(items: tuple[Runs, ...]) -> str:
    return "".join(f'<li dir="auto">{write_runs(item)}</li>' for item in items if join(item))


def _optional(tag: str, style: str, text: str) -> str:
    attribute = f' class="{style}"' if style else ""
    return f'<{tag}{attribute} dir="auto">{escape(text)}</{tag}>' if text else ""


def _declare(variables: dict[str, str]) -> str:
    return "".join(f"{name}:{value};" for name, value in variables.items())


def _css(text: str) -> str:
    """The text as a CSS string that neither its quotes nor a tag can end."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
