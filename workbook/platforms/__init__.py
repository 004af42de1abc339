"""The places a business can be on: one TOML file each."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from workbook.discovery import find_files, read_toml
from workbook.values import Frozen, Kind


class Platform(Frozen):
    """A place to be: its name, its rank in lists, and the web hosts that are its own."""

    id: str
    name: str
    order: int
    hosts: tuple[str, ...]


@cache
def load_platforms() -> dict[str, Platform]:
    """Every platform by its id, in the order of lists."""
    found = []
    for path in find_files("platforms", ".toml"):
        name = path.rpartition("/")[2].removesuffix(".toml")
        facts = read_toml(path)
        found.append(Platform(id=name, **{k: facts[k] for k in ("name", "order", "hosts")}))
    return {p.id: p for p in sorted(found, key=lambda p: p.order)}


OTHER = "other"


def _known(platform: str) -> str:
    if platform != OTHER and platform not in load_platforms():
        raise PydanticCustomError("choice-not-offered", "choice-not-offered")
    return platform


PlatformId = Annotated[str, AfterValidator(_known), Kind("choice:platforms")]
"""A platform's id, or “other”."""
