"""The names of places in tagged links: the one we recommend, and those that people write."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.discovery import read_toml
from workbook.measurement.tags import LINKS
from workbook.platforms import load_platforms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.platforms import Platform

NOT_SOCIAL = frozenset({"google_business", "own"})
"""Places whose links are not tagged as social media."""


def source_of(platform: str) -> str:
    """What stands in ``utm_source`` for a place: “twitter” for X, else mostly its own name."""
    known = load_platforms().get(platform)
    return known.sheet.tagging.value if known else platform


def find_platform(source: str) -> Platform | None:
    """The social platform that a source names, by its name, its web host or another name."""
    return _by_name().get(source.strip().lower())


def find_host(host: str) -> Platform | None:
    """The social platform whose website a host belongs to."""
    labels, hosts = host.lower().split(".")[-4:], _by_host()
    names = (".".join(labels[n:]) for n in range(len(labels)))
    return next((hosts[name] for name in names if name in hosts), None)


@cache
def _by_host() -> Mapping[str, Platform]:
    return {
        host: platform
        for platform in load_platforms().values()
        if platform.id not in NOT_SOCIAL
        for host in platform.hosts
    }


@cache
def _by_name() -> Mapping[str, Platform]:
    others = read_toml(LINKS)["names"]
    found: dict[str, Platform] = dict(_by_host())
    for platform in load_platforms().values():
        if platform.id not in NOT_SOCIAL:
            also = others.get(platform.id, {}).get("words", ())
            found |= dict.fromkeys((platform.id, platform.sheet.tagging.value, *also), platform)
    return found
