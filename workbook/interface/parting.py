"""The end of the way: what to take along, when to come back, and the link that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ipywidgets import VBox

from workbook.checks import Severity
from workbook.content import load_step, load_words
from workbook.interface.downloads import DOCUMENTS, give_download, make_document
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.findings import write_link
from workbook.interface.furniture import draw_button, draw_group, draw_heading, draw_html, draw_row
from workbook.interface.making import gather_for
from workbook.plan import Plan
from workbook.steps.start.answers import Route
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipywidgets import Widget

    from workbook.interface.page import Page

_TAKEN: Final = (("strategy", "docx", "main"), ("one_page", "pdf", "quiet"))
"""What most people take along, by document, kind of file, and how its button looks."""
_TAKEN_SHORT: Final = (("one_page", "docx", "main"), ("one_page", "pdf", "quiet"))
"""The same on the short way, which promises a plan on one page."""


class EndScreen:
    """Says what there is to take along, the day to come back, and how."""

    id = "end"

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: Mapping[str, Any] = load_words("interface/finish.toml", language)
        self.title = str(self.words["end"]["title"])
        self._drawn: Plan | None = None

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: it asks for no answer."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - everybody sees it
        """Always."""
        return True

    def refresh(self, page: Page) -> None:
        """Draw it anew when the plan is another one."""
        if page.screen is self and page.there.plan != self._drawn:
            page.redraw(go=False)

    def draw(self, page: Page) -> list[Widget]:
        """Documents, the day, the link, and the way to all tasks."""
        words, self._drawn = self.words["end"], page.there.plan

        def show_documents(_: object) -> None:
            page.guard(lambda: page.show("documents"))

        def leave(_: object) -> None:
            page.guard(lambda: page.desk.tell("go", href="00_start.ipynb#at=tasks"))

        return [
            draw_button(page.words["back"], show_documents, name="back"),
            draw_heading(self.title, self._lead(page)),
            *self._documents(page),
            *self._day(page),
            *self._way_back(page),
            draw_row(draw_button(words["tasks"], leave, name="main")),
        ]

    def _lead(self, page: Page) -> str:
        """How far the plan is, without a reproach."""
        if page.there.plan == Plan():
            return str(self.words["end"]["lead_empty"])
        count = sum(finding.severity is Severity.BLOCK for finding in page.there.findings)
        name = "lead" if not count else "lead_one" if count == 1 else "lead_open"
        return str(self.words["end"][name]).format(count=count)

    def _documents(self, page: Page) -> list[Widget]:
        words, slot = self.words["end"], VBox(_dom_classes=("wb-soon",))
        short = page.there.plan.start.route is Route.SHORT
        taken = _TAKEN_SHORT if short else _TAKEN
        buttons = [self._button(page, wanted, look, slot) for *wanted, look in taken]
        more = '<p><a href="11_finish.ipynb#at=documents">{label}</a></p>'
        return [
            _write_title(words["documents"]),
            draw_row(*buttons),
            slot,
            draw_html(Html(fill_html(more, label=words["all_documents"]))),
        ]

    def _button(self, page: Page, wanted: Sequence[str], look: str, slot: VBox) -> Widget:
        name, kind = wanted
        title = load_words(DOCUMENTS, self.language)[name]["title"]
        label = self.words["documents"]["format"][kind].format(title=title)

        def make(_: object) -> None:
            page.guard(lambda: self._make(page, (name, kind), slot))

        return draw_button(label, make, name=look)

    def _make(self, page: Page, wanted: tuple[str, str], slot: VBox) -> None:
        from workbook.exports import Paper  # noqa: PLC0415 - when one is made

        words = self.words["documents"]["making"]
        make_document(page, words, wanted, slot, gather=lambda: gather_for(page), paper=Paper.A4)

    # -- when ------------------------------------------------------------------------------------

    def _day(self, page: Page) -> list[Widget]:
        from workbook.exports.calendar import find_coming_back  # noqa: PLC0415 - one screen only

        words, plan = self.words["end"], page.there.plan
        coming = find_coming_back(plan, page.there.now.date())
        review = load_step("review", self.language)
        path = "goals.instead_until" if coming.origin == "again" else "review.day"
        text = words["day"][coming.origin].format(
            day=write_day(coming.day, self.language),
            days=(coming.day - page.there.now.date()).days,
            minutes=review.minutes,
        )
        form = "<p>{text} {link}</p>"
        told = fill_html(form, text=text, link=write_link(path, words["other_day"]))
        button = draw_button(
            words["calendar"], lambda _: page.guard(lambda: self._give_calendar(page)), name="quiet"
        )
        hint = write_paragraphs(words["calendar_hint"], "wb-hint")
        return [_write_title(words["when"]), draw_html(Html(told)), button, draw_html(hint)]

    def _give_calendar(self, page: Page) -> None:
        from workbook.exports.calendar import (  # noqa: PLC0415 - when it is asked for
            MEDIA_TYPE,
            SUFFIX,
            write_coming_back,
        )

        plan = page.there.plan
        raw = write_coming_back(plan, page.there.now.date(), language=self.language)
        name = name_file(plan, self.words["end"]["calendar_file"], SUFFIX)
        give_download(page, name, MEDIA_TYPE, raw)

    # -- how -------------------------------------------------------------------------------------

    def _way_back(self, page: Page) -> list[Widget]:
        """The link, which the browser alone knows; or what takes its place."""
        words = self.words["end"]
        title = _write_title(words["how"])
        where = "example" if page.example else "file" if page.file else ""
        where = where or ("demo" if page.visit.demo else "")
        where = where or ("" if page.there.file.revision else "nothing")
        if where:
            text = words["where"][where].format(file=page.file)
            return [title, draw_html(write_paragraphs(text))]
        room = Html('<div class="wb-way-back" data-wb-way-back></div>')
        page.desk.tell("way_back", texts=words["link"])
        head = write_paragraphs(words["link"]["what"])
        return [title, draw_group(draw_html(join_html([head, room])), name="way")]


def _write_title(text: str) -> Widget:
    return draw_html(Html(fill_html("<h3>{x}</h3>", x=text)))
