"""A web page as the checks see it: links, title, tags, cards, what it says of the business."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from workbook.audit.files import LARGEST, Unreadable, read_file
from workbook.audit.markup import Markup, read_json_ld, read_microdata
from workbook.values import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOKS_LIKE_HTML = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|title|meta|link|script|a|div|p|span|h[1-6]|main|ul|"
    r"section|header|footer|nav|table|form|img)\b",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[a-z][^\s/>]*", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"[\s/]*[^\s>/][^\s>/=]*(?:\s*=\s*(?:\"[^\"]*\"?|'[^']*'?|[^\s>]*))?")
_MOST_ATTRIBUTES = 2_000
"""Attributes of one element; the parser compares each with all others, so a million take hours."""
_SILENT = {"script", "style", "template", "noscript", "svg", "title", "head", "textarea", "select"}
_BLOCKS = {"p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr",
           "section", "ol", "header", "footer", "article", "main", "nav", "address", "dt", "dd",
           "ul"}  # fmt: skip
_MOST_TEXT = 400_000
_LOOK = 200_000
_MOST_LINKS = 5_000
_LONGEST = 2_000
_LONGEST_LABEL = 200
_MOST_SCRIPT = 500_000
"""Letters of scripts that stand in a page itself; those of counters are short and stand early."""
_MOST_PARTS = 50
_STEPS = 10
"""How many elements are gone through for a letter, where hardly one has any."""
_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src"}
_FILLED_IN = {"text", "email", "tel", ""}
_SEARCHING = re.compile(r"search|suche|recherche|newsletter|subscribe|login|signin", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of a page: its whole address, what it says, and its ``rel`` words."""

    address: str
    text: str
    rel: frozenset[str]
    is_shown: bool
    """Whether people can follow it; a ``link`` in the head they cannot."""


@dataclass(frozen=True, slots=True)
class PageScript:
    """A script of a page: where it comes from, its other attributes, and what stands in it."""

    address: str
    attributes: str
    text: str
    waits: bool
    """Whether it is held back, mostly until a visitor agrees."""


@dataclass(frozen=True, slots=True)
class PageForm:
    """A form by which people write: where it is sent to, its hidden fields, its attributes."""

    address: str
    fields: tuple[tuple[str, str], ...]
    attributes: str


@dataclass(frozen=True, slots=True)
class Page:
    """A web page.

    ``address`` is where it was fetched from, or what it calls itself; empty where neither is
    known. ``marks`` are the contents of its ``meta`` tags by their names in small letters.
    """

    name: str
    address: str = ""
    was_fetched: bool = False
    title: str = ""
    language: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    links: tuple[PageLink, ...] = ()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    canonicals: tuple[str, ...] = ()
    icons: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    written_to: tuple[PageForm, ...] = ()
    scripts: tuple[PageScript, ...] = ()
    frames: tuple[str, ...] = ()
    insecure: tuple[str, ...] = ()
    markup: Markup = Markup()  # noqa: RUF009 - it is frozen

    @property
    def forms(self) -> int:
        """How many forms it has by which people write to the business."""
        return len(self.written_to)

    def mark(self, name: str) -> str:
        """The first content of a ``meta`` tag; empty where there is none."""
        return next(iter(self.marks.get(name, ())), "")


