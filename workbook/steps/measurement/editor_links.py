"""The screen with the tagged links of a plan, and the bench for links of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from workbook.interface.bench import BenchScreen
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.measurement.links import LinkProblem, judge_link
from workbook.measurement.qr import draw_qr
from workbook.platforms import load_platforms
from workbook.steps.measurement.editor_shown import NumbersScreen, write_open
from workbook.steps.measurement.register import (
    WORDS,
    group_rows,
    list_paper,
    name_campaign,
    register_of,
    usual_name,
    zip_codes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.measurement.links import Judgement
    from workbook.measurement.register import Register, RegisterRow
    from workbook.plan import Plan

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"
MOST_LINKS: Final = 50
_LINE = (
    '<section class="wb-lines"><h3>{title}</h3><p class="wb-hint">{note}</p>'
    '<pre tabindex="0" role="region" aria-label="{name}">{address}</pre>'
    '<button type="button" class="wb-copy" data-wb-copy data-wb-copied="{copied}"'
    ' data-wb-selected="{selected}" aria-label="{copy}: {name}">{copy}</button>'
    '<span role="status"></span>{code}</section>'
)
_PLACE = '<details class="wb-place"{open}><summary>{title}</summary>{rows}</details>'


class LinksScreen(NumbersScreen):
    """The links for each spot, each with a button that copies it; all of them as files."""

    def __init__(self, language: str) -> None:
        super().__init__("links", WORDS, language)

    def show(self, page: Page) -> list[Widget]:
        """The links, or what is still open."""
        plan = page.there.plan
        register = register_of(plan, self.language)
        if register is None:
            return [draw_html(self._write_open(plan))]
        if isinstance(register, LinkProblem):
            text = self.words["problem"].format(text=register.text, mend=register.mend)
            path = "linking.services_page"
            return [draw_html(write_open(text, path, self.words["open_page"]))]
        return [
            draw_html(self._write_lead(plan, register)),
            draw_row(*self._draw_files(page, register)),
            draw_html(self._write_links(register)),
        ]

    def _write_open(self, plan: Plan) -> Html:
        from workbook.measurement.placements import find_page  # noqa: PLC0415 - seldom needed

        if not find_page(plan):
            path, name = "linking.services_page", "page"
            return write_open(self.words["no_page"], path, self.words[f"open_{name}"])
        path = "platform_fit.first"
        return write_open(self.words["no_places"], path, self.words["open_places"])

    def _write_lead(self, plan: Plan, register: Register) -> Html:
        name = usual_name(plan, register)
        form = "campaign" if name_campaign(plan) else "campaign_open"
        leads = self.words["leads_to"].format(page=register.rows[0].link.page)
        return write_paragraphs(f"{leads} {self.words[form].format(campaign=name)}")

    def _draw_files(self, page: Page, register: Register) -> list[Widget]:
        from workbook.exports.register import write_csv, write_xlsx  # noqa: PLC0415 - openpyxl

        files: dict[str, tuple[str, str, Callable[[Register], bytes], str]] = {
            "csv": (CSV, ".csv", write_csv, "file"),
            "xlsx": (XLSX, ".xlsx", write_xlsx, "file"),
            "qr": (ZIP, ".zip", zip_codes, "qr_file"),
        }
        return [
            draw_button(self.words[name], self._give(page, register, *parts), name="quiet")
            for name, parts in files.items()
        ]

    def _give(self, page: Page, register: Register, *parts: Any) -> Callable[[object], None]:
        media_type, suffix, write, name = parts

        def give() -> None:
            file = name_file(page.there.plan, self.words[name]["value"], suffix)
            give_download(page, file, media_type, write(register))

        return lambda _: page.guard(give)

    def _write_links(self, register: Register) -> Html:
        paper = {row.link.url for row in list_paper(register)}
        parts = []
        for number, (place, rows) in enumerate(group_rows(register)):
            form = self.words["place_one" if len(rows) == 1 else "place"]
            parts.append(
                fill_html(
                    _PLACE,
                    open=Html("" if number else " open"),
                    title=form.format(place=place, count=len(rows)),
                    rows=join_html([self._write_row(row, row.link.url in paper) for row in rows]),
                )
            )
        return join_html(parts)

    def _write_row(self, row: RegisterRow, on_paper: bool) -> str:  # noqa: FBT001 - a fact of the row
        channel = self.words["channel"].format(channel=row.link.prediction.channel)
        known = row.link.platform in load_platforms()  # what is known of it is told with the places
        return fill_html(
            _LINE,
            title=row.placement,
            name=f"{row.place}, {row.placement}",
            note=channel if known else f"{channel} {row.note}".strip(),
            address=row.link.url,
            code=self._write_code(row.link.url) if on_paper else Html(""),
            **{name: self.words[name] for name in ("copy", "copied", "selected")},
        )

    def _write_code(self, address: str) -> Html:
        drawn = draw_qr(address, self.language)
        if isinstance(drawn, LinkProblem):
            return Html("")
        form = '<details class="wb-more"><summary>{title}</summary>{code}</details>'
        code = Html(f'<div class="wb-qr">{drawn.decode()}</div>')
        return Html(fill_html(form, title=self.words["qr_show"], code=code))


_BREAK = re.compile(r"[\r\n]+|\s+(?=https?:|//|www\.)", re.IGNORECASE)
"""Between two pasted links: the end of a line, or spaces before another address."""


class LinkBench(BenchScreen):
    """Links are pasted; each is said its channel, the rule that fired, and its traps."""

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:  # noqa: ARG002
        """What becomes of each link."""
        pasted = map(str.strip, _BREAK.split(given["links"] or ""))
        links = [link for link in pasted if link]
        judged = [
            judge_link(link, placed_on=given["placed_on"] or "", language=self.language)
            for link in links[:MOST_LINKS]
        ]
        parts: list[str] = [self._write_link(each) for each in judged]
        if len(links) > MOST_LINKS:
            parts.insert(0, write_paragraphs(self.words["many"].format(most=MOST_LINKS)))
        return [draw_html(join_html(parts))]

    def _write_link(self, judged: Judgement) -> str:
        look = "wb-wrong" if judged.problems else "wb-right"
        return fill_html(
            '<section class="wb-check {look}"><p class="wb-tag">{tag}</p>'
            "<h4>{address}</h4>{channel}{problems}</section>",
            look=look,
            tag=self.words["tag_wrong" if judged.problems else "tag_right"],
            address=judged.address,
            channel=self._write_channel(judged),
            problems=self._write_problems(judged.problems),
        )

    def _write_channel(self, judged: Judgement) -> Html:
        found = judged.prediction
        if found is None:
            return Html("")
        form = "<p><strong>{channel}</strong> {rule}<br>{because}</p>"
        return Html(
            fill_html(
                form,
                channel=self.words["channel_open" if found.is_open else "channel"].format(
                    channel=found.channel
                ),
                rule=self.words["rule"].format(number=found.order),
                because=found.because,
            )
        )

    def _write_problems(self, problems: Sequence[LinkProblem]) -> Html:
        items = [
            fill_html("<li>{text} <strong>{mend}</strong></li>", text=p.text, mend=p.mend)
            for p in problems
        ]
        return Html(fill_html("<ul>{items}</ul>", items=join_html(items)) if items else "")
