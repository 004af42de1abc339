"""Links for reading that the owner of a plan gives to others: what they show, to whom, and an end.

The keys in them are told to the browser in a message and never stand in a widget, as with the
owner's own key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.content import load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_button, draw_heading, draw_html
from workbook.interface.own_link import tell_code
from workbook.storage.store import Right, SharedStore
from workbook.values import clean_text
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.storage.store import GivenLink

_WORDS: Final = "interface/reading.toml"
MOST_LINKS: Final = 50
LONGEST_NAME: Final = 100


def find_sharing(page: Page) -> SharedStore | None:
    """Where links to the plan on a page can be given; None in a file, the example, and unsaved."""
    session = page.session
    if session is None or page.example or not session.file.revision:
        return None
    store = session.store
    return store if isinstance(store, SharedStore) and not store.reads_only else None


def write_invitation(page: Page) -> Html:
    """The way to the links for reading, where there are any."""
    if find_sharing(page) is None:
        return Html("")
    words = load_words(_WORDS, page.language)["links"]
    form = '<p><a href="11_finish.ipynb#at={at}">{label}</a> {what}</p>'
    return Html(fill_html(form, at=LinksScreen.id, label=words["give"], what=words["what"]))


class LinksScreen:
    """Gives links for reading, lists those given, and withdraws them."""

    id = "links"

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: Mapping[str, Any] = load_words(_WORDS, language)["links"]
        self.title = str(self.words["title"])
        self._offered = False

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for nothing
        """Never: no answer of the plan is asked for here."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - it is no station of the way
        """Never on the way; a link or the menu leads here."""
        return False

    def draw(self, page: Page) -> list[Widget]:
        """What a link shows and to whom, and room for the list, which the browser fills."""
        self._offered = find_sharing(page) is not None
        parts = [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self.words["lead"]),
        ]
        if not self._offered:
            return [*parts, draw_html(write_paragraphs(self.words["nowhere"]))]
        shows = [Html(fill_html("{x}", x=line)) for line in self.words["shows"]]
        room = Html('<div class="wb-links" data-wb-links></div>')
        self._tell(page)
        return [*parts, draw_html(join_html([list_html(shows, "wb-plain"), room]))]

    def refresh(self, page: Page) -> None:
        """Offer links as soon as there is something to show."""
        if page.screen is self and self._offered != (find_sharing(page) is not None):
            page.redraw(go=False)

    # -- what the browser says -----------------------------------------------------------------

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:  # noqa: ARG002 - no files here
        """Give or withdraw a link, or draw one as a code."""
        store = find_sharing(page)
        act = {"links.give": self._give, "links.withdraw": self._withdraw, "links.code": self._code}
        if store is not None and path in act and isinstance(raw, dict):
            act[path](page, store, {k: v for k, v in raw.items() if isinstance(v, str)})

    def _give(self, page: Page, store: SharedStore, said: Mapping[str, str]) -> None:
        if len(store.links()) >= MOST_LINKS:
            return
        who = " ".join(clean_text(said.get("who", "")).split())[:LONGEST_NAME]
        self._tell(page, given=store.grant(Right.READING, who))

    def _withdraw(self, page: Page, store: SharedStore, said: Mapping[str, str]) -> None:
        store.withdraw(said.get("name", ""))
        self._tell(page)
        page.announce(self.words["withdrawn"])

    def _code(self, page: Page, store: SharedStore, said: Mapping[str, str]) -> None:
        found = next((link for link in store.links() if link.name == said.get("name")), None)
        if found is not None:
            tell_code(page, found.name, f"{said.get('here', '')}#read={found.key}")

    def _tell(self, page: Page, *, given: str = "") -> None:
        """Tell the browser every link there is, and which was given just now."""
        store = find_sharing(page)
        links = store.links() if store is not None else ()
        shown = [self._describe(link) for link in links if link.right is Right.READING]
        page.desk.tell(
            "links",
            texts=self.words["page"],
            links=shown,
            given=given,
            full=len(links) >= MOST_LINKS,
            business=page.there.plan.start.name or "",
        )

    def _describe(self, link: GivenLink) -> dict[str, str]:
        words = self.words["page"]
        day = write_day(link.day, self.language) if link.day else ""
        who = link.who or words["nobody"]
        title = words["given_on"].format(who=who, day=day) if day else who
        if not link.key:
            title = words["unreadable"]
        return {"name": link.name, "key": link.key, "who": who, "title": title}
