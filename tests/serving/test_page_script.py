"""The script of pages as a file of the server, and not in the messages of each page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook.interface import desk
from workbook.interface.desk import Desk, name_script, read_script, write_loader
from workbook.serving.bundle import PageScripts

if TYPE_CHECKING:
    import pytest


def test_the_script_has_a_name_of_its_own_which_its_loader_asks_for() -> None:
    """What a page fetches is the script that belongs to it."""
    name = PageScripts().newest
    assert re.fullmatch(r"page-[0-9a-f]{16}\.js", name)
    assert f'"{name}"' in write_loader(read_script())


def test_a_page_of_a_newer_version_finds_its_script_and_an_older_one_still_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The app goes on while the workbook is brought up to date beneath it."""
    scripts = PageScripts()
    before, newer = scripts.newest, "export default {};"
    monkeypatch.setattr("workbook.serving.bundle.read_script", lambda: newer)
    assert scripts.find(name_script(newer)) == newer.encode()
    assert scripts.find(before) == read_script().encode()
    assert scripts.find("page-0000000000000000.js") is None


def test_what_pages_will_ask_for_is_known_whatever_the_files_say_since() -> None:
    """The process they are copied from has read its script, and hands it over."""
    scripts, read = PageScripts(), "export default { was: 1 };"
    scripts.take(read.encode())
    assert scripts.newest == name_script(read)
    assert scripts.find(name_script(read)) == read.encode()


def test_unknown_names_do_not_keep_the_server_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read once a second at most, however many names somebody makes up."""
    now, read = [0.0], []
    scripts = PageScripts(lambda: now[0])
    monkeypatch.setattr(scripts, "read_anew", lambda: read.append(now[0]))
    for now[0] in (0.0, 0.1, 0.9, 1.0, 1.5):
        assert scripts.find("page-0000000000000000.js") is None
    assert read == [0.0, 1.0]


def test_the_desk_carries_the_whole_script_where_no_server_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In JupyterLab nothing is fetched; in the app a page sends two lines."""
    assert Desk(language="en", styled=True)._esm == read_script()
    monkeypatch.setattr(desk.Desk, "loader", write_loader(read_script()))
    assert len(Desk(language="en", styled=False)._esm) < 250
