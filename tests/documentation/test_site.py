"""The site as it is built: no dead link, nothing from elsewhere, and its code works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from docx import Document
from lxml import html

from tests.documentation.pages import ROOT, all_blocks, list_blocks, path_of

if TYPE_CHECKING:
    from pathlib import Path

SHIM = '#!/bin/sh\nexec "{}"{} "$@"\n'
LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
RUN_BY_THEMSELVES = ("how-to/add-an-import-format.md", "how-to/translate.md")
PICTURE = ROOT / "workbook" / "documentation" / "images" / "week-phone.png"
CONFIGURED = "from traitlets.config import Config\nget_config = Config\n"

pytestmark = pytest.mark.thorough


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What a command prints; it has to end well."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A folder where the commands are found, and nobody's settings are."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, module in {"workbook": " -m workbook", "python": ""}.items():
        (programs / name).write_text(SHIM.format(sys.executable, module), encoding="utf-8")
        (programs / name).chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WORKBOOK_", "PYTEST"))}
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path / "user")}


# -- links ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """Each page of the site by its path; a warning is a failure."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going"]
    source = ROOT / "workbook" / "documentation"
    run([*command, str(source), str(folder)], ROOT, {**os.environ, "PYTHONPATH": str(ROOT)})
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    assert len(pages) > 30
    assert (folder / "searchindex.js").stat().st_size > 50_000
    found = {name: html.parse(str(path)).getroot() for name, path in pages.items()}
    found[""] = html.fromstring(f"<p>{folder}</p>")
    return found


def check_links(site):
    """Every link within the site leads to a page, and to a part of it, that are there."""
    folder = ROOT / site[""].text_content()
    anchors = {
        name: {*page.xpath("//@id"), *page.xpath("//a/@name")} for name, page in site.items()
    }
    count = 0
    for name, page in site.items():
        for address in page.xpath("//a/@href"):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in {"http", "https"}, address
                continue
            target = (folder / name).parent / unquote(parts.path) if parts.path else folder / name
            count += 1
            assert target.resolve().is_file(), f"{name}: {address}"
            where = target.resolve().relative_to(folder.resolve()).as_posix()
            if parts.fragment and where in anchors:
                assert unquote(parts.fragment) in anchors[where], f"{name}: {address}"
    assert count > 1000


