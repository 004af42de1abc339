"""Checks that hold being social against staff rules, voice, complaints, places and goals."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook.budget.fortnight import OWN, WEEKS, count_block_minutes, list_entries, reckon
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.complaint.clock import Calendar, count_minutes, read_clock
from workbook.complaint.rules import calendar_of, promise_of, write_length
from workbook.complaint.severity import Level
from workbook.content import load_words
from workbook.fit.fates import list_named
from workbook.steps.conduct.answers import Use
from workbook.steps.conduct.clauses import INSIDE
from workbook.steps.conduct.linting import lint, load_rules
from workbook.steps.goals.answers import Objective
from workbook.steps.mix.fortnight import find_limit
from workbook.tone.reading import read_phrase
from workbook.tone.vocabulary import index_phrases, read_entries, read_lines
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "checks/across/being_social.toml"
_TOO_WIDE = ("pay", "everything")
"""Rules of the linter that a list of things not to be shown can break."""
_ANSWERING = ("page_owner", "service_lead", "backup", "approver", "business_owner")
"""Those who have a part in answering complaints."""
_INVITES = frozenset({Objective.LEADS, Objective.SALES})
_MONDAY = datetime(2027, 1, 4, tzinfo=UTC)
_DAYS = 14
_MINUTES_IN_AN_HOUR = 60
_HALF = 0.5
_SENTENCE = re.compile(r"[.!?\n]+")


def _is_used(case: Case) -> bool:
    return bool(case.answer("goals.decision") != "not_now")


def _say(case: Case, *names: str) -> str:
    words = load_words(WORDS, case.language)
    for name in names:
        words = words[name]
    return str(words)


def _offer(case: Case, finding: str, answer: tuple[str, str], **values: str) -> tuple[Offer, ...]:
    label = _say(case, "findings", finding, "offer").format(**values)
    return (Offer(label=label, answers=(answer,)),)


# -- the rules for staff --------------------------------------------------------------------------


@check("not-ours-without-rule", Severity.WARN)
def not_ours_without_rule(case: Case) -> Iterator[Found]:
    """Something is not to be shown, and the rules for staff leave out what stays inside."""
    lines = read_lines(case.plan.mix.not_ours)
    left_out = [
        choice
        for choice in case.plan.conduct.clauses
        if choice.clause == INSIDE and choice.use is Use.OUT
    ]
    if lines and left_out and _is_used(case):
        path = f"conduct.clauses.{left_out[0].id}.use"
        mend = _offer(case, "not-ours-without-rule", (path, Use.READY.value))
        values = {"count": len(lines), "first": lines[0]}
        yield Found("mix.not_ours", values, mend, rests_on=("conduct.clauses",))


@check("not-ours-too-wide", Severity.WARN)
def not_ours_too_wide(case: Case) -> Iterator[Found]:
    """The list of things not to be shown goes to staff, and forbids what the law lets them say."""
    lead = _say(case, "reading", "lead")
    for line in read_lines(case.plan.mix.not_ours) if _is_used(case) else ():
        rules = [hit.rule for hit in lint(f"{lead}\n- {line}") if hit.rule in _TOO_WIDE]
        if rules:
            rule = load_rules(case.language)[rules[0]]
            values = {"line": line, "why": rule.why, "narrower": rule.narrower}
            yield Found("mix.not_ours", values)


@check("speaker-not-among-speakers", Severity.NOTE)
def speaker_not_among_speakers(case: Case) -> Iterator[Found]:
    """Whoever speaks day by day is not among those who may speak for the business."""
    name, listed = case.answer("mix.speaks"), read_lines(case.plan.conduct.speakers)
    if name and listed and _is_used(case) and not _is_one_of(name, listed):
        yield Found("mix.speaks", {"name": name}, rests_on=("conduct.speakers",))


def _is_one_of(name: str, others: tuple[str, ...]) -> bool:
    """Whether a name stands in another, or another in it: “Sam” and “Sam, from the office”."""
    said = name.casefold()
    return any(said in other.casefold() or other.casefold() in said for other in others)


# -- complaints -----------------------------------------------------------------------------------


@check("speaker-hands-nothing-over", Severity.NOTE)
def speaker_hands_nothing_over(case: Case) -> Iterator[Found]:
    """Whoever speaks day by day has no part in complaints, which somebody else answers."""
    ours, name = case.plan.complaints, case.answer("mix.speaks")
    owner = case.answer("complaints.page_owner")
    people = tuple(
        str(who) for part in _ANSWERING if (who := getattr(ours, part)) not in (None, UNKNOWN)
    )
    if not (name and owner and _is_used(case)) or _is_one_of(name, people):
        return
    free = ours.backup in (None, UNKNOWN)
    answer = ("complaints.backup", name)
    mend = _offer(case, "speaker-hands-nothing-over", answer, name=name) if free else ()
    values = {"name": name, "owner": owner}
    yield Found("mix.speaks", values, mend, rests_on=("complaints.page_owner",))


@check("blocks-later-than-promise", Severity.NOTE)
def blocks_later_than_promise(case: Case) -> Iterator[Found]:
    """Whoever complains just after one daily block waits for the next longer than is promised.

    A block is taken to be kept on every day on which the business is open, so that the true wait
    can only be longer. Grave complaints have a clock and people of their own. Once the week has
    blocks on the page of time, those are held to the promise instead.
    """
    times, calendar = _list_blocks(case), calendar_of(case.plan)
    if case.plan.time.blocks or not times or not calendar.is_known or not _is_used(case):
        return
    longest = _find_longest_wait(times, calendar)
    for level in (Level.S2, Level.S1):
        promise = promise_of(case.plan, level, calendar)
        if longest > promise.minutes:
            hours = round(longest / _MINUTES_IN_AN_HOUR / _HALF) * _HALF
            values = {
                "level": level.value,
                "promise": write_length(promise.amount, promise.unit, case.language),
                "waits": write_length(hours, "open_hour", case.language),
                "times": _say(case, "reading", "between").join(times),
            }
            rests_on = ("complaints.hours", f"complaints.first_{level.lower()}")
            yield Found("mix.first_at", values, rests_on=rests_on)
            return


def _list_blocks(case: Case) -> list[str]:
    return sorted(at for at in (case.plan.mix.first_at, case.plan.mix.second_at) if at)


def _find_longest_wait(times: list[str], calendar: Calendar) -> float:
    """The most open minutes between two blocks that follow each other, in an ordinary week."""
    plain = Calendar(UTC, calendar.spells)
    open_on = {day for spell in calendar.spells for day in spell.days}
    looks = [
        datetime.combine(_MONDAY + timedelta(days=day), read_clock(at), UTC)
        for day in range(_DAYS)
        if day % 7 in open_on
        for at in times
    ]
    return max(count_minutes(plain, first, then) for first, then in pairwise(looks))


# -- places ---------------------------------------------------------------------------------------


def _sum_chosen(case: Case, field: str) -> float | None:
    """What the chosen places get a week by the business's own answers; None while one is open."""
    chosen = list_named(case.plan)
    given = {place.platform: getattr(place, field) for place in case.plan.platform_fit.places}
    counts = [given.get(place) for place in chosen]
    return None if not counts or None in counts else float(sum(filter(None, counts)))


