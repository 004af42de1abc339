"""What a review says in documents: what the numbers tell, what an hour brought, what is decided."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from workbook.content import find_question
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    cut,
    lay_out_rows,
    load_report_words,
)
from workbook.exports.report import Bullets, Heading, Paragraph, runs, strong
from workbook.steps.review.answers import Choice, Review
from workbook.steps.review.spans import find_span
from workbook.steps.review.tables import write_places
from workbook.steps.review.telling import tell, tell_chance
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP: Final = "review"
SEEDS: Final = ("back-on-track",)
_COUNTED: Final = ("A6", "back-on-track")
_SOURCES: Final = ("M16", "M17")
_LONGEST = 260
_DECISION_WIDTHS: Final = (0.8, 1.6, 2.2)
_PLACE_WIDTHS: Final = (0.9, 0.5, 1.4, 1.4, 1.3)


def contribute(material: Material) -> Contribution:
    """The part on the review; nothing as long as none was held, or while all waits."""
    words = load_report_words(STEP, material.language)
    plan = material.plan
    said = plan.review != Review() and plan.goals.decision != "not_now"
    return Contribution(
        step=STEP,
        title=str(words["title"]),
        order=int(words["order"]),
        body=tuple(_write(material, words)) if said else (),
        points=tuple(_write_points(material, words)) if said else (),
        decisions=tuple(_decide(material, words)) if said else (),
        sources=_SOURCES if said and plan.review.readings else (),
    )


def _write(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    text = words["text"]
    yield Statement(Paragraph.of(write_lead(material, text)), SEEDS, STEP)
    yield from write_numbers(material, words)
    yield from write_hours(material, text)
    yield from write_decisions(material, words)
    days = [write_day(p.held.day, material.language) for p in _earlier(material) if p.held.day]
    if days:
        earlier = text["earlier"].format(days=text["between"].join(days))
        yield Statement(Paragraph.of(earlier), SEEDS, STEP)


def _earlier(material: Material) -> tuple[Any, ...]:
    return material.plan.review.earlier


def write_lead(material: Material, text: Mapping[str, str]) -> str:
    """When it was looked back, and over which days."""
    language, review = material.language, material.plan.review
    day = write_day(review.day or material.today, language)
    span = find_span(material.plan, material.today)
    if span is None:
        return text["lead_bare"].format(day=day)
    days = {"first": write_day(span.first, language), "last": write_day(span.last, language)}
    return text["lead"].format(day=day, **days)


# -- numbers -------------------------------------------------------------------------------------


def write_numbers(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Each number with its interval, the verdicts in words, and what may come next."""
    told, text = tell(material.plan, material.today, material.language), words["text"]
    if not told:
        return
    yield Statement(Heading(2, text["numbers"]), _COUNTED, STEP)
    for each in told[: words["most_numbers"]]:
        name = strong(f"{cut(each.name, _LONGEST)}. ")
        yield Statement(Paragraph.of(name, each.facts), _COUNTED, STEP)
        lines = [said.text for said in each.said]
        lines.append(text["happened"].format(text=cut(each.happened, _LONGEST)))
        lines += [each.forecast] if each.forecast else []
        yield Statement(Bullets.of(*lines), _COUNTED, STEP)
    if len(told) > words["most_numbers"]:
        more = text["more"].format(count=len(told) - words["most_numbers"])
        yield Statement(Paragraph.of(more), step=STEP)
    if chance := tell_chance(told, material.language):
        yield Statement(Paragraph.of(chance), _COUNTED, STEP)


def write_hours(material: Material, text: Mapping[str, str]) -> Iterator[Statement]:
    """What an hour in each place brought in the days of the review."""
    span = find_span(material.plan, material.today)
    table = write_places(material.plan, span, material.language) if span else None
    if table is None or not table.rows:
        return
    yield Statement(Heading(2, text["places"]), ("A5", "A6"), STEP)
    for block in lay_out_rows(
        material, table.columns, table.rows, table.caption, widths=_PLACE_WIDTHS
    ):
        yield Statement(block, ("A5", "A6"), STEP)
    yield Statement(Paragraph.of(table.note), step=STEP)


# -- decisions -----------------------------------------------------------------------------------


def write_decisions(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """What is kept, stopped and changed, with the reason."""
    text, most = words["text"], words["most_decisions"]
    decisions = [d for d in material.plan.review.decisions if d.what]
    if not decisions:
        return
    yield Statement(Heading(2, text["decisions"]), SEEDS, STEP)
    rows = [
        [_choice(material, d.choice), cut(d.what or "", _LONGEST), cut(d.reason or "", _LONGEST)]
        for d in decisions[:most]
    ]
    columns, caption = text["decision_columns"], text["decisions"]
    for block in lay_out_rows(material, columns, rows, caption, widths=_DECISION_WIDTHS):
        yield Statement(block, SEEDS, STEP)
    if len(decisions) > most:
        more = text["more"].format(count=len(decisions) - most)
        yield Statement(Paragraph.of(more), step=STEP)


def _choice(material: Material, choice: Choice | None) -> str:
    question = find_question("review.decisions.any.choice", material.language)
    return question.label_of(choice) if choice else ""


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    review, point = material.plan.review, words["point"]
    if review.day is None or not review.decisions:
        return
    counts = Counter(decision.choice for decision in review.decisions)
    said = point["said"].format(
        day=write_day(review.day, material.language),
        **{choice.value: counts[choice] for choice in Choice},
    )
    yield Point(point["term"], runs(said), int(point["order"]), SEEDS, STEP, only="brief")


def _decide(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    form = words["decided"]["what"]
    for decision in material.plan.review.decisions[: words["most_decisions"]]:
        if decision.what and decision.choice:
            choice = _choice(material, decision.choice)
            what = form.format(choice=choice, what=cut(decision.what, _LONGEST))
            yield Decided(what, cut(decision.reason or "", _LONGEST), SEEDS, STEP)
