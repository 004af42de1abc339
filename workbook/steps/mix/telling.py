"""What the two weeks say in words: rows, sums, the routine, and what the diagnosis counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.budget.fortnight import OWN, list_entries, reckon
from workbook.content import default_of, find_question, load_words
from workbook.fit.phrases import write_hours
from workbook.mix.indicators import Limit
from workbook.mix.wording import write_limit
from workbook.steps.mix.fortnight import find_limit, tell_blocks
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.plan import Plan
    from workbook.steps.mix.answers import Mix, Planned, Week

WORDS = "steps/mix/editor.toml"


def _words(language: str) -> Mapping[str, Any]:
    words: Mapping[str, Any] = load_words(WORDS, language)["fortnight"]
    return words


def _label(field: str, value: object, language: str) -> str:
    question = find_question(f"mix.weeks.any.{field}", language)
    return question.label_of(value) if value else ""


def name_week(week: Week, language: str) -> str:
    """What a week is called."""
    return _label("week", week, language)


def sum_minutes(plan: Plan, week: Week, language: str) -> str:
    """The minutes of a week's entries."""
    return write_number(sum(e.minutes or 0 for e in plan.mix.weeks if e.week is week), language)


def list_rows(plan: Plan, week: Week, language: str, *, named: bool) -> list[list[str]]:
    """The entries of a week as rows: day, what, about, minutes, proof.

    Args:
        plan: The plan.
        week: Which of the two.
        language: The language of the words.
        named: Whether people are named; documents leave the names out.
    """
    words, mix = _words(language), plan.mix
    return [
        [
            _label("day", entry.day, language) or words["open"],
            _label("move", entry.move, language) or words["open"],
            _tell_about(mix, entry, named=named) or words["open"],
            write_number(entry.minutes, language) if entry.minutes is not None else "",
            entry.proof or "",
        ]
        for entry in mix.weeks
        if entry.week is week
    ]


def _tell_about(mix: Mix, entry: Planned, *, named: bool) -> str:
    """The topic, else the person where people are named, else the first line of the text."""
    topic = next((t.asked for t in mix.topics if t.id == entry.topic), None)
    if topic:
        return topic
    contact = next((c for c in mix.contacts if c.id == entry.contact), None)
    if contact is not None and contact.name and named:
        return f"{contact.name}: {contact.about}" if contact.about else contact.name
    return (entry.text or "").split("\n")[0]


def list_sums(plan: Plan, language: str) -> list[str]:
    """Hours, what sells, what talks, and how many posts pass the test."""
    if not plan.mix.weeks:
        return []
    words, weeks, hours = _words(language), reckon(plan), plan.start.hours_per_week
    values = {
        "needed": write_hours(weeks.hours, language),
        "making": write_hours(weeks.making, language),
        "blocks": tell_blocks(plan, language),
    }
    lines = [words["hours_open"].format(**values)]
    if isinstance(hours, int | float):
        lines = [words["hours"].format(hours=write_hours(hours, language), **values)]
    if weeks.posts:
        limit = _write_limit(plan, "promotion_most", language)
        lines.append(words["sold"].format(offers=weeks.offers, posts=weeks.posts, limit=limit))
    limit = _write_limit(plan, "talk_least", language)
    lines.append(words["talked"].format(talk=weeks.talk, all=weeks.all, limit=limit))
    return [*lines, *_tell_test(plan, words)]


def _write_limit(plan: Plan, name: str, language: str) -> str:
    share = find_limit(plan, name)
    sense = "most" if name == "promotion_most" else "least"
    return write_limit(Limit(share.percent, sense, share.is_own), language)  # type: ignore[arg-type] # one of the two


def _tell_test(plan: Plan, words: Mapping[str, Any]) -> list[str]:
    posts = list_entries(plan.mix, *OWN)
    if not posts:
        return []
    passed = sum(entry.passed_on is YesNo.YES for entry in posts)
    untried = sum(entry.passed_on in (None, YesNo.UNKNOWN) for entry in posts)
    return [words["test"].format(passed=passed, posts=len(posts), open=untried)]


def tell_routine(plan: Plan, language: str) -> list[str]:
    """The daily blocks and who speaks."""
    words, mix = _words(language), plan.mix
    lines = []
    if mix.first_at:
        form = words["routine_two" if mix.second_at else "routine_one"]
        lines.append(
            form.format(
                first=mix.first_at,
                minutes=_minutes(plan, mix.first_minutes, language),
                second=mix.second_at,
                minutes_second=_minutes(plan, mix.second_minutes, language),
            )
        )
    if mix.speaks and mix.speaks != UNKNOWN:
        lines.append(words["speaks"].format(who=mix.speaks))
    return lines


def _minutes(plan: Plan, own: float | None, language: str) -> str:
    minutes = default_of(plan, "mix.block_minutes") if own is None else own
    return write_number(minutes, language)


def tell_before(plan: Plan, language: str) -> list[str]:
    """What was counted in the diagnosis."""
    words, said = _words(language), plan.diagnosis
    lines = []
    if isinstance(said.offers, int):
        lines.append(words["before_offers"].format(offers=said.offers))
    if isinstance(said.replies, int):
        form = words["before_replies_one" if said.replies == 1 else "before_replies"]
        lines.append(form.format(replies=said.replies))
    return lines