@check("weeks-over-cadence", Severity.WARN)
def weeks_over_cadence(case: Case) -> Iterator[Found]:
    """More posts are planned than the chosen places were reckoned with."""
    posts, weekly = len(list_entries(case.plan.mix, *OWN)), _sum_chosen(case, "posts")
    if weekly is None or not _is_used(case):
        return
    reckoned = weekly * WEEKS
    if posts > max(1, reckoned):
        values = {
            "posts": posts,
            "reckoned": write_number(reckoned, case.language),
            "weekly": write_number(weekly, case.language),
        }
        yield Found("mix.weeks", values, rests_on=("platform_fit.places",))


@check("blocks-short-for-replies", Severity.WARN)
def blocks_short_for_replies(case: Case) -> Iterator[Found]:
    """The daily blocks are shorter than the replies take that the places were reckoned with."""
    replies, minutes = _sum_chosen(case, "replies"), count_block_minutes(case.plan)
    if not replies or not minutes or not _is_used(case):
        return
    each, days = case.default("platform_fit.minutes_reply"), case.default("mix.routine_days")
    if replies * each > minutes * days:
        values = {
            "replies": write_number(replies, case.language),
            "each": write_number(each, case.language),
            "needed": write_number(round(replies * each), case.language),
            "held": write_number(round(minutes * days), case.language),
            "days": write_number(days, case.language),
        }
        yield Found("mix.first_minutes", values, rests_on=("platform_fit.places",))


# -- voice ----------------------------------------------------------------------------------------


@check("counter-against-voice", Severity.NOTE)
def counter_against_voice(case: Case) -> Iterator[Found]:
    """What is said across the counter has a word that the business itself wants to avoid."""
    for line in read_lines(case.plan.mix.across_counter) if _is_used(case) else ():
        word = _find_avoided(case, line)
        if word:
            values = {"word": word, "line": line}
            yield Found("mix.across_counter", values, rests_on=("voice.avoided",))
            return


@check("draft-against-voice", Severity.NOTE)
def draft_against_voice(case: Case) -> Iterator[Found]:
    """Drafts of the two weeks have words that the business itself wants to avoid."""
    found = [
        (entry, word)
        for entry in case.plan.mix.weeks
        if _is_used(case) and entry.text and (word := _find_avoided(case, entry.text))
    ]
    if found:
        first, word = found[0]
        name = "count_one" if len(found) == 1 else "count"
        values = {"word": word, "count": _say(case, "reading", name).format(count=len(found))}
        yield Found(f"mix.weeks.{first.id}.text", values, rests_on=("voice.avoided",))


def _find_avoided(case: Case, text: str) -> str:
    """The first word or phrase of the business's own list that stands in a text."""
    entries = read_entries("avoided", read_lines(case.plan.voice.avoided), is_own=True)
    phrases = index_phrases(entries)
    sentences = map(read_phrase, _SENTENCE.split(text))
    found = next((entry for parts in sentences for entry in phrases.find(parts)), None)
    signs = (entry.text for sign, entry in phrases.signs if sign in text.lower())
    return found.text if found else next(signs, "")


# -- goals ----------------------------------------------------------------------------------------


@check("goal-without-invitation", Severity.NOTE)
def goal_without_invitation(case: Case) -> Iterator[Found]:
    """A goal wants enquiries or sales, and nothing in the two weeks asks anybody for one.

    Where even a single offer would be more than the business lets sell, nothing is said.
    """
    weeks, limit = reckon(case.plan), find_limit(case.plan, "promotion_most")
    wanted = [goal for goal in case.plan.goals.goals if goal.objective in _INVITES]
    allowed = int(weeks.posts * limit.percent / 100)
    if wanted and allowed and not weeks.offers and _is_used(case):
        values = {"posts": weeks.posts, "limit": write_number(limit.percent, case.language)}
        yield Found("mix.weeks", values, rests_on=(f"goals.goals.{wanted[0].id}.objective",))
