"""The cells of a list of accounts: what each says, and what cannot be read or must not be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from workbook.audit.addresses import host_of, read_profile, strip_tracking
from workbook.discovery import read_toml
from workbook.evidence.survey import find_platform as find_surveyed
from workbook.evidence.survey import place_ids
from workbook.imports.amounts import read_count
from workbook.imports.format import Reading
from workbook.imports.mentions import find_mentions
from workbook.imports.moments import read_moments
from workbook.imports.tables import clean_cell
from workbook.measurement.names import find_host, find_platform
from workbook.passwords import REFUSED, holds_secret, holds_secret_name
from workbook.plan import annotation_of
from workbook.platforms import OTHER, load_platforms
from workbook.steps.accounts.answers import Login, SecondFactor
from workbook.values import UNKNOWN, Problem, YesNo, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

WORDS: Final = "imports/inventory.toml"
DAYS: Final = ("last_post", "last_reply", "created")
YES_NO: Final = ("shared", "verified", "impostor", "billing")
_IDENTITY: Final = ("platform", "handle", "address")
_NO_NAME: Final = re.compile(r"[<>\"{}|\\^\[\]`]|\s")
_MAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_OPEN: Final = ("owner", "second", "recovery", "password_place")
"""Texts for which “nobody knows” is an answer."""
_LONGEST_PLACE: Final = 60
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account as a list has it: what names it, and what else is said of it."""

    row: int
    platform: str
    handle: str
    said: Mapping[str, object]
    """Answers of the register by their names, already read."""

    @property
    def key(self) -> tuple[str, str]:
        """What two rows about one account have in common: the place, and the name there."""
        return self.platform, name_key(self.platform, self.handle)


def name_key(platform: str, handle: str) -> str:
    """The name of an account as it is compared, however it is written; empty where it has none."""
    if not handle:
        return ""
    found = read_profile(handle, platform)
    if found and found.url:
        return found.url.casefold()
    return strip_tracking(handle).casefold() or handle.strip().lstrip("@").casefold()


@dataclass(slots=True)
class RowReader:
    """Reads rows into accounts, each account once, and notices what cannot be read."""

    today: date
    day_first: bool | None = None
    _found: dict[tuple[str, str], ListedAccount] = field(default_factory=dict)
    _rows: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)

    def take(self, rows: Sequence[tuple[int, Mapping[str, str]]]) -> None:
        """Read rows: the number of each, and its cells by role."""
        days = self._read_days(rows)
        for at, (number, cells) in enumerate(rows):
            cleaned = {role: clean_cell(cell) for role, cell in cells.items()}
            told = {name: day for name, found in days.items() if (day := found[at])}
            self._take_row(number, cleaned, told)

    def list_accounts(self) -> tuple[ListedAccount, ...]:
        """The accounts, in the order of their first rows."""
        return tuple(self._found.values())

    def list_problems(self) -> Iterator[Problem]:
        """What could not be read, with the rows it stands in."""
        yield from self._problems
        for (name, *rest), numbers in self._rows.items():
            values: dict[str, object] = {"rows": tuple(dict.fromkeys(numbers))}
            if rest:
                values |= {"role": rest[0], "way": rest[1]}
            yield Problem(name, values)

    def tell(self, row: int, problem: str, *rest: str) -> None:
        """Notice something about a row: a problem, and the role and the way to write it."""
        self._rows.setdefault((problem, *rest), []).append(row)

    # -- one row -------------------------------------------------------------------------------

    def _take_row(self, number: int, cells: Mapping[str, str], days: Mapping[str, date]) -> None:
        platform, place, handle = self._identify(number, cells)
        if not platform and not handle:
            if any(cells.values()) or days:
                self.tell(number, "rows-nameless")
            return
        said = dict(self._read_cells(number, cells))
        said |= dict(days)
        if place:
            self.tell(number, "places-unknown")
            note = str(read_toml(WORDS)["notes"]["place"]).format(place=place)
            said["notes"] = "\n".join(str(text) for text in (note, said.get("notes")) if text)
        self._join(ListedAccount(number, platform or OTHER, handle, said))

    def _join(self, account: ListedAccount) -> None:
        """Take an account, or add what a row says to the one that is known."""
        named = account.key if account.handle else (account.platform, f"#{account.row}")
        known = self._found.get(named)
        if known is None:
            self._found[named] = account
            return
        shared = known.said.keys() & account.said.keys()
        if any(known.said[name] != account.said[name] for name in shared):
            self.tell(account.row, "rows-differ")
        said = {**account.said, **known.said}
        self._found[named] = ListedAccount(known.row, known.platform, known.handle, said)

    def _identify(self, number: int, cells: Mapping[str, str]) -> tuple[str, str, str]:
        """The place, its name where it is none we know, and the name of the account there."""
        told = cells.get("platform", "")
        platform = find_place(told)
        texts = [cells.get(name, "") for name in ("address", "handle")]
        for text in texts:
            found = read_profile(text, platform) if text else None
            if found and (platform in ("", found.platform)):
                return found.platform, "", self._name(number, text, found.platform, cells)
        platform = platform or next((p for p in map(_find_host, texts) if p), "")
        handle = next((text for text in reversed(texts) if text), "")
        if handle and (_NO_NAME.search(handle) or holds_secret_name(handle)):
            secret = holds_secret(handle, is_place=True) and not _NO_NAME.search(handle)
            self.tell(number, "secret-cells" if secret else "handles-odd")
            handle = ""
        unknown = told[:_LONGEST_PLACE] if told and not platform else ""
        if holds_secret(unknown):
            self.tell(number, "secret-cells")
            unknown = ""
        return platform or (OTHER if told or handle else ""), unknown, handle

    def _name(self, number: int, text: str, platform: str, cells: Mapping[str, str]) -> str:
        """How an account is named: by its name alone where that leads to the same profile."""
        found = read_profile(text, platform)
        if found is None:
            return ""
        own = cells.get("handle", "")
        if own and not _NO_NAME.search(own):
            named = read_profile(own, platform)
            if named and named.url == found.url:
                return own
            if named and found.url and text == cells.get("address"):
                self.tell(number, "rows-differ") if named.url and found.is_sure else None
        named = read_profile(found.name, platform)
        return found.name if named and named.url == found.url else found.url

    # -- cells ---------------------------------------------------------------------------------

    def _read_cells(self, number: int, cells: Mapping[str, str]) -> Iterator[tuple[str, object]]:
        for role, cell in cells.items():
            if not cell or role in _IDENTITY or role in DAYS:
                continue
            value = self._read_cell(number, role, cell)
            if value is not None:
                yield role, value
        address = cells.get("login_address", "")
        if _MAIL.fullmatch(address) and _is_role(address):
            yield "login", Login.ROLE

    def _read_cell(self, number: int, role: str, cell: str) -> object:
        plain = " ".join(cell.casefold().split())
        if role in YES_NO:
            return self._choose(number, role, plain, _read_yes_no(plain), "yes_no")
        if role == "second_factor":
            return self._choose(number, role, plain, _read_factor(plain), "second_factor")
        if role == "followers":
            return self._choose(number, role, plain, read_count(cell), "followers")
        words = read_toml(WORDS)["cells"]
        if role in _OPEN and plain in (*words["unknown"], *words["nobody"]):
            return UNKNOWN
        value = read(annotation_of(f"accounts.inventory.any0.{role}"), cell)
        if isinstance(value, Problem):
            secret = value.id in REFUSED or (value.id == "text-too-long" and holds_secret(cell))
            self.tell(number, *(("secret-cells",) if secret else ("cells-too-long", role, "")))
            return None
        return value

    def _choose(self, number: int, role: str, plain: str, value: object, way: str) -> object:
        if value is None and plain not in read_toml(WORDS)["cells"]["unknown"]:
            secret = holds_secret(plain, is_place=True)
            self.tell(number, *(("secret-cells",) if secret else ("cells-unread", role, way)))
        return value

    def _read_days(
        self, rows: Sequence[tuple[int, Mapping[str, str]]]
    ) -> dict[str, list[date | None]]:
        """The days of all rows in one order of day and month; those to come are left out."""
        columns = {
            name: [clean_cell(cells.get(name, "")) for _, cells in rows]
            for name in DAYS
            if any(cells.get(name) for _, cells in rows)
        }
        numbers = [number for number, _ in rows]
        reading = Reading(ZoneInfo("UTC"), day_first=self.day_first)
        found = read_moments(columns, numbers, reading) if columns else {}
        self._problems += reading.problems
        for name, lost in reading.unreadable.items():
            for number in lost:
                self.tell(number, "cells-unread", name, "days")
        days: dict[str, list[date | None]] = {}
        for name, moments in (found or {}).items():
            days[name] = [moment.at.date() if moment else None for moment in moments]
            for at, day in enumerate(days[name]):
                if day and day > self.today:
                    self.tell(numbers[at], "days-to-come")
                    days[name][at] = None
        return days


