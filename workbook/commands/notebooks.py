"""Write the notebooks of a language into a folder, for JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbook.commands._command import (
    FILE,
    SHARED,
    Command,
    answer,
    as_json,
    load_command_words,
)
from workbook.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = load_command_words("notebooks")


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("folder", type=FILE)
@click.option("--language", metavar="CODE", help=_WORDS["option"]["language"])
@as_json
def command(folder: Path, *, language: str | None, as_json: bool) -> None:
    """Write the notebooks of a language into a folder."""
    from workbook.calling import read_settings, write_file  # noqa: PLC0415 - keeps --help light
    from workbook.translating import find_languages  # noqa: PLC0415 - same reason
    from workbook.translating.booklets import write_notebooks  # noqa: PLC0415 - same reason

    chosen = language or read_settings().language
    if chosen not in find_languages():
        known = SHARED["joined"].join(find_languages())
        raise click.UsageError(_WORDS["reasons"]["language"].format(given=chosen, known=known))
    made = {folder / name: text for name, text in write_notebooks(chosen)}
    there = [path.name for path in made if path.exists()]
    if there:
        raise _refuse("there", folder=str(folder), given=", ".join(there[:3]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refuse("folder", folder=str(folder)) from error
    for path, text in made.items():
        write_file(path, text.encode())
    document = {"language": chosen, "files": [str(path) for path in made]}
    words = _WORDS["said"]["written"].format(count=len(made), folder=folder)
    answer(document, words, as_json=as_json)


def _refuse(reason: str, **values: str) -> ExportError:
    return ExportError(reason=_WORDS["reasons"][reason].format(**values), kind=reason)
