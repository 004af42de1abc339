"""The commands ``workbook links``: the register of a plan, the check of links, and QR codes."""

from __future__ import annotations

import csv
import io
import json
import os
import tomllib
from pathlib import Path

import pytest

from workbook.cli import main, workbook
from workbook.discovery import read_toml

PAGE = "https://acme.example/services"
SAMPLES = Path(__file__).parent / "samples" / "links"
VECTORS = tomllib.loads((SAMPLES / "channels.toml").read_text(encoding="utf-8"))["vectors"]
ARGUMENTS = {"build": 1, "check": 1, "qr": 2}


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder; gives its exit code, standard output and error."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("WORKBOOK_")]:
        monkeypatch.delenv(name)

    def run_command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(("links", *arguments))
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_command


@pytest.fixture
def demo(run, capsys):
    """The finished example as a file."""
    with pytest.raises(SystemExit):
        main(("new", "--demo", "demo.json"))
    capsys.readouterr()
    return "demo.json"


# -- build -------------------------------------------------------------------------------------


def test_the_register_of_a_plan_is_written_and_passes_our_own_check(run, demo, tmp_path):
    """Every link leads to the services page of the plan, and none has a problem."""
    code, said, told = run("build", demo, "--campaign", "2027-03_spring", "--out", "links.csv")
    assert (code, told) == (0, "")
    assert "links.csv is written" in said
    assert "Organic Social" in said
    rows = list(csv.DictReader(io.StringIO((tmp_path / "links.csv").read_text("utf-8-sig"))))
    assert {row["campaign"] for row in rows} == {"2027-03_spring"}
    assert {row["page"] for row in rows} == {rows[0]["page"]}
    assert run("check", "links.csv")[0] == 0


def test_programs_get_the_register_as_json(run, demo, tmp_path):
    """Each row with its tags, its channel and the rule; the Excel file holds the same."""
    arguments = ("build", demo, "--page", PAGE, "--platform", "x", "--paid", "--out", "links.XLSX")
    code, said, _ = run(*arguments, "--json")
    document = json.loads(said)
    assert code == 0
    row = next(row for row in document["rows"] if row["placement"] == "ad")
    assert (row["source"], row["medium"], row["rule"]) == ("twitter", "paid_social", "paid-social")
    assert row["url"].startswith(f"{PAGE}?utm_source=twitter&")
    checked = json.loads(run("check", "links.XLSX", "--json")[1])
    assert [each["url"] for each in checked["rows"]] == [each["url"] for each in document["rows"]]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--out", "links.pdf"), ["links.pdf", ".csv, .xlsx"]),
        (("--out", "none/links.csv"), ["no folder"]),
        (("--out", "x.csv", "--page", "mailto:me@acme.example"), ["mailto"]),
        (("--out", "x.csv", "--platform", "myspace"), ["myspace", "facebook"]),
    ],
)
def test_a_register_that_cannot_be_written_says_why(run, demo, tmp_path, arguments, named):
    """The message names what was given and what there is; nothing is written."""
    before = set(tmp_path.iterdir())
    code, _, told = run("build", demo, *arguments)
    assert code == 2
    assert all(part in told for part in named)
    assert set(tmp_path.iterdir()) == before


def test_an_empty_plan_says_what_is_missing(run, capsys):
    """First the page, then the platforms."""
    with pytest.raises(SystemExit):
        main(("new", "plan.json"))
    capsys.readouterr()
    assert "names no page" in run("build", "plan.json", "--out", "x.csv")[2]
    assert "names no platform" in run("build", "plan.json", "--page", PAGE, "--out", "x.csv")[2]


# -- check -------------------------------------------------------------------------------------


