"""A company's own Word template: its styles, page, header and footer, with our text in it.

What stands in the template's body is left out, as a letterhead's sample text would be. A style of
ours takes the look of the template's style of the same name; those it lacks are added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from workbook.discovery import read_toml
from workbook.errors import TemplateUnusable
from workbook.exports.formats._docx.elements import make

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 200_000_000
MOST_PARTS: Final = 2_000
_TYPES = "[Content_Types].xml"
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACRO = b"macroEnabled"
_UNSAID_POINTS = 10.0
_LISTS = {"ListBullet": 1, "ListNumber": 2}
_NAMING = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")


@dataclass(slots=True)
class Fitting:
    """How our styles and lists are called in a template."""

    styles: dict[str, str] = field(default_factory=dict)
    """The id of each of our styles in the template."""
    numbers: dict[int, int] = field(default_factory=lambda: {1: 1, 2: 2})
    """Our two lists, with bullets and with numbers, by their number in the template."""
    counted: int = 1
    """The number of the pattern that numbered lists follow."""
    points: float = 10.5
    """The size of ordinary text."""

    def rename(self, elements: Iterable[Any]) -> None:
        """Give styles and lists the names they have in the template."""
        for element in elements:
            for name in _NAMING:
                for found in element.iter(qn(name)):
                    given = found.get(qn("w:val"))
                    found.set(qn("w:val"), self.styles.get(given, given))


def open_template(raw: bytes) -> Any:  # noqa: ANN401 - python-docx has no types
    """The template as a document without any text of its own.

    Raises:
        TemplateUnusable: It is no Word file, holds macros, or is larger than any template.
    """
    problem = _find_problem(raw)
    if problem:
        raise refuse(problem)
    try:
        document = Document(BytesIO(_as_document(raw)))
        body = document.element.body
    except Exception as error:  # python-docx and lxml raise whatever they meet
        raise refuse("damaged") from error
    for element in list(body)[:-1] if len(body) else []:
        body.remove(element)
    return document


def refuse(name: str) -> TemplateUnusable:
    """Why a template cannot be used, in words."""
    return TemplateUnusable(reason=read_toml("exports/formats/_docx/template.toml")[name])


def _find_problem(raw: bytes) -> str:
    """Why a file cannot be a template; empty where it may be one."""
    if len(raw) > MOST_BYTES:
        return "large"
    try:
        with ZipFile(BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return "large"
            types = packed.read(_TYPES) if _TYPES in packed.namelist() else b""
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "no-word"
    if _MACRO in types:
        return "macros"
    return "" if _MAIN in types or _TEMPLATE in types else "no-word"


def _as_document(raw: bytes) -> bytes:
    """A template (.dotx) told as a document (.docx), which is all that parts the two."""
    target = BytesIO()
    with ZipFile(BytesIO(raw)) as source, ZipFile(target, "w") as packed:
        for part in source.infolist():
            held = source.read(part)
            told = held.replace(_TEMPLATE, _MAIN) if part.filename == _TYPES else held
            packed.writestr(ZipInfo(part.filename), told)
    return target.getvalue()


def fit(document: Any, styles: Any, numbering: Any) -> Fitting:  # noqa: ANN401 - lxml's
    """Add to a template the styles and lists of ours that it lacks.

    Args:
        document: The opened template.
        styles: Our styles, as the element ``w:styles``.
        numbering: Our lists, as the element ``w:numbering``.
    """
    theirs = document.styles.element
    named = {_name(style): style for style in theirs.iter(qn("w:style"))}
    taken = {style.get(qn("w:styleId")) for style in named.values()}
    fitting, added = Fitting(points=_measure_type(document, theirs)), []
    for style in styles.findall(qn("w:style")):
        own = style.get(qn("w:styleId"))
        met = named.get(_name(style))
        if met is not None and not (own in _LISTS and _lacks_numbers(met, named)):
            fitting.styles[own] = met.get(qn("w:styleId"))
            continue
        if met is not None or own in taken:
            _call(style, f"Report{own}")
        fitting.styles[own] = style.get(qn("w:styleId"))
        added.append(style)
    _add_lists(document, numbering, fitting)
    fitting.rename(added)
    for style in added:
        for number in style.iter(qn("w:numId")):
            number.set(qn("w:val"), str(fitting.numbers[int(number.get(qn("w:val")))]))
        style.attrib.pop(qn("w:default"), None)
        theirs.append(style)
    return fitting


def _measure_type(document: Any, styles: Any) -> float:  # noqa: ANN401 - python-docx's and lxml's
    """The size of the template's ordinary text, in points; Word's own where it says none."""
    normal = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    said = normal.font.size if normal is not None else None
    if said is not None:
        return float(said.pt)
    path = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}"
    size = styles.find(path)
    return int(size.get(qn("w:val"))) / 2 if size is not None else _UNSAID_POINTS


def _name(style: Any) -> tuple[str, str]:  # noqa: ANN401 - lxml's
    name = style.find(qn("w:name"))
    told = "" if name is None else name.get(qn("w:val"), "")
    return style.get(qn("w:type"), "paragraph"), told.casefold()


def _call(style: Any, name: str) -> None:  # noqa: ANN401 - lxml's
    style.set(qn("w:styleId"), name)
    style.find(qn("w:name")).set(qn("w:val"), name)


def _lacks_numbers(style: Any, named: Mapping[tuple[str, str], Any]) -> bool:  # noqa: ANN401
    """Whether a list style of the template makes no list, nor does one that it is based on."""
    by_id = {each.get(qn("w:styleId")): each for each in named.values()}
    for _ in range(len(by_id)):
        if next(style.iter(qn("w:numPr")), None) is not None:
            return False
        based = style.find(qn("w:basedOn"))
        style = None if based is None else by_id.get(based.get(qn("w:val")))
        if style is None:
            return True
    return True


def _add_lists(document: Any, numbering: Any, fitting: Fitting) -> None:  # noqa: ANN401 - lxml's
    """Our patterns of lists and two lists that follow them, by numbers nobody has yet."""
    theirs = document.part.numbering_part.element
    patterns = _number(theirs, "w:abstractNum", "w:abstractNumId")
    lists = _number(theirs, "w:num", "w:numId")
    first = theirs.find(qn("w:num"))
    for pattern in numbering.findall(qn("w:abstractNum")):
        own = int(pattern.get(qn("w:abstractNumId")))
        pattern.set(qn("w:abstractNumId"), str(patterns + own))
        fitting.rename([pattern])
        if first is None:
            theirs.append(pattern)
        else:
            first.addprevious(pattern)
        link = make("w:abstractNumId", val=patterns + own)
        theirs.append(make("w:num", link, numId=lists + own))
        fitting.numbers[own + 1] = lists + own
    fitting.counted = patterns + 1


def _number(numbering: Any, tag: str, attribute: str) -> int:  # noqa: ANN401 - lxml's
    """The first number that is free."""
    used = [int(found.get(qn(attribute))) for found in numbering.findall(qn(tag))]
    return max(used, default=0) + 1
