"""The command line: the same plans, checks and documents, for people and for programs."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest

from workbook import chart, check, open_plan, table
from workbook.calling import read_demo, read_today
from workbook.cli import main, workbook
from workbook.content import load_step, load_words
from workbook.discovery import read_toml
from workbook.exports import load_formats
from workbook.exports.documents import list_formats, load_documents
from workbook.storage.plan_file import PlanFile, write_plan_file
from workbook.translating import gaps
from workbook.translating.gaps import Gap

HEAD = {"format": "social-media-strategy-workbook", "version": 1, "revision": 1}
ARGUMENTS = {
    "audit": 2,
    "new": 1,
    "check": 1,
    "complaint": 2,
    "copies": 0,
    "export": 2,
    "fit": 1,
    "import": 1,
    "links": 0,
    "posts": 1,
    "schema": 0,
    "gallery": 0,
    "notebooks": 1,
    "serve": 0,
    "style": 2,
    "translations": 1,
    "versions": 0,
}
CLEAR = "\x1b[2J"
ONE_OF_EACH = [
    (next(name for name in load_documents() if format_name in list_formats(name)), format_name)
    for format_name in load_formats()
    if format_name != "markdown"
]
"""A document that comes in a format, for each format."""


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder; gives its exit code, standard output and error."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("WORKBOOK_")]:
        monkeypatch.delenv(name)

    def run_command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_command


@pytest.fixture
def demo(run, tmp_path):
    """The finished example as a file."""
    assert run("new", "--demo", "demo.json")[0] == 0
    return tmp_path / "demo.json"


# -- new ---------------------------------------------------------------------------------------


def test_a_new_plan_is_empty_and_only_its_owner_reads_it(run, tmp_path):
    """The file opens as an empty plan; nobody else on the machine can read the answers in it."""
    code, said, _ = run("new", "plan.json")
    path = tmp_path / "plan.json"
    assert code == 0
    assert "plan.json" in said
    assert json.loads(path.read_bytes())["revision"] == 1
    assert "plan" not in json.loads(path.read_bytes())
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_demo_is_the_finished_example(run, demo):
    """``new --demo`` gives the example as it is today."""
    kept = PlanFile.model_validate_json(demo.read_bytes())
    assert kept.plan == read_demo(read_today()).plan
    assert run("check", "demo.json")[0] == 0


@pytest.mark.parametrize("lies_there", ["a plan", "another file", "a folder"])
def test_new_overwrites_nothing(run, tmp_path, lies_there):
    """Whatever lies at the name stays byte for byte, and the message says what to do."""
    path = tmp_path / "plan.json"
    if lies_there == "a folder":
        path.mkdir()
    else:
        path.write_text("{}" if lies_there == "a plan" else "shopping list")
    before = path.is_dir() or path.read_bytes()
    code, _, told = run("new", "--demo", "plan.json")
    assert code == 2
    assert "already" in told
    assert "Choose another name" in told
    assert before == (path.is_dir() or path.read_bytes())


# -- check -------------------------------------------------------------------------------------


def test_a_finished_plan_exits_with_0_and_tells_what_else_there_is(run, demo):
    """No decision is open; each finding has its id, its reason and what to do."""
    code, said, _ = run("check", demo.name)
    assert code == 0
    assert "[cause-not-tracked]" in said
    assert "Because: " in said
    assert "What to do: " in said


def test_an_open_decision_exits_with_1(run):
    """A plan without answers has decisions open; a script can tell by the exit code."""
    run("new", "plan.json")
    code, said, _ = run("check", "plan.json")
    assert code == 1
    assert "Decision open  [decision-missing]" in said


def test_check_answers_programs_with_one_json_document(run, demo):
    """The same findings with stable ids, and how many block."""
    code, said, told = run("check", demo.name, "--json")
    found = json.loads(said)
    assert code == 0
    assert told == ""
    assert found["blocked"] == 0
    assert "cause-not-tracked" in {finding["id"] for finding in found["findings"]}
    assert {"id", "severity", "path", "what", "because", "do"} <= set(found["findings"][0])


def test_what_could_not_be_read_is_shown(run, tmp_path):
    """Text that is kept as it was typed does not vanish on the command line."""
    document = {**HEAD, "unclear": {"start.hours_per_week": f"two or three{CLEAR}"}}
    (tmp_path / "plan.json").write_text(json.dumps(document))
    _, said, _ = run("check", "plan.json")
    assert "two or three" in said
    assert "\x1b" not in said


def test_signs_a_terminal_acts_on_are_taken_out(run, tmp_path):
    """Whoever wrote the plan cannot clear the screen of whoever checks it."""
    document = {**HEAD, "plan": {"start": {"name": f"Café{CLEAR}"}}}
    (tmp_path / "plan.json").write_text(json.dumps(document))
    code, said, told = run("check", "plan.json")
    assert code in {1, 2}
    assert "\x1b" not in said + told


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (None, "plan-missing"),
        (b"", "not-a-plan"),
        (b"PK\x03\x04 a photo", "not-a-plan"),
        (b"[1, 2]", "not-a-plan"),
        (b"[" * 100_000, "not-a-plan"),
        (json.dumps({**HEAD, "version": 999}).encode(), "plan-too-new"),
        (json.dumps({**HEAD, "plan": {"start": {"name": 5}}}).encode(), "plan-damaged"),
        (json.dumps(HEAD).encode()[:-5], "plan-damaged"),
        (b" " * 51_000_000, "plan-too-large"),
    ],
)
def test_a_file_that_cannot_be_used_exits_with_2(run, tmp_path, raw, name):
    """Each has a plain message with the next step, no traceback, and stays as it is."""
    path = tmp_path / "plan.json"
    if raw is not None:
        path.write_bytes(raw)
    code, said, told = run("check", "plan.json", "--json")
    error = json.loads(said)["error"]
    assert code == 2
    assert error["id"] == name or raw == b""
    assert error["what"] in told
    assert error["next"] in told
    assert "Traceback" not in told
    assert raw is None or path.read_bytes() == raw


# -- export ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "format_name"),
    [*((name, "markdown") for name in load_documents()), *ONE_OF_EACH],
)
def test_every_document_and_every_format_is_written(run, document, format_name, tmp_path):
    """The end of the name chooses the format."""
    run("new", "plan.json")
    out = f"out{load_formats()[format_name].SUFFIX}"
    code, said, _ = run("export", "plan.json", out, "--document", document, "--json")
    found = json.loads(said)
    assert code == 0
    assert (found["document"], found["format"]) == (document, format_name)
    assert (tmp_path / out).stat().st_size > 200


def test_a_format_that_does_not_suit_a_document_is_refused(run, demo):
    """Rules for staff are no table; the message says as what they come, and nothing is written."""
    code, _, told = run("export", demo.name, "out.xlsx", "--document", "policy")
    assert code == 2
    assert "“policy” does not come as .xlsx" in told
    assert ".docx" in told
    assert not (demo.parent / "out.xlsx").exists()


def test_a_calendar_needs_no_name_of_a_document(run, demo):
    """Only one document has days, so the end of the file's name is enough."""
    code, said, _ = run("export", demo.name, "plan.ics", "--json")
    assert (code, json.loads(said)["document"]) == (0, "ninety_days")
    assert (demo.parent / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_parts_can_be_taken_in_and_left_out(run, demo):
    """A switch changes what stands in the document."""
    sizes = []
    for switch in [(), ("--with", "questions"), ("--without", "sources", "--without", "reasons")]:
        assert run("export", demo.name, "out.md", *switch)[0] == 0
        sizes.append((demo.parent / "out.md").stat().st_size)
    assert len(set(sizes)) == 3


def test_the_length_can_be_chosen(run, demo):
    """In full the strategy leaves nothing out, so that it is more than twice as long."""
    sizes = {}
    for length in ("short", "full"):
        assert run("export", demo.name, "out.md", "--length", length)[0] == 0
        sizes[length] = (demo.parent / "out.md").stat().st_size
    assert run("export", demo.name, "usual.md")[0] == 0
    assert (demo.parent / "usual.md").stat().st_size == sizes["short"] < sizes["full"] / 2


def test_the_paper_can_be_chosen(run, demo):
    """A4 where it is at home, letter elsewhere."""
    written = []
    for paper in ("a4", "letter"):
        said = ("--document", "one_page", "--paper", paper)
        assert run("export", demo.name, "out.docx", *said)[0] == 0
        written.append((demo.parent / "out.docx").read_bytes())
    assert written[0] != written[1]


def test_a_draft_is_called_a_draft(run):
    """A document of a plan with open decisions is written, and the message says what it is."""
    run("new", "plan.json")
    code, said, _ = run("export", "plan.json", "out.html")
    assert code == 0
    assert "decisions are open" in said


@pytest.mark.parametrize("out", ["out.odt", "out", "demo.json", "out.docx.exe"])
def test_an_unknown_ending_lists_the_known_ones(run, demo, out):
    """Whoever wanted another format sees which there are; nothing is written."""
    before = demo.read_bytes()
    code, _, told = run("export", demo.name, out)
    assert code == 2
    for module in load_formats().values():
        assert module.SUFFIX in told
    assert demo.read_bytes() == before
    assert out == demo.name or not (demo.parent / out).exists()


def test_an_unknown_document_or_part_lists_the_known_ones(run, demo):
    """The message names what there is."""
    code, _, told = run("export", demo.name, "out.docx", "--document", "poem")
    assert code == 2
    assert "strategy" in told
    code, _, told = run("export", demo.name, "out.docx", "--with", "pictures-of-cats")
    assert code == 2
    assert "open-findings" in told


def test_a_document_never_replaces_the_plan_itself(run, demo):
    """A plan that happens to end like a document is left as it is."""
    path = demo.rename(demo.parent / "plan.md")
    before = path.read_bytes()
    code, _, told = run("export", "plan.md", "plan.md")
    assert code == 2
    assert "is the plan itself" in told
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("out", "reason"), [("none/out.docx", "no folder"), ("folder.docx", "is a folder")]
)
def test_a_place_that_cannot_be_written_says_so(run, demo, out, reason):
    """The reason is in words, and nothing half-written is left behind."""
    (demo.parent / "folder.docx").mkdir()
    before = set(demo.parent.iterdir())
    code, _, told = run("export", demo.name, out, "--document", "one_page")
    assert code == 2
    assert reason in told
    assert set(demo.parent.iterdir()) == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")  # noqa: PTH110 - read when the test is collected
