"""The totals of a YouTube channel by day: a date and one figure that its owner chose.

Any table may have such columns, so the name of the member tells it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook.imports.format import ReachFormat, Signature

if TYPE_CHECKING:
    from workbook.imports.tables import Headers

_FIGURES = re.compile(
    r"stayed to watch|viewers|engaged views|average view duration|average percentage viewed"
    r"|watch time \(hours\)|subscribers|impressions click-through rate|estimated revenue"
)


def _is_header(cells: Headers) -> bool:
    """Whether there is a date, and beside it one figure as only YouTube names them."""
    rest = [cell for cell in cells if cell != "date"]
    return "date" in cells and len(rest) == 1 and bool(_FIGURES.match(rest[0]))


FORMAT = ReachFormat(id="youtube_totals", signature=Signature(header=_is_header))
