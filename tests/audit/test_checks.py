"""What is found on pages and profiles: each check passes, fails, and says when it cannot see."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.audit.samples import (
    LANDING,
    SITE,
    TODAY,
    change_profile,
    look,
    make_plan,
    read_html,
    read_site,
)
from workbook.audit.run import audit
from workbook.content import load_words
from workbook.evidence import load_sources
from workbook.plan import Plan

HOME = (SITE / "index.html").read_text(encoding="utf-8")
SITE_IDS = [f"W{n}" for n in range(1, 13)]
PROFILE_IDS = [f"Q{n}" for n in range(1, 8)]


def _change(old, new):
    assert old in HOME
    return HOME.replace(old, new)


def _drop(pattern):
    changed = re.sub(pattern, "", HOME, flags=re.DOTALL)
    assert changed != HOME
    return changed


def _card(part, content):
    return _change("</head>", f'<meta name="twitter:{part}" content="{content}"></head>')


def test_a_finished_website_passes_every_check():
    """Where everything is in order, all nineteen checks say so, in their order."""
    found = look(make_plan(), *read_site())
    assert list(found) == [*SITE_IDS, *PROFILE_IDS]
    assert {name: check.why for name, check in found.items() if check.passed is not True} == {}
    fixes = {name: check.fix for name, check in found.items() if check.fix}
    assert fixes == {}


@pytest.mark.parametrize("pages", [[], [HOME], [HOME, "<p>x</p>"], ["<p>x</p>"]])
@pytest.mark.parametrize("plan", [Plan(), make_plan()], ids=["empty", "finished"])
def test_every_result_is_said_in_words(plan, pages):
    """No result is without a reason, what failed says what to do, and no brace is left open."""
    for check in audit(plan, [read_html(page) for page in pages], TODAY):
        assert check.why
        assert check.fix or check.passed is not False
        for text in (check.title, check.why, check.fix):
            assert not re.search(r"[{}]|  |\bNone\b|, \.|: \.", text), text


def test_without_pages_only_profiles_are_judged():
    """A plan alone says nothing of a website that nobody showed."""
    assert list(look(make_plan())) == PROFILE_IDS


def test_an_empty_plan_fails_nothing_it_knows_nothing_of():
    """Without accounts, nothing is missing and nothing is wrong about profiles."""
    found = look(Plan(), HOME)
    assert [n for n in ("W1", "W3", "W11", *PROFILE_IDS) if found[n].passed is False] == []


NO_FOOT = _drop(r"<footer>.*</footer>")
TYPES = '["Plumber", "HomeAndConstructionBusiness"]'
TAPPED = '<a href="tel:+441632960123">01632 960123</a>'
PLAIN = "01632 960123"
CANONICAL = 'rel="canonical" href="https://www.example.com/'
OG_URL = 'og:url" content="https://www.example.com/'
W1_PAGES = {
    "found by another form of its address": (HOME, True),
    "missing": (NO_FOOT.replace('"https://x.com/exampleplumbing"', '""'), False),
    "a share button only": (
        "<p>x</p><a href='https://www.facebook.com/sharer/sharer.php?u=a'>Share</a>", False),
    "named in sameAs only": (NO_FOOT, True),
}  # fmt: skip


@pytest.mark.parametrize(("html", "passed"), W1_PAGES.values(), ids=W1_PAGES)
def test_profiles_in_use_are_linked(html, passed):
    """W1: a link or sameAs in any form counts; a button that shares the page does not."""
    assert look(make_plan(), html)["W1"].passed is passed


def test_a_profile_whose_name_is_not_known_is_left_open():
    """W1: where the plan does not say which profile it is, a link may be to it or not."""
    plan = make_plan(
        start={"accounts": [{"id": "inst", "platform": "instagram"}]}, linking={"profiles": []}
    )
    found = look(plan, "<p>x</p><a href='https://instagram.com/somebody'>us</a>")["W1"]
    assert found.passed is None
    assert "Instagram" in found.why


def test_a_short_link_is_left_open():
    """W1: where a short link leads cannot be seen."""
    plan = make_plan(
        start={"accounts": [{"id": "inst", "platform": "tiktok", "handle": "a.b"}]},
        linking={"profiles": []},
    )
    assert look(plan, "<a href='https://vm.tiktok.com/Zx1'>us</a>")["W1"].passed is None


def test_links_to_silent_profiles_are_pointed_out():
    """W2: a link to a profile that has been silent for longer than our default fails."""
    html = _change("<footer>", "<footer><a href='https://instagram.com/exampleplumbing'>I</a>")
    found = look(make_plan(), html)["W2"]
    assert found.passed is False
    assert "Instagram" in found.fix
    alive = make_plan()
    accounts = [a.model_dump(mode="json") for a in alive.start.accounts]
    accounts[3]["last_posted"] = "month"
    assert look(make_plan(start={"accounts": accounts}), html)["W2"].passed is True


def test_a_place_left_out_is_not_to_be_linked():
    """W2: a place that serves nothing is no place to send people to."""
    whys = [{"id": "wy01", "platform": "facebook", "serves": "nothing"}]
    found = look(make_plan(goals={"whys": whys}), HOME)
    assert found["W2"].passed is False
    assert "Facebook" not in found["W1"].why


def test_profiles_nobody_knows_are_asked_about():
    """W2: a link to a profile that is not in the plan may be a leftover of the theme."""
    html = _change("<footer>", "<footer><a href='https://www.linkedin.com/company/wordpress'>L</a>")
    found = look(make_plan(), html)["W2"]
    assert found.passed is None
    assert "linkedin.com/company/wordpress" in found.why


@pytest.mark.parametrize(
    ("old", "new", "passed"),
    [
        ('rel="me" href="https://mastodon', 'href="https://mastodon', False),
        ('<a rel="me" href="https://mastodon.social/@exampleplumbing">Mastodon</a>', "", False),
        ('rel="me" href="https://mastodon', 'rel="ME nofollow" href="https://mastodon', True),
        ('me" href="https://mastodon.social/@', 'me" href="https://fosstodon.org/@', False),
    ],
)  # fmt: skip
def test_mastodon_needs_rel_me(old, new, passed):
    """W3: the link to the very profile carries the word “me” among its rel words."""
    assert look(make_plan(), _change(old, new))["W3"].passed is passed


def test_mastodon_counts_a_link_in_the_head():
    """W3: people use a link element in the head as well."""
    html = NO_FOOT.replace(
        "</head>", '<link rel="me" href="https://mastodon.social/@exampleplumbing"></head>'
    )
    assert look(make_plan(), html)["W3"].passed is True


def test_mastodon_needs_the_way_back_too():
    """W3: half is not enough where the plan knows that the profile does not name the page."""
    plan = change_profile(make_plan(), "mast", links_back="no")
    assert look(plan, HOME)["W3"].passed is False
    assert (
        look(make_plan(start={"accounts": []}, linking={"profiles": []}), HOME)["W3"].passed is None
    )


@pytest.mark.parametrize(
    ("html", "passed", "said"),
    [
        (_drop(r"<script.*</script>"), False, "JSON-LD"),
        (_change('"name": "Example Plumbing", ', ""), False, "name"),
        (_change('"@id": "https://www.example.com/#business",\n', ""), False, "@id"),
        (_change('"https://x.com/exampleplumbing"', '""'), False, "X"),
        (_change('"Mo-Fr 08:00-17:00",', '"Mo-Fr 08:00-17:00",,'), False, "line 8"),
        (_change('"@context": "https://schema.org", "@graph": [', '"@graph": ['), True, "Plumber"),
        (_change(TYPES, '"Organization"'), True, "Organ"),
        (_change(TYPES, '"https://schema.org/Corporation"'), True, "Corp"),
        (_change(TYPES, '"Person"'), False, "was found"),
    ],
)  # fmt: skip
def test_the_business_is_described_for_machines(html, passed, said):
    """W4: an Organization or any kind of it with all it needs; broken JSON by its place."""
    found = look(make_plan(), html)["W4"]
    assert found.passed is passed
    assert said in found.why


def test_a_local_business_needs_picture_and_address():
    """W5: kinds of LocalBusiness count; without an address or a picture one is not complete."""
    assert look(make_plan(), HOME)["W5"].passed is True
    found = look(make_plan(), _drop(r'"image": "https://www.example.com/van.jpg", '))["W5"]
    assert found.passed is False
    assert "image" in found.why
    assert look(make_plan(), "<p>x</p>")["W5"].passed is False
    assert look(make_plan(linking={"trade": "Organization"}), "<p>x</p>")["W5"].passed is None
    assert look(make_plan(linking={"trade": None}), "<p>x</p>")["W5"].passed is None
    more = look(make_plan(), _drop(r'"openingHours": "[^"]*", '))["W5"]
    assert more.passed is True
    assert "opening hours" in more.fix


def test_microdata_counts_like_json_ld():
    """W4, W5: the older notation in the page itself says the same."""
    html = """<div itemscope itemtype="http://schema.org/Plumber" itemid="#us">
      <a itemprop="url" href="https://www.example.com/"><b itemprop="name">Example Plumbing</b></a>
      <img itemprop="logo image" src="/logo.png"><span itemprop="telephone">01632 960123</span>
      <div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">
      <span itemprop="streetAddress">12 Mill Lane</span> <i itemprop="postalCode">NR1 1AA</i></div>
      <link itemprop="sameAs" href="https://www.facebook.com/exampleplumbing">
      <link itemprop="sameAs" href="https://mastodon.social/@exampleplumbing">
      <link itemprop="sameAs" href="https://x.com/exampleplumbing"></div>"""
    found = look(make_plan(), html)
    assert found["W4"].passed is True, found["W4"].why
    assert found["W5"].passed is True
    assert found["W6"].passed is True


@pytest.mark.parametrize(
    ("changes", "passed", "said"),
    [
        ({"name": "EXAMPLE PLUMBING."}, True, "name"),
        ({"name": "Example Plumbing & Sons"}, False, "name"),
    ],
)
def test_the_name_is_the_same(changes, passed, said):
    """W6: case and full stops make no other name; a further word does."""
    found = look(make_plan(start=changes), HOME)["W6"]
    assert found.passed is passed
    assert said in found.why


@pytest.mark.parametrize(
    ("changes", "passed"),
    [
        ({"phone": "+44 (0)1632 960123"}, True),
        ({"phone": "0044 1632 960123"}, True),
        ({"phone": "01632 960124"}, False),
        ({"street": "12 Mill St"}, False),
        ({"street": "12, MILL LN"}, True),
        ({"postcode": "nr11aa"}, True),
        ({"postcode": "NR1 1AB"}, False),
        ({"town": "norwich"}, True),
    ],
)
def test_phone_and_address_are_the_same(changes, passed):
    """W6: short forms, spaces and the country's code make no difference; a digit does."""
    assert look(make_plan(linking=changes), HOME)["W6"].passed is passed


