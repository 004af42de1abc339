"""The Markdown document, rendered by a reader of Markdown and compared with what was typed."""

from __future__ import annotations

import mistune
import pytest
from lxml import html as reader

from tests.exports.sample_reports import HOSTILE, make_rich_report
from workbook.exports import write
from workbook.exports.formats.markdown import escape
from workbook.exports.report import (
    Bullets,
    Column,
    Heading,
    Paragraph,
    Report,
    Run,
    Table,
    link,
    strong,
)


def render(report):
    read = mistune.create_markdown(plugins=["table", "strikethrough", "url"], escape=False)
    return reader.fromstring(f"<div>{read(write(report, 'markdown').decode())}</div>")


def flatten(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    "typed", [*HOSTILE, "www.example.com a@b.c http://x.y_z_", "    four spaces", "1) no\n* no"]
)
def test_what_was_typed_is_read_back_as_text(typed):
    """In paragraph, list, table and heading: the same letters, and no element of its own."""
    report = Report(
        "t",
        (
            Heading(1, typed),
            Paragraph.of(typed),
            Bullets.of(typed),
            Table((Column(typed),), ((typed,),)),
        ),
    )
    page = render(report)
    wanted = flatten(Run(typed).text)
    for place in ("//h2", "//div/p", "//ul/li", "//th", "//td"):
        shown = page.xpath(place)
        assert len(shown) == 1
        for line_break in shown[0].iter("br"):
            line_break.tail = " " + (line_break.tail or "")
        assert flatten(shown[0].text_content()) == wanted
    made = {element.tag for element in page.iter()}
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert made <= {"div", "h1", "h2", "p", "ul", "li", "br"} | table


def test_formatting_and_links_are_real():
    """Strong text and links are Markdown's own; an unsafe link is only its words."""
    report = Report(
        "t",
        (
            Heading(1, "Two goals & more", anchor="goals"),
            Paragraph.of(strong(" a|b "), link("site", "https://example.com/a_b(c)"), " "),
            Paragraph.of(link("bad", "javascript:x"), link("goals", "#goals")),
        ),
    )
    page = render(report)
    assert page.xpath("//strong/text()") == ["a|b"]
    assert page.xpath("//a/@href") == ["https://example.com/a_b(c)", "#two-goals--more"]


def test_a_report_becomes_a_table_of_contents_tables_and_boxes():
    """The rich sample has its contents, its tables with aligned numbers, and its boxes."""
    text = write(make_rich_report(), "markdown").decode()
    assert "  - [When somebody complains](<#when-somebody-complains>)" in text
    assert "| :--- | ---: | ---: | ---: | :--- |" in text
    assert "> [!IMPORTANT]\n> **Decision: One platform, not four**" in text
    assert "**Table 2. Accounts**\n\nNothing has been entered here yet." in text


def test_escaping_leaves_ordinary_text_alone():
    """Everyday sentences do not fill with backslashes."""
    for text in ("Answer within 1 day. Thanks", "2 (two) or 3% “so”", "Wer? Wir, die Firma"):
        assert escape(text) == text


@pytest.mark.parametrize("lead", [strong("Where:"), link("Page", "https://example.com/a")])
def test_the_space_behind_a_strong_run_or_a_link_stays(lead):
    """“Where: on the page”: the words do not run together behind a term or a link."""
    page = render(Report("t", (Paragraph.of(lead, " on the page"), Bullets.of((lead, Run(" x"))))))
    assert flatten(page.find(".//p").text_content()) == f"{lead.text} on the page"
    assert flatten(page.find(".//li").text_content()) == f"{lead.text} x"
