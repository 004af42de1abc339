"""The screens with the rules for staff: each ready-made, in own words, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks import Offer
from workbook.checks.progress import is_asked
from workbook.content import default_of, find_question, load_words
from workbook.evidence import write_source
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.findings import draw_findings, list_html, write_link
from workbook.interface.form import FormScreen
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_heading,
    draw_html,
    draw_row,
)
from workbook.steps.conduct.answers import Form, Use
from workbook.steps.conduct.clauses import (
    CLAUSES,
    LIST,
    STEP,
    UNSHOWN,
    Rule,
    choose_form,
    find_choice,
    list_rules,
    load_clauses,
    name_spoken,
    write_notice,
)
from workbook.steps.conduct.editor_policy import PolicyBench
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import VBox, Widget

    from workbook.checks import Finding
    from workbook.content import Step
    from workbook.interface.page import Page
    from workbook.interface.screens import Screen
    from workbook.plan import Plan


def arrange(forms: list[Screen], step: Step, language: str) -> list[Screen]:
    """The questions, the rules in groups or on one page, and a bench for rules there are."""
    groups = load_words(CLAUSES, language)["groups"]
    sections = [RulesScreen(step, language, group) for group in groups]
    rules: list[Screen] = [
        *sections,
        RulesScreen(step, language),
        PolicyBench(STEP, "policy", language),
    ]
    kept: list[Screen] = []
    for form in forms:
        if not (isinstance(form, FormScreen) and form.step.id == step.id):
            kept.append(form)
        elif step.questions["clauses"] in form.questions:
            kept.extend(rules)
        else:
            kept.append(NotedForm(form.step, form.section))
    return kept


def draw_note(language: str) -> Widget:
    """That these rules are no legal advice."""
    note = load_words(CLAUSES, language)["words"]["note"]
    return draw_html(write_paragraphs(note, "wb-promise"))


class NotedForm(FormScreen):
    """Questions about rules, with the note that nothing here is legal advice."""

    _lines: Widget | None = None

    def draw(self, page: Page) -> list[Widget]:
        """The form, and the note above Continue; where data is asked about, lines to copy too."""
        self._lines = None
        *parts, row = super().draw(page)
        if "data_contact" in self.section.questions:
            self._lines = draw_html(self._write_notice(page))
            parts.append(self._lines)
        return [*parts, draw_note(page.language), row]

    def refresh(self, page: Page) -> None:
        """Bring the questions up to date, and the lines to copy with them."""
        super().refresh(page)
        if self._lines is not None:
            self._lines.value = self._write_notice(page)

    def _write_notice(self, page: Page) -> Html:
        session = page.there
        text = write_notice(session.plan, session.now.date(), page.language)
        words = load_words(CLAUSES, page.language)["notice"]
        return Html(
            fill_html(
                "<h3>{title}</h3><p>{lead}</p><blockquote class='wb-own-words'>{text}</blockquote>",
                title=words["title"],
                lead=words["lead"],
                text=text,
            )
        )


class RulesScreen:
    """The rules of one group, or those of the one page, each with what can be done with it."""

    def __init__(self, step: Step, language: str, group: str = "") -> None:
        self.step = step
        self.language = language
        self.group = group
        self.form = Form.SIXTEEN if group else Form.ONE_PAGE
        self.id = f"{step.id}/rules-{group or 'page'}"
        self.words = load_words("steps/conduct/editor.toml", language)
        name = load_words(CLAUSES, language)["groups"].get(group, "")
        self.title = str(self.words[f"title_{self.form.value}"]).format(group=name)
        clauses = load_clauses(language).values()
        self.mine = {c.id for c in clauses if (c.group == group if group else c.brief)}
        self._boxes: dict[str, VBox] = {}
        self._shown: dict[str, tuple[Finding, ...]] = {}
        self._state: tuple[tuple[str, Use], ...] = ()
        self._acting = False

    def asks(self, path: str) -> bool:
        """Whether a path is that of one of its rules; the first group also has the list itself."""
        parts = path.split(".")
        if ".".join(parts[:2]) != LIST:
            return False
        entry = parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - step.list.record
        first = self.group == next(iter(load_words(CLAUSES)["groups"]))
        return entry in self.mine or (first and entry not in load_clauses())

    def is_shown(self, plan: Plan) -> bool:
        """Whether the plan has the rules in this form."""
        return choose_form(plan) is self.form and is_asked(self.step.questions["clauses"], plan)

    def draw(self, page: Page) -> list[Widget]:
        """Heading, note, each rule with its buttons, and the way to the other form."""
        page.fields, self._boxes, self._shown = {}, {}, {}
        rules = self._list(page)
        self._state = self._read_state(page)
        parts = [self._draw_rule(page, rule) for rule in rules]
        self.refresh(page)
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, self.words[f"lead_{self.form.value}"]),
            draw_note(self.language),
            *parts,
            *self._draw_other_form(page),
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def refresh(self, page: Page) -> None:
        """Show the rules as they are kept; anew where somebody did something else with one."""
        if self._acting:
            return
        if self._state != self._read_state(page):
            page.redraw(go=False)
            return
        for path, field in page.fields.items():
            field.value = page.raw(path)
        for path, box in self._boxes.items():
            found = tuple(f for f in page.there.findings if f"{f.path}.".startswith(f"{path}."))
            if found != self._shown.get(path, ()):
                self._shown[path] = found
                draw_findings(box, found, page)

    # -- one rule ------------------------------------------------------------------------------

    def _list(self, page: Page) -> list[Rule]:
        today = page.there.now.date()
        rules = list_rules(page.there.plan, today, self.language, form=self.form)
        return [rule for rule in rules if rule.clause.id in self.mine]

    def _read_state(self, page: Page) -> tuple[tuple[str, Use], ...]:
        """What was decided about each rule: an own wording that is empty is still being written."""
        found = []
        for name in sorted(self.mine):
            choice = find_choice(page.there.plan, name)
            found.append((name, (choice.use if choice else None) or Use.READY))
        return tuple(found)

    def _draw_rule(self, page: Page, rule: Rule) -> Widget:
        use = dict(self._state)[rule.clause.id]
        card = draw_html(self._write_card(rule, use))
        self._boxes[rule.path] = draw_group(name="findings")
        field = [self._draw_field(page, rule)] if use is Use.OWN and rule.clause.editable else []
        buttons = self._draw_buttons(page, rule, use)
        box = draw_group(card, *field, self._boxes[rule.path], buttons, name="rule-box")
        box.add_class(f"wb-rule-{use.value}")
        return box

    def _write_card(self, rule: Rule, use: Use) -> Html:
        text = rule.text if use is Use.READY else ""
        listed = self._write_listed(rule) if use is not Use.OUT else Html("")
        more = fill_html(
            '<details class="wb-why"><summary>{why}<span class="wb-hidden"> {label}</span>'
            "</summary>{ready}<dl>{reasons}</dl></details>",
            why=self.words["why"],
            label=rule.clause.label,
            ready=self._write_ready(rule) if use is not Use.READY else "",
            reasons=self._write_reasons(rule),
        )
        return Html(
            fill_html(
                '<section class="wb-clause">'
                '<h3 data-wb-result="{mark}" tabindex="-1">{label}</h3>'
                '<p class="wb-tag">{state}</p>{text}{listed}{link}{more}</section>',
                mark=self._mark(rule),
                label=rule.clause.label,
                state=self.words["use"][use.value],
                text=self._write_text(text),
                listed=listed,
                link=self._write_way(rule),
                more=Html(more),
            )
        )

    def _write_listed(self, rule: Rule) -> Html:
        """What the business said is not its to show: where it said so, and the way there."""
        if not rule.listed:
            return Html("")
        items = [Html(fill_html("{line}", line=line)) for line in rule.listed]
        form = "<p><strong>{title}</strong></p>{items}<p class='wb-hint'>{source} {link}</p>"
        question = find_question(UNSHOWN, self.language).label
        return Html(
            fill_html(
                form,
                title=self.words["listed"],
                items=list_html(items, "wb-plain"),
                source=self.words["listed_source"].format(question=question),
                link=write_link(UNSHOWN, self.words["listed_link"]),
            )
        )

    def _mark(self, rule: Rule) -> str:
        return f"{self.id}-{rule.clause.id}"

    def _write_ready(self, rule: Rule) -> Html:
        head = fill_html("<p><strong>{x}</strong></p>", x=self.words["ready"])
        return join_html([head, self._write_text(rule.ready)])

    def _write_text(self, text: str) -> Html:
        """A rule as it is ready-made, marked where it is in another language than the page."""
        lines, spoken = _write_lines(text), name_spoken(self.language)
        if spoken == self.language or not text:
            return lines
        return Html(fill_html('<div lang="{spoken}">{lines}</div>', spoken=spoken, lines=lines))

    def _write_way(self, rule: Rule) -> Html:
        """The way to the answers a rule is made of, where its wording cannot be changed here."""
        if rule.clause.editable:
            return Html("")
        link = write_link(f"{STEP}.owner", self.words["answers"], rule.clause.label)
        return Html(fill_html("<p>{link}</p>", link=link))

    def _write_reasons(self, rule: Rule) -> Html:
        question = find_question(f"{STEP}.countries", self.language)
        where = [question.label_of(country) for country in rule.clause.jurisdiction]
        rows = [
            (self.words["because"], rule.clause.rationale),
            (self.words["where"], ", ".join(where) or self.words["nowhere"]),
        ]
        if rule.clause.sources:
            sources = "; ".join(write_source(key, self.language) for key in rule.clause.sources)
            rows.append((self.words["sources"], sources))
        form = "<dt>{term}</dt><dd>{text}</dd>"
        return join_html([fill_html(form, term=term, text=text) for term, text in rows])

    def _draw_field(self, page: Page, rule: Rule) -> Field:
        path = f"{rule.path}.text"
        spec = make_spec(find_question(path, self.language), lambda _: True)
        spec["label"] = self.words["own_label"].format(label=rule.clause.label)
        spec |= {"why": "", "needed": True}  # the card says why, and it is needed to be own
        field = Field(page=page.desk.page, path=path, spec=spec, value=page.raw(path))
        page.fields[path] = field
        return field

    # -- what can be done with it ----------------------------------------------------------------

    def _draw_buttons(self, page: Page, rule: Rule, use: Use) -> Widget:
        own = ("ours", "out") if rule.clause.editable else ("out",)
        first = "change" if rule.clause.editable else "out"
        offered = {Use.READY: (first,), Use.OWN: own, Use.OUT: ("back",)}[use]
        uses = {"change": Use.OWN, "out": Use.OUT, "back": Use.READY, "ours": Use.READY}
        buttons = [
            draw_button(
                self.words[name].format(label=rule.clause.label),
                self._decide(page, rule, uses[name]),
                name="quiet",
            )
            for name in offered
        ]
        return draw_row(*buttons)

    def _decide(self, page: Page, rule: Rule, use: Use) -> Callable[[object], None]:
        answers = [(f"{rule.path}.clause", rule.clause.id), (f"{rule.path}.use", use.value)]
        text = f"{rule.path}.text"

        def act() -> None:
            kept = [(text, rule.ready)] if use is Use.OWN and not page.raw(text) else []
            self._acting = True
            try:
                page.there.apply(Offer(label="", answers=(*answers, *kept)))
            finally:
                self._acting = False
            page.tell_kept()
            page.redraw(focus=text if use is Use.OWN else "", go=False)
            if use is not Use.OWN:
                page.desk.tell("result", mark=self._mark(rule))

        return lambda _: page.guard(act)

    def _draw_other_form(self, page: Page) -> list[Widget]:
        """The way from the one page to the sixteen sections, and back."""
        other = Form.SIXTEEN if self.form is Form.ONE_PAGE else Form.ONE_PAGE

        def act() -> None:
            self._acting = True
            try:
                page.there.answer(f"{STEP}.form", other.value)
            finally:
                self._acting = False
            page.tell_kept()
            shown = [s for s in page.screens if isinstance(s, RulesScreen) and s.form is other]
            page.show(shown[0].id)

        label = self.words[f"show_{other.value}"]
        least = default_of(page.there.plan, f"{STEP}.few_people")
        few = self.words["few"].format(few=write_number(least, self.language))
        return [
            *([draw_html(write_paragraphs(few, "wb-hint"))] if other is Form.SIXTEEN else []),
            draw_button(label, lambda _: page.guard(act), name="quiet"),
        ]


def _write_lines(text: str) -> Html:
    """A rule as paragraphs; single line ends stay."""
    form = '<p class="wb-rule">{x}</p>'
    return join_html([fill_html(form, x=part) for part in text.split("\n\n") if part.strip()])
