"""What the counting comes to in documents: the numbers, the settings, links, and results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from workbook.checks import Todo
from workbook.content import find_question, load_step
from workbook.exports.documents import (
    Contribution,
    Material,
    Point,
    Statement,
    in_full,
    lay_out_rows,
    load_report_words,
    write_answers,
    write_step,
)
from workbook.exports.report import Bullets, Heading, Numbered, Paragraph, runs, strong
from workbook.measurement.links import LinkProblem
from workbook.measurement.looks import find_reading
from workbook.steps.measurement.answers import Measurement
from workbook.steps.measurement.board import list_kpis
from workbook.steps.measurement.outcome import weigh
from workbook.steps.measurement.pictures import judge_places
from workbook.steps.measurement.register import group_rows, register_of, usual_name
from workbook.steps.measurement.report_results import write_results
from workbook.steps.measurement.setup import list_caveats, list_guides, list_tools

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.measurement.register import Register, RegisterRow

STEP: Final = "measurement"
TRACK: Final = ("A6",)
_GOAL_WIDTHS: Final = (2.0, 1.2, 1.0, 1.1, 1.4)
_LINK_WIDTHS: Final = (1.0, 3.0)


def contribute(material: Material) -> Contribution:
    """The numbers of the goals, how they are counted, the links, and what was counted."""
    said = write_step(material, STEP)
    if material.plan.goals.decision == "not_now" or not _is_begun(material):
        return replace(said, body=())
    words = load_report_words(STEP, material.language)
    body = (
        *_write_goals(material, words),
        *in_full(_write_how(material, words)),
        *in_full(_write_links(material, words)),
        *write_results(material, words),
    )
    return replace(
        said,
        body=body,
        points=(*_write_points(material, words), *said.points),
        dated=tuple(_date(material, words["text"])),
        sources=_list_sources(material),
        main_sources=_list_estimators(material),
    )


def _is_begun(material: Material) -> bool:
    return material.plan.measurement != Measurement() or material.switches.empty


def _list_sources(material: Material) -> tuple[str, ...]:
    """Where settings, caveats and the findings of this step are known from."""
    guides = [g.sources for g in list_guides(material.plan, material.language)]
    caveats = [c.sources for c in list_caveats(material.plan, material.language)]
    findings = [f.sources for f in material.findings if f.path.startswith(f"{STEP}.")]
    named = (k for keys in (*guides, *caveats, *findings) for k in keys)
    return tuple(dict.fromkeys((*named, *_list_estimators(material))))


def _list_estimators(material: Material) -> tuple[str, ...]:
    """Where the limits beside counts are known from, once there are counts."""
    return ("M16", "M17") if weigh(material.plan).places else ()


# -- the numbers of the goals ------------------------------------------------------------------


def _write_goals(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    text = words["text"]
    kpis = list_kpis(material.plan, material.language, material.today)[: words["most_goals"]]
    yield Statement(Paragraph.of(text["lead"]), TRACK, STEP)
    if not kpis:
        return
    rows = [
        [
            text["goal"].format(
                goal=kpi.goal, number=kpi.number, stage=_lower(kpi.stage), formula=kpi.formula
            ),
            kpi.aim,
            kpi.source,
            text["who"].format(reader=_begin(kpi.reader), when=kpi.when),
            kpi.decision,
        ]
        for kpi in kpis
    ]
    columns = text["goals_columns"]
    for block in lay_out_rows(material, columns, rows, text["goals"], widths=_GOAL_WIDTHS):
        yield Statement(block, TRACK, STEP, is_detail=True)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


# -- how it is counted -------------------------------------------------------------------------


def _write_how(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """The answers, the settings by tool, and what to bear in mind."""
    text = words["text"]
    yield Statement(Heading(2, text["how"]), TRACK, STEP)
    yield from write_answers(material, load_step(STEP, material.language), _choose_names(material))
    for guide in list_guides(material.plan, material.language):
        title = text["tool_none" if guide.tool == "none" else "tool"].format(tool=guide.name)
        yield Statement(Paragraph.of(strong(title)), TRACK, STEP)
        steps = (
            text["step"].format(title=step.title, lines=" ".join(step.lines))
            for step in guide.steps
        )
        yield Statement(Numbered.of(*steps), TRACK, STEP)
    caveats = list_caveats(material.plan, material.language)
    if caveats and list_tools(material.plan):
        yield Statement(Paragraph.of(strong(text["caveats"])), TRACK, STEP)
        yield Statement(Bullets.of(*(caveat.short for caveat in caveats)), TRACK, STEP)


def _choose_names(material: Material) -> list[str]:
    """What the answers are written out of: those that the table of goals does not say."""
    names = ["contact_ways", "thanks_page", "event", "tally", "banner"]
    names += ["hour_cost", "spend", "lead_worth"]
    return names if material.plan.goals.goals else [*names, "reader", "reading_day", "next_reading"]


# -- links -------------------------------------------------------------------------------------


def _write_links(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """A link for each place that carries the name of the next weeks."""
    text = words["text"]
    register = register_of(material.plan, material.language)
    if register is None or isinstance(register, LinkProblem):
        return
    campaign = usual_name(material.plan, register)
    rows = [
        [text["links_spot"].format(place=row.place, spot=row.placement), row.link.url]
        for row in _choose_rows(register, campaign)
    ]
    if not rows:
        return
    lead = text["links_lead"].format(campaign=campaign)
    yield Statement(Paragraph.of(strong(text["links"]), "\n", lead), TRACK, STEP)
    columns = text["links_columns"]
    for block in lay_out_rows(material, columns, rows, text["links"], widths=_LINK_WIDTHS):
        yield Statement(block, TRACK, STEP)


def _choose_rows(register: Register, campaign: str) -> Iterator[RegisterRow]:
    """The first link of each place that belongs to the next weeks."""
    for _, rows in group_rows(register):
        found = [row for row in rows if row.link.tags.campaign == campaign]
        posts = [row for row in found if row.link.placement == "post"]
        yield from (*posts, *found)[:1]


# -- in brief ----------------------------------------------------------------------------------


def _write_points(material: Material, words: Mapping[str, Any]) -> Iterator[Point]:
    who = material.answer(f"{STEP}.reader")
    reading = find_reading(material.plan, material.today)
    day = material.day(reading) if reading else material.answer(f"{STEP}.next_reading")
    parts = [who, material.answer(f"{STEP}.reading_day"), day]
    if material.plan.measurement.reader and all(parts):
        text = ", ".join((parts[0], parts[1][:1].lower() + parts[1][1:], parts[2]))
        order = int(words["point_order"])
        yield Point(words["point"], runs(text), order, TRACK, STEP, only="brief")
    outcome = weigh(material.plan, material.language)
    judged = judge_places(material.plan, outcome, material.language)[: words["most_places"]]
    lines = [
        words["result"].format(title=j.title, facts=j.facts.rstrip(".")) for j in judged if j.facts
    ]
    if lines:
        order = int(words["result_order"])
        yield Point(
            words["result_point"], runs("\n".join(lines)), order, ("A5", "A6"), STEP, only="brief"
        )


def _date(material: Material, text: Mapping[str, str]) -> Iterator[Todo]:
    """The next reading as a thing to do on its day."""
    path = f"{STEP}.next_reading"
    day = material.plan.measurement.next_reading
    if day is not None and day >= material.today:
        question = find_question(path, material.language)
        why = text["read_why"].format(question=question.label, answer=material.day(day))
        yield Todo(text=text["read"], due=day, path=path, why=why)
