"""What can be wrong with the links between profiles and website."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.audit.addresses import host_of, read_profile, strip_tracking
from workbook.audit.inventory import Profile, Standing, find_limit, is_on_site, list_profiles
from workbook.audit.markup import load_types
from workbook.audit.profile_checks import is_home, judge_tag
from workbook.audit.verdicts import Look
from workbook.checks.check import Case, Check, Found, Severity, check
from workbook.content import load_words
from workbook.platforms import OTHER
from workbook.steps.linking.answers import BioPart, LegalPage, Linking, ListPage, Same, Shown
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS = "audit/words.toml"


def _list_active(case: Case) -> tuple[Profile, ...]:
    return tuple(p for p in case.once(list_profiles) if _is_active(p))


def _is_active(profile: Profile) -> bool:
    return profile.standing is Standing.ACTIVE and profile.has_entry


def _path(profile: Profile, field: str) -> str:
    return f"linking.profiles.{profile.said.id}.{field}"


def _look(case: Case) -> Look:
    return Look(case.plan, (), case.today, case.language)


def _check_profiles(
    name: str,
    severity: Severity,
    field: str,
    is_wrong: Callable[[Case, Profile], dict[str, object] | None],
) -> Check:
    """A check for each profile in use; what is found gives the values its words name."""

    def find(case: Case) -> Iterator[Found]:
        for profile in _list_active(case):
            values = is_wrong(case, profile)
            if values is not None:
                yield Found(_path(profile, field), {"profile": profile.label, **values})

    return check(name, severity)(find)


# -- both ways ----------------------------------------------------------------------------------


no_way_back = _check_profiles(
    "no-way-back",
    Severity.WARN,
    "links_back",
    lambda _, profile: {} if profile.said.links_back is YesNo.NO else None,
)
"""A profile in use does not lead to the website."""


@check("address-of-something-else", Severity.WARN)
def address_of_something_else(case: Case) -> Iterator[Found]:
    """What was given as the address of a profile is a post, a search, or on another platform."""
    for profile in case.once(list_profiles):
        typed = profile.said.address
        if typed and profile.platform != OTHER and read_profile(typed, profile.platform) is None:
            values = {"place": profile.place, "typed": typed}
            yield Found(_path(profile, "address"), values)


# -- where the link in a profile leads ----------------------------------------------------------


def _lists(case: Case) -> list[str]:
    found: list[str] = load_words(_WORDS, case.language)["list_services"]["words"]
    return found


def _leads_to_list(case: Case, profile: Profile) -> dict[str, object] | None:
    host = host_of(profile.said.link or "")
    return {"host": host} if host in _lists(case) else None


def _leads_elsewhere(case: Case, profile: Profile) -> dict[str, object] | None:
    link = profile.said.link
    if not link or not case.plan.start.website or _leads_to_list(case, profile):
        return None
    return None if is_on_site(case.plan, link) else {"host": host_of(link)}


def _is_on_own_page(case: Case, profile: Profile) -> bool:
    said = profile.said
    lost = _leads_to_list(case, profile) or _leads_elsewhere(case, profile)
    return bool(said.link) and said.links_back is not YesNo.NO and not lost


def _is_untagged(case: Case, profile: Profile) -> dict[str, object] | None:
    if not _is_on_own_page(case, profile):
        return None
    verdict, _ = judge_tag(_look(case), profile.said.link or "")
    return {} if verdict in ("untagged", "half_tagged") else None


def _is_home(case: Case, profile: Profile) -> dict[str, object] | None:
    if not _is_on_own_page(case, profile) or not is_home(_look(case), profile.said.link or ""):
        return None
    return {"page": strip_tracking(profile.said.link or "")}


link_elsewhere = _check_profiles("link-elsewhere", Severity.WARN, "link", _leads_elsewhere)
"""A profile leads to a website that is not the business's own."""

link_to_list = _check_profiles("link-to-list", Severity.NOTE, "link", _leads_to_list)
"""A profile leads to a list of links on another service."""

link_untagged = _check_profiles("link-untagged", Severity.NOTE, "link", _is_untagged)
"""A counter cannot tell where the visits from a profile came from."""

link_to_home = _check_profiles("link-to-home", Severity.NOTE, "link", _is_home)
"""A profile leads to the home page, where the services are on another one."""


@check("list-elsewhere", Severity.NOTE)
def list_elsewhere(case: Case) -> Iterator[Found]:
    """The list of links is on another service, and no profile's own link said so already."""
    told = any(_leads_to_list(case, profile) for profile in _list_active(case))
    if case.plan.linking.list_page is ListPage.OTHER and not told:
        yield Found("linking.list_page")


# -- what a profile says ------------------------------------------------------------------------


