"""A report as a PDF: laid out by Typst, tagged, and held to PDF/UA-1 by it.

Typst gets what is written as values in one JSON text, so that nothing somebody typed is markup.
It stops where no typeface has a letter; then those of East Asia are asked, where they are
installed, and the machine's own, and at last boxes stand for what nobody has, with a line that
says so.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import typst

from workbook.discovery import read_text
from workbook.exports.formats._cells import words_for
from workbook.exports.formats._pdf.content import lay_out
from workbook.exports.formats._pdf.fonts import (
    BOXES,
    FAMILIES,
    find_east,
    find_missing,
    load_fonts,
    name_east,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.exports.report import Paper, Report

SHEET: Final = "exports/formats/_pdf/report.typ"
STANDARD: Final[typst.PDFStandard] = "ua-1"


def build(report: Report, paper: Paper) -> bytes:
    """The report as the bytes of a PDF, the same for the same report.

    A report whose letters our typefaces lack may look different on another machine.
    """
    families = (*FAMILIES, name_east(report.language))
    values = {**lay_out(report, paper), "fonts": families, "missing": ""}
    missing = find_missing(_list_texts(values))
    if not missing:
        return _compile(values, load_fonts())
    for system in (False, True):
        if system or find_east():
            with suppress(typst.TypstError):
                return _compile(values, load_fonts(east=True, system=system))
    return _compile_with_boxes(values, report, missing)


def _compile_with_boxes(values: dict[str, Any], report: Report, missing: str) -> bytes:
    """The same with boxes for letters that no typeface has.

    A box does not tell which letter it stands for, so it cannot be copied or read aloud: such a
    file is tagged, and claims no more.
    """
    note = words_for(report.language)["missing-letters"]
    told = note.format(count=len(missing))
    values |= {"fonts": (*values["fonts"], BOXES), "missing": told}
    return _compile(values, load_fonts(east=True, system=True, boxes=True), standards=())


def _compile(
    values: dict[str, Any],
    fonts: typst.Fonts,
    standards: tuple[typst.PDFStandard, ...] = (STANDARD,),
) -> bytes:
    return typst.compile(
        read_text(SHEET).encode(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(values)},
        pdf_standards=list(standards),
    )


def _list_texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can hold
    """Every text in the values; a picture is drawn in a typeface of its own."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("svg", "logo"):
                yield from _list_texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _list_texts(inner)
