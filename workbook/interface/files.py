"""The plan as a file to download, and its name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_words
from workbook.storage.plan_file import leave_seat, write_plan_file

if TYPE_CHECKING:
    from workbook.plan import Plan
    from workbook.session import Session

_DOCUMENTS = "exports/documents/words.toml"


def write_plan(session: Session) -> bytes:
    """The session's plan as a plan file."""
    return write_plan_file(leave_seat(session.file))


def name_file(plan: Plan, what: str, suffix: str) -> str:
    """A file name every system takes: ``example-plumbing-strategy.docx``."""
    business = _write_plainly(plan.start.name or "")[:40]
    return "-".join(part for part in (business, what) if part) + suffix


def name_document(plan: Plan, name: str, suffix: str, language: str) -> str:
    """The name of a document's file: in English as the document is known, else its title."""
    title = load_words(_DOCUMENTS, language)[name]["title"] if language != BASE_LANGUAGE else ""
    return name_file(plan, _write_plainly(title) or name.replace("_", "-"), suffix)


def _write_plainly(text: str) -> str:
    """Small letters without marks and digits, hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def name_plan(plan: Plan) -> str:
    """The name of a downloaded plan file."""
    return name_file(plan, "plan", ".json")
