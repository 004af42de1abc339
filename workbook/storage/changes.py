"""Changes to a plan that is kept: made on the file, and again where it has grown newer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbook.plan import read_answer, remove_record, replace_answer
from workbook.storage.versions import add_again, drop_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.storage.plan_file import NamedVersion, PlanFile

REMOVED: Final = object()


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is not saved yet, or the text in its place that could not be read."""

    value: object
    unclear: str | None = None


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A named version that is to be kept, or to go, and is not saved yet."""

    version: NamedVersion
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    """What an answer was before a change, what it became, and the unclear text that went."""

    path: str
    before: object
    after: object
    unclear: Mapping[str, str]
    act: int
    """What one act changed is taken back by one undo."""


@dataclass(slots=True)
class Unsaved:
    """The plan a session is about to save, and the plan as it was last kept."""

    file: PlanFile
    base: PlanFile
    answers: dict[str, Change] = field(default_factory=dict)
    versions: list[VersionChange] = field(default_factory=list)
    clashes: set[str] = field(default_factory=set)
    """Answers of ours that gave way to somebody else's, and that nobody was told of yet."""

    def __bool__(self) -> bool:
        """Whether anything waits to be saved."""
        return bool(self.answers or self.versions)

    def change(self, path: str, change: Change) -> None:
        """Change an answer; the last change of an answer is the one that counts."""
        self.file = put(self.file, path, change)
        self.answers.pop(path, None)
        self.answers[path] = change

    def settle(self, kept: PlanFile) -> None:
        """All of it was saved."""
        self.file = self.base = kept
        self.answers.clear()
        self.versions.clear()

    def give_up(self, paths: set[str]) -> bool:
        """Go back to what was last kept, where nothing waits but answers at some paths."""
        if self.versions or not paths.issuperset(self.answers):
            return False
        self.file = self.base
        self.answers.clear()
        return True

    def rebase(self, newer: PlanFile) -> None:
        """Make what is unsaved again on a newer plan, save where both changed an answer."""
        file = newer
        for path, change in list(self.answers.items()):
            if _is_taken(path, change, self.base, newer):
                self.clashes.add(path)
                del self.answers[path]
            else:
                file = put(file, path, change)
        for each in self.versions:
            act = add_again if each.kept else drop_version
            file = act(file, each.version)
        self.file, self.base = file, newer


def put(file: PlanFile, path: str, change: Change) -> PlanFile:
    """A plan file with a change made."""
    if change.value is REMOVED:
        plan = remove_record(file.plan, path)
    else:
        plan = replace_answer(file.plan, path, change.value)
    gone = within(file.unclear, path)
    unclear = {k: v for k, v in file.unclear.items() if k not in gone}
    if change.unclear is not None:
        unclear[path] = change.unclear
    return file.model_copy(update={"plan": plan, "unclear": unclear})


def _is_taken(path: str, change: Change, base: PlanFile, newer: PlanFile) -> bool:
    """Whether somebody else has answered since, and otherwise than we did."""
    entry = ".".join(path.split(".")[:3])
    if path != entry and read_answer(base.plan, entry) and not read_answer(newer.plan, entry):
        return True
    theirs = read_answer(newer.plan, path), newer.unclear.get(path)
    ours = None if change.value is REMOVED else change.value, change.unclear
    return theirs not in (ours, (read_answer(base.plan, path), base.unclear.get(path)))


def without(unclear: Mapping[str, str], path: str) -> dict[str, str]:
    """The unclear text that is neither at a path nor below it."""
    gone = within(unclear, path)
    return {at: text for at, text in unclear.items() if at not in gone}


def within(unclear: Mapping[str, str], path: str) -> dict[str, str]:
    """The unclear text at a path and below it."""
    return {k: v for k, v in unclear.items() if k == path or k.startswith(f"{path}.")}
