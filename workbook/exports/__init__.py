"""Documents: a format-free report, and the formats that can write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from workbook.discovery import load_modules, read_toml
from workbook.errors import ExportError, TemplateUnusable
from workbook.exports.report import Paper, Report

if TYPE_CHECKING:
    from types import ModuleType

_LAST = 1_000
_TEMPLATE_WORDS = "exports/formats/_docx/template.toml"

__all__ = ["Paper", "Report", "load_formats", "write"]


def load_formats() -> dict[str, ModuleType]:
    """The formats by name; each module has NAME, SUFFIX, MEDIA_TYPE and ``write``.

    They stand in their ORDER, where they have one: those first that most people want.
    """
    found = load_modules("exports/formats")
    return dict(sorted(found.items(), key=lambda each: getattr(each[1], "ORDER", _LAST)))


def write(
    report: Report,
    format_name: str,
    *,
    paper: Paper = Paper.A4,
    template: bytes | None = None,
) -> bytes:
    """The report as a file of a format, the same bytes for the same report.

    ``template`` is a company's own, for a format that takes one.

    Raises:
        ExportError: There is no such format.
        TemplateUnusable: The format takes no template, or not this one.
    """
    module = load_formats().get(format_name)
    if module is None:
        known = ", ".join(sorted(load_formats()))
        raise ExportError(reason=f"“{format_name}” is none of {known}")
    if template is None:
        return cast("bytes", module.write(report, paper=paper))
    if not getattr(module, "TAKES_TEMPLATE", False):
        raise TemplateUnusable(reason=read_toml(_TEMPLATE_WORDS)["format"])
    return cast("bytes", module.write(report, paper=paper, template=template))
