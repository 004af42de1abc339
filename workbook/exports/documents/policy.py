"""The social media policy: the rules in full wording, as staff read them and sign them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_step, load_words
from workbook.exports.documents._contacts import write_contacts
from workbook.exports.documents._contribution import Statement
from workbook.exports.report import (
    Blank,
    Bullets,
    Callout,
    Heading,
    KeyValues,
    Paragraph,
    emphasis,
    split_paragraphs,
)
from workbook.steps.conduct.answers import Form, Use
from workbook.steps.conduct.clauses import CLAUSES, STEP, list_rules
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.content import Question
    from workbook.exports.documents._material import Material
    from workbook.steps.conduct.clauses import Rule

NAME = "policy"
HEEDS = ("open_findings",)
SEEDS = ("B2",)
SHOWN_SEEDS = ("B3", *SEEDS)
CONTACTS = ("speakers", "approver", "pauser", "deputy", "data_contact", "owner")
"""The people of the rules, in the order in which staff need them."""


def write(material: Material) -> Iterator[Statement]:
    """Everything the policy says, with the reasons each block meets."""
    words = material.wording[NAME]
    yield from _write_frame(material, words)
    yield from _write_blanks(material, words)
    rules = list_rules(
        material.plan,
        material.today,
        material.language,
        form=material.plan.conduct.form or Form.SIXTEEN,
    )
    yield from _write_rules(material, [rule for rule in rules if rule.use is not Use.OUT], words)
    yield from _write_contacts(material, words)
    yield Statement(Heading(1, words["sign"]))
    yield Statement(Paragraph.of(words["sign_text"].format(business=_name_business(material))))
    yield Statement(Blank(labels=tuple(words["sign_labels"])))


def _write_frame(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """For whom it is, from when on it holds, and what it is not."""
    business = _name_business(material)
    waits = material.plan.goals.decision == "not_now"
    lead = words["waits" if waits else "lead"]
    yield Statement(Paragraph.of(lead.format(business=business)), SEEDS, STEP)
    day = material.day(material.today)
    review = material.plan.conduct.review
    terms = words["frame"]
    yield Statement(
        KeyValues.of(
            (terms["whom"], words["whom"].format(business=business)),
            (terms["version"], day),
            (terms["review"], material.day(review) if review else words["review_open"]),
        ),
        SEEDS,
        STEP,
    )
    law = load_words(CLAUSES, material.language)["words"]["note"]
    yield Statement(Paragraph.of(emphasis(law)), step=STEP)


def _name_business(material: Material) -> str:
    """What the business is called within a sentence."""
    return material.plan.start.name or str(material.wording[NAME]["nameless"])


def _write_blanks(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What has to be filled in before the policy is handed out."""
    conduct = material.plan.conduct
    names = [q.subject for q in _list_asked(material) if getattr(conduct, q.id) in (None, UNKNOWN)]
    if conduct.review is None:
        names.append(load_step(STEP, material.language).questions["review"].subject)
    if names and material.switches.open_findings:
        note = Paragraph.of(words["blanks_text"])
        yield Statement(Callout("open", words["blanks"], (note, Bullets.of(*names))), step=STEP)


def _list_asked(material: Material) -> list[Question]:
    """The people that the rules of this business need."""
    step, plan = load_step(STEP, material.language), material.plan
    asked = [step.questions[name] for name in CONTACTS]
    alone = plan.start.people == 1 and plan.conduct.deputy is None
    return [q for q in asked if q.is_shown(plan) and not (alone and q.id == "deputy")]


def _write_rules(
    material: Material, held: list[Rule], words: Mapping[str, Any]
) -> Iterator[Statement]:
    """The rules below the titles of their groups, numbered through."""
    if not held:
        yield Statement(Paragraph.of(words["left_out_all"]), step=STEP)
    number = 0
    for group, title in load_words(CLAUSES, material.language)["groups"].items():
        mine = [rule for rule in held if rule.clause.group == group]
        if mine:
            yield Statement(Heading(1, title), step=STEP)
        for rule in mine:
            number += 1
            name = words["section"].format(number=number, label=rule.clause.label)
            yield Statement(Heading(2, name), step=STEP)
            for paragraph in split_paragraphs(rule.text):
                yield Statement(paragraph, SEEDS, STEP)
            if rule.listed:
                yield Statement(Paragraph.of(words["unshown"]), SHOWN_SEEDS, STEP)
                yield Statement(Bullets.of(*rule.listed), SHOWN_SEEDS, STEP)


def _write_contacts(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Whom to turn to for what, with room for a number."""
    called = {q.path: words["contacts_for"][q.id] for q in _list_asked(material)}
    yield Statement(Heading(1, words["contacts"]), step=STEP)
    yield Statement(Paragraph.of(words["contacts_lead"]), step=STEP)
    table = write_contacts(material, called, words["contacts_columns"])
    yield Statement(table, SEEDS, STEP)
