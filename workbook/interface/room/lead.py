"""The facilitator's one screen: what the room sees, and beside it all that leads the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import (
    draw_button,
    draw_choice,
    draw_group,
    draw_heading,
    draw_html,
    draw_row,
    show_or_hide,
)
from workbook.interface.room.forms import write_press
from workbook.interface.room.ledger import (
    write_agenda,
    write_agree_form,
    write_agreed,
    write_decision_form,
    write_decisions,
    write_held,
    write_lines,
    write_notes,
    write_parked,
    write_parking_form,
)
from workbook.interface.room.places import write_board, write_return
from workbook.interface.room.showing import read_words, write_moment, write_spreads
from workbook.interface.room.stage import write_answered, write_join, write_now
from workbook.workshop.agenda import load_parts
from workbook.workshop.prompts import title_prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.interface.room.leading import Leading
    from workbook.plan import Plan
    from workbook.workshop.prompts import Prompt
    from workbook.workshop.state import Question


_COPIED = (
    '<p>{prepare}</p><div class="wb-copied"><pre tabindex="0" aria-label="{label}">{link}</pre>'
    '<button type="button" class="wb-small" data-wb-copy data-wb-copied="{copied}" '
    'data-wb-selected="{selected}">{copy}</button><p class="wb-hint" role="status"></p></div>'
)


class LeadScreen:
    """The stage for the screen at the wall, agenda and notes, the board, and the ledger."""

    id = "lead"

    def __init__(self, leading: Leading, language: str) -> None:
        self.leading = leading
        self.language = language
        self.words = read_words("lead", language)
        self.title = leading.room.charter.name
        self._live: list[tuple[Any, Callable[[], str]]] = []
        self._buttons: list[tuple[Any, Callable[[], str]]] = []
        self._prompts: Any = None
        self._pictured: Question | None = None
        self._pictures = Html("")
        self.making: Any = None
        """The box in which a file that is being made shows how far it is."""
        self._offered: tuple[Prompt, ...] = ()

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for no answer of a plan
        """Never: a room is no answer of a plan."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - there is no plan
        """Always, while a room is open."""
        return True

    def draw(self, page: Page) -> list[Widget]:
        """All of it at once; what changes afterwards is put into its place."""
        self._live, self._buttons = [], []
        right = draw_group(self._draw_side(), self._draw_end(), name="lead-right")
        parts = [self._draw_stage(page), right, self._draw_below()]
        self.refresh(page)
        return [draw_heading(self.title), draw_group(*parts, name="lead-room")]

    def refresh(self, page: Page) -> None:  # noqa: ARG002 - the room is the same on each
        """Show the room as it is now; what is the same stays untouched."""
        self._offer_prompts()
        for widget, write in self._live:
            value = write()
            if widget.value != value:
                widget.value = value
        for button, name in self._buttons:
            label = name()
            show_or_hide(button, shown=bool(label))
            if label and button.description != label:
                button.description = label

    # -- what the room sees --------------------------------------------------------------------

    def _draw_stage(self, page: Page) -> Widget:
        lead, words = self.leading, self.words["stage"]
        beam = write_press("beam", words["beam"], value="on", look="wb-small wb-beam-on")
        unbeam = write_press("beam", words["unbeam"], value="off", look="wb-small wb-beam-off")
        self._prompts = draw_choice(self.words["acts"]["ask_what"], {})
        self._buttons.append((self._prompts, self._name_prompts))
        clock = draw_row(
            self._button(page, lead.begin_or_next, self._name_next, "main"),
            self._button(page, lead.turn_clock, self._name_clock, said="clock"),
            self._button(page, lead.give_time, self._name_more),
            self._button(page, lead.push, self._name_push, said="pushed"),
            self._button(page, lead.undo, self._name_undo, "quiet", said="undone"),
        )
        asking = draw_row(
            self._prompts,
            self._button(page, self._ask, self._name_ask, said="asked"),
            self._button(page, lead.reveal, self._name_reveal, "main", said="revealed"),
            self._button(page, lead.end_question, self._name_end, "quiet"),
        )
        return draw_group(
            draw_html(Html(beam + unbeam), name="wb-beam"),
            self._show(lambda: write_now(lead.state, lead.now, self.language)),
            self._show(self._write_answered),
            self._show(self._write_spreads),
            draw_group(self._show(self._write_held), clock, asking, name="stage-acts"),
            self._show(self._write_join),
            name="stage",
        )

    def _write_spreads(self) -> Html:
        """The pictures of what is shown; each is drawn once, as it stays the same."""
        question = self.leading.state.question
        if question != self._pictured:
            self._pictured = question
            self._pictures = write_spreads(self.leading.room, self.language)
        return self._pictures

    def _write_join(self) -> Html:
        lead = self.leading
        if lead.state.is_closed:
            return Html("")  # nobody joins any more
        return write_join(lead.code, lead.here, self.language)

    def _write_held(self) -> Html:
        lead = self.leading
        return write_held(lead.held, lead.answered, self.language)

    def _write_board(self) -> Html:
        lead = self.leading
        shown = write_board(lead.shown_board, self.language, steps=lead.shows_steps)
        ended = lead.shows_end and write_paragraphs(self.words["board"]["at_end"], "wb-hint")
        return join_html([ended or "", shown])

    def _write_answered(self) -> Html:
        who = self.leading.answered
        return write_answered(self.leading.state, who.names, who.count, who.all, self.language)

    # -- beside and below ------------------------------------------------------------------------

    def _draw_side(self) -> Widget:
        lead = self.leading
        return draw_group(
            self._show(lambda: write_lines(lead.lines, lead.left_out, self.language)),
            self._show(lambda: write_notes(lead.state, self.language)),
            self._show(lambda: write_agenda(lead.room.charter, lead.state, self.language)),
            name="lead-side",
        )

    def _draw_below(self) -> Widget:
        lead = self.leading
        title = fill_html("<h3>{x}</h3>", x=self.words["board"]["title"])
        return draw_group(
            self._show(lambda: write_agree_form(lead.room, self.language)),
            self._show(lambda: write_agreed(lead.state, self.language)),
            draw_html(Html(title)),
            self._show(self._write_board),
            draw_html(write_decision_form(self.language)),
            self._show(lambda: write_decisions(lead.state, self.language)),
            draw_html(write_parking_form(self.language)),
            self._show(lambda: write_parked(lead.state, self.language)),
            name="lead-below",
        )

    def _draw_end(self) -> Widget:
        self.making = draw_group(name="soon")
        return draw_group(
            draw_html(self._write_take()),
            self.making,
            self._show(self._write_room),
            draw_html(Html('<div class="wb-room-link" data-wb-room-link></div>')),
            self._show(self._write_closing),
            name="lead-end",
        )

    def _write_take(self) -> Html:
        words = self.words["take"]
        buttons: list[str] = [
            write_press("lead.take", words[name], value=name)
            for name in ("notes", "sheet", "worksheets")
        ]
        form = "<h3>{title}</h3>{lead}<p>{buttons}</p>"
        lead = write_paragraphs(words["lead"], "wb-hint")
        return Html(fill_html(form, title=words["title"], lead=lead, buttons=join_html(buttons)))

    def _write_room(self) -> Html:
        """The code's end, the link to prepare, and what of a room is no secret."""
        lead, words = self.leading, self.words["room"]
        ends = write_moment(lead.code_ends, self.language) if lead.code_ends else None
        until = fill_html(words["until"], time=ends) if ends else ""
        renew = write_press("lead.renew", words["renew"])
        notes = read_words("http", self.language)
        copied = _COPIED if lead.here and lead.code else ""
        note = (
            notes["local" if lead.is_local else "note"] if lead.is_plain_http and lead.code else ""
        )
        head = "<h3>{title}</h3><p>{until} {renew}</p>"
        form = f'{head}{copied}{{public}}<p class="wb-hint">{{own}}</p>'
        return Html(
            fill_html(
                form,
                title=words["title"],
                until=Html(until),
                renew=Html("" if lead.state.is_closed else renew),
                prepare=words["prepare"],
                link=lead.join_link,
                label=words["prepare_label"],
                copy=words["copy"],
                copied=words["copied"],
                selected=words["selected"],
                public=write_paragraphs(f"{words['public']}\n\n{note}", "wb-hint"),
                own=words["link"],
            )
        )

    def _write_closing(self) -> Html:
        """Closing it, or once it is closed the look back."""
        lead, words = self.leading, self.words["room"]
        name = "reopen" if lead.state.is_closed else "close"
        what = words[f"{name}_what"].format(day=lead.closed_on, due=lead.due_on)
        form = "<details><summary>{label}</summary><p>{what}</p>{press} {forget}</details>{back}"
        return Html(
            fill_html(
                form,
                label=words[name],
                what=what,
                press=write_press(f"lead.{name}", words[name], look=""),
                forget=write_press("forget-room", words["forget"]),
                back=write_return(lead.back, self.language),
            )
        )

    def _tell_done(self, said: str) -> str:
        if said == "clock":
            said = "started" if self.leading.state.timer.runs else "paused"
        return str(self.words["said"][said])

    # -- labels that follow the room -------------------------------------------------------------

    def _act(self, name: str, *, on: bool = True) -> str:
        return str(self.words["acts"][name]) if on else ""

    def _name_next(self) -> str:
        lead = self.leading
        on = lead.following is not None and not lead.state.is_closed
        return self._act("next" if lead.state.item else "begin", on=on)

    def _name_clock(self) -> str:
        state = self.leading.state
        if not state.item or state.is_closed:
            return ""
        begun = "go_on" if state.timer.spent else "start"
        return self._act("pause" if state.timer.runs else begun)

    def _name_more(self) -> str:
        state = self.leading.state
        return self._act("more", on=bool(state.item and not state.is_closed))

    def _name_undo(self) -> str:
        name = self.leading.name_undo()
        return self._act(name) if name else ""

    def _name_push(self) -> str:
        item, closed = self.leading.state.item, self.leading.state.is_closed
        return self._act("push", on=bool(item and not closed and load_parts()[item].page))

    def _name_prompts(self) -> str:
        return self._act("ask_what", on=self._can_ask)

    def _name_ask(self) -> str:
        return self._act("ask", on=self._can_ask)

    @property
    def _can_ask(self) -> bool:
        """Whether something else can be asked: not while what is asked waits for answers."""
        question = self.leading.state.question
        return bool(self._offered) and (question is None or not question.takes_answers)

    def _name_reveal(self) -> str:
        question = self.leading.state.question
        return self._act("reveal", on=question is not None and question.takes_answers)

    def _name_end(self) -> str:
        return self._act("end", on=self.leading.state.question is not None)

    # -- what is asked -----------------------------------------------------------------------------

    def _offer_prompts(self) -> None:
        """The list of what can be asked in this part, the first that was not asked chosen."""
        own, further = self.leading.list_prompts(), self.leading.list_more()
        offered = (*own, *further)
        if offered == self._offered:
            return
        self._offered, more = offered, self.words["acts"]["ask_more"]
        asked = [title_prompt(prompt, self.language) for prompt in offered]
        named = [*asked[: len(own)], *(more.format(question=each) for each in asked[len(own) :])]
        titles = [(title, number) for number, title in enumerate(named)]
        self._prompts.options = titles
        self._prompts.value = 0 if titles else None

    def _ask(self) -> None:
        chosen = self._prompts.value
        if chosen is not None and chosen < len(self._offered):
            self.leading.ask(self._offered[chosen])

    # -- pieces ----------------------------------------------------------------------------------

    def _show(self, write: Callable[[], str]) -> Widget:
        widget = draw_html(Html(""))
        self._live.append((widget, write))
        return widget

    def _button(
        self,
        page: Page,
        act: Callable[[], None],
        name: Callable[[], str],
        look: str = "",
        *,
        said: str = "",
    ) -> Widget:
        """A button whose label follows the room; ``said`` is told to whoever listens."""

        def press() -> None:
            act()
            if said:
                page.announce(self._tell_done(said))

        button = draw_button("", lambda _: page.guard(press), name=look)
        self._buttons.append((button, name))
        return button
