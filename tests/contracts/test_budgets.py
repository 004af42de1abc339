"""How large things may be, where they lie, what they are called, and that they say what they do."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import MARKED

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "workbook"

LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
TOP_LEVEL = {
    "pyproject.toml", "notebooks", "workbook", "tests", "binder", "README.md",
    "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
}  # fmt: skip
NO_NAMES = {"manager", "helper", "helpers", "utils", "util", "data", "info", "common", "misc"}
#: Folders of one machine, and notes to oneself.
NO_WORDS = re.compile(r"(?<![\w.])/(?:root|home|Users|srv|mnt|work)/\w|\bTODO\b|\bFIXME\b|\bXXX\b")


def _tracked():
    """The files of the repository, those not added yet too."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return sorted(name for name in told.stdout.split("\0") if name and (ROOT / name).is_file())


FILES = _tracked()
MODULES = [name for name in FILES if name.endswith(".py")]
SCRIPTS = [name for name in FILES if name.endswith((".js", ".css"))]
OURS = [name for name in MODULES if name.startswith("workbook/")]
TEXTS = [
    name
    for name in FILES
    if name.endswith(
        (".py", ".toml", ".md", ".js", ".css", ".html", ".j2", ".json", ".ipynb", ".txt")
    )
]


def _read(name):
    return (ROOT / name).read_text(encoding="utf-8")


# -- the rules ----------------------------------------------------------------------------------


def _list_long(source):
    """The functions of a source with more lines than one may have, and how many they have."""
    waiting = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        length = getattr(node, "end_lineno", 0) - getattr(node, "lineno", 0) + 1
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length > LONGEST_FUNCTION:
            yield node, length
        parts = ("body", "orelse", "finalbody", "handlers", "cases")
        waiting += [child for part in parts for child in getattr(node, part, ())]


def find_long_functions(source):
    """The functions of a source that are too long, decorators left out, docstrings left in."""
    return [f"{node.name}: {length} lines" for node, length in _list_long(source)]


def names_in(path):
    """The words of a file's name and folders."""
    return {
        word for part in Path(path).with_suffix("").parts for word in part.strip("_").split("_")
    }


def find_undocumented(source):
    """The public functions, classes and methods without a first sentence, and modules too."""
    tree = ast.parse(source)
    found = [] if _has_sentence(tree) else ["module"]
    for holder, name in _walk_public(tree, ""):
        if not _has_sentence(holder):
            found.append(name)
    return found


def _has_sentence(node):
    text = ast.get_docstring(node)
    first = text.partition("\n\n")[0] if text else ""
    return bool(re.match(r"[^a-z\s]", first)) and first.rstrip(")`”").endswith((".", ":", "."))


def _walk_public(node, prefix):
    for child in ast.iter_child_nodes(node):
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        if not isinstance(child, kinds) or child.name.startswith("_"):
            continue
        yield child, prefix + child.name
        if isinstance(child, ast.ClassDef):
            yield from _walk_public(child, f"{prefix}{child.name}.")


def find_long_tests(source):
    """The functions with too many statements: a sample is one, and a journey is a list of them."""
    return [
        f"{node.name}: {length} statements"
        for node, _ in _list_long(source)
        if (length := sum(isinstance(n, ast.stmt) for n in ast.walk(node)) - 2) > LONGEST_FUNCTION
    ]


# -- the repository keeps to them ---------------------------------------------------------------


