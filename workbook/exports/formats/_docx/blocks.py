"""The blocks of a report as paragraphs and tables of Word."""

from __future__ import annotations

from functools import singledispatchmethod
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from workbook.exports.formats._cells import is_lead, words_for
from workbook.exports.formats._docx.elements import (
    TWIPS_PER_MM,
    make,
    make_field,
    make_paragraph,
    make_runs,
    make_text,
    mark,
    name_picture,
    start_page,
)
from workbook.exports.formats._docx.tables import INSET_MM, make_table
from workbook.exports.formats._limits import has_short_terms
from workbook.exports.formats._widths import lay_columns, measure_terms, unfold
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
    Run,
    Table,
    join,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.parts.document import DocumentPart

    from workbook.exports.formats._docx.template import Fitting
    from workbook.exports.report import Block, Report, Runs

DPI = 200
_BULLETS = 1
_NUMBERS = 2
_CALLOUT_INDENTS = {_BULLETS: 284, _NUMBERS: 341}
_CALLOUT_LEFT = 220
_TABLE_POINTS = 9.5
_TERMS_MM, _MOST_FOR_TERMS = 50.0, 0.5
"""The usual room of terms beside their values, and the share of the text they have at the most."""


def _end_sheet(elements: list[Any], *, is_last: bool) -> None:
    """Takes away the space below a table or list that ends a sheet, or it may ask for one more.

    Word wants a paragraph below a table at the end of a file: there it is as low as can be.
    """
    style = elements[-1][0][0] if elements and len(elements[-1]) else None
    if style is not None and style.get(qn("w:val")) == "AfterTable":
        elements.pop()
        if is_last and (not elements or elements[-1].tag == qn("w:tbl")):
            elements.append(make_paragraph("SheetEnd"))


