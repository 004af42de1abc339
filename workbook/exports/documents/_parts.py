"""Pieces that several documents are made of: parts of steps, cells that hold no secret, days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.exports.documents._contribution import Statement
from workbook.exports.documents._open import write_missing
from workbook.exports.report import Column, Heading, Paragraph
from workbook.passwords import holds_secret
from workbook.plan import Plan
from workbook.steps.measurement.board import list_kpis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook.exports.documents._material import Material


def lift(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Statements of a part whose headings stand one level higher in a document of their own."""
    for statement in statements:
        block = statement.block
        if isinstance(block, Heading) and block.level > 1:
            level: Any = block.level - 1
            yield replace(statement, block=replace(block, level=level))
        else:
            yield statement


def say_empty(material: Material) -> Iterator[Statement]:
    """That no question is answered yet, and which parts there are, where that is so.

    Of a plan that is begun each part of a document says itself what it lacks.
    """
    if material.plan == Plan():
        yield Statement(Paragraph.of(material.wording["nothing_yet"]))
        yield from write_missing(material)


def list_goals(material: Material, most: int = 6) -> list[str]:
    """The goals in a line each, from where to where by when."""
    form = material.wording["goal"]
    kpis = list_kpis(material.plan, material.language)[:most]
    return [form.format(goal=kpi.goal.rstrip("."), aim=kpi.aim) for kpi in kpis]


def say_more(
    form: str, count: int, seeds: tuple[str, ...] = (), step: str = ""
) -> Iterator[Statement]:
    """That there is more than is shown, where there is."""
    if count > 0:
        yield Statement(Paragraph.of(form.format(count=count)), seeds, step)


def make_columns(
    titles: Sequence[str],
    widths: Sequence[float],
    kinds: Mapping[int, Any] | None = None,
) -> tuple[Column, ...]:
    """Columns with their widths; ``kinds`` says by place what is no text."""
    found = kinds or {}
    pairs = zip(titles, widths, strict=True)
    return tuple(
        Column(title, width=width, kind=found.get(place, "text"))
        for place, (title, width) in enumerate(pairs)
    )


def withhold(text: str, instead: str, *, is_place: bool = False) -> str:
    """A text, or what stands in its place where a password or another secret seems to be in it."""
    named = f"@{text.lstrip('@')}" if text and " " not in text else text
    told = text if is_place else named
    return instead if text and holds_secret(told, is_place=is_place) else text
