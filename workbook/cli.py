"""The command line: the same plans, checks and documents as in the app, without a browser.

Exit codes: 0 done, 1 a decision is open (``check``), 2 something cannot be used, 130 stopped with
Ctrl+C, 141 nobody reads the answer any more.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from workbook import __version__
from workbook.discovery import read_toml
from workbook.errors import ContentError, ExportError, WorkbookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook.checks import Finding
    from workbook.plan import Plan

BLOCKED, UNUSABLE, STOPPED, UNREAD = 1, 2, 130, 141
PORT = 8866
_WORDS = read_toml("cli.toml")
_HELP, _OPTION = _WORDS["help"], _WORDS["help"]["option"]
_SAID: dict[str, str] = _WORDS["said"]
_USAGE: dict[str, str] = _WORDS["usage"]
_LAST_PORT = 65535
_PAPERS = ("a4", "letter")
_WIDTH = 88
_FILE = click.Path(path_type=Path)


class _Port(click.types.StringParamType):
    """A whole number that a port can be, refused in our words."""

    name = "integer"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - click's form
        """The port's number."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and int(text) <= _LAST_PORT):
            self.fail(_USAGE["port"].format(given=text), param, ctx)
        return int(text)


class _Paper(click.types.StringParamType):
    """A paper by its name, refused in our words."""

    name = "[a4|letter]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - click's form
        """The paper's name in small letters."""
        if value.lower() not in _PAPERS:
            known = _SAID["joined"].join(_PAPERS)
            self.fail(_USAGE["paper"].format(given=value, known=known), param, ctx)
        return str(value.lower())


class _Command(click.Command):
    """A command that says in our words which argument is one too many."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What was given, as click reads it."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(_USAGE["extra"].format(given=" ".join(ctx.args)), ctx)
        return rest


class _Commands(click.Group):
    """The commands, which says in our words that there is no such one."""

    command_class = _Command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; names that look like options are left to click."""
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing and not cmd_name.startswith("-"):
            known = _SAID["joined"].join(self.list_commands(ctx))
            raise click.UsageError(_USAGE["command"].format(given=cmd_name, known=known), ctx)
        return found


_as_json = click.option("--json", "as_json", is_flag=True, help=_OPTION["json"])
_help = {"help_option_names": ["-h", "--help"], "max_content_width": _WIDTH}


@click.group(cls=_Commands, help=_HELP["program"], context_settings=_help)
@click.version_option(__version__, prog_name="workbook", help=_OPTION["version"])
def workbook() -> None:
    """The command ``workbook``; what it does is in its subcommands."""


@workbook.command(help=_HELP["new"])
@click.argument("plan", type=_FILE)
@click.option("--demo", is_flag=True, help=_OPTION["demo"])
@_as_json
def new(plan: Path, *, demo: bool, as_json: bool) -> None:
    """Make a plan file."""
    from workbook.calling import make_plan  # noqa: PLC0415 - keeps --help light

    make_plan(plan, demo=demo)
    words = _SAID["made_demo" if demo else "made"]
    _answer({"plan": str(plan), "demo": demo}, words.format(plan=plan), as_json=as_json)


@workbook.command(help=_HELP["check"])
@click.argument("plan", type=_FILE)
@_as_json
def check(plan: Path, *, as_json: bool) -> int:
    """Check a plan file."""
    from workbook.calling import check_file, read_plan, read_settings  # noqa: PLC0415 - same

    plan_file = read_plan(plan)
    findings = check_file(plan_file, read_settings().language)
    document = {
        "plan": str(plan),
        "blocked": _count_open(findings),
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "unclear": dict(plan_file.unclear),
    }
    told = "\n\n".join(_tell(plan_file.plan, findings, plan_file.unclear))
    _answer(document, told, as_json=as_json)
    return BLOCKED if _count_open(findings) else 0


@workbook.command(help=_HELP["export"])
@click.argument("plan", type=_FILE)
@click.argument("out", type=_FILE)
@click.option("--document", default="strategy", show_default=True, help=_OPTION["document"])
@click.option(
    "--paper",
    type=_Paper(),
    default="a4",
    show_default=True,
    help=_OPTION["paper"],
)
@click.option("--with", "more", multiple=True, metavar="PART", help=_OPTION["with"])
@click.option("--without", "less", multiple=True, metavar="PART", help=_OPTION["without"])
@_as_json
def export(
    plan: Path,
    out: Path,
    *,
    document: str,
    paper: str,
    more: Sequence[str],
    less: Sequence[str],
    as_json: bool,
) -> None:
    """Write a document of a plan file."""
    from workbook.calling import (  # noqa: PLC0415 - same reason
        check_file,
        choose_format,
        export_file,
        read_plan,
        read_settings,
    )

    plan_file, language = read_plan(plan), read_settings().language
    format_name = choose_format(out)
    if out.exists() and out.samefile(plan):
        reason = _WORDS["reasons"]["plan"].format(given=out.name)
        raise ExportError(reason=reason, kind="plan")
    switches = [*((name, True) for name in more), *((name, False) for name in less)]
    export_file(
        plan_file, out, document=document, paper=paper, switches=switches, language=language
    )
    blocked = _count_open(check_file(plan_file, language))
    found = {"plan": str(plan), "file": str(out), "document": document, "format": format_name}
    draft = {0: "written", 1: "written_draft_one"}.get(blocked, "written_draft")
    words = _SAID[draft].format(file=out, plan=plan, count=blocked)
    _answer({**found, "blocked": blocked}, words, as_json=as_json)


