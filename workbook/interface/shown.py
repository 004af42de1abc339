"""A screen that shows what answers come to and asks for none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.interface.furniture import draw_button, draw_heading, draw_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan


class ShownScreen:
    """Back, a heading, what there is to see, and the way on; it asks for no answer.

    ``words`` has at least “title” and “lead”; ``path`` is the id of the screen.
    """

    def __init__(self, path: str, words: Mapping[str, Any], language: str) -> None:
        self.id = path
        self.language = language
        self.words: Any = words
        self.title = str(words["title"])

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: it shows what the answers come to."""
        return False

    def is_shown(self, plan: Plan) -> bool:
        """On the full route, which asks for all it is made of."""
        return plan.start.route != "short"

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open."""

    def draw(self, page: Page) -> list[Widget]:
        """The whole screen."""
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            *self.draw_body(page),
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def draw_body(self, page: Page) -> list[Widget]:
        """Between the way back and the way on: the heading, and what there is to see."""
        return [draw_heading(self.title, self.words["lead"]), *self.show(page)]

    def show(self, page: Page) -> list[Widget]:
        """What there is to see."""
        raise NotImplementedError
