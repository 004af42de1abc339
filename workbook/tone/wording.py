"""What a rule comes to in words: the number, the limit and whose it is, and where it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_words
from workbook.tone.checking import Verdict
from workbook.tone.rules import ENGLISH_ONLY, Limit, Rule
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.tone.checking import Result, ToneReport
    from workbook.tone.counting import ToneHit
    from workbook.tone.rules import Rules

WORDS = "tone/words.toml"


@dataclass(frozen=True, slots=True)
class Told:
    """A result as people read it.

    ``limit`` names the number of the rule and ``whose`` says who set it; both are empty where
    there is none. ``note`` says why nothing was measured, or what a number rests on.
    """

    rule: Rule
    title: str
    value: str
    limit: str
    whose: str
    verdict: str
    why: str
    note: str = ""


def load_tone_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words of the tone checker."""
    return load_words(WORDS, language)


def write_limit(rule: Rule, limit: Limit | None, language: str = BASE_LANGUAGE) -> str:
    """The limit of a rule; empty where this voice calls for none."""
    if limit is None:
        return ""
    words = load_tone_words(language)["rules"][rule.value]
    form = words["none"] if limit.value == 0 and "none" in words else words["limit"]
    return str(form).format(limit=write_number(limit.value, language))


def write_whose(limit: Limit | None, language: str = BASE_LANGUAGE) -> str:
    """Whose a limit is."""
    if limit is None:
        return ""
    return str(load_tone_words(language)["whose"]["yours" if limit.is_own else "ours"])


def write_result(result: Result, language: str = BASE_LANGUAGE) -> Told:
    """What one rule came to, in words."""
    words = load_tone_words(language)
    rule = words["rules"][result.rule.value]
    note = words["notes"].get(result.note, "") if result.note else ""
    return Told(
        rule=result.rule,
        title=rule["title"],
        value=_write_value(result, rule, words, language),
        limit=write_limit(result.rule, result.limit, language),
        whose=write_whose(result.limit, language),
        verdict=words["verdicts"][result.verdict.value],
        why=rule["why"],
        note=str(note).format(needs=write_number(result.needs, language)),
    )


def _write_value(
    result: Result, rule: Mapping[str, Any], words: Mapping[str, Any], language: str
) -> str:
    if result.value is None:
        return str(words["unmeasured"])
    if result.parts is not None:
        you, we = result.parts
        return str(rule["value"]).format(you=you, we=we)
    form = rule["one"] if result.value == 1 and "one" in rule else rule["value"]
    return str(form).format(value=write_number(result.value, language))


_FIRST = (Verdict.HOLD, Verdict.OUTSIDE, Verdict.WITHIN, Verdict.TOLD, Verdict.UNMEASURED)


def sort_results(results: Iterable[Result]) -> tuple[Result, ...]:
    """What to look at first, then what keeps to the rules, then what is only told."""
    return tuple(sorted(results, key=lambda result: _FIRST.index(result.verdict)))


def write_hit(hit: ToneHit, language: str = BASE_LANGUAGE) -> str:
    """What was found in a sentence: its words, and what to write in their place."""
    words = load_tone_words(language)
    if hit.subject:
        subject = words["subjects"][hit.subject]
        return str(words["hit"]["subject"]).format(words=hit.words, subject=subject)
    if hit.better:
        return str(words["hit"]["better"]).format(words=hit.words, better=hit.better)
    form = words["rules"][hit.rule.value].get("hit", words["hit"]["plain"])
    return str(form).format(words=hit.words) if hit.words else ""


def write_place(hit: ToneHit, language: str = BASE_LANGUAGE) -> str:
    """Where a sentence stands: the draft, and its number there."""
    words = load_tone_words(language)["place"]
    form = words["sentence"] if hit.sentence else words["draft"]
    return str(form).format(draft=hit.draft, sentence=hit.sentence)


def write_head(report: ToneReport, language: str = BASE_LANGUAGE) -> str:
    """What was looked at, and how many rules are not kept."""
    words = load_tone_words(language)
    if not report.drafts:
        return str(words["nothing"])
    size = words["size"].format(
        drafts=_count(words["drafts"], report.drafts, language),
        words=_count(words["words"], report.words, language),
    )
    outside = len(report.outside)
    said = words["outside"]["none" if not outside else "one" if outside == 1 else "many"]
    return f"{size} {said.format(count=outside)}"


def _count(words: Mapping[str, str], number: int, language: str) -> str:
    return words["one" if number == 1 else "many"].format(count=write_number(number, language))


def list_rules(rules: Rules, language: str = BASE_LANGUAGE) -> tuple[Told, ...]:
    """The rules by themselves, with what each is for; no draft was looked at."""
    words = load_tone_words(language)
    return tuple(
        Told(
            rule=rule,
            title=words["rules"][rule.value]["title"],
            value="",
            limit=write_limit(rule, limit, language),
            whose=write_whose(limit, language),
            verdict="",
            why=words["rules"][rule.value]["why"],
        )
        for rule in Rule
        if (limit := rules.limits.get(rule)) is not None
        and not (rules.english is False and rule in ENGLISH_ONLY)
    )
