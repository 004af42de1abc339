"""Asks the questions of the tree one at a time, with a button for yes and one for no."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from workbook.charts.decision_tree import draw as draw_tree
from workbook.complaint.tree import Walk, load_tree, walk
from workbook.interface.escaping import Html, fill_html, join_html
from workbook.interface.furniture import draw_button, draw_group, draw_html, draw_row, fill_box
from workbook.interface.pictures import write_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

    from workbook.complaint.tree import Node
    from workbook.interface.page import Page


class Asker:
    """The question at hand, and the answers so far; they live as long as the page does.

    ``changed`` is called after every answer, once the next question is shown.
    """

    def __init__(self, name: str, language: str, changed: Callable[[Page], None]) -> None:
        self.name = name
        self.language = language
        self.tree = load_tree(language)
        self.words = self.tree.words
        self.changed = changed
        self.answers: dict[str, bool] = {}
        self._box: Widget | None = None
        self._drawn = 0

    @property
    def way(self) -> Walk:
        """The way so far."""
        return walk(self.answers, self.language)

    def draw(self, page: Page) -> Widget:
        """A place for the questions, with the one at hand."""
        self._box = draw_group(name="asker")
        self.show(page)
        return self._box

    def show(self, page: Page, *, focus: bool = False) -> None:
        """Show the question at hand, or the way once it has come to its end."""
        if self._box is None:
            return
        self._drawn += 1
        mark = f"{page.desk.page}-{self.name}-asked-{self._drawn}"
        node = self.tree.questions.get(self.way.missing)
        parts = self._draw_question(page, node, mark) if node else self._draw_way(page, mark)
        fill_box(self._box, *parts)
        if focus:
            page.desk.tell("result", mark=mark)

    def _draw_question(self, page: Page, node: Node, mark: str) -> list[Widget]:
        asked = fill_html(
            '<h3 data-wb-result="{mark}" tabindex="-1">{ask}</h3><p class="wb-hint">{hint}</p>',
            mark=mark,
            ask=node.ask,
            hint=node.hint,
        )
        why = fill_html(
            '<details class="wb-why"><summary>{label}</summary><p>{why}</p></details>',
            label=self.words["why"],
            why=node.why,
        )
        buttons = [
            draw_button(self.words["yes" if answer else "no"], self._press(page, node, answer))
            for answer in (True, False)
        ]
        return [draw_html(Html(asked)), draw_row(*buttons, *self._back(page)), draw_html(Html(why))]

    def _draw_way(self, page: Page, mark: str) -> list[Widget]:
        way = self.way
        steps = [
            self.words["step"].format(
                short=self.tree.questions[node].short, answer=self.words["yes" if answer else "no"]
            )
            for node, answer in zip(way.path, way.answers, strict=True)
        ]
        told = self.words["way"].format(way=self.words["between"].join(steps))
        head = fill_html(
            '<h3 data-wb-result="{mark}" tabindex="-1">{title}</h3><p class="wb-hint">{told}</p>',
            mark=mark,
            title=self.tree.outcomes[way.outcome].title,
            told=told,
        )
        return [draw_html(Html(head)), draw_row(*self._back(page))]

    def _back(self, page: Page) -> list[Widget]:
        if not self.answers:
            return []
        act = lambda _: page.guard(lambda: self._go_back(page))  # noqa: E731 - what a button calls
        return [draw_button(self.words["back"], act, name="quiet")]

    def _press(self, page: Page, node: Node, answer: bool) -> Callable[[object], None]:  # noqa: FBT001 - it is the answer
        return lambda _: page.guard(lambda: self.give(page, node.id, answer=answer))

    def give(self, page: Page, node: str, *, answer: bool) -> None:
        """Take an answer, and show what comes next."""
        self.answers[node] = answer
        self.show(page, focus=True)
        self.changed(page)

    def _go_back(self, page: Page) -> None:
        way = self.way
        self.answers = dict(zip(way.path[:-1], way.answers[:-1], strict=True))
        self.show(page, focus=True)
        self.changed(page)


@lru_cache(maxsize=64)
def write_way(way: Walk, name: str, language: str) -> Html:
    """The picture of a way, with its table; the same way is drawn once."""
    tree = load_tree(language)
    picture = draw_tree(tree, way, language=language, name=name)
    return write_picture(picture, tree.words["table"])


def fold_way(way: Walk, name: str, language: str) -> Html:
    """The picture of a way, folded away."""
    return Html(
        fill_html(
            "<details><summary>{label}</summary>{picture}</details>",
            label=load_tree(language).words["picture"],
            picture=write_way(way, name, language),
        )
    )


def write_title(text: str) -> Html:
    """A heading within a result."""
    return Html(fill_html("<h4>{x}</h4>", x=text))


def write_lines(lines: list[str]) -> Html:
    """Paragraphs, one for each line."""
    return join_html([fill_html("<p>{x}</p>", x=line) for line in lines])
