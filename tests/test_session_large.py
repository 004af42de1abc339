"""An answer that would make the plan larger than it may be: told, and in nobody's way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from workbook.errors import PlanFull, StoreUnreachable
from workbook.session import Session
from workbook.storage.folder import FileStore

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
HUGE = "word " * 300_000


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A plan that may have 1 MB, with an answer."""
    opened = Session(FileStore(tmp_path / "plan.json", limit_mb=1), clock=lambda: NOW)
    opened.answer("start.name", "Bakery")
    return opened


def test_a_huge_answer_is_refused_and_the_others_are_saved(session: Session) -> None:
    """It says how large the plan would be and what to do; what was saved stays as it was."""
    outcome = session.answer("start.sells", HUGE)
    assert isinstance(outcome.error, PlanFull)
    assert "1.6 MB, and a plan is at most 1 MB" in outcome.error.what
    assert "Make the answer shorter" in outcome.error.next_step
    assert session.is_saved
    assert session.plan.start.sells is None
    assert session.answer("start.people", "3").error is None
    assert session.answer("start.sells", "Bread").error is None
    assert session.store.load().plan.start.sells == "Bread"


def test_what_was_refused_is_no_step_of_undo(session: Session) -> None:
    """Undo takes back the answer before it."""
    session.answer("start.sells", HUGE)
    assert session.undo() == "start.name"


def test_an_answer_that_waits_is_not_dropped_for_another(session: Session) -> None:
    """While the store is away answers wait; a huge one among them is told and takes none along."""
    keep, session.store.save = session.store.save, _fail
    session.answer("start.people", "3")
    session.store.save = keep
    assert isinstance(session.answer("start.sells", HUGE).error, PlanFull)
    assert session.plan.start.people == 3
    assert session.answer("start.sells", "Bread").error is None
    assert session.store.load().plan.start.people == 3


def test_versions_are_not_blamed_for_a_huge_answer(session: Session) -> None:
    """Taking them away would not help."""
    session.name_version("First")
    outcome = session.answer("start.sells", HUGE)
    assert isinstance(outcome.error, PlanFull)
    assert session.is_saved


def _fail(*_: object, **__: object) -> None:
    raise StoreUnreachable
