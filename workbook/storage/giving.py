"""What the owner of a plan keeps of each link that was given to somebody: its key, whom, and when.

It is sealed under the owner's wrapping key before it reaches a row, so a database tells neither
the key of a link nor the name of whoever has it.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Self

from workbook.storage.encryption import KEY_BYTES, Link, SealBroken, seal, unseal

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from workbook.storage.store import Right


@dataclass(frozen=True, slots=True)
class Kept:
    """The 16 bytes of a link's key, what the owner calls whoever has it, and the day."""

    key: bytes = field(repr=False)
    who: str = field(default="", repr=False)
    day: date | None = None

    def to_bytes(self) -> bytes:
        """The key, and after it who and when as JSON."""
        note = {"who": self.who, "day": self.day and self.day.isoformat()}
        return self.key + json.dumps(note).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """What was kept; of links given before notes were kept it is the key alone."""
        note = json.loads(raw[KEY_BYTES:] or b"{}")
        day = note.get("day")
        return cls(raw[:KEY_BYTES], note.get("who", ""), date.fromisoformat(day) if day else None)


def take_out(row: RowMapping, wrapping_key: bytes) -> Kept | None:
    """What is kept of a link given to somebody, for the owner alone; None where damaged."""
    bound = ("link", row["name"], row["plan_id"], row["right"])
    with contextlib.suppress(SealBroken):
        return Kept.from_bytes(unseal(row["kept_key"] or b"", wrapping_key, *bound))
    return None


def wrap(plan_key: bytes, link: Link, plan: str, right: Right) -> bytes:
    """The plan's key for one link: of use only with its name, for this plan and this right."""
    return seal(plan_key, link.wrapping_key, "key", link.name, plan, right)