def test_without_anything_to_compare_nothing_is_said_to_differ():
    """W6: a page without name, address and phone leaves the question open."""
    assert look(Plan(), "<p>Hello</p>")["W6"].passed is None


@pytest.mark.parametrize(
    ("html", "passed", "said"),
    [
        (_drop(r'<meta property="og:type"[^>]*>'), False, "og:type"),
        (_change("https://www.example.com/share.jpg", "/share.jpg"), False, "og:image"),
        (_change('content="1200"', 'content="400"'), False, "400"),
        (HOME.replace('property="og:', 'name="og:'), True, ""),
        (HOME.replace('og:image"', 'og:image:url"'), True, ""),
    ],
)  # fmt: skip
def test_shared_links_have_what_they_need(html, passed, said):
    """W7: the four tags are there, with whole addresses and a picture that is large enough."""
    found = look(make_plan(), html)["W7"]
    assert found.passed is passed
    assert said in found.why


@pytest.mark.parametrize(
    ("html", "passed"),
    [
        (_drop(r'<meta name="twitter:card"[^>]*>'), False),
        (_change("summary_large_image", "large"), False),
        (_drop(r'<meta name="twitter:site"[^>]*>'), False),
        (_change("@ExamplePlumbing", "@other"), False),
        (_card("title", "x" * 71), False),
        (_card("title", "x" * 70), True),
        (_card("description", "x" * 201), False),
        (_change("share.jpg", "share.svg"), False),
        (HOME.replace('name="twitter:', 'property="twitter:'), True),
    ],
)  # fmt: skip
def test_cards_have_what_they_need(html, passed):
    """W8: the card's own kind and account, nothing too long, no SVG."""
    assert look(make_plan(), html)["W8"].passed is passed


