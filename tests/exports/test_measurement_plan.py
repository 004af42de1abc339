"""The measurement plan: goals, settings, links and the tally, each a sheet that can be used."""

from __future__ import annotations

import io

import pytest

from tests.exports.sample_plans import GOALS, TODAY, make_finished, make_very_long, make_waiting
from workbook.exports.documents import Switches, build_document, gather, write_document
from workbook.exports.report import Table
from workbook.plan import Plan
from workbook.steps.measurement.board import list_way
from workbook.steps.measurement.register import register_of

NAME = "measurement_plan"


def _build(plan, **switches):
    return build_document(NAME, gather(plan, TODAY, switches=Switches(**switches)))


def _tables(plan):
    found = [block for block in _build(plan).blocks if isinstance(block, Table)]
    return {table.caption: table for table in found}


@pytest.fixture(scope="module")
def tables():
    return _tables(make_finished())


def test_a_goal_has_all_that_its_number_needs(tables):
    """Stage, formula and unit; then from, to and by, the source, who reads it when, what then."""
    (what,) = tables["What is counted for each goal"].rows
    goal = GOALS["goals"][0]
    assert what[0].startswith(goal["wish"][:40])
    assert what[2:] == (
        "What changed for you",
        "People who ask for an offer and came from social media, counted each month",
        "enquiries a month",
    )
    (read,) = tables["Who reads it, and what then"].rows
    assert read[1:3] == (
        "from 6 to 16 enquiries a month, by 31 July 2027",
        "A tally beside the phone",
    )
    assert read[3].startswith("the office manager\nEvery month, on the first working day")
    assert read[4].startswith("If it is below 16 enquiries a month on 31 July 2027: Look whether")


def test_the_settings_name_the_addresses_of_the_business(tables):
    """For the counter it has, with the path of its own pages and a box for the day."""
    rows = tables["Settings in Google Analytics 4"].rows
    assert any("/thank-you" in row[1] for row in rows)
    assert all(row[2] == "" for row in rows)
    assert tables["Settings in Google Analytics 4"].room_mm > 0


def test_every_link_stands_with_its_place(tables):
    """As many rows as the register has links, each with its address and its channel."""
    register = register_of(make_finished())
    rows = tables["Tagged links, and where each belongs"].rows
    assert len(rows) == len(register.rows)
    assert rows[0][2][0].link == register.rows[0].link.url
    assert rows[0][3] == register.rows[0].link.prediction.channel


def test_the_tally_is_empty_and_has_room(tables):
    """A column for each question and rows to fill in by hand."""
    sheet = tables["The tally"]
    assert len(sheet.columns) == 7
    assert len(sheet.rows) == 20
    assert not any(cell for row in sheet.rows for cell in row)
    assert sheet.room_mm > 8


def test_in_excel_each_table_is_a_sheet_one_can_fill_in():
    """A sheet for each table; those of the tally have rows to write in, with a line below."""
    from openpyxl import load_workbook

    raw = write_document(NAME, "xlsx", gather(make_finished(), TODAY))
    book = load_workbook(io.BytesIO(raw))
    assert len(book.sheetnames) == 1 + len(_tables(make_finished()))
    sheet = book[book.sheetnames[-1]]
    assert [cell.value for cell in sheet[1]][:2] == ["Date", "How they got in touch"]
    assert all(sheet.row_dimensions[row].height > 20 for row in range(2, 22))
    assert sheet["C9"].border.bottom.style == "thin"
    links = next(book[name] for name in book.sheetnames if "Tagged links" in name)
    assert links.page_setup.orientation == "landscape"


def test_what_is_said_of_others_has_its_source():
    """A caveat that rests on a source names its number, and the source stands below."""
    text = _build(make_finished()).text()
    assert "[1, 2, 3]" in text
    assert "Sources" in text
    assert "https://calibrate-analytics.com" in text
    assert "Sources" not in _build(make_finished(), sources=False).text()


def test_without_goals_or_places_it_says_what_is_missing():
    """No goal, no links, no counter: each part says so, and the tally stays."""
    text = _build(Plan()).text()
    assert "There is no goal yet." in text
    assert "There are no links yet." in text
    assert "While nothing counts the visits" in text
    assert "The tally" in text


def test_without_social_media_only_the_tally_is_left():
    """How people find the business is still worth a line."""
    assert set(_tables(make_waiting())) == {"The tally"}


@pytest.mark.thorough
def test_long_answers_do_not_run_over_the_page():
    """No cell of the goals is longer than a few lines."""
    found = _tables(make_very_long())
    for caption in ("What is counted for each goal", "Who reads it, and what then"):
        assert all(len(cell) <= 360 for row in found[caption].rows for cell in row)


def test_the_numbers_on_the_way_are_as_complete_as_on_the_page(tables):
    """Stage, formula with its unit, source and what then; who reads them, and when, once."""
    plan = make_finished()
    way, table = list_way(plan), tables["From a visit to a customer"]
    assert [row[0] for row in table.rows] == [each.label for each in way]
    for each, row in zip(way, table.rows, strict=True):
        assert row[1] == each.stage
        assert row[2] == f"{each.formula.rstrip('.')} (unit: {each.unit})"
        assert row[3:] == (each.source, each.decision)
    told = _build(plan).text()
    assert f"Read by: {way[0].reader.rstrip('.')}, {way[0].when.rstrip('.')}." in told
