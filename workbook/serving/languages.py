"""In which language a visitor is answered: as they chose, else as their browser asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from babel.core import negotiate_locale

from workbook.translating import find_languages, name_language

if TYPE_CHECKING:
    from tornado.web import RequestHandler

#: The cookie that keeps a choice, the name a switch has in an address, and days it is kept.
COOKIE, CHOICE, DAYS = "wb_language", "language", 365
#: What an answer depends on.
VARIES = "Accept-Language, Cookie"
#: What a kernel is told its language by.
SETTING = "WORKBOOK_LANGUAGE"

_WISH = re.compile(r"\s*([A-Za-z0-9*-]{1,35})\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")
_MOST_WISHES = 30


def choose_language(chosen: str, accepted: str, fallback: str) -> str:
    """The language to answer in.

    Args:
        chosen: What the visitor chose, if anything.
        accepted: What the browser asks for: an ``Accept-Language`` (RFC 9110, 12.5.4).
        fallback: What is spoken where neither names a language there is.
    """
    known = find_languages()
    if chosen in known:
        return chosen
    wished = negotiate_locale(_list_wishes(accepted), known, sep="-")
    return next((each for each in known if each.lower() == (wished or "").lower()), fallback)


def _list_wishes(accepted: str) -> list[str]:
    """The languages a browser asks for, the dearest first; those it refuses are left out."""
    wishes = []
    for part in accepted.split(",")[:_MOST_WISHES]:
        if match := _WISH.fullmatch(part):
            weight = float(match[2]) if match[2] else 1.0
            wishes.append((-weight, match[1]))
    return [
        name for weight, name in sorted(wishes, key=lambda wish: wish[0]) if weight and name != "*"
    ]


def read_language(handler: RequestHandler) -> str:
    """The language of whoever asks."""
    settings = handler.settings.get("workbook_settings")
    return choose_language(
        handler.get_cookie(COOKIE, "") or "",
        handler.request.headers.get("Accept-Language", ""),
        settings.language if settings is not None else find_languages()[0],
    )


def take_choice(handler: RequestHandler, base_url: str) -> bool:
    """Whether a visitor switches: their choice is kept, and they are led back to the same page."""
    asked = handler.request
    if asked.method != "GET" or CHOICE not in asked.query_arguments:
        return False
    chosen = handler.get_query_argument(CHOICE, "")
    if chosen in find_languages():
        handler.set_cookie(
            COOKIE,
            chosen,
            path=base_url,
            expires_days=DAYS,
            httponly=True,
            samesite="Lax",
            secure=asked.protocol == "https",
        )
    handler.set_header("Cache-Control", "no-store")
    handler.redirect(_strip_choice(asked.uri or "/"), status=303)
    return True


def _strip_choice(address: str) -> str:
    """The address without the choice; it stays on this server, however it begins."""
    parts = urlsplit("/" + address.lstrip("/\\"))
    rest = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != CHOICE]
    return parts.path + (f"?{urlencode(rest)}" if rest else "")


def list_switches(language: str) -> list[dict[str, Any]]:
    """The other languages, each by its own name, for a page in a language."""
    others = [each for each in find_languages() if each != language]
    return [{"code": each, "name": name_language(each)} for each in others]
