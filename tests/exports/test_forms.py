"""What is filled in by hand: lines, a line for a signature, and tables with room in them."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader

from workbook.charts.decision_tree import draw
from workbook.complaint.tree import load_tree
from workbook.exports import write
from workbook.exports.documents import list_formats, load_documents
from workbook.exports.report import (
    Blank,
    Column,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Table,
    strong,
)

FORM = Table((Column("What"), Column("Written in")), (("Where", ""), ("Who", None)), room_mm=9)
PAPER = Report(
    "A form",
    (
        Heading(1, "Questions"),
        Paragraph.of(strong("What do you sell?")),
        Blank(3),
        FORM,
        PageBreak(),
        Heading(1, "Signed"),
        Paragraph.of("I have read it."),
        Blank(labels=("Name", "Date")),
    ),
)


@pytest.fixture(scope="module")
def word():
    """The form as a Word document."""
    return Document(io.BytesIO(write(PAPER, "docx")))


def test_lines_stay_with_their_question(word):
    """Three lines follow the question, and neither it nor they begin a sheet alone."""
    styles = [p.style.name for p in word.paragraphs]
    assert styles.count("Writing Line") == 3
    question = next(p for p in word.paragraphs if p.text == "What do you sell?")
    assert question.paragraph_format.keep_with_next
    lines = [p for p in word.paragraphs if p.style.name == "Writing Line"]
    assert [bool(p.paragraph_format.keep_with_next) for p in lines] == [True, True, False]


def test_a_signature_has_its_names_on_one_line(word):
    """Each name has its own stretch of the rule."""
    line = next(p for p in word.paragraphs if p.style.name == "Sign Line")
    assert line.text.split() == ["Name", "Date"]
    assert len(line.paragraph_format.tab_stops) == 2


def test_a_form_keeps_its_cells_empty_and_high(word):
    """Nothing stands where somebody writes, and each row has room for a hand."""
    (table,) = word.tables
    assert [row.cells[1].text for row in table.rows] == ["Written in", "", ""]
    assert all(row.height.mm == pytest.approx(9, abs=0.1) for row in table.rows[1:])


def test_no_empty_paragraph_asks_for_a_sheet_of_its_own(word):
    """A table that fills its sheet is followed by the next sheet, and not by an empty one."""
    signed = next(p for p in word.paragraphs if p.text == "Signed")
    assert signed._p.getprevious().tag.endswith("}tbl")


@pytest.mark.parametrize(
    ("format_name", "wanted"), [("html", 'class="room named"'), ("markdown", "___")]
)
def test_other_formats_leave_room_too(format_name, wanted):
    """A web page that is printed and a plain text have lines as well, and no dash in a form."""
    text = write(PAPER, format_name).decode()
    assert wanted in text
    assert "Name" in text
    assert "\u2013" not in text.partition("Questions")[2].partition("<footer")[0]


def test_a_form_as_pdf_keeps_the_standard():
    """Rules are ornament: the file still claims PDF/UA, and its words are in order."""
    reader = PdfReader(io.BytesIO(write(PAPER, "pdf")))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert words.index("What do you sell?") < words.index("Written in") < words.index("Name")


def test_a_picture_alone_has_neither_caption_nor_table_on_paper():
    """All its words are in the picture and in what is read aloud; plain text has the table."""
    picture = draw(load_tree(), large=True)
    report = Report("Poster", (Figure.of(picture),))
    alone = Report("Poster", (replace(Figure.of(picture), bare=True),))
    both = [Document(io.BytesIO(write(each, "docx"))) for each in (report, alone)]
    assert [len(each.tables) for each in both] == [1, 0]
    assert not any(p.text.startswith("Figure 1") for p in both[1].paragraphs)
    assert "| Question |" in write(alone, "markdown").decode()


def test_type_can_be_larger():
    """What hangs on a wall is read from some steps away, in Word, as PDF and as a page."""
    small, large = (
        Report("A", (Paragraph.of("word"),)),
        Report("A", (Paragraph.of("word"),), scale=1.5),
    )
    sizes = [
        Document(io.BytesIO(write(each, "docx"))).styles["Title"].font.size.pt
        for each in (small, large)
    ]
    assert sizes[1] == pytest.approx(1.5 * sizes[0])
    assert "font-size: 150%" in write(large, "html").decode()
    assert write(small, "pdf") != write(large, "pdf")


def test_tables_are_left_to_documents_that_ask_for_them():
    """A document that says nothing comes as all formats but those for tables and for dates."""
    silent = [name for name, module in load_documents().items() if not hasattr(module, "FORMATS")]
    assert {"policy", "playbook", "poster", "worksheets"} <= set(silent)
    for name in silent:
        assert set(list_formats(name)) == {"docx", "html", "markdown", "pdf"}
    assert "xlsx" in list_formats("strategy")
