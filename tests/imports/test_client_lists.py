"""Lists of clients, typed or exported: what was counted, what could not be, and no names."""

from __future__ import annotations

import io
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.discovery import read_toml
from workbook.evidence.clients import Question
from workbook.imports.clients import explain_clients, read_clients, read_typed
from workbook.plan import Plan
from workbook.steps.audience.editor_asking import write_messages

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


def _say(text):
    found = read_typed(text)
    return found, [explain_clients(problem, "es") for problem in found.problems]


def test_a_list_in_spanish_is_counted():
    """Heads that are our questions in Spanish, everyday words, and nobody's place at all."""
    found, said = _say(
        "Nombre;¿Usas alguna vez Facebook o Instagram?;¿Dónde pasas tiempo?;¿Cómo nos encontraste?"
        "\nAna;Facebook y a veces Instagram;YouTube;búsqueda en Google\nLuis;ninguno;nada;TikTok"
    )
    use, spent, way = (found.of(question) for question in Question)
    assert (use.asked, use.counts) == (2, {"Facebook": 1, "Instagram": 1})
    assert (spent.asked, spent.counts) == (2, {"YouTube": 1})
    assert (way.asked, way.counts) == (2, {"TikTok": 1})
    assert "Búsqueda en Google" in " ".join(said)
    numbers, _ = _say("Facebook 7\nPerfil de Empresa en Google 3\npreguntados 12")
    counts = {"Facebook": 7, "Google Business Profile": 3}
    assert (numbers.of(Question.USE).asked, numbers.of(Question.USE).counts) == (12, counts)
    ticked, _ = _say("Nombre;Facebook;Instagram\nAna;sí;no\nEva;si;sí")
    assert ticked.of(Question.USE).counts == {"Facebook": 2, "Instagram": 1}


def test_what_spanish_readers_are_told_to_write_is_understood():
    """Each word that stands between marks in a problem mends what it was told of."""
    _, (denied, *_) = _say("no uso Facebook\nInstagram\nTikTok")
    assert "«nunca»" in denied
    _, said = _say("Nombre;Facebook;Color favorito;Talla\nAna;sí;azul;M\nEva;no;rojo;L")
    assert "«Color favorito», «Talla»" in " ".join(said)


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
        ("Facebok, Instagram\nFacebook, X\nReddit, X", "Row 1: Did you mean Facebook?"),
        ("Facebook 7\nFriendster 2\nasked 9", "Row 2: “Friendster” is none of the places"),
        ("Facebook 3\nfacebook  4\nasked 9", "Facebook stands in several lines"),
        ("name;uses\nA;\nB;X", "Row 2: “uses” is empty"),
        ("name;Facebook;X\nA;maybe;yes\nB;yes;no", "Row 2: write yes or no"),
        (
            "Client 01: Facebook\nClient 02: X",
            "Rows 1 and 2: words beside the places were not kept",
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
        (
            "place;clients\nFacebook;7\nX;many\nasked;12",
            "Row 3: what stands beside “X” is no whole",
        ),
        ("hello\nworld", "Rows 1 and 2: what it says is none of the places"),
        ("", "“list” is empty"),
        ("{}", "No places were found"),
    ],
)
def test_nothing_is_counted_from_numbers_that_cannot_be_true(text, said):
    """A wrong number is not taken for nobody: the list waits until it is mended."""
    found = read_typed(text)
    assert found.counted == ()
    assert any(said in line for line in told(found)), told(found)


