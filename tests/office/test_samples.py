"""The Word documents in a word processor: they open, and every word is there."""

from __future__ import annotations

import subprocess

import pytest

from tests.exports.sample_reports import HOSTILE, SAMPLES

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def pages(samples, opened):
    """The text of each sample, as it stands on its pages."""
    texts = {}
    for name, path in samples.items():
        command = ["pdftotext", "-layout", opened[path.stem], "-"]
        texts[name] = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return texts


def test_every_sample_opens(pages):
    """The ordinary, hostile, empty and long report each become pages."""
    assert set(pages) == set(SAMPLES)
    assert all("\f" in text for text in pages.values())


def test_the_words_are_all_there(pages):
    """Titles, terms, cells, lists, boxes and captions are read back from the pages."""
    text = " ".join(pages["rich"].split())
    for words in (
        "Draft: 4 decisions open",
        "Figure 1. What was found for each cause",
        "Table 1. Goals with what they start from",
        "Hours a week 4",
        "£1,234.50 30 Jun 2027",
        "Decision: One platform, not four",
        "Nothing has been entered here yet.",
    ):
        assert words in text


def test_pages_count_themselves(pages):
    """The last page of the long report knows its number and how many there are."""
    sheets = pages["long"].rstrip("\f").split("\f")
    assert 10 <= len(sheets) <= 15
    assert f"Page {len(sheets)} of {len(sheets)}" in sheets[-1]


def test_no_heading_is_left_at_the_foot_of_a_page(pages):
    """What stands last above the foot of each page is no heading or caption of a table."""
    for sheet in pages["long"].rstrip("\f").split("\f"):
        lines = [line.strip() for line in sheet.splitlines() if line.strip()]
        assert not lines[-2].startswith(("Part ", "What was decided", "Table "))


def test_numbered_lists_start_again(pages):
    """Both lists of the rules begin with 1."""
    lines = [" ".join(line.split()) for line in pages["rich"].splitlines()]
    assert "1. Thank them." in lines
    assert "1. Phone them." in lines


def test_hostile_text_is_printed(pages):
    """Markup and formulas are printed as they were typed; no long answer is cut off."""
    text = pages["hostile"]
    for typed in (HOSTILE[0], HOSTILE[1]):
        assert typed in text
    assert text.count("word") >= 3_500
    assert text.count("W") >= 2_500
