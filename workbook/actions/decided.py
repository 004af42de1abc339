"""Gathers what follows from decisions: accounts, counting, readings, occasions, the look back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from workbook.actions.candidates import Candidate, Kind
from workbook.content import default_of, find_question, load_words
from workbook.fit.fates import CLOSING, list_decided
from workbook.measurement.placements import chosen_platforms, find_page
from workbook.plan import read_answer, step_names
from workbook.steps.goals.answers import Decision
from workbook.steps.goals.reading import metric_of
from workbook.steps.integration.answers import Channel
from workbook.steps.measurement.setup import list_guides
from workbook.steps.platform_fit.answers import Action as Fate
from workbook.wording import cut_line, offer_entries, write_answer, write_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.plan import Plan

WORDS = "actions/words.toml"
ACCOUNTS = "steps/platform_fit/report.toml"
_LONGEST = 60
"""Letters of a name that is put into a sentence."""


def gather_decided(plan: Plan, today: date, language: str) -> list[Candidate]:
    """What is to be done because of what was decided, in the order of the steps."""
    found = list(_settle_accounts(plan, language))
    if plan.goals.decision is not Decision.NOT_NOW:
        found += [
            *_set_up(plan, language),
            *_put_links(plan, language),
            *_read_numbers(plan, today, language),
            *_read_goals(plan, language),
            *_prepare(plan, today, language),
        ]
    return [*found, *_look_back(plan, today, language)] if _is_begun(plan) else found


def _is_begun(plan: Plan) -> bool:
    """Whether there is anything to look back at."""
    return bool(plan.goals.goals or plan.integration.occasions or plan.integration.actions)


def _words(name: str, language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = load_words(WORDS, language)[name]
    return words


def _make(kind: Kind, key: str, about: str, words: Mapping[str, Any], **more: Any) -> Candidate:
    return Candidate(
        kind=kind,
        key=key,
        about=about,
        **{name: words[name] for name in ("because", "sure", "change")} | more,
    )


def _cut(text: str) -> str:
    return cut_line(text, _LONGEST)


def _write(plan: Plan, path: str, language: str) -> tuple[str, str]:
    """A question and what was answered to it, in words."""
    question = offer_entries(find_question(path, language), plan, language)
    return question.label, write_answer(question, read_answer(plan, path), language)


def _settle_accounts(plan: Plan, language: str) -> Iterator[Candidate]:
    """What becomes of each account that does not simply stay."""
    words, texts = _words("account", language), load_words(ACCOUNTS, language)
    names = find_question("start.accounts.any.platform", language)
    for fate, account, action in list_decided(plan):
        if action not in CLOSING and action is not Fate.RECOVER:
            continue
        place = names.label_of(account.platform) if account.platform else ""
        called = " ".join(part for part in (place, account.handle) if part)
        name = _cut(called or texts["fates"]["nameless"])
        yield _make(
            Kind.ACCOUNT,
            f"account|{fate.id}|{action.value}",
            f"platform_fit.fates.{fate.id}.due",
            words,
            text=texts["dated"][action].format(account=name),
            why=name,
            seeds=("A8",),
            who=fate.who,
            due=fate.due,
        )


def _set_up(plan: Plan, language: str) -> Iterator[Candidate]:
    """Each tool that is to count the contact, with what to set up in it."""
    path = "measurement.contact_ways"
    if not plan.measurement.contact_ways:
        return
    words = _words("setup", language)
    question, answer = _write(plan, path, language)
    for guide in list_guides(plan, language):
        steps = ", ".join(f"{step.title[:1].lower()}{step.title[1:]}" for step in guide.steps)
        yield _make(
            Kind.SETUP,
            f"setup|{guide.tool}",
            path,
            words,
            text=words["what_none" if guide.tool == "none" else "what"].format(
                tool=guide.name, steps=steps
            ),
            why=question,
            because=words["because"].format(question=question, answer=answer),
            seeds=("A6",),
        )


def _put_links(plan: Plan, language: str) -> Iterator[Candidate]:
    """The tagged links, once there are places and a page for them to lead to."""
    places = chosen_platforms(plan)
    if not (places and find_page(plan) and plan.measurement.contact_ways):
        return
    words, question = _words("links", language), find_question("platform_fit.first", language)
    named = ", ".join(question.label_of(place) for place in places)
    yield _make(
        Kind.SETUP,
        "links",
        "measurement.campaign",
        words,
        text=words["what"].format(places=named),
        why=named,
        seeds=("A6",),
    )


def _read_numbers(plan: Plan, today: date, language: str) -> Iterator[Candidate]:
    path, day = "measurement.next_reading", plan.measurement.next_reading
    if day is None or day < today:
        return
    words = _words("reading", language)
    question, answer = _write(plan, path, language)
    because = words["because"].format(question=question, answer=answer)
    yield _make(
        Kind.READING,
        "reading",
        path,
        words,
        text=words["what"],
        why=question,
        because=because,
        seeds=("A6",),
        due=day,
    )


def _read_goals(plan: Plan, language: str) -> Iterator[Candidate]:
    """The first look at the number of each goal."""
    words = _words("goal", language)
    for goal in plan.goals.goals:
        metric = metric_of(goal, language)
        if metric is None:
            continue
        cadence = words["cadence"][goal.review.value if goal.review else "none"]
        called = _cut(goal.wish or metric.label)
        yield _make(
            Kind.READING,
            f"goal|{goal.id}",
            f"goals.goals.{goal.id}.review",
            words,
            text=words["what"].format(number=metric.label),
            why=called,
            because=words["because"].format(goal=called, cadence=cadence),
            seeds=("A6", "B1"),
            goal=goal.id,
        )


def _prepare(plan: Plan, today: date, language: str) -> Iterator[Candidate]:
    """The occasions that begin within the days of the list and need social media before."""
    words, end = _words("prepare", language), today + timedelta(days=_days(plan))
    for occasion in plan.integration.occasions:
        first, before = occasion.first, occasion.before
        wanted = Channel.SOCIAL in occasion.channels and occasion.name and before
        if not wanted or first is None or before is None or not today < first <= end:
            continue
        yield _make(
            Kind.PREPARE,
            f"prepare|{occasion.id}",
            f"integration.occasions.{occasion.id}.before",
            words,
            text=words["what"].format(occasion=_cut(occasion.name or ""), before=before),
            why=_cut(occasion.name or ""),
            because=words["because"].format(first=write_day(first, language)),
            seeds=("A9",),
            due=max(today, first - timedelta(days=1)),
        )


def _days(plan: Plan) -> int:
    return max(1, int(default_of(plan, "integration.days")))


def _look_back(plan: Plan, today: date, language: str) -> Iterator[Candidate]:
    """The day on which somebody looks at all of it again."""
    words, path = _words("review", language), "review.day"
    planned = read_answer(plan, path)
    day = planned if isinstance(planned, date) and planned > today else None
    yield _make(
        Kind.REVIEW,
        "review",
        path if "review" in step_names() else "diagnosis.goal_dated",
        words,
        text=words["what"],
        why=words["why"],
        because=words["because"].format(days=_days(plan)),
        seeds=("back-on-track",),
        due=day or today + timedelta(days=_days(plan)),
    )
