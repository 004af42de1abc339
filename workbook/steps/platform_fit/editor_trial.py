"""A bench for “what if”: other hours, other people, other places, without touching the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.charts.sets import draw
from workbook.content import Option
from workbook.evidence.survey import place_ids
from workbook.fit.choice import choose, describe_set
from workbook.fit.effort import BASE
from workbook.fit.phrases import write_hours
from workbook.fit.planned import wish_of
from workbook.fit.wording import join_places, write_recommendation
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_html
from workbook.interface.pictures import write_picture
from workbook.platforms import load_platforms
from workbook.steps.platform_fit.chosen import is_worse
from workbook.steps.platform_fit.figures import (
    Found,
    keeps_rule,
    list_sets,
    name_asked,
    write_reach,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.plan import Plan

_SAME = 1e-6


class TrialBench(BenchScreen):
    """Asks for hours, people and places, and shows what would fit."""

    takes_long = True

    def is_shown(self, plan: Plan) -> bool:
        """On the full way, while social media is not put off."""
        return plan.start.route != "short" and plan.goals.decision != "not_now"

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The questions, with every place there is a choice of."""
        known = place_ids().values()
        offered = tuple(
            Option(value=p.id, label=p.name)
            for p in load_platforms(self.language).values()
            if p.id in known and p.id not in BASE
        )
        return tuple(
            q.model_copy(update={"options": offered}) if q.kind == "several" else q
            for q in super().questions(plan)
        )

    def draw(self, page: Page) -> list[Widget]:
        """The questions without the promise about what is pasted: nothing is pasted here."""
        back, heading, _, *rest = super().draw(page)
        return [back, heading, *rest]

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """The recommendation for what was tried, the set that was asked about, and the picture."""
        found = self._try_out(page.there.plan, given)
        parts: list[str] = [*self._write(found)]
        if found.choice.counted:
            asked = name_asked(found.choice)
            picture = draw(list_sets(found), asked=asked, language=self.language, name="trial")
            parts.append(write_picture(picture, self.words["table"]))
        return [draw_html(join_html(parts))]

    def _try_out(self, plan: Plan, given: Mapping[str, Any]) -> Found:
        wish = wish_of(plan, self.language)
        if given["hours"] is not None:
            open_ = tuple(r for r in wish.remarks if r.id != "hours_open")
            wish = replace(wish, hours=float(given["hours"]), remarks=open_)
        if given["people"] is not None:
            wish = replace(wish, people=max(int(given["people"]), 1))
        choice = choose(wish)
        tried = describe_set(choice, given["places"]) if given["places"] else None
        return Found(plan, choice, tried, self.language)

    def _write(self, found: Found) -> Iterator[str]:
        told = write_recommendation(found.choice, self.language)
        if found.choice.audiences:
            yield fill_html("<h4>{what}</h4>", what=told.what)
            yield write_paragraphs(told.because)
        else:
            yield write_paragraphs(self.words["nobody"])
        if found.chosen:
            yield write_paragraphs(" ".join(self._judge(found)))

    def _judge(self, found: Found) -> Iterator[str]:
        """What the set that was tried takes and reaches, and how it stands beside the best."""
        option, words = found.chosen, self.words
        if option is None:
            return
        places = join_places(option.places, self.language)
        counted = set(option.places) - set(option.uncounted)
        form = words["own" if counted and found.choice.counted else "own_hours"]
        tried = found.words["asked"][name_asked(found.choice)]["tried"]
        values = {"hours": write_hours(option.hours, self.language), "tried": tried}
        yield form.format(places=places, reach=write_reach(found, option), **values)
        more = option.hours - found.choice.wish.hours
        yield (
            words["fits"]
            if more <= _SAME
            else words["over"].format(more=write_hours(more, self.language))
        )
        if found.choice.counted and option.uncounted:
            named = join_places(option.uncounted, self.language)
            yield words["uncounted"].format(places=named)
        elif found.choice.counted and not keeps_rule(found.choice, option):
            yield words["over_rule"]
        elif found.choice.counted and option.is_tied:
            yield words["tied"]
        elif found.choice.counted and is_worse(found.choice, option):
            yield words["worse"]
