"""One layout and one style for all widgets of a page: fewer messages until it can be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import HTML, Button, DOMWidget, Dropdown, Widget
from ipywidgets.widgets.widget import _instances

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOKS: tuple[tuple[type[Widget], str], ...] = (
    (DOMWidget, "layout"),
    (HTML, "style"),
    (Button, "style"),
    (Dropdown, "style"),
)


def share_looks() -> None:
    """Let widgets that ask for no look of their own have one in common.

    ipywidgets makes a layout and a style for each widget, which the browser gets as widgets of
    their own: more than half of all that a page of questions consists of. Our pages take their
    looks from the style sheet and leave both as they come. It holds for the whole process, so the
    warm parent calls it and nothing in JupyterLab does.
    """
    for kind, name in _LOOKS:
        trait = getattr(kind, name)
        trait.make_dynamic_default = _give_one(trait.klass)


def forget_widgets() -> None:
    """Close all widgets, and those that all have in common: a page makes them in its own kernel."""
    Widget.close_all()
    for widget in list(_instances.values()):
        type(widget).close(widget)
    share_looks()


def _give_one(kind: type[Widget]) -> Callable[[], Widget]:
    """Gives the same widget each time; it is made when it is first wanted, in the page's kernel."""
    made: list[Any] = []

    def give() -> Widget:
        if not made:
            one = kind()
            one.close = lambda: None  # it goes with the page, and not with one of its widgets
            made.append(one)
        return made[0]

    return give
