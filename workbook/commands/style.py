"""Write the rules of a plan's voice as a style for the program Vale."""

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

_WORDS = load_command_words("style")


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.argument("out", type=FILE)
@as_json
def command(plan: Path, out: Path, *, as_json: bool) -> None:
    """Write a Vale style of a plan file."""
    from workbook.calling import read_plan, read_settings, write_file  # noqa: PLC0415 - light
    from workbook.exports.vale import SUFFIX, write_vale  # noqa: PLC0415 - same reason

    ours = read_plan(plan).plan
    if out.suffix.lower() != SUFFIX:
        reason = SHARED["reasons"]["suffix"].format(given=out.name, known=SUFFIX)
        raise ExportError(reason=reason, kind="suffix")
    write_file(out, write_vale(ours, language=read_settings().language))
    document = {"plan": str(plan), "file": str(out)}
    answer(document, _WORDS["said"]["written"].format(file=out), as_json=as_json)
