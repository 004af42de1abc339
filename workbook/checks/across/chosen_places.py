"""Checks that hold the places chosen against the reasons, the accounts and the complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.inventory import name_place
from workbook.checks.accounts import is_used, list_in_use
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import load_words
from workbook.fit.effort import BASE
from workbook.fit.fates import Use, judge_use, list_named
from workbook.steps.complaints.answers import Channel, ReviewSite
from workbook.steps.goals.answers import Serves
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "checks/across/chosen_places.toml"
_ANSWERED_ON = {
    Channel.MESSENGER: "facebook",
    Channel.INSTAGRAM: "instagram",
    Channel.WHATSAPP: "whatsapp",
}
_REVIEWED_ON = {ReviewSite.FACEBOOK: "facebook", ReviewSite.GOOGLE: "google_business"}
_GOING = (Use.CLOSING, Use.NOT_CHOSEN)


def _list_going(case: Case) -> set[str]:
    """The places in which every account is to go."""
    accounts = [a for a in case.plan.start.accounts if a.platform]
    going = {a.platform for a in accounts if judge_use(case.plan, a.platform, a) in _GOING}
    staying = {a.platform for a in accounts if judge_use(case.plan, a.platform, a) not in _GOING}
    return {place for place in going - staying if place}


@check("why-for-unchosen", Severity.NOTE)
def why_for_unchosen(case: Case) -> Iterator[Found]:
    """A reason that serves something stands for a place that was not chosen."""
    chosen = list_named(case.plan)
    for why in case.plan.goals.whys:
        serving = why.serves not in (None, Serves.NOTHING, Serves.UNKNOWN)
        outside = why.platform and why.platform not in {*chosen, *BASE}
        if is_used(case) and chosen and serving and outside:
            place = name_place(why.platform or "", case.language)
            first = name_place(chosen[0], case.language)
            yield Found(f"goals.whys.{why.id}.platform", {"place": place, "first": first})


@check("chosen-without-account", Severity.NOTE)
def chosen_without_account(case: Case) -> Iterator[Found]:
    """A place is chosen in which there is no account yet."""
    accounts = case.plan.start.accounts
    listed = bool(accounts) or case.plan.start.has_accounts is YesNo.NO
    there = {account.platform for account in accounts}
    for place in list_named(case.plan) if is_used(case) and listed else ():
        if place not in there and place not in BASE:
            values = {"place": name_place(place, case.language)}
            yield Found("platform_fit.first", values)


@check("complaint-route-closing", Severity.WARN)
def complaint_route_closing(case: Case) -> Iterator[Found]:
    """Complaints are to be settled in a place where the business closes its account.

    While other accounts are in use, they are named instead.
    """
    channel = case.plan.complaints.channel
    place = _ANSWERED_ON.get(channel) if channel else None
    told = list_in_use(case) and channel is not Channel.WHATSAPP
    if is_used(case) and place in _list_going(case) and not told:
        path = "complaints.channel"
        words = load_words(WORDS, case.language)["findings"]["complaint-route-closing"]
        mend = Offer(label=str(words["offer"]), answers=((path, Channel.EMAIL.value),))
        yield Found(path, {"place": name_place(place or "", case.language)}, (mend,))


@check("reviews-where-closing", Severity.NOTE)
def reviews_where_closing(case: Case) -> Iterator[Found]:
    """Reviews are answered in a place where the business closes its account."""
    going = _list_going(case)
    for site in case.plan.complaints.review_sites:
        place = _REVIEWED_ON.get(site)
        if is_used(case) and place in going:
            yield Found("complaints.review_sites", {"place": name_place(place, case.language)})
