"""Everything as one zip: made file by file beside the page, with how far it is, and a way to stop.

The other documents can be taken meanwhile; each waits for no more than the file that is being made.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ipywidgets import VBox, Widget

from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html
from workbook.interface.files import name_file
from workbook.interface.furniture import draw_button, draw_group, draw_html, fill_box
from workbook.interface.making import ONE_AT_A_TIME
from workbook.interface.work import LongWork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.exports import Paper
    from workbook.exports.bundle import Bundle, Place
    from workbook.exports.documents import Material
    from workbook.interface.page import Page
    from workbook.interface.work import Watch

log = logging.getLogger(__name__)


class Everything:
    """The button for all documents at once, and what becomes of it.

    ``gather`` says what the documents are made of, ``choose_paper`` for which sheet.
    """

    def __init__(
        self,
        page: Page,
        words: Mapping[str, Any],
        gather: Callable[[], Material],
        choose_paper: Callable[[], Paper],
    ) -> None:
        self._page, self._words = page, words
        self._gather, self._choose_paper = gather, choose_paper
        self._work: LongWork | None = None
        self._box = VBox(_dom_classes=("wb-preview",))

    def draw(self) -> Widget:
        """What it is, its button, and room for how far it is."""
        from workbook.exports.bundle import list_places  # noqa: PLC0415 - one page only

        purpose = self._words["purpose"].format(count=len(list_places(self._page.language)))
        head = fill_html(
            "<h3>{title}</h3><p>{purpose}</p>", title=self._words["title"], purpose=purpose
        )
        button = draw_button(self._words["button"], lambda _: self._page.guard(self._start))
        return draw_group(draw_html(Html(head)), button, self._box, name="download")

    def _start(self) -> None:
        if self._work is not None:
            return
        self._work = LongWork(self._page, self._words["work"])
        self._lay(self._work.draw())
        self._work.start(self._make, self._give, self._stop)

    def _make(self, watch: Watch) -> Bundle:
        from workbook.exports.bundle import pack_bundle  # noqa: PLC0415 - when it is asked for

        def tell(place: Place) -> bool:
            note = self._words["note"].format(at=place.at, of=place.of, name=place.name)
            return watch((place.at - 1) / place.of, note)

        file, paper = self._page.there.file, self._choose_paper()
        with ONE_AT_A_TIME:
            material = self._gather()
        return pack_bundle(material, file, paper=paper, watch=tell, turn=ONE_AT_A_TIME)

    def _give(self, bundle: Bundle) -> None:
        from workbook.exports.bundle import MEDIA_TYPE, SUFFIX  # noqa: PLC0415 - same reason

        self._work = None
        for fault in bundle.faults:
            log.critical("a document failed: %s", fault)
        name = name_file(self._page.there.plan, self._words["file"], SUFFIX)
        give_download(self._page, name, MEDIA_TYPE, bundle.raw)
        self._lay(*([draw_html(self._write(bundle.problems))] if bundle.problems else []))

    def _stop(self) -> None:
        self._work = None
        self._lay()

    def _write(self, problems: tuple[str, ...]) -> Html:
        items = [fill_html("<li>{text}</li>", text=text) for text in problems]
        form = '<div role="alert"><p class="wb-label">{title}</p><ul>{items}</ul></div>'
        return Html(fill_html(form, title=self._words["missing"], items=join_html(items)))

    def _lay(self, *widgets: Widget) -> None:
        fill_box(self._box, *widgets)
