"""The command ``fit``: figures, unions and sets for people and programs, and what it refuses."""

from __future__ import annotations

import io
import json
import os
import sys
from itertools import product

import pytest

from workbook.cli import main
from workbook.evidence.survey import load_levels, load_published, load_terms
from workbook.storage.migrations import newest_version

WOMEN = {
    "country": "US", "age": ["30-49"], "gender": ["Women"], "education": ["College graduate"],
    "income": [], "community": [], "share": 100,
}  # fmt: skip
ADULTS = {"country": "US"}


@pytest.fixture
def fit(capsys, monkeypatch, tmp_path):
    """Run the command on a file of this content; gives its exit code, output and error."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("WORKBOOK_")]:
        monkeypatch.delenv(name)

    def run(content, *options):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode("utf-8")
        (tmp_path / "wish.json").write_bytes(raw)
        with pytest.raises(SystemExit) as left:
            main(["fit", "wish.json", *options])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def listed(fit):
    """What the command answers programs."""

    def run(content, *options):
        code, said, told = fit(content, "--json", *options)
        assert (code, told) == (0, "")
        return json.loads(said)

    return run


# -- figures ------------------------------------------------------------------------------------


def test_each_place_has_percent_interval_and_source(listed):
    """No number stands bare: percent, low, high, source, dates and whom it is about."""
    found = listed({"audiences": [WOMEN], "hours": 6})
    (audience,) = found["audiences"]
    asked = {row.platform for row in load_published() if row.country == "US"}
    assert set(audience["platforms"]) == asked
    for figure in audience["platforms"].values():
        assert 0 <= figure["low"] <= figure["percent"] <= figure["high"] <= 100
        assert figure["source"].startswith("Pew Research Center")
        assert figure["survey"]["start"] < figure["survey"]["end"]
        assert figure["base"] == "US adults 18+: adults, not your customers"
    facebook = audience["platforms"]["Facebook"]
    assert (facebook["percent"], facebook["method"]) == (pytest.approx(86.2, abs=0.1), "model")
    assert (facebook["daily"]["percent"], facebook["daily"]["about"]) == (58, "30-49")
    assert audience["platforms"]["LinkedIn"]["survey"]["start"] == "2024-02-01"
    assert {key: audience[key] for key in WOMEN} == WOMEN
    assert found["terms"] == load_terms()


def test_sets_fit_into_the_hours_and_hold_the_empty_one(listed):
    """Sets stand in the order of what they reach, with their hours and intervals."""
    found = listed({"audiences": [WOMEN], "hours": 6})
    sets = found["sets"]
    assert all(each["hours"] <= 6 for each in sets)
    assert all(each["low"] <= each["reach"] <= each["high"] for each in sets)
    assert [s["weighted"]["percent"] for s in sets] == sorted(
        (s["weighted"]["percent"] for s in sets), reverse=True
    )
    assert sets[-1]["platforms"] == []
    assert (sets[-1]["reach"], sets[-1]["hours"]) == (0, 0)
    assert found["provisional"] is True
    assert found["primary"] is None
    assert found["apart"] == ["Mastodon", "Nextdoor", "Discord", "Telegram"]
    assert {note["id"] for note in found["notes"]} >= {"provisional", "ceiling", "find_out"}


def test_unions_count_everybody_once(listed):
    """Adding Instagram to Facebook reaches 8 more in 100 adults; each set keeps its own name."""
    asked = ("Facebook,Instagram", "twitter, linked in", "Threads,LinkedIn")
    options = [part for each in asked for part in ("--union", each)]
    (audience,) = listed({"audiences": [ADULTS], "hours": 6}, *options)["audiences"]
    both = audience["unions"]["Facebook,Instagram"]
    assert both["percent"] == pytest.approx(70.8 + 50.0 - 42.1, abs=0.11)
    assert both["low"] < both["percent"] < both["high"]
    assert audience["unions"]["twitter, linked in"]["platforms"] == ["X", "LinkedIn"]
    never = audience["unions"]["Threads,LinkedIn"]
    assert (never["percent"], never["limits"]) == (None, True)
    assert (never["low"], never["high"]) == pytest.approx((32.2, 40.6))


def test_a_single_set_has_the_reach_of_its_union(listed):
    """The reach of a set is the union of its places in the audience."""
    found = listed({"audiences": [WOMEN], "hours": 6}, "--union", "Facebook,LinkedIn")
    union = found["audiences"][0]["unions"]["Facebook,LinkedIn"]
    chosen = next(s for s in found["sets"] if s["platforms"] == ["Facebook", "LinkedIn"])
    reached = (chosen["reach"], chosen["low"], chosen["high"])
    assert reached == (union["percent"], union["low"], union["high"])


def test_any_number_of_audiences(listed):
    """Each is answered for; the sets are for all of them by their shares."""
    many = [{**WOMEN, "share": 12.5} for _ in range(8)]
    found = listed({"audiences": many, "hours": 6})
    alone = listed({"audiences": [WOMEN], "hours": 6})
    assert len(found["audiences"]) == 8
    assert found["sets"][0]["reach"] == alone["sets"][0]["reach"]


def test_a_country_without_a_table_says_so(listed):
    """There is no figure, a plain reason for each place, and the empty set."""
    found = listed({"audiences": [{"country": "Atlantis"}], "hours": 6}, "--union", "Facebook,X")
    (audience,) = found["audiences"]
    assert audience["platforms"] == {}
    assert "no table on this country" in audience["missing"]["Facebook"]
    assert audience["left_out"].startswith("There are no figures on this country here")
    assert "Facebook, X" in audience["unions"]["Facebook,X"]["why"]
    assert [s["platforms"] for s in found["sets"]] == [[]]
    assert "nobody_counts" in {note["id"] for note in found["notes"]}


def test_everything_a_business_knows_itself_is_used(listed):
    """Clients, own figures, suitability, own hours and the rule for one person."""
    said = {"question": "use", "asked": 12, "counts": {"linkedin": 9, "Nextdoor ": 3}}
    firm = {"country": "US", "kind": "B2B", "share": 60, "clients": [said]}
    figures = {"Facebook": {"percent": 70, "asked": 120, "source": "Own poll, 2026"}}
    norway = {"country": "Norway", "share": 40, "figures": figures}
    wish = {
        "audiences": [firm, norway], "hours": 9, "people": 1, "exception": "",
        "suitability": {"LinkedIn": {"content": 1, "goal": 1, "path": 0.6, "service": None}},
        "effort": {"linkedin": 1}, "survey_worth": 20,
    }  # fmt: skip
    found = listed(wish)
    assert found["sets"][0]["platforms"] == ["LinkedIn"]
    assert found["sets"][0]["hours"] == pytest.approx(3)
    assert found["places"]["LinkedIn"]["to_find_out"] == ["service", "asset"]
    clients = found["audiences"][0]["clients"]["LinkedIn"]
    assert clients["own"]["percent"] == 75
    assert 32 < clients["combined"]["percent"] < 75
    assert clients["own"]["source"] == "your own clients"
    assert found["audiences"][1]["platforms"]["Facebook"]["source"] == "Own poll, 2026"


def test_no_hours_mean_no_place(listed):
    """Zero hours are an answer: no place, and a sentence that says so."""
    found = listed({"audiences": [ADULTS], "hours": 0})
    assert [s["platforms"] for s in found["sets"]] == [[]]
    assert found["notes"][0]["id"] == "no_hours"
    few = listed({"audiences": [ADULTS], "hours": 2.5})
    assert few["notes"][0]["id"] == "none_fits"
    assert "Snapchat" in few["notes"][0]["text"]


def test_people_read_figures_with_intervals_and_sources(fit):
    """The text has the intervals, the sets, what would change them, and the text Pew asks for."""
    code, said, told = fit({"audiences": [WOMEN], "hours": 6}, "--union", "Facebook,Instagram")
    assert (code, told) == (0, "")
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert any(line.startswith("Facebook 86 82\u201389 58 (55\u201361)") for line in lines)
    assert "Daily use is that of people aged 30 to 49." in lines
    for words in (
        "(provisional)",
        "no place",
        "What would change this",
        "Where the figures",
        "[U1]",
    ):
        assert words in said
    joined = " ".join(said.split())
    assert load_terms()["disclaimer"] in joined
    assert "Together: Facebook, Instagram" in said
    assert said.startswith("For now: ")
    assert max(len(line) for line in said.splitlines() if "https://" not in line) <= 80


@pytest.mark.parametrize("content", [
    {"audiences": [{"country": "Norway"}], "hours": 5},
    {"audiences": [{"country": "US", "kind": "b2b"}], "hours": 5, "people": 1},
    {"audiences": [{"country": ""}], "hours": 0},
    {"audiences": [{"country": "DE", "age": ["18-29"]}], "hours": 40},
])  # fmt: skip
def test_the_text_is_whole_whatever_is_known(fit, content):
    """No gap, no brace and no word of the code is left in it."""
    code, said, _ = fit(content, "--union", "Facebook,Reddit")
    assert code == 0
    for mark in ("{", "}", "None", "_", "nan", "  ."):
        assert mark not in said.replace("PI_2025.11.20_Social-Media-Use_REPORT", "")


def test_the_file_may_come_from_standard_input(capsys, monkeypatch):
    """A dash stands for standard input."""
    raw = json.dumps({"audiences": [ADULTS], "hours": 6}).encode("utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + raw)))
    with pytest.raises(SystemExit) as left:
        main(["fit", "-", "--json"])
    assert not left.value.code
    assert json.loads(capsys.readouterr().out)["sets"]


SPREADSHEET = (
    "\ufeffClient;Do you use\r\nAnn;Facebook \r\nAnn;facebook\r\nBea;LINKEDIN, Friendster\r\n"
)


def test_a_spreadsheet_of_clients_is_no_wish(fit):
    """A list of clients in a file that should ask for places is told to be none."""
    code, _, told = fit(SPREADSHEET.encode())
    assert code == 2
    assert "no JSON document" in told


def test_names_are_known_however_they_are_typed(listed):
    """Capitals and spaces around a place, a level or a kind do not matter, nor does a BOM."""
    said = {"question": "use", "asked": 12, "counts": {" FACEBOOK ": 6, "linked  in": 3}}
    wish = audiences({"country": " usa ", "age": ["18-29 "], "kind": "B2C", "clients": [said]})
    found = listed(b"\xef\xbb\xbf" + json.dumps(wish).encode())
    (audience,) = found["audiences"]
    assert audience["clients"]["Facebook"]["own"]["percent"] == 50
    assert audience["clients"]["LinkedIn"]["own"]["percent"] == 25
    assert (audience["age"], audience["kind"]) == (["18-29"], "b2c")


# -- plans --------------------------------------------------------------------------------------

GROUPS = [
    {"id": "ownr", "name": "Home owners", "country": "US", "ages": ["30-49"], "share": 60},
    {"id": "stud", "name": "Students", "country": "US", "ages": ["18-29"], "share": 30},
]


def a_plan(**parts):
    """The document of a plan file."""
    return {
        "format": "social-media-strategy-workbook", "version": newest_version(), "revision": 1,
        "plan": {"start": {"hours_per_week": 6}, "audience": {"groups": GROUPS}, **parts},
    }  # fmt: skip


def test_a_plan_is_answered_like_a_file_with_audiences(fit, listed):
    """The groups, hours and clients of a plan, with unions; shares in proportion, and said so."""
    found = listed(a_plan(), "--union", "Facebook,Instagram")
    assert [each["name"] for each in found["audiences"]] == ["Home owners", "Students"]
    assert all("Facebook,Instagram" in each["unions"] for each in found["audiences"])
    assert found["notes"][0]["id"] == "shares_rescaled"
    assert all(each["hours"] <= 6 for each in found["sets"])
    code, said, _ = fit(a_plan())
    assert code == 0
    assert "Home owners: US, 30-49, 66.7 % of your business" in said
    assert "Students 33.3 % instead of 30 %" in " ".join(said.split())


def test_an_empty_plan_is_answered(fit):
    """Nothing is answered yet: no place, and what to do first."""
    code, said, _ = fit({**a_plan(), "plan": {}})
    assert code == 0
    assert said.startswith("No place yet.")
    assert "Nobody is named" in said


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (json.dumps(a_plan()).encode()[:-20], "is damaged"),
        (json.dumps({**a_plan(), "version": 9999}).encode(), "newer workbook"),
        (json.dumps(a_plan(audience={"groups": 5})).encode(), "is damaged"),
    ],
)
def test_a_plan_that_cannot_be_opened_says_why(fit, raw, words):
    """A damaged or newer plan is told as such, as by every command."""
    code, _, told = fit(raw)
    assert code == 2
    assert words in told
    assert "Traceback" not in told


# -- what it refuses ----------------------------------------------------------------------------


def audiences(*several, **wish):
    """A file with some audiences."""
    return {"audiences": list(several), "hours": 6, **wish}


MIXED = ("age", "education", "income", "gender")
SAID = {"question": "use", "asked": 5, "counts": {"Facebook": 6}}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"[]", "no JSON object"),
        (b"[" * 100_000, "no JSON"),
        (b" " * 2_000_001, "larger than 2 MB"),
        ({"hours": 6}, "“audiences” is no list"),
        ({"audiences": [], "hours": 6}, "“audiences” is no list"),
        ({"audiences": ["US"], "hours": 6}, "audience 1 is no JSON object"),
        ({"audiences": [ADULTS]}, "“hours” is missing"),
        (audiences(ADULTS, hours=-1), "“hours” is a number from 0 to 168"),
        (audiences(ADULTS, hours=True), "“hours” is a number"),
        (
            audiences(
                *(
                    {
                        **ADULTS,
                        "age": [a],
                        "education": [e],
                        "income": [i],
                        "gender": [g],
                        "share": 1,
                    }
                    for a, e, i, g in product(*(load_levels()[k] for k in MIXED))
                )
            ),
            "there are 96 different audiences, and at most 50 are reckoned with at once",
        ),
        (audiences(ADULTS, hours="6"), "“hours” is a number"),
        (audiences(ADULTS, hours=10**400), "“hours” is a number"),
        (b'{"audiences": [{"country": "US"}], "hours": NaN}', "“hours” is a number"),
        (audiences({**ADULTS, "share": 60}, {**ADULTS, "share": 30}), "add up to 90, not to 100"),
        (audiences({**ADULTS, "share": 60}), "add up to 60"),
        (audiences(ADULTS, ADULTS), "audience 2 has no “share”"),
        (audiences({**ADULTS, "share": -5}), "“share” is a number from 0 to 100"),
        (
            audiences({**ADULTS, "age": ["40-45"]}),
            "“40-45” is no level of “age”; there are 18-29, 30-49, 50-64, 65+",
        ),
        (audiences({**ADULTS, "age": ["13-17"]}), "leaves out everybody"),
        (audiences({**ADULTS, "gender": ["Woman"]}), "no level of “gender”; there are Women, Men"),
        (audiences({**ADULTS, "income": 5}), "“income” is no list"),
        (audiences({**ADULTS, "ages": ["65+"]}), "“ages” is no part of audience 1"),
        (audiences({**ADULTS, "kind": "b2x"}), "“kind” is “b2b” or “b2c”"),
        (audiences({"country": 5}), "“country” is no text"),
        (audiences(ADULTS, hour=6), "“hour” is no part of the file"),
        (audiences(ADULTS, people=0), "“people” is a whole number"),
        (audiences(ADULTS, survey_worth=0), "“survey_worth” is a number"),
        (
            audiences(ADULTS, effort={"Friendster": 1}),
            "“Friendster” is no place; there are Facebook",
        ),
        (audiences(ADULTS, effort={"Friendster": 1}), "Mastodon, Nextdoor, Discord, Telegram"),
        (audiences(ADULTS, effort={"Facebook": -1}), "hours a week are a number"),
        (audiences(ADULTS, suitability={"Facebook": {"content": 2}}), "a number from 0 to 1"),
        (
            audiences({**ADULTS, "clients": [SAID]}),
            "count of Facebook is a whole number from 0 to 5",
        ),
        (audiences({**ADULTS, "clients": [{"question": []}]}), "“clients” is a list of objects"),
        (
            audiences({**ADULTS, "clients": [{**SAID, "counts": {"facebook": 1, "FB ": 2}}]}),
            "“FB” is Facebook, which is there already",
        ),
        (
            audiences({**ADULTS, "clients": [{**SAID, "counts": {"Friendster": 1}}]}),
            "“Friendster” is no place; there are YouTube",
        ),
        (audiences(ADULTS, effort={"X": 1, "twitter": 2}), "“twitter” is X, which is there"),
        (
            b'{"audiences": [{"country": "US"}], "hours": 6, "hours": 5}',
            "“hours” stands twice in one part of it",
        ),
        (
            audiences({**ADULTS, "figures": {"X": {"percent": 5}}}),
            "the whole number of people asked",
        ),
    ],
)
def test_bad_input_gets_a_message_that_says_how_to_mend_it(fit, content, words):
    """The exit code is 2, the message names what is wrong, and programs get the same as JSON."""
    code, said, told = fit(content, "--json")
    assert code == 2
    assert words in told
    assert "the README shows one" in told
    assert words in json.loads(said)["error"]["what"]
    assert "Traceback" not in told


def test_all_that_is_wrong_is_told_at_once(fit):
    """Nobody mends one line to be told the next."""
    wrong = {"audiences": [{"country": "US", "age": ["7"], "kind": "x"}], "hours": -1}
    _, _, told = fit(wrong)
    assert told.count(";") >= 2
    assert "age" in told
    assert "kind" in told
    assert "hours" in told


def test_a_part_of_a_plan_is_no_plan(fit):
    """What lacks the mark of a plan file is told so, and the way is shown."""
    _, _, told = fit({"plan": {"audience": {}}, "revision": 1})
    assert "it looks like a part of a plan" in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--union", "Facebook,Friendster"), "“Friendster” in --union is no place"),
        (("--union", " , "), "--union names no place"),
    ],
)
def test_a_union_of_nothing_is_refused(fit, options, words):
    """What is no place is named, with what there is."""
    code, _, told = fit({"audiences": [ADULTS], "hours": 6}, *options)
    assert code == 2
    assert words in told


@pytest.mark.parametrize(("name", "words"), [("nowhere.json", "no such file"), (".", "a folder")])
def test_a_file_that_cannot_be_opened(capsys, monkeypatch, tmp_path, name, words):
    """It is named, and nothing is traced back."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["fit", name])
    assert left.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("typed", [" 30\u201349 ", "30 - 49", "30-49"])
def test_levels_are_known_however_they_are_typed(listed, typed):
    """Capitals, spaces and long dashes do not matter; the answer has the survey's own names."""
    found = listed(audiences({**ADULTS, "age": typed, "gender": ["women"]}))
    assert found["audiences"][0]["age"] == ["30-49"]
    assert found["audiences"][0]["gender"] == ["Women"]
