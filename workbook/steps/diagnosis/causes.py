"""The ten causes of a missed mark: how many of their signs are found, and which come first.

Signs are counted, “2 of 3”, and never shown as a grade; the weight only puts causes in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from pydantic import Field

from workbook.checks.progress import is_asked
from workbook.content import BASE_LANGUAGE, default_of, load_step, load_words
from workbook.plan import Plan, read_answer, step_names
from workbook.steps.diagnosis.answers import Diagnosis, Evidence, Round
from workbook.steps.diagnosis.signs import STEP, WHOLE, Sign, SignText, State, read_sign
from workbook.values import Frozen, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook.content import Question

CAUSES = f"steps/{STEP}/causes.toml"


class CauseText(Frozen):
    """A cause as ``causes.toml`` words it."""

    title: str
    in_short: str
    questions: tuple[str, ...]
    opens: tuple[str, ...]
    signs: dict[str, SignText]
    excused_when: dict[str, str] = Field(default_factory=dict)
    excused: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A step that says more about a cause; without a page as long as it is not there yet."""

    step: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause with the signs that were asked about, and its mend of half an hour."""

    id: str
    title: str
    in_short: str
    mend: str
    seeds: tuple[str, ...]
    opens: tuple[Opening, ...]
    signs: tuple[Sign, ...]

    @property
    def asked(self) -> int:
        """How many signs were asked about and answered."""
        return len(self.signs)

    @property
    def found(self) -> int:
        """How many of them are there in full."""
        return sum(sign.state is State.FOUND for sign in self.signs)

    @property
    def partly(self) -> int:
        """How many of them are there in part."""
        return sum(sign.state is State.PARTLY for sign in self.signs)

    @property
    def open(self) -> int:
        """How many of them are still to be found out."""
        return sum(sign.state is State.OPEN for sign in self.signs)

    @property
    def weight(self) -> float:
        """The mean of the signs in per cent, for putting causes in order; never shown."""
        return WHOLE * sum(s.points for s in self.signs) / len(self.signs) if self.signs else 0.0


@cache
def load_causes(language: str = BASE_LANGUAGE) -> dict[str, CauseText]:
    """The words of every cause by its id, in order."""
    found = load_words(CAUSES, language)["causes"]
    return {name: CauseText(**words) for name, words in found.items()}


def weigh(
    plan: Plan,
    *,
    evidence: Evidence | None = None,
    kept: Round | None = None,
    language: str = BASE_LANGUAGE,
) -> tuple[Cause, ...]:
    """Every cause with what the answers say about its signs, in the order of ``causes.toml``.

    Args:
        plan: The plan with the round at hand.
        evidence: The answers of another round; signs from other steps are left out then.
        kept: An earlier round, with what was kept of the signs from other steps.
        language: The language of the words.
    """
    evidence = kept.evidence if kept else evidence
    then = plan if evidence is None else _put(plan, evidence)
    read = partial(_read_signs, then, kept=kept, language=language, now=then is plan)
    return tuple(
        _build(name, text, tuple(read(text)), language)
        for name, text in load_causes(language).items()
    )


def _put(plan: Plan, evidence: Evidence) -> Plan:
    answers = {name: getattr(evidence, name) for name in Evidence.model_fields}
    return plan.model_copy(update={STEP: Diagnosis.model_construct(**answers)})


def _build(name: str, text: CauseText, signs: tuple[Sign, ...], language: str) -> Cause:
    finding = load_step(STEP, language).findings[f"cause-{name}"]
    return Cause(
        id=name,
        title=text.title,
        in_short=text.in_short,
        mend=finding.do,
        seeds=finding.seeds,
        opens=tuple(_open(step, language) for step in text.opens),
        signs=signs,
    )


def _open(step: str, language: str) -> Opening:
    if step in step_names():
        found = load_step(step, language)
        return Opening(step, found.title, found.page)
    return Opening(step, load_words(CAUSES, language)["steps"][step], "")


def _read_signs(
    plan: Plan, text: CauseText, *, kept: Round | None, language: str, now: bool
) -> Iterable[Sign]:
    excused = _is_excused(plan, text)
    for name, words in text.signs.items():
        if not now and words.path and not words.path.startswith(f"{STEP}."):
            sign = _recall(name, words, kept)
        else:
            sign = read_sign(plan, name, words, language)
        if sign is not None:
            yield Sign(name, sign.path, State.ABSENT, 0.0, text.excused) if excused else sign


def _recall(name: str, words: SignText, kept: Round | None) -> Sign | None:
    if kept is None or name not in kept.elsewhere_asked:
        return None
    found = name in kept.elsewhere_found
    state = State.FOUND if found else State.ABSENT
    return Sign(name, words.path, state, float(found), words.kept if found else words.good)


def _is_excused(plan: Plan, text: CauseText) -> bool:
    answers = getattr(plan, STEP)
    wanted = text.excused_when.items()
    return bool(wanted) and all(getattr(answers, name) == value for name, value in wanted)


def write_sign(sign: Sign, language: str = BASE_LANGUAGE) -> str:
    """A sign as a sentence: what was found, what is to be found out, or what is in place."""
    words = load_words(CAUSES, language)["words"]
    forms = {State.OPEN: words["to_find_out"], State.ABSENT: words["in_place"]}
    return str(forms.get(sign.state, "{sign}")).format(sign=sign.words)


def list_good(cause: Cause, language: str = BASE_LANGUAGE) -> tuple[tuple[str, bool], ...]:
    """Every sign of a cause turned round, for the checklist, and whether it is in place already."""
    ready = {sign.id for sign in cause.signs if sign.state is State.ABSENT}
    signs = load_causes(language)[cause.id].signs
    return tuple((text.good, name in ready) for name, text in signs.items())


def write_count(cause: Cause, language: str = BASE_LANGUAGE) -> str:
    """How many of its signs a cause shows: “1 of 2, and 1 in part”."""
    words = load_words(CAUSES, language)["words"]
    count = str(words["count"]).format(found=cause.found, asked=cause.asked)
    return str(words["in_part"]).format(count=count, partly=cause.partly) if cause.partly else count


# -- what comes first --------------------------------------------------------------------------


def rank(plan: Plan, *, language: str = BASE_LANGUAGE) -> tuple[Cause, ...]:
    """The causes to begin with, three at most; none when nothing stands out.

    A cause stands out by signs that are found, never by answers still to be found out alone. A
    business without accounts has none: it gets the causes as a checklist.
    """
    return () if has_checklist(plan) else pick_top(plan, weigh(plan, language=language))


def pick_top(plan: Plan, causes: Sequence[Cause]) -> tuple[Cause, ...]:
    """Those of the causes that stand out, the heaviest first, as many as one can begin with.

    None before enough is answered. One sign is little to go by: a cause of which no second one was
    asked about never comes before one with two or more.
    """
    if not has_enough(plan):
        return ()
    least = default_of(plan, f"{STEP}.weak_from")
    outstanding = [c for c in causes if _count_found(c) and c.weight >= least]
    most = min((c.weight for c in outstanding if _count_found(c) > 1), default=float(WHOLE))

    def place(cause: Cause) -> tuple[float, bool, int]:
        single = cause.asked < 2  # noqa: PLR2004 - one sign, and no second
        weight = min(cause.weight, most) if single else cause.weight
        return (-weight, single, -_count_found(cause))

    return tuple(sorted(outstanding, key=place)[: int(default_of(plan, f"{STEP}.top_causes"))])


def _count_found(cause: Cause) -> int:
    """How many signs are there, in full or in part."""
    return cause.found + cause.partly


def has_checklist(plan: Plan) -> bool:
    """Whether the business has no accounts, so that the causes are a checklist for later."""
    return plan.start.has_accounts is YesNo.NO


def list_asked(plan: Plan) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """The evidence questions that are asked on the route chosen, and those that are answered."""
    asked = tuple(q for q in load_step(STEP).questions.values() if is_asked(q, plan))
    return asked, tuple(q for q in asked if read_answer(plan, q.path) not in (None, (), ""))


def has_enough(plan: Plan) -> bool:
    """Whether enough of what is asked is answered to say what stands out, or that nothing does."""
    asked, given = list_asked(plan)
    share = default_of(plan, f"{STEP}.answered_share")
    return bool(given) and len(given) * WHOLE >= len(asked) * share


def order_tasks(plan: Plan) -> tuple[str, ...]:
    """The ids of all steps in the order to take them: what the top causes open comes early."""
    return order_steps(step_names(), rank(plan))


def order_steps(steps: Sequence[str], top: Sequence[Cause]) -> tuple[str, ...]:
    """Steps so ordered that those the top causes open come right after the first ones."""
    words = load_words(CAUSES)
    last = [step for step in words["last"] if step in steps]
    wanted = [*words["first"], *(opening.step for cause in top for opening in cause.opens)]
    early = [step for step in dict.fromkeys(wanted) if step in steps and step not in last]
    return (*early, *(step for step in steps if step not in (*early, *last)), *last)
