"""Addresses of profiles: one canonical form for each, from any form people paste.

What only tracks (``?igsh=…``, ``utm_…``), hosts for phones and countries, and the tabs of a
profile are dropped. A link that shares a page, or that leads to one post, is no profile. What a
platform's addresses look like stands in ``platforms/<platform>.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from workbook.errors import ContentError
from workbook.platforms import load_platforms
from workbook.values import clean_text

if TYPE_CHECKING:
    from workbook.platforms import Platform, ProfileForms

_LONGEST = 2000
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"^https?:", re.IGNORECASE)
_FREE_NAME = re.compile(r"^[^\s/?#:]+$")
_PREFIXES = ("www.", "m.", "mobile.", "mbasic.", "touch.", "web.")
_CASED = {"youtube:channel", "discord:invite", "whatsapp:channel", "whatsapp:message",
          "telegram:invite", "google_business:code",
          "google_business:place"}  # fmt: skip
"""Kinds whose names are codes, where capitals tell two apart."""


@dataclass(frozen=True, slots=True)
class ProfileAddress:
    """Where a profile is: its platform, its name there, and its canonical address.

    ``kind`` tells forms of a platform apart (a company, a person); it is empty where only the
    name is known, so that ``url`` is then the most likely address and not a sure one.
    """

    platform: str
    name: str
    url: str
    kind: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the address was given and not only a name."""
        return bool(self.kind)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a link leads to: a platform, and the profile there where it is one.

    ``is_short`` says that it is a short link, whose goal cannot be seen from here; ``is_guess``
    that it only looks like a profile on a platform that runs on any host.
    """

    platform: str
    profile: ProfileAddress | None = None
    is_short: bool = False
    is_guess: bool = False


def read_profile(text: str, platform: str = "") -> ProfileAddress | None:
    """The profile that was meant, by its address or its name; None where none is recognised.

    A bare name (``@acme``) needs the platform. ``read_profile("m.facebook.com/acme?ref=x")``
    gives ``https://www.facebook.com/acme``.
    """
    text = clean_text(text)[:_LONGEST].strip().strip("<>()[]\"'“”,;").strip()
    if not text:
        return None
    found = read_link(_add_scheme(text))
    if found and found.profile:
        meant = found.platform == platform or (not platform and not found.is_guess)
        if meant:
            return found.profile
    known = load_platforms().get(platform)
    forms = known.profile if known else None
    return _read_name(text, platform, forms) if forms else None


def read_link(address: str) -> Reference | None:
    """What a web address has to do with a platform; None where it has nothing to do with one."""
    host, path = _split(address)
    if not host:
        return None
    for platform in load_platforms().values():
        forms = platform.profile
        if forms is None:
            continue
        if host in forms.short_hosts:
            return Reference(platform.id, is_short=True)
        if _is_own(host, forms.other_hosts):
            return Reference(platform.id)
        found = _match(host, path, platform, forms)
        if found:
            return found
    return _match_any_host(host, path)


def is_same(one: ProfileAddress, other: ProfileAddress) -> bool | None:
    """Whether two addresses are of one profile; None where that cannot be told from them.

    On some platforms one profile has addresses of several kinds, a number and a name; and a name
    alone does not say on which host it is.
    """
    if one.platform != other.platform:
        return False
    if one.is_sure and other.is_sure:
        if one.kind == other.kind:
            return one.name == other.name
        return None if _forms_of(one.platform).alternatives else False
    named, sure = (one, other) if other.is_sure else (other, one)
    return _is_named(named.name, sure)


def _is_named(name: str, profile: ProfileAddress) -> bool | None:
    """Whether a bare name may be that of a profile."""
    forms = _forms_of(profile.platform)
    local, _, host = profile.name.partition("@")
    if name == profile.name or (name == local and not forms.any_host):
        return True
    if name == local:
        return None if host else True
    usual = not profile.kind or any(
        form.kind == profile.kind and form.url == forms.url for form in forms.forms
    )
    return None if forms.alternatives and not usual else False


def strip_tracking(address: str) -> str:
    """An address without scheme, “www.”, query, fragment and last slash, for comparing."""
    host, path = _split(address)
    return f"{host}{unquote(path.partition('?')[0])}".rstrip("/")


def host_of(address: str) -> str:
    """The host of a web address without “www.” and the like; empty where there is none."""
    return _split(_add_scheme(address))[0]


# -- how an address is taken apart --------------------------------------------------------------


def _add_scheme(text: str) -> str:
    if text.startswith("//"):
        return f"https:{text}"
    return text if _WEB.match(text) else f"https://{text}"


def _split(address: str) -> tuple[str, str]:
    """Host without its usual prefixes, and path with query; empty where it is no web address."""
    if _SCHEME.match(address) and not _WEB.match(address):
        return "", ""
    try:
        parts = urlsplit(address[:_LONGEST])
        host = (parts.hostname or "").rstrip(".")
        _ = parts.port  # a port that cannot be raises as well
    except ValueError:
        return "", ""
    if "." not in host or "@" in parts.netloc:
        return "", ""
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
            break
    path = parts.path
    if parts.fragment.startswith("!/"):
        path = f"{path.rstrip('/')}/#{parts.fragment}"
    return host, f"{path}?{parts.query}" if parts.query else path


def _match(host: str, path: str, platform: Platform, forms: ProfileForms) -> Reference | None:
    base = _find_base(host, platform, forms)
    if not base:
        return None
    route, _, query = path.partition("?")
    kept = [f"{k}={v}" for k, v in parse_qsl(query) if k in forms.keep and v]
    text = f"{base}/{unquote(route).strip('/')}" + (f"?{kept[0]}" if kept else "")
    found = _match_forms(text, platform.id, forms, host)
    if found or base in platform.hosts:
        return Reference(platform.id, found)
    return None


def _find_base(host: str, platform: Platform, forms: ProfileForms) -> str:
    country = forms.country
    if country and re.match(country.pattern, host):
        return country.host
    return next((h for h in (*platform.hosts, *forms.hosts) if _is_own(host, (h,))), "")


def _is_own(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in hosts)


def _match_forms(text: str, platform: str, forms: ProfileForms, host: str) -> ProfileAddress | None:
    for form in forms.forms:
        match = _compile(form.pattern).match(text)
        if match is None:
            continue
        name = match["name"]
        if name.lower() in forms.not_profiles:
            return None
        parts = {"host": host, **match.groupdict()}
        return _make(platform, name, form.url, form.kind, parts)
    return None


def _match_any_host(host: str, path: str) -> Reference | None:
    """A profile on a platform that runs on any host, such as Mastodon."""
    route = unquote(path.partition("?")[0]).strip("/")
    for platform in load_platforms().values():
        forms = platform.profile
        if forms and forms.any_host:
            found = _match_forms(f"{host}/{route}", platform.id, forms, host)
            if found:
                return Reference(platform.id, found, is_guess=not _is_own(host, platform.hosts))
    return None


def _read_name(text: str, platform: str, forms: ProfileForms) -> ProfileAddress | None:
    name = unquote(text).lstrip("@").strip("/")
    if forms.any_host and "@" not in name and _FREE_NAME.match(name):
        return ProfileAddress(platform, name.lower(), "")
    if forms.bare_suffix and "." not in name and ":" not in name:
        name += forms.bare_suffix
    match = _compile(forms.pattern).match(name) if forms.pattern else None
    if match is None or match["name"].lower() in forms.not_profiles:
        return None
    made = _make(platform, match["name"], forms.url, forms.only_kind, match.groupdict())
    read = read_link(made.url)
    return made if read and read.profile and read.profile.url == made.url else None


def _make(platform: str, name: str, url: str, kind: str, parts: dict[str, str]) -> ProfileAddress:
    shown = name if f"{platform}:{kind}" in _CASED else name.lower()
    host = parts.get("host", "").lower()
    full = url.format(name=quote(shown, safe="@:._-~+%"), host=host)
    return ProfileAddress(platform, f"{shown}@{host}" if "{host}" in url else shown, full, kind)


def _forms_of(platform: str) -> ProfileForms:
    forms = load_platforms()[platform].profile
    if forms is None:
        raise ContentError(reason=f"no profile is addressed on {platform}")
    return forms


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
