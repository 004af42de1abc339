"""What the owner of a plan keeps of each link that was given to somebody: its key, whom, and when.

It is sealed under the owner's wrapping key before it reaches a row, so a database tells neither
the key of a link nor the name of whoever has it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from workbook.storage.encryption import KEY_BYTES


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
