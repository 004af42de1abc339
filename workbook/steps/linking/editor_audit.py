"""The bench for web pages: what each check sees, why, and what to do. Nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.audit.files import MOST_PAGES, Unreadable
from workbook.audit.pages import Page as WebPage
from workbook.audit.pages import read_page
from workbook.audit.run import audit
from workbook.audit.verdicts import word_unreadable
from workbook.content import load_words
from workbook.evidence import write_source
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_html, draw_row
from workbook.steps.linking.editor_lines import draw_download, write_lines
from workbook.steps.linking.overview import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.audit.verdicts import AuditCheck
    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.plan import Plan

_LIVE = "live"
_ORDER: dict[bool | None, str] = {False: "false", None: "none", True: "true"}
_LOOKS = {"false": "wb-wrong", "none": "wb-unseen", "true": "wb-right"}


class AuditBench(BenchScreen):
    """Paste or upload pages, or name one where this workbook may fetch it."""

    takes_long = True

    fetches = False
    """Whether whoever runs the workbook lets it fetch pages."""

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The address is asked for only where pages may be fetched."""
        return tuple(q for q in super().questions(plan) if self.fetches or q.id != _LIVE)

    def draw(self, page: Page) -> list[Widget]:
        """The bench, with the lead that fits what may be done here."""
        self.fetches = getattr(page.visit, "visit_website", None) is not None
        if self.fetches:
            self.words = {**self.words, "lead": self.words["lead_live"]}
        return super().draw(page)

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """The checks, what is to mend first, and the lines to copy."""
        found = list(self._gather(page, given))
        if not found:
            empty = self.words["empty_live" if self.fetches else "empty"]
            return [draw_html(write_paragraphs(empty, "wb-lead"))]
        pages = [each for each in found if isinstance(each, WebPage)]
        unread = [each for each in found if isinstance(each, Unreadable)]
        parts = [self._write_head(pages), *map(self._write_unread, unread)]
        if not pages:
            return [draw_html(join_html([*parts]))]
        session = page.there
        checks = audit(session.plan, pages, session.now.date(), self.language)
        lines = fill_html(
            '<details class="wb-more"><summary>{title}</summary>{lines}</details>',
            title=self.words["lines_summary"],
            lines=write_lines(session.plan, self.language, "h4"),
        )
        parts += [*self._write_checks(checks), Html(lines)]
        return [draw_html(join_html([*parts])), draw_row(draw_download(page))]

    def _gather(self, page: Page, given: Mapping[str, Any]) -> Iterator[WebPage | Unreadable]:
        files = given["files"] or ()
        if len(files) > MOST_PAGES:
            yield Unreadable("", "too-many", {"limit": MOST_PAGES})
        if given.get(_LIVE):
            yield from page.visit.visit_website(  # type: ignore[attr-defined] # asked for only then
                page.there.plan, given[_LIVE], self.language
            )
        if given["pasted"]:
            yield read_page(self.words["pasted"], given["pasted"])
        for file in files[:MOST_PAGES]:
            yield read_page(file.name, file.raw)

    # -- in words ------------------------------------------------------------------------------

    def _write_head(self, pages: Sequence[WebPage]) -> Html:
        if not pages:
            return write_paragraphs(self.words["none"], "wb-lead")
        names = ", ".join(page.name for page in pages)
        return write_paragraphs(self.words["head"].format(pages=names), "wb-lead")

    def _write_unread(self, page: Unreadable) -> Html:
        what, step = word_unreadable(page, self.language)
        line = '<section class="wb-finding wb-warn"><p><strong>{what}</strong> {step}</p></section>'
        return Html(fill_html(line, what=what, step=step))

    def _write_checks(self, checks: Sequence[AuditCheck]) -> Iterator[Html]:
        words = load_words(WORDS, self.language)
        yield self._write_counts(checks, words)
        for result, name in _ORDER.items():
            mine = [check for check in checks if check.passed is result]
            if not mine:
                continue
            title = words["groups"][name]
            body = join_html([self._write_check(check, name, words) for check in mine])
            form = (
                "<h4>{title}</h4>{body}"
                if result is False
                else '<details class="wb-more"><summary>{title} ({count})</summary>{body}</details>'
            )
            yield Html(fill_html(form, title=title, count=len(mine), body=body))

    def _write_counts(self, checks: Sequence[AuditCheck], words: Mapping[str, Any]) -> Html:
        numbers = [
            (name, sum(c.passed is result for c in checks)) for result, name in _ORDER.items()
        ]
        said = [
            words["counts"][f"{name}_one" if number == 1 else name].format(count=number)
            for name, number in numbers
            if number
        ]
        return write_paragraphs(", ".join(said) + ".")

    def _write_check(self, check: AuditCheck, name: str, words: Mapping[str, Any]) -> str:
        fix = fill_html("<p><strong>{label}</strong> {fix}</p>", label=words["fix"], fix=check.fix)
        sources = "; ".join(write_source(source, self.language) for source in check.sources)
        cited = fill_html(
            '<p class="wb-hint">{label} {text}</p>', label=words["sources"], text=sources
        )
        return fill_html(
            '<section class="wb-check {look}"><p class="wb-tag">{tag} · {id}</p><h5>{title}</h5>'
            "<p>{why}</p>{fix}{sources}</section>",
            look=_LOOKS[name],
            tag=words["tags"][name],
            id=check.id,
            title=check.title,
            why=check.why,
            fix=Html(fix if check.fix else ""),
            sources=Html(cited if sources and check.passed is False else ""),
        )
