"""Write a document of a plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    SHARED,
    Command,
    answer,
    as_json,
    load_command_words,
    read_bytes,
)
from workbook.commands.check import count_open
from workbook.errors import ExportError, TemplateUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


MOST_BYTES = 20_000_000
"""No template is larger; more than this is not even read."""
_PAPERS = ("a4", "letter")
_WORDS = load_command_words("export")
_OPTION = _WORDS["option"]


class _Paper(click.types.StringParamType):
    """A paper by its name, refused in our words."""

    name = "[a4|letter]"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - click's form
        """The paper's name in small letters."""
        if value.lower() not in _PAPERS:
            known = SHARED["joined"].join(_PAPERS)
            self.fail(_WORDS["usage"]["paper"].format(given=value, known=known), param, ctx)
        return str(value.lower())


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.argument("out", type=FILE)
@click.option("--document", help=_OPTION["document"])
@click.option(
    "--paper",
    type=_Paper(),
    default="a4",
    show_default=True,
    help=_OPTION["paper"],
)
@click.option("--template", type=FILE, help=_OPTION["template"])
@click.option("--with", "more", multiple=True, metavar="PART", help=_OPTION["with"])
@click.option("--without", "less", multiple=True, metavar="PART", help=_OPTION["without"])
@as_json
def command(
    plan: Path,
    out: Path,
    *,
    document: str | None,
    paper: str,
    template: Path | None,
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
    format_name, document = choose_format(out), document or _choose_document(choose_format(out))
    if out.exists() and out.samefile(plan):
        reason = SHARED["reasons"]["plan"].format(given=out.name)
        raise ExportError(reason=reason, kind="plan")
    switches = [*((name, True) for name in more), *((name, False) for name in less)]
    export_file(
        plan_file,
        out,
        document=document,
        paper=paper,
        switches=switches,
        language=language,
        template=None if template is None else _read_template(template),
    )
    blocked = count_open(check_file(plan_file, language))
    found = {"plan": str(plan), "file": str(out), "document": document, "format": format_name}
    draft = {0: "written", 1: "written_draft_one"}.get(blocked, "written_draft")
    words = _WORDS["said"][draft].format(file=out, plan=plan, count=blocked)
    answer({**found, "blocked": blocked}, words, as_json=as_json)


def _choose_document(format_name: str) -> str:
    """The strategy, or the only document that comes in a format, such as a calendar."""
    from workbook.exports import documents as found  # noqa: PLC0415 - loaded when one is made

    suited = [name for name in found.load_documents() if format_name in found.list_formats(name)]
    return suited[0] if len(suited) == 1 else "strategy"


def _read_template(path: Path) -> bytes:
    def refuse(_: str) -> TemplateUnusable:
        return TemplateUnusable(reason=SHARED["reasons"]["template"].format(given=path.name))

    return read_bytes(path, MOST_BYTES, refuse)
