"""Programs among the visitors: search engines, link previews, scanners; told by their names.

Link previews look like visits from the network that fetches them, so they are out; the browsers
inside apps are people. The names are those of the package crawler-user-agents.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

_AT_ONCE: Final = 300
"""Patterns looked for at once. All of them in one are too many states for the automaton, which
then is forty times slower; a few hundred are quickest, as measured."""


@cache
def load_patterns() -> tuple[str, ...]:
    """The names of programs as a few large patterns, which RE2 and Python both understand."""
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA  # noqa: PLC0415 - a list of 2 MB

    found = [crawler["pattern"].replace(r"\/", "/") for crawler in CRAWLER_USER_AGENTS_DATA]
    return tuple("|".join(found[i : i + _AT_ONCE]) for i in range(0, len(found), _AT_ONCE))


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load_patterns())


@lru_cache(maxsize=10_000)
def is_program(agent: str) -> bool:
    """Whether a browser's name is that of a program; a visitor without any name is one too."""
    bare = agent.strip()
    return bare in {"", "-"} or any(pattern.search(bare) for pattern in _compiled())
