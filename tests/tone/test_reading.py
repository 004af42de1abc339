"""Posts taken apart: sentences, words, hashtags, pictures and syllables, in any script."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbook.tone.reading import count_syllables, read_drafts, read_phrase, read_words

SYLLABLES = {
    "we": 1, "the": 1, "taps": 1, "table": 2, "open": 2, "about": 2, "today": 2, "water": 2,
    "being": 2, "quiet": 2, "people": 2, "customer": 3, "family": 3, "different": 3, "create": 2,
    "bathroom": 2, "plumber": 2, "weekend": 2, "opening": 3, "available": 4, "information": 4,
    "beautiful": 3, "delivery": 4, "served": 1, "wanted": 2, "houses": 2, "boxes": 2, "makes": 1,
    "loved": 1, "happened": 2, "little": 2, "bottle": 2, "simple": 2, "website": 2, "photo": 2,
    "story": 2, "company": 3, "community": 4, "quality": 3, "guarantee": 3, "able": 2, "ocean": 2,
    "early": 2, "many": 2, "ready": 2, "garden": 2, "minute": 2, "innovative": 4, "solution": 3,
    "sustainable": 4, "responsibility": 6, "organisation": 5, "immediately": 5, "services": 3,
    "rule": 1, "whole": 1, "sale": 1, "used": 1, "needed": 2, "pages": 2, "created": 3,
}  # fmt: skip
"""Counted by ear."""


def _sentences(text):
    return [s.text for draft in read_drafts([text]) for s in draft.sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We are open. Come in!", ["We are open.", "Come in!"]),
        ("Taps, e.g. mixers, at 9 a.m. on Monday", ["Taps, e.g. mixers, at 9 a.m. on Monday"]),
        ("Mr. J. Smith mends taps. Ring him.", ["Mr. J. Smith mends taps.", "Ring him."]),
        ("It costs £3.50 at example.com today", ["It costs £3.50 at example.com today"]),
        ("New menu is here 🎉 Come and try it", ["New menu is here 🎉", "Come and try it"]),
        ("A line that is\nwrapped here", ["A line that is wrapped here"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("Really?! Yes… Of course.", ["Really?!", "Yes…", "Of course."]),
        ("مرحبا بكم. هل أنتم هنا؟ نعم", ["مرحبا بكم.", "هل أنتم هنا؟", "نعم"]),
        ("我们开门了。欢迎！", ["我们开门了。", "欢迎！"]),  # noqa: RUF001 - as it is written there
        ("no end at all", ["no end at all"]),
        ("🎉🎉 !!! ...", []),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text, sentences):
    """Full stops inside words and numbers end nothing; pictures, line ends and other scripts do."""
    assert _sentences(text) == sentences


def test_places_are_counted_from_one():
    """A sentence knows its post and its number there; empty posts are no posts."""
    drafts = read_drafts(["One. Two.", "  ", "Three."])
    places = [(s.draft, s.number) for d in drafts for s in d.sentences]
    assert places == [(1, 1), (1, 2), (2, 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We\u2019re a world-class team", ("We\u2019re", "a", "world-class", "team")),
        ("See https://example.com/a or www.example.com", ("See", "or")),
        ("Thanks @anna, ask a@example.com", ("Thanks", "ask")),
        ("Our #SpringSale is on #spring #sale", ("Our", "SpringSale", "is", "on")),
        ("𝗕𝗶𝗴 ｎｅｗｓ", ("Big", "news")),  # noqa: RUF001 - letters in fancy dress
        ("שלום לכם", ("שלום", "לכם")),
        ("_____ ---", ()),
    ],
)
def test_words_are_what_people_read(text, words):
    """Addresses, handles and the hashtags at the end are none; a hyphen parts no word."""
    assert read_words(text) == words


def test_hyphens_make_no_difference_to_what_is_found():
    """“cutting-edge” and “cutting edge” are the same phrase."""
    assert read_phrase("Cutting\u2011edge") == read_phrase("cutting edge") == ("cutting", "edge")


@pytest.mark.parametrize(
    ("text", "hashtags", "emoji"),
    [
        ("#SpringSale and #2027 and a#b", ("SpringSale",), 0),
        ("Family 👨\u200d👩\u200d👧, flag 🇬🇧, thumb 👍🏽, heart ❤️", (), 4),
        ("1\ufe0f\u20e3 and 5 stars", (), 1),
        ("#مرحبا", ("مرحبا",), 0),
    ],
)
def test_hashtags_and_pictures_are_counted_as_people_see_them(text, hashtags, emoji):
    """A family is one picture, a number no hashtag."""
    (draft,) = read_drafts([text])
    assert draft.hashtags == hashtags
    assert draft.emoji == emoji


def test_syllables_come_close_to_the_ear():
    """Nine words in ten are right, and all together differ by less than three in a hundred."""
    counted = count_syllables(SYLLABLES)
    right = sum(counted[word] == SYLLABLES[word] for word in SYLLABLES)
    assert right >= 0.9 * len(SYLLABLES), {w: n for w, n in counted.items() if n != SYLLABLES[w]}
    assert abs(sum(counted.values()) / sum(SYLLABLES.values()) - 1) < 0.03


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
@example("9-! and so-")
def test_any_text_is_read(text):
    """Nothing anybody can type is too odd; every sentence has a word."""
    for draft in read_drafts([text]):
        assert draft.emoji >= 0
        for sentence in draft.sentences:
            assert sentence.words
            assert all(sentence.parts)
