"""What was answered about the profiles: Q1 to Q7."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from workbook.audit.addresses import host_of, strip_tracking
from workbook.audit.inventory import find_limit, is_on_site
from workbook.audit.snippets import tag_link
from workbook.audit.verdicts import Look, Verdict, right, unseen, wrong
from workbook.plan import read_answer
from workbook.steps.linking.answers import BioPart, LegalPage, Same, Shown
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.audit.inventory import Profile

_TAGS = ("utm_source", "utm_medium", "utm_campaign")
_PARTS = (BioPart.WHO, BioPart.FOR_WHOM, BioPart.NEXT)


def compare_looks(look: Look, profile: Profile) -> Verdict | None:
    """Q1: name, handle and logo as elsewhere, or a reason why not."""
    said = profile.said
    if not said.same:
        return None
    wanted = (Same.NAME, Same.HANDLE, Same.LOGO)
    differ = [part.value for part in wanted if part not in said.same]
    if not differ:
        return right("same", {}, profile.label)
    if said.differs_because and said.differs_because != UNKNOWN:
        return right("explained", {"reason": said.differs_because}, profile.label)
    return wrong("differ", {"parts": look.name_parts(differ)}, profile.label)


def read_bio(look: Look, profile: Profile) -> Verdict | None:
    """Q2: who, for whom, what next, within the room there is."""
    said, limit = profile.said, find_limit(profile.platform, "bio_limit")
    length = len(said.bio or "")
    if limit and length > limit:
        values = {"length": length, "limit": write_number(limit, look.language)}
        return wrong("long", values, profile.label)
    if not said.bio_says:
        return None
    lacking = [part.value for part in _PARTS if part not in said.bio_says]
    key = "lacking" if lacking else "complete"
    return Verdict(not lacking, key, {"parts": look.name_parts(lacking)}, profile.label)


def follow_link(look: Look, profile: Profile) -> Verdict | None:
    """Q3: the profile leads to a page of the website that fits, with a complete tag."""
    said = profile.said
    values: dict[str, object] = {"wanted": tag_link(look.plan, profile)}
    if said.links_back is YesNo.NO:
        return wrong("none", values, profile.label)
    if not said.link:
        known = said.links_back is YesNo.YES
        return unseen("known", values, profile.label) if known else None
    host = host_of(said.link)
    if host in look.words["list_services"]["words"]:
        return wrong("list", {"host": host}, profile.label)
    if look.plan.start.website and not is_on_site(look.plan, said.link):
        return wrong("away", {**values, "host": host}, profile.label)
    key, more = judge_tag(look, said.link)
    values |= {"page": strip_tracking(said.link), "missing": more}
    return Verdict(key == "fits", key, values, profile.label)


def judge_tag(look: Look, link: str) -> tuple[str, str]:
    """Whether a link fits; else what is wrong with it, and which tags are missing."""
    query = parse_qs(urlsplit(link).query)
    missing = [name for name in _TAGS if not query.get(name)]
    if len(missing) == len(_TAGS):
        return "untagged", ""
    if missing:
        return "half_tagged", look.join(missing)
    return ("home", "") if is_home(look, link) else ("fits", "")


def is_home(look: Look, link: str) -> bool:
    """Whether a link leads to the home page, where that is not the page with the services."""
    page, services = strip_tracking(link), look.plan.linking.services_page
    return "/" not in page and not (services and strip_tracking(services) == page)


def rank_links(look: Look, profile: Profile) -> Verdict | None:
    """Q4: where several links are possible, the first leads to services or contact."""
    most = find_limit(profile.platform, "links_max")
    link = profile.said.link
    if not most or most <= 1 or not link:
        return None
    said = look.plan.linking
    wanted = [strip_tracking(page) for page in (said.services_page, said.contact_page) if page]
    if not wanted:
        return None
    page = strip_tracking(link)
    key = "first" if page in wanted else "other"
    return Verdict(page in wanted, key, {"page": page, "wanted": wanted[0]}, profile.label)


def show_contact(look: Look, profile: Profile) -> Verdict | None:
    """Q5: a way to get in touch, and when somebody answers."""
    shows = profile.said.shows
    if not shows:
        return None
    hidden = [part.value for part in (Shown.ROUTE, Shown.HOURS) if part not in shows]
    key = "hidden" if hidden else "shown"
    return Verdict(not hidden, key, {"parts": look.name_parts(hidden)}, profile.label)


def name_owner(look: Look) -> Iterator[Verdict]:
    """Q6: privacy notice and imprint, as the law where the business is asks for them."""
    pages = look.plan.linking.legal_pages
    if LegalPage.NEITHER in pages:
        yield wrong("missing")
    elif LegalPage.NOT_NEEDED in pages:
        yield right("not_needed")
    elif not pages or LegalPage.UNKNOWN in pages:
        yield _read_conduct(look)
    else:
        yield right("reached", {"pages": look.name_parts(page.value for page in pages)})


def _read_conduct(look: Look) -> Verdict:
    """What the rules for staff already say about the notice, and about the law there."""
    linked = read_answer(look.plan, "conduct.notice_linked")
    if linked == YesNo.YES:
        return right("reached", {"pages": look.parts["privacy"]})
    if linked == YesNo.NO:
        return wrong("missing")
    is_eu = "eu" in (read_answer(look.plan, "conduct.countries") or ())
    return unseen("unknown_eu" if is_eu else "unknown")


def date_top_post(look: Look, profile: Profile) -> Verdict | None:
    """Q7: the post at the top is recent, and leads to the goal."""
    said, days = profile.said, look.default("linking.pinned_days")
    if said.pinned_on is None:
        return None
    values = {
        "day": write_day(said.pinned_on, look.language),
        "days": write_number(days, look.language),
    }
    if look.today - said.pinned_on > timedelta(days=days):
        return wrong("old", values, profile.label)
    if said.pinned_serves is YesNo.NO:
        return wrong("off", values, profile.label)
    key = "fresh" if said.pinned_serves is YesNo.YES else "fresh_open"
    return right(key, values, profile.label)
