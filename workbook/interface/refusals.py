"""Answers that were refused because a password seems to stand in them: where, never what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import explain_problem, find_question, load_words
from workbook.interface.furniture import close, draw_errors
from workbook.paths import is_asked_for
from workbook.plan import annotation_of
from workbook.values import Problem
from workbook.wording import read_typed

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.session import Outcome

_PLACE = "password_place"


class Refusals:
    """What a page said of the answers it refused; what was typed is kept nowhere.

    What is refused stands in no plan, so it is the page that has to remember what is to be mended.
    """

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def take(self, page: Page, outcome: Outcome, number: int) -> bool:
        """Tell the browser that an answer was refused, where it was; gives whether it was.

        Args:
            page: The page that heard the answer.
            outcome: What became of it.
            number: The number of the message from the browser.
        """
        path, file = outcome.path, page.there.file
        self._told.pop(path, None)
        if outcome.problem is None or path in file.unclear:
            return False
        question = find_question(path, page.language)
        message = explain_problem(outcome.problem, question, page.language)
        self._told[path] = message
        at = (file.saved_at or page.there.now).isoformat()
        page.desk.tell(
            "refused", number=number, path=path, raw=page.raw(path), message=message, at=at
        )
        return True

    def list_problems(self, page: Page) -> list[tuple[str, str]]:
        """What is to be mended on the screen of a page: what was refused, or cannot be read."""
        found = self.list_open(page)
        for path, raw in page.there.file.unclear.items():
            if page.screen.asks(path) and is_asked_for(path):
                problem = read_typed(annotation_of(path), raw, page.language)
                if isinstance(problem, Problem):
                    question = find_question(path, page.language)
                    found.append((path, explain_problem(problem, question, page.language)))
        return found

    def list_open(self, page: Page) -> list[tuple[str, str]]:
        """What is still to be mended on the screen of a page: the path of each answer, and how.

        Where only a place belongs, the field is empty again, so this is said once.
        """
        found = [(path, told) for path, told in self._told.items() if page.screen.asks(path)]
        for path, _ in found:
            if find_question(path).kind == _PLACE:
                del self._told[path]
        return found


class Summary:
    """What is to be mended, told above a screen until it is mended."""

    def __init__(self) -> None:
        self._problems: list[tuple[str, str]] = []
        self._widget: Widget | None = None

    def tell(self, page: Page, problems: list[tuple[str, str]]) -> Widget | None:
        """Take up what is to be mended on a screen that is drawn; None where there is nothing."""
        self._problems = problems
        self._widget = draw_errors(problems, page.words) if problems else None
        return self._widget

    def mend(self, page: Page, path: str) -> None:
        """Tell no more of an answer that was mended."""
        rest = [(other, told) for other, told in self._problems if other != path]
        old = self._widget
        if old is None or len(rest) == len(self._problems):
            return
        new = self.tell(page, rest)
        kept = [widget for widget in page.body.children if widget is not old]
        page.body.children = (*([new] if new else []), *kept)
        close(old)


def tell_dropped(page: Page) -> None:
    """Say that the plan that was opened held passwords, and that they were not read."""
    dropped = page.there.file.refused
    if dropped:
        words = load_words("interface/words.toml", page.language)["page"]["secrets"]
        subjects = ", ".join(
            find_question(path, page.language).subject for path in map(_name_answer, dropped)
        )
        page.desk.tell(
            "failed", what=words["what"].format(subjects=subjects), next=words["next"], retry=False
        )


def _name_answer(path: str) -> str:
    """The path of an answer in an entry of a list, whichever entry it is."""
    parts = path.split(".")
    return ".".join((*parts[:2], "any", *parts[2:]))
