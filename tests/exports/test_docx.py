"""The Word document: what is checked in its XML, and that it opens again."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.exports.sample_reports import (
    HOSTILE,
    WRITTEN,
    make_empty_report,
    make_figure,
    make_goals_table,
    make_hostile_report,
    make_rich_report,
)
from workbook.exports import Paper, write
from workbook.exports.report import (
    Column,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paragraph,
    Report,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def open_docx(report, paper=Paper.A4):
    from docx import Document

    return Document(BytesIO(write(report, "docx", paper=paper)))


def read_parts(report):
    with ZipFile(BytesIO(write(report, "docx"))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@pytest.fixture(scope="module")
def rich():
    return open_docx(make_rich_report())


def find(document, tag, **attributes):
    return [
        element
        for element in document.element.body.iter(W + tag)
        if all(element.get(W + name) == value for name, value in attributes.items())
    ]


def styles_of(document):
    return {p.text: p.style.name for p in document.paragraphs}


def read_instructions(document):
    return [element.text.strip() for element in find(document, "instrText")]


def test_titles_have_real_heading_styles(rich):
    """Word's navigation pane and a screen reader find title and headings by their styles."""
    styles = styles_of(rich)
    assert styles["Social media strategy"] == "Title"
    assert styles["A plumbing company, for the 90 days from 31 March 2027"] == "Subtitle"
    assert rich.paragraphs[-3].text == "Accounts"
    assert rich.paragraphs[-3].style.name == "Heading 1"
    assert styles["When somebody complains"] == "Heading 2"
    assert styles["In the words of a customer"] == "Heading 3"


def test_every_style_used_is_defined(rich):
    """No paragraph, run or table names a style that the file does not define."""
    known = {style.style_id for style in rich.styles}
    used = {e.get(W + "val") for t in ("pStyle", "rStyle", "tblStyle") for e in find(rich, t)}
    assert used <= known
    based = {e.get(W + "val") for e in rich.styles.element.iter(W + "basedOn", W + "next")}
    assert based <= known


def test_headings_and_captions_stay_with_what_follows(rich):
    """Neither a heading nor the caption of a table is left alone at the foot of a page."""
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        assert rich.styles[name].paragraph_format.keep_with_next
    caption = next(p for p in rich.paragraphs if p.text.startswith("Table 1"))
    assert caption.paragraph_format.keep_with_next
    picture = next(p for p in rich.paragraphs if p.style.name == "Picture")
    assert picture.style.paragraph_format.keep_with_next


def test_captions_are_numbered_by_fields(rich):
    """Word can list and renumber tables and figures, and shows their numbers at once."""
    assert [i for i in read_instructions(rich) if i.startswith("SEQ")] == [
        r"SEQ Figure \* ARABIC",
        r"SEQ Table \* ARABIC",
        r"SEQ Table \* ARABIC",
    ]
    styles = styles_of(rich)
    assert styles["Table 1. Goals with what they start from"] == "Caption"
    assert styles["Figure 1. What was found for each cause"] == "Caption"


def test_table_headers_repeat_and_rows_stay_whole():
    """Every page a table reaches has its header, and no short row is cut in two."""
    document = open_docx(Report("t", (make_goals_table(60),)))
    rows = list(document.tables[0]._tbl.tr_lst)
    marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert marked == [True] + [False] * 60
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_row_longer_than_a_page_may_break():
    """A row with an answer of 20,000 characters runs on instead of being cut off."""
    table = Table((Column("a"), Column("b")), (("x " * 10_000, "y"),))
    row = open_docx(Report("t", (table,))).tables[0]._tbl.tr_lst[1]
    assert row.find(f"{W}trPr/{W}cantSplit") is None


@pytest.mark.parametrize("paper", list(Paper))
def test_no_table_is_wider_than_the_text(paper):
    """Columns share the width between the margins, on either sheet."""
    columns = tuple(Column(f"c{number}", width=number + 0.7) for number in range(9))
    document = open_docx(Report("t", (Table(columns, (tuple("abcdefghi"),)),)), paper)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    grid = [int(e.get(W + "w")) for e in find(document, "gridCol")]
    assert abs(sum(grid) * 635 - room) < 1000
    cells = [int(e.get(W + "w")) for e in find(document, "tcW")]
    assert cells == grid * 2


