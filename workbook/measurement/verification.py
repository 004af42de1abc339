"""Whether the set-up counts what it should, as far as the pages themselves can show it.

What a page says is a hint and no proof: each finding names the trial that proves it, the line it
rests on, how sure that is, and what would change it. Nothing of a page is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from workbook.audit.addresses import host_of, strip_tracking
from workbook.audit.verdicts import WORDS as AUDIT_WORDS
from workbook.audit.verdicts import AuditCheck
from workbook.content import BASE_LANGUAGE, load_words
from workbook.discovery import read_toml
from workbook.measurement.channels import shorten
from workbook.measurement.tags import is_tag
from workbook.measurement.trackers import TRACKERS, find_consent, find_event, find_tools

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from workbook.audit.pages import Page, PageForm
    from workbook.measurement.trackers import Tool
    from workbook.plan import Plan

WORDS: Final = "measurement/verification.toml"
_MOST_NAMED = 5
_NO_COUNTER = ("none", "unknown")
_OTHER = "other"


class SetupFinding(AuditCheck):
    """A check on the set-up, with what its result rests on."""

    lines: tuple[str, ...] = ()
    """What of the pages shows it."""
    sure: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the plan says of the set-up; empty for what it does not say."""

    services: str = ""
    contact: str = ""
    thanks: str = ""
    """The address of the page that opens once the form is sent."""
    tools: tuple[str, ...] = ()
    """What counts visits, by the ids of ``start.analytics``."""
    event: str = ""
    banner: str = ""
    """“none” or “banner”: whether visitors are asked before they are counted."""
    website: str = ""

    @classmethod
    def read(cls, plan: Plan) -> Wanted:
        """What a plan says."""
        said = plan.measurement
        return cls(
            services=plan.linking.services_page or "",
            contact=plan.linking.contact_page or "",
            thanks=said.thanks_page or "",
            tools=tuple(str(tool) for tool in plan.start.analytics),
            event=said.event or "",
            banner=str(said.banner or ""),
            website=plan.start.website or "",
        )

    def hosts(self) -> frozenset[str]:
        """The hosts of the website, as the plan's addresses name them."""
        told = (self.website, self.services, self.contact, self.thanks)
        return frozenset(host for address in told if address and (host := host_of(address)))


@dataclass(frozen=True, slots=True)
class _Look:
    """The pages, and which of them are those that matter."""

    pages: tuple[Page, ...]
    wanted: Wanted
    roles: Mapping[str, Page]
    language: str

    def find(self, role: str) -> Page | None:
        """The page of a role: as it was given, by its address, or by the name of its file."""
        return self.roles.get(role) or find_role(self.pages, self.wanted, role)

    def word(self, name: str, key: str, shown: _Shown) -> SetupFinding:
        """A finding in words; those of the tags are shared."""
        said = load_words(WORDS, self.language)
        entry = said["tag" if key in said["tag"] and name in _TAGS else name][key]
        page = shown.page if shown.passed is False else None
        return SetupFinding(
            id=name,
            title=said[name]["title"],
            passed=shown.passed,
            why=entry["why"].format(**shown.values),
            fix=entry["fix"].format(**shown.values),
            pages=(page.name,) if page else (),
            sources=tuple(said[name].get("sources", ())),
            lines=tuple(dict.fromkeys(line for line in shown.lines if line)),
            sure=entry["sure"],
            change=entry["change"],
        )


