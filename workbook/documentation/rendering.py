"""Fills the pages of the documentation in from the code, while Sphinx reads them.

A page is Markdown. ``[= … =]`` puts a value in, ``[% … %]`` repeats or chooses; both may use what
``facts`` and ``example`` tell. Values are escaped, so that what stands in the words of the
workbook stays text; a ``Markdown`` is put in as it is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workbook.documentation import example, facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parents[1] / "pyproject.toml"
CONTRIBUTING = FOLDER.parents[1] / "CONTRIBUTING.md"

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^])")
_ADDRESS = re.compile(r"(https?://[^\s;]+)")
_ADDED = re.compile(r"^<!-- add to: (?P<file>\S+) after (?P<line>.+) -->$", re.MULTILINE)
_FILE = re.compile(r"^<!-- file: (?P<file>\S+) -->$", re.MULTILINE)
_BEGINNINGS = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s)", re.MULTILINE)


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


# -- the repository ----------------------------------------------------------------------------


@cache
def read_project() -> Mapping[str, Any]:
    """The table ``project`` of ``pyproject.toml``."""
    found: dict[str, Any] = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return found


def read_repository() -> str:
    """The repository's address, from the one place where it stands."""
    return str(read_project()["urls"]["Repository"]).rstrip("/")


def find_site(repository: str) -> str:
    """Where GitHub Pages shows the documentation of a repository.

    ``https://github.com/owner/name`` gives ``https://owner.github.io/name/``.
    """
    owner, _, name = urlsplit(repository).path.strip("/").partition("/")
    return f"https://{owner.lower()}.github.io/{name}/"


def find_binder(repository: str, page: str = "") -> str:
    """The address that opens a repository on Binder, with one of its pages on top."""
    place = urlsplit(repository).path.strip("/")
    return f"https://mybinder.org/v2/gh/{place}/HEAD" + (f"?urlpath={page}" if page else "")


def read_part(title: str) -> str:
    """What stands below a heading of ``CONTRIBUTING.md``, up to the next one.

    Raises:
        ValueError: There is no such heading.
    """
    text = CONTRIBUTING.read_text(encoding="utf-8")
    start = text.index(f"\n## {title}\n") + len(f"\n## {title}\n")
    return text[start : text.find("\n## ", start)].strip()


def _say_place(said: str, found: re.Match[str]) -> str:
    return said.format_map({k: f"`{v.strip()}`" for k, v in found.groupdict().items()}) + "\n"


def show_places(text: str, of_file: str, added: str) -> Markdown:
    """Markdown with the marks before its code as lines to read.

    ``of_file`` tells which ``{file}`` the code is; ``added`` to which ``{file}`` it is added, after
    which ``{line}``.
    """
    for mark, said in ((_ADDED, added), (_FILE, of_file)):
        text = mark.sub(partial(_say_place, said), text)
    return Markdown(re.sub(r"^<!-- run -->\n", "", text, flags=re.MULTILINE))


# -- pages -------------------------------------------------------------------------------------


def escape_markdown(value: object) -> str:
    """A value as text that Markdown leaves as it is; what is Markdown stays."""
    if isinstance(value, Markdown):
        return value
    text = _SIGNS.sub(r"\\\1", str(value))
    return _BEGINNINGS.sub(r"\1\\\2", text)


def write_cell(value: object) -> Markdown:
    """A value as one line of a table."""
    return Markdown(" ".join(escape_markdown(value).split()))


def write_code(value: object) -> Markdown:
    """A value as code; an empty one stays empty."""
    text = " ".join(str(value).split())
    if not text:
        return Markdown("")
    fence = "``" if "`" in text else "`"
    return Markdown(f"{fence}{text}{fence}".replace("|", r"\|"))


def write_quote(value: object) -> Markdown:
    """A text of several lines as a quotation."""
    lines = escape_markdown(value).splitlines()
    return Markdown("\n".join(f"> {line}".rstrip() for line in lines))


def name_anchor(value: object) -> Markdown:
    """A name as the end of a link."""
    return Markdown(re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-"))


def link_addresses(value: object) -> Markdown:
    """A line with its web addresses as links, each called by its host."""
    parts = _ADDRESS.split(" ".join(str(value).split()))
    written = [
        escape_markdown(part) if at % 2 == 0 else f"[{urlsplit(part).hostname}]({part})"
        for at, part in enumerate(parts)
    ]
    return Markdown("".join(written))


_FILTERS: dict[str, Callable[[object], Markdown]] = {
    "anchor": name_anchor,
    "cell": write_cell,
    "code": write_code,
    "linked": link_addresses,
    "markdown": Markdown,
    "quote": write_quote,
}


@cache
def _load_environment() -> Environment:
    made = Environment(  # noqa: S701 - Markdown is written, and escaped by ``finalize``
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[=",
        variable_end_string="=]",
        comment_start_string="[--",
        comment_end_string="--]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        finalize=escape_markdown,
    )
    made.filters.update(_FILTERS)
    made.globals.update(facts.list_facts())
    made.globals.update(example.list_facts())
    made.globals.update(
        repository=read_repository(),
        part_of=read_part,
        show_places=show_places,
        site=find_site(read_repository()),
        binder=find_binder(read_repository()),
        project=read_project(),
    )
    return made


@cache
def fill_in(text: str) -> str:
    """A page with everything in it that the code tells.

    Raises:
        jinja2.TemplateError: The page names what the code does not have.
    """
    if "[=" not in text and "[%" not in text:
        return text
    return _load_environment().from_string(text).render()


def _fill_in_all(app: Sphinx) -> None:
    """Fill in every page before the first is read.

    What is told of Python afterwards writes into the classes it looks at, so that the shapes of
    answers could not be read from them any more.
    """
    for name in app.project.discover(app.config.exclude_patterns):
        fill_in(app.env.doc2path(name).read_text(encoding="utf-8"))


def _fill_in_page(_: Sphinx, __: str, content: list[str]) -> None:
    content[0] = fill_in(content[0])


def _reach_by_keyboard(_: Sphinx, __: str, ___: str, context: dict[str, Any], ____: object) -> None:
    """Let the keyboard move tables that are wider than a phone."""
    wrapper = '<div class="table-wrapper'
    context["body"] = context.get("body", "").replace(wrapper, f'<div tabindex="0"{wrapper[4:]}')


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx to fill each page in as it is read."""
    app.connect("builder-inited", _fill_in_all)
    app.connect("source-read", _fill_in_page)
    app.connect("html-page-context", _reach_by_keyboard)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
