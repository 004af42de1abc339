"""The tutorial can be followed: what it says is found follows from the answers it shows."""

from __future__ import annotations

import re

from tests.documentation.pages import PAGES, read_page
from workbook.checks.run import run
from workbook.content import find_question
from workbook.documentation import example
from workbook.interface.fields import to_raw
from workbook.plan import Plan, read_answer

ROOM = 180
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in PAGES.items()}
TUTORIAL = "\n".join(text for name, text in TEXTS.items() if name.startswith("tutorial/"))


def _list_paths():
    """The path of every answer that stands in a table of the tutorial."""
    plan = example.read_example()
    for each in re.findall(r"answers_table\(\[([^\]]+)\]", TUTORIAL):
        yield from re.findall(r'"([^"]+)"', each)
    for path, fields in re.findall(r'entries_table\("([^"]+)", \[([^\]]+)\]', TUTORIAL):
        for entry in read_answer(plan, path):
            yield from (f"{path}.{entry.id}.{name}" for name in re.findall(r'"([^"]+)"', fields))


def _answers():
    plan = example.read_example()
    found = {path: read_answer(plan, path) for path in _list_paths()}
    return {path: value for path, value in found.items() if value is not None}


def test_what_the_tutorial_finds_follows_from_its_tables():
    """Whoever gives the answers that are shown, and no others, is told what the boxes say."""
    answers = _answers()
    assert len(answers) > 80
    plan = Plan().suppose({path: to_raw(value) for path, value in answers.items()})
    found = {finding.id for finding in run(plan, example.read_day())}
    boxes = re.findall(r'finding\("([^"]+)"\)', TUTORIAL)
    assert len(boxes) > 8
    assert [name for name in boxes if name not in found] == []


def test_an_answer_of_the_tutorial_is_shown_whole():
    """Nobody can type what is cut off; a reason may be."""
    cut = [path for path in _answers() if example.answer(path).endswith("…")]
    assert [path for path in cut if find_question(path).kind not in {"long_text", "text"}] == []


def test_the_entries_of_a_list_stand_in_a_table():
    """Each entry has a row with an answer to each question."""
    page = read_page("tutorial/social.md")
    assert re.search(r"^\| [^\n]+ \|\n\|(---\|){6}\n(\| [^\n]+ \|\n){5}\n", page, re.MULTILINE)
