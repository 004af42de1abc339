"""The page's frame: our Voila template, laid where Voila looks for one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.discovery import root

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

TEMPLATE = "workbook"


def lay_out(folder: Path) -> Path:
    """Lay our template with its style sheet under a folder, in the order Voila expects.

    Gives the folder to put on Jupyter's path. A style sheet that is not written yet is an empty
    one. Files are linked, so that an edit shows at once; where links are not allowed, copied.
    """
    target = folder / "jupyter" / "voila" / "templates" / TEMPLATE
    _lay(root().joinpath("serving", "templates", TEMPLATE), target)
    styles = root().joinpath("interface", "static")
    if styles.is_dir():
        _lay(styles, target / "static")
    sheet = target / "static" / "workbook.css"
    if not sheet.exists():
        sheet.write_text("", encoding="utf-8")
    return folder / "jupyter"


def list_static_folders() -> list[Path]:
    """Where the frame's own scripts and style sheets lie."""
    folders = [("serving", "templates", TEMPLATE, "static"), ("interface", "static")]
    return [Path(str(root().joinpath(*parts))) for parts in folders]


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
        place = target / entry.name
        try:
            place.symlink_to(Path(str(entry)))
        except OSError:
            shutil.copyfile(str(entry), place)
