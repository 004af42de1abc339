"""The part of a bench that asks what the columns of a table are that no format knows.

Nothing of the table leaves the page's memory but what ``workbook.imports.mapping`` remembers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, Option, Question, load_words
from workbook.imports.mapping import (
    MOST_COLUMNS,
    Preview,
    explain_gap,
    find_gaps,
    forget,
    guess_columns,
    hash_header,
    is_stopped,
    list_columns,
    place_columns,
    recall,
    remember,
    show_cell,
)
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.furniture import draw_button, draw_group, draw_html, draw_row, fill_box
from workbook.interface.pictures import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.imports.mapping import Column, Columns, TableKind
    from workbook.imports.tables import Table
    from workbook.interface.page import Page

WORDS: Final = "interface/mapping.toml"
SAMPLE_ROWS: Final = 1000
"""Rows that the sample of a reading is made of."""


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table of a file somebody gave that no format knows."""

    name: str
    """What the file is called."""
    table: Table


class MappingPart:
    """Asks which column holds what, shows what that would give, and remembers it in the plan.

    Args:
        bench: The id of the bench it stands on; its questions have paths below that.
        kind: What the table is read for.
        preview: What a reading by some columns would give; it is handed the first rows alone.
        done: Called once columns were accepted or forgotten, so that the bench reads again.
    """

    def __init__(
        self,
        bench: str,
        kind: TableKind,
        preview: Callable[[Page, Table, Columns], Preview],
        done: Callable[[Page], None],
        language: str = BASE_LANGUAGE,
    ) -> None:
        self.kind = kind
        self.columns: Columns = {}
        self._bench, self._preview, self._done = bench, preview, done
        self._words: Mapping[str, Any] = load_words(WORDS, language)["mapping"]
        self._told: Mapping[str, Any] = load_words(kind.words, language)["kinds"][kind.id]
        self._language = language
        self._given: tuple[GivenTable, ...] = ()
        self._asked: GivenTable | None = None
        self._left: set[str] = set()
        self._place: Any = None
        self._sample: Any = None
        self._drawn = 0

    # -- for the bench -------------------------------------------------------------------------

    @property
    def is_asking(self) -> bool:
        """Whether a table waits for its columns."""
        return self._asked is not None

    def draw(self) -> Widget:
        """The place of the part on its bench; empty as long as nothing is asked."""
        self._place = draw_group(name="mapping")
        self._given, self._asked = (), None
        return self._place

    def show(
        self, page: Page, given: Sequence[GivenTable], partly: Sequence[GivenTable] = ()
    ) -> None:
        """Ask about the first table whose columns the plan does not know; nothing for no table.

        Args:
            page: The page it stands on.
            given: The tables that no format knows.
            partly: Tables that were read, for which other columns may be chosen.
        """
        self._given = tuple(given)
        self._left &= {hash_header(each.table.headers) for each in given}
        known = recall(page.there.plan, self.kind)
        told = [each for each in given if self._place_known(known, each.table)]
        open_still = [each for each in given if each not in told and not self._is_left(each)]
        if open_still:
            self._ask(page, open_still[0])
            return
        self._asked = None
        drawn = [self._draw_known(page, each) for each in told]
        for each in partly:
            is_told = bool(self._place_known(known, each.table))
            drawn.append(self._draw_known(page, each, "partly_told" if is_told else "partly"))
        self._fill(page, drawn)

    def hear(self, page: Page, path: str, raw: object) -> bool:
        """Take the choice of a column; False where the path is no question of this part."""
        role = path.removeprefix(f"{self._bench}/column-")
        if role == path or self._asked is None or self.kind.role(role) is None:
            return False
        offered = {str(column.at): column.at for column in list_columns(self._asked.table)}
        self.columns.pop(role, None)
        if isinstance(raw, str) and raw in offered:
            self.columns[role] = offered[raw]
        page.fields[path].value = raw if role in self.columns else None
        self._show_sample(page, announce=True)
        return True

    def _is_left(self, given: GivenTable) -> bool:
        return hash_header(given.table.headers) in self._left

    # -- asking --------------------------------------------------------------------------------

    def _place_known(self, known: Mapping[str, Columns], table: Table) -> Columns:
        """The columns of a table as the plan knows them; empty where it does not."""
        placed = place_columns(table.headers, known.get(hash_header(table.headers), {}))
        return {} if is_stopped(find_gaps(self.kind, table, placed)) else placed

    def _ask(self, page: Page, given: GivenTable, *, lead: str = "lead") -> None:
        self._asked = given
        known = self._place_known(recall(page.there.plan, self.kind), given.table)
        self.columns = known or guess_columns(self.kind, given.table)
        mark = f"{page.desk.page}-{self._bench}-columns-{self._drawn}"
        self._sample = draw_group(name="sample")
        use = draw_button(self._words["use"], lambda _: page.guard(lambda: self._use(page)))
        leave = draw_button(
            self._words["leave"], lambda _: page.guard(lambda: self._leave(page)), name="quiet"
        )
        parts = [
            draw_html(self._write_head(given, mark, lead)),
            *self._draw_fields(page, given.table),
            self._sample,
            draw_html(write_paragraphs(self._words["kept"], "wb-hint")),
            draw_row(use, leave),
        ]
        self._fill(page, parts)
        self._show_sample(page)
        page.desk.tell("result", mark=mark)

    def _write_head(self, given: GivenTable, mark: str, lead: str) -> Html:
        texts = [self._words[lead].format(name=given.name)]
        if len(self._given) > 1:
            number = self._given.index(given) + 1
            texts.append(self._words["of"].format(number=number, count=len(self._given)))
        if (count := len(given.table.heading)) > MOST_COLUMNS:
            texts.append(self._words["many"].format(count=count, most=MOST_COLUMNS))
        head = '<h3 data-wb-result="{mark}" tabindex="-1">{title}</h3>'
        title = fill_html(head, mark=mark, title=self._told["title"])
        return join_html([Html(title), write_paragraphs("\n\n".join(texts))])

    def _draw_fields(self, page: Page, table: Table) -> list[Widget]:
        options = tuple(
            Option(
                value=str(column.at),
                label=self._name_column(table, column),
            )
            for column in list_columns(table)
        )
        fields = {}
        for role in self.kind.roles:
            words = self._told["roles"][role.id]
            question = Question(
                id=f"column-{role.id}",
                path=f"{self._bench}/column-{role.id}",
                kind="choice",
                label=words["label"],
                hint=words.get("hint", ""),
                why="",
                subject=words["name"],
                needed=any(group == {role.id} for group in self.kind.needs),
                options=options,
            )
            spec = make_spec(question, lambda _: True, 0) | {
                "passing": True,
                "none": self._words["none"],
            }
            at = self.columns.get(role.id)
            fields[question.path] = Field(
                page=page.desk.page,
                path=question.path,
                spec=spec,
                value=None if at is None else str(at),
            )
        page.fields |= fields
        return [*fields.values()]

    def _name_column(self, table: Table, column: Column) -> str:
        """A column by its name, and by what stands in it where that may be shown."""
        title = column.title or self._words["nameless"].format(number=column.at + 1)
        cell = show_cell(table, column.at) if self.kind.shows_cells else ""
        return self._words["with_cell"].format(title=title, cell=cell) if cell else title

    def _fill(self, page: Page, parts: Sequence[Widget]) -> None:
        """Put parts in the place of those that stand there."""
        if self._place is None:
            return
        self._drawn += 1
        for widget in self._place.children:
            if isinstance(widget, Field):
                page.fields.pop(widget.path, None)
        fill_box(self._place, *parts)
        page.fields |= {part.path: part for part in parts if isinstance(part, Field)}

    # -- what it would give --------------------------------------------------------------------

    def _gaps(self, table: Table) -> tuple[list[str], bool]:
        """What is wrong with the columns in words, and whether it stops the reading."""
        found = find_gaps(self.kind, table, self.columns)
        texts = [explain_gap(problem, self.kind, self._language) for problem in found]
        return texts, is_stopped(found)

    def _show_sample(self, page: Page, *, announce: bool = False) -> None:
        if self._asked is None:
            return
        table = self._asked.table
        problems, stopped = self._gaps(table)
        first = replace(
            table,
            rows=table.rows[:SAMPLE_ROWS],
            numbers=table.numbers[:SAMPLE_ROWS],
            beyond=table.beyond[:SAMPLE_ROWS],
        )
        preview = Preview() if stopped else self._preview(page, first, dict(self.columns))
        problems += [text for text in preview.problems if text not in problems]
        html = join_html([*self._write_sample(preview, problems, len(first.rows))])
        fill_box(self._sample, draw_html(html))
        if announce:
            page.announce(" ".join((*problems[:1], *preview.facts[:1])))

    def _write_sample(self, preview: Preview, problems: Sequence[str], rows: int) -> list[str]:
        parts: list[str] = []
        if problems:
            items = join_html([fill_html("<li>{text}</li>", text=text) for text in problems])
            form = (
                '<section class="wb-map-problems"><h4 data-wb-result="{mark}" tabindex="-1">'
                "{title}</h4><ul>{items}</ul></section>"
            )
            title = self._words["problems"]
            parts.append(fill_html(form, mark=self._mark_problem, title=title, items=items))
        if preview.facts or preview.rows:
            parts.append(fill_html("<h4>{title}</h4>", title=self._words["sample"]))
            parts.extend(write_paragraphs(text) for text in preview.facts)
            if preview.rows:
                title = self._words["sample"]
                parts.append(write_table(title, preview.head, preview.rows))
            text = self._words["sample_rows"].format(count=rows)
            parts.append(write_paragraphs(text, "wb-hint"))
        return parts

    # -- accepting and forgetting --------------------------------------------------------------

    def _use(self, page: Page) -> None:
        if self._asked is None:
            return
        problems, stopped = self._gaps(self._asked.table)
        if stopped:
            page.announce(self._words["not_yet"].format(problem=problems[0]))
            page.desk.tell("result", mark=self._mark_problem)
            return
        plan = remember(page.there.plan, self.kind, self._asked.table, self.columns)
        self._keep(page, plan, "used")

    def _leave(self, page: Page) -> None:
        """Go on without the table; it is asked about again once it is given again."""
        if self._asked is not None:
            self._left.add(hash_header(self._asked.table.headers))
            self._keep(page, page.there.plan, "left")

    @property
    def _mark_problem(self) -> str:
        return f"{self._bench}-problems"

    def _keep(self, page: Page, plan: Any, said: str) -> None:  # noqa: ANN401 - a plan
        if plan != page.there.plan:
            page.there.replace(plan)
            page.tell_kept()
        page.announce(self._words[said])
        self._asked = None
        self._fill(page, [])
        self._done(page)

    def _draw_known(self, page: Page, given: GivenTable, said: str = "known") -> Widget:
        """What a table was read by, with the way to other columns, and back to ours."""

        def change() -> None:
            self._ask(page, given, lead="lead_change")

        def drop() -> None:
            header = hash_header(given.table.headers)
            self._keep(page, forget(page.there.plan, self.kind, header), "forgotten")

        text = write_paragraphs(self._words[said].format(name=given.name))
        buttons = [
            draw_button(self._words["change"], lambda _: page.guard(change), name="quiet"),
            draw_button(self._words["forget"], lambda _: page.guard(drop), name="quiet"),
        ]
        shown = buttons[:1] if said == "partly" else buttons
        return draw_group(draw_html(text), draw_row(*shown), name="known")
