"""What all commands share: the form of a command, and how it answers people and programs."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.discovery import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.errors import WorkbookError

SHARED = read_toml("cli.toml")
"""The words that belong to no single command."""
USAGE: dict[str, str] = SHARED["usage"]
WIDTH = 80
STANDARD_INPUT = "-"
FILE = click.Path(path_type=Path)

as_json = click.option("--json", "as_json", is_flag=True, help=SHARED["option"]["json"])
"""The option every command has: one JSON document for programs."""


def load_command_words(name: str) -> dict[str, Any]:
    """The words of a command: ``help``, ``option``, ``said`` and what else it says."""
    return read_toml(f"commands/{name}.toml")


def read_help(words: dict[str, Any]) -> dict[str, str]:
    """What one of several commands of a name says of itself, at length and in a line."""
    return {"help": words["help"], "short_help": words["short"]}


class Helpful(click.Command):
    """A command whose option for help is explained in our words."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option, as click makes it."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = SHARED["option"]["help"]
        return option


class Command(Helpful):
    """A command that says in our words which argument is one too many."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What was given, as click reads it."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(USAGE["extra"].format(given=" ".join(ctx.args)), ctx)
        return rest


class Commands(Helpful, click.Group):
    """Several commands of one name, which says in our words that there is no such one."""

    command_class = Command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; names that look like options are left to click."""
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing and not cmd_name.startswith("-"):
            known = SHARED["joined"].join(self.list_commands(ctx))
            raise click.UsageError(USAGE["command"].format(given=cmd_name, known=known), ctx)
        return found


def answer(document: dict[str, Any], words: str, *, as_json: bool) -> None:
    """One JSON document for programs, or plain text for people."""
    click.echo(json.dumps(document, indent=2) if as_json else make_plain(words))
    sys.stdout.flush()


class ProgressLine:
    """One line on standard error that is written anew, where somebody watches."""

    def __init__(self) -> None:
        self._width = 0

    def write(self, text: str) -> None:
        """Put a text in the place of the one before."""
        if sys.stderr.isatty():
            plain = make_plain(text)
            click.echo(f"\r{plain.ljust(self._width)}", nl=False, err=True)
            self._width = len(plain)

    def clear(self) -> None:
        """Take the line away."""
        self.write("")
        self.write("")


def make_plain(text: str) -> str:
    """Text without signs that a terminal would act on."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def read_bytes(path: Path, most: int, refuse: Callable[[str], WorkbookError]) -> bytes:
    """A file, or standard input for “-”, and one byte beyond ``most`` at the longest.

    Raises what ``refuse`` makes of “missing”, “folder” or “unreadable”.
    """
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(most + 1)
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        kinds = {FileNotFoundError: "missing", IsADirectoryError: "folder"}
        raise refuse(kinds.get(type(error), "unreadable")) from None


def indent(text: str) -> str:
    """A paragraph set in from the edge, as wide as a terminal is; no address is broken."""
    plain = " ".join(make_plain(text).split())
    return textwrap.fill(
        plain,
        width=WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
