"""The register: a row for each account, with all that any step says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from workbook.audit.inventory import list_profiles
from workbook.checks.accounts import index_holdings, settle_silence
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.fit.fates import find_fate
from workbook.steps.accounts.answers import Holding
from workbook.steps.accounts.standing import (
    INVENTORY,
    Risk,
    Standing,
    count_silence,
    judge_standing,
    weigh_risk,
)
from workbook.wording import offer_entries, write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.audit.inventory import Profile
    from workbook.checks.accounts import AccountEntry
    from workbook.content import Question
    from workbook.plan import Plan

WORDS: Final = "steps/accounts/register.toml"
FATES: Final = "platform_fit.fates"
_FATE: Final = ("action", "leads_to", "who", "due")
_START: Final = ("access", "opened_because")
_LINKS: Final = ("linked", "links_back")


Plain = str | int | float | date
"""What stands in a cell of the register."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One account with all that is known of it."""

    account: AccountEntry
    holding: Holding
    name: str
    """What it is called: its place, and its name there."""
    place: str
    standing: Standing
    days: float | None
    risk: Risk
    fate: Any
    """What becomes of it, an entry of ``platform_fit.fates``; None where there is none."""
    profile: Profile | None
    is_listed: bool
    """Whether the register has an entry for it."""


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """The register as a table that opens elsewhere; it holds no secret.

    Numbers and days stand bare in it, so that whoever reads it can reckon with them.
    """

    title: str
    heads: tuple[str, ...]
    cells: tuple[tuple[Plain, ...], ...]
    language: str = BASE_LANGUAGE


def list_rows(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> tuple[RegisterRow, ...]:
    """A row for each account of a plan, in the order of the accounts.

    Args:
        plan: The plan.
        today: The day from which silence is counted.
        language: The language of the words.
    """
    settled = settle_silence(plan, today)
    holdings = index_holdings(plan)
    profiles = {profile.id: profile for profile in list_profiles(settled, language)}
    question = find_question("start.accounts.any.platform", language)
    nameless = str(load_words(WORDS, language)["nameless"])
    rows = []
    for account in plan.start.accounts:
        holding = holdings.get(account.id)
        place = question.label_of(account.platform) if account.platform else ""
        name = " ".join(part for part in (place, account.handle) if part)
        rows.append(
            RegisterRow(
                account=account,
                holding=holding or Holding(id=account.id),
                name=name or nameless,
                place=place or nameless,
                standing=judge_standing(plan, account, holding, today),
                days=count_silence(account, holding, today),
                risk=weigh_risk(plan, account, holding),
                fate=find_fate(plan, account.id),
                profile=profiles.get(account.id),
                is_listed=holding is not None,
            )
        )
    return tuple(rows)


def name_standing(row: RegisterRow, language: str = BASE_LANGUAGE) -> str:
    """How an account stands, in a word or two."""
    return str(load_words(WORDS, language)["standing"][row.standing.value])


def name_action(row: RegisterRow, language: str = BASE_LANGUAGE) -> str:
    """What becomes of an account, in a few words."""
    if row.fate is None or row.fate.action is None:
        return str(load_words(WORDS, language)["undecided"])
    return find_question(f"{FATES}.any.action", language).label_of(row.fate.action)


def explain_risk(row: RegisterRow, language: str = BASE_LANGUAGE) -> tuple[tuple[str, str], ...]:
    """Each fault of an account with its points, and what would take them away."""
    words = load_words(WORDS, language)["risk"]
    return tuple(
        (
            str(words["one" if reason.points == 1 else "many"]).format(
                what=words[reason.id]["what"], points=write_number(reason.points, language)
            ),
            str(words[reason.id]["lower"]),
        )
        for reason in row.risk.reasons
    )


# -- a table to open elsewhere -----------------------------------------------------------------


def write_sheet(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> AccountSheet:
    """The register as a table: what is known of each account, where passwords are, and no secret.

    Args:
        plan: The plan.
        today: The day from which silence is counted.
        language: The language of the words.
    """
    words = load_words(WORDS, language)["sheet"]
    rows = list_rows(plan, today, language)
    columns = [*_list_columns(plan, words, language)]
    heads = tuple(head for head, _ in columns)
    cells = tuple(tuple(write(row) for _, write in columns) for row in rows)
    return AccountSheet(str(words["title"]), heads, cells, language)


def _list_columns(plan: Plan, words: Mapping[str, Any], language: str) -> Iterator[tuple[str, Any]]:
    """The head of each column, and what writes its cells."""
    yield words["place"], lambda row: row.place
    yield words["handle"], lambda row: (row.account.handle or "").removeprefix("@")
    yield words["address"], lambda row: row.profile.url if row.profile else ""
    yield words["standing"], lambda row: name_standing(row, language)
    yield words["days"], _write_days
    for name in (n for n in Holding.model_fields if n not in ("id", "account")):
        yield words[name], _write_field(plan, f"{INVENTORY}.any.{name}", "holding", language)
    for name in _START:
        yield words[name], _write_field(plan, f"start.accounts.any.{name}", "account", language)
    for name in _LINKS:
        yield words[name], _write_link(f"linking.profiles.any.{name}", language)
    yield words["risk"], lambda row: row.risk.points
    yield words["why"], lambda row: "; ".join(what for what, _ in explain_risk(row, language))
    for name in _FATE:
        yield words[name], _write_field(plan, f"{FATES}.any.{name}", "fate", language)


def _write_days(row: RegisterRow) -> Plain:
    known = row.days is not None and row.holding.last_post is not None
    return row.days or 0 if known else ""


def _write_field(plan: Plan, path: str, part: str, language: str) -> Any:  # noqa: ANN401 - a writer
    question: Question = offer_entries(find_question(path, language), plan, language)

    def write(row: RegisterRow) -> Plain:
        holder = getattr(row, part)
        answer = getattr(holder, question.id) if holder else None
        if isinstance(answer, date):
            return answer
        return write_answer(question, answer, language) if holder else ""

    return write


def _write_link(path: str, language: str) -> Any:  # noqa: ANN401 - a writer
    question = find_question(path, language)

    def write(row: RegisterRow) -> str:
        if row.profile is None:
            return ""
        return write_answer(question, getattr(row.profile.said, question.id), language)

    return write
