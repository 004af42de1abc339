"""Columns of a table have room for their words, and addresses come out of a PDF as they are."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from pypdf import PdfReader

from workbook.exports import write
from workbook.exports.formats._widths import lay_columns, measure_columns, share_width
from workbook.exports.report import Column, KeyValues, Paragraph, Report, Table, link

ADDRESS = "https://www.example.com/services?utm_source=facebook&utm_medium=social&utm_content=x"
HASHTAG = "#" + "waterheaters" * 3
LINKS = Table((Column("Where"), Column("Link")), (("Bio", (link(ADDRESS, ADDRESS),)),))
NAMES = ("Account", "How it stands", "Looks after it", "Second with full rights", "Password", "By")
ACCOUNTS = Table(
    tuple(Column(name) for name in NAMES),
    (("@exampleplumbingheating", "Abandoned", "The office", "nobody", "a notebook", "Tuesday"),),
)


def test_addresses_are_copied_out_of_a_pdf_as_they_were_written():
    """They break over lines without a sign that nobody sees; no name in them is torn apart."""
    report = Report("A", (Paragraph.of(HASHTAG * 3), LINKS))
    raw = io.BytesIO(write(report, "pdf"))
    text = "".join(page.extract_text() for page in PdfReader(raw).pages)
    assert not re.search("[\u200b\u2060\u00ad]", text)
    assert ADDRESS in re.sub(r"\s", "", text)
    assert HASHTAG * 3 in re.sub(r"\s", "", text)
    assert {"utm_source", "utm_medium", "utm_content"} <= set(re.findall(r"utm_[a-z]+", text))


def test_a_column_is_as_wide_as_its_longest_word():
    """The others give way, each by its weight, and together they fill the sheet."""
    columns = (Column("A", width=8), Column("B", width=1), Column("C", width=1))
    shares = share_width(columns, (1, 30, 1), 100)
    assert shares == pytest.approx([62.2, 30, 7.8], abs=0.1)
    assert share_width(columns, (90, 20, 10), 60) == pytest.approx([30, 20, 10])


def test_columns_that_do_not_fit_come_as_a_list_for_each_row():
    """On paper no word runs over the next column, and nothing of the table is lost."""
    narrow = sum(measure_columns(ACCOUNTS, "en-GB")) * 9.5 / 72 * 25.4
    assert lay_columns(ACCOUNTS, "en-GB", narrow - 1, 9.5, 0) == []
    assert sum(lay_columns(ACCOUNTS, "en-GB", narrow + 1, 9.5, 0)) == pytest.approx(narrow + 1)
    wide = Table(ACCOUNTS.columns * 2, tuple(row * 2 for row in ACCOUNTS.rows))
    document = Document(io.BytesIO(write(Report("A", (wide,)), "docx")))
    assert not document.tables
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert "Account\t@exampleplumbingheating" in lines


def test_terms_of_a_large_template_stand_clear_of_their_values():
    """The room of terms grows with the type; where it takes half the line, they go above."""
    told = Report("A", (KeyValues.of(("What misses the mark mmmm", "a"), ("B", "b")),))
    for points, stacked in ((10, False), (12, False), (30, True)):
        template = Document()
        template.styles["Normal"].font.size = points * 12_700
        raw = io.BytesIO()
        template.save(raw)
        made = Document(io.BytesIO(write(told, "docx", template=raw.getvalue())))
        line = next(p for p in made.paragraphs if "misses" in p.text)
        assert ("\t" in line.text) is not stacked
        if not stacked:
            indent = line.paragraph_format.left_indent.pt
            assert indent >= max(141, 0.5 * points * len("What misses the mark mmmm"))
