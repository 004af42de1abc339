"""Read exports of visits: how many come from social media, and how far they come."""  # noqa: N999 - as typed

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    FILE,
    STANDARD_INPUT,
    Command,
    ProgressLine,
    answer,
    as_json,
    load_command_words,
    read_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from workbook.commands._visits import Given
    from workbook.errors import WorkbookError
    from workbook.imports.reading import Asked

OPEN, UNUSABLE = 1, 2
_WORDS: dict[str, Any] = load_command_words("import")
_USAGE: dict[str, str] = _WORDS["usage"]


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--services", multiple=True, metavar="PATH", help=_WORDS["option"]["services"])
@click.option("--contact", multiple=True, metavar="PATH", help=_WORDS["option"]["contact"])
@click.option("--used", multiple=True, metavar="PATH|EVENT", help=_WORDS["option"]["used"])
@click.option("--day-first/--month-first", default=None, help=_WORDS["option"]["day_first"])
@click.option("--zone", metavar="CITY", help=_WORDS["option"]["zone"])
@click.option("--choose", multiple=True, metavar="NAME=CHOICE", help=_WORDS["option"]["choose"])
@click.option("--column", multiple=True, metavar="HEADER=ROLE", help=_WORDS["option"]["column"])
@as_json
def command(
    files: Sequence[Path],
    *,
    services: Sequence[str],
    contact: Sequence[str],
    used: Sequence[str],
    day_first: bool | None,
    zone: str | None,
    choose: Sequence[str],
    column: Sequence[str],
    as_json: bool,
) -> int:
    """Read files of visits."""
    from workbook.calling import read_settings, read_today  # noqa: PLC0415 - keeps --help light
    from workbook.commands._visits import list_outcome, tell_outcome  # noqa: PLC0415 - same reason
    from workbook.imports.containers import LARGEST_BY_COMMAND  # noqa: PLC0415 - same reason
    from workbook.imports.outcome import draw_outcome  # noqa: PLC0415 - same reason
    from workbook.imports.reading import Asked  # noqa: PLC0415 - same reason
    from workbook.imports.visits import Questions  # noqa: PLC0415 - same reason
    from workbook.measurement.targets import Targets  # noqa: PLC0415 - same reason

    _check_zone(zone)
    targets = Targets(tuple(services), tuple(contact), tuple(used))
    questions = Questions(
        day_first=day_first,
        choices=_read_pairs(choose, "--choose"),
        columns=_read_roles(column),
    )
    language, today = read_settings().language, read_today()
    asked = Asked(targets, today, questions, zone, largest_whole=LARGEST_BY_COMMAND)
    given = [_read(path, asked) for path in files]
    outcome = draw_outcome([each.read for each in given if each.read], targets, language)
    document = list_outcome(given, outcome, targets, language)
    answer(document, tell_outcome(given, outcome, language), as_json=as_json)
    return _choose_code(given)


def _choose_code(given: Sequence[Given]) -> int:
    if any(each.is_open for each in given):
        return OPEN
    return 0 if any(each.is_used for each in given) else UNUSABLE


# -- what was asked for ------------------------------------------------------------------------


def _check_zone(zone: str | None) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - seldom needed

    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.UsageError(_USAGE["zone"].format(given=zone)) from None


def _read_pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    """Answers by what they answer."""
    pairs = {}
    for text in texts:
        name, _, value = (part.strip() for part in text.rpartition("="))
        if not (name and value):
            raise click.UsageError(_USAGE["pair"].format(given=text, option=option))
        pairs[name] = value
    return pairs


def _read_roles(texts: Sequence[str]) -> dict[str, str]:
    if not texts:
        return {}
    from workbook.imports.mapped import MAPPABLE  # noqa: PLC0415 - seldom needed

    roles = _read_pairs(texts, "--column")
    for role in roles.values():
        if role not in MAPPABLE:
            known = ", ".join(MAPPABLE)
            raise click.UsageError(_USAGE["role"].format(given=role, known=known))
    return roles


# -- files -------------------------------------------------------------------------------------


def _read(path: Path, asked: Asked) -> Given:
    """A file as a log or as a report, whichever its first bytes show."""
    from workbook.commands._visits import Given, Unopened  # noqa: PLC0415 - keeps --help light
    from workbook.imports.containers import LARGEST_BY_COMMAND  # noqa: PLC0415 - same reason
    from workbook.imports.reading import read_file  # noqa: PLC0415 - same reason

    is_input = str(path) == STANDARD_INPUT
    name = _WORDS["said"]["stdin"] if is_input else path.name or str(path)

    def refuse(kind: str) -> Unopened:
        return Unopened(kind=kind)

    watch = _Progress(name)
    try:
        source = read_bytes(path, LARGEST_BY_COMMAND, refuse) if is_input else _find(path, refuse)
        return Given(name, read_file(source, name, asked, watch), "")
    except Unopened as error:
        return Given(name, None, _WORDS["reasons"][error.values["kind"]].format(name=name))
    finally:
        watch.clear()


class _Progress(ProgressLine):
    """Writes how much of a long file is done where somebody watches; Ctrl+C ends the reading."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __call__(self, done: float) -> bool:
        """How much is done, 0 to 1; the reading always goes on."""
        self.write(_WORDS["said"]["progress"].format(name=self._name, percent=f"{done:.0%}"))
        return True


def _find(path: Path, refuse: Callable[[str], WorkbookError]) -> Path:
    """A path that can be read from."""
    read_bytes(path, 0, refuse)
    return path
