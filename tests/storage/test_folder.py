"""A plan as a file: written whole or not at all, with a good copy beside it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbook.errors import (
    NotAPlan,
    PlanChanged,
    PlanDamaged,
    PlanTooLarge,
    PlanTooNew,
    StoreUnreachable,
)
from workbook.plan import Plan
from workbook.steps.start.answers import Start
from workbook.storage.folder import FileStore
from workbook.storage.plan_file import PlanFile

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
CAFE = PlanFile(plan=Plan(start=Start(name="Café Zoë")))


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "plan.json")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}


def test_the_last_good_copy_holds_the_newest_answers(store: FileStore) -> None:
    """When another program breaks the plan, the copy beside it still has every answer."""
    saved = store.save(CAFE, expected_revision=0, now=NOW)
    again = store.save(saved, expected_revision=1, now=NOW)
    store.path.write_text("{", encoding="utf-8")
    with pytest.raises(PlanDamaged, match=r"named plan\.last-good\.json") as refused:
        store.load()
    assert refused.value.values["copy"] == store.copy_path.name
    assert FileStore(store.copy_path).load() == again


def test_a_damaged_file_without_a_copy_names_none(store: FileStore) -> None:
    """Where no copy lies beside the plan, the message does not send anybody to look for it."""
    store.path.write_text("", encoding="utf-8")
    with pytest.raises(PlanDamaged) as refused:
        store.load()
    assert "last good copy" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("[1]", NotAPlan),
        ('{"format": "social-media-strategy-workbook", ', PlanDamaged),
        ('{"format": "social-media-strategy-workbook", "version": 7}', PlanTooNew),
        ("x" * 60_000_000, PlanTooLarge),
    ],
    ids=["foreign", "damaged", "newer", "huge"],
)
def test_files_that_cannot_be_used_are_never_written_over(
    store: FileStore, content: str, error: type[Exception]
) -> None:
    """Whatever lies there and is no plan of ours stays, byte for byte."""
    store.path.write_text(content, encoding="utf-8")
    for attempt in (
        store.load,
        lambda: store.save(CAFE, expected_revision=0, now=NOW),
        lambda: store.save(CAFE, expected_revision=5, now=NOW),
    ):
        with pytest.raises(error):
            attempt()
    assert store.path.read_text(encoding="utf-8") == content
    assert names(store.path.parent) == {"plan.json"}
    assert store.exists()


def test_new_files_can_be_read_by_their_owner_only(store: FileStore) -> None:
    """A plan holds a business's secrets: nobody else on the machine reads it."""
    store.save(CAFE, expected_revision=0, now=NOW)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.copy_path.stat().st_mode) == 0o600


def test_the_rights_somebody_set_stay(store: FileStore) -> None:
    """A plan shared with a group on purpose stays shared after the next answer."""
    saved = store.save(CAFE, expected_revision=0, now=NOW)
    store.path.chmod(0o640)
    store.save(saved, expected_revision=1, now=NOW)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o640


