"""Under which channel of GA4 a visit counts, and which of its rules decides."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.content import load_words
from workbook.evidence import load_sources
from workbook.measurement.channels import (
    WORDS,
    find_category,
    is_about_shopping,
    load_categories,
    predict_channel,
)

SAMPLES = Path(__file__).parents[1] / "samples" / "links"
VECTORS = tomllib.loads((SAMPLES / "channels.toml").read_text(encoding="utf-8"))["vectors"]
text = st.text(max_size=20) | st.sampled_from([part for row in VECTORS for part in row[:3]])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda row: "/".join(row[:3]))
def test_each_vector_counts_where_it_should(vector):
    """The channel and the rule are those that GA4's published order gives."""
    source, medium, campaign, channel, rule = vector
    found = predict_channel(source, medium, campaign)
    assert (found.channel, found.rule) == (channel, rule)
    assert found.because.endswith(".")


def test_every_rule_is_tried():
    """The vectors reach each rule, and its place in the order is that of the list of rules."""
    rules = list(load_words(WORDS)["rules"])
    found = {predict_channel(*row[:3]) for row in VECTORS}
    assert {each.rule for each in found} == set(rules)
    assert all(rules[each.order - 1] == each.rule for each in found)


def test_the_reason_says_which_part_of_the_rule_fitted():
    """Whoever reads it learns whether source, medium or campaign decided."""
    assert "medium “organic_social” alone would not do" in (
        predict_channel("linkedin", "organic_social").because
    )
    assert "“threads” is not on Google" in predict_channel("threads", "social").because
    assert "has “shop” in its name" in predict_channel("facebook", "social", "shop_x").because


def test_the_list_is_googles():
    """Names and hosts, four kinds, and the platforms that are missing from it."""
    kinds = set(load_categories().values())
    assert kinds == {"social", "video", "search", "shopping"}
    assert len(load_categories()) == 819
    assert find_category("L.Facebook.com") == "social"
    assert find_category("youtube") == "video"
    for missing in ("threads", "bluesky", "bsky.app", "mastodon", "x", "x.com", "nextdoor"):
        assert find_category(missing) == ""


def test_the_rules_name_their_sources():
    """Each source is among those that the documents print."""
    assert set(load_words(WORDS)["sources"]) <= set(load_sources())


def test_shop_counts_at_the_start_of_a_word_only():
    """A workshop is no shop, an e-shop is."""
    named = ["shop", "my-shop", "2shop", "eshop", "SHOP-local", "workshopping"]
    assert all(map(is_about_shopping, named))
    assert not any(map(is_about_shopping, ["workshop", "bishop", "sho", ""]))


@given(text, text, text)
@settings(max_examples=60, deadline=None)
def test_whatever_stands_there_counts_somewhere(source, medium, campaign):
    """Each visit has one channel; capitals make no difference to it."""
    found = predict_channel(source, medium, campaign)
    assert found.channel
    swapped = predict_channel(source.upper().lower(), medium.upper().lower(), campaign)
    if source.isascii() and medium.isascii():
        assert found.rule == swapped.rule


def test_a_huge_value_is_quoted_in_part():
    """A megabyte in a cell neither slows the rules nor fills the reason."""
    found = predict_channel("a" * 1_000_000, "b" * 1_000_000, "x" * 1_000_000)
    assert found.rule == "unassigned"
    assert len(found.because) < 400
