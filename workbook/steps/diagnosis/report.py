"""What the diagnosis says in documents: the way in with its mends, the picture, all causes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.actions.candidates import LOOK_BACK
from workbook.charts.causes import CauseCount, draw
from workbook.checks import Todo
from workbook.content import load_words
from workbook.exports.documents import (
    Contribution,
    Decided,
    Material,
    Point,
    Statement,
    in_full,
    load_report_words,
)
from workbook.exports.report import (
    Bullets,
    Column,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    runs,
)
from workbook.steps.diagnosis.causes import (
    CAUSES,
    Cause,
    has_checklist,
    has_enough,
    list_good,
    pick_top,
    weigh,
)
from workbook.steps.diagnosis.report_mended import (
    count_mended,
    list_left,
    tell_sign,
    write_mend,
)
from workbook.steps.diagnosis.rounds import compare, write_change
from workbook.steps.diagnosis.signs import STEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.steps.diagnosis.answers import Round

BACK = ("back-on-track",)


def contribute(material: Material) -> Contribution:
    """The causes with their signs, those to begin with, and what has changed since last time."""
    words = load_report_words(STEP, material.language)
    causes = weigh(material.plan, language=material.language)
    waits = _waits(material)
    top = () if has_checklist(material.plan) else pick_top(material.plan, causes)
    return Contribution(
        step=STEP,
        title=words["title"],
        order=words["order"],
        body=(
            *_write_first(material, words, causes, top),
            *in_full(_write_all(material, words, causes)),
        ),
        points=() if waits else tuple(_write_points(material, words, causes, top)),
        decisions=() if waits else tuple(_decide(material, words, top)),
        dated=() if waits else tuple(_date(material, words, causes, top)),
        told=frozenset(f"cause-{cause.id}" for cause in top),
    )


def _waits(material: Material) -> bool:
    """Whether the plan does without social media for now."""
    return material.plan.goals.decision == "not_now"


def _write_points(
    material: Material, words: Mapping[str, Any], causes: Sequence[Cause], top: Sequence[Cause]
) -> Iterator[Point]:
    if top:
        text = "\n".join(f"{cause.title}: {_tell(material, cause, words)}" for cause in top)
        seeds = tuple(dict.fromkeys(seed for cause in top for seed in cause.seeds))
        yield Point(words["point"], runs(text), 50, seeds, STEP)
        if left := list_left(material, top):
            first = write_mend(words, left[0])
            yield Point(words["point_mend"], runs(first), 55, BACK, STEP, only="brief")
    elif any(cause.asked for cause in causes) and has_enough(material.plan):
        yield Point(words["point"], runs(words["point_nothing"]), 50, (), STEP)


def _decide(
    material: Material, words: Mapping[str, Any], top: Sequence[Cause]
) -> Iterator[Decided]:
    told = {finding.id: finding for finding in material.findings}
    for cause in list_left(material, top):
        finding = told.get(f"cause-{cause.id}")
        if finding is not None:
            what = words["begin"].format(title=cause.title)
            yield Decided(
                what, f"{_tell(material, cause, words)}. {finding.because}", cause.seeds, STEP
            )


def _date(
    material: Material, words: Mapping[str, Any], causes: Sequence[Cause], top: Sequence[Cause]
) -> Iterator[Todo]:
    """One mend a week, then the same questions again, unless the action list has its day."""
    path = f"{STEP}.goal_dated"
    shown = {finding.id: finding.path for finding in material.findings}
    for week, cause in enumerate(list_left(material, top), 1):
        due = material.today + timedelta(days=7 * week)
        where = shown.get(f"cause-{cause.id}", path)
        yield Todo(text=write_mend(words, cause), due=due, path=where, why=cause.title)
    listed = any(action.id == LOOK_BACK for action in material.plan.integration.actions)
    if not listed and (top or any(cause.asked for cause in causes)):
        due = material.today + timedelta(days=words["again_days"])
        yield Todo(text=words["again"], due=due, path=path, why=words["title"])


def _tell(material: Material, cause: Cause, words: Mapping[str, Any]) -> str:
    """How many signs of a cause are found, and how many of them this plan has mended since."""
    mended = count_mended(material, cause)
    form = "count_mended" if mended else "count_only"
    return str(words[form].format(count=_count(cause, words), mended=mended))


def _count(cause: Cause, words: Mapping[str, Any]) -> str:
    if not cause.asked:
        return str(words["not_asked"])
    form = words["count_one" if cause.asked == 1 else "count"]
    count = str(form).format(found=cause.found, asked=cause.asked)
    if cause.partly:
        count = str(words["count_partly"]).format(count=count, partly=cause.partly)
    return str(words["count_open"]).format(count=count, open=cause.open) if cause.open else count


def _write_first(
    material: Material, words: Mapping[str, Any], causes: Sequence[Cause], top: Sequence[Cause]
) -> Iterator[Statement]:
    shared = load_words(CAUSES, material.language)["words"]
    if has_checklist(material.plan):
        yield Statement(Heading(2, shared["checklist"]), step=STEP)
        yield Statement(Paragraph.of(shared["checklist_lead"]), BACK, STEP)
        for cause in causes:
            good = list_good(cause, material.language)
            boxes = [shared["ready" if ready else "todo"].format(good=g) for g, ready in good]
            yield Statement(Heading(3, cause.title), step=STEP)
            yield Statement(Bullets.of(*boxes), cause.seeds, STEP)
        return
    if not any(cause.asked for cause in causes):
        return
    waits = _waits(material)
    if top:
        yield Statement(Paragraph.of(words["lead_waiting" if waits else "lead"]), BACK, STEP)
        for number, cause in enumerate(top, 1):
            yield from _write_cause(material, words, number, cause)
        if not waits:
            yield Statement(Paragraph.of(words["back"]), BACK, STEP)
    elif waits:
        yield Statement(Paragraph.of(words["lead_waiting"]), BACK, STEP)
    else:
        lead = shared["nothing_lead" if has_enough(material.plan) else "too_little_lead"]
        yield Statement(Paragraph.of(lead), BACK, STEP)


def _write_cause(
    material: Material, words: Mapping[str, Any], number: int, cause: Cause
) -> Iterator[Statement]:
    title = words["cause"].format(number=number, title=cause.title, count=_count(cause, words))
    signs = Bullets.of(*(tell_sign(material, words, s) for s in cause.signs if s.is_found))
    mend = KeyValues.of((words["mend"], write_mend(words, cause, whole=True)))
    finding = next((f for f in material.findings if f.id == f"cause-{cause.id}"), None)
    for block in (Heading(2, title), signs, mend):
        yield Statement(block, cause.seeds, STEP)
    if finding is not None and material.switches.reasons:
        told = KeyValues.of(*((words[name], getattr(finding, name)) for name in ("sure", "change")))
        yield Statement(told, cause.seeds, STEP, is_detail=True)


def _write_all(
    material: Material, words: Mapping[str, Any], causes: Sequence[Cause]
) -> Iterator[Statement]:
    """The picture with its numbers, every cause with its signs, and earlier rounds."""
    if has_checklist(material.plan) or not any(cause.asked for cause in causes):
        return
    counts = [CauseCount(c.title, c.found, c.open, c.asked, c.partly) for c in causes]
    picture = draw(counts, language=material.language)
    if not _waits(material):
        yield Statement(Figure.of(picture, caption=words["picture"]), step=STEP)
    shown = [cause for cause in causes if cause.asked or material.switches.empty]
    for cause_rows in (shown,) if material.switches.reasons else ():
        seeds = tuple(dict.fromkeys(s for cause in cause_rows for s in cause.seeds if cause.asked))
        yield Statement(_tabulate(material, words, cause_rows), seeds, STEP)
    for kept in material.plan.diagnosis.earlier:
        yield from _write_round(material, words, causes, kept)


def _tabulate(material: Material, words: Mapping[str, Any], causes: Sequence[Cause]) -> Table:
    columns = (1.5, 1.0, 3.0)
    rows = tuple(
        (
            cause.title,
            _count(cause, words),
            "\n".join(tell_sign(material, words, sign) for sign in cause.signs),
        )
        for cause in causes
    )
    titled = zip(words["columns"], columns, strict=True)
    return Table(tuple(Column(title, width=width) for title, width in titled), rows, words["table"])


def _write_round(
    material: Material, words: Mapping[str, Any], causes: Sequence[Cause], kept: Round
) -> Iterator[Statement]:
    day = material.day(kept.day)
    changes = compare(weigh(material.plan, kept=kept, language=material.language), causes)
    rows = tuple((c.cause.title, write_change(c, material.language)) for c in changes if c.now)
    columns = tuple(Column(title) for title in words["again_columns"])
    yield Statement(Heading(2, words["again_title"].format(day=day)), BACK, STEP)
    yield Statement(Table(columns, rows, words["again_table"].format(day=day)), BACK, STEP)
