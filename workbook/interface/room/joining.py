"""The way into a workshop: a code, a name, what the facilitator may see; then what to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import explain_error
from workbook.errors import RoomError, SightUnavailable
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.furniture import draw_button, draw_heading, draw_html
from workbook.interface.room.forms import Input, write_form, write_input, write_options
from workbook.interface.room.leading import is_plain_http
from workbook.interface.room.showing import read_words, write_moment
from workbook.workshop.agenda import list_to_bring
from workbook.workshop.codes import read_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.interface.room.bar import Bar
    from workbook.interface.room.hearing import Said
    from workbook.plan import Plan
    from workbook.workshop.sharing import Wishes

ID = "join"
ACT = "join"
_YES = "yes"


class JoinScreen:
    """A form with three questions; for who is in a workshop, what to have ready for it."""

    id = ID

    def __init__(self, bar: Bar, language: str) -> None:
        self.bar, self.language = bar, language
        self.words: Mapping[str, Any] = read_words("join", language)
        self.title = str(self.words["title"])
        self.here = ""
        self._note: Any = None
        self._is_other = False
        self._said: Mapping[str, tuple[str, ...]] = {}
        self._error = ""

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for no answer of a plan
        """Never: no answer of the plan is asked for here."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - it is no station of the way
        """Never on the way; a link leads here."""
        return False

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open."""

    def draw(self, page: Page) -> list[Widget]:
        """The form, or for who is in a workshop the way on."""
        back = draw_button(page.words["back"], page.go_back, name="back")
        room = self.bar.room
        if room is not None and not (self._is_other or room.state.is_closed):
            title = self.words["inside"]["title"]
            return [back, draw_heading(title), draw_html(self._write_inside())]
        self._note = draw_html(self._write_note())
        error = fill_html('<p class="wb-error" role="alert">{x}</p>', x=self._error)
        return [
            back,
            draw_heading(self.title, self.words["lead"]),
            draw_html(Html(error if self._error else "")),
            draw_html(self._write_other()),
            draw_html(self._write_form()),
            self._note,
        ]

    def put(self, code: str, here: str) -> bool:
        """Take the address of the app, and the code of a link, which the browser puts in.

        Gives whether the screen is another one because of it: the code is that of another room
        than the one this plan takes part in.
        """
        self.here, before = here, self._is_other
        if code:
            self._said = {**self._said, "code": (code,)}
            room = self.bar.room
            self._is_other = room is not None and not room.seat.is_of(code)
        if self._note is not None:
            self._note.value = self._write_note()
        return self._is_other is not before

    def _write_note(self) -> Html:
        """What the whole room sees, who shares a place, and what a plain line means."""
        words = self.words
        note = read_words("http", self.language)["note"] if is_plain_http(self.here) else ""
        own = read_words("lab", self.language)["own"] if self.bar.rooms.is_own else ""
        parts = words["what"], words["shared"], note, own
        return write_paragraphs("\n\n".join(parts), "wb-hint")

    def _write_other(self) -> Html:
        """Which workshop is left with the code of another one."""
        room = self.bar.room
        return (
            write_paragraphs(self.words["other"].format(name=room.own.room)) if room else Html("")
        )

    # -- joining ---------------------------------------------------------------------------------

    def join(self, page: Page, said: Said) -> None:
        """Take a seat; what stands in the way is said above the form, and nothing typed is lost."""
        self._said, self._error = said.values, ""
        if page.example:
            self._error = str(self.words["example"])
        elif not said.line("code"):
            self._error = str(self.words["code_missing"])
        else:
            try:
                self.bar.sit_down(said.line("code", 40), _read_wishes(said))
                page.tell_kept()  # from now on the browser keeps the key of this plan
                self.bar.tell(joined=read_code(said.line("code", 40)) or "")
                self._is_other = False
            except (RoomError, SightUnavailable) as error:
                self._error = " ".join(explain_error(error, self.language))
        page.redraw()

    # -- what is drawn ---------------------------------------------------------------------------

    def _chosen(self, name: str, otherwise: str = "") -> str:
        return next(iter(self._said.get(name, ())), otherwise)

    def _write_form(self) -> Html:
        words = self.words
        code = Input(
            "code",
            words["code"],
            words["code_hint"],
            value=self._chosen("code"),
            needed=True,
            limit=20,
            look="wb-code-input",
        )
        name = Input(
            "name", words["name"], words["name_hint"], value=self._chosen("name"), limit=60
        )
        sights = list(words["sights"].items())
        parts = [
            write_input(ACT, code),
            write_input(ACT, name),
            write_options(
                ACT, "sight", words["sight"], sights, chosen=[self._chosen("sight", "progress")]
            ),
            write_options(
                ACT,
                "back",
                words["back"],
                [(_YES, words["back_yes"])],
                chosen=self._said.get("back", ()),
                several=True,
            ),
        ]
        return write_form(ACT, parts, words["act"], name=self.title)

    def _write_inside(self) -> Html:
        """Which workshop it is, when it begins, and what to have ready."""
        room = self.bar.room
        if room is None:
            return Html("")
        words, charter = self.words["inside"], room.room.charter
        things = [Html(fill_html("{x}", x=x)) for x in list_to_bring(charter.agenda, self.language)]
        lead = words["lead"].format(name=charter.name)
        begin = fill_html(words["begin"], time=write_moment(charter.starts_at, self.language))
        waits = charter.starts_at > self.bar.rooms.clock()
        form = (
            '<h3>{title}</h3>{list}<p><a class="wb-link-button wb-go" href="{href}">{go}</a></p>'
            '<p class="wb-hint">{shared}</p><p><a href="{new}">{own}</a></p>'
        )
        shown = list_html(things, "wb-plain") if things else write_paragraphs(words["bring_none"])
        rest = fill_html(
            form,
            title=words["bring"],
            list=shown,
            href="00_start.ipynb#at=tasks",
            go=words["go"],
            shared=self.words["shared"],
            new="00_start.ipynb#new&at=join",
            own=words["own"],
        )
        parts = [write_paragraphs(lead, "wb-lead")]
        if waits:
            parts.append(Html(fill_html('<p class="wb-lead">{x}</p>', x=Html(begin))))
        return join_html([*parts, rest])


def _read_wishes(said: Said) -> Wishes:
    """What somebody who joins lets the facilitator see, and know."""
    from workbook.workshop.sharing import Wishes  # noqa: PLC0415 - loads SQLAlchemy

    return Wishes(
        name=said.line("name", 60),
        shows_answers=said.line("sight") == "answers",
        returns=_YES in said.chosen("back"),
    )
