"""The plan as a file: what is in it, and how it is read and written without losing anything.

The same bytes, without line breaks, are what a database row holds in encrypted form. Fields that
were never answered are left out. A field this workbook does not know is refused rather than
ignored, because the next save would throw away what somebody wrote into it.
"""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NoReturn

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)
from pydantic_core import ErrorDetails, PydanticSerializationError

from workbook.errors import (
    NotAPlan,
    PlanDamaged,
    PlanFull,
    PlanTooLarge,
    PlanTooNew,
    StoreError,
    VersionsTooLarge,
    WorkbookError,
)
from workbook.plan import Plan
from workbook.storage.guarding import drop_secrets
from workbook.storage.migrations import migrate, newest_version
from workbook.storage.reasons import read_reason

FORMAT: Literal["social-media-strategy-workbook"] = "social-media-strategy-workbook"
MEGABYTE = 1_000_000
HIGHEST_REVISION = 2**53
_LONGEST_NAME = 80
_OWN_START = b'{"format":"%b"' % FORMAT.encode()
_HEAD_BYTES = 100
_BETWEEN = " › "  # noqa: RUF001 - the sign people know from menus
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        message = "no such moment"
        raise ValueError(message) from None


def mend_text(text: str) -> str:
    """Text that UTF-8 can hold: halves of a character are shown as the replacement sign."""
    return _SURROGATE.sub("\ufffd", text)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
KeptText = Annotated[str, AfterValidator(mend_text)]


class _Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


class NamedVersion(_Frozen):
    """The plan as it was at a moment the business gave a name to."""

    name: KeptText
    saved_at: Moment | None = None
    plan: Plan = Plan()
    unclear: dict[KeptText, KeptText] = {}
    """What could not be read then, by the path of its answer."""


