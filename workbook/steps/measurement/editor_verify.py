"""The bench that looks if pages are counted as the plan says; nothing of them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.audit.files import MOST_PAGES, Unreadable
from workbook.audit.pages import Page as WebPage
from workbook.audit.pages import read_page
from workbook.audit.verdicts import word_unreadable
from workbook.evidence import write_source
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_html
from workbook.measurement.verification import Wanted, find_role, verify_setup
from workbook.steps.measurement.editor_shown import write_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.measurement.verification import SetupFinding
    from workbook.plan import Plan

ROLES: Final = ("services", "contact", "thanks")
_LIVE: Final = "live"
_ORDER: dict[bool | None, str] = {False: "false", None: "none", True: "true"}
_OPEN = "<section><h4>{title}</h4>{body}</section>"
_FOLDED = '<details class="wb-more"><summary>{title} ({count})</summary>{body}</details>'
_LOOKS = {"false": "wb-wrong", "none": "wb-unseen", "true": "wb-right"}


class VerifyBench(BenchScreen):
    """Pages that are pasted, chosen or fetched, and whether their visits are counted."""

    takes_long = True

    fetches = False
    """Whether whoever runs the workbook lets it fetch pages."""

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The three pages by their addresses in the plan; fetching only where it is allowed."""
        wanted = Wanted.read(plan)
        pages = {r: str(getattr(wanted, r)) or self.words["roles"][r] for r in ROLES}
        return tuple(
            q.model_copy(update={"hint": q.hint.format(page=pages.get(q.id, ""))})
            for q in super().questions(plan)
            if self.fetches or q.id != _LIVE
        )

    def draw(self, page: Page) -> list[Widget]:
        """The bench, with the lead that fits what may be done here."""
        self.fetches = getattr(page.visit, "visit_website", None) is not None
        if self.fetches:
            self.words = {**self.words, "lead": self.words["lead_live"]}
        return super().draw(page)

    # -- pages ---------------------------------------------------------------------------------

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """What is seen on the pages, first what is to be mended."""
        plan, roles = page.there.plan, self._read_pasted(given)
        others = [*self._read_files(given), *self._fetch(page, given)]
        found = [*roles.values(), *others]
        if not found:
            return [draw_html(self._write_empty(plan, given))]
        pages = [each for each in found if isinstance(each, WebPage)]
        parts: list[str] = [
            self._write_unread(each) for each in found if isinstance(each, Unreadable)
        ]
        if not pages:
            return [draw_html(join_html([write_paragraphs(self.words["none"], "wb-lead"), *parts]))]
        known = {role: each for role, each in roles.items() if isinstance(each, WebPage)}
        wanted = Wanted.read(plan)
        checks = verify_setup(pages, wanted, self.language, roles=known)
        head = self.words["head"].format(pages=", ".join(each.name for each in pages))
        parts = [write_paragraphs(head, "wb-lead"), *parts]
        parts += [*self._write_unplaced(others, wanted), *self._write_checks(checks)]
        return [draw_html(join_html(parts))]

    def _read_pasted(self, given: Mapping[str, Any]) -> dict[str, WebPage | Unreadable]:
        """The pages that were pasted, by what they are."""
        return {
            role: read_page(self.words["roles"][role], given[role])
            for role in ROLES
            if given.get(role)
        }

    def _read_files(self, given: Mapping[str, Any]) -> Iterator[WebPage | Unreadable]:
        files = given["files"] or ()
        if len(files) > MOST_PAGES:
            yield Unreadable("", "too-many", {"limit": MOST_PAGES})
        for file in files[:MOST_PAGES]:
            yield read_page(file.name, file.raw)

    def _fetch(self, page: Page, given: Mapping[str, Any]) -> Iterator[WebPage | Unreadable]:
        """The pages that the plan names, as visitors get them now."""
        if given.get(_LIVE) != "yes":
            return
        plan = page.there.plan
        wanted, found = Wanted.read(plan), list[WebPage | Unreadable]()
        for role in reversed(ROLES):  # the page of thanks is not among those a tour visits
            address = str(getattr(wanted, role))
            seen = [each for each in found if isinstance(each, WebPage)]
            if address and find_role(seen, wanted, role) is None:
                found += page.visit.visit_website(plan, address, self.language)  # type: ignore[attr-defined] # asked for only then
        yield from {each.name: each for each in found}.values()

    # -- in words ------------------------------------------------------------------------------

    def _write_empty(self, plan: Plan, given: Mapping[str, Any]) -> Html:
        if given.get(_LIVE) == "yes" and not any(getattr(Wanted.read(plan), r) for r in ROLES):
            path = "linking.services_page"
            return write_open(self.words["unnamed"], path, self.words["open_pages"])
        return write_paragraphs(self.words["empty_live" if self.fetches else "empty"], "wb-lead")

    def _write_unread(self, page: Unreadable) -> Html:
        what, step = word_unreadable(page, self.language)
        line = '<section class="wb-finding wb-warn"><p><strong>{what}</strong> {step}</p></section>'
        return Html(fill_html(line, what=what, step=step))

    def _write_unplaced(
        self, others: Sequence[WebPage | Unreadable], wanted: Wanted
    ) -> Iterator[Html]:
        """The chosen files that are none of the three pages as far as we can tell."""
        pages = [p for p in others if isinstance(p, WebPage) and not p.was_fetched]
        placed = [find_role(pages, wanted, role) for role in ROLES]
        names = [page.name for page in pages if page not in placed]
        if names:
            text = self.words["unplaced"].format(pages=", ".join(names))
            yield write_paragraphs(text, "wb-hint")

    def _write_checks(self, checks: Sequence[SetupFinding]) -> Iterator[Html]:
        counts = {name: sum(c.passed is passed for c in checks) for passed, name in _ORDER.items()}
        said = [
            self.words["counts"][f"{name}_one" if number == 1 else name].format(count=number)
            for name, number in counts.items()
            if number
        ]
        yield write_paragraphs(", ".join(said) + ".")
        for passed, name in _ORDER.items():
            mine = [check for check in checks if check.passed is passed]
            if mine:
                form = _OPEN if passed is False else _FOLDED
                title, count = self.words["groups"][name], len(mine)
                body = join_html([self._write_check(check, name) for check in mine])
                yield Html(fill_html(form, title=title, count=count, body=body))

    def _write_check(self, check: SetupFinding, name: str) -> Html:
        told = {
            "fix": check.fix,
            "sure": check.sure,
            "change": check.change,
            "sources": "; ".join(map(write_source, check.sources)) if check.passed is False else "",
        }
        form = '<p class="{look}"><strong>{label}</strong> {text}</p>'
        items = [
            fill_html(form, look="wb-fact", label=self.words[key], text=text)
            for key, text in told.items()
            if text
        ]
        return Html(
            fill_html(
                '<section class="wb-check {look}"><p class="wb-tag">{tag}</p><h5>{title}</h5>'
                "<p>{why}</p>{lines}{items}</section>",
                look=_LOOKS[name],
                tag=self.words["tags"][name],
                title=check.title,
                why=check.why,
                lines=self._write_lines(check.lines),
                items=join_html(items),
            )
        )

    def _write_lines(self, lines: Sequence[str]) -> Html:
        if not lines:
            return Html("")
        label = self.words["line" if len(lines) == 1 else "lines"]
        shown = [fill_html("<li><code>{line}</code></li>", line=line) for line in lines]
        form = '<p class="wb-fact"><strong>{label}</strong></p><ul class="wb-quoted">{items}</ul>'
        return Html(fill_html(form, label=label, items=join_html(shown)))
