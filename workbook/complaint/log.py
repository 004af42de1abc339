"""The log of complaints: a table in which each complaint is a row from receipt to closing.

Its fields follow the stages of ISO 10002. It asks for nothing about health, faith, politics or
other matters that data-protection law guards most, and for no more of a person than the name
shown on the platform.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS: Final = "complaint/log.toml"
FIELDS: Final = (
    "id", "platform", "url", "screenshot", "handle", "first_seen_at", "seen_by", "type", "true",
    "severity", "remedy_sought", "ack_at", "first_public_reply_at", "moved_private_at",
    "private_channel", "owner", "promised_by", "resolved_at", "outcome", "cost", "root_cause",
    "follow_up_posted", "csat",
)  # fmt: skip
"""The columns, in their order. Source: the stages of ISO 10002 [Q7]; the choice is ours."""
HINT_MARK: Final = "#"
MEDIA_TYPE: Final = "text/csv; charset=utf-8"
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r|]")


def write_log(rows: Iterable[Mapping[str, str]] = (), language: str = BASE_LANGUAGE) -> bytes:
    """The log as a CSV file that every spreadsheet program opens, empty or with rows.

    Args:
        rows: Values by field; fields that are not named stay empty.
        language: Of the row of hints below the header.

    Returns:
        UTF-8 with a mark, so that Excel reads it as such; no cell can act as a formula.

    Raises:
        ValueError: A row with a field that the log does not have.
    """
    words = load_words(WORDS, language)["fields"]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, FIELDS, restval="", extrasaction="raise")
    writer.writeheader()
    first, *others = FIELDS
    hints = {name: words[name]["hint"] for name in others}
    writer.writerow({first: f"{HINT_MARK} {words[first]['hint']}", **hints})
    for row in rows:
        writer.writerow({name: guard_cell(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def guard_cell(text: str) -> str:
    """A cell that a spreadsheet shows and never calculates, whatever somebody typed into it."""
    return f"'{text}" if _FORMULA.match(text) else text


def is_yes(cell: str) -> bool | None:
    """Whether a cell of the log says yes or no; None where it says neither."""
    words = load_words(WORDS)["answers"]
    text = cell.strip().casefold()
    if text in words["yes"]:
        return True
    return False if text in words["no"] else None


def needs_answer(kind: str, outcome: str) -> bool:
    """Whether a row of the log is one that had to be answered, by its type and its outcome."""
    without = load_words(WORDS)["answers"]["no_answer_needed"]
    return not {kind.strip().casefold(), outcome.strip().casefold()} & set(without)
