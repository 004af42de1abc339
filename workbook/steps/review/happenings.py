"""What else happened in the days of a number: as written down, and from the larger plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, load_words
from workbook.plan import read_answer
from workbook.steps.review.spans import Span, make_span
from workbook.values import UNKNOWN
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook.plan import Plan
    from workbook.steps.review.verdicts import Judged

OCCASIONS = "integration.occasions"
_WORDS = "steps/review/outcome.toml"
_MOST = 6


def list_occasions(plan: Plan, span: Span | None, language: str = BASE_LANGUAGE) -> list[str]:
    """The occasions of the larger plan that fall into some days, by name and date."""
    words = load_words(_WORDS, language)["happened"]
    found = [
        _name(each, words, language)
        for each in read_answer(plan, OCCASIONS) or ()
        if each.name and span and (days := _days_of(each)) and days.shares_days(span)
    ]
    return found[:_MOST]


def _days_of(occasion: Any) -> Span | None:  # noqa: ANN401 - an entry of another step
    return make_span(occasion.first, occasion.last or occasion.first)


def _name(occasion: Any, words: Mapping[str, str], language: str) -> str:  # noqa: ANN401
    first = write_day(occasion.first, language)
    last = write_day(occasion.last, language) if occasion.last else first
    form = words["occasion_day" if first == last else "occasion"]
    return form.format(name=occasion.name, first=first, last=last)


def tell_happened(plan: Plan, judged: Judged, language: str = BASE_LANGUAGE) -> str:
    """What else happened in the days of a number; where nobody wrote it down, it says so."""
    words = load_words(_WORDS, language)["happened"]
    given = judged.reading.happened
    parts = []
    if given == UNKNOWN:
        parts.append(words["nothing"])
    elif given:
        parts.append(words["said"].format(text=given))
    occasions = list_occasions(plan, judged.span, language)
    if occasions:
        parts.append(words["occasions"].format(names=words["between"].join(occasions)))
    return " ".join(parts) or str(words["open"])
