"""Everything as one zip: each document as the kinds of file that suit it best, made one by one."""

from __future__ import annotations

import unicodedata
from contextlib import nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from workbook.content import BASE_LANGUAGE, explain_error, load_words
from workbook.errors import TemplateUnusable, WorkbookError
from workbook.exports import load_formats, write
from workbook.exports.documents import (
    build_document,
    list_formats,
    load_documents,
    order_documents,
)
from workbook.exports.report import Paper
from workbook.measurement.embedded import Cancelled
from workbook.storage.plan_file import leave_seat, write_plan_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import date

    from workbook.exports.documents import Material
    from workbook.exports.report import Report
    from workbook.storage.plan_file import PlanFile

SUFFIX: Final = ".zip"
MEDIA_TYPE: Final = "application/zip"
KINDS: Final = ("docx", "pdf", "xlsx", "csv", "ics")
"""The kinds of file a document is put in as, where they suit it; another choice of its own is its
BUNDLED. A web page and plain text would tell the same once more."""
_PACKED: Final = (".docx", ".pdf", ".xlsx")
"""Files that are small already."""
_LONGEST: Final = 60
_FIRST_YEAR: Final = 1980
"""A zip knows no day before it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the bundle before it is made: which one it is of how many, and what is in it.

    ``document`` is empty for the plan itself and for the page that says what is in the zip, whose
    ``kind`` is “plan” or “readme”.
    """

    at: int
    of: int
    folder: str
    name: str
    document: str
    kind: str

    @property
    def path(self) -> str:
        """Its name in the zip."""
        return f"{self.folder}/{self.name}" if self.folder else self.name


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the bundle; with a problem instead of bytes where it could not be made."""

    place: Place
    raw: bytes = b""
    problem: str = ""
    fault: str = ""
    """For whoever mends the workbook: what kind of error, and where."""

    @property
    def name(self) -> str:
        """Its name in the zip."""
        return self.place.path


@dataclass(frozen=True, slots=True)
class Bundle:
    """The whole zip, how many files are in it, and what could not be made, in words.

    ``faults`` says the same for whoever mends the workbook.
    """

    raw: bytes
    count: int
    problems: tuple[str, ...]
    faults: tuple[str, ...]


def pack_bundle(
    material: Material,
    plan_file: PlanFile,
    *,
    paper: Paper = Paper.A4,
    template: bytes | None = None,
    watch: Callable[[Place], bool] = lambda _: True,
    turn: AbstractContextManager[object] | None = None,
) -> Bundle:
    """Everything as one zip in memory, the same bytes for the same material and plan file.

    Args:
        material: What the documents are made of.
        plan_file: The plan with its named versions.
        paper: The sheet the documents are laid out for.
        template: A company's own, for Word.
        watch: Told of each file before it is made; answers whether to go on.
        turn: Held while one file is made, where several things may be made at once.

    Raises:
        Cancelled: ``watch`` answered no.
        TemplateUnusable: The template cannot be used for any document.
    """
    target, faults, count = BytesIO(), dict[str, None](), 0
    maker = _Maker(material, plan_file, paper, template)
    with ZipFile(target, "w") as archive:
        for place in list_places(material.language):
            if not watch(place):
                raise Cancelled
            with turn or nullcontext():
                member = maker.make(place)
            if member.problem:
                faults[member.fault] = None
                continue
            archive.writestr(_describe(member.name, material.today), member.raw)
            count += 1
    return Bundle(target.getvalue(), count, tuple(maker.problems), tuple(faults))


def write_bundle(
    material: Material,
    plan_file: PlanFile,
    *,
    paper: Paper = Paper.A4,
    template: bytes | None = None,
) -> Iterator[Member]:
    """The files of the bundle one by one, each made when it is asked for; the strategy first.

    A document that cannot be made is a member with a problem; the others come all the same, and
    the last one, the page that says what is in the zip, tells it. Raises TemplateUnusable.
    """
    maker = _Maker(material, plan_file, paper, template)
    for place in list_places(material.language):
        yield maker.make(place)


def list_places(language: str = BASE_LANGUAGE) -> tuple[Place, ...]:
    """The files of the bundle before they are made, in the order in which they are."""
    words = load_words("exports/bundle.toml", language)
    told, placed = _load_titles(language), _load_titles(BASE_LANGUAGE)
    found = [
        (name_path(words["folder"][placed[name]["group"]]), name_path(told[name]["title"]), name, k)
        for name in order_documents()
        for k in list_kinds(name)
    ]
    found += [("", name_path(words["file"][kind]), "", kind) for kind in ("plan", "readme")]
    suffixes = {"plan": ".json", "readme": ".txt"}
    suffixes |= {kind: module.SUFFIX for kind, module in load_formats().items()}
    return tuple(
        Place(at, len(found), folder, f"{stem}{suffixes[kind]}", name, kind)
        for at, (folder, stem, name, kind) in enumerate(found, 1)
    )


def list_kinds(document: str) -> tuple[str, ...]:
    """The formats a document is put into the bundle as."""
    suited = list_formats(document)
    chosen: tuple[str, ...] = getattr(load_documents()[document], "BUNDLED", KINDS)
    return tuple(kind for kind in chosen if kind in suited)


def name_path(text: str) -> str:
    """Words as a part of a path that every system takes: letters and digits, hyphens between."""
    plain = unicodedata.normalize("NFC", text).casefold()
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain)
    return "-".join(kept.split())[:_LONGEST].strip("-") or "file"


@dataclass(slots=True)
class _Maker:
    """Makes the files of a bundle; a report is built once for all its kinds of file."""

    material: Material
    plan_file: PlanFile
    paper: Paper
    template: bytes | None
    built: dict[str, Report | Exception] = field(default_factory=dict)
    problems: dict[str, None] = field(default_factory=dict)
    """What could not be made, each once, in the order in which it was tried."""

    def make(self, place: Place) -> Member:
        """One file, or why it could not be made."""
        try:
            return Member(place, self._write(place))
        except TemplateUnusable:
            raise
        except Exception as error:  # noqa: BLE001 - one document is no reason to lose the others
            problem = self._explain(place, error)
            self.problems[problem] = None
            return Member(place, problem=problem, fault=_locate(error))

    def _write(self, place: Place) -> bytes:
        if place.kind == "plan":
            return write_plan_file(leave_seat(self.plan_file))
        if place.kind == "readme":
            return write_readme(self.material, tuple(self.problems)).encode()
        report = self._build(place.document)
        if isinstance(report, Exception):
            raise report
        takes = getattr(load_formats()[place.kind], "TAKES_TEMPLATE", False)
        template = self.template if takes else None
        return write(report, place.kind, paper=self.paper, template=template)

    def _build(self, document: str) -> Report | Exception:
        """The report of a document, or what went wrong with it, which is not tried again."""
        if document not in self.built:
            self.built.clear()
            try:
                self.built[document] = build_document(document, self.material)
            except Exception as error:  # noqa: BLE001 - raised for each of its kinds of file
                self.built[document] = error
        return self.built[document]

    def _explain(self, place: Place, error: Exception) -> str:
        language = self.material.language
        words, name = load_words("exports/bundle.toml", language)["problem"], place.name
        if isinstance(self.built.get(place.document), Exception):
            name = _load_titles(language)[place.document]["title"]
        if isinstance(error, WorkbookError):
            what, _ = explain_error(error, language)
            return str(words["reason"].format(name=name, what=what))
        return str(words["failed"].format(name=name))


def _locate(error: Exception) -> str:
    where = [f"{f.filename}:{f.lineno}" for f in extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' '.join(where[-4:])}"


def write_readme(material: Material, problems: tuple[str, ...] = ()) -> str:
    """What is in the zip, what each is for, and what is missing, as plain text."""
    words = dict(load_words("exports/bundle.toml", material.language)["readme"])
    if material.look.is_set:
        words |= {name: words[f"{name}_own"] for name in ("heading", "plan")}
    heading = words["heading"].format(business=material.business, day=material.day(material.today))
    lines = [heading, "=" * len(heading), ""]
    if material.blocking:
        name = "draft_one" if material.blocking == 1 else "draft"
        lines += [words[name].format(count=material.blocking), ""]
    if problems:
        lines += [words["missing"], "-" * len(words["missing"]), *problems, ""]
    lines += [words["inside"], "-" * len(words["inside"]), words["kinds"], ""]
    return "\n".join([*lines, *_list_contents(material.language, words)]) + "\n"


def _list_contents(language: str, words: Mapping[str, Any]) -> Iterator[str]:
    """The folders with their documents, each once; then the plan."""
    titles, places = _load_titles(language), list_places(language)
    for folder, members in groupby(places, lambda place: place.folder):
        if not folder:
            continue
        yield f"{folder}/"
        for document, _ in groupby(members, lambda place: place.document):
            told = titles[document]
            yield "  " + words["entry"].format(name=told["title"], description=told["description"])
        yield ""
    plan = next(place for place in places if place.kind == "plan")
    yield words["entry"].format(name=plan.name, description=words["plan"])


def _load_titles(language: str) -> Mapping[str, Any]:
    return load_words("exports/documents/words.toml", language)


def _describe(name: str, day: date) -> ZipInfo:
    """How a file stands in the zip: dated with the day of the documents, on every system alike."""
    info = ZipInfo(name, (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0))
    info.compress_type = ZIP_STORED if name.endswith(_PACKED) else ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
