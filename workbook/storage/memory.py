"""A store that forgets: for looking around in the example, and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.errors import PlanChanged, PlanMissing

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.storage.plan_file import PlanFile


class MemoryStore:
    """Keeps a plan for as long as the program runs."""

    reads_only = False

    def __init__(self, plan_file: PlanFile | None = None) -> None:
        self._kept = plan_file

    def load(self) -> PlanFile:
        """The plan as it was last saved; raises PlanMissing when nothing is there."""
        if self._kept is None:
            raise PlanMissing(name="")
        return self._kept

    def save(self, plan_file: PlanFile, *, expected_revision: int, now: datetime) -> PlanFile:
        """Keep the plan; raises PlanChanged when another revision is kept."""
        if self._kept is None and expected_revision:
            raise PlanMissing(name="")
        if (self.revision() or 0) != expected_revision:
            raise PlanChanged
        self._kept = plan_file.mark_saved(expected_revision + 1, now)
        return self._kept

    def delete(self) -> None:
        """Forget the plan."""
        self._kept = None

    def exists(self) -> bool:
        """Whether a plan is kept."""
        return self._kept is not None

    def revision(self) -> int | None:
        """The revision that is kept, or None."""
        return self._kept.revision if self._kept else None
