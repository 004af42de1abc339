"""What documents say of the places: the choice, what hours reach, what becomes of accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.charts.sets import draw
from workbook.checks import Case, Todo
from workbook.checks.accounts import name_place as name_in_short
from workbook.content import default_of, find_question, load_step
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
    name_term,
    write_step,
)
from workbook.exports.report import Callout, Figure, Heading, KeyValues, Paragraph, runs
from workbook.fit.fates import CLOSING, list_decided, list_named
from workbook.fit.phrases import write_hours
from workbook.fit.planned import hours_of, list_chosen
from workbook.fit.wording import list_notes, write_recommendation
from workbook.steps.platform_fit.answers import Action, PlatformFit
from workbook.steps.platform_fit.chosen import join_places, name_place
from workbook.steps.platform_fit.figures import (
    Found,
    count_shared,
    list_gains,
    list_sets,
    look_up,
    name_asked,
    write_amount,
    write_parts,
)
from workbook.values import UNKNOWN
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.fit.fates import Decided as Fated

STEP = "platform_fit"
FIT, TIME, THIN = ("A4",), ("A7",), ("A8",)
LONG_ACCOUNT = 60
LONG_REASON = 240
_HOURS_WIDTHS = (1.2, 0.9, 1.0, 0.9, 2.2)
_FATE_WIDTHS = (1.6, 1.6, 1.1, 1.3, 1.0)
_MAIN = ("hands", "makes", "first", "first_because", "exception", "exception_by")
_APART = ("apart", "unnamed", "unnamed_here")
_GOING = frozenset({*CLOSING, Action.RECOVER})


def contribute(material: Material) -> Contribution:
    """The choice with its reasons, the sets there are, hours, and the fate of each account."""
    said = write_step(material, STEP)
    words = load_report_words(STEP, material.language)
    answered = material.plan.platform_fit != PlatformFit()
    waits = material.plan.goals.decision == "not_now"
    wanted = bool(material.plan.audience.groups)
    if not answered and not wanted:
        return said
    found = look_up(material.plan, material.language)
    body = [] if waits else [*_write_choice(material, words, found), *_write_reach(words, found)]
    body += [] if waits else in_full(_write_hours(material, words, found))
    fates = [*_write_fates(material, words)]
    return replace(
        said,
        body=(*body, *fates),
        points=tuple(_write_points(material, words, found, waits=waits)),
        decisions=() if waits else tuple(_decide(material, words)),
        dated=tuple(_date(material, words)),
        told=frozenset(words["provisional"] if list_named(material.plan) and not waits else ()),
        sources=() if waits else _list_sources(found),
        main_sources=() if waits else _list_sources(found),
    )


def _list_sources(found: Found) -> tuple[str, ...]:
    efforts = [found.choice.efforts[name] for name in found.base.places]
    return tuple(dict.fromkeys(effort.source for effort in efforts if effort.source))


# -- the choice ----------------------------------------------------------------------------------


def _write_choice(
    material: Material, words: Mapping[str, Any], found: Found
) -> Iterator[Statement]:
    """What was chosen and why, the hours it takes, and how firm it is."""
    step, choice = load_step(STEP, material.language), words["choice"]
    if not list_named(material.plan):
        text = Paragraph.of(choice["open"])
        yield Statement(Callout("open", choice["open_title"], (text,)), FIT, STEP)
        return
    pairs = [
        (name_term(material, step, step.questions[name]), material.answer(f"{STEP}.{name}"))
        for name in _MAIN
    ]
    pairs.insert(4, (name_term(material, step, step.questions["further"]), _join_further(material)))
    pairs.append((choice["hours"], _tell_hours(material, choice)))
    least = write_number(default_of(material.plan, "audience.clients_least"), material.language)
    provisional = found.choice.is_provisional
    firm = choice["provisional" if provisional else "firm"].format(least=least)
    pairs.append((choice["standing"], firm if list_chosen(material.plan) else ""))
    pairs.append((choice["base"], choice["base_text"]))
    given = [(term, text) for term, text in pairs if text]
    yield Statement(KeyValues.of(*given), (*FIT, *THIN), STEP)


def _join_further(material: Material) -> str:
    """Each further place with what it brings, a line each."""
    lines = []
    for place in material.plan.platform_fit.further:
        if place.platform:
            name = name_place(place.platform, material.language)
            lines.append(f"{name}: {place.reason}" if place.reason else name)
    return "\n".join(lines)


def _tell_hours(material: Material, choice: Mapping[str, str]) -> str:
    needed = hours_of(material.plan, list_chosen(material.plan))
    hours = material.plan.start.hours_per_week
    if not needed:
        return ""
    takes = write_hours(needed, material.language)
    if hours is None or hours == UNKNOWN:
        return choice["takes_open"].format(needed=takes)
    form = choice["takes" if needed <= float(hours) else "takes_over"]
    return form.format(needed=takes, hours=write_hours(float(hours), material.language))


# -- what the hours reach ------------------------------------------------------------------------


def _write_reach(words: Mapping[str, Any], found: Found) -> Iterator[Statement]:
    """What the figures recommend, with the picture of the sets there are."""
    if not found.choice.audiences:
        return
    reach = words["reach"]
    told = write_recommendation(found.choice, found.language)
    yield Statement(Heading(2, reach["title"]), FIT, STEP)
    if found.choice.counted:
        yield Statement(Paragraph.of(reach["lead"]), FIT, STEP)
    pairs = [
        (reach["recommended"], told.what),
        (reach["because"], told.because),
        (reach["sure"], told.sure),
        (reach["change"], told.change),
    ]
    more = [
        (reach["gains"], _tell_gains(reach, found)),
        *((reach[key], _tell_apart(found, key)) for key in _APART),
    ]
    yield Statement(KeyValues.of(*((t, text) for t, text in pairs if text)), FIT, STEP)
    if any(text for _, text in more):
        said = KeyValues.of(*((t, text) for t, text in more if text))
        yield Statement(said, FIT, STEP, is_detail=True)
    rows = list_sets(found)[: int(words["most_drawn"])]
    if found.choice.counted and len(rows) > 1:
        picture = draw(rows, asked=name_asked(found.choice), language=found.language)
        yield Statement(Figure.of(picture), (*FIT, *TIME), STEP, is_detail=True)


def _tell_gains(reach: Mapping[str, Any], found: Found) -> str:
    """What the first few places more would bring, a line each."""
    if not found.choice.counted:
        return ""
    gains = list_gains(found)[: int(reach["gains_shown"])]
    form = str(reach["gain"])
    return "\n".join(
        form.format(
            place=gain.place,
            reach=write_amount(found, gain.reach, bounds=gain.is_limits),
            hours=write_hours(gain.hours, found.language),
            new=found.words["asked"][name_asked(found.choice)]["more"],
        )
        for gain in gains
    )


def _tell_apart(found: Found, key: str) -> str:
    notes = list_notes(found.choice, found.language)
    return " ".join(note.text for note in notes if note.id == key)


# -- hours ---------------------------------------------------------------------------------------


def _write_hours(material: Material, words: Mapping[str, Any], found: Found) -> list[Statement]:
    """The places chosen and those looked at, with what each takes."""
    rows = [_write_place(material, found, place) for place in _list_looked_at(found)]
    rows = [row for row in rows if row]
    if not rows:
        return []
    title = words["hours"]["title"]
    blocks = lay_out_rows(material, words["hours"]["columns"], rows, title, widths=_HOURS_WIDTHS)
    shared = words["hours"]["shared"].format(shared=count_shared(found))
    return [
        *(Statement(block, TIME, STEP) for block in blocks),
        Statement(Paragraph.of(shared), TIME, STEP),
    ]


def _list_looked_at(found: Found) -> list[str]:
    said = [place.platform for place in found.plan.platform_fit.places if place.platform]
    return list(dict.fromkeys((*list_chosen(found.plan), *said)))


def _write_place(material: Material, found: Found, place: str) -> list[str]:
    efforts = {effort.place: effort for effort in found.choice.efforts.values()}
    efforts |= {effort.place: effort for effort in found.choice.base}
    effort = efforts.get(place)
    if effort is None:
        return []
    entries = [p for p in material.plan.platform_fit.places if p.platform == place]
    path = f"{STEP}.places.{entries[-1].id}" if entries else ""
    return [
        name_place(place, material.language),
        material.answer(f"{path}.serves") if path else "",
        material.answer(f"{path}.answers") if path else "",
        write_hours(effort.hours, material.language),
        write_parts(found, effort),
    ]


# -- what becomes of accounts --------------------------------------------------------------------


def _name_account(material: Material, decided: Fated) -> str:
    account = decided.account
    place = name_place(account.platform, material.language)
    name = " ".join(part for part in (place, account.handle) if part)
    nameless = load_report_words(STEP, material.language)["fates"]["nameless"]
    return cut(name, LONG_ACCOUNT) or str(nameless)


def _write_fates(material: Material, words: Mapping[str, Any]) -> Iterator[Statement]:
    """Every account of which something is decided: what, who, and until when."""
    found = list(list_decided(material.plan))
    if not found:
        return
    fates = words["fates"]
    rows = [
        [
            _name_account(material, each),
            words["actions"].get(each.action, "") or fates["open"],
            name_place(each.fate.leads_to, material.language),
            each.fate.who or "",
            each.fate.due or "",
        ]
        for each in found
    ]
    yield Statement(Heading(2, fates["title"]), THIN, STEP)
    for block in lay_out_rows(
        material, fates["columns"], rows, fates["caption"], widths=_FATE_WIDTHS
    ):
        yield Statement(block, THIN, STEP)
    if any(each.action in CLOSING for each in found):
        yield Statement(Paragraph.of(fates["save"]), THIN, STEP)


# -- in brief, decisions, and days ---------------------------------------------------------------


def _write_points(
    material: Material, words: Mapping[str, Any], found: Found, *, waits: bool
) -> Iterator[Point]:
    """The first place with its hours, and the accounts that go."""
    points, named = words["brief"], list_named(material.plan)
    if named and not waits:
        text = _tell_named(material, points, named)
        if found.choice.is_provisional and list_chosen(material.plan):
            text = points["provisional"].format(text=text)
        seeds = find_question(f"{STEP}.first").seeds
        yield Point(points["first"], runs(text), int(points["first_order"]), seeds, STEP)
    decided = [each for each in list_decided(material.plan) if each.action in _GOING]
    going = [_tell_account(material, words, each) for each in decided]
    if going and not waits:
        order = int(points["accounts_order"])
        yield Point(points["accounts"], runs("\n".join(going)), order, THIN, STEP)


def _tell_named(material: Material, points: Mapping[str, str], named: tuple[str, ...]) -> str:
    text = name_place(named[0], material.language)
    if rest := named[1:]:
        text = points["places"].format(place=text, further=join_places(rest, material.language))
    needed = hours_of(material.plan, list_chosen(material.plan))
    form = points["with_hours"]
    return (
        form.format(places=text, hours=write_hours(needed, material.language)) if needed else text
    )


def _tell_account(material: Material, words: Mapping[str, Any], decided: Fated) -> str:
    """An account in short with what becomes of it; its day stands among the things to do."""
    case = Case(material.plan, material.today, {}, material.language)
    name = cut(name_in_short(case, decided.account), LONG_ACCOUNT)
    form = str(words["brief"]["account"])
    return form.format(account=name, action=words["actions"].get(decided.action, ""))


def _decide(material: Material, words: Mapping[str, Any]) -> Iterator[Decided]:
    decided, said = words["decided"], material.plan.platform_fit
    if said.first:
        place = name_place(said.first, material.language)
        because = cut(said.first_because or "", LONG_REASON) or decided["first_bare"]
        yield Decided(decided["first"].format(place=place), because, FIT, STEP)
    for further in said.further:
        if further.platform and further.reason:
            place = name_place(further.platform, material.language)
            because = cut(further.reason, LONG_REASON)
            yield Decided(decided["further"].format(place=place), because, THIN, STEP)
    if said.exception and said.exception_by:
        count = len(list_chosen(material.plan))
        reason = cut(said.exception, LONG_REASON)
        because = decided["exception_because"].format(reason=reason, who=said.exception_by)
        yield Decided(decided["exception"].format(count=count), because, THIN, STEP)


def _date(material: Material, words: Mapping[str, Any]) -> Iterator[Todo]:
    """What is to be done with each account, on its day."""
    for each in list_decided(material.plan):
        if each.fate.due and each.action in _GOING:
            name = _name_account(material, each)
            text = words["dated"][each.action].format(account=name)
            path = f"{STEP}.fates.{each.fate.id}.due"
            yield Todo(text=text, due=each.fate.due, path=path, why=each.fate.who or name)
