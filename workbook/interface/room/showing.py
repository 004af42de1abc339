"""What a room shows to everybody: its clock, and how the answers lie."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Final

from workbook.complaint.drill import load_drill
from workbook.content import find_question, load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.pictures import write_picture, write_table
from workbook.wording import write_answer, write_day
from workbook.workshop.prompts import PromptKind, find_ours, title_prompt
from workbook.workshop.spread import Shape, label_given

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from workbook.workshop.events import Agreed
    from workbook.workshop.prompts import Prompt
    from workbook.workshop.spread import Spread
    from workbook.workshop.state import Question, Room, Timer

WORDS: Final = "interface/room/words.toml"
_ASKING: Final = "interface/room/asking.toml"
_LEVELS: Final = "complaint/severity.toml"
_MINUTE: Final = 60


def read_words(part: str, language: str) -> Mapping[str, Any]:
    """The words of one part of the rooms' pages."""
    found: Mapping[str, Any] = load_words(WORDS, language)[part]
    return found


def count_milliseconds(moment: datetime) -> int:
    """A moment as browsers count it: milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def write_moment(moment: datetime, language: str) -> Html:
    """A day and a time: the browser, which knows where it is, puts its own clock's in the place."""
    utc = moment.astimezone(UTC)
    told = read_words("clock", language)["moment"]
    text = told.format(day=write_day(utc.date(), language), time=f"{utc:%H:%M}")
    form = '<time datetime="{iso}" data-wb-moment="{at}">{text}</time>'
    at = count_milliseconds(moment)
    return Html(fill_html(form, iso=utc.isoformat(timespec="minutes"), at=at, text=text))


def write_time(left: timedelta) -> str:
    """Minutes and seconds, without a sign: 4:59."""
    seconds = abs(round(left.total_seconds()))
    return f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}"


def write_clock(timer: Timer, now: datetime, language: str) -> Html:
    """The clock of a part: one that runs is carried on by the browser, which knows its end."""
    words, left = read_words("clock", language), timer.left(now)
    over = left < timedelta()
    if not timer.runs:
        text = words["stands_over" if over else "stands"].format(time=write_time(left))
        return Html(fill_html('<span class="wb-clock" role="timer">{x}</span>', x=text))
    form = (
        '<span class="wb-clock" role="timer" data-wb-ends="{ends}" data-wb-left="{left}" '
        'data-wb-over="{over}">{text}</span>'
    )
    text = words["over" if over else "left"].format(time=write_time(left))
    ends = count_milliseconds(now + left)
    return Html(fill_html(form, ends=ends, left=words["left"], over=words["over"], text=text))


def write_known(prompt: Prompt, language: str, look: str = "") -> Html:
    """What has to be known to answer: a case with its complaint, or the rule of the game."""
    if prompt.kind is PromptKind.GAME:
        return write_paragraphs(load_words(_ASKING, language)["game"]["lead"], look)
    if prompt.kind is not PromptKind.CASE:
        return Html("")
    case = load_drill(language)[prompt.ref]
    quote = fill_html('<blockquote class="wb-case">{x}</blockquote>', x=case.words)
    return join_html([write_paragraphs(case.known, look), quote])


def write_counts(question: Question, language: str) -> Html:
    """How the answers lie, on a phone: each with how many gave it, and a bar beside the number."""
    from workbook.workshop.report import tell_quartiles  # noqa: PLC0415 - when one is shown

    title, words = title_prompt(question.prompt, language), read_words("spread", language)
    shown: list[str] = []
    for spread in question.spreads:
        if spread.shape is Shape.LINES:
            shown.append(_write_lines(spread, language))
            continue
        counts = label_given(question.prompt, spread, language)
        most = max([count for _, count in counts] or [1]) or 1
        columns = (words["answer"], words["count"])
        rows = tuple((label, _write_bar(count, most)) for label, count in counts)
        shown.append(write_table(title, columns, rows))
        shown.append(write_paragraphs(tell_quartiles(spread, language), "wb-hint"))
    return join_html([*shown, _write_ours(question, language)])


def _write_bar(count: int, most: int) -> Html:
    form = '{count}<span class="wb-count" style="inline-size: {share}%"></span>'
    return Html(fill_html(form, count=count, share=round(100 * count / most)))


def _write_lines(spread: Spread, language: str) -> Html:
    lines = [Html(fill_html('<span dir="auto">{x}</span>', x=line)) for line in spread.lines]
    gone, words = spread.answers - len(spread.lines), read_words("spread", language)
    told = words["left_out_one" if gone == 1 else "left_out"].format(count=gone) if gone else ""
    return join_html([list_html(lines, "wb-plain"), write_paragraphs(told, "wb-hint")])


def write_spreads(room: Room, language: str) -> Html:
    """How the answers to what was asked lie, once they are shown; never just a mean."""
    question = room.state.question
    if question is None or not question.revealed:
        return Html("")
    shown: list[str] = [_write_spread(question, spread, language) for spread in question.spreads]
    form = '<div class="wb-shown">{x}</div>{ours}'
    return Html(fill_html(form, x=join_html(shown), ours=_write_ours(question, language)))


def _write_ours(question: Question, language: str) -> Html:
    """The way we would go in a case of the drill, and why, beside what everybody answered."""
    ours, words = find_ours(question.prompt, language), read_words("spread", language)
    if ours is None:
        return Html("")
    level = load_words(_LEVELS, language)["levels"][ours.level]["title"]
    text = words["ours"].format(outcome=ours.outcome, level=level)
    return write_paragraphs(f"{text}\n\n{ours.why}")


def _write_spread(question: Question, spread: Spread, language: str) -> Html:
    from workbook.workshop.report import draw_spread, tell_quartiles  # noqa: PLC0415 - loads charts

    if spread.shape is Shape.LINES:
        return _write_lines(spread, language)
    picture = write_picture(
        draw_spread(question, spread, language), read_words("spread", language)["table"]
    )
    told = write_paragraphs(tell_quartiles(spread, language), "wb-hint")
    return Html(fill_html("<div>{x}{y}</div>", x=picture, y=told))


def tell_agreed(agreed: Agreed, language: str) -> str:
    """What all agreed on, as a question with its answer."""
    question = find_question(agreed.path, language)
    return f"{question.label} {write_answer(question, agreed.value, language)}"
