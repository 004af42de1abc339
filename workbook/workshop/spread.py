"""How far answers lie apart: how many gave each, and the quartiles of numbers, never just a mean.

A spread holds no name. It is made of as many answers as its room asks for, since whoever knows
all but one of a few could tell the last; fewer are refused.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from statistics import quantiles
from typing import TYPE_CHECKING

from workbook.complaint.severity import Level
from workbook.complaint.tree import load_tree
from workbook.content import BASE_LANGUAGE, find_question, load_words
from workbook.discovery import read_toml
from workbook.errors import TooFewAnswers
from workbook.platforms import load_platforms
from workbook.values import UNKNOWN, Frozen
from workbook.wording import write_number
from workbook.workshop.game import list_cards
from workbook.workshop.prompts import WORDS, Blind, Prompt, PromptKind, split_case

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_DEFAULTS = "workshop/defaults.toml"
_SCALE_STEP, _SCALE_END = 20, 100
_MOST_BINS = 6
_EACH = 12
"""Whole numbers that lie no further apart than this are counted one by one."""
_BETWEEN = ".."
_UNDER = "..<"


class Shape(StrEnum):
    """What a spread is of."""

    CHOICE = "choice"
    """Each gave one of them."""
    SEVERAL = "several"
    """Each gave as many of them as they liked."""
    NUMBER = "number"
    """Numbers, counted one by one or between two ends."""
    SCALE = "scale"
    """Places between two ends of a scale, 0 to 100."""
    OUTCOME = "outcome"
    """Where ways through the tree of complaints end."""
    LEVEL = "level"
    """How severe a case was thought to be."""
    LINES = "lines"
    """Lines in one's own words, in the order of the alphabet."""


class Spread(Frozen):
    """How many gave each answer, of how many; of numbers the quartiles too."""

    shape: Shape
    answers: int
    counts: tuple[tuple[str, int], ...] = ()
    """Values, or stretches such as ``0..19``, with how many; whatever was offered is there."""
    quartiles: tuple[float, float, float] | None = None
    """A quarter of the numbers lies at or below the first, half at or below the second."""
    lines: tuple[str, ...] = ()


def make_spreads(
    prompt: Prompt, answers: Iterable[Blind], *, least: int, without: Collection[str] = ()
) -> tuple[Spread, ...]:
    """The spreads of what was answered: one, or for a case of the drill outcome and level.

    Lines ``without`` which it is shown are counted and stand nowhere. Raises TooFewAnswers when
    there are fewer answers than the room asks for.
    """
    given = list(answers)
    if len(given) < max(least, 1):
        raise TooFewAnswers(least=least, given=len(given))
    if prompt.kind is PromptKind.LINE:
        lines = tuple(line for line in sort_lines(given) if line not in without)
        return (Spread(shape=Shape.LINES, answers=len(given), lines=lines),)
    if prompt.kind is PromptKind.CASE:
        return tuple(_spread_case([str(each) for each in given], least))
    if prompt.kind is PromptKind.GAME:
        return (_count(Shape.SEVERAL, [card.place for card in list_cards()], given),)
    return (_spread_question(prompt.ref, given, least),)


def sort_lines(given: Iterable[Blind]) -> tuple[str, ...]:
    """Lines by the alphabet, so that nobody is told by when they came."""
    return tuple(sorted((str(each) for each in given), key=str.casefold))


def _spread_case(answers: Sequence[str], least: int) -> Iterator[Spread]:
    """Where the ways end; how severe it is only where as many said that as the room asks for."""
    ends = [split_case(answer) for answer in answers]
    yield _count(Shape.OUTCOME, list(load_tree().outcomes), [outcome for outcome, _ in ends])
    levels = [level for _, level in ends if level]
    if len(levels) >= least:
        yield _count(Shape.LEVEL, [level.value for level in Level], levels)


def _spread_question(path: str, given: Sequence[Blind], least: int) -> Spread:
    question = find_question(path)
    kind = question.kind.partition(":")[0]
    offered = [option.value for option in question.options]
    if kind == "several":
        return _count(Shape.SEVERAL, offered, given)
    if offered or kind == "yes_no":
        return _count(Shape.CHOICE, offered, given)
    numbers = sorted(float(n) for n in given if isinstance(n, int | float))
    if len(numbers) < least:
        numbers = []  # too few beside those who do not know: they would be read off one by one
    shape = Shape.SCALE if kind == "scale" else Shape.NUMBER
    counts = _count_scale(numbers) if shape is Shape.SCALE else _count_numbers(numbers)
    unknown = sum(each == UNKNOWN for each in given)
    if question.unknown:
        counts = (*counts, (UNKNOWN, unknown))
    quartiles = _quarter(numbers, [at for at, _ in counts if at != UNKNOWN])
    return Spread(shape=shape, answers=len(given), counts=counts, quartiles=quartiles)


