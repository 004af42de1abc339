"""The kinds of answer: how each is read from what people type, and what it may be.

A reader accepts what people write (``£1,200``, ``2½ hours``, ``31 March 2027``) and raises a
``PydanticCustomError`` whose type names a text in ``values.toml``. An answer of ``None`` is one
not given yet; ``"unknown"`` is the answer “I do not know”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from workbook.numerals import DECIMAL, POINT, Marks, marks_for, read_decimal
from workbook.units import HOURS, MINUTES, drop_words, has_words, split_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN: Literal["unknown"] = "unknown"
Unknown = Literal["unknown"]

TEXT_LIMIT = 300
LONG_TEXT_LIMIT = 20_000
ADDRESS_LIMIT = 2000
"""With the ``https://`` that is put before an address without it, so that it can be read again."""
PASTED_LIMIT = 2_000_000
"""Characters of a text that is looked at and not kept."""
HOURS_IN_A_WEEK = 168
MINUTES_IN_A_DAY = 1440
_MOST_MONEY = 1_000_000_000_000
MOST_OWN = 10_000
"""No number of ours comes near it; as days it is more than a life at work."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Marks the annotation of an answer with the kind of field that asks for it."""

    name: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What somebody typed cannot be read; ``id`` names its text in ``values.toml``."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)


