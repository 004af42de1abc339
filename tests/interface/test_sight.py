"""Charts are drawn for the screen on which they are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from workbook.charts.rendering import Picture
from workbook.interface import pictures
from workbook.interface.desk import Desk
from workbook.interface.pictures import KEPT, SIGHT, WIDTHS, Sight, write_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.interface.escaping import Html


class Drawn(Picture):
    """A picture whose drawings say how wide they are, and nothing more."""

    def svg(self) -> str:
        return f"<svg>{self.name} wide</svg>"

    def narrow_svg(self) -> str:
        return f"<svg>{self.name} narrow</svg>"


def draw(name: str = "week") -> Picture:
    return Drawn(name, "A week", "Bars.", lambda _: None, ("Task",), (("Answer",),))


@pytest.fixture(autouse=True)
def _unknown() -> Iterator[None]:
    yield
    SIGHT.turn("")


def test_both_drawings_are_there_while_nobody_says_how_wide_the_screen_is() -> None:
    """A notebook, a gallery, a browser of which nothing is heard yet."""
    shown = write_picture(draw(), "Table")
    assert "week wide" in shown
    assert "week narrow" in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_one_drawing_is_there_once_the_browser_has_said_how_wide_it_is(width: str) -> None:
    """What the browser notes at its desk counts for every chart after it."""
    Desk(language="en", styled=False).seen = width
    shown = write_picture(draw(), "Table")
    assert f"week {width}" in shown
    assert shown.count("<svg>") == 1


def test_a_chart_is_drawn_again_when_the_screen_has_turned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The browser asks for a chart by its name; of any other it hears nothing."""
    desk = Desk(language="en", styled=False)
    told: list[tuple[str, Html]] = []
    monkeypatch.setattr(desk, "tell", lambda kind, **said: told.append((kind, said["svg"])))
    desk.seen = "wide"
    write_picture(draw(), "Table")
    desk.seen = "narrow"
    for said in ({"kind": "drawing", "name": "week"}, {"kind": "drawing", "name": "none"}, "week"):
        desk._handle_custom_msg(said, [])
    assert told == [("drawing", "<svg>week narrow</svg>")]


def test_only_the_charts_shown_last_are_kept_for_another_width() -> None:
    """A page that shows charts all day does not grow by them."""
    sight = Sight()
    sight.turn("wide")
    for number in range(KEPT + 1):
        sight.write(draw(f"chart-{number}"))
    assert sight.write_again("chart-0") == ""
    assert "chart-1 wide" in sight.write_again("chart-1")
    assert len(sight._kept) == pictures.KEPT


def test_a_screen_comes_with_places_and_its_charts_are_drawn_when_asked_for() -> None:
    """Nobody who begins to answer waits for a chart; one within another place is left as well."""
    sight = Sight()
    sight.turn("narrow")
    with sight.leave_places():
        with sight.leave_places():
            assert 'data-wb-drawing="first"' in sight.write(draw("first"))
        assert "<svg>" not in sight.write(draw("second"))
    assert [sight.write_again(name) for name in ("first", "second")] == [
        "<svg>first narrow</svg>",
        "<svg>second narrow</svg>",
    ]
    assert "<svg>third narrow</svg>" in sight.write(draw("third"))
