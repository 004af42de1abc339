"""The tone checker: a business's own rules over its own drafts, with numbers and never a grade."""

from __future__ import annotations

from workbook.tone.checking import Result, ToneReport, Verdict, check_drafts, check_tone
from workbook.tone.counting import ToneHit
from workbook.tone.rules import Limit, Rule, Rules, rules_of

__all__ = [
    "Limit",
    "Result",
    "Rule",
    "Rules",
    "ToneHit",
    "ToneReport",
    "Verdict",
    "check_drafts",
    "check_tone",
    "rules_of",
]
