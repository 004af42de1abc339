"""How documents tell what the plan has mended since the diagnosis, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.steps.diagnosis import mended
from workbook.steps.diagnosis.causes import write_sign
from workbook.steps.diagnosis.mended import write_mend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook.exports.documents import Material
    from workbook.steps.diagnosis.causes import Cause
    from workbook.steps.diagnosis.signs import Sign

__all__ = ["count_mended", "list_left", "tell_sign", "write_mend"]


def tell_sign(material: Material, words: Mapping[str, Any], sign: Sign) -> str:
    """A sign as a sentence, with what mends it where the plan does."""
    said = write_sign(sign, material.language)
    return f"{said} {words['mended'][sign.id]}" if _is_mended(material, sign) else said


def count_mended(material: Material, cause: Cause) -> int:
    """How many of the signs found the plan has mended since."""
    return sum(_is_mended(material, sign) for sign in cause.signs)


def list_left(material: Material, causes: Sequence[Cause]) -> list[Cause]:
    """The causes with a sign that is not mended yet, in the same order."""
    return mended.list_left(material.plan, material.findings, causes)


def _is_mended(material: Material, sign: Sign) -> bool:
    return mended.is_mended(material.plan, material.findings, sign)
