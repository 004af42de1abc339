"""``workbook audit``: the same checks for programs and for people who like a terminal."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.audit.samples import SITE, change_profile, make_plan
from workbook.cli import main
from workbook.storage.folder import FileStore
from workbook.storage.plan_file import PlanFile

PAGES = [str(path) for path in sorted(SITE.glob("*.html"))]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command on a plan; gives exit code, standard output and error."""
    from datetime import UTC, date, datetime

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("workbook.calling.read_today", lambda: date(2027, 1, 15))

    def run_command(plan, *arguments):
        path = tmp_path / "plan.json"
        path.unlink(missing_ok=True)
        FileStore(path).save(PlanFile(plan=plan), expected_revision=0, now=datetime.now(UTC))
        with pytest.raises(SystemExit) as left:
            main(["audit", "plan.json", *arguments])
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return run_command


def test_a_finished_website_leaves_with_0(run):
    """Nineteen checks, all of them right, and the lines to copy."""
    code, said, _ = run(make_plan(), *PAGES, "--json")
    told = json.loads(said)
    assert code == 0
    assert [check["id"] for check in told["checks"]][::18] == ["W1", "Q7"]
    assert all(check["passed"] is True for check in told["checks"])
    assert {"id", "passed", "why", "fix"} <= set(told["checks"][0])
    assert [page["name"] for page in told["pages"]] == [
        "contact.html",
        "index.html",
        "services.html",
    ]
    assert told["unreadable"] == []
    assert any("application/ld+json" in line["text"] for line in told["lines"])


def test_what_is_to_mend_leaves_with_1(run):
    """People read what comes first, and what to do; the lines only when they ask."""
    plan = change_profile(make_plan(), "face", links_back="no")
    code, said, _ = run(plan, *PAGES)
    assert code == 1
    assert said.startswith("Example Plumbing: 18 right, 1 to mend.")
    assert "To mend  [Q3]" in said
    assert "What to do: Facebook exampleplumbing: put this address into the profile" in " ".join(
        said.split()
    )
    assert "ld+json" not in said
    assert "ld+json" in run(plan, *PAGES, "--lines")[1]


def test_a_page_that_cannot_be_read_leaves_with_2(run, tmp_path):
    """The other pages are still looked at, and it is said what is wrong with this one."""
    (tmp_path / "photo.html").write_bytes(b"\x89PNG")
    code, said, _ = run(make_plan(), PAGES[1], "photo.html", "--json")
    told = json.loads(said)
    assert code == 2
    assert told["unreadable"][0]["id"] == "is-picture"
    assert len(told["checks"]) == 19
    code, said, _ = run(make_plan(), "photo.html")
    assert code == 2
    assert "“photo.html” is a picture, not a web page." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [((), "no page is named"), (("nope.html",), "no file “nope.html”"), ((".",), "is a folder"),
     (("a.html",) * 21, "more than 20")],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_refused(run, arguments, said):
    """Nothing named, nothing there, a folder, too many: one line and the next step."""
    code, out, told = run(make_plan(), *arguments, "--json")
    assert code == 2
    assert said in told
    assert json.loads(out)["error"]["id"] == "page-unreadable"


def test_a_page_may_come_from_standard_input(run, monkeypatch):
    """As with posts and complaints, a dash reads what another program writes."""
    piped = io.TextIOWrapper(io.BytesIO((SITE / "index.html").read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    code, said, _ = run(make_plan(), "-", "--json")
    assert code == 0 or json.loads(said)["checks"]
    assert json.loads(said)["pages"][0]["name"] == "standard input"


def test_a_live_page_is_fetched_unless_it_is_forbidden(run, monkeypatch):
    """On one's own computer fetching is on; a setting forbids it; inside addresses are refused."""
    code, said, _ = run(make_plan(), "--live", "http://127.0.0.1/", "--json")
    assert code == 2
    assert json.loads(said)["unreadable"][0]["id"] == "live-number"
    monkeypatch.setenv("WORKBOOK_LIVE_AUDIT", "off")
    code, _, told = run(make_plan(), "--live", "https://www.example.com/")
    assert code == 2
    assert "WORKBOOK_LIVE_AUDIT" in told
    monkeypatch.setenv("WORKBOOK_LIVE_AUDIT", "perhaps")
    assert "“auto”, “on” or “off”" in run(make_plan(), *PAGES)[2]


def test_pages_leave_no_trace(run, tmp_path):
    """Nothing of a page is written beside the plan, or into it."""
    page = tmp_path / "page.html"
    page.write_text("<title>quokka</title><p>quokka quokka")
    run(make_plan(), "page.html", "--json")
    holding = [path.name for path in tmp_path.rglob("*") if b"quokka" in path.read_bytes()]
    assert holding == ["page.html"]


def test_whether_visits_are_counted_is_told_beside_the_checks(run):
    """The tags, the form and the links within the website are looked at on the same pages."""
    said = json.loads(run(make_plan(), *PAGES, "--json")[1])
    found = {check["id"]: check["passed"] for check in said["setup"]}
    assert found["tag-services"] is False
    assert found["internal-links"] is True
    assert "Whether visits are counted" in run(make_plan(), *PAGES)[1]
