"""How a room is opened: who comes, which agenda in how many minutes, and when it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from workbook.content import explain_error
from workbook.errors import AgendaTooShort
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_heading, draw_html
from workbook.interface.room.forms import (
    Input,
    write_choice,
    write_form,
    write_input,
    write_options,
)
from workbook.interface.room.showing import read_words
from workbook.workshop.agenda import Agenda, load_agendas, title_agenda
from workbook.workshop.state import RoomKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.interface.room.hearing import Said
    from workbook.plan import Plan

_OPEN = "lead.open"
_LONGEST = 24 * 60
_FURTHEST = timedelta(days=183)
_HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Wish:
    """The room somebody wants to open."""

    name: str
    kind: RoomKind
    agenda: Agenda
    starts_at: datetime
    shows_names: bool


class OpeningScreen:
    """A form for a new room, and the way into one that there is."""

    id = "opening"

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: Mapping[str, Any] = read_words("lead", language)["open"]
        self.title = str(self.words["title"])
        self.plain_http = self.is_own = False
        self._said: Mapping[str, tuple[str, ...]] = {}
        self._errors: tuple[str, ...] = ()

    def asks(self, path: str) -> bool:  # noqa: ARG002 - it asks for no answer of a plan
        """Never: a room is no answer of a plan."""
        return False

    def is_shown(self, plan: Plan) -> bool:  # noqa: ARG002 - there is no plan
        """Always, until a room is open."""
        return True

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open."""

    def draw(self, page: Page) -> list[Widget]:  # noqa: ARG002 - there is no plan on it
        """The form for a new room, then the rooms there are."""
        note = read_words("http", self.language)["note"] if self.plain_http else ""
        own = read_words("lab", self.language)["own"] if self.is_own else ""
        return [
            draw_heading(self.title, self.words["lead"]),
            draw_html(write_paragraphs(own, "wb-lead")),
            draw_html(_write_errors(self._errors)),
            draw_html(self._write_new()),
            draw_html(self._write_known()),
            draw_html(write_paragraphs(note, "wb-hint")),
        ]

    # -- what was put in -------------------------------------------------------------------------

    def read(self, said: Said, now: datetime) -> Wish | None:
        """The room that is wanted; None, with what to mend above the form, where it is unclear."""
        self._said = said.values
        words, form = self.words, self.words["form"]
        name, errors = said.line("name", 100), []
        if not name:
            errors.append(words["name_missing"])
        agenda = load_agendas().get(said.line("agenda"), next(iter(load_agendas().values())))
        try:
            agenda = self._stretch(agenda, said)
        except AgendaTooShort as error:
            errors.append(" ".join(explain_error(error, self.language)))
        except ValueError:
            errors.append(form["minutes_wrong"])
        starts_at = _read_moment(said.line("starts"), said.line("zone")) or now
        if said.line("starts") and starts_at is now:
            errors.append(form["starts_wrong"])
        elif starts_at > now + _FURTHEST:
            errors.append(form["starts_far"])
        self._errors = tuple(errors)
        if errors:
            return None
        shown = said.line("names") != _HIDDEN
        return Wish(name, _read_kind(said.line("kind")), agenda, starts_at, shown)

    def _stretch(self, agenda: Agenda, said: Said) -> Agenda:
        if not said.line("minutes"):
            return agenda
        minutes = said.number("minutes")
        if minutes is None or not 0 < minutes <= _LONGEST:
            raise ValueError(minutes)
        return agenda.stretch(minutes)

    def refuse(self, text: str) -> None:
        """Say above the form why it cannot be done."""
        self._errors = (text,)

    # -- the forms -------------------------------------------------------------------------------

    def _chosen(self, name: str, otherwise: str) -> str:
        return next(iter(self._said.get(name, ())), otherwise)

    def _write_new(self) -> Html:
        words, form = self.words, self.words["form"]
        kinds = [(kind.value, words["kinds"][kind.value]) for kind in RoomKind]
        agendas = self._list_agendas()
        names = [("shown", form["names_shown"]), (_HIDDEN, form["names_hidden"])]
        name, *lines = self._list_inputs()
        parts = [
            write_input(_OPEN, name),
            write_options(
                _OPEN, "kind", words["kind"], kinds, chosen=[self._chosen("kind", kinds[0][0])]
            ),
            write_choice(
                _OPEN,
                "agenda",
                form["agenda"],
                agendas,
                chosen=self._chosen("agenda", agendas[-1][0]),
            ),
            *(write_input(_OPEN, line) for line in lines),
            write_options(
                _OPEN, "names", form["names"], names, chosen=[self._chosen("names", "shown")]
            ),
        ]
        return write_form(_OPEN, parts, form["act"], name=self.title)

    def _list_agendas(self) -> list[tuple[str, str]]:
        option = self.words["form"]["agenda_option"]
        return [
            (
                agenda.id,
                option.format(title=title_agenda(agenda, self.language), minutes=agenda.minutes),
            )
            for agenda in load_agendas().values()
        ]

    def _list_inputs(self) -> tuple[Input, ...]:
        """The name of the room, how long it lasts and when it begins."""
        words, form, chosen = self.words, self.words["form"], self._chosen
        name, minutes, starts = chosen("name", ""), chosen("minutes", ""), chosen("starts", "")
        return (
            Input("name", words["name"], words["name_hint"], value=name, needed=True),
            Input("minutes", form["minutes"], form["minutes_hint"], value=minutes, look="wb-short"),
            Input("starts", form["starts"], form["starts_hint"], "datetime-local", starts),
        )

    def _write_known(self) -> Html:
        form = self.words["form"]
        line = write_input("lead.enter", Input("key", form["known_label"]))
        entry = write_form("lead.enter", [line], form["known_act"], name=form["known"], quiet=True)
        html = "<h3>{title}</h3><div data-wb-rooms></div>{entry}"
        return Html(fill_html(html, title=form["known"], entry=entry))


def _write_errors(errors: tuple[str, ...]) -> Html:
    lines = [fill_html('<p class="wb-error">{x}</p>', x=each) for each in errors]
    return Html(fill_html('<div role="alert">{x}</div>', x=join_html(lines))) if lines else Html("")


def _read_kind(text: str) -> RoomKind:
    return RoomKind(text) if text in set(RoomKind) else RoomKind.BUSINESSES


def _read_moment(text: str, zone: str) -> datetime | None:
    """A moment as the browser writes it, with the minutes its clock is behind UTC."""
    try:
        behind = timezone(-timedelta(minutes=int(zone or 0)))
        return datetime.fromisoformat(text).replace(tzinfo=behind).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
