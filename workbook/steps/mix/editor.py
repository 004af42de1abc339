"""The page of being social: what customers ask, ten people, two weeks, and a look at posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.evidence import load_sources, write_source
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_html, draw_row, write_aside
from workbook.interface.pictures import write_table
from workbook.steps.mix.building import count_waiting, make_topics, make_weeks, sort_weeks
from workbook.steps.mix.editor_posts import PostsBench
from workbook.steps.mix.editor_weeks import FortnightScreen
from workbook.steps.mix.fortnight import find_limit
from workbook.tone.vocabulary import read_lines
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.content import Question, Step
    from workbook.interface.fields import Field
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan

STEP = "mix"
WORDS = "steps/mix/editor.toml"


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, the two weeks on a page, then the bench for posts."""
    own = {"topics": TopicsForm, "weeks": WeeksForm, "limits": LimitsForm}
    mine = [f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id]
    others = [form for form in forms if form not in mine]
    asked = [own.get(form.section.id, FormScreen)(form.step, form.section) for form in mine]
    last: list[Screen] = [FortnightScreen(STEP, language), PostsBench(STEP, "posts", language)]
    return [*asked, *last, *others]


def write_said(plan: Plan, language: str, *, beside: bool) -> Html:
    """How the business speaks across the counter; else the way to write that down.

    Args:
        plan: The plan.
        language: The language of the words.
        beside: Whether the same stands beside each draft below, so that it is only to be heard.
    """
    words, lines = load_words(WORDS, language)["aside"], read_lines(plan.mix.across_counter)
    if lines:
        return write_aside(words["title"], lines, hidden=beside)
    return write_way(words["nothing"], ("across_counter", words["link"]))


def write_way(text: str, *ways: tuple[str, str]) -> Html:
    """What is missing here, with links to the questions it comes from, each with its label."""
    links = [write_link(f"{STEP}.{name}", label) for name, label in ways]
    form = '<p class="wb-hint">{text} {links}</p>'
    return Html(fill_html(form, text=text, links=join_html([*links], " · ")))


def put_beside(field: Field, draft: str, plan: Plan, language: str) -> Field:
    """A list of entries with what is said across the counter beside one question of each."""
    lines = read_lines(plan.mix.across_counter)
    if lines:
        title = load_words(WORDS, language)["aside"]["title"]
        said = {"beside": {"title": title, "lines": list(lines)}}
        asked = [each | said if each["id"] == draft else each for each in field.spec["fields"]]
        field.spec = field.spec | {"fields": asked}
    return field


def put_before(widgets: list[Widget], page: Page, path: str, parts: list[Widget]) -> list[Widget]:
    """The widgets of a form with others before the field of a question."""
    field = page.fields[path]
    at = next(i for i, widget in enumerate(widgets) if widget is field)
    return [*widgets[:at], *parts, *widgets[at:]]


def change_mix(page: Page, focus: str, **changes: Any) -> None:
    """Put answers of this step in place together, saved and undone as one."""
    session = page.there
    changed = session.plan.mix.model_copy(update=changes)
    outcome = session.replace(session.plan.model_copy(update={STEP: changed}))
    if outcome.error is not None:
        raise outcome.error
    page.tell_kept()
    page.redraw(focus=focus)


class TopicsForm(FormScreen):
    """Asks for topics; those of the questions that were noted are one click away."""

    def _field(self, page: Page, question: Question) -> Field:
        return put_beside(super()._field(page, question), "says", page.there.plan, page.language)

    def draw(self, page: Page) -> list[Widget]:
        """The form, with a button that makes topics of what customers ask."""
        widgets = super().draw(page)
        plan, parts = page.there.plan, []
        if plan.mix.across_counter and plan.mix.topics:
            parts.append(draw_html(write_said(plan, page.language, beside=True)))
        found, words = make_topics(plan), load_words(WORDS, page.language)["topics"]
        if found:
            label = words["begin_one" if len(found) == 1 else "begin"].format(count=len(found))
            act = draw_button(label, lambda _: page.guard(lambda: self._enter(page)), name="quiet")
            parts.append(draw_row(act))
        elif not plan.mix.topics:
            parts.append(draw_html(write_way(words["empty"], ("asked_counter", words["link"]))))
        return put_before(widgets, page, "mix.topics", parts)

    def _enter(self, page: Page) -> None:
        plan = page.there.plan
        change_mix(page, "mix.topics", topics=(*plan.mix.topics, *make_topics(plan)))


