"""Holds drafts against the rules: for each rule the number, the limit, and the sentences.

It never grades: a number is within a rule somebody set, or outside it, or only told. Nothing that
is checked is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.tone.counting import COUNTERS, Count, Material, ToneHit, gather
from workbook.tone.rules import ENGLISH_ONLY, Limit, Rule, Rules

if TYPE_CHECKING:
    from collections.abc import Iterable


class Verdict(StrEnum):
    """What a number comes to beside a rule."""

    WITHIN = "within"
    OUTSIDE = "outside"
    HOLD = "hold"
    """Outside, and so that somebody should look before anything is published."""
    TOLD = "told"
    """Only told: the rule judges nothing, or this voice sets no limit."""
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule comes to.

    ``value`` is None where nothing could be measured, and ``note`` then says why. ``count`` is
    the number of hits, of which ``hits`` holds the first.
    """

    rule: Rule
    value: float | None
    limit: Limit | None
    verdict: Verdict
    hits: tuple[ToneHit, ...] = ()
    count: int = 0
    note: str = ""
    needs: float = 0
    """How many words a measure needs, or rests on, where the note speaks of it."""
    parts: tuple[int, int] | None = None
    """The two counts of a ratio."""


@dataclass(frozen=True, slots=True)
class ToneReport:
    """What all rules come to over all drafts."""

    drafts: int
    words: int
    sentences: int
    results: tuple[Result, ...]

    @property
    def outside(self) -> tuple[Result, ...]:
        """The rules that are not kept."""
        return tuple(r for r in self.results if r.verdict in (Verdict.OUTSIDE, Verdict.HOLD))


def check_drafts(texts: Iterable[str], rules: Rules) -> ToneReport:
    """Posts held against the rules; empty ones are left out.

    Args:
        texts: The posts, in any script, however long.
        rules: Made of a plan by ``rules_of``.
    """
    material = gather(texts, rules)
    return ToneReport(
        drafts=len(material.drafts),
        words=material.words,
        sentences=len(material.sentences),
        results=tuple(_judge(rule, material) for rule in Rule) if material.drafts else (),
    )


def check_tone(text: str, rules: Rules) -> tuple[ToneHit, ...]:
    """What in one text, such as a reply, is outside the rules, in the order of the rules."""
    report = check_drafts((text,), rules)
    return tuple(hit for result in report.outside for hit in result.hits)


def _judge(rule: Rule, material: Material) -> Result:
    limit = material.rules.limits.get(rule)
    if rule in ENGLISH_ONLY and not material.is_english:
        note = "not-english" if material.rules.english is False else "hardly-english"
        return Result(rule, None, limit, Verdict.UNMEASURED, note=note)
    counted = COUNTERS[rule](material)
    if counted.value is None:
        return Result(rule, None, limit, Verdict.UNMEASURED, note=counted.note, needs=counted.needs)
    return Result(
        rule=rule,
        value=counted.value,
        limit=limit,
        verdict=_compare(rule, counted, limit),
        hits=counted.hits,
        count=counted.count,
        note=counted.note,
        needs=counted.needs,
        parts=counted.parts,
    )


def _compare(rule: Rule, counted: Count, limit: Limit | None) -> Verdict:
    if limit is None or rule is Rule.YOU_WE:
        return Verdict.TOLD
    if limit.allows(counted.value or 0):
        return Verdict.WITHIN
    return Verdict.HOLD if rule is Rule.HUMOUR else Verdict.OUTSIDE