def check_sources(site):
    """No script, style, typeface or picture comes from another server."""
    folder = ROOT / site[""].text_content()
    for name, page in site.items():
        for tag, attribute in LOADED.items():
            for each in page.iter(tag):
                if tag == "link" and each.get("rel") not in {"stylesheet", "icon", "preload"}:
                    continue
                address = each.get(attribute) or ""
                assert not urlsplit(address).netloc, f"{name}: {address}"
    for path in [*folder.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(http" not in text
        assert "url(//" not in text


def check_pictures(site):
    """Whoever cannot see a picture reads what it shows; each page has one heading on top."""
    for name, page in site.items():
        if name in {"", "search.html"}:
            continue
        for picture in page.iter("img"):
            assert len(picture.get("alt", "")) > 10, name
        assert len(page.xpath("//h1")) == 1, name


def test_the_site_is_sound(site):
    """It builds without a warning; no link is dead, nothing comes from elsewhere, pictures speak.

    One test, so that the site is built once however many programs share the tests.
    """
    check_links(site)
    check_sources(site)
    check_pictures(site)


# -- code ----------------------------------------------------------------------------------------


def _pages_with_commands():
    found = defaultdict(list)
    for block in all_blocks("sh"):
        if block.is_run and block.page not in RUN_BY_THEMSELVES:
            found[block.page].append(block)
    assert found
    return found.items()


def test_the_commands_of_a_page_work_in_their_turn(tmp_path, environment):
    """They are typed one after another in an empty folder; each succeeds."""
    for page, blocks in _pages_with_commands():
        folder = tmp_path / page.replace("/", "-")
        folder.mkdir()
        Document().save(folder / "their.docx")
        shutil.copy(PICTURE, folder / "logo.png")
        for block in blocks:
            run(["/bin/sh", "-ec", block.text], folder, environment)
        assert len([path for path in folder.iterdir() if path.suffix]) > 2


def _python():
    blocks = [b for b in all_blocks("python") if b.is_run and b.mark in ("", "run with PostgreSQL")]
    return [pytest.param(b, id=f"{b.page}-{n}") for n, b in enumerate(blocks) if not b.mark]


@pytest.mark.parametrize("block", _python())
def test_the_lines_of_python_work(block, tmp_path, environment):
    """Each stands alone; what a server reads as its settings is read as such."""
    run([sys.executable, "-W", "error", "-c", CONFIGURED + block.text], tmp_path, environment)


@pytest.mark.server
def test_umami_is_counted_in_its_own_database(tmp_path, environment, postgresql):
    """The lines of the guide count the visits in a table as Umami keeps it."""
    (block,) = [b for b in all_blocks("python") if b.mark == "run with PostgreSQL"]
    row = (
        "'{0}', '{0}', '2026-09-01 12:00+00', '/services/taps', 'instagram', '', '', '', '', '', "
        "'', '', 1, '', 'example.com'"
    ).format("00000000-0000-4000-8000-000000000001")
    shape = (
        "session_id uuid, visit_id uuid, created_at timestamptz, url_path text, utm_source text, "
        "utm_medium text, utm_campaign text, referrer_domain text, fbclid text, ttclid text, "
        "li_fat_id text, twclid text, event_type int, event_name text, hostname text"
    )
    import psycopg

    with psycopg.connect(postgresql.new_database(), autocommit=True) as connection:
        connection.execute(f"CREATE TABLE website_event ({shape})")
        connection.execute(f"INSERT INTO website_event VALUES ({row})")
        at = connection.info
        where = (at.host, at.user, at.dbname)
    named = dict(zip(("UMAMI_HOST", "UMAMI_USER", "UMAMI_DATABASE"), where, strict=True))
    told = run([sys.executable, "-c", block.text], tmp_path, {**environment, **named})
    assert told.split() == ["2026-09-01", "instagram", "1", "1", "0", "0"]


@pytest.fixture
def copy(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A copy of the repository to add something to; commands use it."""
    folder = tmp_path / "copy"
    left = shutil.ignore_patterns("__pycache__", "documentation", "plan*.json.lock")
    shutil.copytree(ROOT / "workbook", folder / "workbook", ignore=left)
    (folder / "tests" / "samples").mkdir(parents=True)
    needed = ("__init__.py", "conftest.py", "postgresql_fixtures.py")
    for name in (*needed, "contracts", "samples/imports"):
        source = ROOT / "tests" / name
        copied = shutil.copytree if source.is_dir() else shutil.copy
        copied(source, folder / "tests" / name)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "pyproject.toml", folder)
    environment["PYTHONPATH"] = str(folder)
    return folder


def put_in(copy: Path, page: str) -> None:
    """Do with the files of a copy what a page says."""
    for block in list_blocks(page):
        if path := path_of(block):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_text(block.text, encoding="utf-8")
        elif block.mark.startswith("add to: "):
            path, _, line = block.mark.removeprefix("add to: ").partition(" after ")
            text = (copy / path).read_text(encoding="utf-8")
            assert f"\n{line}\n" in text
            changed = text.replace(f"\n{line}\n", f"\n{line}\n{block.text}")
            (copy / path).write_text(changed, encoding="utf-8")


def type_in(copy: Path, page: str, environment: dict[str, str]) -> str:
    """Type the commands of a page in a copy; gives what they print."""
    blocks = [block for block in list_blocks(page, "sh") if block.is_run]
    assert blocks
    return "".join(run(["/bin/sh", "-ec", b.text], copy, environment) for b in blocks)


def test_a_format_is_added_as_the_guide_says(copy, environment):
    """Its hours are read from the made-up file, and the contracts hold for it too."""
    page = "how-to/add-an-import-format.md"
    put_in(copy, page)
    told = type_in(copy, page, environment)
    assert "a timesheet of your own" in told
    assert "has hours and no visits" in told
    assert "[100%]" in told


def test_a_translation_is_made_as_the_guide_says(copy, environment):
    """The words that are translated are used, and English stays where nothing is said."""
    page = "how-to/translate.md"
    put_in(copy, page)
    type_in(copy, page, environment)
    written = (copy / "worksheets.md").read_text(encoding="utf-8")
    assert "Warum, und Ziele" in written
    assert "What misses the mark" in written
