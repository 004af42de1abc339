"""From which place a visit came: by the link's tags, the referring site, or the app around it.

Our own table stands above the vendor's channels, since Google files YouTube under video and a
shortener under social. A tag comes before the referrer, a click's mark before it too; the browser
inside an app tells its platform only where nothing else does. Each place has a number, so that
every engine can count with numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from workbook.discovery import read_toml
from workbook.measurement.tags import LINKS
from workbook.platforms import OTHER, load_platforms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

SOURCES: Final = "measurement/sources.toml"
SOCIALS: Final = "measurement/socials.toml"
SOURCE_TAGS: Final = ("utm_source", "mtm_source")
HOW_MANY: Final = 4096
"""More than there are numbers of places; a moment times this leaves room for one."""
_MOST_LABELS: Final = 4
_SHORTEST_WORD: Final = 3
"""Letters below which a part of a campaign's name is too short to be sure of."""
_STEP: Final = 8
_DIGITS: Final = 4


class Told(IntEnum):
    """By what the place of a visit was told."""

    TAG = 1
    CLICK = 2
    REFERRER = 3
    APP = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place visits come from."""

    platform: str
    """An id of ``platforms/``; “other” for a network without one; empty where no network is named
    or the place is no social network."""
    network: str = ""
    """The name of a network that is no platform of the workbook."""
    is_social: bool = True


class Origin(NamedTuple):
    """What a visit says of where it came from, in small letters; empty where it does not."""

    tag: str = ""
    medium: str = ""
    campaign: str = ""
    click: str = ""
    """The name of the click's mark in the address: ``fbclid``."""
    referrer: str = ""
    """The host of the referring page, or the name of an Android app."""
    app: str = ""
    """The platform whose app the page was opened in."""


UNNAMED: Final = Place("")
"""From social media, and nothing says from which network."""
ELSEWHERE: Final = Place("", is_social=False)
"""From a search engine, a letter, another website."""
ORIGIN: Final = Origin._fields


class Names(NamedTuple):
    """The table: every place by its number, and what leads to each number."""

    places: tuple[Place, ...]
    words: Mapping[str, int]
    """What stands in ``utm_source``."""
    hosts: Mapping[str, int]
    clicks: Mapping[str, int]
    apps: Mapping[str, int]


@cache
def load_names() -> Names:
    """The table of places; the first two are “unnamed” and “elsewhere”."""
    ours = [p for p in load_platforms() if p != "own"]
    others = [name for name, n in read_toml(SOCIALS).items() if "platform" not in n]
    places = (
        UNNAMED,
        ELSEWHERE,
        *(Place(platform) for platform in ours),
        *(Place(OTHER, name) for name in others),
    )
    number = {place.network or place.platform: i for i, place in enumerate(places) if i > 1}
    hosts = _read_hosts(number)
    words = hosts | _read_words(number)
    clicks = {c.lower(): number.get(p, 0) for c, p in read_toml(SOURCES)["clicks"].items()}
    apps = {p: number[p] for p in ours}
    return Names(places, words, hosts, clicks, apps)


def _read_hosts(number: Mapping[str, int]) -> dict[str, int]:
    table = read_toml(SOURCES)
    found: dict[str, int] = {}
    for name, network in read_toml(SOCIALS).items():
        found |= dict.fromkeys(network["hosts"], number[network.get("platform", name)])
    for platform in load_platforms().values():
        if platform.id in number:
            more = table.get(platform.id, {}).get("hosts", ())
            found |= dict.fromkeys((*platform.hosts, *more), number[platform.id])
    return {host: n for host, n in found.items() if host not in table["left_out"]["hosts"]}


def _read_words(number: Mapping[str, int]) -> dict[str, int]:
    table, names = read_toml(SOURCES), read_toml(LINKS)["names"]
    found: dict[str, int] = {name.lower(): n for name, n in number.items()}
    for platform in load_platforms().values():
        if platform.id in number:
            tag = platform.sheet.tagging.value if platform.sheet.tagging else platform.id
            more = [source.get(platform.id, {}).get("words", ()) for source in (names, table)]
            found |= dict.fromkeys((tag, *more[0], *more[1]), number[platform.id])
    found.pop("google", None)
    return found


# -- one visit -----------------------------------------------------------------------------------


def find_place(
    address: str = "", referrer: str = "", agent: str = "", own_hosts: Sequence[str] = ()
) -> tuple[Place, Told] | None:
    """The place one visit came from, and by what it is told; None where nothing tells it.

    Args:
        address: The page that was opened, with its query.
        referrer: The address or host of the page before.
        agent: What the browser calls itself.
        own_hosts: The business's own hosts; what comes from there names no source.
    """
    host = read_host(referrer)
    if host and _is_own(host, own_hosts):
        return None
    code = number_of(read_origin(address, host, agent))
    return read_number(code) if code is not None else None


