"""What a page wants of its visit: where plans come from, and what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from workbook.interface.message import Message
    from workbook.session import Session


class Visit(Protocol):
    """Where a page's plans come from, and what is around it."""

    scope: str
    styled: bool
    privacy: str
    limit_mb: int
    import_limit_mb: int
    demo: bool

    def open(self, message: Message) -> Session:
        """The session for a plan the browser asked for; raises PlanError, StoreError."""
        ...

    def upload(self, message: Message, raw: bytes, session: Session | None) -> Session:
        """The session in which the plan of a file has taken the place of the one there was."""
        ...
