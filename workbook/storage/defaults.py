"""Where plans are kept when nobody says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.errors import StoreError
from workbook.storage.reasons import read_reason

if TYPE_CHECKING:
    from pathlib import Path


def default_address(folder: Path) -> str:
    """The address of a SQLite database in a folder, which need not exist yet.

    Raises StoreError when the folder's name cannot stand in an address.
    """
    path = (folder.resolve() / "plans.sqlite3").as_posix()
    if "?" in path:
        raise StoreError(reason=read_reason("store", "folder"))
    return f"sqlite:///{path}"
