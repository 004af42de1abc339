"""How it is counted: the numbers, the settings, the links, and a tally sheet to print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._grounds import write_sources
from workbook.exports.documents._parts import make_columns, say_empty, say_more
from workbook.exports.report import (
    Bullets,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    link,
    runs,
)
from workbook.measurement.links import LinkProblem
from workbook.steps.measurement.board import list_kpis, list_way
from workbook.steps.measurement.register import register_of
from workbook.steps.measurement.setup import WORDS as SETUP
from workbook.steps.measurement.setup import list_caveats, list_guides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook.exports.documents._material import Material
    from workbook.steps.measurement.board import Kpi

NAME = "measurement_plan"
HEEDS = ("sources",)
FORMATS = ("docx", "pdf", "html", "markdown", "xlsx")
STEP = "measurement"
TRACK = ("A6",)
WORTH = ("A5", "A6")
_NUMBER_WIDTHS = (1.6, 1.5, 1.1, 2.0, 0.9)
_READ_WIDTHS = (1.4, 1.4, 1.3, 1.3, 2.0)
_WAY_WIDTHS = (1.1, 1.0, 2.0, 1.0, 2.2)
_STEP_WIDTHS = (1.3, 4.2, 0.8)
_LINK_WIDTHS = (1.0, 1.1, 3.0, 1.0, 0.9)
_TALLY_WIDTHS = (0.8, 1.2, 1.5, 0.9, 0.9, 1.1, 0.8)
_ROOM_MM = 8.6
_TALLY_ROWS = 20
"""As many as fit on a sheet of either paper."""
_MOST_GOALS = 12
_LONG_GOAL, _LONG_CELL = 90, 360


def write(material: Material) -> Iterator[Statement]:
    """Everything it says, with the reasons each block meets."""
    words = material.wording[NAME]
    yield from say_empty(material)
    if material.plan.goals.decision == "not_now":
        yield Statement(Paragraph.of(words["waits"]), TRACK, STEP)
    else:
        yield Statement(Paragraph.of(words["lead"]), TRACK, STEP)
        yield from _write_numbers(material, words)
        yield from _write_setup(material, words)
        yield from _write_links(material, words)
        yield from _write_caveats(material, words)
    yield from _write_tally(material, words)


# -- the numbers ----------------------------------------------------------------------------------


def _write_numbers(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Each goal's number twice: what it is, then who reads it when and what is decided."""
    kpis = list_kpis(material.plan, material.language, material.today)
    yield Statement(Heading(1, words["numbers"], "numbers"), TRACK, STEP)
    shown = kpis[:_MOST_GOALS]
    rows = _fit_rows((_goal(k), k.number, k.stage, k.formula, k.unit) for k in shown)
    columns = make_columns(words["number_columns"], _NUMBER_WIDTHS)
    table = Table(columns, rows, words["number_caption"], empty=words["no_goals"])
    yield Statement(table, TRACK, STEP)
    if rows:
        said = _fit_rows((_goal(k), k.aim, k.source, _say_who(k), k.decision) for k in shown)
        columns = make_columns(words["read_columns"], _READ_WIDTHS)
        yield Statement(Table(columns, said, words["read_caption"]), TRACK, STEP)
    yield from say_more(words["more"], len(kpis) - _MOST_GOALS, TRACK, STEP)
    yield from _write_way(material, words)


