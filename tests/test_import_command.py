"""The command ``import``: figures for people and for programs, and what it says of bad files."""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from workbook.cli import main
from workbook.measurement.targets import STAGES

SAMPLES = Path(__file__).parent / "samples" / "imports"
STAGE_OPTIONS = ("--services", "/services", "--contact", "/contact", "--used", "generate_lead")
LOG = (
    '192.0.2.1 - - [01/Jun/2026:12:00:00 +0200] "GET /?utm_source=instagram&utm_medium=social'
    ' HTTP/1.1" 200 9 "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"\n'
    '192.0.2.1 - - [01/Jun/2026:12:01:00 +0200] "GET /services/ HTTP/1.1" 200 9'
    ' "https://bakery.example/" "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"\n'
)
HEAD = "# -\n# Traffic acquisition: Session\n# Account: E\n# -\n# Start date: 20250101\n"
PLUMBER = {
    "Traffic.csv": f"{HEAD}# End date: 20251030\nSession primary channel group (Default Channel"
    " Group),Sessions,Key events\nPaid Search,4395,0\nOrganic Social,15,0",
    "Pages.csv": f"{HEAD}# End date: 20251030\nPage path and screen class,Views,Active users,"
    "Key events\n/,9850,3834,0\n/contact-us/,536,248,0",
}


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command in an empty folder; gives its exit code, output and error."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("WORKBOOK_")]:
        monkeypatch.delenv(name)

    def import_files(*arguments):
        with pytest.raises(SystemExit) as left:
            main(["import", *map(str, arguments)])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return import_files


@pytest.fixture
def listed(run):
    """What the command answers programs, with the exit code."""

    def list_files(*arguments):
        code, said, told = run(*arguments, "--json")
        assert told == ""
        return code, json.loads(said)

    return list_files


def test_an_exploration_answers_the_question(listed):
    """Per place: visits, and how many reached each stage, as count, percent and limits."""
    code, found = listed(SAMPLES / "ga4_exploration.csv", *STAGE_OPTIONS)
    place = found["platforms"]["instagram"]
    assert code == 0
    assert found["files"][0]["format"] == "ga4_exploration"
    assert found["files"][0]["problems"] == []
    assert place["sessions"] == 18
    assert place["sessions_interval"][0] < 18 < place["sessions_interval"][1]
    assert {s: place[s]["count"] for s in STAGES} == {"services": 6, "contact": 2, "used": 1}
    for stage in STAGES:
        assert place[stage]["low"] < place[stage]["percent"] < place[stage]["high"]
    assert found["platforms"]["social"]["sessions"] == 2
    assert found["period"] == {"start": "2026-06-01", "end": "2026-06-02"}


def test_reports_without_sources_say_what_to_export_instead(run, listed, tmp_path):
    """15 visits came from social; what they did cannot be said, nor who got in touch."""
    for name, text in PLUMBER.items():
        (tmp_path / name).write_text(text)
    code, found = listed(*PLUMBER, "--contact", "/contact-us", "--used", "generate_lead")
    cannot = {said["id"]: said for said in found["cannot_say"]}
    assert (code, found["all"]["sessions"]) == (0, 15)
    assert all(found["platforms"]["social"][stage] is None for stage in STAGES)
    assert {"what-they-did", "no-key-event", "no-network", "export-ga4"} <= set(cannot)
    steps = " ".join(cannot["export-ga4"]["steps"])
    assert "Session source / medium" in steps
    assert "session_start|page_view|generate_lead" in steps
    _, said, _ = run(*PLUMBER, "--contact", "/contact-us", "--used", "generate_lead")
    assert said.index("cannot say what the 15 visits from social did") < said.index("Place ")
    assert " ".join(said.split()).startswith(
        "What these files tell • 15 visits came from social, from 1 January 2025 to 30 October "
        "2025; these files cannot say what they did; no key event was configured that counted "
        "anything; export the exploration that is described below."
    )


@pytest.mark.thorough
def test_a_log_and_hours_give_rates(run, tmp_path):
    """A log is known by its lines, and a tracker of the same days gives visits by the hour.

    Afterwards the folder holds what it held, and the answer nothing of a row.
    """
    (tmp_path / "access.csv").write_text(LOG)
    (tmp_path / "hours.txt").write_text(
        "Start date,Duration,Tags,Billable\n2026-06-01,02:00:00,instagram,No\n"
    )
    before = sorted(tmp_path.iterdir())
    code, said, told = run("access.csv", "hours.txt", "--services", "/services", "--json")
    found = json.loads(said)
    place = found["platforms"]["instagram"]
    assert sorted(tmp_path.iterdir()) == before
    assert not any(text in said + told for text in ("192.0.2.1", "Firefox", "bakery.example"))
    assert code == 0
    assert [each["format"] for each in found["files"]] == ["log_combined", "toggl_detailed"]
    assert (place["sessions"], place["services"]["count"], place["hours"]) == (1, 1, 2)
    assert place["per_hour"]["services"]["rate"] == 0.5


