"""The text that goes with every figure of a survey, as its owner asks for it.

It stands word for word as the owner wrote it, in every language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.evidence.survey import US, find_country, load_terms

if TYPE_CHECKING:
    from workbook.plan import Plan

KEYS = ("citation", "daily_citation", "disclaimer", "copyright")
"""What Pew Research Center asks for, in the order in which it stands."""


def uses_survey(plan: Plan) -> bool:
    """Whether a plan's figures are partly those on the United States."""
    return any(find_country(group.country) == US for group in plan.audience.groups if group.country)


def list_terms(plan: Plan) -> tuple[str, ...]:
    """The citations, the disclaimer and the copyright; empty where no figure on the US is used."""
    return tuple(load_terms()[key] for key in KEYS) if uses_survey(plan) else ()
