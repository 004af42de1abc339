"""A reply held against the voice of the plan: the rules of its own scales, not of complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.complaint.reply import LONGEST, WORDS, Fault
from workbook.content import BASE_LANGUAGE, load_words
from workbook.tone import check_drafts, rules_of
from workbook.tone.wording import write_hit, write_result

if TYPE_CHECKING:
    from workbook.plan import Plan


def check_voice(plan: Plan, text: str, language: str = BASE_LANGUAGE) -> tuple[Fault, ...]:
    """What in a reply is outside the voice of the plan, rule by rule; how it is signed is free."""
    bare = text[:LONGEST].rstrip().removesuffix(plan.complaints.initials or "")
    words = load_words(WORDS, language)["faults"]["voice"]
    found = []
    for result in check_drafts((bare,), rules_of(plan)).outside:
        told = write_result(result, language)
        quote = write_hit(result.hits[0], language) if result.hits else ""
        values = {"title": told.title, "value": told.value, "limit": told.limit, "quote": quote}
        what = " ".join(words["what"].format(**values).split())
        found.append(Fault(f"voice-{result.rule.value}", what, words["do"], quote))
    return tuple(found)