def test_a_link_to_a_plan_stays_a_link(tmp_path: Path) -> None:
    """Where the plan is a symbolic link, the file behind it is kept and the link stays."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "plan.json"
    link.symlink_to(tmp_path / "real" / "cafe.json")
    store = FileStore(link)
    store.save(CAFE, expected_revision=0, now=NOW)
    assert link.is_symlink()
    assert names(tmp_path / "real") == {"cafe.json", "cafe.last-good.json"}
    assert store.load().plan == CAFE.plan
    store.delete()
    assert names(tmp_path) == {"real"}
    assert names(tmp_path / "real") == set()


def test_a_link_that_leads_in_a_circle_is_no_place_for_a_plan(tmp_path: Path) -> None:
    """A link onto itself gets a message, not a crash."""
    link = tmp_path / "plan.json"
    link.symlink_to(link)
    with pytest.raises(StoreUnreachable):
        FileStore(link).save(CAFE, expected_revision=0, now=NOW)


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    """Somebody who names a folder hears that it is no plan file."""
    store = FileStore(tmp_path)
    for attempt in (
        store.load,
        store.revision,
        lambda: store.save(CAFE, expected_revision=0, now=NOW),
    ):
        with pytest.raises(NotAPlan):
            attempt()


def test_a_pipe_is_no_plan(tmp_path: Path) -> None:
    """What is no ordinary file is refused at once, without waiting for it to speak."""
    os.mkfifo(tmp_path / "plan.json")
    store = FileStore(tmp_path / "plan.json")
    for attempt in (store.load, store.revision):
        with pytest.raises(NotAPlan):
            attempt()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """A new plan in a new folder needs no preparation."""
    store = FileStore(tmp_path / "plans" / "2026" / "cafe.json")
    assert store.revision() is None
    store.delete()
    store.save(CAFE, expected_revision=0, now=NOW)
    assert store.load().plan == CAFE.plan


def test_a_folder_that_is_a_file_cannot_hold_a_plan(tmp_path: Path) -> None:
    """A path through a file says that the place does not answer."""
    (tmp_path / "cafe").write_text("x", encoding="utf-8")
    with pytest.raises(StoreUnreachable):
        FileStore(tmp_path / "cafe" / "plan.json").save(CAFE, expected_revision=0, now=NOW)


def test_what_a_killed_program_left_is_swept_up(store: FileStore) -> None:
    """Half-written files disappear with the next save; files of others stay."""
    half = store.path.with_name(".plan.json.abc123.tmp")
    half.write_text("{", encoding="utf-8")
    other = store.path.with_name(".other.json.abc123.tmp")
    other.write_text("{", encoding="utf-8")
    store.save(CAFE, expected_revision=0, now=NOW)
    assert names(store.path.parent) == {"plan.json", "plan.last-good.json", other.name}


def test_names_with_signs_of_patterns_are_ordinary(tmp_path: Path) -> None:
    """A plan called ``cafe[1]*.json`` touches no other file."""
    other = tmp_path / ".cafe1x.json.zz.tmp"
    other.write_text("x", encoding="utf-8")
    store = FileStore(tmp_path / "cafe[1]*.json")
    store.save(store.save(CAFE, expected_revision=0, now=NOW), expected_revision=1, now=NOW)
    assert other.exists()
    assert store.revision() == 2


def test_the_cheap_look_agrees_with_reading(store: FileStore) -> None:
    """The revision in the head of the file is that of the plan, also when somebody reformats it."""
    saved = store.save(CAFE, expected_revision=0, now=NOW)
    assert store.revision() == 1
    text = store.path.read_text(encoding="utf-8")
    store.path.write_text(text.replace("\n", " ").replace("  ", ""), encoding="utf-8")
    assert store.revision() == saved.revision
    turned = text.replace('"revision": 1,', "").replace("{", '{"unclear": {}, "revision": 12,', 1)
    store.path.write_text(turned, encoding="utf-8")
    assert store.revision() == 12 == store.load().revision


def test_a_change_made_by_hand_is_noticed(store: FileStore) -> None:
    """Somebody puts an older plan back while it is open: the next answer does not cover it up."""
    first = store.save(CAFE, expected_revision=0, now=NOW)
    earlier = store.path.read_bytes()
    store.save(first, expected_revision=1, now=NOW)
    store.path.write_bytes(earlier)
    with pytest.raises(PlanChanged):
        store.save(first, expected_revision=2, now=NOW)
    assert store.path.read_bytes() == earlier


FULL_DISK = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from test_folder import CAFE, NOW, FileStore
    from workbook.errors import StoreFull

    store = FileStore(Path(sys.argv[2]))
    saved = store.save(CAFE, expected_revision=0, now=NOW)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    try:
        store.save(saved.model_copy(update={"unclear": {"a": "x" * 50_000}}),
                   expected_revision=1, now=NOW)
    except StoreFull as full:
        print(full)
    assert store.load() == saved
    print(sorted(path.name for path in Path(sys.argv[2]).parent.iterdir()))
    print(store.save(saved, expected_revision=1, now=NOW).revision)
""")


@pytest.mark.thorough
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """The answer that found no room is refused with a message; those before it stay."""
    arguments = [str(Path(__file__).parent), str(tmp_path / "plan.json")]
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].startswith("There is no room left to save answers.")
    assert said[1] == "['.plan.json.lock', 'plan.json', 'plan.last-good.json']"
    assert said[2] == "2"


READ_ONLY = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from test_folder import CAFE, NOW, FileStore, StoreUnreachable

    if os.getuid() == 0:
        os.setuid(65534)
    store = FileStore(Path(sys.argv[2]))
    print(store.load().plan.start.name.isprintable(), store.revision())
    for attempt in (lambda: store.save(CAFE, expected_revision=1, now=NOW), store.delete):
        try:
            attempt()
        except StoreUnreachable as refused:
            print(refused.what)
""")


def test_a_folder_that_is_write_protected_can_be_read() -> None:
    """A plan on a write-protected share opens; saving says that the place does not answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        FileStore(folder / "plan.json").save(CAFE, expected_revision=0, now=NOW)
        (folder / "plan.json").chmod(0o644)
        folder.chmod(0o555)
        arguments = [str(Path(__file__).parent), str(folder / "plan.json")]
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == [
            "True 1",
            *["The place where answers are kept does not reply."] * 2,
        ]
        assert (folder / "plan.json").exists()


def test_a_disk_that_fails_in_the_middle_leaves_the_plan(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails after writing and before keeping, the plan is the one from before."""
    saved = store.save(CAFE, expected_revision=0, now=NOW)

    def fail(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreUnreachable) as refused:
        store.save(saved, expected_revision=1, now=NOW)
    assert refused.value.__cause__ is None
    assert store.load() == saved
    assert names(store.path.parent) == {"plan.json", "plan.last-good.json"}


def test_a_copy_that_cannot_be_written_does_not_stop_saving(store: FileStore) -> None:
    """The copy is a gift: where something else has its name, the plan is saved all the same."""
    store.copy_path.mkdir()
    saved = store.save(CAFE, expected_revision=0, now=NOW)
    assert store.load() == saved
