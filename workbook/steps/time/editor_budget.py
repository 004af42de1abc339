"""The screen of hours: what there is, what the plan needs, and what could be cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.budget.cuts import Cut, find_way, list_cuts, put
from workbook.budget.listed import Beside, find_beside
from workbook.budget.need import Need, Part, is_signed, reckon_need
from workbook.budget.wording import (
    list_left_out,
    list_purposes,
    list_rows,
    load_budget_words,
    tell_cut,
    tell_gap,
    tell_more_hours,
    tell_way,
)
from workbook.content import default_of, load_words
from workbook.evidence import write_source
from workbook.fit.numbers import SHARED_HOURS
from workbook.fit.phrases import write_hours
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_link
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_html,
)
from workbook.interface.pictures import write_table
from workbook.interface.shown import ShownScreen
from workbook.plan import OWN_DEFAULTS
from workbook.steps.time.week import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

_FACTS = '<details class="wb-more"><summary>{title}</summary>{body}</details>'
_GAP = (
    '<section class="wb-finding wb-gap {look}"><p class="wb-tag">{tag}</p><h3>{gap}</h3>{more}'
    "</section>"
)
_SHARED_PATH = f"{OWN_DEFAULTS}{SHARED_HOURS}"
_ONCE = '<p class="wb-hint">{x} <a href="11_finish.ipynb#at={path}">{label}</a></p>'
_CUT = (
    '<section class="wb-cut"><p class="wb-saves">{saves}</p><p>{cost}</p>'
    "<details><summary>{title}</summary><dl>{terms}</dl></details></section>"
)


class BudgetScreen(ShownScreen):
    """The hours there are against those the plan needs."""

    def __init__(self, language: str) -> None:
        super().__init__("time/budget", load_words(WORDS, language)["budget"], language)

    def show(self, page: Page) -> list[Widget]:
        """The gap, what takes the hours, the cuts, what hours are for."""
        plan = page.there.plan
        need = reckon_need(plan)
        waits = plan.goals.decision == "not_now"
        body = [draw_html(write_paragraphs(self.words["waiting"]))] if waits else []
        return [
            *(body or self._draw_body(page, plan, need)),
        ]

    def _draw_body(self, page: Page, plan: Plan, need: Need) -> list[Widget]:
        return [
            draw_html(self._write_gap(plan, need, find_beside(plan, page.there.now.date()))),
            *(self._draw_cuts(page, plan, need) if need.over else ()),
            draw_html(join_html([*self._write_takes(need)])),
            draw_html(join_html([*self._write_purposes(plan, need), *self._write_facts()])),
        ]

    # -- the gap -------------------------------------------------------------------------------

    def _write_gap(self, plan: Plan, need: Need, beside: Beside | None) -> Html:
        words, more = self.words, list[str]()
        signed = need.over and is_signed(plan)
        if signed:
            more.append(write_paragraphs(words["signed"].format(who=plan.time.exception_by)))
        if not need.demands:
            link = write_link("platform_fit.first", words["open_places"])
            more.append(fill_html("<p>{x} {link}</p>", x=words["no_places"], link=link))
        if need.available is None:
            link = write_link("start.hours_per_week", words["open_hours"])
            more.append(fill_html("<p>{link}</p>", link=link))
        name = "unknown" if need.available is None else "over" if need.over else "fits"
        name = "week" if name == "fits" and beside else name
        return Html(
            fill_html(
                _GAP,
                look="wb-block" if need.over and not signed else "",
                tag=words[name],
                gap=tell_gap(need, self.language, beside),
                more=join_html(more),
            )
        )

    def _write_takes(self, need: Need) -> Iterator[str]:
        """What takes the hours: places with their parts, what is needed once, and the whole."""
        words, rows = self.words, list_rows(need, self.language)
        if not rows:
            return
        yield fill_html("<h3>{title}</h3>", title=words["takes"])
        cell = '{name}<br><span class="wb-limit">{parts}</span>'
        cells: list[tuple[object, ...]] = [
            (Html(fill_html(cell, name=row.name, parts=row.parts)) if row.parts else row.name,
             row.hours)
            for row in rows
        ]  # fmt: skip
        whole = Html(fill_html("<strong>{x}</strong>", x=words["all"]))
        total = write_hours(need.hours, self.language)
        cells.append((whole, Html(fill_html("<strong>{x}</strong>", x=total))))
        table = write_table(words["caption"], tuple(words["columns"]), tuple(cells))
        yield fill_html('<div class="wb-week-hours">{table}</div>', table=table)
        if any(row.is_base for row in rows):
            yield write_paragraphs(words["base"], "wb-hint")
        link = write_link("platform_fit.places", words["change"])
        yield fill_html('<p class="wb-hint">{x} {link}</p>', x=words["ours"], link=link)
        yield fill_html(_ONCE, x=words["ours_once"], path=_SHARED_PATH, label=words["change_once"])
        if left := list_left_out(need, self.language):
            yield fill_html("<h3>{title}</h3>", title=words["left_out"])
            yield list_html([_write_item(line) for line in left], "wb-plain")

    # -- cuts ----------------------------------------------------------------------------------

    def _draw_cuts(self, page: Page, plan: Plan, need: Need) -> list[Widget]:
        """The way that makes it fit, then each cut with a button that does it."""
        words = load_words(WORDS, self.language)["cuts"]
        sentence, steps = tell_way(find_way(plan), need, self.language)
        head = [fill_html("<h3>{title}</h3>", title=words["title"]), write_paragraphs(sentence)]
        if steps:
            items = join_html([fill_html("<li>{x}</li>", x=step) for step in steps])
            head.append(fill_html("<ol>{items}</ol>", items=items))
        head.append(write_paragraphs(tell_more_hours(need, self.language)))
        cuts = list_cuts(plan)[: int(default_of(plan, "time.cuts_shown"))]
        if cuts:
            head.append(write_paragraphs(words["lead"], "wb-hint"))
        return [draw_html(join_html(head)), *(self._draw_cut(page, cut, need) for cut in cuts)]

    def _draw_cut(self, page: Page, cut: Cut, need: Need) -> Widget:
        words = load_words(WORDS, self.language)["cuts"]
        told = tell_cut(cut, need.over, self.language)
        terms = [
            fill_html("<dt>{term}</dt><dd>{text}</dd>", term=words[name], text=getattr(told, name))
            for name in ("because", "sure", "change")
        ]
        card = fill_html(
            _CUT,
            saves=told.saves,
            cost=words["cost"].format(cost=told.cost),
            title=words["why"],
            terms=join_html(terms),
        )
        press = draw_button(
            told.what, lambda _: page.guard(lambda: self._cut(page, cut)), name="offer"
        )
        return draw_group(press, draw_html(Html(card)), name="cut-group")

    def _cut(self, page: Page, cut: Cut) -> None:
        """Put the answers of a cut in place, undone as one, and show what the plan then needs."""
        session = page.there
        outcome = session.replace(put(session.plan, cut.answers))
        if outcome.error is not None:
            raise outcome.error
        page.tell_kept()
        page.redraw()
        words = load_words(WORDS, self.language)["cuts"]
        gap = tell_gap(reckon_need(page.there.plan), self.language)
        page.announce(words["done"].format(gap=gap))

    # -- what hours are for ----------------------------------------------------------------------

    def _write_purposes(self, plan: Plan, need: Need) -> Iterator[str]:
        rows = list_purposes(plan, need, self.language)
        if not rows or not need.sum_part(Part.MAKING, Part.REPLYING):
            return
        yield fill_html("<h3>{title}</h3>", title=self.words["purposes"])
        yield write_paragraphs(self.words["purposes_lead"])
        form = "<div><dt>{place}</dt><dd><strong>{purpose}.</strong> {why}</dd></div>"
        pairs = [fill_html(form, place=p, purpose=purpose, why=w) for p, purpose, w in rows]
        yield fill_html('<dl class="wb-purposes">{pairs}</dl>', pairs=join_html(pairs))

    def _write_facts(self) -> Iterator[str]:
        """What others found on hours, folded away, each with its date and source."""
        words, kept = load_budget_words(self.language)["facts"], load_budget_words()["facts"]
        items = [
            Html(
                fill_html(
                    '{says} ({when}) <span class="wb-from">{source}</span>',
                    says=fact["says"],
                    when=fact["when"],
                    source=write_source(ours["source"], self.language),
                )
            )
            for fact, ours in zip(words["found"], kept["found"], strict=True)
        ]
        body = join_html([write_paragraphs(words["lead"]), list_html(items, "wb-plain wb-told")])
        yield fill_html(_FACTS, title=words["title"], body=body)


def _write_item(line: str) -> Html:
    return Html(fill_html("{line}", line=line))
