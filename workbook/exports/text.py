"""Text and links as a document may carry them: the one place that takes out what it may not."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of a line, and of what stands behind them in it."""
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]"
)
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
_PHONE = re.compile(r"\+?[0-9().\s-]{3,30}")
_ANCHOR = re.compile(r"#[A-Za-z][A-Za-z0-9_-]*")


def clean(text: str) -> str:
    """The text without characters that a document may not carry; every line break is a newline.

    XML knows no control characters, and a mark that turns the direction would turn the words
    beside it too; letters find their own direction without it.
    """
    return _TURNS.sub("", _FORBIDDEN.sub("", _BREAKS.sub("\n", text)))


def _clean_if_text(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def read_link(address: str | None) -> str | None:
    """The address in a form every format can link to, or None when it is no safe link.

    Web, mail and telephone addresses and anchors within the document pass; spaces and foreign
    letters are percent-encoded, since Word refuses a file with a malformed target.
    """
    text = clean(address or "").strip()
    scheme, _, rest = text.partition(":")
    match scheme.lower():
        case "http" | "https":
            return _read_web_link(text)
        case "mailto" if _MAILBOX.fullmatch(rest):
            return "mailto:" + quote(rest, safe="@+-._~%?=&,")
        case "tel" if _PHONE.fullmatch(rest):
            return "tel:" + re.sub(r"[^0-9+]", "", rest)
    return text if _ANCHOR.fullmatch(text) else None


def _read_web_link(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if not _HOST.fullmatch(host):
        return None
    kept = "/:@!$&'()*+,;=-._~%?"
    path, query, fragment = (
        quote(_LONE_PERCENT.sub("%25", part), safe=kept)
        for part in (parts.path, parts.query, parts.fragment)
    )
    tail = path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
    return f"{parts.scheme.lower()}://{host}{port}{tail}"


def _flatten_if_text(value: object) -> object:
    return " ".join(clean(value).split()) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_clean_if_text)]
Line = Annotated[str, BeforeValidator(_flatten_if_text)]
Link = Annotated[str | None, BeforeValidator(read_link)]
