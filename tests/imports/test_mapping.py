"""Columns of tables that no format knows: guessed, checked, remembered without a word of them."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.imports.containers import Text
from workbook.imports.format import VisitReading
from workbook.imports.mapped import MAPPABLE, VISITS
from workbook.imports.mapped_sample import preview_visits
from workbook.imports.mapping import (
    LONGEST_TITLE,
    MOST_COLUMNS,
    MOST_KNOWN,
    explain_gap,
    find_gaps,
    forget,
    guess_columns,
    hash_header,
    is_stopped,
    list_columns,
    list_known,
    place_columns,
    recall,
    remember,
)
from workbook.imports.tables import Table, find_plain
from workbook.imports.visits import Questions, find_tables, read_visits
from workbook.measurement.targets import Targets
from workbook.plan import Plan
from workbook.storage.plan_file import PlanFile, read_plan_file, write_plan_file

TODAY = date(2026, 11, 22)
OWN = (
    "Datum;Netz;Besuche;Leistungen;Anfragen;Stunden;Telefon\n"
    "14.10.2026;Instagram;20;6;2;1,5;0171 quokka\n"
    "15.10.2026;Facebook;9;3;1;0:30;0171 quokka\n"
    "15.10.2026;Google;44;9;4;;0171 quokka\n"
)
_NAMES = st.lists(st.text(max_size=12), min_size=1, max_size=12)


def table_of(text):
    return find_plain(Text("own.csv", text))


def make_table(names, rows=()):
    rows = tuple(tuple(row) for row in rows)
    headers = tuple(" ".join(n.casefold().split()) for n in names)
    return Table("t", headers, rows, tuple(range(2, len(rows) + 2)), tuple(names))


def preview(text, columns):
    return preview_visits(table_of(text), columns, VisitReading(Targets(), TODAY))


# -- remembering --------------------------------------------------------------------------------


@given(_NAMES, st.data())
def test_any_mapping_of_any_header_survives_the_plan_file(names, data):
    """What was told is there again after saving, in whatever order the columns then stand."""
    table = make_table(names)
    places = st.integers(0, len(names) - 1)
    columns = data.draw(st.dictionaries(st.sampled_from(MAPPABLE), places))
    plan = remember(Plan(), VISITS, table, columns)
    raw = write_plan_file(PlanFile(plan=plan))
    kept = read_plan_file(raw, name="plan.json", limit_mb=2).plan
    ranks = recall(kept, VISITS).get(hash_header(table.headers), {})
    assert place_columns(table.headers, ranks) == columns
    order = data.draw(st.permutations(range(len(names))))
    turned = [table.headers[at] for at in order]
    found = place_columns(turned, ranks)
    assert {r: turned[at] for r, at in found.items()} == {
        r: table.headers[at] for r, at in columns.items()
    }
    assert forget(kept, VISITS, hash_header(turned)) == Plan()


@given(st.lists(st.text(string.ascii_letters, min_size=8, max_size=20), min_size=2, max_size=8))
def test_no_word_of_a_file_is_in_the_plan(words):
    """Neither a name of a column nor a cell stands in it, as text or within a number."""
    table = make_table(words, [words])
    plan = remember(Plan(), VISITS, table, {"source": 0, "sessions": 1})
    raw = write_plan_file(PlanFile(plan=plan)).decode().casefold()
    assert not any(word.casefold() in raw for word in words)


def test_the_oldest_header_goes_where_there_are_too_many():
    """A plan does not grow without end; what was told again counts as new."""
    plan = Plan()
    tables = [make_table([f"a{n}", "b"]) for n in range(MOST_KNOWN + 1)]
    for table in (*tables[:MOST_KNOWN], tables[0], tables[MOST_KNOWN]):
        plan = remember(plan, VISITS, table, {"source": 0, "sessions": 1})
    known = list_known(plan, VISITS)
    assert len(known) == MOST_KNOWN
    assert hash_header(tables[0].headers) in known
    assert hash_header(tables[1].headers) not in known


def test_a_column_less_is_another_header():
    """What was told of one table is not put upon another."""
    plan = remember(Plan(), VISITS, make_table(["a", "b", "c"]), {"source": 2})
    assert hash_header(("a", "b")) not in recall(plan, VISITS)


# -- guessing and checking ----------------------------------------------------------------------


def test_an_own_table_is_guessed_from_names_and_cells():
    """Most of a table that a business keeps by itself needs no choice at all."""
    found = guess_columns(VISITS, table_of(OWN))
    assert found == {
        "day": 0, "source": 1, "sessions": 2, "services": 3, "used": 4, "hours": 5,
    }  # fmt: skip


def test_a_name_alone_is_not_believed():
    """A column called “date” that holds no day is none."""
    text = "Date,When,Where\nsoon,2026-10-01,facebook\nlater,2026-10-02,x.com\n"
    assert guess_columns(VISITS, table_of(text)) == {"day": 1, "source": 2}


@pytest.mark.parametrize(
    ("columns", "ids"),
    [
        ({"sessions": 2}, ["mapping-needs"]),
        ({"source": 1}, ["mapping-needs"]),
        ({"source": 1, "hours": 5}, ["mapping-needs-too"]),
        ({"source": 1, "sessions": 2, "services": 2}, ["mapping-twice"]),
        ({"source": 1, "sessions": 6}, ["mapping-unreadable"]),
        ({"source": 1, "sessions": 2}, []),
    ],
)
def test_what_is_wrong_with_a_choice_is_told(columns, ids):
    """In words that name the column and what it was chosen for, before anything is read."""
    table = table_of(OWN)
    found = find_gaps(VISITS, table, columns)
    assert [problem.id for problem in found] == ids
    assert is_stopped(found) == (ids not in ([], ["mapping-unreadable"]))
    for problem in found:
        text = explain_gap(problem, VISITS)
        assert "{" not in text
        assert text.endswith(".")


def test_a_sample_gives_numbers_by_place_and_no_cell():
    """The same reading as the whole file has, so that what is seen is what is read."""
    found = preview(OWN, guess_columns(VISITS, table_of(OWN)))
    assert ("Instagram", "20", "6", "–", "2", "1.5") in found.rows  # noqa: RUF001 - the sign for no number
    assert "Rows that can be read: 3, from 14 October 2026 to 15 October 2026." in found.facts
    assert "quokka" not in repr(found)
    none = preview("Netz;Besuche\nTelefon;3\nLaden;4\n", {"source": 0, "sessions": 1})
    assert (none.rows, len(none.problems)) == ((), 1)


def test_long_headers_are_bounded():
    """Two hundred columns are offered, each with a name of one line."""
    table = make_table(["x" * 500, *(f"c{n}" for n in range(400))])
    columns = list_columns(table)
    assert len(columns) == MOST_COLUMNS
    assert len(columns[0].title) == LONGEST_TITLE
    assert guess_columns(VISITS, table) == {}


# -- reading ------------------------------------------------------------------------------------


def test_visits_and_hours_of_one_table_are_read_together():
    """A table that holds both gives both, and hours on days that are told."""
    plan = remember(Plan(), VISITS, table_of(OWN), guess_columns(VISITS, table_of(OWN)))
    known = Questions(mappings=recall(plan, VISITS))
    turned = "\n".join(";".join(reversed(line.split(";"))) for line in OWN.splitlines())
    for text in (OWN, turned):
        file = read_visits(text.encode(), "own.csv", Targets(), TODAY, known)
        assert file.formats == ("mapped",)
        assert sum(record.sessions for record in file.records[0]) == 29
        assert {(h.platform, h.hours) for h in file.hours} == {
            ("instagram", 1.5),
            ("facebook", 0.5),
        }


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_sign_may_divide_the_columns(sign):
    """The one by which the rows are as wide as the header, whatever else stands in a name."""
    text = f"Netz{sign}Besuche, gesamt\nFacebook{sign}3\nX{sign}4\n"
    (table,) = find_tables(text.replace(",", " ,").encode() if sign == "," else text.encode(), "t")
    assert len(table.rows) == 2
    assert table.headers[0] == "netz"


def test_a_table_that_stops_within_a_row_is_called_cut():
    """The whole rows are used, the torn one is left out, and the owner is told."""
    text = "Session source,Medium,Sessions\nfacebook,social,12\ninstagram,social,3\nlinkedin,soc"
    file = read_visits(text.encode(), "ga4.csv", Targets(), TODAY)
    assert [problem.id for problem in file.problems] == ["table-torn"]
    assert sum(record.sessions for record in file.records[0]) == 15
    whole = read_visits(f"{text},4".encode(), "ga4.csv", Targets(), TODAY)
    assert whole.problems == ()
