"""What is wrong with a tagged link: each trap, what it does to the counts, and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.channels import (
    SOCIAL_MEDIUMS,
    Prediction,
    find_category,
    is_about_shopping,
    is_cross_network,
    is_paid,
    predict_channel,
    shorten,
)
from workbook.measurement.names import find_host, find_platform
from workbook.measurement.tags import (
    LONGEST,
    PREFIX,
    AddressFault,
    Tags,
    collect_tags,
    is_tag,
    make_name,
    split_address,
    split_query,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from urllib.parse import SplitResult

    from workbook.measurement.tags import Parameter

WORDS = "measurement/traps.toml"
_LOOK = 2_000
"""Letters of a value that are looked at; no tag is as long."""
_MOST_SIGNS = 20
_ENCODED = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z0-9_.~-]*")
_DOMAIN = re.compile(r"[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|00)\s?\d[\d\s().-]{7,20}")
_CHECKED = ("source", "medium", "campaign", "content")


@dataclass(frozen=True, slots=True)
class LinkProblem:
    """What is wrong with a link: which trap, what it does, and how to mend it."""

    id: str
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a link: its tags, its channel (None for no address), and its problems."""

    tags: Tags
    prediction: Prediction | None
    problems: tuple[LinkProblem, ...]
    address: str = ""


class _Trap(NamedTuple):
    id: str
    values: Mapping[str, object]


def lint_link(
    link: str | Sequence[str], *, placed_on: str = "", language: str = BASE_LANGUAGE
) -> tuple[LinkProblem, ...]:
    """The traps a link is caught in; none where it is right.

    Args:
        link: A whole address, or its source, medium and campaign (content and term may follow).
        placed_on: The page on which the link stands, where that is known: on the same website a
            link must carry no tags.
        language: The language of the words.
    """
    return judge_link(link, placed_on=placed_on, language=language).problems


def judge_link(
    link: str | Sequence[str], *, placed_on: str = "", language: str = BASE_LANGUAGE
) -> Judgement:
    """The tags of a link, the channel it will count under, and the traps it is caught in.

    Takes the same as ``lint_link``.
    """
    if not isinstance(link, str):
        tags = Tags(*link)
        prediction = predict_channel(tags.source, tags.medium, tags.campaign, language)
        return Judgement(tags, prediction, _word(_check_tags(tags, prediction), language))
    parts = split_address(link)
    if isinstance(parts, AddressFault):
        values = {"given": shorten(link), "scheme": parts.scheme, "limit": LONGEST}
        return Judgement(Tags(), None, _word([_Trap(parts.id, values)], language), link)
    parameters = split_query(parts.query)
    tags = collect_tags(parameters)
    prediction = predict_channel(tags.source, tags.medium, tags.campaign, language)
    found = _check_address(parts, parameters, tags, prediction, placed_on)
    return Judgement(tags, prediction, _word(found, language), link)


def word_trap(trap: str, language: str = BASE_LANGUAGE, **values: object) -> LinkProblem:
    """One trap in words."""
    return _word([_Trap(trap, values)], language)[0]


def _word(traps: Iterable[_Trap], language: str) -> tuple[LinkProblem, ...]:
    said = load_words(WORDS, language)
    found = []
    for trap, values in {t.id: t for t in traps}.values():
        shown = {k: shorten(v) if isinstance(v, str) else v for k, v in values.items()}
        for key in ("part", "parts"):
            if key in values:
                names = [said["parts"][name] for name in str(values[key]).split()]
                shown[key] = said["and"].join(names)
        entry = said["traps"][trap]
        found.append(
            LinkProblem(trap, entry["text"].format(**shown), entry["mend"].format(**shown))
        )
    return tuple(found)


# -- the address -------------------------------------------------------------------------------


def _check_address(
    parts: SplitResult, parameters: list[Parameter], tags: Tags, channel: Prediction, page: str
) -> Iterator[_Trap]:
    broken = list(_check_form(parts, parameters))
    yield from broken
    yield from _check_parameters(parameters)
    if "@" in parts.netloc or any(is_personal(p.value) for p in parameters if not is_tag(p.name)):
        yield _Trap("personal", {"part": "address"})
    if not any(tags) and not broken:
        yield _Trap("untagged", {})
        return
    yield from _check_target(parts, tags, page)
    for trap in _check_tags(tags, channel):
        follows = trap.id.endswith("-missing") or trap.id in {"unassigned", "untagged"}
        if not (broken and follows):
            yield trap


def _check_form(parts: SplitResult, parameters: list[Parameter]) -> Iterator[_Trap]:
    """What keeps a counter from reading tags that are there."""
    if PREFIX in parts.path.lower():
        yield _Trap("no-question-mark", {})
    if PREFIX in parts.fragment.lower():
        yield _Trap("behind-hash", {})
    if "?" in parts.query and any(_is_joined(p.written) for p in parameters):
        yield _Trap("second-question-mark", {})
    if f"&amp;{PREFIX}" in parts.query.lower():
        yield _Trap("escaped-ampersand", {})
    known = words("known")
    for parameter in parameters:
        given = parameter.name
        if given in known or "?" in given:
            continue
        name = given.strip().lower().replace("-", "_")
        if name.startswith("utm"):
            yield _Trap("parameter-name", {"given": given, "meant": _guess(name)})


def _is_joined(written: str) -> bool:
    """Whether a second question mark glues a tag to what stands before or behind it."""
    head, mark, rest = written.partition("?")
    return bool(mark) and (PREFIX in rest.lower() or head.lower().startswith(PREFIX))