@workbook.command(help=_HELP["serve"])
@click.option(
    "--port",
    type=_Port(),
    default=PORT,
    show_default=True,
    help=_OPTION["port"],
)
@click.option("--ip", default="127.0.0.1", show_default=True, help=_OPTION["ip"])
@click.option("--no-browser", is_flag=True, help=_OPTION["no_browser"])
@_as_json
def serve(*, port: int, ip: str, no_browser: bool, as_json: bool) -> None:
    """Serve the guided app."""
    from workbook.calling import read_settings, serve_app  # noqa: PLC0415 - same reason

    def announce(address: str) -> None:
        _answer({"address": address}, _SAID["serving"].format(address=address), as_json=as_json)

    settings = read_settings()
    serve_app(settings, port=port, ip=ip, open_browser=not no_browser, announce=announce)


# -- what is answered --------------------------------------------------------------------------


def _answer(document: dict[str, Any], words: str, *, as_json: bool) -> None:
    """One JSON document for programs, or plain text for people."""
    click.echo(json.dumps(document, indent=2) if as_json else _make_plain(words))
    sys.stdout.flush()


def _make_plain(text: str) -> str:
    """Text without signs that a terminal would act on."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def _count_open(findings: Iterable[Finding]) -> int:
    return sum(finding.severity == "block" for finding in findings)


def _tell(plan: Plan, findings: Sequence[Finding], unclear: dict[str, str]) -> list[str]:
    """What was found, as paragraphs."""
    business = plan.start.name or _SAID["nameless"]
    numbers = [(name, sum(f.severity == name for f in findings)) for name in _WORDS["severity"]]
    counts = [
        _WORDS["count"][f"{name}_one" if number == 1 else name].format(count=number)
        for name, number in numbers
        if number
    ]
    first = _SAID["found" if counts else "nothing"]
    head = first.format(business=business, counts=_SAID["joined"].join(counts))
    return [head, *map(_tell_finding, findings), *_tell_unclear(unclear)]


def _tell_finding(finding: Finding) -> str:
    head = f"{_WORDS['severity'][finding.severity]}  [{finding.id}]  {finding.path}"
    said = [
        finding.what,
        _SAID["because"].format(text=finding.because),
        _SAID["do"].format(text=finding.do),
    ]
    return "\n".join([head, *map(_indent, said)])


def _tell_unclear(unclear: dict[str, str]) -> list[str]:
    return [_word_unclear(path, typed) for path, typed in unclear.items()]


def _word_unclear(path: str, typed: str) -> str:
    """What could not be read, by its question; a file may also name what no question asks for."""
    from workbook.content import find_question  # noqa: PLC0415 - same reason

    try:
        question = find_question(path).label
    except ContentError:
        return _SAID["unclear_nowhere"].format(path=path, typed=typed)
    return _SAID["unclear"].format(question=question, typed=typed)


def _indent(text: str) -> str:
    plain = " ".join(_make_plain(text).split())
    return click.wrap_text(plain, width=_WIDTH, initial_indent="  ", subsequent_indent="    ")


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
    click.echo(_make_plain(f"{what}\n{step}"), err=True)
    return UNUSABLE


def _word_usage(error: click.ClickException) -> tuple[str, str]:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "workbook"
    return _word_what(error), _SAID["usage_next"].format(command=command)


def _word_what(error: click.ClickException) -> str:
    """What was not understood; only messages that are ours are passed on as they are."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return _USAGE["missing"].format(name=error.param.human_readable_name)
    if isinstance(error, click.NoSuchOption):
        return _USAGE["option"].format(name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        kind = "flag" if "not take" in error.message else "value"
        return _USAGE[kind].format(name=error.option_name)
    ours = type(error) in {click.UsageError, click.BadParameter}
    return error.message if ours else _USAGE["other"]


def _word_error(error: WorkbookError) -> tuple[str, str]:
    ours = _WORDS["errors"].get(error.id, {})
    what, step = ours.get("what"), _WORDS["next"].get(error.values.get("kind"), ours.get("next"))
    return (
        what.format(**error.values) if what else error.what,
        step.format(**error.values) if step else error.next_step,
    )
