"""The tags in a link: taken out of an address however it was mangled, and put into one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote_plus, urlsplit

from workbook.discovery import read_toml
from workbook.values import clean_text

LINKS = "measurement/links.toml"
LONGEST = 8_000
"""Characters of an address; browsers and counters cut longer ones at different places."""
PREFIX = "utm_"
_OTHER_PREFIXES = ("utm", "mtm_", "pk_")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WRAPPED = {"<>", '""', "''", "“”"}
_WEB = {"http", "https"}
_PORT = re.compile(r"[\w-]+(?:\.[\w-]+)+:\d{1,5}(?:[/?#]|$)")
_NO_HOST = re.compile(r"[\s<>\"'\\^`{|}%]")
_KEPT = "/%:@!$&'()*+,;=~-._?[]"
_NO_SLUG = re.compile(r"[^a-z0-9_]+")
LONGEST_NAME = 60


class Tags(NamedTuple):
    """What a link says of itself, decoded once and otherwise as it stands."""

    source: str = ""
    medium: str = ""
    campaign: str = ""
    content: str = ""
    term: str = ""


class Parameter(NamedTuple):
    """A part of a query: its name and value decoded, and as it was written."""

    name: str
    value: str
    written: str


class AddressFault(NamedTuple):
    """Why an address cannot be used; ``id`` names its words among the traps."""

    id: str
    scheme: str = ""


def words(name: str) -> frozenset[str]:
    """A list of names in ``links.toml``, such as “shorteners”."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    found = read_toml(LINKS)
    return {name: frozenset(e["words"]) for name, e in found.items() if "words" in e}


def split_address(text: str) -> SplitResult | AddressFault:
    """A web address in its parts, or why it is none; “https” is put before one without a scheme."""
    if len(text) > LONGEST:
        return AddressFault("too-long")
    text = _unwrap(text)
    if text.startswith("//"):
        text = f"https:{text}"
    scheme = _SCHEME.match(text)
    if scheme is None or (scheme[1].lower() not in _WEB and _PORT.match(text)):
        text = f"https://{text}"
    elif scheme[1].lower() not in _WEB:
        return AddressFault("not-web", scheme[1].lower())
    try:
        parts = urlsplit(text)
        _ = parts.port  # one that cannot be raises
        host = parts.hostname or ""
        is_named = "." in host or ":" in host or host == "localhost"
        if not is_named or _NO_HOST.search(host):
            return AddressFault("unreadable")
        if not host.isascii():
            host.encode("idna")
    except ValueError:  # among them what cannot be a name in any language
        return AddressFault("unreadable")
    return parts


def _unwrap(text: str) -> str:
    """An address without the space and the marks that stand around it in a letter."""
    text = (text if text.isprintable() else clean_text(text)).strip()
    return text[1:-1].strip() if text[:1] + text[-1:] in _WRAPPED else text


def split_query(query: str) -> list[Parameter]:
    """The parts of a query in their order."""
    found = []
    for written in query.split("&"):
        name, _, value = written.partition("=")
        if "%" in written or "+" in written:
            name, value = unquote_plus(name), unquote_plus(value)
        if written:
            found.append(Parameter(name, value, written))
    return found


def collect_tags(parameters: list[Parameter]) -> Tags:
    """The tags among the parts of a query; the first where there are several of a name."""
    first: dict[str, str] = {}
    for parameter in parameters:
        first.setdefault(parameter.name, parameter.value)
    return Tags(*(first.get(PREFIX + name, "") for name in Tags._fields))


def is_tag(name: str) -> bool:
    """Whether a parameter only tells where a visit came from, however it is misspelt."""
    return name.lower().startswith(_OTHER_PREFIXES)


def join_address(parts: SplitResult, kept: list[Parameter], tags: Tags) -> str:
    """An address with tags after what its query has, and before the place on the page."""
    ours = [f"{PREFIX}{name}={quote(value, safe='')}" for name, value in _filled(tags)]
    query = "&".join([*(quote(p.written, safe=_KEPT) for p in kept), *ours])
    made = parts._replace(
        path=quote(parts.path or "/", safe=_KEPT),
        query=query,
        fragment=quote(parts.fragment, safe=_KEPT + "#"),
    )
    return made.geturl()


def _filled(tags: Tags) -> list[tuple[str, str]]:
    return [(name, value) for name, value in tags._asdict().items() if value]


def make_name(text: str) -> str:
    """A name as tags want it: small letters a to z, digits, hyphens and underscores.

    Accents are left off; what has no such letter at all comes out empty.
    """
    plain = unicodedata.normalize("NFKD", text[: LONGEST_NAME * 4]).encode("ascii", "ignore")
    name = _NO_SLUG.sub("-", plain.decode("ascii").lower())
    return re.sub(r"-*_[-_]*", "_", name).strip("-_")[:LONGEST_NAME].strip("-_")


def make_ascii(parts: SplitResult) -> str:
    """An address in the letters that travel everywhere: host and path encoded where needed."""
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    user, at, _ = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port is not None else ""
    made = parts._replace(
        netloc=f"{quote(user, safe=_KEPT)}{at}{host}{port}",
        path=quote(parts.path, safe=_KEPT),
        query=quote(parts.query, safe=_KEPT),
        fragment=quote(parts.fragment, safe=_KEPT + "#"),
    )
    return made.geturl()
