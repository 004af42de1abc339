"""Copies of the database that the guided app keeps plans in: list, make, restore."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    Command,
    Commands,
    answer,
    as_json,
    indent,
    load_command_words,
    read_help,
)
from workbook.errors import CopyUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.storage.copies import Copy

_WORDS = load_command_words("copies")

command = Commands("copies", help=_WORDS["help"])


def _find_store() -> str:
    """The address of the database; raises CopyUnusable for a demonstration, which has none."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.serving.demo import STORE  # noqa: PLC0415 - same reason
    from workbook.serving.hosting import find_store  # noqa: PLC0415 - same reason
    from workbook.storage.reasons import read_reason  # noqa: PLC0415 - same reason

    settings = read_settings()
    if settings.store == STORE:
        raise CopyUnusable(reason=read_reason("copy", "demo"))
    return find_store(settings)


def _describe(copy: Copy) -> dict[str, Any]:
    return {
        "day": copy.day.isoformat(),
        "replaced": copy.is_replaced,
        "file": str(copy.path),
        "bytes": copy.path.stat().st_size,
    }


@command.command("list", cls=Command, **read_help(_WORDS["list"]))
@as_json
def list_copies(*, as_json: bool) -> None:
    """List the copies, the latest first."""
    from workbook.storage.copies import find_folder, list_copies  # noqa: PLC0415 - same reason

    store = _find_store()
    copies = list_copies(store)
    told = "\n".join(_tell(copies, str(find_folder(store) or "")))
    answer({"copies": [_describe(copy) for copy in copies]}, told, as_json=as_json)


def _tell(copies: Sequence[Copy], folder: str) -> Iterator[str]:
    from workbook.wording import write_day  # noqa: PLC0415 - same reason

    said = _WORDS["list"]["said"]
    yield said["head" if copies else "none" if folder else "server"].format(folder=folder)
    for copy in copies:
        form = said["replaced" if copy.is_replaced else "copy"]
        size = max(1, round(copy.path.stat().st_size / 1000))
        yield indent(form.format(name=copy.path.name, day=write_day(copy.day), size=f"{size:,}"))


@command.command("make", cls=Command, **read_help(_WORDS["make"]))
@as_json
def make_copy(*, as_json: bool) -> None:
    """Make the copy of today, unless it is there."""
    from workbook.calling import read_settings, read_today  # noqa: PLC0415 - same reason
    from workbook.storage.copies import copy_database  # noqa: PLC0415 - same reason
    from workbook.storage.reasons import read_reason  # noqa: PLC0415 - same reason

    copy = copy_database(_find_store(), read_today(), keep=max(1, read_settings().copies))
    if copy is None:
        raise CopyUnusable(reason=read_reason("copy", "server"))
    words = _WORDS["make"]["said"]["made"].format(file=copy.path)
    answer({"copy": _describe(copy)}, words, as_json=as_json)


@command.command("restore", cls=Command, **read_help(_WORDS["restore"]))
@click.argument("day")
@as_json
def restore_copy(day: str, *, as_json: bool) -> None:
    """Put the copy of a day in the place of the database."""
    from workbook.calling import read_today  # noqa: PLC0415 - same reason
    from workbook.storage.copies import list_copies, restore_copy  # noqa: PLC0415 - same reason
    from workbook.storage.reasons import read_reason  # noqa: PLC0415 - same reason

    store = _find_store()
    known = {copy.path.name: copy for copy in list_copies(store)}
    known |= {copy.day.isoformat(): copy for copy in known.values() if not copy.is_replaced}
    if day not in known:
        raise CopyUnusable(reason=read_reason("copy", "none", day=day))
    before = restore_copy(store, known[day].path, read_today())
    said = _WORDS["restore"]["said"]["restored"]
    words = said.format(day=day, file=before.path.name, name=quote(before.path.name))
    answer({"restored": day, "before": _describe(before)}, words, as_json=as_json)
