"""The drill: practice cases with the way we would go, dealt five at a time.

A deal has a number. The same number gives the same cases to everybody in a room, and a result is
a short line of letters that can be read out or sent, so that a group sees where it differs.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from workbook.complaint.entries import load_entries
from workbook.complaint.severity import Level, load_scores, weigh
from workbook.complaint.tree import Walk, load_tree, walk
from workbook.content import BASE_LANGUAGE
from workbook.values import Frozen, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WORDS = "complaint/drill.toml"
DEAL = 5
"""Cases in one deal."""
HIGHEST_DEAL = 9_999
_RESULT = re.compile(
    r"^(?P<who>[^:;\n]{0,60}?)[\s,]*(?<!\d)(?P<deal>\d{1,4})\s*[:;]\s*(?P<cases>[YN1-4\-\s,.]+)$",
    re.IGNORECASE,
)
_CASE = re.compile(r"^(?P<way>[YN]{0,10})(?P<level>[1-4]?)$")
_MOST_RESULTS = 100
_LONGEST = 50_000


class DrillCase(Frozen):
    """A practice case: what was written and what is known, the way we would go, and why."""

    id: str
    title: str
    kind: str
    platform: str
    known: str
    words: str
    way: str
    scores: dict[str, int]
    why: str
    at: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    """Why at single questions."""

    @property
    def answers(self) -> dict[str, bool]:
        """The answers of our way, by the ids of questions."""
        return read_way(self.way)

    @property
    def full_scores(self) -> dict[str, int]:
        """All seven scores; those that are not named are 0."""
        return {name: self.scores.get(name, 0) for name in load_scores()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How somebody's way and level and ours differ.

    ``turned`` is the question at which the two ways part, or empty where they are the same as far
    as both go.
    """

    case: DrillCase
    yours: Walk
    ours: Walk
    turned: str
    your_level: Level | None
    our_level: Level

    @property
    def is_same(self) -> bool:
        """Whether the way and the level are the same."""
        return self.yours == self.ours and self.your_level is self.our_level


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody answered to a deal: the ways as letters, and the levels."""

    who: str
    deal: int
    ways: tuple[str, ...]
    levels: tuple[Level | None, ...]


@cache
def load_drill(language: str = BASE_LANGUAGE) -> dict[str, DrillCase]:
    """Every practice case by its id."""
    cases = load_entries(WORDS, "cases", ("platform", "way", "kind"), language)
    return {key: DrillCase(id=key, **entry) for key, entry in cases.items()}


def deal(number: int, language: str = BASE_LANGUAGE) -> tuple[DrillCase, ...]:
    """The cases of a deal, the same for the same number; no outcome comes twice in it."""
    cases = load_drill(language)
    chosen: dict[str, DrillCase] = {}
    for case in sorted(cases.values(), key=lambda each: _shuffle(number, each.id)):
        chosen.setdefault(walk(case.answers).outcome, case)
    return tuple(chosen.values())[:DEAL]


def _shuffle(number: int, name: str) -> bytes:
    """A place in the order of a deal that is the same on every machine."""
    return sha256(f"{number}:{name}".encode()).digest()


def read_way(letters: str) -> dict[str, bool]:
    """Answers by the ids of questions, from y and n in the order in which they are asked."""
    answers: dict[str, bool] = {}
    for letter in letters.lower():
        following = walk(answers).missing
        if not following:
            break
        answers[following] = letter == "y"
    return answers


def write_way(way: Walk) -> str:
    """A way as letters: NNYNNYY."""
    return "".join("Y" if answer else "N" for answer in way.answers)


def compare(
    case: DrillCase, answers: Mapping[str, object], level: Level | None, *, sums: Sequence[float]
) -> Comparison:
    """Where somebody's way and level differ from ours.

    Args:
        case: The practice case.
        answers: Their answers by the ids of questions.
        level: How severe they think it is; None where they did not say.
        sums: The highest sums that are S1, S2 and S3.
    """
    yours, ours = walk(answers), walk(case.answers)
    outcome = load_tree().outcomes[ours.outcome]
    return Comparison(
        case=case,
        yours=yours,
        ours=ours,
        turned=find_turn(yours, ours),
        your_level=level,
        our_level=weigh(case.full_scores, outcome, sums=sums).level,
    )


def find_turn(yours: Walk, ours: Walk) -> str:
    """The first question that two ways answer differently; empty where there is none."""
    for node, mine, other in zip(yours.path, yours.answers, ours.answers, strict=False):
        if mine is not other:
            return node
    return ""


# -- results of a group ------------------------------------------------------------------------


def write_result(result: Result) -> str:
    """A result as one line: Kim 7: NNYNNYY2 NY4 …; a dash stands for a case without a way."""
    cases = [
        f"{way}{level.value[1] if level else ''}" or "-"
        for way, level in zip(result.ways, result.levels, strict=True)
    ]
    return f"{result.who} {result.deal}: {' '.join(cases)}".strip()


def read_results(text: str) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """The results in a text, one on each line, and the lines that could not be read.

    Names are optional. Lines beyond the first hundred are left aside.
    """
    found: list[Result] = []
    unread: list[str] = []
    lines = [line.strip() for line in clean_text(text[:_LONGEST]).splitlines() if line.strip()]
    for line in lines[:_MOST_RESULTS]:
        result = _read_result(line, len(found) + 1)
        if result is None:
            unread.append(line[:80])
        else:
            found.append(result)
    return tuple(found), tuple(unread)


def _read_result(line: str, number: int) -> Result | None:
    match = _RESULT.match(line)
    pieces = re.split(r"[\s,]+", match["cases"].strip(" ,.").upper()) if match else []
    cases = [_CASE.match("" if piece == "-" else piece) for piece in pieces[:DEAL]]
    if match is None or not cases or None in cases:
        return None
    ways = [case["way"] for case in cases if case]
    levels = [Level(f"S{case['level']}") if case["level"] else None for case in cases if case]
    who = match["who"].strip() or str(number)
    return Result(who, int(match["deal"]), tuple(ways), tuple(levels))


def list_rows(
    results: Iterable[Result], language: str = BASE_LANGUAGE
) -> Iterator[tuple[DrillCase, tuple[tuple[Result, Walk, Level | None], ...]]]:
    """Each case of the first result's deal with what everybody made of it."""
    given = tuple(results)
    kept = tuple(result for result in given if result.deal == given[0].deal)
    for number, case in enumerate(deal(kept[0].deal, language) if kept else ()):
        yield (
            case,
            tuple(
                (result, walk(read_way(result.ways[number])), result.levels[number])
                for result in kept
                if number < len(result.ways)
            ),
        )


def write_csv(results: Iterable[Result], language: str = BASE_LANGUAGE) -> bytes:
    """The results as CSV: deal, who, case, way, outcome, level."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(["deal", "who", "case", "way", "outcome", "level"])
    for case, rows in list_rows(results, language):
        for result, way, level in rows:
            who = f"'{result.who}" if result.who[:1] in "=+-@\t" and result.who else result.who
            writer.writerow(
                [
                    result.deal,
                    who,
                    case.id,
                    write_way(way),
                    way.outcome,
                    level.value if level else "",
                ]
            )
    return target.getvalue().encode("utf-8-sig")
