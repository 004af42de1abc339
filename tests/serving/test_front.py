"""Our front end knows every kind of widget that a page of ours is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from ipywidgets.widgets.widget import _instances

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import store, visit_page  # noqa: F401 - fixtures
from workbook.discovery import read_parts
from workbook.plan import step_names
from workbook.serving.frame import read_front

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

FRONT = read_parts("serving/front", ".js")
VIEWS = dict.fromkeys(re.findall(r":(\w+Model)`?\"?\]?: \(model\) =>", FRONT))
LOOKS = re.search(r"\^\(([\w|]+)\)StyleModel", FRONT)


def knows(widget: Widget) -> bool:
    """Whether the front end draws it, or takes its looks from it."""
    name = widget._model_name
    styles = [f"{kind}StyleModel" for kind in LOOKS[1].split("|")]
    return name in [*VIEWS, *styles, "LayoutModel"]


@pytest.mark.thorough
@pytest.mark.parametrize("name", [*step_names(), "finish"])
def test_every_widget_of_a_page_is_known(
    visit_page: Callable[..., object],  # noqa: F811 - the fixture
    name: str,
) -> None:
    """No page of ours has to wait for Voila's front end, whichever screen it shows."""
    browser = visit_page(name, make_finished())
    for screen in browser.page.screens:
        browser.page.show(screen.id)
        assert [w._model_name for w in _instances.values() if not knows(w)] == []
        pictures = [w for w in _instances.values() if getattr(w, "icon", "")]
        assert pictures == []


def test_the_front_end_comes_as_one_script_and_one_style_sheet() -> None:
    """It keeps its names to itself, and there are views in it."""
    front = read_front()
    assert sorted(front) == ["front.css", "front.js"]
    assert front["front.js"].startswith("(() => {")
    assert len(VIEWS) == 8