@pytest.mark.thorough
def test_a_file_can_come_from_standard_input(listed, monkeypatch):
    """“-” reads a report that another program writes."""
    raw = PLUMBER["Traffic.csv"].encode()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw)))
    code, found = listed("-")
    assert (code, found["files"][0]["format"]) == (0, "ga4_report")


@pytest.mark.parametrize(
    "sample", ["plausible_export.zip", "umami_export.zip", "matomo_report.xml"]
)
def test_text_says_what_is_missing_first(run, sample):
    """People read what can and cannot be told before any figure, and where it came from."""
    code, said, _ = run(SAMPLES / sample, *STAGE_OPTIONS, "--choose", "goal=4")
    places = [said.index(text) for text in ("tell\n", "cannot tell", "brought", "The files")]
    assert code == 0
    assert places == sorted(places)
    assert "None" not in said
    assert all(len(line) <= 88 for line in said.splitlines() if "index.php" not in line)


def test_an_open_question_exits_with_1(listed, tmp_path):
    """A file that can be read in two ways asks; the answer is an option."""
    (tmp_path / "data.csv").write_text("x,y\nl.instagram.com,4\n")
    code, found = listed("data.csv")
    (problem,) = found["files"][0]["problems"]
    assert (code, problem["choices"][0], problem["level"]) == (1, "referrers", "file")
    code, found = listed("data.csv", "--choose", "umami=referrers")
    assert (code, found["platforms"]["instagram"]["sessions"]) == (0, 4)


def test_days_in_two_ways_are_a_question(listed, tmp_path):
    """The order of day and month is asked for where the file does not tell."""
    (tmp_path / "a.csv").write_text("Date,Session source,Sessions\n02/03/2026,x.com,4\n")
    assert listed("a.csv")[0] == 1
    code, found = listed("a.csv", "--day-first")
    assert (code, found["period"]["start"]) == (0, "2026-03-02")


def test_columns_nobody_knows_can_be_named(listed, tmp_path):
    """The columns are listed, and --column says what they are."""
    (tmp_path / "own.csv").write_text("Netz;Besuche\nFacebook;12\n")
    code, found = listed("own.csv")
    assert (code, found["files"][0]["problems"][0]["columns"]) == (1, ["Netz", "Besuche"])
    code, found = listed("own.csv", "--column", "Netz=source", "--column", "Besuche=sessions")
    assert (code, found["platforms"]["facebook"]["sessions"]) == (0, 12)


@pytest.mark.parametrize("name", ["none.csv", "folder"])
def test_a_file_that_cannot_be_opened_is_told_beside_the_others(listed, tmp_path, name):
    """One wrong name among several spoils nothing."""
    (tmp_path / "folder").mkdir()
    code, found = listed(name, SAMPLES / "ga4_report.csv")
    assert (code, found["files"][0]["format"]) == (0, None)
    assert name in found["files"][0]["problems"][0]["text"]
    assert found["all"]["sessions"] == 27
    assert listed(name)[0] == 2


@pytest.mark.parametrize(
    ("raw", "problem"),
    [(b"", "file-empty"), (b"Dear all,", "visits-unknown-file"), (b"%PDF-1.7", "file-no-table")],
)  # fmt: skip
def test_what_is_no_report_exits_with_2(listed, tmp_path, raw, problem):
    """Nothing could be used, and the reason is among the problems of the file."""
    (tmp_path / "a.csv").write_bytes(raw)
    code, found = listed("a.csv")
    assert (code, [p["id"] for p in found["files"][0]["problems"]]) == (2, [problem])
    assert found["platforms"] == {}


def test_a_table_larger_than_any_is_refused_before_it_is_read(listed, tmp_path):
    """It is not loaded, and the size that is taken is named."""
    with (tmp_path / "a.csv").open("wb") as file:
        file.write(b"Session source,Sessions\n")
        file.truncate(200_000_001)
    code, found = listed("a.csv")
    (problem,) = found["files"][0]["problems"]
    assert (code, problem["id"]) == (2, "file-too-large")
    assert "200 MB" in problem["text"]


@pytest.mark.parametrize(
    ("options", "named"),
    [(("--zone", "Nowhere"), "Nowhere"), (("--choose", "umami"), "--choose"),
     (("--column", "A=b"), "sessions"), ((), "FILE")],
)  # fmt: skip
def test_options_that_make_no_sense_are_told(run, tmp_path, options, named):
    """The message names what was given, or what there is."""
    (tmp_path / "a.csv").write_text(PLUMBER["Traffic.csv"])
    code, _, told = run(*(["a.csv"] if options else []), *options)
    assert code == 2
    assert named in told
