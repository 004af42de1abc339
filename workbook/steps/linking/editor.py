"""The page about links: an entry for each profile, who leads to whom, lines to copy, the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.inventory import Profile, Standing, list_profiles
from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import write_finding, write_link
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_heading, draw_html
from workbook.interface.pictures import write_picture
from workbook.interface.shown import ShownScreen
from workbook.steps.linking.editor_audit import AuditBench
from workbook.steps.linking.editor_lines import LinesScreen
from workbook.steps.linking.overview import MOST_DRAWN, WORDS, Overview, survey

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan

STEP = "linking"
PROFILES = f"{STEP}.profiles"
MOST_FINDINGS = 5


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, who leads to whom, the lines to copy, then the bench for pages."""
    asked: list[Screen] = [
        ProfilesForm(form.step, form.section)
        if isinstance(form, FormScreen) and "profiles" in form.section.questions
        else form
        for form in forms
    ]
    bench = AuditBench(step.id, "audit", language)
    return [*asked, OverviewScreen(language), LinesScreen(STEP, language), bench]


class ProfilesForm(FormScreen):
    """Asks about each profile; those of the accounts are one click away."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, and while profiles in use have no entry, a button that enters them."""
        widgets = super().draw(page)
        missing = self._missing(page)
        field = page.fields.get(PROFILES)
        if missing and field is not None and field.shown:
            words = load_words(WORDS, page.language)
            names = ", ".join(profile.label for profile in missing)
            label = words["begin"].format(profiles=names)
            button = draw_button(
                label, lambda _: page.guard(lambda: self._enter(page)), name="quiet"
            )
            at = next(i for i, w in enumerate(widgets) if w is field)
            widgets.insert(at, button)
        return widgets

    def _missing(self, page: Page) -> list[Profile]:
        profiles = list_profiles(page.there.settled, page.language)
        return [p for p in profiles if not p.has_entry and p.standing is Standing.ACTIVE]

    def _enter(self, page: Page) -> None:
        """An entry for each profile, named like its account so that it stays with it."""
        for profile in self._missing(page):
            path = f"{PROFILES}.{profile.id}"
            page.there.answer(f"{path}.platform", profile.platform)
            if profile.is_sure:
                page.there.answer(f"{path}.address", profile.url)
        page.tell_kept()
        page.redraw(focus=PROFILES)


class OverviewScreen(ShownScreen):
    """Who leads to whom as a picture, and what to change this week."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{STEP}/overview", load_words(WORDS, language), language)

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - without profiles it says so
        """Always."""
        return True

    def draw_body(self, page: Page) -> list[Widget]:
        """The picture with its table, and what to change."""
        found = survey(page.there.settled, self.language)
        if not found.profiles:
            way = fill_html("<p>{x}</p>", x=write_link("start.accounts", self.words["none_go"]))
            return [draw_heading(self.title, self.words["none"]), draw_html(Html(way))]
        return [
            draw_heading(self.title, self.words["lead"]),
            draw_html(join_html([self._picture(found), self._week(page)])),
        ]

    def _picture(self, found: Overview) -> Html:
        count = self.words["count"].format(both=found.both, count=found.count)
        parts = [
            fill_html("<p><strong>{count}</strong></p>", count=f"{count}."),
            write_picture(found.draw(), self.words["table"]),
        ]
        if len(found.profiles) > MOST_DRAWN:
            more = self.words["more"].format(count=MOST_DRAWN)
            parts.append(write_paragraphs(more, "wb-hint"))
        return join_html([*parts])

    def _week(self, page: Page) -> Html:
        """What is found in the answers of this step, the heaviest first."""
        title = fill_html("<h3>{title}</h3>", title=self.words["week"])
        if page.there.plan.goals.decision == "not_now":
            return join_html([title, write_paragraphs(self.words["week_waiting"])])
        mine = [f for f in page.there.findings if f.path.startswith(f"{STEP}.")][:MOST_FINDINGS]
        if not mine:
            return join_html([title, write_paragraphs(self.words["week_nothing"])])
        return join_html(
            [title, *(write_finding(finding, page.words, page.language) for finding in mine)]
        )