def test_papers_have_their_sizes():
    """A4 for most of the world, Letter for North America."""
    sizes = {p: open_docx(make_empty_report(), p).sections[0] for p in Paper}
    assert round(sizes[Paper.A4].page_width.mm) == 210
    assert round(sizes[Paper.LETTER].page_height.mm) == 279


def test_pictures_have_words(rich):
    """A picture has a title and a description for those who do not see it."""
    shape = rich.inline_shapes[0]._inline.docPr
    assert "row of dots for each of 10 causes" in shape.get("descr")
    assert shape.get("title") == "What was found for each cause"


def test_every_picture_is_followed_by_its_numbers(rich):
    """The table under the picture has a row for each cause."""
    assert len(rich.tables[0].rows) == 11
    assert [cell.text for cell in rich.tables[0].rows[1].cells][1:] == ["2", "0", "1", "3"]


def test_numbers_and_dates_are_spelled_in_the_language():
    """The same cells read as a Briton and as a German would write them."""
    for language, words in (
        ("en-GB", ["1,201", "3%", "£1,234.50", "30 Jun 2027"]),
        ("de-DE", ["1.201", "3\xa0%", "1.234,50\xa0£", "30.06.2027"]),
        ("xx-nowhere", ["1,201", "3%", "£1,234.50", "Jun 30, 2027"]),
    ):
        report = Report("t", (make_goals_table(1),), language=language)
        cells = [c.text for c in open_docx(report).tables[0].rows[1].cells]
        assert cells[1:] == words


def test_pages_are_numbered_and_drafts_are_marked(rich):
    """Each page says which of how many it is, and that decisions are open."""
    section = rich.sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = [e.text.strip() for e in footer._element.iter(W + "instrText")]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.startswith("Made with the social media strategy workbook")
    for header in (section.header, section.first_page_header):
        assert "Draft: 4 decisions open" in header.paragraphs[0].text
    assert "Social media strategy" in section.header.paragraphs[0].text


def test_a_finished_report_has_no_draft_mark():
    """Without open decisions the header of the first page is empty."""
    section = open_docx(make_empty_report()).sections[0]
    assert section.first_page_header.paragraphs[0].text == ""


def test_the_language_is_set():
    """The spelling checker and a screen reader know the language."""
    document = open_docx(Report("t", (), language="de-DE"))
    lang = next(document.styles.element.iter(W + "lang"))
    assert lang.get(W + "val") == "de-DE"
    assert document.core_properties.language == "de-DE"


def test_contents_are_complete_when_the_file_opens(rich):
    """The contents list every heading, link to it, and make Word ask nothing."""
    listed = [p for p in rich.paragraphs if p.style.name.startswith("toc ")]
    assert len(listed) == 9
    assert any(i.startswith("TOC") for i in read_instructions(rich))
    targets = {e.get(W + "anchor") for e in find(rich, "hyperlink")} - {None}
    bookmarks = {e.get(W + "name") for e in find(rich, "bookmarkStart")}
    assert targets <= bookmarks
    assert len(bookmarks) == 9
    assert all(len(name) <= 40 for name in bookmarks)
    settings = rich.settings.element
    assert not list(settings.iter(W + "updateFields"))


def test_fields_are_closed(rich):
    """Every field that begins also ends; Word repairs or refuses a file otherwise."""
    kinds = [e.get(W + "fldCharType") for e in find(rich, "fldChar")]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") > 3


def test_links_are_relations_and_nothing_else_is_outside():
    """The only things a file points to outside itself are links a reader may follow."""
    parts = read_parts(make_rich_report())
    relations = parts["word/_rels/document.xml.rels"].decode()
    assert 'Target="https://example.com/a%20b?q=%C3%A9#x" TargetMode="External"' in relations
    outside = sum(raw.count(b"External") for name, raw in parts.items() if name.endswith(".rels"))
    assert outside == 1


def test_the_package_holds_nothing_of_others():
    """No macro, thumbnail or foreign metadata travels with a document."""
    parts = read_parts(make_rich_report())
    wanted = {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/numbering.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/media/image1.png",
    }
    assert set(parts) == wanted
    assert b"python-docx" not in b"".join(parts.values())


def test_properties_come_from_the_report(rich):
    """Title, author and the day it was written are those of the report, not of the machine."""
    core = rich.core_properties
    assert (core.title, core.author) == ("Social media strategy", "A plumbing company")
    assert core.created == core.modified == WRITTEN
    empty = open_docx(make_empty_report()).core_properties
    assert empty.created is None


