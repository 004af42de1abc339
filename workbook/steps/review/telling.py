"""What the numbers of a review tell, in sentences: facts, verdicts, and what else happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence.intervals import LIKELY_BELOW, Verdict
from workbook.steps.review.happenings import tell_happened
from workbook.steps.review.verdicts import Judged, Missing, Other, Sort, count_comparisons, judge
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from workbook.plan import Plan
    from workbook.steps.review.verdicts import Compared

WORDS: Final = "steps/review/outcome.toml"
_FEW_COMPARISONS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """One comparison in words."""

    verdict: str
    """“likely_change”, “hint”, “cannot_tell”, or “none” where no test is made."""
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """One number of a review in words."""

    name: str
    facts: str
    said: tuple[Said, ...]
    happened: str
    """What else happened; it follows the verdicts, since a count never says why."""
    forecast: str
    judged: Judged


def tell(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> tuple[Told, ...]:
    """Every number of the review in words."""
    words = load_words(WORDS, language)
    return tuple(
        Told(
            name=judged.name,
            facts=_write_facts(judged, words, language),
            said=(
                *_write_all(judged, words, language),
                *_write_due(judged, today, words["missing"], language),
            ),
            happened=tell_happened(plan, judged, language),
            forecast=_write_forecast(judged, words, language),
            judged=judged,
        )
        for judged in judge(plan, today, language)
    )


def tell_chance(told: tuple[Told, ...], language: str = BASE_LANGUAGE) -> str:
    """How many times luck alone would say “likely” in so many comparisons; empty for few."""
    count = count_comparisons(tuple(each.judged for each in told))
    if count < _FEW_COMPARISONS:
        return ""
    words, likely = load_words(WORDS, language)["chance"], count * LIKELY_BELOW
    if likely < 1:
        return str(words["seldom"]).format(count=count, reviews=round(1 / likely))
    return str(words["often"]).format(count=count, likely=write_number(round(likely), language))


def write_rate(rate: float, language: str = BASE_LANGUAGE) -> str:
    """A rate with as many decimals as it takes to be told from nought."""
    if rate >= 10:  # noqa: PLR2004 - two figures before the point
        return write_number(round(rate), language)
    return write_number(round(rate, 1 if rate >= 1 or not rate else 2), language)


def _unit(judged: Judged, rate: float) -> str:
    name = "unit_one" if write_rate(rate) == "1" and judged.metric.get("unit_one") else "unit"
    return str(judged.metric.get(name, ""))


# -- facts ---------------------------------------------------------------------------------------


def _write_facts(judged: Judged, words: Mapping[str, Any], language: str) -> str:
    facts: Mapping[str, str] = words["facts"]
    span = judged.span
    if judged.value is None:
        return facts["uncounted"]
    value = write_number(judged.value, language)
    if span is None:
        return facts["no_days"]
    days = {"first": write_day(span.first, language), "last": write_day(span.last, language)}
    for missing in (Missing.NOT_WHOLE, Missing.FAR_OFF):
        if missing in judged.missing:
            return facts[missing.value].format(value=value, days=span.days)
    if judged.low is None or judged.high is None:
        return facts["other"].format(value=value, unit=_unit(judged, judged.value), **days)
    limits = {"low": write_rate(judged.low, language), "high": write_rate(judged.high, language)}
    if judged.per_period is None:
        return facts["share"].format(value=value, of=judged.reading.of, **limits, **days)
    rate = write_rate(judged.per_period, language)
    unit = _unit(judged, judged.per_period)
    shown = {"value": value, "days": span.days, "rate": rate, "unit": unit}
    return facts["count"].format(**shown, **limits, **days)


def _write_forecast(judged: Judged, words: Mapping[str, Any], language: str) -> str:
    if judged.forecast is None:
        return ""
    low, high = (write_number(each, language) for each in judged.forecast)
    values = {"low": low, "high": high, "share": write_number(judged.share, language)}
    return str(words["forecast"]["said"]).format(days=judged.ahead, **values)


# -- verdicts ------------------------------------------------------------------------------------


def _write_all(judged: Judged, words: Mapping[str, Any], language: str) -> Iterator[Said]:
    for each in judged.compared:
        yield Said(each.verdict.value, _write_compared(judged, each, words, language))
    if judged.sort is Sort.SHARE:
        yield from _write_limits(judged, words, language)
    untested = words["untested"].get(judged.sort.value)
    if untested and judged.value is not None:
        yield Said("none", untested)
    for missing in judged.missing:
        if text := words["missing"].get(missing.value):
            yield Said("none", text)


def _write_compared(judged: Judged, each: Compared, words: Mapping[str, Any], language: str) -> str:
    is_target = each.other is Other.TARGET
    is_reached = is_target and _is_reached(judged, each)
    table = "reached" if is_reached else "short" if is_target else "verdicts"
    other = words["others"][each.other.value].format(
        rate=write_rate(each.per_period, language),
        unit=_unit(judged, each.per_period),
        count="" if each.count is None else write_number(each.count, language),
        days=round(each.days),
    )
    direction = words["directions"][("same", "more", "fewer")[each.rises]]
    more = [words[table][each.verdict.value].format(direction=direction, other=other)]
    if each.verdict is Verdict.CANNOT_TELL and each.rises:
        more.append(words["compared"]["luck"])
    if is_reached and each.verdict is Verdict.CANNOT_TELL:
        more.append(words["compared"]["reached"])
    return " ".join(more)


def _is_reached(judged: Judged, each: Compared) -> bool:
    return each.rises in (0, judged.wanted)


def tell_decisive(judged: Judged, language: str = BASE_LANGUAGE) -> str:
    """The comparisons a suggestion rests on, in the very sentences of the outcome."""
    words = load_words(WORDS, language)
    return " ".join(_write_compared(judged, each, words, language) for each in judged.decisive)


def _write_limits(judged: Judged, words: Mapping[str, Any], language: str) -> Iterator[Said]:
    """Where the share before, and the one that is wanted, lie against the interval of today's."""
    if judged.low is None or judged.high is None:
        return
    limits = words["limits"]
    for name in ("baseline", "target"):
        value = getattr(judged.goal, name)
        if isinstance(value, int | float):
            below, above = value < judged.low, value > judged.high
            where = limits["below" if below else "above" if above else "between"]
            yield Said(
                "none", limits[name].format(value=write_number(value, language), where=where)
            )


def _write_due(
    judged: Judged, today: date, words: Mapping[str, str], language: str
) -> Iterator[Said]:
    """How long there is until a goal falls due, from today."""
    if judged.span is None or judged.goal.due is None or judged.goal.due <= today:
        return
    days = (judged.goal.due - today).days
    form = words["due_one" if days == 1 else "due"]
    yield Said("none", form.format(days=days, due=write_day(judged.goal.due, language)))