def test_a_full_disk_keeps_the_last_document(run, demo, monkeypatch):
    """When no room is left, the document that was there stays whole."""
    run("export", demo.name, "out.md")
    before = (demo.parent / "out.md").read_bytes()
    real = os.fdopen
    monkeypatch.setattr(
        "workbook.calling.os.fdopen",
        lambda handle, mode: (os.close(handle), real(os.open("/dev/full", os.O_WRONLY), mode))[1],
    )
    code, _, told = run("export", demo.name, "out.md", "--without", "sources")
    monkeypatch.undo()
    assert code == 2
    assert "no room is left" in told
    assert (demo.parent / "out.md").read_bytes() == before
    assert not [path for path in demo.parent.iterdir() if path.name.startswith(".out")]


# -- settings, usage, and being cut off --------------------------------------------------------


def test_a_wrong_setting_is_named(run, monkeypatch):
    """The message names the variable and its value."""
    run("new", "plan.json")
    monkeypatch.setenv("WORKBOOK_KEEP_MONTHS", "thirteen")
    code, said, told = run("check", "plan.json", "--json")
    assert code == 2
    assert json.loads(said)["error"]["id"] == "setting-error"
    assert "WORKBOOK_KEEP_MONTHS" in told
    assert "thirteen" in told


@pytest.mark.parametrize(
    "arguments", [("check",), ("check", "a", "b"), ("frobnicate",), ("serve", "--port", "70000")]
)
def test_a_command_that_is_not_understood_exits_with_2(run, arguments):
    """The message names the help that shows what there is; programs get JSON."""
    code, said, told = run(*arguments, "--json")
    assert code == 2
    assert json.loads(said)["error"]["id"] == "usage"
    assert "--help" in told


