"""The pages of the documentation, and the blocks of code in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from workbook.documentation.rendering import FOLDER, fill_in

ROOT = FOLDER.parents[1]
PAGES = {
    path.relative_to(FOLDER).as_posix(): path
    for path in sorted(FOLDER.rglob("*.md"))
    if not any(part.startswith("_") for part in path.relative_to(FOLDER).parts)
}
_BLOCK = re.compile(
    r"^(?P<indent> *)(?:<!-- (?P<mark>[^\n]*) -->\n(?P=indent))?```(?P<kind>[a-z]+)\n"
    r"(?P<text>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)
ASIDE = "not run here: "


class Block(NamedTuple):
    """Code in a page: its kind, what the mark before it says, and the code."""

    page: str
    kind: str
    mark: str
    text: str

    @property
    def is_run(self) -> bool:
        """Whether the page does not say that it is not."""
        return not self.mark.startswith(ASIDE)


def read_page(name: str) -> str:
    """A page with everything in it that the code tells."""
    return fill_in(PAGES[name].read_text(encoding="utf-8"))


def list_blocks(name: str, *kinds: str) -> list[Block]:
    """The blocks of a page, of some kinds where these are given; code is in it as it stands."""
    found = []
    for each in _BLOCK.finditer(PAGES[name].read_text(encoding="utf-8")):
        text = re.sub(rf"^{each['indent']}", "", each["text"], flags=re.MULTILINE)
        if not kinds or each["kind"] in kinds:
            found.append(Block(name, each["kind"], each["mark"] or "", text))
    return found


def all_blocks(*kinds: str) -> list[Block]:
    """The blocks of all pages."""
    return [block for name in PAGES for block in list_blocks(name, *kinds)]


def path_of(block: Block) -> Path | None:
    """The file that a block is the content of."""
    found = re.fullmatch(r"file: (\S+)", block.mark)
    return Path(found[1]) if found else None
