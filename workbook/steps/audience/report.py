"""What documents say of the people wanted: who they are, where they are, what clients said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook.charts.reach import MARKS, PlaceReach
from workbook.content import default_of
from workbook.discovery import read_toml
from workbook.evidence import load_sources
from workbook.evidence.clients import Question
from workbook.exports.documents import (
    Contribution,
    Material,
    Point,
    Statement,
    cut,
    in_full,
    load_report_words,
    write_step,
)
from workbook.exports.report import (
    Bullets,
    Column,
    Figure,
    KeyValues,
    Paragraph,
    Table,
    runs,
)
from workbook.fit.daily import write_daily
from workbook.fit.phrases import load_fit_words
from workbook.fit.quality import FIGURES
from workbook.fit.wording import name_place
from workbook.steps.audience.answers import Audience
from workbook.steps.audience.left_out import list_left_out
from workbook.steps.audience.overview import GroupReach, Overview, survey
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook.evidence.clients import Counted
    from workbook.exports.report import Block

STEP = "audience"
SEEDS = ("A4",)
_WIDE, _LONG, _SHORT = 3.0, 60, 40
_JOINED = ", "


def contribute(material: Material) -> Contribution:
    """Groups, reach with its picture, counts of clients, colleagues apart; nothing if all waits."""
    said = write_step(material, STEP)
    if material.plan.audience == Audience() or material.plan.goals.decision == "not_now":
        return replace(said, body=(), points=())
    words = load_report_words(STEP, material.language)
    found = survey(material.plan, material.language)
    return replace(
        said,
        body=tuple(_write(words, found)),
        points=tuple(_list_points(words, found)),
        sources=_list_sources(found),
        needless=tuple(_list_needless(material, found)),
    )


def _list_needless(material: Material, found: Overview) -> Iterator[str]:
    """Once enough clients were asked here, nobody has to find out again where they are."""
    least = default_of(material.plan, "audience.clients_least")
    if any(c.asked >= least and c.question is not Question.FOUND for c in _list_counts(found)):
        yield "diagnosis.clients_there"


def _list_sources(found: Overview) -> tuple[str, ...]:
    shares = (share for group in found.groups for share in group.shares.values())
    named = (each.source for share in shares for each in (share, share.daily) if each)
    return tuple(dict.fromkeys(key for key in named if key in load_sources()))


def _list_points(words: Mapping[str, Any], found: Overview) -> Iterator[Point]:
    """Whom the business wants, and what its clients said: a line each."""
    if not found.groups:
        return
    names = _JOINED.join(
        words["named"].format(group=group.name, percent=_percent(group)) for group in found.groups
    )
    yield Point(words["point"], runs(names), int(words["point_order"]), SEEDS, STEP)
    told = [_tell_count(words, found, counted) for counted in _list_counts(found)[:1]]
    text = told[0] if told else _tell_nobody(words, found)
    order = int(words["clients_order"])
    yield Point(words["clients_point"], runs(text), order, SEEDS, STEP, "brief")


def _tell_nobody(words: Mapping[str, Any], found: Overview) -> str:
    """That no client was asked; or that what was counted has to be mended first."""
    left = list_left_out(found.plan.audience.tallies, language=found.language)
    return " ".join(left) or str(words["clients_none"])


def _percent(group: GroupReach) -> str:
    """The share as it was given; what it is counted as stands in the part itself."""
    given = group.group.share
    return write_number(
        round(group.known.audience.share, 1) if given is None else given, group.language
    )


def _list_counts(found: Overview) -> list[Counted]:
    """What clients said, each count once, however many groups it is of."""
    counts: list[Counted] = []
    for group in found.groups:
        counts += [c for c in group.known.audience.clients if c not in counts]
    return counts


def _tell_count(words: Mapping[str, Any], found: Overview, counted: Counted) -> str:
    named = [
        f"{name_place(place, found.language)} {hits}"
        for place, hits in _rank(counted)[: int(words["most_named"])]
    ]
    return str(words["clients_said"]).format(
        asked=write_number(counted.asked, found.language),
        question=found.name_question(counted.question),
        places=_JOINED.join(named) or found.words["nothing"],
    )


def _rank(counted: Counted) -> list[tuple[str, int]]:
    named = [(place, hits) for place, hits in counted.counts.items() if hits]
    return sorted(named, key=lambda pair: -pair[1])


# -- the part -----------------------------------------------------------------------------------


def _write(words: Mapping[str, Any], found: Overview) -> Iterator[Statement]:
    yield from _say(_write_groups(words, found))
    if found.groups:
        yield from in_full(_say(_write_reach(words, found)))
    yield from _say(_write_clients(words, found))
    if peers := [f"{place} {seen} ({share})" for place, seen, share in found.list_peers()]:
        text = words["peers"].format(places=_JOINED.join(peers))
        yield from in_full(_say([Paragraph.of(text)]))


def _say(blocks: Iterable[Block]) -> Iterator[Statement]:
    return (Statement(block, SEEDS, STEP) for block in blocks)


def _write_groups(words: Mapping[str, Any], found: Overview) -> Iterator[Block]:
    if found.groups:
        rows = tuple((cut(group.name, _LONG), found.write_who(group)) for group in found.groups)
        name, who = words["columns"]
        yield Table((Column(name, width=1.4), Column(who, width=_WIDE)), rows, words["groups"])
        if found.shares_told:
            yield Paragraph.of(" ".join(found.shares_told))


def _write_reach(words: Mapping[str, Any], found: Overview) -> Iterator[Block]:
    """The picture of the largest group, the shares of all groups, and who was asked."""
    shown = [group for group in found.groups if group.places]
    if not shown:
        yield _write_figures(found)
        yield from _write_rest(found)
        return
    main = max(shown, key=lambda group: group.known.audience.share)
    most = int(words["most_drawn"])
    lead = str(words["lead_some" if len(main.places) > most else "lead"])
    yield Paragraph.of(lead.format(group=main.name, count=most))
    yield replace(Figure.of(main.draw(most)), table=_make_table(words, found, main))
    if daily := _tell_daily(words, main):
        yield Paragraph.of(daily)
    yield _write_figures(found)
    yield from _write_rest(found)
    yield from _write_asked(words, found)


def _write_figures(found: Overview) -> KeyValues:
    """Which figures there are on each group, and which there are not."""
    told: dict[str, list[str]] = {}
    for group in found.groups:
        told.setdefault(" ".join(found.write_figures(group)), []).append(cut(group.name, _LONG))
    return KeyValues.of(*((_JOINED.join(names), text) for text, names in told.items()))


def _write_rest(found: Overview) -> Iterator[Bullets]:
    """Places without a figure and figures apart; what is alike for several groups once."""
    told: dict[str, list[str]] = {}
    for group in found.groups:
        if group.shares or group.known.reach.points:
            for text in found.write_rest(group):
                told.setdefault(text, []).append(cut(group.name, _LONG))
    if len(found.groups) == 1:
        yield Bullets.of(*told)
    elif told:
        yield Bullets.of(*(f"{_JOINED.join(names)}: {text}" for text, names in told.items()))


def _make_table(words: Mapping[str, Any], found: Overview, main: GroupReach) -> Table:
    """Everything that the picture shows, for all places, with the shares of the other groups."""
    others = [group for group in found.groups if group is not main and group.shares]
    marks = [mark for mark in MARKS if any(getattr(place, mark) for place in main.places)]
    nothing = str(found.words["nothing"])
    titles = [_title(words, found, mark, main) for mark in marks]
    named = [_title(words, found, "survey", group) for group in others]
    columns = (Column(words["place"], width=1.2), *(Column(name) for name in (*titles, *named)))
    rows = tuple(
        (
            place.place,
            *(e.text if (e := getattr(place, mark)) else nothing for mark in marks),
            *(_tell_share(found, group, place.place) for group in others),
        )
        for place in _list_places(main, others)
    )
    return Table(columns, rows, words["others"])


def _title(words: Mapping[str, Any], found: Overview, mark: str, group: GroupReach) -> str:
    """What a column shows of a group; what was asked too, where it is not “ever use”."""
    if mark == "own":
        return group.own_label
    key = "background" if mark == "survey" and group.is_background else mark
    title = str(words["marks"][key]).format(group=cut(group.name, _SHORT))
    measures = {share.measure for share in group.shares.values()} - {"own"}
    if mark != "survey" or len(measures) != 1 or measures == {"ever_use"}:
        return title
    measure = load_fit_words(found.language)["measure"][measures.pop()]
    return str(words["marks"]["measured"]).format(title=title, measure=measure)


def _list_places(main: GroupReach, others: Sequence[GroupReach]) -> list[PlaceReach]:
    """The places of the picture, then those that there is a figure on for another group only."""
    told = {place.place for place in main.places}
    more = dict.fromkeys(name for group in others for name in group.shares if name not in told)
    return [*main.places, *(PlaceReach(name) for name in more)]


def _tell_share(found: Overview, group: GroupReach, name: str) -> str:
    share = group.shares.get(name)
    return group.tell(share) if share else str(found.words["nothing"])


def _tell_daily(words: Mapping[str, Any], group: GroupReach) -> str:
    each = [(name, share.daily) for name, share in group.shares.items() if share.daily]
    told = [f"{n} {write_daily(group.tell(d), d, group.language)}" for n, d in each]
    return str(words["daily"]).format(shares=_JOINED.join(told)) if told else ""


def _write_asked(words: Mapping[str, Any], found: Overview) -> Iterator[Block]:
    """Who was asked and when, and how well the figures hold."""
    lines = found.list_asked()
    if found.has_us:
        agreement = read_toml(FIGURES)["agreement"]
        values = {
            key: write_number(agreement[key], found.language) for key in ("groups", "covered")
        }
        lines.append(str(words["held"]).format(**values))
    if lines:
        yield Paragraph.of(words["asked"])
        yield Bullets.of(*lines)


def _write_clients(words: Mapping[str, Any], found: Overview) -> Iterator[Block]:
    """What clients said to each question, as counted."""
    counts = _list_counts(found)
    if counts:
        rows = tuple(
            (
                found.name_question(counted.question),
                counted.asked,
                _JOINED.join(f"{place} {share}" for place, _, share in found.list_named(counted))
                or str(found.words["nothing"]),
            )
            for counted in counts
        )
        question, asked, places = words["clients_columns"]
        columns = (
            Column(question, width=1.4),
            Column(asked, kind="number", width=0.6),
            Column(places, width=_WIDE),
        )
        yield Table(columns, rows, words["clients"])
        left = list_left_out(found.plan.audience.tallies, language=found.language)
        yield Paragraph.of(" ".join((*left, found.words["clients"]["won"])))
    elif found.groups:
        yield Paragraph.of(_tell_nobody(words, found))