@pytest.mark.parametrize("command", sorted(workbook.commands))
def test_every_command_explains_itself(run, command):
    """Help comes from the words, with every option explained, and offers JSON."""
    code, said, _ = run(command, "--help")
    assert code == 0
    assert "--json" in said
    told, words = " ".join(said.split()), read_toml(f"commands/{command}.toml")
    assert words["help"].split(".")[0] in told
    options = {**words.get("option", {}), **read_toml("cli.toml")["option"]}
    shown = [text for name, text in options.items() if text in told and name != "help"]
    assert options["help"] in told
    assert len(shown) == len(workbook.commands[command].params) - ARGUMENTS[command]


def test_a_fault_of_our_own_is_one_line(run, demo, monkeypatch):
    """Even what nobody thought of ends in a message, not in a traceback."""
    monkeypatch.setattr("workbook.calling.run", lambda *_a, **_k: 1 / 0)
    code, said, told = run("check", demo.name, "--json")
    assert code == 2
    assert json.loads(said)["error"]["id"] == "workbook-error"
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told


def test_ctrl_c_is_quiet(run, demo, monkeypatch):
    """Stopping a command leaves no trace but its exit code."""

    def stop(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbook.calling.run", stop)
    assert run("check", demo.name) == (130, "", "")


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="pipes that break are a matter of POSIX")
def test_a_reader_that_leaves_is_no_failure_to_report(tmp_path):
    """``workbook check plan.json | true`` ends quietly."""
    path = tmp_path / "plan.json"
    path.write_bytes(write_plan_file(PlanFile()))
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "workbook", "check", str(path)],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.thorough
def test_a_terminal_without_curly_quotes_still_gets_its_answer(tmp_path):
    """Where the terminal knows only ASCII, the message is still told."""
    path = tmp_path / "none.json"
    done = subprocess.run(
        [sys.executable, "-m", "workbook", "check", str(path)],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"There is no plan at" in done.stderr
    assert b"Traceback" not in done.stderr


# -- our own words -----------------------------------------------------------------------------

LIBRARY = ("Invalid", "No such", "Got unexpected", "Missing", "requires", "range", "Input", "valid")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (
            ("frobnicate",),
            ["frobnicate", "check, complaint, copies, export, fit, gallery, import, links"],
        ),
        (("check", "a", "b"), ["b"]),
        (("check",), ["PLAN"]),
        (("check", "--frob", "a"), ["--frob"]),
        (("check", "a", "--json=3"), ["--json"]),
        (("serve", "--port"), ["--port"]),
        (("serve", "--port", "x"), ["x", "0 to 65535"]),
        (("serve", "--port", "70000"), ["70000", "0 to 65535"]),
        (("export", "demo.json", "o.md", "--paper", "a3"), ["a3", "a4, letter"]),
        (("export", "demo.json", "o.md", "--length", "long"), ["long", "short, full"]),
        (("export", "demo.json", "o.md", "--document", "poem"), ["poem", "strategy", "--document"]),
        (("export", "demo.json", "o.md", "--with", "poem"), ["poem", "questions", "--with"]),
        (("export", "demo.json", "o.md", "--with", "length"), ["length", "questions", "--with"]),
        (("new", "."), ["folder-of-plans"]),
        (("check", "."), ["folder-of-plans"]),
    ],
)
def test_what_is_not_understood_is_told_in_our_words(run, demo, monkeypatch, arguments, named):
    """The message names what was given and what there is, without words of any library."""
    folder = demo.parent / "folder-of-plans"
    folder.mkdir()
    demo.rename(folder / demo.name)
    monkeypatch.chdir(folder)
    code, _, told = run(*arguments)
    assert code == 2
    assert all(part in told for part in named)
    assert not any(word in told for word in LIBRARY)


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("KEEP_MONTHS=thirteen", "a whole number from 1 to 120"),
        ("KEEP_MONTHS=0", "a whole number from 1 to 120"),
        ("GRACE_SECONDS=9", "a number from 0.0 to 8.0"),
        ("FORK=perhaps", "“true” or “false”"),
        ("LANGUAGE=xx", "there are en"),
        ("LANGUAGE=English", "there are en"),
    ],
)
def test_a_wrong_setting_says_what_it_must_be(run, demo, monkeypatch, setting, wanted):
    """Whoever runs the workbook learns the setting's name, its value, and what it can be."""
    name, _, value = setting.partition("=")
    monkeypatch.setenv(f"WORKBOOK_{name}", value)
    code, _, told = run("check", demo.name)
    assert code == 2
    assert f"WORKBOOK_{name}" in told
    assert f"“{value}”" in told
    assert wanted in told
    assert not any(word in told for word in LIBRARY)


