"""The tally sheet: a table to fill in by hand beside the phone and the till."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.steps.measurement.setup import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

MEDIA_TYPE: Final = "text/csv"


def write_tally(language: str = BASE_LANGUAGE) -> bytes:
    """An empty sheet as CSV, with a mark by which Excel knows its letters."""
    words = load_words(WORDS, language)["tally"]
    columns: Sequence[str] = words["columns"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([""] * len(columns) for _ in range(words["rows"]))
    return text.getvalue().encode("utf-8-sig")