# -- words -------------------------------------------------------------------------------------


def find_place(text: str) -> str:
    """The id of the place that a few words name; empty where they name none, or several."""
    plain = " ".join(text.split())[:_LONGEST_NAME]
    if named := name_place(plain):
        return named
    places = {place_ids().get(name, "") for name in find_mentions(plain).places} - {""}
    return places.pop() if len(places) == 1 else ""


def name_place(text: str) -> str:
    """The id of the place whose name a text is, and nothing else; empty where it is none."""
    plain = " ".join(text.casefold().split())[:_LONGEST_NAME]
    if not plain:
        return ""
    known, surveyed = find_platform(plain), find_surveyed(plain)
    names = {p.name.casefold(): p.id for p in load_platforms().values()}
    told = (place for place, given in read_toml(WORDS)["places"].items() if plain in given)
    if named := next(told, ""):
        return str(named)
    return known.id if known else place_ids().get(str(surveyed), "") or names.get(plain, "")


def _find_host(text: str) -> str:
    host = host_of(text) if text else ""
    known = find_host(host) if host else None
    return known.id if known else ""


@cache
def _choices(name: str) -> Mapping[str, frozenset[str]]:
    words: Mapping[str, Any] = read_toml(WORDS)["cells"]
    table = words[name] if name else words
    return {key: frozenset(values) for key, values in table.items() if isinstance(values, list)}


def _read_yes_no(plain: str) -> YesNo | None:
    words = _choices("")
    if plain in words["yes"]:
        return YesNo.YES
    return YesNo.NO if plain in words["no"] else None


def _read_factor(plain: str) -> SecondFactor | None:
    found = (name for name, words in _choices("second_factor").items() if plain in words)
    name = next(found, "")
    return SecondFactor(name) if name else None


def _is_role(address: str) -> bool:
    """Whether an e-mail address is that of a role, such as info@."""
    name = re.split(r"[-+._@]", address.casefold(), maxsplit=1)[0]
    return name in read_toml(WORDS)["roles"]["words"]


def count_named(cells: Sequence[str]) -> int:
    """How many cells name a place that is known."""
    return sum(bool(find_place(cell)) for cell in cells)


def count_profiles(cells: Sequence[str]) -> int:
    """How many cells are web addresses."""
    return sum("." in cell and bool(host_of(cell)) and " " not in cell for cell in cells)
