"""What pages show of the set-up: tags, the form, links within the website, and consent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.audit.pages import Page, read_page
from workbook.content import load_words
from workbook.discovery import read_toml
from workbook.evidence import load_sources
from workbook.measurement.trackers import TRACKERS, find_tools
from workbook.measurement.verification import WORDS, Wanted, verify_setup

SERVICES, CONTACT = "https://acme.example/services", "https://acme.example/contact/"
THANKS = "https://acme.example/thank-you"
SENDS = "<form><textarea name=t></textarea></form><script>gtag('event', '{event}')</script>"
GTAG = (
    '<script async src="https://www.googletagmanager.com/gtag/js?id=G-ABC123XYZ"></script>'
    "<script>gtag('js', new Date()); gtag('config', 'G-ABC123XYZ');</script>"
)
GTM = (
    "<script>(function(w,d,s,l,i){j.src='https://www.googletagmanager.com/gtm.js?id='+i;})"
    "(window,document,'script','dataLayer','GTM-5P9HHLS');</script>"
)
SILENT = (
    '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-5P9HHLS"></iframe>'
    "</noscript>"
)
MATOMO = (
    "<script>var _paq = window._paq = []; _paq.push(['trackPageView']);"
    "var u='//stats.acme.example/'; _paq.push(['setSiteId', '7']); g.src=u+'matomo.js';</script>"
)
PLAUSIBLE = (
    '<script defer data-domain="acme.example" src="https://plausible.io/js/script.js"></script>'
)
OWN_PLAUSIBLE = (
    '<script defer data-domain="a.example" src="https://s.example/js/script.js"></script>'
)
NEW_PLAUSIBLE = (
    '<script async src="https://plausible.io/js/pa-gYyxvZhkMzdz.js"></script>'
    "<script>plausible.init()</script>"
)
UMAMI = (
    '<script defer src="https://cloud.umami.is/script.js" '
    'data-website-id="94db1cb1-74f4-4a40-ad6c-962362670409"></script>'
)
ENDED = '<script src="https://www.google-analytics.com/analytics.js"></script>'
WAITING = (
    '<script type="text/plain" data-cookieconsent="statistics" '
    'src="https://www.googletagmanager.com/gtag/js?id=G-ABC123XYZ"></script>'
)
CONSENT = '<script src="https://consent.cookiebot.com/uc.js"></script>'
FORM = "<form action='{action}'><input name='name'><textarea name='text'></textarea>{more}</form>"


def read(html: str, address: str = "", name: str = "page.html") -> Page:
    """A page as it was pasted or fetched."""
    page = read_page(
        name, f"<!doctype html><html><head></head><body>{html}</body>", address=address
    )
    assert isinstance(page, Page)
    return page


def verify(services: str = "", contact: str = "", **said: object) -> dict[str, object]:
    """The findings of two pages by their names, held against what a plan says."""
    pages = [read(services, SERVICES, "services.html"), read(contact, CONTACT, "contact.html")]
    wanted = Wanted(SERVICES, CONTACT, **said)
    return {found.id: found for found in verify_setup(pages, wanted)}


@pytest.mark.parametrize(
    ("html", "tool", "number"),
    [
        (GTAG, "ga4", "G-ABC123XYZ"),
        (GTM, "gtm", "GTM-5P9HHLS"),
        (SILENT, "gtm", "GTM-5P9HHLS"),
        (MATOMO, "matomo", "7"),
        ("<script src='/piwik.js'></script>", "matomo", ""),
        ("<script>g.src='https://s.example/js/container_a1B2c3D4.js'</script>",
         "matomo_tag_manager", "container_a1B2c3D4"),
        (PLAUSIBLE, "plausible", ""),
        (OWN_PLAUSIBLE, "plausible", ""),
        (NEW_PLAUSIBLE, "plausible", "pa-gYyxvZhkMzdz"),
        (UMAMI, "umami", "94db1cb1-74f4-4a40-ad6c-962362670409"),
        (ENDED, "universal", ""),
        ("<script>ga('create', 'UA-123456-1')</script>", "universal", "UA-123456-1"),
        ("<script src='https://cdn.usefathom.com/script.js'></script>", "fathom", ""),
        ("<script src='https://static.cloudflareinsights.com/beacon.min.js'></script>",
         "cloudflare", ""),
        ("<script src='https://scripts.simpleanalyticscdn.com/latest.js'></script>", "simple", ""),
        ("<script src='https://stats.wp.com/e-202647.js'></script>", "jetpack", ""),
    ],
)  # fmt: skip
def test_each_tool_is_seen_by_its_tag(html, tool, number):
    """The tool and its number, once, from the code that each of them tells people to paste."""
    assert [(found.id, found.number) for found in find_tools(read(html))] == [(tool, number)]
    assert tool in read_toml(TRACKERS)["tools"]


@pytest.mark.parametrize(
    "html",
    [
        "<script src='/js/script.js'></script>",
        "<script src='https://www.googletagmanager.com/gtag/js?id=AW-123456'></script>",
        "<p>We use Matomo and gtag('config', 'G-ABC123XYZ')</p>",
        "<script>var plausible = true;</script>",
    ],
)
def test_what_only_sounds_like_a_tool_is_none(html):
    """Scripts of the website itself, tags of ads, and text about tools count nothing."""
    assert find_tools(read(html)) == ()


def test_a_page_without_a_tag_is_to_be_mended():
    """The page that is counted passes, the other does not, and the way between them is lost."""
    found = verify(GTAG, "<p>Write to us</p>")
    assert found["tag-services"].passed is True
    assert "Google Analytics 4 (G-ABC123XYZ)" in found["tag-services"].why
    assert found["tag-contact"].passed is False
    assert found["tag-contact"].pages == ("contact.html",)
    assert found["tag-same"].passed is None


@pytest.mark.parametrize(
    ("html", "passed", "said"),
    [
        (GTM, None, "decided inside it"),
        (ENDED, False, "nothing since July 2023"),
        (WAITING, True, "waits until a visitor agrees"),
        (CONSENT, None, "Cookiebot"),
        (ENDED + GTAG, True, "G-ABC123XYZ"),
    ],
)
def test_what_a_tag_is_worth_is_told(html, passed, said):
    """A manager may hold anything, an ended tool counts nothing, a held tag waits for consent."""
    found = verify(html, html)["tag-services"]
    assert found.passed is passed
    assert said in found.why


def test_two_counters_do_not_make_a_way():
    """The same tag on both pages joins them; two different ones do not."""
    assert verify(GTAG, GTAG)["tag-same"].passed is True
    other = verify(GTAG, GTAG.replace("ABC123XYZ", "OTHER99999"))["tag-same"]
    assert other.passed is False
    assert "G-OTHER99999" in other.why
    assert verify(GTAG, PLAUSIBLE)["tag-same"].passed is False


@pytest.mark.parametrize(
    ("html", "passed", "said"),
    [
        (FORM.format(action="/thank-you/", more=""), True, "/thank-you/"),
        (FORM.format(action="/danke.html", more=""), True, "danke"),
        (FORM.format(action="/send", more="<input type=hidden name=_next value=/thanks>"),
         True, "/thanks"),
        (FORM.format(action="/send", more="") + "<script>gtag('event', 'generate_lead')</script>",
         True, "generate_lead"),
        (FORM.format(action="", more="<button class='plausible-event-name=Contact'>"),
         True, "Contact"),
        (FORM.format(action="", more="<button data-umami-event='sent-form'>"), True, "sent-form"),
        (FORM.format(action="", more="") + "<script>_paq.push(['trackGoal', 1])</script>",
         True, "trackGoal"),
        (FORM.format(action="mailto:me@acme.example", more=""), False, "mail program"),
        (FORM.format(action="/send.php", more=""), None, "neither a page of thanks nor an event"),
        ("<iframe src='https://form.typeform.com/to/x'></iframe>", None, "another website"),
        ("<a href='tel:01632960123'>Ring</a>", None, "no form"),
    ],
)  # fmt: skip
def test_the_form_is_followed_to_its_end(html, passed, said):
    """A page of thanks or an event can be counted; the rest is told with a trial that shows it."""
    found = verify("", html)["form-followed"]
    assert found.passed is passed
    assert said in found.why
    assert found.fix


def test_links_within_the_website_carry_no_tags():
    """Tags on links to oneself are named; those on links to others are theirs to choose."""
    tags = "utm_source=home&utm_medium=banner"
    assert verify(f"<a href='https://other.example/?{tags}'>x</a>")["internal-links"].passed is True
    found = verify(
        f"<a href='/contact?{tags}'>x</a>", f"<a href='//www.acme.example/?{tags}'>y</a>"
    )
    assert found["internal-links"].passed is False
    assert found["internal-links"].pages == ("services.html", "contact.html")
    assert "/contact?utm_source=home" in found["internal-links"].why


@pytest.mark.parametrize("known", ["services", "contact", "thanks", "website"])
def test_a_pasted_page_is_on_the_website_of_the_plan(known):
    """It brings no address of its own; the plan's addresses say which links stay on the website."""
    html = "<a href='https://www.example.com/x?utm_source=a'>y</a>"
    wanted = Wanted(**{known: "https://example.com/services"})
    found = verify_setup([read(html)], wanted, roles={"services": read(html)})
    links = next(each for each in found if each.id == "internal-links")
    assert links.passed is False
    assert "example.com/x?utm_source=a" in links.why
    found = verify_setup([read(html)], Wanted(**{known: "https://other.example/services"}))
    assert next(each for each in found if each.id == "internal-links").passed is True


