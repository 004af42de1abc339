"""What can be wrong with the places chosen: too many, too dear, or not where the clients are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.budget.need import is_held_in_week, reckon_need
from workbook.checks.accounts import is_used
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_step
from workbook.fit.effort import BASE
from workbook.fit.fates import list_named, serves_nothing
from workbook.fit.phrases import write_hours
from workbook.fit.planned import hours_of, list_chosen, wish_of
from workbook.fit.wording import join_places as join_names
from workbook.platforms import load_platforms
from workbook.steps.platform_fit.answers import Form
from workbook.steps.platform_fit.chosen import (
    FIRST,
    STEP,
    choose_drops,
    describe_chosen,
    has_client,
    is_worse,
    join_places,
    list_parts,
    name_place,
    reckon,
)
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.fit.choice import Choice
    from workbook.fit.sets import Option

_FURTHER = f"{STEP}.further"
_EXCEPTION = f"{STEP}.exception"
_EXCEPTION_BY = f"{STEP}.exception_by"
_HOURS = "start.hours_per_week"


def _offer(case: Case, finding: str, *answers: tuple[str, str], **values: str) -> Offer:
    words = load_step(STEP, case.language).findings[finding].offer
    return Offer(label=words.format(**values), answers=answers)


def _phrase(case: Case, name: str, **values: str) -> str:
    return load_step(STEP, case.language).phrases[name].format(**values)


# -- which, and how many -------------------------------------------------------------------------


@check("first-place-missing", Severity.BLOCK)
def first_place_missing(case: Case) -> Iterator[Found]:
    """Social media is used, and it is open where."""
    if is_used(case) and case.plan.platform_fit.first is None:
        yield Found(FIRST)


@check("chosen-over-hours", Severity.BLOCK)
def chosen_over_hours(case: Case) -> Iterator[Found]:
    """The places chosen take more hours than there are.

    Once the week is begun, all that the plan needs is held against the hours there.
    """
    available, chosen = case.answer(_HOURS), list_chosen(case.plan)
    needed = hours_of(case.plan, chosen)
    held = is_held_in_week(case.plan)
    if not is_used(case) or available is None or needed <= available or held:
        return
    values = {
        "hours": write_hours(available, case.language),
        "needed": write_hours(reckon_need(case.plan).hours, case.language),
        "places": join_places(chosen, case.language),
        "parts": list_parts(case.plan, case.language),
    }
    yield Found(FIRST, values, tuple(_offer_fewer(case, available)))


def _offer_fewer(case: Case, available: float) -> Iterator[Offer]:
    """To leave out what adds least; where nothing fits, to do without social media for now."""
    dropped = choose_drops(case.plan, available)
    if dropped:
        answers = [
            (f"{_FURTHER}.{place.id}.platform", "")
            for place in case.plan.platform_fit.further
            if place.platform in dropped
        ]
        places = join_places(dropped, case.language)
        yield _offer(case, "chosen-over-hours", *answers, places=places)
    else:
        answer = ("goals.decision", "not_now")
        yield Offer(label=_phrase(case, "not_now"), answers=(answer,))


def _count_most(case: Case) -> int:
    return int(case.default(f"{STEP}.places_for_one"))


def _is_alone(case: Case) -> bool:
    """Whether one person does it all, and keeps more places than one person should."""
    many = len(list_chosen(case.plan)) > _count_most(case)
    return is_used(case) and many and wish_of(case.plan, case.language).people == 1


@check("one-person-many-places", Severity.BLOCK)
def one_person_many_places(case: Case) -> Iterator[Found]:
    """One person keeps more than one place, and nobody has signed for it."""
    said = case.plan.platform_fit
    if _is_alone(case) and not said.exception and not said.exception_by:
        chosen = list_chosen(case.plan)
        values = {
            "places": join_places(chosen, case.language),
            "count": len(chosen),
            "most": write_number(_count_most(case), case.language),
        }
        yield Found(_EXCEPTION, values)


@check("exception-half-signed", Severity.BLOCK)
def exception_half_signed(case: Case) -> Iterator[Found]:
    """The exception has a reason and no name, or a name and no reason."""
    said = case.plan.platform_fit
    if _is_alone(case) and bool(said.exception) is not bool(said.exception_by):
        lacks = "lacks_name" if said.exception else "lacks_reason"
        path = _EXCEPTION_BY if said.exception else _EXCEPTION
        yield Found(path, {"lacks": _phrase(case, lacks)})


@check("place-chosen-twice", Severity.NOTE)
def place_chosen_twice(case: Case) -> Iterator[Found]:
    """A further place is the first one, or another one, once more."""
    seen = {case.plan.platform_fit.first}
    for place in case.plan.platform_fit.further:
        path = f"{_FURTHER}.{place.id}.platform"
        if place.platform and place.platform in seen:
            mend = _offer(case, "place-chosen-twice", (path, ""))
            yield Found(path, {"place": name_place(place.platform, case.language)}, (mend,))
        seen.add(place.platform)


@check("first-without-reason", Severity.NOTE)
def first_without_reason(case: Case) -> Iterator[Found]:
    """The place that comes first has no reason, here or among the reasons for each place."""
    first = case.plan.platform_fit.first
    told = {why.platform for why in case.plan.goals.whys if case.answer(_path_of(why.id))}
    if is_used(case) and first and not case.plan.platform_fit.first_because and first not in told:
        place = name_place(first, case.language)
        yield Found(f"{STEP}.first_because", {"place": place})


def _path_of(why: str) -> str:
    return f"goals.whys.{why}.reason"


@check("further-without-reason", Severity.WARN)
def further_without_reason(case: Case) -> Iterator[Found]:
    """A further place has no reason of its own."""
    for place in case.plan.platform_fit.further:
        counts = place.platform and place.platform not in BASE
        if is_used(case) and counts and not place.reason:
            values = {"place": name_place(place.platform, case.language)}
            yield Found(f"{_FURTHER}.{place.id}.reason", values)


# -- whether they fit ----------------------------------------------------------------------------


@check("chosen-serves-nothing", Severity.WARN)
def chosen_serves_nothing(case: Case) -> Iterator[Found]:
    """The place that comes first serves nothing the business wants, as it said itself."""
    first = case.plan.platform_fit.first
    if is_used(case) and first and serves_nothing(case.plan, first):
        yield Found(FIRST, {"place": name_place(first, case.language)})


@check("chosen-cannot-be-fed", Severity.WARN)
def chosen_cannot_be_fed(case: Case) -> Iterator[Found]:
    """The team makes nothing of what a place chosen lives on."""
    if not is_used(case) or not case.plan.platform_fit.makes:
        return
    for place in list_chosen(case.plan):
        known = load_platforms().get(place)
        lives_on = [Form(form) for form in known.forms] if known else []
        if lives_on and not set(lives_on) & set(case.plan.platform_fit.makes):
            question = find_question(f"{STEP}.makes", case.language)
            forms = ", ".join(question.label_of(form).lower() for form in lives_on)
            values = {"place": name_place(place, case.language), "forms": forms}
            yield Found(f"{STEP}.makes", values)


def _shown(case: Case) -> tuple[Choice, Option] | None:
    """The choice with the set of places chosen, where both can be reckoned with."""
    choice = reckon(case.plan, case.language) if list_chosen(case.plan) else None
    option = describe_chosen(case.plan, choice) if choice and is_used(case) else None
    return (choice, option) if choice and option else None


@check("first-without-clients", Severity.WARN)
def first_without_clients(case: Case) -> Iterator[Found]:
    """Enough clients were asked, and none of them is in the place that comes first."""
    first, shown = case.plan.platform_fit.first, _shown(case)
    if shown and first not in BASE and has_client(shown[0], str(first)) is False:
        place = shown[0].primary
        best = _phrase(case, "most_named", place=place) if place else ""
        values = {"place": name_place(first, case.language), "best": best}
        yield Found(FIRST, values)


def _compare(case: Case, *, provisional: bool) -> Iterator[Found]:
    shown = _shown(case)
    if shown and shown[0].is_provisional is provisional and is_worse(*shown):
        choice, option = shown
        yield Found(
            FIRST,
            {
                "places": join_names(option.places, case.language),
                "reach": write_number(round(option.weighted.percent), case.language),
                "best": join_names(choice.best.places, case.language),
                "best_reach": write_number(round(choice.best.weighted.percent), case.language),
                "hours": write_hours(choice.best.hours, case.language),
            },
        )


@check("chosen-behind", Severity.WARN)
def chosen_behind(case: Case) -> Iterator[Found]:
    """By what clients said, another set reaches more, beyond what chance may do."""
    yield from _compare(case, provisional=False)


@check("chosen-behind-by-survey", Severity.NOTE)
def chosen_behind_by_survey(case: Case) -> Iterator[Found]:
    """By a survey of adults, another set reaches more, beyond what chance may do."""
    yield from _compare(case, provisional=True)


# -- how far it carries --------------------------------------------------------------------------


@check("choice-by-survey-for-businesses", Severity.WARN)
def choice_by_survey_for_businesses(case: Case) -> Iterator[Found]:
    """Places are chosen for customers that are businesses, before enough of them were asked."""
    if _is_open(case) and _sells_to_businesses(case):
        yield Found(FIRST, _least(case))


@check("choice-provisional", Severity.NOTE)
def choice_provisional(case: Case) -> Iterator[Found]:
    """Places are chosen before enough clients were asked, so that no place is the main one."""
    if _is_open(case) and not _sells_to_businesses(case):
        yield Found(FIRST, _least(case))


def _least(case: Case) -> dict[str, object]:
    return {
        "least": write_number(case.default("audience.clients_least"), case.language),
        "place": name_place(case.plan.platform_fit.first, case.language),
    }


def _is_open(case: Case) -> bool:
    """Whether a place was chosen while too few clients were asked."""
    if not is_used(case) or not set(list_named(case.plan)) - BASE:
        return False
    choice = reckon(case.plan, case.language)
    return choice is None or choice.is_provisional


def _sells_to_businesses(case: Case) -> bool:
    groups = case.plan.audience.groups
    said = [group.buyers for group in groups if group.buyers]
    return bool(said) and all(buyers == "businesses" for buyers in said)
