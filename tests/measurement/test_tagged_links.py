"""Tagged links: built for each placement, and every trap of a link that others built."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.content import load_words
from workbook.measurement.links import (
    LinkProblem,
    TaggedLink,
    build_link,
    judge_link,
    lint_link,
    make_name,
)
from workbook.measurement.names import NOT_SOCIAL, find_host, find_platform, source_of
from workbook.measurement.placements import list_beyond, list_spots, load_placements
from workbook.measurement.traps import WORDS, is_personal
from workbook.platforms import Links, Presence, load_platforms

TAGS = "utm_source=facebook&utm_medium=social&utm_campaign=2027-03_spring"
PAGE = "https://acme.example/services"

# -- building ----------------------------------------------------------------------------------


def build(page: str, platform: str = "facebook", *more: str) -> TaggedLink:
    """A link that could be built."""
    link = build_link(page, platform, *more)
    assert isinstance(link, TaggedLink)
    return link


def test_tags_come_after_the_query_and_before_the_place_on_the_page():
    """What the address has stays as it was written, and the page still opens where it should."""
    link = build(f"{PAGE}?lang=de&empty=&b=1%2B2#contact", "x", "post", "2027-03_spring")
    assert link.url == (
        f"{PAGE}?lang=de&empty=&b=1%2B2&utm_source=twitter&utm_medium=social"
        "&utm_campaign=2027-03_spring&utm_content=post#contact"
    )
    assert link.notes == ()
    assert link.prediction.rule == "organic-social"


def test_old_tags_are_replaced_and_that_is_said():
    """Tags of before, and what a click left over, are gone, with a note about each."""
    link = build(f"{PAGE}?a=1&UTM_Source=old&utm_id=7&fbclid=abc#part?utm_medium=x")
    assert link.url == (
        f"{PAGE}?a=1&utm_source=facebook&utm_medium=social&utm_campaign=profile"
        "&utm_content=bio#part"
    )
    assert [note.id for note in link.notes] == ["replaced", "click-id"]
    assert "utm_id=7" in link.notes[0].text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("2027-03_Spring Sale", "2027-03_spring-sale"),
        ("  Été à Paris!  ", "ete-a-paris"),
        ("a _ b", "a_b"),
        ("=cmd|'/c calc'", "cmd-c-calc"),
        ("日本", ""),
        ("x" * 500, "x" * 60),
        ("--a--", "a"),
    ],
)
def test_a_campaign_is_written_as_tags_want_it(given, name):
    """Small letters, digits, hyphens and underscores, whatever was typed."""
    assert make_name(given) == name
    link = build(PAGE, "facebook", "post", given)
    assert link.tags.campaign == (name or "everyday")
    assert "renamed" in {note.id for note in link.notes}


def test_a_campaign_that_changes_the_channel_is_noted():
    """A shop in the campaign is written as it was wanted, and the trap is named with it."""
    link = build(PAGE, "facebook", "post", "coffee-shop")
    assert [note.id for note in link.notes] == ["shop-in-campaign"]
    assert link.prediction.channel == "Organic Shopping"


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("javascript:alert(1)", "not-web"),
        ("mailto:me@acme.example", "not-web"),
        ("ftp://acme.example/", "not-web"),
        ("", "unreadable"),
        ("services", "unreadable"),
        ("https://", "unreadable"),
        ("http://[::1", "unreadable"),
        ("https://acme.example:99999/", "unreadable"),
        ("https://a b.example/", "unreadable"),
        (f"https://{'ü' * 80}.example/", "unreadable"),
        ("https://acme.example/" + "a" * 9_000, "too-long"),
        ("https://me:secret@acme.example/", "personal"),
    ],
)
def test_an_address_that_cannot_carry_tags_is_told(page, problem):
    """No link is made; the trap says what is wrong and how to mend it."""
    found = build_link(page, "facebook")
    assert isinstance(found, LinkProblem)
    assert found.id == problem
    assert found.mend
    assert len(found.text) < 300


@pytest.mark.parametrize(
    ("page", "start"),
    [
        ("acme.example/a b", "https://acme.example/a%20b?utm_"),
        ("//acme.example", "https://acme.example/?utm_"),
        ("acme.example:8080/x", "https://acme.example:8080/x?utm_"),
        ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x?utm_"),
        ("https://müller.example/über", "https://müller.example/%C3%BCber?utm_"),
        ("<https://acme.example/>", "https://acme.example/?utm_"),
        ("https://acme.example/?", "https://acme.example/?utm_"),
    ],
)
def test_addresses_as_people_paste_them_work(page, start):
    """Without a scheme, with a port, in letters of other languages, in angle brackets."""
    assert build(page).url.startswith(start)


def test_each_platform_has_its_source_and_its_placements():
    """Every link counts under its own place, and under a channel that GA4 has."""
    for platform in load_platforms():
        for spot in list_spots(platform):
            link = build(PAGE, platform, spot.placement.id)
            assert link.tags.source == (spot.placement.source or source_of(platform))
            unlisted = spot.placement.is_paid and not find_listed(link.tags.source)
            expected = {"paid-unlisted"} if unlisted else set()
            assert {note.id for note in link.notes} == expected, (platform, spot.placement.id)
            assert link.prediction.rule != "unassigned"


def find_listed(source: str) -> bool:
    """Whether Google's lists have a source."""
    platform = find_platform(source)
    return bool(platform and platform.sheet.tagging.list)


