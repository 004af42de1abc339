"""A password that was typed, pasted or written into a file is in nothing that is kept."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

import pytest

from workbook.checks import Offer
from workbook.cli import main
from workbook.passwords import holds_secret
from workbook.plan import Plan, hints_of, strip_annotation
from workbook.session import Session
from workbook.steps.accounts.answers import Holding
from workbook.steps.platform_fit.answers import Fate
from workbook.steps.start.answers import Account
from workbook.storage.folder import FileStore
from workbook.storage.memory import MemoryStore
from workbook.storage.plan_file import PlanFile, read_plan_file, write_plan_file
from workbook.values import Kind

NOW = datetime(2027, 3, 31, 14, 2, tzinfo=UTC)
WHERE = "accounts.inventory.ac01.password_place"
NOTES = "accounts.inventory.ac01.notes"
TYPED = [
    (WHERE, "hunter2"),
    (WHERE, ["hunter2"]),
    (WHERE, {"place": "hunter2"}),
    (NOTES, "Opened in 2016. pw: hunter2"),
    (NOTES, "pw: hunter2 " + "and so on " * 3000),
    ("accounts.inventory", [{"id": "ac01", "owner": "The owner", "password_place": "hunter2"}]),
    ("accounts.inventory", [{"id": "ac01", "login": "nonsense", "notes": "hunter2"}]),
    ("accounts.inventory", "hunter2"),
    ("start.accounts.ac01.opened_because", "New clients. Password: hunter2"),
    ("start.accounts.ac01.handle", "Password:hunter2"),
    ("start.accounts", [{"id": "ac01", "opened_because": "pw hunter2"}]),
    ("accounts.inventory.ac01.purpose", "pw: hunter2"),
    ("accounts.inventory.ac01.shown_as", "Login password: hunter2"),
    ("platform_fit.fates.fa01.who", "The owner, password hunter2"),
    ("platform_fit.fates", [{"id": "fa01", "who": "pw: hunter2"}]),
]


def _everything(folder):
    return b"\n".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "plans"


@pytest.fixture
def session(folder):
    folder.mkdir()
    made = Session(FileStore(folder / "plan.json", limit_mb=2), clock=lambda: NOW)
    made.answer("start.accounts.ac01.platform", "facebook")
    made.answer(WHERE, "KeePass, safe in office")
    made.answer(NOTES, "Seldom used.")
    return made


@pytest.fixture
def invoke_check(capsys):
    """What `workbook check` says."""

    def invoke(*words):
        with pytest.raises(SystemExit):
            main(["check", *words])
        return capsys.readouterr().out

    return invoke


@pytest.mark.parametrize(("path", "raw"), TYPED)
def test_a_typed_password_is_nowhere(session, folder, caplog, path, raw):
    """It is in no answer, no unclear text, no undo, no file beside the plan and no log."""
    caplog.set_level(logging.DEBUG)
    outcome = session.answer(path, raw)
    assert outcome.problem is not None
    kept = session.plan.accounts.inventory[0]
    assert (kept.password_place, kept.notes) == ("KeePass, safe in office", "Seldom used.")
    session.answer("start.people", "three or four")
    session.name_version("Before we asked")
    assert "hunter2" not in session.file.model_dump_json()
    assert "hunter2" not in repr(outcome)
    assert b"hunter2" not in _everything(folder)
    assert "hunter2" not in caplog.text
    assert session.file.unclear == {"start.people": "three or four"}
    while session.undo():
        assert "hunter2" not in session.file.model_dump_json()
    assert b"hunter2" not in _everything(folder)


def test_an_offer_with_a_password_is_refused_like_a_typed_one(session):
    """Nothing comes into the plan by another door."""
    outcome, *_ = session.apply(Offer(label="Take it", answers=((WHERE, "hunter2"),)))
    assert outcome.problem is not None
    assert "hunter2" not in session.file.model_dump_json()


def test_a_text_that_is_only_too_long_is_kept_as_it_was_typed(session):
    """What holds no secret is not lost, whatever else is wrong with it."""
    long = "in the safe behind the desk " * 40
    session.answer(WHERE, long)
    assert session.file.unclear == {WHERE: long}


def _file_with_secrets():
    document = json.loads(write_plan_file(PlanFile(plan=Plan())))
    plan = {
        "accounts": {
            "inventory": [
                {"id": "ac01", "owner": "Ann", "password_place": "hunter2"},
                {"id": "ac02", "password_place": "KeePass", "notes": "The PIN is 4711"},
            ]
        }
    }
    document["plan"] = plan
    document["unclear"] = {
        WHERE: "Summer2024!",
        "accounts.inventory.ac01.password": "hunter2",
        "start.people": "three or four",
    }
    document["versions"] = [{"name": "Spring", "plan": plan, "unclear": {NOTES: "pw: hunter2"}}]
    return json.dumps(document).encode()


def test_a_plan_file_with_passwords_opens_without_them():
    """Everything else in it is read, in its named versions too, and where they stood is told."""
    found = read_plan_file(_file_with_secrets(), name="plan.json", limit_mb=2)
    for plan in (found.plan, found.versions[0].plan):
        first, second = plan.accounts.inventory
        assert (first.owner, first.password_place) == ("Ann", None)
        assert (second.password_place, second.notes) == ("KeePass", None)
    assert found.unclear == {"start.people": "three or four"}
    assert set(found.refused) == {
        "accounts.inventory.password_place",
        "accounts.inventory.notes",
        "accounts.inventory.password",
    }
    again = write_plan_file(found)
    assert not any(word in again for word in (b"hunter2", b"Summer2024!", b"4711"))
    assert read_plan_file(again, name="plan.json", limit_mb=2).refused == ()


def test_a_plan_put_in_place_of_another_brings_no_unclear_password():
    """Nor does text beside a plan from elsewhere."""
    session = Session(MemoryStore(), clock=lambda: NOW)
    session.replace(Plan(), unclear={WHERE: "hunter2", "start.people": "many"})
    assert session.file.unclear == {"start.people": "many"}


def test_every_text_of_an_account_is_guarded():
    """No answer about an account that is free text may hold a password, whichever step has it."""
    for shape in (Account, Holding, Fate):
        for name, hint in hints_of(shape).items():
            marks = strip_annotation(hint)[1]
            kind = next((mark.name for mark in marks if isinstance(mark, Kind)), "")
            assert kind not in {"text", "long_text"}, f"{shape.__name__}.{name}"


def test_texts_of_accounts_in_a_plan_file_lose_their_passwords():
    """The reason, the names and who acts come from a file without what was written into them."""
    document = json.loads(write_plan_file(PlanFile(plan=Plan())))
    document["plan"] = {
        "start": {"accounts": [{"id": "ac01", "handle": "Geheim!Passwort9"}]},
        "accounts": {"inventory": [{"id": "ac01", "purpose": "pw: hunter2", "shown_as": "Salon"}]},
        "platform_fit": {"fates": [{"id": "fa01", "who": "Ann, password hunter2"}]},
    }
    found = read_plan_file(json.dumps(document).encode(), name="plan.json", limit_mb=2)
    held = found.plan.accounts.inventory[0]
    assert (held.purpose, held.shown_as) == (None, "Salon")
    assert found.plan.start.accounts[0].handle is None
    assert found.plan.platform_fit.fates[0].who is None
    assert len(found.refused) == 3


def test_a_refused_plan_does_not_say_what_was_refused():
    """An error for developers names the place, and never what stood there."""
    with pytest.raises(ValueError, match="secret-for-place") as caught:
        Plan.model_validate(
            {"accounts": {"inventory": [{"id": "ac01", "password_place": "hunter2"}]}}
        )
    assert "hunter2" not in str(caught.value)
    assert holds_secret("hunter2", is_place=True)


def test_the_command_line_tells_where_passwords_stood(tmp_path, invoke_check):
    """In words and for programs, and never what they were."""
    path = tmp_path / "plan.json"
    path.write_bytes(_file_with_secrets())
    for options in ([], ["--json"]):
        told = invoke_check(str(path), *options)
        assert "accounts.inventory.password_place" in told
        assert not [word for word in ("hunter2", "Summer2024!", "4711") if word in told]
