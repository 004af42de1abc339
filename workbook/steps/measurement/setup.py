"""How to make each tool count the two pages and the contact, with a business's own addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from workbook.content import BASE_LANGUAGE, load_words
from workbook.measurement.links import make_name
from workbook.steps.measurement.answers import Banner, ContactWay
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook.plan import Plan

WORDS: Final = "steps/measurement/setup.toml"
NO_COUNTER: Final = ("none", "unknown")
"""Answers to what counts visits that name no counter."""
BY_EVENT: Final = (ContactWay.FORM, ContactWay.BOOKING, ContactWay.CHAT)
"""Ways of getting in touch that only an event can count."""
BY_HAND: Final = (ContactWay.PHONE, ContactWay.EMAIL, ContactWay.WALK_IN)
"""Ways of getting in touch that no counter hears."""
_SNAKE: Final = re.compile(r"[a-z][a-z0-9_]*")
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step in a tool: what it is for, and what to do, line by line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps for one tool, with a word on the name of the event where it needs one."""

    tool: str
    name: str
    steps: tuple[Instruction, ...]
    sources: tuple[str, ...]
    event_problem: str = ""


@dataclass(frozen=True, slots=True)
class Caveat:
    """What to bear in mind when the numbers are read, and where that is known from."""

    id: str
    text: str
    short: str
    """The same in a line, for paper."""
    sources: tuple[str, ...] = ()


def list_tools(plan: Plan) -> tuple[str, ...]:
    """What counts the visits of a business, by id; empty where nothing does, or nobody knows."""
    return tuple(str(tool) for tool in plan.start.analytics if str(tool) not in NO_COUNTER)


def list_guides(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[Guide, ...]:
    """The steps for each tool a business has; the tally sheet where it has none."""
    words = load_words(WORDS, language)
    return tuple(_make_guide(plan, tool, words) for tool in list_tools(plan) or ("none",))


def _make_guide(plan: Plan, tool: str, words: Mapping[str, Any]) -> Guide:
    entry = words["tools"][tool]
    given = plan.measurement.event or ""
    problem = judge_event(given, tool, words)
    event = (mend_event(given, tool, words) if problem else given) or name_event(tool, words)
    slots = {**_fill_pages(plan, words), "event": event, "paths": words["menus"]["paths"]["value"]}
    by_page = ContactWay.FORM_THANKS in plan.measurement.contact_ways
    slots["key_event"] = name_event(tool, words) if by_page else event
    ways = {
        k: step.get("ways", ()) for k, step in load_words(WORDS)["tools"][tool]["steps"].items()
    }
    steps = [
        Instruction(step["title"], tuple(line.format(**slots) for line in step["lines"]))
        for name, step in entry["steps"].items()
        if _holds(plan, ways[name])
    ]
    return Guide(tool, entry["name"], tuple(steps), tuple(entry["sources"]), problem)


def _holds(plan: Plan, ways: Iterable[str]) -> bool:
    wanted, said = set(ways), set(plan.measurement.contact_ways)
    return not wanted or bool(wanted & said)


# -- addresses ---------------------------------------------------------------------------------


def list_pages(plan: Plan) -> dict[str, str]:
    """The addresses of the pages that are counted; empty where one is not given."""
    return {
        "services": plan.linking.services_page or "",
        "contact": plan.linking.contact_page or "",
        "thanks": plan.measurement.thanks_page or "",
    }


def path_of(address: str) -> str:
    """The path of an address as tools show it: ``/contact``; the home page is ``/``."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return "/"
    return path.rstrip("/") or "/"


def begin_alike(plan: Plan) -> bool:
    """Whether a rule for one of the two pages would count the other as well."""
    paths = [path_of(page) for page in list_pages(plan).values() if page]
    return any(one not in (other, "/") and one in other for one in paths for other in paths)


def _fill_pages(plan: Plan, words: Mapping[str, Any]) -> dict[str, str]:
    slots: dict[str, str] = {}
    for name, address in list_pages(plan).items():
        path, called = path_of(address) if address else "", words[f"page_{name}"]
        form = "open" if not address else "is" if path == "/" else "contains"
        said = words["match"][form].format(path=path, address=address, page=called)
        slots |= {f"{name}_match": said, f"{name}_path": path or called}
    return slots


# -- names of events ---------------------------------------------------------------------------


def name_event(tool: str, words: Mapping[str, Any]) -> str:
    """The usual name of the event for getting in touch in a tool."""
    usual = words["names"].get(tool, words["names"]["umami"])["usual"]
    return str(usual["value"])


def judge_event(event: str, tool: str, words: Mapping[str, Any]) -> str:
    """Why a tool would not take the name of an event, and a name it would; empty where it does."""
    limits = words["names"].get(tool)
    if not event or not limits:
        return ""
    values = {
        "event": event[:_SHOWN],
        "length": len(event),
        "most": limits["most"],
        "tool": words["tools"][tool]["name"],
        "wanted": mend_event(event, tool, words),
    }
    if limits["is_snake"] and not _SNAKE.fullmatch(event):
        return str(words["name_problems"]["snake"].format(**values))
    if len(event) > limits["most"]:
        return str(words["name_problems"]["long"].format(**values))
    return ""


def mend_event(event: str, tool: str, words: Mapping[str, Any]) -> str:
    """A name that a tool takes, as near to the one that was given as can be."""
    limits = words["names"].get(tool, {"most": _SHOWN, "is_snake": False})
    if not limits["is_snake"]:
        return event[: limits["most"]].strip()
    plain = make_name(event.casefold()).replace("-", "_").replace(".", "_").replace("~", "_")
    bare = re.sub(r"[^a-z0-9_]+", "_", plain).strip("_")
    bare = bare if bare[:1].isalpha() else f"event_{bare}".strip("_")
    return bare[: limits["most"]].rstrip("_")


# -- what to bear in mind ----------------------------------------------------------------------


def list_caveats(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[Caveat, ...]:
    """What holds for the numbers of a business, and nothing that does not."""
    return tuple(
        Caveat(name, entry["text"], entry["short"], tuple(entry.get("sources", ())))
        for name, entry in load_words(WORDS, language)["caveats"]["list"].items()
        if all(_judge_caveat(plan, load_words(WORDS)["caveats"]["list"][name]))
    )


def _judge_caveat(plan: Plan, entry: Mapping[str, Any]) -> Iterator[bool]:
    """Each condition of a caveat, and whether the plan meets it."""
    said, tools = plan.measurement, list_tools(plan)
    answers: dict[str, set[str]] = {
        "banner": {str(said.banner)},
        "tools": set(tools),
        "ways": {str(way) for way in said.contact_ways},
        "tally": {str(said.tally)},
    }
    for name, given in answers.items():
        if name in entry:
            yield bool(given & set(entry[name]))
    if entry.get("several"):
        yield len(tools) > 1


def asks_first(plan: Plan) -> bool:
    """Whether visitors are asked before they are counted."""
    return plan.measurement.banner is Banner.BANNER


def is_tallied(plan: Plan) -> bool:
    """Whether somebody writes down how people found the business."""
    return plan.measurement.tally is YesNo.YES
