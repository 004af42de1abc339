"""Which network a visit came from, by what a report says of its source, medium or channel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from workbook.discovery import read_toml
from workbook.imports.amounts import COLUMNS, fold
from workbook.measurement import sources

UNNAMED: Final = ""
"""Social, by its channel or medium, of a network that is not told."""
_NOTHING: Final = frozenset({"", "(direct)", "(none)", "(not set)", "direct / none", "-"})
_SLASH: Final = re.compile(r"\s+/\s+")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a row says of where its visits came from; what it does not say is empty."""

    tag: str = ""
    """``utm_source``, which was written by whoever made the link."""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    referrer: str = ""
    channel: str = ""


@cache
def _channels(kind: str) -> frozenset[str]:
    return frozenset(map(fold, read_toml(COLUMNS)["words"]["channels"][kind]))


@lru_cache(maxsize=65_536)
def read_origin(origin: Origin) -> str | None:
    """The id of the platform; ``UNNAMED`` for social without a network, None for anything else.

    A tag goes before the source that the tool made out, and that before the referrer; the
    channel is looked at last, since every tool divides channels in its own way.
    """
    source, _, medium = _SLASH.sub("\n", origin.source.strip()).partition("\n")
    named = (text.strip().casefold() for text in (origin.tag, source, origin.referrer))
    told = next((text for text in named if text not in _NOTHING), "")
    medium = (origin.medium or medium).strip().casefold()
    if told or medium not in _NOTHING:
        tag = told if "/" not in told else sources.read_host(told)
        asked = sources.Origin(
            tag, "" if medium in _NOTHING else medium, origin.campaign.casefold()
        )
        number = sources.number_of(asked)
        place = sources.read_number(number)[0] if number is not None else sources.ELSEWHERE
        if place.is_social:
            return place.platform
    return UNNAMED if fold(origin.channel) in _channels("social") else None


def find_place(text: str) -> str | None:
    """The id of the platform that a host or a name belongs to, or None."""
    return read_origin(Origin(source=text)) or None


def is_video(channel: str) -> bool:
    """Whether a channel holds the visits from videos, where GA4 puts YouTube."""
    return fold(channel) in _channels("video")
