"""Opens a plan file in one line, for those who work in Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbook.storage.folder import FileStore

if TYPE_CHECKING:
    from workbook.plan import Plan


def open_plan(path: str | Path) -> Plan:
    """The plan in a file.

    Raises PlanMissing, NotAPlan, PlanDamaged, PlanTooNew, PlanTooLarge, StoreUnreachable; the
    file is left as it is.
    """
    return FileStore(Path(path)).load().plan
