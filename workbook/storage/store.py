"""What every place that keeps a plan can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from workbook.errors import LinkWithdrawn, StoreError
from workbook.storage.reasons import read_reason

if TYPE_CHECKING:
    from datetime import date, datetime

    from workbook.storage.plan_file import PlanFile


class Right(StrEnum):
    """What a link may do with the plan it opens."""

    OWNER = "owner"
    READING = "reading"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A link the owner gave to somebody.

    ``name`` is the name of its row, ``key`` the 22 letters in it, ``who`` what the owner calls
    whoever has it, ``day`` the day it was given, None where it is not known. One whose row was
    damaged has no key, and can only be withdrawn.
    """

    name: str
    right: Right
    key: str = field(repr=False)
    who: str = field(default="", repr=False)
    day: date | None = None


class Store(Protocol):
    """One plan, kept where it survives the program.

    Every method may raise StoreUnreachable when the place does not answer.
    """

    @property
    def reads_only(self) -> bool:
        """Whether the plan may be read here and not changed; known once it was loaded."""
        ...

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


def refuse_reader(store: Store) -> None:
    """Raise StoreError where a plan was opened by a link for reading."""
    if store.reads_only:
        raise StoreError(reason=read_reason("store", "reading-only"))


def expect_open(store: Store) -> None:
    """Raise LinkWithdrawn where a plan was opened by a link for reading that opens it no more."""
    if store.reads_only and not store.exists():
        raise LinkWithdrawn


@runtime_checkable
class SharedStore(Store, Protocol):
    """A plan that others may open by links of their own, which its owner gives and withdraws.

    Every method raises StoreError when this is not the owner's link, LinkUnknown when there is
    no plan.
    """

    def grant(self, right: Right, who: str = "", *, seat: str | None = None) -> str:
        """The key of a new link with a right, for somebody the owner calls ``who``.

        One that is given for the seat of a room ends with it.
        """
        ...

    def links(self) -> tuple[GivenLink, ...]:
        """The links the owner gave, the first one first, to be shown again or withdrawn."""
        ...

    def withdraw(self, name: str, *, ended: bool = False) -> None:
        """Make the link whose row has this name useless; nothing happens where there is none.

        Of one that ``ended`` with its room the plan still gets a new key.
        """
        ...
