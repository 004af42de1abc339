"""What each post mainly does, with the signs that say so; a person's word counts for more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from workbook.mix.posts import digest
from workbook.mix.signs import OWN_PAGE, Hit, Sign, find_addresses, find_signs, load_lexicon
from workbook.steps.mix.answers import PostClass
from workbook.tone.vocabulary import load_vocabulary, read_entries, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook.mix.posts import Post
    from workbook.plan import Plan

_OWN_PAGE = Sign(OWN_PAGE, PostClass.PROMOTION, 1.0)


class Judged(NamedTuple):
    """A post with what it mainly does, why, and whether a person said so."""

    post: Post
    mark: str
    """The post's digest."""
    kind: PostClass
    hits: tuple[Hit, ...] = ()
    is_corrected: bool = False
    has_link: bool = False
    asks: bool = False
    """Whether it ends in a question."""
    thanks: bool = False
    own_words: int = 0
    """Words for the business, its names among them."""
    your_words: int = 0
    """Words for the reader."""
    words: int = 0
    usual_words: int = 0
    """Words that hardly any English text is without."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What a plan adds to the signs: own pages, and what was put right before."""

    hosts: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    """Addresses of own pages that sell, without scheme."""
    said: Mapping[str, PostClass] = field(default_factory=dict)
    names: tuple[tuple[str, ...], ...] = ()
    """The names of the business, each by its words."""

    def judge(self, post: Post) -> Judged:
        """One post told."""
        addresses = find_addresses(post.text)
        found, parts = find_signs(post.text, addresses)
        own_words, your_words = count_people(parts, self.names)
        if any(self.sells(address) for address in addresses):
            found[OWN_PAGE] = Hit(_OWN_PAGE, addresses[0])
        mark = digest(post.text)
        own = self.said.get(mark)
        kind = own or tell(found, is_reply=bool(post.is_reply))
        return Judged(
            post=post,
            mark=mark,
            kind=kind,
            hits=tuple(hit for hit in found.values() if hit.sign.kind is kind),
            is_corrected=own is not None,
            has_link=bool(addresses),
            asks="question" in found and kind is not PostClass.PROMOTION,
            thanks="thanks" in found,
            own_words=own_words,
            your_words=your_words,
            words=len(parts),
            usual_words=sum(map(load_vocabulary().usual.__contains__, parts)),
        )

    def sells(self, address: str) -> bool:
        """Whether an address is a page of the business's own that sells something."""
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = parts.netloc.lower().removeprefix("www.")
        if host not in self.hosts:
            return False
        path = parts.path.lower().rstrip("/")
        if f"{host}{path}" in self.pages:
            return True
        words = path.replace("-", "/").replace("_", "/").replace(".", "/").split("/")
        return not load_lexicon().pages.isdisjoint(words)


def judge_of(plan: Plan) -> Judge:
    """The judge that a plan calls for: its website, its pages, and its corrections."""
    said = plan.linking
    pages = [_bare(page) for page in (said.services_page, said.contact_page) if page]
    hosts = {page.partition("/")[0] for page in pages}
    if plan.start.website:
        hosts.add(_bare(plan.start.website).partition("/")[0])
    return Judge(
        hosts=frozenset(hosts - {""}),
        pages=tuple(page for page in pages if "/" in page),
        said={entry.id: entry.said.kind for entry in plan.mix.corrections},
        names=name_business(plan),
    )


def name_business(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """The names of the business, each by its words."""
    names = (plan.start.name or "", *read_lines(plan.voice.names))
    return tuple(entry.parts for entry in read_entries("names", names) if entry.parts)


def count_people(parts: tuple[str, ...], names: tuple[tuple[str, ...], ...]) -> tuple[int, int]:
    """Words for the business, its names among them, and words for the reader."""
    words = load_vocabulary()
    heads = [part.partition("'")[0] if "'" in part else part for part in parts]
    there = frozenset(heads)
    own = sum(map(heads.count, there & words.we))
    yours = sum(map(heads.count, there & words.you))
    for name in names:
        if name[0] in there:
            spans = range(len(heads))
            own += sum(tuple(heads[at : at + len(name)]) == name for at in spans)
    return own, yours


def _bare(address: str) -> str:
    """An address as host and path, in small letters."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    return parts.netloc.lower().removeprefix("www.") + parts.path.lower().rstrip("/")


def tell(found: Mapping[str, Hit], *, is_reply: bool = False) -> PostClass:
    """What a post mainly does, by the signs in it; a reply talks unless it sells."""
    lexicon = load_lexicon()
    weights: defaultdict[PostClass, float] = defaultdict(float)
    for hit in found.values():
        weights[hit.sign.kind] += hit.sign.weight
    if weights[PostClass.PROMOTION] >= lexicon.promotion:
        return PostClass.PROMOTION
    if is_reply:
        return PostClass.CONVERSATION
    best = max(lexicon.kinds, key=lambda kind: weights[kind])
    return best if weights[best] >= lexicon.other else PostClass.OTHER


def judge_all(posts: Iterable[Post], judge: Judge) -> tuple[Judged, ...]:
    """Every post told; one that stands there again is not told twice."""
    known: dict[tuple[str, bool], Judged] = {}
    result = []
    for post in posts:
        key = (post.text, bool(post.is_reply))
        first = known.get(key)
        if first is None:
            first = known[key] = judge.judge(post)
        result.append(first if first.post is post else first._replace(post=post))
    return tuple(result)
