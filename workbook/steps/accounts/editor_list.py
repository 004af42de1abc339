"""The list of accounts on screen: a table of some at a time, each leading to its own screens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from workbook.checks.progress import is_asked
from workbook.content import load_step, load_words
from workbook.exports.register import WRITERS
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.findings import draw_findings
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_guidance,
    draw_heading,
    draw_html,
    draw_row,
    fill_box,
)
from workbook.interface.pictures import write_table
from workbook.steps.accounts.listing import (
    WORDS,
    RegisterRow,
    list_rows,
    name_action,
    name_standing,
    write_sheet,
)
from workbook.steps.accounts.standing import (
    INVENTORY,
    STEP,
    Standing,
    is_at_risk,
    list_key_people,
    list_unlisted,
)
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipywidgets import Widget

    from workbook.content import Section
    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.accounts.editor_account import Selection

MOST_SHOWN: Final = 20
"""Accounts in the table at once."""
FEW: Final = 5
"""Accounts that need no choice of which to show."""
MOST_PEOPLE: Final = 3
MOST_NAMED: Final = 6
_MEDIA: Final = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SILENT: Final = frozenset({Standing.DORMANT, Standing.ABANDONED})
_MARK: Final = f"{STEP}-rows"
_IMPORT: Final = f"{STEP}/import"


class ListScreen:
    """All accounts with how they stand; one leads to what is asked of it."""

    def __init__(self, section: Section, chosen: Selection, language: str) -> None:
        self.id = f"{STEP}/{section.id}"
        self.title = section.title
        self._lead = section.lead
        self._chosen = chosen
        self._language = language
        self._register = load_words(WORDS, language)
        self._words: Any = self._register["list"]
        self._filter, self._first = "all", 0
        self._place: Any = None

    def asks(self, path: str) -> bool:
        """Whether a path is that of the list itself, or of an entry without an answer."""
        return path == INVENTORY or (path.startswith(f"{INVENTORY}.") and path.count(".") <= 2)  # noqa: PLR2004 - step.list.entry

    def is_shown(self, plan: Plan) -> bool:
        """Unless the business said that it has no accounts, or has not the time for this step."""
        question = load_step(STEP, self._language).questions["inventory"]
        return is_asked(question, plan)

    def refresh(self, page: Page) -> None:
        """Nothing on it changes while it is open, but by its own buttons."""

    def draw(self, page: Page) -> list[Widget]:
        """What there is in numbers, the table, on whom accounts hang, and the buttons."""
        self._chosen.account = ""
        rows = list_rows(page.there.plan, page.there.now.date(), self._language)
        self._place = draw_group(name="register")
        if len(rows) <= FEW:
            self._filter = "all"
        box = draw_group(name="findings")
        mine = [f for f in page.there.findings if f.path == INVENTORY]
        draw_findings(box, mine, page)
        step = load_step(STEP, self._language)
        words = self._words["buttons"]
        buttons = [
            draw_button(words["add"], lambda _: page.guard(lambda: self._add(page)), name="add"),
            draw_button(
                words["list"], lambda _: page.guard(lambda: page.show(_IMPORT)), name="quiet"
            ),
        ]
        widgets = [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self._lead),
            draw_guidance(step, page.words, page.language),
            draw_html(self._write_sums(page, rows)),
        ]
        if rows:
            if len(rows) > FEW:
                widgets.append(self._draw_filters(page, rows))
            widgets.append(self._place)
            self._fill(page, rows)
        widgets.append(draw_row(*buttons))
        if rows:
            widgets += [draw_html(self._write_people(page.there.plan, rows)), box]
            widgets += self._draw_downloads(page)
        main = draw_button(page.words["continue"], page.go_on, name="main")
        return [*widgets, draw_row(main)]

    # -- in numbers ----------------------------------------------------------------------------

    def _write_sums(self, page: Page, rows: Sequence[RegisterRow]) -> Html:
        words = self._words
        if not rows:
            return write_paragraphs(words["lead_none"])
        counts = Counter(row.standing for row in rows)
        parts = ", ".join(
            words["part"].format(
                count=counts[each], standing=self._register["standing"][each.value].lower()
            )
            for each in Standing
            if counts[each]
        )
        texts = [
            words["sums_one" if len(rows) == 1 else "sums"].format(count=len(rows), parts=parts)
        ]
        risky = len(self._choose(page.there.plan, rows, "risk"))
        missing = len(list_unlisted(page.there.plan))
        for name, count in (("at_risk", risky), ("unlisted", missing)):
            if count:
                texts.append(words[f"{name}_one" if count == 1 else name].format(count=count))
        return write_paragraphs(" ".join(texts))

    def _write_people(self, plan: Plan, rows: Sequence[RegisterRow]) -> Html:
        """On whom accounts hang alone."""
        people, words = list_key_people(plan), self._register["people"]
        if not people:
            return Html("")
        names = {row.account.id: row.name for row in rows}
        lines = []
        for person in people[:MOST_PEOPLE]:
            held = [names[account] for account in person.accounts]
            shown = ", ".join(held[:MOST_NAMED])
            if len(held) > MOST_NAMED:
                shown += " " + words["more"].format(count=len(held) - MOST_NAMED)
            form = words["one" if len(held) == 1 else "many"]
            values = {"name": person.name, "count": len(held), "all": len(rows)}
            lines.append(fill_html("<li>{x}</li>", x=form.format(**values, accounts=shown)))
        return Html(
            fill_html(
                '<section class="wb-key-people"><h3>{title}</h3><p>{lead}</p><ul>{lines}</ul>'
                "</section>",
                title=words["title"],
                lead=words["lead"],
                lines=join_html(lines),
            )
        )

    # -- the table -----------------------------------------------------------------------------

    def _choose(
        self, plan: Plan, rows: Sequence[RegisterRow], name: str
    ) -> tuple[RegisterRow, ...]:
        """The accounts of a filter; those at risk with the worst first."""
        if name == "risk":
            risky = [row for row in rows if is_at_risk(plan, row.risk)]
            return tuple(sorted(risky, key=lambda row: -row.risk.points))
        if name == "silent":
            return tuple(row for row in rows if row.standing in _SILENT)
        if name == "open":
            missing = {account.id for account in list_unlisted(plan)}
            return tuple(row for row in rows if row.account.id in missing)
        return tuple(rows)

    def _draw_filters(self, page: Page, rows: Sequence[RegisterRow]) -> Widget:
        buttons = []
        for name, label in self._words["filters"].items():
            count = len(self._choose(page.there.plan, rows, name))
            shown = f"{label} ({count})"
            button = draw_button(shown, self._turn(page, name, 0), name="quiet")
            button.disabled = not count
            buttons.append(button)
        lead = draw_html(write_paragraphs(self._words["show"], "wb-label"))
        return draw_group(lead, draw_row(*buttons), name="filters")

    def _turn(self, page: Page, name: str, first: int) -> Any:  # noqa: ANN401 - what a button calls
        def turn() -> None:
            self._filter, self._first = name, first
            rows = list_rows(page.there.plan, page.there.now.date(), self._language)
            self._fill(page, rows)
            page.desk.tell("result", mark=_MARK)

        return lambda _: page.guard(turn)

    def _fill(self, page: Page, rows: Sequence[RegisterRow]) -> None:
        """Show some of the accounts in the place of those that were shown."""
        found = self._choose(page.there.plan, rows, self._filter)
        if self._first >= len(found):
            self._first = 0
        shown = found[self._first : self._first + MOST_SHOWN]
        fill_box(
            self._place,
            draw_html(self._write_rows(page.there.plan, found, shown)),
            *self._draw_turning(page, len(found)),
        )

    def _write_rows(
        self, plan: Plan, found: Sequence[RegisterRow], shown: Sequence[RegisterRow]
    ) -> Html:
        words, columns = self._words["page"], self._words["columns"]
        if not shown:
            return write_paragraphs(words["none"])
        values = {"first": self._first + 1, "last": self._first + len(shown), "count": len(found)}
        form = words["caption" if len(found) <= MOST_SHOWN else "caption_part"]
        kind = self._words["filters"][self._filter]
        caption = str(form).format(**values, kind=kind)
        head = '<p class="wb-hidden" data-wb-result="{mark}" tabindex="-1">{caption}</p>'
        heads = tuple(columns.values())
        table = write_table(caption, heads, tuple(self._write_row(plan, row) for row in shown))
        return join_html([fill_html(head, mark=_MARK, caption=caption), table])

    def _write_row(self, plan: Plan, row: RegisterRow) -> tuple[object, ...]:
        page = load_step(STEP, self._language).page
        at = f"{INVENTORY}.{row.holding.id}.owner"
        link = fill_html(
            '<a href="{page}.ipynb#at={at}">{name}</a>', page=page, at=at, name=row.name
        )
        standing = fill_html(
            '<span class="wb-standing wb-standing-{id}">{name}</span>',
            id=row.standing.value,
            name=name_standing(row, self._language),
        )
        stands = fill_html(
            "{standing}{risk}", standing=Html(standing), risk=self._write_risk(plan, row)
        )
        return Html(link), Html(stands), name_action(row, self._language)

    def _write_risk(self, plan: Plan, row: RegisterRow) -> Html:
        """The points of an account that is at risk; nothing where few or none are known."""
        if not is_at_risk(plan, row.risk):
            return Html("")
        text = self._words["page"]["at_risk"].format(
            points=write_number(row.risk.points, self._language)
        )
        return Html(fill_html('<span class="wb-at-risk">{text}</span>', text=text))

    def _draw_turning(self, page: Page, count: int) -> list[Widget]:
        words, buttons = self._words["page"], []
        before, after = self._first - MOST_SHOWN, self._first + MOST_SHOWN
        if before >= 0:
            turn = self._turn(page, self._filter, before)
            buttons.append(draw_button(words["before"], turn, name="quiet"))
        if after < count:
            turn = self._turn(page, self._filter, after)
            buttons.append(draw_button(words["next"], turn, name="quiet"))
        return [draw_row(*buttons)] if buttons else []

    # -- buttons -------------------------------------------------------------------------------

    def _add(self, page: Page) -> None:
        """Add an account to those of the business, and ask about it."""
        name = page.there.add_record("start.accounts")
        if page.there.plan.start.has_accounts is None:
            page.there.answer("start.has_accounts", "yes")
        page.tell_kept()
        self._chosen.account = name
        page.show(f"{INVENTORY}.{name}.owner")

    def _draw_downloads(self, page: Page) -> list[Widget]:
        words = self._words["buttons"]

        def give(suffix: str) -> Any:  # noqa: ANN401 - what a button calls
            def act() -> None:
                plan = page.there.plan
                sheet = write_sheet(plan, page.there.now.date(), self._language)
                name = name_file(plan, words["file"], suffix)
                give_download(page, name, _MEDIA[suffix], WRITERS[suffix](sheet))

            return lambda _: page.guard(act)

        buttons = [draw_button(words[suffix[1:]], give(suffix), name="quiet") for suffix in WRITERS]
        return [draw_html(write_paragraphs(words["hint"], "wb-hint")), draw_row(*buttons)]
