"""Check posts from a file by the rules of a plan's voice; nothing of them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.commands._command import (
    STANDARD_INPUT,
    answer,
    indent,
    load_command_words,
    read_bytes,
)
from workbook.errors import PostsUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from workbook.plan import Plan
    from workbook.tone import Result, ToneReport

OUTSIDE = 1
MOST_SHOWN = 5
_WORDS: dict[str, str] = load_command_words("check")["posts"]


def check_posts(path: Path, plan: Plan, posts: Path, language: str, *, as_json: bool) -> int:
    """Tell what each rule comes to over the posts; 1 when one is not kept, else 0.

    Raises PostsUnreadable when the file cannot be opened or holds no posts.
    """
    from workbook.imports.posts import read_posts  # noqa: PLC0415 - keeps --help light
    from workbook.imports.problems import explain_all  # noqa: PLC0415 - same reason
    from workbook.tone import check_drafts, rules_of  # noqa: PLC0415 - same reason

    name = _WORDS["stdin"] if str(posts) == STANDARD_INPUT else posts.name or str(posts)
    read = read_posts(_read(posts, name), name)
    problems = explain_all(read.problems, language)
    if not read.texts and problems:
        raise PostsUnreadable(reason=problems[0].rstrip("."))
    report = check_drafts(read.texts, rules_of(plan))
    document = {
        "plan": str(path),
        "posts": str(posts),
        "drafts": report.drafts,
        "words": report.words,
        "outside": len(report.outside),
        "rules": [_list_result(result, language) for result in report.results],
        "problems": list(problems),
    }
    answer(document, "\n\n".join([*_tell(report, language), *problems]), as_json=as_json)
    return OUTSIDE if report.outside else 0


def _read(path: Path, name: str) -> bytes:
    from workbook.imports.containers import LARGEST_FILE  # noqa: PLC0415 - keeps --help light

    def refuse(kind: str) -> PostsUnreadable:
        return PostsUnreadable(reason=_WORDS[kind].format(name=name))

    return read_bytes(path, LARGEST_FILE, refuse)


def _list_result(result: Result, language: str) -> dict[str, Any]:
    """What one rule comes to, for programs."""
    from workbook.tone.wording import write_result  # noqa: PLC0415 - same reason

    told, limit = write_result(result, language), result.limit
    return {
        "id": result.rule.value,
        "title": told.title,
        "value": result.value,
        "limit": limit.value if limit else None,
        "sense": limit.sense if limit else None,
        "whose": ("yours" if limit.is_own else "ours") if limit else None,
        "verdict": result.verdict.value,
        "note": told.note,
        "count": result.count,
        "hits": [
            {
                "draft": hit.draft,
                "sentence": hit.sentence,
                "words": hit.words,
                "better": hit.better,
                "subject": hit.subject,
                "text": hit.text,
            }
            for hit in result.hits
        ],
    }


def _tell(report: ToneReport, language: str) -> list[str]:
    """What the rules come to, as paragraphs for people."""
    from workbook.tone.wording import sort_results, write_head  # noqa: PLC0415 - same reason

    return [
        write_head(report, language),
        *("\n".join(_tell_result(result, language)) for result in sort_results(report.results)),
    ]


def _tell_result(result: Result, language: str) -> list[str]:
    from workbook.tone.wording import write_hit, write_place, write_result  # noqa: PLC0415 - same

    told = write_result(result, language)
    form = _WORDS["line_limit" if told.limit else "line"]
    values = {"title": told.title, "value": told.value, "verdict": told.verdict}
    lines = [form.format(**values, limit=told.limit, whose=told.whose)]
    lines += [indent(told.note)] if told.note else []
    for hit in result.hits[:MOST_SHOWN]:
        found = write_hit(hit, language)
        text = _WORDS["hit" if found else "hit_plain"]
        place = write_place(hit, language)
        lines.append(indent(text.format(place=place, found=found, text=hit.text)))
    if result.count > MOST_SHOWN:
        lines.append(indent(_WORDS["more"].format(count=result.count - MOST_SHOWN)))
    return lines
