"""Brings plans of older versions up to date: one module for each change of the plan's shape.

A module is named ``vNNNN_what_changed``: it reads version NNNN and makes the next one. It has
one function, ``migrate(document) -> document``, where a document is a dictionary with ``plan``
(the steps' answers) and ``unclear`` (what could not be read, by path). It is called for the plan
itself and for every named version in the file, so it never needs to know of those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbook.discovery import load_modules
from workbook.errors import ContentError

Document = dict[str, Any]
Migration = Callable[[Document], Document]


def find_migrations() -> dict[int, Migration]:
    """Every migration by the version it reads, from 1 on without a gap.

    Raises ContentError when a number is missing or stands there twice.
    """
    modules = load_modules("storage/migrations")
    return order_migrations({name: module.migrate for name, module in modules.items()})


def order_migrations(named: Mapping[str, Migration]) -> dict[int, Migration]:
    """Migrations by the version they read, from their modules' names.

    Raises ContentError when a name has another form or the numbers have a gap.
    """
    found: dict[int, Migration] = {}
    for name, migration in sorted(named.items()):
        number = name[1:5]
        if not (name.startswith("v") and number.isdigit() and name[5:6] == "_"):
            raise ContentError(reason=f"{name} is not named vNNNN_what_changed")
        found[int(number)] = migration
    if list(found) != list(range(1, len(named) + 1)):
        raise ContentError(reason=f"plan migrations are not numbered 1, 2, 3 …: {sorted(named)}")
    return found


def newest_version() -> int:
    """The version of plan that this workbook writes."""
    return len(find_migrations()) + 1


def migrate(document: Document, migrations: Mapping[int, Migration] | None = None) -> Document:
    """The whole plan file, brought to the newest version; the one handed in may be used up.

    What a migration raises on a document that does not have the older shape passes through.
    """
    steps = find_migrations() if migrations is None else migrations
    for version in range(document["version"], len(steps) + 1):
        document = _apply(steps[version], document)
        document["version"] = version + 1
    return document


def _apply(migration: Migration, document: Document) -> Document:
    """One migration on the plan in a file and on each of its named versions."""
    moved = migration({"plan": document.get("plan", {}), "unclear": document.get("unclear", {})})
    versions = [_apply_to_version(migration, each) for each in document.get("versions", [])]
    changed = {"plan": moved["plan"], "unclear": moved["unclear"], "versions": versions}
    return {**document, **changed}


def _apply_to_version(migration: Migration, version: Document) -> Document:
    moved = migration({"plan": version["plan"], "unclear": version.get("unclear", {})})
    unclear = {"unclear": moved["unclear"]} if moved["unclear"] else {}
    return {**version, "plan": moved["plan"], **unclear}
