"""The page about places: which fit, the choice, what becomes of accounts, and the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.accounts import name_places
from workbook.checks.check import Case
from workbook.content import default_of, load_words
from workbook.evidence import write_source
from workbook.fit.proposals import (
    DAYS,
    FATES,
    WORDS,
    Proposal,
    enter,
    list_open,
)
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.steps.platform_fit.editor_result import ResultScreen
from workbook.steps.platform_fit.editor_sheet import SheetScreen
from workbook.steps.platform_fit.editor_trial import TrialBench
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen

STEP = "platform_fit"
MOST_PROPOSED = 12
MOST_NAMED = 4
_MORE = '<details class="wb-more"><summary>{title}</summary>{body}</details>'


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """What the team can do, the result, the choice, the accounts, then what can be looked up.

    The screens of other steps on the page stay where they are.
    """
    mine = {f.section.id: f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id}
    others = [form for form in forms if form not in mine.values()]
    fates = mine.pop("fates")
    choice = mine.pop("choice")
    return [
        *others,
        *mine.values(),
        ResultScreen(language),
        choice,
        FatesForm(fates.step, fates.section),
        SheetScreen(STEP, "sheet", language),
        TrialBench(STEP, "trial", language),
    ]


class FatesForm(FormScreen):
    """Asks what becomes of each account; our proposals are one click away."""

    def draw(self, page: Page) -> list[Widget]:
        """The proposals with their reasons, the button that enters them, and the form."""
        widgets = super().draw(page)
        field = page.fields.get(FATES)
        if field is None or not field.shown:
            return widgets
        words = load_words(WORDS, page.language)
        above = [draw_html(join_html([*self._propose(page, words)]))]
        if missing := list_open(page.there.settled):
            label = self._label(page, words, missing)
            above.append(draw_row(draw_button(label, self._press(page), name="main")))
        at = next(i for i, w in enumerate(widgets) if w is field)
        means = draw_html(join_html([*_explain(words, page.language)]))
        return [*widgets[:at], *above, *widgets[at:-1], means, widgets[-1]]

    def _press(self, page: Page) -> Callable[[object], None]:
        return lambda _: page.guard(lambda: self._enter(page))

    def _label(self, page: Page, words: Mapping[str, Any], missing: Sequence[Proposal]) -> str:
        if len(missing) == len(page.there.plan.start.accounts):
            return str(words["enter"])
        case = Case(page.there.plan, page.there.now.date(), {}, page.language)
        names = name_places(case, [each.account for each in missing[:MOST_NAMED]])
        if len(missing) > MOST_NAMED:
            names = f"{names} {words['more'].format(count=len(missing) - MOST_NAMED)}"
        return str(words["enter_rest"]).format(accounts=names)

    def _propose(self, page: Page, words: Mapping[str, Any]) -> Iterator[str]:
        """Each account with what we propose and why, while some are still open."""
        plan = page.there.settled
        missing = list_open(plan)
        if not plan.start.accounts:
            yield write_paragraphs(words["none"], "wb-lead")
            yield fill_html("<p>{x}</p>", x=write_link("start.accounts", words["none_go"]))
            return
        if not missing:
            yield write_paragraphs(words["entered"], "wb-hint")
            return
        named = bool(plan.platform_fit.first) or plan.goals.decision == "not_now"
        yield fill_html("<h3>{title}</h3>", title=words["title"])
        yield write_paragraphs(words["lead" if named else "lead_open"])
        case = Case(plan, page.there.now.date(), {}, page.language)
        items = [_write(case, words, each) for each in missing[:MOST_PROPOSED]]
        if len(missing) > MOST_PROPOSED:
            more = words["more"].format(count=len(missing) - MOST_PROPOSED)
            items.append(Html(fill_html("{more}", more=more)))
        yield list_html(items, "wb-plain")
        if any(each.action != "keep" for each in missing):
            yield write_paragraphs(words["save_first"])
            days = write_number(default_of(plan, DAYS), page.language)
            yield write_paragraphs(words["until"].format(days=days), "wb-hint")

    def _enter(self, page: Page) -> None:
        """An entry for each open account, named like its account so that it stays with it."""
        page.there.answer(FATES, enter(page.there.settled, page.there.now.date()))
        page.tell_kept()
        page.redraw(focus=FATES)


def _write(case: Case, words: Mapping[str, Any], proposal: Proposal) -> Html:
    """An account with what we propose for it, and why."""
    line = words["line"].format(
        account=name_places(case, [proposal.account]) or words["nameless"],
        action=proposal.name_action(case.language),
    )
    form = "<strong>{line}.</strong> {because}"
    return Html(fill_html(form, line=line, because=proposal.because(case.language)))


def _explain(words: Mapping[str, Any], language: str) -> Iterator[str]:
    """What each decision means, step by step, folded away."""
    parts = []
    for action in words["actions"].values():
        steps = join_html([fill_html("<li>{step}</li>", step=step) for step in action["steps"]])
        parts.append(
            fill_html("<h3>{title}</h3><ol>{steps}</ol>", title=action["title"], steps=steps)
        )
        if sources := "; ".join(write_source(key, language) for key in action.get("sources", ())):
            text = f"{words['sources']} {sources}"
            parts.append(write_paragraphs(text, "wb-hint"))
    yield fill_html(_MORE, title=words["means"], body=join_html(parts))
