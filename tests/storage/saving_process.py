"""Saves one plan again and again, and says each revision once it is kept; to be killed.

Run as ``saving_process.py file PATH`` or ``saving_process.py database ADDRESS KEY``. With
``--lines NAME`` before that, it adds twenty lines of its own to a plan that others change too, and
to the plan of each further key; with ``--answers`` it answers three questions in turn through a
session, as a page does.
"""

from __future__ import annotations

import itertools
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook.storage.store import Store

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
ANSWERED = ("start.name", "goals.aim", "start.sells")
FILLER = "what a business wrote " * 2000


def open_store(kind: str, where: str, *key: str) -> Store:
    """The store the tests name."""
    if kind == "file":
        from workbook.storage.folder import FileStore

        return FileStore(Path(where))
    from workbook.storage.database import DatabaseStore

    return DatabaseStore(where, *key, today=date(2026, 11, 21))


def save_on(store: Store, lines: int | None = None) -> None:
    """Save with the next number in the plan, and print the number when it is kept."""
    from workbook.storage.plan_file import PlanFile

    current = store.load() if store.exists() else PlanFile()
    for _ in range(lines) if lines else itertools.count():
        number = str(current.revision + 1)
        changed = current.model_copy(update={"unclear": {"number": number, "text": FILLER}})
        current = store.save(changed, expected_revision=current.revision, now=NOW)
        print(number, flush=True)  # noqa: T201 - what the test listens to


def add_lines(store: Store, name: str) -> None:
    """Add lines, each made again on the newer plan when somebody else saved in between."""
    from workbook.errors import PlanChanged

    for number in range(20):
        while True:
            current = store.load()
            lines = {**current.unclear, f"{name}.{number}": "x"}
            changed = current.model_copy(update={"unclear": lines})
            try:
                store.save(changed, expected_revision=current.revision, now=NOW)
            except PlanChanged:
                continue
            break


def answer_on(store: Store) -> None:
    """Answer three questions in turn, and say each answer once the session says it is saved."""
    from workbook.session import Session

    session = Session(store, clock=lambda: NOW)
    for number in itertools.count():
        path = ANSWERED[number % len(ANSWERED)]
        outcome = session.answer(path, f"Bakery number {number}")
        if outcome.error or outcome.problem or not session.is_saved:
            raise SystemExit(str(outcome))
        print(f"{path}\t{number}", flush=True)  # noqa: T201 - what the test listens to


if __name__ == "__main__":
    if sys.argv[1] == "--answers":
        answer_on(open_store(*sys.argv[2:]))
    elif sys.argv[1] == "--lines":
        name, kind, where, *keys = sys.argv[2:]
        for each in keys or [None]:
            add_lines(open_store(kind, where, *filter(None, [each])), name)
    else:
        save_on(open_store(*sys.argv[1:]))
