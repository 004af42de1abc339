"""What holds for every test."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.assertion.rewrite import AssertionRewritingHook
from hypothesis import settings

from tests.postgresql_fixtures import postgresql  # noqa: F401 - a fixture of all tests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

# jsonschema builds 38 grammars when it finds this, a second in every process, for a kind of text
# (addresses in any script) that no schema here has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# Thousands of tests are made at once, and hardly any of it is garbage.
gc.set_threshold(50_000, 20, 100)

# A busy machine is slow, and that is no fault of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")

#: No name leads anywhere: the outside is blocked, as behind a strict firewall. (Playwright's own
#: way to refuse requests switches the browser's cache off.)
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


MARKED = ("browser", "office")
"""Folders in which every test carries the mark of the folder."""


def _is_whole(config: pytest.Config) -> bool:
    """Whether all tests of a mark are run by several workers, and none was named."""
    return config.args == config.getini("testpaths") and bool(config.option.numprocesses)


def pytest_configure(config: pytest.Config) -> None:
    """All at once, tests are read as they stand; named ones are rewritten to tell their values.

    To rewrite thousands of assertions takes each worker nine seconds of a minute.
    """
    if hasattr(config, "workerinput") and config.workerinput["is_whole"]:
        sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, AssertionRewritingHook)]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Each worker learns whether everything is run."""
    node.workerinput["is_whole"] = _is_whole(node.config)


def pytest_collection_finish() -> None:
    """What was collected stays to the end, so no search for garbage need walk through it."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Says how to see more of what failed where little is told."""
    if terminalreporter.stats.get("failed") and _is_whole(config):
        terminalreporter.write_line("A test that is run by its name tells the values it compared.")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whether a folder need not be read, since the mark of all its tests is not wanted."""
    wanted: str = config.option.markexpr
    is_left_out = collection_path.name in MARKED and f"not {collection_path.name}" in wanted
    return True if is_left_out and collection_path.parent.name == "tests" else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; in CI its absence is a failure, elsewhere the test cannot be run."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        message = "There is no Chromium on this machine"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture is drawn each time it is asked for, and none is kept."""
    from workbook.charts import rendering

    monkeypatch.setattr(rendering, "_render_svg", rendering._render_svg.__wrapped__)
    monkeypatch.setattr(rendering, "_render_png", rendering._render_png.__wrapped__)
