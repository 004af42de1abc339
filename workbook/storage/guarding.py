"""Keeps passwords out of what is kept: texts that could not be read, and plans in files.

An answer of a guarded kind refuses a text that seems to hold a secret. Other text that could not
be read is kept beside the plan as it was typed; of a guarded answer only what holds no secret.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.errors import ContentError
from workbook.passwords import Guarded, holds_secret
from workbook.plan import Plan, annotation_of, hints_of, record_type, step_names, strip_annotation
from workbook.values import Frozen, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def may_keep(path: str, raw: object) -> bool:
    """Whether what was typed at a path may stand beside the plan though it could not be read.

    Args:
        path: The path of the answer.
        raw: What was typed.

    Returns:
        False where the answer is guarded and a secret seems to be in it, and for whole lists of
        guarded answers, since nobody knows what of them could not be read.
    """
    try:
        annotation = annotation_of(path)
    except ContentError:
        return not (_is_beside_guarded(path) and holds_secret(str(raw), is_place=True))
    if record_type(annotation) is not None:
        return not _list_guarded_fields(annotation)
    guard = _find_guard(annotation)
    if guard is None:
        return True
    return isinstance(raw, str) and not guard.is_broken_by(clean_text(raw))


def _is_beside_guarded(path: str) -> bool:
    """Whether a path that no answer has lies in a list with guarded answers."""
    step, name, *_ = (*path.split("."), "")
    return any((step, name) == guarded[:2] for guarded in _list_guarded())


def drop_secrets(document: dict[str, Any]) -> tuple[str, ...]:
    """Take every secret out of a plan file before it is read, in place; gives where they stood.

    Args:
        document: The file as JSON; whatever is not as it should be is left to be refused later.

    Returns:
        The paths of the answers, such as ``accounts.inventory.password_place``, each once.
    """
    found: dict[str, None] = {}
    versions = document.get("versions")
    for part in (document, *(versions if isinstance(versions, list) else ())):
        if isinstance(part, dict):
            found |= dict.fromkeys(_clean_plan(part.get("plan")))
            found |= dict.fromkeys(_clean_unclear(part.get("unclear")))
    return tuple(found)


def _clean_plan(plan: object) -> Iterator[str]:
    for step, name, fields in _list_guarded():
        part = plan.get(step) if isinstance(plan, dict) else None
        records = part.get(name) if isinstance(part, dict) else None
        for record in records if isinstance(records, list) else ():
            for field, guard in fields.items():
                text = record.get(field) if isinstance(record, dict) else None
                if isinstance(text, str) and guard.is_broken_by(text):
                    del record[field]
                    yield f"{step}.{name}.{field}"


def _clean_unclear(unclear: object) -> Iterator[str]:
    if not isinstance(unclear, dict):
        return
    for path in [path for path, text in unclear.items() if not may_keep(path, text)]:
        del unclear[path]
        parts = path.split(".")
        yield ".".join((*parts[:2], *parts[3:]))


@cache
def _list_guarded() -> tuple[tuple[str, str, Mapping[str, Guarded]], ...]:
    """Every list whose entries hold guarded answers: its step, its name, and those answers."""
    found = []
    for step in step_names():
        shape: type[Frozen] = type(getattr(Plan(), step))
        for name, hint in hints_of(shape).items():
            fields = _list_guarded_fields(hint)
            if fields:
                found.append((step, name, fields))
    return tuple(found)


def _list_guarded_fields(hint: Any) -> Mapping[str, Guarded]:  # noqa: ANN401 - any annotation
    shape = record_type(hint)
    guards = {} if shape is None else {n: _find_guard(h) for n, h in hints_of(shape).items()}
    return {name: guard for name, guard in guards.items() if guard is not None}


def _find_guard(hint: Any) -> Guarded | None:  # noqa: ANN401 - any annotation
    marks = strip_annotation(hint)[1]
    return next((mark for mark in marks if isinstance(mark, Guarded)), None)