def test_a_file_of_vectors_is_judged_row_by_row(run, tmp_path):
    """Each row comes back with its channel, its rule and its problems, in the order of the file."""
    with (tmp_path / "links.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["medium", "source", "campaign"]])
        csv.writer(file).writerows([[v[1], v[0], v[2] or "2027-03_a"] for v in VECTORS])
    code, said, told = run("check", "links.csv", "--json")
    document = json.loads(said)
    assert (code, told) == (1, "")
    assert document["links"] == len(document["rows"]) == len(VECTORS)
    assert document["wrong"] == sum(bool(row["problems"]) for row in document["rows"])
    for row, (source, medium, _, channel, rule) in zip(document["rows"], VECTORS, strict=True):
        if source or medium:
            assert (row["channel"], row["rule"]) == (channel, rule)
        assert row["because"]
        assert all(set(problem) == {"id", "text", "mend"} for problem in row["problems"])
    assert [row["row"] for row in document["rows"]] == list(range(2, len(VECTORS) + 2))


def test_people_are_told_what_to_mend(run, tmp_path):
    """Only rows with a problem are shown; each says what it does and what to write instead."""
    (tmp_path / "links.csv").write_text("source;medium;campaign\nx;cpc;a\nfacebook;social;b\n")
    code, said, _ = run("check", "links.csv")
    plain = " ".join(said.split())
    assert code == 1
    assert "2 links: 1 has a problem." in plain
    assert "Row 2: x / cpc / a" in plain
    assert "[paid-alias]" in plain
    assert "Write “twitter” as the source" in plain
    assert "Row 3" not in plain


def test_long_lists_are_cut_for_people_only(run, tmp_path):
    """Twenty rows are shown and the rest counted; programs get all of them."""
    (tmp_path / "links.csv").write_text("source,medium,campaign\n" + "x,cpc,a\n" * 31)
    _, said, _ = run("check", "links.csv")
    assert said.count("Row ") == 20
    assert "11 more rows have problems" in said
    assert len(json.loads(run("check", "links.csv", "--json")[1])["rows"]) == 31


def test_a_link_without_tags_is_not_called_direct(run):
    """Where its visitors come from decides; programs are told so beside the channel."""
    _, said, _ = run("check", "--url", PAGE)
    assert "counts by where the visitor came from" in " ".join(said.split())
    assert "Counts under Direct" not in said
    row = json.loads(run("check", "--url", PAGE, "--json")[1])["rows"][0]
    assert (row["channel"], row["by_origin"]) == ("Direct", True)


def test_one_address_is_explained(run):
    """A link that is right is explained too, with the rule that fires."""
    tags = "utm_source=threads&utm_medium=social&utm_campaign=2027-03_a"
    code, said, _ = run("check", "--url", f"{PAGE}?{tags}")
    assert code == 0
    assert "nothing is wrong" in said
    assert "Counts under Organic Social, by the rule “organic-social”" in " ".join(said.split())
    code, said, _ = run("check", "--url", f"{PAGE}?{tags}", "--placed-on", PAGE, "--json")
    assert code == 1
    assert [p["id"] for p in json.loads(said)["rows"][0]["problems"]] == ["internal"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[::1", "", "\x1b[2J"])
def test_an_address_that_is_none_counts_nowhere(run, url):
    """It has no channel, and its problem says so; nothing in it reaches the terminal."""
    code, said, _ = run("check", "--url", url)
    assert code == 1
    assert "Counts nowhere." in said
    assert "\x1b" not in said
    row = json.loads(run("check", "--url", url, "--json")[1])["rows"][0]
    assert (row["channel"], row["rule"]) == (None, None)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (None, "no file"),
        (b"", "is empty"),
        (b"name,town\nAnna,Leeds\n", "holds no links"),
        (b"\x89PNG\r\n", "no table"),
    ],
)
def test_a_file_without_links_exits_with_2(run, tmp_path, content, named):
    """The message says what is wanted; programs get it as JSON."""
    if content is not None:
        (tmp_path / "links.csv").write_bytes(content)
    code, said, told = run("check", "links.csv", "--json")
    assert code == 2
    assert json.loads(said)["error"]["id"] == "links-unreadable"
    assert named in told
    assert "Traceback" not in told


def test_lines_that_hold_no_address_are_named(run, tmp_path):
    """What is not checked in a text file is said, by its rows; empty lines are nothing."""
    lines = [
        f"{PAGE}?utm_source=x&utm_medium=social",
        "javascript:alert(1)",
        "",
        "=cmd",
        "a" * 20_000,
    ]
    (tmp_path / "links.txt").write_text("\n".join(lines))
    _, said, _ = run("check", "links.txt")
    assert "In rows 2, 4 and 5 of “links.txt” no address begins" in " ".join(said.split())
    found = json.loads(run("check", "links.txt", "--json")[1])
    assert (found["links"], len(found["problems"])) == (1, 1)
    (tmp_path / "links.txt").write_text("\n".join(lines[:1]))
    assert json.loads(run("check", "links.txt", "--json")[1])["problems"] == []


def test_nothing_to_check_is_told(run):
    """Neither a file nor an address is no success."""
    code, _, told = run("check")
    assert code == 2
    assert "no file and no address" in told


# -- qr ----------------------------------------------------------------------------------------


def test_a_code_is_drawn_into_a_file(run, tmp_path):
    """The file is a picture; an address without tags is drawn, and that is told."""
    code, said, _ = run("qr", PAGE, "flyer.svg")
    assert code == 0
    assert "carries no tags" in said
    assert (tmp_path / "flyer.svg").read_bytes().startswith(b"<svg ")
    tagged = f"{PAGE}?utm_source=flyer&utm_medium=offline&utm_campaign=2027-03_a"
    assert json.loads(run("qr", tagged, "flyer.svg", "--json")[1])["problems"] == []


@pytest.mark.parametrize(
    ("url", "out", "named"),
    [
        (PAGE, "flyer.png", ".svg"),
        ("javascript:alert(1)", "flyer.svg", "javascript"),
        (f"{PAGE}?{'a' * 2_000}", "flyer.svg", "characters"),
    ],
)
def test_what_cannot_be_drawn_is_told(run, tmp_path, url, out, named):
    """The exit code is 2, and no file is left."""
    code, _, told = run("qr", url, out)
    assert code == 2
    assert named in told
    assert not (tmp_path / out).exists()


# -- usage -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(workbook.commands["links"].commands))
def test_each_of_the_commands_explains_itself(run, name):
    """Help comes from the words, with every option explained and the exit codes told."""
    code, said, _ = run(name, "--help")
    told = " ".join(said.split())
    words, shared = read_toml("commands/links.toml")[name], read_toml("cli.toml")["option"]
    assert code == 0
    assert words["help"].split(".")[0] in told
    assert "The exit code is 0" in told
    options = [*words.get("option", {}).values(), shared["json"], shared["help"]]
    assert all(text in told for text in options)
    command = workbook.commands["links"].commands[name]
    assert len(options) == len(command.params) - ARGUMENTS[name] + 1


@pytest.mark.parametrize(
    "arguments", [("frob",), ("qr",), ("build", "a.json"), ("check", "a", "b")]
)
def test_what_is_not_understood_is_told_in_our_words(run, arguments):
    """The message names the help that shows what there is; programs get JSON."""
    code, said, told = run(*arguments, "--json")
    assert code == 2
    assert json.loads(said)["error"]["id"] == "usage"
    assert "workbook links" in told
    assert "Missing" not in told
