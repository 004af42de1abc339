"""Make a plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbook.commands._command import FILE, Command, answer, as_json, load_command_words

if TYPE_CHECKING:
    from pathlib import Path

_WORDS = load_command_words("new")
_OPTION = _WORDS["option"]


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.option("--demo", is_flag=True, help=_OPTION["demo"])
@as_json
def command(plan: Path, *, demo: bool, as_json: bool) -> None:
    """Make a plan file."""
    from workbook.calling import make_plan  # noqa: PLC0415 - keeps --help light

    make_plan(plan, demo=demo)
    words = _WORDS["said"]["made_demo" if demo else "made"]
    answer({"plan": str(plan), "demo": demo}, words.format(plan=plan), as_json=as_json)
