"""A report as a PDF that can be read aloud, searched and printed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.exports.sample_reports import SAMPLES
from workbook.charts.style import LIGHT
from workbook.exports import Paper, write
from workbook.exports.formats._pdf import document, fonts
from workbook.exports.formats._pdf.content import lay_out
from workbook.exports.report import Heading, Paragraph, Report


def _open(report, paper=Paper.A4):
    return PdfReader(io.BytesIO(write(report, "pdf", paper=paper)))


def _read(report):
    """The words in the order of the page, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in _open(report).pages).split())


def _list_tags(reader):
    """The names of all tags, in reading order, with the words that stand for a picture."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node.get("/Alt", "")))
            if "/K" in node:
                waiting.append(node["/K"])
    return found


@pytest.fixture(scope="module")
def rich():
    """The ordinary report as a PDF."""
    return _open(SAMPLES["rich"]())


def test_it_says_that_it_is_for_everybody(rich):
    """It is tagged, names its language and title, and claims the standard it was held to."""
    root = rich.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == SAMPLES["rich"]().language
    assert rich.metadata.title == SAMPLES["rich"]().title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_its_parts_are_tagged_as_what_they_are(rich):
    """Headings, contents, lists, tables with heads, and pictures with words in their place."""
    tags = _list_tags(rich)
    names = {name for name, _ in tags}
    assert {"/H1", "/H2", "/TOC", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/P"} <= names
    assert all(words for name, words in tags if name == "/Figure")


def test_headings_are_tagged_in_the_order_of_the_report():
    """Each heading is a tag of its level, and none is lost."""
    report = SAMPLES["rich"]()
    wanted = [f"/H{heading.level}" for _, heading in report.headings()]
    tags = [name for name, _ in _list_tags(_open(report))]
    assert [name for name in tags if name in {"/H1", "/H2", "/H3"}] == wanted


def test_its_words_come_out_in_reading_order():
    """What is copied out of it reads as the report does."""
    report = SAMPLES["rich"]()
    text, at = _read(report), 0
    for _, heading in report.headings():
        at = text.index(heading.text, at) + 1


def test_what_somebody_typed_is_text():
    """Signs that mean something to the typesetter stand on the page as they were typed."""
    typed = '#panic("no") *no* _no_ `no` $x$ <no> @no [no] // no \\ ~ #let x = 1'
    report = Report(title=typed, blocks=(Heading(1, typed), Paragraph.of(typed)))
    assert _read(report).count('#panic("no") *no* _no_ `no` $x$ <no> @no [no] // no') >= 3


def test_a_report_that_begins_deep_is_still_readable_aloud():
    """A first heading of level 3 becomes one of level 1, and no level is left out."""
    report = Report(title="A", blocks=(Heading(3, "B"), Heading(1, "C"), Heading(3, "D")))
    tags = [name for name, _ in _list_tags(_open(report)) if name.startswith("/H")]
    assert tags == ["/H1", "/H1", "/H2"]


def test_pictures_have_the_colours_of_paper():
    """No colour is left to a style sheet that a page of paper has not."""
    pictures = [b["svg"] for b in lay_out(SAMPLES["rich"](), Paper.A4)["blocks"] if "svg" in b]
    assert pictures
    assert all("var(" not in svg and LIGHT.accent in svg for svg in pictures)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_sheet_is_the_one_asked_for(paper):
    """A4, or letter."""
    box = _open(SAMPLES["empty"](), paper).pages[0].mediabox
    assert (float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4) == pytest.approx(
        paper.size, abs=0.1
    )


def test_letters_of_many_scripts_need_nothing_of_the_machine():
    """What the typefaces we bring promise to have, they have."""
    promised = "Ää Łł Ωω Жж שלום مرحبا สวัสดี नमस्ते საქართველო Հայաստան ✓ ☐ → ≤ “”"
    assert fonts.find_missing([promised]) == ""
    assert fonts.find_missing(["漢 字 a", "漢"]) == "字漢"


def test_a_letter_nobody_has_is_a_box_and_the_page_says_so(monkeypatch):
    """It still opens and is tagged; a line says what is amiss, and no standard is claimed."""
    ours = fonts.load_fonts
    monkeypatch.setattr(document, "load_fonts", lambda *, boxes=False, **_: ours(boxes=boxes))
    reader = _open(Report(title="A plan", blocks=(Paragraph.of("Name: 漢"),)))
    assert "Some letters stand as boxes" in reader.pages[0].extract_text()
    assert ("/P", "") in _list_tags(reader)
    assert b"pdfuaid" not in reader.trailer["/Root"]["/Metadata"].get_data()


def test_a_letter_the_machine_has_is_taken_from_there(monkeypatch):
    """The machine's own typefaces are asked before a box is drawn, and then no line is needed."""
    ours, asked = fonts.load_fonts, []

    def load(*, system=False, boxes=False, **_):
        asked.append((system, boxes))
        return ours(boxes=True)  # stands for a machine that has every letter

    monkeypatch.setattr(document, "load_fonts", load)
    monkeypatch.setattr(document, "find_east", lambda: None)
    assert "Some letters" not in _read(Report(title="A plan", blocks=(Paragraph.of("漢"),)))
    assert asked == [(True, False)]


def test_letters_of_east_asia_come_from_their_package_before_the_machine_is_asked(monkeypatch):
    """Where the extra is installed, every machine writes the same; each language has its forms."""
    ours, asked = fonts.load_fonts, []

    def load(*, east=False, system=False, boxes=False):
        asked.append((east, system))
        return ours(boxes=True)  # stands for the package, which has every letter

    monkeypatch.setattr(document, "load_fonts", load)
    monkeypatch.setattr(document, "find_east", Path)
    assert "Some letters" not in _read(Report(title="A plan", blocks=(Paragraph.of("漢"),)))
    assert asked == [(True, False)]
    forms = [fonts.name_east(language)[-2:] for language in ("en-GB", "ja", "ko-KR", "zh-TW", "zh")]
    assert forms == ["SC", "JP", "KR", "TC", "SC"]


def test_what_runs_from_right_to_left_stands_at_the_right():
    """Headings and paragraphs in Arabic, in a document that runs from left to right."""
    report = Report("A plan", (Heading(1, "خطة"), Paragraph.of("مرحبا"), Paragraph.of("left")))
    blocks = lay_out(report, Paper.A4)["blocks"]
    assert [b.get("rtl", b.get("body", {}).get("rtl")) for b in blocks] == [True, True, False]
    places = {}

    def see(text, place, *_):
        if text.strip():
            places.setdefault(text.strip()[:4], place[4])

    _open(report).pages[0].extract_text(visitor_text=see)
    starts = list(places.values())
    assert max(starts) > 300
    assert places["left"] < 100


def test_pictures_are_in_the_typeface_of_the_text(rich):
    """Nothing on the page is in another typeface than the words around it."""
    pages = (page["/Resources"].get_object() for page in rich.pages)
    names = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for resources in pages
        for font in resources.get("/Font", DictionaryObject()).get_object().values()
    }
    assert names
    assert all(name.startswith("FiraGO") for name in names)
