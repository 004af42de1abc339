"""A server for all tests that only ask it things."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from serving_fixtures import Served, run_server, write_pages

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the warm parent, as visitors meet it."""
    folder = tmp_path_factory.mktemp("served")
    settings = {"operator": "A <b>bakery</b>", "store": f"sqlite:///{folder}/plans.sqlite3"}
    with run_server(write_pages(folder), folder / "log", **settings) as running:
        yield running
