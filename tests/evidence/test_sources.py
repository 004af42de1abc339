"""Sources that facts and figures name."""

from __future__ import annotations

import re

import pytest

from tests.contracts.grouping import hold_for_each
from workbook.discovery import read_text, read_toml
from workbook.evidence import load_sources, write_source

SOURCES = load_sources()


@hold_for_each("key", {"all": [(key, (key,)) for key in SOURCES]})
def test_source_can_be_found_again(key):
    """A source has a title, a publisher and a web address, and reads as one line."""
    source = SOURCES[key]
    assert source.title
    assert source.publisher
    assert re.fullmatch(r"https?://[^\s/]+\.[^\s/]+/\S*", source.url)
    assert source.date == "" or re.search(r"\d{4}$", source.date)
    assert source.title in write_source(key)
    assert "\n" not in write_source(key)


def test_addresses_are_named_once():
    """No address stands under two keys."""
    addresses = [source.url for source in SOURCES.values()]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize(
    "file",
    ["evidence/intervals.py", "evidence/queueing.py", "complaint/measures.py", "checks/vanity.py"],
)
def test_docstrings_name_sources_that_exist(file):
    """A key in square brackets in the code is the key of a source."""
    keys = re.findall(r"\[([A-Z]\d+)\]", read_text(file))
    assert keys
    assert set(keys) <= set(SOURCES)


@pytest.mark.parametrize("path", ["steps/goals/stages.toml", "checks/vanity.toml"])
def test_catalogues_name_sources_that_exist(path):
    """The stages and the refused goals name sources that are there."""
    words = read_toml(path)
    entries = words.get("kinds", words)
    named = [key for entry in entries.values() for key in entry["sources"]]
    assert named
    assert set(named) <= set(SOURCES)
