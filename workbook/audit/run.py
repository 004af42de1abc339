"""Runs every check on pages and profiles: W1 to W12 on the website, Q1 to Q7 on profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit import profile_checks as profiles
from workbook.audit.descriptions import compare_identity, describe_business, describe_place
from workbook.audit.head_tags import (
    look_at_basics,
    look_at_canonical,
    look_at_cards,
    look_at_open_graph,
)
from workbook.audit.inventory import find_limit
from workbook.audit.site_links import look_for_mark, look_for_profiles, look_for_silent
from workbook.audit.verdicts import AuditCheck, Look, Verdict, unseen, word_profiles, word_site
from workbook.audit.visits import look_at_landing, look_for_contact
from workbook.content import BASE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from workbook.audit.inventory import Profile
    from workbook.audit.pages import Page
    from workbook.plan import Plan

SITE: dict[str, Callable[[Look], Iterator[Verdict]]] = {
    "W1": look_for_profiles,
    "W2": look_for_silent,
    "W3": look_for_mark,
    "W4": describe_business,
    "W5": describe_place,
    "W6": compare_identity,
    "W7": look_at_open_graph,
    "W8": look_at_cards,
    "W9": look_at_canonical,
    "W10": look_at_basics,
    "W11": look_at_landing,
    "W12": look_for_contact,
}
PROFILES: dict[str, Callable[[Look, Profile], Verdict | None]] = {
    "Q1": profiles.compare_looks,
    "Q2": profiles.read_bio,
    "Q3": profiles.follow_link,
    "Q4": profiles.rank_links,
    "Q5": profiles.show_contact,
    "Q7": profiles.date_top_post,
}
_SEVERAL = "Q4"
_LEGAL = "Q6"


def audit(
    plan: Plan, pages: Sequence[Page], today: date, language: str = BASE_LANGUAGE
) -> tuple[AuditCheck, ...]:
    """Every check, W1 to W12 and Q1 to Q7, in their order.

    Args:
        plan: The plan of the business whose pages these are.
        pages: The pages that could be read; without any, nothing is said about the website.
        today: The day of the look.
        language: The language of the words.
    """
    look = Look(plan, tuple(pages), today, language)
    site = [word_site(look, name, list(find(look))) for name, find in SITE.items()] if pages else []
    asked = [_ask(look, name) for name in (*list(PROFILES)[:5], _LEGAL, "Q7")]
    return (*site, *asked)


def _ask(look: Look, name: str) -> AuditCheck:
    if name == _LEGAL:
        return word_site(look, name, list(profiles.name_owner(look)))
    asked = look.active
    if name == _SEVERAL:
        asked = tuple(p for p in asked if (find_limit(p.platform, "links_max") or 0) > 1)
        if not asked:
            return word_site(look, name, [unseen("single")])
    verdicts = [PROFILES[name](look, profile) for profile in asked]
    given = [verdict for verdict in verdicts if verdict is not None]
    return word_profiles(look, name, given, len(verdicts) - len(given))
