"""Every document of the three plans, made once and opened once by each program."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from tests.exports.sample_plans import PLANS, TODAY, make_blocked, make_waiting
from tests.exports.sample_reports import SAMPLES
from workbook.exports import Paper, write
from workbook.exports.documents import (
    Switches,
    build_document,
    gather,
    list_formats,
    load_documents,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbook.exports.report import Report

MORE = {"waiting": make_waiting, "blocked": make_blocked}
MAIN = ("strategy", "one_page")
"""The documents that tell of everything; only they are made of more than three plans."""
ONE_SHEET = ("one_page", "poster")
ALIKE = ("worksheets",)
"""The documents that are the same whatever the plan says; made of the finished one alone."""
KINDS = ("docx", "xlsx", "pdf", "html")


@dataclass(frozen=True)
class Made:
    """A document of a plan, with the files it was written as."""

    plan: str
    document: str
    report: Report
    paper: Paper = Paper.A4
    is_whole: bool = False
    """Whether it is made in full length, where a document has two."""
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its files are called."""
        more = "-letter" if self.paper is Paper.LETTER else "-full" if self.is_whole else ""
        return f"{self.plan}-{self.document}{more}"


def _list_made() -> Iterator[Made]:
    for plan, make in {**PLANS, **MORE}.items():
        material = gather(make(), TODAY)
        in_full = replace(material, switches=Switches(length="full"))
        for name in load_documents() if plan in PLANS else MAIN:
            if plan != "finished" and name in ALIKE:
                continue
            report = build_document(name, material)
            yield Made(plan, name, report)
            if name in ONE_SHEET:
                yield Made(plan, name, report, paper=Paper.LETTER)
            if name == "strategy" and plan in ("finished", "very_long"):
                yield Made(plan, name, build_document(name, in_full), is_whole=True)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> dict[str, Made]:
    """Every document by the name of its files, as Word, Excel, PDF and HTML where it comes so.

    Other papers, and plans beside the three, are made as Word files only.
    """
    folder = tmp_path_factory.mktemp("made")
    found = {}
    for each in _list_made():
        is_more = each.plan in MORE or each.paper is not Paper.A4
        for kind in KINDS[:1] if is_more else KINDS:
            if kind in list_formats(each.document):
                path = folder / f"{each.name}.{kind}"
                path.write_bytes(write(each.report, kind, paper=each.paper))
                each.files[kind] = path
        found[each.name] = each
    return found


@pytest.fixture(scope="session")
def samples(tmp_path_factory) -> dict[str, Path]:
    """The sample reports as Word files."""
    folder = tmp_path_factory.mktemp("samples")
    paths = {name: folder / f"sample-{name}.docx" for name in SAMPLES}
    for name, path in paths.items():
        path.write_bytes(write(SAMPLES[name](), "docx"))
    return paths


@pytest.fixture(scope="session")
def opened(made, samples, tmp_path_factory) -> dict[str, Path]:
    """Every Word and Excel file as LibreOffice lays it out: one call, a PDF for each."""
    _need("soffice", "pdftotext", "pdfinfo")
    folder, source = tmp_path_factory.mktemp("opened"), tmp_path_factory.mktemp("source")
    files = {f"{each.name}.docx": each.files["docx"] for each in made.values()}
    files |= {f"{e.name}.book.xlsx": e.files["xlsx"] for e in made.values() if "xlsx" in e.files}
    files |= {path.name: path for path in samples.values()}
    for name, path in files.items():
        (source / name).symlink_to(path)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    paths = [source / name for name in sorted(files)]
    subprocess.run([*command, *paths], check=True, capture_output=True, timeout=300)
    return {path.stem: folder / f"{path.stem}.pdf" for path in paths}


def _need(*programs: str) -> None:
    missing = [name for name in programs if not shutil.which(name)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} are needed here")
    if missing:
        pytest.skip(f"{missing} not installed")
