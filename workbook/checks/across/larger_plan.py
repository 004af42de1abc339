"""Checks that hold the larger plan against posts, profiles, links, voice and closed days."""

from __future__ import annotations

from datetime import timedelta
from textwrap import shorten
from typing import TYPE_CHECKING

from workbook.budget.need import is_held_in_week, reckon_need
from workbook.checks.accounts import name_place
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import load_words
from workbook.fit.phrases import write_hours
from workbook.measurement.links import make_name
from workbook.steps.integration.answers import Channel, Integration
from workbook.steps.integration.listing import DAYS_IN_A_WEEK, NEARLY, budget_of, list_open
from workbook.steps.integration.occasions import (
    find_avoided,
    last_day,
    mentions,
    read_bare,
    read_numbers,
    tells_other_numbers,
    tells_words,
)
from workbook.steps.mix.answers import Move
from workbook.tone.vocabulary import read_entries, read_lines
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.steps.integration.answers import Occasion
    from workbook.steps.linking.answers import ProfileLink
    from workbook.steps.mix.answers import Planned

WORDS = "checks/across/larger_plan.toml"
LONG_TEXT = 160


def _say(case: Case, name: str, **values: object) -> str:
    return str(load_words(WORDS, case.language)["phrases"][name]).format(**values)


def _more(case: Case, count: int) -> str:
    return _say(case, "more_one" if count == 1 else "more_many", count=count) if count else ""


def _cut(text: str | None) -> str:
    return shorten(text or "", LONG_TEXT, placeholder=" …")


def _larger(case: Case) -> Integration:
    waits = case.answer("goals.decision") == "not_now"
    return Integration() if waits else case.plan.integration


def _list_offered(case: Case) -> list[Occasion]:
    """The occasions with an offer that are not over."""
    return [
        occasion
        for occasion in _larger(case).occasions
        if occasion.offer and ((end := last_day(occasion)) is None or end >= case.today)
    ]


def _list_soon(case: Case) -> list[Occasion]:
    """The named occasions on social media that run now or begin soon, by day."""
    soon = case.today + timedelta(days=case.default("integration.soon_days"))
    found = [
        (occasion.first, occasion)
        for occasion in _larger(case).occasions
        if occasion.name and occasion.first and Channel.SOCIAL in occasion.channels
        if occasion.first <= soon and (last_day(occasion) or occasion.first) >= case.today
    ]
    return [occasion for _, occasion in sorted(found, key=lambda pair: pair[0])]


# -- posts --------------------------------------------------------------------------------------


def _compare(case: Case, text: str | None, occasion: Occasion, *, is_offer: bool) -> str:
    """How a text differs from the words of an offer that it names; empty where it does not."""
    if not occasion.words or not mentions(text, occasion.offer):
        return ""
    if tells_other_numbers(text, occasion.words):
        there, own = read_numbers(text), read_numbers(occasion.words)
        values = {"numbers": ", ".join(there), "own_numbers": ", ".join(own)}
        return _say(case, "other_numbers", **values)
    wanted = is_offer and not tells_words(text, occasion.words)
    return _say(case, "other_words") if wanted else ""


def _list_differing(case: Case) -> Iterator[tuple[Planned, Occasion, str]]:
    """The planned posts that word an offer in their own way, each with the first such offer."""
    offered = _list_offered(case)
    for entry in case.plan.mix.weeks:
        for occasion in offered if entry.text else ():
            reason = _compare(case, entry.text, occasion, is_offer=entry.move is Move.OFFER)
            if reason:
                yield entry, occasion, reason
                break


@check("post-words-differ", Severity.WARN)
def post_words_differ(case: Case) -> Iterator[Found]:
    """A planned post names an offer, in other words or with other numbers."""
    found = list(_list_differing(case))
    if found:
        entry, occasion, reason = found[0]
        values = {
            "offer": occasion.offer,
            "text": _cut(entry.text),
            "occasion": occasion.name or occasion.offer,
            "words": _cut(occasion.words),
            "reason": reason,
            "more": _more(case, len(found) - 1),
        }
        path = f"mix.weeks.{entry.id}.text"
        yield Found(path, values, rests_on=("integration.occasions",))


@check("post-offers-other", Severity.NOTE)
def post_offers_other(case: Case) -> Iterator[Found]:
    """A planned post sells, and names none of the offers that run."""
    offered = _list_offered(case)
    found = [
        entry
        for entry in case.plan.mix.weeks
        if entry.move is Move.OFFER and entry.text
        if not any(mentions(entry.text, o.offer) or mentions(entry.text, o.name) for o in offered)
    ]
    if offered and found:
        values = {"text": _cut(found[0].text), "more": _more(case, len(found) - 1)}
        path = f"mix.weeks.{found[0].id}.text"
        yield Found(path, values, rests_on=("integration.occasions",))


# -- profiles -----------------------------------------------------------------------------------


def _name_place(case: Case, profile: ProfileLink) -> str:
    accounts = [a for a in case.plan.start.accounts if a.id == profile.id]
    accounts += [a for a in case.plan.start.accounts if a.platform == profile.platform]
    if accounts:
        return name_place(case, accounts[0])
    return str(profile.platform or "")


