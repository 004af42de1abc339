"""Tell what a translation of the workbook lacks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.commands._command import (
    SHARED,
    Command,
    answer,
    as_json,
    indent,
    load_command_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.translating.gaps import Gap

LACKING = 1
_WORDS = load_command_words("translations")
_SAID: Mapping[str, str] = _WORDS["said"]
_LONGEST = 60


@click.command(cls=Command, help=_WORDS["help"])
@click.argument("language", required=False)
@click.option("--note", multiple=True, metavar="FILE", help=_WORDS["option"]["note"])
@as_json
def command(language: str | None, *, note: tuple[str, ...], as_json: bool) -> int:
    """Tell what a translation lacks, or note that files of it are up to date."""
    from workbook.translating.gaps import find_gaps  # noqa: PLC0415 - keeps --help light

    chosen = _choose(language)
    if note:
        for each in chosen:
            _note(each, note)
    found = {each: find_gaps(each) for each in chosen}
    document = {each: [_describe(gap) for gap in gaps] for each, gaps in found.items()}
    told = "\n".join(line for each, gaps in found.items() for line in _tell(each, gaps))
    answer({"lacking": document}, told, as_json=as_json)
    return LACKING if any(found.values()) else 0


def _choose(language: str | None) -> tuple[str, ...]:
    from workbook.content import BASE_LANGUAGE  # noqa: PLC0415 - same reason
    from workbook.translating import find_languages  # noqa: PLC0415 - same reason

    known = tuple(each for each in find_languages() if each != BASE_LANGUAGE)
    if language is None:
        return known
    if language not in known:
        listed = SHARED["joined"].join(known)
        raise click.UsageError(_WORDS["reasons"]["language"].format(given=language, known=listed))
    return (language,)


def _note(language: str, names: tuple[str, ...]) -> None:
    """Write down that the translation of some files was made from the English of today."""
    from workbook.calling import write_file  # noqa: PLC0415 - same reason
    from workbook.discovery import root  # noqa: PLC0415 - same reason
    from workbook.translating.gaps import note_origins  # noqa: PLC0415 - same reason
    from workbook.translating.origins import (  # noqa: PLC0415 - same reason
        place_origins,
        read_origins,
        write_origins,
    )

    chosen = tuple("" if name == "all" else name for name in names)
    noted = note_origins(language, chosen)
    write_file(Path(str(root())) / place_origins(language), write_origins(noted).encode())
    read_origins.cache_clear()


def _describe(gap: Gap) -> dict[str, Any]:
    return {
        "kind": gap.kind,
        "file": gap.file,
        "key": gap.key,
        "text": gap.text,
        "fault": gap.fault,
    }


def _tell(language: str, gaps: Sequence[Gap]) -> Iterator[str]:
    from workbook.translating import name_language  # noqa: PLC0415 - same reason

    name = name_language(language)
    if not gaps:
        yield _SAID["whole"].format(name=name)
        return
    counts = Counter(gap.kind for gap in gaps)
    parts = [_WORDS["count"][kind].format(count=count) for kind, count in counts.items()]
    yield _SAID["lacking"].format(name=name, counts=SHARED["joined"].join(parts))
    file = ""
    for gap in gaps:
        if gap.file != file:
            file = gap.file
            yield f"\n{file}"
        kind = _WORDS["fault"].get(gap.fault) or _WORDS["kind"][gap.kind]
        text = " ".join(gap.text.split())
        short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]} …"
        yield indent(_SAID["gap"].format(kind=kind, key=gap.key, text=short))
