"""What is proposed for the list: from which answer, how sure, and one click to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.actions import propose_actions, take
from workbook.content import default_of, load_words
from workbook.fit.phrases import write_hours
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import write_link
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_heading,
    draw_html,
    draw_row,
)
from workbook.steps.integration.listing import STEP, budget_of, list_open
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipywidgets import Widget

    from workbook.actions import ProposedAction
    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

WORDS = "steps/integration/editor.toml"
MOST_SHOWN = 20
LONG_LABEL = 44
_FOUND = ("decide", "cause", "mend", "look")
"""Kinds of actions of which a finding says what is wrong."""


def change_actions(page: Page, actions: tuple[Action, ...], focus: str = "") -> None:
    """Put the list in place as a whole, saved and undone as one."""
    session = page.there
    changed = session.plan.integration.model_copy(update={"actions": actions})
    outcome = session.replace(session.plan.model_copy(update={STEP: changed}))
    if outcome.error is not None:
        raise outcome.error
    page.tell_kept()
    page.redraw(focus=focus)


class ProposalsScreen:
    """The proposed actions, what matters most first."""

    def __init__(self, language: str) -> None:
        self.id = f"{STEP}/proposals"
        self.language = language
        self.words: Any = load_words(WORDS, language)["proposals"]
        self.title = str(self.words["title"])

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: it proposes."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - everybody may have a list
        """Always, on the short way too."""
        return True

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open; taking one draws it anew."""

    def draw(self, page: Page) -> list[Widget]:
        """How many hours it takes, all with one click, and each with its reasons."""
        page.fields = {}
        proposals = self._propose(page)
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self.words["lead"]),
            draw_html(self._sum_up(page.there.plan, proposals)),
            *self._draw_all(page, proposals),
            *(self._draw_one(page, proposal) for proposal in proposals[:MOST_SHOWN]),
            *self._draw_more(len(proposals) - MOST_SHOWN),
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def _propose(self, page: Page) -> tuple[ProposedAction, ...]:
        session = page.there
        day = session.now.date()
        return propose_actions(session.plan, session.findings, day, self.language)

    # -- in sum ----------------------------------------------------------------------------

    def _sum_up(self, plan: Plan, proposals: Sequence[ProposedAction]) -> Html:
        if not proposals:
            return write_paragraphs(self.words["nothing"])
        return write_paragraphs("\n\n".join(self._list_sums(plan, proposals)))

    def _list_sums(self, plan: Plan, proposals: Sequence[ProposedAction]) -> Iterator[str]:
        budget, count = budget_of(plan), len(proposals)
        needed = write_hours(sum(p.hours for p in proposals), self.language)
        if budget.all is None or budget.weekly is None:
            a_week = write_number(default_of(plan, "start.todos_a_week"))
            yield self.words["unknown"].format(count=count, needed=needed, a_week=a_week)
        else:
            yield self.words["fits_one" if count == 1 else "fits"].format(
                count=count,
                needed=needed,
                available=write_hours(round(budget.all), self.language),
                days=budget.days,
                share=write_number(budget.share),
                weekly=write_hours(budget.weekly, self.language),
            )
        if kept := sum(action.hours or 0 for action in list_open(plan)):
            yield self.words["listed"].format(needed=write_hours(kept, self.language))
        yield self.words["defaults"]
        if left := sum(p.due is None for p in proposals):
            form = self.words["over_one" if left == 1 else "over"]
            yield form.format(count=left, days=budget.days)

    # -- taking them -----------------------------------------------------------------------

    def _draw_all(self, page: Page, proposals: Sequence[ProposedAction]) -> list[Widget]:
        fitting = [proposal for proposal in proposals if proposal.due is not None]
        if not fitting:
            return []
        form = "take_all" if len(fitting) == len(proposals) else "take_fitting"
        label = self.words[form].format(count=len(fitting))
        return [draw_row(self._draw_take(page, label, {p.id for p in fitting}, "main"))]

    def _draw_take(self, page: Page, label: str, names: set[str], look: str) -> Widget:
        def act() -> None:
            wanted = [p for p in self._propose(page) if p.id in names]
            plan = page.there.plan
            change_actions(page, take(plan, wanted))
            count = len(page.there.plan.integration.actions)
            page.announce(self.words["taken"].format(count=count))

        return draw_button(label, lambda _: page.guard(act), name=look)

    def _draw_one(self, page: Page, proposal: ProposedAction) -> Widget:
        what = proposal.what
        short = what if len(what) <= LONG_LABEL else f"{what[: LONG_LABEL - 2].rstrip()} …"
        button = self._draw_take(
            page, self.words["take"].format(what=short), {proposal.id}, "quiet"
        )
        days = budget_of(page.there.plan).days
        return draw_group(draw_html(self._write_one(proposal, days)), button, name="proposal")

    def _draw_more(self, left: int) -> list[Widget]:
        more = write_paragraphs(self.words["more"].format(count=left), "wb-hint")
        return [draw_html(more)] if left > 0 else []

    # -- one of them -----------------------------------------------------------------------

    def _write_one(self, proposal: ProposedAction, days: int) -> Html:
        facts = self.words["between"].join(self._list_facts(proposal, days))
        cause = self.words["main_cause" if proposal.is_main else "cause"]
        worked = cause.format(cause=proposal.cause) if proposal.cause else ""
        known_by = proposal.why if proposal.kind in _FOUND else proposal.because
        summary = self.words["because_why"].format(why=known_by)
        return join_html(
            [
                fill_html("<h3>{what}</h3>", what=proposal.what),
                fill_html('<p class="wb-facts">{facts}</p>', facts=facts),
                write_paragraphs(worked, "wb-hint"),
                write_reasons(proposal, self.words, summary),
            ]
        )

    def _list_facts(self, proposal: ProposedAction, days: int) -> Iterator[str]:
        """Who, how long, and by when."""
        yield proposal.who or self.words["nobody"]
        hours = write_hours(proposal.hours, self.language)
        form = self.words["hours_one" if proposal.count == 1 else "hours_many"]
        yield form.format(hours=hours, count=proposal.count)
        if proposal.due:
            yield self.words["due"].format(day=write_day(proposal.due, self.language))
        else:
            yield self.words["no_day"].format(days=days)


def write_reasons(proposal: ProposedAction, words: Any, summary: str) -> Html:  # noqa: ANN401 - words
    """Because of which answer an action is proposed, how sure that is, and what would change it."""
    pairs = [(words[n], getattr(proposal, n)) for n in ("why", "because", "sure", "change")]
    rows = [fill_html("<dt>{a}</dt><dd>{b}</dd>", a=a, b=b) for a, b in pairs]
    link = write_link(proposal.about, words["answer"], proposal.what)
    return Html(
        fill_html(
            '<details class="wb-why"><summary>{summary}</summary>'
            "<dl>{rows}</dl><p>{link}</p></details>",
            summary=summary,
            rows=join_html(rows),
            link=link,
        )
    )
