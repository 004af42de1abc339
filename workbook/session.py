"""One editing session: an answer goes in, a new plan and its findings come out, saved at once.

Several sessions may work on one plan. Nothing is overwritten silently: when somebody else saved in
between, changes are made again on the newer plan, and of two changes of one answer, the one that
was saved first stays and ours is handed back as a clash.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.checks import Finding, Offer, run
from workbook.checks.accounts import settle_silence
from workbook.comparison import Difference, compare_plans
from workbook.content import BASE_LANGUAGE
from workbook.errors import (
    LinkUnknown,
    PlanChanged,
    PlanError,
    PlanFull,
    PlanMissing,
    StoreError,
    VersionsTooLarge,
    WorkbookError,
)
from workbook.paths import is_asked_for, is_record, refuse_unasked, refuse_unlisted
from workbook.plan import OwnSeat, Plan, annotation_of, read_answer
from workbook.storage.changes import REMOVED, Change, Past, Unsaved, VersionChange, within
from workbook.storage.guarding import may_keep
from workbook.storage.plan_file import NamedVersion, PlanFile, explain_failure
from workbook.storage.store import refuse_reader
from workbook.storage.versions import (
    add_version,
    drop_version,
    find_version,
    is_kept,
    join_versions,
    make_version,
    name_present,
)
from workbook.values import Problem
from workbook.wording import read_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from workbook.storage.store import Store

ATTEMPTS = 5
UNDO_STEPS = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer.

    ``problem``: it could not be read, and was kept as typed, unless it seems to hold a password.
    ``clash``: somebody else answered the same question first; theirs stays. ``error``: it is not
    saved yet, and will be tried again.
    ``clashes`` names every answer, given earlier and not saved until now, that met with a clash.
    """

    path: str
    problem: Problem | None = None
    clash: bool = False
    error: WorkbookError | None = None
    clashes: frozenset[str] = frozenset()


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
        self.store = store
        """Where the plan is kept."""
        self._clock = clock
        self.language = language
        self._listeners: list[Callable[[], None]] = []
        self._past: list[Past] = []
        self._acts = 0
        self.failure: WorkbookError | None = None
        """Why the last attempt to save failed, or None when everything is saved."""
        self._findings: tuple[Plan, Mapping[str, str], tuple[Finding, ...]] | None = None
        loaded = self._load(create=create)
        self._state = Unsaved(loaded, base=loaded)

    def _load(self, *, create: bool) -> PlanFile:
        try:
            return self.store.load()
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
    def settled(self) -> Plan:
        """The plan as checks see it today: days that are known stand for rough answers."""
        return settle_silence(self.plan, self.now.date())

    @property
    def file(self) -> PlanFile:
        """The plan with its revision, time of saving, versions and unclear answers."""
        return self._state.file

    @property
    def is_saved(self) -> bool:
        """Whether everything that was answered is kept."""
        return not self._state

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
        """Take an answer as it is typed in the session's language, and save it.

        An empty one takes it back; one that cannot be read is kept as typed. Raises ContentError.
        """
        self._acts += 1
        return self._answer(path, raw, self.language)

    def _answer(self, path: str, raw: object, language: str = BASE_LANGUAGE) -> Outcome:
        refuse_unasked(path)
        value = read_typed(annotation_of(path), raw, language)
        if isinstance(value, Problem):
            if not may_keep(path, raw):
                return Outcome(path, value)
            self._make(path, None, unclear=raw if isinstance(raw, str) else repr(raw))
            return self._save(path, value)
        self._make(path, value)
        return self._save(path)

    def add_record(self, path: str) -> str:
        """Add an empty entry to a list, and save; gives its id.

        Raises ContentError where there is no such list.
        """
        self._acts += 1
        name = secrets.token_hex(4)
        refuse_unlisted(f"{path}.{name}")
        self._make(f"{path}.{name}", None)
        self._save(path)
        return name

    def remove(self, path: str) -> Outcome:
        """Take an entry out of its list, and save; raises ContentError for any other path."""
        self._acts += 1
        refuse_unlisted(path)
        self._make(path, REMOVED)
        return self._save(path)

    def apply(self, offer: Offer) -> tuple[Outcome, ...]:
        """Put the answers of an offer in place; an entry that there was not goes with undo."""
        self._acts += 1
        for entry in dict.fromkeys(path.rpartition(".")[0] for path, _ in offer.answers):
            if is_record(entry) and read_answer(self.plan, entry) is None:
                self._make(entry, None)
        return tuple(self._answer(path, raw) for path, raw in offer.answers)

    def replace(self, plan: Plan, *, unclear: Mapping[str, str] | None = None) -> Outcome:
        """Put another plan in the place of this one, and save.

        ``unclear`` is text that could not be read, by path: that of a plan file, or when it is
        not given the text there is, where its answer is still missing.
        """
        self._acts += 1
        kept = self._state.file.unclear
        parts = [
            name
            for name in Plan.model_fields
            if name != "seat"
            if getattr(plan, name) != getattr(self.plan, name) or within(kept, name)
        ]
        for name in parts:
            self._make(name, getattr(plan, name))
        for path, text in (kept if unclear is None else unclear).items():
            if is_asked_for(path) and read_answer(plan, path) is None and may_keep(path, text):
                self._change(path, None, unclear=text)
        return self._save(parts[0] if parts else "")

    def sit(self, seat: OwnSeat | None) -> Outcome:
        """Keep a place in a workshop's room or give it up; nothing else ever changes it."""
        self._change("seat", seat)
        return self._save("seat")

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

    def _take_back(self, past: Past) -> None:
        self._change(past.path, past.before, unclear=past.unclear.get(past.path))
        for path, text in past.unclear.items():
            if path != past.path:
                self._change(path, None, unclear=text)

    def retry(self) -> Outcome:
        """Try again to save what is not saved yet."""
        return self._save(next(iter(self._state.answers), ""))

    def delete(self) -> None:
        """Delete the plan where it is kept; raises StoreError where that fails."""
        self.store.delete()
        self._state = Unsaved(PlanFile(), base=PlanFile())
        self._past.clear()
        self._tell()

    def refresh(self) -> bool:
        """Read the plan again if somebody else saved it since; gives whether it changed.

        A store that does not answer changes nothing: what is typed meanwhile must not be lost.
        """
        try:
            kept = self.store.revision()
            if kept is None or kept == self._state.file.revision:
                return False
            self._state.rebase(self.store.load())
        except (StoreError, PlanError):
            return False
        self._tell()
        return True

    # -- named versions ----------------------------------------------------------------------

    @property
    def versions(self) -> tuple[NamedVersion, ...]:
        """The plan as it was at moments that were given a name, the oldest first."""
        return self._state.file.versions

    def name_version(self, name: str) -> NamedVersion:
        """Keep the plan as it stands under a name, and save.

        Raises VersionUnnamed, VersionTaken, VersionsFull, and VersionsTooLarge where the store
        keeps no plan of that size; then everything is as before.
        """
        version = make_version(self._state.file, name, self.now)
        self._add([version])
        return version

    def compare_versions(self, old: str, new: str = "") -> tuple[Difference, ...]:
        """What differs between two versions, or between one and the plan as it stands.

        Raises VersionUnknown.
        """
        now = self._state.file
        before = find_version(now, old)
        after = find_version(now, new) if new else now
        unclear = before.unclear, after.unclear
        return compare_plans(before.plan, after.plan, unclear=unclear, language=self.language)

    def restore_version(self, name: str) -> Outcome:
        """Put a version in the place of the plan, and save; undo takes it back.

        The plan as it stands is kept first, under a name of its own, unless there is a version
        just like it. Raises VersionUnknown, and what ``name_version`` raises; then nothing is
        changed.
        """
        file = self._state.file
        version = find_version(file, name)
        if not is_kept(file) and (file.plan != Plan() or file.unclear):
            self.name_version(name_present(file, version.name, self.now, self.language))
        outcome = self.replace(version.plan, unclear=version.unclear)
        if isinstance(outcome.error, VersionsTooLarge):
            self.undo()
            raise outcome.error
        return outcome

    def remove_version(self, name: str) -> NamedVersion:
        """Take a version out of the list, and save; it cannot be brought back.

        Raises VersionUnknown.
        """
        refuse_reader(self.store)
        version = find_version(self._state.file, name)
        self._state.file = drop_version(self._state.file, version)
        self._state.versions.append(VersionChange(version, kept=False))
        self._save("")
        return version

    def take_versions(self, versions: Iterable[NamedVersion]) -> None:
        """Keep the versions of another plan file too, under names that are free, and save.

        Raises VersionsFull, VersionsTooLarge; then none of them is kept.
        """
        self._add(join_versions(self._state.file, versions))

    def _add(self, versions: Iterable[NamedVersion]) -> None:
        refuse_reader(self.store)
        state, new = self._state, [VersionChange(version) for version in versions]
        for each in new:
            state.file = add_version(state.file, each.version)
        state.versions += new
        self._save("")
        failure = self.failure
        if isinstance(failure, VersionsTooLarge):
            for each in new:
                state.file = drop_version(state.file, each.version)
                state.versions.remove(each)
            self._save("")
            raise failure

    # -- inside ----------------------------------------------------------------------------

    def _make(self, path: str, value: object, *, unclear: str | None = None) -> None:
        """Change an answer so that it can be undone."""
        before, typed = read_answer(self.plan, path), within(self._state.file.unclear, path)
        new = is_record(path) and before is None
        self._change(path, value, unclear=unclear)
        after = read_answer(self.plan, path)
        if before != after or typed != within(self._state.file.unclear, path):
            self._past.append(Past(path, REMOVED if new else before, after, typed, self._acts))
            del self._past[:-UNDO_STEPS]

    def _change(self, path: str, value: object, *, unclear: str | None = None) -> None:
        refuse_reader(self.store)
        self._state.change(path, Change(value, unclear))

    def _save(self, path: str, problem: Problem | None = None) -> Outcome:
        self.failure = None
        try:
            self._keep()
        except (StoreError, PlanError) as failure:
            error = self.failure = explain_failure(failure, self._state.file)
            self._drop_act()
            self._tell()
            return Outcome(path, problem, error=error)
        clashes, self._state.clashes = frozenset(self._state.clashes), set()
        self._tell()
        return Outcome(path, problem, clash=path in clashes, clashes=clashes)

    def _drop_act(self) -> None:
        """Take back what the last act made too large, unless other answers wait with it."""
        act = {past.path for past in self._past if past.act == self._acts}
        if isinstance(self.failure, PlanFull) and self._state.give_up(act):
            self._past = [past for past in self._past if past.act != self._acts]
            self.failure = None

    def _keep(self) -> None:
        state = self._state
        for _ in range(ATTEMPTS):
            if not state:
                return
            file = state.file
            try:
                kept = self.store.save(file, expected_revision=file.revision, now=self.now)
            except PlanChanged:
                state.rebase(self.store.load())
            else:
                state.settle(kept)
                return
        raise PlanChanged

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
