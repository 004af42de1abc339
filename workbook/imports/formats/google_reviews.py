"""Reviews of a Google Business Profile, from Google's interface or from Takeout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

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
from workbook.imports.moments import clock_of, read_moments
from workbook.records import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARS: Final = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_PLACE = re.compile(r"locations/.*")
"""The same review can lie under two accounts; from here on its name is the same."""


def _is_list(value: object) -> bool:
    return {"starRating", "createTime"} <= set(first_item(value, "reviews"))


def _read(source: Source, reading: Reading) -> Iterator[Case]:
    if not isinstance(source, Document):
        return
    items = items_of(source.value, "reviews")
    columns = {
        "createTime": [dig_text(item, "createTime") for item in items],
        "updateTime": [dig_text(item, "reviewReply", "updateTime") for item in items],
    }
    moments = read_moments(columns, range(1, len(items) + 1), reading, utc=True)
    if moments is None:
        return
    reading.notes.append("google-edited")
    for item, created, replied in zip(items, *moments.values(), strict=True):
        if created is None:
            reading.left_out["no-day"] += 1
            continue
        place = _PLACE.search(dig_text(item, "name"))
        yield Case(
            key=make_key("google", place[0] if place else item.get("reviewId"), created),
            seen_at=created.at,
            platform="google_business",
            is_answered=isinstance(dig(item, "reviewReply"), dict),
            replied_at=clock_of(replied),
            stars=_STARS.get(dig_text(item, "starRating")),
        )


FORMAT = CaseFormat(id="google_reviews", signature=Signature(document=_is_list), read=_read)