def test_cards_need_no_account_where_there_is_none():
    """W8: who is not on X need not name an account there."""
    html = _drop(r'<meta name="twitter:site"[^>]*>')
    assert look(Plan(), html)["W8"].passed is True


@pytest.mark.parametrize(
    ("html", "passed"),
    [
        (_drop(r'<link rel="canonical"[^>]*>'), False),
        (_change(f'{CANONICAL}"', f'{CANONICAL}?utm_source=x"'), False),
        (_change(f'{CANONICAL}"', f'{CANONICAL}a"'), False),
        (_change("<head>", '<head><link rel="canonical" href="https://www.example.com/b">'), False),
        (_change(f'{OG_URL}"', f'{OG_URL[:-1]}"'), True),
        (_change(f'{OG_URL}"', f'{OG_URL}?utm_source=a"'), False),
        (_change('og:url" content="https://', 'og:url" content="http://'), False),
    ],
)  # fmt: skip
def test_one_address_is_canonical(html, passed):
    """W9: one canonical address, the same as og:url, without tags."""
    assert look(make_plan(), html)["W9"].passed is passed


@pytest.mark.parametrize(
    ("html", "passed", "said"),
    [
        (_drop(r"<title>.*</title>"), False, "a title"),
        (_drop(r'<meta name="viewport"[^>]*>'), False, "viewport"),
        (_drop(r'<link rel="icon"[^>]*>'), None, "favicon"),
        (_change("<footer>", '<img src="http://cdn.example.com/a.png">'), False, "pictures"),
        (_change('canonical" href="https:', 'canonical" href="http:'), False, "https"),
        (_change("<title>", "<svg><title>icon</title></svg><title>"), True, ""),
    ],
)  # fmt: skip
def test_the_page_has_its_basics(html, passed, said):
    """W10: title, phones and https; a favicon may lie where only a browser looks."""
    found = look(make_plan(), html)["W10"]
    assert found.passed is passed
    assert said in found.why


