"""The HTML document, read as a program reads it."""

from __future__ import annotations

import re

import pytest
from lxml import html as reader

from tests.exports.sample_reports import HOSTILE, SAMPLES, make_figure, make_rich_report
from workbook.exports import Paper, write
from workbook.exports.report import Callout, Paragraph, Report, plain


def read_page(report):
    return reader.fromstring(write(report, "html"))


@pytest.fixture(scope="module")
def rich():
    return read_page(make_rich_report())


@pytest.mark.thorough
@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_nothing_is_asked_of_another_host(sample):
    """No script, style, font, picture or frame is loaded; links only wait to be followed."""
    page = read_page(SAMPLES[sample]())
    assert not page.xpath("//script | //link | //img | //iframe | //object | //base | //form")
    assert not page.xpath("//@src | //@srcset | //@action | //@*[starts-with(name(), 'on')]")
    style = "".join(page.xpath("//style/text()"))
    assert "@import" not in style
    assert "url(" not in style
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_hostile_text_shows_as_text():
    """What was typed is read back as text, and makes no element of its own."""
    page = read_page(SAMPLES["hostile"]())
    text = page.xpath("string(//main)")
    for typed in (HOSTILE[0], HOSTILE[1], HOSTILE[3], *HOSTILE[5:10]):
        assert typed in text
    assert "$title" in text
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert page.xpath("count(//style)") == 1


def test_notes_cannot_leave_the_style_sheet():
    """The draft note is printed by the style sheet, and cannot end it."""
    report = Report("t", (), header_note='"} </style><script>x</script> \\ “é”')
    raw = write(report, "html").decode()
    style = raw[raw.index("<style>") : raw.index("</style>")]
    assert "script" in style
    assert "<" not in style.removeprefix("<style>")
    assert read_page(report).xpath("//p[@class='draft']/text()") == [report.header_note]


def test_headings_do_not_skip_levels(rich):
    """The title is the only h1; the report's own levels follow."""
    assert rich.xpath("count(//h1)") == 1
    assert rich.xpath("//h1/text()") == ["Social media strategy"]
    assert "Rules" in rich.xpath("//h2/text()")
    assert rich.xpath("//h4/text()") == ["In the words of a customer"]


def test_every_id_is_unique_and_every_reference_is_met():
    """Several charts and tables in one page do not share an id."""
    report = Report("t", (make_figure("then"), make_figure("now")))
    page = read_page(report)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = " ".join(page.xpath("//@aria-labelledby")).split()
    assert wanted
    assert set(wanted) <= set(ids)
    rich = read_page(make_rich_report())
    assert {a[1:] for a in rich.xpath("//a/@href") if a[0] == "#"} <= set(rich.xpath("//@id"))


def test_pictures_have_title_description_and_numbers(rich):
    """A chart is an image with words, for wide and narrow screens, with its table."""
    charts = rich.xpath("//figure//*[name()='svg']")
    assert len(charts) == 2
    for chart in charts:
        assert chart.get("role") == "img"
        assert chart.xpath("string(*[name()='title'])") == "What was found for each cause"
        assert "10 causes" in chart.xpath("string(*[name()='desc'])")
    assert len(rich.xpath("//figure/following-sibling::details[1]//tbody/tr")) == 10


def test_tables_name_their_columns_and_rows(rich):
    """A screen reader says which column and row a cell stands in."""
    table = rich.xpath("//table[caption[contains(., 'Goals with')]]")[0]
    assert table.xpath("thead/tr/th/@scope") == ["col"] * 5
    assert table.xpath("tbody/tr/th/@scope") == ["row"] * 3
    assert table.xpath("tbody/tr[1]/td/text()") == ["1,201", "3%", "£1,234.50", "30 Jun 2027"]


def test_wide_tables_scroll_by_keyboard(rich):
    """A table that may not fit a phone can be scrolled without a mouse."""
    scroller = rich.xpath("//div[@class='scroll' and .//caption[contains(., 'Goals with')]]")[0]
    assert scroller.get("tabindex") == "0"
    assert rich.xpath(f"//*[@id='{scroller.get('aria-labelledby')}']")


def test_what_a_box_is_stands_in_words():
    """A decision and an open point differ by their words, not by colour alone."""
    page = read_page(Report("t", (Callout("open", "Who answers", (Paragraph((plain("x"),)),)),)))
    assert page.xpath("string(//div[@class='callout open']/p[1])") == "Still open Who answers"


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, "210mm 297mm"), (Paper.LETTER, "215.9mm")])
def test_the_sheet_is_the_one_asked_for(paper, size):
    """Printing uses the paper the document was made for."""
    raw = write(make_rich_report(), "html", paper=paper).decode()
    assert re.search(rf"@page {{ size: {size}", raw)


def test_language_and_direction_are_said():
    """A page in Arabic is Arabic to the browser, from the right."""
    page = read_page(Report("استراتيجية", (), language="ar"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert read_page(Report("Plan", (), language="en-GB")).get("dir") == "ltr"
