"""The reference lists what there is: it is made from the code, and nothing is left out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from PIL import Image

from tests.documentation.pages import ASIDE, PAGES, ROOT, all_blocks, read_page
from tests.documentation.scenes import IMAGES, SCENES
from workbook.checks.run import load_checks
from workbook.cli import workbook as program
from workbook.content import load_steps
from workbook.discovery import read_toml, root
from workbook.documentation import facts
from workbook.documentation.rendering import (
    FOLDER,
    escape_markdown,
    fill_in,
    find_binder,
    find_site,
    link_addresses,
    name_anchor,
    read_part,
    read_repository,
    write_cell,
    write_code,
)
from workbook.errors import WorkbookError
from workbook.evidence import load_sources
from workbook.exports import load_formats
from workbook.exports.documents import Switches, load_documents
from workbook.imports.pipeline import load_formats as load_import_formats
from workbook.interface.tasks import sum_minutes
from workbook.platforms import load_platforms
from workbook.settings import Settings
from workbook.steps.start.answers import Route

PLACEHOLDER = "OWNER/REPOSITORY"
WORKFLOW = ROOT / ".github" / "workflows" / "docs.yml"
BUILD = "sphinx-build -W --keep-going workbook/documentation build/documentation"


def _anchors(page: str) -> set[str]:
    return set(re.findall(r"\]\{#([a-z0-9-]+)\}", read_page(page)))


def _named(kind: str, names) -> set[str]:
    return {f"{kind}-{name_anchor(name)}" for name in names}


def _errors(kind=WorkbookError):
    yield kind.id
    for below in kind.__subclasses__():
        if below.__module__.startswith("workbook."):
            yield from _errors(below)


def _defaults():
    for step in load_steps():
        yield from (f"{step.id}-{name}" for name in step.defaults)
    yield from (f"-{name}" for name in read_toml("platforms/defaults.toml"))


def _questions():
    for step in load_steps():
        for question in step.questions.values():
            yield question.path
            yield from (inner.path for inner in question.fields)


@pytest.mark.parametrize(
    ("listing", "kind", "names"),
    [
        ("checks", "check", [check.id for check in load_checks()]),
        ("defaults", "default", list(_defaults())),
        ("documents", "document", list(load_documents())),
        ("documents", "format", list(load_formats())),
        ("errors", "error", list(_errors())),
        ("imports", "import", list(load_import_formats())),
        ("questions", "question", list(_questions())),
        ("settings", "setting", [f"WORKBOOK_{name}" for name in Settings.model_fields]),
        ("sources", "source", list(load_sources())),
    ],
)
def test_the_reference_lists_everything(listing, kind, names):
    """Each thing there is has an entry of its own that can be linked to, and nothing else has."""
    assert names
    found = _anchors(f"reference/{listing}.md")
    assert found >= _named(kind, names)
    if listing not in {"documents", "imports"}:
        assert found == _named(kind, names)


def test_only_formats_stand_among_the_files_to_import():
    """What a file is called that was not told apart is no kind of file."""
    assert {each.id for each in facts.list_imports()}.isdisjoint({"posts", "cases", "unknown"})


def test_minutes_are_told_in_one_way():
    """The sum of the parts that are asked for is the one that the first page tells in hours."""
    parts = list(facts.list_minutes())
    for route in ("short", "full"):
        asked = [getattr(each, route) for each in parts]
        assert None in asked
        assert sum(each or 0 for each in asked) == facts.sum_minutes(route)
    assert sum_minutes(Route.SHORT) < 60 < sum_minutes(Route.FULL)


def test_a_worked_example_tells_where_its_lines_go():
    """What only a test reads in the source is said to whoever reads the page."""
    page = read_page("how-to/add-a-step.md")
    assert "`workbook/steps/pictures/answers.py`:\n\n```python" in page
    assert "Add to `workbook/plan.py`, after the line `conduct: Conduct = Conduct()`:" in page
    assert not re.search(r"<!-- (file|add to|run)", page)


def test_a_check_is_listed_with_all_it_says():
    """Whoever looks one up reads what it finds, what to do, how sure it is and what changes it."""
    page = read_page("reference/checks.md")
    for rule in [
        r for s in (*load_steps(), None) for r in facts.list_rules(s.id if s else "across")
    ]:
        for text in (rule.words.what, rule.words.do, rule.words.sure, rule.words.change):
            assert write_cell(text) in page


def test_places_stand_with_the_day_of_each_fact():
    """A fact about a place is never shown without its day."""
    page = read_page("reference/platforms.md")
    for place in load_platforms().values():
        assert f"## {escape_markdown(place.name)}\n" in page
    rows = [line for line in page.splitlines() if line.startswith("| ") and "fact |" not in line]
    assert len(rows) > 100
    assert [
        row for row in rows if not re.search(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b[^|]*\|$", row)
    ] == []


def test_every_command_stands_with_its_options():
    """The reference tells each command and each option in the words of its help."""
    page = read_page("reference/commands.md")
    told = [below for each in facts.list_commands() for below in (each, *each.below)]
    assert {each.name for each in told} >= {f"workbook {name}" for name in program.commands}
    for command in told:
        assert re.search(rf"^##+ {re.escape(command.name)}$", page, re.MULTILINE)
        assert command.usage in page
        for option in (each for each in command.options if each.text):
            assert write_code(option.name) in page
            assert write_cell(option.text) in page
    prose = {path.stem for path in (FOLDER / "reference" / "_commands").glob("*.md")}
    assert prose <= set(program.commands)


def test_every_public_name_is_described():
    """The page on Python holds each of them."""
    page = read_page("reference/python.md")
    for name in facts.list_public():
        assert re.search(rf":: workbook\.{name}\b", page), name


def test_every_part_that_can_be_left_out_is_named():
    """A switch of the documents stands with the name the command takes."""
    page = read_page("reference/documents.md")
    for name in Switches.model_fields:
        assert f"`{name.replace('_', '-')}`" in page or f"`--{name} " in page


# -- pages ---------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_only_what_there_is(name):
    """What a page takes from the code is there, and no mark of it is left."""
    page = read_page(name)
    assert page.startswith("# ") or page.lstrip().startswith("# ")
    assert not re.search(r"\[[=%]|[=%]\]", page)
    assert "Undefined" not in page
    for setting in re.findall(r"WORKBOOK_[A-Z_]+", page):
        assert setting.removeprefix("WORKBOOK_").lower() in Settings.model_fields, setting


def test_every_block_that_is_not_run_says_why():
    """A command or a line of Python is tried by a test, or the page says why not."""
    blocks = all_blocks("sh", "python")
    assert len([block for block in blocks if block.is_run]) >= 9
    for block in blocks:
        assert block.is_run or len(block.mark.removeprefix(ASIDE)) > 15


@cache
def _all_words() -> str:
    found = [*Path(str(root())).rglob("*.toml"), *(ROOT / "notebooks").glob("*.ipynb")]
    return "\n".join(p.read_text(encoding="utf-8") for p in found)


SAID = {"How did you find us?", "Our world-class team provides innovative solutions!!!"}
WORDS_OF_WORD = {"Heading 1", "Normal"}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_tells_to_press_is_called_so(name):
    """A button, a page or a screen in quotation marks has this name in the app."""
    for quoted in re.findall(r"“([A-Z][^”\n]{2,60})”", PAGES[name].read_text(encoding="utf-8")):
        bare = quoted.rstrip(".,:")
        if bare not in SAID | WORDS_OF_WORD:
            assert bare in _all_words(), quoted


def test_what_is_put_into_a_page_stays_text():
    """Signs that Markdown acts on are escaped; a cell and code are one line."""
    assert escape_markdown("a *b* [c](d) <e> | {f}") == r"a \*b\* \[c\](d) \<e\> \| \{f\}"
    assert escape_markdown("- a\n1. b") == "\\- a\n\\1. b"
    assert write_cell("a\n b") == "a b"
    assert write_code("a|b `c`") == r"``a\|b `c```"
    assert write_code("") == ""
    assert link_addresses("A, https://example.com/a_b; c*") == (
        r"A, [example.com](https://example.com/a_b); c\*"
    )
    assert name_anchor("goals.whys.*.reason") == "goals-whys-reason"
    assert fill_in("[= 'a*b' =]") == r"a\*b"
    with pytest.raises(ValueError, match="not found"):
        read_part("No such heading")


# -- pictures ------------------------------------------------------------------------------------


def test_pictures_are_those_of_the_script_and_small():
    """Each picture is made by the script, is used, is described, and all are under 2 MB."""
    found = {path.stem: path for path in IMAGES.iterdir()}
    assert set(found) == {scene.name for scene in SCENES}
    pages = "\n".join(read_page(name) for name in PAGES)
    for name, path in found.items():
        assert re.search(rf"!\[[^\]]{{15,}}\]\([./]*images/{name}\.png\)", pages), name
        with Image.open(path) as picture:
            assert picture.mode == "P"
            assert picture.width <= (600 if name.endswith("phone") else 1300)
    assert sum(path.stat().st_size for path in found.values()) < 2_000_000


def test_the_script_looks_for_pages_and_screens_that_are_there():
    """A page or a screen that was renamed is noticed before anybody takes pictures."""
    for scene in SCENES:
        assert (ROOT / "notebooks" / f"{scene.page}.ipynb").is_file()
        assert f'"{scene.heading}"' in _all_words()


# -- the address ---------------------------------------------------------------------------------


def test_the_address_stands_in_the_project_alone():
    """Pages, badge and site follow the address in ``pyproject.toml``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    address = project["project"]["urls"]["Repository"]
    assert read_repository() == address
    assert find_site("https://github.com/Some/thing") == "https://some.github.io/thing/"
    assert find_binder("https://github.com/Some/thing").endswith("/gh/Some/thing/HEAD")
    for path in [*FOLDER.rglob("*.md"), *FOLDER.rglob("*.py"), WORKFLOW]:
        text = path.read_text(encoding="utf-8")
        assert PLACEHOLDER not in text
        assert address not in text
    assert address in read_page("index.md")
    assert find_binder(address) in read_page("index.md")


