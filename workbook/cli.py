"""The command line: the same plans, checks and documents as in the app, without a browser.

Exit codes: 0 done, 1 a decision is open (``check``), 2 something cannot be used, 130 stopped with
Ctrl+C, 141 nobody reads the answer any more. The commands are the modules in ``commands/``.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from workbook import __version__
from workbook.commands._command import SHARED, USAGE, WIDTH, Commands, make_plain
from workbook.discovery import load_modules
from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from collections.abc import Sequence

UNUSABLE, STOPPED, UNREAD = 2, 130, 141


_help = {"help_option_names": ["-h", "--help"], "max_content_width": WIDTH}
_version = click.version_option(__version__, prog_name="workbook", help=SHARED["option"]["version"])
_commands = {name: module.command for name, module in load_modules("commands").items()}
workbook = _version(Commands("workbook", _commands, help=SHARED["program"], context_settings=_help))
"""The command ``workbook``; what it does is in its subcommands."""


# -- what goes wrong ---------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code; a failure is told, never traced back."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = UNREAD
    except Exception as error:  # noqa: BLE001 - a fault of ours is told in one line too
        found = WorkbookError(reason=_name_fault(error))
        code = _refuse(found.id, found.what, found.next_step, given)
    sys.exit(code)


def _run(given: Sequence[str]) -> int:
    """The command's exit code; what cannot be used is told."""
    try:
        with workbook.make_context("workbook", list(given)) as context:
            return workbook.invoke(context) or 0
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return UNUSABLE
    except click.ClickException as error:
        return _refuse("usage", *_word_usage(error), given)
    except WorkbookError as error:
        _refuse(error.id, *_word_error(error), given)
        return error.exit_code


def _name_fault(error: Exception) -> str:
    """Where in the code a fault of ours lies, for whoever is told about it."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(frame.filename).name} {frame.lineno}"


def _refuse(name: str, what: str, step: str, given: Sequence[str]) -> int:
    """Tell what went wrong and what to do; on standard output too where JSON is wanted."""
    if "--json" in given:
        click.echo(json.dumps({"error": {"id": name, "what": what, "next": step}}, indent=2))
    click.echo(make_plain(f"{what}\n{step}"), err=True)
    return UNUSABLE


def _word_usage(error: click.ClickException) -> tuple[str, str]:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "workbook"
    return _word_what(error), USAGE["next"].format(command=command)


def _word_what(error: click.ClickException) -> str:
    """What was not understood; only messages that are ours are passed on as they are."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return USAGE["missing"].format(name=error.param.human_readable_name)
    if isinstance(error, click.NoSuchOption):
        return USAGE["option"].format(name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        kind = "flag" if "not take" in error.message else "value"
        return USAGE[kind].format(name=error.option_name)
    ours = type(error) in {click.UsageError, click.BadParameter}
    return error.message if ours else USAGE["other"]


def _word_error(error: WorkbookError) -> tuple[str, str]:
    ours = SHARED["errors"].get(error.id, {})
    what, step = ours.get("what"), SHARED["next"].get(error.values.get("kind"), ours.get("next"))
    return (
        what.format(**error.values) if what else error.what,
        step.format(**error.values) if step else error.next_step,
    )
