"""What the tests of workshops have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workbook.storage import connections
from workbook.workshop import codes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def quick_codes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes are stretched a little only, unless a test is about just that."""
    if "full_cost" not in request.fixturenames:
        monkeypatch.setattr(codes, "_COST", 2**4)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here has to survive a power cut, which is proven where plans are kept."""
    quick = tuple(each.replace("FULL", "OFF") for each in connections._PRAGMAS)
    monkeypatch.setattr(connections, "_PRAGMAS", quick)


@pytest.fixture
def full_cost() -> int:
    """What stretching a code costs outside tests."""
    return codes._COST


SERVER = pytest.param("postgresql", marks=pytest.mark.server)


@pytest.fixture(params=["sqlite", SERVER])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database nobody has used yet, of every kind there is."""
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgresql").new_database()
        return found
    return f"sqlite:///{tmp_path}/rooms.sqlite3"
