"""Gathers what a plan calls for from the findings, and from what is not answered or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.actions.candidates import Candidate, Kind
from workbook.actions.naming import find_account, is_going, name_entries
from workbook.actions.sorting import is_urgent
from workbook.checks.check import Severity
from workbook.checks.progress import is_asked, measure_progress
from workbook.content import find_question, load_step, load_steps, load_words
from workbook.plan import read_answer, walk_answers
from workbook.steps.diagnosis.mended import list_left, write_mend
from workbook.steps.integration.telling import find_goal
from workbook.values import UNKNOWN
from workbook.wording import offer_entries, title_records, write_answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from workbook.checks.check import Finding
    from workbook.content import Question
    from workbook.plan import Plan
    from workbook.steps.diagnosis.causes import Cause

WORDS = "actions/words.toml"
MENDS = "steps/diagnosis/report.toml"
CAUSE = "cause-"
_KINDS = {
    Severity.BLOCK: Kind.DECIDE,
    Severity.WARN: Kind.MEND,
    Severity.NOTE: Kind.LOOK,
}
_ABOUT_THE_LIST = "integration.actions"
"""What is found in the list itself is mended there, and is no action of its own."""
_FATES = "platform_fit.fates"
_NOTHING = (None, (), "")


def gather_open(
    plan: Plan, findings: Sequence[Finding], causes: Sequence[Cause], language: str
) -> list[Candidate]:
    """What is open in a plan: decisions, what is not known or answered, causes, and findings.

    What several entries of a list call for is one thing to do. Nothing is named twice: neither a
    text nor, of what is asked for, an answer.

    Args:
        plan: The plan.
        findings: What the checks find in it.
        causes: The causes that stand out most.
        language: The language of the words.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if not _is_of_list(finding.path) and not _is_needless(plan, finding):
            found.setdefault(finding.id, []).append(finding)
    blocked = {n: g for n, g in found.items() if g[0].severity is Severity.BLOCK}
    asked = [
        *_decide(plan, blocked, language),
        *find_out(plan, language),
        *_answer(plan, language),
    ]
    asked = list({candidate.about: candidate for candidate in reversed(asked)}.values())[::-1]
    paths = {candidate.about for candidate in asked}
    rest = {
        n: g
        for n, g in found.items()
        if n not in blocked and not n.startswith(CAUSE) and not g[0].sums_up
    }
    mends = [c for c in _mend(plan, rest, language) if c.about not in paths]
    return _name_once([*asked, *_mend_causes(plan, findings, causes, found, language), *mends])


def _is_of_list(path: str) -> bool:
    """Whether an answer is one of the list itself: what it lacks is put in there."""
    return path.startswith(_ABOUT_THE_LIST)


def _is_needless(plan: Plan, finding: Finding) -> bool:
    """Whether a finding asks for what an account that goes no longer needs."""
    is_going_anyway = is_going(plan, find_account(plan, finding.path))
    return is_going_anyway and not finding.path.startswith(_FATES) and not is_urgent(finding.id)


