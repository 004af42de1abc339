"""Under which of GA4's default channels a tagged link counts, and which rule decides it.

The rules are tried in order, and the first that fits wins. Capitals do not matter to them. Spaces
around a value are left aside; whether GA4 does the same is not documented, so the linter names
them. Sources: G1, G2 and G14 for the rules, G3 for Google's lists of sources.
"""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_text
from workbook.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WORDS = "measurement/channels.toml"
CATEGORIES = "measurement/ga4_source_categories.csv"
LONGEST_SHOWN = 80
"""Letters of a value that are quoted in a sentence."""
_PREFIX = "SOURCE_CATEGORY_"
_PAID = re.compile(r".*cp.*|ppc|retargeting|paid.*", re.DOTALL)
_SHOP = re.compile(r"(?:^|[^a-df-z])shop|shopping")
_EMAIL = re.compile(r"e[-_ ]?mail")
_NO_MEDIUM = {"", "(none)", "(not set)"}
_DISPLAY = {"display", "banner", "expandable", "interstitial", "cpm"}
SOCIAL_MEDIUMS = frozenset(
    {"social", "social-network", "social-media", "sm", "social network", "social media"}
)
_REFERRAL = {"referral", "app", "link"}


class Prediction(NamedTuple):
    """The channel of a link, the rule that gave it, that rule's place in the order, and why."""

    channel: str
    rule: str
    order: int
    because: str
    is_open: bool = False
    """Whether there are no tags, so that where the visitor came from decides in the end."""


class _Visit(NamedTuple):
    """What the rules look at, in small letters; ``category`` is Google's for the source."""

    source: str
    medium: str
    campaign: str
    category: str

    @property
    def is_paid(self) -> bool:
        return is_paid(self.medium)


def predict_channel(
    source: str, medium: str, campaign: str = "", language: str = BASE_LANGUAGE
) -> Prediction:
    """The channel GA4 will show, and which rule fired.

    ``predict_channel("threads", "organic_social")`` is “Unassigned”, because Threads is on none of
    Google's lists and the medium is none that the rules know.

    Args:
        source: What stands in ``utm_source``, decoded.
        medium: What stands in ``utm_medium``, decoded.
        campaign: What stands in ``utm_campaign``, decoded.
        language: The language of the reason; names of channels are GA4's own.
    """
    place = source.strip().lower()
    visit = _Visit(
        place, medium.strip().lower(), campaign.strip().lower(), load_categories().get(place, "")
    )
    order, rule, cause = _find_rule(visit)
    words = load_words(WORDS, language)
    said, none = words["rules"][rule], words["none"]
    because = said[cause].format(
        source=shorten(source) or none,
        medium=shorten(medium) or none,
        campaign=shorten(campaign) or none,
    )
    channel = str(load_words(WORDS)["rules"][rule]["channel"])
    return Prediction(channel, rule, order, because, cause == "untagged")


def _find_rule(visit: _Visit) -> tuple[int, str, str]:
    """The first rule that fits, with its place in the order and the way in which it fits."""
    for order, (rule, find) in enumerate(_RULES.items(), 1):
        cause = find(visit)
        if cause:
            return order, rule, cause
    raise ContentError(reason="no rule of GA4 fits")


def find_category(source: str) -> str:
    """The list of Google's that a source is on: social, video, search, shopping; empty for none."""
    return load_categories().get(source.strip().lower(), "")


@cache
def load_categories() -> Mapping[str, str]:
    """Google's lists: each source in small letters, with the list it is on."""
    lines = (line for line in io.StringIO(read_text(CATEGORIES)) if not line.startswith("#"))
    rows = csv.DictReader(lines)
    return {
        row["source"].lower(): row["source_category"].removeprefix(_PREFIX).lower() for row in rows
    }


def is_paid(medium: str) -> bool:
    """Whether GA4 takes a medium for one of paid links, such as “cpc” or “paid_social”."""
    return bool(_PAID.fullmatch(medium.strip().lower()))


