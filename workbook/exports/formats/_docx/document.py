"""The Word file around the blocks: styles, page, header and footer, properties, and packing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from io import BytesIO
from string import Template
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from workbook.charts.style import TEXT_FONTS
from workbook.discovery import read_text
from workbook.exports.formats._brand import LOGO_MM, name_logo, write_running
from workbook.exports.formats._cells import is_right_to_left, words_for
from workbook.exports.formats._docx.blocks import Writer
from workbook.exports.formats._docx.elements import (
    TWIPS_PER_MM,
    make,
    make_field,
    make_paragraph,
    make_text,
    name_picture,
)
from workbook.exports.formats._docx.template import Fitting, fit, open_template

if TYPE_CHECKING:
    from workbook.exports.look import Look
    from workbook.exports.report import Paper, Report

MARGIN_MM = 22.0
_UNUSED = {
    "thumbnail",
    "extended-properties",
    "stylesWithEffects",
    "customXml",
    "theme",
    "webSettings",
    "fontTable",
}
_PARTS = ("styles", "numbering", "settings")
_USUAL_WIDTH, _NARROWEST_TEXT = 210.0, 60.0
"""The width of a sheet that does not say it, and of a text that can still be read."""
_STAMP = (1980, 1, 1, 0, 0, 0)


def build(report: Report, paper: Paper, template: bytes | None = None) -> bytes:
    """The report as the bytes of a Word file, the same for the same report.

    With a template the paper, the margins, the header and the footer are those of the template.

    Raises:
        TemplateUnusable: The template cannot be used.
    """
    if template is None:
        document, fitting = Document(), Fitting()
        text_width = paper.size[0] - 2 * MARGIN_MM
        _install_parts(document, report, round(text_width * TWIPS_PER_MM))
        _lay_out(document, report, paper)
    else:
        document = open_template(template)
        text_width = _measure_text(document)
        parts = _read_parts(report, round(text_width * TWIPS_PER_MM))
        fitting = fit(document, parts["styles"], parts["numbering"])
    _set_properties(document, report)
    _fill_body(document, Writer(document.part, report, text_width, fitting), fitting)
    if template is not None and report.header_note:
        _tell_draft(document, report, fitting)
    return _pack(document)


def _fill_body(document: Any, writer: Writer, fitting: Fitting) -> None:  # noqa: ANN401 - python-docx's
    body = document.element.body
    body[:-1] = []
    for element in writer.write():
        fitting.rename([element])
        body.insert(len(body) - 1, element)


def _measure_text(document: Any) -> float:  # noqa: ANN401 - python-docx's
    """The width from margin to margin in millimetres, of a template's last section."""
    section = document.sections[-1]
    left, right = (side or 0 for side in (section.left_margin, section.right_margin))
    width = ((section.page_width or Mm(_USUAL_WIDTH)) - left - right) / Mm(1)
    return max(_NARROWEST_TEXT, float(width))


def _tell_draft(document: Any, report: Report, fitting: Fitting) -> None:  # noqa: ANN401 - python-docx's
    """The note on drafts above the title, since the header is the template's own."""
    told = make_paragraph("Normal", [make_text(report.header_note, style="DraftNote")])
    fitting.rename([told])
    document.element.body.insert(0, told)


def _install_parts(document: Any, report: Report, right: int) -> None:  # noqa: ANN401 - python-docx's
    """Puts our styles, lists and settings where the template of python-docx had its own."""
    _drop_unused(document)
    places = {
        "styles": document.styles.element,
        "numbering": document.part.numbering_part.element,
        "settings": document.settings.element,
    }
    for name, ours in _read_parts(report, right).items():
        places[name][:] = list(ours)


def _read_parts(report: Report, right: int) -> dict[str, Any]:
    """Our styles, lists and settings, in the colours and the language of the report."""
    values = {
        "font": TEXT_FONTS[0],
        "language": report.language,
        "east": report.language if _is_east_asian(report.language) else "zh-CN",
        "bidi": report.language if is_right_to_left(report.title) else "ar-SA",
        "right": str(right),
        **_choose_colours(report.look),
    }
    texts = {name: Template(read_text(f"exports/formats/_docx/{name}.xml")) for name in _PARTS}
    parts = {name: parse_xml(t.substitute(values).encode()) for name, t in texts.items()}
    for size in (each for part in parts.values() for each in part.iter(qn("w:sz"), qn("w:szCs"))):
        size.set(qn("w:val"), str(round(int(size.get(qn("w:val"))) * report.scale)))
    return parts