def _name_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each text once, as it comes first."""
    return list({candidate.text: candidate for candidate in reversed(candidates)}.values())[::-1]


# -- findings ------------------------------------------------------------------------------------


def _decide(
    plan: Plan, blocked: Mapping[str, Sequence[Finding]], language: str
) -> Iterator[Candidate]:
    """Open decisions; one that was not reached yet is named by its question."""
    words = load_words(WORDS, language)["answer"]
    for name, group in blocked.items():
        first = group[0]
        if _is_reached(plan, first.path):
            yield _from_findings(plan, name, group, first.do, language)
            continue
        question = find_question(first.path, language)
        yield Candidate(
            kind=Kind.ANSWER,
            key=f"finding|{name}",
            about=first.path,
            text=words["what"].format(question=question.label),
            why=first.what,
            because=words["because"].format(question=question.label),
            sure=words["sure"],
            change=words["change"],
            seeds=first.seeds,
        )


def _is_reached(plan: Plan, path: str) -> bool:
    """Whether the question at a path is answered, or one of its screen or of a later one is."""
    if read_answer(plan, path) not in _NOTHING:
        return True
    name = path.partition(".")[0]
    sections = load_step(name).sections
    here = next((at for at, s in enumerate(sections) if path.split(".")[1] in s.questions), 0)
    later = (question for section in sections[here:] for question in section.questions)
    return any(read_answer(plan, f"{name}.{question}") not in _NOTHING for question in later)


def _mend(plan: Plan, found: Mapping[str, Sequence[Finding]], language: str) -> Iterator[Candidate]:
    for name, group in found.items():
        yield _from_findings(plan, name, group, group[0].do, language)


def _mend_causes(
    plan: Plan,
    findings: Sequence[Finding],
    causes: Sequence[Cause],
    found: Mapping[str, Sequence[Finding]],
    language: str,
) -> Iterator[Candidate]:
    """The mend of each main cause that the plan has not mended since."""
    words = load_words(MENDS, language)
    for cause in list_left(plan, findings, causes):
        group = found.get(f"{CAUSE}{cause.id}")
        if group:
            yield _from_findings(
                plan, f"{CAUSE}{cause.id}", group, write_mend(words, cause), language
            )


def _from_findings(
    plan: Plan, name: str, group: Sequence[Finding], text: str, language: str
) -> Candidate:
    cause = name.removeprefix(CAUSE) if name.startswith(CAUSE) else ""
    first, count = group[0], len({finding.path for finding in group})
    return Candidate(
        kind=Kind.CAUSE if cause else _KINDS[first.severity],
        key=f"finding|{name}",
        about=first.path,
        text=text if cause else name_entries(plan, text, [f.path for f in group], language),
        why=first.what,
        because=first.because,
        sure=first.sure,
        change=first.change,
        seeds=first.seeds,
        count=count,
        goal=find_goal(first.path),
        cause=cause,
    )


# -- what is not known, and what is not answered --------------------------------------------------


def find_out(plan: Plan, language: str) -> Iterator[Candidate]:
    """What was answered with “I do not know”, once for each question, with how it is found out."""
    words = load_words(WORDS, language)["find_out"]
    paths: dict[str, list[str]] = {}
    for step in load_steps(language):
        for path, value in walk_answers(getattr(plan, step.id), step.id):
            chosen = value if isinstance(value, tuple) else (value,)
            needless = is_going(plan, find_account(plan, path))
            if UNKNOWN in chosen and step.section_of(path) is not None and not needless:
                paths.setdefault(find_question(path, language).path, []).append(path)
    for name, group in paths.items():
        question = find_question(group[0], language)
        if question.find_out and is_asked(question, plan):
            offered = offer_entries(question, plan, language)
            answer = write_answer(offered, read_answer(plan, group[0]), language)
            yield Candidate(
                kind=Kind.FIND_OUT,
                key=f"find_out|{name}",
                about=group[0],
                text=name_entries(plan, question.find_out, group, language),
                why=question.label,
                because=words["because"].format(question=question.label, answer=answer),
                sure=words["sure"],
                change=words["change"],
                seeds=question.seeds,
                count=len(group),
            )


def _name(plan: Plan, question: Question, path: str, language: str) -> str:
    """A question as it is asked; within a list with the entry it is asked about."""
    step, name, entry, *_ = (*path.split("."), "", "")
    words = load_words(WORDS, language)["part"]
    if not entry:
        return str(words["question"]).format(question=question.label)
    listed = load_step(step, language).questions[name]
    records = read_answer(plan, listed.path)
    titles = title_records(offer_entries(listed, plan, language), records, language)
    named = dict(zip((r.id for r in records), titles, strict=True))
    return str(words["of_entry"]).format(
        question=question.label, entry=named.get(entry, listed.record)
    )


def _answer(plan: Plan, language: str) -> Iterator[Candidate]:
    """The parts that were begun, each with the answer that comes next."""
    words: Mapping[str, Any] = load_words(WORDS, language)["part"]
    for step in load_steps(language):
        progress = measure_progress(plan, step)
        if not (progress.begun and progress.next_path) or _is_of_list(progress.next_path):
            continue
        question = find_question(progress.next_path, language)
        if is_asked(question, plan):
            yield Candidate(
                kind=Kind.ANSWER,
                key=f"part|{step.id}",
                about=progress.next_path,
                text=words["what"].format(
                    question=_name(plan, question, progress.next_path, language)
                ),
                why=step.task,
                because=words["because"].format(count=progress.needed - progress.answered),
                sure=words["sure"],
                change=words["change"],
                seeds=question.seeds,
            )
