"""A plan as documents may show it: the names of its list of people stand in no text of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbook.plan import Plan
    from workbook.steps.mix.answers import Mix

WORDS = "steps/mix/report.toml"
_TEXTS = ("missed", "asked_counter", "asked_phone", "asked_mail", "across_counter", "not_ours")
_LISTS = ("topics", "contacts", "weeks")
_IN_LISTS = ("name", "asked", "says", "about", "text", "proof")
_SHORTEST = 2
"""Letters of a name: a single letter would be found everywhere."""
_BEGINS = re.compile(r"(?:^|\n|[.!?]\W*\s)\W*$")
"""What stands before the first word of a sentence or a line."""


def leave_out_names(plan: Plan, language: str = BASE_LANGUAGE) -> Plan:
    """The plan with “somebody” for each name of its list of people, in all texts of this step.

    Who speaks for the business stays, since customers are told that name. A name of one word
    counts only as it is written or with capitals, so that “will” is not taken for “Will”.
    """
    mix, name = plan.mix, _find_names(contact.name for contact in plan.mix.contacts)
    if name is None:
        return plan
    word = str(load_words(WORDS, language)["somebody"])

    def replace(text: str) -> str:
        return name.sub(lambda found: _fit(word, text[: found.start()]), text)

    return plan.model_copy(update={"mix": mix.model_copy(update=_change(mix, replace))})


def _change(mix: Mix, replace: Callable[[str], str]) -> dict[str, Any]:
    """The texts of the step as they are changed, by the name of their question."""
    return {
        **_change_fields(mix, _TEXTS, replace),
        **{
            name: tuple(
                entry.model_copy(update=_change_fields(entry, _IN_LISTS, replace))
                for entry in getattr(mix, name)
            )
            for name in _LISTS
        },
    }


def _change_fields(
    holder: object, names: Iterable[str], replace: Callable[[str], str]
) -> dict[str, str]:
    texts = {name: getattr(holder, name, None) for name in names}
    return {name: replace(text) for name, text in texts.items() if isinstance(text, str)}


def _find_names(names: Iterable[str | None]) -> re.Pattern[str] | None:
    """What finds any of the names as whole words, the longest first; None without names."""
    known = sorted({n.strip() for n in names if n and len(n.strip()) >= _SHORTEST}, key=len)
    if not known:
        return None
    forms = "|".join(_write_form(each) for each in reversed(known))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def _write_form(name: str) -> str:
    words = [re.escape(word) for word in name.split()]
    if len(words) > 1:
        return "(?i:" + r"\s+".join(words) + ")"
    spelt = dict.fromkeys((name, name[:1].upper() + name[1:], name.upper()))
    return "|".join(re.escape(each) for each in spelt)


def _fit(word: str, before: str) -> str:
    """The word with a capital where a sentence or a line begins with it."""
    return word[:1].upper() + word[1:] if _BEGINS.search(before) else word
