"""The outcome of a case in words: who, by when, what to do, where, and when to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.complaint.case import write_pattern
from workbook.complaint.draft import list_templates
from workbook.complaint.places import list_rules, list_sources
from workbook.complaint.rules import write_also, write_moment, write_promise
from workbook.complaint.severity import load_tiers
from workbook.evidence import write_source
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import list_html
from workbook.plan import read_answer
from workbook.steps.complaints.answers import Stop
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.complaint.case import Handled
    from workbook.plan import Plan

_PAUSED_FROM = 3
"""The level from which planned posts are paused."""


def list_facts(
    plan: Plan, handled: Handled, words: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """What follows from the outcome, as pairs of a term and what is said."""
    if handled.outcome is None or handled.level is None or handled.promise is None:
        return
    yield words["level"], load_tiers(language)[handled.level].title
    yield words["who"], handled.owner or words["nobody"]
    yield words["first"], write_promise(handled.promise, handled.calendar, language)
    due = handled.deadline
    yield words["by"], write_moment(due, language) if due else words["no_deadline"]
    yield words["update"], load_tiers(language)[handled.level].update
    yield words["where"], write_pattern(handled, language)
    more = " ".join(filter(None, _list_more(plan, handled, words, language)))
    yield from [(words["also"], more)] if more else []
    yield words["stop"], " ".join(_list_stops(plan, handled, words))


def _list_more(
    plan: Plan, handled: Handled, words: Mapping[str, Any], language: str
) -> Iterator[str]:
    if handled.level is None:
        return
    yield write_also(plan, handled.level, language)
    pauser = read_answer(plan, "conduct.pauser")
    if handled.level.rank >= _PAUSED_FROM and pauser not in (None, UNKNOWN, ""):
        yield words["pause"].format(who=pauser)
    if handled.walk.needs_answer:
        yield words["needs_answer"]


def _list_stops(plan: Plan, handled: Handled, words: Mapping[str, Any]) -> Iterator[str]:
    if handled.outcome:
        yield handled.outcome.stop
    ours = plan.complaints
    if ours.stop is Stop.OWN and ours.stop_words:
        yield words["own_stop"].format(rule=ours.stop_words)


def write_outcome(plan: Plan, handled: Handled, words: Mapping[str, Any], language: str) -> Html:
    """The outcome as HTML: title, facts, steps, and the rules of the place."""
    outcome = handled.outcome
    if outcome is None:
        return Html("")
    facts = [
        fill_html("<div><dt>{term}</dt><dd>{said}</dd></div>", term=term, said=said)
        for term, said in list_facts(plan, handled, words, language)
    ]
    head = fill_html(
        '<section class="wb-finding"><h4>{title}</h4><p>{lead}</p></section>'
        '<dl class="wb-facts">{facts}</dl>',
        title=outcome.title,
        lead=outcome.lead,
        facts=join_html(facts),
    )
    steps = [Html(fill_html("{x}", x=step)) for step in outcome.steps]
    parts = [Html(head), _title(words["steps"]), _number(steps)]
    return join_html([*parts, *_write_place(plan, handled, words, language)])


def write_form(handled: Handled, words: Mapping[str, Any], language: str) -> Html:
    """What the reply below began as."""
    if handled.draft is None:
        return _title(words["reply_title"])
    form = list_templates(language)[handled.draft.template]
    told = write_paragraphs(words["form"].format(title=form))
    return join_html([_title(words["reply_title"]), told])


def _title(text: str) -> Html:
    return Html(fill_html("<h4>{x}</h4>", x=text))


def _number(items: list[Html]) -> Html:
    return Html(f"<ol>{join_html([f'<li>{item}</li>' for item in items])}</ol>")


def _write_place(
    plan: Plan, handled: Handled, words: Mapping[str, Any], language: str
) -> list[Html]:
    """What holds where it was written, with the sources of it."""
    place, is_review = handled.place, handled.written.is_review
    if place is None:
        return []
    rules = list_rules(plan, place, is_review=is_review, language=language)
    if not rules:
        return []
    sources = "; ".join(
        write_source(key, language) for key in list_sources(place, is_review=is_review)
    )
    return [
        _title(words["place"].format(place=place.name)),
        list_html([Html(fill_html("{x}", x=rule)) for rule in rules], "wb-signs"),
        Html(
            fill_html(
                "<details><summary>{label}</summary><p class='wb-hint'>{sources}</p></details>",
                label=words["sources"],
                sources=sources,
            )
        ),
    ]


def write_text(
    plan: Plan, handled: Handled, reply: str, words: Mapping[str, Any], language: str
) -> str:
    """The outcome and the reply as plain text to take along."""
    if handled.outcome is None:
        return ""
    facts = [f"{term}: {said}" for term, said in list_facts(plan, handled, words, language)]
    steps = [f"{number}. {step}" for number, step in enumerate(handled.outcome.steps, 1)]
    parts = [handled.outcome.title, "\n".join(facts), "\n".join([words["steps"], *steps])]
    if reply.strip():
        parts.append(f"{words['taken_reply']}:\n{reply.strip()}")
    return "\n\n".join(parts) + "\n"
