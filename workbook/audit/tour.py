"""Which pages of a website are worth a look: the one that was named, and a few it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.addresses import host_of, strip_tracking
from workbook.audit.pages import Page
from workbook.audit.verdicts import WORDS
from workbook.audit.visits import is_about
from workbook.content import BASE_LANGUAGE, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.audit.fetching import Guest
    from workbook.audit.files import Unreadable
    from workbook.plan import Plan

MOST = 5


def visit(
    plan: Plan, address: str, guest: Guest, language: str = BASE_LANGUAGE
) -> tuple[Page | Unreadable, ...]:
    """The page at an address, then at most four more of the same website.

    Those that the plan names come first: services, contact, and where the profiles lead; then
    those that the page itself links to as its services or contact.
    """
    first = guest.fetch(address if "://" in address else f"https://{address}")
    if not isinstance(first, Page):
        return (first,)
    host = host_of(first.address)
    seen = {strip_tracking(first.address)}
    found: list[Page | Unreadable] = [first]
    for wanted in (*_list_planned(plan), *_list_linked(first, language)):
        key = strip_tracking(wanted)
        if len(found) >= MOST:
            break
        if key not in seen and host_of(wanted) == host:
            seen.add(key)
            found.append(guest.fetch(wanted.partition("#")[0]))
    return tuple(found)


def _list_planned(plan: Plan) -> Iterator[str]:
    said = plan.linking
    yield from (page for page in (said.services_page, said.contact_page) if page)
    yield from (profile.link for profile in said.profiles if profile.link)


def _list_linked(page: Page, language: str) -> Iterator[str]:
    """One page about contact and one about services, where the page links to them."""
    words = load_words(WORDS, language)
    for kind in ("contact_links", "service_links"):
        about = (link for link in page.links if link.is_shown and is_about(words, link, kind))
        yield from (link.address for link in about if link.address.startswith("http"))
