"""What stands in the head of a page: cards, canonical address, title, fit for phones: W7 to W10."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbook.audit.addresses import strip_tracking
from workbook.audit.verdicts import Look, Verdict, right, unseen, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.audit.inventory import Profile
    from workbook.audit.pages import Page

_OPEN_GRAPH = ("og:title", "og:type", "og:image", "og:url")
_ADDRESSES = ("og:image", "og:url")
_CARDS = {"summary", "summary_large_image", "app", "player"}
_LEAST_WIDTH, _LEAST_HEIGHT = 600, 315
_TITLE, _DESCRIPTION = 70, 200
_TRACKING = re.compile(r"[?&](?:utm_|mtm_|fbclid|gclid|igsh|mc_cid)", re.IGNORECASE)


def look_at_open_graph(look: Look) -> Iterator[Verdict]:
    """W7: title, type, picture and address for shared links, the addresses whole."""
    for page in look.pages:
        image = (
            page.mark("og:image") or page.mark("og:image:url") or page.mark("og:image:secure_url")
        )
        there = {name: page.mark(name) for name in _OPEN_GRAPH} | {"og:image": image}
        missing = [name for name in _OPEN_GRAPH if not there[name]]
        relative = [n for n in _ADDRESSES if there[n] and not _is_whole(there[n])]
        width, height = (_read_size(page.mark(f"og:image:{side}")) for side in ("width", "height"))
        if missing:
            yield wrong("lacking", {"missing": look.join(missing)}, page.name)
        elif relative:
            yield wrong("relative", {"relative": look.join(relative)}, page.name)
        elif (width and width < _LEAST_WIDTH) or (height and height < _LEAST_HEIGHT):
            values = {"width": width or "?", "height": height or "?"}
            yield wrong("small", values, page.name)
        else:
            yield right("complete", {}, page.name)


def _is_whole(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _read_size(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004


def look_at_cards(look: Look) -> Iterator[Verdict]:
    """W8: the kind of card is set, the account named, and nothing is too long or an SVG."""
    account = next((p for p in look.active if p.platform == "x"), None)
    for page in look.pages:
        yield _judge_card(look, page, account)


def _judge_card(look: Look, page: Page, account: Profile | None) -> Verdict:
    card = page.mark("twitter:card").lower()
    if not card:
        return wrong("absent", {}, page.name)
    if card not in _CARDS:
        return wrong("odd", {"card": card}, page.name)
    site = page.mark("twitter:site")
    if account and not (site and account.matches(f"https://x.com/{site.lstrip('@')}") is not False):
        return wrong("site", {"profile": account.label}, page.name)
    long = _list_long(page)
    if long:
        return wrong("long", {"long": look.name_parts(long)}, page.name)
    picture = page.mark("twitter:image") or page.mark("og:image")
    if urlsplit(picture).path.lower().endswith(".svg"):
        return wrong("picture", {}, page.name)
    return right("complete", {"card": card}, page.name)


def _list_long(page: Page) -> list[str]:
    """Only tags of the card's own count: what falls back to Open Graph is cut short by itself."""
    long = []
    if len(page.mark("twitter:title")) > _TITLE:
        long.append("page_title")
    if len(page.mark("twitter:description")) > _DESCRIPTION:
        long.append("description")
    return long


def look_at_canonical(look: Look) -> Iterator[Verdict]:
    """W9: one canonical address, the same as og:url, without what only tracks."""
    for page in look.pages:
        named = list(dict.fromkeys(page.canonicals))
        other = page.mark("og:url")
        values: dict[str, object] = {"canonical": named[0] if named else "", "other": other}
        if not named:
            yield wrong("absent", {}, page.name)
        elif len(named) > 1:
            yield wrong("several", {**values, "count": len(named)}, page.name)
        elif _TRACKING.search(named[0]):
            yield wrong("tagged", values, page.name)
        elif other and not _is_equal(named[0], other):
            yield wrong("different", values, page.name)
        else:
            yield right("equal", values, page.name)


def _is_equal(one: str, other: str) -> bool:
    """Whether two addresses are of one page; without og:url being tagged either."""
    if _TRACKING.search(other):
        return False
    same_way = urlsplit(one).scheme == urlsplit(other).scheme or not _is_whole(other)
    return same_way and strip_tracking(one) == strip_tracking(other)


def look_at_basics(look: Look) -> Iterator[Verdict]:
    """W10: title, favicon, fit for phones, https for the page and all it loads."""
    for page in look.pages:
        missing, hidden = _list_basics(page)
        if missing:
            yield wrong("lacking", {"missing": look.name_parts(missing)}, page.name)
        elif hidden:
            yield unseen("unseen", {"unseen": look.name_parts(hidden)}, page.name)
        else:
            yield right("complete", {}, page.name)


def _list_basics(page: Page) -> tuple[list[str], list[str]]:
    """What is missing, and what only a browser or the live page would show."""
    scheme = urlsplit(page.address).scheme
    missing = [
        name
        for name, is_there in (
            ("title", bool(page.title)),
            ("viewport", "width" in page.mark("viewport").lower()),
            ("https", scheme != "http"),
            ("secure_parts", scheme == "http" or not page.insecure),
        )
        if not is_there
    ]
    hidden = [] if page.icons else ["icon"]
    hidden += [] if scheme else ["or_https"]
    return missing, hidden
