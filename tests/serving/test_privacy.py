"""The page “What happens to your answers”, where it depends on what the server keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from workbook.serving.handlers import Privacy
from workbook.serving.hosting import list_daily
from workbook.serving.wording import fill_privacy
from workbook.settings import Settings
from workbook.storage.connections import open_database
from workbook.storage.copies import copy_database, list_copies

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("copies", "has_copies", "wanted"),
    [
        (7, False, ["for 7 days", "there again"]),
        (1, True, ["for a day", "there again"]),
        (0, True, ["still sealed copies", "there again"]),
    ],
)
def test_the_privacy_page_tells_of_copies_while_there_are_any(
    copies: int, wanted: list[str], *, has_copies: bool
) -> None:
    """For how long they are kept, and that what was deleted comes back with one."""
    text = fill_privacy(Settings(copies=copies), has_copies=has_copies)
    assert all(part in text for part in wanted)
    assert "{" not in text


def test_without_copies_no_word_is_lost_on_them() -> None:
    """A plan that is deleted is gone at once there."""
    assert "copies of the database" not in fill_privacy(Settings(copies=0))


def test_of_a_database_server_nothing_is_promised() -> None:
    """Its copies are not ours to make or to delete, so the page says who knows of them."""
    text = fill_privacy(Settings(copies=7), is_elsewhere=True)
    assert "7 days" not in text
    assert "may keep sealed copies" in text
    assert "there again" in text


@pytest.mark.parametrize(
    ("store", "wanted"),
    [("postgresql://db.example.com/plans", "may keep sealed"), ("sqlite:///{}/p", "for 7 days")],
)
def test_the_page_knows_where_plans_are_kept(tmp_path: Path, store: str, wanted: str) -> None:
    """What it says of copies follows from the address of the database, which is not asked."""
    assert wanted in Privacy._fill(Settings(store=store.format(tmp_path)))


def test_a_server_without_copies_deletes_those_of_before(tmp_path: Path) -> None:
    """Who switches them off has none from the next start on; what is done each day sees to it."""
    store = f"sqlite:///{tmp_path / 'plans.sqlite3'}"
    with open_database(store, writes=True):
        pass
    copy_database(store, date(2026, 11, 21), keep=7)
    for do in list_daily(Settings(store=store, copies=0), store).values():
        do()
    assert not list_copies(store)
