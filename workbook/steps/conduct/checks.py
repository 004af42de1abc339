"""What can be wrong with the rules for staff: who is missing, what is left out or too wide."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workbook.checks.check import Case, Check, Found, Offer, Severity, check
from workbook.content import find_question
from workbook.steps.conduct.answers import Approval, Country, Form, Habit
from workbook.steps.conduct.clauses import choose_form
from workbook.steps.conduct.reading import (
    STEP,
    find_narrower,
    give,
    join_countries,
    list_left_out,
    name_clause,
    offer,
    offer_back,
    offer_day,
    offer_name,
    phrase,
    say_sure,
    waits,
)
from workbook.values import LONG_TEXT_LIMIT, UNKNOWN, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterator

_EUROPE = {Country.EU, Country.UK}


# -- who ----------------------------------------------------------------------------------------


@check("countries-open", Severity.WARN)
def countries_open(case: Case) -> Iterator[Found]:
    """Nobody said where staff and customers are."""
    if not waits(case) and not case.plan.conduct.countries:
        yield Found(f"{STEP}.countries")


@check("nobody-speaks", Severity.WARN)
def nobody_speaks(case: Case) -> Iterator[Found]:
    """Nobody is named who may speak."""
    if not waits(case) and not case.plan.conduct.speakers:
        yield Found(f"{STEP}.speakers")


@check("nobody-pauses", Severity.WARN)
def nobody_pauses(case: Case) -> Iterator[Found]:
    """Nobody is named who can pause everything."""
    path = f"{STEP}.pauser"
    if not waits(case) and case.answer(path) is None:
        yield Found(path, {"given": give(case, path)}, offer_name(case, "nobody-pauses", path))


@check("pause-buttons-open", Severity.NOTE)
def pause_buttons_open(case: Case) -> Iterator[Found]:
    """Somebody can pause everything, and it is open where."""
    conduct = case.plan.conduct
    if waits(case) or case.answer(f"{STEP}.pauser") is None:
        return
    if not conduct.pauses:
        yield Found(f"{STEP}.pauses", {"reason": phrase(case, "no_buttons")})
    for pause in conduct.pauses:
        if pause.button in (None, UNKNOWN):
            tool = pause.tool or phrase(case, "nameless")
            reason = phrase(case, "button_unknown").format(tool=tool)
            yield Found(f"{STEP}.pauses.{pause.id}.button", {"reason": reason})


@check("nobody-stands-in", Severity.NOTE)
def nobody_stands_in(case: Case) -> Iterator[Found]:
    """Several people work there, and only one of them can pause everything."""
    pauser, people = case.answer(f"{STEP}.pauser"), case.plan.start.people
    if not waits(case) and pauser and case.answer(f"{STEP}.deputy") is None and (people or 0) > 1:
        yield Found(f"{STEP}.deputy", {"pauser": pauser, "people": people})


@check("nobody-owns-rules", Severity.WARN)
def nobody_owns_rules(case: Case) -> Iterator[Found]:
    """Nobody looks after the rules."""
    path = f"{STEP}.owner"
    if not waits(case) and case.answer(path) is None:
        offers = offer_name(case, "nobody-owns-rules", path)
        yield Found(path, {"given": give(case, path)}, offers)


# -- when ---------------------------------------------------------------------------------------


@check("review-open", Severity.WARN)
def review_open(case: Case) -> Iterator[Found]:
    """There is no day on which somebody looks at the rules again."""
    if (
        not waits(case)
        and case.plan.conduct.review is None
        and f"{STEP}.review" not in case.unclear
    ):
        yield Found(f"{STEP}.review", offers=offer_day(case, "review-open"))


@check("review-past", Severity.WARN)
def review_past(case: Case) -> Iterator[Found]:
    """The day to look at the rules again has passed."""
    review = case.plan.conduct.review
    if not waits(case) and review is not None and review < case.today:
        yield Found(f"{STEP}.review", offers=offer_day(case, "review-past"))


@check("review-far", Severity.NOTE)
def review_far(case: Case) -> Iterator[Found]:
    """The rules are to stand for longer than a year, or what the business chose instead."""
    review, most = case.plan.conduct.review, int(case.default("conduct.review_days"))
    if not waits(case) and review is not None and review > case.today + timedelta(days=most):
        yield Found(f"{STEP}.review", {"days": most}, offer_day(case, "review-far"))


# -- a second pair of eyes ----------------------------------------------------------------------

_SECOND = (Approval.DELICATE, Approval.EVERYTHING)


@check("approver-open", Severity.WARN)
def approver_open(case: Case) -> Iterator[Found]:
    """Posts wait for somebody who is not named."""
    waiting = case.plan.conduct.approval in _SECOND
    if waiting and not waits(case) and case.answer(f"{STEP}.approver") is None:
        yield Found(f"{STEP}.approver", offers=_offer_nobody(case, "approver-open"))


def _offer_nobody(case: Case, finding: str) -> tuple[Offer, ...]:
    return (offer(case, finding, (f"{STEP}.approval", Approval.NOBODY.value)),)


@check("approver-alone", Severity.WARN)
def approver_alone(case: Case) -> Iterator[Found]:
    """One person works there, and somebody else is to look at posts first."""
    if case.plan.start.people == 1 and case.plan.conduct.approval in _SECOND and not waits(case):
        yield Found(f"{STEP}.approval", offers=_offer_nobody(case, "approver-alone"))


@check("approver-posts", Severity.WARN)
def approver_posts(case: Case) -> Iterator[Found]:
    """The one who looks at posts first is the only one who may write them."""
    conduct, approver = case.plan.conduct, case.answer(f"{STEP}.approver")
    if waits(case) or conduct.approval not in _SECOND or not approver or not conduct.speakers:
        return
    if _bare(approver) == _bare(conduct.speakers):
        offers = _offer_nobody(case, "approver-posts")
        yield Found(f"{STEP}.approver", {"approver": approver}, offers)


def _bare(name: str) -> str:
    return " ".join(name.casefold().rstrip(".").split())


@check("nobody-looks", Severity.NOTE)
def nobody_looks(case: Case) -> Iterator[Found]:
    """Several people work there, and nobody looks at delicate posts first."""
    people = case.plan.start.people
    if case.plan.conduct.approval is Approval.NOBODY and (people or 0) > 1 and not waits(case):
        mend = offer(case, "nobody-looks", (f"{STEP}.approval", Approval.DELICATE.value))
        yield Found(f"{STEP}.approval", {"people": people}, (mend,))


# -- what is left out ---------------------------------------------------------------------------


@check("disclosure-left-out", Severity.WARN)
def disclosure_left_out(case: Case) -> Iterator[Found]:
    """Staff or customers are in the United States, and nobody is made to say whose they are."""
    for clause, path in list_left_out(case):
        if clause.id == "disclosure" and Country.US in case.plan.conduct.countries:
            values = {"clause": clause.label}
            yield Found(path, values, offer_back(case, "disclosure-left-out", path))


@check("law-left-out", Severity.WARN)
def law_left_out(case: Case) -> Iterator[Found]:
    """A rule is left out that the law of a country of theirs stands behind."""
    for clause, path in list_left_out(case):
        there = [c for c in clause.jurisdiction if c in case.plan.conduct.countries]
        if there and clause.severity == "warn" and clause.id != "disclosure":
            values = {"clause": clause.label, "countries": join_countries(case, there)}
            yield Found(path, values, offer_back(case, "law-left-out", path))


@check("good-sense-left-out", Severity.NOTE)
def good_sense_left_out(case: Case) -> Iterator[Found]:
    """A rule is left out that is good sense in most firms."""
    for clause, path in list_left_out(case):
        if clause.severity == "note":
            values = {"clause": clause.label, "reason": clause.rationale}
            yield Found(path, values, offer_back(case, "good-sense-left-out", path))


@check("policy-long", Severity.NOTE)
def policy_long(case: Case) -> Iterator[Found]:
    """Few people work there, and they get sixteen sections to read."""
    people, few = case.plan.start.people, int(case.default("conduct.few_people"))
    long = choose_form(case.plan) is Form.SIXTEEN
    if not waits(case) and people is not None and people < few and long:
        mend = offer(case, "policy-long", (f"{STEP}.form", Form.ONE_PAGE.value))
        yield Found(f"{STEP}.form", {"people": people, "few": few}, (mend,))


@check("policy-short", Severity.NOTE)
def policy_short(case: Case) -> Iterator[Found]:
    """Many people work there, and one page is all they get."""
    people, few = case.plan.start.people, int(case.default("conduct.few_people"))
    short = choose_form(case.plan) is Form.ONE_PAGE
    if not waits(case) and people is not None and people >= few and short:
        mend = offer(case, "policy-short", (f"{STEP}.form", Form.SIXTEEN.value))
        yield Found(f"{STEP}.form", {"people": people, "few": few}, (mend,))


# -- data of visitors -----------------------------------------------------------------------------


def _is_in_europe(case: Case) -> bool:
    return bool(_EUROPE & set(case.plan.conduct.countries)) and not waits(case)


@check("data-contact-open", Severity.WARN)
def data_contact_open(case: Case) -> Iterator[Found]:
    """Visitors from Europe have nobody to ask about their data."""
    path = f"{STEP}.data_contact"
    if _is_in_europe(case) and case.answer(path) is None:
        yield Found(path, {"given": give(case, path)})


@check("privacy-not-linked", Severity.WARN)
def privacy_not_linked(case: Case) -> Iterator[Found]:
    """Visitors from Europe are not led from a profile to a privacy notice."""
    notice, linked = f"{STEP}.privacy_notice", f"{STEP}.notice_linked"
    there = case.answer(notice) is not None or notice in case.unclear
    if _is_in_europe(case) and (not there or case.answer(linked) is not YesNo.YES):
        path = linked if there else notice
        yield Found(path, {"reason": _say_given(case, path)})


def _say_given(case: Case, path: str) -> str:
    question = find_question(path, case.language).label
    return phrase(case, "no_notice").format(question=question, given=give(case, path))


# -- posts and reviews --------------------------------------------------------------------------


@check("ties-unsaid", Severity.WARN)
def ties_unsaid(case: Case) -> Iterator[Found]:
    """People with a tie to the business post about it, and no rule makes them say so."""
    if not {Habit.STAFF_POSTS, Habit.GIFTS} & set(case.plan.conduct.habits):
        return
    for clause, path in list_left_out(case):
        if clause.id == "disclosure" and Country.US not in case.plan.conduct.countries:
            back = offer_back(case, "ties-unsaid", path)
            yield Found(f"{STEP}.habits", {"clause": clause.label}, back)


def _check_habit(name: str, habit: Habit) -> Check:
    """The check that reports a habit that readers of reviews are cheated by."""

    @check(name, Severity.WARN)
    def find(case: Case) -> Iterator[Found]:
        if habit in case.plan.conduct.habits and not waits(case):
            yield Found(f"{STEP}.habits", {"sure": say_sure(case, "sure_reviews")})

    return find


staff_reviews = _check_habit("staff-reviews", Habit.STAFF_REVIEWS)
reviews_rewarded = _check_habit("reviews-rewarded", Habit.REWARDS)
reviews_happy_only = _check_habit("reviews-happy-only", Habit.HAPPY_ONLY)
reviews_hidden = _check_habit("reviews-hidden", Habit.HIDING)
followers_bought = _check_habit("followers-bought", Habit.BOUGHT)


# -- too wide -----------------------------------------------------------------------------------


def _check_wording(name: str, rule: str) -> Check:
    """The check that points at a rule in own words that is too wide, or unclear."""

    @check(name, Severity.WARN)
    def find(case: Case) -> Iterator[Found]:
        for wide in find_narrower(case, rule):
            values = {
                "sentence": wide.sentence,
                "why": wide.rule.why,
                "narrower": wide.rule.narrower,
                "clause": name_clause(case, wide.clause),
                "sure": say_sure(case, "sure"),
            }
            fits = len(wide.narrowed) <= LONG_TEXT_LIMIT
            mend = (offer(case, name, (wide.path, wide.narrowed)),) if fits else ()
            yield Found(wide.path, values, mend)

    return find


forbids_pay = _check_wording("forbids-pay", "pay")
forbids_criticism = _check_wording("forbids-criticism", "criticism")
forbids_everything = _check_wording("forbids-everything", "everything")
forbids_name = _check_wording("forbids-name", "name")
forbids_media = _check_wording("forbids-media", "media")
demands_cheer = _check_wording("demands-cheer", "cheer")
demands_passwords = _check_wording("demands-passwords", "passwords")
tag_unclear = _check_wording("tag-unclear", "tags")
