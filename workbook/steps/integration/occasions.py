"""Occasions held against each other: the same offer, the same date, the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from datetime import date

    from workbook.steps.integration.answers import Channel, Occasion
    from workbook.tone.vocabulary import Entry

_PARTS = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two occasions that do not go together, the one to mend first, and how many more do so."""

    one: Occasion
    other: Occasion
    more: int = 0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two offers at one time in the same channels, from which day on, and how many more."""

    one: Occasion
    other: Occasion
    day: date
    channels: tuple[Channel, ...]
    more: int = 0


def last_day(occasion: Occasion) -> date | None:
    """The last day of an occasion: that of its beginning where no other is given."""
    return occasion.last or occasion.first


def split_parts(text: str | None) -> tuple[str, ...]:
    """The words and numbers of a text as they are written, without signs between them."""
    return tuple(_PARTS.findall(text or ""))


def read_parts(text: str | None) -> tuple[str, ...]:
    """The words and numbers of a text in small letters, without signs between them."""
    return split_parts((text or "").casefold())


def read_numbers(text: str | None) -> tuple[str, ...]:
    """The numbers in a text as they are written."""
    return tuple(part for part in read_parts(text) if part[0].isdigit())


def read_bare(text: str | None) -> tuple[str, ...]:
    """The words of a text without its numbers."""
    return tuple(part for part in read_parts(text) if not part[0].isdigit())


def _group(
    occasions: Iterable[Occasion], key: Callable[[Occasion], Hashable]
) -> list[list[Occasion]]:
    groups: dict[Hashable, list[Occasion]] = {}
    for occasion in occasions:
        if mark := key(occasion):
            groups.setdefault(mark, []).append(occasion)
    return [group for group in groups.values() if len(group) > 1]


def _differ(
    groups: Iterable[Sequence[Occasion]], value: Callable[[Occasion], object]
) -> Iterator[Pair]:
    """For each group the first entry that differs from the one before all others."""
    for group in groups:
        said = [occasion for occasion in group if value(occasion)]
        others = [o for o in said[1:] if value(o) != value(said[0])]
        if others:
            yield Pair(others[0], said[0], len(others) - 1)


def list_other_words(occasions: Sequence[Occasion]) -> tuple[Pair, ...]:
    """Entries that name the same offer and word it in another way, one pair for each offer."""
    groups = _group(occasions, lambda o: read_parts(o.offer))
    return tuple(_differ(groups, lambda o: read_parts(o.words)))


def list_other_dates(occasions: Sequence[Occasion]) -> tuple[Pair, ...]:
    """Entries that name the same offer for other days, one pair for each offer."""
    groups = _group(occasions, lambda o: read_parts(o.offer))
    return tuple(_differ(groups, lambda o: (o.first, last_day(o)) if o.first else None))


def list_other_numbers(occasions: Sequence[Occasion]) -> tuple[Pair, ...]:
    """Entries whose offers are called the same save for a number, such as a price."""
    groups = _group(occasions, lambda o: read_bare(o.offer))
    return tuple(_differ(groups, lambda o: read_numbers(o.offer) or ("",)))


def find_overlap(occasions: Sequence[Occasion], today: date) -> Overlap | None:
    """The first two different offers that meet people at one time in one place; else None."""
    ahead = sorted(
        (o for o in occasions if o.offer and o.first and (last_day(o) or o.first) >= today),
        key=lambda o: (o.first, o.id),
    )
    found = [
        (later, before, shared)
        for at, later in enumerate(ahead)
        for before in ahead[:at]
        if (shared := _share(before, later))
    ]
    if not found:
        return None
    one, other, shared = found[0]
    day = max(d for d in (one.first, other.first, today) if d)
    return Overlap(one, other, day, shared, len(found) - 1)


def _share(before: Occasion, later: Occasion) -> tuple[Channel, ...]:
    """The channels in which two different offers overlap; the one begins before the other."""
    end = last_day(before)
    apart = end is None or later.first is None or end < later.first
    if apart or read_bare(before.offer) == read_bare(later.offer):
        return ()
    return tuple(channel for channel in later.channels if channel in before.channels)


# -- what other texts say of an offer -----------------------------------------------------------


def _holds(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether words stand one after another in others."""
    size = len(wanted)
    return any(parts[at : at + size] == wanted for at in range(len(parts) - size + 1))


def mentions(text: str | None, offer: str | None) -> bool:
    """Whether a text names an offer: all words of its name stand in it, in any order."""
    wanted = set(read_bare(offer))
    return bool(wanted) and wanted <= set(read_bare(text))


def tells_words(text: str | None, words: str | None) -> bool:
    """Whether a text holds the words of an offer as they are."""
    return _holds(read_parts(text), read_parts(words))


def tells_other_numbers(text: str | None, words: str | None) -> bool:
    """Whether a text and the words of an offer both hold numbers, and not one in common."""
    here, there = set(read_numbers(text)), set(read_numbers(words))
    return bool(here and there) and not here & there


def find_avoided(text: str | None, entries: Iterable[Entry]) -> Entry | None:
    """The first word or phrase to avoid that stands in a text."""
    parts = read_parts(text)
    wanted = ((entry, read_parts(entry.text)) for entry in entries)
    return next((entry for entry, said in wanted if said and _holds(parts, said)), None)