@pytest.mark.parametrize(
    ("text", "asked", "counts"),
    [
        ("1. Facebook, Instagram\n2. Facebook\n3. Facebook, X", 3, {"Facebook": 3}),
        ("1 Facebook\n2 Facebook, X\n3 none", 3, {"Facebook": 2, "X": 1}),
        ("- Facebook, YouTube\n• Facebook\n[x] Facebook", 3, {"Facebook": 3, "YouTube": 1}),
        ("Anna - Facebook, Reddit", 1, {"Facebook": 1, "Reddit": 1}),
        ("mostly Facebook (daily), Instagram", 1, {"Facebook": 1, "Instagram": 1}),
        ("I use Facebook\nAnna Miller Facebook", 2, {"Facebook": 2}),
        ("Jane Smith uses Facebook and X", 1, {"Facebook": 1, "X": 1}),
        ("Client X: Facebook\nQuokka <jane@reddit.com>: TikTok", 2, {"Facebook": 1, "TikTok": 1}),
        ("7 Facebook\n4 Instagram\nasked 12", 12, {"Facebook": 7, "Instagram": 4}),
        ("Facebook (7), Instagram - 4, asked: 12", 12, {"Facebook": 7, "Instagram": 4}),
        ("Do you ever use Facebook, X or Reddit?\nX, Facebook\nReddit", 2, {"Facebook": 1}),
        ("name,uses\nA,Facebook, Instagram", 1, {"Facebook": 1, "Instagram": 1}),
        ("Name;Do you use these? [Facebook];Do you use these? [X]\nA;yes;no", 1, {"Facebook": 1}),
    ],
)
def test_places_are_found_whatever_stands_around_them(text, asked, counts):
    """List marks, bullets, brackets, names and other words take no place from anybody."""
    use = read_typed(text).of(Question.USE)
    assert use.asked == asked
    assert dict(use.counts).items() >= counts.items()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Facebook\ninstgram, x", "Row 2: Did you mean Instagram?"),
        ("Facebook\nAnna likes facebok", "Row 2: Did you mean Facebook?"),
        ("Facebook\nMeta", "Row 2: “Meta” owns several places"),
        ("Facebook\nX, Google", "Row 2: Did you mean a search with Google"),
        ("Facebook\nQuokka", "Row 2: what it says is none of the places"),
        ("Facebook\nX, not Reddit", "Row 2: a place is named together with a word"),
        ("Facebook\nReddit: no\nReddit: none", "Rows 2 and 3: a place is named together"),
        ("Facebook\nX 7, Reddit, TikTok", "Row 2: a number stands behind a place"),
        ("name,uses,found\nA,X,Reddit,Facebook\nB,Facebook,X", "Row 2: more cells"),
    ],
)
def test_a_row_that_has_to_be_mended_does_not_count_as_asked(text, said):
    """Nobody is taken for a client who uses nothing because a word was not understood."""
    found = read_typed(text)
    use = found.of(Question.USE)
    assert (use.asked, dict(use.counts)) == (1, {"Facebook": 1})
    assert any(line.startswith(said) for line in told(found)), told(found)
    assert "uokka" not in f"{found!r}{told(found)}"


@pytest.mark.parametrize(
    "line", ["Facebook -7", "Facebook 7.5", "Facebook 7,5", "Facebook 7%", "facebok 7", "Meta 7"]
)
def test_nothing_counts_while_a_number_has_to_be_mended(line):
    """A sign, a fraction or a misspelt place makes the whole count unclear, and that is told."""
    found = read_typed(f"{line}\nInstagram 4\nasked 12")
    assert found.counted == ()
    assert any("until then" in text.casefold() for text in told(found))


