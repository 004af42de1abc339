"""What a visitor finds on a page: the promise kept, a next step, a way to write: W11 and W12."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.audit.addresses import strip_tracking
from workbook.audit.identity import find_phones, is_same_phone, split_words
from workbook.audit.verdicts import Look, Verdict, right, unseen, wrong
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.audit.inventory import Profile
    from workbook.audit.pages import Page, PageLink

_LEAST_LETTERS = 4
_MOST_NAMED = 4


# -- W11 ----------------------------------------------------------------------------------------


def look_at_landing(look: Look) -> Iterator[Verdict]:
    """W11: the page a profile leads to begins with its promise, and offers one next step."""
    landings = [(page, p) for page in look.pages for p in look.active if _leads_to(p, page)]
    stepless = [page for page in look.pages if not has_next_step(look, page)]
    for page in stepless:
        yield wrong("no_step", {}, page.name)
    if not landings and not stepless:
        yield unseen("elsewhere")
    for page, profile in landings:
        if page not in stepless:
            yield _compare_promise(look, page, profile)


def _leads_to(profile: Profile, page: Page) -> bool:
    link = profile.said.link
    return bool(link and page.address) and strip_tracking(link or "") == strip_tracking(
        page.address
    )


def _compare_promise(look: Look, page: Page, profile: Profile) -> Verdict:
    promised = _list_telling(look, profile.said.bio or "")
    values = {"profile": profile.label}
    if not promised:
        return unseen("step", values, page.name)
    first = page.text.split()[: int(look.default("linking.first_words"))]
    there = {_stem(w) for w in split_words(" ".join((page.title, *page.headings, *first)))}
    kept = [word for word in promised if _stem(word) in there]
    if len(kept) < min(look.default("linking.promise_words"), len(promised)):
        return wrong("promise", values, page.name)
    return right("kept", {**values, "words": look.join(kept[:_MOST_NAMED])}, page.name)


def _list_telling(look: Look, text: str) -> list[str]:
    """The words of a promise that tell it from others: no small words, no addresses."""
    plain = re.sub(r"\S*(?:https?:|www\.|@|#)\S*", " ", text)
    small = set(look.words["small_words"]["words"])
    found = [w for w in split_words(plain) if len(w) >= _LEAST_LETTERS and w not in small]
    return [word for word in dict.fromkeys(found) if not word.isdigit()]


def _stem(word: str) -> str:
    """A word without the most common endings, so that “baths” is “bath”."""
    return re.sub(r"(?<=\w{3})(?:ings?|ers?|es|ed|s|e)$", "", word)


def has_next_step(look: Look, page: Page) -> bool:
    """Whether a page leads on to services or contact, or has a way to get in touch itself."""
    if page.forms or page.phones or page.mails:
        return True
    said = look.plan.linking
    wanted = {strip_tracking(a) for a in (said.services_page, said.contact_page) if a}
    shown = [link for link in page.links if link.is_shown]
    if any(strip_tracking(link.address) in wanted for link in shown):
        return True
    return any(is_about(look.words, link, "contact_links") for link in shown) or any(
        is_about(look.words, link, "service_links") for link in shown
    )


def is_about(words: Mapping[str, Any], link: PageLink, kind: str) -> bool:
    """Whether a link is about “contact_links” or “service_links”, by what it says."""
    path = strip_tracking(link.address).partition("/")[2]
    said = f"{link.text} {path}".lower()
    return any(word in said for word in words[kind]["words"])


# -- W12 ----------------------------------------------------------------------------------------


def look_for_contact(look: Look) -> Iterator[Verdict]:
    """W12: there is a form or a mail link, the number can be tapped, and it was tried lately."""
    untapped = _find_untapped(look)
    if untapped:
        yield wrong("untapped", {"phone": untapped})
    ways = [name for name, there in _list_ways(look) if there]
    if ways:
        yield _judge_trial(look, look.name_parts(ways))
        return
    frame = _find_frame(look)
    link = _find_contact_link(look)
    if frame:
        yield unseen("framed", {"frame": frame})
    elif link:
        yield unseen("elsewhere", {"link": link})
    else:
        yield wrong("absent")


def _list_ways(look: Look) -> list[tuple[str, bool]]:
    return [
        ("form", any(page.forms for page in look.pages)),
        ("mail", any(page.mails for page in look.pages)),
    ]


def _judge_trial(look: Look, ways: str) -> Verdict:
    tried, days = look.plan.linking.contact_tested_on, look.default("linking.contact_tested_days")
    if tried is None or tried > look.today:
        return unseen("untried", {"ways": ways})
    values = {
        "ways": ways,
        "day": write_day(tried, look.language),
        "days": write_number(days, look.language),
    }
    if look.today - tried > timedelta(days=days):
        return wrong("old", values)
    phones = any(page.phones for page in look.pages)
    return right("works" if phones else "works_no_phone", values)


def _find_untapped(look: Look) -> str:
    """The business's number where it stands on a page that has no link for it."""
    ours = look.plan.linking.phone
    tapped = [phone for page in look.pages for phone in page.phones]
    if not ours or any(is_same_phone(ours, phone) for phone in tapped):
        return ""
    shown = (number for page in look.pages for number in find_phones(page.text))
    return next((number for number in shown if is_same_phone(ours, number)), "")


def _find_frame(look: Look) -> str:
    hosts = look.words["contact_frames"]["words"]
    frames = (frame for page in look.pages for frame in page.frames)
    return next((frame for frame in frames if any(host in frame for host in hosts)), "")


def _find_contact_link(look: Look) -> str:
    wanted = look.plan.linking.contact_page
    for page in look.pages:
        for link in page.links:
            is_it = bool(wanted) and strip_tracking(link.address) == strip_tracking(wanted or "")
            if link.is_shown and (is_it or is_about(look.words, link, "contact_links")):
                return link.address
    return ""