@check("bio-offer-differs", Severity.WARN)
def bio_offer_differs(case: Case) -> Iterator[Found]:
    """A profile names an offer with other numbers than the larger plan."""
    for profile in case.plan.linking.profiles:
        for occasion in _list_offered(case):
            reason = _compare(case, profile.bio, occasion, is_offer=False)
            if reason:
                values = {
                    "place": _name_place(case, profile),
                    "offer": occasion.offer,
                    "text": _cut(profile.bio),
                    "occasion": occasion.name or occasion.offer,
                    "words": _cut(occasion.words),
                    "reason": reason,
                }
                path = f"linking.profiles.{profile.id}.bio"
                yield Found(path, values, rests_on=("integration.occasions",))
                break


@check("pinned-before-occasion", Severity.NOTE)
def pinned_before_occasion(case: Case) -> Iterator[Found]:
    """An occasion runs or begins soon, and the pinned post of a profile is older."""
    soon = [occasion for occasion in _list_soon(case) if occasion.offer or occasion.words]
    for profile in case.plan.linking.profiles:
        pinned = profile.pinned_on
        first = soon[0].first if soon else None
        if pinned is None or first is None or pinned >= min(first, case.today):
            continue
        values = {
            "place": _name_place(case, profile),
            "occasion": soon[0].name,
            "pinned": write_day(pinned, case.language),
            "first": write_day(first, case.language),
        }
        path = f"linking.profiles.{profile.id}.pinned_on"
        yield Found(path, values, rests_on=("integration.occasions",))


# -- links, days and voice ------------------------------------------------------------------------


@check("campaign-name-differs", Severity.NOTE)
def campaign_name_differs(case: Case) -> Iterator[Found]:
    """The tagged links are named after something else than what goes on."""
    campaign, soon = case.answer("measurement.campaign"), _list_soon(case)
    if not campaign or not soon:
        return
    said = set(read_bare(str(campaign).replace("_", " ")))
    if any(said & {*read_bare(o.name), *read_bare(o.offer)} for o in soon):
        return
    first = soon[0]
    name = make_name(f"{first.first:%Y-%m}_{(first.name or '').casefold()}")
    label = load_words(WORDS, case.language)["findings"]["campaign-name-differs"]["offer"]
    mend = Offer(label=label.format(name=name), answers=(("measurement.campaign", name),))
    values = {"campaign": campaign, "occasion": first.name, "more": _more(case, len(soon) - 1)}
    yield Found("measurement.campaign", values, (mend,), rests_on=("integration.occasions",))


@check("occasion-while-closed", Severity.NOTE)
def occasion_while_closed(case: Case) -> Iterator[Found]:
    """An occasion on social media runs on days on which the business is closed."""
    found = [
        (occasion, closed)
        for occasion in _larger(case).occasions
        if Channel.SOCIAL in occasion.channels and occasion.first
        for closed in case.plan.complaints.closed
        if closed.first and (end := last_day(occasion)) and end >= case.today
        if occasion.first <= (closed.last or closed.first) and closed.first <= end
    ]
    for occasion, closed in found[:1]:
        days = {
            "first": write_day(closed.first, case.language) if closed.first else "",
            "last": write_day(last, case.language) if (last := closed.last or closed.first) else "",
            "what": closed.what,
        }
        values = {
            "occasion": occasion.name or occasion.offer or "",
            "closed": _say(case, "closed" if closed.what else "closed_bare", **days),
            "more": _more(case, len(found) - 1),
        }
        path = f"integration.occasions.{occasion.id}.first"
        yield Found(path, values, rests_on=("complaints.closed",))


@check("offer-in-avoided-words", Severity.WARN)
def offer_in_avoided_words(case: Case) -> Iterator[Found]:
    """The words of an offer hold what the business does not want to say."""
    own = list(read_entries("own", read_lines(case.plan.voice.avoided), is_own=True))
    found = [
        (occasion, entry)
        for occasion in _larger(case).occasions
        if (entry := find_avoided(occasion.words, own))
    ]
    for occasion, entry in found[:1]:
        better = _say(case, "better", better=entry.better) if entry.better else ""
        values = {
            "occasion": occasion.name or occasion.offer or "",
            "avoided": entry.text,
            "words": _cut(occasion.words),
            "better": better or _say(case, "no_better"),
            "more": _more(case, len(found) - 1),
        }
        path = f"integration.occasions.{occasion.id}.words"
        yield Found(path, values, rests_on=("voice.avoided",))


@check("list-beside-the-week", Severity.WARN)
def list_beside_the_week(case: Case) -> Iterator[Found]:
    """The week and the list each fit into the hours, and both together do not."""
    need, budget = reckon_need(case.plan), budget_of(case.plan)
    waits = case.answer("goals.decision") == "not_now"
    if waits or need.available is None or need.over or not is_held_in_week(case.plan):
        return
    end = case.today + timedelta(days=budget.days)
    listed = sum(a.hours or 0 for a in list_open(case.plan) if a.due is None or a.due <= end)
    a_week = listed / (budget.days / DAYS_IN_A_WEEK)
    fits = need.hours + a_week <= need.available + NEARLY or listed > (budget.shared or 0) + NEARLY
    if not fits:
        values = {
            "needed": write_hours(need.hours, case.language),
            "list": write_hours(a_week, case.language),
            "hours": write_hours(need.available, case.language),
            "days": budget.days,
        }
        rests_on = ("start.hours_per_week", "time.blocks")
        yield Found("integration.actions", values, rests_on=rests_on)
