"""Addresses of profiles: many forms, one profile."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.audit.addresses import (
    host_of,
    is_same,
    read_link,
    read_profile,
    strip_tracking,
)
from workbook.evidence import load_sources
from workbook.platforms import load_platforms

ADDRESSED = {p.id: p for p in load_platforms().values() if p.profile}
CHANNEL = "UC" + "aB3" * 7 + "x"

FORMS = {
    "https://www.facebook.com/acme.pipes": [
        "facebook.com/acme.pipes", "http://m.facebook.com/Acme.Pipes/", "fb.com/acme.pipes",
        "https://de-de.facebook.com/acme.pipes?ref=page_internal", "www.facebook.com/pg/acme.pipes",
        "https://www.facebook.com/acme.pipes/about", "//www.facebook.com/acme.pipes#top",
        "<https://www.facebook.com/acme.pipes>", "https://web.facebook.com/acme.pipes/?_rdc=1&_rdr",
    ],
    "https://www.facebook.com/profile.php?id=100064123456": [
        "https://www.facebook.com/profile.php?id=100064123456&sk=about",
        "https://www.facebook.com/people/Acme-Pipes/100064123456/",
        "https://www.facebook.com/p/Acme-Pipes-100064123456/",
        "https://facebook.com/pages/category/Plumber/Acme-Pipes-100064123456/",
        "https://facebook.com/pages/Acme-Pipes/100064123456?fref=ts",
    ],
    "https://www.instagram.com/acme_pipes/": [
        "instagram.com/Acme_Pipes", "https://www.instagram.com/acme_pipes/?igsh=MzRlODBiNWFlZA==",
        "https://instagram.com/acme_pipes/reels/?hl=en", "https://www.instagram.com/_u/acme_pipes",
    ],
    f"https://www.youtube.com/channel/{CHANNEL}": [
        f"youtube.com/channel/{CHANNEL}", f"https://m.youtube.com/channel/{CHANNEL}/videos",
    ],
    "https://www.youtube.com/@acmepipes": [
        "https://youtube.com/@AcmePipes?si=abc", "youtube.com/@acmepipes/featured",
        "https://www.youtube.com/%40acmepipes",
    ],
    "https://www.youtube.com/c/acmepipes": ["youtube.com/c/AcmePipes", "youtube.com/acmepipes"],
    "https://www.youtube.com/user/acmepipes": ["http://www.youtube.com/user/AcmePipes"],
    "https://www.tiktok.com/@acme.pipes": [
        "tiktok.com/@acme.pipes?is_from_webapp=1", "https://m.tiktok.com/@Acme.Pipes",
    ],
    "https://www.linkedin.com/company/acme-pipes": [
        "uk.linkedin.com/company/acme-pipes/", "https://www.linkedin.com/company/Acme-Pipes/about/",
        "https://www.linkedin.com/company/acme-pipes/posts/?feedView=all",
    ],
    "https://www.linkedin.com/in/acme-owner": ["https://www.linkedin.com/in/acme-owner/en?trk=x"],
    "https://x.com/acmepipes": [
        "https://twitter.com/AcmePipes", "http://mobile.twitter.com/acmepipes?lang=en",
        "https://twitter.com/#!/acmepipes", "x.com/@acmepipes", "https://x.com/acmepipes/media",
    ],
    "https://www.pinterest.com/acmepipes/": [
        "pinterest.co.uk/acmepipes", "https://uk.pinterest.com/acmepipes/_saved/",
        "https://www.pinterest.com.au/AcmePipes", "https://www.pinterest.de/acmepipes/",
    ],
    "https://www.snapchat.com/add/acmepipes": ["https://snapchat.com/@acmepipes?share_id=1"],
    "https://www.reddit.com/user/acme-pipes/": ["old.reddit.com/u/acme-pipes"],
    "https://www.reddit.com/r/acmepipes/": ["https://www.reddit.com/r/AcmePipes/new/"],
    "https://wa.me/447700900123": [
        "https://wa.me/447700900123?text=Hello", "https://wa.me/+447700900123",
        "https://api.whatsapp.com/send?phone=447700900123&text=Hi", "https://wa.me/c/447700900123",
    ],
    "https://www.threads.com/@acmepipes": ["https://www.threads.net/@AcmePipes?hl=en"],
    "https://bsky.app/profile/acme.bsky.social": ["bsky.app/profile/Acme.bsky.social"],
    "https://mastodon.social/@acme": [
        "https://mastodon.social/users/acme", "mastodon.social/web/@acme", "@acme@mastodon.social",
    ],
    "https://t.me/acmepipes": ["https://telegram.me/acmepipes", "t.me/s/AcmePipes?before=20"],
    "https://discord.gg/aBc123": ["https://discord.com/invite/aBc123"],
    "https://nextdoor.co.uk/pages/acme-pipes/": ["https://nextdoor.co.uk/pages/acme-pipes?a=1"],
    "https://www.google.com/maps?cid=1234567890": [
        "https://maps.google.co.uk/?cid=1234567890", "https://www.google.de/maps?cid=1234567890&hl=de",
    ],
    "https://g.page/acme-pipes": ["https://g.page/acme-pipes?share"],
}  # fmt: skip
NO_PROFILES = [
    "https://www.facebook.com/sharer/sharer.php?u=https://example.com",
    "https://www.facebook.com/share.php?u=x",
    "https://www.facebook.com/acme/posts/123456789",
    "https://www.facebook.com/events/123456789",
    "https://twitter.com/intent/tweet?text=hello",
    "https://x.com/share?url=x",
    "https://x.com/acme/status/17",
    "https://x.com/hashtag/pipes",
    "https://www.linkedin.com/shareArticle?mini=true&url=x",
    "https://www.linkedin.com/sharing/share-offsite/?url=x",
    "https://www.linkedin.com/feed/update/urn:li:activity:1",
    "https://pinterest.com/pin/create/button/?url=x",
    "https://www.pinterest.com/pin/17",
    "https://www.reddit.com/submit?url=x",
    "https://t.me/share/url?url=x",
    "https://wa.me/?text=look",
    "https://api.whatsapp.com/send?text=look",
    "https://www.instagram.com/p/Cxyz123/",
    "https://www.instagram.com/explore/tags/pipes/",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com/embed/dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ",
    "https://www.tiktok.com/@acme/video/71",
    "https://www.tiktok.com/t/ZT123",
    "https://developers.facebook.com/docs",
    "https://help.instagram.com/17",
    "https://bsky.app/intent/compose?text=x",
    "https://www.facebook.com/",
    "https://www.instagram.com",
]


@pytest.mark.parametrize("canonical", FORMS)
def test_every_form_of_an_address_is_the_same_profile(canonical):
    """Hosts for phones and countries, tabs, tracking and capitals change nothing."""
    platform = "mastodon" if "mastodon" in canonical else ""
    for typed in (*FORMS[canonical], canonical):
        found = read_profile(typed, platform)
        assert found is not None, typed
        assert found.url == canonical
        assert found.is_sure


@pytest.mark.parametrize("address", NO_PROFILES)
def test_a_link_that_shares_or_shows_one_post_is_no_profile(address):
    """Buttons that share this page, posts, searches and help pages lead to no profile."""
    found = read_link(address)
    assert read_profile(address) is None
    assert found is not None
    assert found.profile is None


@pytest.mark.parametrize(
    "address",
    ["https://fb.me/x1", "https://lnkd.in/abc", "https://pin.it/abc", "https://vm.tiktok.com/Z1",
     "https://maps.app.goo.gl/abc", "https://t.co/abc"],
)  # fmt: skip
def test_where_a_short_link_leads_cannot_be_seen(address):
    """A short link belongs to a platform, and its goal is not guessed."""
    found = read_link(address)
    assert found is not None
    assert found.is_short
    assert read_profile(address) is None


@pytest.mark.parametrize("platform", [p for p in ADDRESSED if p != "mastodon"])
def test_a_bare_name_becomes_the_likely_address(platform):
    """A name is enough where the platform is known; it is sure where there is one form only."""
    name = "447700900123" if platform == "whatsapp" else "acmepipes"
    found = read_profile(f"@{name}", platform)
    assert found is not None
    assert found.url.startswith("https://")
    forms = ADDRESSED[platform].profile
    one_form = len({form.kind for form in forms.forms}) == 1 and not forms.alternatives
    assert found.is_sure is one_form
    again = read_profile(found.url)
    assert again is not None
    assert is_same(found, again) is True


@pytest.mark.parametrize(
    ("one", "other", "platform", "same"),
    [
        ("@acme", "https://x.com/Acme", "x", True),
        ("@acme", "https://x.com/other", "x", False),
        ("acmepipes", "https://www.facebook.com/profile.php?id=100064123456", "facebook", None),
        ("acmepipes", "https://www.facebook.com/otherpipes", "facebook", False),
        ("@acmepipes", f"https://www.youtube.com/channel/{CHANNEL}", "youtube", None),
        ("youtube.com/c/acme", "youtube.com/@acme", "youtube", None),
        ("linkedin.com/in/acme", "linkedin.com/company/acme", "linkedin", False),
        ("acme", "linkedin.com/company/acme", "linkedin", True),
        ("@acme", "https://fosstodon.org/@acme", "mastodon", None),
        ("@acme@fosstodon.org", "https://fosstodon.org/@acme", "mastodon", True),
        ("@acme@fosstodon.org", "https://mastodon.social/@acme", "mastodon", False),
        ("@acme", "https://fosstodon.org/@other", "mastodon", False),
        ("acme", "https://nextdoor.co.uk/pages/acme/", "nextdoor", True),
    ],
)
def test_same_profile_different_or_not_to_be_told(one, other, platform, same):
    """A number and a name may be one profile: that is left open and not guessed."""
    first, second = read_profile(one, platform), read_profile(other, platform)
    assert first is not None
    assert second is not None
    assert is_same(first, second) is same
    assert is_same(second, first) is same


def test_profiles_on_different_platforms_are_different():
    """The same name elsewhere is another profile."""
    one, other = read_profile("@acme", "x"), read_profile("@acme", "instagram")
    assert is_same(one, other) is False


def test_any_host_may_only_be_a_guess():
    """An address that looks like Mastodon on a host nobody knows counts only when one asks."""
    assert read_profile("https://blog.example.com/@acme") is None
    assert read_link("https://blog.example.com/@acme").is_guess
    assert read_profile("https://blog.example.com/@acme", "mastodon").is_sure
    assert not read_link("https://mastodon.social/@acme").is_guess


@pytest.mark.parametrize(
    "text",
    ["", " ", "https://", "javascript:alert(1)", "mailto:a@b.example", "http://[::1",
     "https://x.com:99999/a", "https://user:pass@x.com/acme", "https://example.com/acme",
     "tel:+4412", "\x00\x01", "💥" * 500],
)  # fmt: skip
def test_what_is_no_address_is_no_profile(text):
    """Whatever is pasted, nothing breaks and nothing is made up."""
    assert read_profile(text) is None


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=80), platform=st.sampled_from([*ADDRESSED, "", "other"]))
def test_a_canonical_address_stays_as_it_is(text, platform):
    """Reading a canonical address again gives the same one, whatever it was made from."""
    found = read_profile(text, platform)
    if found and found.url:
        again = read_profile(found.url, platform)
        assert again is not None
        assert again.url == found.url


@pytest.mark.parametrize("platform", ADDRESSED.values(), ids=lambda p: p.id)
def test_platform_knows_its_own_addresses(platform):
    """Each form's canonical address is on a host of the platform, and dated."""
    forms = platform.profile
    assert forms.forms
    assert forms.checked_on.year >= 2026
    assert not forms.source or forms.source in load_sources()
    for form in forms.forms:
        assert re.compile(form.pattern).groupindex.get("name")
        assert form.url.startswith("https://")


def test_addresses_are_compared_without_what_changes_nothing():
    """Scheme, www, query, fragment and the last slash do not make another page."""
    assert strip_tracking("https://www.example.com/a/?utm_source=x#top") == "example.com/a"
    assert strip_tracking("http://example.com/a") == "example.com/a"
    assert host_of("www.Example.com/a") == "example.com"
    assert host_of("mailto:a@example.com") == ""
