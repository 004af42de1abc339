"""The documents to take along: what each is for, how it looks, and what goes in.

The kind of file and the paper are chosen once for all; a document is offered only as what suits it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from ipywidgets import Checkbox, VBox, Widget

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, write_paragraphs
from workbook.interface.files import name_document
from workbook.interface.furniture import (
    draw_button,
    draw_choice,
    draw_group,
    draw_html,
    draw_row,
    fill_box,
)
from workbook.interface.making import gather_for, one_at_a_time
from workbook.interface.preview import draw_preview, tell_missing
from workbook.interface.work import LongWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workbook.exports import Paper
    from workbook.exports.documents import Material
    from workbook.interface.page import Page
    from workbook.interface.preview import Preview

DOCUMENTS = "exports/documents/words.toml"
PIECE: Final = 1_000_000
"""Bytes that go over the line at once."""
_FIRST: Final = "strategy"
"""The document that most people came for."""


def give_download(
    page: Page, name: str, media_type: str, raw: bytes, *, share: bool = False
) -> None:
    """Hand a file to the browser, which saves it where the visitor's downloads go.

    A large one goes in pieces, so that the line and its server stay free for others in between.

    Args:
        page: The page it is for.
        name: The name of the file.
        media_type: What kind of file it is.
        raw: Its bytes.
        share: Whether a phone may offer to send it on instead.
    """
    pieces = [raw[at : at + PIECE] for at in range(0, len(raw), PIECE)] or [raw]
    for piece in pieces[:-1]:
        page.desk.tell("piece", buffers=[piece])
    page.desk.tell("download", buffers=pieces[-1:], name=name, type=media_type, share=share)


class Shelf:
    """Every document with what it is for, its preview, and switches for what goes in."""

    def __init__(self, page: Page, words: Mapping[str, Any]) -> None:
        from workbook.exports import Paper  # noqa: PLC0415 - one page only
        from workbook.exports.documents import Switches  # noqa: PLC0415 - same reason
        from workbook.interface.everything import Everything  # noqa: PLC0415 - it hands out files

        self.page, self.words = page, words
        self.kind = draw_choice(words["kind_label"], words["kind"])
        papers = {paper.value: words["paper"][paper.value] for paper in Paper}
        self.paper = draw_choice(words["paper_label"], papers)
        self.length = draw_choice(words["length_label"], words["length"])
        self.switches = {
            name: Checkbox(
                value=bool(field.default), description=words["switch"][name], indent=False
            )
            for name, field in Switches.model_fields.items()
            if name in words["switch"]
        }
        self.everything = Everything(page, words["everything"], self._gather, self._choose_paper)
        self.previews: dict[str, Preview] = {}
        self.missing: Html | None = None
        self.hint = VBox()
        self.box = VBox(_dom_classes=("wb-shelf",))
        self.kind.observe(self._fill, "value")
        for choice in (self.length, *self.switches.values()):
            choice.observe(self._look_again, "value")
        self._fill()

    def draw(self) -> list[Widget]:
        """The choices, everything at once, each document, and what goes in."""
        include = draw_html(write_paragraphs(self.words["include"], "wb-label"))
        return [
            draw_row(self.kind, self.paper, self.length),
            self.hint,
            self.everything.draw(),
            self.box,
            draw_group(include, *self.switches.values(), name="switches"),
        ]

    def refresh(self) -> None:
        """Show documents anew that stand open, when the plan is another one."""
        if tell_missing(self.page) != self.missing:
            self._fill()
        for preview in self.previews.values():
            preview.refresh()

    def _look_again(self, _: object) -> None:
        for preview in self.previews.values():
            preview.redo()

    def _gather(self) -> Material:
        from workbook.exports.documents import Switches  # noqa: PLC0415 - when one is made

        chosen = {name: box.value for name, box in self.switches.items()}
        return gather_for(self.page, Switches(**chosen, length=self.length.value))

    def _choose_paper(self) -> Paper:
        from workbook.exports import Paper  # noqa: PLC0415 - when one is made

        return Paper(self.paper.value)

    def _fill(self, _: object = None) -> None:
        """Put the documents there that come as this kind of file, in their groups."""
        stood_open = {name for name, preview in self.previews.items() if preview.is_open}
        self.missing = tell_missing(self.page)
        self.previews = {}
        fill_box(self.hint, *([draw_html(self.missing)] if self.missing else []))
        fill_box(self.box, *self._draw(self.kind.value))
        for name in stood_open & set(self.previews):
            self.previews[name].unfold()

    def _draw(self, kind: str) -> Iterator[Widget]:
        from workbook.exports.documents import list_formats  # noqa: PLC0415 - one page only

        documents = _list_documents(self.page.language)
        offered = [(name, told) for name, told in documents if kind in list_formats(name)]
        for group, members in groupby(offered, lambda each: each[1]["group"]):
            title = draw_html(Html(fill_html("<h3>{x}</h3>", x=self.words["group"][group])))
            drawn = (self._draw_document(name, told, kind) for name, told in members)
            yield draw_group(title, *drawn, name="documents")
        if len(offered) < len(documents):
            text = self.words["elsewhere"].format(count=len(documents) - len(offered))
            yield draw_html(write_paragraphs(text, "wb-hint"))

    def _draw_document(self, name: str, told: Mapping[str, Any], kind: str) -> Widget:
        purpose = fill_html(
            "<h4>{title}</h4><p>{purpose}</p>", title=told["title"], purpose=told["description"]
        )
        slot = VBox(_dom_classes=("wb-soon",))
        button = draw_button(
            self.words["format"][kind].format(title=told["title"]),
            lambda _: self.page.guard(lambda: self._make(name, kind, slot)),
            name="main" if name == _FIRST else "quiet",
        )
        parts = [draw_html(Html(purpose)), button, slot]
        if self.missing is None:
            self.previews[name] = draw_preview(self.page, name, gather=self._gather)
            parts.append(self.previews[name])
        return draw_group(*parts, name="download")

    def _make(self, name: str, kind: str, slot: Widget) -> None:
        words = self.words["making"]
        paper = self._choose_paper()
        make_document(self.page, words, (name, kind), slot, gather=self._gather, paper=paper)


def make_document(
    page: Page,
    words: Mapping[str, str],
    wanted: tuple[str, str],
    slot: Widget,
    *,
    gather: Callable[[], Material],
    paper: Paper,
) -> None:
    """Make one document and nothing else beside the page, and hand it over.

    Args:
        page: The page it is for.
        words: What is said while it is made.
        wanted: The name of the document, and its kind of file.
        slot: The box that shows how far it is.
        gather: Says what it is made of.
        paper: The sheet it is for.
    """
    from workbook.exports import load_formats  # noqa: PLC0415 - used when asked for
    from workbook.exports.documents import write_document  # noqa: PLC0415 - same reason

    name, kind = wanted
    module, plan = load_formats()[kind], page.there.plan

    def make() -> bytes:
        return write_document(name, kind, gather(), paper=paper)

    def give(raw: bytes) -> None:
        fill_box(slot)
        file = name_document(plan, name, module.SUFFIX, page.language)
        give_download(page, file, module.MEDIA_TYPE, raw, share=kind == "html")

    work = LongWork(page, words)
    fill_box(slot, work.draw())
    work.start(one_at_a_time(make), give, lambda: fill_box(slot))


def _list_documents(language: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Every document with its words, in order; its group is a name of ours, never translated."""
    from workbook.exports.documents import order_documents  # noqa: PLC0415 - one page only

    words, placed = load_words(DOCUMENTS, language), load_words(DOCUMENTS)
    return [(n, {**words[n], "group": placed[n]["group"]}) for n in order_documents()]
