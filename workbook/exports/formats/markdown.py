"""A report as Markdown in GitHub's manner; what a user typed stays text."""

from __future__ import annotations

import re
from collections import Counter
from functools import singledispatchmethod
from itertools import count
from typing import TYPE_CHECKING

from workbook.exports.formats._cells import spell_cell, words_for
from workbook.exports.report import (
    Blank,
    Bullets,
    Callout,
    Figure,
    Heading,
    KeyValues,
    Numbered,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Run,
    Table,
)

if TYPE_CHECKING:
    from workbook.exports.report import Block, Report, Runs

NAME = "markdown"
SUFFIX = ".md"
MEDIA_TYPE = "text/markdown; charset=utf-8"
ORDER = 40

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d{1,9}[.)])(?=\s|$|[-=])", re.MULTILINE)
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)(?=[:.])|(?=@)")
_INDENT = re.compile(r"(?<=\n)[ \t]+(?=\S)")
_MARKS = {"start": ":---", "end": "---:", "centre": ":---:"}
_RULE, _ROOM = "___", "\\_" * 30
_CALLOUTS = {"decision": "IMPORTANT", "open": "WARNING", "note": "NOTE"}


def write(report: Report, *, paper: Paper = Paper.A4) -> bytes:  # noqa: ARG001 - no sheet here
    """The report as UTF-8 text."""
    return _Writer(report).write().encode("utf-8")


def escape(text: str, *, begins: bool = True) -> str:
    """The text so that Markdown shows it as it is, without tags, links or formatting.

    Args:
        text: The text.
        begins: Whether a line begins with it, where spaces would make code of it.
    """
    escaped = _SPECIAL.sub(r"\\\1", _INDENT.sub("", text.lstrip(" \t") if begins else text))
    escaped = _BARE_LINK.sub(lambda match: f"{match[0]}\\", escaped)
    return _STARTS.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)


class _Writer:
    """Writes one report; the numbers of its tables and figures count up on the way."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.words = words_for(report.language)
        self.tables = count(1)
        self.figures = count(1)
        self.slugs = _name_slugs(report)

    def write(self) -> str:
        report = self.report
        parts = [f"# {escape(report.title)}", escape(report.subtitle), escape(report.look.name)]
        if report.header_note:
            parts.append(f"**{escape(report.header_note)}**")
        if report.contents:
            parts.append(self._list_contents())
        parts += [self.block(block) for block in report.blocks]
        if not report.blocks:
            parts.append(self.words["empty-report"])
        if report.footer_note:
            parts += ["---", escape(report.footer_note)]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _list_contents(self) -> str:
        return "\n".join(
            f"{'  ' * (heading.level - 1)}- [{escape(heading.text)}](<{self.slugs[f'#{anchor}']}>)"
            for anchor, heading in self.report.headings()
        )

    def _runs(self, stretches: Runs) -> str:
        """Stretches of text with their formatting; a line break ends in a backslash."""
        shown = ""
        for run in stretches:
            begins = not shown.strip() or shown.endswith("\n")
            shown += _write_run(run, self.slugs.get(run.link or "", run.link), begins=begins)
        return shown

    @singledispatchmethod
    def block(self, block: Block) -> str:
        raise TypeError(block)

    @block.register(Heading)
    def _(self, block: Heading) -> str:
        return f"{'#' * (block.level + 1)} {escape(block.text)}"

    @block.register(Paragraph)
    def _(self, block: Paragraph) -> str:
        return self._runs(block.runs)

    @block.register(Bullets)
    def _(self, block: Bullets) -> str:
        return "\n".join(_indent(self._runs(item), "- ", "  ") for item in block.items)

    @block.register(Numbered)
    def _(self, block: Numbered) -> str:
        return "\n".join(
            _indent(self._runs(item), f"{number}. ", "   ")
            for number, item in enumerate(block.items, 1)
        )

    @block.register(Table)
    def _(self, block: Table) -> str:
        if not block.caption:
            return self._rows(block)
        return f"{self._caption('table', next(self.tables), block.caption)}\n\n{self._rows(block)}"

    def _caption(self, kind: str, number: int, caption: str) -> str:
        label = self.words[kind]
        text = self.words["caption"].format(label=label, number=number, caption=caption)
        return f"**{escape(text)}**"

    def _rows(self, table: Table) -> str:
        if not table.rows:
            return escape(table.empty or self.words["empty-table"])
        lines = [[escape(column.title) for column in table.columns]]
        lines.append([_MARKS[column.alignment] for column in table.columns])
        for row in table.rows:
            cells = zip(row, table.columns, strict=True)
            spelled = [spell_cell(c, k, table, self.report.language) for c, k in cells]
            lines.append([self._runs(cell) for cell in spelled])
        return "\n".join(
            "| " + " | ".join(re.sub(r"\\?\n", "<br>", cell) for cell in line) + " |"
            for line in lines
        )

    @block.register(Figure)
    def _(self, block: Figure) -> str:
        caption = self._caption("figure", next(self.figures), block.caption)
        return "\n\n".join((caption, escape(block.alt), self._rows(block.table)))

    @block.register(KeyValues)
    def _(self, block: KeyValues) -> str:
        nothing = self.words["empty-cell"]
        return "\n".join(
            _indent(f"**{escape(term)}** {self._runs(value) or nothing}", "- ", "  ")
            for term, value in block.pairs
        )

    @block.register(Quote)
    def _(self, block: Quote) -> str:
        text = self._runs(block.runs)
        if block.source:
            text += "\n\n" + self.words["quote-source"].format(source=escape(block.source))
        return _indent(text, "> ", "> ")

    @block.register(Callout)
    def _(self, block: Callout) -> str:
        title = f"**{escape(self.words[block.kind])}: {escape(block.title)}**"
        inner = "\n\n".join((title, *(self.block(part) for part in block.blocks)))
        return _indent(f"[!{_CALLOUTS[block.kind]}]\n{inner}", "> ", "> ")

    @block.register(Blank)
    def _(self, block: Blank) -> str:
        """Rules across the page, which Markdown draws of underscores."""
        if block.labels:
            return "\\\n".join(f"{escape(label)} {_ROOM}" for label in block.labels)
        return "\n\n".join([_RULE] * block.lines)

    @block.register(PageBreak)
    def _(self, block: PageBreak) -> str:  # noqa: ARG002 - Markdown has no sheets
        return ""


def _name_slugs(report: Report) -> dict[str, str]:
    """The anchors GitHub makes of the headings, by our anchors."""
    slugs: dict[str, str] = {}
    taken: Counter[str] = Counter([_slug(report.title)])
    for anchor, heading in report.headings():
        slug = _slug(heading.text)
        slugs[f"#{anchor}"] = f"#{slug}-{taken[slug]}" if taken[slug] else f"#{slug}"
        taken[slug] += 1
    return slugs


def _write_run(run: Run, address: str | None, *, begins: bool) -> str:
    text = escape(run.text, begins=begins).replace("\n", "\\\n")
    core = text.strip()
    if not core:
        return text
    before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
    core = f"*{core}*" if run.emphasis else core
    core = f"**{core}**" if run.strong else core
    core = f"[{core}](<{address}>)" if address else core
    return before + core + after


def _indent(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((others + line).rstrip() for line in lines[1:])])


def _slug(text: str) -> str:
    """The anchor GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
