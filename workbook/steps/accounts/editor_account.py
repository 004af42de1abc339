"""The screens of one account: who holds it, the way in, whether it is alive, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workbook.content import default_of, find_question, load_words
from workbook.evidence import write_source
from workbook.fit.proposals import WORDS as FATES_WORDS
from workbook.fit.proposals import propose
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.findings import draw_findings, write_link
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_heading,
    draw_html,
    draw_row,
    fill_box,
)
from workbook.interface.screens import find_notebook
from workbook.steps.accounts.listing import (
    FATES,
    WORDS,
    RegisterRow,
    explain_risk,
    list_rows,
    name_standing,
)
from workbook.steps.accounts.standing import INVENTORY, STEP
from workbook.wording import offer_entries, write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan

_START: Final = "start.accounts"
_FATE: Final = "fate"


@dataclass(frozen=True, slots=True)
class Part:
    """One screen of an account, and what it asks."""

    id: str
    fields: tuple[str, ...]
    holder: str = INVENTORY
    sources: tuple[str, ...] = ()


PARTS: Final = (
    Part("who", ("owner", "second", "people", "emergency"), sources=("A1", "A4")),
    Part(
        "way_in",
        ("login", "login_address", "password_place", "shared", "second_factor"),
        sources=("A5",),
    ),
    Part("further", ("second_holder", "recovery", "apps")),
    Part("life", ("purpose", "goal", "last_post", "last_reply", "created"), sources=("F17", "A6")),
    Part("safety", ("shown_as", "followers", "verified", "impostor", "billing", "notes")),
    Part(_FATE, ("action", "leads_to", "who", "due"), FATES),
)


@dataclass(slots=True)
class Selection:
    """Which account the screens are about, by its id in ``start.accounts``."""

    account: str = ""


class PartScreen:
    """A few questions about one account."""

    def __init__(self, part: Part, chosen: Selection, language: str) -> None:
        self.id = f"{STEP}/{part.id}"
        self._part, self._chosen, self._language = part, chosen, language
        self._register = load_words(WORDS, language)
        self._words: Any = self._register["account"]
        self.title = str(self._words["parts"][part.id]["title"])
        self._box: Any = None
        self._risk: Any = None
        self._shown: tuple[Any, ...] = ()

    def asks(self, path: str) -> bool:
        """Whether this part asks for the answer at a path, of whichever account."""
        holder, _, field = path.rpartition(".")
        return field in self._part.fields and holder.rpartition(".")[0] == self._part.holder

    def is_shown(self, plan: Plan) -> bool:
        """While an account is chosen that there is."""
        return any(account.id == self._chosen.account for account in plan.start.accounts)

    def turn_to(self, path: str, plan: Plan) -> None:
        """Choose the account that the answer at a path is about."""
        entry = path.split(".")[2]
        holding = next((h for h in plan.accounts.inventory if h.id == entry), None)
        fate = next((f for f in plan.platform_fit.fates if f.id == entry), None)
        about = fate if self._part.holder == FATES else holding
        self._chosen.account = (about.account if about else None) or entry

    # -- drawing -------------------------------------------------------------------------------

    def draw(self, page: Page) -> list[Widget]:
        """Whose account it is, what was said before, the questions, the risk, and the way on."""
        row = self._find(page)
        if row is None:
            text = draw_html(write_paragraphs(self._register["list"]["page"]["none"]))
            return [draw_heading(self.title), text, draw_row(*self._draw_ways(page))]
        self._box, self._risk = draw_group(name="findings"), draw_group(name="risk")
        self._shown = ()
        page.fields = {path: self._draw_field(page, path) for path in self._list_paths(row)}
        parts = self._words["parts"][self._part.id]
        title = f"{row.name}: {self.title}"
        self.refresh(page)
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(title, parts["lead"]),
            draw_html(join_html([*self._write_above(page, row)])),
            *page.fields.values(),
            self._box,
            self._risk,
            draw_html(join_html([*self._write_below()])),
            draw_row(*self._draw_ways(page)),
        ]

    def _draw_ways(self, page: Page) -> Iterator[Widget]:
        if self._part.id != _FATE:
            yield draw_button(page.words["continue"], page.go_on, name="main")
        name = "quiet" if self._part.id != _FATE else "main"

        def leave(_: object) -> None:
            page.guard(lambda: page.show(f"{STEP}/inventory"))

        yield draw_button(self._words["list"], leave, name=name)

    def _find(self, page: Page) -> RegisterRow | None:
        """The row of the chosen account alone, so that long lists do not matter here."""
        plan = page.there.plan
        mine = tuple(a for a in plan.start.accounts if a.id == self._chosen.account)
        alone = plan.model_copy(update={"start": plan.start.model_copy(update={"accounts": mine})})
        rows = list_rows(alone, page.there.now.date(), self._language)
        return rows[0] if rows else None

    def _list_paths(self, row: RegisterRow) -> Iterator[str]:
        if self._part.id == "who" and row.account.platform is None:
            yield from (f"{_START}.{row.account.id}.{name}" for name in ("platform", "handle"))
        entry = row.holding.id
        if self._part.holder == FATES:
            entry = row.fate.id if row.fate else row.account.id
        yield from (f"{self._part.holder}.{entry}.{name}" for name in self._part.fields)

    def _draw_field(self, page: Page, path: str) -> Field:
        question = find_question(path, self._language)
        offered = offer_entries(question, page.there.plan, self._language)
        return Field(
            page=page.desk.page,
            path=path,
            spec=make_spec(offered, lambda _: True),
            value=page.raw(path),
        )

    def refresh(self, page: Page) -> None:
        """Show the answers as they are now, what is found in them, and the risk."""
        row = self._find(page)
        if row is None or self._box is None:
            return
        for path, field in page.fields.items():
            field.value = page.raw(path)
        found = tuple(f for f in page.there.findings if f.path in page.fields)
        if found != self._shown:
            self._shown = found
            draw_findings(self._box, found, page)
        told = [self._write_risk(page.there.plan, row)]
        told += [self._write_steps(row)] if self._part.id == _FATE else []
        fill_box(self._risk, *(draw_html(html) for html in told if html))

    # -- in words ------------------------------------------------------------------------------

    def _write_above(self, page: Page, row: RegisterRow) -> Iterator[str]:
        ids = [account.id for account in page.there.plan.start.accounts]
        number = ids.index(row.account.id) + 1
        yield write_paragraphs(self._words["of"].format(number=number, count=len(ids)), "wb-hint")
        if self._part.id == "who" and row.account.platform:
            yield self._write_known(row)
        if self._part.id == _FATE:
            yield self._write_proposal(page, row)

    def _write_known(self, row: RegisterRow) -> Html:
        """What other pages asked of the account, and the way to change it there."""
        items = []
        for name in ("access", "last_posted", "opened_because"):
            path = f"{_START}.{row.account.id}.{name}"
            question = find_question(path, self._language)
            text = write_answer(question, getattr(row.account, name), self._language)
            if text:
                form = "<dt>{label}</dt><dd>{text} {link}</dd>"
                link = write_link(path, self._words["change"], question.label)
                items.append(fill_html(form, label=question.label, text=text, link=link))
        if row.profile and row.profile.has_entry:
            for name in ("linked", "links_back"):
                path = f"linking.profiles.{row.profile.said.id}.{name}"
                question = find_question(path, self._language)
                text = write_answer(question, getattr(row.profile.said, name), self._language)
                if text:
                    form = "<dt>{label}</dt><dd>{text} {link}</dd>"
                    link = write_link(path, self._words["change"], question.label)
                    items.append(fill_html(form, label=question.label, text=text, link=link))
        if not items:
            return Html("")
        form = '<details class="wb-more"><summary>{title}</summary><dl>{items}</dl></details>'
        return Html(fill_html(form, title=self._words["known"], items=join_html(items)))

    def _write_proposal(self, page: Page, row: RegisterRow) -> Html:
        if row.fate and row.fate.action:
            return Html("")
        found = next(p for p in propose(page.there.settled) if p.account.id == row.account.id)
        text = self._words["fate"].format(
            action=found.name_action(self._language), because=found.because(self._language)
        )
        return write_paragraphs(text)

    def _write_below(self) -> Iterator[str]:
        if self._part.id == "way_in":
            yield write_paragraphs(self._words["passwords"])
        if self._part.sources:
            items = [
                fill_html("<li>{x}</li>", x=write_source(key, self._language))
                for key in self._part.sources
            ]
            form = '<details class="wb-more"><summary>{title}</summary><ul>{items}</ul></details>'
            yield fill_html(form, title=self._words["sources"], items=join_html(items))

    def _write_steps(self, row: RegisterRow) -> Html:
        """What the decision means, step by step."""
        action = row.fate.action.value if row.fate and row.fate.action else ""
        told = load_words(FATES_WORDS, self._language)["actions"].get(action)
        if not told:
            return Html("")
        steps = join_html([fill_html("<li>{step}</li>", step=step) for step in told["steps"]])
        form = '<section class="wb-steps"><h3>{title}</h3><ol>{steps}</ol></section>'
        return Html(fill_html(form, title=self._words["steps"], steps=steps))

    def _write_risk(self, plan: Plan, row: RegisterRow) -> Html:
        """How it stands, its points, each with its reason and what would lower it."""
        standing = name_standing(row, self._language)
        why = self._register["standing_why"][row.standing.value].format(
            quiet=write_number(default_of(plan, "start.quiet_days"), self._language),
            dormant=write_number(default_of(plan, "start.dormant_days"), self._language),
            abandoned=write_number(default_of(plan, f"{STEP}.abandoned_days"), self._language),
        )
        parts = [fill_html("<p><strong>{x}.</strong> {why}</p>", x=standing, why=why)]
        parts.append(self._write_faults(plan, row))
        if row.risk.open_points:
            most = write_number(row.risk.open_points, self._language)
            parts.append(write_paragraphs(self._words["risk_open"].format(points=most), "wb-hint"))
        form = '<details class="wb-more wb-risk"{open}><summary>{title}</summary>{body}</details>'
        is_open = Html(" open" if self._part.id == _FATE else "")
        title = self._words["risk"]
        return Html(fill_html(form, open=is_open, title=title, body=join_html(parts)))

    def _write_faults(self, plan: Plan, row: RegisterRow) -> Html:
        """Each fault with its points and what would lower it, and the way to other points."""
        reasons = explain_risk(row, self._language)
        if not reasons:
            return write_paragraphs(self._words["risk_none"])
        high = write_number(default_of(plan, f"{STEP}.risk_high"), self._language)
        grave = write_number(default_of(plan, f"{STEP}.risk_grave"), self._language)
        points = write_number(row.risk.points, self._language)
        form = '<p>{text} <a href="{page}.ipynb#at=own_defaults.{name}">{label}</a></p>'
        lead = fill_html(
            form,
            text=self._words["risk_points"].format(points=points, high=high, grave=grave),
            page=find_notebook("finish"),
            name=f"{STEP}.risk_high",
            label=self._words["numbers"],
        )
        form = "<li>{what}. <strong>{label}</strong> {lower}</li>"
        label = self._words["lower"]
        items = [fill_html(form, what=w, label=label, lower=low) for w, low in reasons]
        return join_html([lead, fill_html("<ul>{items}</ul>", items=join_html(items))])
