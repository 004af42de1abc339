"""A changed file is noticed, and the next page comes from a parent that has read it."""

from __future__ import annotations

import asyncio
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from workbook.serving.environment import reduce_environment
from workbook.serving.freshness import Freshness
from workbook.serving.kernels import PageKernels
from workbook.serving.warm import WarmParent

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package of two files."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "code.py").write_text("a = 1")
    (tmp_path / "inner" / "words.toml").write_text("a = 1")
    return tmp_path


@pytest.mark.parametrize("name", ["code.py", "inner/words.toml", "new.py", "inner/00_start.ipynb"])
def test_a_changed_or_new_file_is_noticed_once(folder: Path, name: str) -> None:
    """Code, words and notebooks count, in every folder below."""
    fresh = Freshness([folder])
    assert not fresh.has_changed()
    (folder / name).write_text("a = 2 # changed")
    assert fresh.has_changed()
    assert not fresh.has_changed()


def test_a_file_that_is_taken_away_is_noticed(folder: Path) -> None:
    """What pages may not read any more is a change too."""
    fresh = Freshness([folder])
    (folder / "code.py").unlink()
    assert fresh.has_changed()


@pytest.mark.parametrize("name", ["plan.json", ".code.py.swp", "__pycache__/code.py", "notes.txt"])
def test_plans_and_leftovers_change_nothing(folder: Path, name: str) -> None:
    """A plan beside the notebooks is saved all the time."""
    fresh = Freshness([folder])
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("{}")
    assert not fresh.has_changed()


def test_folders_are_looked_at_once_a_second(folder: Path) -> None:
    """Fifty pages that open at once do not look fifty times."""
    now = [0.0]
    fresh = Freshness([folder], lambda: now[0])
    assert not fresh.is_due
    now[0] = 1.0
    assert fresh.is_due
    fresh.has_changed()
    assert not fresh.is_due


def test_a_change_renews_the_parent_before_the_next_page(folder: Path) -> None:
    """Pages that open meanwhile wait for the new one, which is started once."""
    now, renewed = [0.0], []

    async def renew() -> None:
        await asyncio.sleep(0)
        renewed.append("renewed")

    async def open_three() -> list[int]:
        kernels = PageKernels()
        kernels.freshness = Freshness([folder], lambda: now[0])
        kernels.warm_parent = SimpleNamespace(renew=renew)
        counts = []
        for text in ("", "a = 2", ""):
            now[0] += 1
            if text:
                (folder / "code.py").write_text(text * 2)
            await asyncio.gather(*(kernels._renew_parent() for _ in range(3)))
            counts.append(len(renewed))
        return counts

    assert asyncio.run(open_three()) == [0, 1, 1]


@pytest.mark.server
@pytest.mark.skipif(not WarmParent.is_possible(), reason="this system has no fork by handle")
def test_a_renewed_parent_is_another_process() -> None:
    """The old one ends at once."""

    async def renew() -> tuple[int | None, int | None]:
        warm = WarmParent(reduce_environment(os.environ))
        warm.start()
        first = warm.pid
        await warm.renew()
        second = warm.pid
        warm.stop()
        return first, second

    first, second = asyncio.run(renew())
    assert first != second
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
