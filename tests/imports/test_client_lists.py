"""Lists of clients, typed or exported: what was counted, what could not be, and no names."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.evidence.clients import Question
from workbook.imports.clients import explain_clients, read_clients, read_typed

EXPORT = (
    "\ufeffName;E-mail;Uses;Where do they spend time;Found us\r\n"
    " Client  01 ;one@example.com;facebook , INSTAGRAM;Facebook;Google Maps\r\n"
    "Client 02;two@example.com;Twitter ;YouTube;word of mouth\r\n"
    "client 01;one@example.com;Tik Tok;Facebook;Google Maps\r\n"
    "Client 03;;none;Nextdoor;a neighbour said so\r\n"
)


def told(found):
    """The problems of a list in words."""
    return [explain_clients(problem) for problem in found.problems]


def test_a_spreadsheet_export_is_counted_by_client():
    """Semicolons, a mark of the encoding, mixed case, spaces and a client twice: all read."""
    found = read_clients(EXPORT.encode("utf-8"), "clients.csv")
    use, time, way = (found.of(question) for question in Question)
    assert (use.asked, use.counts) == (3, {"Facebook": 1, "Instagram": 1, "TikTok": 1, "X": 1})
    assert use.combinations[frozenset(["Facebook", "Instagram", "TikTok"])] == 1
    assert (time.asked, time.counts) == (3, {"Facebook": 1, "YouTube": 1, "Nextdoor": 1})
    assert (way.asked, way.counts) == (3, {"Google Business Profile": 1})
    twice = "Row 4: a client who stands further up. Each client was counted once, with all places"
    assert told(found) == [
        f"{twice} named.",
        "2 clients came by a way that is none of the places here; they count among those asked.",
    ]


def test_names_are_dropped_at_the_door():
    """No name, address or note of a client is in what remains, nor in what is said about it."""
    found = read_clients(EXPORT.encode("utf-8"), "clients.csv")
    lines = read_typed("Client 01: Facebook\nClient 02, TikTok\nclient  01, Reddit")
    for said in (repr(found), *told(found), repr(lines), *told(lines)):
        for name in ("client 0", "example.com", "neighbour"):
            assert name not in said.casefold()
    assert lines.of(Question.USE).asked == 2


@pytest.mark.parametrize(
    ("text", "asked", "counts"),
    [
        ("Facebook 7\nInstagram: 4\nasked 12", 12, {"Facebook": 7, "Instagram": 4}),
        ("place;clients\nFacebook ;7\nall clients;12\n", 12, {"Facebook": 7}),
        ("Facebook, Instagram\nX/Twitter\nnone", 3, {"Facebook": 1, "Instagram": 1, "X": 1}),
        ("name,Facebook,Reddit\nA,yes,no\nB,x,\nC,,", 3, {"Facebook": 2}),
        ("Facebook and facebook\nFACEBOOK", 2, {"Facebook": 2}),
    ],
)
def test_lists_are_read_in_any_everyday_form(text, asked, counts):
    """Places with numbers, a client a line, or a column for each place."""
    use = read_typed(text).of(Question.USE)
    assert (use.asked, dict(use.counts)) == (asked, counts)


def test_the_number_asked_can_be_given_beside_the_list():
    """Numbers alone say little; the number asked may stand in the list or beside it."""
    assert read_typed("Facebook 7", asked=10).of(Question.USE).asked == 10
    bare = read_typed("Facebook 7")
    assert bare.counted == ()
    assert "how many clients you asked" in told(bare)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Facebok, Instagram\nFacebook, X\nReddit, X", "Row 1: “Facebok” is none of the places"),
        ("Facebook 7\nFriendster 2\nasked 9", "Row 2: “Friendster” is none of the places"),
        ("Facebook 3\nfacebook  4\nasked 9", "Facebook stands in several lines"),
        ("name;uses\nA;\nB;X", "Row 2: “uses” is empty"),
        ("name;Facebook;X\nA;maybe;yes\nB;yes;no", "Row 2: write yes or no"),
        (
            "Client 01: Facebook\nClient 02: X",
            "Rows 1 and 2: what stands before the places was taken",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_counted(text, said):
    """A row that is not understood is named with what to do; nothing else is lost."""
    found = read_typed(text)
    assert found.counted
    assert any(line.startswith(said) for line in told(found)), told(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Facebook 15\nX 2\nasked 12", "Facebook: 15 is more than the 12 clients"),
        ("place;clients\nFacebook;7\nX;many\nasked;12", "Row 3: “many” beside X is no whole"),
        ("hello\nworld", "“hello” is none of the places"),
        ("", "“list” is empty"),
        ("{}", "No places were found"),
    ],
)
def test_nothing_is_counted_from_numbers_that_cannot_be_true(text, said):
    """A wrong number is not taken for nobody: the list waits until it is mended."""
    found = read_typed(text)
    assert found.counted == ()
    assert any(said in line for line in told(found)), told(found)


def test_a_spreadsheet_is_read_like_its_export():
    """The same list as a workbook of a spreadsheet program."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("Client", "Uses"), ("A", "Facebook; X"), ("B", "Pinterest ")):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    use = read_clients(raw.getvalue(), "clients.xlsx").of(Question.USE)
    assert (use.asked, dict(use.counts)) == (2, {"Facebook": 1, "X": 1, "Pinterest": 1})


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8"))))
def test_no_file_breaks_it(raw):
    """Whatever a file holds, there are counts that can be true, or words on what to do."""
    found = read_clients(raw, "clients.csv")
    assert found.counted or found.problems
    for counted in found.counted:
        assert all(0 < hits <= counted.asked for hits in counted.counts.values())
    assert all(told(found))
