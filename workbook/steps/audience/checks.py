"""What can be wrong with the people wanted, with counts of clients, and with other figures."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_words
from workbook.evidence.clients import Question
from workbook.evidence.shares import error_of
from workbook.evidence.survey import ALL, US, find_country, load_published
from workbook.fit.audiences import Audience as Wanted
from workbook.fit.audiences import Kind
from workbook.fit.groups import WHOLE, read_audiences
from workbook.fit.numbers import ROUNDING
from workbook.steps.audience.answers import Audience, Group, OwnFigure, Tally
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORDS = "steps/audience/step.toml"
_SEVERAL = 2
_LEAST = "audience.clients_least"


def _waits(case: Case) -> bool:
    return case.plan.goals.decision == "not_now"


def _phrases(case: Case) -> Mapping[str, str]:
    found: Mapping[str, str] = load_words(_WORDS, case.language)["phrases"]
    return found


def _join(case: Case, parts: Sequence[str]) -> str:
    return _phrases(case)["joined"].join(parts)


def _list_wanted(case: Case) -> tuple[tuple[Group, Wanted], ...]:
    """Each group with what is known of it for choosing places; its name among it."""
    wanted, _ = case.once(read_audiences)
    return tuple(zip(case.plan.audience.groups, wanted, strict=True))


def _path(group: Group, field: str) -> str:
    return f"audience.groups.{group.id}.{field}"


# -- the groups ---------------------------------------------------------------------------------


@check("groups-missing", Severity.WARN)
def groups_missing(case: Case) -> Iterator[Found]:
    """Social media is used, or clients were counted, and nobody is named who is wanted."""
    said = case.plan.audience
    is_due = case.plan.goals.decision == "use" or said != Audience()
    if not said.groups and is_due and not _waits(case):
        yield Found("audience.groups")


@check("group-everybody", Severity.WARN)
def group_everybody(case: Case) -> Iterator[Found]:
    """A group is named, and neither its country nor anything else narrows it down."""
    for group, wanted in _list_wanted(case):
        is_begun = group.name or group.share is not None
        if is_begun and not group.country and not wanted.profile.narrowed():
            yield Found(_path(group, "name" if group.name else "share"), {"group": wanted.name})


@check("group-twice", Severity.NOTE)
def group_twice(case: Case) -> Iterator[Found]:
    """Two groups agree in everything the survey knows of them."""
    seen: dict[object, str] = {}
    for group, wanted in _list_wanted(case):
        narrowed = wanted.profile.narrowed()
        country = " ".join((group.country or "").casefold().split())
        if not narrowed and not country:
            continue
        levels = tuple((key, frozenset(given)) for key, given in narrowed.items())
        key = (find_country(country) or country, levels, wanted.kind)
        if key in seen:
            values = {"first": seen[key], "second": wanted.name}
            yield Found(f"audience.groups.{group.id}.country", values)
        seen.setdefault(key, wanted.name)


# -- what share each is -------------------------------------------------------------------------


@check("shares-off", Severity.WARN)
def shares_off(case: Case) -> Iterator[Found]:
    """Every group has a share, and the shares do not add up."""
    groups = case.plan.audience.groups
    given = [group.share for group in groups if group.share is not None]
    if not given or len(given) < len(groups) or abs(sum(given) - WHOLE) <= ROUNDING:
        return
    parts = given if sum(given) else [1.0] * len(given)
    values = {"total": write_number(sum(given), case.language), "shares": _tell_shares(case, given)}
    yield Found("audience.groups", values, (_offer(case, "shares-off", _share_out(parts)),))


@check("shares-missing", Severity.WARN)
def shares_missing(case: Case) -> Iterator[Found]:
    """There are several groups, and some of them have no share."""
    found = _list_wanted(case)
    lacking = [(group, wanted) for group, wanted in found if group.share is None]
    if len(found) < _SEVERAL or not lacking:
        return
    names = _join(case, [wanted.name for _, wanted in lacking])
    offers: tuple[Offer, ...] = ()
    if len(lacking) == len(found):
        offers = (_offer(case, "shares-missing", _share_out([1.0] * len(found))),)
    values = {"count": len(found), "names": names}
    yield Found(_path(lacking[0][0], "share"), values, offers)


def _share_out(parts: Sequence[float]) -> list[float]:
    """Parts as percents with one decimal that make just 100."""
    tenths = [1000 * part / sum(parts) for part in parts]
    whole = [int(each) for each in tenths]
    largest = sorted(range(len(parts)), key=lambda at: whole[at] - tenths[at])
    for at in largest[: 1000 - sum(whole)]:
        whole[at] += 1
    return [each / 10 for each in whole]


def _tell_shares(case: Case, shares: Sequence[float]) -> str:
    return _join(case, [f"{write_number(share, case.language)} %" for share in shares])


def _offer(case: Case, finding: str, shares: Sequence[float]) -> Offer:
    label = load_words(_WORDS, case.language)["findings"][finding]["offer"]
    paths = [_path(group, "share") for group in case.plan.audience.groups]
    answers = tuple((path, f"{share:g}") for path, share in zip(paths, shares, strict=True))
    return Offer(label=label.format(shares=_tell_shares(case, shares)), answers=answers)


# -- what is known of them ----------------------------------------------------------------------


@check("country-figures", Severity.NOTE)
def country_figures(case: Case) -> Iterator[Found]:
    """Outside the United States there are totals, a few points, or nothing."""
    told = set()
    for group in case.plan.audience.groups:
        code = find_country(group.country or "") or ""
        key = code or (group.country or "").casefold()
        if not group.country or code == US or key in told:
            continue
        told.add(key)
        yield Found(_path(group, "country"), _tell_figures(case, group.country, code))


def _tell_figures(case: Case, country: str, code: str) -> dict[str, object]:
    """Which figures there are on a country: in a sentence, and place by place."""
    phrases = _phrases(case)
    rows = [row for row in load_published() if row.country == code] if code else []
    totals = [r.platform for r in rows if r.dimension == ALL and error_of(r)]
    points = [r.platform for r in rows if r.platform not in totals or r.dimension != ALL]
    known = "totals" if totals else "points" if points else "no_figures"
    told = [
        phrases[f"{name}_on"].format(places=_join(case, [*dict.fromkeys(places)]))
        for name, places in (("totals", totals), ("points", points))
        if places
    ]
    places = " ".join(told) or phrases["no_figures_on"]
    return {"figures": phrases[known].format(country=country), "places": places}


def _count_asked(wanted: Wanted) -> int:
    """How many clients of a group said where they are."""
    counted = (wanted.counted(question) for question in (Question.TIME, Question.USE))
    return max((each.asked for each in counted if each), default=0)


def _lacks_clients(case: Case) -> list[tuple[Group, Wanted]]:
    least = case.default(_LEAST)
    return [(g, w) for g, w in _list_wanted(case) if _count_asked(w) < least]


@check("businesses-without-clients", Severity.WARN)
def businesses_without_clients(case: Case) -> Iterator[Found]:
    """For organisations a survey of adults is background, and too few of them were asked."""
    for group, wanted in _lacks_clients(case):
        if wanted.kind is Kind.BUSINESSES and not _waits(case):
            path = _path(group, "buyers") if group.buyers else "start.customers"
            values = {
                "group": wanted.name,
                "least": write_number(case.default(_LEAST), case.language),
            }
            yield Found(path, values)


@check("few-asked", Severity.WARN)
def few_asked(case: Case) -> Iterator[Found]:
    """Too few clients were asked where they are, so what is chosen is provisional."""
    lacking = [w for _, w in _lacks_clients(case) if w.kind is not Kind.BUSINESSES]
    if not lacking or _waits(case):
        return
    phrase = _phrases(case)["asked"]
    asked = _join(case, [phrase.format(count=_count_asked(w), group=w.name) for w in lacking])
    least = write_number(case.default(_LEAST), case.language)
    groups = _join(case, [wanted.name for wanted in lacking])
    yield Found("audience.tallies", {"groups": groups, "least": least, "asked": asked})


# -- counts of clients --------------------------------------------------------------------------


def _count_path(tally: Tally, field: str) -> str:
    return f"audience.tallies.{tally.id}.{field}"


def _name_place(case: Case, path: str, place: str) -> str:
    return find_question(path, case.language).label_of(place)


def _too_many(
    case: Case, path: str, counts: Sequence[tuple[str, int]], asked: int | None
) -> Iterator[Found]:
    """The place with the largest number, where it is larger than that of those asked."""
    place, count = max(counts, key=lambda pair: pair[1], default=("", 0))
    if asked and count > asked:
        values = {"count": count, "place": _name_place(case, path, place), "asked": asked}
        yield Found(path, values)


@check("more-than-asked", Severity.WARN)
def more_than_asked(case: Case) -> Iterator[Found]:
    """More clients named a place than were asked."""
    for tally in case.plan.audience.tallies:
        yield from _too_many(case, _count_path(tally, "counts"), tally.counts, tally.asked)


@check("more-peers-than-asked", Severity.NOTE)
def more_peers_than_asked(case: Case) -> Iterator[Found]:
    """More colleagues were seen in a place than were looked at."""
    said = case.plan.audience
    yield from _too_many(case, "audience.peers", said.peers, said.peers_asked)


@check("asked-missing", Severity.WARN)
def asked_missing(case: Case) -> Iterator[Found]:
    """Places were counted, and it is open how many clients answered; or nobody did."""
    for tally in case.plan.audience.tallies:
        if tally.asked == 0 or (tally.asked is None and tally.counts):
            yield Found(_count_path(tally, "asked"))


@check("question-missing", Severity.WARN)
def question_missing(case: Case) -> Iterator[Found]:
    """There are numbers, and it is open what the clients were asked."""
    for tally in case.plan.audience.tallies:
        if tally.question is None and (tally.counts or tally.asked):
            yield Found(_count_path(tally, "question"))


@check("count-twice", Severity.WARN)
def count_twice(case: Case) -> Iterator[Found]:
    """Two counts agree to the last number, so the same clients may count twice."""
    seen = []
    for tally in case.plan.audience.tallies:
        same = tally.model_copy(update={"id": ""})
        if tally.asked and tally.counts and same in seen:
            yield Found(_count_path(tally, "counts"), {"asked": tally.asked})
        seen.append(same)


@check("counts-old", Severity.NOTE)
def counts_old(case: Case) -> Iterator[Found]:
    """Clients were asked so long ago that they may be elsewhere by now."""
    days = case.default("audience.counts_days")
    for tally in case.plan.audience.tallies:
        if tally.asked_on and case.today - tally.asked_on > timedelta(days=days):
            yield Found(_count_path(tally, "asked_on"), {"days": write_number(days, case.language)})


@check("asked-later", Severity.NOTE)
def asked_later(case: Case) -> Iterator[Found]:
    """The day on which clients were asked is still to come."""
    for tally in case.plan.audience.tallies:
        if tally.asked_on and tally.asked_on > case.today:
            values = {"today": write_day(case.today, case.language)}
            yield Found(_count_path(tally, "asked_on"), values)


# -- other figures, and colleagues --------------------------------------------------------------


@check("figure-without-base", Severity.WARN)
def figure_without_base(case: Case) -> Iterator[Found]:
    """A figure lacks its place, its share, the number of people asked, or its source."""
    words = _phrases(case)
    for figure in case.plan.audience.figures:
        lacking = [name for name in _NEEDED if not getattr(figure, name)]
        if figure.percent == 0 and "percent" in lacking:
            lacking.remove("percent")
        if not lacking or figure == OwnFigure(id=figure.id):
            continue
        path = f"audience.figures.{figure.id}."
        place = words["place_open"]
        if figure.platform:
            place = _name_place(case, f"{path}platform", figure.platform)
        missing = _join(case, [words[f"lacks_{name}"] for name in lacking])
        yield Found(f"{path}{lacking[0]}", {"place": place, "missing": missing})


_NEEDED = ("platform", "percent", "asked", "source")


@check("figure-twice", Severity.NOTE)
def figure_twice(case: Case) -> Iterator[Found]:
    """Two figures are about the same place and the same people."""
    seen = Counter[object]()
    for figure in case.plan.audience.figures:
        if not figure.platform:
            continue
        seen[key := (figure.platform, figure.group)] += 1
        if seen[key] == _SEVERAL:
            path = f"audience.figures.{figure.id}.platform"
            yield Found(path, {"place": _name_place(case, path, figure.platform)})


@check("peers-for-clients", Severity.WARN)
def peers_for_clients(case: Case) -> Iterator[Found]:
    """Colleagues were counted and no client was asked."""
    said = case.plan.audience
    if (said.peers or said.peers_asked) and not any(tally.asked for tally in said.tallies):
        yield Found("audience.peers" if said.peers else "audience.peers_asked")
