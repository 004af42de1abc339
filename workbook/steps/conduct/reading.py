"""Reads the rules of a plan for its checks: what is left out, what is too wide, what to offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from weakref import ref

from workbook.checks.check import Case, Offer
from workbook.content import find_question, load_step, load_words
from workbook.plan import read_answer
from workbook.steps.conduct.answers import Country, Form, Use
from workbook.steps.conduct.clauses import Clause, choose_form, find_choice, load_clauses
from workbook.steps.conduct.linting import Hit, Rule, lint, load_rules, narrow
from workbook.values import TEXT_LIMIT, UNKNOWN
from workbook.wording import write_answer, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.plan import Plan

STEP = "conduct"
_PHRASES = "steps/conduct/phrases.toml"
_LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Wide:
    """A sentence of the business's own that forbids too much, and its rule with it mended."""

    rule: Rule
    clause: str
    path: str
    sentence: str
    narrowed: str


def waits(case: Case) -> bool:
    """Whether the plan is to do without social media for now: then no rules are needed."""
    return bool(case.answer("goals.decision") == "not_now")


def phrase(case: Case, name: str) -> str:
    """A piece of a sentence."""
    return str(load_words(_PHRASES, case.language)[name])


def say_sure(case: Case, name: str) -> str:
    """How sure a finding is that rests on a law: surest where the law holds."""
    countries = case.plan.conduct.countries
    there = "us" if Country.US in countries or not countries else "elsewhere"
    return str(load_words(_PHRASES, case.language)[name][there])


def give(case: Case, path: str) -> str:
    """What was answered at a path, or that nothing was."""
    question = find_question(path, case.language)
    answer = write_answer(question, read_answer(case.plan, path), case.language)
    return answer or phrase(case, "not_given")


def join_countries(case: Case, countries: Iterable[Country]) -> str:
    """Countries as they are called on screen."""
    question = find_question(f"{STEP}.countries", case.language)
    return ", ".join(question.label_of(country) for country in countries)


def name_clause(case: Case, clause: str) -> str:
    """What a section is called."""
    return load_clauses(case.language)[clause].label


# -- what is left out ----------------------------------------------------------------------------


def list_left_out(case: Case) -> Iterator[tuple[Clause, str]]:
    """The sections that are left out, with the path of that decision."""
    if waits(case):
        return
    for clause in load_clauses(case.language).values():
        choice = find_choice(case.plan, clause.id)
        if choice is not None and choice.use is Use.OUT:
            yield clause, f"{STEP}.clauses.{choice.id}.use"


# -- what is too wide ----------------------------------------------------------------------------

_LATEST: dict[str, tuple[ref[Plan], tuple[tuple[str, str, str, tuple[Hit, ...]], ...]]] = {}
"""What was found in the last plan that was looked at; it does not keep the plan alive."""


def find_narrower(case: Case, rule: str) -> Iterator[Wide]:
    """The sections in the business's own words that a rule of the linter points at."""
    if waits(case):
        return
    known = load_rules(case.language)[rule]
    for clause, path, text, hits in _lint_once(case.plan):
        mine = [hit for hit in hits if hit.rule == rule]
        if mine:
            quoted = " ".join(mine[0].sentence.split())
            sentence = quoted if len(quoted) <= _LONGEST_QUOTE else f"{quoted[:_LONGEST_QUOTE]}…"
            yield Wide(known, clause, path, sentence, narrow(text, mine, case.language))


def _lint_once(plan: Plan) -> tuple[tuple[str, str, str, tuple[Hit, ...]], ...]:
    """Each own wording with what is found in it, looked at once for all checks of a plan."""
    latest = _LATEST.get("linted")
    if latest and latest[0]() is plan:
        return latest[1]
    short = choose_form(plan) is Form.ONE_PAGE
    used = [clause for clause in load_clauses().values() if clause.brief or not short]
    found = []
    for clause in used:
        choice = find_choice(plan, clause.id)
        if choice and clause.editable and choice.use is Use.OWN and choice.text:
            path = f"{STEP}.clauses.{choice.id}.text"
            found.append((clause.id, path, choice.text, lint(choice.text)))
    _LATEST["linted"] = (ref(plan), tuple(found))
    return tuple(found)


# -- offers --------------------------------------------------------------------------------------


def offer(case: Case, finding: str, *answers: tuple[str, str], **values: object) -> Offer:
    """Answers that would mend a finding, with the words on their button."""
    label = load_step(STEP, case.language).findings[finding].offer
    return Offer(label=label.format(**values), answers=answers)


def offer_back(case: Case, finding: str, path: str) -> tuple[Offer, ...]:
    """A section that was left out is used again."""
    return (offer(case, finding, (path, Use.READY.value)),)


def offer_name(case: Case, finding: str, path: str) -> tuple[Offer, ...]:
    """Whoever looks after social media is named, where that is known."""
    who = case.answer("start.who")
    if not who or len(who) > TEXT_LIMIT or who == UNKNOWN:
        return ()
    return (offer(case, finding, (path, who), who=who),)


def offer_day(case: Case, finding: str) -> tuple[Offer, ...]:
    """The rules are looked at again as late as may be."""
    days = min(int(case.default("conduct.review_days")), (_LAST - case.today).days)
    if days <= 0:
        return ()
    day = case.today + timedelta(days=days)
    words = write_day(day, case.language)
    return (offer(case, finding, (f"{STEP}.review", day.isoformat()), day=words),)


_LAST = date(2100, 12, 31)
"""The last day a plan can be about."""
