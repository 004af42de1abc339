"""What a page of many widgets sends once and not with each of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ipywidgets import HTML, Button, Layout, VBox

import workbook
from workbook.interface import sparing
from workbook.interface.furniture import close

if TYPE_CHECKING:
    from collections.abc import Iterator


WIDE = '.layout.width = choice.style.description_width = "auto"'
"""As wide as what is in it is what every widget of a page is, so this changes nothing."""


@pytest.fixture
def shared() -> Iterator[None]:
    """Looks are shared, and at the end every widget has its own again."""
    sparing.share_looks()
    yield
    for kind, name in sparing._LOOKS:
        del getattr(kind, name).make_dynamic_default


@pytest.mark.usefixtures("shared")
def test_all_widgets_of_a_page_have_one_layout_and_one_style_for_each_kind() -> None:
    """A browser gets a look once, however many questions there are."""
    one, other, button = HTML("a"), HTML("b"), Button()
    assert one.layout is other.layout is button.layout is VBox().layout
    assert one.style is other.style is not button.style


@pytest.mark.usefixtures("shared")
def test_a_widget_that_goes_leaves_the_look_to_the_others() -> None:
    """A screen is closed with all that is on it, and the next one looks as before."""
    gone, stays = VBox([HTML("a")]), HTML("b")
    close(gone)
    assert gone.comm is None
    assert stays.layout.comm is not None
    assert stays.style.comm is not None


@pytest.mark.usefixtures("shared")
def test_a_widget_that_asks_for_a_layout_of_its_own_has_it() -> None:
    """What is shared is only what nobody chose."""
    wide = HTML("a", layout=Layout(width="10rem"))
    assert wide.layout is not HTML("b").layout


def test_nothing_changes_a_layout_that_may_be_shared() -> None:
    """One that is hidden or made narrow by its layout would take the whole page with it."""
    package = Path(workbook.__file__).parent
    changes = [
        found
        for folder in ("interface", "steps", "serving")
        for path in (package / folder).rglob("*.py")
        for found in re.findall(r"\.layout\.\w+ = .*", path.read_text(encoding="utf-8"))
    ]
    assert set(changes) == {'.layout.width = "auto"', WIDE}


def test_nothing_is_shared_where_nobody_asked_for_it() -> None:
    """In JupyterLab every widget can be given its own measures afterwards."""
    assert HTML("a").layout is not HTML("b").layout
