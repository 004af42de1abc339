"""What an answer is about in a few words, so that a list can be read away from its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import find_question, load_words
from workbook.fit.fates import CLOSING, belongs_to, find_fate
from workbook.plan import read_answer
from workbook.wording import cut_line, offer_entries, title_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.plan import Plan

WORDS = "actions/words.toml"
_ACCOUNTS = ("start.accounts", "accounts.inventory", "linking.profiles", "platform_fit.fates")
_ENTRY = 3
"""Parts of the path of an entry."""
_LONGEST = 40
_BETWEEN = ", "


def find_account(plan: Plan, path: str) -> str:
    """The id of the account that an answer is about; empty where it is about none."""
    parts = path.split(".")
    listed, entry = ".".join(parts[:2]), ".".join(parts[:_ENTRY])
    if len(parts) < _ENTRY or listed not in _ACCOUNTS:
        return ""
    if listed == "platform_fit.fates":
        fate = next((f for f in plan.platform_fit.fates if f.id == parts[2]), None)
        return belongs_to(fate) if fate else ""
    return str(getattr(read_answer(plan, entry), "account", None) or parts[2])


def is_going(plan: Plan, account: str) -> bool:
    """Whether an account is to be parked, merged or closed."""
    fate = find_fate(plan, account) if account else None
    return fate is not None and fate.action in CLOSING


def name_entry(plan: Plan, path: str, language: str) -> str:
    """The entry that an answer belongs to, as its account or by its own words; else empty."""
    parts = path.split(".")
    if len(parts) < _ENTRY:
        return ""
    account = find_account(plan, path)
    listed = ".".join(parts[:2]) if not account else "start.accounts"
    records = read_answer(plan, listed) or ()
    question = offer_entries(find_question(listed, language), plan, language)
    titles = title_records(question, records, language)
    at = next((n for n, r in enumerate(records) if r.id == (account or parts[2])), None)
    if at is None or titles[at] == f"{question.record} {at + 1}".strip():
        return ""
    return _shorten(titles[at])


def _shorten(title: str) -> str:
    """The first parts of a name that are short together; only a single long one is cut."""
    parts = title.split(_BETWEEN)
    while len(parts) > 1 and len(_BETWEEN.join(parts)) > _LONGEST:
        parts.pop()
    return cut_line(_BETWEEN.join(parts), _LONGEST)


def name_entries(plan: Plan, text: str, paths: Sequence[str], language: str) -> str:
    """A text led by the entries that it is about, unless it names them itself.

    Args:
        plan: The plan.
        text: What is to be done.
        paths: The answers that it is about; some may belong to one entry.
        language: The language of the words.
    """
    words = load_words(WORDS, language)
    paths = list(dict.fromkeys(paths))
    named = [name for path in paths if (name := name_entry(plan, path, language))]
    names = [name for name in dict.fromkeys(named) if name not in text]
    if len(paths) == 1:
        return words["named"].format(names=names[0], text=text) if names else text
    if len(named) < len(paths) or not names:
        return str(words["more"]).format(text=text, count=len(paths) - 1)
    most = int(words["most_names"])
    shown = ", ".join(names[:most])
    if len(names) > most:
        shown = words["names_more"].format(names=shown, count=len(names) - most)
    return str(words["named"]).format(names=shown, text=text)
