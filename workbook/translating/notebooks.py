"""The text of the notebooks in another language: laid over it cell by cell, by the cells' ids.

A cell is translated while its English is the one that was translated. Whoever changes a cell of
their own copy of a notebook sees their own text in every language.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE
from workbook.discovery import exists, read_toml, root
from workbook.translating.languages import FOLDER
from workbook.translating.origins import read_origins
from workbook.translating.texts import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLACE = "notebooks"
COMMENT = re.compile(r"(?<=  # ).+$", re.MULTILINE)


def list_texts(notebook: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of a notebook by their keys: its title, and its cells with text by their ids."""
    if title := notebook["metadata"].get("title"):
        yield "title", str(title)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield f"cells.{cell.get('id', '')}", read_source(cell)


def read_source(cell: Mapping[str, Any]) -> str:
    """The text of a cell, which a file may keep line by line."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def list_comments(notebook: Mapping[str, Any]) -> Iterator[str]:
    """What the code of a notebook says for people to read."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            yield from COMMENT.findall(read_source(cell))


def find_notebooks() -> Path:
    """The folder of pages: beside the package in a source checkout, else inside the package."""
    package = Path(str(root()))
    beside = package.parent / PLACE
    if (package.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return package / PLACE


def translate_notebook(notebook: Any, name: str, language: str) -> None:  # noqa: ANN401 - nbformat's
    """Put a language's text into a notebook that was read from a file of a name without ending."""
    if language == BASE_LANGUAGE or not exists(_place(name, language)):
        return
    words = _find_fitting(name, language, dict(list_texts(notebook)))
    if "title" in words:
        notebook["metadata"]["title"] = words["title"]
    for cell in notebook["cells"]:
        key = f"cells.{cell.get('id', '')}"
        if cell["cell_type"] == "markdown" and key in words:
            cell["source"] = words[key]


def _find_fitting(name: str, language: str, texts: Mapping[str, str]) -> Mapping[str, str]:
    """The translations of those texts that are still the ones that were translated."""
    found = read_toml(_place(name, language))
    over = {"title": found.get("title", "")}
    over |= {f"cells.{key}": text for key, text in found.get("cells", {}).items()}
    made_from = read_origins(language).get(f"{PLACE}/{name}.toml", {})
    return {
        key: over[key]
        for key, text in texts.items()
        if over.get(key) and made_from.get(key, digest(text)) == digest(text)
    }


def _place(name: str, language: str) -> str:
    return f"{FOLDER}/{language}/{PLACE}/{name}.toml"
