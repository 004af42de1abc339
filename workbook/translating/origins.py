"""Which English each text of a translation was made from, so that a change of it is noticed."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import exists, read_text
from workbook.translating.languages import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "made_from.json"


def place_origins(language: str) -> str:
    """The file of a language that tells it, from the package's folder."""
    return f"{FOLDER}/{language}/{_FILE}"


@cache
def read_origins(language: str) -> Mapping[str, Mapping[str, str]]:
    """The digest of the English of each translated text, by file and key."""
    place = place_origins(language)
    found: dict[str, dict[str, str]] = json.loads(read_text(place)) if exists(place) else {}
    return found


def write_origins(origins: Mapping[str, Mapping[str, str]]) -> str:
    """The content of such a file, in an order that stays the same."""
    return json.dumps(origins, indent=0, sort_keys=True, ensure_ascii=False) + "\n"
