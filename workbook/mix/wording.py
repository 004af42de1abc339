"""What an audit says in words: kinds, reasons, indicators, spans, and how sure it all is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.charts.mix import Stretch
from workbook.content import BASE_LANGUAGE, load_words
from workbook.evidence.intervals import proportion_interval
from workbook.mix.indicators import RATIOS, Name
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from workbook.mix.audit import Audit
    from workbook.mix.classes import Judged
    from workbook.mix.indicators import Indicator, Limit
    from workbook.mix.periods import Span
    from workbook.steps.mix.answers import PostClass

WORDS = "mix/words.toml"
ACCURACY = "mix/accuracy.toml"
_MONTHS_IN_A_QUARTER = 3
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator in words; ``ask`` is empty where it is known, ``do`` where nothing is to do."""

    title: str
    value: str
    between: str
    limit: str
    verdict: str
    means: str
    do: str
    ask: str
    note: str


def load_mix_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words about posts."""
    return load_words(WORDS, language)


def write_head(audit: Audit, twice: int, language: str = BASE_LANGUAGE) -> str:
    """What was looked at: how many posts and replies, of which days, and how many twice.

    Args:
        audit: The posts as they were told.
        twice: How many posts were left out since they stood there already.
        language: The language of the words.
    """
    words, posts, replies = load_mix_words(language)["head"], audit.posts, audit.replies
    values = {
        "posts": _count(posts, "post", words, language),
        "replies": _count(replies, "reply", words, language),
    }
    said = [words["both" if replies else "only_posts"].format(**values)]
    if audit.first and audit.last:
        first, last = (write_day(day, language) for day in (audit.first, audit.last))
        said.append(words["period"].format(first=first, last=last))
    if twice:
        said.append(words["twice"].format(count=write_number(twice, language)))
    if audit.undated and audit.first:
        said.append(words["undated"].format(count=write_number(audit.undated, language)))
    return " ".join(said)


def _count(count: int, name: str, words: Mapping[str, str], language: str) -> str:
    form = words[name if count == 1 else f"{name}_many"]
    return form.format(count=write_number(count, language))


def write_doubt(audit: Audit, language: str = BASE_LANGUAGE) -> str:
    """That the signs do not know the language of the posts; empty where they do."""
    return "" if audit.is_english else str(load_mix_words(language)["head"]["not_english"])


def name_kind(kind: PostClass, language: str = BASE_LANGUAGE) -> str:
    """What posts of a kind do."""
    return str(load_mix_words(language)["kinds"][kind]["label"])


def write_reason(judged: Judged, language: str = BASE_LANGUAGE, *, with_words: bool = True) -> str:
    """Why a post was told so.

    Args:
        judged: The post as it was told.
        language: The language of the words.
        with_words: Whether the words of the post that a sign was found by are told.
    """
    words = load_mix_words(language)["reasons"]
    form = words["form"] if with_words else "{sign}"
    if judged.is_corrected:
        return str(words["corrected"])
    signs = [
        form.format(sign=words[hit.sign.id], words=hit.words)
        for hit in sorted(judged.hits, key=lambda hit: -hit.sign.weight)
        if hit.sign.weight > 0
    ]
    if not signs:
        return str(words["reply" if judged.post.is_reply else "nothing"])
    joined = str(words["between"]).join(signs)
    return f"{joined[:1].upper()}{joined[1:]}."


def write_indicator(indicator: Indicator, language: str = BASE_LANGUAGE) -> Told:
    """One indicator in words."""
    words = load_mix_words(language)
    said = words["indicators"][indicator.name]
    return Told(
        title=said["title"],
        value=_write_value(indicator, words["values"], language),
        between=_write_between(indicator, words["values"]),
        limit=write_limit(indicator.limit, language, indicator.name),
        verdict=words["verdicts"][_judge(indicator)],
        means=said["means"],
        do=said["do"] if indicator.is_flagged else "",
        ask="" if indicator.is_known else said["ask"],
        note=words["notes"][indicator.note] if indicator.is_known and indicator.note else "",
    )


def _judge(indicator: Indicator) -> str:
    if not indicator.is_known:
        return "unknown"
    if indicator.limit is None:
        return "told"
    if not indicator.is_judged:
        return "few"
    if not indicator.is_clear:
        return "perhaps_flagged" if indicator.is_flagged else "perhaps_kept"
    return "flagged" if indicator.is_flagged else "kept"


def _write_value(indicator: Indicator, words: Mapping[str, str], language: str) -> str:
    if not indicator.is_known:
        return words["unknown"]
    if indicator.days is not None:
        return words["day" if indicator.days == 1 else "days"].format(days=indicator.days)
    if indicator.percent is None:
        return words["nothing"]
    form = words["each" if indicator.name in RATIOS else "share"]
    return form.format(
        percent=write_number(round(indicator.percent), language),
        hits=write_number(indicator.hits, language),
        of=write_number(indicator.of, language),
    )


def _write_between(indicator: Indicator, words: Mapping[str, str]) -> str:
    if indicator.interval is None:
        return ""
    low, high = (round(end) for end in indicator.interval)
    return words["between"].format(low=low, high=high)


def write_limit(
    limit: Limit | None, language: str = BASE_LANGUAGE, name: Name = Name.PROMOTION
) -> str:
    """What an indicator is held against, and whose number that is; empty where it is only told."""
    if limit is None:
        return ""
    words = load_mix_words(language)["limits"]
    form = {Name.UNANSWERED_AGE: words["days"], **dict.fromkeys(RATIOS, words["each"])}
    whose = words["own" if limit.is_own else "ours"]
    text = str(form.get(name, words[limit.sense]))
    return text.format(limit=write_number(limit.value, language), whose=whose)


def write_share(hits: int, of: int, language: str = BASE_LANGUAGE, *, is_whole: bool = True) -> str:
    """A share with what it lies between; nothing to count where the whole is empty.

    Args:
        hits: How many had it.
        of: How many there were.
        language: The language of the words.
        is_whole: Whether everything that could have it was counted; else no bounds are told.
    """
    words = load_mix_words(language)["values"]
    if not of:
        return str(words["nothing"])
    share = words["share"].format(
        percent=round(100 * hits / of),
        hits=write_number(hits, language),
        of=write_number(of, language),
    )
    if not is_whole:
        return f"{share}."
    low, high = (round(100 * end) for end in proportion_interval(hits, of))
    return f"{share}. {words['between'].format(low=low, high=high)}"


def write_accuracy(language: str = BASE_LANGUAGE) -> tuple[str, str]:
    """How well the signs tell posts that sell, with intervals; and what that does not cover."""
    words, counted = load_mix_words(language)["accuracy"], load_words(ACCURACY)
    found = counted["promotion"]
    precision = _write_ends("precision", found["right"], found["told"])
    recall = _write_ends("recall", found["right"], found["sell"])
    told = words["told"].format(
        posts=counted["posts"],
        trades=counted["trades"],
        kinds=counted["kinds"]["right"],
        **found,
        **precision,
        **recall,
    )
    return told, words["limits"]


def _write_ends(name: str, hits: int, of: int) -> dict[str, int]:
    low, high = proportion_interval(hits, of)
    ends = {"": hits / of, "_low": low, "_high": high}
    return {f"{name}{end}": round(100 * share) for end, share in ends.items()}


def name_spans(spans: Sequence[Span], language: str = BASE_LANGUAGE) -> tuple[Stretch, ...]:
    """Spans of time as the picture shows them; the year stands once."""
    year, found = 0, []
    for span in spans:
        label = _name_span(span, language)
        is_new = span.start.year != year and span.unit != "year"
        beneath, year = str(span.start.year) if is_new else "", span.start.year
        found.append(Stretch(label, beneath, span.sold, span.posts, span.talk, span.all))
    return tuple(found)


def _name_span(span: Span, language: str) -> str:
    words = load_mix_words(language)["spans"]
    if span.unit == "year":
        return str(span.start.year)
    if span.unit == "week":
        return str(words["week"]).format(day=span.start.day, month=_month(span.start, language))
    if span.unit == "month":
        return _month(span.start, language)
    last = span.start.replace(month=span.start.month + _MONTHS_IN_A_QUARTER - 1)
    first = _month(span.start, language)
    return str(words["quarter"]).format(first=first, last=_month(last, language))


def _month(day: date, language: str) -> str:
    name: str = load_words("wording.toml", language)["months"][day.month - 1]
    return name[:_SHORT]
