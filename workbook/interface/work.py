"""Work that takes long, done beside the page: how far it is shows, and it can be stopped."""

from __future__ import annotations

import asyncio
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from workbook.interface.escaping import Html, fill_html
from workbook.interface.furniture import draw_button, draw_group, draw_html, draw_row
from workbook.measurement.embedded import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page

T = TypeVar("T")
_SAY_EVERY: Final = 25
"""Percent between two words to whoever listens to the page."""


class Watch(Protocol):
    """What a piece of work is handed, to tell how far it is and to ask whether to go on."""

    def __call__(self, share: float, note: str = "") -> bool:
        """How much is done, 0 to 1, and what is done next; whether to go on."""
        ...


class LongWork:
    """One piece of work in a thread of its own; what it comes to is told where pages are drawn.

    ``words`` has ``name``, ``doing`` and ``said`` (with ``{percent}`` or ``{note}``, where they say
    so), ``stop`` and ``stopped``. Until work tells how much is done, the bar shows that it goes on.
    Where no loop of events runs, as in a script, the work is done at once.
    """

    def __init__(self, page: Page, words: Mapping[str, str]) -> None:
        self._page, self._words = page, words
        self._stopped = False
        self._percent, self._note = -1, ""
        self._said = 0
        self._shown: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._when_stopped: Callable[[], None] = _do_nothing

    def start(
        self, do: Callable[[Watch], T], done: Callable[[T], None], stopped: Callable[[], None]
    ) -> None:
        """Begin the work.

        Args:
            do: The work; it is handed a function to tell how much is done, 0 to 1, and in a note
                what comes next; it answers whether to go on.
            done: What to do with what it comes to.
            stopped: What to do when somebody presses the button that stops it.
        """
        self._when_stopped = stopped
        try:
            self._loop = asyncio.get_running_loop()
        except RuntimeError:
            done(do(self._watch))
            return
        Thread(target=self._run, args=(do, done), daemon=True).start()

    def _run(self, do: Callable[[Watch], T], done: Callable[[T], None]) -> None:
        try:
            found = do(self._watch)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - told where the page is drawn
            self._call(self._fail, error)
        else:
            self._call(self._finish, done, found)

    def _call(self, act: Callable[..., None], *values: object) -> None:
        """Do something where the page is drawn; nothing is there to do once that has ended."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act, *values)

    def _finish(self, done: Callable[[T], None], found: T) -> None:
        if not self._stopped:
            self._page.guard(lambda: done(found))

    def _fail(self, error: Exception) -> None:
        def throw() -> None:
            raise error

        if not self._stopped:
            self._page.guard(throw)
            self._page.guard(self._when_stopped)

    def stop(self) -> None:
        """End the work as soon as it looks up; what it comes to is told to nobody."""
        self._stopped = True

    # -- how far it is -------------------------------------------------------------------------

    def _watch(self, share: float, note: str = "") -> bool:
        percent = int(share * 100)
        if (percent > self._percent or note != self._note) and not self._stopped:
            self._percent, self._note = percent, note
            self._call(self._show, percent, note)
        return not self._stopped

    def draw(self) -> Widget:
        """How far it is, and the button that stops it."""
        self._shown = draw_html(self._write(None, ""))
        button = draw_button(self._words["stop"], lambda _: self._page.guard(self._end))
        return draw_group(self._shown, draw_row(button), name="work")

    def _write(self, percent: int | None, note: str) -> Html:
        text = self._words["doing"].format(percent=percent or 0, note=note)
        form = (
            '<p aria-hidden="true">{text}</p>'
            '<progress max="100"{value} aria-label="{label}"></progress>'
        )
        value = Html("" if percent is None else fill_html(' value="{x}"', x=percent))
        return Html(fill_html(form, text=text, value=value, label=self._words["name"]))

    def _show(self, percent: int, note: str) -> None:
        if self._stopped or self._shown is None or self._shown.comm is None:
            return
        self._shown.value = self._write(percent, note)
        if percent >= self._said + _SAY_EVERY:
            self._said = percent - percent % _SAY_EVERY
            self._page.announce(self._words["said"].format(percent=self._said, note=note))

    def _end(self) -> None:
        self.stop()
        self._page.announce(self._words["stopped"])
        self._when_stopped()


def _do_nothing() -> None:
    """Nothing is to be done."""