class PlanFile(_Frozen):
    """A plan with what is needed to keep it: revision, when it was saved, named versions.

    ``unclear`` holds, by the path of the answer, text that could not be read as an answer of its
    kind, so that it is not lost. ``revision`` 0 is a plan that was never saved. Times are UTC.
    """

    format: Literal["social-media-strategy-workbook"] = FORMAT
    version: int = Field(default_factory=newest_version, ge=1)
    revision: int = Field(default=0, ge=0, le=HIGHEST_REVISION)
    saved_at: Moment | None = None
    plan: Plan = Plan()
    versions: tuple[NamedVersion, ...] = ()
    unclear: dict[KeptText, KeptText] = {}
    _refused: tuple[str, ...] = PrivateAttr(default=())

    @property
    def refused(self) -> tuple[str, ...]:
        """Where in the file passwords stood that were not read; it is said once, and not kept."""
        return self._refused

    def mark_refused(self, paths: tuple[str, ...]) -> PlanFile:
        """The same plan, with where in its file passwords stood."""
        self._refused = paths
        return self

    def mark_saved(self, revision: int, moment: datetime) -> PlanFile:
        """The same plan as it stands after it was saved at a moment, written by this workbook."""
        marks = {"revision": revision, "saved_at": moment.astimezone(UTC)}
        return self.model_copy(update={**marks, "version": newest_version()})

    @model_serializer(mode="wrap")
    def _keep_header(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What makes the file a plan file stands first, even where defaults are left out."""
        header = {"format": self.format, "version": self.version, "revision": self.revision}
        rest: dict[str, Any] = serialise(self)
        if "unclear" in rest:
            rest["unclear"] = dict(sorted(rest["unclear"].items()))
        return {**header, **rest}


def leave_seat(file: PlanFile) -> PlanFile:
    """The same without its place in a workshop: whoever has that answers and leaves in its name."""
    free = {"seat": None}
    versions = tuple(
        each.model_copy(update={"plan": each.plan.model_copy(update=free)})
        for each in file.versions
    )
    plan = file.plan.model_copy(update=free)
    return file.model_copy(update={"plan": plan, "versions": versions})


class _Broken(Exception):
    """The text is no readable plan; carries the reason in plain words."""

    def __init__(self, name: str, **values: object) -> None:
        super().__init__()
        self.reason = read_reason("plan", name, **values)


def write_plan_file(plan_file: PlanFile, *, indent: int | None = 2) -> bytes:
    """The plan as UTF-8 JSON, byte for byte the same for the same plan; ends with a line break.

    Answers that were not given are left out. ``indent`` None writes it on one line.
    """
    try:
        text = plan_file.model_dump_json(indent=indent, exclude_defaults=True)
    except (PydanticSerializationError, UnicodeEncodeError):
        text = _write_mended(plan_file, indent)
    return text.encode() + b"\n"


def write_for_saving(
    plan_file: PlanFile, *, name: str, limit_mb: int, indent: int | None = 2
) -> bytes:
    """The plan as bytes that are proven to open again, so that nothing unreadable is ever kept.

    Raises PlanTooLarge, and StoreError that names the answer that could not be opened again.
    """
    raw = write_plan_file(plan_file, indent=indent)
    refuse_large(len(raw), name=name, limit_mb=limit_mb)
    try:
        PlanFile.model_validate_json(raw)
    except ValidationError as error:
        fault = _explain(_first_of(error), json.loads(raw)).reason
    else:
        return raw
    raise StoreError(reason=fault)


def read_plan_file(raw: bytes, *, name: str, limit_mb: int, copy: str = "") -> PlanFile:
    """The plan in the bytes of a file, brought up to date when an older workbook wrote it.

    ``name`` is what the file is called in messages, ``copy`` the name of its last good copy, if
    there is one. Raises PlanTooLarge, NotAPlan, PlanTooNew, PlanDamaged.
    """
    refuse_large(len(raw), name=name, limit_mb=limit_mb)
    try:
        return _read(raw, name)
    except _Broken as broken:
        reason = broken.reason
    raise PlanDamaged(name=name, reason=reason, copy=copy)


def refuse_large(size: int, *, name: str, limit_mb: int) -> None:
    """Refuse what is larger than a plan can be; size in bytes, limit in MB of 1,000,000 bytes.

    Raises PlanTooLarge.
    """
    if size > limit_mb * MEGABYTE:
        raise PlanTooLarge(name=name, size=_show(size), limit=limit_mb)


def explain_failure(failure: WorkbookError, plan_file: PlanFile) -> WorkbookError:
    """Why a plan was not saved; of one that is too large, if by its answers or by its versions."""
    if not isinstance(failure, PlanTooLarge):
        return failure
    values = failure.values
    size = len(write_plan_file(plan_file.model_copy(update={"versions": ()}), indent=None))
    limit = values["limit"]
    if plan_file.versions and isinstance(limit, int) and size <= limit * MEGABYTE:
        return VersionsTooLarge(size=values["size"], limit=limit)
    return PlanFull(size=_show(size) if plan_file.versions else values["size"], limit=limit)


def _show(size: int) -> float:
    """Bytes as MB with one decimal at most, rounded up."""
    return math.ceil(size * 10 / MEGABYTE) / 10


def name_copy(name: str) -> str:
    """What the last good copy beside a plan file is called: ``plan.last-good.json``."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.last-good.{suffix}" if dot and stem else f"{name}.last-good.json"


# -- reading -----------------------------------------------------------------------------------


def _read(raw: bytes, name: str) -> PlanFile:
    if not raw.strip(b"\0 \t\r\n"):
        raise _Broken("empty")
    try:
        text = raw.decode(json.detect_encoding(raw)).removeprefix("\ufeff")
        document = _parse(text)
    except (_Broken, UnicodeDecodeError) as problem:
        if not _began_as_ours(raw):
            raise NotAPlan(name=name) from None
        raise (problem if isinstance(problem, _Broken) else _Broken("not-text")) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotAPlan(name=name)
    moved = _update(document, name)
    refused = drop_secrets(document)
    if moved or refused or _ESCAPED_SURROGATE.search(text):
        text = json.dumps(_mend(document), ensure_ascii=False)
    return _validate(text, document).mark_refused(refused)


def _began_as_ours(raw: bytes) -> bool:
    """Whether what cannot be read was a plan once, as far as can be told."""
    plain = raw.replace(b"\0", b"")
    if FORMAT.encode() in plain:
        return True
    return len(plain) <= _HEAD_BYTES and _OWN_START.startswith(b"".join(plain.split()))


def _parse(text: str) -> Any:  # noqa: ANN401 - JSON can be anything
    """What the JSON text holds, refusing what other readers would silently bend."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_refuse_twice,
            parse_constant=_refuse_number,
            parse_float=_read_float,
            parse_int=_read_int,
        )
    except json.JSONDecodeError as error:
        line = error.lineno
    except RecursionError:
        raise _Broken("too-deep") from None
    raise _Broken("not-json", line=line)


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Broken("twice", field=_shorten(twice))
    return found


def _refuse_number(_text: str) -> NoReturn:
    raise _Broken("number")


def _read_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse_number(text)
    return number


def _read_int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise _Broken("number") from None


def _update(document: dict[str, Any], name: str) -> bool:
    """Bring an older document up to date in place; tells whether anything was to be done."""
    version, newest = document.get("version"), newest_version()
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _Broken("version")
    if version > newest:
        raise PlanTooNew(name=name, version=version, newest=newest)
    if version == newest:
        return False
    try:
        moved = migrate(dict(document))
    except (LookupError, TypeError, ValueError, AttributeError):
        raise _Broken("migration", version=version) from None
    document.clear()
    document.update(moved)
    return True


def _validate(text: str, document: dict[str, Any]) -> PlanFile:
    try:
        return PlanFile.model_validate_json(text)
    except ValidationError as error:
        broken = _explain(_first_of(error), document)
    raise broken


def _first_of(error: ValidationError) -> ErrorDetails:
    return error.errors(include_url=False, include_input=False, include_context=False)[0]


def _explain(error: ErrorDetails, document: dict[str, Any]) -> _Broken:
    """Which place in the file cannot be read, in plain words."""
    if error["type"] in ("json_invalid", "recursion_loop"):
        return _Broken("too-deep")
    place = error["loc"]
    shown = _BETWEEN.join(_name_place(place, document)) or FORMAT
    if error["type"] == "extra_forbidden":
        return _Broken("unknown-field", place=shown)
    if error["type"] == "missing":
        return _Broken("missing-field", place=shown)
    return _Broken("unreadable" if place[:1] == ("plan",) else "header", place=shown)


def _name_place(place: tuple[int | str, ...], document: Any) -> list[str]:  # noqa: ANN401
    """The names on the way to a place, entries of lists counted from 1."""
    names, node = [], document
    for part in place:
        if isinstance(node, dict) and part in node:
            node = node[part]
            names.append(_shorten(str(part)).replace("_", " "))
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
            names.append(str(part + 1))
        else:
            break
    return names[1:] if names[:1] == ["plan"] and len(names) > 1 else names


def _shorten(name: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return shown if len(shown) <= _LONGEST_NAME else shown[:_LONGEST_NAME] + "…"


# -- text that UTF-8 cannot hold ---------------------------------------------------------------


def _mend(value: Any) -> Any:  # noqa: ANN401 - JSON can be anything
    if isinstance(value, str):
        return mend_text(value)
    if isinstance(value, dict):
        return {mend_text(str(name)): _mend(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mend(inner) for inner in value]
    return value


def _write_mended(plan_file: PlanFile, indent: int | None) -> str:
    """The same JSON for a plan whose text holds halves of characters."""
    document = _mend(plan_file.model_dump(mode="python", exclude_defaults=True))
    mended = PlanFile.model_validate(document)
    return mended.model_dump_json(indent=indent, exclude_defaults=True)
