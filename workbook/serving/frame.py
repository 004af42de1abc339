"""The page's frame: our Voila template, laid where Voila looks for one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from workbook.discovery import read_parts, root

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

TEMPLATE = "workbook"


def lay_out(folder: Path) -> Path:
    """Lay our template with its style sheet under a folder, in the order Voila expects.

    Gives the folder to put on Jupyter's path. Files are copied: a web server follows no link that
    leads out of its folder.
    """
    target = folder / "jupyter" / "voila" / "templates" / TEMPLATE
    _lay(root().joinpath("serving", "templates", TEMPLATE), target)
    static = target / "static"
    sheet = read_parts("interface/style", ".css")
    (static / "workbook.css").write_text(sheet, encoding="utf-8")
    for name, text in read_front().items():
        (static / name).write_text(text, encoding="utf-8")
    return folder / "jupyter"


def read_front() -> dict[str, str]:
    """The files of our front end, by name: its script keeps its names to itself."""
    script = read_parts("serving/front", ".js")
    return {
        "front.js": f'(() => {{\n"use strict";\n{script}\n}})();\n',
        "front.css": read_parts("serving/front", ".css"),
    }


def put_on_path(folder: Path) -> None:
    """Let Jupyter, in this process, look into a folder first."""
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(folder), before]))


def _lay(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _lay(entry, target / entry.name)
            continue
        (target / entry.name).write_bytes(entry.read_bytes())
