"""The bench that reads a list of accounts, and the button that takes them over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook.content import find_question, load_words
from workbook.imports.inventory import (
    INVENTORY,
    WORDS,
    InventoryFile,
    explain_inventory,
    read_inventory,
    read_table,
)
from workbook.imports.inventory_merge import MOST_ACCOUNTS, merge_inventory
from workbook.imports.mapping import Preview, recall
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.furniture import draw_button, draw_html, draw_row
from workbook.interface.mapping import GivenTable, MappingPart
from workbook.interface.pictures import write_table
from workbook.steps.accounts.listing import WORDS as REGISTER
from workbook.steps.accounts.standing import INVENTORY as INVENTORY_PATH
from workbook.values import clean_text
from workbook.wording import write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.imports.inventory_cells import ListedAccount
    from workbook.imports.inventory_merge import Merged
    from workbook.imports.mapping import Columns
    from workbook.imports.tables import Table
    from workbook.interface.page import Page
    from workbook.plan import Plan

LONGEST_SHOWN: Final = 60
"""Letters of an answer in that table."""
MOST_SHOWN: Final = 20
"""Accounts of a list in the table that shows what will be taken over."""
_ORDER: Final = "order"
_AMBIGUOUS: Final = "dates-ambiguous"


class ImportBench(BenchScreen):
    """A list as a file or pasted; what it holds is shown before anything is taken over."""

    takes_long = True

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self._found: InventoryFile | None = None
        self._kinds = load_words(WORDS, language)
        self._mapping = MappingPart(self.id, INVENTORY, self._preview, self._go_on, language)

    # -- what is asked -------------------------------------------------------------------------

    def is_shown(self, plan: Plan) -> bool:
        """Unless the business said that it has no accounts."""
        return plan.start.has_accounts != "no" and plan.start.route != "short"

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002 - as read
        """The order of day and month is asked for where a list leaves it open."""
        found = self._found.problems if self._found else ()
        is_open = any(problem.id == _AMBIGUOUS for problem in found)
        return {"files", "list", *((_ORDER,) if is_open or given.get(_ORDER) else ())}

    def draw_parts(self) -> list[Widget]:
        """The part that asks what columns are."""
        return [self._mapping.draw()]

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """Take what was given; a new list is read from the start."""
        if self._mapping.hear(page, path, raw):
            return
        if not path.endswith(f"/{_ORDER}"):
            self._found = None
            self._mapping.show(page, ())
        was_read = self._found is not None
        super().hear(page, path, raw, buffers)
        if was_read:
            self._go_on(page)

    # -- reading -------------------------------------------------------------------------------

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """What the list holds and what becomes of it; what is open is asked first."""
        if not given.get("files") and not given.get("list"):
            return [draw_html(write_paragraphs(self.words["empty"], "wb-lead"))]
        self._found = found = self._read_all(page, given)
        now = self.asks_now(page.there.plan, given)
        for question in self.asked.values():
            if field := page.fields.get(question.path):
                field.shown = question.id in now
        asked, read = (
            [GivenTable(table.name, table) for table in tables]
            for tables in (found.unknown, found.partly)
        )
        self._mapping.show(page, asked, read)
        return self._tell(page, found)

    def _go_on(self, page: Page) -> None:
        """Read again with what is known now."""
        self.present(page, self.read())

    def _read_all(self, page: Page, given: Mapping[str, Any]) -> InventoryFile:
        sources = [(file.name, file.raw) for file in given.get("files") or ()]
        if text := given.get("list"):
            sources.append((self.words["pasted"], clean_text(text).encode()))
        known = recall(page.there.plan, INVENTORY)
        read = [
            read_inventory(
                raw, name, page.there.now.date(), known=known, day_first=self._day_first(given)
            )
            for name, raw in sources
        ]
        return InventoryFile(
            tuple(account for each in read for account in each.accounts),
            tuple(problem for each in read for problem in each.problems),
            tuple(table for each in read for table in each.unknown),
            tuple(table for each in read for table in each.partly),
        )

    def _day_first(self, given: Mapping[str, Any]) -> bool | None:
        order = given.get(_ORDER)
        return order == "day" if order else None

    def _preview(self, page: Page, table: Table, columns: Columns) -> Preview:
        """What some rows of a table would give by these columns."""
        order = self._day_first(self.read())
        found = read_table(table, columns, page.there.now.date(), day_first=order)
        words, count = self._kinds["preview"], len(found.accounts)
        form = words["fact" if count == 1 else "facts"]
        return Preview(
            facts=(form.format(count=write_number(count, self.language)),) if count else (),
            head=tuple(words["columns"]),
            rows=tuple(self._write_row(each) for each in found.accounts[:MOST_SHOWN]),
            problems=tuple(explain_inventory(p, self.language) for p in found.problems),
        )

    # -- saying --------------------------------------------------------------------------------

    def _tell(self, page: Page, found: InventoryFile) -> list[Widget]:
        merged = merge_inventory(page.there.plan, found.accounts, page.there.now.date())
        html = join_html([*self._write(merged, found)])
        parts = [draw_html(html)]
        if merged.added or merged.filled:
            parts.append(draw_html(write_paragraphs(self.words["take_hint"], "wb-hint")))
            parts.append(draw_row(self._draw_take(page, found)))
        return parts

    def _draw_take(self, page: Page, found: InventoryFile) -> Widget:
        def take() -> None:
            session = page.there
            merged = merge_inventory(session.plan, found.accounts, session.now.date())
            changed = merged.plan != session.plan
            if changed:
                session.replace(merged.plan)
                page.tell_kept()
            said = self.words["taken" if changed else "taken_again"]
            page.announce(said)
            self._go_on(page)

        return draw_button(self.words["take"], lambda _: page.guard(take), name="offer")

    def _write(self, merged: Merged, found: InventoryFile) -> Iterator[Html]:
        words = self.words["sums"]
        for name in ("added", "filled", "same", "left"):
            count = len(getattr(merged, name))
            if count:
                form = words[f"{name}_one" if count == 1 else name]
                yield write_paragraphs(
                    form.format(count=write_number(count, self.language), most=MOST_ACCOUNTS)
                )
        shown = (*merged.added, *merged.filled)
        if shown:
            yield self._write_rows(shown)
        elif not merged.same and not merged.left and not found.unknown:
            yield write_paragraphs(self.words["nothing"], "wb-lead")
        texts = dict.fromkeys(explain_inventory(p, self.language) for p in found.problems)
        if texts:
            items = join_html([fill_html("<li>{text}</li>", text=text) for text in texts])
            form = "<section><h4>{title}</h4><ul>{items}</ul></section>"
            yield Html(fill_html(form, title=self.words["problems"], items=items))

    def _write_rows(self, accounts: Sequence[ListedAccount]) -> Html:
        head = tuple(self._kinds["preview"]["columns"])
        rows = tuple(self._write_row(each) for each in accounts[:MOST_SHOWN])
        parts = [write_table(self.words["table"], head, rows)]
        if len(accounts) > MOST_SHOWN:
            more = self.words["more"].format(
                count=write_number(len(accounts) - MOST_SHOWN, self.language)
            )
            parts.append(write_paragraphs(more, "wb-hint"))
        return join_html([*parts])

    def _write_row(self, account: ListedAccount) -> tuple[str, ...]:
        """The place, the name there, and the answers that are taken over, as they were read."""
        place = find_question("start.accounts.any.platform", self.language)
        heads = load_words(REGISTER, self.language)["sheet"]
        said = "; ".join(
            f"{heads[name]}: {self._write_value(name, value)}"
            for name, value in account.said.items()
        )
        nothing = str(self._kinds["preview"]["nothing"])
        return place.label_of(account.platform), account.handle, said or nothing

    def _write_value(self, name: str, value: object) -> str:
        """An answer as the register will hold it; days with the month as a word."""
        question = find_question(f"{INVENTORY_PATH}.any.{name}", self.language)
        told = " ".join(write_answer(question, value, self.language).split())
        return told if len(told) <= LONGEST_SHOWN else f"{told[: LONGEST_SHOWN - 1]}…"