@pytest.mark.parametrize(
    ("store", "reason"),
    [
        ("mysql://somewhere", "sqlite:///FILE or postgresql://HOST/NAME"),
        ("sqlite://", "forgets every answer"),
        ("sqlite:////proc/nowhere/plans.sqlite3", "no database answers there"),
        ("postgresql://me:SECRET@127.0.0.1:1/plans", "no database answers there"),
    ],
)
def test_a_store_that_cannot_be_used_stops_the_app_from_starting(run, monkeypatch, store, reason):
    """Nobody is let in to lose their answers; no password is shown."""
    monkeypatch.setenv("WORKBOOK_STORE", store)
    code, said, told = run("serve", "--port", "0", "--no-browser")
    assert (code, said) == (2, "")
    assert "WORKBOOK_STORE" in told
    assert reason in told
    assert "SECRET" not in told
    assert "Traceback" not in told


def test_text_at_a_path_no_question_has_is_told_by_its_path(run, tmp_path):
    """A file from elsewhere may name what this workbook does not ask: nothing breaks."""
    unclear = {"start.nothing": "many", "nowhere": "few", "start.hours_per_week": "two or three"}
    (tmp_path / "plan.json").write_text(json.dumps({**HEAD, "unclear": unclear}))
    code, said, told = run("check", "plan.json")
    assert (code, told) == (1, "")
    assert "At “start.nothing”" in said
    assert "At “nowhere”" in said
    assert "normal week?” holds something that could not be read: two or three" in said


