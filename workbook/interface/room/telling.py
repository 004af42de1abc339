"""What a participant's bar tells: what waits, what is agreed, who sees what, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.room.forms import write_press
from workbook.interface.room.showing import tell_agreed
from workbook.workshop.state import RoomKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.interface.room.attending import Attending

_FINISH: Final = "11_finish"


def write_news(news: str, words: Mapping[str, Any]) -> Html:
    """What waits, for whoever has scrolled the bar away: a press leads back to it."""
    if not news:
        return Html("")
    press = write_press("bar.see", words[news], look="wb-main")
    return Html(fill_html('<p class="wb-bar-news">{x}</p>', x=press))


def write_over(words: Mapping[str, Any], notebook: str) -> Html:
    """That the workshop is over, and the way to the documents and the link of the plan."""
    closed = Html(fill_html("<p>{x}</p>", x=words["closed"]))
    if notebook == _FINISH:
        return closed
    form = '<p><a class="wb-link-button wb-go" href="{at}.ipynb#at=documents">{go}</a></p>'
    return join_html([closed, fill_html(form, at=_FINISH, go=words["take"])])


def write_agreed(room: Attending, words: Mapping[str, Any], language: str) -> Html:
    """What all agreed on, and whether it goes into this plan."""
    if room.room.charter.kind is not RoomKind.BUSINESS:
        return Html("")
    if room.state.is_closed and not room.state.agreed:
        return Html("")
    keeps = room.own.keeps_plan
    lines = [words["agreed"].format(what=tell_agreed(each, language)) for each in room.state.agreed]
    press = write_press(
        "bar.keep", words["keep_not" if keeps else "keep"], value="no" if keeps else "yes"
    )
    told = words["keeps" if keeps else "keeps_not"]
    return join_html([write_paragraphs("\n\n".join([*lines, told])), Html(press)])


def write_options(
    room: Attending, words: Mapping[str, Any], *, follows: bool, is_open: bool
) -> Html:
    """What the facilitator sees, following by itself, and the way out.

    Once the room is closed nothing is left to choose but the way out.
    """
    form = (
        "<details{is_open}><summary>{label}</summary><p>{sight}</p>{choices}"
        "<p>{leave}</p>{press}</details>"
    )
    closed, answers = room.state.is_closed, room.own.shows_answers
    over = "over_returns" if room.own.returns else "over_nothing"
    sight = over if closed else "options_answers" if answers else "options_progress"
    return Html(
        fill_html(
            form,
            is_open=Html(" open" if is_open else ""),
            label=words["options"],
            sight=words[sight],
            choices=Html("") if closed else _write_choices(words, answers=answers, follows=follows),
            leave=words["leave_what"],
            press=write_press("bar.leave", words["leave"]),
        )
    )


def _write_choices(words: Mapping[str, Any], *, answers: bool, follows: bool) -> Html:
    other = "progress" if answers else "answers"
    change = write_press("bar.sight", words[f"change_{other}"], value="no" if answers else "yes")
    follow = write_press(
        "bar.follow", words["roam" if follows else "follow"], value="no" if follows else "yes"
    )
    return Html(fill_html("<p>{change} {follow}</p>", change=change, follow=follow))
