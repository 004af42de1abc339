"""Write a document of a plan file, or all of them as a zip."""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING, Any, TypedDict

import click

from workbook.commands._command import (
    FILE,
    SHARED,
    Command,
    ProgressLine,
    answer,
    as_json,
    load_command_words,
    read_bytes,
)
from workbook.commands._look import look_options, read_look
from workbook.commands.check import count_open
from workbook.errors import ExportError, TemplateUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workbook.exports.bundle import Place
    from workbook.storage.plan_file import PlanFile

INCOMPLETE = 1
"""The zip is written, and something in it is missing."""
MOST_BYTES = 20_000_000
"""No template is larger; more than this is not even read."""
SELDOM = (300_000, 50, 1_000)
"""When Python looks for what nobody needs any more, in place of its own 700, 10 and 10.

Nearly all that is made here is kept until the end, modules and words above all, and each look, the
last one as Python ends too, goes through it again: of 3.4 s of processor time for everything as one
zip that was 0.6. It still looks, so memory stays bounded: the example takes as much as before.
"""
_CHOICES = {"paper": ("a4", "letter"), "length": ("short", "full")}
_WORDS = load_command_words("export")
_OPTION = _WORDS["option"]


class _Choice(click.types.StringParamType):
    """One of a few names, any other refused in our words."""

    def __init__(self, of: str) -> None:
        self.of, self.known = of, _CHOICES[of]
        self.name = f"[{'|'.join(self.known)}]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - click's form
        """The name in small letters."""
        if value.lower() not in self.known:
            known = SHARED["joined"].join(self.known)
            self.fail(_WORDS["usage"][self.of].format(given=value, known=known), param, ctx)
        return str(value.lower())


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.argument("out", type=FILE)
@click.option("--document", help=_OPTION["document"])
@click.option(
    "--paper",
    type=_Choice("paper"),
    default="a4",
    show_default=True,
    help=_OPTION["paper"],
)
@click.option(
    "--length",
    type=_Choice("length"),
    default="short",
    show_default=True,
    help=_OPTION["length"],
)
@click.option("--template", type=FILE, help=_OPTION["template"])
@look_options
@click.option("--with", "more", multiple=True, metavar="PART", help=_OPTION["with"])
@click.option("--without", "less", multiple=True, metavar="PART", help=_OPTION["without"])
@as_json
def command(
    plan: Path,
    out: Path,
    *,
    document: str | None,
    paper: str,
    length: str,
    template: Path | None,
    by: str | None,
    logo: Path | None,
    colours: Sequence[str],
    more: Sequence[str],
    less: Sequence[str],
    as_json: bool,
) -> int:
    """Write a document of a plan file, or all of them as a zip; gives the exit code."""
    asked: _Asked = {
        "paper": paper,
        "switches": [
            *((name, True) for name in more),
            *((name, False) for name in less),
            ("length", length),
        ],
        "template": None if template is None else _read_template(template),
        "look": read_look(by, logo, colours),
    }
    _look_seldom()
    found = _write(plan, out, document, asked, quiet=as_json)
    answer(found, _tell(found), as_json=as_json)
    return INCOMPLETE if found.get("problems") else 0


def _look_seldom() -> None:
    """For the rest of this process, which ends with the command; no last look as it does."""
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)


class _Asked(TypedDict):
    """What every document is made with."""

    paper: str
    switches: list[tuple[str, bool | str]]
    template: bytes | None
    look: dict[str, Any]


def _write(
    plan: Path, out: Path, document: str | None, asked: _Asked, *, quiet: bool
) -> dict[str, Any]:
    """Write what the end of the name asks for; gives what programs are told of it."""
    from workbook.calling import (  # noqa: PLC0415 - keeps --help light
        check_file,
        choose_format,
        export_file,
        is_bundle,
        read_plan,
        read_settings,
    )

    plan_file, language = read_plan(plan), read_settings().language
    format_name = "zip" if is_bundle(out, document) else choose_format(out)
    if out.exists() and out.samefile(plan):
        reason = SHARED["reasons"]["plan"].format(given=out.name)
        raise ExportError(reason=reason, kind="plan")
    found: dict[str, Any] = {"plan": str(plan), "file": str(out), "format": format_name}
    if format_name == "zip":
        found |= _write_bundle(plan_file, out, language, asked, quiet=quiet)
    else:
        found["document"] = document or _choose_document(format_name)
        export_file(plan_file, out, document=found["document"], language=language, **asked)
    return {**found, "blocked": count_open(check_file(plan_file, language))}


def _write_bundle(
    plan_file: PlanFile, out: Path, language: str, asked: _Asked, *, quiet: bool
) -> dict[str, Any]:
    from workbook.calling import export_bundle  # noqa: PLC0415 - keeps --help light

    line = ProgressLine()

    def watch(place: Place) -> bool:
        if not quiet:
            line.write(_WORDS["said"]["progress"].format(at=place.at, of=place.of, name=place.name))
        return True

    try:
        bundle = export_bundle(plan_file, out, watch=watch, language=language, **asked)
    finally:
        line.clear()
    return {"files": bundle.count, "problems": list(bundle.problems)}


def _tell(found: dict[str, Any]) -> str:
    words = _WORDS["said"]
    draft = {0: "written", 1: "written_draft_one"}.get(found["blocked"], "written_draft")
    if found["format"] == "zip":
        draft = draft.replace("written", "packed")
    text = words[draft].format(**{**found, "count": found["blocked"]})
    return "\n".join([text, *found.get("problems", ())])


def _choose_document(format_name: str) -> str:
    """The strategy, or the only document that comes in a format, such as a calendar."""
    from workbook.exports import documents as found  # noqa: PLC0415 - loaded when one is made

    suited = [name for name in found.load_documents() if format_name in found.list_formats(name)]
    return suited[0] if len(suited) == 1 else "strategy"


def _read_template(path: Path) -> bytes:
    def refuse(_: str) -> TemplateUnusable:
        return TemplateUnusable(reason=SHARED["reasons"]["template"].format(given=path.name))

    return read_bytes(path, MOST_BYTES, refuse)
