"""How well the signs tell posts: counted over posts that no rule was made with."""

from __future__ import annotations

import re
from pathlib import Path

from tests.mix.labelled import read_labelled
from workbook.discovery import read_text, read_toml
from workbook.evidence.intervals import proportion_interval
from workbook.mix.classes import Judge
from workbook.mix.posts import Post, digest
from workbook.mix.signs import load_lexicon
from workbook.mix.wording import load_mix_words, write_accuracy
from workbook.steps.mix.answers import PostClass

KEPT_OUT = list(read_labelled(held_out=True))
TUNING = list(read_labelled(held_out=False))
SITES = Judge(frozenset({"example.com", "example.net", "example.org"}))
SELLS = PostClass.PROMOTION


def _told():
    return [(label, SITES.judge(Post(text)).kind) for _, label, text in KEPT_OUT]


def test_the_figures_that_are_told_are_those_that_are_counted():
    """Precision and recall on screen and in the handbook are what this counts, whatever it is."""
    told = _told()
    assert read_toml("mix/accuracy.toml") == {
        "posts": len(KEPT_OUT),
        "trades": len({trade for trade, _, _ in KEPT_OUT}),
        "tuning": len(TUNING),
        "day": read_toml("mix/accuracy.toml")["day"],
        "promotion": {
            "sell": sum(label == SELLS for label, _ in told),
            "told": sum(kind is SELLS for _, kind in told),
            "right": sum(label == SELLS == kind for label, kind in told),
        },
        "kinds": {"right": sum(label == kind for label, kind in told)},
    }


def test_the_handbook_tells_the_same_figures():
    """CONTRIBUTING and the documentation name the counts behind precision and recall."""
    counted = read_toml("mix/accuracy.toml")
    found = counted["promotion"]
    root = Path(__file__).parents[2]
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"{found['right']} of {found['told']}" in text
    assert f"{found['right']} of {found['sell']}" in text
    assert f"{counted['posts']} posts" in text
    text = read_text("documentation/reference/_commands/posts.md")
    assert f"{counted['posts']} short posts of {counted['trades']} trades ourselves" in text
    assert f"Of {found['told']} posts it calls selling, {found['right']} are" in text
    assert f"of {found['sell']} posts that sell it finds {found['right']}" in text
    for of in (found["told"], found["sell"]):
        low, high = (round(100 * end) for end in proportion_interval(found["right"], of))
        assert re.search(rf"{low} to {high}\b", text)


def test_figures_come_with_their_intervals():
    """A share of 38 of 51 is told with what it lies between."""
    said, limits = write_accuracy()
    assert "38 do; so 100 of 100 are right (between 94 and 100, at 95 % certainty)" in said
    assert "so 75 of 100 are found (between 61 and 85)" in said
    assert "yours may differ" in limits


def test_no_post_is_on_both_sides():
    """What is measured was not there when the rules were made; nothing stands twice."""
    marks = [digest(text) for _, _, text in [*KEPT_OUT, *TUNING]]
    assert len(marks) == len(set(marks))
    assert len(KEPT_OUT) >= 150
    assert len({trade for trade, _, _ in KEPT_OUT}) >= 6
    assert {label for _, label, _ in KEPT_OUT} == set(PostClass)


def test_every_sign_has_words_and_can_be_found():
    """Each sign has something to look for, and a reason that is worded."""
    raw, reasons = read_toml("mix/lexicon.toml")["signs"], load_mix_words()["reasons"]
    for name, sign in load_lexicon().signs.items():
        assert raw[name].get("words") or raw[name].get("patterns"), name
        assert sign.weight < 0 or reasons[name], name


def test_what_a_pattern_waits_for_is_in_it():
    """The letters and words that are looked for first leave out nothing a pattern would find."""
    for pattern in load_lexicon().patterns:
        for _, _, text in TUNING:
            plain = text.replace("\u2019", "'").lower()
            found = pattern.form.search(plain)
            if found and pattern.when:
                assert pattern.when & set(re.findall(r"[\w']+", found[0])), found[0]
            if found and pattern.near:
                assert pattern.near & set(plain), found[0]
