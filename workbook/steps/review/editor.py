"""The page of the review: numbers in, what they tell, what comes next, and named versions."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from workbook.checks.check import Offer
from workbook.content import find_question, load_words
from workbook.discovery import read_toml
from workbook.interface.escaping import write_paragraphs
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_heading, draw_html
from workbook.steps.review.editor_next import BeginScreen
from workbook.steps.review.editor_outcome import OutcomeScreen, ProposalsForm, RoundsScreen
from workbook.steps.review.editor_shown import STEP, put_before, take_offer
from workbook.steps.review.editor_versions import VersionsScreen
from workbook.steps.review.happenings import list_occasions
from workbook.steps.review.places import add_up
from workbook.steps.review.spans import span_of
from workbook.steps.review.verdicts import KINDS
from workbook.wording import offer_entries, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan
    from workbook.steps.review.answers import Reading

WORDS = "steps/review/editor.toml"
LIST = "review.readings"


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """Days, numbers, what they tell, the diagnosis again, decisions, the next days, versions."""
    own = {"days": DaysForm, "readings": ReadingsForm, "decisions": ProposalsForm}
    mine = [f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id]
    others = [form for form in forms if form not in mine]
    asked: list[Screen] = [
        own.get(form.section.id, FormScreen)(form.step, form.section) for form in mine
    ]
    at = next(i for i, form in enumerate(asked) if form.id == f"{STEP}/decisions")
    told: list[Screen] = [OutcomeScreen(language), RoundsScreen(language)]
    last: list[Screen] = [BeginScreen(language), VersionsScreen(STEP, "versions", language)]
    return [*asked[:at], *told, *asked[at:], *last, *others]


class DaysForm(FormScreen):
    """Asks for the days; whoever took the short route is led to the full one first."""

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - it has something for every route
        """Always."""
        return True

    def draw(self, page: Page) -> list[Widget]:
        """The form, or the way to the route that asks for it."""
        if page.there.plan.start.route != "short":
            return super().draw(page)
        words = load_words(WORDS, page.language)["short"]
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(words["title"], words["text"]),
            draw_button(words["go"], lambda _: page.guard(lambda: _go_on(page)), name="main"),
        ]


def _go_on(page: Page) -> None:
    page.there.answer("start.route", "full")
    page.tell_kept()
    page.redraw()


class ReadingsForm(FormScreen):
    """Asks for the numbers; what the plan knows already is one click away."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, with buttons that take goals, counts and occasions over."""
        widgets = super().draw(page)
        return put_before(widgets, page, LIST, [*self._offer(page)])

    def _offer(self, page: Page) -> Iterator[Widget]:
        plan, words = page.there.plan, load_words(WORDS, page.language)["readings"]
        begin = _offer_goals(plan, words)
        if begin is not None:
            yield _draw_offer(page, begin)
        for reading in plan.review.readings:
            yield from self._offer_count(page, reading, words)
            offer = _offer_occasions(page, reading, words)
            if offer is not None:
                yield _draw_offer(page, offer)

    def _offer_count(self, page: Page, reading: Reading, words: dict[str, Any]) -> Iterator[Widget]:
        """The count that the numbers of places come to, or what is missing for it."""
        plan, number = page.there.plan, _find_number(page.there.plan, reading)
        span = span_of(plan, reading, page.there.now.date())
        if reading.count is not None or not number or span is None:
            return
        total, told = add_up(plan, number, span.first, span.last, page.language)
        goal = _name_goal(page, reading)
        if total is not None:
            named = [
                words["place"].format(
                    place=p.name, count=write_number(p.of(number) or 0, page.language)
                )
                for p in told
            ]
            label = words["take"].format(
                count=write_number(total, page.language),
                goal=goal,
                places=words["between"].join(named),
            )
            path = f"{LIST}.{reading.id}.count"
            yield _draw_offer(page, Offer(label=label, answers=((path, f"{total:.0f}"),)))
        elif told:
            lacking = [
                words["missing_place"].format(place=p.name, days=days, all=span.days)
                for p in told
                if (days := sum((b - a).days + 1 for a, b in p.missing[number]))
            ]
            text = words["missing" if lacking else "mixed"]
            said = text.format(goal=goal, places=words["between"].join(lacking))
            yield draw_html(write_paragraphs(said, "wb-hint"))


def _draw_offer(page: Page, offer: Offer) -> Widget:
    return draw_button(
        offer.label, lambda _: page.guard(lambda: take_offer(page, offer, LIST)), name="quiet"
    )


def _offer_goals(plan: Plan, words: dict[str, Any]) -> Offer | None:
    """An entry for each goal that has none yet."""
    read = {reading.goal for reading in plan.review.readings}
    left = [goal for goal in plan.goals.goals if goal.id not in read and (goal.wish or goal.metric)]
    if not left:
        return None
    label = words["begin_one" if len(left) == 1 else "begin"].format(count=len(left))
    names = {goal.id: f"g{sha256(goal.id.encode()).hexdigest()[:9]}" for goal in left}
    answers = tuple((f"{LIST}.{names[goal.id]}.goal", goal.id) for goal in left)
    return Offer(label=label, answers=answers)


def _offer_occasions(page: Page, reading: Reading, words: dict[str, Any]) -> Offer | None:
    """What the larger plan held in these days, to be noted as what else happened."""
    if reading.happened is not None or reading.goal is None:
        return None
    plan = page.there.plan
    span = span_of(plan, reading, page.there.now.date())
    names = words["between"].join(list_occasions(plan, span, page.language))
    if not names:
        return None
    label = words["occasions"].format(goal=_name_goal(page, reading), names=names)
    return Offer(label=label, answers=((f"{LIST}.{reading.id}.happened", names),))


def _find_number(plan: Plan, reading: Reading) -> str:
    """Which number of places a goal is the sum of; empty where it is of none."""
    goal = next((g for g in plan.goals.goals if g.id == reading.goal), None)
    counted: dict[str, str] = read_toml(KINDS)["counted"]
    return counted.get(goal.metric or "", "") if goal else ""


def _name_goal(page: Page, reading: Reading) -> str:
    question = find_question(f"{LIST}.any.goal", page.language)
    asked = offer_entries(question, page.there.plan, page.language)
    goal = next((g for g in page.there.plan.goals.goals if g.id == reading.goal), None)
    return (goal.wish if goal else None) or asked.label_of(reading.goal)
