"""The situations in which the tone shifts, as we would begin the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import load_words
from workbook.discovery import read_toml
from workbook.steps.voice.answers import Jokes, Moment, Situation

if TYPE_CHECKING:
    from workbook.plan import Plan

MOMENTS = "steps/voice/moments.toml"
UPSET = (Situation.COMPLAINT, Situation.OUTAGE, Situation.CRISIS)
"""Situations in which the reader has lost something."""


def suggest_moments(plan: Plan, language: str) -> tuple[Moment, ...]:
    """Our lines for the situations of which the plan says nothing yet; each has an id of its own.

    The ids follow from the situation, so that two tabs add the same entry.
    """
    said = {moment.situation for moment in plan.voice.moments}
    taken = {moment.id for moment in plan.voice.moments}
    words = load_words(MOMENTS, language)
    return tuple(
        Moment(
            id=_name(situation, taken),
            situation=situation,
            feels=words[situation.value]["feels"],
            shift=words[situation.value]["shift"],
            jokes=Jokes(read_toml(MOMENTS)[situation.value]["jokes"]),
        )
        for situation in Situation
        if situation not in said
    )


def _name(situation: Situation, taken: set[str]) -> str:
    name = f"our{situation.value}"[:12]
    return name if name not in taken else f"{name[:11]}2"