def test_a_placement_stands_only_where_a_link_works():
    """The lists of placements agree with what is known of each platform."""
    for platform in load_platforms().values():
        names = {spot.placement.id for spot in list_spots(platform.id)}
        if platform.links is Links.NONE:
            assert "post" not in names
        if platform.messages is Presence.NO:
            assert "dm" not in names
    told = [spot.note for spot in list_spots("linkedin") if spot.placement.id == "post"]
    assert "less reach" in told[0]


def test_every_placement_is_used_and_titled():
    """No placement is left over, and each has its own title."""
    used = {s.placement.id for p in [*load_platforms(), "other"] for s in list_spots(p)}
    used |= {spot.placement.id for spot in list_beyond()}
    assert used == set(load_placements())
    titles = [placement.title for placement in load_placements().values()]
    assert len(set(titles)) == len(titles)


def test_paper_counts_nowhere_and_that_is_no_mistake():
    """GA4 has no channel for paper; the spot says so, and the linter lets it be."""
    paper = [spot for spot in list_beyond() if spot.place == "paper"]
    assert all("Unassigned" in spot.note for spot in paper)
    assert lint_link(("flyer", "offline", "2027-03_spring")) == ()


def test_names_of_places_are_known_in_all_their_forms():
    """Names, hosts and short names lead to one platform; Google and one's own to none."""
    assert find_platform(" FB ").id == find_platform("facebook.com").id == "facebook"
    assert find_platform("x.com").id == find_host("mobile.twitter.com").id == "x"
    assert find_platform("newsletter") is None
    assert find_host("acme.example") is None
    assert not any(find_platform(name) for name in NOT_SOCIAL)


# -- traps -------------------------------------------------------------------------------------

CASES = [
    ("untagged", PAGE),
    ("untagged", ("", "", "")),
    ("unreadable", "not an address"),
    ("not-web", "javascript:alert(document.cookie)"),
    ("too-long", PAGE + "?a=" + "b" * 9_000),
    ("behind-hash", f"{PAGE}#part?{TAGS}"),
    ("second-question-mark", f"{PAGE}?a=1?{TAGS}"),
    ("second-question-mark", f"{PAGE}?utm_source=facebook?utm_medium=social"),
    ("no-question-mark", f"{PAGE}/&{TAGS}"),
    ("escaped-ampersand", f"{PAGE}?{TAGS.replace('&', '&amp;')}"),
    ("parameter-name", f"{PAGE}?{TAGS.replace('utm_s', 'UTM_S')}"),
    ("parameter-name", f"{PAGE}?{TAGS.replace('utm_medium', 'utm-medium')}"),
    ("repeated", f"{PAGE}?{TAGS}&utm_source=instagram"),
    ("click-id", f"{PAGE}?{TAGS}&fbclid=IwAR0"),
    ("short-link", f"https://bit.ly/3abc?{TAGS}"),
    ("leads-to-platform", f"https://www.instagram.com/acme?{TAGS}"),
    ("internal", f"{PAGE}?utm_source=acme.example&utm_medium=social&utm_campaign=a"),
    ("internal", ("acme", "internal", "menu")),
    ("source-missing", ("", "social", "a")),
    ("medium-missing", ("facebook", "", "a")),
    ("campaign-missing", ("facebook", "social", "")),
    ("swapped", ("social", "facebook", "a")),
    ("medium-not-social", ("linkedin", "organic_social", "a")),
    ("medium-not-social", ("quora", "answer", "a")),
    ("medium-not-social", ("partner", "social-media", "a")),
    ("video-in-medium", ("mastodon", "social_video", "a")),
    ("paid-unlisted", ("nextdoor", "paid_social", "a")),
    ("paid-alias", ("x", "cpc", "a")),
    ("other-name", ("fb", "social", "a")),
    ("other-name", ("x", "social", "a")),
    ("unassigned", ("gbp", "local", "a")),
    ("unassigned", ("linktree", "link-in-bio", "a")),
    ("shop-in-campaign", ("facebook", "social", "shop_local")),
    ("cross-network", ("facebook", "social", "cross-network")),
    ("upper-case", ("Facebook", "social", "a")),
    ("upper-case", (*("facebook", "social", "a"), "Post")),
    ("spaces", ("facebook", "social", "spring sale")),
    ("spaces", ("facebook ", "social", "a")),
    ("encoded", ("facebook", "social", "spring%20sale")),
    ("signs", ("facebook", "social", "spring/sale")),
    ("personal", ("newsletter", "email", "anna@acme.example")),
    ("personal", ("sms", "sms", "a", "+44 1632 960123")),
    ("personal", f"{PAGE}?{TAGS}&email=anna%40acme.example"),
    ("personal", f"https://anna:secret@acme.example/?{TAGS}"),
]


