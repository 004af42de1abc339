"""Forms of a room as plain HTML: native inputs with labels, sent whole when they are submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.interface.escaping import Html, fill_html, join_html

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Input:
    """One line to type: its name in what the form says, its label, and what helps to fill it."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    value: str = ""
    needed: bool = False
    limit: int = 200
    look: str = ""


def write_form(
    act: str,
    parts: Sequence[Html],
    submit: str,
    *,
    name: str = "",
    once: bool = False,
    quiet: bool = False,
    in_line: bool = False,
) -> Html:
    """A form that says ``act`` to its page.

    Args:
        act: What the page hears when the form is submitted.
        parts: Its inputs.
        submit: The label of its button.
        name: What the form is called for those who do not see it.
        once: Whether the form is emptied when it was submitted.
        quiet: Whether its button steps back behind others on the screen.
        in_line: Whether its inputs stand side by side where there is room.
    """
    form = (
        '<form class="wb-room-form{line}" data-wb-room="{act}"{once}{name} novalidate>{parts}'
        '<button type="submit" class="{look}">{submit}</button></form>'
    )
    return Html(
        fill_html(
            form,
            act=act,
            line=Html(" wb-in-line" if in_line else ""),
            once=Html(" data-wb-once" if once else ""),
            name=Html(fill_html(' aria-label="{x}"', x=name) if name else ""),
            parts=join_html(list(parts)),
            look="wb-quiet" if quiet else "wb-main",
            submit=submit,
        )
    )


def write_input(form: str, field: Input) -> Html:
    """A label, a hint and a native input."""
    mark = f"wb-{form}-{field.name}".replace(".", "-")
    hint = '<p class="wb-hint" id="{mark}-hint">{hint}</p>' if field.hint else ""
    described = ' aria-describedby="{mark}-hint"' if field.hint else ""
    needed = ' aria-required="true"' if field.needed else ""
    html = (
        f'<div class="wb-room-field {{look}}"><label class="wb-label" for="{{mark}}">{{label}}'
        f'</label>{hint}<input class="wb-input" id="{{mark}}" name="{{name}}" type="{{kind}}" '
        f'value="{{value}}" maxlength="{{limit}}" autocomplete="off"{described}{needed}></div>'
    )
    return Html(
        fill_html(
            html,
            mark=mark,
            label=field.label,
            hint=field.hint,
            name=field.name,
            kind=field.kind,
            value=field.value,
            limit=field.limit,
            look=field.look,
        )
    )


def write_options(
    form: str,
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    chosen: Sequence[str] = (),
    several: bool = False,
) -> Html:
    """A question with its options, one of which or several can be chosen."""
    rows = [
        fill_html(
            '<div class="wb-option"><input type="{kind}" id="{mark}" name="{name}" value="{value}"'
            '{checked}><label for="{mark}">{label}</label></div>',
            kind="checkbox" if several else "radio",
            mark=f"wb-{form}-{name}-{number}".replace(".", "-"),
            name=name,
            value=value,
            checked=Html(" checked" if value in chosen else ""),
            label=text,
        )
        for number, (value, text) in enumerate(options)
    ]
    html = (
        '<fieldset class="wb-field"><legend class="wb-label">{label}</legend>'
        '<div class="wb-options">{rows}</div></fieldset>'
    )
    return Html(fill_html(html, label=label, rows=join_html(rows)))


def write_choice(
    form: str, name: str, label: str, options: Sequence[tuple[str, str]], *, chosen: str = ""
) -> Html:
    """A question with a list to choose from."""
    rows = [
        fill_html(
            '<option value="{value}"{mark}>{label}</option>',
            value=value,
            mark=Html(" selected" if value == chosen else ""),
            label=text,
        )
        for value, text in options
    ]
    html = (
        '<div class="wb-room-field"><label class="wb-label" for="{mark}">{label}</label>'
        '<select class="wb-input wb-select" id="{mark}" name="{name}">{rows}</select></div>'
    )
    mark = f"wb-{form}-{name}"
    return Html(fill_html(html, mark=mark, label=label, name=name, rows=join_html(rows)))


def write_press(
    act: str, label: str, *, value: str = "", look: str = "wb-small", name: str = ""
) -> Html:
    """A button that says ``act`` to its page; ``name`` is all of a shortened label."""
    html = (
        '<button type="button" class="{look}" data-wb-press="{act}" data-wb-value="{value}"{name}>'
        "{label}</button>"
    )
    whole = Html(fill_html(' aria-label="{x}"', x=name) if name else "")
    return Html(fill_html(html, look=look, act=act, value=value, label=label, name=whole))