def test_no_link_is_called_right_where_the_website_is_not_known():
    """Without any address in the plan, a tagged link is shown and not judged."""
    found = verify_setup([read("<a href='https://www.example.com/x?utm_source=a'>y</a>")], Wanted())
    links = next(each for each in found if each.id == "internal-links")
    assert links.passed is None
    assert "example.com/x" in links.why


def test_consent_means_that_figures_are_too_low():
    """Where visitors are asked, those who refuse are missing."""
    assert "Cookiebot" in verify(CONSENT)["consent"].why
    assert "No consent tool was seen" in verify()["consent"].why


@pytest.mark.parametrize(
    ("html", "tools", "passed", "said"),
    [
        (GTAG, ("ga4",), True, "the pages carry Google Analytics 4"),
        (GTAG + MATOMO, ("ga4", "matomo"), True, "Matomo"),
        (GTAG + MATOMO, ("ga4",), None, "The pages carry"),
        (MATOMO, ("ga4",), False, "On these pages we see Matomo (7)"),
        ("", ("ga4",), False, "No tag of a counter was seen"),
        (GTM, ("ga4",), None, "may load it"),
        (CONSENT, ("plausible",), None, "may load it"),
        (GTAG, ("other",), True, "Something else"),
        ("", ("other",), None, "do not know by its tag"),
        (GTAG, ("none",), False, "nothing counts your visits"),
        ("", ("none",), True, "no tag of a counter was seen"),
        (GTAG, ("unknown",), None, "does not say what counts"),
        (GTAG, (), None, "does not say what counts"),
        ("", (), None, "nothing to compare"),
    ],
)
def test_what_counts_is_held_against_the_plan(html, tools, passed, said):
    """What the plan names should be what the pages carry; neither is taken for the truth."""
    found = verify(html, html, tools=tools)["tag-planned"]
    assert found.passed is passed
    assert said in found.why


