"""What is written down in a room: the parking lot, the decisions, and the agenda beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import find_question
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.interface.room.forms import (
    Input,
    write_form,
    write_input,
    write_options,
    write_press,
)
from workbook.interface.room.showing import read_words, tell_agreed
from workbook.wording import write_day
from workbook.workshop.agenda import load_parts
from workbook.workshop.prompts import PromptKind
from workbook.workshop.state import RoomKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from workbook.interface.room.leading import Answered
    from workbook.workshop.events import Decided, Parked
    from workbook.workshop.prompts import Prompt
    from workbook.workshop.state import Charter, Room, RoomState

_AFTER_GAME = "platform_fit.first"


def write_agenda(charter: Charter, state: RoomState, language: str) -> Html:
    """The parts in order with their minutes; a press opens one, until the room is closed."""
    if state.is_closed:
        return Html("")
    words, parts = read_words("lead", language)["side"], load_parts(language)
    rows = [
        fill_html(
            '<li{now}><button type="button" data-wb-press="lead.item" data-wb-value="{part}">'
            "<span>{title}</span><span>{minutes}</span></button></li>",
            now=Html(' aria-current="step"' if slot.part == state.item else ""),
            part=slot.part,
            title=parts[slot.part].title,
            minutes=words["minutes"].format(minutes=slot.minutes),
        )
        for slot in charter.agenda.slots
    ]
    form = '<h3>{title}</h3><ol class="wb-agenda">{rows}</ol>'
    return Html(fill_html(form, title=words["agenda"], rows=join_html(rows)))


def write_held(part: str, answered: Answered, language: str) -> Html:
    """The question before a part is opened that would delete answers nobody has seen yet."""
    if not part:
        return Html("")
    words = read_words("lead", language)["held"]
    told = words["what"].format(
        count=answered.count, all=answered.all, part=load_parts(language)[part].title
    )
    form = '<p class="wb-error" role="alert">{told}</p><p>{stay} {opens}</p>'
    return Html(
        fill_html(
            form,
            told=told,
            stay=write_press("lead.held", words["stay"], value="stay", look="wb-small"),
            opens=write_press("lead.held", words["open"], value="open", look="wb-small"),
        )
    )


def write_notes(state: RoomState, language: str) -> Html:
    """What the facilitator says, watches for, and how the part ends."""
    if not state.item or state.is_closed:
        return Html("")
    words, notes = read_words("lead", language)["side"], load_parts(language)[state.item].notes
    lists = [
        fill_html("<h4>{title}</h4>{list}", title=words[name], list=_list(getattr(notes, name)))
        for name in ("say", "watch")
    ]
    end = fill_html("<h4>{title}</h4><p>{text}</p>", title=words["end"], text=notes.end)
    form = '<div class="wb-notes"><h3>{title}</h3>{lists}</div>'
    return Html(fill_html(form, title=words["notes"], lists=join_html([*lists, end])))


def _list(lines: tuple[str, ...]) -> Html:
    return list_html([Html(fill_html("{x}", x=line)) for line in lines], "wb-plain")


def write_lines(lines: tuple[str, ...], left_out: Collection[str], language: str) -> Html:
    """The lines that were sent, before everybody sees them, each to be left out or kept."""
    if not lines:
        return Html("")
    words = read_words("lead", language)["lines"]
    rows = [_write_line(line, line in left_out, words) for line in dict.fromkeys(lines)]
    form = '<div class="wb-notes"><h3>{title}</h3><p class="wb-hint">{what}</p>{rows}</div>'
    shown = list_html(rows, "wb-plain")
    return Html(fill_html(form, title=words["title"], what=words["what"], rows=shown))


def _write_line(line: str, is_out: bool, words: Mapping[str, str]) -> Html:  # noqa: FBT001 - a row
    name = "back" if is_out else "out"
    whole = words[f"{name}_whole"].format(line=line)
    press = write_press("lead.line", words[name], value=line, look="wb-small wb-quiet", name=whole)
    form = (
        '<s dir="auto">{x}</s> ({gone}) {press}'
        if is_out
        else '<span dir="auto">{x}</span> {press}'
    )
    return Html(fill_html(form, x=line, gone=words["gone"], press=press))


# -- what is parked and decided ------------------------------------------------------------------


def write_parking_form(language: str) -> Html:
    """A line to park, and what is missing to settle it."""
    words = read_words("lead", language)["parking"]
    inputs = [Input(name, words[name]) for name in ("what", "missing", "who")]
    return _write_part(words["title"], "lead.park", inputs, words["act"])


def write_decision_form(language: str) -> Html:
    """What is decided, by whom and by when."""
    words = read_words("lead", language)["decisions"]
    inputs = [
        Input("what", words["what"]),
        Input("who", words["who"]),
        Input("due", words["due"], kind="date"),
    ]
    return _write_part(words["title"], "lead.decide", inputs, words["act"])


def _write_part(title: str, act: str, inputs: list[Input], label: str) -> Html:
    parts = [write_input(act, each) for each in inputs]
    form = write_form(act, parts, label, name=title, once=True, quiet=True, in_line=True)
    return Html(fill_html("<h3>{title}</h3>{form}", title=title, form=form))


def write_parked(state: RoomState, language: str) -> Html:
    """Everything that is parked."""
    words = read_words("lead", language)["parking"]
    rows = [_write_entry(_tell_parked(each, language), each.entry, words) for each in state.parked]
    return list_html(rows, "wb-plain") if rows else write_paragraphs(words["none"], "wb-hint")


def _tell_parked(parked: Parked, language: str) -> str:
    words = read_words("lead", language)["parking"]
    if not (parked.missing or parked.who):
        return str(parked.what)
    name = "entry" if not parked.who else "entry_both" if parked.missing else "entry_who"
    return str(words[name].format(what=parked.what, missing=parked.missing, who=parked.who))


def write_decisions(state: RoomState, language: str) -> Html:
    """Everything that is decided."""
    words = read_words("lead", language)
    rows = [
        _write_entry(tell_decision(each, language), each.entry, words["parking"])
        for each in state.decisions
    ]
    none = write_paragraphs(words["decisions"]["none"], "wb-hint")
    return list_html(rows, "wb-plain") if rows else none


def tell_decision(decided: Decided, language: str) -> str:
    """A decision as one line."""
    words = read_words("lead", language)["decisions"]
    day = write_day(decided.due, language) if decided.due else ""
    by = words["by"] if decided.who and day else words["by_day"] if day else "{who}"
    rest = by.format(who=decided.who, day=day)
    return f"{decided.what} ({rest})" if rest else str(decided.what)


def _write_entry(text: str, entry: str, words: dict[str, str]) -> Html:
    form = (
        '{text} <button type="button" class="wb-small wb-quiet" data-wb-press="lead.drop" '
        'data-wb-value="{entry}" aria-label="{whole}">{label}</button>'
    )
    whole = words["drop"].format(what=text)
    return Html(fill_html(form, text=text, entry=entry, whole=whole, label=words["drop_short"]))


def find_place(prompt: Prompt) -> str:
    """Where in a plan stands what all agree on after this was asked; empty for nowhere.

    A question has its own place. The game ends with one place to begin with, as a plan does.
    """
    if prompt.kind is PromptKind.GAME:
        return _AFTER_GAME
    return prompt.ref if prompt.kind is PromptKind.QUESTION else ""


def write_agree_form(room: Room, language: str) -> Html:
    """One answer of all inside one business, to the question whose answers are shown."""
    question = room.state.question
    inside = room.charter.kind is RoomKind.BUSINESS
    if question is None or not (inside and question.revealed):
        return Html("")
    words, path = read_words("lead", language)["decisions"], find_place(question.prompt)
    if not path:
        return write_paragraphs(words["agree_nowhere"], "wb-hint")
    asked = find_question(path, language)
    act, name = "lead.agree", "value"
    if asked.options:
        options = [(option.value, option.label) for option in asked.options]
        several = asked.kind == "several"
        answer = write_options(act, name, words["agree"], options, several=several)
    else:
        low, high = asked.ends or ("", "")
        hint = words["agree_ends"].format(low=low, high=high) if low else ""
        answer = write_input(act, Input(name, words["agree"], hint))
    form = write_form(act, [answer], words["agree_act"], name=words["agree"], quiet=True)
    is_other = path != question.prompt.ref
    what = words["agree_other"].format(question=asked.label) if is_other else ""
    return join_html([write_paragraphs(f"{words['agree_lead']}\n\n{what}", "wb-hint"), form])


def write_agreed(state: RoomState, language: str) -> Html:
    """Everything that all agreed on."""
    words = read_words("lead", language)["decisions"]
    lines = [words["agreed"].format(what=tell_agreed(each, language)) for each in state.agreed]
    return write_paragraphs("\n\n".join(lines))
