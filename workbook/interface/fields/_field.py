"""The widget every kind of field is, and what its page needs to draw it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from workbook.discovery import load_modules
from workbook.numerals import POINT, write_typed
from workbook.values import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.content import Question

FEW_OPTIONS = 8
FEW_OPTIONS_IN_RECORDS = 4


@dataclass(frozen=True, slots=True)
class FieldKind:
    """How a kind of answer is asked for: the script that draws it, and what the script needs."""

    name: str
    script: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    sample: object = ""
    """A raw answer of this kind, for the gallery and the tests."""
    kept: bool = True
    """Whether an answer of a plan may be of this kind; else only a bench asks for it."""


@cache
def field_kinds() -> dict[str, FieldKind]:
    """Every kind of field by its name."""
    modules = load_modules("interface/fields").values()
    return {module.KIND.name: module.KIND for module in modules}


def to_raw(value: object, decimal: str = POINT) -> Any:  # noqa: ANN401 - whatever a page can show
    """An answer as a page shows and sends it: text, a list of texts, or a list of records.

    ``decimal`` is the mark before decimals in the language of the page.
    """
    if value is None or isinstance(value, date):
        return value.isoformat() if value else None
    if isinstance(value, Record):
        return {name: to_raw(getattr(value, name), decimal) for name in type(value).model_fields}
    if isinstance(value, tuple | list):
        if value and isinstance(value[0], tuple):
            return "; ".join(f"{name} {count}" for name, count in value)
        return [to_raw(item, decimal) for item in value]
    if isinstance(value, float | Decimal):
        return write_typed(value, decimal)
    return str(value)


def make_spec(
    question: Question, asked: Callable[[Question], bool], few: int = FEW_OPTIONS
) -> dict[str, Any]:
    """What the page needs to draw a question; record fields that are not asked are left out.

    Up to ``few`` options are radio buttons, more of them a list to choose from.
    """
    kind = field_kinds()[question.kind]
    many = len(question.options) > few and question.kind in {"choice", "entry"}
    script = "select" if many else kind.script
    spec: dict[str, Any] = {"id": question.id, "kind": kind.name, "script": script}
    spec |= dict(kind.attributes) | {
        name: getattr(question, name)
        for name in ("label", "hint", "why", "example", "prefix", "suffix", "needed", "unknown")
    }
    if kind.name == "date":
        spec["example"] = ""  # the browser offers a calendar
    if question.ends:
        spec["ends"] = list(question.ends)
    if question.options or question.among:
        spec["options"] = [option.model_dump() for option in question.options]
        spec["exclusive"] = list(question.exclusive)
    if question.kind == "records":
        spec |= {"record": question.record, "add": question.add, "most": question.most}
        spec["title_from"] = list(question.title_from)
        spec["title_between"] = question.title_between
        spec["fields"] = [
            make_spec(f, asked, FEW_OPTIONS_IN_RECORDS) for f in question.fields if asked(f)
        ]
    return spec


class Field(anywidget.AnyWidget):
    """A question on a page; ``value`` is the raw answer and can be observed like any widget's.

    The script that draws it comes once per page with the desk; this one only waits for it.
    """

    _esm = traitlets.Unicode(
        "const w=(globalThis.workbook??={waiting:[]});"
        "export default{render:c=>w.field?w.field(c):new Promise(d=>w.waiting.push("
        "{page:c.model.get('page'),draw:()=>d(w.field(c))}))}"
    ).tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    path = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    value = traitlets.Any(None, allow_none=True).tag(sync=True)
    shown = traitlets.Bool(default_value=True).tag(sync=True)

    def __repr__(self) -> str:
        """The kind and path of the question."""
        return f"Field({self.spec.get('kind')!r}, {self.path!r})"
