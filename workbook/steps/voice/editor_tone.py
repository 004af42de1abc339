"""The bench for drafts: each rule of the plan with its number, its limit and the sentences."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_html, write_aside
from workbook.interface.pictures import write_table
from workbook.steps.voice.scales import SCALES
from workbook.tone import Verdict, check_drafts, rules_of
from workbook.tone.vocabulary import read_lines
from workbook.tone.wording import sort_results, write_head, write_hit, write_place, write_result
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.tone import Result, ToneHit, ToneReport
    from workbook.tone.wording import Told
    from workbook.values import Problem

MOST_SHOWN = 5
"""Sentences that are shown for one rule."""
FIRST_DEFAULT = "voice.reading_ease"


def write_defaults_link(label: str) -> Html:
    """The way to the numbers we chose, where the business may put in its own."""
    link = '<a href="11_finish.ipynb#at=own_defaults.{path}">{label}</a>'
    return Html(fill_html(link, path=FIRST_DEFAULT, label=label))


class ToneBench(BenchScreen):
    """Paste drafts or choose a file; see what the plan's own rules say. Nothing is kept."""

    takes_long = True

    def draw(self, page: Page) -> list[Widget]:
        """The bench, with what the owner says across the counter above the drafts."""
        widgets = super().draw(page)
        lines = read_lines(page.there.plan.mix.across_counter)
        if not lines:
            return widgets
        at = widgets.index(next(iter(page.fields.values())))
        said = join_html(
            [
                write_aside(self.words["own_voice"], lines),
                write_paragraphs(self.words["own_voice_lead"], "wb-hint"),
            ]
        )
        return [*widgets[:at], draw_html(said), *widgets[at:]]

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """The numbers as a table, then the sentences of each rule that is not kept."""
        texts, problems = self._read_texts(given)
        if not texts and not problems:
            return [draw_html(write_paragraphs(self.words["empty"], "wb-lead"))]
        plan = page.there.plan
        report = check_drafts(texts, rules_of(plan))
        parts = [write_paragraphs(problem, "wb-hint") for problem in problems]
        if report.drafts:
            parts += self._write(report, plan)
        return [draw_html(join_html([*parts]))]

    def _read_texts(self, given: Mapping[str, Any]) -> tuple[list[str], tuple[str, ...]]:
        """The posts that were pasted and those in files, with what could not be read."""
        from workbook.imports.posts import read_posts, split_posts  # noqa: PLC0415 - when tried
        from workbook.imports.problems import explain_all  # noqa: PLC0415 - when tried

        texts = list(split_posts(given["drafts"] or ""))
        problems: list[Problem] = []
        for file in given["files"] or ():
            read = read_posts(file.raw, file.name)
            texts.extend(read.texts)
            problems.extend(read.problems)
        return texts, explain_all(problems, self.language)

    def _write(self, report: ToneReport, plan: Plan) -> list[Html]:
        results = sort_results(report.results)
        outside = [r for r in results if r.verdict in (Verdict.HOLD, Verdict.OUTSIDE)]
        rest = [r for r in results if r not in outside]
        bare = all(getattr(plan.voice, name) is None for name in SCALES)
        return [
            write_paragraphs(write_head(report, self.language), "wb-lead"),
            *([write_paragraphs(self.words["defaults_only"], "wb-hint")] if bare else []),
            self._write_table(results),
            *self._write_outside(outside),
            self._write_rest(rest),
            self._write_change(),
        ]

    def _write_table(self, results: tuple[Result, ...]) -> Html:
        rows = []
        for result in results:
            told = write_result(result, self.language)
            cell = '{value}<br><span class="wb-limit">{limit}</span>'
            number = Html(fill_html(cell, value=told.value, limit=self._write_limit(told)))
            rows.append((told.title, number, told.verdict))
        return write_table(self.words["table"], tuple(self.words["columns"]), tuple(rows))

    def _write_limit(self, told: Told) -> str:
        form = self.words["limit" if told.limit else "no_limit"]
        return str(form).format(limit=told.limit, whose=told.whose)

    def _write_outside(self, results: list[Result]) -> list[Html]:
        if not results:
            return []
        title = Html(fill_html("<h4>{x}</h4>", x=self.words["look"]))
        return [title, *map(self._write_card, results)]

    def _write_card(self, result: Result) -> Html:
        told = write_result(result, self.language)
        limit = self._write_limit(told)
        kind = "block" if result.verdict is Verdict.HOLD else "warn"
        return Html(
            fill_html(
                '<section class="wb-finding wb-{kind}"><p class="wb-tag">{verdict}</p>'
                "<h5>{title}</h5><p>{value}. {limit}.</p>{note}{hits}"
                "<p><strong>{why_label}</strong> {why}</p></section>",
                kind=kind,
                verdict=told.verdict,
                title=told.title,
                value=told.value,
                limit=limit[:1].upper() + limit[1:],
                note=write_paragraphs(told.note),
                hits=self._list_hits(result),
                why_label=self.words["why"],
                why=told.why,
            )
        )

    def _list_hits(self, result: Result) -> Html:
        """The first sentences a number rests on, and how many more finds there are."""
        if not result.hits:
            return Html("")
        places = [list(hits) for _, hits in groupby(result.hits, lambda h: (h.draft, h.sentence))]
        shown = places[:MOST_SHOWN]
        left = result.count - sum(map(len, shown))
        more = (
            self.words["more"].format(count=write_number(left, self.language)) if left > 0 else ""
        )
        items = [self._write_hits(hits) for hits in shown]
        return join_html([list_html(items, "wb-hits"), write_paragraphs(more, "wb-hint")])

    def _write_hits(self, hits: list[ToneHit]) -> Html:
        """What was found in one sentence, its place, and the sentence."""
        found = ", ".join(filter(None, (write_hit(hit, self.language) for hit in hits)))
        return Html(
            fill_html(
                '<span class="wb-found-at">{place}</span> {found}<q dir="auto">{text}</q>',
                place=write_place(hits[0], self.language),
                found=Html(fill_html("<strong>{x}</strong> ", x=found)) if found else Html(""),
                text=hits[0].text,
            )
        )

    def _write_rest(self, results: list[Result]) -> Html:
        """What keeps to the rules or is only told, folded away."""
        told = [(write_result(result, self.language), result) for result in results]
        parts = [
            fill_html(
                "<h5>{title}: {value}</h5>{note}<p>{why}</p>{hits}",
                title=each.title,
                value=each.value,
                note=write_paragraphs(each.note),
                why=each.why,
                hits=self._list_hits(result),
            )
            for each, result in told
        ]
        return Html(
            fill_html(
                "<details class='wb-why'><summary>{label}</summary>{parts}</details>",
                label=self.words["rest"],
                parts=join_html(parts),
            )
        )

    def _write_change(self) -> Html:
        line = "<p>{text} {link}</p>"
        link = write_defaults_link(self.words["change_link"])
        return Html(fill_html(line, text=self.words["change"], link=link))