def _guess(name: str) -> str:
    """The tag that a misspelt one most likely was meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415 - seldom needed

    known = sorted(words("known"))
    return next(iter(get_close_matches(name[:_LOOK], known, 1, 0)), known[0])


def _check_parameters(parameters: list[Parameter]) -> Iterator[_Trap]:
    seen: set[str] = set()
    clicks = words("click_ids")
    for parameter in parameters:
        name = parameter.name
        if name in seen and name.removeprefix(PREFIX) in Tags._fields:
            yield _Trap("repeated", {"part": name.removeprefix(PREFIX)})
        elif name.lower() in clicks:
            yield _Trap("click-id", {"given": name})
        seen.add(name)


def _check_target(parts: SplitResult, tags: Tags, page: str) -> Iterator[_Trap]:
    """Where the link leads to, and from where."""
    host = _bare_host(parts)
    platform = find_host(host)
    if host in words("shorteners"):
        yield _Trap("short-link", {"host": host})
    elif platform:
        yield _Trap("leads-to-platform", {"place": platform.name})
    placed = split_address(page) if page else AddressFault("")
    here = "" if isinstance(placed, AddressFault) else _bare_host(placed)
    if host in {here, tags.source.strip().lower().removeprefix("www.")}:
        yield _Trap("internal", {})


def _bare_host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".").removeprefix("www.")


# -- what the tags say -------------------------------------------------------------------------


def _check_tags(tags: Tags, channel: Prediction) -> Iterator[_Trap]:
    is_short = all(len(value) <= _LOOK for value in tags)
    short = tags if is_short else Tags(*(value[:_LOOK] for value in tags))
    source, medium, campaign = (value.strip().lower() for value in short[:3])
    if source == "(direct)":
        return
    if not (source or medium or campaign):
        yield _Trap("untagged", {})
        return
    yield from _check_missing(source, medium, campaign)
    values = {"source": source, "medium": medium, "campaign": campaign, "channel": channel.channel}
    if source in words("mediums") and (find_platform(medium) or find_category(medium)):
        yield _Trap("swapped", values)
    else:
        yield from _check_place(source, medium, values, channel)
    if medium in words("internal"):
        yield _Trap("internal", values)
    if is_about_shopping(campaign) and channel.rule.endswith("shopping"):
        yield _Trap("shop-in-campaign", values)
    if is_cross_network(campaign):
        yield _Trap("cross-network", values)
    yield from _check_spelling(short)


def _check_missing(source: str, medium: str, campaign: str) -> Iterator[_Trap]:
    if not source:
        yield _Trap("source-missing", {})
    if not medium:
        yield _Trap("medium-missing", {})
    if not campaign and not _is_found(source, medium):
        yield _Trap("campaign-missing", {})


def _is_found(source: str, medium: str) -> bool:
    """Whether source and medium are what a counter writes for links that carry no tags."""
    by_search = medium == "organic" and find_category(source) == "search"
    return by_search or (medium == "referral" and "." in source)


def _check_place(
    source: str, medium: str, values: Mapping[str, object], channel: Prediction
) -> Iterator[_Trap]:
    """The name of the place, and the kind of link from it."""
    platform, category = find_platform(source), find_category(source)
    found = _is_found(source, medium)
    if platform and source != platform.sheet.tagging.value and not found:
        wanted = platform.sheet.tagging.value
        unlisted = is_paid(medium) and not category and bool(find_category(wanted))
        yield _Trap("paid-alias" if unlisted else "other-name", {**values, "wanted": wanted})
    elif platform and is_paid(medium) and not category:
        yield _Trap("paid-unlisted", {**values, "place": platform.name})
    is_social = bool(platform) or category == "social" or medium in SOCIAL_MEDIUMS
    if not medium or is_paid(medium) or found:
        return
    if "video" in medium:
        yield _Trap("video-in-medium", values)
    elif is_social and medium != "social":
        yield _Trap("medium-not-social", values)
    elif channel.rule == "unassigned" and source and medium not in words("offline"):
        yield _Trap("unassigned", values)


def _check_spelling(tags: Tags) -> Iterator[_Trap]:
    if _PLAIN.fullmatch("".join(tags)) and not any(value.startswith("00") for value in tags):
        return
    given = {name: getattr(tags, name) for name in _CHECKED}
    given = {k: v for k, v in given.items() if not v.strip().startswith(("(", "{"))}
    upper = {k: v.lower() for k, v in given.items() if v != v.lower()}
    spaced = {k: make_name(v) for k, v in given.items() if re.search(r"\s", v)}
    encoded = {k for k, v in given.items() if _ENCODED.search(v)}
    bare = {k: re.sub(r"\s+", "", _ENCODED.sub("", v)).lower() for k, v in given.items()}
    signs = {k for k, v in bare.items() if not _PLAIN.fullmatch(v)}
    personal = [k for k in (*given, "term") if is_personal(getattr(tags, k))]
    if upper:
        yield _Trap("upper-case", {"parts": " ".join(upper), "wanted": ", ".join(upper.values())})
    if spaced:
        yield _Trap("spaces", {"parts": " ".join(spaced), "wanted": ", ".join(spaced.values())})
    if encoded:
        yield _Trap("encoded", {"parts": " ".join(k for k in given if k in encoded)})
    if personal:
        yield _Trap("personal", {"part": personal[0]})
    elif signs:
        yield _Trap("signs", {"parts": " ".join(k for k in given if k in signs)})


def is_personal(value: str) -> bool:
    """Whether a value holds what looks like an e-mail address or a telephone number."""
    value = value[:_LOOK].replace("%40", "@").strip()
    if value.startswith(("+", "00")) and _PHONE.fullmatch(value):
        return True
    at = value.find("@")
    for _ in range(_MOST_SIGNS):
        if at < 0:
            return False
        if at > 0 and value[at - 1].isalnum() and _DOMAIN.match(value, at + 1):
            return True
        at = value.find("@", at + 1)
    return False
