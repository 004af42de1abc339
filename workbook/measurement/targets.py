"""What counts as Services, as Contact and as getting in touch: pages, events and forms sent.

A target is written as an owner would: ``/services`` or the page's whole address for a page,
``/services/*`` for it and all below it, ``contact_form_sent`` for an event, ``POST /contact`` for
a form that is sent to an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

STAGES: Final = ("services", "contact", "used")
"""The stages after the visit itself, in their order."""
_REQUEST: Final = re.compile(r"^(?P<method>GET|POST|PUT|PATCH)\s+(?P<path>\S.*)$", re.IGNORECASE)
_HOST_FIRST: Final = re.compile(r"^[\w-]+(\.[\w-]+)+(:\d+)?/")
_LONGEST: Final = 2000


class TargetKind(StrEnum):
    """What a target looks at."""

    PAGE = "page"
    EVENT = "event"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Target:
    """One page, event or form that counts for a stage."""

    kind: TargetKind
    value: str
    """A path as ``clean_path`` makes it, or the name of an event as ``clean_event`` does."""
    is_prefix: bool = False
    """Whether all pages below the path count too."""
    method: str = ""
    """Of a request: POST, PUT …"""

    def matches_page(self, address: str) -> bool:
        """Whether a page's address or path is meant."""
        if self.kind is not TargetKind.PAGE:
            return False
        path = clean_path(address)
        if path == self.value:
            return True
        return self.is_prefix and path.startswith(self.value.rstrip("/") + "/")

    def matches_event(self, name: str) -> bool:
        """Whether an event of this name is meant."""
        return self.kind is TargetKind.EVENT and clean_event(name) == self.value


@dataclass(frozen=True, slots=True)
class Targets:
    """What counts for each stage, as it was written; several may count for one."""

    services: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    def of(self, stage: str) -> tuple[Target, ...]:
        """The targets of a stage, read; empty where nothing is named."""
        return tuple(read_target(text) for text in getattr(self, stage) if text.strip())


@lru_cache(maxsize=512)
def read_target(text: str) -> Target:
    """A target as it was written: a path, an address, an event, or a method and a path."""
    plain = text.strip()
    if request := _REQUEST.match(plain):
        method = request["method"].upper()
        return Target(TargetKind.REQUEST, clean_path(request["path"]), method=method)
    if not _is_address(plain):
        return Target(TargetKind.EVENT, clean_event(plain))
    bare = plain.rstrip("*")
    return Target(TargetKind.PAGE, clean_path(bare), is_prefix=bare != plain)


def _is_address(text: str) -> bool:
    return text.startswith("/") or "://" in text or bool(_HOST_FIRST.match(text))


@lru_cache(maxsize=65_536)
def clean_path(address: str) -> str:
    """The path of an address as it is compared; empty where there is none.

    Without host, query, fragment and closing slash, decoded, in small letters: reports of one
    tool write ``/contact-us/`` and ``/contact-us``, people ``/Contact-Us``. The home page is
    ``/``.
    """
    text = address.strip()[:_LONGEST]
    if text.casefold() in {"", "(not set)", "-"}:
        return ""
    if "://" not in text and _HOST_FIRST.match(text):
        text = f"http://{text}"
    try:
        path = urlsplit(text).path if "://" in text else re.split(r"[?#]", text, maxsplit=1)[0]
    except ValueError:
        return ""
    plain = unquote(path).strip().casefold()
    if not plain.startswith("/"):
        plain = f"/{plain}"
    return plain.rstrip("/") or "/"


def clean_event(name: str) -> str:
    """The name of an event as it is compared: small letters, spaces collapsed."""
    return " ".join(name.casefold().split())[:_LONGEST]
