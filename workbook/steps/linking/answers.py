"""How profile and website lead to each other."""

from __future__ import annotations

from workbook.values import Frozen, Url


class Linking(Frozen):
    """How profile and website lead to each other."""

    contact_page: Url | None = None
