"""The questions of the tree and the scores, as benches ask them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbook.charts.decision_tree import draw as draw_tree
from workbook.complaint.severity import load_scores
from workbook.complaint.tree import load_tree, walk
from workbook.content import Option, Question
from workbook.interface.bench import make_question
from workbook.interface.pictures import write_picture
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.complaint.tree import Walk
    from workbook.interface.escaping import Html


def ask_nodes(bench: str, language: str) -> tuple[Question, ...]:
    """The ten questions, each with yes and no."""
    return tuple(
        make_question(
            bench,
            node.id,
            {
                "kind": "yes_no",
                "label": node.ask,
                "hint": node.hint,
                "why": node.why,
                "subject": node.id,
            },
            language,
        )
        for node in load_tree(language).questions.values()
    )


def ask_scores(bench: str, language: str) -> tuple[Question, ...]:
    """The seven scores, each with words for 0, 1 and 2."""
    return tuple(
        Question(
            id=score.id,
            path=f"{bench}/{score.id}",
            kind="choice",
            label=score.ask,
            hint=score.hint,
            why="",
            subject=score.id,
            options=tuple(
                Option(value=str(value), label=label) for value, label in enumerate(score.options)
            ),
        )
        for score in load_scores(language).values()
    )


def read_answers(given: Mapping[str, Any], language: str) -> dict[str, bool]:
    """The answers to the ten questions as the tree takes them."""
    return {
        node: given[node] == YesNo.YES
        for node in load_tree(language).questions
        if given.get(node) in (YesNo.YES, YesNo.NO)
    }


def read_scores(given: Mapping[str, Any], language: str) -> dict[str, int]:
    """The scores that were given."""
    return {name: int(given[name]) for name in load_scores(language) if given.get(name)}


@lru_cache(maxsize=64)
def write_way(way: Walk, name: str, label: str, language: str) -> Html:
    """The picture of a way, with its table; the same way is drawn once."""
    picture = draw_tree(load_tree(language), way, language=language, name=name)
    return write_picture(picture, label)


def walk_given(given: Mapping[str, Any], language: str) -> Walk:
    """The way so far."""
    return walk(read_answers(given, language), language)


def asks_on(way: Walk) -> set[str]:
    """The questions on a way, and the one it waits for."""
    return {*way.path, *([way.missing] if way.missing else [])}
