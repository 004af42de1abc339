"""The comparison of servers asks the same of all, and reads what they say rightly."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from serving.__main__ import write_table
from serving.arrivals import COMING, _list_fields
from serving.frameworks import APPS, FRAMEWORKS

from workbook.content import load_step


def test_every_framework_can_be_started_and_visited() -> None:
    """None is left out of a figure without anybody noticing."""
    assert list(FRAMEWORKS) == list(COMING)


@pytest.mark.parametrize("name", ["ours", "stock", "streamlit_page", "panel_page", "solara_page"])
def test_all_pages_ask_the_same_twelve_questions(name: str) -> None:
    """Each page is made of the one list of questions and draws the one chart."""
    tree = ast.parse((APPS / f"{name}.py").read_text(encoding="utf-8"))
    taken = {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "questions"
        for alias in node.names
    }
    assert {"QUESTIONS", "draw_week", "greet"} <= taken


def test_the_questions_are_those_of_the_first_page() -> None:
    """Ours asks what the workbook really asks, with as many to choose from."""
    sys.path.insert(0, str(APPS))
    from questions import QUESTIONS

    sys.path.remove(str(APPS))
    asked = load_step("start").questions
    assert len(QUESTIONS) == 12
    for name, question in QUESTIONS.items():
        real = asked["hours_per_week" if name == "hours" else name]
        assert len(real.options or ()) in (0, len(question.options))


def test_the_fields_of_a_message_are_told_by_their_numbers() -> None:
    """A number, a text and a fixed value are each gone past, however long they are."""
    text = b"x" * 300
    raw = b"\x30\x01" + b"\x2a\xac\x02" + text + b"\x3d\x00\x00\x00\x00" + b"\x5a\x00"
    assert _list_fields(raw) == {6, 5, 7, 11}


def test_the_table_tells_how_many_times_ours_the_others_are() -> None:
    """The ratio stands beside every figure but our own."""
    text = write_table("Visits", {"first visit": {"ours": 500.0, "stock": 2000.0}})
    assert "2000 (4.0)" in text
    assert "500 (" not in text
