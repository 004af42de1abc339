"""One editing session: an answer goes in, a new plan and its findings come out, saved at once.

Several sessions may work on one plan (two tabs, two notebooks). Nothing is overwritten silently:
when somebody else saved in between, changes are made again on the newer plan, and where both
changed the same answer, the one that was saved first stays and ours is handed back as a clash.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from workbook.checks import Finding, Offer, run
from workbook.content import BASE_LANGUAGE
from workbook.errors import (
    LinkUnknown,
    PlanChanged,
    PlanError,
    PlanMissing,
    StoreError,
    WorkbookError,
)
from workbook.plan import Plan, annotation_of, read_answer, remove_record, replace_answer
from workbook.storage.plan_file import PlanFile
from workbook.storage.store import Store
from workbook.values import Problem, read

ATTEMPTS = 5
UNDO_STEPS = 50
REMOVED: Final = object()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer.

    ``problem``: it could not be read, and was kept as typed. ``clash``: somebody else answered
    the same question first; theirs stays. ``error``: it is not saved yet, and will be tried again.
    """

    path: str
    problem: Problem | None = None
    clash: bool = False
    error: WorkbookError | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    """An answer that is not saved yet, with what it replaces."""

    value: object
    before: object
    unclear: str | None = None


@dataclass(slots=True)
class _State:
    """What a session is about to save."""

    file: PlanFile
    changes: dict[str, _Change] = field(default_factory=dict)


