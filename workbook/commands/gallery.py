"""Show every kind of field in every state, for whoever works on the pages."""

from __future__ import annotations

import click

from workbook.commands._command import Command, answer, as_json, load_command_words
from workbook.commands.serve import PORT, Port

_WORDS = load_command_words("gallery")
_OPTION = _WORDS["option"]


@click.command(cls=Command, help=_WORDS["help"])
@click.option("--port", type=Port(), default=PORT, show_default=True, help=_OPTION["port"])
@click.option("--no-browser", is_flag=True, help=_OPTION["no_browser"])
@as_json
def command(*, port: int, no_browser: bool, as_json: bool) -> None:
    """Serve the gallery on this computer."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.serving.gallery import serve_gallery  # noqa: PLC0415 - same reason

    def announce(address: str) -> None:
        told = _WORDS["said"]["serving"].format(address=address)
        answer({"address": address}, told, as_json=as_json)

    serve_gallery(
        read_settings(),
        port=port,
        ip="127.0.0.1",
        open_browser=not no_browser,
        announce=announce,
    )