class Frozen(BaseModel):
    """Base of every shape: immutable, and closed to fields it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


def _fail(problem: str, **values: object) -> PydanticCustomError:
    return PydanticCustomError(problem, problem, values or None)


# -- text --------------------------------------------------------------------------------------

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_text(raw: str) -> str:
    """Text without control characters and lone surrogates, with plain line ends, trimmed."""
    return _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _read_text(limit: int) -> BeforeValidator:
    def read(raw: object) -> object:
        if not isinstance(raw, str):
            raise _fail("text-unreadable")
        text = clean_text(raw)
        if len(text) > limit:
            raise _fail("text-too-long", limit=limit, length=len(text))
        return text

    return BeforeValidator(read)


def _read_line(raw: object) -> object:
    return " ".join(raw.split()) if isinstance(raw, str) else raw


def _read_handle(raw: object) -> object:
    if isinstance(raw, str) and len(raw.split()) > 1:
        raise _fail("handle-with-spaces")
    return raw


_ADDRESS = re.compile(
    r"^(?P<scheme>(?i:https?)://)?(?P<rest>(?P<host>[^\s/?#@:]+\.[^\s/?#@:.]{2,})(?::\d+)?(?:[/?#]\S*)?)$"
)


def _read_address(raw: object) -> object:
    if not isinstance(raw, str) or not (text := clean_text(raw)):
        raise _fail("address-unreadable")
    if not (match := _ADDRESS.match(text)):
        raise _fail("address-unreadable")
    address: str = (match["scheme"] or "https://").lower() + match["rest"]
    if len(address) > ADDRESS_LIMIT:
        raise _fail("text-too-long", limit=ADDRESS_LIMIT, length=len(address))
    return address


# -- numbers -----------------------------------------------------------------------------------


def _read_amount(raw: object, kind: str, marks: Marks) -> Decimal:
    """A number of a kind, with the words that may stand beside it."""
    if not isinstance(raw, str) or not has_words(raw):
        return read_decimal(raw, marks)
    if kind in (HOURS, MINUTES):
        return _read_duration(raw, kind, marks)
    return read_decimal(drop_words(raw, *_BESIDE.get(kind, ())), marks)


def _read_duration(text: str, unit: str, marks: Marks) -> Decimal:
    """Hours or minutes from a time in either, or in both."""
    parts = split_duration(text, of_week=unit == HOURS)
    if parts is None or not any(parts):
        return read_decimal(text, marks)
    hours, minutes = (read_decimal(part, marks) if part else Decimal(0) for part in parts)
    whole = hours * _MINUTES_IN_AN_HOUR + minutes
    found = whole / _MINUTES_IN_AN_HOUR if unit == HOURS else whole
    return found.quantize(Decimal("0.01"))


_BESIDE = {"number": ("roughly",), "percent": ("roughly", "percent"), "money": ("roughly", "money")}
_OF_KIND = {
    ("count", "number-unreadable"): "count-not-whole",
    ("count", "number-with-words"): "count-with-words",
    (HOURS, "number-with-words"): "hours-with-words",
    (MINUTES, "number-with-words"): "minutes-with-words",
    ("money", "number-with-words"): "money-with-words",
}
"""What is said of a number that cannot be read, by its kind."""


def _read_kind(raw: object, kind: str, marks: Marks) -> Decimal:
    """A number of a kind, so that what cannot be read is told in the words of that kind."""
    try:
        return _read_amount(raw, kind, marks)
    except PydanticCustomError as error:
        named = _OF_KIND.get((kind, error.type))
        if named is None:
            raise
        raise _fail(named) from error


def _read_number(problem: str, most: float, kind: str = "number") -> BeforeValidator:
    def read(raw: object, info: ValidationInfo) -> object:
        number = _read_kind(raw, kind, marks_for(info.context, whole=kind == "count", most=most))
        if number > Decimal(str(most)):
            raise _fail(problem, most=float(most))
        if kind != "count":
            return float(number)
        if number != number.to_integral_value():
            raise _fail("count-not-whole")
        return int(number)

    return BeforeValidator(read)


def _read_money(raw: object, info: ValidationInfo) -> object:
    amount = _read_kind(raw, "money", marks_for(info.context, most=_MOST_MONEY))
    if amount > Decimal(_MOST_MONEY):
        raise _fail("number-too-large", most=float(_MOST_MONEY))
    return amount.quantize(Decimal("0.01"))


# -- dates -------------------------------------------------------------------------------------

_MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"),
    ("may", "mayo"), ("june", "junio"), ("july", "julio"), ("august", "agosto"),
    ("september", "septiembre", "setiembre"), ("october", "octubre"), ("november", "noviembre"),
    ("december", "diciembre"),
)  # fmt: skip
"""The months by the words people type for them; no beginning of one is that of another."""
_WRITTEN = re.compile(
    r"^(?:(?P<first>\d{1,2})(?:\.?º|\.|st|nd|rd|th)? )?(?P<month>[a-z]{3,10})\.?"
    r"(?(first)| (?P<second>\d{1,2})(?:st|nd|rd|th)?) (?P<year>\d{4})$"
)


def _read_day(raw: object) -> object:
    if isinstance(raw, date):
        return raw
    text = " ".join(raw.lower().replace(",", " ").split()) if isinstance(raw, str) else ""
    if re.match(r"^\d{1,2}[./-]\d{1,2}[./-]\d", text):
        raise _fail("date-ambiguous")
    try:
        day = _written_day(text)
    except (ValueError, IndexError, TypeError) as error:
        raise _fail("date-unreadable") from error
    if not 2000 <= day.year <= 2100:  # noqa: PLR2004 - years that a plan can be about
        raise _fail("date-far-away")
    return day


def _written_day(text: str) -> date:
    if match := _WRITTEN.match(re.sub(r" del? ", " ", text)):
        typed = match["month"]
        months = [
            i for i, names in enumerate(_MONTHS, 1) if any(name.startswith(typed) for name in names)
        ]
        return date(int(match["year"]), months[0], int(match["first"] or match["second"]))
    return date.fromisoformat(text)


# -- times and time zones ----------------------------------------------------------------------

_TIME = re.compile(
    r"^(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?(?::\d{2})?"
    r"\s*(?P<half>[ap])?\.?(?(half)\s?m?\.?)$"
)
_NAMED_TIMES = {
    "midnight": "00:00", "noon": "12:00", "midday": "12:00",
    "medianoche": "00:00", "mediodía": "12:00", "mediodia": "12:00",
}  # fmt: skip
_HOURS_IN_A_DAY, _HOURS_IN_A_HALF, _MINUTES_IN_AN_HOUR = 24, 12, 60


def _read_time(raw: object) -> object:
    text = " ".join(clean_text(raw).lower().split()) if isinstance(raw, str) else ""
    text = re.sub(r"\s*(?:o[\u2019']clock|uhr|h)$", "", text)
    if text in _NAMED_TIMES:
        return _NAMED_TIMES[text]
    match = _TIME.match(text) if text.isascii() else None
    if not match:
        raise _fail("time-unreadable")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"] and 1 <= hour <= _HOURS_IN_A_HALF:
        hour = hour % _HOURS_IN_A_HALF + (_HOURS_IN_A_HALF if match["half"] == "p" else 0)
    elif match["half"] or hour > _HOURS_IN_A_DAY:
        raise _fail("time-unreadable")
    if minute >= _MINUTES_IN_AN_HOUR or (hour == _HOURS_IN_A_DAY and minute):
        raise _fail("time-unreadable")
    return f"{hour % _HOURS_IN_A_DAY:02}:{minute:02}"


@cache
def _zone_names() -> Mapping[str, str]:
    """Time zones by what people call them: in full, or only the city, in small letters."""
    names = sorted(available_timezones())
    cities: dict[str, list[str]] = {}
    for name in names:
        cities.setdefault(name.rpartition("/")[2].replace("_", " ").lower(), []).append(name)
    found = {city: zones[0] for city, zones in cities.items() if len(zones) == 1}
    return found | {name.replace("_", " ").lower(): name for name in names}


def _read_zone(raw: object) -> object:
    text = (
        " ".join(clean_text(raw).replace("_", " ").lower().split()) if isinstance(raw, str) else ""
    )
    name = _zone_names().get(text)
    if name is None:
        raise _fail("zone-unreadable")
    return name


# -- the kinds ---------------------------------------------------------------------------------

RECORD_ID = r"^[a-z0-9]{4,12}$"
Id = Annotated[str, Field(pattern=RECORD_ID)]
Text = Annotated[str, BeforeValidator(_read_line), _read_text(TEXT_LIMIT), Kind("text")]
LongText = Annotated[str, _read_text(LONG_TEXT_LIMIT), Kind("long_text")]
Pasted = Annotated[str, _read_text(PASTED_LIMIT), Kind("long_text")]
"""What is pasted to be looked at; it is no answer of a plan."""
Handle = Annotated[str, _read_text(TEXT_LIMIT), BeforeValidator(_read_handle), Kind("text")]
Url = Annotated[str, BeforeValidator(_read_address), _read_text(ADDRESS_LIMIT), Kind("address")]
Number = Annotated[float, _read_number("number-too-large", 1e12), Kind("number")]
Minutes = Annotated[
    float, _read_number("number-too-large", MINUTES_IN_A_DAY, MINUTES), Kind("number")
]
"""Minutes that fit into a day."""
AnyMinutes = Annotated[float, _read_number("number-too-large", 1e12, MINUTES), Kind("number")]
"""Minutes of work, which may be more than a day."""
OwnNumber = Annotated[float, _read_number("number-too-large", MOST_OWN), Kind("number")]
"""A number of the business in the place of one of ours."""
Count = Annotated[int, _read_number("number-too-large", 1e12, "count"), Kind("number")]
Percent = Annotated[float, _read_number("percent-too-large", 100, "percent"), Kind("percent")]
Scale = Annotated[int, _read_number("scale-too-large", 100, "count"), Kind("scale")]
"""A place between two ends, 0 being all the one and 100 all the other."""
Hours = Annotated[float, _read_number("hours-too-many", HOURS_IN_A_WEEK, HOURS), Kind("hours")]
Money = Annotated[Decimal, BeforeValidator(_read_money), Kind("money")]
Day = Annotated[date, BeforeValidator(_read_day), Kind("date")]
TimeOfDay = Annotated[str, BeforeValidator(_read_time), Kind("time")]
"""A time on the clock, 00:00 to 23:59, as ``HH:MM``."""
Zone = Annotated[str, BeforeValidator(_read_zone), Kind("text")]
"""A time zone by its name in the IANA database, such as ``Europe/London``."""


class Period(Frozen):
    """Two days and all between them."""

    first: Day
    last: Day


class YesNo(StrEnum):
    """A yes or a no, where not knowing is an answer too."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Record(Frozen):
    """One entry of a list that grows; its id stays the same while it is edited."""

    id: Id


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any annotation there is
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return TypeAdapter(annotation)  # it brings its own configuration
    return TypeAdapter(annotation, config=ConfigDict(allow_inf_nan=False))


def read(
    annotation: Any,  # noqa: ANN401 - any annotation there is
    raw: object,
    decimal: str = POINT,
) -> object | Problem:
    """The value of an answer as its annotation wants it, or the Problem with what was typed.

    ``decimal`` is the mark before the decimals in the language of whoever typed it.
    """
    if raw is None or (isinstance(raw, str) and not clean_text(raw)):
        return None
    try:
        value: object = _adapter(annotation).validate_python(raw, context={DECIMAL: decimal})
    except ValidationError as error:
        return _problem_of(error)
    return value


def _problem_of(error: ValidationError) -> Problem:
    found = error.errors(include_url=False, include_input=False)
    ours = [item for item in found if "-" in item["type"]]
    if not ours:
        return Problem("choice-not-offered")
    return Problem(ours[0]["type"], ours[0].get("ctx", {}))
