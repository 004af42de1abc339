"""What is proposed for the list, in a table with ticks: by cause, with reasons, one button."""

from __future__ import annotations

from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from ipywidgets import Checkbox, HBox

from workbook.actions import choose_work, propose_actions, take
from workbook.budget.need import reckon_need
from workbook.content import default_of, load_words
from workbook.fit.phrases import write_hours
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import write_link
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_html,
    draw_row,
)
from workbook.interface.shown import ShownScreen
from workbook.steps.integration.listing import STEP, budget_of, count_listed, is_full
from workbook.steps.integration.support import name_goals
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.actions import ProposedAction
    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Action

WORDS = "steps/integration/editor.toml"
MOST_SHOWN = 20
LONG_LABEL = 120


def change_actions(page: Page, actions: tuple[Action, ...], focus: str = "") -> None:
    """Put the list in place as a whole, saved and undone as one."""
    session = page.there
    changed = session.plan.integration.model_copy(update={"actions": actions})
    outcome = session.replace(session.plan.model_copy(update={STEP: changed}))
    if outcome.error is not None:
        raise outcome.error
    page.tell_kept()
    page.redraw(focus=focus)


class ProposalsScreen(ShownScreen):
    """The proposed actions in a table with ticks, what cannot wait first."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{STEP}/proposals", load_words(WORDS, language)["proposals"], language)
        self.ticks: dict[str, Any] = {}
        """The tick of each proposal on the screen, by the id of the proposal."""

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - everybody may have a list
        """Always, on the short way too."""
        return True

    def show(self, page: Page) -> list[Widget]:
        """How many hours there are, what is proposed by cause, and one button."""
        found = self._propose(page)
        work = choose_work(page.there.plan, found)
        shown = self._pick(work)
        answers = sum(not proposal.is_work for proposal in found)
        return [
            draw_html(self._sum_up(page.there.plan, work, answers)),
            *self._draw_table(page, shown),
            *self._draw_more(len(work) - len(shown)),
        ]

    def _propose(self, page: Page) -> tuple[ProposedAction, ...]:
        session = page.there
        day = session.now.date()
        return propose_actions(session.plan, session.findings, day, self.language)

    def _pick(self, work: Sequence[ProposedAction]) -> list[ProposedAction]:
        """As many as can be read at once, those that are ticked before others; urgent ones lead."""
        chosen = {p.id for p in sorted(work, key=lambda p: not _is_ticked(p))[:MOST_SHOWN]}
        return sorted((p for p in work if p.id in chosen), key=lambda p: not p.is_urgent)

    # -- in sum ----------------------------------------------------------------------------

    def _sum_up(self, plan: Plan, work: Sequence[ProposedAction], answers: int) -> Html:
        parts = list(self._list_sums(plan, work)) if work else list(self._tell_nothing(plan))
        rest = [self.words["defaults"]]
        if answers:
            form = self.words["answers_one" if answers == 1 else "answers"]
            rest.append(form.format(count=answers))
        folded = fill_html(
            '<details class="wb-why"><summary>{title}</summary>{rest}</details>',
            title=self.words["counted"],
            rest=write_paragraphs("\n\n".join(rest)),
        )
        return join_html([write_paragraphs(" ".join(parts)), folded])

    def _tell_nothing(self, plan: Plan) -> Iterator[str]:
        """That nothing is proposed, or that there is no room for it."""
        yield self._tell_budget(plan, ()) if is_full(plan) else self.words["nothing"]

    def _list_sums(self, plan: Plan, work: Sequence[ProposedAction]) -> Iterator[str]:
        yield self._tell_budget(plan, work)
        if (kept := count_listed(plan)) and not is_full(plan):
            yield self.words["listed"].format(needed=write_hours(kept, self.language))
        urgent = sum(p.is_urgent and not p.fits for p in work)
        if urgent:
            form = self.words["urgent_over_one" if urgent == 1 else "urgent_over"]
            yield form.format(count=urgent)
        if left := sum(not _is_ticked(p) for p in work):
            form = self.words["over_one" if left == 1 else "over"]
            yield form.format(count=left, days=budget_of(plan).days)

    def _tell_budget(self, plan: Plan, work: Sequence[ProposedAction]) -> str:
        """The hours there are for a list, and where they come from."""
        budget, count = budget_of(plan), len(work)
        needed = write_hours(sum(p.hours for p in work), self.language)
        if budget.all is None or budget.weekly is None:
            a_week = write_number(default_of(plan, "start.todos_a_week"), self.language)
            return str(self.words["unknown"].format(count=count, needed=needed, a_week=a_week))
        told: str = self.words[_choose_form(plan, count)].format(
            count=count,
            needed=needed,
            available=write_hours(budget.all, self.language),
            days=budget.days,
            share=write_number(budget.share, self.language),
            weekly=write_hours(budget.weekly, self.language),
            kept=write_hours(count_listed(plan), self.language),
            taken=write_hours(reckon_need(plan).hours, self.language),
        )
        return told

    # -- the table -------------------------------------------------------------------------

    def _draw_table(self, page: Page, shown: Sequence[ProposedAction]) -> list[Widget]:
        self.ticks = {}
        if not shown:
            return []
        goals = name_goals(page.there.plan, self.language)
        what, *others = self.words["columns"]
        heads = [fill_html("<span>{x}</span>", x=name) for name in others]
        columns = fill_html(
            '<div class="wb-take-heads"><span>{what}</span><div>{heads}</div></div>',
            what=what,
            heads=join_html(heads),
        )
        groups = [
            draw_group(
                draw_html(Html(fill_html("<h3>{title}</h3>", title=title))),
                *(self._draw_one(proposal, goals) for proposal in members),
                name="takes",
            )
            for title, members in groupby(shown, key=self._name_group)
        ]
        button = self._draw_take(page, shown)
        return [draw_html(Html(columns)), *groups, draw_row(button)]

    def _name_group(self, proposal: ProposedAction) -> str:
        """Why it stands where it stands: it cannot wait, or works on a cause, or neither."""
        if proposal.is_urgent:
            return str(self.words["urgent"])
        if not proposal.cause:
            return str(self.words["other"])
        form = self.words["main_cause" if proposal.is_main else "cause"]
        return str(form.format(cause=proposal.cause))

    def _draw_one(self, proposal: ProposedAction, goals: Mapping[str, str]) -> Widget:
        label = shorten(proposal.what, LONG_LABEL, placeholder=" …")
        tick = Checkbox(value=_is_ticked(proposal), description=label, indent=False)
        self.ticks[proposal.id] = tick
        facts = draw_html(self._write_facts(proposal, goals))
        return HBox(children=(tick, facts), _dom_classes=("wb-take",))

    def _write_facts(self, proposal: ProposedAction, goals: Mapping[str, str]) -> Html:
        """Who, how long and by when, with the reasons folded away."""
        day = write_day(proposal.due, self.language) if proposal.due else self.words["no_day"]
        hours = write_hours(proposal.hours, self.language)
        told = (proposal.who or self.words["nobody"], hours, day)
        cells = [fill_html("<span>{x}</span>", x=text) for text in told]
        goal = goals.get(proposal.goal or "", "")
        served = self.words["goal"].format(goal=goal) if goal else ""
        extra = join_html([write_paragraphs(text) for text in (proposal.what, served) if text])
        reasons = write_reasons(proposal, self.words, self.words["why"], extra)
        return Html(
            fill_html(
                '<div class="wb-take-facts">{cells}</div>{reasons}',
                cells=join_html(cells),
                reasons=reasons,
            )
        )

    def _draw_take(self, page: Page, shown: Sequence[ProposedAction]) -> Widget:
        """The one button; it says how many are ticked, and what they take."""

        def act() -> None:
            names = {name for name, tick in self.ticks.items() if tick.value}
            if not names:
                page.announce(self.words["nothing_ticked"])
                return
            wanted = [p for p in self._propose(page) if p.id in names]
            change_actions(page, take(page.there.plan, wanted))
            count = len(page.there.plan.integration.actions)
            page.announce(self.words["taken"].format(count=count))

        button = draw_button("", lambda _: page.guard(act), name="main")

        def count_ticked(_: object = None) -> None:
            ticked = [p for p in shown if self.ticks[p.id].value]
            hours = write_hours(sum(p.hours for p in ticked), self.language)
            form = self.words["take" if ticked else "take_none"]
            button.description = form.format(count=len(ticked), hours=hours)

        for tick in self.ticks.values():
            tick.observe(count_ticked, "value")
        count_ticked()
        return button

    def _draw_more(self, left: int) -> list[Widget]:
        more = write_paragraphs(self.words["more"].format(count=left), "wb-hint")
        return [draw_html(more)] if left > 0 else []


def _choose_form(plan: Plan, count: int) -> str:
    """Which sentence tells the hours there are: none, those left over, or the share."""
    budget = budget_of(plan)
    if is_full(plan):
        return "full" if budget.is_used_up else "full_list"
    is_left_over = budget.left is not None and (budget.all or 0.0) < (budget.shared or 0.0)
    form = "left" if is_left_over else "fits"
    return f"{form}_one" if count == 1 else form


def _is_ticked(proposal: ProposedAction) -> bool:
    """Whether a proposal is ticked beforehand: it fits, or it cannot wait."""
    return proposal.fits or proposal.is_urgent


def write_reasons(
    proposal: ProposedAction,
    words: Any,  # noqa: ANN401 - words
    summary: str,
    lead: str = "",
) -> Html:
    """Because of which answer an action is proposed, how sure that is, and what would change it."""
    pairs = [(words[n], getattr(proposal, n)) for n in ("why", "because", "sure", "change")]
    rows = [fill_html("<dt>{a}</dt><dd>{b}</dd>", a=a, b=b) for a, b in pairs]
    link = write_link(proposal.about, words["answer"], proposal.what)
    return Html(
        fill_html(
            '<details class="wb-why"><summary>{summary}</summary>'
            "{lead}<dl>{rows}</dl><p>{link}</p></details>",
            summary=summary,
            lead=Html(lead),
            rows=join_html(rows),
            link=link,
        )
    )
