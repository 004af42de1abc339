"""What the rules for staff say in documents: the rules, who is named in them, and why each is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.checks import Todo
from workbook.checks.progress import is_asked
from workbook.content import find_question, load_step, load_words
from workbook.exports.documents import (
    Contribution,
    Material,
    Statement,
    collect_seeds,
    in_full,
    lay_out_rows,
    load_report_words,
    name_term,
    write_decisions,
    write_points,
)
from workbook.exports.report import (
    Callout,
    Heading,
    KeyValues,
    Numbered,
    Paragraph,
    Quote,
    emphasis,
    runs,
    split_paragraphs,
    strong,
)
from workbook.steps.conduct.answers import Conduct, Form, Use
from workbook.steps.conduct.clauses import (
    CLAUSES,
    STEP,
    Rule,
    choose_form,
    list_rules,
    write_listed,
    write_notice,
)
from workbook.wording import write_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.exports.report import Runs

SEEDS = ("B2",)
LONG_RULE = 900
"""Characters after which a rule leaves the list of the one page and stands in paragraphs."""


def contribute(material: Material) -> Contribution:
    """The rules as they hold, once anything is answered; nothing while social media waits."""
    words = load_report_words(STEP, material.language)
    step = load_step(STEP, material.language)
    empty = Contribution(step=STEP, title=words["title"], order=words["order"])
    if material.plan.goals.decision == "not_now":
        return replace(empty, needless=(STEP,))
    if material.plan.conduct == Conduct():
        return empty
    rules = list_rules(material.plan, material.today, material.language)
    points = tuple(replace(point, only="brief") for point in write_points(material, step))
    return replace(
        empty,
        body=tuple(_write(material, words, rules)),
        points=points,
        decisions=tuple(write_decisions(material, step)),
        dated=tuple(_date(material, words)),
        sources=_list_sources(rules),
    )


def _list_sources(rules: Sequence[Rule]) -> tuple[str, ...]:
    held = [source for rule in rules if rule.use is not Use.OUT for source in rule.clause.sources]
    return tuple(dict.fromkeys(held))


def _date(material: Material, words: Mapping[str, Any]) -> Iterator[Todo]:
    """The day to look at the rules again, while it is still to come."""
    review = material.plan.conduct.review
    if review is not None and review > material.today:
        yield Todo(
            text=words["look_again"],
            due=review,
            path=f"{STEP}.review",
            why=words["look_again_why"],
        )


def _write(
    material: Material, words: Mapping[str, Any], rules: Sequence[Rule]
) -> Iterator[Statement]:
    note = load_words(CLAUSES, material.language)["words"]["note"]
    yield Statement(Callout("note", words["note"], (Paragraph.of(note),)), step=STEP)
    yield from in_full(_write_rules(material, words, rules))
    yield from _write_names(material, words)
    yield from in_full(_write_buttons(material, words))
    yield from in_full(_write_notice(material))
    if material.switches.reasons:
        yield from in_full(_write_reasons(material, words, rules))


def _write_rules(
    material: Material, words: Mapping[str, Any], rules: Sequence[Rule]
) -> Iterator[Statement]:
    form = choose_form(material.plan)
    held = [rule for rule in rules if rule.use is not Use.OUT]
    yield Statement(Heading(2, words[f"rules_{form.value}"]), SEEDS, STEP)
    short = form is Form.ONE_PAGE and all(len(rule.text) <= LONG_RULE for rule in held)
    if not held:
        yield Statement(Paragraph.of(words["left_out_all"]), step=STEP)
        return
    if short:
        lines = (_write_line(words, rule, material.language) for rule in held)
        yield Statement(Numbered.of(*lines), SEEDS, STEP)
    else:
        yield from _write_sections(material, held)
    out = [rule.clause.label for rule in rules if rule.use is Use.OUT]
    if out:
        yield Statement(Paragraph.of(words["left_out"].format(names=", ".join(out))), step=STEP)


def _write_line(words: Mapping[str, Any], rule: Rule, language: str) -> Runs:
    """A rule of the one page in one line, its name first."""
    own = [emphasis(words["own"])] if rule.use is Use.OWN else []
    text = " ".join(" ".join([rule.text, write_listed(rule, language)]).split())
    return runs(strong(words["rule"].format(label=rule.clause.label)), *own, text)


def _write_sections(material: Material, held: Sequence[Rule]) -> Iterator[Statement]:
    """The sections below the titles of their groups, numbered through."""
    words = load_report_words(STEP, material.language)
    groups = load_words(CLAUSES, material.language)["groups"]
    number = 0
    for group, title in groups.items():
        mine = [rule for rule in held if rule.clause.group == group]
        if mine:
            yield Statement(Heading(3, title), step=STEP)
        for rule in mine:
            number += 1
            first, *rest = split_paragraphs(rule.text)
            own = [emphasis(words["own"])] if rule.use is Use.OWN else []
            name = words["section"].format(number=number, label=rule.clause.label)
            yield Statement(Paragraph.of(strong(name), *own, *first.runs), SEEDS, STEP)
            for paragraph in rest:
                yield Statement(paragraph, SEEDS, STEP)
            if rule.listed:
                listed = write_listed(rule, material.language)
                yield Statement(Paragraph.of(listed), ("B3", *SEEDS), STEP)


def _write_names(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Who speaks, decides and looks after what, as terms; several names on one line."""
    step = load_step(STEP, material.language)
    names = [n for s in step.sections for n in s.questions if n not in words["leave_out"]]
    asked = [step.questions[name] for name in names]
    pairs = []
    for question in asked:
        text = material.answer(question.path).strip()
        if not text and material.switches.empty and is_asked(question, material.plan):
            text = material.wording["not_said"]
        if text:
            lines = ", ".join(line.strip() for line in text.splitlines() if line.strip())
            pairs.append((name_term(material, step, question), lines))
    if pairs:
        yield Statement(Heading(2, words["who"]), step=STEP)
        yield Statement(KeyValues.of(*pairs), collect_seeds(asked), STEP)


