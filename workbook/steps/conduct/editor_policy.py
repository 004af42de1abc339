"""The bench for a policy a business has already: what is too wide in it, and how to narrow it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.interface.bench import BenchScreen
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_button, draw_html
from workbook.steps.conduct.clauses import CLAUSES, load_clauses
from workbook.steps.conduct.linting import Hit, has_savings, lint, load_rules, narrow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.steps.conduct.linting import Rule

MOST_SENTENCES = 5
"""Sentences that are shown for one rule."""
LONGEST_QUOTE = 300
LEAST_WORDS = 25
LEAST_COMMON = 0.06
"""In English more than one word in sixteen is among the commonest; below that it is another."""


class PolicyBench(BenchScreen):
    """Paste the rules there are; see what is too wide, why, and a narrower wording."""

    takes_long = True

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """What is too wide, rule by rule, and the whole text with narrower wording to take."""
        text = given["policy"] or ""
        hits = lint(text)
        note = load_words(CLAUSES, self.language)["words"]["note"]
        after = [*self._say_savings(text), self.words["dated"], self.words["missed"], note]
        rest = join_html([write_paragraphs(line) for line in after])
        return [
            draw_html(self._write(text, hits)),
            *([self._draw_taking(page, text, hits)] if hits else []),
            draw_html(rest),
        ]

    def _write(self, text: str, hits: Sequence[Hit]) -> Html:
        foreign = [self.words["foreign"]] if is_foreign(text, self.words["common_words"]) else []
        sentences = len({(hit.start, hit.end) for hit in hits})
        form = "none" if not hits else "one" if sentences == 1 else "many"
        lines = [*foreign, self.words[form].format(count=sentences)]
        parts = [write_paragraphs(line, "wb-lead") for line in lines]
        for rule in load_rules(self.language).values():
            mine = [hit for hit in hits if hit.rule == rule.id]
            if mine:
                parts.append(self._write_rule(rule, mine))
        return join_html([*parts])

    def _write_rule(self, rule: Rule, hits: Sequence[Hit]) -> Html:
        quotes = [Html(fill_html("<q>{x}</q>", x=_shorten(hit))) for hit in hits[:MOST_SENTENCES]]
        more = ""
        if len(hits) > MOST_SENTENCES:
            more = self.words["first_of"].format(shown=MOST_SENTENCES, count=len(hits))
        return Html(
            fill_html(
                '<section class="wb-finding wb-warn"><h4>{label}</h4>{quotes}{more}'
                "<p><strong>{why_label}</strong> {why}</p>"
                "<p><strong>{narrower_label}</strong> {narrower}</p></section>",
                label=rule.label,
                quotes=list_html(quotes, "wb-plain"),
                more=write_paragraphs(more, "wb-hint"),
                why_label=self.words["why"],
                why=rule.why,
                narrower_label=self.words["narrower"],
                narrower=rule.narrower,
            )
        )

    def _say_savings(self, text: str) -> list[str]:
        if has_savings(text):
            return [self.words["savings_there"]]
        rights = load_clauses(self.language)["rights"].brief
        return [self.words["savings_missing"].format(text=rights)]

    def _draw_taking(self, page: Page, text: str, hits: Sequence[Hit]) -> Widget:
        def give() -> None:
            raw = narrow(text, hits, self.language).encode()
            give_download(page, self.words["file"], "text/plain", raw)

        return draw_button(self.words["take"], lambda _: page.guard(give), name="quiet")


def _shorten(hit: Hit) -> str:
    line = " ".join(hit.sentence.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


def is_foreign(text: str, common: str) -> bool:
    """Whether a text of some length has hardly any of the commonest English words."""
    words = re.findall(r"\w+", text[:20_000].lower())
    known = set(common.split())
    return len(words) >= LEAST_WORDS and sum(w in known for w in words) < LEAST_COMMON * len(words)
