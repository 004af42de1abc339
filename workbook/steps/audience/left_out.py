"""Counts of clients that are left out, since a number of theirs cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.steps.audience.answers import Tally

WORDS = "steps/audience/reach.toml"


def list_left_out(
    tallies: Iterable[Tally], group: str | None = None, language: str = BASE_LANGUAGE
) -> tuple[str, ...]:
    """What is to be mended of the counts that are left out, a sentence each.

    Args:
        tallies: The counts of a plan.
        group: The entry of the group that is meant, with what was counted of all groups; None
            for the counts of every group.
        language: The language of the sentences.
    """
    meant = (t for t in tallies if group is None or t.group in {None, group})
    return tuple(dict.fromkeys(text for each in meant for text in _tell(each, language)))


def _tell(tally: Tally, language: str) -> Iterator[str]:
    words = load_words(WORDS, language)["left_out"]
    if not tally.counts and not tally.asked:
        return
    if not tally.asked or tally.question is None:
        yield str(words["unfinished"])
    elif any(count > tally.asked for _, count in tally.counts):
        yield str(words["above"]).format(asked=write_number(tally.asked, language))
