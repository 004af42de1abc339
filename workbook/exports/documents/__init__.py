"""Documents: what a plan comes to, as reports that every format can write.

A document is a module of this folder with NAME and ``build(material) -> Report``; its title and
words stand in ``words.toml`` under its name. What a step says in documents is described in
``Contribution``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from workbook.discovery import load_modules
from workbook.errors import ExportError
from workbook.exports import write
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
    load_report_words,
)
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
    "lay_out_rows",
    "load_documents",
    "load_report_words",
    "name_term",
    "write_answers",
    "write_decisions",
    "write_document",
    "write_points",
    "write_step",
    "write_terms",
]


def load_documents() -> dict[str, ModuleType]:
    """The documents by name; each module has NAME and ``build``."""
    return load_modules("exports/documents")


def build_document(name: str, material: Material) -> Report:
    """A document before it has a format.

    Raises:
        ExportError: There is no such document.
    """
    module = load_documents().get(name)
    if module is None:
        known = ", ".join(sorted(load_documents()))
        raise ExportError(reason=f"“{name}” is none of {known}")
    return cast("Report", module.build(material))


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
        ExportError: There is no such document or format.
        TemplateUnusable: The template cannot be used.
    """
    return write(build_document(name, material), format_name, paper=paper, template=template)