@pytest.mark.server
@pytest.mark.parametrize("ip", ["300.1.1.1", "203.0.113.9"])
def test_an_address_this_computer_has_not_is_named(tmp_path, ip):
    """The message is about the address and not about the port."""
    done = subprocess.run(
        [sys.executable, "-m", "workbook", "serve", "--ip", ip, "--port", "0", "--no-browser"],
        env={**os.environ, "WORKBOOK_STORE": f"sqlite:///{tmp_path}/plans.sqlite3"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert f"“{ip}” is no address of this computer" in done.stderr
    assert "--ip" in done.stderr


# -- languages ---------------------------------------------------------------------------------


def test_notebooks_of_a_language_are_written_into_a_folder(run, tmp_path):
    """They are whole, in that language, and nothing that lies there is overwritten."""
    code, said, _ = run("notebooks", "cuadernos", "--language", "es", "--json")
    assert code == 0
    files = json.loads(said)["files"]
    assert len(files) == len([*tmp_path.joinpath("cuadernos").glob("*.ipynb")]) > 10
    text = tmp_path.joinpath("cuadernos", "02_goals.ipynb").read_text(encoding="utf-8")
    assert "# Por qué y objetivos" in text
    assert "# Why, and goals" not in text
    code, _, told = run("notebooks", "cuadernos", "--language", "es")
    assert code == 2
    assert "00_start.ipynb" in told
    assert tmp_path.joinpath("cuadernos", "02_goals.ipynb").read_text(encoding="utf-8") == text


def test_a_language_there_is_not_is_named(run):
    """With those there are."""
    for arguments in (("notebooks", "here", "--language", "qq"), ("translations", "qq")):
        code, _, told = run(*arguments)
        assert code == 2
        assert "“qq”" in told
        assert "es" in told


def test_what_a_translation_lacks_is_listed(run, monkeypatch):
    """File by file with the exit code 1; 0 when there is nothing to do."""
    found = (
        Gap("missing", "steps/start/step.toml", "title", "Your business"),
        Gap("wrong", "steps/start/step.toml", "task", "", "braces"),
    )
    monkeypatch.setattr(gaps, "find_gaps", lambda _: found)
    code, said, _ = run("translations", "es")
    assert code == 1
    assert "Español: 1 missing, 1 wrong." in said
    assert "missing title Your business" in " ".join(said.split())
    assert "other braces than in English task" in " ".join(said.split())
    code, said, _ = run("translations", "--json")
    assert code == 1
    assert [gap["kind"] for gap in json.loads(said)["lacking"]["es"]] == ["missing", "wrong"]
    monkeypatch.setattr(gaps, "find_gaps", lambda _: ())
    assert run("translations")[0] == 0


def test_the_analyst_reads_in_the_language_that_is_set(monkeypatch):
    """Tables, charts and findings follow WORKBOOK_LANGUAGE, as pages do."""
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "es")
    plan = open_plan("nowhere.json", example=True)
    assert plan.start.name == read_demo(read_today(), "es").plan.start.name
    assert (
        table(plan, "start")["question"].iloc[0]
        == load_step("start", "es").questions["route"].label
    )
    assert chart(plan, "goals").title == load_words("steps/goals/picture.toml", "es")["title"]
    told = {finding.what for finding in check(plan)}
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "en")
    assert not told & {finding.what for finding in check(plan)}
