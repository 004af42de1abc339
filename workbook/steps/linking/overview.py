"""Who leads to whom, as the plan says it: for the page, the documents and the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.audit.inventory import Profile, Standing, list_profiles
from workbook.audit.snippets import tag_link
from workbook.charts.links import State, TwoWay, draw
from workbook.content import BASE_LANGUAGE, load_words
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.charts.rendering import Picture
    from workbook.plan import Plan

WORDS = "steps/linking/overview.toml"
MOST_DRAWN = 12
_STATES: dict[YesNo | None, State] = {YesNo.YES: "there", YesNo.NO: "missing"}


@dataclass(frozen=True, slots=True)
class Overview:
    """The profiles of a plan with their links, and what to put into each."""

    profiles: tuple[Profile, ...]
    wanted: Mapping[str, str]
    """The tagged address to put into a profile, by the profile's id; empty where none is known."""
    language: str = BASE_LANGUAGE

    @property
    def links(self) -> tuple[TwoWay, ...]:
        """Each profile with its two links, as the picture shows them."""
        return tuple(self._link(profile) for profile in self.profiles)

    @property
    def both(self) -> int:
        """How many profiles in use are linked both ways."""
        return sum(link.there == link.back == "there" for link in self._active)

    @property
    def count(self) -> int:
        """How many profiles are in use."""
        return len(self._active)

    @property
    def _active(self) -> tuple[TwoWay, ...]:
        return tuple(self._link(p) for p in self.profiles if p.standing is Standing.ACTIVE)

    def _link(self, profile: Profile) -> TwoWay:
        notes = load_words(WORDS, self.language)["notes"]
        return TwoWay(
            profile.label,
            _STATES.get(profile.said.linked, "open"),
            _STATES.get(profile.said.links_back, "open"),
            str(notes.get(profile.standing, "")),
        )

    def draw(self) -> Picture:
        """The picture of the links; at most twelve profiles, the first of the list."""
        site = str(load_words(WORDS, self.language)["site"])
        return draw(self.links[:MOST_DRAWN], site, language=self.language)


def survey(plan: Plan, language: str = BASE_LANGUAGE) -> Overview:
    """The profiles of a plan, those in use first."""
    order = list(Standing)
    found = sorted(list_profiles(plan, language), key=lambda p: order.index(p.standing))
    active = [p for p in found if p.standing is Standing.ACTIVE]
    return Overview(tuple(found), {p.id: tag_link(plan, p) for p in active}, language)
