"""Where a page's plan comes from: a database and a key, a plan file, or the example."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from workbook.calling import may_fetch, visit_website
from workbook.content import BASE_LANGUAGE
from workbook.errors import PlanFull, VersionsTooLarge
from workbook.session import Session
from workbook.storage.example import read_demo
from workbook.storage.folder import FileStore
from workbook.storage.memory import MemoryStore
from workbook.storage.plan_file import read_plan_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from workbook.interface.message import Message
    from workbook.settings import Settings
    from workbook.storage.creations import Quota


class _Visit(ABC):
    """What every visit can do: look at the example, and take over the plan of a file."""

    limit_mb: int
    import_limit_mb: int
    language = BASE_LANGUAGE
    _clock: Callable[[], datetime]

    def open(self, message: Message) -> Session:
        """The session for the visitor's own plan, or for the example."""
        if message.example:
            example = read_demo(self._clock().date(), self.language)
            return Session(MemoryStore(example), clock=self._clock)
        return self._open_own(message)

    def upload(self, message: Message, raw: bytes, session: Session | None) -> Session:
        """The session with the plan of a file in the place of its own, and its named versions.

        Raises what keeps it from being saved; what has no room beside the versions there are
        changes nothing.
        """
        given = read_plan_file(raw, name=message.name, limit_mb=self.limit_mb)
        opened = session or self.open(message)
        before = opened.versions
        opened.take_versions(given.versions)
        error = opened.replace(given.plan, unclear=given.unclear).error
        if isinstance(error, VersionsTooLarge):
            opened.undo()
        if isinstance(error, VersionsTooLarge | PlanFull):
            for version in [each for each in opened.versions if each not in before]:
                opened.remove_version(version.name)
        if error is not None:
            raise error
        opened.file.mark_refused(given.refused)
        return opened

    @abstractmethod
    def _open_own(self, message: Message) -> Session:
        """The session for the visitor's own plan."""


class WebVisit(_Visit):
    """A visit to the guided app: the key of the plan comes from the browser."""

    scope = ""
    styled = False
    privacy = "privacy.html"

    def __init__(
        self,
        settings: Settings,
        address: str,
        clock: Callable[[], datetime],
        *,
        origin: str = "",
    ) -> None:
        """A visit that keeps plans in a database, from an origin as the server names it, if any."""
        self._settings = settings
        self._address = address
        self._clock = clock
        self._origin = origin
        self.limit_mb = settings.plan_limit_mb
        self.import_limit_mb = settings.import_limit_mb
        self.demo = settings.demo
        self.visit_website = visit_website if may_fetch(settings, public=True) else None

    def _open_own(self, message: Message) -> Session:
        """The session for the key in a message.

        Raises LinkIncomplete, LinkUnknown (of a link for reading LinkWithdrawn), StoreUnreachable
        and what else a plan may suffer from.
        """
        from workbook.storage.database import DatabaseStore  # noqa: PLC0415 - needs SQLAlchemy

        store = DatabaseStore(
            self._address,
            message.key,
            today=self._clock().date(),
            months=self._settings.keep_months,
            limit_mb=self.limit_mb,
            reading=message.reading,
            quota=limit_new(self._settings, self._origin),
        )
        create = not (message.known or message.reading)
        return Session(store, clock=self._clock, create=create)


def limit_new(settings: Settings, origin: str) -> Quota | None:
    """How many plans and rooms may be begun from an origin, where it has a name and a limit."""
    from workbook.storage.creations import Quota  # noqa: PLC0415 - needs SQLAlchemy

    most = settings.new_plans_per_hour
    return Quota(origin, most) if origin and most else None


class FileVisit(_Visit):
    """A visit in JupyterLab: the plan is a file beside the notebooks."""

    styled = True
    privacy = ""

    def __init__(self, path: Path, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.scope = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
        self.demo = settings.demo
        self.limit_mb = settings.plan_limit_mb
        self.import_limit_mb = settings.import_limit_mb
        self._clock = clock
        self.visit_website = visit_website if may_fetch(settings, public=False) else None

    def _open_own(self, message: Message) -> Session:  # noqa: ARG002 - a file needs no key
        """The session for the plan file, which is made with the first answer."""
        return Session(FileStore(self.path), clock=self._clock)
