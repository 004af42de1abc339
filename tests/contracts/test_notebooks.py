"""Notebooks are pages: a heading, a few sentences, one call, and cells for the analyst."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

import workbook
from workbook.content import load_steps
from workbook.discovery import find_folders

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
MOST_LINES = 10
PAGES_WITHOUT_STEP = {"finish": "11_finish"}
KEPT_OUTPUT = "nbval-check-output"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """A notebook as it is kept."""
    return nbformat.read(request.param, as_version=4)


def _lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def _tags(cell):
    return cell.metadata.get("tags", [])


def _calls(cells):
    """The name of the page in each call of ``page``."""
    trees = [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]
    return [
        node.args[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "page"
    ]


def test_each_page_has_its_notebook():
    """Every page that a step names has a notebook, every notebook is a page."""
    pages = {step.page for step in load_steps()} | set(PAGES_WITHOUT_STEP.values())
    assert {path.stem for path in NOTEBOOKS} == pages


def test_notebook_is_whole(notebook):
    """A notebook is of the newest form, with cells that keep their ids."""
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z-]*", name) for name in ids), "an id says what its cell is"


def test_notebook_is_clean(notebook):
    """Nothing that was run is kept, save output that is compared."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.execution_count is None
            assert cell.outputs == [] or KEPT_OUTPUT in _tags(cell)


def test_notebook_begins_with_why(notebook):
    """First comes one heading with a few sentences; the page's title is its own."""
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert first.source.startswith("# ")
    assert 10 < len(first.source.split()) < 80
    assert notebook.metadata["title"]
    assert notebook.metadata["kernelspec"]["name"] == "python3"


def test_titles_differ():
    """Each page can be told from the others by its title."""
    titles = [nbformat.read(path, as_version=4).metadata["title"] for path in NOTEBOOKS]
    assert len(set(titles)) == len(titles)


def test_notebook_is_thin(notebook):
    """Ten lines of code for the page, ten for each cell of the analyst, and no logic in either."""
    page = [c for c in notebook.cells if c.cell_type == "code" and "lab" not in _tags(c)]
    lab = [c for c in notebook.cells if c.cell_type == "code" and "lab" in _tags(c)]
    assert 0 < sum(len(_lines(cell)) for cell in page) <= MOST_LINES
    assert lab
    for cell in lab:
        assert len(_lines(cell)) <= MOST_LINES
    logic = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    for cell in [*page, *lab]:
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, logic)]


def test_page_is_shown_once(notebook):
    """A notebook shows one page, before the cells of the analyst, which come last."""
    page = [cell for cell in notebook.cells if "lab" not in _tags(cell)]
    assert len(_calls(page)) == 1
    assert _calls(notebook.cells) == _calls(page)
    marks = ["lab" in _tags(cell) for cell in notebook.cells]
    assert marks == sorted(marks)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_page_is_the_one_named(path):
    """The page that is shown is the one its file is named after."""
    (name,) = _calls(nbformat.read(path, as_version=4).cells)
    expected = PAGES_WITHOUT_STEP.get(name) or {s.id: s.page for s in load_steps()}[name]
    assert path.stem == expected
    assert name in PAGES_WITHOUT_STEP or name in find_folders("steps")


def test_only_public_names_are_used(notebook):
    """A notebook takes only the public names of the workbook, and nothing from inside."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "workbook" or {a.name for a in node.names} <= {
                    *workbook.__all__
                }
                assert not node.module.startswith("workbook.")
            elif isinstance(node, ast.Import):
                assert not [a.name for a in node.names if a.name.startswith("workbook.")]
