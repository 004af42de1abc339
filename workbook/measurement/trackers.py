"""What a page shows of the tools that count its visits, and of those that ask first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from workbook.discovery import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook.audit.pages import Page

TRACKERS: Final = "measurement/trackers.toml"
_BEFORE, _AFTER = 30, 60
"""Letters of a page that are quoted around what was found."""
_LONGEST = 140


@dataclass(frozen=True, slots=True, order=True)
class Tool:
    """A tool seen on a page: what it does, its number there, and whether it waits for consent."""

    id: str
    name: str
    kind: str
    number: str = ""
    waits: bool = False
    line: str = field(default="", compare=False)
    """What of the page shows it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a pattern found: the group it has, else nothing, and what stands around it."""

    value: str
    line: str


def find_tools(page: Page) -> tuple[Tool, ...]:
    """The analytics tools and tag managers on a page, each with its number where it shows one."""
    found: dict[tuple[str, str], Tool] = {}
    for tool, name, kind, addresses, texts in _list_tools():
        for sign, waits in _find_numbers(page, addresses, texts):
            known = found.get((tool, sign.value))
            held = waits and (known is None or known.waits)
            line = known.line if known else sign.line
            found[tool, sign.value] = Tool(tool, name, kind, sign.value, held, line)
    numbered = {tool for tool, number in found if number}
    return tuple(t for (tool, number), t in found.items() if number or tool not in numbered)


def _find_numbers(
    page: Page, addresses: tuple[re.Pattern[str], ...], texts: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[Sign, bool]]:
    """The numbers of a tool on a page (empty where it shows none), and whether it waits."""
    for script in page.scripts:
        for sign in search(addresses, (script.address,)):
            own = next(search(texts, (script.attributes, script.text)), None)
            yield Sign(sign.value or (own.value if own else ""), sign.line), script.waits
        for sign in search(texts, (script.attributes, script.text)):
            yield sign, script.waits
    for sign in search(addresses, page.frames):
        yield sign, False


def search(patterns: Iterable[re.Pattern[str]], texts: Iterable[str]) -> Iterator[Sign]:
    """What each pattern finds first in each text."""
    for text in texts:
        for pattern in patterns:
            match = pattern.search(text)
            if match:
                value = (match[1] or "") if pattern.groups else ""
                yield Sign(value, quote_around(text, match.start(), match.end()))


def quote_around(text: str, start: int, end: int) -> str:
    """What stands at a place in a text, with a little before and after it, on one line."""
    first, last = max(start - _BEFORE, 0), min(end + _AFTER, len(text), start + _LONGEST)
    quoted = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{quoted}{'…' if last < len(text) else ''}"


_ToolShape = tuple[str, str, str, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]


@cache
def _list_tools() -> tuple[_ToolShape, ...]:
    return tuple(
        (
            tool,
            str(entry["name"]),
            str(entry["kind"]),
            compile_patterns(entry["addresses"]["patterns"]),
            compile_patterns(entry["texts"]["patterns"]),
        )
        for tool, entry in read_toml(TRACKERS)["tools"].items()
    )


def compile_patterns(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Patterns that tell no capitals from small letters."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def find_consent(pages: Iterable[Page]) -> dict[str, str]:
    """The tools that ask visitors first, by name, each with what shows it."""
    scripts = [script for page in pages for script in page.scripts]
    texts = [t for each in scripts for t in (each.address, each.attributes, each.text)]
    found = {}
    for name, entry in read_toml(TRACKERS)["consent"].items():
        sign = next(search(compile_patterns(entry["patterns"]), texts), None)
        if sign is not None:
            found[name] = sign.line
    return found


def find_event(page: Page, planned: str = "") -> Sign | None:
    """An event that a page sends when somebody gets in touch; the planned one before others."""
    said = (*(form.attributes for form in page.written_to), *(s.text for s in page.scripts))
    if planned:
        own = compile_patterns([rf"(?<![\w-])({re.escape(planned)})(?![\w-])"])
        sign = next(search(own, said), None)
        if sign is not None:
            return sign
    return next(search(compile_patterns(read_toml(TRACKERS)["events"]["patterns"]), said), None)
