"""How an answer reads in words: numbers, dates, money and choices, as a person writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from workbook.content import BASE_LANGUAGE, Question, load_words
from workbook.values import UNKNOWN

MANY_DECIMALS = 2
MIDDLE = 50


def write_answer(question: Question, value: object, language: str = BASE_LANGUAGE) -> str:
    """An answer in words; empty where there is none."""
    if value is None or value in ((), ""):
        return ""
    if value == UNKNOWN and not question.options:
        return question.unknown
    if isinstance(value, tuple):
        return _write_list(question, value, language)
    if question.options:
        return question.label_of(value)
    if question.ends and isinstance(value, int):
        return write_scale(value, question.ends, language)
    return f"{question.prefix}{write_value(value, language)}{_unit(question)}"


def _write_list(question: Question, value: tuple[object, ...], language: str) -> str:
    """Several answers by name; entries by their number."""
    if question.kind == "records":
        words = load_words("wording.toml", language)["records"]
        return str(words["one" if len(value) == 1 else "many"]).format(count=len(value))
    return ", ".join(question.label_of(v) for v in value)


def _unit(question: Question) -> str:
    return f" {question.suffix}" if question.suffix and question.suffix != "%" else question.suffix


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
    return write_number(value)


def write_number(value: float | Decimal) -> str:
    """A number with thousands set apart and no more decimals than it has, two at most."""
    text = f"{value:,.{MANY_DECIMALS}f}"
    return text.rstrip("0").rstrip(".") if not isinstance(value, Decimal) else text


def write_day(day: date, language: str = BASE_LANGUAGE) -> str:
    """A date with its month as a word: 31 March 2027."""
    months = load_words("wording.toml", language)["months"]
    return f"{day.day} {months[day.month - 1]} {day.year}"
