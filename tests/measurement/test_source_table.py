"""From which place a visit came: tags, clicks' marks, referrers, apps; one visit or a table."""

from __future__ import annotations

from itertools import product

import duckdb
import ibis
import pytest

from workbook.measurement.bots import is_program, load_patterns
from workbook.measurement.sources import (
    HOW_MANY,
    ORIGIN,
    UNNAMED,
    Origin,
    Told,
    find_app,
    find_place,
    find_word,
    load_names,
    number_of,
    number_sources,
    read_host,
    read_number,
)
from workbook.platforms import OTHER, load_platforms

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
APPS = {
    "instagram": f"{IPHONE} Mobile/15E148 Instagram 350.0.0.0.0 (iPhone16,1; iOS 18_0)",
    "facebook": f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/480.0.0.0.0;FBBV/1;FBDV/iPhone16,1]",
    "threads": f"{IPHONE} Mobile/15E148 Barcelona 350.0.0.0.0 (iPhone16,1; iOS 18_0)",
    "linkedin": f"{ANDROID} Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 [LinkedInApp]",
    "tiktok": f"{IPHONE} Mobile/15E148 musical_ly_36.1.0 JsSdk/2.0 BytedanceWebview/d8a21c6",
    "snapchat": f"{IPHONE} Mobile/15E148 Snapchat/13.10.0.40 (like Safari/8618.1, panda)",
    "pinterest": f"{IPHONE} Mobile/15E148 [Pinterest/iOS]",
    "x": f"{IPHONE} Mobile/15E148 Twitter for iPhone/10.60",
}
FETCHERS = (
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Twitterbot/1.0",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.5.0",
    "-",
    "",
)


@pytest.mark.parametrize(
    ("address", "referrer", "place", "told"),
    [
        ("/?utm_source=facebook&utm_medium=social", "", "facebook", Told.TAG),
        ("/?utm_source=Twitter", "https://l.facebook.com/", "x", Told.TAG),
        ("/?utm_source=IG&utm_medium=bio", "", "instagram", Told.TAG),
        ("/?mtm_source=linkedin", "", "linkedin", Told.TAG),
        ("/?utm_source=spring&utm_medium=paid_social", "", "", Told.TAG),
        (
            "/?utm_source=google&utm_medium=organic&utm_campaign=gbp",
            "",
            "google_business",
            Told.TAG,
        ),
        ("/?ttclid=abc", "https://www.google.com/", "tiktok", Told.CLICK),
        ("/?fbclid=abc", "https://l.instagram.com/", "instagram", Told.REFERRER),
        ("/?fbclid=abc", "", "", Told.CLICK),
        ("/", "https://lm.facebook.com/l.php?u=x", "facebook", Told.REFERRER),
        ("/", "https://out.reddit.com/t3_abc", "reddit", Told.REFERRER),
        ("/", "https://t.co/abc", "x", Told.REFERRER),
        ("/", "https://lnkd.in/abc", "linkedin", Told.REFERRER),
        ("/", "https://l.threads.net/?u=x", "threads", Told.REFERRER),
        ("/", "https://www.youtube.com/redirect?q=x", "youtube", Told.REFERRER),
        ("/", "https://fosstodon.org/", "mastodon", Told.REFERRER),
        ("/", "android-app://com.instagram.android/", "instagram", Told.REFERRER),
        ("/", "https://away.vk.com/away.php", OTHER, Told.REFERRER),
        ("/", "https://www.xing.com/", OTHER, Told.REFERRER),
    ],
)
def test_a_visit_names_its_place(address, referrer, place, told):
    """A tag comes first, then a network's own mark, then the page before."""
    found = find_place(address, referrer)
    assert found is not None
    assert (found[0].platform, found[1]) == (place, told)
    assert found[0].is_social


@pytest.mark.parametrize(
    ("address", "referrer"),
    [
        ("/", "https://www.google.com/"),
        ("/", "https://notfacebook.com/"),
        ("/", "https://facebook.com.example.net/"),
        ("/?utm_source=newsletter&utm_medium=email", ""),
        ("/?utm_source=google&utm_medium=cpc&utm_campaign=spring", "https://www.facebook.com/"),
        ("/", "https://login.live.com/"),
        ("/", "https://github.com/"),
    ],
)
def test_others_are_elsewhere(address, referrer):
    """Search engines, letters, look-alikes, and services that are no networks of today."""
    found = find_place(address, referrer)
    assert found is not None
    assert not found[0].is_social


@pytest.mark.parametrize(
    "referrer", ["", "-", "https://www.example.com/a", "//example.com", "::[", "x"]
)
def test_nothing_and_one_s_own_pages_name_no_place(referrer):
    """No source is made up, and a tag on a link within the site is none."""
    address = "/?utm_source=facebook" if "example" in referrer else "/"
    assert find_place(address, referrer, own_hosts=["example.com"]) is None


