"""Pieces that every screen is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, Button, Dropdown, HBox, VBox, Widget

from workbook.interface.escaping import Html, fill_html, join_html, write_markdown, write_paragraphs
from workbook.interface.glossary import list_terms, write_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbook.content import Step

_GONE = "wb-gone"


def draw_html(html: Html, *, name: str = "") -> Widget:
    """HTML of ours on the page."""
    return HTML(value=html, _dom_classes=("wb-html", name) if name else ("wb-html",))


def draw_heading(title: str, lead: str = "") -> Widget:
    """The heading of a screen; the page moves the focus to it."""
    head = fill_html('<h2 data-wb-screen tabindex="-1">{title}</h2>', title=title)
    return draw_html(join_html([head, write_paragraphs(lead, "wb-lead")]), name="wb-heading")


def write_aside(title: str, lines: Sequence[str], *, hidden: bool = False) -> Html:
    """Sentences of the business, to compare a draft with.

    Args:
        title: What they are called.
        lines: The sentences; without any there is nothing to write.
        hidden: Whether only those who listen get it, where the same stands beside each draft.
    """
    if not lines:
        return Html("")
    items = [fill_html('<li><q dir="auto">{line}</q></li>', line=line) for line in lines]
    return Html(
        fill_html(
            '<aside class="{look}" aria-label="{title}"><h3>{title}</h3>'
            '<ul class="wb-plain">{items}</ul></aside>',
            look="wb-aside wb-hidden" if hidden else "wb-aside",
            title=title,
            items=join_html(items),
        )
    )


def draw_notes(*texts: str) -> tuple[Widget, ...]:
    """Notes that stand above every screen of a page."""
    return tuple(draw_html(write_paragraphs(text, "wb-lead"), name="wb-above") for text in texts)


def draw_end(screen: str) -> Widget:
    """Marks that all of a screen has arrived in the browser."""
    return draw_html(Html(fill_html('<span data-wb-end="{screen}"></span>', screen=screen)))


def draw_button(label: str, act: Callable[[object], None], *, name: str = "") -> Widget:
    """A button; ``name`` is its look: “main”, “back” or “quiet”."""
    button = Button(description=label, _dom_classes=(f"wb-{name}",) if name else ())
    button.layout.width = "auto"
    button.on_click(act)
    return button


def draw_row(*widgets: Widget) -> Widget:
    """Widgets side by side, below each other where there is no room."""
    return HBox(children=widgets, _dom_classes=("wb-row",))


def draw_choice(label: str, options: Mapping[str, str]) -> Widget:
    """A list to choose one from, by name and text; its label belongs to it for screen readers."""
    offered = tuple((text, name) for name, text in options.items())
    choice = Dropdown(options=offered, description=label, _dom_classes=("wb-choice",))
    choice.layout.width = choice.style.description_width = "auto"
    return choice


def draw_group(*widgets: Widget, name: str) -> Widget:
    """Widgets below each other."""
    return VBox(children=widgets, _dom_classes=(f"wb-{name}",))


def draw_errors(problems: Sequence[tuple[str, str]], words: Mapping[str, Any]) -> Widget:
    """The summary of what needs mending, with links to the questions."""
    items = [
        fill_html('<li><a href="#{id}">{text}</a></li>', id=name_field(path), text=text)
        for path, text in problems
    ]
    return draw_html(
        Html(
            fill_html(
                '<div class="wb-error-summary" id="wb-errors" role="alert" tabindex="-1">'
                "<h2>{title}</h2><ul>{items}</ul></div>",
                title=words["errors_title"],
                items=join_html(items),
            )
        )
    )


def name_field(path: str) -> str:
    """The id of a question's input on the page; the script makes the same."""
    return "wb-" + "-".join(
        part for part in "".join(c if c.isascii() and c.isalnum() else " " for c in path).split()
    )


def draw_guidance(step: Step, words: Mapping[str, Any], language: str) -> Widget:
    """Why this step, and what the words of the trade mean in it, folded away."""
    terms = write_terms(list_terms(step.id, language), language)
    title = fill_html("<h3>{title}</h3>", title=words["terms"]) if terms else ""
    return draw_html(
        Html(
            fill_html(
                '<details class="wb-guidance"><summary>{label}</summary>{text}{terms}</details>',
                label=words["guidance"],
                text=write_markdown(step.guidance),
                terms=join_html([title, terms]),
            )
        )
    )


def show_or_hide(widget: Widget, *, shown: bool) -> None:
    """Show a widget or hide it; its layout, which all may share, stays as it is."""
    if shown:
        widget.remove_class(_GONE)
    else:
        widget.add_class(_GONE)


def fill_box(box: Widget, *widgets: Widget) -> None:
    """Put widgets into a box, and close those that were in it and are not any more."""
    before, box.children = box.children, widgets
    for widget in before:
        if widget not in widgets:
            close(widget)


def close(widget: Widget) -> None:
    """Close a widget with all that is in it, its layout and style too."""
    for child in getattr(widget, "children", ()):
        close(child)
    for part in ("layout", "style"):
        if isinstance(getattr(widget, part, None), Widget):
            getattr(widget, part).close()
    widget.close()
