"""The screen of the week: the blocks as a picture, what has no block, a week off, the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.budget.absence import reckon_absence
from workbook.budget.blocks import cover, sum_blocks
from workbook.budget.need import reckon_need
from workbook.budget.wording import load_budget_words, name_task, tell_absence
from workbook.content import default_of, load_words
from workbook.fit.phrases import write_hours
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.pictures import write_picture
from workbook.interface.shown import ShownScreen
from workbook.steps.time.answers import Purpose
from workbook.steps.time.week import WORDS, draw_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

_MINUTES = 60


class WeekScreen(ShownScreen):
    """The week as it goes into the calendar."""

    def __init__(self, language: str) -> None:
        super().__init__("time/week", load_words(WORDS, language)["week"], language)

    def is_shown(self, plan: Plan) -> bool:
        """On the full way, unless social media waits."""
        return plan.start.route != "short" and plan.goals.decision != "not_now"

    def show(self, page: Page) -> list[Widget]:
        """The picture, what has a block, a week off, the calendar file."""
        plan = page.there.plan
        return [
            draw_html(join_html([*self._write_week(plan), *self._write_away(plan)])),
            *self._draw_calendar(page, plan),
        ]

    def _write_week(self, plan: Plan) -> Iterator[str]:
        if not plan.time.blocks:
            yield write_paragraphs(self.words["nothing"], "wb-hint")
            return
        yield write_picture(draw_week(plan, self.language, "time-week"), self.words["table"])
        yield from self._write_cover(plan)
        yield from self._write_judged(plan)

    def _write_cover(self, plan: Plan) -> Iterator[str]:
        """What the plan needs of each task, and what of it stands in blocks."""
        words, need = self.words, reckon_need(plan)
        taken = write_hours(sum_blocks(plan.time.blocks), self.language)
        if need.available is None:
            yield write_paragraphs(words["taken"].format(taken=taken))
        else:
            hours = write_hours(need.available, self.language)
            yield write_paragraphs(words["taken_of"].format(taken=taken, hours=hours))
        room, lines = default_of(plan, "time.short_of") / _MINUTES, []
        for each in cover(need, plan.time.blocks):
            if each.needed or each.standing:
                form = words["cover_lacks" if each.lacking > room else "cover"]
                lines.append(
                    form.format(
                        task=name_task(each.task, self.language),
                        needed=write_hours(each.needed, self.language),
                        standing=write_hours(each.standing, self.language),
                        lacking=write_hours(each.lacking, self.language),
                    )
                )
        yield from _write_lines(words["covered"], lines)

    def _write_judged(self, plan: Plan) -> Iterator[str]:
        """By what each purpose there is will be judged."""
        said, there = load_budget_words(self.language), {b.purpose for b in plan.time.blocks}
        form = "<div><dt>{purpose}</dt><dd>{judged}.</dd></div>"
        pairs = [
            fill_html(form, purpose=said["purposes"][p], judged=said["judged"][p])
            for p in Purpose
            if p in there and p is not Purpose.ALL
        ]
        if pairs:
            yield fill_html("<h3>{title}</h3>", title=self.words["judged"])
            yield fill_html('<dl class="wb-purposes">{pairs}</dl>', pairs=join_html(pairs))

    def _write_away(self, plan: Plan) -> Iterator[str]:
        """What a week without the owner means."""
        lines = tell_absence(plan, self.language)
        absence = reckon_absence(plan)
        if not lines:
            return
        owner = absence.owner or load_budget_words(self.language)["away"]["owner"]
        yield from _write_lines(self.words["away"].format(owner=owner), lines)
        if not absence.substitute:
            link = write_link("time.substitute", self.words["open_substitute"])
            nobody = self.words["away_nobody"]
            yield fill_html("<p>{x} {link}</p>", x=nobody, link=link)

    # -- the calendar --------------------------------------------------------------------------

    def _draw_calendar(self, page: Page, plan: Plan) -> list[Widget]:
        """What the calendar file holds, and the button that hands it over."""
        from workbook.exports.calendar import count_entries  # noqa: PLC0415 - one screen only

        words, count = self.words, count_entries(plan, page.there.now.date())
        head = fill_html("<h3>{title}</h3>", title=words["calendar"])
        if not count:
            none = write_paragraphs(words["calendar_none"], "wb-hint")
            return [draw_html(join_html([head, none]))]
        zone = plan.complaints.zone
        told = words["calendar_zone"].format(zone=zone) if zone else words["calendar_float"]
        text = f"{words['calendar_lead'].format(count=count)} {told}"
        parts = [head, write_paragraphs(text), write_paragraphs(words["calendar_again"], "wb-hint")]
        button = draw_button(words["download"], lambda _: page.guard(lambda: self._give(page)),
                             name="quiet")  # fmt: skip
        return [draw_html(join_html(parts)), draw_row(button)]

    def _give(self, page: Page) -> None:
        from workbook.exports.calendar import (  # noqa: PLC0415 - one screen only
            MEDIA_TYPE,
            SUFFIX,
            write_calendar,
        )

        session = page.there
        raw = write_calendar(session.plan, session.now.date(), language=self.language)
        name = name_file(session.plan, self.words["file"], SUFFIX)
        give_download(page, name, MEDIA_TYPE, raw)


def _write_lines(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield fill_html("<h3>{title}</h3>", title=title)
        yield list_html([Html(fill_html("{line}", line=line)) for line in lines], "wb-plain")
