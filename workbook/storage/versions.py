"""Named versions: the plan as it was at moments the business gave a name to.

They stand in the plan file itself, so that every store keeps them as it keeps the plan, and a
database keeps them encrypted. Nothing here changes the plan that is worked on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.errors import VersionsFull, VersionTaken, VersionUnknown, VersionUnnamed
from workbook.storage.plan_file import NamedVersion, PlanFile, leave_seat
from workbook.values import clean_text
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from workbook.plan import Plan

MOST_VERSIONS = 20
"""A plan of 2 MB with twenty of them would be too large anyway; a year has four quarters."""
LONGEST_NAME = 80
_WORDS = "storage/versions.toml"


def make_version(file: PlanFile, name: str, moment: datetime) -> NamedVersion:
    """The plan as it stands, under a name.

    Raises VersionUnnamed for no name or one that is too long, VersionTaken for one that is used,
    VersionsFull where there are as many versions as there may be.
    """
    plain = clean_name(name)
    if not plain or len(plain) > LONGEST_NAME:
        raise VersionUnnamed(most=LONGEST_NAME)
    if _find(file.versions, plain) is not None:
        raise VersionTaken(name=plain)
    if len(file.versions) >= MOST_VERSIONS:
        raise VersionsFull(most=MOST_VERSIONS)
    plan = leave_seat(file).plan
    return NamedVersion(name=plain, saved_at=moment, plan=plan, unclear=dict(file.unclear))


def find_version(file: PlanFile, name: str) -> NamedVersion:
    """The version of a name, in small or capital letters; raises VersionUnknown."""
    found = _find(file.versions, clean_name(name))
    if found is None:
        raise VersionUnknown(name=clean_name(name)[:LONGEST_NAME])
    return found


def add_version(file: PlanFile, version: NamedVersion) -> PlanFile:
    """A plan file with one version more, at the end."""
    return file.model_copy(update={"versions": (*file.versions, version)})


def keep_beside(file: PlanFile, plan: Plan, before: Plan, name: str) -> PlanFile:
    """A plan file with a plan in it, and the one before it kept under a name, saved when it was."""
    version = NamedVersion(name=name, saved_at=file.saved_at, plan=before)
    return add_version(file.model_copy(update={"plan": plan}), version)


def drop_version(file: PlanFile, version: NamedVersion) -> PlanFile:
    """A plan file without a version; nothing happens where it is gone already."""
    rest = tuple(each for each in file.versions if each != version)
    return file.model_copy(update={"versions": rest})


def add_again(file: PlanFile, version: NamedVersion) -> PlanFile:
    """A version on a plan file that somebody else saved since: kept, if need be under a number."""
    if version in file.versions:
        return file
    name = find_free_name(file, version.name)
    return add_version(file, version.model_copy(update={"name": name}))


def join_versions(file: PlanFile, given: Iterable[NamedVersion]) -> tuple[NamedVersion, ...]:
    """Those of the versions of another plan file that this one lacks, under names that are free.

    Raises VersionsFull where all together are more than there may be.
    """
    joined = file
    for version in given:
        joined = add_again(joined, version)
    new = joined.versions[len(file.versions) :]
    if new and len(joined.versions) > MOST_VERSIONS:
        raise VersionsFull(most=MOST_VERSIONS)
    return new


def name_present(file: PlanFile, name: str, moment: datetime, language: str = BASE_LANGUAGE) -> str:
    """What the plan is called before the version of a name takes its place."""
    words = load_words(_WORDS, language)
    known = words["before"].format(
        name="{name}", day=write_day(moment.date(), language), time=f"{moment:%H:%M}"
    )
    room = LONGEST_NAME - len(known) + len("{name}") - _ROOM_FOR_NUMBER
    shown = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
    return find_free_name(file, known.replace("{name}", shown))


_ROOM_FOR_NUMBER = 5


def find_free_name(file: PlanFile, name: str) -> str:
    """A name that no version has yet, with a number where it is taken."""
    found, number = name, 2
    while _find(file.versions, found) is not None:
        found, number = f"{name[: LONGEST_NAME - _ROOM_FOR_NUMBER]} ({number})", number + 1
    return found


def is_kept(file: PlanFile) -> bool:
    """Whether the plan as it stands is there under a name already."""
    plan = leave_seat(file).plan
    return any(v.plan == plan and v.unclear == file.unclear for v in file.versions)


def clean_name(name: str) -> str:
    """A name in one line, without signs that cannot be seen."""
    return " ".join(clean_text(name).split())


def _find(versions: Iterable[NamedVersion], name: str) -> NamedVersion | None:
    wanted = name.casefold()
    return next((each for each in versions if each.name.casefold() == wanted), None)