def read_page(
    name: str, raw: bytes | str, *, address: str = "", charset: str = ""
) -> Page | Unreadable:
    """A page from pasted text or the bytes of a file, or why it cannot be looked at.

    Args:
        name: What it is called in results.
        raw: HTML, or a file with HTML in it.
        address: Where it was fetched from, if it was.
        charset: The encoding that came with it, if one did.
    """
    if isinstance(raw, str):
        if len(raw) > LARGEST:
            return Unreadable(name, "too-large", {"limit": LARGEST // 1_000_000})
        text: str | Unreadable = raw.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    else:
        text = read_file(name, raw, charset)
    if isinstance(text, Unreadable):
        return text
    if not text.strip():
        return Unreadable(name, "empty")
    if not _LOOKS_LIKE_HTML.search(text, 0, _LOOK):
        return Unreadable(name, "no-html")
    if _is_crowded(text):
        return Unreadable(name, "too-crowded", {"limit": _MOST_ATTRIBUTES})
    return _parse(name, _DECLARATION.sub("", text), address)


def _is_crowded(text: str) -> bool:
    """Whether an element has more attributes than the parser can take in a short time."""
    tag = _TAG.search(text)
    while tag:
        end = tag.end()
        if not tag[0].startswith("<!"):
            for number in range(_MOST_ATTRIBUTES + 1):
                found = _ATTRIBUTE.match(text, end)
                if not found:
                    break
                if number == _MOST_ATTRIBUTES:
                    return True
                end = found.end()
        tag = _TAG.search(text, end)
    return False


def _parse(name: str, text: str, address: str) -> Page | Unreadable:
    from lxml import etree  # noqa: PLC0415 - heavy, loaded when a page is read

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.LxmlError:
        return Unreadable(name, "broken")
    if root is None:
        return Unreadable(name, "broken")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return Unreadable(name, "too-deep")
    return _Reader(root, address).read(name)


class _Reader:
    """Goes through a page once and keeps what the checks need."""

    def __init__(self, root: Any, address: str) -> None:  # noqa: ANN401 - an element of lxml
        self.root = root
        self.given = address
        self.base = address
        self.links: list[PageLink] = []
        self.marks: dict[str, list[str]] = {}
        self.canonicals: list[str] = []
        self.icons: list[str] = []
        self.insecure: list[str] = []
        self.frames: list[str] = []
        self.described: list[str] = []
        self.scripts: list[PageScript] = []
        self.forms: list[PageForm] = []
        self.left = _MOST_SCRIPT

    def read(self, name: str) -> Page:
        """The page."""
        self._find_base()
        for element in self.root.iter("*"):
            self._look(element)
        described = read_json_ld(self.described)
        markup = Markup((*described.nodes, *read_microdata(self.root)), described.faults)
        called = next((a for a in (*self.canonicals, *self.marks.get("og:url", ())) if a), "")
        return Page(
            name=name,
            address=self.given or called,
            was_fetched=bool(self.given),
            title=self._find_title(),
            language=_attribute(self.root, "lang"),
            headings=tuple(_write_text(h, _LONGEST) for h in islice(self.root.iter("h1"), 10)),
            text=_write_text(self.root, _MOST_TEXT),
            links=tuple(self.links[:_MOST_LINKS]),
            marks={name: tuple(said) for name, said in self.marks.items()},
            canonicals=tuple(self.canonicals),
            icons=tuple(self.icons),
            phones=self._strip("tel:"),
            mails=self._strip("mailto:"),
            written_to=tuple(self.forms),
            scripts=tuple(self.scripts),
            frames=tuple(self.frames),
            insecure=tuple(dict.fromkeys(self.insecure)),
            markup=markup,
        )

    def _strip(self, scheme: str) -> tuple[str, ...]:
        found = [a for a in (link.address for link in self.links) if a.lower().startswith(scheme)]
        return tuple(dict.fromkeys(a[len(scheme) :].partition("?")[0] for a in found))

    def _find_base(self) -> None:
        for element in self.root.iter("base"):
            if element.get("href"):
                self.base = _join(self.given, _attribute(element, "href"))
                return

    def _find_title(self) -> str:
        for element in self.root.iter("title"):
            if not any(above.tag == "svg" for above in element.iterancestors()):
                return clean_text(" ".join("".join(element.itertext()).split()))[:_LONGEST]
        return ""

    def _look(self, element: Any) -> None:  # noqa: ANN401 - lxml's
        tag = element.tag
        if tag in ("a", "area", "link"):
            self._look_at_link(element)
        elif tag == "meta":
            self._look_at_mark(element)
        elif tag == "form":
            self._look_at_form(element)
        elif tag == "script":
            self._look_at_script(element)
        if tag in _LOADED:
            self._look_at_loaded(tag, _attribute(element, _LOADED[tag]))

    def _look_at_link(self, element: Any) -> None:  # noqa: ANN401 - lxml's
        target = _attribute(element, "href")
        if not target or target.startswith("#"):
            return
        rel = frozenset(_attribute(element, "rel").lower().split())
        address = _join(self.base, target)
        if "canonical" in rel:
            self.canonicals.append(address)
        if "icon" in rel or "apple-touch-icon" in rel:
            self.icons.append(address)
        if "stylesheet" in rel and address.startswith("http:"):
            self.insecure.append(address)
        shown = element.tag != "link"
        if shown or "me" in rel:
            text = _write_text(element, _LONGEST_LABEL) if shown else ""
            label = text or _attribute(element, "aria-label") or _attribute(element, "title")
            self.links.append(PageLink(address, label[:_LONGEST_LABEL], rel, shown))

    def _look_at_mark(self, element: Any) -> None:  # noqa: ANN401 - lxml's
        name = _attribute(element, "property") or _attribute(element, "name")
        content = _attribute(element, "content")
        if name and content:
            self.marks.setdefault(name.lower(), []).append(content)

    def _look_at_form(self, element: Any) -> None:  # noqa: ANN401 - lxml's
        if _is_filled_in(element) and len(self.forms) < _MOST_LINKS:
            parts = (element, *islice(element.iter("input", "button", "a"), _MOST_PARTS))
            fields = tuple(
                (_attribute(part, "name"), _attribute(part, "value"))
                for part in parts
                if _attribute(part, "type").lower() == "hidden"
            )
            address = _join(self.base, _attribute(element, "action"))
            self.forms.append(PageForm(address, fields, " ".join(map(_list_attributes, parts))))

    def _look_at_script(self, element: Any) -> None:  # noqa: ANN401 - lxml's
        kind = _attribute(element, "type").lower()
        if "ld+json" in kind:
            self.described.append("".join(element.itertext()))
            return
        source = _attribute(element, "src")
        held = _attribute(element, "data-src") or _attribute(element, "data-cookieblock-src")
        text = "".join(element.itertext())[: self.left]
        self.left -= len(text)
        waits = kind == "text/plain" or bool(held and not source)
        address = _join(self.base, source or held) if source or held else ""
        if len(self.scripts) < _MOST_LINKS:
            self.scripts.append(PageScript(address, _list_attributes(element), text, waits))

    def _look_at_loaded(self, tag: str, target: str) -> None:
        if not target:
            return
        address = _join(self.base, target)
        if address.startswith("http:"):
            self.insecure.append(address)
        if tag == "iframe":
            self.frames.append(address)


def _attribute(element: Any, name: str) -> str:  # noqa: ANN401 - lxml's
    return clean_text(element.get(name) or "")[:_LONGEST]


def _list_attributes(element: Any) -> str:  # noqa: ANN401 - lxml's
    """The attributes of an element in one line, as they are written."""
    found = (f"{name}={value}" for name, value in islice(element.items(), _STEPS))
    return clean_text(" ".join(found))[:_LONGEST]


def _join(base: str, target: str) -> str:
    try:
        return urljoin(base, target)[:_LONGEST]
    except ValueError:
        return target[:_LONGEST]


def _is_filled_in(form: Any) -> bool:  # noqa: ANN401 - lxml's
    """Whether people write to the business with it: no search box, no log-in."""
    said = " ".join(_attribute(form, n) for n in ("action", "role", "class", "id", "name"))
    kinds = [_attribute(i, "type").lower() for i in form.iter("input")]
    if "password" in kinds or "search" in kinds:
        return False
    if next(form.iter("textarea"), None) is not None:
        return True
    return not _SEARCHING.search(said) and sum(kind in _FILLED_IN for kind in kinds) > 1


def _write_text(root: Any, most: int) -> str:  # noqa: ANN401 - lxml's
    """The words that people see, as one line; those of scripts and lists to choose from are not.

    It ends after ``most`` letters: a page may hold links within links without end.
    """
    parts: list[str] = []
    length = 0
    silent = 0
    from lxml import etree  # noqa: PLC0415 - loaded already where a page is read

    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in islice(walk, most * _STEPS):
        is_silent = event != "comment" and element.tag in _SILENT and element is not root
        if event == "start":
            silent += is_silent
            said = element.text
        else:
            silent -= is_silent
            said = element.tail if element is not root else ""
        if not silent and (said or element.tag in _BLOCKS):
            said = (said or "")[: most * _STEPS]
            parts.append(f" {said}" if element.tag in _BLOCKS else said)
            length += len(said.strip())
        if length > most:
            break
    return clean_text(" ".join("".join(parts).split()))[:most]


def is_secure(address: str) -> bool:
    """Whether an address is fetched in a way nobody can read or change on the way."""
    return urlsplit(address).scheme == "https"
