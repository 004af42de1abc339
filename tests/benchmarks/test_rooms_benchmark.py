"""The benchmark of a room runs, and counts everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmark_rooms import measure

from workbook.workshop import codes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.thorough
def test_everybody_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six people tell and answer in a tenth of a second; each act is timed, and none is lost."""
    monkeypatch.setattr(codes, "_COST", 2**4)
    found = measure(f"sqlite:///{tmp_path}/rooms.sqlite3", 6, 0.1)
    assert {name: len(found[name]) for name in ("join", "tell", "answer", "reveal")} == {
        "join": 6,
        "tell": 6,
        "answer": 6,
        "reveal": 1,
    }
    assert len(found["seen"]) == 6
