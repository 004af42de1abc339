"""One editing session: an answer goes in, a new plan and its findings come out, saved at once.

Several sessions may work on one plan (two tabs, two notebooks). Nothing is overwritten silently:
when somebody else saved in between, changes are made again on the newer plan, and where both
changed the same answer, the one that was saved first stays and ours is handed back as a clash.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbook.checks import Finding, Offer, run
from workbook.content import BASE_LANGUAGE, find_question
from workbook.errors import (
    ContentError,
    LinkUnknown,
    PlanChanged,
    PlanError,
    PlanMissing,
    StoreError,
    WorkbookError,
)
from workbook.plan import (
    OWN_DEFAULTS,
    Plan,
    annotation_of,
    read_answer,
    remove_record,
    replace_answer,
)
from workbook.storage.plan_file import PlanFile
from workbook.values import Problem, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from workbook.storage.store import Store

ATTEMPTS = 5
UNDO_STEPS = 50
REMOVED: Final = object()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer.

    ``problem``: it could not be read, and was kept as typed. ``clash``: somebody else answered
    the same question first; theirs stays. ``error``: it is not saved yet, and will be tried again.
    ``clashes`` names every answer, given earlier and not saved until now, that met with a clash.
    """

    path: str
    problem: Problem | None = None
    clash: bool = False
    error: WorkbookError | None = None
    clashes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Change:
    """An answer that is not saved yet, or the text in its place that could not be read."""

    value: object
    unclear: str | None = None


@dataclass(frozen=True, slots=True)
class _Past:
    """What an answer was before a change, what it became, and the unclear text that went."""

    path: str
    before: object
    after: object
    unclear: Mapping[str, str]
    act: int
    """What one act changed is taken back by one undo."""


@dataclass(slots=True)
class _State:
    """What a session is about to save, and the plan as it was last kept."""

    file: PlanFile
    base: PlanFile
    changes: dict[str, _Change] = field(default_factory=dict)
    clashes: set[str] = field(default_factory=set)
    """Answers of ours that gave way to somebody else's, and that nobody was told of yet."""


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
        self._past: list[_Past] = []
        self._acts = 0
        self.failure: WorkbookError | None = None
        """Why the last attempt to save failed, or None when everything is saved."""
        self._findings: tuple[Plan, Mapping[str, str], tuple[Finding, ...]] | None = None
        loaded = self._load(create=create)
        self._state = _State(loaded, base=loaded)

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
        """Call a function whenever the plan has changed; the same one is called once."""
        if listener not in self._listeners:
            self._listeners.append(listener)

    # -- what changes it -------------------------------------------------------------------

    def answer(self, path: str, raw: object) -> Outcome:
        """Take an answer as it was typed, and save it.

        An empty one takes the answer back. One that cannot be read leaves the question
        unanswered and is kept as typed. Raises ContentError for a path that no question has.
        """
        self._acts += 1
        return self._answer(path, raw)

    def _answer(self, path: str, raw: object) -> Outcome:
        _refuse_unasked(path)
        value = read(annotation_of(path), raw)
        if isinstance(value, Problem):
            self._make(path, None, unclear=_as_text(raw))
            return self._save(path, value)
        self._make(path, value)
        return self._save(path)

    def add_record(self, path: str) -> str:
        """Add an empty entry to a list, and save; gives its id.

        Raises ContentError where there is no such list.
        """
        self._acts += 1
        name = secrets.token_hex(4)
        _refuse_unlisted(f"{path}.{name}")
        self._make(f"{path}.{name}", None)
        self._save(path)
        return name

    def remove(self, path: str) -> Outcome:
        """Take an entry out of its list, and save; raises ContentError for any other path."""
        self._acts += 1
        _refuse_unlisted(path)
        self._make(path, REMOVED)
        return self._save(path)

    def apply(self, offer: Offer) -> tuple[Outcome, ...]:
        """Put the answers of an offer in place; an entry that there was not goes with undo."""
        self._acts += 1
        for entry in dict.fromkeys(path.rpartition(".")[0] for path, _ in offer.answers):
            if _is_record(entry) and read_answer(self.plan, entry) is None:
                self._make(entry, None)
        return tuple(self._answer(path, raw) for path, raw in offer.answers)

    def replace(self, plan: Plan, *, unclear: Mapping[str, str] | None = None) -> Outcome:
        """Put another plan in the place of this one, as from a plan file, and save.

        ``unclear`` is the text in that file that could not be read, by the path of its answer.
        """
        self._acts += 1
        kept = self._state.file.unclear
        parts = [
            name
            for name in Plan.model_fields
            if getattr(plan, name) != getattr(self.plan, name) or _within(kept, name)
        ]
        for name in parts:
            self._make(name, getattr(plan, name))
        for path, text in (unclear or {}).items():
            if is_asked_for(path) and read_answer(plan, path) is None:
                self._change(path, None, unclear=text)
        return self._save(parts[0] if parts else "")

    def undo(self) -> str | None:
        """Take back the last change that nobody changed since, and save; its path, or None."""
        first, act = None, 0
        while self._past and (first is None or self._past[-1].act == act):
            past = self._past.pop()
            if read_answer(self.plan, past.path) == past.after:
                first, act = past.path, past.act
                self._take_back(past)
        if first is not None:
            self._save(first)
        return first

    def _take_back(self, past: _Past) -> None:
        self._change(past.path, past.before, unclear=past.unclear.get(past.path))
        for path, text in past.unclear.items():
            if path != past.path:
                self._change(path, None, unclear=text)

    def retry(self) -> Outcome:
        """Try again to save what is not saved yet."""
        return self._save(next(iter(self._state.changes), ""))

    def delete(self) -> None:
        """Delete the plan where it is kept; raises StoreError where that fails."""
        self._store.delete()
        self._state = _State(PlanFile(), base=PlanFile())
        self._past.clear()
        self._tell()

    def refresh(self) -> bool:
        """Read the plan again if somebody else saved it since; gives whether it changed.

        A store that does not answer changes nothing: what is typed meanwhile must not be lost.
        """
        try:
            kept = self._store.revision()
            if kept is None or kept == self._state.file.revision:
                return False
            self._rebase(self._store.load())
        except (StoreError, PlanError):
            return False
        self._tell()
        return True

    # -- inside ----------------------------------------------------------------------------

    def _make(self, path: str, value: object, *, unclear: str | None = None) -> None:
        """Change an answer so that it can be undone."""
        before, typed = read_answer(self.plan, path), _within(self._state.file.unclear, path)
        new = _is_record(path) and before is None
        self._change(path, value, unclear=unclear)
        after = read_answer(self.plan, path)
        if before != after or typed != _within(self._state.file.unclear, path):
            given = REMOVED if new else before
            self._past.append(_Past(path, given, after, typed, self._acts))
            del self._past[:-UNDO_STEPS]

    def _change(self, path: str, value: object, *, unclear: str | None = None) -> None:
        change = _Change(value, unclear)
        self._state.file = _put(self._state.file, path, change)
        self._state.changes.pop(path, None)
        self._state.changes[path] = change

    def _save(self, path: str, problem: Problem | None = None) -> Outcome:
        self.failure = None
        try:
            self._keep()
        except (StoreError, PlanError) as failure:
            self.failure = failure
            self._tell()
            return Outcome(path, problem, error=failure)
        clashes, self._state.clashes = frozenset(self._state.clashes), set()
        self._tell()
        return Outcome(path, problem, clash=path in clashes, clashes=clashes)

    def _keep(self) -> None:
        for _ in range(ATTEMPTS):
            if not self._state.changes:
                return
            try:
                kept = self._store.save(
                    self._state.file, expected_revision=self._state.file.revision, now=self.now
                )
            except PlanChanged:
                self._rebase(self._store.load())
            else:
                self._state.file = self._state.base = kept
                self._state.changes.clear()
                return
        raise PlanChanged

    def _rebase(self, newer: PlanFile) -> None:
        """Make our unsaved changes again on a newer plan, save where both changed an answer."""
        state, file = self._state, newer
        for path, change in list(state.changes.items()):
            if _is_taken(path, change, state.base, newer):
                state.clashes.add(path)
                del state.changes[path]
            else:
                file = _put(file, path, change)
        state.file, state.base = file, newer

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _put(file: PlanFile, path: str, change: _Change) -> PlanFile:
    if change.value is REMOVED:
        plan = remove_record(file.plan, path)
    else:
        plan = replace_answer(file.plan, path, change.value)
    gone = _within(file.unclear, path)
    unclear = {k: v for k, v in file.unclear.items() if k not in gone}
    if change.unclear is not None:
        unclear[path] = change.unclear
    return file.model_copy(update={"plan": plan, "unclear": unclear})


