"""Recommendations of a Facebook page, which say nothing about answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.imports.containers import Document
from workbook.imports.format import (
    CaseFormat,
    Reading,
    Signature,
    Source,
    dig,
    dig_text,
    first_item,
    items_of,
    make_key,
)
from workbook.imports.moments import read_moments
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_STARS = 5


def _is_list(value: object) -> bool:
    item = first_item(value, "data")
    return "created_time" in item and bool({"recommendation_type", "rating"} & set(item))


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Document):
        return
    items = items_of(source.value, "data")
    times = {"created_time": [dig_text(item, "created_time") for item in items]}
    moments = read_moments(times, range(1, len(items) + 1), reading, utc=True)
    if moments is None:
        return
    reading.notes.append("facebook-answers")
    for item, created in zip(items, moments["created_time"], strict=True):
        if created is None:
            reading.left_out["no-day"] += 1
            continue
        stars = dig(item, "rating")
        yield Case(
            key=make_key("facebook", f"{dig(item, 'reviewer', 'id')}:{created.at.isoformat()}"),
            seen_at=created.at,
            platform="facebook",
            stars=stars if isinstance(stars, int) and 1 <= stars <= _MOST_STARS else None,
        )


FORMAT = CaseFormat(id="facebook_ratings", signature=Signature(document=_is_list), read=_read)
