"""What can go wrong says what happened and what to do next, with every value it names."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from workbook import errors
from workbook.content import explain_error
from workbook.errors import PlanDamaged, WorkbookError

PACKAGE = Path(errors.__file__).parent
TEXTS = tomllib.loads((PACKAGE / "errors.toml").read_text(encoding="utf-8"))


def _tree(kind):
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)


KINDS = {kind.__name__: kind for kind in _tree(WorkbookError)}


def _slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _raised():
    """Every place where an error of ours is made, with the values it is given."""
    named = re.compile(rf"raise (?:\w+\.)?(?:{'|'.join(KINDS)})\b")
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if named.search(source) else ():
            if isinstance(node, ast.Raise) and node.exc is not None:
                call = node.exc if isinstance(node.exc, ast.Call) else None
                name = ast.unparse(call.func if call else node.exc)
                if name in KINDS:
                    given = {keyword.arg for keyword in call.keywords} if call else set()
                    yield pytest.param(name, given, id=f"{path.name}:{node.lineno}")


RAISED = list(_raised())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_error_has_its_words(kind):
    """Each error has a text of its own: what happened, then what to do, as whole sentences."""
    assert KINDS
    words = TEXTS[kind.id]
    assert {"what", "next"} <= set(words)
    for text in words.values():
        assert text.rstrip("}").endswith((".", "}")) or "{" in text[-12:]
    assert [k.id for k in KINDS.values()].count(kind.id) == 1
    assert kind.exit_code == 2


def test_every_text_has_its_error():
    """No text is left of an error that is gone."""
    assert set(TEXTS) == {kind.id for kind in KINDS.values()}


def test_tree_is_drawn_at_the_top():
    """The tree at the top of the module names each error."""
    drawn = errors.__doc__
    assert [name for name in KINDS if name not in drawn] == []


@pytest.mark.parametrize(("name", "given"), RAISED)
def test_error_is_given_what_its_words_name(name, given):
    """Wherever an error is raised, it gets every value that its text names."""
    words = TEXTS[KINDS[name].id]
    named = _slots(words["what"]) | _slots(words["next"])
    named -= {"copy"} if name == "PlanDamaged" else set()
    assert named <= given


def test_errors_are_raised_somewhere():
    """The places above are those of the whole package."""
    assert len(RAISED) > 25


@pytest.mark.parametrize("copy", ["", "plan.last-good.json"])
def test_damaged_plan_names_its_copy_where_there_is_one(copy):
    """The next step is to open the last good copy, and only where there is one."""
    error = PlanDamaged(name="plan.json", reason="cut off", copy=copy)
    assert explain_error(error) == (error.what, error.next_step)
    assert (f"named {copy}" in error.next_step) is bool(copy)
    assert "named ," not in error.next_step


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_page_and_command_line_say_the_same(kind):
    """What a page says of an error is what the command line says."""
    values = {name: "x" for text in TEXTS[kind.id].values() for name in _slots(text)}
    error = kind(**values)
    assert explain_error(error) == (error.what, error.next_step)
    assert str(error) == f"{error.what} {error.next_step}"
    assert "{" not in str(error)
