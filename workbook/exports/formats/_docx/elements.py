"""The pieces of WordprocessingML a report needs, made by plain functions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import nspfxmap, qn
from docx.oxml.parser import oxml_parser

from workbook.exports.formats._cells import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbook.exports.report import Run, Runs

TWIPS_PER_MM = 1440 / 25.4

_BREAKS = {"\n": "w:br", "\t": "w:tab"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def make(tag: str, *children: Any, **attributes: object) -> Any:  # noqa: ANN401 - lxml's
    """An element such as ``w:p`` with children and attributes of the same prefix."""
    prefix = tag.partition(":")[0]
    element = oxml_parser.makeelement(_name(tag), nsmap=_declare(prefix))
    for name, value in attributes.items():
        element.set(_name(f"{prefix}:{name.rstrip('_')}"), str(value))
    element.extend([child for child in children if child is not None])
    return element


@cache
def _name(name: str) -> str:
    """A name as lxml has it: there are few, and a document asks for them ten thousand times."""
    return str(qn(name))


@cache
def _declare(prefix: str) -> dict[str, str]:
    """The namespace of a prefix."""
    return dict(nspfxmap(prefix))


def make_text(text: str, *, strong: bool = False, emphasis: bool = False, style: str = "") -> Any:  # noqa: ANN401
    """A run of text; newlines become line breaks and tabs become tabs."""
    properties = make("w:rPr", make("w:rStyle", val=style) if style else None)
    chosen = (("b", strong), ("bCs", strong), ("i", emphasis), ("iCs", emphasis))
    for name, wanted in (*chosen, ("rtl", is_right_to_left(text))):
        if wanted:
            properties.append(make(f"w:{name}"))
    run = make("w:r", properties if len(properties) else None)
    for piece in filter(None, re.split("([\n\t])", text)):
        run.append(make(_BREAKS[piece]) if piece in _BREAKS else _make_piece("w:t", piece))
    return run


def _make_piece(tag: str, text: str) -> Any:  # noqa: ANN401 - lxml's
    element = make(tag)
    element.text = text
    element.set(_SPACE, "preserve")
    return element


def make_runs(stretches: Runs, relate: Callable[[str], str]) -> list[Any]:
    """Stretches of text; ``relate`` gives the relation's id of a link to elsewhere."""
    return [_make_run(run, relate) for run in stretches if run.text]


def _make_run(run: Run, relate: Callable[[str], str]) -> Any:  # noqa: ANN401 - lxml's
    style = "Hyperlink" if run.link else ""
    text = make_text(run.text, strong=run.strong, emphasis=run.emphasis, style=style)
    if not run.link:
        return text
    if run.link.startswith("#"):
        return make("w:hyperlink", text, anchor=name_bookmark(run.link[1:]), history=1)
    link = make("w:hyperlink", text, history=1)
    link.set(qn("r:id"), relate(run.link))
    return link


def make_paragraph(
    style: str,
    children: Iterable[Any] = (),
    *,
    text: str = "",
    keep_next: bool = False,
    list_number: int = 0,
    align: str = "",
    indent: dict[str, int] | None = None,
) -> Any:  # noqa: ANN401 - lxml's
    """A paragraph in a style; ``text`` tells only the direction it runs in."""
    properties = make("w:pPr", make("w:pStyle", val=style))
    if keep_next:
        properties.append(make("w:keepNext"))
    if list_number:
        level, number = make("w:ilvl", val=0), make("w:numId", val=list_number)
        properties.append(make("w:numPr", level, number))
    if is_right_to_left(text):
        properties.append(make("w:bidi"))
    if indent:
        properties.append(make("w:ind", **indent))
    if align and align != "start":
        # "right" is the end of the line whatever its direction, in Word's older dialect
        properties.append(make("w:jc", val={"end": "right", "centre": "center"}[align]))
    return make("w:p", properties, *children)


def start_page(element: Any) -> list[Any]:  # noqa: ANN401 - lxml's
    """Makes an element start a sheet; a table needs a small paragraph before it for that."""
    if element.tag != qn("w:p"):
        before = make_paragraph("AfterTable")
        return [before, *start_page(before)]
    properties = element.find(qn("w:pPr"))
    first = properties.findall(qn("w:keepNext")) or properties.findall(qn("w:pStyle"))
    first[-1].addnext(make("w:pageBreakBefore"))
    return []


def make_field(instruction: str, result: str) -> list[Any]:
    """A field with its result already there, as the runs of a complex field."""
    return [
        make("w:r", make("w:fldChar", fldCharType="begin")),
        make("w:r", _make_piece("w:instrText", f" {instruction} ")),
        make("w:r", make("w:fldChar", fldCharType="separate")),
        make_text(result),
        make("w:r", make("w:fldChar", fldCharType="end")),
    ]


def name_picture(inline: Any, name: str, *, alt: str, title: str) -> None:  # noqa: ANN401
    """Gives a picture its words for those who do not see it, and no room of its own around it."""
    for side in "TBLR":
        inline.set(f"dist{side}", "0")
    inline.docPr.set("descr", alt)
    inline.docPr.set("title", title)
    inline.docPr.set("name", name)
    inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", f"{name}.png")


def mark(children: Iterable[Any], name: str, number: int) -> list[Any]:
    """The runs within a bookmark, so that links and the contents can lead to them."""
    start = make("w:bookmarkStart", id=number, name=name_bookmark(name))
    return [start, *children, make("w:bookmarkEnd", id=number)]


def name_bookmark(anchor: str) -> str:
    """An anchor as Word allows it: letters, digits and underscores, at most 40 of them."""
    return f"_{anchor.replace('-', '_')}"[:40]
