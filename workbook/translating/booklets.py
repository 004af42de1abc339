"""Notebooks in one language as files, for JupyterLab: text, comments, and what the cells show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workbook.discovery import exists, read_toml
from workbook.translating.languages import FOLDER
from workbook.translating.notebooks import (
    COMMENT,
    PLACE,
    find_notebooks,
    read_source,
    translate_notebook,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTING = 'import os\n\nos.environ["WORKBOOK_LANGUAGE"] = "{language}"\n\n'


def write_notebooks(language: str) -> Iterator[tuple[str, str]]:
    """Each notebook's name and its file in a language.

    What a cell showed in English is left out. Its first cells of code say the language, so that
    pages, tables and charts follow it.
    """
    for place in sorted(find_notebooks().glob("*.ipynb")):
        notebook = json.loads(place.read_text(encoding="utf-8"))
        translate_notebook(notebook, place.stem, language)
        words = _read_comments(language)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                _set_up(cell, words, language)
        yield place.name, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _read_comments(language: str) -> dict[str, str]:
    place = f"{FOLDER}/{language}/{PLACE}/comments.toml"
    return dict(read_toml(place)) if exists(place) else {}


def _set_up(cell: dict[str, Any], words: dict[str, str], language: str) -> None:
    """Let a cell of code speak a language, and show nothing yet."""
    source = COMMENT.sub(lambda found: words.get(found[0], found[0]), read_source(cell))
    begins = "import" in source
    cell["source"] = (_SETTING.format(language=language) if begins else "") + source
    cell["outputs"], cell["execution_count"] = [], None
