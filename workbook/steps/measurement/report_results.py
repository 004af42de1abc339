"""What was counted, in documents: what the numbers cannot tell, then place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.content import default_of, load_words
from workbook.exports.documents import Material, Statement, in_full, lay_out_rows
from workbook.exports.report import Bullets, Figure, Heading, Paragraph, strong
from workbook.measurement.targets import STAGES
from workbook.steps.measurement.limits import list_can, list_cannot
from workbook.steps.measurement.outcome import RESULTS, WORDS, Outcome, PlaceOutcome, weigh
from workbook.steps.measurement.pictures import draw_rates, draw_way, write_rate, write_share
from workbook.steps.measurement.report_kept import WORDS as KEPT
from workbook.steps.measurement.report_kept import list_kept
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP: Final = "measurement"
TRACK: Final = ("A6",)
WORTH: Final = ("A5", "A6")
_MOST_FILES: Final = 12
_WIDTHS: Final = (1.1, 1.9, 1.1, 1.1, 1.2)


def write_results(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The results, where there are any: what they cannot tell, then a row for each place."""
    outcome = weigh(material.plan, material.language)
    if not outcome.places:
        return
    text = words["text"]
    yield Statement(Heading(2, text["results"]), WORTH, STEP)
    yield from _write_gaps(material, outcome, words)
    yield from in_full(_write_origins(material, text))
    least = {
        name: write_number(default_of(material.plan, f"{STEP}.verdict_{name}"), material.language)
        for name in ("days", "hours")
    }
    yield from in_full(_draw(material, outcome))
    yield Statement(Paragraph.of(text["results_lead"].format(**least)), WORTH, STEP)
    rows = [_write_row(material, place, text) for place in outcome.places]
    columns = text["results_columns"]
    for block in lay_out_rows(material, columns, rows, text["results"], widths=_WIDTHS):
        yield Statement(block, WORTH, STEP)


def _draw(material: Material, outcome: Outcome) -> Iterator[Statement]:
    """The way of each place and what the hours brought, each with its numbers as a table."""
    if outcome.has_way:
        yield Statement(Figure.of(draw_way(outcome, material.language)), WORTH, STEP)
    if outcome.has_rates:
        yield Statement(Figure.of(draw_rates(outcome, material.language)), WORTH, STEP)


def _write_origins(material: Material, text: Mapping[str, str]) -> Iterator[Statement]:
    """Which files the numbers come from, and the rule where typed numbers tell of the same days."""
    lines = list_kept(material.plan, material.language)
    if not lines:
        return
    form = load_words(KEPT, material.language)["from"]
    told = dict.fromkeys(form.format(name=line.name, days=line.days) for line in lines)
    yield Statement(Paragraph.of(strong(text["origins"])), TRACK, STEP)
    yield Statement(Bullets.of(*list(told)[:_MOST_FILES]), TRACK, STEP)
    yield Statement(Paragraph.of(text["origins_rule"]), TRACK, STEP)


def _write_gaps(
    material: Material, outcome: Outcome, words: Mapping[str, Any]
) -> Iterator[Statement]:
    text = words["text"]
    can = list_can(outcome, material.language)[: words["most_gaps"]]
    gaps = list_cannot(material.plan, outcome, material.language)[: words["most_gaps"]]
    told = (Paragraph.of(strong(text["can"])), Bullets.of(*can))
    yield from in_full(Statement(block, TRACK, STEP) for block in told)
    yield Statement(Paragraph.of(strong(text["cannot"])), TRACK, STEP)
    yield Statement(Bullets.of(*gaps), TRACK, STEP)


def _write_row(material: Material, place: PlaceOutcome, text: Mapping[str, str]) -> list[str]:
    said = load_words(WORDS, material.language)
    rates = (place.per_hour[name] for name in RESULTS)
    return [
        place.name,
        _write_way(material, place, text),
        *(
            write_rate(rate, said["rates"]["said"], material.language) if rate else text["unrated"]
            for rate in rates
        ),
        said["kinds"][place.kind]["name"],
    ]


def _write_way(material: Material, place: PlaceOutcome, text: Mapping[str, str]) -> str:
    """The counts in a row, and the share of the last with its limits."""
    counts = {
        name: text["uncounted"] if count is None else write_number(count, material.language)
        for name in ("visits", *STAGES)
        for count in (place.counts[name],)
    }
    way = text["way"].format(**counts)
    used = place.shares["used"]
    if not used:
        return way
    return write_share(used, text["way_share"].replace("{way}", way), material.language)
