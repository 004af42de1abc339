"""Who may import whom, what may read the clock, and where words may stand: one rule per test.

A new module falls under these rules by its place. Each rule is also fed a bad source, so that
none of them can fall silent.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "workbook"

LAYERS = {
    "values": 0, "records": 0, "errors": 0, "settings": 0, "discovery": 0, "passwords": 0,
    "password_keys": 0, "units": 0, "numerals": 0,
    "platforms": 1, "evidence": 1,
    "plan": 2,
    "content": 3, "wording": 3, "paths": 3, "comparison": 3, "charts": 3, "measurement": 3,
    "audit": 3, "checks": 3,
    "tone": 3, "complaint": 3, "fit": 3, "mix": 3, "actions": 3, "budget": 3,
    "translating": 3,
    "session": 4, "storage": 4, "imports": 4, "exports": 4, "workshop": 4,
    "interface": 5,
    # ``tables`` is a surface for analysts, as ``cli`` is one for the command line
    "": 6, "__main__": 6, "cli": 6, "commands": 6, "calling": 6, "serving": 6,
    "tables": 6, "documentation": 6,
}  # fmt: skip
"""The layer of each module or folder right below ``workbook``; "" is the package itself."""

IN_STEPS = {"": 0, "answers": 1, "checks": 3, "report": 4, "editor": 5}
"""The layer of a module in a step's folder by its name; any other is at home with the checks."""
OTHER_IN_STEP = 3

EVERYWHERE = {"pydantic", "pydantic_core"}
PACKAGES = {
    0: set(),
    1: {"numpy", "scipy"},
    2: set(),
    3: {"matplotlib", "lxml", "ibis", "duckdb", "pandas", "numpy", "pyphen", "phonenumbers",
        "httpcore", "protego", "segno", "crawleruseragents", "dateutil"},
    4: {"pandas", "ibis", "duckdb", "sqlalchemy", "cryptography", "filelock", "babel",
        "docx", "lxml", "openpyxl", "xlrd", "charset_normalizer",
        "yaml", "icalendar", "dateutil", "typst", "matplotlib", "xlsxwriter", "PIL"},
    5: {"ipywidgets", "anywidget", "traitlets", "markdown_it"},
    6: {
        "babel", "prometheus_client", "click", "platformdirs", "pandas",
        "voila", "tornado", "traitlets", "ipykernel", "zmq",
        "jupyter_client", "jupyter_server", "nbclient", "nbconvert", "nbformat",
        "markupsafe", "mistune", "jinja2", "sphinx",
    },
}  # fmt: skip
"""What each layer may use besides the standard library."""

HEAVY = {
    "pandas", "matplotlib", "scipy", "numpy", "docx", "sqlalchemy", "cryptography", "lxml", "babel",
    "ipywidgets", "anywidget", "voila", "tornado", "openpyxl", "xlrd", "charset_normalizer",
    "phonenumbers", "httpcore", "protego", "segno", "duckdb", "ibis", "crawleruseragents",
    "icalendar", "dateutil", "typst", "pymupdf_fonts", "xlsxwriter", "PIL",
}  # fmt: skip
"""Packages that load only when they are used."""
LIGHT = ("workbook", "workbook.calling", "workbook.cli", "workbook.session", "workbook.checks")
"""Modules that load none of them, with each step's checks."""

CLOCK = re.compile(
    r"^(os\.(environ|getenv|environb)|(datetime\.)?datetime\.(now|today|utcnow)|"
    r"(datetime\.)?date\.today|time\.\w+)$"
)
CLOCK_WORDS = re.compile(
    r"environ|getenv|\.\s*(now|today|utcnow)\b|\btime\s*\.|\bimport\s*\(?\s*time\b|\bfrom\s+time\b"
)
"""What stands in the text of a source that the expression above may fit: few are worth reading."""
WITHOUT_WORDS = ("interface", "checks")
"""Folders whose words stand in TOML beside them; so do those of a step's checks and editor."""


@dataclass(frozen=True)
class Import:
    """One imported module: by whom, in which line, and whether loading the importer loads it."""

    source: str
    target: str
    line: int
    at_load: bool


# -- reading the code ---------------------------------------------------------------------------


def _name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


_RECIPES = PACKAGE / "documentation" / "recipes"
"""Settings of other programs, which are shown and tried, and no modules of ours."""
FILES = {_name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != _RECIPES}
NAMES = list(FILES)