def _lacks_in_bio(case: Case, profile: Profile) -> dict[str, object] | None:
    says = profile.said.bio_says
    wanted = (BioPart.WHO, BioPart.FOR_WHOM, BioPart.NEXT)
    lacking = [part.value for part in wanted if part not in says]
    return {"parts": _look(case).name_parts(lacking)} if says and lacking else None


def _is_too_long(case: Case, profile: Profile) -> dict[str, object] | None:
    limit, length = find_limit(profile.platform, "bio_limit"), len(profile.said.bio or "")
    if not limit or length <= limit:
        return None
    return {"limit": write_number(limit, case.language), "length": length}


def _differs(case: Case, profile: Profile) -> dict[str, object] | None:
    said = profile.said
    explained = said.differs_because and said.differs_because != UNKNOWN
    wanted = (Same.NAME, Same.HANDLE, Same.LOGO)
    differ = [part.value for part in wanted if part not in said.same]
    if not said.same or explained or not differ:
        return None
    return {"parts": _look(case).name_parts(differ)}


def _lacks(part: Shown) -> Callable[[Case, Profile], dict[str, object] | None]:
    def is_wrong(_: Case, profile: Profile) -> dict[str, object] | None:
        return {} if profile.said.shows and part not in profile.said.shows else None

    return is_wrong


bio_incomplete = _check_profiles("bio-incomplete", Severity.WARN, "bio_says", _lacks_in_bio)
"""The lines about the business leave out who, for whom or what next."""

bio_too_long = _check_profiles("bio-too-long", Severity.WARN, "bio", _is_too_long)
"""The lines about the business are longer than the platform has room for."""

contact_not_shown = _check_profiles(
    "contact-not-shown", Severity.WARN, "shows", _lacks(Shown.ROUTE)
)
"""A profile shows no way to get in touch."""

hours_not_shown = _check_profiles("hours-not-shown", Severity.NOTE, "shows", _lacks(Shown.HOURS))
"""A profile does not say when somebody answers."""

looks_differ = _check_profiles("looks-differ", Severity.NOTE, "same", _differs)
"""Name, handle or logo differ, and nobody said why."""


def _is_old(case: Case, profile: Profile) -> dict[str, object] | None:
    days, day = case.default("linking.pinned_days"), profile.said.pinned_on
    if day is None or case.today - day <= timedelta(days=days):
        return None
    return {"days": write_number(days, case.language), "day": write_day(day, case.language)}


pinned_old = _check_profiles("pinned-old", Severity.NOTE, "pinned_on", _is_old)
"""The post at the top is old."""

pinned_off_goal = _check_profiles(
    "pinned-off-goal",
    Severity.NOTE,
    "pinned_serves",
    lambda _, profile: {} if profile.said.pinned_serves is YesNo.NO else None,
)
"""The post at the top does not lead to the goal."""


# -- the website --------------------------------------------------------------------------------


def _has_begun(case: Case) -> bool:
    """Whether the links were looked at at all, on a website of the business's own."""
    return case.plan.linking != Linking() and case.plan.start.has_website is YesNo.YES


@check("services-page-missing", Severity.NOTE)
def services_page_missing(case: Case) -> Iterator[Found]:
    """It is open which page says what the business offers."""
    if _has_begun(case) and not case.plan.linking.services_page:
        yield Found("linking.services_page")


@check("contact-page-missing", Severity.WARN)
def contact_page_missing(case: Case) -> Iterator[Found]:
    """It is open on which page people can get in touch."""
    if _has_begun(case) and not case.plan.linking.contact_page:
        yield Found("linking.contact_page")


@check("contact-untried", Severity.NOTE)
def contact_untried(case: Case) -> Iterator[Found]:
    """Nobody tried the form or the address for getting in touch."""
    said, tried = case.plan.linking, case.plan.linking.contact_tested_on
    if said.contact_page and (tried is None or tried > case.today):
        yield Found("linking.contact_page")


@check("contact-tried-long-ago", Severity.WARN)
def contact_tried_long_ago(case: Case) -> Iterator[Found]:
    """The form or the address for getting in touch was tried too long ago."""
    days, tried = case.default("linking.contact_tested_days"), case.plan.linking.contact_tested_on
    if tried and case.today - tried > timedelta(days=days):
        yield Found("linking.contact_tested_on", {"days": write_number(days, case.language)})


@check("legal-pages-missing", Severity.WARN)
def legal_pages_missing(case: Case) -> Iterator[Found]:
    """Neither a privacy notice nor an imprint can be reached from the profiles."""
    if LegalPage.NEITHER in case.plan.linking.legal_pages:
        yield Found("linking.legal_pages")


@check("local-without-address", Severity.NOTE)
def local_without_address(case: Case) -> Iterator[Found]:
    """A local business has not given its address, so machines cannot be told where it is."""
    said = case.plan.linking
    is_local = said.trade in load_types("local_business")
    if is_local and not (said.street and said.town):
        yield Found("linking.trade")
