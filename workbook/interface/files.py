"""The plan as a file to download, and its name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workbook.storage.plan_file import leave_seat, write_plan_file

if TYPE_CHECKING:
    from workbook.plan import Plan
    from workbook.session import Session


def write_plan(session: Session) -> bytes:
    """The session's plan as a plan file."""
    return write_plan_file(leave_seat(session.file))


def name_file(plan: Plan, what: str, suffix: str) -> str:
    """A file name every system takes: ``example-plumbing-strategy.docx``."""
    text = unicodedata.normalize("NFKD", plan.start.name or "").encode("ascii", "ignore").decode()
    business = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]
    return "-".join(part for part in (business, what) if part) + suffix


def name_plan(plan: Plan) -> str:
    """The name of a downloaded plan file."""
    return name_file(plan, "plan", ".json")
