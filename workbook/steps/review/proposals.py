"""What a review suggests to keep, stop and change; it never advises to close a place too early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from workbook.checks.check import Offer
from workbook.checks.repeated import find_first_round, is_diagnosed, list_main_causes
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.evidence.intervals import count_interval
from workbook.measurement.quadrants import LEAST_DAYS, LEAST_HOURS
from workbook.steps.review.places import PlaceReview, review_places
from workbook.steps.review.spans import find_span
from workbook.steps.review.telling import WORDS as OUTCOME
from workbook.steps.review.telling import Told, tell, tell_decisive
from workbook.steps.review.verdicts import Sort
from workbook.values import TEXT_LIMIT
from workbook.wording import cut_line, write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from workbook.plan import Plan

WORDS: Final = "steps/review/proposals.toml"
LIST: Final = "review.decisions"
_SHORTEST = 28
"""Days that a goal is ahead at the least, as the step for goals asks."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to keep, stop or change, with what it rests on."""

    id: str
    """The id of the decision it becomes, so that nothing is taken over twice."""
    choice: str
    what: str
    because: str
    sure: str
    change: str
    fields: Mapping[str, str]
    """Further answers of the decision: the place or the goal, and numbers for the goal."""

    def is_taken(self, plan: Plan) -> bool:
        """Whether it is among the decisions."""
        return any(decision.id == self.id for decision in plan.review.decisions)

    def make_offer(self, label: str) -> Offer:
        """The answers that make it a decision."""
        reason = f"{self.because} {self.sure}"
        given = {"choice": self.choice, "what": self.what, "reason": reason, **self.fields}
        return Offer(
            label=label,
            answers=tuple((f"{LIST}.{self.id}.{name}", value) for name, value in given.items()),
        )


def propose(plan: Plan, today: date, language: str = BASE_LANGUAGE) -> tuple[Proposal, ...]:
    """What the numbers, the places and the diagnosis suggest, in this order."""
    words = load_words(WORDS, language)
    made = [
        *_from_goals(plan, today, words, language),
        *_from_places(plan, today, words, language),
        *_from_causes(plan, words, language),
    ]
    return tuple({proposal.id: proposal for proposal in made}.values())


def _make(
    words: Mapping[str, Any], name: str, about: str, fields: Mapping[str, str], **values: object
) -> Proposal:
    said = {part: text.format(**values) for part, text in words[name].items()}
    key = sha256(f"{name} {about}".encode()).hexdigest()[:10]
    return Proposal(
        id=f"r{key}",
        choice=load_words(WORDS)[name]["choice"],
        what=cut_line(said["what"], TEXT_LIMIT),
        because=said["because"],
        sure=said["sure"],
        change=said["change"],
        fields=fields,
    )


# -- goals ---------------------------------------------------------------------------------------


def _from_goals(
    plan: Plan, today: date, words: Mapping[str, Any], language: str
) -> Iterator[Proposal]:
    for told in tell(plan, today, language):
        goal = told.judged.goal
        values = {"goal": told.name, "fact": told.facts}
        said = tell_decisive(told.judged, language)
        standing = told.judged.standing.value
        yield _make(words, standing, goal.id, {"goal": goal.id}, said=said, **values)
        if goal.due is not None and goal.due <= today and told.judged.value is not None:
            due = write_day(goal.due, language)
            yield _make(words, "renew", goal.id, _renew(plan, told, today), due=due, **values)


def _renew(plan: Plan, told: Told, today: date) -> dict[str, str]:
    """The numbers a goal may begin anew with: what was counted, and ninety days more."""
    judged = told.judged
    days = max(_SHORTEST, round(default_of(plan, "review.period_days")))
    fields = {"goal": judged.goal.id, "due": (today + timedelta(days=days)).isoformat()}
    if judged.per_period is not None:
        fields["baseline"] = str(round(judged.per_period))
    elif judged.sort is not Sort.UNKNOWN and judged.value is not None:
        fields["baseline"] = write_number(judged.value)
    return fields


# -- places --------------------------------------------------------------------------------------


def _from_places(
    plan: Plan, today: date, words: Mapping[str, Any], language: str
) -> Iterator[Proposal]:
    span = find_span(plan, today)
    for place in review_places(plan, span, language) if span else ():
        _, high = count_interval(0)
        yield _make(
            words,
            place.quadrant.value,
            place.platform,
            {"platform": place.platform},
            place=place.name,
            hours=write_number(place.between.hours or 0, language),
            leads=place.between.leads or 0,
            referrals=place.between.referrals or 0,
            days=write_number(default_of(plan, LEAST_DAYS), language),
            least=write_number(default_of(plan, LEAST_HOURS), language),
            left=write_left(place, language),
            high=int(high),
        )


def write_left(place: PlaceReview, language: str = BASE_LANGUAGE) -> str:
    """The days and hours that are missing before a place may be judged."""
    words = load_words(OUTCOME, language)["places"]
    told = []
    if place.days_left:
        form = words["days_one" if place.days_left == 1 else "days"]
        told.append(form.format(count=place.days_left))
    if place.hours_left:
        form = words["hours_one" if place.hours_left == 1 else "hours"]
        told.append(form.format(count=write_number(round(place.hours_left, 1), language)))
    return str(words["and"]).join(told)


# -- diagnosis -----------------------------------------------------------------------------------


def _from_causes(plan: Plan, words: Mapping[str, Any], language: str) -> Iterator[Proposal]:
    if not is_diagnosed(plan):
        return
    is_again = find_first_round(plan) is not None
    causes = [cause for cause in list_main_causes(plan, language) if cause.found]
    for at, cause in enumerate(causes):
        form = words["mend" if at else "mend_first"]
        because = words["found_again" if is_again else "found_once"]
        values = {"what_first": form.format(title=cause.title), "mend": cause.mend}
        signs = because.format(found=cause.found, asked=cause.asked)
        yield _make(words, "cause", cause.id, {}, signs=signs, **values)
