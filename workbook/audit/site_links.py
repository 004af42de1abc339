"""The links between a website and profiles: W1 to W3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.audit.addresses import read_link
from workbook.audit.inventory import Standing
from workbook.audit.verdicts import Look, Verdict, right, unseen, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.audit.inventory import Profile
    from workbook.audit.pages import Page

_MASTODON = "mastodon"


def list_targets(page: Page) -> Iterator[str]:
    """Every address a page leads people to, and what its JSON-LD names under sameAs."""
    yield from (link.address for link in page.links if link.is_shown)
    for node in page.markup.nodes:
        if node.is_organization:
            yield from node.texts("sameAs")


def _list_all(look: Look) -> list[str]:
    return list(dict.fromkeys(target for page in look.pages for target in list_targets(page)))


def look_for_profiles(look: Look) -> Iterator[Verdict]:
    """W1: each profile in use is linked from the pages, or named in their sameAs."""
    if not look.active:
        yield unseen("idle" if look.is_idle and look.profiles else "none")
        return
    targets = _list_all(look)
    matches = [(profile, profile.best_match(targets)[0]) for profile in look.active]
    missing = [p.label for p, match in matches if match is False]
    unsure = [p.label for p, match in matches if match is None]
    found = look.join(p.label for p, match in matches if match)
    if missing:
        yield wrong("missing", {"missing": look.join(missing)})
    elif unsure:
        yield unseen(
            "unsure" if found else "unsure_only", {"found": found, "unsure": look.join(unsure)}
        )
    else:
        yield right("all", {"found": found})


def look_for_silent(look: Look) -> Iterator[Verdict]:
    """W2: no link leads to a profile that is not in use, or that the plan does not know.

    One of which nobody knows when it last posted is left alone until that is looked up.
    """
    targets = _list_all(look)
    at_ease = (Standing.ACTIVE, Standing.IDLE, Standing.UNKNOWN)
    silent = [p for p in look.profiles if p.standing not in at_ease]
    matches = [(p.label, p.best_match(targets)[0]) for p in silent]
    matches = [(label, match) for label, match in matches if not _is_taken(look, label, match)]
    dead = [label for label, match in matches if match]
    maybe = [label for label, match in matches if match is None]
    unknown = list(_list_unknown(look, targets))
    if dead:
        yield wrong("dead", {"dead": look.join(dead)})
    elif unknown:
        yield unseen("unknown", {"unknown": look.join(unknown)})
    elif maybe:
        yield unseen("maybe", {"maybe": look.join(maybe)})
    else:
        yield right("none")


def _is_taken(look: Look, label: str, match: bool | None) -> bool:  # noqa: FBT001 - one of three
    """Whether an open match is explained by a profile in use in the same place."""
    if match is not None:
        return False
    silent = next(p for p in look.profiles if p.label == label)
    active = [p for p in look.active if p.platform == silent.platform]
    return bool(active) and any(p.best_match(_list_all(look))[0] for p in active)


def _list_unknown(look: Look, targets: list[str]) -> Iterator[str]:
    """Profiles that are linked, and match none of the business's own, not even perhaps."""
    for target in targets:
        found = read_link(target)
        if found is None or found.profile is None or found.is_guess:
            continue
        if all(p.matches(target) is False for p in look.profiles):
            yield found.profile.url


def look_for_mark(look: Look) -> Iterator[Verdict]:
    """W3: the link to a Mastodon profile carries rel="me", and the profile leads back."""
    profiles = [p for p in look.active if p.platform == _MASTODON]
    if not profiles:
        yield unseen("none")
    for profile in profiles:
        passed, key = _judge_mark(look, profile)
        yield Verdict(passed, key, {"profile": profile.label})


def _judge_mark(look: Look, profile: Profile) -> tuple[bool | None, str]:
    links = [link for page in look.pages for link in page.links]
    marked = profile.best_match(link.address for link in links if "me" in link.rel)[0]
    if marked:
        return (False, "half") if profile.said.links_back == "no" else (True, "marked")
    if marked is None:
        return None, "unsure"
    linked = profile.best_match(link.address for link in links)[0]
    return (False, "missing") if linked is False else (False, "unmarked")
