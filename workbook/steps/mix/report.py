"""What being social says in documents: topics, two weeks, who answers when; never a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    cut,
    in_full,
    lay_out_rows,
    load_report_words,
)
from workbook.exports.report import Bullets, Heading, KeyValues, Paragraph, runs
from workbook.steps.mix.answers import Mix, Week
from workbook.steps.mix.fortnight import find_limit
from workbook.steps.mix.telling import WORDS, list_rows, list_sums, name_week, tell_routine
from workbook.tone.vocabulary import read_lines
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP = "mix"
SEEDS = ("A2", "A3", "B3")
_TALK, _WORTH = ("A3", "A2"), ("B3", "A3")
_SOURCES = ("E1", "E2")
_TOPIC_WIDTHS = (1.4, 2.0, 1.2)
_WEEK_WIDTHS = (0.9, 1.1, 2.2, 0.7, 1.4)
_LONGEST = 260
"""Letters of one answer: the whole part is to fit on two pages."""
_MOST_LINES = 6
_MOST_ENTRIES = 12
"""Entries of a week; the others stand in the plan."""


def contribute(material: Material) -> Contribution:
    """The part on being social; nothing while all waits."""
    words = load_report_words(STEP, material.language)
    mix = material.plan.mix.model_copy(update={"corrections": ()})
    said = mix != Mix() and material.plan.goals.decision != "not_now"
    return Contribution(
        step=STEP,
        title=str(words["title"]),
        order=int(words["order"]),
        body=tuple(_write(material, words)) if said else (),
        points=tuple(_write_points(material, words)) if said else (),
        decisions=tuple(_decide(material, words)) if said else (),
        sources=_SOURCES if said else (),
    )


def _write(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    yield from _write_worth(material, words["worth"], int(words["named_topics"]))
    yield from _write_habits(material, words["habits"])
    yield from in_full(_write_weeks(material, words["weeks"]))
    yield from _write_shares(material, words["shares"])


def _short(text: str | None) -> str:
    return cut(" ".join((text or "").split()), _LONGEST)


# -- what people ask ------------------------------------------------------------------------------


def _write_worth(material: Material, words: Mapping[str, Any], most: int) -> Iterator[Statement]:
    mix = material.plan.mix
    topics = [topic for topic in mix.topics if topic.asked]
    missed = mix.missed if mix.missed not in (None, UNKNOWN) else ""
    if not (topics or missed):
        return
    yield Statement(Heading(2, words["title"]), _WORTH, STEP)
    if missed:
        yield Statement(KeyValues.of((words["missed"], _short(missed))), _WORTH, STEP)
    rows = [[_short(t.asked), _short(t.says), _short(t.proof)] for t in topics[:most]]
    if not rows:
        return
    columns, caption = words["columns"], words["caption"]
    for block in lay_out_rows(material, columns, rows, caption, widths=_TOPIC_WIDTHS):
        yield Statement(block, _WORTH, STEP)
    if len(topics) > most:
        more = words["more"].format(count=len(topics) - most)
        yield Statement(Paragraph.of(more), step=STEP)


# -- who answers, and when ------------------------------------------------------------------------


def _write_habits(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    pairs = [(term, text) for term, text in _list_habits(material, words) if text]
    if pairs:
        yield Statement(Heading(2, words["title"]), _TALK, STEP)
        yield Statement(KeyValues.of(*pairs), SEEDS, STEP)


def _list_habits(material: Material, words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    plan = material.plan
    mix = plan.mix
    blocks = tell_routine(plan, material.language) if mix.first_at else []
    named = sum(bool(contact.name) for contact in mix.contacts)
    form = words["contacts_one" if named == 1 else "contacts_many"]
    yield words["routine"], blocks[0] if blocks else ""
    yield words["speaks"], mix.speaks if mix.speaks and mix.speaks != UNKNOWN else ""
    yield words["contacts"], form.format(count=named) if named else ""
    yield words["counter"], _list_lines(mix.across_counter)
    yield words["not_ours"], _list_lines(mix.not_ours)


def _list_lines(text: str | None) -> str:
    return "\n".join(_short(line) for line in read_lines(text)[:_MOST_LINES])


# -- the two weeks --------------------------------------------------------------------------------


def _write_weeks(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    plan, language = material.plan, material.language
    if not plan.mix.weeks:
        return
    said = load_words(WORDS, language)["fortnight"]
    yield Statement(Heading(2, words["title"]), SEEDS, STEP)
    yield Statement(Paragraph.of(words["lead"]), ("B3",), STEP)
    for week in Week:
        told = list_rows(plan, week, language, named=False)
        rows = [[_short(cell) for cell in row] for row in told[:_MOST_ENTRIES]]
        if not rows:
            continue
        caption = said["caption"].format(week=name_week(week, language))
        for block in lay_out_rows(material, said["columns"], rows, caption, widths=_WEEK_WIDTHS):
            yield Statement(block, SEEDS, STEP)
        if len(told) > _MOST_ENTRIES:
            more = words["more"].format(count=len(told) - _MOST_ENTRIES)
            yield Statement(Paragraph.of(more), step=STEP)
    yield Statement(Bullets.of(*list_sums(plan, language)), SEEDS, STEP)


# -- shares ---------------------------------------------------------------------------------------


def _write_shares(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    pairs = [
        (words[term], answer)
        for term, name in (("sold", "promotion_most"), ("talked", "talk_least"))
        if (answer := material.answer(f"{STEP}.{name}"))
    ]
    if pairs and not material.plan.mix.weeks:
        yield Statement(Heading(2, words["title"]), ("A2",), STEP)
        yield Statement(KeyValues.of(*pairs), ("A2", "A3"), STEP)
        yield Statement(Paragraph.of(words["note"]), step=STEP)


# -- in brief -------------------------------------------------------------------------------------


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    plan, point = material.plan, words["point"]
    mix, lines = plan.mix, []
    if mix.first_at:
        form = point["twice" if mix.second_at else "once"]
        lines.append(form.format(first=mix.first_at, second=mix.second_at))
    if mix.promotion_most is not None:
        lines.append(
            point["sold"].format(limit=write_number(mix.promotion_most, material.language))
        )
    if mix.speaks and mix.speaks != UNKNOWN:
        lines.append(point["speaks"].format(who=mix.speaks))
    if lines:
        yield Point(point["term"], runs("\n".join(lines)), int(point["order"]), SEEDS, STEP)


def _decide(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    plan, said = material.plan, words["decided"]
    if plan.mix.promotion_most is not None or plan.mix.talk_least is not None:
        sold, talked = (
            write_number(find_limit(plan, name).percent, material.language)
            for name in ("promotion_most", "talk_least")
        )
        what = said["what"].format(sold=sold, talked=talked)
        yield Decided(what, said["because"], ("A2", "B3"), STEP)
    if plan.mix.first_at:
        what = said["what_routine"].format(first=plan.mix.first_at)
        yield Decided(what, said["because_routine"], _TALK, STEP)
