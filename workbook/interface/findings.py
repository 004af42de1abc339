"""Findings on screen: what, because of which answer, what to do, how sure, what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_step
from workbook.evidence import write_source
from workbook.interface.escaping import Html, fill_html, join_html
from workbook.interface.furniture import draw_button, draw_html, fill_box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipywidgets import VBox, Widget

    from workbook.checks import Finding, Offer
    from workbook.interface.page import Page


def draw_findings(box: VBox, findings: Sequence[Finding], page: Page) -> None:
    """Put findings into a box, each with its offers as buttons, in the place of what was there."""
    parts: list[Widget] = []
    for finding in findings:
        parts.append(
            draw_html(write_finding(finding, page.words, page.language), name="wb-finding-box")
        )
        parts.extend(_draw_offer(offer, page) for offer in finding.offers)
    fill_box(box, *parts)
    if findings:
        page.announce(f"{page.words['findings_title']}: {findings[0].what}")


def _draw_offer(offer: Offer, page: Page) -> Widget:
    def apply() -> None:
        page.there.apply(offer)
        page.tell_kept()
        page.redraw(focus=offer.answers[0][0] if offer.answers else "")

    return draw_button(offer.label, lambda _: page.guard(apply), name="offer")


def write_finding(finding: Finding, words: dict[str, str], language: str = BASE_LANGUAGE) -> Html:
    """A finding as HTML: what stands open, the reasons fold away."""
    more = [
        fill_html("<dt>{label}</dt><dd>{text}</dd>", label=words[name], text=getattr(finding, name))
        for name in ("sure", "change")
    ]
    if finding.sources:
        sources = "; ".join(write_source(source, language) for source in finding.sources)
        more.append(
            fill_html("<dt>{label}</dt><dd>{text}</dd>", label=words["sources"], text=sources)
        )
    return Html(
        fill_html(
            '<section class="wb-finding wb-{severity}"><p class="wb-tag">{tag}</p>'
            "<h3>{what}</h3><p><strong>{do_label}</strong> {do}</p>"
            "<details><summary>{because_label} <span>{because}</span></summary>"
            "<dl>{more}</dl></details></section>",
            severity=finding.severity.value,
            tag=words["severity"][finding.severity.value],  # type: ignore[index]
            what=finding.what,
            do_label=words["do"],
            do=finding.do,
            because_label=words["because"],
            because=finding.because,
            more=join_html(more),
        )
    )


def write_link(path: str, label: str, hidden: str = "", back: str = "") -> Html:
    """A link to the screen that asks for the answer at a path, and from there back to a screen.

    A screen that asks for nothing has a name of its own, such as “measurement/export”.
    """
    page = load_step(path.replace("/", ".").partition(".")[0]).page
    return Html(
        fill_html(
            '<a href="{page}.ipynb#at={path}{back}">{label}'
            '<span class="wb-hidden"> {hidden}</span></a>',
            page=page,
            path=path,
            back=f"&from={back}" if back else "",
            label=label,
            hidden=hidden,
        )
    )


def list_html(items: Iterable[Html], name: str) -> Html:
    """Items as an HTML list."""
    rows = join_html([f"<li>{item}</li>" for item in items])
    return Html(fill_html('<ul class="{name}">{rows}</ul>', name=name, rows=rows))
