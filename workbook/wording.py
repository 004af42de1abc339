"""How an answer reads in words: numbers, dates, money and choices, as a person writes them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workbook.content import BASE_LANGUAGE, Option, Question, find_question, load_words
from workbook.numerals import write_marked
from workbook.plan import Plan, read_answer
from workbook.values import UNKNOWN, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook.values import Problem, Record

MIDDLE = 50


def read_typed(annotation: Any, raw: object, language: str = BASE_LANGUAGE) -> object | Problem:  # noqa: ANN401 - any annotation
    """The value of an answer as somebody typed it who writes numbers as a language does.

    What cannot be read is told as a Problem, as ``values.read`` does.
    """
    return read(annotation, raw, decimal_mark(language))


def decimal_mark(language: str) -> str:
    """The mark before decimals: a point in English, a comma in Spanish."""
    return str(load_words("wording.toml", language)["decimal"])


def write_answer(question: Question, value: object, language: str = BASE_LANGUAGE) -> str:
    """An answer in words; empty where there is none."""
    if value is None or value in ((), ""):
        return ""
    if value == UNKNOWN and not question.options:
        return question.unknown
    if isinstance(value, tuple):
        return _write_list(question, value, language)
    if question.options or question.among:
        return _write_choice(question, value, language)
    if question.ends and isinstance(value, int):
        return write_scale(value, question.ends, language)
    return f"{question.prefix}{write_value(value, language)}{_unit(question, value)}"


def _write_choice(question: Question, value: object, language: str) -> str:
    """The answer that was chosen by name; an entry of another list may be gone by now."""
    if question.among and not any(option.value == value for option in question.options):
        return str(load_words("wording.toml", language)["entry"]["gone"])
    return question.label_of(value)


def _write_list(question: Question, value: tuple[object, ...], language: str) -> str:
    """Several answers by name; entries by their number."""
    if question.kind == "records":
        words = load_words("wording.toml", language)["records"]
        return str(words["one" if len(value) == 1 else "many"]).format(count=len(value))
    if question.kind == "counts":
        counts = (pair for pair in value if isinstance(pair, tuple))
        return ", ".join(
            f"{question.label_of(place)} {write_number(n, language)}" for place, n in counts
        )
    return smooth(", ".join(question.label_of(v) for v in value), language)


def offer_entries(question: Question, plan: Plan, language: str = BASE_LANGUAGE) -> Question:
    """A question that names entries of another list, with those there are to choose from.

    The questions of the entries of a list are seen to as well; all others stay as they are.
    """
    if question.fields and any(field.among for field in question.fields):
        fields = tuple(offer_entries(field, plan, language) for field in question.fields)
        return question.model_copy(update={"fields": fields})
    if not question.among:
        return question
    records = read_answer(plan, question.among)
    listed = offer_entries(find_question(question.among, language), plan, language)
    titles = title_records(listed, records, language)
    options = (Option(value=r.id, label=title) for r, title in zip(records, titles, strict=True))
    return question.model_copy(update={"options": tuple(options)})


def title_records(
    question: Question, records: Sequence[Record], language: str = BASE_LANGUAGE
) -> list[str]:
    """What each entry of a list is called: by its own answers, else by its number."""
    fields = {field.id: field for field in question.fields}
    heads = [fields[name] for name in question.title_from if name in fields]
    titles = []
    for number, record in enumerate(records, 1):
        parts = [write_answer(field, getattr(record, field.id), language) for field in heads]
        named = (question.title_between or " ").join(part for part in parts if part)
        if not any("text" in field.kind for field in heads):
            named = smooth(named, language)  # nobody's own words are in it
        titles.append(named or f"{question.record} {number}".strip())
    return titles


def _unit(question: Question, value: object) -> str:
    unit = (question.suffix_one if value == 1 else "") or question.suffix
    return f" {unit}" if unit and unit != "%" else unit


def write_scale(value: int, ends: tuple[str, ...], language: str = BASE_LANGUAGE) -> str:
    """A place between two ends in words: the number, and the end it leans to."""
    words = load_words("wording.toml", language)["scale"]
    if value == MIDDLE:
        return str(words["middle"].format(low=ends[0].lower(), high=ends[1].lower()))
    return str(words["leans"].format(value=value, end=ends[value > MIDDLE].lower()))


def write_value(value: object, language: str = BASE_LANGUAGE) -> str:
    """A number, a date, an amount or a text as it is written in a language."""
    if isinstance(value, date):
        return write_day(value, language)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return write_number(value, language)


def write_number(value: float | Decimal, language: str = BASE_LANGUAGE) -> str:
    """A number with thousands set apart and no more decimals than it has, two at most."""
    words = load_words("wording.toml", language)
    return write_marked(value, words["thousands"], words["decimal"])


def write_values(values: Mapping[str, object], language: str) -> dict[str, object]:
    """The values of a text, its numbers as they are written in a language."""
    return {
        name: write_number(value, language)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else value
        for name, value in values.items()
    }


def write_day(day: date, language: str = BASE_LANGUAGE) -> str:
    """A date with its month as a word: 31 March 2027."""
    words = load_words("wording.toml", language)
    return str(
        words["day"].format(day=day.day, month=words["months"][day.month - 1], year=day.year)
    )


def write_month(day: date, language: str = BASE_LANGUAGE) -> str:
    """The month of a day with its year: March 2027."""
    words = load_words("wording.toml", language)
    return str(words["month"].format(month=words["months"][day.month - 1], year=day.year))


def smooth(text: str, language: str = BASE_LANGUAGE) -> str:
    """A text put together of parts, with the words between them as the parts after them ask.

    Spanish says “Facebook e Instagram”, and not “y Instagram”. What is exchanged stands under
    ``smooth`` in ``wording.toml``: a pattern, and what stands in the place of what it finds.
    """
    for line in load_words("wording.toml", language)["smooth"]:
        pattern, _, instead = line.partition(" => ")
        text = re.sub(pattern, instead, text)
    return text


def quote(text: str, language: str = BASE_LANGUAGE) -> str:
    """The words of somebody else between the quotation marks of a language."""
    return str(load_words("wording.toml", language)["quotes"]["one"]).format(text=text)


def join_quoted(texts: Iterable[str], language: str = BASE_LANGUAGE) -> str:
    """Several such words, for a sentence that has the first and the last mark itself."""
    return str(load_words("wording.toml", language)["quotes"]["between"]).join(texts)


def cut_line(text: str, most: int) -> str:
    """A text in one line of at most so many characters, cut at a word where it is longer."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 2]
    whole = head.rpartition(" ")[0]
    return f"{whole if len(whole) > most // 2 else head} …"
