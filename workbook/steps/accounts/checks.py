"""What can be wrong with who holds the accounts, with the ways in, and with the days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.checks.accounts import index_holdings
from workbook.checks.check import Case, Found, Severity, check
from workbook.content import find_question, load_words
from workbook.steps.accounts.answers import Login, SecondFactor
from workbook.steps.accounts.standing import (
    INVENTORY,
    is_at_risk,
    list_key_people,
    list_unlisted,
    list_without_second,
    weigh_risk,
)
from workbook.values import UNKNOWN, YesNo
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from workbook.checks.accounts import AccountEntry
    from workbook.steps.accounts.answers import Holding

WORDS = "steps/accounts/register.toml"
MOST_NAMED = 6
_FEW = 2
_DAYS = ("last_post", "last_reply", "created")


def _name(case: Case, account: AccountEntry) -> str:
    question = find_question("start.accounts.any.platform", case.language)
    place = question.label_of(account.platform) if account.platform else ""
    nameless = str(load_words(WORDS, case.language)["nameless"])
    return " ".join(part for part in (place, account.handle) if part) or nameless


def name_some(case: Case, accounts: Sequence[AccountEntry]) -> str:
    """Accounts in one line, at most six of them by name."""
    names = ", ".join(_name(case, account) for account in accounts[:MOST_NAMED])
    left = len(accounts) - MOST_NAMED
    more = str(load_words(WORDS, case.language)["people"]["more"]).format(count=left)
    return f"{names} {more}" if left > 0 else names


def _list_held(case: Case) -> Iterator[tuple[AccountEntry, Holding]]:
    """Each account that the register has an entry for, with that entry."""
    holdings = index_holdings(case.plan)
    for account in case.plan.start.accounts:
        if account.id in holdings:
            yield account, holdings[account.id]


def _list_risked(case: Case) -> Iterator[tuple[AccountEntry, Holding | None]]:
    """Every account once the register was begun; those without an entry by their own answers."""
    holdings = index_holdings(case.plan)
    for account in case.plan.start.accounts if holdings else ():
        yield account, holdings.get(account.id)


def _find(case: Case, field: str, is_fault: Callable[[Any], bool]) -> Iterator[Found]:
    """One finding for all accounts whose answer is a fault, at the first of them."""
    found = [(a, h) for a, h in _list_held(case) if is_fault(getattr(h, field))]
    if found:
        values = {"accounts": name_some(case, [a for a, _ in found]), "count": len(found)}
        yield Found(f"{INVENTORY}.{found[0][1].id}.{field}", values)


# -- who holds it ------------------------------------------------------------------------------


@check("accounts-unlisted", Severity.NOTE, sums_up=True)
def accounts_unlisted(case: Case) -> Iterator[Found]:
    """The register was begun, and says nothing of some accounts."""
    missing = list_unlisted(case.plan)
    if missing and len(missing) < len(case.plan.start.accounts):
        yield Found(INVENTORY, {"accounts": name_some(case, missing)})


@check("nobody-looks-after", Severity.WARN)
def nobody_looks_after(case: Case) -> Iterator[Found]:
    """Nobody looks after an account."""
    yield from _find(case, "owner", lambda owner: owner == UNKNOWN)


@check("one-person-alone", Severity.WARN)
def one_person_alone(case: Case) -> Iterator[Found]:
    """Only one person can change everything in an account."""
    yield from _find(case, "second", lambda second: second == UNKNOWN)


@check("second-not-told", Severity.WARN, sums_up=True)
def second_not_told(case: Case) -> Iterator[Found]:
    """Of several accounts nobody said who else can change everything there."""
    missing = list_without_second(case.plan)
    if len(missing) >= _FEW:
        first = index_holdings(case.plan)[missing[0].id]
        values = {
            "accounts": name_some(case, missing),
            "count": write_number(len(missing), case.language),
        }
        yield Found(f"{INVENTORY}.{first.id}.second", values)


@check("second-is-the-first", Severity.WARN)
def second_is_the_first(case: Case) -> Iterator[Found]:
    """The second person with full rights is the first one."""
    for account, holding in _list_held(case):
        owner, second = (_fold(holding.owner), _fold(holding.second))
        if owner and owner == second:
            values = {"account": _name(case, account)}
            yield Found(f"{INVENTORY}.{holding.id}.second", values)
            return


def _fold(name: str | None) -> str:
    return "" if name in (None, UNKNOWN) else " ".join(str(name).casefold().split())


@check("accounts-hang-on-one", Severity.WARN, sums_up=True)
def accounts_hang_on_one(case: Case) -> Iterator[Found]:
    """Several accounts are closed to everybody when one person is away."""
    people = list_key_people(case.plan)
    if people and len(people[0].accounts) >= _FEW:
        held = {a.id: a for a in case.plan.start.accounts}
        names = name_some(case, [held[account] for account in people[0].accounts])
        values = {"name": people[0].name, "count": len(people[0].accounts), "accounts": names}
        yield Found(INVENTORY, {**values, "all": len(held)})


# -- the way in --------------------------------------------------------------------------------


@check("login-of-one-person", Severity.WARN)
def login_of_one_person(case: Case) -> Iterator[Found]:
    """The address of one person opens an account, or one that nobody reads."""
    yield from _find(case, "login", lambda login: login in (Login.PERSON, Login.GONE))


@check("password-nowhere", Severity.WARN)
def password_nowhere(case: Case) -> Iterator[Found]:
    """Nobody knows where the password of an account is kept."""
    yield from _find(case, "password_place", lambda place: place == UNKNOWN)


@check("no-second-check", Severity.WARN)
def no_second_check(case: Case) -> Iterator[Found]:
    """Nothing is asked for beside the password of an account."""
    yield from _find(case, "second_factor", lambda factor: factor is SecondFactor.NONE)


@check("password-shared", Severity.NOTE)
def password_shared(case: Case) -> Iterator[Found]:
    """Several people log in to an account with one password."""
    yield from _find(case, "shared", lambda shared: shared is YesNo.YES)


@check("way-back-unknown", Severity.NOTE)
def way_back_unknown(case: Case) -> Iterator[Found]:
    """Nobody knows where a new password for an account would go."""
    yield from _find(case, "recovery", lambda recovery: recovery == UNKNOWN)


@check("impostor-found", Severity.WARN)
def impostor_found(case: Case) -> Iterator[Found]:
    """Somebody else uses the name of the business in a place."""
    yield from _find(case, "impostor", lambda impostor: impostor is YesNo.YES)


@check("accounts-at-risk", Severity.WARN, sums_up=True)
def accounts_at_risk(case: Case) -> Iterator[Found]:
    """The faults of some accounts add up, the worst first."""
    weighed = [(weigh_risk(case.plan, a, h), a) for a, h in _list_risked(case)]
    found = [(risk.points, a) for risk, a in weighed if is_at_risk(case.plan, risk)]
    risky = sorted(found, key=lambda each: -each[0])
    high, grave = case.default("accounts.risk_high"), case.default("accounts.risk_grave")
    if risky:
        values = {"accounts": name_some(case, [account for _, account in risky])}
        points = {
            "points": write_number(risky[0][0], case.language),
            "high": write_number(high, case.language),
        }
        points["grave"] = write_number(grave, case.language)
        yield Found(INVENTORY, {**values, **points, "first": _name(case, risky[0][1])})


# -- days --------------------------------------------------------------------------------------


def _find_day(
    case: Case, fields: Sequence[str], is_fault: Callable[[Holding, date], bool]
) -> Iterator[Found]:
    """The first day that is a fault, with how many more there are."""
    found = [
        (account, holding, name)
        for account, holding in _list_held(case)
        for name in fields
        if (day := getattr(holding, name)) and is_fault(holding, day)
    ]
    if found:
        account, holding, name = found[0]
        day = write_day(getattr(holding, name), case.language)
        accounts = list(dict.fromkeys(a.id for a, _, _ in found))
        held = {a.id: a for a, _, _ in found}
        values = {"account": _name(case, account), "day": day}
        names = name_some(case, [held[key] for key in accounts])
        yield Found(f"{INVENTORY}.{holding.id}.{name}", {**values, "accounts": names})


@check("account-day-to-come", Severity.WARN)
def account_day_to_come(case: Case) -> Iterator[Found]:
    """The day of a post, an answer or an opening is still to come."""
    yield from _find_day(case, _DAYS, lambda _, day: day > case.today)


@check("opened-after-posting", Severity.WARN)
def opened_after_posting(case: Case) -> Iterator[Found]:
    """An account is said to be younger than its last post or answer."""

    def is_fault(holding: Holding, day: date) -> bool:
        days = [each for each in (holding.last_post, holding.last_reply) if each]
        return bool(days) and day > max(days) and day <= case.today

    yield from _find_day(case, ("created",), is_fault)


@check("posts-without-answers", Severity.NOTE)
def posts_without_answers(case: Case) -> Iterator[Found]:
    """An account goes on posting, and nobody has been answered there for long."""
    most = case.default("start.dormant_days")

    def is_fault(holding: Holding, day: date) -> bool:
        alive = holding.last_post and (case.today - holding.last_post).days <= most
        return bool(alive) and (case.today - day).days > most

    yield from _find_day(case, ("last_reply",), is_fault)
