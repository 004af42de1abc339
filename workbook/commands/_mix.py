"""What an audit of posts says on the command line, to people and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.commands._command import indent, load_command_words
from workbook.imports.problems import explain_all
from workbook.mix.wording import (
    load_mix_words,
    name_kind,
    name_spans,
    write_accuracy,
    write_doubt,
    write_head,
    write_indicator,
    write_limit,
    write_reason,
    write_share,
)
from workbook.steps.mix.answers import PostClass
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.imports.social import Gathered
    from workbook.mix import Audit, Indicator
    from workbook.mix.classes import Judged
    from workbook.mix.indicators import Limit
    from workbook.mix.periods import Span

_WORDS: dict[str, str] = load_command_words("posts")["said"]


# -- for programs ------------------------------------------------------------------------------


def list_audit(
    audit: Audit, gathered: Gathered, language: str, *, texts: bool = False
) -> dict[str, Any]:
    """The audit as one document; the words of a post are in it only when asked for.

    Args:
        audit: What the posts come to.
        gathered: The posts, with what was there twice and what was not read.
        language: The language of the words.
        texts: Whether the texts of the posts are told.
    """
    return {
        "posts": audit.posts,
        "replies": audit.replies,
        "twice": gathered.twice,
        "undated": audit.undated,
        "first": audit.first.isoformat() if audit.first else None,
        "last": audit.last.isoformat() if audit.last else None,
        "is_english": audit.is_english,
        "kinds": {kind.value: count for kind, count in audit.kinds.items()},
        "talk": {
            "hits": audit.talk,
            "of": audit.all,
            "knows_replies": audit.knows_replies,
            "limit": _list_limit(audit.talk_limit),
        },
        "indicators": [_list_indicator(each, language) for each in audit.indicators],
        "spans": [_list_span(span) for span in audit.spans],
        "each": [_list_post(each, language, texts=texts) for each in audit.judged],
        "accuracy": " ".join(write_accuracy(language)),
        "problems": list(explain_all(gathered.problems, language)),
    }


def _list_span(span: Span) -> dict[str, Any]:
    counted = {name: getattr(span, name) for name in ("posts", "sold", "talk", "all")}
    return {"unit": span.unit, "start": span.start.isoformat(), **counted}


def _list_limit(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    whose = "yours" if limit.is_own else "ours"
    return {"value": limit.value, "sense": limit.sense, "whose": whose}


def _list_indicator(indicator: Indicator, language: str) -> dict[str, Any]:
    told = write_indicator(indicator, language)
    counted = indicator.is_known and indicator.days is None
    return {
        "id": indicator.name.value,
        "title": told.title,
        "means": told.means,
        "is_known": indicator.is_known,
        "hits": indicator.hits if counted else None,
        "of": indicator.of if counted else None,
        "percent": indicator.percent,
        "interval": list(indicator.interval) if indicator.interval else None,
        "days": indicator.days,
        "limit": _list_limit(indicator.limit),
        "is_flagged": indicator.is_flagged,
        "is_clear": indicator.is_clear,
        "verdict": told.verdict,
        "do": told.do,
        "ask": told.ask,
        "note": told.note,
    }


def _list_post(each: Judged, language: str, *, texts: bool) -> dict[str, Any]:
    post = each.post
    listed = {
        "digest": each.mark,
        "day": post.day.isoformat() if post.day else None,
        "platform": post.platform or None,
        "is_reply": post.is_reply,
        "kind": each.kind.value,
        "reason": write_reason(each, language, with_words=texts),
        "is_corrected": each.is_corrected,
    }
    return listed | {"text": post.text} if texts else listed


# -- for people --------------------------------------------------------------------------------


def tell_audit(
    audit: Audit, gathered: Gathered, language: str, *, each: bool = False, texts: bool = False
) -> Iterator[str]:
    """The audit as paragraphs: what was looked at, indicators, what is not known, over time.

    Args:
        audit: What the posts come to.
        gathered: The posts, with what was there twice and what was not read.
        language: The language of the words.
        each: Whether every post is told with its kind and the reason.
        texts: Whether the texts of the posts are told with them.
    """
    yield write_head(audit, gathered.twice, language)
    yield from explain_all(gathered.problems, language)
    yield from filter(None, [write_doubt(audit, language)])
    yield "\n".join(_tell_kinds(audit, language))
    told = [(each.is_known, _tell_indicator(each, language)) for each in audit.indicators]
    yield _tell_talk(audit, language)
    yield from (text for is_known, text in told if is_known)
    unknown = [text for is_known, text in told if not is_known]
    if unknown:
        yield "\n".join([_WORDS["unknown"], *unknown])
    if audit.spans:
        yield "\n".join(_tell_spans(audit, language))
    if each:
        posts = (_tell_post(judged, language, texts=texts) for judged in audit.judged)
        yield "\n".join([_WORDS["each"], *posts])
    yield "\n".join(write_accuracy(language))


def _tell_kinds(audit: Audit, language: str) -> Iterator[str]:
    yield _WORDS["kinds"]
    for kind in PostClass:
        count = f"{audit.kinds[kind]:,}"
        yield indent(_WORDS["kind"].format(kind=name_kind(kind, language), count=count))


def _tell_talk(audit: Audit, language: str) -> str:
    """The share the business chose a floor for; without replies in the files it is no estimate."""
    words = load_mix_words(language)
    share = write_share(audit.talk, audit.all, language, is_whole=audit.knows_replies)
    held = words["limits"]["held"].format(limit=write_limit(audit.talk_limit, language))
    lines = [_WORDS["share"].format(title=words["talk"]["title"], share=share), indent(held)]
    if not audit.knows_replies:
        lines.append(indent(words["talk"]["no_replies"]))
    return "\n".join(lines)


def _tell_indicator(indicator: Indicator, language: str) -> str:
    told = write_indicator(indicator, language)
    if told.ask:
        return indent(_WORDS["ask"].format(title=told.title, ask=told.ask))
    lines = [_WORDS["line"].format(title=told.title, value=told.value, verdict=told.verdict)]
    if told.limit:
        held = load_mix_words(language)["limits"]["held"].format(limit=told.limit)
        lines.append(indent(" ".join(filter(None, (told.between, held)))))
    elif told.between:
        lines.append(indent(told.between))
    lines += [indent(text) for text in (told.note,) if text]
    if told.do:
        lines.append(indent(_WORDS["do"].format(text=told.do)))
    return "\n".join(lines)


def _tell_spans(audit: Audit, language: str) -> Iterator[str]:
    yield _WORDS["spans"]
    year = ""
    for stretch in name_spans(audit.spans, language):
        year = stretch.beneath or year
        name = " ".join(filter(None, (stretch.label, year)))
        values = {"posts": stretch.posts, "sold": stretch.sold, "talk": stretch.talk}
        form = _WORDS["span" if stretch.posts else "span_none"]
        yield indent(form.format(name=name, all=stretch.all, **values))


def _tell_post(each: Judged, language: str, *, texts: bool) -> str:
    day = write_day(each.post.day, language) if each.post.day else _WORDS["no_day"]
    line = _WORDS["post"].format(
        digest=each.mark,
        day=day,
        kind=name_kind(each.kind, language),
        reason=write_reason(each, language, with_words=texts),
    )
    return "\n".join([line, indent(each.post.text)]) if texts else line
