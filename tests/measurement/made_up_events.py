"""Small made-up events whose counts were worked out by hand, for every engine alike."""

from __future__ import annotations

from workbook.measurement.events import COLUMNS

#: 1 September 2026, 12:00 in Greenwich: day 20697 since 1970.
NOON = 1_788_264_000
DAY = 20_697
NUMBERS = {"moment", "day"}


def event(visitor: str, seconds: int, page: str = "/", action: str = "", **origin: str) -> dict:
    """One canonical event, so many seconds after noon."""
    found = {
        "visitor": visitor, "visit": None, "moment": NOON + seconds, "page": page,
        "action": action, "day": (NOON + seconds) // 86_400,
    }  # fmt: skip
    rest = {name: origin.get(name, "") for name in COLUMNS if name not in found}
    return {name: {**found, **rest}[name] for name in COLUMNS}


#: Each case: events, and (platform, sessions, services, contact, went_on, used, by_app) by hand.
#: Targets: Services is /services and all below, Contact /contact, used a “sent” or POST /contact.
CASES: dict[str, tuple[list[dict], list[tuple]]] = {
    "an event after exactly half an hour belongs to the visit, one second later to the next": (
        [
            event("a", 0, "/", tag="instagram"),
            event("a", 1800, "/services"),
            event("a", 3601, "/contact"),
        ],
        [("instagram", 1, 1, 0, 0, 0, 0)],
    ),
    "two visitors at once are two visits": (
        [
            event("a", 0, "/services", referrer="l.facebook.com"),
            event("b", 0, "/services", referrer="lm.facebook.com"),
            event("b", 60, "/contact", referrer="example.com"),
        ],
        [("facebook", 2, 2, 1, 1, 0, 0)],
    ),
    "a tag comes before the referrer, a click's mark before it too": (
        [
            event("a", 0, tag="linkedin", referrer="t.co"),
            event("b", 0, click="twclid", referrer="www.google.com"),
        ],
        [("linkedin", 1, 0, 0, 0, 0, 0), ("x", 1, 0, 0, 0, 0, 0)],
    ),
    "what comes from one's own pages names no source, whatever its tags say": (
        [
            event("a", 0, "/"),
            event("a", 5, "/contact", referrer="www.example.com", tag="facebook"),
        ],
        [],
    ),
    "the first source of a visit is its source, the page after counts for it": (
        [
            event("a", 0, "/"),
            event("a", 10, "/", referrer="bsky.app"),
            event("a", 20, "/", referrer="www.reddit.com"),
            event("a", 30, "/services/web-design"),
        ],
        [("bluesky", 1, 1, 0, 0, 0, 0)],
    ),
    "a search engine before a network makes the visit none of social media": (
        [event("a", 0, referrer="www.google.com"), event("a", 10, referrer="t.co")],
        [],
    ),
    "Contact before Services is no going on, Contact after it is": (
        [
            event("a", 0, "/contact", tag="tiktok"),
            event("a", 10, "/services"),
            event("b", 0, "/services", tag="tiktok"),
            event("b", 10, "/contact"),
        ],
        [("tiktok", 2, 2, 2, 1, 0, 0)],
    ),
    "a form sent and an event by name are use, a look at the page is not": (
        [
            event("a", 0, "/contact", "POST", tag="x"),
            event("b", 0, "/contact", tag="twitter"),
            event("c", 0, "/thanks", "sent", referrer="x.com"),
        ],
        [("x", 3, 0, 2, 0, 2, 0)],
    ),
    "the browser inside an app tells its platform only where nothing else does": (
        [
            event("a", 0, app="instagram"),
            event("b", 0, app="instagram", referrer="l.instagram.com"),
            event("c", 0, app="facebook", referrer="news.example.net"),
        ],
        [("instagram", 2, 0, 0, 0, 0, 1)],
    ),
    "Facebook's mark of a click names no network unless the app or the referrer does": (
        [
            event("a", 0, click="fbclid"),
            event("b", 0, click="fbclid", app="instagram"),
            event("c", 0, click="fbclid", referrer="m.facebook.com"),
        ],
        [("", 1, 0, 0, 0, 0, 0), ("facebook", 1, 0, 0, 0, 0, 0), ("instagram", 1, 0, 0, 0, 0, 1)],
    ),
    "networks without a page, hosts below hosts, apps by name, tags by medium": (
        [
            event("a", 0, referrer="away.vk.com"),
            event("b", 0, referrer="uk.pinterest.com"),
            event("c", 0, referrer="com.linkedin.android"),
            event("d", 0, tag="autumn", medium="social"),
            event("e", 0, tag="google", medium="organic", campaign="gbp"),
            event("f", 0, referrer="notfacebook.com"),
            event("g", 0, tag="l.instagram.com", medium="referral"),
        ],
        [
            ("", 1, 0, 0, 0, 0, 0),
            ("google_business", 1, 0, 0, 0, 0, 0),
            ("instagram", 1, 0, 0, 0, 0, 0),
            ("linkedin", 1, 0, 0, 0, 0, 0),
            ("other", 1, 0, 0, 0, 0, 0),
            ("pinterest", 1, 0, 0, 0, 0, 0),
        ],
    ),
    "a visit over midnight belongs to the day it began": (
        [
            event("a", 43_190, "/", tag="threads"),
            event("a", 43_210, "/services"),
        ],
        [("threads", 1, 1, 0, 0, 0, 0)],
    ),
}
