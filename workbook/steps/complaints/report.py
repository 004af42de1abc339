"""What complaints say in documents: the tree, the levels, the clock, and drafts to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.charts.decision_tree import draw
from workbook.complaint.draft import Written, list_templates, write_draft
from workbook.complaint.places import find_place, list_rules, list_sources
from workbook.complaint.rules import (
    calendar_of,
    people_of,
    promise_of,
    sums_of,
    write_also,
    write_promise,
)
from workbook.complaint.severity import DECISIVE, Level, load_scores, load_tiers
from workbook.complaint.tree import load_tree
from workbook.content import default_of, load_step, load_words
from workbook.evidence import write_source
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    in_full,
    load_report_words,
    write_answers,
)
from workbook.exports.report import (
    Bullets,
    Column,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    runs,
    strong,
)
from workbook.steps.complaints.answers import Complaints
from workbook.steps.complaints.facts import WORDS as FACTS
from workbook.steps.complaints.facts import load_facts
from workbook.values import UNKNOWN
from workbook.wording import smooth, write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook.complaint.places import Place

STEP = "complaints"
_HOURS = ("hours", "zone", "closed", "hours_published", "channel", "channel_address", "weekend",
          "weekend_who", "urgent")  # fmt: skip
_RULES = ("put_right", "initials", "stop", "stop_words", "house_rules", "review_sites")
_GRAVE = ("safety_contact", "lawyer", "holding_line")
_SITES = {"google": "google_business", "facebook": "facebook", "yelp": "yelp",
          "trustpilot": "trustpilot", "tripadvisor": "tripadvisor"}  # fmt: skip
_SOURCES = ("Q7", "Q9", "Q17", "Q18", "Q19", "P14", "P24")


def contribute(material: Material) -> Contribution:
    """Everything that staff need on the day somebody complains; nothing before it was begun."""
    words = load_report_words(STEP, material.language)
    waits = material.plan.goals.decision == "not_now"
    begun = material.plan.complaints != Complaints()
    if waits or not (begun or material.switches.empty):
        return Contribution(step=STEP, title=words["title"], order=words["order"])
    text = words["text"]
    return Contribution(
        step=STEP,
        title=words["title"],
        order=words["order"],
        body=tuple(_write_body(material, text)),
        points=tuple(_write_points(material, text)),
        decisions=tuple(_decide(material, text)),
        sources=_list_sources(material),
    )


def _list_sources(material: Material) -> tuple[str, ...]:
    tree = load_tree(material.language).sources
    more = [list_sources(place, is_review=True) for place in list_sites(material)]
    facts = tuple(fact.source for fact in load_facts(material.language))
    return tuple(dict.fromkeys((*tree, *_SOURCES, *facts, *(key for keys in more for key in keys))))


def _say(block: Any, seeds: tuple[str, ...] = ()) -> Statement:  # noqa: ANN401 - any block
    return Statement(block, seeds, STEP)


def _write_body(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    yield _say(Paragraph.of(text["lead"]), ("B2",))
    tree = load_tree(material.language)
    figure = Figure.of(draw(tree, language=material.language), caption=text["tree"])
    yield from in_full([_say(figure)])
    yield from write_levels(material, text)
    yield from in_full(_write_outcomes(material, text))
    step = load_step(STEP, material.language)
    hours = write_answers(material, step, _HOURS)
    yield from in_full(_write_said(text["hours_title"], hours))
    rules = write_answers(material, step, (*_RULES, *_GRAVE))
    yield from in_full(_write_said(text["rules_title"], rules))
    yield from in_full(_write_more(material, text))
    yield _say(Paragraph.of(text["law"]))


def _write_said(title: str, statements: Iterable[Statement]) -> Iterator[Statement]:
    """Answers below a heading, where there are any."""
    said = tuple(statements)
    if said:
        yield _say(Heading(2, title))
        yield from said


def _write_more(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    """What holds in each place, drafts, and how long people wait."""
    channel = material.plan.complaints.channel
    if channel is not None and channel.has_window:
        hours = write_number(default_of(material.plan, f"{STEP}.window_hours"), material.language)
        yield _say(Paragraph.of(text["meta"].format(hours=hours)))
    yield from _write_sites(material, text)
    yield from _write_drafts(material, text)
    yield from _write_facts(material, text)


def write_levels(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    """The table by which a case finds its people and its clock."""
    plan, language = material.plan, material.language
    calendar, tiers, scores = calendar_of(plan), load_tiers(language), load_scores(language)
    rows = []
    for level in Level:
        decisive = DECISIVE if level is Level.S4 else ()
        people = people_of(plan, level, decisive=decisive)
        names = dict.fromkeys(name for name in people.values() if name)
        promise = write_promise(promise_of(plan, level, calendar), calendar, language)
        tier = tiers[level]
        title = text["level"].format(title=tier.title, meaning=tier.meaning)
        who = ", ".join(names) or text["nobody"]
        rows.append((title, who, promise, tier.update, write_also(plan, level, language)))
    one, two, three = (write_number(most, language) for most in sums_of(plan))
    values = {"one": one, "two": two, "three": three}
    scored = ", ".join(score.name for score in scores.values())
    alone = smooth(text["or"].join(scores[name].name for name in DECISIVE), language)
    lead = text["levels_lead"].format(scores=scored, decisive=alone, **values)
    widths = (1.4, 1.2, 1.2, 0.9, 1.8)
    titled = zip(text["levels_columns"], widths, strict=True)
    columns = tuple(Column(title, width=width) for title, width in titled)
    yield _say(Heading(2, text["levels_title"]))
    yield _say(Paragraph.of(lead))
    yield _say(Table(columns, tuple(rows), text["levels_caption"]), ("B2",))


def _write_outcomes(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    """The table of what is done: where, and when to stop."""
    outcomes = load_tree(material.language).outcomes.values()
    rows = tuple((outcome.title, outcome.pattern, outcome.stop) for outcome in outcomes)
    columns = tuple(
        Column(title, width=w)
        for title, w in zip(text["outcomes_columns"], (1.0, 1.6, 1.6), strict=True)
    )
    yield _say(Heading(2, text["outcomes_title"]))
    yield _say(Table(columns, rows, text["outcomes_caption"]))


def list_sites(material: Material) -> list[Place]:
    """The places where customers write reviews, as far as they are known."""
    sites = material.plan.complaints.review_sites
    named = [_SITES[site.value] for site in sites if site.value in _SITES]
    found = (find_place(name, material.language) for name in named)
    return [place for place in found if place is not None]


def _write_sites(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    """What holds in each place where reviews are written."""
    known = list_sites(material)
    if not known:
        return
    yield _say(Heading(2, text["places_title"]))
    shared: set[str] = set()
    for place in known:
        told = list_rules(material.plan, place, is_review=True, language=material.language)
        fresh = [rule for rule in told if rule not in shared]
        shared |= set(told)
        if fresh:
            yield _say(Paragraph.of(strong(place.name)))
            yield _say(Bullets.of(*fresh))


def _write_drafts(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    """Every draft as far as the plan fills it, and what is missing for the gravest case."""
    plan, language = material.plan, material.language
    found = {
        title: write_draft(plan, name, Written(), language=language)
        for name, title in list_templates(language).items()
    }
    yield _say(Heading(2, text["drafts_title"]))
    yield _say(Paragraph.of(text["drafts_lead"]))
    yield _say(KeyValues.of(*((t, draft.text) for t, draft in found.items() if draft)))
    if plan.complaints.holding_line in (None, UNKNOWN, ""):
        yield _say(Paragraph.of(text["drafts_none"]))


def _write_facts(material: Material, text: Mapping[str, Any]) -> Iterator[Statement]:
    if not material.switches.sources:
        return
    words = load_words(FACTS, material.language)
    rows = tuple(
        (fact.text, fact.sample, write_source(fact.source, material.language))
        for fact in load_facts(material.language)
    )
    titled = zip(text["expect_columns"], (1.6, 1.0, 1.4), strict=True)
    columns = tuple(Column(title, width=width) for title, width in titled)
    yield _say(Paragraph.of(words["lead"]))
    yield _say(Table(columns, rows, words["caption"], row_titles=False))


def _promise(material: Material) -> dict[str, str]:
    """How soon a single annoyance and a valid complaint are answered."""
    plan, calendar = material.plan, calendar_of(material.plan)
    return {
        name: write_promise(promise_of(plan, level, calendar), calendar, material.language)
        for name, level in (("small", Level.S1), ("fair", Level.S2))
    }


def _write_points(material: Material, text: Mapping[str, Any]) -> Iterator[Point]:
    who = material.plan.complaints.page_owner
    if who not in (None, UNKNOWN, ""):
        said = text["point_text"].format(who=who, **_promise(material))
        yield Point(text["point"], runs(said), 70, ("B2",), STEP)


def _decide(material: Material, text: Mapping[str, Any]) -> Iterator[Decided]:
    who = material.plan.complaints.page_owner
    if who not in (None, UNKNOWN, ""):
        because = text["decide_because"].format(**_promise(material))
        yield Decided(text["decide"].format(who=who), because, ("B2",), STEP)
