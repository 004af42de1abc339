"""The style sheets: what a class looks like is said in one of them alone."""

from __future__ import annotations

import re
from pathlib import Path

import workbook.interface

FOLDER = Path(workbook.interface.__file__).with_name("style")
RULE = re.compile(r"[^{}]+(?=\{)")
OWN = re.compile(r"(?:\.wb(?:-page)?\s+)?\w*\.(wb-[\w-]+)")


def find_own_rules(sheet):
    """The classes of which a sheet says what everything that has them looks like."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    parts = (part for rule in RULE.findall(bare) for part in re.split(r",(?![^(]*\))", rule))
    return {found[1] for part in parts if (found := OWN.fullmatch(part.strip()))}


def test_a_class_means_one_thing():
    """No two style sheets say what one class looks like: it would be two things of one name."""
    said = {path.name: find_own_rules(path.read_text("utf-8")) for path in FOLDER.glob("*.css")}
    everywhere = sorted(name for names in said.values() for name in names)
    assert len(everywhere) > 100
    twice = {name for name in everywhere if everywhere.count(name) > 1}
    assert {name: [at for at in said if name in said[at]] for name in twice} == {}


def test_rules_of_a_class_are_told_from_rules_below_it():
    """A class within another, and one among several in brackets, is not said anew."""
    sheet = ".wb-page p.wb-one, .wb-two { } .wb-one .wb-three { } body:is(.wb-four, p) { }"
    assert find_own_rules(sheet) == {"wb-one", "wb-two"}
