"""The plan: one part per step, everything in it optional, so that a half-filled plan is valid."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import Field

from workbook.errors import ContentError
from workbook.steps.accounts.answers import Accounts
from workbook.steps.audience.answers import Audience
from workbook.steps.complaints.answers import Complaints
from workbook.steps.conduct.answers import Conduct
from workbook.steps.diagnosis.answers import Diagnosis
from workbook.steps.goals.answers import Goals
from workbook.steps.integration.answers import Integration
from workbook.steps.linking.answers import Linking
from workbook.steps.measurement.answers import Measurement
from workbook.steps.mix.answers import Mix
from workbook.steps.platform_fit.answers import PlatformFit
from workbook.steps.review.answers import Review
from workbook.steps.start.answers import Start
from workbook.steps.time.answers import Time
from workbook.steps.voice.answers import Voice
from workbook.values import RECORD_ID, Frozen, OwnNumber, Problem, Record, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN_DEFAULTS = "own_defaults."
_RECORD_ID = re.compile(RECORD_ID)
ColumnKey = Annotated[str, Field(pattern=r"^[a-z]{1,20}\.[0-9a-f]{24}\.[a-z_]{1,30}$")]
"""What a table is read for, the hash of its header, and what a column of it is said to hold."""
ColumnRank = Annotated[int, Field(ge=0, lt=1000)]
"""Where a column stands when the names of all columns are sorted."""


OwnColour = Annotated[str, Field(pattern=r"^(#[0-9a-f]{6})?$")]
OwnPicture = Annotated[
    str, Field(max_length=80_000, pattern=r"^(iVBORw0KGgo[0-9A-Za-z+/]+={0,2})?$")
]
"""A PNG as base64, made small before it is kept."""


class OwnLook(Frozen):
    """How the documents look: name, picture and two colours of the business or its consultant."""

    name: Annotated[str, Field(max_length=60)] = ""
    logo: OwnPicture = ""
    accent: OwnColour = ""
    second: OwnColour = ""


class OwnSeat(Frozen):
    """A place in the room of a workshop: its key, and what the facilitator may see."""

    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{21}[AQgw]$")]
    """128 random bits as 22 letters; whoever has this plan is this participant."""
    room: Annotated[str, Field(max_length=300)] = ""
    """What the room is called."""
    name: Annotated[str, Field(max_length=60)] = ""
    """What the facilitator sees them called; empty for nameless."""
    shows_answers: bool = False
    """Whether the facilitator may read the answers, and not the progress alone."""
    returns: bool = False
    """Whether the facilitator may look again in ninety days."""
    keeps_plan: bool = False
    """Whether this plan takes what a room inside one business agrees on."""
    taken_at: datetime | None = None
    """When the last answer that this plan took over was agreed on."""
    link: Annotated[str, Field(pattern=r"^([0-9a-f]{32})?$")] = ""
    """The name of the link by which the facilitator reads the plan; empty where there is none."""


class Plan(Frozen):
    """A business's social media strategy as far as it is answered; the order is that of steps."""

    start: Start = Start()
    diagnosis: Diagnosis = Diagnosis()
    goals: Goals = Goals()
    audience: Audience = Audience()
    platform_fit: PlatformFit = PlatformFit()
    voice: Voice = Voice()
    conduct: Conduct = Conduct()
    complaints: Complaints = Complaints()
    linking: Linking = Linking()
    mix: Mix = Mix()
    time: Time = Time()
    accounts: Accounts = Accounts()
    measurement: Measurement = Measurement()
    integration: Integration = Integration()
    review: Review = Review()
    own_defaults: dict[str, float] = {}  # noqa: RUF012 - pydantic copies it
    """Thresholds the business chose instead of ours, by ``step.name``."""
    known_columns: dict[ColumnKey, ColumnRank] = {}  # noqa: RUF012 - as above
    """Which column holds what in tables that no format knows; no name and no cell of them."""
    look: OwnLook | None = None
    """The look of documents, where it is not ours."""
    seat: OwnSeat | None = None
    """The room this plan takes part in."""

    def suppose(self, answers: Mapping[str, object]) -> Plan:
        """The plan as it would be with other answers, by path, as they would be typed.

        Nothing is saved. Raises ValueError for a path that nobody is asked, and for an answer that
        cannot be read there.
        """
        plan = self
        for path, raw in answers.items():
            try:
                value = read(annotation_of(path), _type(raw))
            except ContentError:
                raise ValueError(f"a plan has no answer at “{path}”") from None
            if isinstance(value, Problem):
                raise ValueError(f"“{raw}” is no answer to “{path}” ({value.id})")  # noqa: TRY004 - its text is wrong
            plan = replace_answer(plan, path, value)
        return plan


def _type(raw: object) -> object:
    """An answer as it would be typed: text, or a list of texts."""
    if raw is None or isinstance(raw, str):
        return raw
    if isinstance(raw, list | tuple):
        return [str(item) for item in raw]
    return str(raw)


@cache
def step_names() -> tuple[str, ...]:
    """The ids of the steps in order."""
    return tuple(
        name
        for name, field in Plan.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Frozen)
    )


def record_type(annotation: Any) -> type[Record] | None:  # noqa: ANN401 - any annotation there is
    """The Record class in ``tuple[Record, ...]``, or None when it is no list of records."""
    first, *_ = (*get_args(annotation), None)
    if get_origin(annotation) is tuple and isinstance(first, type) and issubclass(first, Record):
        return first
    return None


