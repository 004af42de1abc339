"""Counts what each rule is about, with the sentences the number rests on."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from math import ceil
from typing import TYPE_CHECKING

from workbook.tone.reading import Draft, Sentence, count_syllables, read_drafts
from workbook.tone.rules import Rule, Rules
from workbook.tone.vocabulary import Entry, load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Found = tuple[Entry, Draft, Sentence | None]
"""A listed word, and where it stands; without a sentence, in the draft as a whole."""
MOST_SAMPLED = 20_000
"""Words: reading ease of more than so many rests on the first of them."""
MOST_HITS = 200
"""How many sentences a rule names; the count goes on."""
HARDEST = 3
LONGEST_EXCERPT = 300
LONG_TAG = 12
"""Letters: a longer hashtag is likely of several words, which capitals keep apart for the ear."""
MOST_TAGS = 20
_WIDE_MARK = "\uff01"
_FLESCH = (206.835, 1.015, 84.6)
"""The constants of reading ease [N7]."""


@dataclass(frozen=True, slots=True)
class ToneHit:
    """A sentence a number rests on: its rule, the words in it, and its place.

    ``draft`` counts posts from 1 and ``sentence`` the sentences in it; 0 is the post as a whole.
    ``better`` is what to write in its place, where the rules offer something; ``subject`` names
    the subject beside which a joke goes wrong.
    """

    rule: Rule
    words: str
    draft: int
    sentence: int
    text: str
    better: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The number of a rule and the sentences it rests on; without a number, why there is none."""

    value: float | None
    hits: tuple[ToneHit, ...] = ()
    count: int = 0
    note: str = ""
    needs: float = 0
    """How many words a measure needs, or rests on, where the note speaks of it."""
    parts: tuple[int, int] | None = None


