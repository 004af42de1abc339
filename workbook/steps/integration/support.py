"""What each goal helps beyond social media, and whether that is so."""

from __future__ import annotations

from functools import cache
from textwrap import shorten
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.platforms import load_platforms
from workbook.steps.integration.occasions import read_parts, split_parts
from workbook.wording import offer_entries, title_records

if TYPE_CHECKING:
    from workbook.plan import Plan

WORDS = "steps/integration/social.toml"
LONG_NAME = 90


def name_goals(plan: Plan, language: str = BASE_LANGUAGE) -> dict[str, str]:
    """Every goal that says what it wants, by its id with what it is called."""
    goals = plan.goals.goals
    if not goals:
        return {}
    question = offer_entries(find_question("goals.goals", language), plan, language)
    titles = title_records(question, goals, language)
    return {
        goal.id: shorten(goal.wish or title, LONG_NAME, placeholder=" …")
        for goal, title in zip(goals, titles, strict=True)
        if goal.wish or goal.metric
    }


def list_helped(plan: Plan) -> frozenset[str]:
    """The goals for which an activity is named."""
    return frozenset(s.goal for s in plan.integration.supports if s.goal and s.activity)


def find_social(text: str | None, language: str = BASE_LANGUAGE) -> tuple[str, ...]:
    """The words of an activity that are social media, if it holds no others; else none."""
    social, around = _read_words(language)
    told = [part for part in split_parts(text) if part.casefold() not in around]
    return tuple(dict.fromkeys(told)) if all(part.casefold() in social for part in told) else ()


@cache
def _read_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that are social media, and those that say nothing; of English as well."""
    names = (p.name for p in load_platforms().values() if p.id not in ("google_business", "own"))
    files = [load_words(WORDS), load_words(WORDS, language)]
    social = {part for name in names for part in read_parts(name)}
    social |= {word for file in files for word in file["words"]}
    return frozenset(social), frozenset(word for file in files for word in file["around"])