@pytest.mark.parametrize("platform", APPS)
def test_people_in_apps_are_people_and_their_app_is_told(platform):
    """The browser inside an app is no program, and tells the platform where nothing else does."""
    agent = APPS[platform]
    assert not is_program(agent)
    assert find_app(agent) == platform
    found = find_place("/", "", agent)
    assert found is not None
    assert (found[0].platform, found[1]) == (platform, Told.APP)
    other = find_place("/", "https://www.google.com/", agent)
    assert other is not None
    assert not other[0].is_social


@pytest.mark.parametrize("agent", FETCHERS)
def test_programs_that_fetch_previews_are_no_people(agent):
    """Link previews, search engines and visitors without a name are out, and are no app."""
    assert is_program(agent)
    assert find_app(agent) == ""


def test_an_embedded_engine_knows_programs_by_the_same_patterns():
    """The patterns that Python and the engine look for tell the same."""
    agents = [*APPS.values(), *(agent for agent in FETCHERS if agent not in {"", "-"})]
    tests = " OR ".join(f"regexp_matches(agent, {_quote(p)})" for p in load_patterns())
    values = ", ".join(f"({_quote(agent)})" for agent in agents)
    with duckdb.connect() as engine:
        found = engine.execute(
            f"SELECT agent FROM (VALUES {values}) AS given(agent) WHERE {tests}"
        ).fetchall()
    assert {agent for (agent,) in found} == {agent for agent in agents if is_program(agent)}


def test_an_engine_finds_the_same_places_as_one_visit_does():
    """Every kind of tag, mark, referrer and app, in every combination, gives the same number."""
    tags = ("", "newsletter", "m.facebook.com", "google", "a|facebook=0002|t.co")
    mediums, campaigns = ("", "social"), ("", "gbp")
    clicks = ("", "fbclid", "ttclid")
    referrers = (
        "", "t.co", "old.reddit.com", "www.google.com", "mp.weixin.qq.com", "a.b.c.l.facebook.com",
        "www.example.com", "com.linkedin.android", "pinterest.co.uk", ".", "é.facebook.com",
    )  # fmt: skip
    origins = [
        Origin(*parts)
        for parts in product(tags, mediums, campaigns, clicks, referrers, ("", "instagram"))
    ]
    table = ibis.table(dict.fromkeys(ORIGIN, "string"), name="origins")
    written = str(ibis.to_sql(number_sources(table, ["example.com"]), dialect="duckdb"))
    values = ", ".join(f"({', '.join(map(_quote, origin))})" for origin in origins)
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE origins ({', '.join(f'{c} VARCHAR' for c in ORIGIN)})")
        engine.execute(f"INSERT INTO origins VALUES {values}")
        rows = engine.execute(f"SELECT {', '.join(ORIGIN)}, source FROM ({written})").fetchall()
    found = {Origin(*origin): source for *origin, source in rows}
    own = {origin for origin in origins if origin.referrer == "www.example.com"}
    assert found == {o: None if o in own else number_of(o) for o in origins}


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_every_platform_is_found_by_its_own_hosts_and_its_recommended_tag():
    """What the workbook itself writes into links is what it finds again."""
    names = load_names()
    for platform in load_platforms().values():
        if platform.id in {"own", "google_business"}:
            continue
        tag = platform.sheet.tagging.value
        found = find_place(f"/?utm_source={tag}&utm_medium=social")
        assert found is not None
        assert found[0].platform == platform.id
        for host in platform.hosts:
            assert names.places[names.hosts[host]].platform == platform.id


def test_the_table_can_be_written_as_a_text():
    """Engines find words in one text: plain letters only, and none that part two of them."""
    names = load_names()
    words = [*names.words, *names.hosts, *names.clicks, *names.apps]
    assert all(word.isascii() and word == word.lower() for word in words)
    assert not any(set(word) & {"|", "="} for word in words)
    assert len(names.places) * 8 < HOW_MANY
    assert read_number(1) == (UNNAMED, Told.TAG)


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://User:pw@WWW.Example.com:8080/a?b", "www.example.com"),
        ("android-app://com.twitter.android/", "com.twitter.android"),
        ("l.facebook.com", "l.facebook.com"),
        ("example.com/page", "example.com"),
        ("/page", ""),
        ("-", ""),
        ("https://", ""),
    ],
)
def test_a_host_is_read_from_what_stands_there(referrer, host):
    """Addresses, bare hosts and apps; nothing where there is none."""
    assert read_host(referrer) == host


def test_a_campaign_s_name_may_name_a_network():
    """Matomo knows tagged links by their campaign alone."""
    assert find_word("2026-09_instagram_autumn") == "instagram"
    assert find_word("autumn x offer") == ""
