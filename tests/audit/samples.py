"""A finished business with its website, for the tests of what is read from pages."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from workbook.audit.pages import Page, read_page
from workbook.audit.run import audit
from workbook.plan import Plan

NAME = "exampleplumbing"
TODAY = date(2027, 1, 15)
SITE = Path(__file__).parent / "site"
LANDING = (
    "https://www.example.com/services.html"
    "?utm_source={source}&utm_medium=social&utm_campaign=profile"
)
_PROFILE = {
    "linked": "yes",
    "links_back": "yes",
    "bio": "We fit bathrooms for families in Norwich. Ask for a price.",
    "bio_says": ["who", "for_whom", "next"],
    "shows": ["route", "hours"],
    "same": ["name", "handle", "logo"],
    "pinned_on": "2027-01-02",
    "pinned_serves": "yes",
}
_PLAN: dict[str, Any] = {
    "start": {
        "name": "Example Plumbing",
        "sells": "We fit bathrooms for families in and around Norwich.",
        "has_website": "yes",
        "website": "https://www.example.com/",
        "accounts": [
            {"id": "face", "platform": "facebook", "handle": NAME, "last_posted": "month"},
            {"id": "mast", "platform": "mastodon", "handle": f"@{NAME}@mastodon.social"},
            {"id": "xxxx", "platform": "x", "handle": f"@{NAME}", "last_posted": "quarter"},
            {"id": "inst", "platform": "instagram", "handle": NAME, "last_posted": "longer"},
        ],
    },
    "linking": {
        "services_page": "https://www.example.com/services.html",
        "contact_page": "https://www.example.com/contact.html",
        "contact_tested_on": "2027-01-10",
        "list_page": "none",
        "legal_pages": ["privacy", "imprint"],
        "trade": "Plumber",
        "phone": "01632 960 123",
        "logo": "https://www.example.com/logo.png",
        "picture": "https://www.example.com/share.jpg",
        "street": "12 Mill Lane",
        "town": "Norwich",
        "postcode": "NR1 1AA",
        "country": "United Kingdom",
        "profiles": [
            {"id": key, "platform": name, "link": LANDING.format(source=name), **_PROFILE}
            for key, name in (("face", "facebook"), ("mast", "mastodon"), ("xxxx", "x"))
        ],
    },
}  # fmt: skip


def make_plan(**changes: Any) -> Plan:
    """The finished plan with other answers: ``linking={"phone": None}``, by step."""
    plan = deepcopy(_PLAN)
    for step, answers in changes.items():
        plan.setdefault(step, {}).update(answers)
    return Plan.model_validate(plan)


def change_profile(plan: Plan, key: str, **answers: Any) -> Plan:
    """A plan where one profile was answered otherwise."""
    said = plan.model_dump(mode="json")
    for entry in said["linking"]["profiles"]:
        if entry["id"] == key:
            entry.update(answers)
    return Plan.model_validate(said)


def read_html(html: str | bytes, name: str = "page.html", **given: str) -> Page:
    """A page from its HTML, which must be readable."""
    page = read_page(name, html, **given)
    assert isinstance(page, Page), page
    return page


def read_site() -> list[Page]:
    """The finished website."""
    return [read_html(path.read_bytes(), path.name) for path in sorted(SITE.glob("*.html"))]


def look(plan: Plan, *pages: Page | str, today: date = TODAY) -> dict[str, Any]:
    """The results of the checks by their ids."""
    read = [page if isinstance(page, Page) else read_html(page) for page in pages]
    return {check.id: check for check in audit(plan, read, today)}