@cache
def hints_of(shape: type[Frozen]) -> dict[str, Any]:
    """The annotations of a shape's fields, with what marks their kind."""
    return {
        name: hint
        for name, hint in get_type_hints(shape, include_extras=True).items()
        if name in shape.model_fields
    }


def annotation_of(path: str) -> Any:  # noqa: ANN401 - any annotation there is
    """What an answer at a path may be; records are named by their id: ``goals.goals.k3f9.due``.

    Raises ContentError when no such answer exists.
    """
    if path.startswith(OWN_DEFAULTS):
        return OwnNumber | None
    annotation: Any = Plan
    record = False
    for part in path.split("."):
        if record:
            if not _RECORD_ID.fullmatch(part):
                raise ContentError(reason=f"no entry can be called {part[:20]!r}")
            annotation, record = _record_of(annotation), False
            continue
        annotation = _field_of(annotation, part, path)
        record = record_type(annotation) is not None
    return annotation


def _record_of(annotation: Any) -> type[Record]:  # noqa: ANN401 - any annotation there is
    found = record_type(annotation)
    if found is None:
        raise ContentError(reason=f"{annotation} is no list of records")
    return found


def _field_of(shape: Any, name: str, path: str) -> Any:  # noqa: ANN401 - any annotation there is
    is_shape = isinstance(shape, type) and issubclass(shape, Frozen)
    if not is_shape or name not in hints_of(shape) or (name == "id" and issubclass(shape, Record)):
        raise ContentError(reason=f"there is no answer at {path}")
    return hints_of(shape)[name]


def read_answer(plan: Plan, path: str) -> Any:  # noqa: ANN401 - any answer there is
    """The answer at a path, or None where it is not given or its record does not exist."""
    if path.startswith(OWN_DEFAULTS):
        return plan.own_defaults.get(path.removeprefix(OWN_DEFAULTS))
    value: Any = plan
    for part in path.split("."):
        if isinstance(value, tuple):
            value = next((item for item in value if getattr(item, "id", None) == part), None)
        elif isinstance(value, Frozen) and part in type(value).model_fields:
            value = getattr(value, part)
        else:
            return None
    return value


def replace_answer(plan: Plan, path: str, value: object) -> Plan:
    """A plan with another answer at a path; a record that does not exist yet is added.

    The value must already be what ``annotation_of(path)`` allows.
    """
    annotation_of(path)
    if path.startswith(OWN_DEFAULTS):
        return _replace_default(plan, path.removeprefix(OWN_DEFAULTS), value)
    changed: Plan = _replace(plan, path.split("."), value)
    return changed


def _replace_default(plan: Plan, name: str, value: object) -> Plan:
    chosen: dict[str, Any] = {k: v for k, v in plan.own_defaults.items() if k != name}
    if value is not None:
        chosen[name] = value
    return plan.model_copy(update={"own_defaults": dict(sorted(chosen.items()))})


def _replace(holder: Any, parts: list[str], value: object) -> Any:  # noqa: ANN401
    shape: type[Frozen] = type(holder)
    name, rest = parts[0], parts[1:]
    if not rest:
        empty: object = shape.model_fields[name].default if value is None else value
        return holder.model_copy(update={name: empty})
    inner = getattr(holder, name)
    if isinstance(inner, tuple):
        inner = _replace_in_list(inner, _record_of(hints_of(shape)[name]), rest, value)
    else:
        inner = _replace(inner, rest, value)
    return holder.model_copy(update={name: inner})


def _replace_in_list(
    items: tuple[Record, ...], shape: type[Record], parts: list[str], value: object
) -> tuple[Record, ...]:
    wanted, rest = parts[0], parts[1:]
    if not any(item.id == wanted for item in items):
        items = (*items, shape(id=wanted))
    return tuple(_replace_in_record(i, rest, value) if i.id == wanted else i for i in items)


def _replace_in_record(item: Record, parts: list[str], value: object) -> Record:
    if parts:
        changed: Record = _replace(item, parts, value)
        return changed
    return value if isinstance(value, Record) else item


def remove_record(plan: Plan, path: str) -> Plan:
    """A plan without the record at a path such as ``start.accounts.k3f9``.

    Raises ContentError when no list is there.
    """
    where, _, wanted = path.rpartition(".")
    _record_of(annotation_of(where))
    items = read_answer(plan, where)
    return replace_answer(plan, where, tuple(item for item in items if item.id != wanted))


def walk_answers(shape: Frozen, prefix: str) -> Iterator[tuple[str, Any]]:
    """Every answer of a shape with its path, records taken apart, in the order of fields."""
    for name in type(shape).model_fields:
        value = getattr(shape, name)
        path = f"{prefix}.{name}"
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            for item in value:
                yield from walk_answers(item, f"{path}.{item.id}")
        elif isinstance(value, Frozen):
            yield from walk_answers(value, path)
        elif name != "id":
            yield path, value


def strip_annotation(annotation: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:  # noqa: ANN401
    """The members of an annotation without None, and the marks on all of them."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        members, more = strip_annotation(inner)
        return members, (*marks, *more)
    if get_origin(annotation) in (Union, UnionType):
        found = [strip_annotation(m) for m in get_args(annotation) if m is not type(None)]
        return sum((m for m, _ in found), ()), sum((k for _, k in found), ())
    return (annotation,), ()
