"""The options by which a document looks otherwise than the plan says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import FILE, load_command_words, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from workbook.errors import WorkbookError

_WORDS = load_command_words("export")
_OPTION = _WORDS["option"]
_COLOURS = 2
_OPTIONS = (
    click.option("--by", metavar="NAME", help=_OPTION["by"]),
    click.option("--logo", type=FILE, help=_OPTION["logo"]),
    click.option("--colour", "colours", multiple=True, metavar="COLOUR", help=_OPTION["colour"]),
)


def look_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--by``, ``--logo`` and ``--colour`` of a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_look(by: str | None, logo: Path | None, colours: Sequence[str]) -> dict[str, Any]:
    """What of the look was given, by its names; empty where all of it is that of the plan.

    Raises:
        LookUnusable: The picture, a colour or the name cannot be used.
    """
    if len(colours) > _COLOURS:
        raise click.UsageError(_WORDS["usage"]["colour"])
    if by is None and logo is None and not colours:
        return {}
    from workbook.exports.look import (  # noqa: PLC0415 - keeps --help light
        MOST_BYTES,
        read_colour,
        read_name,
        read_picture,
        refuse,
    )

    def miss(_: str) -> WorkbookError:
        return refuse("file", given=logo.name if logo else "")

    names = zip(("accent", "second"), colours, strict=False)
    given: dict[str, Any] = {name: read_colour(colour) for name, colour in names}
    if by is not None:
        given["name"] = read_name(by)
    if logo is not None:
        given["logo"] = read_picture(read_bytes(logo, MOST_BYTES, miss))
    return given