def test_the_landing_page_keeps_the_promise():
    """W11: words of the profile come back at the top of its page, and a step is there."""
    services = (SITE / "services.html").read_text(encoding="utf-8")
    plan = make_plan()
    assert look(plan, services)["W11"].passed is True
    other = services.replace("bathrooms for families in Norwich", "the news").replace(
        "bathroom", "y"
    )
    assert look(plan, other.replace("Ask for a price", "Contact"))["W11"].passed is False
    assert look(plan, re.sub(r"<a href.*?</a>", "", services))["W11"].passed is False
    assert look(plan, HOME)["W11"].passed is None
    assert look(change_profile(plan, "face", bio=None), services)["W11"].passed is None


@pytest.mark.parametrize(
    ("html", "changes", "passed"),
    [
        (HOME, {}, True),
        (HOME, {"contact_tested_on": None}, None),
        (HOME, {"contact_tested_on": "2026-09-01"}, False),
        (HOME, {"contact_tested_on": "2027-02-01"}, None),
        (_drop(r"<main>.*</main>"), {}, None),
        ("<p>Hello</p>", {}, False),
        ("<p>Hello</p><form role='search'><input type='text'></form>", {}, False),
        ("<p>Hello</p><form><input type=text><input type=password></form>", {}, False),
        ("<p>Hello</p><iframe src='https://docs.google.com/forms/d/1'></iframe>", {}, None),
        (_change(TAPPED, PLAIN), {}, False),
        (_change(TAPPED, PLAIN), {"phone": None}, True),
    ],
)  # fmt: skip
def test_people_can_get_in_touch(html, changes, passed):
    """W12: a form or a mail link that was tried lately, and a number that can be tapped."""
    assert look(make_plan(linking=changes), html)["W12"].passed is passed


