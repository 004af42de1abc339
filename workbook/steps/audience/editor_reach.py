"""Where the people wanted are: a picture and a table for each group, and what can be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import default_of
from workbook.discovery import read_toml
from workbook.evidence.survey import load_uncertainty
from workbook.fit.quality import FIGURES, list_quality
from workbook.fit.terms import list_terms
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_heading,
    draw_html,
    fill_box,
)
from workbook.interface.pictures import SIGHT, write_table
from workbook.interface.shown import ShownScreen
from workbook.steps.audience.overview import (
    GroupReach,
    Overview,
    load_reach_words,
    survey,
)
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

LEAST, WORTH = "audience.clients_least", "audience.survey_worth"
_PICTURE = (
    '<figure class="wb-chart">{drawings}{sources}'
    "<details><summary>{label}</summary>{table}</details></figure>"
)
_HEAD = '<h3 class="wb-group" data-wb-result="{mark}" tabindex="-1">{name}</h3>{who}'
_LISTED = '<section class="wb-sources"><h4>{title}</h4>{items}</section>'


class ReachScreen(ShownScreen):
    """Each group with the places its people use; colleagues apart; what can be wrong; terms."""

    def __init__(self, step: str, language: str) -> None:
        super().__init__(f"{step}/result", load_reach_words(language), language)

    def is_shown(self, plan: Plan) -> bool:
        """Where groups are asked for, or there are some."""
        return plan.start.route != "short" or bool(plan.audience.groups)

    def draw_body(self, page: Page) -> list[Widget]:
        """The groups, the colleagues, what can be wrong, and the terms."""
        found = survey(page.there.plan, self.language)
        lead = self.words["lead" if found.groups else "none"]
        return [
            draw_heading(self.title, lead),
            *(draw_html(Html(write_paragraphs(text))) for text in found.shares_told),
            *self._draw_groups(page, found),
            draw_html(join_html([*self._write_rest(found)])),
        ]

    def _draw_groups(self, page: Page, found: Overview) -> Iterator[Widget]:
        """The first group in full; each other one by its name, until somebody wants to see it.

        A group without figures has only a sentence or two, which stand there at once.
        """
        if not found.groups:
            link = write_link("audience.groups", self.words["none_link"])
            yield draw_html(Html(fill_html("<p>{link}</p>", link=link)))
            return
        first, *others = found.groups
        yield draw_html(self._write_whole(found, first))
        for number, group in enumerate(others):
            if group.places:
                yield self._draw_other(page, found, group, number)
            else:
                yield draw_html(self._write_whole(found, group))

    def _draw_other(self, page: Page, found: Overview, group: GroupReach, number: int) -> Widget:
        mark = f"{page.desk.page}-{self.id}-{number}"
        who = draw_html(self._write_head(found, group))
        box = draw_group(who, name="other-group")

        def show() -> None:
            fill_box(box, draw_html(self._write_whole(found, group, mark)))
            page.desk.tell("result", mark=mark)

        label = self.words["show"].format(group=group.name)
        button = draw_button(label, lambda _: page.guard(show), name="quiet")
        box.children = (who, button)
        return box

    def _write_whole(self, found: Overview, group: GroupReach, mark: str = "") -> Html:
        head = self._write_head(found, group, mark)
        return join_html([head, *self._write_group(found, group)])

    def _write_head(self, found: Overview, group: GroupReach, mark: str = "") -> Html:
        """Its name, and who they are."""
        who = write_paragraphs(found.write_who(group), "wb-hint")
        return Html(fill_html(_HEAD, name=group.name, mark=mark, who=who))

    def _write_rest(self, found: Overview) -> Iterator[str]:
        yield from self._write_peers(found)
        if found.has_us or found.has_elsewhere:
            yield from self._write_wrong(found)
        if terms := list_terms(found.plan):
            yield fill_html("<h3>{title}</h3>", title=self.words["terms"]["title"])
            yield join_html([write_paragraphs(text, "wb-hint wb-terms") for text in terms])

    # -- a group -------------------------------------------------------------------------------

    def _write_group(self, found: Overview, group: GroupReach) -> Iterator[str]:
        plan = found.plan
        for text in found.write_figures(group):
            yield write_paragraphs(text)
        yield list_html(
            (self._escape(text) for text in found.write_asked(group, default_of(plan, LEAST))),
            "wb-plain",
        )
        if group.places:
            yield self._write_picture(found, group)
        if any(views.combined for views in group.views.values()):
            yield self._write_worth(plan)
        yield from self._write_counts(found, group)
        for text in found.write_rest(group):
            yield write_paragraphs(text)

    def _write_worth(self, plan: Plan) -> str:
        """How much the survey counts beside clients, and where to change that."""
        words = self.words["clients"]
        text = words["together"].format(worth=write_number(default_of(plan, WORTH), self.language))
        href = f"11_finish.ipynb#at=own_defaults.{WORTH}"
        form = '<p class="wb-hint">{text} <a href="{href}">{label}</a></p>'
        return fill_html(form, text=text, href=href, label=words["together_link"])

    def _write_picture(self, found: Overview, group: GroupReach) -> str:
        picture = group.draw()
        columns, rows = found.list_rows(group)
        caption = self.words["caption"].format(group=group.name)
        items = [self._escape(text) for text in found.list_sources(group)]
        sources = fill_html(
            _LISTED, title=self.words["source_list"], items=list_html(items, "wb-plain")
        )
        return fill_html(
            _PICTURE,
            drawings=SIGHT.write(picture),
            label=self.words["table"],
            table=write_table(caption, columns, tuple(rows)),
            sources=Html(sources if items else ""),
        )

    def _write_counts(self, found: Overview, group: GroupReach) -> Iterator[str]:
        """The questions that the survey did not ask: counts of their own."""
        words = self.words["clients"]
        for counted in group.list_counts():
            rows = tuple(found.list_named(counted))
            if rows:
                question = found.name_question(counted.question)
                asked = write_number(counted.asked, self.language)
                caption = words["caption"].format(question=question, asked=asked, group=group.name)
                yield write_table(caption, tuple(words["columns"]), rows)
                yield write_paragraphs(words["separate"], "wb-hint")

    # -- beside the groups ---------------------------------------------------------------------

    def _write_peers(self, found: Overview) -> Iterator[str]:
        words, rows = self.words["peers"], tuple(found.list_peers())
        if rows:
            yield fill_html("<h3>{title}</h3>", title=words["title"])
            yield write_paragraphs(words["lead"])
            yield write_table(words["caption"], tuple(words["columns"]), rows)

    def _write_wrong(self, found: Overview) -> Iterator[str]:
        """What these figures can be wrong about, with the quality that was measured."""
        words = self.words["wrong"]
        points = write_number(load_uncertainty()["drift"]["points"], self.language)
        items = [self._escape(str(text).format(points=points)) for text in words["items"]]
        yield fill_html("<h3>{title}</h3>", title=words["title"])
        yield list_html(items, "wb-plain")
        if found.has_us:
            quality = read_toml(FIGURES)
            yield write_paragraphs(self._write_held(quality["agreement"]))
            yield write_paragraphs(self._write_half(quality["half_sample"]))
            yield self._write_places()
        if found.has_elsewhere:
            yield write_paragraphs(words["elsewhere"])

    def _write_held(self, agreement: Mapping[str, Any]) -> str:
        named = {
            "groups": "groups", "covered": "covered", "without": "covered_without_interval",
            "error": "error", "half_width": "half_width",
        }  # fmt: skip
        values = {name: write_number(agreement[key], self.language) for name, key in named.items()}
        return str(self.words["wrong"]["held"]).format(**values)

    def _write_half(self, half: Mapping[str, Any]) -> str:
        covered = {
            year: write_number(percent, self.language) for year, percent in half["covered"].items()
        }
        worst, (low, high) = min(half["worst"].items(), key=lambda pair: pair[1])
        text = str(self.words["wrong"]["half"])
        years = sorted(covered, reverse=True)
        return text.format(
            first=covered[years[0]], second=covered[years[1]], worst=worst, low=low, high=high
        )

    def _write_places(self) -> str:
        """The same test place by place, and beside it the harder one."""
        found = list_quality(self.language)
        form = '<details class="wb-more"><summary>{title}</summary>{body}</details>'
        body = [
            write_paragraphs(found.lead),
            write_table(found.title, found.columns, found.rows),
            write_paragraphs(found.beside),
        ]
        return fill_html(form, title=found.title, body=join_html([*body]))

    def _escape(self, text: str) -> Html:
        return Html(fill_html("{text}", text=text))
