"""The places a business can be on: one TOML file each."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from workbook.discovery import exists, find_files, lay_over, read_toml
from workbook.platforms.sheet import (
    Cadence,
    Fact,
    Links,
    Presence,
    Sheet,
    Stated,
    Tagging,
    weigh_path,
)
from workbook.values import Frozen, Kind

__all__ = [
    "OTHER",
    "AddressForm",
    "Cadence",
    "CountryHosts",
    "Fact",
    "Links",
    "Platform",
    "PlatformId",
    "Presence",
    "ProfileForms",
    "Sheet",
    "Stated",
    "Tagging",
    "load_platforms",
]


class AddressForm(Frozen):
    """One form a profile's address takes: a pattern over “host/path”, and how it is written."""

    kind: str
    pattern: str
    url: str


class CountryHosts(Frozen):
    """Hosts of single countries that lead to the same profiles as the one they stand for."""

    pattern: str
    host: str


class ProfileForms(Frozen):
    """How profiles of a platform are addressed.

    ``url`` is the address of a bare name that ``pattern`` allows. Nothing whose first part is one
    of ``not_profiles`` is a profile, nothing on ``other_hosts`` either, and what a short host
    leads to cannot be told. ``alternatives`` says that one profile has addresses of several kinds.
    """

    url: str
    pattern: str = ""
    keep: tuple[str, ...] = ()
    """The parts of a query that name the profile; all others only track."""
    hosts: tuple[str, ...] = ()
    other_hosts: tuple[str, ...] = ()
    short_hosts: tuple[str, ...] = ()
    not_profiles: tuple[str, ...] = ()
    country: CountryHosts | None = None
    any_host: bool = False
    alternatives: bool = False
    bare_suffix: str = ""
    forms: tuple[AddressForm, ...]
    checked_on: date
    source: str = ""

    @property
    def only_kind(self) -> str:
        """The kind of all its addresses; empty where a bare name may be of several."""
        kinds = {form.kind for form in self.forms}
        return next(iter(kinds)) if len(kinds) == 1 and not self.alternatives else ""


class Platform(Frozen):
    """A place to be: its name, its rank in lists, its web hosts, and what is known of it."""

    id: str
    name: str
    order: int
    hosts: tuple[str, ...]
    profile: ProfileForms | None = None
    facts: dict[str, Fact] = Field(default_factory=dict)
    sheet: Sheet

    def fact(self, name: str) -> float | None:
        """A figure of it by name, such as ``bio_limit``; None where no source tells it."""
        found = self.facts.get(name)
        return found.value if found else None

    @property
    def forms(self) -> tuple[str, ...]:
        """What it lives on, by the kinds of ``fit/effort.toml``."""
        return self.sheet.forms.value

    @property
    def cadence(self) -> tuple[Cadence, ...]:
        """What was found on how often to post; findings may disagree, and there may be none."""
        return tuple(self.sheet.cadence.values())

    @property
    def links(self) -> Links:
        """What becomes of a link in a post."""
        return self.sheet.links.value

    @property
    def path_value(self) -> float | None:
        """How well people get from there to the website, from 0 to 1; None where unknown."""
        return weigh_path(self.links, self.sheet.profile_link.value)

    @property
    def messages(self) -> Presence:
        """Whether customers can write to a business in private."""
        return self.sheet.messages.value

    @property
    def reviews(self) -> Presence:
        """Whether people leave reviews or recommendations there."""
        return self.sheet.reviews.value


_FIELDS = ("name", "order", "hosts", "profile", "facts", "sheet")
_NO_PLACES = ("platforms/defaults.toml", "platforms/words.toml")


@cache
def load_platforms(language: str = "") -> dict[str, Platform]:
    """Every platform by its id, in the order of lists; its name and notes in a language."""
    found = []
    for path in find_files("platforms", ".toml"):
        if path in _NO_PLACES:
            continue
        name = path.rpartition("/")[2].removesuffix(".toml")
        facts = read_toml(path)
        over = f"translations/{language}/{path}"
        if language and exists(over):
            facts = lay_over(facts, read_toml(over))
        found.append(Platform(id=name, **{k: facts[k] for k in _FIELDS if k in facts}))
    return {p.id: p for p in sorted(found, key=lambda p: p.order)}


OTHER = "other"


def _known(platform: str) -> str:
    if platform != OTHER and platform not in load_platforms():
        raise PydanticCustomError("choice-not-offered", "choice-not-offered")
    return platform


PlatformId = Annotated[str, AfterValidator(_known), Kind("choice:platforms")]
"""A platform's id, or “other”."""
