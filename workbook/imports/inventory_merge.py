"""Puts the accounts of a list among those of a plan: none twice, and nothing overwritten."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from workbook.checks.accounts import index_holdings
from workbook.imports.inventory_cells import name_key
from workbook.platforms import OTHER
from workbook.steps.accounts.answers import Holding
from workbook.steps.start.answers import Account, Silence
from workbook.values import YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from workbook.imports.inventory_cells import ListedAccount
    from workbook.plan import Plan

MOST_ACCOUNTS: Final = 500
"""Accounts that a plan takes from lists; more would make no plan for a small business."""
_SILENCES: Final = (Silence.MONTH, Silence.QUARTER, Silence.YEAR, Silence.LONGER)


@dataclass(frozen=True, slots=True)
class Merged:
    """A plan with the accounts of a list, and what became of each of them."""

    plan: Plan
    added: tuple[ListedAccount, ...] = ()
    filled: tuple[ListedAccount, ...] = ()
    """Accounts that there were, of which the list says more."""
    same: tuple[ListedAccount, ...] = ()
    """Accounts that there were, of which it says nothing new."""
    left: tuple[ListedAccount, ...] = ()
    """Accounts beyond ``MOST_ACCOUNTS``."""


@dataclass(slots=True)
class _Register:
    """The accounts of a plan while a list is put among them."""

    accounts: dict[str, Account]
    holdings: dict[str, Holding]
    named: dict[tuple[str, str], str] = field(default_factory=dict)
    by_place: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, account: Account) -> None:
        self.accounts[account.id] = account
        platform = account.platform or OTHER
        key = name_key(platform, account.handle or "")
        if key:
            self.named.setdefault((platform, key), account.id)
        self.by_place[platform].append(account.id)


def merge_inventory(plan: Plan, listed: Sequence[ListedAccount], today: date) -> Merged:
    """Put the accounts of a list among those of a plan.

    Args:
        plan: The plan; what it says of an account stays, and only what is open is filled in.
        listed: The accounts of the list, each once.
        today: The day from which the silence of an account is counted.

    Returns:
        The plan with them; the same list again changes nothing. At most ``MOST_ACCOUNTS``.
    """
    register = _open_register(plan)
    before = set(register.accounts)
    nameless = Counter(each.platform for each in listed if not each.handle)
    met: Counter[str] = Counter()
    became: dict[str, list[ListedAccount]] = defaultdict(list)
    for each in listed:
        if not each.handle:
            met[each.platform] += 1
        found = _find(register, each, before, alone=nameless[each.platform] == 1)
        name = found or _make_id(each, met[each.platform])
        if name not in register.accounts:
            if len(register.accounts) >= MOST_ACCOUNTS:
                became["left"].append(each)
                continue
            account = Account(id=name, platform=each.platform, handle=each.handle or None)
            register.add(account)
        is_new = _fill(register, name, each, today)
        kind = "added" if name not in before else "filled" if is_new else "same"
        became[kind].append(each)
    return Merged(
        _close_register(plan, register), **{kind: tuple(each) for kind, each in became.items()}
    )


def _open_register(plan: Plan) -> _Register:
    register = _Register({}, dict(index_holdings(plan)))
    for account in plan.start.accounts:
        register.add(account)
    return register


def _find(register: _Register, listed: ListedAccount, before: Iterable[str], *, alone: bool) -> str:
    """The account that a row is about; empty where there is none yet."""
    if listed.handle:
        if named := register.named.get(listed.key):
            return named
        there = [n for n in register.by_place[listed.platform] if n in before]
        blank = [n for n in there if not register.accounts[n].handle]
        return blank[0] if len(there) == len(blank) == 1 and listed.platform != OTHER else ""
    there = [n for n in register.by_place[listed.platform] if n in before]
    return there[0] if alone and len(there) == 1 and listed.platform != OTHER else ""


def _make_id(listed: ListedAccount, number: int) -> str:
    """An id that the same account of the same list always has."""
    platform, key = listed.key
    told = key or f"{listed.said.get('shown_as') or listed.said.get('notes') or ''}#{number}"
    return blake2b(f"{platform} {told}".encode(errors="replace"), digest_size=5).hexdigest()


def _fill(register: _Register, name: str, listed: ListedAccount, today: date) -> bool:
    """Fill in what is open; gives whether anything was."""
    account = register.accounts[name]
    holding = register.holdings.get(name) or Holding(id=name)
    said = {k: v for k, v in listed.said.items() if getattr(holding, k) is None}
    if said or name not in register.holdings:
        register.holdings[name] = holding.model_copy(update=said)
    last = listed.said.get("last_post")
    update: dict[str, Any] = {}
    if account.handle is None and listed.handle:
        update["handle"] = listed.handle
    if account.last_posted in (None, Silence.UNKNOWN) and last is not None:
        update["last_posted"] = _name_silence((today - last).days)  # type: ignore[operator] # a day
    if update:
        register.accounts[name] = account.model_copy(update=update)
    return bool(said or update)


def _name_silence(days: int) -> Silence:
    return next(each for each in reversed(_SILENCES) if days >= each.days)


def _close_register(plan: Plan, register: _Register) -> Plan:
    if not register.accounts:
        return plan
    accounts = tuple(register.accounts.values())
    start = plan.start.model_copy(update={"accounts": accounts, "has_accounts": YesNo.YES})
    kept = {holding.id: holding for holding in plan.accounts.inventory}
    changed: Mapping[str, Holding] = {h.id: h for h in register.holdings.values()}
    inventory = tuple({**kept, **changed}.values())
    register_part = plan.accounts.model_copy(update={"inventory": inventory})
    return plan.model_copy(update={"start": start, "accounts": register_part})
