"""The tagged links of a plan: where they lead, for which places, under which name."""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.links import LinkProblem
from workbook.measurement.placements import (
    chosen_platforms,
    find_page,
    load_placements,
    usual_campaign,
)
from workbook.measurement.qr import draw_qr
from workbook.measurement.register import Register, build_register
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.measurement.register import RegisterRow
    from workbook.plan import Plan

WORDS: Final = "steps/measurement/register.toml"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The day a file in a zip is of when nobody asks; so the same links give the same bytes."""


def register_of(plan: Plan, language: str = BASE_LANGUAGE) -> Register | LinkProblem | None:
    """The links of a plan for each spot of its places; None where page or places are open.

    A link that stands for long keeps the name it has, whatever the topic of the next weeks is.
    """
    page, places = find_page(plan), chosen_platforms(plan)
    if not page or not places:
        return None
    named, lasting = (
        build_register([page], places, campaign, language=language)
        for campaign in (name_campaign(plan), "")
    )
    if isinstance(named, LinkProblem) or isinstance(lasting, LinkProblem):
        return named
    stays = {name for name, spot in load_placements().items() if spot.campaign}
    rows = zip(named.rows, lasting.rows, strict=True)
    return Register(tuple(b if a.link.placement in stays else a for a, b in rows), language)


def name_campaign(plan: Plan) -> str:
    """What the links of the next weeks are called; empty where no name is given."""
    given = plan.measurement.campaign
    return "" if given in (None, UNKNOWN) else str(given)


def usual_name(plan: Plan, register: Register) -> str:
    """The name the links for an occasion really carry."""
    given = name_campaign(plan)
    found = (row.link.tags.campaign for row in register.rows if row.link.placement == "post")
    return next(found, usual_campaign()) if given else usual_campaign()


def group_rows(register: Register) -> Iterator[tuple[str, tuple[RegisterRow, ...]]]:
    """The rows of each place, in order."""
    for place, rows in groupby(register.rows, key=lambda row: row.place):
        yield place, tuple(rows)


def list_paper(register: Register) -> tuple[RegisterRow, ...]:
    """The rows whose links stand on paper, for which there are QR codes."""
    paper = load_words(WORDS)["paper"]
    return tuple(row for row in register.rows if row.link.placement in paper)


def zip_codes(register: Register) -> bytes:
    """The QR codes of the links on paper, a picture each, in one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in list_paper(register):
            drawn = draw_qr(row.link.url, register.language)
            if not isinstance(drawn, LinkProblem):
                entry = zipfile.ZipInfo(f"{row.link.placement}.svg", _FIRST_DAY)
                archive.writestr(entry, drawn, zipfile.ZIP_DEFLATED)
    return file.getvalue()