@pytest.mark.parametrize(
    ("name", "answers", "passed"),
    [
        ("Q1", {"same": ["name"]}, False),
        ("Q1", {"same": ["name"], "differs_because": "The name was taken."}, True),
        ("Q1", {"same": ["name"], "differs_because": "unknown"}, False),
        ("Q1", {"same": []}, None),
        ("Q2", {"bio_says": ["who"]}, False),
        ("Q2", {"bio_says": ["none"]}, False),
        ("Q2", {"bio": "x" * 102}, False),
        ("Q2", {"bio_says": []}, None),
        ("Q3", {"links_back": "no"}, False),
        ("Q3", {"link": None}, None),
        ("Q3", {"link": None, "links_back": None}, None),
        ("Q3", {"link": "https://linktr.ee/exampleplumbing"}, False),
        ("Q3", {"link": "https://www.example.org/"}, False),
        ("Q3", {"link": "https://www.example.com/services.html"}, False),
        ("Q3", {"link": "https://www.example.com/services.html?utm_source=facebook"}, False),
        ("Q3", {"link": LANDING.format(source="facebook").replace("services.html", "")}, False),
        ("Q3", {"link": LANDING.format(source="facebook").replace("www.", "shop.")}, True),
        ("Q5", {"shows": ["route"]}, False),
        ("Q5", {"shows": ["neither"]}, False),
        ("Q5", {"shows": []}, None),
        ("Q7", {"pinned_on": "2026-09-01"}, False),
        ("Q7", {"pinned_serves": "no"}, False),
        ("Q7", {"pinned_on": None}, None),
    ],
)
def test_a_profile_is_judged_by_its_answers(name, answers, passed):
    """Q1 to Q7: what one profile lacks fails the check and is named with the profile."""
    found = look(change_profile(make_plan(), "face", **answers))[name]
    assert found.passed is passed
    if passed is False:
        assert found.why.startswith("Facebook exampleplumbing: ")
        assert found.pages == ("Facebook exampleplumbing",)


def test_the_first_of_several_links_leads_to_the_goal():
    """Q4: only places with room for several links are asked, and the first should fit."""
    other = LANDING.format(source="mastodon").replace("services", "news")
    assert look(change_profile(make_plan(), "mast", link=other))["Q4"].passed is False
    assert look(change_profile(make_plan(), "face", link=other))["Q4"].passed is True


@pytest.mark.parametrize(
    ("pages", "passed"),
    [
        ([], None),
        (["unknown"], None),
        (["neither"], False),
        (["not_needed"], True),
        (["privacy"], True),
    ],
)
def test_legal_pages_are_a_matter_of_the_law_there(pages, passed):
    """Q6: what the plan says is repeated; what the law asks for is left to those who know it."""
    found = look(make_plan(linking={"legal_pages": pages}))["Q6"]
    assert found.passed is passed


def test_our_numbers_can_be_changed():
    """W12, Q7: a business that chose other days is held to its own."""
    plan = make_plan(own_defaults={"linking.pinned_days": 5, "linking.contact_tested_days": 2})
    found = look(plan, HOME)
    assert found["Q7"].passed is False
    assert found["W12"].passed is False


def test_social_media_that_waits_needs_no_links():
    """A plan that does without social media for now is not told to link to profiles."""
    found = look(make_plan(goals={"decision": "not_now"}), HOME)
    assert found["W1"].passed is None
    assert "for now" in found["W1"].why


def test_several_pages_are_told_apart():
    """Where one page of several lacks something, it is named."""
    pages = read_site()
    bare = read_html("<title>Bare</title><p><a href='tel:1'>x</a></p>", "bare.html")
    found = look(make_plan(), *pages, bare)["W9"]
    assert found.passed is False
    assert found.pages == ("bare.html",)
    assert found.why.startswith("bare.html: ")


def test_sources_of_checks_are_known():
    """Each check that rests on a source names one there is."""
    words = load_words("audit/words.toml")
    named = [key for name in (*SITE_IDS, *PROFILE_IDS) for key in words[name].get("sources", ())]
    assert set(named) <= set(load_sources())
    assert len(named) > 8


def test_the_day_is_an_argument():
    """The same look on another day tells what has grown old since."""
    assert look(make_plan(), HOME, today=date(2027, 6, 1))["Q7"].passed is False
