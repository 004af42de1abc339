"""What every document format must do; a format that is added falls under it by itself."""

from __future__ import annotations

import pytest

from tests.exports.sample_reports import SAMPLES
from workbook.errors import ExportError
from workbook.exports import Paper, load_formats, write

FORMATS = sorted(load_formats())


def test_there_are_formats():
    """An empty list would let every test below pass without looking at anything."""
    assert {"docx", "pdf", "html", "markdown"} <= set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is(name):
    """Name, suffix and media type are there, and the name is that of the module."""
    module = load_formats()[name]
    assert name == module.NAME
    assert module.SUFFIX.startswith(".")
    assert "/" in module.MEDIA_TYPE


def test_suffixes_are_unique():
    """A file name is enough to choose the format."""
    suffixes = [module.SUFFIX for module in load_formats().values()]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.thorough
@pytest.mark.usefixtures("drawn_anew")
@pytest.mark.parametrize("sample", sorted(SAMPLES))
@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_is_written_and_written_alike(name, sample):
    """The ordinary, hostile, empty and long report: bytes, and the same bytes again."""
    first = write(SAMPLES[sample](), name)
    assert len(first) > 20
    assert first == write(SAMPLES[sample](), name)


@pytest.mark.parametrize("name", FORMATS)
def test_every_paper_is_taken(name):
    """A format that has no sheets takes the paper all the same."""
    assert all(write(SAMPLES["empty"](), name, paper=paper) for paper in Paper)


def test_an_unknown_format_is_refused_in_words():
    """Asking for a format that is not there names those that are."""
    with pytest.raises(ExportError, match="docx, html, ics, markdown, pdf"):
        write(SAMPLES["empty"](), "papyrus")
