"""Notebooks are pages: a heading, a few sentences, one call, and cells for the analyst."""

from __future__ import annotations

import ast
import configparser
import re
from datetime import date
from pathlib import Path

import nbformat
import pytest

import workbook
from tests.exports.sample_plans import PLANS
from workbook.content import load_steps
from workbook.discovery import find_folders
from workbook.plan import Plan
from workbook.storage.example import read_demo

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
MOST_LINES = 10
PAGES_WITHOUT_STEP = {"finish": "11_finish", "facilitator": "facilitator"}
KEPT_OUTPUT = "nbval-check-output"
SANITIZE = Path(__file__).parents[1] / "notebooks" / "sanitize.cfg"


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
    """Nothing that was run is kept, save output that is compared; nothing else is noted."""
    assert set(notebook.metadata) == {"kernelspec", "language_info", "title"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}
        if cell.cell_type == "code" and KEPT_OUTPUT not in _tags(cell):
            assert (cell.execution_count, cell.outputs) == (None, [])


def test_kept_output_can_be_compared(notebook):
    """What the analyst sees is kept for a code host; nbval compares only cells with a number."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        if KEPT_OUTPUT in _tags(cell):
            assert cell.execution_count == number
            (output,) = cell.outputs
            assert set(output.data) in ({"text/plain", "text/html"}, {"text/plain", "image/png"})


def test_notebook_looks_closer(notebook):
    """Each has answers or findings as tables, a chart with its numbers, and one “what if”."""
    lab = {cell.id: cell for cell in notebook.cells if "lab" in _tags(cell)}
    assert {"closer", "findings", "chart", "numbers", "what-if-lead", "what-if"} <= set(lab)
    assert "example=True" in "".join(cell.source for cell in lab.values())
    assert "suppose(" in lab["what-if"].source
    assert "image/png" in lab["chart"].outputs[0].data
    assert lab["chart"].outputs[0].metadata["image/png"]["alt"]
    assert [c for c in lab.values() if c.cell_type == "code" and KEPT_OUTPUT in _tags(c)][1:]


def test_kept_outputs_are_small():
    """A clone and a page do not carry megabytes of pictures."""
    assert sum(path.stat().st_size for path in NOTEBOOKS) < 1_000_000


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


DAYS = (date(2026, 12, 31), date(2027, 8, 2), date(2029, 2, 28))


def _run_lab(notebook, opened):
    """Every cell of the analyst with what it shows; ``opened`` stands for the plan file."""
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and "lab" in _tags(cell):
            source = cell.source.replace("open_plan(example=True)", "opened")
            *lines, last = ast.parse(source).body
            names["opened"] = opened
            exec(compile(ast.Module(lines, []), cell.id, "exec"), names)
            yield cell, eval(compile(ast.Expression(last.value), cell.id, "eval"), names)


def _without_days(text):
    """A text without what moves with the day it is looked at."""
    rules = configparser.ConfigParser(interpolation=None)
    rules.read(SANITIZE, encoding="utf-8")
    for name in rules.sections():
        text = re.sub(rules[name]["regex"], rules[name]["replace"], text)
    return text


@pytest.mark.thorough
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_kept_outputs_hold_on_any_day(notebook, today, monkeypatch):
    """The example's days move, and nothing else in what a notebook shows does."""
    for module in ("calling", "tables"):
        monkeypatch.setattr(f"workbook.{module}.read_today", lambda: today)
    for cell, shown in _run_lab(notebook, read_demo(today).plan):
        if KEPT_OUTPUT not in _tags(cell):
            continue
        kept = cell.outputs[0].data
        said = shown._repr_html_() if "text/html" in kept else repr(shown)
        same = kept["text/html" if "text/html" in kept else "text/plain"]
        assert _without_days(said).strip() == _without_days(same).strip(), cell.id


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["empty", "begun", "very_long"])
def test_cells_run_on_any_plan(notebook, name):
    """However little or much is answered, a cell of the analyst never ends in an error."""
    begun = Plan().suppose({"start.hours_per_week": 3, "goals.goals.mine.target": 12})
    plan = {"empty": Plan(), "begun": begun, "very_long": PLANS["very_long"]()}[name]
    for _, shown in _run_lab(notebook, plan):
        assert shown is not None


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
