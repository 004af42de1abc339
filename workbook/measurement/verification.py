"""Whether the set-up counts what it should, as far as the pages themselves can show it.

What a page says is a hint and no proof: each finding names the trial that proves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from workbook.audit.addresses import host_of, strip_tracking
from workbook.audit.verdicts import WORDS as AUDIT_WORDS
from workbook.audit.verdicts import AuditCheck
from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.measurement.channels import shorten
from workbook.measurement.tags import is_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook.audit.pages import Page, PageForm

WORDS = "measurement/verification.toml"
TRACKERS = "measurement/trackers.toml"
SetupFinding = AuditCheck
"""A finding has the form of a check on pages: passed, failed, or not to be seen from here."""
_MOST_NAMED = 5


class Tool(NamedTuple):
    """A tool seen on a page: what it does, its number there, and whether it waits for consent."""

    id: str
    name: str
    kind: str
    number: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """The pages, and which of them are those that matter."""

    pages: tuple[Page, ...]
    services: str
    contact: str
    language: str

    def find(self, role: str) -> Page | None:
        """The page of a role: by its address, or by the name of the file where it has none."""
        address = str(getattr(self, role))
        if not address:
            return None
        wanted = strip_tracking(address).lower()
        stem = wanted.rpartition("/")[2].partition(".")[0]
        by_name = [p for p in self.pages if not p.address and stem and _stem(p.name) == stem]
        found = [p for p in self.pages if p.address and strip_tracking(p.address).lower() == wanted]
        return next(iter((*found, *by_name)), None)

    def word(
        self, name: str, key: str, *, passed: bool | None, page: Page | None = None, **values: str
    ) -> SetupFinding:
        """A finding in words; those of the two tags are shared."""
        said = load_words(WORDS, self.language)
        entry = said["tag" if key in said["tag"] and name in _TAGS else name][key]
        return SetupFinding(
            id=name,
            title=said[name]["title"],
            passed=passed,
            why=entry["why"].format(**values),
            fix=entry["fix"].format(**values),
            pages=(page.name,) if page and passed is False else (),
            sources=tuple(said[name].get("sources", ())),
        )


_TAGS = {"tag-services": "services", "tag-contact": "contact"}


def verify_setup(
    pages: Sequence[Page], services: str = "", contact: str = "", language: str = BASE_LANGUAGE
) -> tuple[SetupFinding, ...]:
    """What the pages show of the set-up: tags, the form, links within the website, consent.

    Args:
        pages: Pages as they were read, pasted, uploaded or fetched.
        services: The address of the page with the services; empty where it is not known.
        contact: The address of the page for getting in touch.
        language: The language of the words.

    Returns:
        A finding for each tag, for both together, for the form, the links and consent; ``passed``
        is None where the pages cannot show it.
    """
    look = _Look(tuple(pages), services, contact, language)
    return (
        *(_check_tag(look, name) for name in _TAGS),
        _compare_tags(look),
        _check_form(look),
        _check_links(look),
        _check_consent(look),
    )


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0].lower()


# -- tags --------------------------------------------------------------------------------------


def find_tools(page: Page) -> tuple[Tool, ...]:
    """The analytics tools and tag managers on a page, each with its number where it shows one."""
    found: dict[tuple[str, str], Tool] = {}
    for tool, name, kind, addresses, texts in _list_tools():
        for number, waits in _find_numbers(page, addresses, texts):
            known = found.get((tool, number))
            held = waits and (known is None or known.waits)
            found[tool, number] = Tool(tool, name, kind, number, held)
    numbered = {tool for tool, number in found if number}
    return tuple(t for (tool, number), t in found.items() if number or tool not in numbered)


def _find_numbers(
    page: Page, addresses: tuple[re.Pattern[str], ...], texts: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[str, bool]]:
    """The numbers of a tool on a page (empty where it shows none), and whether it waits."""
    for script in page.scripts:
        for number in _search(addresses, (script.address,)):
            own = next(_search(texts, (script.attributes, script.text)), "")
            yield number or own, script.waits
        for number in _search(texts, (script.attributes, script.text)):
            yield number, script.waits
    for number in _search(addresses, page.frames):
        yield number, False


def _search(patterns: Iterable[re.Pattern[str]], texts: Iterable[str]) -> Iterator[str]:
    """The first group of each pattern that is found; empty where it has none."""
    for text in texts:
        for pattern in patterns:
            match = pattern.search(text)
            if match:
                yield (match[1] or "") if pattern.groups else ""


_ToolShape = tuple[str, str, str, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]


@cache
def _list_tools() -> tuple[_ToolShape, ...]:
    return tuple(
        (
            tool,
            str(entry["name"]),
            str(entry["kind"]),
            _compile(entry["addresses"]["patterns"]),
            _compile(entry["texts"]["patterns"]),
        )
        for tool, entry in read_toml(TRACKERS)["tools"].items()
    )


def _compile(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _name_tools(tools: Iterable[Tool], language: str) -> str:
    said = load_words(WORDS, language)
    named = (said["tool"].format(name=t.name, id=t.number) if t.number else t.name for t in tools)
    return str(said["joined"]).join(dict.fromkeys(named))


def _check_tag(look: _Look, name: str) -> SetupFinding:
    """Whether a page carries the tag of an analytics tool, and of which."""
    role, page = _TAGS[name], look.find(_TAGS[name])
    title = str(load_words(WORDS, look.language)[role])
    address = str(getattr(look, role))
    if page is None:
        key = "elsewhere" if address else "unnamed"
        return look.word(name, key, passed=None, address=address, role=title)
    tools = find_tools(page)
    for kind, passed in (("counts", True), ("container", None), ("ended", False)):
        alike = [tool for tool in tools if tool.kind == kind]
        if alike:
            held = kind == "counts" and all(tool.waits for tool in alike)
            key = {"counts": "waits" if held else "there"}.get(kind, kind)
            named = _name_tools(alike, look.language)
            return look.word(name, key, passed=passed, page=page, tools=named)
    asking = _find_consent((page,))
    if asking:
        return look.word(name, "consent", passed=None, page=page, tools=", ".join(asking))
    return look.word(name, "none", passed=False, page=page)


def _compare_tags(look: _Look) -> SetupFinding:
    """Whether both pages count into one place, without which there is no way from one to other."""
    seen = []
    for role in _TAGS.values():
        page = look.find(role)
        seen.append({t for t in find_tools(page) if t.kind != "ended"} if page else set())
    services, contact = seen
    if not services or not contact:
        return look.word("tag-same", "unseen", passed=None)
    places = {(t.id, t.number) for t in services} & {(t.id, t.number) for t in contact}
    if places:
        both = sorted(t for t in services if (t.id, t.number) in places)
        named = _name_tools(both, look.language)
        return look.word("tag-same", "same", passed=True, tools=named)
    one, other = (_name_tools(sorted(tools), look.language) for tools in seen)
    page = look.find("contact")
    return look.word("tag-same", "different", passed=False, page=page, services=one, contact=other)


# -- the form ----------------------------------------------------------------------------------


def _check_form(look: _Look) -> SetupFinding:
    """Whether sending the form can be counted: by a page of thanks, or by an event."""
    name, page = "form-followed", look.find("contact")
    if page is None:
        return look.word(name, "elsewhere", passed=None)
    thanks = next((t for form in page.written_to if (t := _find_thanks(form))), "")
    if thanks:
        return look.word(name, "thanks", passed=True, page=page, address=shorten(thanks))
    events = _compile(read_toml(TRACKERS)["events"]["patterns"])
    said = (*(f.attributes for f in page.written_to), *(s.text for s in page.scripts))
    event = next(_search(events, said), "")
    if event:
        return look.word(name, "event", passed=True, page=page, event=shorten(event))
    if page.written_to:
        mails = any(form.address.lower().startswith("mailto:") for form in page.written_to)
        key, passed = ("mail", False) if mails else ("unseen", None)
        return look.word(name, key, passed=passed, page=page)
    hosts = load_words(AUDIT_WORDS, look.language)["contact_frames"]["words"]
    frame = next((f for f in page.frames if any(host in f for host in hosts)), "")
    return look.word(name, "framed" if frame else "no_form", passed=None, frame=host_of(frame))


def _find_thanks(form: PageForm) -> str:
    """The page a form leads to: one called like a page of thanks, or one that a field names."""
    if _is_thanks(form.address):
        return form.address
    names = read_toml(TRACKERS)["next_page"]["words"]
    fields = (value for name, value in form.fields if name.lower() in names)
    return next((value for value in fields if "/" in value or _is_thanks(f"/{value}")), "")


def _is_thanks(address: str) -> bool:
    """Whether an address is called like a page of thanks."""
    try:
        path = urlsplit(address).path.lower()
    except ValueError:
        return False
    parts = {*re.split(r"[^a-z]+", path), path.strip("/").rpartition("/")[2]}
    return bool(parts & set(read_toml(TRACKERS)["thanks"]["words"]))


# -- links and consent -------------------------------------------------------------------------


def _check_links(look: _Look) -> SetupFinding:
    """Whether a link from the website to itself carries tags, which it must not."""
    tagged: dict[str, Page] = {}
    for page in look.pages:
        here = host_of(page.address) if page.address else ""
        for link in page.links:
            if link.is_shown and _is_tagged(link.address) and _is_within(link.address, here):
                tagged.setdefault(shorten(link.address), page)
    if not tagged:
        return look.word("internal-links", "clean", passed=True)
    named = ", ".join(list(tagged)[:_MOST_NAMED])
    found = look.word("internal-links", "tagged", passed=False, links=named)
    pages = dict.fromkeys(page.name for page in tagged.values())
    return found.model_copy(update={"pages": tuple(pages)})


def _is_tagged(address: str) -> bool:
    try:
        query = urlsplit(address).query
    except ValueError:
        return False
    return any(is_tag(name) for name, _ in parse_qsl(query))


def _is_within(address: str, here: str) -> bool:
    """Whether a link stays on the website; one without a host does."""
    parts = urlsplit(address)  # it could be split before: it has tags
    if not parts.netloc:
        return parts.scheme in {"", "http", "https"}
    return bool(here) and host_of(address) == here


def _check_consent(look: _Look) -> SetupFinding:
    """Whether visitors are asked first, so that those who refuse are missing from the figures."""
    tools = _find_consent(look.pages)
    if tools:
        return look.word("consent", "seen", passed=None, tools=", ".join(tools))
    return look.word("consent", "unseen", passed=None)


def _find_consent(pages: Iterable[Page]) -> tuple[str, ...]:
    scripts = [script for page in pages for script in page.scripts]
    return tuple(
        name
        for name, entry in read_toml(TRACKERS)["consent"].items()
        if any(
            pattern.search(text)
            for pattern in _compile(entry["patterns"])
            for script in scripts
            for text in (script.address, script.attributes, script.text)
        )
    )
