"""Why a plan or a store cannot be used, in words that ``reasons.toml`` keeps."""

from __future__ import annotations

from workbook.discovery import read_toml


def read_reason(part: str, name: str, **values: object) -> str:
    """The reason as half a sentence, ready for the text of an error.

    ``part`` is a table of ``reasons.toml`` and ``name`` an entry of it.
    """
    text: str = read_toml("storage/reasons.toml")[part][name]
    return text.format(**values)
