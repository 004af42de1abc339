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
    sheet = target / "static" / "workbook.css"
    sheet.write_text(read_parts("interface/style", ".css"), encoding="utf-8")
    return folder / "jupyter"


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
