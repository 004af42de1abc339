"""How well the shares and their intervals hold, as a table that can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.fit.phrases import load_fit_words
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping

FIGURES = "evidence/survey/quality.toml"


class Quality(NamedTuple):
    """What was measured, place by place and wave by wave, and what stands beside it."""

    title: str
    lead: str
    """What the figures are, and what they are not."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    beside: str
    """The same held against interviews the model had not seen."""


def list_quality(language: str = BASE_LANGUAGE) -> Quality:
    """How well the intervals agree with the interviews, for each place and wave.

    Args:
        language: The language of the words.

    Returns:
        The table, its figures as text: percent of groups covered, mean half-width and
        root-mean-square error in points; the last row is all of them together.
    """
    figures, words = load_words(FIGURES, language), load_fit_words(language)["quality"]
    agreement = figures["agreement"]
    rows = [
        (name, wave, *(_write(each, language) for each in told))
        for wave, places in sorted(agreement["places"].items(), reverse=True)
        for name, told in places.items()
    ]
    whole = (agreement[key] for key in ("covered", "half_width", "error"))
    rows.append((words["all"], words["both"], *(_write(each, language) for each in whole)))
    return Quality(
        title=words["title"],
        lead=str(words["lead"]).format(
            what=agreement["what"],
            groups=write_number(agreement["groups"], language),
            without=_write(agreement["covered_without_interval"], language),
        ),
        columns=tuple(words["columns"]),
        rows=tuple(rows),
        beside=_write_half(figures["half_sample"], words, language),
    )


def _write(figure: float, language: str) -> str:
    """A figure with one decimal, so that they stand below each other."""
    return f"{figure:.1f}".replace(".", load_words("wording.toml", language)["decimal"])


def _write_half(half: Mapping[str, Any], words: Mapping[str, Any], language: str) -> str:
    """What was covered on the half of the interviews that the model had not seen."""
    waves = [
        str(words["half"]).format(
            wave=wave,
            covered=_write(half["covered"][wave], language),
            error=_write(half["error"][wave], language),
        )
        for wave in sorted(half["covered"], reverse=True)
    ]
    worst = [
        str(words["worst" if low < high else "worst_once"]).format(place=place, low=low, high=high)
        for place, (low, high) in half["worst"].items()
    ]
    sentences = [half["what"], *waves, str(words["least"]).format(places=", ".join(worst))]
    return " ".join(sentences)
