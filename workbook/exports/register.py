"""Registers of links and of accounts as tables to open elsewhere: CSV and Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workbook.exports.formats import csv, xlsx
from workbook.exports.report import Column, Report, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.exports.report import Cell


class Register(Protocol):
    """A table with a title; its cells are texts, bare numbers and bare days."""

    @property
    def title(self) -> str:
        """What the table is called."""
        ...

    @property
    def heads(self) -> tuple[str, ...]:
        """What its columns are called."""
        ...

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        """Its rows, with a cell for each column."""
        ...

    @property
    def language(self) -> str:
        """The language of its words."""
        ...


def write_csv(register: Register) -> bytes:
    """The register as CSV, with a mark by which Excel knows its letters."""
    return csv.write(_report(register))


def write_xlsx(register: Register) -> bytes:
    """The register as an Excel file: heads that stay in sight, columns wide enough to read."""
    return xlsx.write(_report(register))


def _report(register: Register) -> Report:
    columns = tuple(Column(head) for head in register.heads)
    table = Table(columns, register.cells, caption=register.title)
    return Report(register.title, (table,), language=register.language)


WRITERS: Mapping[str, Callable[[Register], bytes]] = {".csv": write_csv, ".xlsx": write_xlsx}
"""How a register is written, by the end of the file's name."""