def test_the_page_of_thanks_is_looked_at_where_there_is_one():
    """It is known by its address, its file or as it was given, and counts into the same place."""
    assert "tag-thanks" not in verify(GTAG, GTAG)
    assert verify(GTAG, GTAG, thanks=THANKS)["tag-thanks"].passed is None
    pages = [read(GTAG, SERVICES), read(GTAG, CONTACT), read(MATOMO)]
    wanted = Wanted(SERVICES, CONTACT)
    found = {f.id: f for f in verify_setup(pages, wanted, roles={"thanks": pages[2]})}
    assert found["tag-thanks"].passed is True
    assert found["tag-same"].passed is False
    assert "Matomo (7) on the thank-you page" in found["tag-same"].why


@pytest.mark.parametrize(
    ("html", "said", "passed"),
    [
        (FORM.format(action="/thank-you/", more=""), {"thanks": THANKS}, True),
        (FORM.format(action="/danke", more=""), {"thanks": THANKS}, False),
        (SENDS.format(event="lead_form"), {"event": "lead_form"}, True),
        (SENDS.format(event="lead_form"), {"event": "generate_lead"}, None),
        ("<form data-sent='booked'><textarea name=t></textarea></form>", {"event": "booked"}, True),
    ],
)
def test_the_form_is_held_against_the_plan(html, said, passed):
    """What is counted must be what happens: the page that opens, the event that is sent."""
    assert verify("", html, **said)["form-followed"].passed is passed