def is_about_shopping(campaign: str) -> bool:
    """Whether GA4 takes a campaign for one of a shop: “coffee-shop” is, “workshop” is not."""
    return bool(_SHOP.search(campaign.strip().lower()))


def is_cross_network(campaign: str) -> bool:
    """Whether GA4 takes a campaign for one of Google's over several networks."""
    return "cross-network" in campaign.lower()


def shorten(value: str) -> str:
    """A value on one line, cut where it is too long to be quoted."""
    if len(value) <= LONGEST_SHOWN and value.isidentifier():
        return value
    line = " ".join(value[: LONGEST_SHOWN * 4].split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"


# -- the rules: each gives the way in which it fits, or nothing ------------------------------------


def _direct(visit: _Visit) -> str:
    if not visit.source and not visit.medium:
        return "untagged"
    return "direct" if visit.source == "(direct)" and visit.medium in _NO_MEDIUM else ""


def _cross_network(visit: _Visit) -> str:
    return "campaign" if is_cross_network(visit.campaign) else ""


def _shopping(visit: _Visit) -> str:
    if visit.category == "shopping":
        return "source"
    return "campaign" if is_about_shopping(visit.campaign) else ""


def _paid_shopping(visit: _Visit) -> str:
    return _shopping(visit) if visit.is_paid else ""


def _paid(category: str) -> Callable[[_Visit], str]:
    def find(visit: _Visit) -> str:
        return "source" if visit.category == category and visit.is_paid else ""

    return find


def _display(visit: _Visit) -> str:
    return "medium" if visit.medium in _DISPLAY else ""


def _paid_other(visit: _Visit) -> str:
    return "medium" if visit.is_paid else ""


def _organic_social(visit: _Visit) -> str:
    by_medium = visit.medium in SOCIAL_MEDIUMS
    if visit.category == "social":
        return "both" if by_medium else "source"
    return "medium" if by_medium else ""


def _organic_video(visit: _Visit) -> str:
    if visit.category == "video":
        return "source"
    return "medium" if "video" in visit.medium else ""


def _organic_search(visit: _Visit) -> str:
    if visit.category == "search":
        return "source"
    return "medium" if visit.medium == "organic" else ""


def _email(visit: _Visit) -> str:
    if _EMAIL.search(visit.medium):
        return "medium"
    return "source" if _EMAIL.search(visit.source) else ""


def _medium_in(*mediums: str) -> Callable[[_Visit], str]:
    def find(visit: _Visit) -> str:
        return "medium" if visit.medium in mediums else ""

    return find


def _sms(visit: _Visit) -> str:
    if visit.medium == "sms":
        return "medium"
    return "source" if visit.source == "sms" else ""


def _mobile_push(visit: _Visit) -> str:
    medium = visit.medium
    if medium.endswith("push") or "mobile" in medium or "notification" in medium:
        return "medium"
    return "source" if visit.source == "firebase" else ""


def _unassigned(_visit: _Visit) -> str:
    return "nothing"


_RULES: Mapping[str, Callable[[_Visit], str]] = {
    "direct": _direct,
    "cross-network": _cross_network,
    "paid-shopping": _paid_shopping,
    "paid-search": _paid("search"),
    "paid-social": _paid("social"),
    "paid-video": _paid("video"),
    "display": _display,
    "paid-other": _paid_other,
    "organic-shopping": _shopping,
    "organic-social": _organic_social,
    "organic-video": _organic_video,
    "organic-search": _organic_search,
    "ai-assistant": _medium_in("ai-assistant"),
    "referral": _medium_in(*_REFERRAL),
    "email": _email,
    "affiliates": _medium_in("affiliate"),
    "audio": _medium_in("audio"),
    "sms": _sms,
    "mobile-push": _mobile_push,
    "unassigned": _unassigned,
}
"""In the order in which Google's page names them, which says nothing else of their order."""