def find_role(pages: Sequence[Page], wanted: Wanted, role: str) -> Page | None:
    """The page that is “services”, “contact” or “thanks”, by its address or its file name."""
    address = str(getattr(wanted, role))
    if not address:
        return None
    key = strip_tracking(address).lower()
    stem = key.rpartition("/")[2].partition(".")[0]
    found = [p for p in pages if p.address and strip_tracking(p.address).lower() == key]
    by_name = [p for p in pages if not p.address and stem and _stem(p.name) == stem]
    return next(iter((*found, *by_name)), None)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What pages show of a check: whether it holds, where, and because of which lines."""

    passed: bool | None
    page: Page | None = None
    lines: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


_TAGS = {"tag-services": "services", "tag-contact": "contact", "tag-thanks": "thanks"}


def verify_setup(
    pages: Sequence[Page],
    wanted: Wanted,
    language: str = BASE_LANGUAGE,
    *,
    roles: Mapping[str, Page] | None = None,
) -> tuple[SetupFinding, ...]:
    """What the pages show of the set-up: tags, the form, links within the website, consent.

    Args:
        pages: Pages as they were read, pasted, uploaded or fetched.
        wanted: What the plan says of the set-up.
        language: The language of the words.
        roles: Pages that are known to be “services”, “contact” or “thanks”; the others are known
            by their address or the name of their file.

    Returns:
        A finding for each tag, for all together and against the plan, for the form, the links and
        consent; ``passed`` is None where the pages cannot show it.
    """
    look = _Look(tuple(pages), wanted, roles or {}, language)
    asked = [n for n, r in _TAGS.items() if r != "thanks" or wanted.thanks or look.find("thanks")]
    return (
        *(_check_tag(look, name) for name in asked),
        _compare_tags(look),
        _compare_plan(look),
        _check_form(look),
        _check_links(look),
        _check_consent(look),
    )


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0].lower()


# -- tags --------------------------------------------------------------------------------------


def _name_tools(tools: Iterable[Tool], language: str) -> str:
    said = load_words(WORDS, language)
    named = (said["tool"].format(name=t.name, id=t.number) if t.number else t.name for t in tools)
    return str(said["joined"]).join(dict.fromkeys(named))


def _check_tag(look: _Look, name: str) -> SetupFinding:
    """Whether a page carries the tag of an analytics tool, and of which."""
    role, page = _TAGS[name], look.find(_TAGS[name])
    title = str(load_words(WORDS, look.language)[role])
    address = str(getattr(look.wanted, role))
    if page is None:
        values = {"address": address, "role": title}
        return look.word(name, "elsewhere" if address else "unnamed", _Shown(None, values=values))
    tools = find_tools(page)
    for kind, passed in (("counts", True), ("container", None), ("ended", False)):
        alike = [tool for tool in tools if tool.kind == kind]
        if alike:
            held = kind == "counts" and all(tool.waits for tool in alike)
            key = {"counts": "waits" if held else "there"}.get(kind, kind)
            lines = tuple(tool.line for tool in alike)
            values = {"tools": _name_tools(alike, look.language)}
            return look.word(name, key, _Shown(passed, page, lines, values))
    asking = find_consent((page,))
    if asking:
        values = {"tools": ", ".join(asking)}
        return look.word(name, "consent", _Shown(None, page, (*asking.values(),), values))
    return look.word(name, "none", _Shown(passed=False, page=page))


def _compare_tags(look: _Look) -> SetupFinding:
    """Whether the pages count into one place, without which there is no way from one to other."""
    seen = {}
    for role in _TAGS.values():
        page = look.find(role)
        tools = {t for t in find_tools(page) if t.kind != "ended"} if page else set()
        if page and (tools or role != "thanks"):
            seen[role] = tools
    services, contact = seen.get("services"), seen.get("contact")
    if not services or not contact:
        return look.word("tag-same", "unseen", _Shown(None))
    places = [{(t.id, t.number) for t in tools} for tools in seen.values()]
    shared = set.intersection(*places)
    lines = tuple(t.line for tools in seen.values() for t in sorted(tools))
    if shared:
        both = sorted(t for t in services if (t.id, t.number) in shared)
        values = {"tools": _name_tools(both, look.language)}
        return look.word("tag-same", "same", _Shown(passed=True, lines=lines, values=values))
    said = load_words(WORDS, look.language)
    values = {
        "places": str(said["joined"]).join(
            said["on_page"].format(tools=_name_tools(sorted(tools), look.language), page=said[role])
            for role, tools in seen.items()
        )
    }
    shown = _Shown(passed=False, page=look.find("contact"), lines=lines, values=values)
    return look.word("tag-same", "different", shown)


# -- against the plan --------------------------------------------------------------------------


def _compare_plan(look: _Look) -> SetupFinding:
    """Whether what counts visits on the pages is what the plan names."""
    tools = {tool.id: tool for page in look.pages for tool in find_tools(page)}
    seen = {name: tool for name, tool in tools.items() if tool.kind == "counts"}
    key, passed = _judge_plan(look, seen, list(tools.values()))
    labels = load_words("steps/start/step.toml", look.language)["questions"]["analytics"]["options"]
    named = [labels.get(tool, tool) for tool in look.wanted.tools]
    values = {
        "tools": _name_tools(sorted(seen.values()), look.language),
        "planned": str(load_words(WORDS, look.language)["joined"]).join(named),
    }
    lines = tuple(tool.line for tool in sorted(seen.values()))
    return look.word("tag-planned", key, _Shown(passed, None, lines, values))


def _judge_plan(
    look: _Look, seen: Mapping[str, Tool], tools: Sequence[Tool]
) -> tuple[str, bool | None]:
    planned = [tool for tool in look.wanted.tools if tool not in _NO_COUNTER]
    if not look.pages:
        return "unseen", None
    if not planned:
        if "none" in look.wanted.tools:
            return ("surprise", False) if seen else ("agreed", True)
        return ("unsaid", None) if seen else ("unseen", None)
    known = set(read_toml(TRACKERS)["tools"])
    missing = [tool for tool in planned if tool in known and tool not in seen]
    if missing or not seen:
        hidden = any(tool.kind == "container" for tool in tools) or find_consent(look.pages)
        other = not seen and not missing
        if hidden or other:
            return "hidden" if hidden else "unknown", None
        return ("instead" if seen else "missing"), False
    extra = set(seen) - set(planned) and _OTHER not in planned
    return ("more", None) if extra else ("same", True)


# -- the form ----------------------------------------------------------------------------------


def _check_form(look: _Look) -> SetupFinding:
    """Whether sending the form can be counted: by a page of thanks, or by an event."""
    name, page = "form-followed", look.find("contact")
    if page is None:
        return look.word(name, "elsewhere", _Shown(None))
    for form in page.written_to:
        thanks, line = _find_thanks(form)
        if thanks:
            return _word_thanks(look, page, thanks, line)
    event, planned = find_event(page, look.wanted.event), look.wanted.event
    if event:
        is_other = bool(planned) and event.value != planned
        values = {"event": shorten(event.value), "planned": shorten(planned)}
        shown = _Shown(None if is_other else True, page, (event.line,), values)
        return look.word(name, "event_other" if is_other else "event", shown)
    if page.written_to:
        return _word_uncounted(look, page)
    hosts = load_words(AUDIT_WORDS, look.language)["contact_frames"]["words"]
    frame = next((f for f in page.frames if any(host in f for host in hosts)), "")
    lines = (shorten(frame),) if frame else ()
    shown = _Shown(None, None, lines, {"frame": host_of(frame)})
    return look.word(name, "framed" if frame else "no_form", shown)


def _word_thanks(look: _Look, page: Page, thanks: str, line: str) -> SetupFinding:
    """The form leads to a page of thanks; whether it is the one that the plan names."""
    planned = look.wanted.thanks
    is_other = bool(planned) and _path(thanks) != _path(planned)
    values = {"address": shorten(thanks), "planned": shorten(planned)}
    shown = _Shown(not is_other, page, (line,), values)
    return look.word("form-followed", "thanks_other" if is_other else "thanks", shown)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/").lower().removesuffix(".html")
    except ValueError:
        return address


def _word_uncounted(look: _Look, page: Page) -> SetupFinding:
    mails = [f.address for f in page.written_to if f.address.lower().startswith("mailto:")]
    lines = tuple(shorten(f.address or f.attributes) for f in page.written_to)[:1]
    if mails:
        return look.word("form-followed", "mail", _Shown(passed=False, page=page, lines=lines))
    return look.word("form-followed", "unseen", _Shown(None, page, lines))


def _find_thanks(form: PageForm) -> tuple[str, str]:
    """The page a form leads to, called like a page of thanks or named by a field; and the line."""
    if _is_thanks(form.address):
        return form.address, shorten(form.address)
    names = read_toml(TRACKERS)["next_page"]["words"]
    for name, value in form.fields:
        if name.lower() in names and ("/" in value or _is_thanks(f"/{value}")):
            return value, shorten(f"{name}={value}")
    return "", ""


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
    if not look.pages:
        return look.word("internal-links", "unseen", _Shown(None))
    tagged: dict[bool | None, dict[str, Page]] = {True: {}, None: {}, False: {}}
    for page in look.pages:
        here = {*look.wanted.hosts(), *([host_of(page.address)] if page.address else ())}
        for link in page.links:
            if link.is_shown and _is_tagged(link.address):
                inside = _is_within(link.address, here)
                tagged[inside].setdefault(shorten(link.address), page)
    key, passed = ("tagged", False) if tagged[True] else ("homeless", None)
    pages = tagged[True] or tagged[None]
    if not pages:
        return look.word("internal-links", "clean", _Shown(passed=True))
    named = tuple(pages)[:_MOST_NAMED]
    shown = _Shown(passed, lines=named, values={"links": ", ".join(named)})
    names = dict.fromkeys(page.name for page in pages.values())
    return look.word("internal-links", key, shown).model_copy(update={"pages": tuple(names)})


def _is_tagged(address: str) -> bool:
    try:
        query = urlsplit(address).query
    except ValueError:
        return False
    return any(is_tag(name) for name, _ in parse_qsl(query))


def _is_within(address: str, here: Collection[str]) -> bool | None:
    """Whether a link stays on the website, as one without a host does; None if nobody can tell."""
    parts = urlsplit(address)  # it could be split before: it has tags
    if not parts.netloc:
        return parts.scheme in {"", "http", "https"}
    if not here:
        return None
    return host_of(address) in here


def _check_consent(look: _Look) -> SetupFinding:
    """Whether visitors are asked first, so that those who refuse are missing from the figures."""
    tools = find_consent(look.pages)
    if not tools:
        return look.word("consent", "unseen", _Shown(None))
    is_other = look.wanted.banner == "none"
    values = {"tools": ", ".join(tools)}
    shown = _Shown(False if is_other else None, None, (*tools.values(),), values)
    return look.word("consent", "seen_other" if is_other else "seen", shown)