def _is_taken(path: str, change: _Change, base: PlanFile, newer: PlanFile) -> bool:
    """Whether somebody else has answered since, and otherwise than we did."""
    entry = ".".join(path.split(".")[:3])
    if path != entry and read_answer(base.plan, entry) and not read_answer(newer.plan, entry):
        return True
    theirs = read_answer(newer.plan, path), newer.unclear.get(path)
    ours = None if change.value is REMOVED else change.value, change.unclear
    return theirs not in (ours, (read_answer(base.plan, path), base.unclear.get(path)))


def _within(unclear: Mapping[str, str], path: str) -> dict[str, str]:
    """The unclear text at a path and below it."""
    return {k: v for k, v in unclear.items() if k == path or k.startswith(f"{path}.")}


def _refuse_unasked(path: str) -> None:
    asked, given = find_question(path).path.split("."), path.split(".")
    pairs = zip(asked, given, strict=False)
    if len(asked) != len(given) or any(a not in ("*", g) for a, g in pairs):
        raise ContentError(reason=f"no question asks for {path}")


def _refuse_unlisted(path: str) -> None:
    if not _is_record(path):
        raise ContentError(reason=f"no list has an entry {path}")
    _refuse_unasked(path.rpartition(".")[0])
    annotation_of(path)


def may_be_answered(path: str) -> bool:
    """Whether a path is that of an answer, or of an entry in a list."""
    return is_asked_for(path) or (_is_record(path) and is_asked_for(path.rpartition(".")[0]))


def is_asked_for(path: str) -> bool:
    """Whether a question asks for the answer at a path."""
    try:
        _refuse_unasked(path)
        annotation_of(path)
    except ContentError:
        return False
    return True


def _is_record(path: str) -> bool:
    in_list = path.count(".") == 2  # noqa: PLR2004 - step.list.record
    return in_list and not path.startswith(OWN_DEFAULTS)


def _as_text(raw: object) -> str:
    return raw if isinstance(raw, str) else repr(raw)
