"""What stands on the screen at the wall: the part, its clock, the question, the code to join."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.room.showing import read_words, write_clock, write_known
from workbook.workshop.agenda import load_parts
from workbook.workshop.prompts import title_prompt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from workbook.workshop.state import RoomState

_START: Final = "voila/render/00_start.ipynb"
_SIZE: Final = re.compile(r' (?:width|height)="\d+"')


def write_now(state: RoomState, now: datetime, language: str) -> Html:
    """The part that is on, its clock, and in large letters what is asked or done."""
    words = read_words("lead", language)["stage"]
    if state.is_closed:
        now_is = "again" if state.is_reopened else "over"
        return _write_large("", words[now_is], words[f"{now_is}_text"])
    if not state.item:
        return _write_large("", words["before"], words["before_text"])
    part = load_parts(language)[state.item]
    clock = write_clock(state.timer, now, language)
    head = fill_html("<p>{title} {clock}</p>", title=part.title, clock=clock)
    question = state.question
    if question is None:
        return _write_large(Html(head), part.title, part.text)
    large = _write_large(Html(head), title_prompt(question.prompt, language), "")
    # once the answers are shown, the place on the wall is theirs
    known = write_known(question.prompt, language, "wb-lead") if question.takes_answers else ""
    return join_html([large, known])


def _write_large(head: Html | str, title: str, text: str) -> Html:
    large = fill_html('<p class="wb-question" role="heading" aria-level="3">{x}</p>', x=title)
    return join_html([head, large, write_paragraphs(text, "wb-lead")])


def write_answered(
    state: RoomState, names: Sequence[str], count: int, everybody: int, language: str
) -> Html:
    """Who has answered, never what: those who want to be named, and how many others."""
    question = state.question
    words = read_words("lead", language)["stage"]
    if question is None or not question.takes_answers:
        return Html("")
    form = words["answered_none" if not count else "answered_one" if count == 1 else "answered"]
    text = fill_html("<p>{x}</p>", x=form.format(count=count, all=everybody))
    if not names:
        return Html(text)
    rest = count - len(names)
    shown = [*names, *([words["unnamed"].format(count=rest)] if rest > 0 else [])]
    items = [fill_html('<li dir="auto">{x}</li>', x=each) for each in shown]
    return join_html([text, fill_html('<ul class="wb-who">{x}</ul>', x=join_html(items))])


def write_join(code: str, here: str, language: str) -> Html:
    """The code to join, where to put it in, and the same for the camera of a phone."""
    words = read_words("lead", language)["stage"]
    if not code:
        return write_paragraphs(words["no_code"], "wb-hint")
    form = (
        '<div class="wb-join"><div>{picture}</div><div><p>{join} <span class="wb-address">{here}'
        '</span></p><p class="wb-join-code"><span class="wb-hidden">{label}: </span>{code}</p>'
        "</div></div>"
    )
    return Html(
        fill_html(
            form,
            picture=_draw_code(write_link(here, code), language) if here else "",
            join=words["join"] if here else read_words("lab", language)["join"],
            here=_shorten(here),
            label=words["code"],
            code=code,
        )
    )


def write_link(here: str, code: str) -> str:
    """The link that leads to the form for joining, with the code in it."""
    return f"{here}#join={''.join(filter(str.isalnum, code))}"


def _shorten(here: str) -> str:
    """An address as people type it: the app leads from there to its start page."""
    parts = urlsplit(here)
    return f"{parts.netloc}{parts.path.removesuffix(_START)}".rstrip("/")


def _draw_code(link: str, language: str) -> Html:
    from workbook.measurement.qr import draw_qr  # noqa: PLC0415 - when a room is open

    drawn = draw_qr(link, language)
    return (
        Html(_SIZE.sub("", drawn.decode("utf-8"), count=2))
        if isinstance(drawn, bytes)
        else Html("")
    )
