"""Everything that can go wrong in the world around the workbook, in one tree.

    WorkbookError
     ├─ PlanError            the plan cannot be used as it is
     │   ├─ NotAPlan            the file is something else
     │   ├─ PlanDamaged         the file or row is broken
     │   ├─ PlanTooNew          a newer workbook wrote it
     │   ├─ PlanTooLarge        larger than a plan can be
     │   │   └─ PlanFull           an answer would make the plan larger than it can be
     │   ├─ PlanMissing         nothing lies where the plan should be
     │   ├─ PlanExists          something lies where a new plan should be made
     │   ├─ LinkIncomplete      the link lost a part of its key
     │   └─ LinkUnknown         no plan is opened by this link
     │       └─ LinkWithdrawn      a link for reading opens no plan any more
     ├─ StoreError           answers cannot be kept or read
     │   ├─ StoreFull           no room is left on the disk
     │   ├─ StoreUnreachable    the database or folder does not answer
     │   ├─ PlanChanged         somebody else saved in between
     │   ├─ PlansTooMany        too many plans were begun from one place lately
     │   └─ CopyUnusable        a copy of the database cannot take its place
     ├─ VersionError         a named version cannot be made or found
     │   ├─ VersionUnknown      no version has this name
     │   ├─ VersionTaken        another version has this name
     │   ├─ VersionUnnamed      a version has no name, or one that is too long
     │   ├─ VersionsFull        there are as many versions as there may be
     │   └─ VersionsTooLarge    the plan with one version more would be too large
     ├─ ExportError          a document cannot be written
     ├─ TemplateUnusable     a company's template for Word cannot be used
     ├─ LookUnusable         a picture or a colour for documents cannot be used
     ├─ PostsUnreadable      a file of posts cannot be opened
     ├─ CaseUnreadable       a complaint case is damaged, too large or something else
     ├─ WishUnreadable       whom a business wants, in what hours, cannot be read from a file
     ├─ PageUnreadable       a web page cannot be opened or fetched at all
     ├─ LinksUnreadable      a list of tagged links, or the page they lead to, cannot be used
     ├─ RoomError            the room of a workshop cannot be used
     │   ├─ to open or join     RoomUnknown, CodeUnknown, RoomsTooMany, CodesGuessed, RoomFull,
     │   │                      SightUnavailable, AgendaTooShort
     │   └─ in it               SeatGone, RoomChanged, AnswerLate, TooFewAnswers, RoundTooAlike,
     │                          NotUndone, PromptRefused
     ├─ ServeError           the app cannot be started
     ├─ SettingError         a setting of whoever runs the workbook cannot be used
     └─ ContentError         a text or shape of ours is wrong: for developers

A user's mistake is no error, it is a Finding or a Problem. What to do stands in ``errors.toml``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import ClassVar


class WorkbookError(Exception):
    """Something outside the plan went wrong; raised with the values that its text names."""

    id: ClassVar[str] = "workbook-error"
    exit_code: ClassVar[int] = 2

    def __init__(self, **values: object) -> None:
        super().__init__(self.id)
        self.values = values

    def __str__(self) -> str:
        """What happened and the next step, in English."""
        return f"{self.what} {self.next_step}"

    @property
    def what(self) -> str:
        """What happened, as one sentence."""
        return _texts()[self.id]["what"].format(**self.values)

    @property
    def next_step(self) -> str:
        """What to do about it, as one sentence."""
        return _texts()[self.id][self.next_name].format(**self.values)

    @property
    def next_name(self) -> str:
        """Which of its texts says what to do next."""
        return "next"


class PlanError(WorkbookError):
    """The plan cannot be used as it is."""

    id = "plan-error"


class NotAPlan(PlanError):
    """The file is something else than a plan."""

    id = "not-a-plan"


class PlanDamaged(PlanError):
    """The plan file or row is broken."""

    id = "plan-damaged"

    @property
    def next_name(self) -> str:
        """The last good copy is named only where there is one."""
        return "next" if self.values.get("copy") else "next-without-copy"


class PlanTooNew(PlanError):
    """A newer version of the workbook wrote this plan."""

    id = "plan-too-new"


class PlanTooLarge(PlanError):
    """The file is larger than a plan can be."""

    id = "plan-too-large"


class PlanFull(PlanTooLarge):
    """An answer would make the plan larger than a plan can be."""

    id = "plan-full"


class PlanMissing(PlanError):
    """Nothing lies where the plan should be."""

    id = "plan-missing"


class PlanExists(PlanError):
    """Something lies where a new plan should be made."""

    id = "plan-exists"


class LinkIncomplete(PlanError):
    """The link lost a part of its key on the way."""

    id = "link-incomplete"


class LinkUnknown(PlanError):
    """No plan is opened by this link: deleted, expired or mistyped."""

    id = "link-unknown"


class LinkWithdrawn(LinkUnknown):
    """A link for reading opens no plan any more: withdrawn, or the plan is gone."""

    id = "link-withdrawn"


class StoreError(WorkbookError):
    """Answers cannot be kept or read."""

    id = "store-error"


class StoreFull(StoreError):
    """No room is left where answers are kept."""

    id = "store-full"


class StoreUnreachable(StoreError):
    """The database or folder does not answer.

    The value ``reason``, where it is known, is for whoever runs the server; visitors read the same
    sentence of every place that does not answer.
    """

    id = "store-unreachable"


class PlanChanged(StoreError):
    """Somebody else saved this plan in between."""

    id = "plan-changed"


class PlansTooMany(StoreError):
    """Too many plans were begun from one place within an hour."""

    id = "plans-too-many"


class CopyUnusable(StoreError):
    """A copy of the database cannot be put in its place."""

    id = "copy-unusable"


class VersionError(WorkbookError):
    """A named version of the plan cannot be made or found."""

    id = "version-error"


class VersionUnknown(VersionError):
    """No version of the plan has this name."""

    id = "version-unknown"


class VersionTaken(VersionError):
    """Another version of the plan has this name."""

    id = "version-taken"


class VersionUnnamed(VersionError):
    """A version has no name, or one that is too long."""

    id = "version-unnamed"


class VersionsFull(VersionError):
    """There are as many versions as there may be."""

    id = "versions-full"


class VersionsTooLarge(VersionError):
    """The plan with one version more would be larger than a plan can be."""

    id = "versions-too-large"


class ExportError(WorkbookError):
    """A document cannot be written."""

    id = "export-error"


class TemplateUnusable(WorkbookError):
    """A company's template for Word cannot be used."""

    id = "template-unusable"


