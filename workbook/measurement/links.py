"""Tagged links: made from a page, a platform and a placement, so that visits can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.channels import Prediction, predict_channel, shorten
from workbook.measurement.names import source_of
from workbook.measurement.placements import (
    Placement,
    list_spots,
    load_placements,
    usual_campaign,
)
from workbook.measurement.tags import (
    LINKS,
    LONGEST,
    AddressFault,
    Parameter,
    Tags,
    is_tag,
    join_address,
    make_name,
    split_address,
    split_query,
    words,
)
from workbook.measurement.traps import Judgement, LinkProblem, judge_link, lint_link, word_trap

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Judgement",
    "LinkProblem",
    "TaggedLink",
    "Tags",
    "build_link",
    "judge_link",
    "lint_link",
    "make_name",
    "tag_page",
]


@dataclass(frozen=True, slots=True)
class TaggedLink:
    """A link that tells where its visits come from, and under which channel GA4 counts them.

    ``notes`` say what was changed about what was given, and what to look out for.
    """

    url: str
    page: str
    platform: str
    placement: str
    tags: Tags
    prediction: Prediction
    notes: tuple[LinkProblem, ...] = ()


def build_link(
    page: str,
    platform: str,
    placement: str = "",
    campaign: str = "",
    language: str = BASE_LANGUAGE,
) -> TaggedLink | LinkProblem:
    """A tagged link to a page, for a placement on a platform.

    The tags come after what the address has already, and before the place on the page (``#…``).
    Tags it had are replaced, and what was left over from somebody's click is taken out.

    Args:
        page: The address of the page; “https” is put before one without a scheme.
        platform: The id of a platform; another name becomes the source as it is.
        placement: An id of ``placements.toml``; the link in the profile when empty.
        campaign: The occasion, best as year, month and topic (``2027-03_spring``).
        language: The language of the notes.

    Returns:
        The link, or what is wrong with the address.
    """
    spot = load_placements(language)[placement] if placement else list_spots(platform)[0].placement
    return tag_page(page, platform, spot, campaign, language)


def tag_page(
    page: str, place: str, placement: Placement, campaign: str = "", language: str = BASE_LANGUAGE
) -> TaggedLink | LinkProblem:
    """The same for a placement at hand, which may be on paper or in an e-mail as well."""
    parts = split_address(page)
    if isinstance(parts, AddressFault):
        given = {"given": page, "scheme": parts.scheme, "limit": LONGEST}
        return word_trap(parts.id, language, **given)
    if "@" in parts.netloc:
        return word_trap("personal", language, part="address")
    name = make_name(campaign)
    tags = Tags(
        source=placement.source or make_name(source_of(place)) or place,
        medium=placement.medium,
        campaign=placement.fixed or name or placement.campaign or usual_campaign(),
        content=placement.content,
    )
    parameters = split_query(parts.query)
    kept = [p for p in parameters if not _only_tracks(p)]
    fragment, _, behind = parts.fragment.partition("?")
    if any(is_tag(p.name) for p in split_query(behind)):
        parts = parts._replace(fragment=fragment)
    url = join_address(parts, kept, tags)
    prediction = predict_channel(tags.source, tags.medium, tags.campaign, language)
    judged = judge_link(url, language=language).problems
    notes = (*_note_changes(parameters, language), *_note_name(campaign, name, language), *judged)
    return TaggedLink(url, page.strip(), place, placement.id, tags, prediction, notes)


def _only_tracks(parameter: Parameter) -> bool:
    return is_tag(parameter.name) or parameter.name.lower() in words("click_ids")


def _note_changes(parameters: list[Parameter], language: str) -> Iterator[LinkProblem]:
    old = [p.written for p in parameters if is_tag(p.name)]
    if old:
        yield _note("replaced", language, tags=shorten("&".join(old)))
    for parameter in parameters:
        if parameter.name.lower() in words("click_ids"):
            yield _note("click-id", language, given=shorten(parameter.name))


def _note_name(given: str, name: str, language: str) -> Iterator[LinkProblem]:
    """What became of the name of a campaign."""
    if given.strip() and name != given.strip():
        part = load_words("measurement/traps.toml", language)["parts"]["campaign"]
        wanted = name or usual_campaign()
        yield _note("renamed", language, part=part, given=shorten(given), wanted=wanted)


def _note(name: str, language: str, **values: str) -> LinkProblem:
    entry = load_words(LINKS, language)["notes"][name]
    return LinkProblem(name, entry["text"].format(**values), entry["mend"].format(**values))
