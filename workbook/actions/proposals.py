"""Proposes the action list of a plan, and takes what was chosen into it.

An action that was taken keeps its words, its person and its day. It is known again by what it
rests on, so that nothing is taken twice, and so that the list can say when that is settled.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from workbook.actions.candidates import Candidate, Kind, is_proposed
from workbook.actions.decided import gather_decided
from workbook.actions.gathering import gather_open
from workbook.actions.ordering import Causes, order, order_causes
from workbook.actions.people import find_owner, name_person
from workbook.actions.serving import find_served
from workbook.actions.sorting import find_urgency, gives_hours_back, is_work
from workbook.actions.spreading import Placed, spread
from workbook.content import BASE_LANGUAGE, default_of
from workbook.steps.integration.answers import Action, Done
from workbook.steps.integration.listing import is_full, sort_actions
from workbook.values import HOURS_IN_A_WEEK, TEXT_LIMIT, Frozen
from workbook.wording import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.checks.check import Finding
    from workbook.plan import Plan

_HOURS = {
    Kind.DECIDE: "decide_hours",
    Kind.FIND_OUT: "find_out_hours",
    Kind.ANSWER: "answer_hours",
    Kind.CAUSE: "cause_hours",
    Kind.MEND: "mend_hours",
    Kind.LOOK: "look_hours",
    Kind.ACCOUNT: "account_hours",
    Kind.SETUP: "setup_hours",
    Kind.READING: "reading_hours",
    Kind.PREPARE: "prepare_hours",
    Kind.REVIEW: "review_hours",
}


class ProposedAction(Frozen):
    """An action that is proposed: what, because of which answer, who, how long, and by when.

    ``why`` says what is wrong or wanted, ``because`` by which answer that is known.
    ``due`` is None where it does not fit into the days of the list. ``fits`` tells whether the
    week leaves hours over for it, ``is_urgent`` that it cannot wait, ``saves`` that it gives hours
    back, and ``is_work`` that it is more than another answer in the workbook. ``cause`` is the
    title of the cause of the diagnosis it works on, empty where there is none; ``is_main`` tells
    whether that is one of the main ones. ``count`` is the number of answers that it settles.
    """

    id: str
    kind: Kind
    what: str
    why: str
    about: str
    because: str
    sure: str
    change: str
    cause: str = ""
    is_main: bool = False
    count: int = 1
    goal: str | None = None
    who: str | None = None
    hours: float
    due: date | None = None
    fits: bool = False
    is_urgent: bool = False
    saves: bool = False
    is_work: bool = True


def propose_actions(
    plan: Plan, findings: Sequence[Finding], today: date, language: str = BASE_LANGUAGE
) -> tuple[ProposedAction, ...]:
    """The actions a plan calls for that are not on its list yet, what matters most first.

    They are ordered by the cause of the diagnosis they work on, then by hours. The person is one
    the plan names, or nobody. The days are spread over those of the list, within the hours there
    are for it.

    Args:
        plan: The plan.
        findings: What the checks find in it.
        today: The day from which days are counted.
        language: The language of the words.
    """
    taken = {action.id for action in plan.integration.actions}
    causes = order_causes(plan, language)
    found = _gather(plan, findings, causes, today, language)
    return _arrange(plan, causes, [c for c in found if c.id not in taken], today)


def choose_work(plan: Plan, proposals: Iterable[ProposedAction]) -> tuple[ProposedAction, ...]:
    """What of the proposals belongs on a work list.

    Corrections of answers do not. Where week and list leave nothing over, what cannot wait and what
    gives hours back is left.
    """
    nothing_left = is_full(plan)
    work = (proposal for proposal in proposals if proposal.is_work)
    return tuple(p for p in work if not nothing_left or p.is_urgent or p.saves)


def explain_actions(
    plan: Plan, findings: Sequence[Finding], today: date, language: str = BASE_LANGUAGE
) -> dict[str, ProposedAction]:
    """The reasons of the actions on a plan's list that still hold, by the id of the action."""
    taken = {action.id for action in plan.integration.actions}
    if not any(map(is_proposed, taken)):
        return {}
    causes = order_causes(plan, language)
    found = _gather(plan, findings, causes, today, language)
    held = _arrange(plan, causes, [c for c in found if c.id in taken], today)
    return {proposal.id: proposal for proposal in held}


def is_settled(action: Action, reasons: Mapping[str, ProposedAction]) -> bool:
    """Whether an open action that was proposed has lost its reason: it is done, it seems."""
    return action.is_open and is_proposed(action.id) and action.id not in reasons


def _arrange(
    plan: Plan, causes: Causes, candidates: Sequence[Candidate], today: date
) -> tuple[ProposedAction, ...]:
    ordered = order(candidates, causes, [_count_hours(plan, c) for c in candidates])
    days = spread(plan, ordered, today)
    return tuple(
        _propose(plan, causes, candidate, hours, placed)
        for (candidate, hours), placed in zip(ordered, days, strict=True)
    )


def take(plan: Plan, proposals: Iterable[ProposedAction]) -> tuple[Action, ...]:
    """The actions of a plan with those that were proposed, by day; what is there stays as it is."""
    kept = plan.integration.actions
    there = {action.id for action in kept}
    new = [_make_action(proposal) for proposal in proposals if proposal.id not in there]
    return tuple(sort_actions([*kept, *new]))


def _gather(
    plan: Plan, findings: Sequence[Finding], causes: Causes, today: date, language: str
) -> list[Candidate]:
    found = gather_open(plan, findings, causes.main, language)
    found += gather_decided(plan, today, language)
    return list({candidate.id: candidate for candidate in reversed(found)}.values())[::-1]


def _count_hours(plan: Plan, candidate: Candidate) -> float:
    hours = default_of(plan, f"integration.{_HOURS[candidate.kind]}") * candidate.count
    return min(hours, float(HOURS_IN_A_WEEK))


def _propose(
    plan: Plan, causes: Causes, candidate: Candidate, hours: float, placed: Placed
) -> ProposedAction:
    cause = causes.find(candidate)
    return ProposedAction(
        id=candidate.id,
        kind=candidate.kind,
        what=cut_line(candidate.text, TEXT_LIMIT),
        why=candidate.why,
        about=candidate.about,
        because=candidate.because,
        sure=candidate.sure,
        change=candidate.change,
        cause=cause.title if cause else "",
        is_main=cause in causes.main,
        count=candidate.count,
        goal=candidate.goal or find_served(plan, candidate),
        who=name_person(plan, candidate.who) or find_owner(plan, candidate.about),
        hours=hours,
        due=placed.day,
        fits=placed.fits,
        is_urgent=find_urgency(candidate) is not None,
        saves=gives_hours_back(candidate),
        is_work=is_work(candidate),
    )


def _make_action(proposal: ProposedAction) -> Action:
    return Action(
        id=proposal.id,
        what=proposal.what,
        about=proposal.about,
        goal=proposal.goal,
        who=proposal.who,
        hours=proposal.hours,
        due=proposal.due,
        done=Done.NO,
    )
