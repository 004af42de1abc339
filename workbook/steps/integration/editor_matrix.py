"""The year on a page: what runs in which month and channel, and whether it says the same."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html, write_finding, write_link
from workbook.interface.furniture import draw_html
from workbook.interface.shown import ShownScreen
from workbook.steps.integration.answers import Integration
from workbook.steps.integration.listing import STEP
from workbook.steps.integration.matrix import build_matrix, name_channel, name_month
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.integration.answers import Channel, Occasion
    from workbook.steps.integration.matrix import Matrix, Month

WORDS = "steps/integration/editor.toml"
MOST_IN_A_CELL = 4
MOST_IN_A_MONTH = 8
LONG_NAME = 40
ALIKE = (
    "same-offer-other-words",
    "same-offer-other-dates",
    "offer-other-number",
    "post-words-differ",
    "bio-offer-differs",
)
"""The findings that say where one offer is told in two ways."""


class MatrixScreen(ShownScreen):
    """The occasions by month and channel, then where one offer is told in two ways."""

    def __init__(self, language: str) -> None:
        super().__init__(f"{STEP}/months", load_words(WORDS, language)["matrix"], language)

    def is_shown(self, plan: Plan) -> bool:
        """Once anything is said, or where all questions are asked."""
        return plan.integration != Integration() or plan.start.route != "short"

    def show(self, page: Page) -> list[Widget]:
        """The months, what differs."""
        return [
            draw_html(self._write(page)),
        ]

    def _write(self, page: Page) -> Html:
        plan = page.there.plan
        if plan.goals.decision == "not_now":
            return write_paragraphs(self.words["waiting"])
        matrix = build_matrix(plan, page.there.now.date())
        parts: list[str] = []
        if matrix.months:
            parts += [self._write_wide(matrix), self._write_narrow(matrix)]
        else:
            parts.append(write_paragraphs(self.words["nothing"], "wb-hint"))
        if matrix.left_out:
            parts += [self._head("left_out"), self._list_names(matrix.left_out)]
        return join_html([*parts, *self._write_alike(page)])

    def _head(self, name: str) -> str:
        return fill_html("<h3>{title}</h3>", title=self.words[name])

    # -- months ----------------------------------------------------------------------------

    def _write_wide(self, matrix: Matrix) -> str:
        """A table with a column for each channel that is used, and the hand-overs below a month."""
        names = [name_channel(channel, self.language) for channel in matrix.channels]
        columns = [
            fill_html('<th scope="col">{x}</th>', x=x) for x in (self.words["month"], *names)
        ]
        rows = [row for month in matrix.months for row in self._write_rows(month, matrix.channels)]
        table = (
            '<div class="wb-wide wb-table wb-months" role="region" aria-label="{caption}" '
            'tabindex="0"><table><caption>{caption}</caption><thead><tr>{columns}</tr></thead>'
            "<tbody>{rows}</tbody></table></div>"
        )
        return fill_html(
            table,
            caption=self.words["caption"],
            columns=join_html(columns),
            rows=join_html(rows),
        )

    def _write_rows(self, month: Month, channels: tuple[Channel, ...]) -> list[str]:
        """A month's row, and one below it for who hands over where anybody does."""
        told = self._tell_hands(month)
        head = '<th scope="rowgroup" rowspan="{span}">{month}</th>'
        name = name_month(month.first, self.language)
        cells = [fill_html(head, span=2 if told else 1, month=name)]
        cells += [
            fill_html("<td>{names}</td>", names=self._name_few(month.list_in(channel)))
            for channel in channels
        ]
        rows = [fill_html("<tr>{cells}</tr>", cells=join_html(cells))]
        if told:
            below = '<tr class="wb-hands"><td colspan="{span}">{title}<br>{told}</td></tr>'
            title = self.words["hand_over"]
            rows.append(fill_html(below, span=len(channels), title=title, told=told))
        return rows

    def _name_few(self, occasions: tuple[Occasion, ...]) -> Html:
        names = [shorten(o.name or o.offer or "", LONG_NAME, placeholder=" …") for o in occasions]
        shown = [fill_html("{x}", x=name) for name in names if name][:MOST_IN_A_CELL]
        return self._join(shown, len(names) - len(shown))

    def _join(self, shown: list[str], left: int) -> Html:
        more = [fill_html("{x}", x=self.words["more"].format(count=left))] if left > 0 else []
        return join_html([*shown, *more], "<br>")

    def _tell_hands(self, month: Month) -> Html:
        """Who hands over, in the month in which an occasion begins, and who answers the phone."""
        told = [
            fill_html("{x}", x=text)
            for occasion in month.occasions
            if occasion.first and occasion.first >= month.first
            for text in self._list_hands(occasion)
        ]
        told = list(dict.fromkeys(told))
        return self._join(told[:MOST_IN_A_CELL], len(told) - MOST_IN_A_CELL)

    def _list_hands(self, occasion: Occasion) -> Iterable[str]:
        if occasion.hand_over:
            name = shorten(occasion.name or occasion.offer or "", LONG_NAME, placeholder=" …")
            yield self.words["where"].format(name=name, channels=occasion.hand_over)
        if occasion.phone and occasion.phone != UNKNOWN:
            yield self.words["phone"].format(who=occasion.phone)

    def _write_narrow(self, matrix: Matrix) -> str:
        """A list for each month, for a phone."""
        parts = [self._write_month(month) for month in matrix.months]
        return fill_html('<div class="wb-narrow">{parts}</div>', parts=join_html(parts))

    def _write_month(self, month: Month) -> str:
        items = [self._write_occasion(o, month) for o in month.occasions[:MOST_IN_A_MONTH]]
        left = len(month.occasions) - len(items)
        if left > 0:
            items.append(Html(fill_html("{x}", x=self.words["more"].format(count=left))))
        head = fill_html("<h3>{month}</h3>", month=name_month(month.first, self.language))
        return join_html([head, list_html(items, "wb-plain")])

    def _write_occasion(self, occasion: Occasion, month: Month) -> Html:
        named = ", ".join(name_channel(c, self.language) for c in occasion.channels)
        text = self.words["where"].format(
            name=occasion.name or occasion.offer or "", channels=named or self.words["nowhere"]
        )
        begins = occasion.first is not None and occasion.first >= month.first
        hands = occasion.hand_over if begins else None
        below = fill_html("<br>{x}", x=self.words["hands"].format(text=hands)) if hands else ""
        return Html(fill_html("{text}{below}", text=text, below=Html(below)))

    def _list_names(self, occasions: tuple[Occasion, ...]) -> Html:
        shown = occasions[:MOST_IN_A_MONTH]
        items = [
            write_link(f"{STEP}.occasions.{o.id}.first", o.name or o.offer or "") for o in shown
        ]
        left = len(occasions) - len(shown)
        if left:
            items.append(Html(fill_html("{x}", x=self.words["more"].format(count=left))))
        return list_html(items, "wb-plain")

    # -- same offer, same date, same words ---------------------------------------------------

    def _write_alike(self, page: Page) -> list[str]:
        """What differs, with both texts; or that nothing does."""
        offers = {o.offer.casefold() for o in page.there.plan.integration.occasions if o.offer}
        found = [finding for finding in page.there.findings if finding.id in ALIKE]
        parts = [self._head("alike")]
        for finding in found:
            parts.append(write_finding(finding, page.words, page.language))
            link = write_link(finding.path, self.words["mend"], finding.what)
            parts.append(fill_html("<p>{link}</p>", link=link))
        if not found:
            form = "alike_none" if not offers else "alike_good"
            form = "alike_good_one" if len(offers) == 1 else form
            parts.append(write_paragraphs(self.words[form].format(count=len(offers))))
        return parts