def test_the_readme_leads_to_pages_there_are():
    """Each link from the README into the documentation is to one of its pages, at its address."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    site = find_site(read_repository())
    found = re.findall(r"\]\(https://[^)]*github\.io/[^)]*\)", readme)
    pages = {name.removesuffix(".md") + ".html" for name in PAGES} | {""}
    assert found
    assert {link[2:-1] for link in found} <= {site + page for page in pages}


# -- publishing ----------------------------------------------------------------------------------


def test_the_workflow_builds_as_everybody_does():
    """It installs the extra, takes the pictures anew, builds strictly, and may do no more."""
    flow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert flow["permissions"] == {"contents": "read"}
    assert flow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    steps = [step for job in flow["jobs"].values() for step in job.get("steps", [])]
    commands = "\n".join(step.get("run", "") for step in steps)
    assert BUILD in commands
    assert BUILD in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "python -m tests.documentation.screenshots" in commands
    for step in steps:
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@(v\d+(\.\d+)*|[0-9a-f]{40})", step["uses"])
    upload = next(step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert upload["with"]["path"] == BUILD.rsplit(maxsplit=1)[-1]


def test_a_server_is_set_up_with_options_there_are():
    """The unit and the proxies of the guides name commands, options and ports of ours."""
    recipes = ROOT / "workbook" / "documentation" / "recipes"
    unit = (recipes / "workbook.service").read_text(encoding="utf-8")
    options = {name for param in program.commands["serve"].params for name in param.opts}
    assert set(re.findall(r"--[a-z-]+", unit)) <= options
    port = re.search(r"--port (\d+)", unit)[1]
    for name in ("nginx.conf", "Caddyfile", "apache.conf"):
        proxy = (recipes / name).read_text(encoding="utf-8")
        assert f"127.0.0.1:{port}" in proxy
        assert proxy.count("{") == proxy.count("}")