def test_a_banner_that_the_plan_denies_is_told():
    """The plan says nobody is asked, and a tool that asks stands on the page."""
    assert verify(CONSENT, banner="none")["consent"].passed is False
    assert verify(CONSENT, banner="banner")["consent"].passed is None


def test_each_finding_names_the_line_it_rests_on():
    """The line is quoted short, and everything says how sure it is and what would change it."""
    form = FORM.format(action="/thank-you", more="")
    found = verify(GTAG + CONSENT, MATOMO + form + "<a href='/?utm_source=x'>x</a>")
    assert "gtag/js?id=G-ABC123XYZ" in found["tag-services"].lines[0]
    assert "setSiteId" in " ".join(found["tag-contact"].lines + found["tag-same"].lines)
    assert "/thank-you" in found["form-followed"].lines[0]
    assert "utm_source=x" in found["internal-links"].lines[0]
    assert "cookiebot" in found["consent"].lines[0]
    for each in found.values():
        assert each.sure
        assert each.change
        assert all(len(line) < 150 for line in each.lines)


def test_pasted_pages_are_told_apart_by_their_names():
    """A file called after the page stands for it; a page nobody named is not guessed."""
    pages = [read(GTAG, name="services.html"), read("", name="Contact.htm")]
    found = {each.id: each for each in verify_setup(pages, Wanted(SERVICES, CONTACT))}
    assert found["tag-services"].passed is True
    assert found["tag-contact"].passed is False
    found = {each.id: each for each in verify_setup([read(GTAG)], Wanted(SERVICES))}
    assert "not among the pages" in found["tag-services"].why
    assert "does not name the Contact page" in found["tag-contact"].why
    assert found["form-followed"].passed is None


def test_every_result_has_its_words_and_sources():
    """The titles differ, and each source is among those that the documents print."""
    found = verify_setup([], Wanted(thanks=CONTACT))
    assert len({each.title for each in found}) == len(found) == 8
    named = {source for each in found for source in each.sources}
    named |= {e["source"] for e in read_toml(TRACKERS)["tools"].values() if "source" in e}
    assert named <= set(load_sources())
    assert set(load_words(WORDS)) > {each.id for each in found}


parts = st.sampled_from(
    [GTAG, GTM, MATOMO, UMAMI, CONSENT, FORM, "<form>", "<script>", "'\"", "{0}"]
)


@given(st.lists(parts | st.text(max_size=15), max_size=8).map("".join), st.text(max_size=30))
@settings(max_examples=30, deadline=None)
def test_no_page_breaks_the_verification(html, address):
    """Whatever is pasted, findings come back, and no sentence is left open."""
    pages = [read(html, SERVICES), read(html, name=address)]
    for found in verify_setup(pages, Wanted(SERVICES, address, event=address)):
        assert found.why
        assert found.passed in {True, False, None}
