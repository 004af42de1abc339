"""Which paths of a plan may be answered: those a question asks for, and entries of its lists."""

from __future__ import annotations

from workbook.content import find_question
from workbook.errors import ContentError
from workbook.plan import OWN_DEFAULTS, annotation_of


def refuse_unasked(path: str) -> None:
    """Raise ContentError where no question asks for the answer at a path."""
    asked, given = find_question(path).path.split("."), path.split(".")
    pairs = zip(asked, given, strict=False)
    if len(asked) != len(given) or any(a not in ("*", g) for a, g in pairs):
        raise ContentError(reason=f"no question asks for {path}")


def refuse_unlisted(path: str) -> None:
    """Raise ContentError where a path is not that of an entry in a list somebody fills in."""
    if not is_record(path):
        raise ContentError(reason=f"no list has an entry {path}")
    refuse_unasked(path.rpartition(".")[0])
    annotation_of(path)


def may_be_answered(path: str) -> bool:
    """Whether a path is that of an answer, or of an entry in a list."""
    return is_asked_for(path) or (is_record(path) and is_asked_for(path.rpartition(".")[0]))


def is_asked_for(path: str) -> bool:
    """Whether a question asks for the answer at a path."""
    try:
        refuse_unasked(path)
        annotation_of(path)
    except ContentError:
        return False
    return True


def is_record(path: str) -> bool:
    """Whether a path has the form of that of an entry in a list."""
    in_list = path.count(".") == 2  # noqa: PLR2004 - step.list.record
    return in_list and not path.startswith(OWN_DEFAULTS)
