"""Every file of words, wherever it stands: it loads, is plain, and leaves nothing open."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import workbook
from tests.contracts.grouping import by_folder, by_words, hold_for_each, in_order
from workbook.checks import load_checks, run
from workbook.content import load_words
from workbook.discovery import read_text, read_toml
from workbook.interface.desk import read_script
from workbook.plan import Plan, step_names

PACKAGE = Path(workbook.__file__).parent
FILES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.toml"))
PAGES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.md"))
ANSWERS = [path for path in FILES if path.endswith(("examples.toml", "demo.toml"))]
SAID = [path for path in FILES if path not in ANSWERS]

NOT_SAID = re.compile(r"!|\b(please|sorry|invalid|oops|whoops)\b", re.IGNORECASE)
STRAIGHT = re.compile(r"[\"']")
QUOTED_ELSEWHERE = {
    "evidence/sources.toml",  # titles as their authors wrote them
    "serving/bundle.toml",  # names of files
}
WORDS_TO_FIND = {"words", "patterns", "real", "around", "phrases", "not_before", "not_after", "in"}
"""Keys under which stands what people type, not what we say."""
NOT_TEXT = {"id", "path", "url", "hosts", "pattern", "sources", "source", "smooth"}


def _texts(node, key=""):
    """Every text that people read in a file of words, with its key."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name not in WORDS_TO_FIND | NOT_TEXT or isinstance(value, dict):
                yield from _texts(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, key)
    elif isinstance(node, str):
        yield key, node


def find_faults(text):
    """What in a text is not as we write: begging, shouting, straight quotation marks."""
    bare = re.sub(r"`[^`]*`|\{[^}]*\}", "", text)
    return NOT_SAID.findall(bare) + STRAIGHT.findall(bare)


def _slots(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _examples():
    for place in [*(f"steps/{step}" for step in step_names()), "checks/across"]:
        words = read_toml(f"{place}/examples.toml")
        for example in [*words.get("good", ()), *words.get("finding", ())]:
            step = place.rpartition("/")[2]
            parts = {step: example["answers"]} if "answers" in example else {}
            plan = Plan.model_validate({**parts, **example.get("plan", {})})
            yield pytest.param(plan, words["today"], id=example.get("id") or example["name"])


def test_there_are_words():
    """The files looked at below are those of the whole package."""
    assert len(FILES) > 40
    assert len(PAGES) >= 3
    assert len(ANSWERS) >= 4


@hold_for_each("path", by_folder(FILES))
def test_words_load(path):
    """Each file of words can be read, and holds something."""
    assert read_toml(path)


@hold_for_each("path", by_folder(path for path in SAID if path not in QUOTED_ELSEWHERE))
def test_words_are_plain(path):
    """Nothing shouts or begs, and quotation marks are curly."""
    faults = [(key, text) for key, text in _texts(read_toml(path)) if find_faults(text)]
    assert faults == []


CODE = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|^:[\w-]+:.*?$|`[^`\n]*`|\[[=%#].*?[=%#]\]|<[^<>\n]*>|!(?=\[)"
    r"|\]\([^)\n]*\)",
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_text_are_plain(path):
    """The same holds for what stands in Markdown, code and what is filled in left out."""
    assert find_faults(CODE.sub("", read_text(path))) == []


@hold_for_each("path", by_folder(SAID))
def test_slots_are_whole(path):
    """Braces in a text name a value; none is left open, none is counted instead of named."""
    for key, text in _texts(read_toml(path)):
        if "{" in text or "}" in text:
            assert all(re.fullmatch(r"[a-z_]+", name) for name in _slots(text)), (key, text)


@hold_for_each("plan,today", in_order(_examples()))
def test_findings_are_worded_to_the_end(plan, today):
    """No finding in any example is left with a brace, a gap, or a word that code uses."""
    for finding in run(plan, today):
        for text in (finding.what, finding.because, finding.do, finding.sure, finding.change):
            assert text.strip() == text
            assert not re.search(
                r"[{}]|  |\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|[a-z]_[a-z]", text
            ), text
            assert not re.search(r"[ ,]\.|\.\.(?!\.)|^[,.]", text), text


@hold_for_each("check", by_words(load_checks()))
def test_every_check_finds_its_words(check):
    """The words of a check stand in the file beside it."""
    assert check.id in load_words(check.words)["findings"]


def test_script_asks_for_words_that_are_there():
    """Each word that the script of a page asks for is in the words of the furniture, and used."""
    script = read_script()
    there = set(load_words("interface/words.toml")["desk"])
    asked = set(re.findall(r"\bwords\.(\w+)", script))
    assert asked <= there
    by_name = {w for w in there if re.search(rf"\b{w}\b", script)}
    by_python = set()
    for path in PACKAGE.rglob("*.py"):
        by_python |= set(re.findall(r"desk\.words\[\"(\w+)\"\]", path.read_text(encoding="utf-8")))
    assert there - by_name - by_python == set()


def test_script_of_links_asks_for_texts_that_are_there():
    """The list of links for reading is told its texts: each it asks for is there, and used."""
    script = read_text("interface/script/k_links.js")
    there = set(load_words("interface/reading.toml")["links"]["page"])
    named = re.findall(r"button\(\"(\w+)\"", script)
    asked = {*re.findall(r"\btexts\.(\w+)", script), *re.findall(r"named\(\"(\w+)\"", script)}
    asked |= {*named, *(f"{name}_whole" for name in named)}
    by_python = set(re.findall(r"words\[\"(\w+)\"\]", read_text("interface/links.py")))
    assert asked <= there
    assert there - asked - by_python == set()


def test_page_words_are_used():
    """Each word of the pages' furniture is used by the code that draws them."""
    code = "".join(p.read_text(encoding="utf-8") for p in (PACKAGE / "interface").rglob("*.py"))
    code += "".join(p.read_text(encoding="utf-8") for p in PACKAGE.glob("steps/*/editor.py"))
    words = load_words("interface/words.toml")["page"]
    assert [name for name in words if not re.search(rf"[\"']{name}[\"']", code)] == []


@pytest.mark.parametrize(
    "text", ["Save now!", "Please wait", "Sorry", "An invalid date", "Don't", 'a "b"']
)
def test_faults_are_seen(text):
    """Each fault is found."""
    assert find_faults(text)


@pytest.mark.parametrize(
    "text", ["Don\u2019t “save”.", "The {name!r} of it", "Pleased to hear", "`a != b`"]
)
def test_plain_words_are_free(text):
    """Curly marks, values and code are free."""
    assert not find_faults(text)