def _choose_colours(look: Look) -> dict[str, str]:
    """Colours, and what goes with them: a ground below heads of tables wants room beside words."""
    colours = {name: value.lstrip("#") for name, value in asdict(look.light).items()}
    if look.rule is None:
        return {**colours, "rule": colours["line"], "thick": "6", "inset": "0", "shade": ""}
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colours["head"]}"/>'
    rule = look.rule.lstrip("#")
    return {**colours, "rule": rule, "thick": "12", "inset": "100", "shade": shade}


def _is_east_asian(language: str) -> bool:
    return language.partition("-")[0] in {"zh", "ja", "ko"}


def _drop_unused(document: Any) -> None:  # noqa: ANN401 - python-docx's
    """Leaves out what the template of python-docx brings and our documents do not use."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [k for k, r in relations.items() if r.reltype.rpartition("/")[2] in _UNUSED]:
            del relations[key]


def _lay_out(document: Any, report: Report, paper: Paper) -> None:  # noqa: ANN401 - python-docx's
    """The sheet, what stands at its head (the first page has its title already) and its foot."""
    section = document.sections[0]
    width, height = paper.size
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    section.header_distance = Mm(8 if report.look.logo else 11)
    section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True
    first = section.first_page_header
    _fill(first, _make_header(report, _make_brand(first.part, report)))
    _fill(section.header, _make_header(report, [make_text(write_running(report))]))
    for footer in (section.first_page_footer, section.footer):
        _fill(footer, _make_footer(report))


def _fill(container: Any, paragraph: Any) -> None:  # noqa: ANN401 - python-docx's
    container.is_linked_to_previous = False
    element = container._element  # noqa: SLF001 - the documented way to the XML
    element[:] = [paragraph]


def _make_brand(part: Any, report: Report) -> list[Any]:  # noqa: ANN401 - python-docx's
    """Picture and name of whose document it is, for the head of the first page."""
    look, runs = report.look, []
    if look.logo:
        width, height = (Mm(side) for side in look.measure_logo(*LOGO_MM))
        inline = part.new_pic_inline(BytesIO(look.logo), width=width, height=height)
        name_picture(inline, "logo", alt=name_logo(report), title=look.name)
        runs.append(make("w:r", make("w:drawing", inline)))
    if look.name:
        between = "\u2003" if look.logo else ""
        runs.append(make_text(f"{between}{look.name}", style="Brand"))
    return runs


def _make_header(report: Report, lead: list[Any]) -> Any:  # noqa: ANN401 - lxml's
    runs = [*lead]
    if report.header_note:
        runs += [make("w:r", make("w:tab")), make_text(report.header_note, style="DraftNote")]
    return make_paragraph("Header", runs)


def _make_footer(report: Report) -> Any:  # noqa: ANN401 - lxml's
    words = words_for(report.language)["page"]
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    runs = [make_text(report.footer_note), make("w:r", make("w:tab"))]
    runs += [make_text(before), *make_field("PAGE", "1")]
    runs += [make_text(between), *make_field("NUMPAGES", "1"), make_text(after)]
    return make_paragraph("Footer", runs)


def _set_properties(document: Any, report: Report) -> None:  # noqa: ANN401 - python-docx's
    core, given = document.core_properties, report.properties
    core.title, core.subject = report.title[:255], given.subject[:255]
    core.author = core.last_modified_by = given.author[:255]
    core.keywords = ", ".join(given.keywords)[:255]
    core.comments, core.category, core.language, core.revision = "", "", report.language, 1
    if given.written is None:
        for child in list(core._element):  # noqa: SLF001 - there is no other way to leave it out
            if child.tag.rpartition("}")[2] in {"created", "modified"}:
                core._element.remove(child)  # noqa: SLF001 - as above
        return
    written = given.written
    moment = written.astimezone(UTC).replace(tzinfo=None) if written.tzinfo else written
    core.created = core.modified = moment.replace(microsecond=0)


def _pack(document: Any) -> bytes:  # noqa: ANN401 - python-docx's
    """The parts zipped without the time of day, so that equal reports give equal files."""
    raw, target = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=_STAMP)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, source.read(name))
    return target.getvalue()
