"""The profiles of a business as its plan knows them: where they are, and whether they are alive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.audit.addresses import (
    ProfileAddress,
    host_of,
    is_same,
    read_link,
    read_profile,
    strip_tracking,
)
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.fit.fates import Use, judge_use
from workbook.platforms import OTHER, load_platforms
from workbook.steps.linking.answers import ProfileLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.plan import Plan
    from workbook.steps.start.answers import Account

_OWN = "own"


class Standing(StrEnum):
    """Whether a profile is one that people should find."""

    ACTIVE = "active"
    UNKNOWN = "unknown"
    """Nobody knows when it last posted."""
    DORMANT = "dormant"
    LEFT_OUT = "left_out"
    """The plan says that its place serves nothing, or is none of the places chosen."""
    CLOSING = "closing"
    """The plan says that it is parked, merged or closed."""
    LOST = "lost"
    """The plan says that it has to be won back first."""
    IDLE = "idle"
    """The plan does without social media for now."""


_STANDINGS = {
    Use.IN_USE: Standing.ACTIVE,
    Use.CLOSING: Standing.CLOSING,
    Use.LOST: Standing.LOST,
    Use.NOT_CHOSEN: Standing.LEFT_OUT,
    Use.LEFT_OUT: Standing.LEFT_OUT,
    Use.DORMANT: Standing.DORMANT,
    Use.UNKNOWN: Standing.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of the business, with what was answered about its links.

    ``id`` is that of its account, or of the entry on the page about links where no account
    belongs to it.
    """

    id: str
    platform: str
    place: str
    handle: str
    address: ProfileAddress | None
    standing: Standing
    said: ProfileLink
    has_entry: bool = True

    @property
    def label(self) -> str:
        """What it is called: its place, and its name there."""
        return " ".join(part for part in (self.place, self.handle) if part)

    @property
    def url(self) -> str:
        """Its canonical address; empty where it is not known."""
        return self.address.url if self.address else ""

    @property
    def is_sure(self) -> bool:
        """Whether its address was given, and not made from its name."""
        return bool(self.address and self.address.is_sure)

    def matches(self, address: str) -> bool | None:
        """Whether a link leads to it; None where that cannot be seen from the link."""
        if self.platform == OTHER:
            known = self.address.name if self.address else ""
            return bool(known) and strip_tracking(address).lower() == known
        found = read_link(address)
        if found is None or found.platform != self.platform:
            return False
        if found.is_short:
            return None
        if found.profile is None:
            return False
        return is_same(self.address, found.profile) if self.address else None

    def best_match(self, addresses: Iterable[str]) -> tuple[bool | None, str]:
        """The best answer over several links, and the link that gives it."""
        best: tuple[bool | None, str] = (False, "")
        for address in addresses:
            match = self.matches(address)
            if match:
                return True, address
            if match is None and best[0] is False:
                best = (None, address)
        return best


def list_profiles(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[Profile, ...]:
    """Every profile: one for each account, then those that only the page about links names."""
    said = {entry.id: entry for entry in plan.linking.profiles}
    taken: set[str] = set()
    found = []
    for account in plan.start.accounts:
        entry = _find_entry(plan, account, taken)
        if entry:
            taken.add(entry.id)
        if account.platform != _OWN:
            found.append(_make(plan, account, entry, language))
    rest = [entry for key, entry in said.items() if key not in taken and entry.platform != _OWN]
    return (*found, *(_make(plan, None, entry, language) for entry in rest))


def list_active(plan: Plan, language: str = BASE_LANGUAGE) -> tuple[Profile, ...]:
    """The profiles that people should find from the website."""
    return tuple(p for p in list_profiles(plan, language) if p.standing is Standing.ACTIVE)


def is_on_site(plan: Plan, address: str) -> bool:
    """Whether an address is on the business's own website, or on a part of it."""
    site, host = host_of(plan.start.website or ""), host_of(address)
    return bool(site) and (host == site or host.endswith(f".{site}"))


def _find_entry(plan: Plan, account: Account, taken: set[str]) -> ProfileLink | None:
    """The entry that was made from an account, or the only one for its platform."""
    entries = plan.linking.profiles
    own = next((e for e in entries if e.id == account.id), None)
    if own is not None:
        return own
    accounts = plan.start.accounts
    alone = sum(a.platform == account.platform for a in accounts) == 1
    ids = {a.id for a in accounts} | taken
    rest = [e for e in entries if e.platform == account.platform and e.id not in ids]
    return rest[0] if alone and account.platform and len(rest) == 1 else None


def _make(plan: Plan, account: Account | None, entry: ProfileLink | None, language: str) -> Profile:
    said = entry or ProfileLink(id=account.id if account else "none")
    platform = said.platform or (account.platform if account else None) or OTHER
    typed = (account.handle if account else "") or ""
    address = _read_address(said.address or "", platform) or _read_address(typed, platform)
    return Profile(
        id=account.id if account else said.id,
        platform=platform,
        place=name_place(platform, language),
        handle=_shorten(typed, address),
        address=address,
        standing=_judge(plan, account, platform),
        said=said,
        has_entry=entry is not None,
    )


def name_place(platform: str, language: str) -> str:
    """What a platform is called in a sentence."""
    if platform == OTHER:
        return str(load_words("audit/words.toml", language)["other_place"])
    return find_question("start.accounts.any.platform", language).label_of(platform)


def _shorten(typed: str, address: ProfileAddress | None) -> str:
    """How a profile is called in a sentence: as it was typed, save where that is an address."""
    is_address = "/" in typed or not typed
    if not is_address:
        return typed
    return address.name if address and address.platform != OTHER else ""


def _read_address(typed: str, platform: str) -> ProfileAddress | None:
    if not typed:
        return None
    if platform == OTHER:
        host = host_of(typed)
        url = typed if typed.startswith("http") else f"https://{typed}"
        return ProfileAddress(OTHER, strip_tracking(url).lower(), url, "page") if host else None
    return read_profile(typed, platform)


def _judge(plan: Plan, account: Account | None, platform: str) -> Standing:
    if plan.goals.decision == "not_now":
        return Standing.IDLE
    return _STANDINGS[judge_use(plan, platform, account)]


def find_limit(platform: str, name: str) -> float | None:
    """A figure of a platform, such as ``bio_limit``; None where no source tells it."""
    known = load_platforms().get(platform)
    return known.fact(name) if known else None
