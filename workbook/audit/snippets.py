"""The fix as lines to copy, filled from the plan: links, JSON-LD, tags for shared links.

Nothing is made up: what the plan does not say is left out, or marked as a gap where a page needs
it. Everything is escaped for the place it stands in.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from workbook.audit.inventory import list_active
from workbook.audit.markup import load_types
from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.links import TaggedLink, build_link
from workbook.measurement.placements import find_page
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.audit.inventory import Profile
    from workbook.plan import Plan

WORDS = "audit/snippets.toml"
_LONGEST_DESCRIPTION = 200
_ADDRESS = {
    "streetAddress": "street",
    "addressLocality": "town",
    "addressRegion": "region",
    "postalCode": "postcode",
    "addressCountry": "country",
}
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """Lines to copy: what they are for, and whether something in them is still missing."""

    id: str
    title: str
    note: str
    text: str
    has_gaps: bool = False


def write_snippets(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[Snippet, ...]:
    """All the lines a website and its profiles need, as far as the plan can fill them."""
    words = load_words(WORDS, language)
    active = list_active(plan, language)
    parts = {
        "links": _write_links(words, active),
        _name_description(plan): _write_description(plan, words, active),
        "head": _write_head(plan, words, active),
        "phone": _write_phone(plan),
        "profiles": _write_profile_links(plan, words, active),
    }
    gaps = [text.partition("{")[0] for text in words["gaps"].values() if text.isupper()]
    gaps.append(words["gaps"]["profile"].partition("{")[0])
    return tuple(
        Snippet(
            name,
            words[name]["title"],
            words[name]["note"],
            text,
            has_gaps=any(gap in text for gap in gaps),
        )
        for name, text in parts.items()
        if text
    )


def write_file(plan: Plan, language: str = BASE_LANGUAGE) -> bytes:
    """All the lines as one text file to send to whoever looks after the website."""
    words = load_words(WORDS, language)
    name = plan.start.name or words["your_business"]
    title = words["file_title"].format(name=name)
    parts = [f"{title}\n{'=' * min(len(title), 72)}"]
    for snippet in write_snippets(plan, language):
        heading = words["heading"].format(title=snippet.title, note=snippet.note)
        parts.append(f"{heading}\n\n{snippet.text}")
    return ("\n\n\n".join(parts) + "\n").encode("utf-8")


# -- links --------------------------------------------------------------------------------------


def _write_links(words: Mapping[str, Any], profiles: tuple[Profile, ...]) -> str:
    lines = []
    for profile in profiles:
        if not profile.url:
            gap = words["gaps"]["profile"].format(place=profile.place)
            lines.append(_comment(gap))
            continue
        if not profile.is_sure:
            lines.append(_comment(words["gaps"]["check"]))
        lines.append(f'<a rel="me" href="{_escape(profile.url)}">{_escape(profile.place)}</a>')
    return "\n".join(lines)


def _write_phone(plan: Plan) -> str:
    phone = plan.linking.phone
    if not phone:
        return ""
    number = re.sub(r"\(0\)|[^\d+]", "", phone)
    return f'<a href="tel:{_escape(number)}">{_escape(phone)}</a>' if number else ""


def tag_link(plan: Plan, profile: Profile) -> str:
    """The address to put into a profile: the page with the services, tagged for the counter.

    Where the plan names no such page it is the contact page, then the website; else empty.
    """
    page = find_page(plan)
    link = build_link(page, profile.platform) if page else None
    return link.url if isinstance(link, TaggedLink) else ""


def _write_profile_links(
    plan: Plan, words: Mapping[str, Any], profiles: tuple[Profile, ...]
) -> str:
    lines = [(profile.label, tag_link(plan, profile)) for profile in profiles]
    form = words["gaps"]["line"]
    return "\n".join(form.format(place=label, address=link) for label, link in lines if link)


# -- the business as JSON-LD --------------------------------------------------------------------


def _name_description(plan: Plan) -> str:
    is_local = plan.linking.trade in load_types("local_business")
    return "organization_without_address" if is_local and not _has_address(plan) else "organization"


def _has_address(plan: Plan) -> bool:
    return bool(plan.linking.street and plan.linking.town)


def _write_description(plan: Plan, words: Mapping[str, Any], profiles: tuple[Profile, ...]) -> str:
    text = json.dumps(describe(plan, words["gaps"], profiles), ensure_ascii=False, indent=2)
    for sign, safe in _UNSAFE.items():
        text = text.replace(sign, safe)
    return f'<script type="application/ld+json">\n{text}\n</script>'


def describe(plan: Plan, gaps: Mapping[str, str], profiles: tuple[Profile, ...]) -> dict[str, Any]:
    """The business as schema.org has it: what is needed or a gap, and the rest where known."""
    said, start = plan.linking, plan.start
    kind = str(said.trade) if said.trade else "Organization"
    if kind in load_types("local_business") and not _has_address(plan):
        kind = "Organization"
    site = start.website or gaps["website"]
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": f"{site.partition('#')[0].rstrip('/')}/#business",
        "name": start.name or gaps["name"],
        "url": site,
        "logo": said.logo or gaps["logo"],
        "image": said.picture,
        "description": _shorten(start.sells or ""),
        "telephone": said.phone,
        "address": _describe_address(plan) if _has_address(plan) else None,
        "sameAs": list(dict.fromkeys(p.url for p in profiles if p.url)),
    }
    if kind in load_types("local_business"):
        known["image"] = said.picture or said.logo or gaps["picture"]
    return {name: _clean(value) for name, value in known.items() if value}


def _describe_address(plan: Plan) -> dict[str, str]:
    parts = {name: getattr(plan.linking, ours) for name, ours in _ADDRESS.items()}
    given = {name: clean_text(value) for name, value in parts.items() if value}
    return {"@type": "PostalAddress", **given}


def _clean(value: Any) -> Any:  # noqa: ANN401 - a value of JSON
    return clean_text(value) if isinstance(value, str) else value


# -- tags in the head ---------------------------------------------------------------------------


def _write_head(plan: Plan, words: Mapping[str, Any], profiles: tuple[Profile, ...]) -> str:
    gaps, site = words["gaps"], plan.start.website or words["gaps"]["website"]
    name = plan.start.name or gaps["name"]
    lines = [
        f"<title>{_escape(name)}</title>",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="{_escape(gaps["icon"])}">',
        f'<link rel="canonical" href="{_escape(site)}">',
    ]
    tags = list(_list_tags(plan, gaps, site, name, profiles))
    for tag, content in tags:
        kind = "property" if tag.startswith("og:") else "name"
        lines.append(f'<meta {kind}="{tag}" content="{_escape(content)}">')
    return "\n".join(lines)


def _list_tags(
    plan: Plan, gaps: Mapping[str, str], site: str, name: str, profiles: tuple[Profile, ...]
) -> Iterator[tuple[str, str]]:
    yield "og:type", "website"
    yield "og:title", name
    yield "og:description", _shorten(plan.start.sells or "") or gaps["description"]
    yield "og:url", site
    yield "og:image", plan.linking.picture or gaps["picture"]
    yield "og:site_name", name
    yield "twitter:card", "summary_large_image"
    account = next((p for p in profiles if p.platform == "x" and p.address), None)
    if account and account.address:
        yield "twitter:site", f"@{account.address.name}"


def _shorten(text: str) -> str:
    """One line of at most 200 signs, cut between words."""
    line = " ".join(clean_text(text).split())
    if len(line) <= _LONGEST_DESCRIPTION:
        return line
    return line[: _LONGEST_DESCRIPTION - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _escape(text: str) -> str:
    return escape(" ".join(clean_text(text).split()), quote=True)


def _comment(text: str) -> str:
    return f"<!-- {_escape(text).replace('--', '- -')} -->"
