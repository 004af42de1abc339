"""Plans of older versions are brought up to date, with everything that is in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from frozen_plans import NEWEST, SAMPLES, describe_shape

from workbook.errors import ContentError, PlanDamaged
from workbook.storage import migrations, plan_file
from workbook.storage.migrations import migrate, newest_version, order_migrations
from workbook.storage.plan_file import FORMAT, read_plan_file, write_plan_file

if TYPE_CHECKING:
    from pathlib import Path

Document = dict[str, Any]


def rename(document: Document) -> Document:
    """A made-up change: the first step was once called “business”."""
    plan, unclear = document["plan"], document["unclear"]
    if "business" in plan:
        plan["start"] = plan.pop("business")
    moved = {path.replace("business.", "start."): text for path, text in unclear.items()}
    return {"plan": plan, "unclear": moved}


def number(document: Document) -> Document:
    """A made-up change: people were once counted as text."""
    document["plan"]["start"]["people"] = int(document["plan"]["start"]["people"])
    return document


STEPS = {1: rename, 2: number}


def old_document() -> Document:
    old = {"business": {"name": "Café", "people": "4"}}
    return {
        "format": FORMAT,
        "version": 1,
        "revision": 9,
        "plan": old,
        "versions": [{"name": "May", "plan": json.loads(json.dumps(old))}],
        "unclear": {"business.hours_per_week": "lots"},
    }


def test_each_change_is_made_once_and_in_order() -> None:
    """The plan, its named versions and its unclear answers all reach the newest shape."""
    new = migrate(old_document(), STEPS)
    current = {"start": {"name": "Café", "people": 4}}
    assert new["version"] == 3
    assert new["revision"] == 9
    assert new["plan"] == current
    assert new["versions"] == [{"name": "May", "plan": current}]
    assert new["unclear"] == {"start.hours_per_week": "lots"}


def test_a_plan_of_version_2_skips_the_first_change() -> None:
    """A migration that was made already is not made again."""
    document = {"format": FORMAT, "version": 2, "plan": {"start": {"people": "4"}}}
    assert migrate(document, STEPS)["plan"] == {"start": {"people": 4}}


@pytest.fixture
def newer_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that has two migrations."""
    monkeypatch.setattr(migrations, "find_migrations", lambda: STEPS)


@pytest.mark.usefixtures("newer_workbook")
def test_an_older_file_opens_and_is_written_in_the_new_form() -> None:
    """The file itself changes only with the next save; then it has the new version."""
    found = read_plan_file(json.dumps(old_document()).encode(), name="old.json", limit_mb=2)
    assert found.plan.start.people == 4
    assert found.versions[0].plan.start.name == "Café"
    assert found.version == 3
    assert json.loads(write_plan_file(found))["version"] == 3


@pytest.mark.usefixtures("newer_workbook")
def test_an_older_file_that_is_broken_says_so() -> None:
    """A migration that stumbles over a broken file leads to a message, not to a crash."""
    broken = {**old_document(), "plan": {"business": {"people": "a few"}}}
    for document in (broken, {**old_document(), "plan": []}, {**old_document(), "versions": 7}):
        with pytest.raises(PlanDamaged, match="brought up to date from version 1"):
            read_plan_file(json.dumps(document).encode(), name="old.json", limit_mb=2)


def test_migrations_are_numbered_without_a_gap() -> None:
    """A forgotten, doubled or misnamed migration is found when the workbook starts."""
    assert order_migrations({"v0002_b": number, "v0001_a": rename}) == STEPS
    for names in (["v0002_b"], ["v0001_a", "v0003_c"], ["v0001_a", "v0001_b"], ["first"], ["v1_a"]):
        with pytest.raises(ContentError):
            order_migrations(dict.fromkeys(names, rename))


def test_the_workbook_writes_the_version_after_its_last_migration() -> None:
    """With so many migrations, the newest version is one more."""
    assert newest_version() == len(migrations.find_migrations()) + 1
    assert plan_file.PlanFile().version == newest_version()


# -- frozen samples ----------------------------------------------------------------------------


def samples() -> list[Path]:
    return sorted(SAMPLES.glob("plan_v*.json"))


def test_there_is_a_sample_of_every_version() -> None:
    """Each version of the plan that was ever written has its sample, and each has its shape."""
    versions = range(1, newest_version() + 1)
    assert [path.name for path in samples()] == [f"plan_v{v}.json" for v in versions]
    assert (SAMPLES / f"schema_v{newest_version()}.json").exists()


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_every_sample_of_an_older_version_opens(path: Path) -> None:
    """Whatever was written since version 1 opens, with the same business in it."""
    found = read_plan_file(path.read_bytes(), name=path.name, limit_mb=2)
    assert found.version == newest_version()
    assert found.plan.start.name == NEWEST.plan.start.name
    assert found.versions
    assert found.unclear


def test_the_newest_sample_is_what_is_written_today() -> None:
    """A change of how plans are written shows here first."""
    path = SAMPLES / f"plan_v{newest_version()}.json"
    assert write_plan_file(NEWEST) == path.read_bytes()
    assert read_plan_file(path.read_bytes(), name=path.name, limit_mb=2) == NEWEST


def test_the_shape_of_a_plan_changes_with_a_migration_only() -> None:
    """A field that is added, renamed or dropped without a migration would cost people their plans.

    After a change: add ``storage/migrations/vNNNN_what_changed.py`` and run
    ``python tests/storage/frozen_plans.py`` to freeze the shape and sample of the new version.
    """
    path = SAMPLES / f"schema_v{newest_version()}.json"
    frozen = json.loads(path.read_text(encoding="utf-8"))
    today = describe_shape()
    assert today["shape"] == frozen["shape"]
    for name, ids in frozen["ids"].items():
        assert set(ids) <= set(today["ids"][name]), f"{name}: an id that plans may hold is gone"
