"""The totals of a YouTube channel by day: a date and one figure that its owner chose.

Any table may have such columns, so the name of the member tells it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook.imports.format import ReachFormat, Signature

if TYPE_CHECKING:
    from workbook.imports.tables import Headers, Table

_FIGURES = re.compile(
    r"stayed to watch|viewers|engaged views|average view duration|average percentage viewed"
    r"|watch time \(hours\)|subscribers|impressions click-through rate|estimated revenue"
)
_NAME = re.compile(r"(?:^|/)totals(?: \(\d+\))?\.csv$", re.IGNORECASE)
_COLUMNS = 2


def _is_header(cells: Headers) -> bool:
    """Whether there is a date, and beside it one figure."""
    return "date" in cells and len(cells) == _COLUMNS


def _is_table(table: Table) -> bool:
    """Whether the figure is one that only YouTube names so, or the name is that of the member."""
    figure = next((cell for cell in table.headers if cell not in {"", "date"}), "")
    return bool(_FIGURES.match(figure)) or bool(_NAME.search(table.name))


FORMAT = ReachFormat(id="youtube_totals", signature=Signature(header=_is_header, table=_is_table))
