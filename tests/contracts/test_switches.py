"""What is switched on or off for documents, and how each of them follows it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.exports.sample_plans import START, TODAY, make_blocked
from workbook.discovery import read_text
from workbook.exports.documents import Switches, build_document, gather, load_documents
from workbook.plan import Plan

REFERENCE = "documentation/reference/_commands/export.md"
DOCUMENTS = load_documents()
BEGUN = {"start": {"name": "Example", "accounts": START["accounts"]}}
PLANS = (make_blocked(), Plan.model_validate(BEGUN))
WAYS = {name: field.default for name, field in Switches.model_fields.items()}


@pytest.fixture(scope="module")
def changed():
    """For each document the switches that change what it says of any of the plans."""
    materials = [gather(plan, TODAY) for plan in PLANS]
    return {name: set(_list_changes(name, materials)) for name in DOCUMENTS}


def _list_changes(document, materials):
    for material in materials:
        usual = build_document(document, material).text()
        for switch, way in WAYS.items():
            other = "full" if switch == "length" else not way
            turned = replace(material, switches=Switches.model_validate({switch: other}))
            if build_document(document, turned).text() != usual:
                yield switch


@pytest.mark.thorough
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_follows_the_switches_it_says_it_follows(changed, document):
    """Each switch it names changes what it says, and no other does."""
    assert changed[document] == set(DOCUMENTS[document].HEEDS)


def test_every_switch_is_followed_by_a_document():
    """A switch that does nothing anywhere would be a promise that is not kept."""
    assert {s for module in DOCUMENTS.values() for s in module.HEEDS} == set(Switches.model_fields)


def test_the_reference_says_which_document_follows_which_switch():
    """Its table has a row for each switch, with the documents that follow it."""
    rows = re.findall(r"^\| `([a-z-]+)` \|[^|]*\| ([^|]+) \|$", read_text(REFERENCE), re.MULTILINE)
    told = {name.replace("-", "_"): set(re.findall(r"`(\w+)`", cell)) for name, cell in rows}
    followed = {
        switch: {name for name, module in DOCUMENTS.items() if switch in module.HEEDS}
        for switch in Switches.model_fields
    }
    assert {name: told.get(name) for name in followed} == followed
