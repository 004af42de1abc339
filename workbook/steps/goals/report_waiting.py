"""The plan without social media for now: what is done instead, and when it is looked at again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.checks import Todo
from workbook.content import find_question
from workbook.exports.documents import Material, Statement, cut, lay_out_rows
from workbook.exports.report import (
    Bullets,
    Callout,
    Heading,
    KeyValues,
    Paragraph,
    split_paragraphs,
)
from workbook.steps.goals.report_places import know

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


STEP = "goals"
BACK = ("back-on-track",)
NEEDLESS = (
    *("goals.aim", "goals.objectives", "goals.whys", "goals.goals"),
    *("start.hours_per_week", "start.who", "start.accounts", "diagnosis"),
)
"""What nobody has to answer while there is no social media."""
SOON = timedelta(days=7)
A_BOX = 600
LONG_INSTEAD = 240


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
    instead = know(material, "goals.instead")
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
    paths = {"hours": "start.hours_per_week", "until": "goals.instead_until"}
    known = {name: know(material, path) for name, path in paths.items()}
    said = {"who": write_who(material, {"waiting": waiting}), **known}
    pairs = [(waiting[name], text) for name, text in said.items() if text]
    if pairs:
        yield Statement(KeyValues.of(*pairs), BACK if said["until"] else (), STEP)


def write_who(material: Material, words: Mapping[str, Any]) -> str:
    """Who sees to what is done instead, or that this is open."""
    return know(material, "goals.instead_who") or str(words["waiting"]["who_open"])


def date_waiting(material: Material, words: Mapping[str, Any]) -> Iterator[Todo]:
    """What is done instead, the tally that tells whether it works, and the day to look again."""
    dated, soon = words["dated"], material.today + SOON
    if instead := know(material, "goals.instead"):
        why = dated["instead_why"].format(who=write_who(material, words))
        text = dated["instead"].format(instead=cut(instead, LONG_INSTEAD))
        yield Todo(text=text, due=soon, path="goals.instead", why=why)
    tally = words["waiting"]["tell_items"][0]
    yield Todo(text=tally, due=soon, path="goals.instead", why=words["waiting"]["tell"])
    if until := material.plan.goals.instead_until:
        why = words["waiting"]["title"]
        yield Todo(text=dated["again"], due=until, path="goals.instead_until", why=why)


def list_accounts(material: Material, words: Mapping[str, Any]) -> list[str]:
    """Each account with what to do about it meanwhile, in one line."""
    form = words["places"]["account"]
    return [form.format(place=name, do=do) for name, do in _treat_accounts(material, words)]


def _write_accounts(material: Material, waiting: Mapping[str, Any]) -> Iterator[Statement]:
    yield Statement(Heading(2, waiting["accounts"]), step=STEP)
    rows = _treat_accounts(material, {"waiting": waiting})
    if not rows:
        yield Statement(Paragraph.of(waiting["no_accounts"]), step=STEP)
        return
    for block in lay_out_rows(
        material, waiting["columns"], rows, waiting["table"], widths=(1.0, 2.0)
    ):
        yield Statement(block, ("A8",), STEP)


def _treat_accounts(material: Material, words: Mapping[str, Any]) -> list[tuple[str, str]]:
    waiting, rows = words["waiting"], []
    for account in material.plan.start.accounts:
        place = material.answer(f"start.accounts.{account.id}.platform")
        named = f"{place} {account.handle or ''}".strip() or waiting["nameless"]
        rows.append((named, waiting[_choose(waiting, account.last_posted, account.access)]))
    return rows


def _choose(waiting: Mapping[str, Any], silence: str | None, access: tuple[str, ...]) -> str:
    """What an account needs meanwhile, by who can get in and how long it has been silent."""
    if access and set(access) <= set(waiting["lost_answers"]):
        return "lost"
    return "silent" if silence in waiting["silent_answers"] else "alive"