def _is_typing(test):
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


_PARTS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where statements stand within another; an expression holds none."""


def _statements(node, *, at_load=True):
    """Every import statement below a node, and whether it runs when the module is loaded."""
    for child in (each for part in _PARTS for each in getattr(node, part, ())):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, at_load
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _statements(child, at_load=False)
        elif isinstance(child, ast.If) and _is_typing(child.test):
            yield from ((s, False) for inner in child.body for s in _imports_in(inner))
            yield from ((s, at_load) for inner in child.orelse for s in _imports_in(inner))
        else:
            yield from _statements(child, at_load=at_load)


def _imports_in(node):
    return [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]


def read_imports(source, name, *, is_package=False):
    """The imports in a module's source; a name from a package counts as the module it may be."""
    found = []
    for statement, at_load in _statements(ast.parse(source)):
        if isinstance(statement, ast.Import):
            targets = [alias.name for alias in statement.names]
        else:
            base = statement.module or ""
            if statement.level:
                here = name.split(".") if is_package else name.split(".")[:-1]
                here = here[: len(here) - statement.level + 1]
                base = ".".join([*here, base] if base else here)
            names = [f"{base}.{alias.name}" for alias in statement.names]
            targets = [n if n in FILES else base for n in names]
        found += [Import(name, t, statement.lineno, at_load) for t in dict.fromkeys(targets)]
    return found


@cache
def list_imports():
    """What each module imports; read when a test first asks, since most processes never do."""
    return {
        name: read_imports(
            path.read_text(encoding="utf-8"), name, is_package=path.stem == "__init__"
        )
        for name, path in FILES.items()
    }


def list_all():
    """Every import there is."""
    return [found for each in list_imports().values() for found in each]


def layer_of(name):
    """The layer of a module of ours by its dotted name."""
    _, top, *rest = [*name.split("."), ""]
    if top == "steps":
        role = rest[1].partition("_")[0] if len(rest) > 1 else ""
        return IN_STEPS.get(role, OTHER_IN_STEP)
    if top not in LAYERS:
        where = "LAYERS in tests/contracts/test_architecture.py and the table in CONTRIBUTING.md"
        pytest.fail(f"{name} has no layer: add “{top}” to {where}")
    return LAYERS[top]


def _step_of(name):
    parts = name.split(".")
    return parts[2] if parts[1:2] == ["steps"] and len(parts) > 2 else ""


def _is_ours(target):
    return target.partition(".")[0] == "workbook"


# -- the rules ----------------------------------------------------------------------------------


def climbs(found):
    """Whether an import of ours goes up."""
    return _is_ours(found.target) and layer_of(found.target) > layer_of(found.source)


def is_foreign(found):
    """Whether an import is of a package that its layer may not use."""
    package = found.target.partition(".")[0]
    if package in sys.stdlib_module_names or package in {"workbook", *EVERYWHERE}:
        return False
    return package not in PACKAGES[layer_of(found.source)]


def crosses_steps(found):
    """Whether a step imports another step."""
    source, target = _step_of(found.source), _step_of(found.target)
    return bool(source and target and source != target)


def find_circles(imports):
    """Circles among modules that load each other, each as a path of names."""
    graph = {}
    for found in imports:
        if found.at_load and _is_ours(found.target) and found.target != found.source:
            graph.setdefault(found.source, set()).add(found.target)
    done, circles = set(), []

    def visit(name, way):
        if name in way:
            circles.append([*way[way.index(name) :], name])
        elif name not in done:
            for following in sorted(graph.get(name, ())):
                visit(following, [*way, name])
            done.add(name)

    for name in sorted(graph):
        visit(name, [])
    return circles


def load_all(name, imports):
    """Every module that is loaded together with one."""
    seen, waiting = set(), [name]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        parent = here.rpartition(".")[0]
        waiting += [parent] if parent.startswith("workbook") and parent in FILES else []
        waiting += [found.target for found in imports.get(here, ()) if found.at_load]
    return seen


def reads_surroundings(source):
    """The places in a source that look at the clock or the environment."""
    if not CLOCK_WORDS.search(source):
        return []
    tree = ast.parse(source)
    found = [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and CLOCK.match(ast.unparse(node))
    ]
    return found + [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in _imports_in(tree)
        if CLOCK.match(f"{getattr(node, 'module', '')}.{node.names[0].name}")
        or node.names[0].name == "time"
    ]


