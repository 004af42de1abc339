"""The next ninety days: what happens is shown first, asked for, done as one, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.comparison import compare_plans
from workbook.content import explain_error, load_words
from workbook.errors import VersionsFull, WorkbookError
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.shown import ShownScreen
from workbook.steps.review.answers import Review
from workbook.steps.review.editor_shown import write_open
from workbook.steps.review.next_days import WORDS, begin_next, suggest_name
from workbook.storage.versions import make_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

_LINKS = {"see_goals": "goals.goals", "see_actions": "integration.actions"}


class BeginScreen(ShownScreen):
    """Keeps the plan under a name and writes the next ninety days over it, once it is asked."""

    def __init__(self, language: str) -> None:
        super().__init__("review/begin", load_words(WORDS, language), language)
        self._asked = False
        self._begun = ""

    def show(self, page: Page) -> list[Widget]:
        """What happens, and the button; after it, where to look."""
        plan = page.there.plan
        review = plan.review.model_copy(update={"earlier": (), "next_name": None})
        if review != Review():
            self._begun = ""
            refused = self._refuse(page)
            rest = draw_html(refused) if refused else draw_row(*self._draw_buttons(page))
            return [draw_html(self._write(page)), rest]
        if self._begun:
            return [draw_html(self._write_begun())]
        return [draw_html(write_open(self.words["nothing"], "review.readings", self.words["open"]))]

    def _refuse(self, page: Page) -> Html | None:
        """Why the plan cannot be kept under this name, said before anybody presses."""
        session = page.there
        try:
            make_version(session.file, self._name(page), session.now)
        except VersionsFull as error:
            told = " ".join(explain_error(error, self.language))
            form = '<p class="wb-open">{text} {link}</p>'
            return Html(fill_html(form, text=told, link=self._link_versions()))
        except WorkbookError as error:
            told = " ".join(explain_error(error, self.language))
            return write_open(told, "review.next_name", self.words["rename"])
        return None

    def _link_versions(self) -> Html:
        form = '<a href="12_review.ipynb#at=review/versions">{x}</a>'
        return Html(fill_html(form, x=self.words["see_versions"]))

    def _name(self, page: Page) -> str:
        plan = page.there.plan
        return plan.review.next_name or suggest_name(plan, page.there.now.date(), self.language)

    def _write(self, page: Page) -> Html:
        plan = page.there.plan
        following = begin_next(plan, page.there.now.date(), self.language)
        lines = [self.words["named"].format(name=self._name(page))]
        lines += self._tell_goals(plan, following)
        lines += self._tell_actions(plan, following)
        lines.append(self.words["review"])
        return list_html([Html(fill_html("{x}", x=line)) for line in lines], "wb-plain")

    def _tell_goals(self, plan: Plan, following: Plan) -> Iterator[str]:
        found = [
            each
            for each in compare_plans(plan, following, language=self.language)
            if each.step == "goals"
        ]
        if not found:
            yield self.words["no_goals"]
            return
        yield self.words["goals"]
        for each in found:
            values = {"entry": each.entry, "question": each.question}
            yield self.words["goal"].format(old=each.old, new=each.new, **values)

    def _tell_actions(self, plan: Plan, following: Plan) -> Iterator[str]:
        before = {action.id for action in plan.integration.actions}
        after = {action.id for action in following.integration.actions}
        new = len(after - before)
        form = "no_actions" if not new else "actions_one" if new == 1 else "actions"
        yield self.words[form].format(count=new)
        if before - after:
            yield self.words["done"]

    def _draw_buttons(self, page: Page) -> list[Widget]:
        if not self._asked:
            return [draw_button(self.words["ask"], self._press(page, asked=True), name="main")]
        confirm = draw_button(
            self.words["confirm"], lambda _: page.guard(lambda: self._begin(page)), name="main"
        )
        cancel = draw_button(self.words["cancel"], self._press(page, asked=False), name="quiet")
        return [confirm, cancel]

    def _press(self, page: Page, *, asked: bool):  # type: ignore[no-untyped-def] # noqa: ANN202 - what a button calls
        def ask() -> None:
            self._asked = asked
            page.redraw()

        return lambda _: page.guard(ask)

    def _begin(self, page: Page) -> None:
        session, name = page.there, self._name(page)
        following = begin_next(session.plan, session.now.date(), self.language)
        self._asked = False
        version = session.name_version(name)
        outcome = session.replace(following)
        if outcome.error is not None:
            raise outcome.error
        self._begun = version.name
        page.tell_kept()
        page.redraw()
        page.announce(self.words["begun"].format(name=version.name))

    def _write_begun(self) -> Html:
        begun = write_paragraphs(self.words["begun"].format(name=self._begun), "wb-lead")
        links = [write_link(path, self.words[name]) for name, path in _LINKS.items()]
        return join_html([begun, list_html([*links, self._link_versions()], "wb-plain")])
