"""Where a business can put a link: every placement of every place, and which places it has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.audit.inventory import list_active
from workbook.content import BASE_LANGUAGE, load_words
from workbook.platforms import OTHER, Links, load_platforms
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.plan import Plan

WORDS = "measurement/placements.toml"
_OWN = "own"


class Placement(Frozen):
    """A spot for a link, and what its tags say.

    ``source`` is empty where it is that of the platform. ``campaign`` is its own where it stands
    for long, and ``fixed`` one that nothing else may replace.
    """

    id: str
    title: str
    content: str
    medium: str
    source: str = ""
    campaign: str = ""
    fixed: str = ""
    is_paid: bool = False


class Spot(Frozen):
    """A placement on a place: what the place is called, and what is to be known about it."""

    place: str
    place_title: str
    placement: Placement
    note: str = ""


@cache
def load_placements(language: str = BASE_LANGUAGE) -> Mapping[str, Placement]:
    """Every placement by its id."""
    rules, said = load_words(WORDS), load_words(WORDS, language)["placements"]
    usual = {"medium": rules["usual"]["medium"]}
    return {
        name: Placement(id=name, **{**usual, **entry, "title": said[name]["title"]})
        for name, entry in rules["placements"].items()
    }


def usual_campaign() -> str:
    """The campaign of a link that belongs to no occasion."""
    return str(load_words(WORDS)["usual"]["campaign"])


def list_spots(platform: str, language: str = BASE_LANGUAGE) -> tuple[Spot, ...]:
    """Every placement on a platform; on one that is not known, those most of them have."""
    known = load_platforms(language).get(platform)
    listed: Mapping[str, list[str]] = load_words(WORDS)["platforms"]
    placements = load_placements(language)
    title = known.name if known else platform
    note = ""
    if known and known.links not in {Links.OK, Links.UNKNOWN}:
        note = known.sheet.links.note
    return tuple(
        Spot(
            place=platform,
            place_title=title,
            placement=placements[name],
            note=note if name == "post" else "",
        )
        for name in listed.get(platform, listed[OTHER])
    )


def list_beyond(language: str = BASE_LANGUAGE) -> tuple[Spot, ...]:
    """Every placement besides the platforms: e-mail, paper, partners."""
    placements = load_placements(language)
    rules, beyond = load_words(WORDS)["beyond"], load_words(WORDS, language)["beyond"]
    return tuple(
        Spot(
            place=place,
            place_title=entry["title"],
            placement=placements[name],
            note=entry.get("note", ""),
        )
        for place, entry in beyond.items()
        for name in rules[place]["placements"]
    )


def profile_placement(platform: str, language: str = BASE_LANGUAGE) -> Placement:
    """The link in the profile on a platform."""
    return list_spots(platform, language)[0].placement


def chosen_platforms(plan: Plan) -> tuple[str, ...]:
    """The platforms a plan is about: those chosen, then those where profiles are in use."""
    fit = plan.platform_fit
    chosen = [fit.first, *(place.platform for place in fit.further)]
    used = [profile.platform for profile in list_active(plan)]
    own = [account.platform for account in plan.start.accounts if account.platform == _OWN]
    named = dict.fromkeys((*chosen, *used, *own))
    return tuple(place for place in named if place and place != OTHER)


def find_page(plan: Plan) -> str:
    """The page a link leads to where none is named: services, else contact, else the website."""
    said = plan.linking
    return said.services_page or said.contact_page or plan.start.website or ""
