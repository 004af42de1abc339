"""How the business sounds."""

from __future__ import annotations

from workbook.values import Frozen, Text


class Voice(Frozen):
    """How the business sounds."""

    language: Text | None = None
