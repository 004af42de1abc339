"""Where a case came in: the platform or channel behind the words of a help desk."""

from __future__ import annotations

from functools import cache
from typing import Final

from workbook.discovery import read_toml
from workbook.platforms import load_platforms
from workbook.values import clean_text

_LONGEST: Final = 40


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Platform and channel by what they are called; a platform's own name counts too."""
    words = read_toml("imports/channels.toml")
    found = {name: ("", channel) for channel, names in words["channels"].items() for name in names}
    for platform in load_platforms().values():
        found[platform.name.casefold()] = (platform.id, "")
        found[platform.id] = (platform.id, "")
    return found | {
        name: (platform, "") for platform, names in words["platforms"].items() for name in names
    }


def name_channel(text: str) -> tuple[str, str]:
    """The platform and the channel behind a word; one of them is empty, or both for no word.

    A word that nobody knows is taken as the name of a channel.
    """
    word = " ".join(clean_text(text).casefold().split())
    return _known().get(word, ("", word[:_LONGEST]))
