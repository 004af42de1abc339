"""Parts of the service are killed while visitors answer: nothing acknowledged is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import SEED, VISITORS, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.server


def test_no_acknowledged_answer_is_lost_whatever_is_killed(tmp_path: Path) -> None:
    """Page, warm parent, database and server, each once; all visitors go on afterwards.

    ``python -m tests.faults`` does it for a minute.
    """
    found = run(0.1, SEED, tmp_path)
    assert len(found.faults) == 6
    assert found.saved > VISITORS
    assert not found.lost
