"""The register of accounts: one row for each, what is to be done with it, who holds the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import load_words
from workbook.exports.documents._answers import cut
from workbook.exports.documents._contribution import Statement, load_report_words
from workbook.exports.documents._parts import make_columns, say_empty, withhold
from workbook.exports.report import Bullets, Heading, Numbered, Paragraph, Table, strong
from workbook.steps.accounts.listing import list_rows, name_action, name_standing
from workbook.steps.accounts.report import tell_people, tell_risk, tell_sums
from workbook.steps.platform_fit.answers import Action
from workbook.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.exports.documents._material import Material
    from workbook.exports.report import Cell
    from workbook.steps.accounts.listing import RegisterRow

NAME = "account_register"
HEEDS = ("open_findings",)
FORMATS = ("docx", "pdf", "html", "markdown", "xlsx", "csv")
FOR_READERS = False
"""Where passwords are kept, and who can get in, is nothing a link for reading shows."""
STEP = "accounts"
SEEDS = ("A8",)
KEYS = ("A7", "A8")
_FATES = "steps/platform_fit/fates.toml"
_WIDTHS = (1.5, 1.2, 1.05, 1.05, 1.2, 1.35, 1.05, 0.85)
_LONGEST = 160
_SHORT = 60
_MOST_PEOPLE = 20
_MOST_NAMED = 12


def write(material: Material) -> Iterator[Statement]:
    """The register, what is to be done, and who holds the keys, with the reasons each meets."""
    words = material.wording[NAME]
    rows = list_rows(material.plan, material.today, material.language)
    yield from say_empty(material)
    yield Statement(Paragraph.of(words["lead"]), SEEDS, STEP)
    if rows:
        yield Statement(Bullets.of(*_sum_up(material, rows, words)), KEYS, STEP)
    yield Statement(Heading(1, words["register"], "register"), SEEDS, STEP)
    yield Statement(_make_table(material, rows, words), SEEDS, STEP)
    yield from _write_todos(material, rows, words)
    yield from _write_keys(rows, words)


def _sum_up(
    material: Material, rows: Sequence[RegisterRow], words: Mapping[str, Any]
) -> Iterator[str]:
    text = load_report_words(STEP, material.language)["text"]
    yield tell_sums(material, text, rows)
    yield from tell_risk(material, text, rows)
    yield from (withhold(line, words["withheld"]) for line in tell_people(material, rows))
    unlisted = sum(not row.is_listed for row in rows)
    if unlisted:
        yield words["unlisted_one" if unlisted == 1 else "unlisted"].format(count=unlisted)


# -- the table -----------------------------------------------------------------------------------


def _make_table(material: Material, rows: Sequence[RegisterRow], words: Mapping[str, Any]) -> Table:
    columns = make_columns(words["columns"], _WIDTHS, {7: "date"})
    cells = tuple(_write_row(material, row, words) for row in rows)
    return Table(columns, cells, words["caption"], empty=words["none"])


def _write_row(material: Material, row: RegisterRow, words: Mapping[str, Any]) -> tuple[Cell, ...]:
    holding, fate, hidden = row.holding, row.fate, words["withheld"]

    def say(value: str | None, *, is_place: bool = False) -> str:
        if value == UNKNOWN:
            return str(words["nobody_knows" if is_place else "nobody"])
        return withhold(cut(value or "", _LONGEST), hidden, is_place=is_place)

    return (
        _name(row, words),
        name_standing(row, material.language),
        say(holding.owner),
        say(holding.second),
        say(holding.password_place, is_place=True),
        name_action(row, material.language),
        say(fate.who if fate else ""),
        fate.due if fate else None,
    )


def _name(row: RegisterRow, words: Mapping[str, Any]) -> str:
    """What an account is called; a name in which a secret seems to stand is left out."""
    handle = cut(row.account.handle or "", _LONGEST)
    told = f"{row.place} {withhold(handle, words['withheld'])}" if handle else row.place
    return cut(told, _LONGEST)


# -- what is to be done ---------------------------------------------------------------------------


def _write_todos(
    material: Material, rows: Sequence[RegisterRow], words: Mapping[str, Any]
) -> Iterator[Statement]:
    """Step by step what each decision asks for, with the accounts it was taken for."""
    if not rows:
        return
    meant = load_words(_FATES, material.language)["actions"]
    yield Statement(Heading(1, words["todo"], "todo"), SEEDS, STEP)
    for action in Action:
        decided = [row for row in rows if row.fate and row.fate.action is action]
        named = [_name_doer(material, row, words) for row in decided]
        if not named or action.value not in meant:
            continue
        entry = meant[action.value]
        yield Statement(Heading(2, entry["title"]), SEEDS, STEP)
        yield Statement(Paragraph.of(strong(_join(named, words))), SEEDS, STEP)
        yield Statement(Numbered.of(*entry["steps"]), SEEDS, STEP)
    open_ones = [_name(row, words) for row in rows if _is_open(row)]
    if open_ones and material.switches.open_findings:
        yield Statement(Heading(2, words["undecided"]), SEEDS, STEP)
        yield Statement(Paragraph.of(strong(_join(open_ones, words))), SEEDS, STEP)
        yield Statement(Paragraph.of(words["decide"]), SEEDS, STEP)


def _name_doer(material: Material, row: RegisterRow, words: Mapping[str, Any]) -> str:
    """An account with who sees to it until when, where that is said."""
    who, due = (row.fate.who, row.fate.due) if row.fate else (None, None)
    said = [withhold(cut(who, _SHORT), words["withheld"])] if who else []
    said += [words["by"].format(day=material.day(due))] if due else []
    name = cut(_name(row, words), _SHORT)
    return words["doer"].format(name=name, said=", ".join(said)) if said else name


def _is_open(row: RegisterRow) -> bool:
    return row.fate is None or row.fate.action in (None, Action.UNKNOWN)


def _join(names: Sequence[str], words: Mapping[str, Any]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return words["more"].format(names=shown, count=more) if more > 0 else shown


# -- who holds the keys ---------------------------------------------------------------------------


def _write_keys(rows: Sequence[RegisterRow], words: Mapping[str, Any]) -> Iterator[Statement]:
    """For each person the accounts that would go with them; then those that nobody holds."""
    if not rows:
        return
    yield Statement(Heading(1, words["keys"], "keys"), KEYS, STEP)
    held: dict[str, list[str]] = {}
    for row in rows:
        for person in (row.holding.owner, row.holding.second):
            if person and person != UNKNOWN:
                held.setdefault(withhold(cut(person, _SHORT), words["withheld"]), []).append(
                    _name(row, words)
                )
    ranked = sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_MOST_PEOPLE]
    lines = [words["holds"].format(who=who, names=_join(names, words)) for who, names in ranked]
    without = [_name(row, words) for row in rows if row.holding.owner in (None, UNKNOWN)]
    if without:
        lines.append(words["holds_nobody"].format(names=_join(without, words)))
    single = [_name(row, words) for row in rows if row.holding.second in (None, UNKNOWN)]
    if single:
        lines.append(words["single"].format(names=_join(single, words)))
    yield Statement(Bullets.of(*lines), KEYS, STEP)
    yield Statement(Paragraph.of(words["leaving"]), KEYS, STEP)
