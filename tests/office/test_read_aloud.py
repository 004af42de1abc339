"""Every document as a PDF that a screen reader can read: tagged, in order, and held to PDF/UA-1."""

from __future__ import annotations

import re
import subprocess

import pytest
from pypdf import PdfReader
from reading import find_lost, read_pages, tell_words

from tests.exports.sample_plans import PLANS
from workbook.exports.documents import load_documents
from workbook.exports.report import Figure

pytestmark = pytest.mark.office

_TAGGED_HEADING = re.compile(r'^ *H(\d) (".*") \(block\)$', re.MULTILINE)
_OWN_TAGS = {"Heading": "/H1", "Table": "/Table", "Bullets": "/L", "Figure": "/Figure"}
"""What has to be tagged as itself, by the kind of block."""
_WHOLE = {"/Table", "/L", "/P", "/TOC", "/Figure", *(f"/H{level}" for level in range(1, 7))}
"""Tags whose insides are not looked into."""


@pytest.fixture(params=sorted(PLANS))
def documents(made, opened, request):
    """Every PDF of a plan; programs that read them are there when those for Word files are."""
    found = [e for e in made.values() if e.plan == request.param and "pdf" in e.files]
    assert {each.document for each in found} >= set(load_documents()) - {"worksheets"}
    return found


def _squeeze(text):
    return "".join(text.split())


def test_headings_are_tagged_in_reading_order(documents):
    """The tree of tags holds the headings of the report in their order, and no level is skipped."""
    for each in documents:
        command = ["pdfinfo", "-struct", each.files["pdf"]]
        done = subprocess.run(command, check=True, capture_output=True)
        tags = _TAGGED_HEADING.findall(done.stdout.decode("utf-8", "replace"))
        wanted = [_squeeze(heading.text) for _, heading in each.report.headings()]
        assert len(tags) == len(wanted), each.name
        for (_, tagged), heading in zip(tags, wanted, strict=True):
            plain = _squeeze(tagged.strip('"'))
            assert plain == heading or not heading.isascii(), each.name
        levels = [int(level) for level, _ in tags]
        assert all(b <= a + 1 for a, b in zip([0, *levels], levels, strict=False)), each.name


def test_words_come_out_in_reading_order(documents):
    """What is copied out of it holds every word of the report, and its headings in their order."""
    for each in documents:
        text = read_pages(each.files["pdf"])
        assert find_lost(tell_words(each.report), text) == {}, each.name
        run_on, at = _squeeze(text), 0
        for heading in (_squeeze(h.text) for _, h in each.report.headings()):
            if heading.isascii():
                at = run_on.index(heading, at) + 1


def test_it_says_that_it_is_for_everybody(documents):
    """Tagged, with language and title, shown by its title, and claiming PDF/UA-1."""
    for each in documents:
        reader = PdfReader(each.files["pdf"])
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], each.name
        assert root["/Lang"] == each.report.language, each.name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], each.name
        assert reader.metadata.title == each.report.title, each.name
        claims = b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        assert claims or "Some letters stand as boxes" in read_pages(each.files["pdf"]), each.name


def test_every_part_is_tagged_as_what_it_is(documents):
    """Headings, tables and lists carry tags of their own, and words stand for pictures."""
    for each in documents:
        tags = list(_list_tags(PdfReader(each.files["pdf"])))
        blocks = [block for block in each.report.blocks if getattr(block, "rows", True)]
        kinds = {type(block).__name__ for block in blocks}
        wanted = {tag for kind, tag in _OWN_TAGS.items() if kind in kinds}
        assert wanted <= {name for name, _ in tags}, each.name
        pictures = [words for name, words in tags if name == "/Figure"]
        assert len(pictures) >= sum(isinstance(block, Figure) for block in blocks), each.name
        assert all(pictures), each.name


def _list_tags(reader):
    """The tags of blocks by their names, with the words that stand for a picture."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            name = str(node.get("/S", ""))
            if name:
                yield name, node.get("/Alt", "")
            if "/K" in node and name not in _WHOLE:
                waiting.append(node["/K"])