def test_each_numbered_list_starts_at_one():
    """A second list does not go on where the first one ended."""
    document = open_docx(Report("t", (Numbered.of("a", "b"), Numbered.of("c"))))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs[1:]]
    assert numbers[0] == numbers[1] != numbers[2]
    defined = {n.numId for n in document.part.numbering_part.element.num_lst}
    assert set(numbers) <= defined


def test_short_terms_stand_beside_and_questions_above_their_answers(rich):
    """A question and its answer can be told apart at a glance."""
    styles = styles_of(rich)
    assert styles["Hours a week\t4"] == "Term Line"
    assert styles["What would you lose if these accounts were closed tomorrow?"] == "Term"
    assert styles["Very little so far."] == "Definition"
    assert styles["Not known yet\t–"] == "Term Line"  # noqa: RUF001 - the dash for nothing


def test_a_page_break_starts_the_next_block_on_a_new_sheet():
    """Before a heading or a table, without an empty paragraph that would show as a gap."""
    goals = make_goals_table(1)
    bare = Table(goals.columns, goals.rows)
    document = open_docx(Report("t", (PageBreak(), Heading(1, "new"), PageBreak(), bare)))
    broken = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert broken == ["new", ""]


def test_right_to_left_text_runs_right_to_left():
    """Arabic and Hebrew paragraphs are marked so that Word sets them from the right."""
    document = open_docx(Report("t", (Paragraph.of(HOSTILE[5]), Paragraph.of("left"))))
    right, left = document.paragraphs[1:]
    assert right._p.pPr.find(W + "bidi") is not None
    assert right.runs[0]._r.rPr.find(W + "rtl") is not None
    assert left._p.pPr.find(W + "bidi") is None


def test_hostile_text_is_text():
    """Markup, formulas, control characters and every script come back letter by letter."""
    document = open_docx(make_hostile_report())
    text = "\n".join(p.text for p in document.paragraphs)
    for typed in (HOSTILE[0], HOSTILE[1], HOSTILE[3], *HOSTILE[5:10], "ABC and"[:2]):
        assert typed in text
    assert "W" * 2_500 in text
    assert text.count("word ") >= 3_499


def test_an_empty_report_says_so():
    """A plan without answers gives a document that opens and says what is missing."""
    texts = [p.text for p in open_docx(make_empty_report()).paragraphs]
    assert texts == ["Social media strategy", "Nothing has been entered yet."]


def test_an_empty_table_or_list_of_terms_is_words_not_a_bare_header():
    """Where nothing was entered there is a sentence instead of an empty table."""
    blocks = (Table((Column("a"),), (), empty="No account yet."), KeyValues(()))
    document = open_docx(Report("t", blocks))
    assert [p.text for p in document.paragraphs][1:] == ["No account yet."]
    assert document.tables == []


def test_two_pictures_of_one_kind_have_names_of_their_own():
    """Then and now stand in one document under different ids."""
    document = open_docx(Report("t", (make_figure("then"), make_figure("now"))))
    properties = [shape._inline.docPr for shape in document.inline_shapes]
    assert [p.get("name") for p in properties] == ["then", "now"]
    assert len({p.get("id") for p in properties}) == 2


@pytest.mark.parametrize("term", ["Goal", "A term that is so long that it stands above its value"])
def test_no_term_stands_on_a_page_alone(term):
    """The first two lines keep to their heading, and the last two to each other."""
    pairs = KeyValues.of((term, "one"), ("Second", "two"), ("Third", "three"), ("Last", "four"))
    document = open_docx(Report("t", (Heading(1, "In brief"), pairs)))
    held = {p.text for p in document.paragraphs if p.paragraph_format.keep_with_next}
    assert any("one" in text for text in held)
    assert any("three" in text for text in held)
    assert not any("two" in text or "four" in text for text in held)


def test_a_lead_stays_with_what_it_leads_to():
    """A heading and its one sentence never stand at a foot without the table they announce."""
    table = Table((Column("By"),), (("today",),))
    blocks = (Heading(1, "To do"), Paragraph.of("Strike out."), table, Paragraph.of("After."))
    document = open_docx(Report("t", (*blocks, Heading(1, "Last"), Paragraph.of("The end."))))
    held = {p.text: p.paragraph_format.keep_with_next for p in document.paragraphs}
    assert held["Strike out."]
    assert not held["After."]
    assert not held["The end."]
