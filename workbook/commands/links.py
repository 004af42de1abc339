"""Tag links to a website, check tagged links, and draw them as QR codes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    SHARED,
    STANDARD_INPUT,
    Command,
    Commands,
    answer,
    as_json,
    indent,
    load_command_words,
    make_plain,
    read_bytes,
    read_help,
)
from workbook.errors import ExportError, LinksUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from workbook.imports.links import ListedLink
    from workbook.measurement.links import Judgement, LinkProblem, Tags
    from workbook.measurement.register import Register
    from workbook.plan import Plan

WRONG = 1
MOST_SHOWN = 20
_NO_RULE = "unassigned"
_WORDS = load_command_words("links")
_REASONS: dict[str, str] = _WORDS["reasons"]
_BUILD, _CHECK, _QR = _WORDS["build"], _WORDS["check"], _WORDS["qr"]

command = Commands("links", help=_WORDS["help"])


# -- build -------------------------------------------------------------------------------------


@command.command("build", cls=Command, **read_help(_BUILD))
@click.argument("plan", type=FILE)
@click.option("--page", "pages", metavar="URL", multiple=True, help=_BUILD["option"]["page"])
@click.option("--campaign", metavar="NAME", default="", help=_BUILD["option"]["campaign"])
@click.option("--platform", "platforms", multiple=True, help=_BUILD["option"]["platform"])
@click.option("--paid", is_flag=True, help=_BUILD["option"]["paid"])
@click.option("--out", type=FILE, required=True, help=_BUILD["option"]["out"])
@as_json
def build(
    plan: Path,
    pages: Sequence[str],
    campaign: str,
    platforms: Sequence[str],
    out: Path,
    *,
    paid: bool,
    as_json: bool,
) -> None:
    """Write the register of tagged links."""
    from workbook.calling import read_plan, read_settings, write_file  # noqa: PLC0415 - light
    from workbook.exports.register import WRITERS  # noqa: PLC0415 - keeps --help light
    from workbook.measurement.links import LinkProblem  # noqa: PLC0415 - same reason
    from workbook.measurement.register import build_register  # noqa: PLC0415 - same reason

    write = WRITERS.get(out.suffix.lower())
    if write is None:
        known = SHARED["joined"].join(WRITERS)
        reason = SHARED["reasons"]["suffix"].format(given=out.name, known=known)
        raise ExportError(reason=reason, kind="suffix")
    business, language = read_plan(plan).plan, read_settings().language
    register = build_register(
        _find_pages(business, pages),
        _find_platforms(business, platforms),
        campaign,
        with_paid=paid,
        language=language,
    )
    if isinstance(register, LinkProblem):
        raise LinksUnreadable(reason=register.text.rstrip("."))
    write_file(out, write(register))
    answer(_list_register(plan, out, register), _tell_register(out, register), as_json=as_json)


def _find_pages(plan: Plan, pages: Sequence[str]) -> Sequence[str]:
    from workbook.measurement.placements import find_page  # noqa: PLC0415 - same reason

    found = pages or tuple(filter(None, [find_page(plan)]))
    if not found:
        raise _refuse("no_page")
    return found


def _find_platforms(plan: Plan, named: Sequence[str]) -> Sequence[str]:
    from workbook.measurement.placements import chosen_platforms  # noqa: PLC0415 - same reason
    from workbook.platforms import load_platforms  # noqa: PLC0415 - same reason

    unknown = [name for name in named if name not in load_platforms()]
    if unknown:
        known = SHARED["joined"].join(load_platforms())
        raise _refuse("platform", given=unknown[0], known=known)
    found = named or chosen_platforms(plan)
    if not found:
        raise _refuse("no_platform")
    return found


def _list_register(plan: Path, out: Path, register: Register) -> dict[str, Any]:
    rows = [
        {
            "place": row.link.platform,
            "placement": row.link.placement,
            "url": row.link.url,
            **row.link.tags._asdict(),
            "channel": row.link.prediction.channel,
            "rule": row.link.prediction.rule,
            "because": row.link.prediction.because,
            "notes": _list_problems(row.link.notes),
        }
        for row in register.rows
    ]
    return {"plan": str(plan), "file": str(out), "rows": rows}


def _tell_register(out: Path, register: Register) -> str:
    said = _BUILD["said"]
    written = _count(said, "written", len(register.rows)).format(file=out)
    channels = (row.link.prediction.channel for row in register.rows)
    changed = (note.text for row in register.rows for note in row.link.notes)
    nowhere = (row.note for row in register.rows if row.link.prediction.rule == _NO_RULE)
    notes = [note for note in dict.fromkeys((*changed, *nowhere)) if note]
    return "\n".join([written, _tell_channels(said, channels), *map(indent, notes)])


# -- check -------------------------------------------------------------------------------------


@command.command("check", cls=Command, **read_help(_CHECK))
@click.argument("file", type=FILE, required=False)
@click.option("--url", "urls", multiple=True, help=_CHECK["option"]["url"])
@click.option("--placed-on", metavar="URL", default="", help=_CHECK["option"]["placed_on"])
@as_json
def check(file: Path | None, urls: Sequence[str], placed_on: str, *, as_json: bool) -> int:
    """Tell the channel and the problems of links."""
    from workbook.calling import read_settings  # noqa: PLC0415 - keeps --help light
    from workbook.imports.links import ListedLink  # noqa: PLC0415 - same reason
    from workbook.measurement.links import judge_link  # noqa: PLC0415 - same reason

    language = read_settings().language
    links = [ListedLink(number, url) for number, url in enumerate(urls, 1)]
    problems: tuple[str, ...] = ()
    if file is not None:
        listed, problems = _read_file(file, language)
        links = [*links, *listed]
    if not links:
        raise _refuse("nothing")
    judged = [
        (each, judge_link(each.link, placed_on=each.placed_on or placed_on, language=language))
        for each in links
    ]
    wrong = sum(bool(judgement.problems) for _, judgement in judged)
    if as_json:
        _print_rows(judged, str(file or ""), wrong, problems)
    else:
        answer({}, "\n\n".join([*_tell_checked(judged, wrong), *problems]), as_json=False)
    return WRONG if wrong else 0


def _read_file(path: Path, language: str) -> tuple[Sequence[ListedLink], tuple[str, ...]]:
    """The links in a file, and what is wrong with the file; raises LinksUnreadable without any."""
    from workbook.imports.containers import LARGEST_FILE  # noqa: PLC0415 - keeps --help light
    from workbook.imports.links import read_links  # noqa: PLC0415 - same reason
    from workbook.imports.statements import explain_visits  # noqa: PLC0415 - same reason

    name = _WORDS["names"]["stdin"] if str(path) == STANDARD_INPUT else path.name or str(path)
    raw = read_bytes(path, LARGEST_FILE, lambda kind: _refuse(kind, name=name))
    read = read_links(raw, name)
    problems = tuple(dict.fromkeys(explain_visits(each, language) for each in read.problems))
    if not read.links:
        raise LinksUnreadable(reason=problems[0].rstrip("."))
    return read.links, problems


def _print_rows(
    judged: Sequence[tuple[ListedLink, Judgement]], file: str, wrong: int, problems: Sequence[str]
) -> None:
    """One JSON document with a row in a line: a long list is written as fast as it is judged."""
    head = {"file": file, "links": len(judged), "wrong": wrong, "problems": list(problems)}
    rows = ",\n".join(f"    {json.dumps(_list_row(*each))}" for each in judged)
    start = json.dumps(head, indent=2).rstrip("\n}")
    click.echo(f'{start},\n  "rows": [\n{rows}\n  ]\n}}')
    sys.stdout.flush()


def _list_row(listed: ListedLink, judgement: Judgement) -> dict[str, Any]:
    found = judgement.prediction
    address = {"url": judgement.address} if judgement.address else {}
    return {
        "row": listed.row,
        **address,
        "source": judgement.tags.source,
        "medium": judgement.tags.medium,
        "campaign": judgement.tags.campaign,
        "channel": found.channel if found else None,
        "rule": found.rule if found else None,
        "because": found.because if found else None,
        "by_origin": bool(found and found.is_open),
        "problems": _list_problems(judgement.problems),
    }


def _tell_checked(judged: Sequence[tuple[ListedLink, Judgement]], wrong: int) -> Iterator[str]:
    said = _CHECK["said"]
    counts = _count(said, "wrong", wrong) if wrong else said["right"]
    channels = [judgement.prediction.channel for _, judgement in judged if judgement.prediction]
    head = _count(said, "head", len(judged)).format(counts=counts)
    yield f"{head}\n{_tell_channels(said, channels)}" if channels else head
    shown = [each for each in judged if each[1].problems or len(judged) == 1]
    for listed, judgement in shown[:MOST_SHOWN]:
        yield "\n".join(_tell_link(listed, judgement, is_single=len(judged) == 1))
    if len(shown) > MOST_SHOWN:
        yield _count(said, "more", len(shown) - MOST_SHOWN)


def _tell_link(listed: ListedLink, judgement: Judgement, *, is_single: bool) -> Iterator[str]:
    from workbook.measurement.channels import shorten  # noqa: PLC0415 - keeps --help light

    said, found = _CHECK["said"], judgement.prediction
    address = "".join(judgement.address.split())
    link = shorten(address) if address else _name_tags(judgement.tags)
    yield make_plain(said["address" if is_single else "row"].format(row=listed.row, link=link))
    if found is None:
        yield indent(said["nowhere"])
    else:
        values = {"channel": found.channel, "rule": found.rule, "because": found.because}
        yield indent(said["counts_open" if found.is_open else "counts_under"].format(**values))
    for problem in judgement.problems:
        values = {"id": problem.id, "text": problem.text, "mend": problem.mend}
        yield indent(said["problem"].format(**values))


def _name_tags(tags: Tags) -> str:
    """Source, medium and campaign in one line."""
    from workbook.measurement.channels import shorten  # noqa: PLC0415 - keeps --help light

    said = _CHECK["said"]
    shown = {name: shorten(value) or said["none"] for name, value in tags._asdict().items()}
    return str(said["tags"].format(**shown))


# -- qr ----------------------------------------------------------------------------------------


@command.command("qr", cls=Command, **read_help(_QR))
@click.argument("url")
@click.argument("out", type=FILE)
@as_json
def qr(url: str, out: Path, *, as_json: bool) -> None:
    """Draw the QR code of an address."""
    from workbook.calling import read_settings, write_file  # noqa: PLC0415 - keeps --help light
    from workbook.measurement.links import LinkProblem, judge_link  # noqa: PLC0415 - same reason
    from workbook.measurement.qr import SUFFIX, draw_qr  # noqa: PLC0415 - same reason

    if out.suffix.lower() != SUFFIX:
        reason = SHARED["reasons"]["suffix"].format(given=out.name, known=SUFFIX)
        raise ExportError(reason=reason, kind="suffix")
    language = read_settings().language
    drawn = draw_qr(url, language)
    if isinstance(drawn, LinkProblem):
        raise LinksUnreadable(reason=drawn.text.rstrip("."))
    write_file(out, drawn)
    problems = judge_link(url, language=language).problems
    document = {"url": url, "file": str(out), "problems": _list_problems(problems)}
    told = [_QR["said"]["written"].format(file=out, address=url)]
    for problem in problems:
        untagged = problem.id == "untagged"
        told.append(indent(_QR["said"]["untagged"] if untagged else problem.text))
    answer(document, "\n".join(told), as_json=as_json)


# -- what all of them share --------------------------------------------------------------------


def _refuse(reason: str, **values: object) -> LinksUnreadable:
    return LinksUnreadable(reason=_REASONS[reason].format(**values))


def _count(said: dict[str, str], key: str, count: int) -> str:
    """A sentence with a number in it; the other slots are left open."""
    form = said[f"{key}_one" if count == 1 else key]
    return form.replace("{count}", str(count))


def _list_problems(problems: Sequence[LinkProblem]) -> list[dict[str, str]]:
    return [{"id": each.id, "text": each.text, "mend": each.mend} for each in problems]


def _tell_channels(said: dict[str, str], channels: Iterable[str]) -> str:
    """How many links count under each channel, most first."""
    counted = Counter(channels).most_common()
    named = [said["channel"].format(channel=name, count=number) for name, number in counted]
    return indent(said["channels"].format(channels=SHARED["joined"].join(named)))
