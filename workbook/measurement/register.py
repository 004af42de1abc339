"""The register of tagged links: a row for each placement, with the channel it will count under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.links import LinkProblem, TaggedLink, tag_page
from workbook.measurement.placements import list_beyond, list_spots
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook.measurement.placements import Spot

WORDS = "measurement/register.toml"
_READ = {"url", "source", "medium", "campaign", "content"}
"""Columns by which the table is read again; they are called the same in every language."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A tagged link with the spot it is for; ``note`` says what to know about it."""

    place: str
    placement: str
    link: TaggedLink
    note: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Tagged links for every placement, in the order of places and pages."""

    rows: tuple[RegisterRow, ...]
    language: str = BASE_LANGUAGE

    @property
    def title(self) -> str:
        """What the table is called."""
        return str(load_words(WORDS, self.language)["sheet"])

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of its columns; who put a link there and since when is left to write in."""
        ours: Mapping[str, str] = load_words(WORDS)["columns"]
        said: Mapping[str, str] = load_words(WORDS, self.language)["columns"]
        return tuple(text if name in _READ else said[name] for name, text in ours.items())

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Its rows as text, a cell for each head."""
        return tuple(_list_cells(row) for row in self.rows)


def build_register(
    pages: Sequence[str],
    platforms: Sequence[str],
    campaign: str = "",
    *,
    with_paid: bool = False,
    with_beyond: bool = True,
    language: str = BASE_LANGUAGE,
) -> Register | LinkProblem:
    """Tagged links to some pages for every placement of some platforms.

    Args:
        pages: Addresses of pages; each gets a link for every placement.
        platforms: Platforms by their ids.
        campaign: The occasion; without one, links that stand for long are “profile”.
        with_paid: Paid ads too.
        with_beyond: E-mail, paper and partners too.
        language: The language of titles and notes.

    Returns:
        The register, or what is wrong with the first address that cannot carry tags.
    """
    spots = [spot for name in dict.fromkeys(platforms) for spot in list_spots(name, language)]
    spots += list_beyond(language) if with_beyond else ()
    rows = []
    for spot in spots:
        for page in dict.fromkeys(pages):
            if spot.placement.is_paid and not with_paid:
                continue
            link = tag_page(page, spot.place, spot.placement, campaign, language)
            if isinstance(link, LinkProblem):
                return link
            rows.append(_make_row(spot, link))
    return Register(tuple(rows), language)


def _make_row(spot: Spot, link: TaggedLink) -> RegisterRow:
    said = [note.text for note in link.notes if note.id not in {"renamed", "replaced", "click-id"}]
    note = " ".join(filter(None, [spot.note, *said]))
    return RegisterRow(spot.place_title, spot.placement.title, link, note)


def _list_cells(row: RegisterRow) -> tuple[str, ...]:
    link, tags = row.link, row.link.tags
    cells = (
        *(row.place, row.placement, link.url),
        *(tags.source, tags.medium, tags.campaign, tags.content),
        *(link.prediction.channel, link.prediction.rule, link.page, "", "", row.note),
    )
    return tuple(map(clean_text, cells))
