"""The lines to copy: filled from the plan, escaped, nothing made up."""

from __future__ import annotations

import json
import re
from html import unescape

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.samples import change_profile, look, make_plan, read_html
from workbook.audit.snippets import Snippet, tag_link, write_file, write_snippets
from workbook.content import load_words
from workbook.plan import Plan

HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--<script>",
    "]]> --> <!--",
    "a\u2028b\u2029c",
    "{name} {0} %s ${x}",
    '\\" \\u003c',
    "& &amp; &lt;",
    "\u202eevil\u202c",
]  # fmt: skip


def _by_id(plan):
    return {snippet.id: snippet for snippet in write_snippets(plan)}


def _page(snippets: dict[str, Snippet], name="organization"):
    head = snippets["head"].text + snippets[name].text
    body = f"<h1>x</h1>{snippets['links'].text}{snippets['phone'].text}"
    return f"<!doctype html><head>{head}</head><body>{body}"


def _json(snippets, name="organization"):
    page = read_html(_page(snippets, name))
    assert page.markup.faults == ()
    return next(node for node in page.markup.nodes if node.is_organization)


def test_copied_lines_mend_what_was_found():
    """A page with the lines copied in passes the checks that the bare page failed."""
    plan = make_plan(linking={"phone": "+44 1632 960123"})
    before = look(plan, "<p>01632 960123 <a href='mailto:a@example.com'>m</a></p>")
    after = look(plan, _page(_by_id(plan)) + "<a href='mailto:a@example.com'>m</a>")
    mended = {"W1", "W3", "W4", "W5", "W7", "W8", "W9", "W10", "W12"}
    assert {name for name in mended if before[name].passed is False} == mended
    assert {name: after[name].why for name in mended if after[name].passed is not True} == {}
    assert after["W6"].passed is True


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_a_name(name):
    """Whatever a business is called, the lines hold no more elements than those of others."""
    plan = make_plan(
        start={"name": name, "sells": name}, linking={"street": name, "phone": f"1 {name}"}
    )
    honest = make_plan(start={"name": "Honest", "sells": "Pipes"}, linking={"phone": "1 234"})
    ours, theirs = _page(_by_id(honest)), _page(_by_id(plan))
    tags = re.compile(r"<[a-z!/]")
    assert len(tags.findall(theirs)) == len(tags.findall(ours))
    parsed = lxml.html.document_fromstring(theirs)
    assert not [name for part in parsed.iter() for name in part.keys() if name.startswith("on")]  # noqa: SIM118 - lxml's elements hold children
    node = _json(_by_id(plan))
    said = name.replace("\u2028", " ").replace("\u2029", " ")
    assert node.values["name"].split() == said.split()
    assert unescape(re.search(r"<title>(.*)</title>", theirs)[1]).split() == said.split()


@settings(max_examples=30, deadline=None)
@given(name=st.text(min_size=1, max_size=40), street=st.text(max_size=30))
def test_any_name_gives_one_readable_description(name, street):
    """The JSON-LD can be read back, and says the name as it was given."""
    plan = make_plan(start={"name": name or None}, linking={"street": street or None})
    snippets = _by_id(plan)
    key = "organization" if "organization" in snippets else "organization_without_address"
    text = snippets[key].text
    assert text.count("</script>") == 1
    assert "<" not in text[9:].removesuffix("</script>")
    read = json.loads(text.partition("\n")[2].rpartition("\n")[0])
    gap = load_words("audit/snippets.toml")["gaps"]["name"]
    assert read["name"] == (plan.start.name or gap)


def test_what_the_plan_does_not_say_is_left_out_or_marked():
    """An empty plan gives lines with plain gaps, and makes nothing up."""
    snippets = _by_id(Plan())
    read = json.loads(snippets["organization"].text.partition("\n")[2].rpartition("\n")[0])
    assert set(read) == {"@context", "@type", "@id", "name", "url", "logo"}
    assert read["@type"] == "Organization"
    assert read["logo"] == "PUT THE ADDRESS OF YOUR LOGO HERE"
    assert snippets["head"].has_gaps
    assert snippets["organization"].has_gaps
    assert "phone" not in snippets
    assert "links" not in snippets
    assert "twitter:site" not in snippets["head"].text


def test_a_local_business_without_an_address_stays_general():
    """Until the address is known, the general kind stands in, and it is said why."""
    snippets = _by_id(make_plan(linking={"street": None}))
    assert "organization_without_address" in snippets
    assert _json(snippets, "organization_without_address").types == {"Organization"}
    assert _json(_by_id(make_plan())).types == {"Plumber"}


def test_only_profiles_in_use_are_linked():
    """A silent profile is in no line, an unsure address is marked, a missing one is a gap."""
    accounts = [
        {"id": "face", "platform": "facebook", "handle": "exampleplumbing", "last_posted": "month"},
        {
            "id": "inst",
            "platform": "instagram",
            "handle": "examplepictures",
            "last_posted": "longer",
        },
        {"id": "tikt", "platform": "tiktok", "last_posted": "month"},
    ]
    plan = make_plan(start={"accounts": accounts}, linking={"profiles": []})
    links = _by_id(plan)["links"]
    assert "instagram" not in links.text
    assert links.text.count('rel="me"') == 1
    assert links.text.count("<!--") == 2
    assert "TikTok" in links.text
    assert links.has_gaps
    assert "instagram.com" not in _by_id(plan)["organization"].text


def test_links_in_profiles_are_tagged_as_counters_want():
    """The tag names the place in small letters and the medium “social”, and replaces an old one."""
    plan = make_plan(linking={"services_page": "https://www.example.com/a?b=1&utm_source=OLD#c"})
    lines = _by_id(plan)["profiles"].text
    assert "utm_source=facebook&utm_medium=social&utm_campaign=profile&utm_content=bio" in lines
    assert "utm_source=twitter&utm_medium=social" in lines
    assert "OLD" not in lines
    assert "b=1" in lines
    google = make_plan(start={"accounts": [{"id": "goog", "platform": "google_business"}]})
    assert (
        "utm_source=google&utm_medium=organic&utm_campaign=gbp" in _by_id(google)["profiles"].text
    )


def test_without_a_page_there_is_no_link():
    """Nothing is made up where the plan names no page at all."""
    plan = Plan.model_validate({"start": {"accounts": [{"id": "face", "platform": "facebook"}]}})
    assert "profiles" not in _by_id(plan)
    from workbook.audit.inventory import list_profiles

    assert tag_link(plan, list_profiles(plan)[0]) == ""


def test_a_tagged_link_passes_its_check():
    """The address we offer for a profile is one that the check on profiles accepts."""
    plan = make_plan()
    from workbook.audit.inventory import list_profiles

    profile = list_profiles(plan)[0]
    offered = change_profile(plan, "face", link=tag_link(plan, profile))
    assert look(offered)["Q3"].passed is True


def test_the_file_holds_all_lines():
    """One text file for whoever looks after the website."""
    text = write_file(make_plan()).decode()
    for snippet in write_snippets(make_plan()):
        assert snippet.text in text
        assert snippet.title in text
    assert text.startswith("Lines for the website of Example Plumbing")
