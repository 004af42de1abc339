"""Checks that hold being social against the rules for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import load_words
from workbook.steps.conduct.answers import Use
from workbook.tone.vocabulary import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "checks/across/being_social.toml"
_INSIDE = "privacy"
"""The rule for staff about what stays inside."""


def _is_used(case: Case) -> bool:
    return bool(case.answer("goals.decision") != "not_now")


@check("not-ours-without-rule", Severity.WARN)
def not_ours_without_rule(case: Case) -> Iterator[Found]:
    """Something is not to be shown, and the rules for staff leave out what stays inside."""
    lines = read_lines(case.plan.mix.not_ours)
    left_out = [
        choice
        for choice in case.plan.conduct.clauses
        if choice.clause == _INSIDE and choice.use is Use.OUT
    ]
    if lines and left_out and _is_used(case):
        words = load_words(WORDS, case.language)["findings"]["not-ours-without-rule"]
        path = f"conduct.clauses.{left_out[0].id}.use"
        offer = Offer(label=str(words["offer"]), answers=((path, Use.READY.value),))
        values = {"count": len(lines), "first": lines[0]}
        yield Found("mix.not_ours", values, (offer,), rests_on=("conduct.clauses",))


@check("speaker-not-among-speakers", Severity.NOTE)
def speaker_not_among_speakers(case: Case) -> Iterator[Found]:
    """Whoever speaks day by day is not among those who may speak for the business."""
    name = case.answer("mix.speaks")
    listed = [line.casefold() for line in read_lines(case.plan.conduct.speakers)]
    if not name or not listed or not _is_used(case):
        return
    said = name.casefold()
    if not any(said in line or line in said for line in listed):
        yield Found("mix.speaks", {"name": name}, rests_on=("conduct.speakers",))