MARKUP = re.compile(r"<[^<>]*>?")
SLOT = re.compile(r"\{[^{}]*\}")
WORD = re.compile(r"[A-Za-z]{2,}")


def is_visible(text):
    """Whether a literal reads like something said to people.

    In a template of HTML that is any word between the tags; elsewhere a capital at the start or
    the end of a sentence, with more than one word.
    """
    bare = SLOT.sub(" ", MARKUP.sub(" ", text)).strip()
    if not WORD.search(bare):
        return False
    if "<" in text:
        return True
    looks_said = re.match(r"“?[A-Z][a-z]", bare) or re.search(r"[a-z”][.!?…:]$", bare)
    return bool(" " in bare and looks_said)


def find_words(source):
    """The literals in a source that people would read.

    Left out are docstrings, log lines, patterns, ``__repr__``, and the samples of fields, which
    are answers.
    """
    tree = ast.parse(source)
    silent = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        logs = isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "re."))
        names_itself = isinstance(node, ast.FunctionDef) and node.name == "__repr__"
        if logs or names_itself or (isinstance(node, ast.keyword) and node.arg == "sample"):
            silent |= {id(n) for n in ast.walk(node)}
        elif isinstance(node, ast.JoinedStr):
            silent |= {id(n) for n in node.values}
    return [
        f"{node.lineno}: {text!r}"
        for node in ast.walk(tree)
        if id(node) not in silent and is_visible(text := _text_of(node))
    ]


def _text_of(node):
    """The text of a literal, with an empty slot for each value of an f-string."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(part) or "{}" for part in node.values)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else ""


def _holds_words_elsewhere(name):
    parts = name.split(".")[1:]
    in_step = parts[:1] == ["steps"] and parts[-1] in {"checks", "editor"}
    return in_step or (bool(parts) and parts[0] in WITHOUT_WORDS)


def _show(found):
    return [f"{f.source}:{f.line} imports {f.target}" for f in found]


# -- the code keeps to them ---------------------------------------------------------------------


def test_there_is_code_to_look_at():
    """The rules look at the whole package."""
    assert len(NAMES) > 50
    assert len(list_all()) > 200
    assert {_step_of(n) for n in NAMES} > {"start", "diagnosis", "goals"}


def test_every_module_has_a_layer():
    """A module has its place in the table of layers."""
    assert {layer_of(name) for name in NAMES} <= set(range(7))


def test_imports_go_down():
    """A module imports from its own layer or from below, inside functions and for types too.

    The package itself loads its public names when they are asked for, whatever their layer.
    """
    assert not _show([f for name in NAMES for f in list_imports()[name] if climbs(f)])


def test_packages_stay_in_their_layer():
    """A layer uses only the packages that are its own."""
    assert not _show([f for name in NAMES for f in list_imports()[name] if is_foreign(f)])


def test_no_step_imports_another():
    """A step refers to another by the path of an answer, never by import."""
    assert not _show([f for f in list_all() if crosses_steps(f)])


def test_modules_load_without_circles():
    """No module needs itself to load."""
    assert not [" → ".join(circle) for circle in find_circles(list_all())]


@pytest.mark.parametrize(
    "name", [*LIGHT, *(n for n in NAMES if n.endswith(".checks") or ".checks.across." in n)]
)
def test_light_modules_load_nothing_heavy(name):
    """Asking for a plan, a session or findings loads no package for pictures, tables or pages."""
    loaded = {target.partition(".")[0] for target in load_all(name, list_imports())}
    assert not loaded & HEAVY


def test_only_the_surface_reads_clock_and_environment():
    """Below the surface the day is an argument, and there is no environment."""
    below = [name for name in NAMES if layer_of(name) < 6]
    found = {name: reads_surroundings(FILES[name].read_text(encoding="utf-8")) for name in below}
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("name", [n for n in NAMES if _holds_words_elsewhere(n)])
def test_words_stand_beside_the_code(name):
    """Pages and checks say nothing of their own: what people read is in TOML and Markdown."""
    assert not find_words(FILES[name].read_text(encoding="utf-8"))


# -- the rules bite -----------------------------------------------------------------------------

IN_FUNCTION = "def f():\n    from workbook.interface.page import Page\n"
FOR_TYPES = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from workbook.session import Session
"""


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("workbook.values", "from workbook.plan import Plan"),
        ("workbook.content", "import workbook.session"),
        ("workbook.session", IN_FUNCTION),
        ("workbook.checks.run", FOR_TYPES),
        ("workbook.steps.goals.answers", "from workbook.steps.goals.checks import x"),
        ("workbook.steps.goals.reading", "from workbook.exports.report import Table"),
        ("workbook.steps.goals.checks", "from .editor import arrange"),
        ("workbook.exports.report", "from workbook import page"),
    ],
)
def test_climbing_is_seen(name, source):
    """An import from a higher layer is found wherever it stands."""
    assert [f for f in read_imports(source, name) if climbs(f)]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("workbook.values", "import pandas as pd"),
        ("workbook.plan", "from sqlalchemy import select"),
        ("workbook.checks.run", "def f():\n    import ipywidgets"),
        ("workbook.interface.page", "import voila.app"),
        ("workbook.steps.start.checks", "import anywidget"),
        ("workbook.cli", "import requests"),
    ],
)
def test_foreign_packages_are_seen(name, source):
    """A package of another layer, or one that nobody allowed, is found."""
    assert [f for f in read_imports(source, name) if is_foreign(f)]


