"""The complaint tree: ten questions from what somebody wrote to what is done about it.

The tree is in ``tree.toml``. It was learnt from the response assessment of the United States Air
Force [Q1] and asks for safety, law and truth first, as its critics wanted [Q6].
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.complaint.entries import load_entries
from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = "complaint/tree.toml"
NEEDS_ANSWER = "needs_answer"
_NODE_NAMES = ("yes", "no", "marks")
_OUTCOME_NAMES = ("template", "asked", "review")
"""What names another entry, and is the same in every language."""


class Node(Frozen):
    """A question of the tree, with where yes and no lead: to a question or to an outcome."""

    id: str
    ask: str
    hint: str
    why: str
    short: str
    yes: str
    no: str
    marks: str = ""
    """What a yes is remembered as, where both ways lead on."""
    note: str = ""
    """What somebody who goes through it on paper notes then."""

    @property
    def number(self) -> str:
        """Its number, as people see it: 1 to 10."""
        return self.id.removeprefix("n")

    def follow(self, *, answer: bool) -> str:
        """The id of what comes after an answer."""
        return self.yes if answer else self.no


class Outcome(Frozen):
    """What is done: steps, where it is said, when to stop, and the draft it is said with."""

    id: str
    title: str
    lead: str
    steps: tuple[str, ...]
    pattern: str
    stop: str
    floor: int
    """The lowest level of severity, 1 to 4."""
    people: int
    """The lowest level whose people deal with it, 1 to 4."""
    scored: bool
    """Whether the level depends on the seven scores."""
    template: str
    asked: str = ""
    """The draft where something was asked."""
    review: str = ""
    """The draft for a review."""
    short: str


class Tree(Frozen):
    """The questions and the outcomes by their ids, and the question that comes first."""

    first: str
    questions: dict[str, Node]
    outcomes: dict[str, Outcome]
    sources: tuple[str, ...]
    words: dict[str, str]


class Walk(Frozen):
    """A way through the tree as far as the answers reach.

    Either ``outcome`` names where it ends, or ``missing`` the question it waits for; ``path``
    holds the questions in order, the one it waits for not among them.
    """

    path: tuple[str, ...] = ()
    outcome: str = ""
    missing: str = ""
    marks: tuple[str, ...] = ()
    answers: tuple[bool, ...] = ()
    """The answers along the path."""

    @property
    def needs_answer(self) -> bool:
        """Whether something was asked for."""
        return NEEDS_ANSWER in self.marks


@cache
def load_tree(language: str = BASE_LANGUAGE) -> Tree:
    """The tree with its words.

    Raises:
        ValueError: A question leads nowhere, or to one that was asked before.
    """
    nodes = load_entries(WORDS, "questions", _NODE_NAMES, language)
    outcomes = load_entries(WORDS, "outcomes", _OUTCOME_NAMES, language)
    tree = Tree(
        first=read_toml(WORDS)["first"],
        questions={key: Node(id=key, **value) for key, value in nodes.items()},
        outcomes={key: Outcome(id=key, **value) for key, value in outcomes.items()},
        sources=tuple(read_toml(WORDS)["sources"]),
        words=load_words(WORDS, language)["words"],
    )
    order = list(tree.questions)
    for at, node in enumerate(tree.questions.values()):
        for following in (node.yes, node.no):
            later = following in order and order.index(following) > at
            if not later and following not in tree.outcomes:
                raise ValueError(f"{node.id} leads to {following}")
    return tree


def walk(answers: Mapping[str, object], language: str = BASE_LANGUAGE) -> Walk:
    """The way through the tree for answers by the ids of questions.

    Only ``True`` and ``False`` are answers: at anything else the way waits. Answers to questions
    that it does not come by are left aside.
    """
    tree = load_tree(language)
    path: list[str] = []
    marks: list[str] = []
    given: list[bool] = []
    at = tree.first
    while at in tree.questions:
        node, answer = tree.questions[at], answers.get(at)
        if not isinstance(answer, bool):
            break
        path.append(at)
        given.append(answer)
        if answer and node.marks:
            marks.append(node.marks)
        at = node.follow(answer=answer)
    ends = at in tree.outcomes
    return Walk(
        path=tuple(path),
        outcome=at if ends else "",
        missing="" if ends else at,
        marks=tuple(marks),
        answers=tuple(given),
    )
