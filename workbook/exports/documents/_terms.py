"""The terms of the survey figures, in every document that uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exports.documents._contribution import Statement
from workbook.exports.report import Callout, Paragraph
from workbook.fit.terms import list_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.exports.documents._material import Material

STEP = "audience"


def write_terms(material: Material) -> Iterator[Statement]:
    """The citation, the disclaimer and the copyright of the survey, word for word.

    Nothing is said where the plan wants nobody in the United States, or does without social
    media for now, since no figure of that survey stands then. A document calls it once, whatever
    is left out on request.
    """
    waits = material.plan.goals.decision == "not_now"
    terms = () if waits else list_terms(material.plan)
    if terms:
        blocks = tuple(Paragraph.of(text) for text in terms)
        yield Statement(Callout("note", material.wording["terms"]["title"], blocks), step=STEP)