def _write_buttons(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    pauses = material.plan.conduct.pauses
    if not pauses:
        return
    question = find_question(f"{STEP}.pauses.any.button", material.language)
    rows = [
        (pause.tool or "", write_answer(question, pause.button, material.language))
        for pause in pauses
    ]
    columns = words["buttons_columns"]
    for block in lay_out_rows(material, columns, rows, words["buttons"], widths=(1.0, 1.8)):
        yield Statement(block, SEEDS, STEP)


def _write_notice(material: Material) -> Iterator[Statement]:
    """Lines for the privacy notice, where people in Europe are among staff or customers."""
    text = write_notice(material.plan, material.today, material.language)
    words = load_words(CLAUSES, material.language)["notice"]
    if text:
        yield Statement(Heading(2, words["title"]), step=STEP)
        yield Statement(Paragraph.of(words["lead"]), step=STEP)
        yield Statement(Quote(runs(text)), SEEDS, STEP)


def _write_reasons(
    material: Material, words: Mapping[str, Any], rules: Sequence[Rule]
) -> Iterator[Statement]:
    """Where the law stands behind each rule, and why it is there; left out are those left out."""
    question = find_question(f"{STEP}.countries", material.language)
    rows = [
        (
            rule.clause.label,
            ", ".join(question.label_of(c) for c in rule.clause.jurisdiction) or words["nowhere"],
            rule.clause.rationale,
        )
        for rule in rules
        if rule.use is not Use.OUT
    ]
    if not rows:
        return
    yield Statement(Heading(2, words["reasons"]), step=STEP)
    shown = lay_out_rows(
        material,
        words["reasons_columns"],
        rows,
        words["reasons_caption"],
        widths=(1.0, 1.0, 2.2),
    )
    for block in shown:
        yield Statement(block, step=STEP)
    yield Statement(Paragraph.of(words["savings"]), step=STEP)