def _write_way(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The numbers from a visit to a customer, as complete as on the page; who reads them once."""
    way = list_way(material.plan, material.language, material.today)
    yield Statement(Heading(2, words["way"]), WORTH, STEP)
    read = words["way_read"].format(reader=way[0].reader.rstrip("."), when=way[0].when.rstrip("."))
    yield Statement(Paragraph.of(f"{words['way_lead']} {read}"), WORTH, STEP)
    unit = words["way_unit"]
    worked = (unit.format(formula=each.formula.rstrip("."), unit=each.unit) for each in way)
    rows = _fit_rows(
        (each.label, each.stage, how, each.source, each.decision)
        for each, how in zip(way, worked, strict=True)
    )
    columns = make_columns(words["way_columns"], _WAY_WIDTHS)
    yield Statement(Table(columns, rows, words["way_caption"]), WORTH, STEP)


def _goal(kpi: Kpi) -> str:
    return cut(kpi.goal, _LONG_GOAL)


def _say_who(kpi: Kpi) -> str:
    return f"{kpi.reader.rstrip('.')}\n{kpi.when}"


def _fit_rows(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Cells that never run over a page; what is longer stands in full in the strategy."""
    return tuple(
        tuple(cell if len(cell) <= _LONG_CELL else cut(cell, _LONG_CELL) for cell in row)
        for row in rows
    )


# -- the settings ---------------------------------------------------------------------------------


def _write_setup(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """For each tool a table to work through, with a box for the day each setting was made."""
    yield Statement(Heading(1, words["setup"], "setup"), TRACK, STEP)
    yield Statement(Paragraph.of(words["setup_lead"]), TRACK, STEP)
    columns = make_columns(words["setup_columns"], _STEP_WIDTHS)
    for guide in list_guides(material.plan, material.language):
        form = "tool_none" if guide.tool == "none" else "tool"
        rows = tuple((step.title, "\n".join(step.lines), "") for step in guide.steps)
        caption = words[form].format(tool=guide.name)
        yield Statement(Table(columns, rows, caption, room_mm=_ROOM_MM), TRACK, STEP)


# -- links ----------------------------------------------------------------------------------------


def _write_links(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Every tagged link with the place it belongs in, and room for the day it was put there."""
    yield Statement(Heading(1, words["links"], "links"), TRACK, STEP)
    register = register_of(material.plan, material.language)
    if register is None or isinstance(register, LinkProblem):
        text = words["links_open"] if register is None else register.text
        yield Statement(Paragraph.of(text), TRACK, STEP)
        return
    yield Statement(Paragraph.of(words["links_lead"]), TRACK, STEP)
    rows = tuple(
        (
            row.place,
            row.placement,
            runs(link(row.link.url, row.link.url)),
            row.link.prediction.channel,
            "",
        )
        for row in register.rows
    )
    columns = make_columns(words["links_columns"], _LINK_WIDTHS)
    yield Statement(Table(columns, rows, words["links_caption"], room_mm=_ROOM_MM), TRACK, STEP)


# -- caveats and the sheet ------------------------------------------------------------------------


def _write_caveats(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What to bear in mind when the numbers are read, and where that is known from."""
    caveats = list_caveats(material.plan, material.language)
    if not caveats:
        return
    yield Statement(Heading(1, words["caveats"], "caveats"), TRACK, STEP)
    sources = tuple(dict.fromkeys(key for caveat in caveats for key in caveat.sources))
    shown = sources if material.switches.sources else ()
    lines = []
    for caveat in caveats:
        numbers = [str(shown.index(key) + 1) for key in caveat.sources if key in shown]
        lines.append(f"{caveat.short} [{', '.join(numbers)}]" if numbers else caveat.short)
    yield Statement(Bullets.of(*lines), TRACK, STEP)
    yield from write_sources(material, shown)


def _write_tally(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The sheet for the phone and the till, on a page of its own."""
    sheet = load_words(SETUP, material.language)["tally"]
    yield Statement(PageBreak(), WORTH, STEP)
    yield Statement(Heading(1, sheet["title"], "tally"), WORTH, STEP)
    yield Statement(Paragraph.of(words["tally_lead"]), WORTH, STEP)
    columns = make_columns(sheet["columns"], _TALLY_WIDTHS, {0: "date"})
    rows = (("",) * len(columns),) * _TALLY_ROWS
    table = Table(columns, rows, words["tally_caption"], room_mm=_ROOM_MM, row_titles=False)
    yield Statement(table, WORTH, STEP)