def _quarter(
    numbers: Sequence[float], stretches: Sequence[str]
) -> tuple[float, float, float] | None:
    """The quartiles as the ends of the stretches they lie in, so that they are nobody's number.

    Of few numbers they would be what single people said all the same, so there are none.
    """
    if len(numbers) < int(read_toml(_DEFAULTS)["quartiles_least"]["value"]):
        return None
    ends = [float(each.split(_UNDER if _UNDER in each else _BETWEEN)[-1]) for each in stretches]
    low, middle, high = quantiles(numbers, n=4, method="inclusive")
    return _end(low, ends), _end(middle, ends), _end(high, ends)


def _end(number: float, ends: Sequence[float]) -> float:
    return next((end for end in ends if number <= end), ends[-1])


def _count(shape: Shape, offered: Sequence[str], given: Iterable[Blind]) -> Spread:
    """How many gave each; who gave several counts once for each of them."""
    answers = [each if isinstance(each, tuple) else (str(each),) for each in given]
    found = Counter(value for answer in answers for value in answer)
    values = [*offered, *sorted(set(found) - set(offered))]
    counts = tuple((value, found[value]) for value in values)
    return Spread(shape=shape, answers=len(answers), counts=counts)


def _count_scale(numbers: Sequence[float]) -> tuple[tuple[str, int], ...]:
    starts = range(0, _SCALE_END, _SCALE_STEP)
    ends = [min(start + _SCALE_STEP - 1, _SCALE_END) for start in starts[:-1]]
    return _count_between(numbers, list(zip(starts, [*ends, _SCALE_END], strict=True)))


def _count_numbers(numbers: Sequence[float]) -> tuple[tuple[str, int], ...]:
    if not numbers:
        return ()
    low, high = numbers[0], numbers[-1]
    if high - low < _EACH and all(n.is_integer() for n in numbers):
        found = Counter(int(n) for n in numbers)
        return tuple((str(n), found[n]) for n in range(int(low), int(high) + 1))
    whole = all(n.is_integer() for n in numbers)
    step = _choose_step((high - low) or 1.0)
    start = low // step * step
    stretches = []
    while start <= high:
        stretches.append((start, start + step - 1 if whole else start + step))
        start += step
    return _count_between(numbers, stretches, _BETWEEN if whole else _UNDER)


def _choose_step(width: float) -> float:
    """The least of 1, 2, 5, 10 … and their parts that cuts a width into few enough stretches."""
    power = 10.0
    while power * 10 > width:
        power /= 10
    while True:
        for step in (power, 2 * power, 5 * power):
            if width / step < _MOST_BINS:
                return step
        power *= 10


def _count_between(
    numbers: Sequence[float], stretches: Iterable[tuple[float, float]], sign: str = _BETWEEN
) -> tuple[tuple[str, int], ...]:
    """How many lie in each stretch, the end of a stretch of fractions left out."""
    counts = []
    for low, high in stretches:
        inside = sum(low <= n and (n <= high if sign == _BETWEEN else n < high) for n in numbers)
        counts.append((f"{low:g}{sign}{high:g}", inside))
    return tuple(counts)


def label_counts(
    prompt: Prompt, spread: Spread, language: str = BASE_LANGUAGE
) -> tuple[tuple[str, int], ...]:
    """Each answer in words with how many gave it."""
    return tuple((_label(prompt, spread, value, language), n) for value, n in spread.counts)


def label_given(
    prompt: Prompt, spread: Spread, language: str = BASE_LANGUAGE
) -> tuple[tuple[str, int], ...]:
    """The same as it is shown: of a long list only what somebody gave, what most gave first."""
    counts = label_counts(prompt, spread, language)
    if not (prompt.kind is PromptKind.GAME or spread.shape is Shape.OUTCOME):
        return counts
    return tuple(sorted((each for each in counts if each[1]), key=lambda each: -each[1])) or counts


def _label(prompt: Prompt, spread: Spread, value: str, language: str) -> str:
    words = load_words(WORDS, language)["spread"]
    if spread.shape is Shape.OUTCOME:
        return load_tree(language).outcomes[value].title
    if spread.shape is Shape.LEVEL:
        return str(words["level"].format(level=value[1:]))
    if prompt.kind is PromptKind.GAME:
        return load_platforms(language)[value].name
    question = find_question(prompt.ref, language)
    if _BETWEEN in value:
        return _label_stretch(value, question.ends, words, language)
    if value == UNKNOWN and question.unknown:
        return question.unknown
    return question.label_of(value)


def _label_stretch(
    value: str, ends: tuple[str, ...], words: Mapping[str, str], language: str
) -> str:
    """A stretch of numbers; the first and the last of a scale say which end it is."""
    sign = _UNDER if _UNDER in value else _BETWEEN
    low, high = value.split(sign)
    written = {"low": write_number(float(low), language=language)}
    written["high"] = write_number(float(high), language=language)
    label = words["under" if sign == _UNDER else "between"].format(**written)
    at = {"0": 0, str(_SCALE_END): 1}
    end = next((ends[n] for each, n in at.items() if ends and each in (low, high)), "")
    return words["end"].format(stretch=label, end=end) if end else label
