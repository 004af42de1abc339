"""Documents: what a plan comes to, as reports that every format can write.

A document is a module of this folder with NAME and ``write(material)``, which yields what it says
block by block; one that is more than blocks under its title has ``build(material) -> Report`` too.
Its title, what it is for, its group on the page of documents and its words stand in ``words.toml``
under its name. HEEDS names the switches it follows, FORMATS the formats that suit it, where these
are not all but those for tables. With FOR_READERS = False no link for reading shows it. What a step
says in documents is described in ``Contribution``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from workbook.content import load_words
from workbook.discovery import load_modules
from workbook.errors import ExportError
from workbook.exports import load_formats, write
from workbook.exports.documents._answers import (
    collect_seeds,
    cut,
    lay_out_rows,
    name_term,
    write_answers,
    write_decisions,
    write_points,
    write_step,
)
from workbook.exports.documents._contribution import (
    Contribution,
    Decided,
    Line,
    Point,
    Statement,
    collect,
    in_full,
    load_report_words,
)
from workbook.exports.documents._heading import head
from workbook.exports.documents._material import Material, Switches, gather
from workbook.exports.documents._terms import write_terms
from workbook.exports.report import Paper, Report

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "Contribution",
    "Decided",
    "Line",
    "Material",
    "Point",
    "Statement",
    "Switches",
    "build_document",
    "collect",
    "collect_seeds",
    "cut",
    "gather",
    "in_full",
    "lay_out_rows",
    "list_formats",
    "load_documents",
    "load_report_words",
    "name_term",
    "order_documents",
    "write_answers",
    "write_decisions",
    "write_document",
    "write_points",
    "write_step",
    "write_terms",
]


def load_documents() -> dict[str, ModuleType]:
    """The documents by name; each module has NAME and ``write``."""
    return load_modules("exports/documents")


def order_documents() -> tuple[str, ...]:
    """The documents by name, in the order of their groups and of their place in each.

    The groups stand in the order of the folders that the zip has for them.
    """
    groups = list(load_words("exports/bundle.toml")["folder"])
    placed = load_words("exports/documents/words.toml")
    return tuple(
        sorted(
            load_documents(), key=lambda n: (groups.index(placed[n]["group"]), placed[n]["order"])
        )
    )


def build_document(name: str, material: Material) -> Report:
    """A document before it has a format.

    Raises:
        ExportError: There is no such document.
    """
    module = load_documents().get(name)
    if module is None:
        known = ", ".join(sorted(load_documents()))
        raise ExportError(reason=f"“{name}” is none of {known}")
    if hasattr(module, "build"):
        return cast("Report", module.build(material))
    return head(name, material, module.write(material))


def list_formats(name: str) -> tuple[str, ...]:
    """The formats that suit a document, in their order: its own choice, else all for reading."""
    formats = load_formats()
    chosen: tuple[str, ...] | None = getattr(load_documents()[name], "FORMATS", None)
    if chosen is not None:
        return tuple(name for name in formats if name in chosen)
    marks = ("ONLY_TABLES", "ONLY_DATES")
    return tuple(
        n for n, m in formats.items() if not any(getattr(m, mark, False) for mark in marks)
    )


def write_document(
    name: str,
    format_name: str,
    material: Material,
    *,
    paper: Paper = Paper.A4,
    template: bytes | None = None,
) -> bytes:
    """A document as a file of a format, the same bytes for the same material.

    Raises:
        ExportError: There is no such document or format, or the format does not suit it.
        TemplateUnusable: The template cannot be used.
    """
    report = build_document(name, material)
    if format_name in load_formats() and format_name not in list_formats(name):
        known = ", ".join(list_formats(name))
        raise ExportError(reason=f"“{name}” comes as {known}, and not as {format_name}")
    return write(report, format_name, paper=paper, template=template)
