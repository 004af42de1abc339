"""Reviews from Trustpilot, as CSV or as a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook.imports.format import CaseFormat, Reading, Signature, Source, make_key, one_of
from workbook.imports.moments import clock_of, read_moments
from workbook.imports.tables import Table
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARS: Final = {str(n): n for n in range(1, 6)}


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Table):
        return
    replied_on = ("company reply date (utc)", "business reply date (utc)")
    columns = {
        "review created (utc)": source.column("review created (utc)"),
        replied_on[0]: source.column(*replied_on),
    }
    moments = read_moments(columns, source.numbers, reading, utc=True)
    if moments is None:
        return
    rows = zip(
        source.column("review id"),
        source.column("review stars"),
        source.column("company response", "business response"),
        *moments.values(),
        strict=True,
    )
    for number, stars, response, created, replied in rows:
        if created is None:
            reading.left_out["no-day"] += 1
            continue
        yield Case(
            key=make_key("trustpilot", number, created, replied, stars),
            seen_at=created.at,
            has_time=created.has_time,
            channel="trustpilot",
            is_answered=bool(response) or replied is not None,
            replied_at=clock_of(replied),
            stars=_STARS.get(stars),
        )


FORMAT = CaseFormat(
    id="trustpilot_reviews",
    signature=Signature(headers=one_of("review id", "review stars", "review created (utc)")),
    read=_read,
)
