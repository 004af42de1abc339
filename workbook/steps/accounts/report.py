"""What the register says in documents: how accounts stand, on whom they hang; no way in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from workbook.content import default_of, load_words
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    cut,
    in_full,
    lay_out_rows,
    load_report_words,
)
from workbook.exports.report import Bullets, Heading, Paragraph, runs
from workbook.steps.accounts.listing import (
    WORDS,
    RegisterRow,
    list_rows,
    name_action,
    name_standing,
)
from workbook.steps.accounts.standing import STEP, Standing, is_at_risk, list_key_people
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SEEDS: Final = ("A8",)
OWNED: Final = ("A7", "A8")
_SOURCES: Final = ("A1", "A5", "F17")
_WIDTHS: Final = (1.8, 0.9, 1.3, 1.3, 1.4)
_LONGEST: Final = 80
"""Letters of one cell: a row is to stay on a line or two."""


def contribute(material: Material) -> Contribution:
    """The register in brief; nothing while none of it is written down."""
    words = load_report_words(STEP, material.language)
    said = bool(material.plan.accounts.inventory and material.plan.start.accounts)
    rows = list_rows(material.plan, material.today, material.language) if said else ()
    listed = tuple(row for row in rows if row.is_listed)
    return Contribution(
        step=STEP,
        title=str(words["title"]),
        order=int(words["order"]),
        body=tuple(_write(material, words["text"], rows)) if listed else (),
        points=tuple(_point(material, words["point"], rows)) if listed else (),
        decisions=tuple(_decide(words["decided"], rows)) if listed else (),
        sources=_SOURCES if listed else (),
    )


def _write(
    material: Material, text: Mapping[str, Any], rows: Sequence[RegisterRow]
) -> Iterator[Statement]:
    lines = [tell_sums(material, text, rows), *tell_risk(material, text, rows)]
    lines += tell_people(material, rows)
    yield Statement(Bullets.of(*lines), OWNED, STEP)
    limits = {"quiet": "start.quiet_days", "dormant": "start.dormant_days"}
    limits["abandoned"] = f"{STEP}.abandoned_days"
    days = {
        name: write_number(default_of(material.plan, key), material.language)
        for name, key in limits.items()
    }
    told = (
        Paragraph.of(text["meaning"].format(**days)),
        Paragraph.of(text["passwords"]),
        Heading(2, text["register"]),
        Paragraph.of(text["kept_apart"]),
    )
    yield from in_full(Statement(block, SEEDS, STEP) for block in told)
    yield from in_full(_write_table(material, text, rows))


def tell_sums(material: Material, text: Mapping[str, Any], rows: Sequence[RegisterRow]) -> str:
    """How many accounts there are, and how they stand."""
    standings = load_words(WORDS, material.language)["standing"]
    counts = Counter(row.standing for row in rows)
    parts = ", ".join(
        text["part"].format(count=counts[each], standing=standings[each.value].lower())
        for each in Standing
        if counts[each]
    )
    form = text["sums_one" if len(rows) == 1 else "sums"]
    return str(form.format(count=len(rows), parts=parts))


def tell_risk(
    material: Material, text: Mapping[str, Any], rows: Sequence[RegisterRow]
) -> Iterator[str]:
    """Which accounts are easily lost or misused, if any are."""
    high = default_of(material.plan, f"{STEP}.risk_high")
    grave = write_number(default_of(material.plan, f"{STEP}.risk_grave"), material.language)
    found = (row for row in rows if is_at_risk(material.plan, row.risk))
    risky = sorted(found, key=lambda row: -row.risk.points)
    if risky:
        names = _join([row.name for row in risky], int(text["listed"]), material.language)
        form = text["risk_one" if len(risky) == 1 else "risk_many"]
        yield form.format(
            count=len(risky),
            high=write_number(high, material.language),
            grave=grave,
            accounts=names,
        )


def tell_people(material: Material, rows: Sequence[RegisterRow]) -> Iterator[str]:
    """Those on whom most accounts hang alone."""
    words = load_words(WORDS, material.language)["people"]
    names = {row.account.id: row.name for row in rows}
    for person in list_key_people(material.plan)[:2]:
        held = [names[account] for account in person.accounts]
        accounts = _join(held, 3, material.language)
        form = words["one" if len(held) == 1 else "many"]
        yield form.format(name=person.name, count=len(held), all=len(rows), accounts=accounts)


def _join(names: Sequence[str], most: int, language: str) -> str:
    more = load_words(WORDS, language)["people"]["more"].format(count=len(names) - most)
    return ", ".join(names[:most]) + (f" {more}" if len(names) > most else "")


def _write_table(
    material: Material, text: Mapping[str, Any], rows: Sequence[RegisterRow]
) -> Iterator[Statement]:
    most = int(default_of(material.plan, f"{STEP}.register_rows"))
    cells = [_write_row(material, text, row) for row in rows[:most]]
    if cells:
        columns, caption = text["columns"], text["caption"]
        for block in lay_out_rows(material, columns, cells, caption, widths=_WIDTHS):
            yield Statement(block, SEEDS, STEP)
    if len(rows) > most:
        more = text["more"].format(count=len(rows) - most)
        yield Statement(Paragraph.of(more), SEEDS, STEP)


def _write_row(material: Material, text: Mapping[str, Any], row: RegisterRow) -> list[str]:
    language = material.language
    people = (row.holding.owner, row.holding.second)
    named = [text["none"] if name == UNKNOWN else name or "" for name in people]
    cells = [row.name, name_standing(row, language), *named, name_action(row, language)]
    return [cut(str(cell), _LONGEST) for cell in cells]


# -- in brief ----------------------------------------------------------------------------------


def _count_held(rows: Sequence[RegisterRow]) -> int:
    """The accounts that two people are named for."""
    pairs = ((row.holding.owner, row.holding.second) for row in rows)
    return sum(all(name not in (None, UNKNOWN) for name in pair) for pair in pairs)


def _point(
    material: Material, words: Mapping[str, Any], rows: Sequence[RegisterRow]
) -> Iterator[Point]:
    held, count = _count_held(rows), len(rows)
    text = str(words["held"]).format(held=held, count=count)
    people = list_key_people(material.plan)
    if people:
        keys = len(people[0].accounts)
        text = f"{text} {words['key'].format(name=people[0].name, keys=keys, count=count)}"
    yield Point(str(words["term"]), runs(text), int(words["order"]), OWNED, STEP, "brief")


def _decide(words: Mapping[str, Any], rows: Sequence[RegisterRow]) -> Iterator[Decided]:
    """That two people can get in, once it is so everywhere; until then findings say where not."""
    held = _count_held(rows)
    if rows and held == len(rows):
        because = str(words["because"]).format(held=held, count=len(rows))
        yield Decided(str(words["what"]), because, SEEDS, STEP)
