"""Look at web pages of a business: the links both ways, and what they say of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from workbook.commands._command import FILE, Command, answer, as_json, indent, load_command_words
from workbook.errors import PageUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from workbook.audit.files import Unreadable
    from workbook.audit.pages import Page
    from workbook.audit.snippets import Snippet
    from workbook.audit.verdicts import AuditCheck
    from workbook.measurement.verification import SetupFinding
    from workbook.plan import Plan

TO_MEND, UNUSABLE = 1, 2
_WORDS = load_command_words("audit")
_LARGEST = 50_000_000
_MARKS = {True: "true", False: "false", None: "none"}


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("plan", type=FILE)
@click.argument("pages", type=FILE, nargs=-1, metavar="[PAGE.html]...")
@click.option("--live", metavar="URL", help=_WORDS["option"]["live"])
@click.option("--lines", is_flag=True, help=_WORDS["option"]["lines"])
@as_json
def command(
    plan: Path, pages: Sequence[Path], *, live: str | None, lines: bool, as_json: bool
) -> int:
    """Look at pages with a plan."""
    from workbook.audit.pages import Page  # noqa: PLC0415 - keeps --help light
    from workbook.audit.run import audit  # noqa: PLC0415 - same
    from workbook.audit.snippets import write_snippets  # noqa: PLC0415 - same
    from workbook.calling import read_plan, read_settings, read_today  # noqa: PLC0415 - same

    business, language = read_plan(plan).plan, read_settings().language
    found = [*_read_files(pages), *_fetch(business, live, language)]
    if not found:
        raise _refuse("none")
    read = [page for page in found if isinstance(page, Page)]
    unread = [page for page in found if not isinstance(page, Page)]
    checks = audit(business, read, read_today(), language)
    setup = _verify(business, read, language)
    snippets = write_snippets(business, language)
    document = {
        "plan": str(plan),
        "pages": [{"name": page.name, "address": page.address} for page in read],
        "unreadable": [_word_unread(page, language) for page in unread],
        "checks": [check.model_dump(mode="json") for check in checks],
        "setup": [check.model_dump(mode="json") for check in setup],
        "lines": [{"id": s.id, "title": s.title, "text": s.text} for s in snippets],
    }
    told = [*_tell(business, read, unread, checks, language)]
    told += [_WORDS["said"]["setup"], *_tell_setup(setup)] if setup else []
    told += _print(snippets) if lines else ()
    answer(document, "\n\n".join(told), as_json=as_json)
    if unread:
        return UNUSABLE
    return TO_MEND if any(check.passed is False for check in checks) else 0


def _verify(plan: Plan, pages: Sequence[Page], language: str) -> Sequence[SetupFinding]:
    """Whether the pages are counted; nothing where none could be read."""
    from workbook.measurement.verification import Wanted, verify_setup  # noqa: PLC0415 - same

    return verify_setup(pages, Wanted.read(plan), language) if pages else ()


# -- pages --------------------------------------------------------------------------------------


def _read_files(paths: Sequence[Path]) -> Iterator[Page | Unreadable]:
    from workbook.audit.files import MOST_PAGES  # noqa: PLC0415 - same
    from workbook.audit.pages import read_page  # noqa: PLC0415 - same

    if len(paths) > MOST_PAGES:
        raise _refuse("many", limit=MOST_PAGES)
    for path in paths:
        if str(path) == "-":
            yield read_page(_WORDS["said"]["standard_input"], sys.stdin.buffer.read(_LARGEST))
        else:
            yield read_page(path.name, _read_file(path))


def _read_file(path: Path) -> bytes:
    """What is in a file; raises PageUnreadable."""
    try:
        if path.is_dir():
            raise _refuse("folder", name=path.name)
        if path.stat().st_size > _LARGEST:
            raise _refuse("large", name=path.name, limit=_LARGEST // 1_000_000)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refuse("missing", name=path.name) from error
    except OSError as error:
        raise _refuse("forbidden", name=path.name) from error


def _fetch(plan: Plan, address: str | None, language: str) -> Sequence[Page | Unreadable]:
    from workbook.calling import may_fetch, read_settings, visit_website  # noqa: PLC0415 - same

    if not address:
        return ()
    if not may_fetch(read_settings(), public=False):
        raise _refuse("off")
    return visit_website(plan, address, language)


def _refuse(reason: str, **values: object) -> PageUnreadable:
    return PageUnreadable(reason=_WORDS["reasons"][reason].format(**values))


# -- what is told -------------------------------------------------------------------------------


def _word_unread(page: Unreadable, language: str) -> dict[str, str]:
    from workbook.audit.verdicts import word_unreadable  # noqa: PLC0415 - same

    what, step = word_unreadable(page, language)
    return {"name": page.name, "id": page.id, "what": what, "next": step}


def _tell(
    plan: Plan,
    pages: Sequence[Page],
    unread: Sequence[Unreadable],
    checks: Sequence[AuditCheck],
    language: str,
) -> Iterator[str]:
    said = _WORDS["said"]
    numbers = [(mark, sum(c.passed is value for c in checks)) for value, mark in _MARKS.items()]
    counts = [
        _WORDS["count"][f"{mark}_one" if number == 1 else mark].format(count=number)
        for mark, number in numbers
        if number
    ]
    business = plan.start.name or said["nameless"]
    head = said["head"].format(business=business, counts=said["joined"].join(counts))
    names = said["joined"].join(page.name for page in pages) or said["nothing"]
    yield f"{head}\n{said['page'].format(pages=names)}"
    for page in unread:
        told = _word_unread(page, language)
        yield "\n".join([_WORDS["result"]["unread"], indent(told["what"]), indent(told["next"])])
    yield from _tell_alike(checks)


def _tell_alike(checks: Sequence[AuditCheck]) -> Iterator[str]:
    """First what is to be mended, then what cannot be seen, then what is right."""
    for wanted in (False, None, True):
        alike: dict[tuple[str, str], list[AuditCheck]] = {}
        for check in (c for c in checks if c.passed is wanted):
            alike.setdefault((check.why, check.fix), []).append(check)
        yield from map(_tell_checks, alike.values())


def _tell_setup(found: Sequence[SetupFinding]) -> Iterator[str]:
    """Each finding with the line it rests on, how sure it is, and what would change it."""
    said = _WORDS["said"]
    for wanted in (False, None, True):
        for each in (each for each in found if each.passed is wanted):
            parts = [_tell_checks([each])]
            parts += [indent(said["line"].format(text=line)) for line in each.lines]
            parts.append(indent(said["sure"].format(sure=each.sure, change=each.change)))
            yield "\n".join(parts)


def _tell_checks(checks: Sequence[AuditCheck]) -> str:
    """Checks of which the same is to be said."""
    mark, first = _WORDS["result"][_MARKS[checks[0].passed]], checks[0]
    parts = [f"{mark}  [{check.id}]  {check.title}" for check in checks]
    parts.append(indent(first.why))
    if first.fix:
        parts.append(indent(_WORDS["said"]["fix"].format(text=first.fix)))
    return "\n".join(parts)


def _print(snippets: Sequence[Snippet]) -> Iterator[str]:
    said = _WORDS["said"]
    yield said["lines"]
    for snippet in snippets:
        note = said["note"].format(title=snippet.title, note=snippet.note)
        yield f"{indent(note)}\n\n{snippet.text}"
