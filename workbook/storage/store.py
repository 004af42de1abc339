"""What every place that keeps a plan can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from workbook.storage.plan_file import PlanFile


class Store(Protocol):
    """One plan, kept where it survives the program.

    Every method may raise StoreUnreachable when the place does not answer.
    """

    def load(self) -> PlanFile:
        """The plan as it was last saved.

        Raises PlanMissing or LinkUnknown when nothing is there, PlanDamaged, PlanTooNew,
        NotAPlan or PlanTooLarge when what is there cannot be used; it is left as it is.
        """
        ...

    def save(self, plan_file: PlanFile, *, expected_revision: int, now: datetime) -> PlanFile:
        """Keep the plan, and return it with the next revision and ``now`` as its time of saving.

        ``expected_revision`` is the revision the change was made from, 0 for a new plan. When
        this returns, the plan survives the end of this process at any moment.

        Raises PlanChanged when another revision is kept, PlanMissing or LinkUnknown when the plan
        was deleted in between, StoreFull, PlanTooLarge.
        """
        ...

    def delete(self) -> None:
        """Remove the plan and every copy of it; nothing happens when there is none."""
        ...

    def exists(self) -> bool:
        """Whether something is kept here, whether it can be read or not."""
        ...

    def revision(self) -> int | None:
        """The revision that is kept, or None when nothing is; a cheap look."""
        ...
