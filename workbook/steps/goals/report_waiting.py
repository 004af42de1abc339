"""The plan without social media for now: what is done instead, and when it is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import find_question
from workbook.exports.documents import Material, Statement, lay_out_rows
from workbook.exports.report import (
    Bullets,
    Callout,
    Heading,
    KeyValues,
    Paragraph,
    split_paragraphs,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


STEP = "goals"
BACK = ("back-on-track",)
A_BOX = 600


def write_waiting(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """A complete plan of its own: what instead, who, until when, and what becomes of accounts."""
    waiting = words["waiting"]
    seeds = find_question("goals.instead", material.language).seeds
    yield Statement(Paragraph.of(waiting["lead"]), seeds, STEP)
    yield from _write_instead(material, waiting, seeds)
    yield from _write_terms(material, waiting)
    yield from _write_accounts(material, waiting)
    yield Statement(Heading(2, waiting["tell"]), step=STEP)
    yield Statement(Bullets.of(*waiting["tell_items"]), ("A6",), STEP)
    yield Statement(Heading(2, waiting["back"]), step=STEP)
    yield Statement(Bullets.of(*waiting["back_items"]), BACK, STEP)


def _write_instead(
    material: Material, waiting: Mapping[str, Any], seeds: tuple[str, ...]
) -> Iterator[Statement]:
    instead = _read_known(material, "goals.instead")
    if not instead:
        yield Statement(Callout("open", waiting["instead_open"]), step=STEP)
        return
    paragraphs = split_paragraphs(instead)
    if len(instead) <= A_BOX:
        yield Statement(Callout("decision", waiting["instead"], paragraphs), seeds, STEP)
        return
    yield Statement(Heading(2, waiting["instead"]), seeds, STEP)
    yield from (Statement(paragraph, seeds, STEP) for paragraph in paragraphs)


def _write_terms(material: Material, waiting: Mapping[str, Any]) -> Iterator[Statement]:
    paths = {
        "who": "goals.instead_who",
        "hours": "start.hours_per_week",
        "until": "goals.instead_until",
    }
    said = {name: _read_known(material, path) for name, path in paths.items()}
    pairs = [(waiting[name], text) for name, text in said.items() if text]
    if pairs:
        yield Statement(KeyValues.of(*pairs), BACK if said["until"] else (), STEP)


def _read_known(material: Material, path: str) -> str:
    answer = material.answer(path)
    return "" if answer == find_question(path, material.language).unknown else answer


def _write_accounts(material: Material, waiting: Mapping[str, Any]) -> Iterator[Statement]:
    yield Statement(Heading(2, waiting["accounts"]), step=STEP)
    rows = []
    for account in material.plan.start.accounts:
        start = f"start.accounts.{account.id}"
        named = f"{material.answer(f'{start}.platform')} {account.handle or ''}".strip()
        rows.append((named, waiting[_choose(waiting, account.last_posted, account.access)]))
    if not rows:
        yield Statement(Paragraph.of(waiting["no_accounts"]), step=STEP)
        return
    for block in lay_out_rows(
        material, waiting["columns"], rows, waiting["table"], widths=(1.0, 2.0)
    ):
        yield Statement(block, ("A8",), STEP)


def _choose(waiting: Mapping[str, Any], silence: str | None, access: tuple[str, ...]) -> str:
    """What an account needs meanwhile, by who can get in and how long it has been silent."""
    if access and set(access) <= set(waiting["lost_answers"]):
        return "lost"
    return "silent" if silence in waiting["silent_answers"] else "alive"
