"""The command ``posts``: nine indicators of any export, and no word of a post unless asked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from workbook.cli import main
from workbook.discovery import read_toml
from workbook.imports.format import PostFormat
from workbook.imports.pipeline import load_formats
from workbook.mix.indicators import Name
from workbook.mix.posts import digest
from workbook.plan import Plan
from workbook.storage.plan_file import PlanFile, write_plan_file

SAMPLES = Path(__file__).parent / "samples" / "imports"
ADVERT = "Quokka boots 20% off, order now."
POSTS = f"{ADVERT}\n\nQuokka tea or coffee?\n\nHow to wash a quokka: in cold water."
EXPORTS = sorted(
    path.name
    for format_ in load_formats().values()
    if isinstance(format_, PostFormat)
    for path in SAMPLES.glob(f"{format_.id}.*")
)


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command in an empty folder; gives its exit code, output and error."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("WORKBOOK_")]:
        monkeypatch.delenv(name)
    (tmp_path / "posts.txt").write_text(POSTS, encoding="utf-8")

    def look_at(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["posts", *map(str, arguments)])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return look_at


def _list(run, *arguments):
    code, said, _ = run(*arguments, "--json")
    return code, json.loads(said)


def _plan(tmp_path, **mix):
    path = tmp_path / "plan.json"
    path.write_bytes(write_plan_file(PlanFile(plan=Plan.model_validate({"mix": mix}))))
    return path


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_of_posts_is_told(run, name):
    """Whatever the platform: nine indicators, each known or with what to ask for."""
    code, told = _list(run, SAMPLES / name)
    assert code in (0, 1)
    assert [each["id"] for each in told["indicators"]] == [name.value for name in Name]
    for each in told["indicators"]:
        assert each["is_known"] or each["ask"]
        assert (each["interval"] is None) or each["interval"][0] <= each["percent"]
    assert told["posts"] + told["replies"] == len(told["each"]) > 0


def test_there_are_exports_of_most_platforms():
    """Each way of reading posts has its sample; an empty list would test nothing."""
    formats = [each.id for each in load_formats().values() if isinstance(each, PostFormat)]
    assert {name.partition(".")[0] for name in EXPORTS} == set(formats)
    assert len(formats) >= 15


def test_words_of_posts_are_shown_only_when_asked(run):
    """Neither texts nor the words a sign was found by, to people or to programs."""
    for more in ((), ("--json",), ("--each",)):
        code, said, _ = run("posts.txt", *more)
        assert code == 0
        assert "uokka" not in said
        assert "20%" not in said
    line = next(x for x in run("posts.txt", "--each")[1].split("\n") if digest(ADVERT) in x)
    assert "no date  Sells. " in line
    assert "a discount in percent" in line
    assert "a discount in percent (“20% off”)" in run("posts.txt", "--show-texts")[1]
    assert ADVERT in run("posts.txt", "--show-texts")[1]
    assert {each["text"] for each in _list(run, "posts.txt", "--show-texts")[1]["each"]} == set(
        POSTS.split("\n\n")
    )


def test_the_limits_and_the_corrections_are_those_of_the_plan(run, tmp_path):
    """What a person said of a post counts, by its digest; and the limit is called one's own."""
    said = [{"id": digest(ADVERT), "said": {"kind": "helpful"}}]
    plan = _plan(tmp_path, promotion_most=5, corrections=said)
    sold = _list(run, "posts.txt")[1]["indicators"][0]
    assert (sold["hits"], sold["limit"]) == (1, {"value": 20, "sense": "most", "whose": "ours"})
    told = _list(run, "posts.txt", "--plan", plan)[1]
    sold = told["indicators"][0]
    assert (sold["hits"], sold["limit"]) == (0, {"value": 5, "sense": "most", "whose": "yours"})
    assert [each["reason"] for each in told["each"] if each["is_corrected"]] == ["You said so."]


def test_what_is_clearly_outside_its_limit_exits_with_1(run, tmp_path):
    """Thirty offers in a row are no accident; three posts are too few to say so."""
    posts = "\n\n".join(f"Order now, {number} left, £19 each." for number in range(30))
    (tmp_path / "offers.txt").write_text(posts, encoding="utf-8")
    code, said, _ = run("offers.txt")
    assert code == 1
    assert "Posts that sell: 100 of 100 (30 of 30). Look at this." in said
    assert "the true share lies between 92 and 100 of 100." in said
    assert "What these files cannot tell; nothing here is guessed" in said


def test_what_was_counted_by_hand_stands_beside_the_file(run):
    """Answered of received, and the age of the oldest question."""
    counts = ("received=1,200", "answered=1150", "oldest=3", "replies=6")
    given = [part for count in counts for part in ("--count", count)]
    told = {each["id"]: each for each in _list(run, "posts.txt", *given)[1]["indicators"]}
    assert (told["response_rate"]["hits"], told["response_rate"]["of"]) == (1150, 1200)
    assert told["unanswered_age"]["days"] == 3
    assert told["reply_rate"]["hits"] == 6
    words = read_toml("commands/posts.toml")["usage"]
    for wrong, text in (("likes=3", "name"), ("replies=-3", "number"), ("replies", "number")):
        code, _, error = run("posts.txt", "--count", wrong)
        assert code == 2
        assert words[text].partition("”")[2].split(",")[0].split("{")[0] in " ".join(error.split())


def test_an_export_and_the_same_again_count_once(run, tmp_path):
    """Two files of one account, however they overlap."""
    whole = (SAMPLES / "x_content.csv").read_text(encoding="utf-8")
    (tmp_path / "half.csv").write_text("\n".join(whole.split("\n")[:2]), encoding="utf-8")
    once = _list(run, SAMPLES / "x_content.csv")[1]
    twice = _list(run, SAMPLES / "x_content.csv", "half.csv", SAMPLES / "x_content.csv")[1]
    assert twice["twice"] > once["posts"]
    assert {**once, "files": 0, "twice": 0} == {**twice, "files": 0, "twice": 0}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing.csv", "there is no file “nothing.csv”"),
        (".", "is a folder"),
        ("empty.txt", "empty"),
    ],
)
def test_what_holds_no_posts_exits_with_2(run, tmp_path, name, reason):
    """One sentence and what to give instead, never a traceback."""
    (tmp_path / "empty.txt").write_bytes(b"")
    code, said, told = run(name)
    assert (code, said) == (2, "")
    assert reason in told
    assert "Name a text, CSV, Excel or JSON file" in told