def read_origin(address: str, referrer: str, agent: str) -> Origin:
    """What an address, a referrer and a browser say of the source."""
    query = {k.lower(): v.strip().lower() for k, v in parse_qsl(_query_of(address))}
    tag = next((query[name] for name in SOURCE_TAGS if query.get(name)), "")
    click = next((name for name in load_names().clicks if name in query), "")
    medium, campaign = query.get("utm_medium", ""), query.get("utm_campaign", "")
    return Origin(tag, medium, campaign, click, read_host(referrer), find_app(agent))


def _query_of(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:
        return ""


def read_host(referrer: str) -> str:
    """The host of an address, in small letters, without a port; a bare host stays what it is."""
    text = referrer.strip().lower()
    found = re.match(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/:?#]+)", text)
    if found:
        return found[1].rstrip(".")
    return text.split("/", 1)[0].split(":", 1)[0] if "." in text else ""


def find_word(name: str) -> str:
    """The first word of a campaign's name that names a place; empty where none does."""
    words = load_names().words
    parts = re.split(r"[^a-z0-9]+", name.lower())
    return next((part for part in parts if len(part) > _SHORTEST_WORD and part in words), "")


def _is_own(host: str, own_hosts: Sequence[str]) -> bool:
    return host.removeprefix("www.") in {own.lower().removeprefix("www.") for own in own_hosts}


def find_app(agent: str) -> str:
    """The platform whose app a page was opened in, by what its browser calls itself; or “”."""
    apps: list[dict[str, str]] = read_toml(SOURCES)["apps"]
    return next((app["platform"] for app in apps if re.search(app["pattern"], agent)), "")


def number_of(origin: Origin) -> int | None:
    """The number of what an origin tells; ``read_number`` reads it. None where it tells nothing.

    The same rules as ``number_sources``, which engines follow.
    """
    names = load_names()
    place = _tagged(origin, names)
    if place is not None:
        return _write(place, Told.TAG)
    click = names.clicks.get(origin.click)
    if click:
        return _write(click, Told.CLICK)
    host = _find_host(origin.referrer, names.hosts)
    if host is not None:
        return _write(host, Told.REFERRER)
    if origin.app in names.apps and (not origin.referrer or click is not None):
        return _write(names.apps[origin.app], Told.APP)
    if click is not None:
        return _write(click, Told.CLICK)
    return _write(1, Told.REFERRER) if origin.referrer else None


def _tagged(origin: Origin, names: Names) -> int | None:
    """The number of the place that the link's tags name; None where there are no tags."""
    if not origin.tag:
        return 0 if origin.medium in _social_mediums() else None
    for platform, told in read_toml(SOURCES)["campaigns"].items():
        if origin.tag in told["sources"] and origin.campaign in told["words"]:
            return names.apps[platform]
    found = names.words.get(origin.tag)
    if found is None:
        found = _find_host(origin.tag, names.hosts)
    if found is not None:
        return found
    return 0 if origin.medium in _social_mediums() else 1


def _social_mediums() -> tuple[str, ...]:
    return tuple(read_toml(SOURCES)["social_mediums"]["words"])


def _find_host(host: str, hosts: Mapping[str, int]) -> int | None:
    if host in hosts:
        return hosts[host]
    labels = host.split(".")
    tails = (".".join(labels[-n:]) for n in range(_MOST_LABELS, 1, -1) if len(labels) > n)
    return next((hosts[tail] for tail in tails if tail in hosts), None)


def _write(place: int, told: Told) -> int:
    return place * _STEP + told


def read_number(code: int) -> tuple[Place, Told]:
    """The place and the kind of evidence behind a number."""
    return load_names().places[code // _STEP], Told(code % _STEP)


# -- all visits of an engine ----------------------------------------------------------------------


def number_sources(origins: ir.Table, own_hosts: Sequence[str] = ()) -> ir.Table:
    """A table with the columns of an origin, with ``source``: the number of what they tell.

    Nothing (null) where they tell nothing, or where the page before is the business's own.
    Follows the same rules as ``number_of``.
    """
    import ibis  # noqa: PLC0415 - heavy, and only for files and databases of visits

    none = ibis.null("int64")
    placed = _place_parts(origins)
    is_click, is_bare = placed.click.isin([*load_names().clicks]), placed.referrer == ""
    told = ibis.coalesce(
        _number(ibis.coalesce(placed.by_campaign, placed.by_tag, placed.by_medium), Told.TAG),
        _number(placed.by_click, Told.CLICK),
        _number(placed.by_host, Told.REFERRER),
        ibis.ifelse(is_bare | is_click, _number(placed.by_app, Told.APP), none),
        ibis.ifelse(is_click, ibis.literal(_write(0, Told.CLICK), "int64"), none),
        ibis.ifelse(is_bare, none, ibis.literal(_write(1, Told.REFERRER), "int64")),
    )
    own = sorted({form for host in own_hosts for form in _forms(host)})
    source = ibis.ifelse(placed.referrer.isin(own), none, told) if own else told
    return placed.select(*ORIGIN, source=source)


def _forms(host: str) -> tuple[str, str]:
    bare = host.lower().removeprefix("www.")
    return bare, f"www.{bare}"


def _number(place: ir.Value, told: Told) -> ir.Value:
    return place * _STEP + int(told)


def _place_parts(origins: ir.Table) -> ir.Table:
    """What each part of an origin tells by itself, as the number of a place or null.

    Each step ends with ``distinct``: engines would otherwise be sent the steps written into each
    other, megabytes of them.
    """
    import ibis  # noqa: PLC0415 - loaded by the caller

    names = load_names()
    tables = {
        "hosts": names.hosts,
        "words": names.words,
        "clicks": {mark: number for mark, number in names.clicks.items() if number},
        "apps": names.apps,
    }
    texts = {f"all_{name}": ibis.literal(_write_table(table)) for name, table in tables.items()}
    tails = {
        f"{column}_{labels}": _cut(origins[column], labels)
        for column in ("referrer", "tag")
        for labels in range(2, _MOST_LABELS + 1)
    }
    cut = origins.mutate(**texts, **tails).distinct()
    return cut.select(
        *ORIGIN,
        by_campaign=_choose_campaign(cut, names),
        by_tag=_find_longest(cut, "tag", cut.all_words),
        by_medium=_choose_medium(cut),
        by_click=_find_number(cut.all_clicks, cut.click),
        by_host=_find_longest(cut, "referrer", cut.all_hosts),
        by_app=_find_number(cut.all_apps, cut.app),
    ).distinct()


def _cut(column: ir.StringColumn, labels: int) -> ir.Value:
    """The last labels of a host; the rest is what it lies below."""
    return column.re_extract(rf"((?:[^.]+\.){{{labels - 1}}}[^.]+)$", 1).fill_null("")


def _write_table(numbers: Mapping[str, int]) -> str:
    """A table of words and numbers as one text, in which every engine finds a word at once.

    A choice among hundreds of words would be written, sent and worked through word by word.
    """
    return "|" + "|".join(f"{word}={number:0{_DIGITS}}" for word, number in numbers.items())


def _find_number(table: ir.Value, word: ir.Value) -> ir.Value:
    """The number of a word in a table that is written as a text; null where it has none."""
    import ibis  # noqa: PLC0415 - loaded by the caller

    at = table.find(ibis.literal("|") + word + "=")
    number = table.substr(at + word.length() + 2, _DIGITS)
    is_there = (at >= 0) & ~word.contains("|")
    return ibis.ifelse(is_there, number, ibis.null("string")).cast("int64")


def _find_longest(cut: ir.Table, column: str, table: ir.Value) -> ir.Value:
    """The number of a host or tag, or of the nearest host that it lies below."""
    import ibis  # noqa: PLC0415 - loaded by the caller

    forms = (column, *(f"{column}_{labels}" for labels in range(_MOST_LABELS, 1, -1)))
    return ibis.coalesce(*(_find_number(table, cut[form]) for form in forms))


def _choose_campaign(origins: ir.Table, names: Names) -> ir.Value:
    import ibis  # noqa: PLC0415 - loaded by the caller

    branches = [
        (
            origins.tag.isin(told["sources"]) & origins.campaign.isin(told["words"]),
            ibis.literal(names.apps[platform], "int64"),
        )
        for platform, told in read_toml(SOURCES)["campaigns"].items()
    ]
    return ibis.cases(*branches, else_=ibis.null("int64"))


def _choose_medium(origins: ir.Table) -> ir.Value:
    import ibis  # noqa: PLC0415 - loaded by the caller

    return ibis.cases(
        (origins.medium.isin(_social_mediums()), ibis.literal(0, "int64")),
        (origins.tag != "", ibis.literal(1, "int64")),
        else_=ibis.null("int64"),
    )
