"""The result of the diagnosis: where to start, all ten causes as a picture, and a second round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.charts.causes import CauseCount, draw
from workbook.checks.progress import measure_progress
from workbook.content import load_step, load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import draw_button, draw_heading, draw_html
from workbook.interface.pictures import write_picture, write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.diagnosis.causes import (
    CAUSES,
    Cause,
    has_checklist,
    has_enough,
    list_good,
    pick_top,
    weigh,
    write_count,
)
from workbook.steps.diagnosis.rounds import begin_round, compare, write_change
from workbook.storage.changes import without
from workbook.wording import write_day

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, then the result."""
    return [*forms, ResultScreen(step, language)]


class ResultScreen(ShownScreen):
    """What stands out, with the mend for this week, and everything else below."""

    def __init__(self, step: Step, language: str) -> None:
        words = load_words(CAUSES, language)["words"]
        named = {**words, "title": words["start_here"]}
        super().__init__(f"{step.id}/result", named, language)
        self.step = step

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - an empty result says so
        """Always."""
        return True

    def draw_body(self, page: Page) -> list[Widget]:
        """Top causes, picture and table, and earlier rounds."""
        plan = page.there.plan
        causes = weigh(plan, language=self.language)
        return self._checklist(causes) if has_checklist(plan) else self._result(page, plan, causes)

    def _checklist(self, causes: tuple[Cause, ...]) -> list[Widget]:
        """What should be in place, by the cause it prevents: nothing was found, so no picture."""
        parts = [
            fill_html("<h3>{title}</h3>{boxes}", title=cause.title, boxes=self._boxes(cause))
            for cause in causes
        ]
        heading = draw_heading(self.words["checklist"], self.words["checklist_lead"])
        return [heading, draw_html(join_html(parts))]

    def _boxes(self, cause: Cause) -> Html:
        items = [
            Html(fill_html("{x}", x=self.words["ready" if ready else "todo"].format(good=good)))
            for good, ready in list_good(cause, self.language)
        ]
        return list_html(items, "wb-checklist")

    def _result(self, page: Page, plan: Plan, causes: tuple[Cause, ...]) -> list[Widget]:
        """What comes first, the picture of all causes, earlier rounds, and the way to another."""
        lead = draw_html(write_paragraphs(self.words["again_lead"], "wb-hint"))
        again = draw_button(self.words["again"], lambda _: self._begin_again(page), name="quiet")
        return [
            *self._first(plan, causes),
            draw_html(self._picture(causes)),
            *self._earlier(plan, causes),
            *([lead, again] if any(cause.asked for cause in causes) else []),
        ]

    def _first(self, plan: Plan, causes: tuple[Cause, ...]) -> list[Widget]:
        top = pick_top(plan, causes)
        if not top:
            found = "nothing" if has_enough(plan) else "too_little"
            heading = draw_heading(self.words[found], self.words[f"{found}_lead"])
            open_path = measure_progress(plan, load_step("diagnosis", self.language)).next_path
            if not open_path or found == "nothing":
                return [heading]
            way = fill_html("<p>{x}</p>", x=write_link(open_path, self.words["too_little_go"]))
            return [heading, draw_html(Html(way))]
        cards = join_html([self._card(cause, at) for at, cause in enumerate(top, 1)])
        heading = draw_heading(self.words["start_here"], self.words["start_here_lead"])
        return [heading, draw_html(Html(fill_html('<ol class="wb-causes">{x}</ol>', x=cards)))]

    def _card(self, cause: Cause, at: int) -> str:
        count = write_count(cause, self.language)
        signs = [Html(fill_html("{x}", x=sign.words)) for sign in cause.signs if sign.is_found]
        return fill_html(
            '<li class="wb-cause"><h3>{at}. {title}</h3><p class="wb-tag">{count}</p>{signs}'
            "<p class='wb-mend'><strong>{mend_label}</strong> {mend}</p>{opens}</li>",
            at=at,
            title=cause.title,
            count=self.words["signs"].format(count=count),
            signs=list_html(signs, "wb-signs"),
            mend_label=self.words["mend"] + ":",
            mend=cause.mend,
            opens=self._name_pages(cause),
        )

    def _name_pages(self, cause: Cause) -> Html:
        """Links to the pages that say more; steps without a page yet are not named."""
        links = [
            fill_html('<a href="{page}.ipynb">{title}</a>', page=opening.page, title=opening.title)
            for opening in cause.opens
            if opening.page
        ]
        if not links:
            return Html("")
        label, pages = self.words["opens"] + ":", join_html(links, ", ")
        line = "<p class='wb-hint'>{label} {pages}</p>"
        return Html(fill_html(line, label=label, pages=pages))

    def _picture(self, causes: tuple[Cause, ...]) -> Html:
        counts = [CauseCount(c.title, c.found, c.open, c.asked, c.partly) for c in causes]
        picture = draw(counts, language=self.language)
        title = fill_html("<h3>{title}</h3>", title=self.words["all"])
        return join_html([title, write_picture(picture, self.words["table"])])

    def _earlier(self, plan: Plan, causes: tuple[Cause, ...]) -> list[Widget]:
        tables = []
        for kept in plan.diagnosis.earlier:
            changes = compare(weigh(plan, kept=kept, language=self.language), causes)
            rows = tuple((c.cause.title, write_change(c, self.language)) for c in changes)
            day = write_day(kept.day, self.language)
            caption = self.words["then_and_now"].format(day=day)
            tables.append(draw_html(write_table(caption, tuple(self.words["round_columns"]), rows)))
        return tables

    def _begin_again(self, page: Page) -> None:
        page.guard(lambda: self._keep_round(page))

    def _keep_round(self, page: Page) -> None:
        session = page.there
        following = begin_round(session.plan, session.now.date())
        outcome = session.replace(following, unclear=without(session.file.unclear, self.step.id))
        if outcome.error is not None:
            raise outcome.error
        page.tell_kept()
        page.show(f"{self.step.id}/{self.step.sections[0].id}")
