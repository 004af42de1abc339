"""Named versions of a plan file: list, name, compare, restore, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    Command,
    Commands,
    answer,
    as_json,
    indent,
    load_command_words,
    read_help,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from workbook.comparison import Difference
    from workbook.storage.plan_file import NamedVersion


_WORDS = load_command_words("versions")

command = Commands("versions", help=_WORDS["help"])


def _date(version: NamedVersion) -> str | None:
    return version.saved_at.isoformat() if version.saved_at else None


@command.command("list", cls=Command, **read_help(_WORDS["list"]))
@click.argument("plan", type=FILE)
@as_json
def list_versions(plan: Path, *, as_json: bool) -> None:
    """List the versions of a plan."""
    from workbook.calling import read_plan  # noqa: PLC0415 - keeps --help light

    versions = read_plan(plan).versions
    rows = [{"name": each.name, "saved_at": _date(each)} for each in versions]
    document = {"plan": str(plan), "versions": rows}
    answer(document, "\n".join(_tell_list(plan, versions)), as_json=as_json)


def _tell_list(plan: Path, versions: Sequence[NamedVersion]) -> Iterator[str]:
    from workbook.storage.versions import MOST_VERSIONS  # noqa: PLC0415 - same reason
    from workbook.wording import write_day  # noqa: PLC0415 - same reason

    said = _WORDS["list"]["said"]
    if not versions:
        yield said["none"].format(plan=plan)
        return
    form = said["head_one" if len(versions) == 1 else "head"]
    yield form.format(count=len(versions), most=MOST_VERSIONS)
    for each in versions:
        day = write_day(each.saved_at.date()) if each.saved_at else said["undated"]
        yield indent(said["version"].format(name=each.name, day=day))


@command.command("name", cls=Command, **read_help(_WORDS["name"]))
@click.argument("plan", type=FILE)
@click.argument("name")
@as_json
def name_version(plan: Path, name: str, *, as_json: bool) -> None:
    """Keep the plan under a name."""
    from workbook.calling import open_session  # noqa: PLC0415 - same reason

    with open_session(plan) as session:
        kept = session.name_version(name)
    document = {"plan": str(plan), "name": kept.name, "saved_at": _date(kept)}
    answer(document, _WORDS["name"]["said"]["kept"].format(name=kept.name), as_json=as_json)


@command.command("compare", cls=Command, **read_help(_WORDS["compare"]))
@click.argument("plan", type=FILE)
@click.argument("old")
@click.argument("new", required=False, default="")
@as_json
def compare_versions(plan: Path, old: str, new: str, *, as_json: bool) -> None:
    """Hold two versions side by side."""
    from workbook.calling import open_session  # noqa: PLC0415 - same reason

    with open_session(plan) as session:
        found = session.compare_versions(old, new)
    rows = [
        {
            "path": each.path,
            "question": each.question,
            "entry": each.entry,
            "how": each.how.value,
            "old": each.old,
            "new": each.new,
        }
        for each in found
    ]
    document: dict[str, Any] = {"plan": str(plan), "old": old, "new": new or None}
    told = "\n\n".join(_tell_compared(found, old, new))
    answer({**document, "differences": rows}, told, as_json=as_json)


def _tell_compared(found: Sequence[Difference], old: str, new: str) -> Iterator[str]:
    said = _WORDS["compare"]["said"]
    other = said["version"].format(name=new) if new else said["today"]
    form = said["same"] if not found else said["head_one" if len(found) == 1 else "head"]
    yield form.format(count=len(found), old=old, new=other)
    for each in found:
        question = said["entry" if each.entry else "question"]
        lines = [question.format(entry=each.entry, question=each.question)]
        lines += [
            said[key].format(text=text)
            for key, text in (("then", each.old), ("now", each.new))
            if text
        ]
        head = said["path"].format(path=each.path, how=each.how.value)
        yield "\n".join([head, *map(indent, lines)])


@command.command("restore", cls=Command, **read_help(_WORDS["restore"]))
@click.argument("plan", type=FILE)
@click.argument("name")
@as_json
def restore_version(plan: Path, name: str, *, as_json: bool) -> None:
    """Open a version again."""
    from workbook.calling import open_session  # noqa: PLC0415 - same reason

    with open_session(plan) as session:
        before = len(session.versions)
        outcome = session.restore_version(name)
        if outcome.error is not None:
            raise outcome.error
        kept = [version.name for version in session.versions[before:]]
    said = _WORDS["restore"]["said"]
    told = [said["opened"].format(name=name), *(said["kept"].format(name=each) for each in kept)]
    document = {"plan": str(plan), "name": name, "kept": kept[0] if kept else None}
    answer(document, "\n".join(told), as_json=as_json)


@command.command("remove", cls=Command, **read_help(_WORDS["remove"]))
@click.argument("plan", type=FILE)
@click.argument("name")
@as_json
def remove_version(plan: Path, name: str, *, as_json: bool) -> None:
    """Remove a version for good."""
    from workbook.calling import open_session  # noqa: PLC0415 - same reason

    with open_session(plan) as session:
        removed = session.remove_version(name)
    document = {"plan": str(plan), "name": removed.name}
    told = _WORDS["remove"]["said"]["removed"].format(name=removed.name)
    answer(document, told, as_json=as_json)