def test_a_search_is_another_way_to_have_come_and_no_profile():
    """“Google” alone counts among those asked; its maps and its profile are a place."""
    found = read_typed("Google\nGoogle Maps\nBob: a friend", question=Question.FOUND)
    way = found.of(Question.FOUND)
    assert (way.asked, dict(way.counts)) == (3, {"Google Business Profile": 1})
    assert any(line.startswith("2 clients came by a way") for line in told(found))
    numbers = read_typed("Google 3\nFacebook 2\nasked 9", question=Question.FOUND)
    assert dict(numbers.of(Question.FOUND).counts) == {"Facebook": 2}


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("Tom; fb\nTom; YouTube", 2, "Row 2: a name that stands further up"),
        ("name;uses\nTom;fb\nTom;X", 2, "Row 3: a name that stands further up"),
        ("Tom; fb\ntom;  FB ", 1, "Row 2: a client who stands further up"),
        ("Tom Fox; fb\nTom Fox; X", 1, "Row 2: a client who stands further up"),
        ("Tom Fox uses fb\nTom Fox uses X", 1, "Row 2: a client who stands further up"),
        ("tom@example.com: fb\ntom@example.com: X", 1, "Row 2: a client who stands further up"),
        ("First name;Surname;Uses\nTom;Fox;fb\nTom;Hill;X\nTom;Fox;X", 2, "Row 4: a client"),
    ],
)
def test_one_first_name_may_be_two_clients(text, asked, said):
    """Only a full name or the same row makes two rows one client; either way it is told."""
    found = read_typed(text)
    assert found.of(Question.USE).asked == asked
    assert any(line.startswith(said) for line in told(found)), told(found)
    assert "fox" not in f"{found!r}{told(found)}".casefold()


def _list_questions():
    """The questions as the pages and the messages to clients word them."""
    words = read_toml("steps/audience/step.toml")["questions"]["tallies"]["fields"]["question"]
    yield from words["options"].items()
    bench = read_toml("steps/audience/bench.toml")["count"]["questions"]["question"]["options"]
    yield from bench.items()
    for message in write_messages(Plan(), "en"):
        asked = re.findall(r"\d\. “?([^?“”]+\?)", message["text"])
        yield from zip(("use", "time", "found"), asked, strict=True)


@pytest.mark.parametrize(("role", "label"), sorted({*_list_questions()}))
def test_our_own_questions_are_understood_as_heads_of_columns(role, label):
    """However a question was worded by us, numbered or cut off, its column is read."""
    short = label.replace("…", "...")
    words = re.sub(r"[^\w\s]", " ", label).split()
    cut = [" ".join(words[:length]) + "…" for length in range(2, len(words) + 1)]
    for head in (
        label,
        short,
        label.rstrip("?"),
        f"1. {label}",
        f"Q2: {label}",
        label.upper(),
        *cut,
    ):
        found = read_clients(f'Client\t"{head}"\nA\tFacebook'.encode(), "clients.tsv")
        counted = [(each.question.value, each.asked) for each in found.counted]
        assert counted == [(role, 1)], head


def test_every_column_that_was_not_read_is_named():
    """A column that holds something and is not understood is not left out without a word."""
    text = "Client;Do you ever use …?;Where?;How did you find us?;Town\nA;fb;X;Google;Leeds"
    found = read_typed(text)
    assert [each.question.value for each in found.counted] == ["use", "found"]
    assert any("“Where?”, “Town” were not read" in line for line in told(found)), told(found)
    numbers = read_typed("place;clients;when\nFacebook;7;May\nasked;12;May")
    assert "The column “when” was not read." in told(numbers)[0]
    above = read_typed("Facebook, X\nname;uses\nA;Reddit")
    assert any("above the heading" in line for line in told(above))


def test_an_answer_is_not_taken_for_the_head_of_a_column():
    """What clients say about how they came sounds like our question, and stays an answer."""
    text = "Quokka, found us on Facebook\nWombat, heard about us from a friend"
    found = read_typed(text, question=Question.FOUND)
    assert found.of(Question.FOUND).asked == 2
    assert "uokka" not in f"{found!r}{told(found)}"


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "a" + " " * size + "b",
        lambda size: "Facebook" + " " * size + "1",
        lambda size: "1." * (size // 20),
        lambda size: "a@" * (size // 20),
        lambda size: "-" * size,
        lambda size: "a" * size,
        lambda size: "name;uses\n" + "A;X\n" * (size // 100),
    ],
)
def test_long_lists_take_no_longer_than_they_are_long(make):
    """Ten times the letters take about ten times as long, not a hundred or a thousand times."""

    def measure(size):
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            read_typed(make(size))
            times.append(time.perf_counter() - begun)
        return min(times)

    assert measure(30_000) < 35 * max(measure(3_000), 0.0005)


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
