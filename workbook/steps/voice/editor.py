"""The page of voice: our words for situations, the voice on a page, and a bench for drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts.voice import draw
from workbook.content import find_question, load_words
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.findings import list_html
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_button, draw_html
from workbook.interface.pictures import write_picture, write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.voice.answers import Voice
from workbook.steps.voice.editor_tone import ToneBench, write_defaults_link
from workbook.steps.voice.moments import suggest_moments
from workbook.steps.voice.scales import list_places
from workbook.tone import rules_of
from workbook.tone.wording import list_rules

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan
    from workbook.steps.voice.answers import Moment

STEP = "voice"
WORDS = "steps/voice/editor.toml"


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions of voice, the voice on a page, the bench; then what else the page has."""
    mine = [f for f in forms if isinstance(f, FormScreen) and f.step.id == step.id]
    others = [form for form in forms if form not in mine]
    asked = [
        MomentsForm(form.step, form.section) if "moments" in form.section.questions else form
        for form in mine
    ]
    return [*asked, VoiceScreen(language), ToneBench(STEP, "tone", language), *others]


class MomentsForm(FormScreen):
    """Asks for situations; ours are one click away while any of them is missing."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, with a button that enters our words for the situations not there yet."""
        widgets = super().draw(page)
        if suggest_moments(page.there.plan, page.language):
            words = load_words(WORDS, page.language)["moments"]
            begun = bool(page.there.plan.voice.moments)
            label = words["begin_rest" if begun else "begin"]
            button = draw_button(
                label, lambda _: page.guard(lambda: self._enter(page)), name="quiet"
            )
            at = next(i for i, w in enumerate(widgets) if w is page.fields["voice.moments"])
            widgets.insert(at, button)
        return widgets

    def _enter(self, page: Page) -> None:
        session = page.there
        voice = session.plan.voice
        moments = (*voice.moments, *suggest_moments(session.plan, page.language))
        changed = voice.model_copy(update={"moments": moments})
        outcome = session.replace(session.plan.model_copy(update={STEP: changed}))
        if outcome.error is not None:
            raise outcome.error
        page.tell_kept()
        page.redraw(focus="voice.moments")


class VoiceScreen(ShownScreen):
    """The voice as staff read it: picture, traits, situations, examples, rules; and the style."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{STEP}/page", load_words(WORDS, language)["page"], language)

    def is_shown(self, plan: Plan) -> bool:
        """Once anything is said, or where all questions are asked."""
        return plan.voice != Voice() or plan.start.route != "short"

    def show(self, page: Page) -> list[Widget]:
        """The voice on a page, the rules."""
        plan = page.there.plan
        said = self._write(plan) if plan.voice != Voice() else self._write_nothing()
        give = draw_button(
            self.words["vale"], lambda _: page.guard(lambda: self._give_style(page)), name="quiet"
        )
        return [
            draw_html(said),
            draw_html(self._write_rules(plan)),
            give,
        ]

    def _give_style(self, page: Page) -> None:
        from workbook.exports.vale import MEDIA_TYPE, SUFFIX, write_vale  # noqa: PLC0415 - rare

        plan = page.there.plan
        raw = write_vale(plan, language=page.language)
        give_download(page, name_file(plan, self.words["vale_file"], SUFFIX), MEDIA_TYPE, raw)

    def _write_nothing(self) -> Html:
        return write_paragraphs(self.words["nothing"], "wb-hint")

    def _write(self, plan: Plan) -> Html:
        places = list_places(plan, self.language)
        picture = draw(places, language=self.language)
        said = any(place.place is not None for place in places)
        parts = [write_picture(picture, self.words["table"])] if said else []
        return join_html(
            [*parts, *self._write_traits(plan), *self._write_moments(plan), *self._compare(plan)]
        )

    def _title(self, name: str) -> Html:
        return Html(fill_html("<h3>{title}</h3>", title=self.words[name]))

    def _write_traits(self, plan: Plan) -> list[str]:
        items = []
        for trait in plan.voice.traits:
            form = self.words["trait" if trait.but_not else "trait_alone"]
            head = form.format(trait=trait.trait or "", but_not=trait.but_not or "")
            line = "<strong>{head}</strong>{more}"
            more = Html(fill_html("<br>{x}", x=trait.shows)) if trait.shows else Html("")
            items.append(Html(fill_html(line, head=head, more=more)))
        return [self._title("traits"), list_html(items, "wb-plain")] if items else []

    def _write_moments(self, plan: Plan) -> list[str]:
        """A card for each situation: what the reader feels, what changes, whether to joke."""
        cards = [self._write_moment(moment) for moment in plan.voice.moments]
        grid = Html(fill_html('<div class="wb-moments">{cards}</div>', cards=join_html(cards)))
        return [self._title("moments"), grid] if cards else []

    def _write_moment(self, moment: Moment) -> str:
        said = {name: getattr(moment, name) for name in ("feels", "shift", "jokes")}
        rows = [
            fill_html(
                "<dt>{term}</dt><dd>{text}</dd>",
                term=self.words[name],
                text=self._read(f"voice.moments.any.{name}", value),
            )
            for name, value in said.items()
            if value
        ]
        title = self._read("voice.moments.any.situation", moment.situation)
        card = "<section><h4>{title}</h4><dl>{rows}</dl></section>"
        return fill_html(card, title=title, rows=join_html(rows))

    def _read(self, path: str, value: object) -> str:
        return find_question(path, self.language).label_of(value) if value else ""

    def _compare(self, plan: Plan) -> list[str]:
        form = (
            "<dl class='wb-compare'><dt>{b}</dt><dd>{before}</dd><dt>{a}</dt><dd>{after}</dd></dl>"
        )
        found = [
            fill_html(
                form,
                b=self.words["before"],
                before=rewrite.before or "",
                a=self.words["after"],
                after=rewrite.after or "",
            )
            for rewrite in plan.voice.rewrites
        ]
        return [self._title("rewrites"), *found] if found else []

    def _write_rules(self, plan: Plan) -> Html:
        columns: tuple[Any, ...] = tuple(self.words["rule_columns"])
        told = list_rules(rules_of(plan), self.language)
        form = self.words["rule_limit"]
        rows = tuple((each.title, form.format(limit=each.limit, whose=each.whose)) for each in told)
        link = write_defaults_link(self.words["own"])
        return join_html(
            [
                self._title("rules"),
                write_paragraphs(self.words["rules_lead"]),
                write_table(self.words["rules_caption"], columns, rows),
                Html(fill_html("<p>{link}</p>", link=link)),
                write_paragraphs(self.words["vale_lead"]),
            ]
        )
