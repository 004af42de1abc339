"""The look in every format: name, picture and colours are there, and nothing names the workbook."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from tests.exports.sample_looks import make_look
from tests.exports.sample_plans import PLANS, TODAY
from tests.exports.sample_reports import make_rich_report
from tests.exports.test_template import TEMPLATE
from workbook.charts.style import LIGHT
from workbook.exports import write
from workbook.exports.documents import Switches, build_document, gather, load_documents
from workbook.exports.look import Look, keep_look

LOOK = make_look()
REPORT = replace(make_rich_report(), look=LOOK, footer_note="", header_note="")


def _read_parts(raw):
    with ZipFile(io.BytesIO(raw)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def word():
    """The Word document with a look."""
    return Document(io.BytesIO(write(REPORT, "docx")))


def test_word_shows_picture_and_name_on_the_first_page_and_the_name_on_the_others(word):
    """The picture has words for whoever cannot see it, and keeps its shape."""
    section = word.sections[0]
    first = section.first_page_header
    (drawing,) = first._element.iter("{*}docPr")
    assert drawing.get("descr") == "Logo of Example & Co"
    (extent,) = first._element.iter("{*}extent")
    assert int(extent.get("cx")) / int(extent.get("cy")) == pytest.approx(825 / 225, rel=0.02)
    assert "Example & Co" in first.paragraphs[0].text
    assert section.header.paragraphs[0].text.startswith("Example & Co · ")
    assert not list(section.header._element.iter("{*}docPr"))


def test_word_has_the_colours_as_far_as_they_can_be_read(word):
    """Headings take the first; the second is darker in text, and pale below heads of tables."""
    colours = LOOK.light
    assert str(word.styles["Heading 1"].font.color.rgb).lower() == "1b5e20"
    assert str(word.styles["Heading 2"].font.color.rgb).lower() == colours.second[1:]
    (ground,) = word.styles["Report Table"].element.iter("{*}shd")
    assert "#" + ground.get(ground.keys()[-1]) == colours.head


def test_the_template_of_a_company_wins_over_the_look():
    """Head, page and headings are those of the template; there is no second letterhead."""
    document = Document(io.BytesIO(write(REPORT, "docx", template=TEMPLATE)))
    assert document.sections[0].header.paragraphs[0].text == "Example Ltd, 1 Example Street"
    assert str(document.styles["Heading 1"].font.color.rgb) == "123456"
    assert "Example & Co" not in "\n".join(p.text for p in document.paragraphs)


def test_a_pdf_with_a_look_is_still_tagged_after_the_standard():
    """Typst holds it to PDF/UA-1, and the name is on each page."""
    reader = PdfReader(io.BytesIO(write(REPORT, "pdf")))
    assert all("Example & Co" in page.extract_text() for page in reader.pages)
    assert len(reader.pages[0].images) == 1
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_a_web_page_holds_picture_and_colours_itself():
    """Nothing is loaded from elsewhere, and a dark screen gets lighter colours."""
    text = write(REPORT, "html").decode()
    assert '<img src="data:image/png;base64,' in text
    assert not re.search(r"""(src|href)=["']?https?://(?!example)""", text)
    assert f"--wb-accent:{LOOK.light.accent};" in text
    assert f"--wb-accent:{LOOK.dark.accent};" in text
    assert "background:#ffffff" not in text


def test_excel_has_the_name_at_the_head_of_printed_sheets():
    """The cells stay a table; heads of columns take the colour."""
    parts = _read_parts(write(REPORT, "xlsx"))
    sheets = [raw for name, raw in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert all(b"&amp;L&amp;G&amp;RExample &amp;&amp; Co" in raw for raw in sheets)
    assert LOOK.light.head[1:].upper().encode() in parts["xl/styles.xml"]
    assert any(name.startswith("xl/media/") for name in parts)


def test_markdown_has_the_name():
    """Colours and pictures are not its business."""
    assert "\nExample \\& Co\n" in write(REPORT, "markdown").decode()


def test_a_name_alone_or_colours_alone_are_a_look():
    """What is left empty stays as ours is."""
    named = write(replace(REPORT, look=Look("Example & Co")), "html").decode()
    assert f"--wb-accent:{LIGHT.accent};" in named
    assert "<img" not in named
    coloured = Document(io.BytesIO(write(replace(REPORT, look=Look(accent="#1b5e20")), "docx")))
    assert coloured.sections[0].first_page_header.paragraphs[0].text == ""


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(load_documents()))
def test_no_line_names_the_workbook_once_a_look_is_set(materials, name):
    """Everything that can be taken in, of the finished, the empty and the very long plan."""
    for material in materials:
        report = build_document(name, material)
        given = report.properties
        told = [report.text(), given.author, given.subject, *given.keywords]
        assert "workbook" not in "\n".join(told).lower()
        assert report.look == LOOK
        assert given.author == "Example & Co"


@pytest.fixture(scope="module")
def materials():
    """The three plans with a look, and with everything switched on."""
    on = {name: True for name in Switches.model_fields if name != "length"}
    every = Switches.model_validate({**on, "length": "full"})
    plans = [make().model_copy(update={"look": keep_look(LOOK)}) for make in PLANS.values()]
    return [gather(plan, TODAY, switches=every) for plan in plans]


@pytest.mark.parametrize("format_name", ["docx", "pdf", "html", "markdown", "csv"])
def test_no_file_names_the_workbook(format_name):
    """Neither in what is read nor in what a file says about itself; the parts of Excel aside."""
    raw = write(REPORT, format_name)
    parts = _read_parts(raw) if raw.startswith(b"PK") else {"": raw}
    for held in parts.values():
        assert b"workbook" not in re.sub(rb"spreadsheetml\S*", b"", held).lower()
