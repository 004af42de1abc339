"""Serve the guided app."""

from __future__ import annotations

import os
from typing import Any

import click

from workbook.commands._command import Command, answer, as_json, load_command_words

PORT = 8866
_LAST_PORT = 65535
_WORDS = load_command_words("serve")
_OPTION = _WORDS["option"]


class Port(click.types.StringParamType):
    """A whole number that a port can be, refused in our words."""

    name = "integer"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - click's form
        """The port's number."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and int(text) <= _LAST_PORT):
            self.fail(_WORDS["usage"]["port"].format(given=text), param, ctx)
        return int(text)


@click.command(cls=Command, help=_WORDS["help"])
@click.option(
    "--port",
    type=Port(),
    default=PORT,
    show_default=True,
    help=_OPTION["port"],
)
@click.option("--ip", default="127.0.0.1", show_default=True, help=_OPTION["ip"])
@click.option("--no-browser", is_flag=True, help=_OPTION["no_browser"])
@as_json
def command(*, port: int, ip: str, no_browser: bool, as_json: bool) -> None:
    """Serve the guided app."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.serving.demo import lend_store  # noqa: PLC0415 - same reason
    from workbook.serving.hosting import (  # noqa: PLC0415 - same reason
        name_for_others,
        serve_app,
    )

    def announce(address: str) -> None:
        address = name_for_others(address, ip)
        answer(
            {"address": address}, _WORDS["said"]["serving"].format(address=address), as_json=as_json
        )

    with lend_store(read_settings(), os.environ) as settings:
        serve_app(settings, port=port, ip=ip, open_browser=not no_browser, announce=announce)