class Session:
    """Edits one plan in one store.

    ``clock`` gives the present moment with its zone. Raises what ``store.load`` raises, except
    that a store with nothing in it yet begins a new plan when ``create`` is true.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime],
        language: str = BASE_LANGUAGE,
        create: bool = True,
    ) -> None:
        self._store = store
        self._clock = clock
        self.language = language
        self._listeners: list[Callable[[], None]] = []
        self._past: list[tuple[str, object]] = []
        self._findings: tuple[Plan, Mapping[str, str], tuple[Finding, ...]] | None = None
        self._state = _State(self._load(create=create))

    def _load(self, *, create: bool) -> PlanFile:
        try:
            return self._store.load()
        except (PlanMissing, LinkUnknown):
            if create:
                return PlanFile()
            raise

    # -- what there is ---------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._state.file.plan

    @property
    def file(self) -> PlanFile:
        """The plan with its revision, time of saving, versions and unclear answers."""
        return self._state.file

    @property
    def is_saved(self) -> bool:
        """Whether everything that was answered is kept."""
        return not self._state.changes

    @property
    def now(self) -> datetime:
        """The present moment by this session's clock."""
        return self._clock()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks find in the plan as it stands."""
        plan, unclear = self._state.file.plan, self._state.file.unclear
        if self._findings is None or self._findings[0] is not plan or self._findings[1] != unclear:
            found = run(plan, self.now.date(), unclear=unclear, language=self.language)
            self._findings = (plan, unclear, found)
        return self._findings[2]

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call a function whenever the plan has changed."""
        self._listeners.append(listener)

    # -- what changes it -------------------------------------------------------------------

    def answer(self, path: str, raw: object) -> Outcome:
        """Take an answer as it was typed, and save it.

        An empty one takes the answer back. One that cannot be read leaves the question
        unanswered and is kept as typed. Raises ContentError for a path that no question has.
        """
        value = read(annotation_of(path), raw)
        problem = value if isinstance(value, Problem) else None
        self._remember(path)
        if problem is not None:
            self._change(path, None, unclear=_as_text(raw))
        else:
            self._change(path, value)
        return self._save(path, problem)

    def add_record(self, path: str) -> str:
        """Add an empty entry to a list, and save; gives its id."""
        name = secrets.token_hex(4)
        self._change(f"{path}.{name}", None)
        self._save(path)
        return name

    def remove(self, path: str) -> Outcome:
        """Take an entry out of its list, and save."""
        self._remember(path)
        for typed in [p for p in self._state.file.unclear if p.startswith(f"{path}.")]:
            self._change(typed, None)
        self._change(path, REMOVED)
        return self._save(path)

    def apply(self, offer: Offer) -> tuple[Outcome, ...]:
        """Put the answers of an offer in place."""
        return tuple(self.answer(path, raw) for path, raw in offer.answers)

    def replace(self, plan: Plan) -> Outcome:
        """Put another plan in the place of this one, as from a plan file, and save."""
        parts = [name for name in Plan.model_fields if getattr(plan, name) != getattr(self.plan, name)]
        for name in parts:
            self._remember(name)
            self._change(name, getattr(plan, name))
        return self._save(parts[0] if parts else "")

    def undo(self) -> str | None:
        """Take the last change back, and save; gives its path, or None where there is none."""
        if not self._past:
            return None
        path, before = self._past.pop()
        self._change(path, before)
        self._save(path)
        return path

    def retry(self) -> Outcome:
        """Try again to save what is not saved yet."""
        return self._save(next(iter(self._state.changes), ""))

    def delete(self) -> None:
        """Delete the plan where it is kept; raises StoreError where that fails."""
        self._store.delete()
        self._state = _State(PlanFile())
        self._past.clear()
        self._tell()

    def refresh(self) -> bool:
        """Read the plan again if somebody else saved it since; gives whether it changed."""
        kept = self._store.revision()
        if kept is None or kept == self._state.file.revision:
            return False
        self._rebase(self._store.load())
        self._tell()
        return True

    # -- inside ----------------------------------------------------------------------------

    def _remember(self, path: str) -> None:
        before = read_answer(self.plan, path)
        self._past.append((path, REMOVED if before is None and _is_record(path) else before))
        del self._past[:-UNDO_STEPS]

    def _change(self, path: str, value: object, unclear: str | None = None) -> None:
        earlier = self._state.changes.pop(path, None)
        before = earlier.before if earlier else read_answer(self.plan, path)
        change = _Change(value, before, unclear)
        self._state.changes[path] = change
        self._state.file = _put(self._state.file, path, change)

    def _save(self, path: str, problem: Problem | None = None) -> Outcome:
        clashes: set[str] = set()
        error: WorkbookError | None = None
        try:
            clashes = self._keep()
        except (StoreError, PlanError) as failure:
            error = failure
        self._tell()
        return Outcome(path, problem, clash=path in clashes, error=error)

    def _keep(self) -> set[str]:
        clashes: set[str] = set()
        for _ in range(ATTEMPTS):
            if not self._state.changes:
                return clashes
            try:
                self._state.file = self._store.save(
                    self._state.file, expected_revision=self._state.file.revision, now=self.now
                )
            except PlanChanged:
                clashes |= self._rebase(self._store.load())
            else:
                self._state.changes.clear()
                return clashes
        raise PlanChanged

    def _rebase(self, newer: PlanFile) -> set[str]:
        """Make our unsaved changes again on a newer plan; gives the paths where both changed."""
        clashes = set()
        for path, change in list(self._state.changes.items()):
            theirs = read_answer(newer.plan, path)
            if theirs not in (change.before, change.value):
                clashes.add(path)
                del self._state.changes[path]
            else:
                newer = _put(newer, path, change)
        self._state.file = newer
        return clashes

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _put(file: PlanFile, path: str, change: _Change) -> PlanFile:
    if change.value is REMOVED:
        plan = remove_record(file.plan, path)
    else:
        plan = replace_answer(file.plan, path, change.value)
    unclear = {k: v for k, v in file.unclear.items() if k != path}
    if change.unclear is not None:
        unclear[path] = change.unclear
    return file.model_copy(update={"plan": plan, "unclear": unclear})


def _is_record(path: str) -> bool:
    return path.count(".") == 2  # noqa: PLR2004 - step.list.record


def _as_text(raw: object) -> str:
    return raw if isinstance(raw, str) else repr(raw)