@pytest.mark.parametrize("mark", MARKED)
def test_no_test_is_left_out_of_every_group(mark):
    """Each module in a folder that the quick run does not read carries the mark of the folder."""
    modules = sorted((ROOT / "tests" / mark).rglob("test_*.py"))
    assert modules
    for path in modules:
        marked = re.search(r"^pytestmark = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert marked, path
        assert f"pytest.mark.{mark}" in marked[1], path


def test_there_is_something_to_measure():
    """The rules look at all there is."""
    assert len(OURS) > 50
    assert len(MODULES) > len(OURS) + 20
    assert len(SCRIPTS) > 5
    assert len(TEXTS) > 100


@pytest.mark.thorough
def test_functions_are_short():
    """A function fits on a screen; in tests, where samples are long, its statements count."""
    ours = {name: find_long_functions(_read(name)) for name in OURS}
    tests = {name: find_long_tests(_read(name)) for name in MODULES if name not in ours}
    assert _leave_empty_out(ours | tests) == {}


def test_modules_are_short():
    """A module, a script and a style sheet can be read in one go."""
    lengths = {name: len(_read(name).splitlines()) for name in (*OURS, *SCRIPTS)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_files_of_tests_have_names_of_their_own():
    """Those in folders that are no packages are loaded by their name alone."""
    tests = [Path(n) for n in FILES if n.startswith("tests/") and "/test_" in n]
    alone = [path.name for path in tests if not (ROOT / path).with_name("__init__.py").exists()]
    assert sorted(alone) == sorted(set(alone))


def test_top_level_is_as_agreed():
    """Nothing else stands at the top of the repository but files that begin with a dot."""
    top = {name.partition("/")[0] for name in FILES}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_modules_are_named_after_things():
    """No module is called after nothing in particular."""
    assert _leave_empty_out({name: names_in(name) & NO_NAMES for name in MODULES}) == {}


@pytest.mark.thorough
def test_nothing_left_from_the_workshop():
    """No paths of one machine, and no notes to oneself."""
    others = [name for name in TEXTS if name != "tests/contracts/test_budgets.py"]
    assert _leave_empty_out({name: NO_WORDS.findall(_read(name)) for name in others}) == {}


@pytest.mark.thorough
def test_public_things_say_what_they_do():
    """Every module and everything public in it begins with a sentence."""
    assert _leave_empty_out({name: find_undocumented(_read(name)) for name in OURS}) == {}


def _leave_empty_out(found):
    """What was found by the names of files, without those in which nothing was."""
    return {name: lines for name, lines in found.items() if lines}


# -- the rules bite -----------------------------------------------------------------------------


def test_a_long_function_is_seen():
    """One line too many is found, also inside a class."""
    body = "    x = 1\n" * LONGEST_FUNCTION
    assert find_long_functions(f"def f():\n{body}") == ["f: 41 lines"]
    assert find_long_functions("def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1)) == []
    told = "    'What.'\n"
    assert find_long_tests(f"def f():\n{told}{body}") == []
    assert find_long_tests(f"def f():\n{told}{body}    x = 2\n") == ["f: 41 statements"]


@pytest.mark.parametrize(
    "name", ["workbook/utils.py", "workbook/data/x.py", "tests/file_helper.py"]
)
def test_an_empty_name_is_seen(name):
    """A name that says nothing is found in folders and as part of a name."""
    assert names_in(name) & NO_NAMES


@pytest.mark.parametrize(
    "text", ["see /home/somebody/x", "# TODO later", "open('/root/x')", "/Users/somebody/x"]
)
def test_a_leftover_is_seen(text):
    """A path of one machine and a note to oneself are found."""
    assert NO_WORDS.search(text)


@pytest.mark.parametrize(
    "text", ["https://example.com/work", "tests/work/main", "networks/", "/roots"]
)
def test_ordinary_words_are_no_leftovers(text):
    """Addresses and words that only look alike are free."""
    assert not NO_WORDS.search(text)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def f(): pass", ["module", "f"]),
        ("'''What.'''\ndef f():\n    '''no sentence'''", ["f"]),
        ("'''What.'''\nclass A:\n    '''It.'''\n    def b(self): pass", ["A.b"]),
        ("'''What.'''\ndef _f(): pass", []),
        ("'''What it is,\nover two lines.\n\nMore'''", []),
    ],
)
def test_silence_is_seen(source, found):
    """What is public and says nothing is found; what is private may be silent."""
    assert find_undocumented(source) == found