class WeeksForm(FormScreen):
    """Asks for the two weeks; topics and people are one click away, your own voice beside them."""

    def _field(self, page: Page, question: Question) -> Field:
        return put_beside(super()._field(page, question), "text", page.there.plan, page.language)

    def draw(self, page: Page) -> list[Widget]:
        """The form, with the sentences across the counter and the button above it."""
        widgets = super().draw(page)
        plan = page.there.plan
        found = make_weeks(plan)
        parts = [draw_html(write_said(plan, page.language, beside=bool(plan.mix.weeks)))]
        if found:
            label = self._label(len(found), load_words(WORDS, page.language)["weeks"], plan)
            act = draw_button(label, lambda _: page.guard(lambda: self._enter(page)), name="quiet")
            parts.append(draw_row(act))
        elif not plan.mix.weeks and not plan.mix.topics:
            words = load_words(WORDS, page.language)["weeks"]
            ways = (("topics", words["link_topics"]), ("contacts", words["link_contacts"]))
            parts.append(draw_html(write_way(words["empty"], *ways)))
        parts += self._tell_waiting(page)
        return put_before(widgets, page, "mix.weeks", parts)

    def _tell_waiting(self, page: Page) -> list[Widget]:
        """Topics that have a free day and wait for somebody to talk to."""
        plan, words = page.there.plan, load_words(WORDS, page.language)["weeks"]
        count = count_waiting(plan)
        if not count:
            return []
        text = words["waiting_one" if count == 1 else "waiting"].format(
            count=count,
            talk=write_number(find_limit(plan, "talk_least").percent, page.language),
            sold=write_number(find_limit(plan, "promotion_most").percent, page.language),
        )
        return [draw_html(write_way(text, ("contacts", words["link_contacts"])))]

    def _label(self, count: int, words: Mapping[str, str], plan: Plan) -> str:
        if count == 1:
            return words["begin_one"]
        return words["begin_rest" if plan.mix.weeks else "begin"].format(count=count)

    def _enter(self, page: Page) -> None:
        plan = page.there.plan
        weeks = sort_weeks((*plan.mix.weeks, *make_weeks(plan)))
        change_mix(page, "mix.weeks", weeks=weeks)


class LimitsForm(FormScreen):
    """Asks for the two shares, with the folk rules below them."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, the folk rules, and the way on."""
        widgets = super().draw(page)
        if page.there.plan.start.route == "short":
            return widgets
        return [*widgets[:-1], draw_html(write_folk_rules(page.language)), widgets[-1]]


def write_folk_rules(language: str) -> Html:
    """Every folk rule with those who tell it."""
    words = load_words(WORDS, language)["folk"]
    sources = load_sources()
    whole = '<span class="wb-whole">{name}</span>'
    rows = tuple(
        (
            Html(fill_html(whole, name=rule["name"])),
            rule["says"],
            ", ".join(sources[key].publisher for key in rule["sources"]),
        )
        for rule in words["rules"]
    )
    keys = dict.fromkeys(key for rule in words["rules"] for key in rule["sources"])
    cited = list_html(
        [Html(fill_html("{x}", x=write_source(key, language))) for key in keys], "wb-plain"
    )
    fold = "<details class='wb-why'><summary>{title}</summary>{cited}</details>"
    return join_html(
        [
            fill_html("<h3>{title}</h3>", title=words["title"]),
            write_paragraphs(words["lead"]),
            write_table(words["caption"], tuple(words["columns"]), rows),
            write_paragraphs(words["warning"], "wb-hint"),
            fill_html(fold, title=words["sources"], cited=cited),
        ]
    )
