"""What is known of the places, in words: a sheet for each of them, and one table of all.

What a place's own file tells stands in ``platforms/<place>.toml``; the words around it in
``platforms/words.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence import load_sources, write_source
from workbook.fit.effort import load_efforts
from workbook.platforms import load_platforms
from workbook.platforms.sheet import FIGURES, Market, Presence, default, is_old
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from workbook.platforms import Platform
    from workbook.platforms.sheet import Cadence, Told

WORDS = "platforms/words.toml"
_A_FORTNIGHT = 0.5
_WEEKS_IN_A_MONTH = 52 / 12


class ShownFact(NamedTuple):
    """A fact about a place as it is shown: what it is about, the sentence, and whose it is."""

    name: str
    """What it is called in the place's file, such as ``links`` or ``post_limit``."""
    label: str
    text: str
    source_line: str
    checked_on: date
    is_known: bool = True
    is_own: bool = False
    """Whether it is our own default and rests on no source."""
    is_dated: bool = True
    """Whether its source shows of which day it is; else ``checked_on`` is when it was read."""


class SheetTable(NamedTuple):
    """All places in one table: a title, what to know to read it, the columns, and the rows."""

    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def load_place_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words about places."""
    return load_words(WORDS, language)


# -- one place ---------------------------------------------------------------------------------


def list_facts(platform: Platform, language: str = BASE_LANGUAGE) -> tuple[ShownFact, ...]:
    """Everything that is known of a place, and what is not: a sentence for each.

    Args:
        platform: The place.
        language: The language of the words.

    Returns:
        Whom it is used to sell to and what it lives on first, then how often to post, links,
        messages and reviews, lengths, and what to write into tagged links.
    """
    pen = _Pen(platform, language)
    return (*pen.write_use(), *pen.write_links(), *pen.write_talk(), *pen.write_rest())


def write_checked(fact: ShownFact, today: date, language: str = BASE_LANGUAGE) -> str:
    """Of which day a fact is, and whether that is too long ago to rely on it."""
    words = load_place_words(language)["day"]
    kind = "fresh" if fact.is_dated else "undated"
    if fact.is_own or not fact.is_known:
        kind = "own" if fact.is_known else "unknown"
    old = is_old(fact.checked_on, today)
    form = str(words[f"{kind}_old" if old else kind])
    return form.format(day=write_day(fact.checked_on, language), days=_days(language))


class _Pen:
    """Writes the facts of one place in one language."""

    def __init__(self, platform: Platform, language: str) -> None:
        self.platform, self.language = platform, language
        self.words = load_place_words(language)
        self.said = load_words(f"platforms/{platform.id}.toml", language)

    def write_use(self) -> Iterator[ShownFact]:
        """Whom it is used to sell to, what it lives on, and how often to post."""
        sheet = self.platform.sheet
        kinds, markets = self.words["forms"]["kinds"], self.words["markets"]
        forms = self._join(kinds[form] for form in sheet.forms.value)
        both = len(sheet.markets.value) == len(Market)
        sold = "both" if both else next((m.value for m in sheet.markets.value), "none")
        yield self._state("markets", sheet.markets, str(markets[sold]))
        told = str(self.words["forms"]["text"]).format(forms=forms)
        yield self._state("forms", sheet.forms, told)
        yield from self._write_cadence()
        yield self._write_ours()

    def write_links(self) -> Iterator[ShownFact]:
        """What becomes of a link, in a post and in the profile."""
        sheet = self.platform.sheet
        yield self._answer("links", sheet.links, sheet.links.value)
        yield self._answer("profile_link", sheet.profile_link, sheet.profile_link.value)
        yield from self._write_figures("links_max")

    def write_talk(self) -> Iterator[ShownFact]:
        """Where people can write, in private and in public."""
        sheet = self.platform.sheet
        yield self._answer("messages", sheet.messages, sheet.messages.value)
        yield from self._write_figures("window_hours")
        yield self._answer("comments", sheet.comments, sheet.comments.value)
        yield self._answer("reviews", sheet.reviews, sheet.reviews.value)

    def write_rest(self) -> Iterator[ShownFact]:
        """Lengths, and what to write into tagged links."""
        shown = {"links_max", "window_hours"}
        yield from self._write_figures(*(name for name in FIGURES if name not in shown))
        tagging = self.platform.sheet.tagging
        form = str(self.words["tagging"][tagging.list or "none"])
        yield self._state("tagging", tagging, form.format(source=tagging.value))

    def _write_cadence(self) -> Iterator[ShownFact]:
        found = self.platform.sheet.cadence
        for key, told in found.items():
            note = self.said["sheet"]["cadence"][key].get("note", "")
            yield self._show("cadence", told, write_cadence(told, self.language), note)
        if not found:
            label = str(self.words["labels"]["cadence"])
            unknown = str(self.words["source"]["unknown"])
            day = self.platform.sheet.looked_on
            text = str(self.words["cadence"]["unknown"])
            yield ShownFact("cadence", label, text, unknown, day, is_known=False)

    def _write_ours(self) -> ShownFact:
        """What we reckon the hours of the place with."""
        hours = write_number(round(load_efforts()[self.platform.id].hours, 1), self.language)
        posts = _begin(write_posts(self.platform.id, self.language))
        text = str(self.words["ours"]["text"]).format(posts=posts, hours=hours)
        day = self.platform.sheet.forms.checked_on
        label, own = str(self.words["labels"]["ours"]), str(self.words["source"]["own"])
        return ShownFact("ours", label, text, own, day, is_own=True)

    def _write_figures(self, *names: str) -> Iterator[ShownFact]:
        for name in names:
            told = self.platform.facts.get(name)
            if told is not None:
                words = self.words["figures"]
                form = words["one"].get(name, words[name]) if told.value == 1 else words[name]
                text = str(form).format(count=write_number(told.value, self.language))
                yield self._show(name, told, text, self.said["facts"][name].get("note", ""))

    def _answer(self, name: str, told: Told, value: str) -> ShownFact:
        """A fact that is yes, no or something between."""
        known = value != Presence.UNKNOWN
        return self._state(name, told, str(self.words[name][str(value)]), known=known)

    def _state(self, name: str, told: Told, text: str, *, known: bool = True) -> ShownFact:
        note = self.said["sheet"][name].get("note", "")
        return self._show(name, told, text, note)._replace(
            is_known=known, source_line=self._write_sources(told, known=known)
        )

    def _show(self, name: str, told: Told, text: str, note: str) -> ShownFact:
        return ShownFact(
            name=name,
            label=str(self.words["labels"][name]),
            text=f"{text} {note}".strip(),
            source_line=self._write_sources(told),
            checked_on=told.checked_on,
            is_own=not told.sources,
            is_dated=_is_dated(told),
        )

    def _write_sources(self, told: Told, *, known: bool = True) -> str:
        words = self.words["source"]
        if not told.sources:
            return str(words["own" if known else "unknown"])
        return str(words["joined"]).join(self._write_source(key) for key in told.sources)

    def _write_source(self, key: str) -> str:
        line = write_source(key, self.language)
        second = str(self.words["source"]["second"])
        return second.format(source=line) if load_sources()[key].second_hand else line

    def _join(self, parts: Iterator[str]) -> str:
        return str(self.words["table"]["joined"]).join(parts)


def write_cadence(told: Cadence, language: str = BASE_LANGUAGE) -> str:
    """How often somebody advises to post, as it was told."""
    words = load_place_words(language)["cadence"]
    form = str(words["least" if told.high is None else "between"])
    high = "" if told.high is None else write_number(told.high, language)
    per = words["per"][told.per.value]
    return form.format(low=write_number(told.low, language), high=high, per=per)


def write_posts(place: str, language: str = BASE_LANGUAGE) -> str:
    """How much we reckon with on a place: “a long video a month, a short video a week”."""
    words = load_place_words(language)
    posts = load_efforts()[place].posts
    parts = (_write_rate(words["ours"], kind, number, language) for kind, number in posts.items())
    return str(words["table"]["joined"]).join(parts)


def _write_rate(words: Mapping[str, Any], kind: str, number: float, language: str) -> str:
    """How many of a kind, in the span in which it is at least one."""
    if number == _A_FORTNIGHT:
        return str(words["two_weeks"]).format(what=words["one"][kind])
    span = "week" if number >= 1 else "month"
    count = number if span == "week" else round(number * _WEEKS_IN_A_MONTH)
    one = count <= 1
    what = (
        words["one"][kind]
        if one
        else words["several"][kind].format(count=write_number(count, language))
    )
    return str(words[span]).format(what=what)


def _is_dated(told: Told) -> bool:
    return not told.source or bool(load_sources()[told.source].date)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(language: str) -> str:
    return write_number(default("fact_days"), language)


# -- all places --------------------------------------------------------------------------------


def sheet_rows(language: str, today: date) -> SheetTable:
    """All places in one table, with what a business needs to choose between them.

    Args:
        language: The language of the words.
        today: The day on which it is read; what is older than 180 days is marked.

    Returns:
        A row of texts for each place, in the order of lists, its name first.
    """
    words = load_place_words(language)
    table = words["table"]
    return SheetTable(
        title=str(table["title"]),
        lead=str(table["lead"]).format(days=_days(language)),
        columns=tuple(table["columns"]),
        rows=tuple(
            _write_row(place, words, language, today) for place in load_platforms(language).values()
        ),
    )


def _write_row(
    platform: Platform, words: Mapping[str, Any], language: str, today: date
) -> tuple[str, ...]:
    kinds = words["forms"]["kinds"]
    return (
        platform.name,
        _begin(str(words["table"]["joined"]).join(kinds[form] for form in platform.forms)),
        _write_ways(platform, words),
        _write_messages(platform, words, language),
        str(words["reviews"]["short"][platform.reviews.value]),
        _begin(write_posts(platform.id, language)),
        _write_oldest(platform, words, language, today),
    )


def _write_ways(platform: Platform, words: Mapping[str, Any]) -> str:
    """The ways from there to the website."""
    if platform.id in words["table"]["ways"]:
        return str(words["table"]["ways"][platform.id])
    return str(words["table"]["together"]).format(
        first=words["links"]["short"][platform.links.value],
        second=words["profile_link"]["short"][platform.sheet.profile_link.value],
    )


def _write_messages(platform: Platform, words: Mapping[str, Any], language: str) -> str:
    short, hours = words["messages"]["short"], platform.fact("window_hours")
    if hours is not None:
        return str(short["window"]).format(count=write_number(hours, language))
    return str(short[platform.messages.value])


def _write_oldest(platform: Platform, words: Mapping[str, Any], language: str, today: date) -> str:
    """The day of the oldest fact in the row, and whether it has to be looked up again."""
    sheet = platform.sheet
    shown: Sequence[Told] = (sheet.links, sheet.profile_link, sheet.messages, sheet.reviews)
    sourced = [told for told in shown if told.sources]
    if not sourced:
        return str(words["source"]["own"])
    oldest = min(sourced, key=lambda told: told.checked_on)
    old, dated = is_old(oldest.checked_on, today), _is_dated(oldest)
    day = write_day(oldest.checked_on, language)
    if dated and not old:
        return day
    kind = "old" if dated else "undated_old" if old else "undated"
    return str(words["table"][kind]).format(day=day)