def test_crossing_steps_is_seen():
    """A step that imports another is found; its own modules and the plan are free."""
    source = "from workbook.steps.start.answers import Silence\nfrom workbook.plan import Plan\n"
    found = read_imports(source, "workbook.steps.goals.checks")
    assert [f.target for f in found if crosses_steps(f)] == ["workbook.steps.start.answers"]
    assert not [f for f in read_imports(source, "workbook.steps.start.checks") if crosses_steps(f)]


def test_circles_are_seen():
    """Two modules that load each other are found; one that waits for a call is no circle."""
    one = read_imports("from workbook.values import read", "workbook.errors")
    other = read_imports("import workbook.errors", "workbook.values")
    later = read_imports("def f():\n    import workbook.errors", "workbook.values")
    circle = ["workbook.errors", "workbook.values", "workbook.errors"]
    assert find_circles([*one, *other]) == [circle]
    assert find_circles([*one, *later]) == []


def test_heavy_loads_are_seen_through_others():
    """What a module loads by way of another counts as well."""
    imports = {
        "workbook.session": read_imports("import workbook.charts.rendering", "workbook.session"),
        "workbook.charts.rendering": read_imports("import matplotlib", "workbook.charts.rendering"),
    }
    assert "matplotlib" in load_all("workbook.session", imports)


@pytest.mark.parametrize(
    "source",
    [
        "import os\nx = os.environ['HOME']",
        "from os import environ",
        "import os\nx = os.getenv('HOME')",
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.date.today()",
        "import time\nx = time.monotonic()",
        "from time import perf_counter",
    ],
)
def test_looking_at_the_clock_is_seen(source):
    """Every way to the clock and the environment is found."""
    assert reads_surroundings(source)


def test_dates_are_no_clock():
    """Days and moments that are handed over are free."""
    source = "from datetime import date, datetime\nx = datetime(2027, 1, 1).date() < date.max"
    assert not reads_surroundings(source)


@pytest.mark.parametrize(
    "source",
    [
        "x = 'Your answers are saved'",
        "x = f'Saved {x} times.'",
        "x = '<p>saved</p>'",
        "x = 'nothing is missing.'",
        "x = {'label': 'Go on'}",
    ],
)
def test_words_in_code_are_seen(source):
    """A sentence, a label and a word between tags are found."""
    assert find_words(source)


@pytest.mark.parametrize(
    "source",
    [
        "'''What it does.'''",
        "x = '<p class=\"wb-lead\">{text}</p>'",
        "x = 'wb-row wb-main'",
        "log.error('A page failed: %s', x)",
        "x = 'start.accounts'",
        "x: int = 1\n'''What it counts.'''",
    ],
)
def test_templates_and_keys_are_no_words(source):
    """Docstrings, templates, classes and keys are free."""
    assert not find_words(source)


def test_an_unknown_module_says_where_it_belongs():
    """A new module right below the package fails with the name of the list to add it to."""
    with pytest.raises(pytest.fail.Exception, match="add “gadgets” to LAYERS"):
        layer_of("workbook.gadgets")
