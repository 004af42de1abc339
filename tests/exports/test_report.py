"""A report before it has a format."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest

from tests.exports.sample_reports import HOSTILE, make_figure, make_hostile_report, make_rich_report
from workbook.exports.report import (
    Callout,
    Column,
    Figure,
    Heading,
    Paragraph,
    Report,
    Run,
    Table,
    link,
    runs,
    split_paragraphs,
)
from workbook.exports.text import clean, read_link


def test_walking_meets_what_callouts_and_figures_hold():
    """Blocks inside other blocks are met too, in reading order."""
    inner = Paragraph.of("inside")
    figure = make_figure()
    report = Report("t", (Callout("note", "c", (inner,)), figure, Heading(1, "after")))
    kinds = [type(block).__name__ for block in report.walk()]
    assert kinds == ["Callout", "Paragraph", "Figure", "Table", "Heading"]


def test_text_holds_every_word_once_typed():
    """Reading a report back finds title, cells, terms, captions and notes."""
    text = make_rich_report().text()
    for words in (
        "Draft: 4 decisions open",
        "Enquiries through the contact page, part 1\t1201\t3\t1234.50\t2027-06-30",
        "Who it is for: Home owners within 20 miles",
        "It fits 4 hours.",
        "a customer, May 2027",
        "Nobody asked why, and there is no goal\t2\t0\t1\t3",
    ):
        assert words in text


@pytest.mark.parametrize("raw", ["a\x00b", "a\x0eb", "a\ud800b", "a\ufffeb", "a\x7fb"])
def test_what_xml_cannot_carry_is_left_out(raw):
    """Control characters and halves of characters vanish wherever a text enters."""
    assert clean(raw) == "ab"
    assert Run(raw).text == "ab"
    assert Heading(1, raw).text == "ab"
    table = Table((Column(raw),), ((raw,), (runs(raw),)))
    assert table.columns[0].title == "ab"
    assert table.rows == (("ab",), (runs("ab"),))


def test_line_breaks_of_every_kind_are_newlines_and_titles_have_none():
    """Word, old Macs and Unicode break lines differently; a title is one line."""
    assert clean("a\r\nb\rc\x0bd\u2028e\u2029f\x85g") == "a\nb\nc\nd\ne\nf\ng"
    assert Heading(1, " a\n  b ").text == "a b"


def test_letters_of_every_script_survive():
    """Arabic, Hebrew, Chinese and joined emoji are kept as they are."""
    for text in ("السلام عليكم", "שלום", "水管工", "👩\u200d🔧 🇬🇧", "a\u200fb"):
        assert clean(text) == text


def test_cells_stay_what_they_are():
    """A number, an amount or a date in a cell is not turned into text."""
    table = Table((Column("x", kind="number"),), ((3,), (0.5,), (Decimal("1.50"),), (None,)))
    assert [row[0] for row in table.rows] == [3, 0.5, Decimal("1.50"), None]
    assert [type(row[0]) for row in table.rows][:3] == [int, float, Decimal]
    dated = Table((Column("x", kind="date"),), ((date(2027, 3, 31),), ("2027-03-31",)))
    assert dated.rows == ((date(2027, 3, 31),), ("2027-03-31",))


@pytest.mark.parametrize("rows", [(("a",),), (("a", "b", "c"),)])
def test_a_row_has_a_cell_for_every_column(rows):
    """A table whose rows do not fit its columns is refused."""
    with pytest.raises(ValueError, match="one cell for each"):
        Table((Column("x"), Column("y")), rows)


def test_two_figures_need_two_names():
    """Ids in a page come from the names of figures, so two alike are refused."""
    with pytest.raises(ValueError, match="name of its own"):
        Report("t", (make_figure(), make_figure()))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://example.com/a b?q=é#x", "https://example.com/a%20b?q=%C3%A9#x"),
        ("HTTP://Example.com", "http://example.com"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a%20b", "https://example.com/a%20b"),
        ("https://example.com:8080/x", "https://example.com:8080/x"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("tel:+44 (0)20 1234", "tel:+440201234"),
        ("#goals", "#goals"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://exa mple.com", None),
        ("https://[::1", None),
        ("https://example.com:port/", None),
        ("https://user:secret@example.com/", "https://example.com/"),
        ("//example.com", None),
        ("#1 <x>", None),
        ("", None),
    ],
)
def test_only_safe_and_well_formed_links_are_links(typed, read):
    """What a visitor typed becomes a link that no program chokes on, or plain text."""
    assert read_link(typed) == read
    assert link("shown", typed).link == read
    assert link("shown", typed).text == "shown"


def test_anchors_are_unique_and_short():
    """Headings with the same words, long words or no letters each have an anchor of their own."""
    headings = ("Goals", "Goals", "目标", "目标", "9 lives", "x" * 300, "Goals 2", "Goals-2")
    report = Report("t", tuple(Heading(1, text) for text in headings))
    anchors = [anchor for anchor, _ in report.headings()]
    assert len(set(anchors)) == len(headings)
    assert all(anchor[0].isalpha() and len(anchor) <= 36 for anchor in anchors)


def test_long_answers_become_paragraphs():
    """An empty line parts paragraphs; no word of 20,000 characters is lost."""
    text = ("word " * 2000 + "\r\n\r\n") * 2
    paragraphs = split_paragraphs(text)
    assert len(paragraphs) == 2
    assert sum(p.runs[0].text.count("word") for p in paragraphs) == 4000
    assert split_paragraphs(" \n \n ") == ()


def test_a_figure_carries_the_numbers_of_its_chart():
    """The table beside a picture has the chart's own columns and rows."""
    figure = make_figure("now")
    assert isinstance(figure, Figure)
    assert figure.name == "now"
    assert len(figure.table.rows) == 10
    alignments = [column.alignment for column in figure.table.columns]
    assert alignments == ["start", "end", "end", "end", "end"]


def test_the_hostile_sample_is_hostile():
    """The sample that formats are tested with keeps every visible hostile letter."""
    text = make_hostile_report().text()
    assert HOSTILE[0] in text
    assert HOSTILE[3] in text
    assert "\x00" not in text


def test_loading_reports_loads_no_heavy_package():
    """A report can be built without Word, charts or tables of numbers being loaded."""
    code = (
        "import sys, workbook.exports, workbook.charts.causes as c;"
        "from workbook.exports.report import Figure;"
        "workbook.exports.load_formats();"
        "Figure.of(c.draw((c.CauseCount('x', 1, 0, 1),)));"
        "heavy = {'matplotlib', 'numpy', 'docx', 'lxml', 'pandas', 'babel', 'ipywidgets'};"
        "found = heavy & set(sys.modules);"
        "print(found, file=sys.stderr);"
        "sys.exit(bool(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_marks_that_turn_the_direction_do_not_reach_a_document():
    """What is typed keeps its letters; the marks that would turn the words beside it go."""
    for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        assert Run(f"a{mark}b שלום").text == "ab שלום"
        assert Heading(1, f"a{mark}b").text == "ab"