class LookUnusable(WorkbookError):
    """A picture or a colour for documents cannot be used."""

    id = "look-unusable"


class PostsUnreadable(WorkbookError):
    """A file of posts cannot be opened."""

    id = "posts-unreadable"


class CaseUnreadable(WorkbookError):
    """A complaint case is damaged, too large or something else."""

    id = "case-unreadable"


class WishUnreadable(WorkbookError):
    """Whom a business wants, in what hours, cannot be read from a file."""

    id = "wish-unreadable"


class PageUnreadable(WorkbookError):
    """A web page cannot be opened or fetched at all."""

    id = "page-unreadable"


class LinksUnreadable(WorkbookError):
    """A list of tagged links, or the page they are to lead to, cannot be used."""

    id = "links-unreadable"


class RoomError(WorkbookError):
    """The room of a workshop cannot be used.

    ``reason_at`` says where its reason stands, as a file, a table and an entry, so that whoever is
    told can read it in their language.
    """

    id = "room-error"

    def __init__(self, *, reason_at: tuple[str, str, str] | None = None, **values: object) -> None:
        super().__init__(**values)
        self.reason_at = reason_at


class RoomUnknown(RoomError):
    """No room is opened by this facilitator's link: deleted, expired or mistyped."""

    id = "room-unknown"


class CodeUnknown(RoomError):
    """No room is open under this joining code: mistyped, or its time is over."""

    id = "code-unknown"


class RoomsTooMany(RoomError):
    """Too many rooms and plans were begun from one place within an hour."""

    id = "rooms-too-many"


class CodesGuessed(RoomError):
    """Too many wrong codes that begin like this one were tried within the hour."""

    id = "codes-guessed"


class RoomFull(RoomError):
    """Every place in the room is taken."""

    id = "room-full"


class SeatGone(RoomError):
    """A participant is no longer in the room: they left it, or it was put away."""

    id = "seat-gone"


class RoomChanged(RoomError):
    """Another page of a facilitator did something in this room in between."""

    id = "room-changed"


class AnswerLate(RoomError):
    """What everybody answered is shown already, or the question was put away."""

    id = "answer-late"


class TooFewAnswers(RoomError):
    """There are fewer answers than a spread is shown from."""

    id = "too-few-answers"


class RoundTooAlike(RoomError):
    """What was shown before would, beside a new spread, tell what a few people said."""

    id = "round-too-alike"


class NotUndone(RoomError):
    """What happened last in a room cannot be taken back: answers or tellings went with it."""

    id = "not-undone"


class PromptRefused(RoomError):
    """That is not asked in a room of this kind."""

    id = "prompt-refused"


class SightUnavailable(RoomError):
    """A plan that is kept in a file cannot be shown to the facilitator from afar."""

    id = "sight-unavailable"


class AgendaTooShort(RoomError):
    """The parts of an agenda do not fit into so few minutes."""

    id = "agenda-too-short"


class ServeError(WorkbookError):
    """The app cannot be started."""

    id = "serve-error"


class SettingError(WorkbookError):
    """A setting of whoever runs the workbook cannot be used."""

    id = "setting-error"


class ContentError(WorkbookError):
    """A text or a shape of the workbook itself is wrong."""

    id = "content-error"


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("workbook") / "errors.toml").read_text("utf-8"))
