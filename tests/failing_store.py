"""A store that fails when it is told to, for tests of what is kept all the same."""

from __future__ import annotations

from workbook.errors import StoreUnreachable
from workbook.storage.memory import MemoryStore


class FailingStore(MemoryStore):
    """A store that raises what it is told to."""

    failure = None

    def _fail(self):
        if self.failure is not None:
            raise self.failure

    def load(self):
        self._fail()
        return super().load()

    def save(self, plan_file, *, expected_revision, now):
        self._fail()
        return super().save(plan_file, expected_revision=expected_revision, now=now)

    def revision(self):
        if isinstance(self.failure, StoreUnreachable):
            raise self.failure
        return super().revision()
