"""Plan files: nothing is lost on the way out and in, and whatever cannot be used is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from any_plan import PLAN_FILES
from hypothesis import HealthCheck, given, settings

from workbook.errors import (
    NotAPlan,
    PlanDamaged,
    PlanError,
    PlanTooLarge,
    PlanTooNew,
    StoreError,
)
from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage.plan_file import (
    FORMAT,
    NamedVersion,
    PlanFile,
    name_copy,
    read_plan_file,
    write_for_saving,
    write_plan_file,
)

NAMED = Plan(start=Start(name="Röhren & Söhne “Ltd”", sells="<b>pipes</b>"))


def read(raw: bytes) -> PlanFile:
    return read_plan_file(raw, name="cafe.json", limit_mb=2)


def document(**parts: object) -> bytes:
    return json.dumps({"format": FORMAT, "version": 1, "revision": 3, **parts}).encode()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLAN_FILES)
def test_any_plan_survives_being_written_and_read(plan_file: PlanFile) -> None:
    """Whatever was answered is there again after the file was closed, byte for byte the same."""
    hold_round_trip(plan_file)


@pytest.mark.thorough
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLAN_FILES)
def test_many_plans_survive_being_written_and_read(plan_file: PlanFile) -> None:
    """The same of more plans than the quick tests have the time for."""
    hold_round_trip(plan_file)


def hold_round_trip(plan_file: PlanFile) -> None:
    """A plan file is the same after writing and reading, however it is indented."""
    raw = write_plan_file(plan_file)
    found = read_plan_file(raw, name="any.json", limit_mb=50)
    assert found == plan_file
    assert write_plan_file(found) == raw
    assert read_plan_file(write_plan_file(plan_file, indent=None), name="", limit_mb=50) == found


def test_only_what_was_answered_is_written() -> None:
    """A new plan is five lines: what it is, not what nobody answered."""
    text = write_plan_file(PlanFile()).decode()
    assert json.loads(text) == {"format": FORMAT, "version": 1, "revision": 0}
    assert text.endswith("}\n")
    assert "Röhren" in write_plan_file(PlanFile(plan=NAMED)).decode()


def test_the_order_of_unclear_answers_has_no_meaning() -> None:
    """The same unclear answers give the same file, whichever was typed first."""
    one = PlanFile(unclear={"start.name": "?", "goals.aim": "!"})
    other = PlanFile(unclear={"goals.aim": "!", "start.name": "?"})
    assert write_plan_file(one) == write_plan_file(other)


def test_half_characters_are_shown_as_the_replacement_sign() -> None:
    """Half of an emoji, which UTF-8 cannot hold, neither stops saving nor opening."""
    torn = PlanFile().model_copy(update={"unclear": {"start.name": "a\ud83d"}, "plan": NAMED})
    assert read(write_plan_file(torn)).unclear == {"start.name": "a\ufffd"}
    assert read(write_plan_file(torn)).plan == NAMED
    escaped = document(unclear={"start.name": "torn \ud83d", "goals.aim": "whole 😀"})
    assert read(escaped).unclear == {"start.name": "torn \ufffd", "goals.aim": "whole 😀"}


def test_times_are_kept_as_the_same_moment_in_utc() -> None:
    """A time with any zone is the same moment afterwards."""
    moment = datetime(2026, 11, 21, 14, 2, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    saved = PlanFile().mark_saved(1, moment)
    assert saved.saved_at == moment
    assert b'"saved_at": "2026-11-21T08:32:00Z"' in write_plan_file(saved)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_files_saved_by_other_editors_open(encoding: str) -> None:
    """Windows editors save as UTF-16 or with a byte order mark; the plan opens all the same."""
    text = write_plan_file(PlanFile(plan=NAMED)).decode()
    assert read(text.encode(encoding)).plan == NAMED


def test_named_versions_are_kept() -> None:
    """A version the business gave a name to is there again, with its own answers."""
    kept = NamedVersion(name="Before summer", saved_at=datetime(2026, 5, 1, tzinfo=UTC), plan=NAMED)
    assert read(write_plan_file(PlanFile(versions=(kept,)))).versions == (kept,)


OURS = f'{{"format": "{FORMAT}", "version": 1, "revision": 1'

FOREIGN = {
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a web page": b"<!doctype html><title>Plan</title>",
    "a list": b"[1, 2]",
    "a word": b'"social"',
    "a nothing": b"null",
    "another program's file": b'{"format": "notebook", "version": 1}',
    "a file without a format": b'{"plan": {}}',
    "a format that is no text": b'{"format": ["social-media-strategy-workbook-2"]}',
    "a nesting bomb": b"[" * 1_000_000,
    "a spreadsheet": b"date,visits\n2026-01-01,7\n",
}


@pytest.mark.parametrize("raw", FOREIGN.values(), ids=FOREIGN)
def test_files_of_other_kinds_are_told_apart_from_plans(raw: bytes) -> None:
    """Somebody who chooses the wrong file hears that it is no plan, and which file to choose."""
    with pytest.raises(NotAPlan) as refused:
        read(raw)
    assert "“cafe.json” is not a plan file" in str(refused.value)
    assert "Download my plan" in str(refused.value)


DAMAGED = {
    "empty": (b"", "it is empty"),
    "only spaces": (b" \r\n", "it is empty"),
    "only zeros, as after a power cut": (b"\0" * 4096, "it is empty"),
    "cut off": (f"{OURS},\n".encode(), "breaks off or has a stray sign in line 2"),
    "a byte that is no text": (f"{OURS}, \xff".encode("latin-1"), "signs that are no text"),
    "cut off after one sign": (b"{", "breaks off or has a stray sign in line 1"),
    "cut off in the first line": (b'{\n "format": "soc', "stray sign in line 2"),
    "a comma too many": (f"{OURS},}}".encode(), "stray sign in line 1"),
    "a name twice": (f'{OURS}, "plan": {{}}, "plan": {{}}}}'.encode(), "“plan” stands in it twice"),
    "a nesting bomb": (f'{OURS}, "plan": '.encode() + b"[" * 1_000_000, "nested too deeply"),
    "a deep part": (f'{OURS}, "plan": {"[" * 500}{"]" * 500}}}'.encode(), "nested too deeply"),
    "a huge number": (f'{OURS}, "unclear": 1e999}}'.encode(), "number that is too large"),
    "no number": (f'{OURS}, "unclear": NaN}}'.encode(), "number that is too large or is none"),
    "endless digits": (f'{OURS}, "unclear": {"9" * 9999}}}'.encode(), "number that is too large"),
    "no version": (b'{"format": "%b"}' % FORMAT.encode(), "which version of the workbook"),
    "version as text": (document(version="1"), "which version of the workbook"),
    "version true": (document(version=True), "which version of the workbook"),
    "version zero": (document(version=0), "which version of the workbook"),
    "revision below zero": (document(revision=-1), "the part “revision”"),
    "revision as text": (document(revision="many"), "the part “revision”"),
    "a time without a zone": (document(saved_at="2026-01-01T10:00:00"), "“saved at”"),
    "a time before time": (document(saved_at="0001-01-01T00:00:00+23:00"), "“saved at”"),
    "plan as list": (document(plan=[]), "“plan”"),
    "versions as text": (document(versions="all"), "“versions”"),
    "an unknown part": (document(extra=1), "does not know the part “extra”"),
    "an unknown step": (document(plan={"tiktok": {}}), "does not know the part “tiktok”"),
    "an unknown answer": (
        document(plan={"start": {"hair_colour": "red"}}),
        "does not know the part “start › hair colour”",  # noqa: RUF001 - as shown
    ),
    "a wrong answer": (
        document(plan={"start": {"accounts": [{"id": "k3f9"}, {"id": "k3f8", "handle": 7}]}}),
        "the answer at “start › accounts › 2 › handle” cannot be read",  # noqa: RUF001 - as shown
    ),
    "a lost id": (
        document(plan={"start": {"accounts": [{"handle": "@x"}]}}),
        "the answer at “start › accounts › 1” has lost a part",  # noqa: RUF001 - as shown
    ),
}


@pytest.mark.parametrize(("raw", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_plans_are_refused_with_the_place(raw: bytes, reason: str) -> None:
    """A plan that was broken is not opened half: the message says where it is broken."""
    with pytest.raises(PlanDamaged) as refused:
        read(raw)
    assert reason in str(refused.value)
    assert "left as it is" in str(refused.value)
    assert "plan file you downloaded earlier" in refused.value.next_step


def test_damage_shows_nothing_of_the_answers() -> None:
    """The message names the place, never what somebody wrote there; nor does the traceback."""
    raw = document(plan={"start": {"people": "our secret turnover"}})
    with pytest.raises(PlanDamaged) as refused:
        read(raw)
    assert "secret" not in repr(refused.value.values)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_plans_of_a_newer_workbook_are_left_alone() -> None:
    """A plan from the future says that this workbook must be brought up to date."""
    with pytest.raises(PlanTooNew) as refused:
        read(document(version=99, future=[1]))
    assert "plan version 99; this one reads up to 1" in str(refused.value)


def test_files_larger_than_any_plan_are_refused_unread() -> None:
    """50 MB are refused by their size alone, with both sizes in the message."""
    with pytest.raises(PlanTooLarge) as refused:
        read(b"[" * 50_000_000)
    assert "“cafe.json” is 50.0 MB; a plan is at most 2 MB." in str(refused.value)
    with pytest.raises(PlanTooLarge, match=r"is 2\.1 MB; a plan is at most 2 MB"):
        read(b" " * 2_000_001)


def test_markup_in_answers_stays_text() -> None:
    """Markup is kept as it was typed; pages and documents escape it."""
    bomb = "<script>alert(1)</script>" * 500
    plan = Plan(start=Start(sells=bomb))
    assert read(write_plan_file(PlanFile(plan=plan))).plan.start.sells == bomb


def test_what_could_not_be_opened_again_is_not_kept() -> None:
    """A fault in the workbook's own readers must not cost a plan: it is refused before saving."""
    broken = NAMED.start.model_copy(update={"people": -5})
    plan = NAMED.model_copy(update={"start": broken})
    with pytest.raises(StoreError, match="start › people"):  # noqa: RUF001 - as shown
        write_for_saving(PlanFile(plan=plan), name="cafe.json", limit_mb=2)
    with pytest.raises(PlanTooLarge):
        write_for_saving(PlanFile(unclear={"a": "x" * 2_000_000}), name="cafe.json", limit_mb=2)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLAN_FILES)
def test_a_file_cut_anywhere_is_never_opened_as_another_plan(plan_file: PlanFile) -> None:
    """Whichever half of a file is left, it is refused with a message and not with a crash."""
    raw = write_plan_file(plan_file)
    for end in range(0, len(raw) - 2, max(1, len(raw) // 7)):
        with pytest.raises(PlanError):
            read_plan_file(raw[:end], name="cut.json", limit_mb=50)


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("plan.json", "plan.last-good.json"),
        ("cafe.plan.json", "cafe.plan.last-good.json"),
        ("plan", "plan.last-good.json"),
        (".plan", ".plan.last-good.json"),
    ],
)
def test_the_copy_is_called_after_the_plan(name: str, copy: str) -> None:
    """The last good copy lies beside the plan and is recognised by its name."""
    assert name_copy(name) == copy
