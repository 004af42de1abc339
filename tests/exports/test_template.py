"""A document in a company's own Word template."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Mm, Pt, RGBColor

from tests.exports.sample_reports import SAMPLES
from workbook.errors import TemplateUnusable
from workbook.exports import write
from workbook.exports.report import Bullets, Callout, Heading, Numbered, Paragraph, Report

REPORT = Report(
    "A plan",
    (
        Heading(1, "Rules"),
        Paragraph.of("Be kind."),
        Bullets.of("One", "Two"),
        Numbered.of("First", "Second"),
        Numbered.of("First again"),
        Callout("decision", "One place", (Bullets.of("It fits"),)),
    ),
    header_note="Draft: 2 decisions open",
)


def make_template() -> bytes:
    """A template with a letterhead, a look of its own, lists, and text that is to go."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(200), Mm(40), Mm(30)
    section.header.paragraphs[0].text = "Example Ltd, 1 Example Street"
    style = document.styles["Heading 1"]
    style.font.size, style.font.color.rgb = Pt(31), RGBColor(0x12, 0x34, 0x56)
    style._element.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "berschrift1"
    )
    document.add_paragraph("Sample text of the template", style="List Number")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


TEMPLATE = make_template()


def _change(raw: bytes, name: str, old: bytes, new: bytes) -> bytes:
    target = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as source, ZipFile(target, "w") as packed:
        for part in source.namelist():
            held = source.read(part)
            packed.writestr(part, held.replace(old, new) if part == name else held)
    return target.getvalue()


def _open(report, template=TEMPLATE):
    return Document(io.BytesIO(write(report, "docx", template=template)))


def test_page_letterhead_and_look_are_those_of_the_template():
    """Paper, margins and header stay; our headings take the look of theirs, whatever its id."""
    document = _open(REPORT)
    section = document.sections[0]
    sides = (section.page_width / Mm(1), section.left_margin / Mm(1))
    assert sides == pytest.approx((200, 40), abs=0.1)
    assert section.header.paragraphs[0].text == "Example Ltd, 1 Example Street"
    heading = next(p for p in document.paragraphs if p.text == "Rules")
    assert heading.style.name == "Heading 1"
    assert heading.style.font.color.rgb == RGBColor(0x12, 0x34, 0x56)


def test_the_text_of_the_template_is_gone_and_ours_is_all_there():
    """A sample text does not get into the document, and a draft says at its top that it is one."""
    texts = [p.text for p in _open(REPORT).paragraphs]
    assert "Sample text of the template" not in texts
    assert texts[0] == "Draft: 2 decisions open"
    for wanted in ("A plan", "Rules", "Be kind.", "One", "Second", "First again", "It fits"):
        assert wanted in texts


def test_what_the_template_lacks_is_added():
    """Every style that is used exists, and each list has a pattern that makes it one."""
    document = _open(REPORT)
    known = {style.style_id for style in document.styles}
    used = {p.style.style_id for p in document.paragraphs}
    assert used <= known
    assert "Callout Decision" in {p.style.name for p in document.paragraphs}
    numbering = document.part.numbering_part.element
    lists = {num.numId: num.abstractNumId.val for num in numbering.num_lst}
    patterns = {int(a.get(a.tag.replace("abstractNum", "abstractNumId"))) for a in numbering
                if a.tag.endswith("}abstractNum")}  # fmt: skip
    assert len(lists) == len(numbering.num_lst)
    assert set(lists.values()) <= patterns
    listed = [p for p in document.paragraphs if p._p.pPr.numPr is not None]
    told = {p.text: p._p.pPr.numPr.numId.val for p in listed}
    assert told["First"] == told["Second"] != told["First again"]
    assert set(told.values()) <= set(lists)


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_every_sample_goes_into_a_template_and_alike(sample):
    """The ordinary, hostile, empty and long report, and the same bytes again."""
    report = SAMPLES[sample]()
    assert write(report, "docx", template=TEMPLATE) == write(report, "docx", template=TEMPLATE)


def test_a_template_file_is_taken_like_a_document():
    """.dotx and .docx differ in one word."""
    types, main = "[Content_Types].xml", b"document.main+xml"
    dotx = _change(TEMPLATE, types, main, b"template.main+xml")
    assert write(REPORT, "docx", template=dotx) == write(REPORT, "docx", template=TEMPLATE)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no Word file"),
        (b"PK\x03\x04 cut", "no Word file"),
        (b"%PDF-1.7", "no Word file"),
        (TEMPLATE[: len(TEMPLATE) // 2], "no Word file"),
        (_change(TEMPLATE, "[Content_Types].xml", b"openxmlformats", b"macroEnabled"), "macros"),
        (_change(TEMPLATE, "word/document.xml", b"<w:body>", b"<w:bo"), "damaged"),
        (_change(TEMPLATE, "word/styles.xml", b"<w:styles", b"<w:st"), "damaged"),
        (_change(TEMPLATE, "word/document.xml", b"<w:body>", b" " * 210_000_000), "20 MB"),
    ],
    ids=["empty", "cut", "pdf", "half", "macros", "broken", "no-styles", "bomb"],
)
def test_what_is_no_template_is_told_in_words(raw, words):
    """It says why, and how to mend it."""
    with pytest.raises(TemplateUnusable, match=words) as told:
        write(REPORT, "docx", template=raw)
    assert "save it as a document" in str(told.value)


def test_other_formats_take_no_template():
    """A template for Word makes no PDF."""
    with pytest.raises(TemplateUnusable, match="only Word"):
        write(REPORT, "pdf", template=TEMPLATE)
