"""Finds modules and word files in the package's folders: the only registry there is."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from types import ModuleType


def root() -> Traversable:
    """The folder of the installed package."""
    return resources.files("workbook")


@cache
def find_modules(folder: str) -> tuple[str, ...]:
    """Dotted names of the modules in a folder of the package, sorted; private ones left out.

    ``find_modules("exports/formats")`` gives ``("workbook.exports.formats.docx", …)``.
    """
    package = "workbook." + folder.replace("/", ".")
    names = (entry.name for entry in root().joinpath(folder).iterdir())
    return tuple(
        f"{package}.{name.removesuffix('.py')}"
        for name in sorted(names)
        if name.endswith(".py") and not name.startswith("_")
    )


@cache
def load_modules(folder: str) -> dict[str, ModuleType]:
    """The modules of a folder by their short names, imported."""
    return {name.rpartition(".")[2]: import_module(name) for name in find_modules(folder)}


@cache
def find_folders(folder: str) -> tuple[str, ...]:
    """Names of the folders within a folder of the package, sorted; private ones left out."""
    entries = root().joinpath(folder).iterdir()
    return tuple(sorted(e.name for e in entries if e.is_dir() and e.name[0] not in "_."))


@cache
def find_files(folder: str, suffix: str) -> tuple[str, ...]:
    """Paths, from the package's folder, of the files with a suffix, sorted."""
    entries = root().joinpath(folder).iterdir()
    return tuple(sorted(f"{folder}/{e.name}" for e in entries if e.name.endswith(suffix)))


def read_text(path: str) -> str:
    """The text of a file of the package."""
    return root().joinpath(path).read_text(encoding="utf-8")


@cache
def read_parts(folder: str, suffix: str) -> str:
    """The files of a folder with a suffix as one text, in the order of their names."""
    return "\n".join(read_text(path) for path in find_files(folder, suffix))


@cache
def read_toml(path: str) -> dict[str, Any]:
    """The content of a TOML file of the package; treat it as frozen."""
    return tomllib.loads(read_text(path))


def exists(path: str) -> bool:
    """Whether the package has such a file."""
    return root().joinpath(path).is_file()


def lay_over(words: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Words with those of a translation over them, table by table; lists are replaced whole."""
    merged = dict(words)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = lay_over(below, value)
        else:
            merged[key] = value
    return merged
