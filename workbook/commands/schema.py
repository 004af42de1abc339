"""Print the JSON Schema of the plan file."""

from __future__ import annotations

import click

from workbook.commands._command import Command, as_json, load_command_words

_WORDS = load_command_words("schema")


@click.command(cls=Command, help=_WORDS["help"])
@as_json
def command(*, as_json: bool) -> None:  # noqa: ARG001 - it is JSON either way
    """Print the JSON Schema of the plan file."""
    from workbook.storage.schema import read_schema  # noqa: PLC0415 - keeps --help light

    click.echo(read_schema(), nl=False)
