"""The documents to take along: what each is for, one button each, and what goes in.

The kind of file and the paper are chosen once for all; a document is offered only as what suits it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from ipywidgets import Checkbox, Dropdown, VBox, Widget

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.furniture import close, draw_button, draw_group, draw_html, draw_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workbook.interface.page import Page

DOCUMENTS = "exports/documents/words.toml"


def draw_downloads(page: Page, words: Mapping[str, Any]) -> list[Widget]:
    """Every document with what it is for, and switches for what goes in."""
    shelf = _Shelf(page, words)
    include = draw_html(write_paragraphs(words["include"], "wb-label"))
    return [
        draw_row(shelf.kind, shelf.paper),
        shelf.box,
        draw_group(include, *shelf.switches.values(), name="switches"),
    ]


def give_download(page: Page, name: str, media_type: str, raw: bytes) -> None:
    """Hand a file to the browser, which saves it where the visitor's downloads go."""
    page.desk.tell("download", buffers=[raw], name=name, type=media_type)


class _Shelf:
    """The documents that come as the chosen kind of file."""

    def __init__(self, page: Page, words: Mapping[str, Any]) -> None:
        from workbook.exports import Paper  # noqa: PLC0415 - one page only
        from workbook.exports.documents import Switches  # noqa: PLC0415 - same reason

        self.page, self.words = page, words
        self.kind = _draw_choice(words["kind_label"], words["kind"])
        papers = {paper.value: words["paper"][paper.value] for paper in Paper}
        self.paper = _draw_choice(words["paper_label"], papers)
        self.switches = {
            name: Checkbox(
                value=bool(field.default), description=words["switch"][name], indent=False
            )
            for name, field in Switches.model_fields.items()
            if name in words["switch"]
        }
        self.box = VBox(_dom_classes=("wb-shelf",))
        self.kind.observe(self._fill, "value")
        self._fill()

    def _fill(self, _: object = None) -> None:
        """Put the documents there that come as this kind of file, in their groups."""
        before, self.box.children = self.box.children, tuple(self._draw(self.kind.value))
        for widget in before:
            close(widget)

    def _draw(self, kind: str) -> Iterator[Widget]:
        from workbook.exports.documents import list_formats  # noqa: PLC0415 - one page only

        documents = _sort_documents(self.words["group"], self.page.language)
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
        button = draw_button(
            self.words["format"][kind].format(title=told["title"]),
            self._give(name, kind),
            name="main" if name == _FIRST else "quiet",
        )
        return draw_group(draw_html(Html(purpose)), button, name="download")

    def _give(self, name: str, kind: str) -> Callable[[object], None]:
        def give(_: object) -> None:
            self.page.guard(lambda: self._send(name, kind))

        return give

    def _send(self, name: str, kind: str) -> None:
        from workbook.exports import Paper, load_formats  # noqa: PLC0415 - used when asked for
        from workbook.exports.documents import (  # noqa: PLC0415 - same reason
            Switches,
            gather,
            write_document,
        )

        session = self.page.there
        material = gather(
            session.plan,
            session.now.date(),
            unclear=session.file.unclear,
            language=self.page.language,
            switches=Switches(**{key: box.value for key, box in self.switches.items()}),
        )
        module = load_formats()[kind]
        raw = write_document(name, kind, material, paper=Paper(self.paper.value))
        file = name_file(session.plan, name.replace("_", "-"), module.SUFFIX)
        self.page.desk.tell(
            "download", buffers=[raw], name=file, type=module.MEDIA_TYPE, share=kind == "html"
        )


_FIRST = "strategy"
"""The document that most people came for."""


def _draw_choice(label: str, options: Mapping[str, str]) -> Dropdown:
    """A list to choose one from; its label belongs to it for screen readers too."""
    offered = tuple((text, name) for name, text in options.items())
    choice = Dropdown(options=offered, description=label, _dom_classes=("wb-choice",))
    choice.layout.width = choice.style.description_width = "auto"
    return choice


def _sort_documents(
    groups: Mapping[str, str], language: str
) -> list[tuple[str, Mapping[str, Any]]]:
    """Every document with its words, in the order of the groups and of its place in its group."""
    from workbook.exports.documents import load_documents  # noqa: PLC0415 - one page only

    words, placed, order = load_words(DOCUMENTS, language), load_words(DOCUMENTS), list(groups)
    told = [(name, {**words[name], "group": placed[name]["group"]}) for name in load_documents()]
    return sorted(told, key=lambda each: (order.index(each[1]["group"]), each[1]["order"]))
