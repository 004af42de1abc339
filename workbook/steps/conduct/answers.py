"""What is acceptable, and who may speak."""

from __future__ import annotations

from workbook.values import Frozen, Text


class Conduct(Frozen):
    """What is acceptable, and who may speak."""

    who_may_speak: Text | None = None