@dataclass(frozen=True)
class Material:
    """Drafts taken apart, with every listed word that was found in them."""

    rules: Rules
    drafts: tuple[Draft, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(s for draft in self.drafts for s in draft.sentences)

    @cached_property
    def words(self) -> int:
        """How many words there are."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @cached_property
    def is_english(self) -> bool:
        """Whether what rests on English can be counted: by what was said, and by its words."""
        if self.rules.english is False:
            return False
        usual = load_vocabulary().usual
        found = sum(part in usual for sentence in self.sentences for part in sentence.parts)
        return found * 100 >= self.rules.english_share * self.words if self.words else False

    @cached_property
    def found(self) -> Mapping[str, list[Found]]:
        """What was found of the word lists, by kind, in order."""
        found: dict[str, list[Found]] = {}
        known: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        for draft in self.drafts:
            for sentence in draft.sentences:
                entries = known.get(sentence.parts)
                if entries is None:
                    entries = known[sentence.parts] = tuple(self.rules.phrases.find(sentence.parts))
                for entry in entries:
                    found.setdefault(entry.kind, []).append((entry, draft, sentence))
            for entry, sign in self._signs(draft):
                found.setdefault(entry.kind, []).append((entry, draft, sign))
        return found

    def _signs(self, draft: Draft) -> Iterator[tuple[Entry, Sentence | None]]:
        text = draft.text.lower()
        for sign, entry in self.rules.phrases.signs:
            if sign in text:
                yield entry, next((s for s in draft.sentences if sign in s.text.lower()), None)

    def hit(self, rule: Rule, entry: Entry, draft: Draft, sentence: Sentence | None) -> ToneHit:
        """A hit of a listed word."""
        subject = entry.kind.removeprefix("topic-") if entry.kind.startswith("topic-") else ""
        text = sentence.text if sentence else draft.text
        place = sentence.number if sentence else 0
        return ToneHit(rule, entry.text, draft.number, place, cut(text), entry.better, subject)


def gather(texts: Iterable[str], rules: Rules) -> Material:
    """Posts taken apart, to be counted by every rule."""
    return Material(rules, read_drafts(texts))


def cut(text: str) -> str:
    """A sentence as it is shown: on one line, and not endless."""
    line = " ".join(text[: LONGEST_EXCERPT * 4].split())
    return line if len(line) <= LONGEST_EXCERPT else f"{line[: LONGEST_EXCERPT - 1]}…"


def _hit(rule: Rule, sentence: Sentence, words: str = "") -> ToneHit:
    return ToneHit(rule, words, sentence.draft, sentence.number, cut(sentence.text))


def _whole(rule: Rule, draft: Draft, words: str) -> ToneHit:
    return ToneHit(rule, words, draft.number, 0, cut(draft.text))


# -- words that are listed ---------------------------------------------------------------------


def _count_humour(material: Material) -> Count:
    """Subjects beside which a joke goes wrong: with a joke, or in a voice that often jokes."""
    jokes = {draft.number for _, draft, _ in material.found.get("jokes", ())}
    found = [
        each
        for kind, of_kind in material.found.items()
        if kind.startswith("topic-")
        for each in of_kind
        if material.rules.is_playful or each[1].number in jokes
    ]
    found.sort(key=lambda each: (each[1].number, each[2].number if each[2] else 0))
    return _count_found(material, Rule.HUMOUR, found, len({draft.number for _, draft, _ in found}))


def _count_found(
    material: Material, rule: Rule, found: Sequence[Found], value: int | None = None
) -> Count:
    hits = tuple(material.hit(rule, *each) for each in found[:MOST_HITS])
    return Count(len(found) if value is None else value, hits, len(found))


def _count_promises(material: Material) -> Count:
    proven = {draft.number for _, draft, _ in material.found.get("proof", ())}
    found = material.found.get("promises", ())
    bare = [each for each in found if each[1].number not in proven and not each[1].has_link]
    return _count_found(material, Rule.PROMISES, bare)


def _count_hype(material: Material) -> Count:
    return _count_found(material, Rule.HYPE, material.found.get("hype", ()))


def _count_register(material: Material) -> Count:
    """Formal words in a casual voice, casual ones in a formal voice; none where it is neither."""
    kind = {True: "formal", False: "casual", None: ""}[material.rules.is_casual]
    return _count_found(material, Rule.REGISTER, material.found.get(kind, ()))


# -- sentences ---------------------------------------------------------------------------------


def _count_reading_ease(material: Material) -> Count:
    if material.words < material.rules.pooled_words:
        return Count(None, note="too-short", needs=material.rules.pooled_words)
    sample = _take(material.sentences, MOST_SAMPLED)
    words = sum(len(s.words) for s in sample)
    known = count_syllables(part for s in sample for part in s.parts)
    syllables = [sum(known[part] for part in s.parts) for s in sample]
    value = measure_ease(words, len(sample), sum(syllables))
    hard = sorted(zip(sample, syllables, strict=True), key=lambda each: _ease_of(*each))[:HARDEST]
    within = material.rules.limits[Rule.READING_EASE].allows(value)
    hits = tuple(_hit(Rule.READING_EASE, s) for s, _ in hard if not within)
    note = "sampled" if len(sample) < len(material.sentences) else ""
    return Count(value, hits, len(hits), note, MOST_SAMPLED if note else 0)


def _ease_of(sentence: Sentence, syllables: int) -> float:
    return measure_ease(len(sentence.words), 1, syllables)


def measure_ease(words: int, sentences: int, syllables: int) -> float:
    """Reading ease after Flesch, for English [N7]; from 60 on it is about plain English [N8]."""
    base, length, weight = _FLESCH
    return round(base - length * words / sentences - weight * syllables / words, 1)


def _take(sentences: tuple[Sentence, ...], most: int) -> tuple[Sentence, ...]:
    """The first sentences with so many words together."""
    taken = 0
    for at, sentence in enumerate(sentences):
        taken += len(sentence.words)
        if taken > most:
            return sentences[: at + 1]
    return sentences


def _count_mean(material: Material) -> Count:
    if not material.sentences:
        return Count(None, note="no-words")
    mean = round(material.words / len(material.sentences), 1)
    if material.rules.limits[Rule.MEAN_SENTENCE].allows(mean):
        return Count(mean)
    longest = nlargest(HARDEST, material.sentences, key=lambda s: len(s.words))
    hits = tuple(_hit(Rule.MEAN_SENTENCE, s, str(len(s.words))) for s in longest)
    return Count(mean, hits, len(hits))


def _count_longest(material: Material) -> Count:
    if not material.sentences:
        return Count(None, note="no-words")
    limit = material.rules.limits[Rule.LONGEST_SENTENCE]
    long = [s for s in material.sentences if not limit.allows(len(s.words))]
    hits = (_hit(Rule.LONGEST_SENTENCE, s, str(len(s.words))) for s in long[:MOST_HITS])
    return Count(max(len(s.words) for s in material.sentences), tuple(hits), len(long))


def _count_contractions(material: Material) -> Count:
    words = load_vocabulary()
    found = sum(
        part in words.contractions or part.endswith(words.endings)
        for sentence in material.sentences
        for part in sentence.parts
        if "'" in part
    )
    limit = material.rules.limits.get(Rule.CONTRACTIONS)
    needs = 100 / limit.value if limit and limit.value else 0
    if not found and material.words < needs:
        return Count(None, note="too-few", needs=ceil(needs))
    return Count(_per_hundred(found, material.words))


def _per_hundred(count: int, words: int) -> float:
    return round(100 * count / words, 2) if words else 0.0


def _count_you_we(material: Material) -> Count:
    """How often the reader is spoken of for each time the business is [N9][N10]."""
    you = we = 0
    own = []
    for sentence in material.sentences:
        yours, ours = _count_people(sentence, material.rules)
        you, we = you + yours, we + ours
        if ours and not yours:
            own.append(sentence)
    if not you + we:
        return Count(None, note="nobody")
    ratio = round(you / we, 2) if we else float(you)
    if not we or material.rules.limits[Rule.YOU_WE].allows(ratio):
        return Count(ratio, parts=(you, we))
    hits = tuple(_hit(Rule.YOU_WE, sentence) for sentence in own[:MOST_HITS])
    return Count(ratio, hits, len(own), note="low", parts=(you, we))


def _count_people(sentence: Sentence, rules: Rules) -> tuple[int, int]:
    words = load_vocabulary()
    heads = [part.partition("'")[0] for part in sentence.parts]
    you = sum(head in words.you for head in heads)
    we = sum(head in words.we for head in heads)
    we -= sum(word == "US" for word in sentence.words) if we else 0
    return you, max(we, 0) + sum(_count_name(name, heads) for name in rules.names)


def _count_name(name: tuple[str, ...], heads: list[str]) -> int:
    first, length = name[0], len(name)
    if first not in heads:
        return 0
    return sum(
        head == first and tuple(heads[at : at + length]) == name for at, head in enumerate(heads)
    )


# -- signs -------------------------------------------------------------------------------------


def _count_exclamations(material: Material) -> Count:
    marks = sum(draft.text.count("!") + draft.text.count(_WIDE_MARK) for draft in material.drafts)
    cried = [s for s in material.sentences if "!" in s.text or _WIDE_MARK in s.text]
    hits = tuple(_hit(Rule.EXCLAMATIONS, sentence) for sentence in cried[:MOST_HITS])
    return Count(_per_hundred(marks, material.words), hits, len(cried))


def _count_capitals(material: Material) -> Count:
    known, most = material.rules.capitals, 0
    found: list[tuple[Sentence, list[str]]] = []
    for draft in material.drafts:
        before = len(found)
        for sentence in draft.sentences:
            shouted = [w for w in sentence.words if w.isupper() and _is_shouted(w, known)]
            if shouted:
                found.append((sentence, shouted))
        most = max(most, sum(len(shouted) for _, shouted in found[before:]))
    hits = (_hit(Rule.CAPITALS, s, " ".join(w[:HARDEST])) for s, w in found[:MOST_HITS])
    return Count(most, tuple(hits), len(found))


def _is_shouted(word: str, known: frozenset[str]) -> bool:
    """Whether a word in capitals is neither a short form people know nor partly a number."""
    bare = word.replace("\u2019", "'").partition("'")[0]
    letters = bare.replace("-", "")
    return len(letters) > 1 and letters.isalpha() and not {word, bare} & known


def _count_per_draft(
    material: Material, rule: Rule, number: Callable[[Draft], int], words: Callable[[Draft], str]
) -> Count:
    """The most there are in one draft, with the drafts that have too many."""
    limit = material.rules.limits[rule]
    over = [draft for draft in material.drafts if not limit.allows(number(draft))]
    hits = tuple(_whole(rule, draft, words(draft)) for draft in over[:MOST_HITS])
    return Count(max(map(number, material.drafts)), hits, len(over))


def _count_hashtags(material: Material) -> Count:
    return _count_per_draft(
        material,
        Rule.HASHTAGS,
        lambda draft: len(draft.hashtags),
        lambda draft: cut(" ".join(f"#{tag}" for tag in draft.hashtags[:MOST_TAGS])),
    )


def _count_tag_case(material: Material) -> Count:
    found = [
        (draft, tag)
        for draft in material.drafts
        for tag in draft.hashtags
        if len(tag) >= LONG_TAG and (tag.islower() or tag.isupper()) and "_" not in tag
    ]
    hits = (_whole(Rule.HASHTAG_CASE, draft, f"#{cut(tag)}") for draft, tag in found[:MOST_HITS])
    return Count(len(found), tuple(hits), len(found))


def _count_emoji(material: Material) -> Count:
    number = operator.attrgetter("emoji")
    return _count_per_draft(material, Rule.EMOJI, number, lambda draft: str(draft.emoji))


COUNTERS: Mapping[Rule, Callable[[Material], Count]] = {
    Rule.HUMOUR: _count_humour,
    Rule.PROMISES: _count_promises,
    Rule.HYPE: _count_hype,
    Rule.READING_EASE: _count_reading_ease,
    Rule.MEAN_SENTENCE: _count_mean,
    Rule.LONGEST_SENTENCE: _count_longest,
    Rule.CONTRACTIONS: _count_contractions,
    Rule.REGISTER: _count_register,
    Rule.EXCLAMATIONS: _count_exclamations,
    Rule.CAPITALS: _count_capitals,
    Rule.HASHTAGS: _count_hashtags,
    Rule.HASHTAG_CASE: _count_tag_case,
    Rule.EMOJI: _count_emoji,
    Rule.YOU_WE: _count_you_we,
}
"""The counter of each rule."""