class Writer:
    """Writes the blocks of one report; numbers and bookmarks count up on the way.

    Args:
        part: The part of the file that takes relations and pictures.
        report: What is written.
        text_width: From margin to margin, in millimetres.
        fitting: How our lists are numbered in the file.
    """

    def __init__(
        self, part: DocumentPart, report: Report, text_width: float, fitting: Fitting
    ) -> None:
        self.fitting = fitting
        self.part = part
        self.report = report
        self.text_width = text_width
        self.words = words_for(report.language)
        self.numbers = {"table": count(1), "figure": count(1)}
        self.bookmarks = count(1)
        self.anchors = iter(report.headings())

    def write(self) -> Iterator[Any]:
        """Title, contents and every block, in order."""
        report = self.report
        yield self._paragraph("Title", runs(report.title))
        if report.subtitle:
            yield self._paragraph("Subtitle", runs(report.subtitle))
        if report.contents:
            yield from self._list_contents()
        if not report.blocks:
            yield self._paragraph("Normal", runs(self.words["empty-report"]))
        yield from self._list_body()

    def _list_body(self) -> Iterator[Any]:
        """Every block, with a new sheet where one is asked for."""
        starts_page, blocks = False, self.report.blocks
        before, after = (None, *blocks), (*blocks[1:], None)
        for last, block, following in zip(before, blocks, after, strict=False):
            if isinstance(block, PageBreak):
                starts_page = True
                continue
            if is_lead(block, last, following):
                elements = [self._paragraph("Normal", block.runs, keep_next=True)]
            else:
                elements = list(self.block(block))
            if isinstance(following, PageBreak | None):
                _end_sheet(elements, is_last=following is None)
            if starts_page and elements:
                yield from start_page(elements[0])
                starts_page = False
            yield from elements

    def _paragraph(self, style: str, stretches: Runs, **options: Any) -> Any:  # noqa: ANN401
        options.setdefault("text", join(stretches))
        return make_paragraph(style, make_runs(stretches, self._relate), **options)

    def _relate(self, address: str) -> str:
        return self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def _list_contents(self) -> Iterator[Any]:
        r"""The contents as links, complete when the file opens, so that Word asks nothing.

        Page numbers are left out (``\n``): only Word can count pages, and it would ask every
        reader whether to do so. Whoever edits the document can update the field all the same.
        """
        headings = self.report.headings()
        if not headings:
            return
        yield self._paragraph("TOCHeading", runs(self.words["contents"]))
        begin, instruction, separate, _, end = make_field(r'TOC \o "1-3" \h \n \z \u', "")
        for place, (anchor, heading) in enumerate(headings):
            title = Run(heading.text, link=f"#{anchor}")
            children = make_runs((title,), self._relate)
            for text in children[0].iter("{*}rStyle"):
                text.getparent().remove(text)
            if place == 0:
                children = [begin, instruction, separate, *children]
            if place == len(headings) - 1:
                children.append(end)
            yield make_paragraph(f"TOC{heading.level}", children, text=heading.text)

    @singledispatchmethod
    def block(self, block: Block) -> Iterator[Any]:
        """The elements of a block."""
        raise TypeError(block)

    @block.register(Heading)
    def _(self, block: Heading) -> Iterator[Any]:
        anchor, _ = next(self.anchors)
        children = mark([make_text(block.text)], anchor, next(self.bookmarks))
        yield make_paragraph(f"Heading{block.level}", children, text=block.text)

    @block.register(Paragraph)
    def _(self, block: Paragraph) -> Iterator[Any]:
        yield self._paragraph("Normal", block.runs)

    @block.register(Bullets)
    def _(self, block: Bullets) -> Iterator[Any]:
        for item in block.items:
            yield self._paragraph("ListBullet", item)

    @block.register(Numbered)
    def _(self, block: Numbered) -> Iterator[Any]:
        number = self._start_numbers()
        for item in block.items:
            yield self._paragraph("ListNumber", item, list_number=number)

    def _start_numbers(self) -> int:
        """A list of its own, so that its numbers start at 1."""
        numbering = self.part.numbering_part.element
        number = max((each.numId for each in numbering.num_lst), default=0) + 1
        start = make("w:lvlOverride", make("w:startOverride", val=1), ilvl=0)
        pattern = make("w:abstractNumId", val=self.fitting.counted)
        numbering.append(make("w:num", pattern, start, numId=number))
        return number

    @block.register(Table)
    def _(self, block: Table) -> Iterator[Any]:
        if block.caption:
            yield self._caption("table", block.caption, keep_next=True)
        yield from self._table(block)

    def _table(self, block: Table) -> Iterator[Any]:
        if not block.rows:
            yield self._paragraph("Normal", runs(block.empty or self.words["empty-table"]))
            return
        title, language = block.caption or self.words["table"], self.report.language
        points = _TABLE_POINTS * self.report.scale
        widths = lay_columns(block, language, self.text_width, points, INSET_MM)
        if not widths:
            for row in unfold(block, language):
                yield from self.block(row)
            return
        yield make_table(block, language, widths, title, self._relate)
        yield make_paragraph("AfterTable")

    def _caption(self, kind: str, caption: str, *, keep_next: bool = False) -> Any:  # noqa: ANN401
        """A caption whose number is a field, so that Word can list and renumber them."""
        number = str(next(self.numbers[kind]))
        form = self.words["caption"].replace("{number}", "\0")
        text = form.format(label=self.words[kind], caption=caption)
        before, _, after = text.partition("\0")
        field = make_field(rf"SEQ {kind.capitalize()} \* ARABIC", number)
        children = [make_text(before), *field, make_text(after)]
        return make_paragraph("Caption", children, text=caption, keep_next=keep_next)

    @block.register(Figure)
    def _(self, block: Figure) -> Iterator[Any]:
        width = min(block.width_mm, self.text_width)
        inline: Any = self.part.new_pic_inline(
            BytesIO(block.png(DPI, self.report.look.charts)), width=Mm(width)
        )
        name_picture(inline, block.name, alt=block.alt, title=block.caption)
        run = make("w:r", make("w:drawing", inline))
        yield make_paragraph("PictureAlone" if block.bare else "Picture", [run])
        if block.bare:
            return
        yield self._caption("figure", block.caption)
        yield from self._table(block.table)

    @block.register(KeyValues)
    def _(self, block: KeyValues) -> Iterator[Any]:
        """Short terms stand beside their values; a long one stands above its value.

        The first two lines stay together, and the last two: none stands on a page alone.
        """
        indent = self._indent(block)
        hanging = {"left": indent, "hanging": indent}
        for place, (term, value) in enumerate(block.pairs):
            keep = len(block.pairs) > 1 and place in {0, len(block.pairs) - 2}
            shown = value if join(value) else runs(self.words["empty-cell"])
            if indent:
                title = (Run(term, strong=True), Run("\t"))
                line = (*title, *shown)
                yield self._paragraph("TermLine", line, keep_next=keep, indent=hanging)
            else:
                yield self._paragraph("Term", runs(term))
                yield self._paragraph("Definition", shown, keep_next=keep)
        if indent and block.pairs:
            yield make_paragraph("AfterTable")

    def _indent(self, block: KeyValues) -> int:
        """Where values stand beside their terms, in twips; 0 where they stand below them."""
        most = self.text_width * _MOST_FOR_TERMS
        points = self.fitting.points * self.report.scale
        needed = max(_TERMS_MM, measure_terms(block, points))
        return round(needed * TWIPS_PER_MM) if has_short_terms(block) and needed <= most else 0

    @block.register(Quote)
    def _(self, block: Quote) -> Iterator[Any]:
        yield self._paragraph("Quote", block.runs, keep_next=bool(block.source))
        if block.source:
            source = self.words["quote-source"].format(source=block.source)
            yield self._paragraph("QuoteSource", runs(source))
        yield make_paragraph("AfterTable")

    @block.register(Blank)
    def _(self, block: Blank) -> Iterator[Any]:
        if block.labels:
            yield self._sign(block.labels)
            return
        for place in range(block.lines):
            yield make_paragraph("WritingLine", keep_next=place < block.lines - 1)
        yield make_paragraph("AfterTable")

    def _sign(self, labels: tuple[str, ...]) -> Any:  # noqa: ANN401 - lxml's
        """The names of what is put on one line, each with its own stretch of the rule."""
        share = self.text_width * TWIPS_PER_MM / len(labels)
        stops = [
            make("w:tab", val="left", leader="underscore", pos=round(share * number))
            for number in range(1, len(labels) + 1)
        ]
        named = [make_text(f"{'  ' if at else ''}{label} \t") for at, label in enumerate(labels)]
        line = make_paragraph("SignLine", named, text=labels[0])
        line[0].insert(1, make("w:tabs", *stops))
        return line

    @block.register(Callout)
    def _(self, block: Callout) -> Iterator[Any]:
        """Shaded paragraphs, not a table: a screen reader reads them as the text they are."""
        style = f"Callout{block.kind.capitalize()}"
        title = (Run(f"{self.words[block.kind]}: {block.title}", strong=True),)
        yield make_paragraph("AfterTable", keep_next=True)
        yield self._paragraph(style, title, text=block.title, keep_next=bool(block.blocks))
        for number, part in enumerate(block.blocks, 1):
            yield from self._callout_part(part, style, is_last=number == len(block.blocks))
        yield make_paragraph("AfterTable")

    def _callout_part(
        self, part: Paragraph | Bullets | Numbered, style: str, *, is_last: bool
    ) -> Iterator[Any]:
        if isinstance(part, Paragraph):
            yield self._paragraph(style, part.runs, keep_next=not is_last)
            return
        kind = _BULLETS if isinstance(part, Bullets) else _NUMBERS
        is_plain = kind == _BULLETS
        number = self.fitting.numbers[_BULLETS] if is_plain else self._start_numbers()
        hanging = _CALLOUT_INDENTS[kind]
        indent = {"left": _CALLOUT_LEFT + hanging, "hanging": hanging}
        for place, item in enumerate(part.items, 1):
            keep = not (is_last and place == len(part.items))
            yield self._paragraph(style, item, list_number=number, indent=indent, keep_next=keep)
