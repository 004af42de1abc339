"""What can be wrong with how contact is counted, and with the numbers themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workbook.checks.check import Case, Check, Found, Offer, Severity, check
from workbook.content import load_step, load_words
from workbook.measurement.kept import HOURS, read_files, span_of
from workbook.measurement.links import lint_link
from workbook.measurement.quadrants import Quadrant
from workbook.steps.measurement.answers import ContactWay, Measurement
from workbook.steps.measurement.outcome import (
    LEAST_HOURS,
    name_place,
    share_days,
    weigh,
)
from workbook.steps.measurement.setup import (
    BY_EVENT,
    BY_HAND,
    WORDS,
    asks_first,
    is_tallied,
    judge_event,
    list_tools,
    mend_event,
)
from workbook.values import UNKNOWN, YesNo
from workbook.wording import quote, write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook.steps.measurement.answers import PlaceNumbers

NOT_NOW: Final = "not_now"
_TALLY: Final = "measurement.tally"
_HOURS_IN_A_DAY: Final = 24


def _begun(case: Case) -> bool:
    """Whether somebody looked at the counting at all, and social media is not waiting."""
    waits = case.plan.goals.decision == NOT_NOW
    return case.plan.measurement != Measurement() and not waits


def _offer_label(case: Case, finding: str) -> str:
    return load_step("measurement", case.language).findings[finding].offer


# -- who reads, and what counts -----------------------------------------------------------------


@check("nobody-reads", Severity.WARN)
def nobody_reads(case: Case) -> Iterator[Found]:
    """There are goals, and a number of one of them that nobody will read."""
    goals = case.plan.goals.goals
    unread = [goal for goal in goals if goal.reader in (None, UNKNOWN)]
    if _begun(case) and unread and case.answer("measurement.reader") is None:
        yield Found("measurement.reader", {"count": len(unread), "all": len(goals)})


@check("reading-passed", Severity.WARN)
def reading_passed(case: Case) -> Iterator[Found]:
    """The next day for reading the numbers has passed."""
    day = case.plan.measurement.next_reading
    if day and day < case.today and _begun(case):
        yield Found("measurement.next_reading")


def _lacks_counter(case: Case) -> bool:
    """Whether a goal is shown by a number that only a counter knows, and there is none."""
    needed: list[str] = load_words("steps/measurement/board.toml")["needs_counter"]
    counts = any(goal.metric in needed for goal in case.plan.goals.goals)
    return counts and _begun(case) and not list_tools(case.plan)


@check("no-counter", Severity.WARN)
def no_counter(case: Case) -> Iterator[Found]:
    """A goal counts visits, and nothing counts them, or nobody knows what does."""
    if _lacks_counter(case) and not is_tallied(case.plan):
        offer = Offer(label=_offer_label(case, "no-counter"), answers=((_TALLY, "yes"),))
        yield Found("start.analytics", offers=(offer,), rests_on=(_TALLY,))


@check("tally-counts-people", Severity.NOTE)
def tally_counts_people(case: Case) -> Iterator[Found]:
    """A goal counts visits, and there is only a tally, which counts people who get in touch."""
    if _lacks_counter(case) and is_tallied(case.plan):
        yield Found(_TALLY)


@check("pages-not-named", Severity.WARN)
def pages_not_named(case: Case) -> Iterator[Found]:
    """Nobody said which pages are to be counted; where the links were begun, they say it."""
    said = case.plan.linking
    if _begun(case) and said == type(said)() and case.plan.start.has_website is YesNo.YES:
        yield Found("linking.services_page")


# -- how contact is counted ---------------------------------------------------------------------


@check("form-uncounted", Severity.WARN)
def form_uncounted(case: Case) -> Iterator[Found]:
    """A form ends on a page of its own, and nobody said which one it is."""
    said = case.plan.measurement
    if ContactWay.FORM_THANKS in said.contact_ways and not said.thanks_page:
        yield Found("measurement.thanks_page")


@check("event-missing", Severity.WARN)
def event_missing(case: Case) -> Iterator[Found]:
    """People get in touch in a way that only an event can count, and there is none."""
    said = case.plan.measurement
    if set(said.contact_ways) & set(BY_EVENT) and not said.event and list_tools(case.plan):
        yield Found("measurement.event", {"ways": _name_ways(case, BY_EVENT)})


@check("way-untallied", Severity.WARN)
def way_untallied(case: Case) -> Iterator[Found]:
    """People ring, write or walk in, and nobody writes down how they found the business."""
    said = case.plan.measurement
    if set(said.contact_ways) & set(BY_HAND) and said.tally is YesNo.NO:
        yield Found(_TALLY, {"ways": _name_ways(case, BY_HAND)})


def _name_ways(case: Case, ways: tuple[ContactWay, ...]) -> str:
    question = load_step("measurement", case.language).questions["contact_ways"]
    mine = [way for way in case.plan.measurement.contact_ways if way in ways]
    return ", ".join(quote(question.label_of(way), case.language) for way in mine)


@check("event-name", Severity.WARN)
def event_name(case: Case) -> Iterator[Found]:
    """A tool would not take the name of the event."""
    event, words = case.plan.measurement.event or "", load_words(WORDS, case.language)
    for tool in list_tools(case.plan):
        problem = judge_event(event, tool, words)
        if problem:
            wanted = mend_event(event, tool, words)
            label = _offer_label(case, "event-name").format(wanted=wanted)
            offer = Offer(label=label, answers=(("measurement.event", wanted),))
            sources = {"problem": problem, "wanted": wanted}
            yield Found("measurement.event", sources, (offer,))
            return


@check("banner-hides", Severity.NOTE)
def banner_hides(case: Case) -> Iterator[Found]:
    """Visitors are asked first, so the numbers are smaller than the truth."""
    if _begun(case) and asks_first(case.plan) and list_tools(case.plan):
        yield Found("measurement.banner")


# -- dates of the numbers -----------------------------------------------------------------------


def _path(numbers: PlaceNumbers, field: str) -> str:
    return f"measurement.numbers.{numbers.id}.{field}"


def _check_numbers(
    name: str,
    severity: Severity,
    field: str,
    is_wrong: Callable[[Case, PlaceNumbers], dict[str, object] | None],
) -> Check:
    """A check for each set of numbers; what is found gives the values its words name."""

    def find(case: Case) -> Iterator[Found]:
        for each in case.plan.measurement.numbers:
            values = is_wrong(case, each)
            if values is not None:
                place = name_place(each.platform or "", case.language)
                yield Found(_path(each, field), {"place": place, **values})

    return check(name, severity)(find)


def _is_reversed(case: Case, each: PlaceNumbers) -> dict[str, object] | None:
    if each.first is None or each.last is None or each.last >= each.first:
        return None
    return _days(case, each)


def _days(case: Case, each: PlaceNumbers) -> dict[str, object]:
    days = {"first": each.first, "last": each.last}
    return {k: write_day(day, case.language) for k, day in days.items() if day is not None}


def _is_ahead(case: Case, each: PlaceNumbers) -> dict[str, object] | None:
    ahead = [day for day in (each.first, each.last) if day and day > case.today]
    return {"day": write_day(ahead[-1], case.language)} if ahead else None


def _is_old(case: Case, each: PlaceNumbers) -> dict[str, object] | None:
    days, last = int(case.default("measurement.old_days")), each.last or each.first
    if last is None or (each.first and each.last and each.last < each.first):
        return None
    old = case.today - last > timedelta(days=days)
    return (
        {"day": write_day(last, case.language), "days": write_number(days, case.language)}
        if old
        else None
    )


def _is_undated(_: Case, each: PlaceNumbers) -> dict[str, object] | None:
    counted = any(getattr(each, name) is not None for name in ("visits", "leads", "used"))
    return {} if counted and (each.first is None or each.last is None) else None


dates_reversed = _check_numbers("dates-reversed", Severity.WARN, "last", _is_reversed)
"""The last day of some numbers lies before the first."""

dates_ahead = _check_numbers("dates-ahead", Severity.WARN, "last", _is_ahead)
"""Numbers are of days that have not been yet."""

numbers_old = _check_numbers("numbers-old", Severity.WARN, "last", _is_old)
"""Numbers are so old that the year is most likely mistyped."""

numbers_undated = _check_numbers("numbers-undated", Severity.NOTE, "first", _is_undated)
"""Numbers do not say which days they are of."""


@check("periods-overlap", Severity.WARN)
def periods_overlap(case: Case) -> Iterator[Found]:
    """Two sets of numbers for one place share days, which would be counted twice."""
    for place in case.once(weigh).places:
        for each in place.aside:
            both = next(entry for entry in place.entries if share_days(entry, each))
            days = {f"other_{name}": day for name, day in _days(case, both).items()}
            yield Found(_path(each, "first"), {"place": place.name, **_days(case, each), **days})


@check("typed-aside", Severity.NOTE)
def typed_aside(case: Case) -> Iterator[Found]:
    """A file tells of days that numbers were typed for as well; the file counts."""
    fields = {f.id: f for f in load_step("measurement", case.language).questions["numbers"].fields}
    for place in case.once(weigh).places:
        for each in place.entries:
            numbers = place.overruled.get(each.id, ())
            if numbers:
                what = ", ".join(fields[name].subject for name in numbers)
                values = {"place": place.name, "numbers": what, **_days(case, each)}
                yield Found(_path(each, numbers[0]), values)


# -- numbers that cannot be ---------------------------------------------------------------------

_STAGES: Final = ("services", "contact", "used")


@check("more-than-visits", Severity.WARN)
def more_than_visits(case: Case) -> Iterator[Found]:
    """More visits got somewhere than there were, which cannot be."""
    fields = {f.id: f for f in load_step("measurement", case.language).questions["numbers"].fields}
    for each in case.plan.measurement.numbers:
        for stage in _STAGES:
            count = getattr(each, stage)
            if count is not None and each.visits is not None and count > each.visits:
                place = name_place(each.platform or "", case.language)
                values = {"place": place, "stage": fields[stage].subject, "visits": each.visits}
                yield Found(_path(each, stage), {**values, "count": count})


def _is_more(part: str, whole: str) -> Callable[[Case, PlaceNumbers], dict[str, object] | None]:
    """Whether one number is above another, while neither is above the visits."""

    def is_wrong(case: Case, each: PlaceNumbers) -> dict[str, object] | None:
        count, of = getattr(each, part), getattr(each, whole)
        if count is None or of is None or count <= of:
            return None
        if each.visits is not None and count > each.visits:
            return None
        language = case.language
        return {"count": write_number(count, language), "of": write_number(of, language)}

    return is_wrong


used_without_contact = _check_numbers(
    "used-without-contact", Severity.NOTE, "used", _is_more("used", "contact")
)
"""More visits got in touch than saw the page for it: odd, but not impossible."""

contact_before_services = _check_numbers(
    "contact-before-services", Severity.NOTE, "contact", _is_more("contact", "services")
)
"""More visits saw the second page than the first: possible, since people enter everywhere."""


def _hours_are_too_many(case: Case, each: PlaceNumbers) -> dict[str, object] | None:
    days = len(span_of(each))
    if not days or each.hours is None or each.hours <= days * _HOURS_IN_A_DAY:
        return None
    return {"hours": write_number(each.hours, case.language), "days": days}


def _hours_are_absent(case: Case, each: PlaceNumbers) -> dict[str, object] | None:
    told = any(getattr(each, name) is not None for name in ("leads", "referrals", "used"))
    if not told or (each.hours or 0) >= LEAST_HOURS:
        return None
    tracked = read_files(case.plan).days_of(each.platform or "", HOURS)
    return None if span_of(each) and span_of(each) <= tracked else {}


hours_impossible = _check_numbers("hours-impossible", Severity.WARN, "hours", _hours_are_too_many)
"""More hours went into a place than its days have."""

hours_absent = _check_numbers("hours-absent", Severity.WARN, "hours", _hours_are_absent)
"""It is counted what a place brought, and not what it took."""


# -- what the numbers come to -------------------------------------------------------------------


@check("numbers-untagged", Severity.NOTE)
def numbers_untagged(case: Case) -> Iterator[Found]:
    """Visits from a place are counted, and the link in the profile there carries no tag."""
    untagged = {
        profile.platform
        for profile in case.plan.linking.profiles
        if profile.link and any(trap.id == "untagged" for trap in lint_link(profile.link))
    }
    for each in case.plan.measurement.numbers:
        if each.visits is not None and each.platform and each.platform in untagged:
            untagged.discard(each.platform)
            place = name_place(each.platform, case.language)
            yield Found(_path(each, "visits"), {"place": place})


def _list_kind(case: Case, kind: Quadrant) -> Iterator[Found]:
    for place in case.once(weigh).places:
        if place.kind is kind:
            values = {
                "place": place.name,
                "days": place.days,
                "hours": write_number(place.hours or 0, case.language),
                "least_days": write_number(case.default("measurement.verdict_days"), case.language),
                "least_hours": write_number(
                    case.default("measurement.verdict_hours"), case.language
                ),
            }
            yield Found(_path(place.entries[-1], "leads"), values)


@check("place-hobby", Severity.WARN)
def place_hobby(case: Case) -> Iterator[Found]:
    """A place had a fair trial and brought neither enquiries nor referrals."""
    yield from _list_kind(case, Quadrant.HOBBY)


@check("place-too-early", Severity.NOTE)
def place_too_early(case: Case) -> Iterator[Found]:
    """A place had too little time so far to be judged by what it brought."""
    yield from _list_kind(case, Quadrant.EARLY)