@pytest.mark.parametrize(("trap", "link"), CASES)
def test_each_trap_is_seen(trap, link):
    """The trap is named, with what it does to the counts and how to mend it."""
    found = {problem.id: problem for problem in lint_link(link)}
    assert trap in found
    for problem in found.values():
        assert problem.text.endswith(".")
        assert problem.mend.endswith(".")
        assert "{" not in problem.text + problem.mend


def test_every_trap_has_a_case():
    """No words stand there for a trap that nothing falls into."""
    assert {trap for trap, _ in CASES} == set(load_words(WORDS)["traps"])


@pytest.mark.parametrize(
    "link",
    [
        f"{PAGE}?{TAGS}",
        f"{PAGE}?lang=de&{TAGS}&utm_content=post#contact",
        f"acme.example/?{TAGS}",
        f"{PAGE}?q=open?now&{TAGS}",
        f"https://[2001:db8::1]/?{TAGS}",
        ("facebook", "paid_social", "2027-03_spring"),
        ("facebook", "social", "workshop_2026"),
        ("threads", "social", "2027-03_spring"),
        ("newsletter", "email", "2027-03_spring"),
        ("google", "organic", "gbp"),
        ("google", "organic", ""),
        ("l.facebook.com", "referral", ""),
        ("(direct)", "(none)", ""),
        ("facebook", "paid_social", "2027-03_spring", "{{ad.name}}"),
    ],
)
def test_right_links_are_let_be(link):
    """A link as we advise it has no problem, nor has what a counter writes for untagged visits."""
    assert lint_link(link) == ()


def test_a_link_on_ones_own_website_must_not_be_tagged():
    """The same link is right on Facebook and wrong on the website it leads to."""
    link = f"{PAGE}?{TAGS}"
    assert lint_link(link, placed_on="https://www.facebook.com/acme") == ()
    found = lint_link(link, placed_on="https://www.acme.example/blog")
    assert [problem.id for problem in found] == ["internal"]
    assert lint_link(PAGE, placed_on="https://acme.example/blog")[0].id == "untagged"


def test_tags_nobody_can_read_are_named_once():
    """Behind the # sign no counter finds them: that is the one problem, and the visit is direct."""
    judged = judge_link(f"{PAGE}#part?{TAGS}")
    assert [problem.id for problem in judged.problems] == ["behind-hash"]
    assert judged.prediction.rule == "direct"


def test_the_mend_names_what_to_write():
    """Whoever mends the link can copy it."""
    by_id = {p.id: p for p in lint_link(("X", "Social", "Spring Sale"))}
    assert "x, social, spring sale" in by_id["upper-case"].mend
    assert "spring-sale" in by_id["spaces"].mend
    assert "“twitter”" in by_id["other-name"].mend
    assert "utm_medium" in lint_link(f"{PAGE}?utm_mediun=social")[0].mend


@pytest.mark.parametrize("value", ["anna@acme.example", "x anna%40acme.example y", "0044 1632 960"])
def test_personal_details_are_seen(value):
    """Addresses of e-mail in any dress, and telephone numbers."""
    assert is_personal(value)


@pytest.mark.parametrize("value", ["2027-03", "120210000000000000", "a@b", "@acme", "10@", "1-2-3"])
def test_what_only_looks_alike_is_free(value):
    """Dates, the numbers of ads and handles are no personal details."""
    assert not is_personal(value)


# -- whatever people paste ---------------------------------------------------------------------

pasted = st.text(max_size=60) | st.sampled_from(
    [link for _, link in CASES if isinstance(link, str)]
)


@given(pasted, pasted)
@settings(max_examples=60, deadline=None)
def test_nothing_that_is_pasted_breaks_the_linter(text, page):
    """Each text has a judgement; a link that can be built from it says what it should."""
    judge_link(text, placed_on=page)
    lint_link((text, page, text))
    link = build_link(text, "linkedin", "post", page)
    if isinstance(link, TaggedLink):
        query = dict(parse_qsl(urlsplit(link.url).query, keep_blank_values=True))
        assert query["utm_source"] == "linkedin"
        assert query["utm_campaign"] == link.tags.campaign
        assert judge_link(link.url).tags == link.tags
        rebuilt = build_link(link.url, "linkedin", "post", page)
        assert isinstance(rebuilt, TaggedLink)
        assert rebuilt.url == link.url


@pytest.mark.parametrize("sign", ["a", "@", "%", "a@", "&utm_source=", "?", "#", "+", "é", "e-"])
def test_long_texts_are_judged_in_one_pass(sign):
    """Half a million signs in a cell, which would not end in a day if each met each."""
    text = sign * 500_000
    for link in ((text, text, text), f"{PAGE}?utm_source={text}", f"{PAGE}?{text[:7_000]}"):
        assert all(len(problem.text) < 400 for problem in lint_link(link))
