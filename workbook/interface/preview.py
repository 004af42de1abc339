"""A document on the page before anybody downloads it, in a frame that runs and loads nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ipywidgets import VBox, Widget

from workbook.checks.progress import Status, measure_progress
from workbook.content import load_steps, load_words
from workbook.interface.escaping import Html, fill_html
from workbook.interface.findings import write_link
from workbook.interface.furniture import draw_button, draw_html, draw_row, fill_box
from workbook.interface.making import gather_for, one_at_a_time
from workbook.interface.work import LongWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.exports.documents import Material
    from workbook.interface.page import Page
    from workbook.plan import Plan

_DOCUMENTS: Final = "exports/documents/words.toml"
_ADDRESS: Final = re.compile(r'(<a\b[^>]*?) href="([^"]*)"')
"""The address of a link, in HTML of ours; what a visitor typed holds no bare quotation mark."""


def draw_preview(
    page: Page, document: str, *, gather: Callable[[], Material] | None = None
) -> Preview:
    """A button that shows a document on the page; before a step is finished, what is missing.

    Args:
        page: The page it stands on.
        document: The name of the document.
        gather: What it is made of, when that is not the plan with the usual switches.
    """
    return Preview(page, document, gather or (lambda: gather_for(page)))


class Preview(VBox):  # type: ignore[misc] # ipywidgets has no types
    """One document, shown when it is asked for and made anew when the plan is another one."""

    children: tuple[Widget, ...]

    def __init__(self, page: Page, document: str, gather: Callable[[], Material]) -> None:
        self._page, self._document, self._gather = page, document, gather
        self._words = load_words("interface/preview.toml", page.language)
        self._title = str(load_words(_DOCUMENTS, page.language)[document]["title"])
        self._work: LongWork | None = None
        self._shown: Plan | None = None
        self._frame: Any = None
        self._missing: Html | None = None
        super().__init__(_dom_classes=("wb-preview",))
        self._lay_closed()

    def __repr__(self) -> str:
        """The document it shows."""
        return f"Preview({self._document!r})"

    @property
    def is_open(self) -> bool:
        """Whether the document is shown, or on its way."""
        return self._shown is not None

    def unfold(self, _: object = None) -> None:
        """Make the document and show it."""
        self._page.guard(self._make)

    def shut(self, _: object = None) -> None:
        """Put the document away."""
        self._page.guard(self._lay_closed)

    def refresh(self) -> None:
        """Make a document anew that is shown, when the plan is another one."""
        if not self.is_open:
            if tell_missing(self._page) != self._missing:
                self._page.guard(self._lay_closed)
        elif self._shown is not self._page.there.plan:
            self.unfold()

    def redo(self) -> None:
        """Make a document anew that is shown, when something else was chosen for it."""
        if self.is_open:
            self.unfold()

    def _lay_closed(self) -> None:
        if self._work is not None:
            self._work.stop()
        self._work = self._shown = self._frame = None
        self._missing = tell_missing(self._page)
        show = self._words["show"].format(title=self._title)
        button = draw_button(show, self.unfold, name="quiet")
        self._lay(draw_html(self._missing) if self._missing else button)

    def _make(self) -> None:
        if self._work is not None:
            self._work.stop()
        self._shown = self._page.there.plan
        self._work = LongWork(self._page, self._words["work"])
        if self._frame is None:
            self._lay(self._work.draw())
        self._work.start(one_at_a_time(self._write), self._show, self.shut)

    def _write(self) -> str:
        from workbook.exports.documents import write_document  # noqa: PLC0415 - when asked for

        return write_document(self._document, "html", self._gather()).decode("utf-8")

    def _show(self, text: str) -> None:
        html = write_frame(text, self._words["frame"].format(title=self._title))
        if self._frame is not None:
            self._frame.value = html
            return
        hide = draw_button(self._words["hide"].format(title=self._title), self.shut, name="quiet")
        self._frame = draw_html(html)
        self._lay(draw_row(hide), self._frame)

    def _lay(self, *widgets: Widget) -> None:
        fill_box(self, *widgets)


def write_frame(text: str, title: str) -> Html:
    """A page of ours as a frame that runs no script, loads nothing and leads nowhere.

    A link within the document still leads there: in a frame without an address of its own it has
    to name the frame's, or it would lead to the page around it. Other links are plain text.

    Args:
        text: The whole page as HTML.
        title: What the frame is called for those who do not see it.
    """
    form = '<iframe class="wb-frame" sandbox title="{title}" srcdoc="{text}"></iframe>'
    return Html(fill_html(form, title=title, text=_ADDRESS.sub(_keep_inside, text)))


def _keep_inside(match: re.Match[str]) -> str:
    tag, address = match.groups()
    return f'{tag} href="about:srcdoc{address}"' if address.startswith("#") else tag


def tell_missing(page: Page) -> Html | None:
    """What is missing before there is something to look at; None once a step is finished."""
    plan, findings = page.there.plan, page.there.findings
    steps = load_steps(page.language)
    progress = {step.id: measure_progress(plan, step, findings) for step in steps}
    if any(p.status in (Status.COMPLETED, Status.TO_SETTLE) for p in progress.values()):
        return None
    ahead = [step for step in steps if progress[step.id].next_path]
    begun = [step for step in ahead if progress[step.id].answered]
    nearest = min(
        begun or ahead[:1],
        key=lambda step: progress[step.id].needed - progress[step.id].answered,
    )
    words = load_words("interface/preview.toml", page.language)["missing"]
    said, found = words["begun" if begun else "empty"], progress[nearest.id]
    text = said["text"].format(step=nearest.title, answered=found.answered, needed=found.needed)
    back = page.screen.id if page.name == "finish" else ""
    link = write_link(found.next_path, said["link"].format(step=nearest.title), back=back)
    return Html(fill_html('<p class="wb-hint">{text} {link}</p>', text=text, link=link))
