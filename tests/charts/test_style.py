"""The colours of a business in the place of ours: legible on every ground, and told apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.charts.causes import CauseCount, draw
from workbook.charts.style import (
    DARK,
    LIGHT,
    TEXT_CONTRAST,
    measure_contrast,
    measure_distance,
    tint,
    tint_charts,
)

COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z") | st.sampled_from(["", "#ffffff", "#000000"])


@settings(max_examples=40, deadline=None)
@given(COLOURS, COLOURS, st.sampled_from([LIGHT, DARK]))
def test_text_in_any_colours_can_be_read(accent, second, base):
    """Pale, dark or garish: every text keeps a contrast of 4.5 on every ground it stands on."""
    made = tint(base, accent, second)
    for text in (made.accent, made.second, made.ink, made.muted):
        for ground in (made.surface, made.wash):
            assert measure_contrast(text, ground) >= TEXT_CONTRAST
    assert measure_contrast(made.ink, made.head) >= TEXT_CONTRAST
    assert measure_contrast(made.open, made.open_wash) >= TEXT_CONTRAST


def test_contrast_is_that_of_the_guidelines():
    """Black on white is 21, and the grey #767676 just passes on white, as WCAG tells."""
    assert measure_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert measure_contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert measure_contrast("#777777", "#ffffff") < TEXT_CONTRAST


def test_a_legible_colour_stays_as_it_was_chosen():
    """Only what cannot be read is changed; without colours everything is ours."""
    assert tint(LIGHT, "#1b5e20", "#d4006a").accent == "#1b5e20"
    assert tint(LIGHT, "#ffeb3b", "").accent != "#ffeb3b"
    assert tint(LIGHT, "", "") is LIGHT


def test_a_chart_keeps_colours_that_can_be_told_apart():
    """An accent like that for what is open stays out of charts, a clear one goes in."""
    for accent, is_taken in (("#1b5e20", True), (LIGHT.open, False), (LIGHT.quiet, False)):
        page = tint(LIGHT, accent, "")
        chart = tint_charts(page, LIGHT)
        assert (chart.accent == page.accent) is is_taken
        assert measure_distance(chart.accent, chart.open) > 20


def test_a_chart_is_painted_in_the_colours():
    """The picture for Word has the accent of the business where ours was, and no more of ours."""
    picture = draw((CauseCount("Not tracked", 2, 1, 3),))
    painted = _find_colours(picture.png(96, tint(LIGHT, "#b00060", "")))
    assert "#b00060" in painted
    assert LIGHT.accent not in painted
    assert LIGHT.accent in _find_colours(picture.png(96))


def _find_colours(raw):
    import io

    from PIL import Image

    image = Image.open(io.BytesIO(raw)).convert("RGB")
    return {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in image.getcolors(1 << 20)}
