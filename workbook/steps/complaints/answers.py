"""How a complaint is answered."""

from __future__ import annotations

from workbook.values import Frozen, Text


class Complaints(Frozen):
    """How a complaint is answered."""

    owner: Text | None = None
